//! A pack to the names, instants and offsets that stand in it, wherever they stand.
//!
//! §5 asks which sets a pack reads; the search for the next change asks for every instant and offset.

use super::link::Link;
use super::truth::Key;
use exequatur::syntax::ast::*;

/// What a walk may come upon.
pub enum Found<'a> {
    /// A name where a fact, set or event may stand.
    Name(&'a str),
    /// A literal instant.
    Instant(&'a str),
    /// The period of an offset.
    Offset(&'a Period),
}

type Visit<'v, 'a> = &'v mut dyn FnMut(Found<'a>);

/// Everything in a condition, definitions replaced by what they say.
pub fn cond<'a>(link: &Link<'a>, pack: usize, c: &'a Cond, visit: Visit<'_, 'a>) {
    match c {
        Cond::And(parts) | Cond::Or(parts) => {
            for part in parts {
                cond(link, pack, part, visit);
            }
        }
        Cond::Not(part, _) => cond(link, pack, part, visit),
        Cond::Name(name) => match link.define(pack, &name.text) {
            Some((scope, body)) => cond(link, scope, body, visit),
            None => visit(Found::Name(&name.text)),
        },
        Cond::Is { fact, value, .. } => {
            visit(Found::Name(&fact.text));
            if let Value::Instant(i) = value {
                visit(Found::Instant(&i.text));
            }
        }
        Cond::In(name, s) | Cond::Meets(name, s) => {
            visit(Found::Name(&name.text));
            set(s, visit);
        }
        Cond::Includes(name, _) => visit(Found::Name(&name.text)),
        Cond::Compare(a, _, b) => {
            operand(a, visit);
            operand(b, visit);
        }
        Cond::Happened(name, _) | Cond::Known(name, _) => visit(Found::Name(&name.text)),
        Cond::Missed(..) | Cond::Met(..) => {}
    }
}

fn operand<'a>(o: &'a Operand, visit: Visit<'_, 'a>) {
    let offset = match o {
        Operand::Instant(i) => {
            visit(Found::Instant(&i.text));
            None
        }
        Operand::Now(offset, _) => offset.as_ref(),
        Operand::Name(name, offset) => {
            visit(Found::Name(&name.text));
            offset.as_ref()
        }
        Operand::Int(_) | Operand::Money(_) => None,
    };
    if let Some(offset) = offset {
        visit(Found::Offset(&offset.period));
    }
}

fn set<'a>(s: &'a SetExpr, visit: Visit<'_, 'a>) {
    match s {
        SetExpr::Members(..) => {}
        SetExpr::Name(name) => visit(Found::Name(&name.text)),
        SetExpr::Union(a, b) | SetExpr::Intersect(a, b) | SetExpr::Minus(a, b) => {
            set(a, visit);
            set(b, visit);
        }
    }
}

fn target<'a>(of: Option<&'a TargetOf>, visit: Visit<'_, 'a>) {
    if let Some(TargetOf::Name(name)) = of {
        visit(Found::Name(&name.text));
    }
}

/// The period and the anchor of a window.
pub fn parts_of(kind: &WindowKind) -> (Option<&Period>, &Anchor) {
    match kind {
        WindowKind::Within(p, a)
        | WindowKind::InLessThan(p, a)
        | WindowKind::NoEarlier(p, a)
        | WindowKind::AtEnd(p, a)
        | WindowKind::For(p, a)
        | WindowKind::AtLeastBefore(p, a) => (Some(p), a),
        WindowKind::By(a)
        | WindowKind::Until(a)
        | WindowKind::UndueDelay(a)
        | WindowKind::Expeditiously(a) => (None, a),
    }
}

/// Does the period of a window run back from its anchor?
pub fn runs_back(kind: &WindowKind) -> bool {
    matches!(kind, WindowKind::AtLeastBefore(..))
}

/// The windows of an effect, without its alternatives.
pub fn windows(value: &EffectValue) -> &[Window] {
    match value {
        EffectValue::Must(windows) => windows,
        EffectValue::May(window) | EffectValue::MustNot(window) => window.as_slice(),
        EffectValue::Lifted => &[],
    }
}

/// Everything in a pack: its own condition, its rules, its guards.
pub fn pack<'a>(link: &Link<'a>, p: usize, visit: Visit<'_, 'a>) {
    let file = link.packs[p].file;
    if let Some(c) = &file.pack.applies {
        cond(link, p, c, visit);
    }
    for item in &file.items {
        match &item.kind {
            ItemKind::Norm(norm) => {
                for guard in &norm.protected {
                    target(guard.of.as_ref(), visit);
                    cond(link, p, &guard.by, visit);
                }
            }
            ItemKind::Rule(rule) => {
                if let Some(c) = &rule.when {
                    cond(link, p, c, visit);
                }
                for effect in &rule.then {
                    target(effect.target.as_ref().and_then(|t| t.of.as_ref()), visit);
                    if let Some(s) = &effect.across {
                        set(s, visit);
                    }
                }
            }
            _ => {}
        }
    }
}

/// §5: the sets that the conditions and effects of a pack read.
pub fn sets_read(link: &Link, p: usize, visit: &mut dyn FnMut(Key)) {
    pack(link, p, &mut |found| {
        if let Found::Name(name) = found
            && let Some(key @ Key::Set(_)) = link.key(name)
        {
            visit(key);
        }
    });
}
