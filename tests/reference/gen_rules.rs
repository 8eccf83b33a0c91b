//! Random rules over a world: effects, exceptions, overrides and versions, without a cycle.
//!
//! A rule targets earlier rules only, and looks (`missed`, `met`) only at rules all of whose norms come before all
//! of its own: so neither defeat nor looking can close a circle.

use super::gen_ast::*;
use super::gen_world::{DATAS, Ty, World};
use exequatur::syntax::ast::*;
use std::collections::BTreeSet;

/// What later rules need to know of a rule.
#[derive(Clone, Debug)]
struct Info {
    pack: usize,
    name: String,
    /// The norms on which it has an effect.
    norms: BTreeSet<usize>,
    /// The norms of which it says `must`.
    musts: BTreeSet<usize>,
    /// One more than the latest norm that its condition looks at; 0, if it looks at none.
    looks: usize,
    /// How many rules stand above another in the chain that it tops.
    height: usize,
}

/// Adds rules to all packs.
pub fn rules(w: &mut World, packs: usize) {
    let mut all: Vec<Info> = Vec::new();
    let n = 6 + w.rng.below(9);
    for i in 0..n {
        let pack = if packs > 1 && w.rng.chance(75) {
            1 + w.rng.below(packs - 1)
        } else {
            0
        };
        if let Some((rule, info)) = one(w, &all, pack, i) {
            versions(w, pack, rule, &info);
            all.push(info);
        }
    }
}

/// One rule: a ground rule, an exception, an override, or both.
fn one(w: &mut World, all: &[Info], pack: usize, i: usize) -> Option<(RuleDecl, Info)> {
    let reachable: Vec<&Info> = all.iter().filter(|r| r.pack <= pack).collect();
    // An exception belongs to the pack of its base.
    let own: Vec<&Info> = reachable
        .iter()
        .copied()
        .filter(|r| r.pack == pack)
        .collect();
    let shape = match (reachable.is_empty(), own.is_empty()) {
        (true, _) => 0,
        (false, true) => w.rng.weighted(&[60, 0, 40]),
        (false, false) => w.rng.weighted(&[36, 38, 20, 6]),
    };
    let mut rule = rule(&format!("rule{i}"));
    rule.counting = w.rule_counting(pack);
    let mut targets: Vec<Info> = Vec::new();
    if shape == 1 || shape == 3 {
        let base = prefer_high(w, &own);
        rule.exception_to = Some(w.across_packs(pack, base.pack, &base.name));
        rule.regardless = w.rng.chance(35);
        targets.push(base);
    }
    if shape >= 2 {
        for _ in 0..1 + w.rng.below(2) {
            let over = prefer_high(w, &reachable);
            if !targets.iter().any(|t| t.name == over.name) {
                rule.overrides
                    .push(w.across_packs(pack, over.pack, &over.name));
                targets.push(over);
            }
        }
    }
    let inherited = if rule.exception_to.is_some() {
        targets[0].looks
    } else {
        0
    };
    let below: BTreeSet<usize> = targets
        .iter()
        .flat_map(|t| t.norms.iter().copied())
        .collect();
    if below.iter().any(|n| *n < inherited) {
        return None;
    }
    let mut info = Info {
        pack,
        name: rule.name.text.clone(),
        norms: BTreeSet::new(),
        musts: BTreeSet::new(),
        looks: inherited,
        height: 1 + targets.iter().map(|t| t.height).max().unwrap_or(0),
    };
    effects(w, &mut rule, &mut info, &below);
    keep_those_met(&mut rule, &targets, &info);
    let first = *info.norms.first()?;
    if rule.then.is_empty() {
        return None;
    }
    rule.when = condition(w, all, &mut info, first);
    if w.rng.chance(8) {
        rule.untranslated
            .push(text("what the court may order besides"));
    }
    Some((rule, info))
}

/// Takes back targets that the rule has no norm in common with: defeat could never meet them.
fn keep_those_met(rule: &mut RuleDecl, targets: &[Info], info: &Info) {
    let met = |name: &Name| {
        let bare = name.text.rsplit('/').next().unwrap_or(&name.text);
        let mut named = targets.iter().filter(|t| t.name == bare);
        named.any(|t| !t.norms.is_disjoint(&info.norms))
    };
    if !rule.exception_to.as_ref().is_some_and(met) {
        rule.exception_to = None;
        rule.regardless = false;
    }
    rule.overrides.retain(met);
    if rule.exception_to.is_none() && rule.overrides.is_empty() {
        rule.then.retain(|e| e.value != EffectValue::Lifted);
    }
}

/// Rules that are themselves exceptions are chosen more often: chains are where defeat is hard.
fn prefer_high(w: &mut World, all: &[&Info]) -> Info {
    let a = *w.rng.pick(all);
    let b = *w.rng.pick(all);
    if b.height > a.height && b.height < 5 {
        b.clone()
    } else {
        a.clone()
    }
}

/// The condition: sometimes none, sometimes one that looks at an earlier duty.
fn condition(w: &mut World, all: &[Info], info: &mut Info, first: usize) -> Option<Cond> {
    let ways = all.iter().filter(|r| {
        r.pack <= info.pack && !r.musts.is_empty() && r.norms.last().is_some_and(|n| *n < first)
    });
    let ways: Vec<Info> = ways.cloned().collect();
    let look = (!ways.is_empty() && w.rng.chance(30)).then(|| {
        let seen = w.rng.pick(&ways).clone();
        info.looks = info.looks.max(seen.norms.last().map_or(0, |n| n + 1));
        let rule = w.across_packs(info.pack, seen.pack, &seen.name);
        let musts: Vec<usize> = seen.musts.iter().copied().collect();
        let on = w.rng.chance(40).then(|| {
            let norm = w.norms[*w.rng.pick(&musts)].clone();
            let of = (norm.family && w.rng.chance(50)).then(|| a_member(w));
            target(&norm.name, of)
        });
        let cond = match w.rng.chance(60) {
            true => Cond::Missed(rule, on, NOWHERE),
            false => Cond::Met(rule, on, NOWHERE),
        };
        if w.rng.chance(25) {
            Cond::Not(Box::new(cond), NOWHERE)
        } else {
            cond
        }
    });
    let plain = w.rng.chance(72).then(|| {
        let depth = w.rng.below(3);
        w.cond(info.pack, false, depth)
    });
    match (look, plain) {
        (Some(look), Some(plain)) if w.rng.chance(50) => Some(Cond::Or(vec![look, plain])),
        (Some(look), Some(plain)) => Some(Cond::And(vec![plain, look])),
        (look, plain) => look.or(plain),
    }
}

fn a_member(w: &mut World) -> TargetOf {
    TargetOf::Name(name(*w.rng.pick(&DATAS)))
}

/// The effects: those above another rule speak of its norms, most of the time.
fn effects(w: &mut World, rule: &mut RuleDecl, info: &mut Info, below: &BTreeSet<usize>) {
    let above: Vec<usize> = below.iter().copied().collect();
    if !above.is_empty() && w.rng.chance(18) {
        let mut lifted = effect(None, EffectValue::Lifted);
        if w.rng.chance(25) {
            lifted.across = Some(w.set("Land", false, 1));
        }
        rule.then.push(lifted);
        info.norms.extend(below);
    }
    let n = if rule.then.is_empty() {
        1 + w.rng.below(2)
    } else {
        w.rng.below(2)
    };
    for i in 0..n {
        let norm = if !above.is_empty() && i == 0 && w.rng.chance(90) {
            *w.rng.pick(&above)
        } else {
            // A few norms get most of the rules, so that rules meet.
            let a = w.rng.below(w.norms.len());
            if w.rng.chance(60) { a % 3 } else { a }
        };
        if norm < info.looks || info.norms.contains(&norm) {
            continue;
        }
        info.norms.insert(norm);
        let value = value(w, !above.is_empty() && below.contains(&norm));
        if matches!(value, EffectValue::Must(_)) {
            info.musts.insert(norm);
        }
        let of = of(w, norm);
        let first = effect(Some(target(&w.norms[norm].name.clone(), of.clone())), value);
        let first = modifiers(w, first);
        // The same duty with another due elsewhere.
        if matches!(first.value, EffectValue::Must(_)) && w.rng.chance(8) {
            let again = EffectValue::Must(must_windows(w));
            let mut again = effect(Some(target(&w.norms[norm].name.clone(), of)), again);
            again.across = Some(w.set("Land", false, 1));
            rule.then.push(again);
        }
        rule.then.push(first);
    }
}

fn of(w: &mut World, norm: usize) -> Option<TargetOf> {
    if !w.norms[norm].family {
        return None;
    }
    match w.rng.weighted(&[25, 25, 20, 10, 20]) {
        0 => None,
        1 => Some(a_member(w)),
        2 => Some(TargetOf::Members(
            w.rng.some(&DATAS).into_iter().map(name).collect(),
        )),
        3 => Some(TargetOf::Name(name("inner"))),
        _ => Some(TargetOf::Name(w.fact(Ty::Datas, false))),
    }
}

fn value(w: &mut World, above: bool) -> EffectValue {
    let weights = if above {
        [24, 14, 24, 38]
    } else {
        [52, 24, 24, 0]
    };
    match w.rng.weighted(&weights) {
        0 => EffectValue::Must(must_windows(w)),
        1 => EffectValue::May(match w.rng.weighted(&[40, 14, 8, 6, 8, 6, 10, 8, 3]) {
            0 => None,
            1 => Some(window(WindowKind::Within(
                w.window_period(false),
                w.anchor(1),
            ))),
            2 => Some(window(WindowKind::InLessThan(
                w.window_period(false),
                w.anchor(1),
            ))),
            3 => Some(window(WindowKind::By(w.anchor(1)))),
            4 => Some(window(WindowKind::NoEarlier(
                w.window_period(false),
                w.anchor(1),
            ))),
            5 => Some(window(WindowKind::AtEnd(
                w.window_period(false),
                w.anchor(1),
            ))),
            6 => Some(window(WindowKind::For(w.window_period(false), w.anchor(1)))),
            8 if w.clock.runs_back() => Some(window(before(w))),
            _ => Some(window(WindowKind::Until(w.anchor(1)))),
        }),
        2 => EffectValue::MustNot(match w.rng.weighted(&[40, 40, 20]) {
            0 => None,
            1 => Some(window(WindowKind::For(w.window_period(false), w.anchor(1)))),
            _ => Some(window(WindowKind::Until(w.anchor(1)))),
        }),
        _ => EffectValue::Lifted,
    }
}

fn must_windows(w: &mut World) -> Vec<Window> {
    let mut kinds = Vec::new();
    match w.rng.weighted(&[14, 48, 10, 8, 20]) {
        0 => {}
        1 => kinds.push(due_window(w)),
        2 => kinds.push(WindowKind::For(w.window_period(false), w.anchor(1))),
        3 => kinds.push(WindowKind::Until(w.anchor(1))),
        _ => {
            for _ in 0..w.rng.below(3) {
                kinds.push(due_window(w));
            }
            match w.rng.below(4) {
                0 => kinds.push(WindowKind::AtEnd(w.window_period(false), w.anchor(1))),
                1 | 2 => kinds.push(WindowKind::NoEarlier(w.window_period(false), w.anchor(1))),
                _ => {}
            }
            match w.rng.below(4) {
                0 => kinds.push(WindowKind::UndueDelay(w.anchor(1))),
                1 => kinds.push(WindowKind::Expeditiously(w.anchor(1))),
                _ => {}
            }
        }
    }
    kinds.into_iter().map(window).collect()
}

fn due_window(w: &mut World) -> WindowKind {
    match w.rng.weighted(&[55, 28, 17, 12]) {
        0 => WindowKind::Within(w.window_period(false), w.anchor(1)),
        3 if w.clock.runs_back() => before(w),
        1 | 3 => WindowKind::InLessThan(w.window_period(false), w.anchor(1)),
        _ => WindowKind::By(w.anchor(1)),
    }
}

fn before(w: &mut World) -> WindowKind {
    WindowKind::AtLeastBefore(w.window_period(true), w.anchor_ahead())
}

fn modifiers(w: &mut World, mut effect: Effect) -> Effect {
    if w.rng.chance(35) {
        effect.across = Some(w.set("Land", false, 1));
    }
    let sanction = matches!(effect.value, EffectValue::Must(_) | EffectValue::May(_));
    if sanction && w.rng.chance(15) {
        effect.up_to = Some(ceiling(w));
    }
    let dated = |k: &WindowKind| matches!(k, WindowKind::Within(..) | WindowKind::InLessThan(..));
    if let EffectValue::Must(windows) = &effect.value
        && windows.iter().any(|x| dated(&x.kind))
        && w.rng.chance(12)
    {
        let clock = w.clock;
        let counting = w.rng.chance(60).then(|| w.other_regime());
        let window = window(match w.rng.weighted(&[45, 45, 10]) {
            0 => WindowKind::Within(w.window_period(false), w.anchor(0)),
            2 if w.clock.runs_back() => before(w),
            _ => WindowKind::InLessThan(w.window_period(false), w.anchor(0)),
        });
        w.clock = clock;
        effect.alternatives.push(Alternative {
            window,
            counting,
            because: text("the text does not say"),
            span: NOWHERE,
        });
    }
    effect
}

fn ceiling(w: &mut World) -> Ceiling {
    let n = 1 + w.rng.below(3);
    let term = |w: &mut World| match w.rng.chance(50) {
        true => {
            let (amount, currency) = w.amount();
            CeilingTerm::Amount(money(amount, currency))
        }
        false => CeilingTerm::Percent {
            basis_points: *w.rng.pick(&[400, 50, 333]),
            of: w.fact(Ty::Money, false),
            span: NOWHERE,
        },
    };
    let terms: Vec<CeilingTerm> = (0..n).map(|_| term(w)).collect();
    Ceiling {
        // One term is compared with nothing: by convention the larger.
        choose: if n > 1 && w.rng.chance(40) {
            Choose::Smaller
        } else {
            Choose::Larger
        },
        terms,
        per_day: w.rng.chance(20),
        span: NOWHERE,
    }
}

/// One version, or one dated version, or two that follow one another.
fn versions(w: &mut World, pack: usize, rule: RuleDecl, info: &Info) {
    let mut all = Vec::new();
    match w.rng.weighted(&[80, 8, 12]) {
        0 => all.push(rule),
        1 => {
            let mut rule = rule;
            rule.in_force = Some(in_force(
                w.day(-6, 1),
                w.rng.chance(50).then(|| w.day(2, 4)),
            ));
            all.push(rule);
        }
        _ => {
            let split = w.day(-2, 2);
            let mut old = rule.clone();
            old.in_force = Some(in_force(w.day(-9, -4), Some(split)));
            let mut new = rule;
            new.in_force = Some(in_force(split, None));
            if info.looks == 0 {
                new.when = Some(w.cond(pack, false, 1));
            }
            if w.rng.chance(30) {
                new.then.truncate(1);
            }
            all.extend([old, new]);
        }
    }
    let items = all.into_iter().map(|r| item(ItemKind::Rule(Box::new(r))));
    w.files[pack].items.extend(items);
}
