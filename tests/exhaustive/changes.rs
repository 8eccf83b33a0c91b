//! What can be changed in a small pack: its conditions, its vocabulary, its effects and its rules.
//!
//! Facts, events and the names of norms stay, so that every case can be put to both versions.

use super::gen_rng::Rng;
use super::variants::{
    NOWHERE, amount, another_kind, first_window, has, name, other_period, rules, text,
};
use exequatur::syntax::ast::*;

/// Every condition of the files that may be changed: of rules, of definitions, of packs, of guards.
fn conditions(files: &mut [File]) -> Vec<&mut Cond> {
    let mut all = Vec::new();
    for file in files {
        all.extend(&mut file.pack.applies);
        for item in &mut file.items {
            match &mut item.kind {
                ItemKind::Rule(rule) => all.extend(&mut rule.when),
                ItemKind::Norm(norm) => {
                    all.extend(norm.protected.iter_mut().map(|guard| &mut guard.by))
                }
                _ => {}
            }
        }
    }
    all
}

/// Every part of a condition.
fn parts<'c>(cond: &'c mut Cond, choose: usize, seen: &mut usize) -> Option<&'c mut Cond> {
    *seen += 1;
    if *seen > choose {
        return Some(cond);
    }
    match cond {
        Cond::And(of) | Cond::Or(of) => of.iter_mut().find_map(|one| parts(one, choose, seen)),
        Cond::Not(one, _) => parts(one, choose, seen),
        _ => None,
    }
}

/// A part of some condition.
pub fn some_part<'c>(files: &'c mut [File], rng: &mut Rng) -> Option<&'c mut Cond> {
    let mut all = conditions(files);
    if all.is_empty() {
        return None;
    }
    let whole = all.swap_remove(rng.below(all.len()));
    let mut count = 0;
    let _ = parts(whole, usize::MAX, &mut count);
    let mut seen = 0;
    parts(whole, rng.below(count), &mut seen)
}

/// Changes one thing, and says which; none, if what was drawn is not there.
pub fn change(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    match rng.below(14) {
        0..=2 => in_condition(files, rng),
        3 => in_vocabulary(files, rng),
        4..=10 => in_effect(files, rng),
        _ => in_rule(files, rng),
    }
}

fn in_condition(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    let other = some_part(files, rng)?.clone();
    let part = some_part(files, rng)?;
    Some(match (rng.below(5), &mut *part) {
        (0, Cond::And(of) | Cond::Or(of)) => {
            *part = of.swap_remove(rng.below(of.len()));
            "a part of a condition dropped"
        }
        (1, Cond::And(of)) => {
            *part = Cond::Or(std::mem::take(of));
            "`or` for `and`"
        }
        (1, Cond::Or(of)) => {
            *part = Cond::And(std::mem::take(of));
            "`and` for `or`"
        }
        (2, _) => {
            *part = Cond::Not(Box::new(part.clone()), NOWHERE);
            "negated"
        }
        (3, _) => {
            *part = other;
            "another condition"
        }
        (_, Cond::Compare(_, op, to)) => {
            match to {
                Operand::Int(int) if rng.chance(50) => int.value = (int.value + 1) % 3,
                Operand::Name(_, Some(offset)) if rng.chance(50) => offset.minus ^= true,
                _ => {
                    *op = match op {
                        CompareOp::Lt => CompareOp::Le,
                        CompareOp::Le => CompareOp::Lt,
                        CompareOp::Gt => CompareOp::Ge,
                        CompareOp::Ge => CompareOp::Gt,
                    }
                }
            }
            "a constant or a comparison moved"
        }
        (_, Cond::Is { negated, .. }) => {
            *negated ^= true;
            "`is not` for `is`"
        }
        (_, Cond::In(_, SetExpr::Members(of, _)) | Cond::Meets(_, SetExpr::Members(of, _))) => {
            let gone = of.pop()?;
            if of.is_empty() {
                let other = if gone.text.starts_with('k') {
                    "k1"
                } else {
                    "l2"
                };
                of.push(name(other));
            }
            "a member dropped"
        }
        (_, Cond::Known(..) | Cond::Happened(..)) => {
            *part = Cond::Not(Box::new(part.clone()), NOWHERE);
            "not known"
        }
        _ => return None,
    })
}

fn in_vocabulary(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    let events = has(files, "e1");
    let applies = files.iter_mut().find(|file| file.pack.applies.is_some());
    if let Some(file) = applies
        && rng.chance(20)
    {
        file.pack.applies = None;
        return Some("`applies when` dropped");
    }
    if files.len() == 2 && rng.chance(30) {
        let status = &mut files[1].pack.status;
        let announced = status.as_ref().is_some_and(|word| word.text == "announced");
        *status = Some(name(if announced { "policy" } else { "announced" }));
        return Some("another status");
    }
    let items = files.iter_mut().flat_map(|file| &mut file.items);
    let (mut norms, mut facts, mut sets) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        match &mut item.kind {
            ItemKind::Norm(norm) => norms.push(norm),
            ItemKind::Fact(fact) if fact.presumed.is_some() => facts.push(fact),
            ItemKind::Set(set) => sets.push(set),
            _ => {}
        }
    }
    let chosen = rng.below(norms.len());
    let norm = &mut norms[chosen];
    Some(match rng.below(6) {
        0 if !facts.is_empty() => {
            facts[0].presumed = None;
            "nothing presumed"
        }
        1 if !norm.protected.is_empty() => {
            norm.protected.pop();
            "a guard dropped"
        }
        2 if norm.protected.is_empty() => {
            norm.default = match norm.default {
                None => Some((Deontic::May, NOWHERE)),
                Some(_) => None,
            };
            "another default"
        }
        3 if norm.done_at.is_some() => {
            norm.done_at = None;
            "never done"
        }
        4 if events => {
            norm.broken_at = Some(name("e1"));
            "broken at another event"
        }
        5 if !sets.is_empty() => {
            sets[0].members = vec![name("l0"), name("l2")];
            "another set"
        }
        _ => return None,
    })
}

fn in_effect(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    let [e1, t] = ["e1", "t"].map(|name| has(files, name));
    let mut rules = rules(files);
    if rules.is_empty() {
        return None;
    }
    let chosen = rng.below(rules.len());
    let rule = &mut *rules[chosen];
    let chosen = rng.below(rule.then.len());
    let effect = &mut rule.then[chosen];
    Some(match rng.below(10) {
        0 | 1 => {
            another_kind(effect, rng);
            "another kind"
        }
        2 | 3 => {
            let moved = other_period(&mut first_window(effect)?.kind);
            moved.then_some("another period")?
        }
        4 => {
            let kind = &mut first_window(effect)?.kind;
            *kind = match kind.clone() {
                WindowKind::Within(period, anchor) => WindowKind::InLessThan(period, anchor),
                WindowKind::InLessThan(period, anchor) => WindowKind::Within(period, anchor),
                WindowKind::For(_, anchor) => WindowKind::Until(anchor),
                WindowKind::AtEnd(period, anchor) => WindowKind::NoEarlier(period, anchor),
                _ => return None,
            };
            "another window"
        }
        5 => {
            let other = match (e1, t) {
                (true, _) => "e1",
                (_, true) => "t",
                _ => return None,
            };
            match &mut first_window(effect)?.kind {
                WindowKind::Within(_, anchor)
                | WindowKind::InLessThan(_, anchor)
                | WindowKind::By(anchor)
                | WindowKind::NoEarlier(_, anchor)
                | WindowKind::AtEnd(_, anchor)
                | WindowKind::For(_, anchor)
                | WindowKind::Until(anchor)
                | WindowKind::UndueDelay(anchor) => *anchor = Anchor::Name(name(other)),
                _ => return None,
            }
            "another anchor"
        }
        6 => {
            effect.across = match effect.across.take() {
                Some(_) => None,
                None => Some(SetExpr::Members(vec![name("l0"), name("l1")], NOWHERE)),
            };
            "another territory"
        }
        7 => {
            effect.up_to = match (&effect.value, effect.up_to.take()) {
                (EffectValue::Must(_) | EffectValue::May(_), None) => Some(amount(&["10"])),
                (_, Some(mut old)) if old.terms.len() > 1 && rng.chance(60) => {
                    old.choose = Choose::Smaller;
                    Some(old)
                }
                (_, Some(_)) => Some(amount(&["20"])),
                _ => return None,
            };
            "another ceiling"
        }
        8 => {
            let other = effect.alternatives.pop()?;
            if rng.chance(50) {
                let mut other = other;
                other_period(&mut other.window.kind).then_some(())?;
                effect.alternatives.push(other);
            }
            "another reading"
        }
        _ => match &mut effect.target.as_mut()?.of {
            Some(TargetOf::Members(of)) if of.len() > 1 => {
                of.pop();
                "a member less"
            }
            Some(of) => {
                *of = TargetOf::Members(vec![name("d0"), name("d1")]);
                "other members"
            }
            None => return None,
        },
    })
}

fn in_rule(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    let mut all = rules(files);
    if all.is_empty() {
        return None;
    }
    let chosen = rng.below(all.len());
    let rule = &mut *all[chosen];
    Some(match rng.below(10) {
        0 | 1 => {
            rule.when.take()?;
            "condition dropped"
        }
        2 => {
            rule.exception_to.take()?;
            rule.regardless = false;
            "no exception any more"
        }
        3 => {
            rule.exception_to.as_ref()?;
            rule.regardless ^= true;
            "`regardless`"
        }
        4 => {
            if rule.overrides.is_empty() {
                return None;
            }
            rule.overrides.clear();
            "no override any more"
        }
        5 => {
            rule.in_force.take()?;
            "no date any more"
        }
        6 => {
            if rule.untranslated.pop().is_none() {
                rule.untranslated.push(text("what is proportionate"));
            }
            "another text to translate"
        }
        7 => {
            let gone = rule.name.text.clone();
            for file in files {
                file.items.retain(
                    |item| !matches!(&item.kind, ItemKind::Rule(rule) if rule.name.text == gone),
                );
            }
            "a rule dropped"
        }
        8 => {
            rule.name.text += "x";
            if rng.chance(50) {
                return Some("another name");
            }
            another_kind(&mut rule.then[0], rng);
            "another name and another kind"
        }
        _ => {
            if rule.then.len() < 2 {
                return None;
            }
            rule.then.swap_remove(rng.below(rule.then.len()));
            "an effect dropped"
        }
    })
}
