//! The same rules in other words: each of these says the same of every case.
//!
//! That it does follows from the language: `and` and `or` take the least and the greatest of three truths, definitions stand
//! for what they say, and neither the order of items nor that of conditions says anything.

use super::changes::some_part;
use super::gen_rng::Rng;
use super::variants::{NOWHERE, first_window, name, rules};
use exequatur::syntax::ast::*;

/// Writes something in other words, and says how; none, if what was drawn is not there.
pub fn rewrite(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    match rng.below(10) {
        0..=4 => of_condition(some_part(files, rng)?, rng),
        5 => {
            // Rules and norms of one file in another order: of a rule's dated versions, too.
            let at = rng.below(files.len());
            let moves = |item: &Item| matches!(item.kind, ItemKind::Rule(_) | ItemKind::Norm(_));
            let items = std::mem::take(&mut files[at].items);
            let (mut moved, kept): (Vec<Item>, Vec<Item>) = items.into_iter().partition(moves);
            rng.shuffle(&mut moved);
            files[at].items = kept;
            files[at].items.append(&mut moved);
            Some("other order")
        }
        6 => definition(files, rng),
        7 => inherited(files, rng),
        _ => of_rule(files, rng),
    }
}

fn not(cond: Cond) -> Cond {
    Cond::Not(Box::new(cond), NOWHERE)
}

fn of_condition(part: &mut Cond, rng: &mut Rng) -> Option<&'static str> {
    let whole = part.clone();
    let (new, how) = match (whole, rng.below(4)) {
        (Cond::And(of), 0) => (
            not(Cond::Or(of.into_iter().rev().map(not).collect())),
            "De Morgan",
        ),
        (Cond::Or(of), 0) => (
            not(Cond::And(of.into_iter().rev().map(not).collect())),
            "De Morgan",
        ),
        (Cond::And(mut of), 1) => {
            of.reverse();
            (Cond::And(of), "reversed")
        }
        (Cond::Or(mut of), 1) => {
            of.reverse();
            (Cond::Or(of), "reversed")
        }
        (Cond::And(of), _) => {
            let at = of.iter().position(|one| matches!(one, Cond::Or(_)))?;
            let mut rest = of;
            let Cond::Or(ways) = rest.remove(at) else {
                return None;
            };
            let each = ways.into_iter().map(|way| {
                let mut all = rest.clone();
                all.push(way);
                Cond::And(all)
            });
            (Cond::Or(each.collect()), "distributed")
        }
        (Cond::Compare(a, op, b), 0 | 1) => {
            let op = match op {
                CompareOp::Lt => CompareOp::Gt,
                CompareOp::Le => CompareOp::Ge,
                CompareOp::Gt => CompareOp::Lt,
                CompareOp::Ge => CompareOp::Le,
            };
            (Cond::Compare(b, op, a), "compared the other way")
        }
        (Cond::Compare(a, op, b), 2) => {
            let op = match op {
                CompareOp::Lt => CompareOp::Ge,
                CompareOp::Le => CompareOp::Gt,
                CompareOp::Gt => CompareOp::Le,
                CompareOp::Ge => CompareOp::Lt,
            };
            (not(Cond::Compare(a, op, b)), "not the contrary")
        }
        (
            Cond::Is {
                fact,
                negated: true,
                value,
            },
            _,
        ) => {
            let negated = false;
            let is = Cond::Is {
                fact,
                negated,
                value,
            };
            (not(is), "`not … is`")
        }
        (Cond::In(fact, SetExpr::Members(of, _)), 0 | 1) if of.len() > 1 => {
            let each = of.into_iter().map(|member| Cond::Is {
                fact: fact.clone(),
                negated: false,
                value: Value::Member(member),
            });
            (Cond::Or(each.collect()), "`is` one or the other")
        }
        (Cond::In(fact, set), 2) => (Cond::In(fact, twice(set)), "a set and itself"),
        (Cond::Meets(fact, SetExpr::Members(of, _)), 0 | 1) if of.len() > 1 => {
            let each = of
                .into_iter()
                .map(|member| Cond::Includes(fact.clone(), member));
            (Cond::Or(each.collect()), "`includes` one or the other")
        }
        (Cond::Meets(fact, set), 2) => (Cond::Meets(fact, twice(set)), "a set and itself"),
        (other, 0) => (not(not(other)), "twice negated"),
        (other, 1) => (Cond::And(vec![other.clone(), other]), "twice"),
        (other, 2) => {
            let either = Cond::Or(vec![Cond::Name(name("b0")), other.clone()]);
            (Cond::And(vec![other, either]), "absorbed")
        }
        _ => return None,
    };
    *part = new;
    Some(how)
}

fn twice(set: SetExpr) -> SetExpr {
    SetExpr::Union(Box::new(set.clone()), Box::new(set))
}

/// A condition gets a name.
fn definition(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    let at = rng.below(files.len());
    let file = &mut files[at..=at];
    let known = file[0].items.len();
    let part = some_part(file, rng)?;
    let words = format!("def{known}");
    let when = std::mem::replace(part, Cond::Name(name(&words)));
    let define = DefineDecl {
        name: name(&words),
        when,
    };
    file[0].items.push(Item {
        kind: ItemKind::Define(define),
        span: NOWHERE,
    });
    Some("defined")
}

/// An exception repeats the condition that it inherits.
fn inherited(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    let all = rules(files);
    let conditions: Vec<(String, Option<Cond>)> = all
        .iter()
        .map(|rule| (rule.name.text.clone(), rule.when.clone()))
        .collect();
    let mut able: Vec<&mut RuleDecl> = all
        .into_iter()
        .filter(|rule| rule.exception_to.is_some() && !rule.regardless)
        .collect();
    if able.is_empty() {
        return None;
    }
    let rule = able.swap_remove(rng.below(able.len()));
    let base = &rule.exception_to.as_ref()?.text;
    let of: Vec<&(String, Option<Cond>)> =
        conditions.iter().filter(|(name, _)| name == base).collect();
    // Of dated versions it inherits that which is in force.
    let [(_, Some(when))] = of.as_slice() else {
        return None;
    };
    rule.when = Some(match rule.when.take() {
        Some(own) => Cond::And(vec![when.clone(), own]),
        None => when.clone(),
    });
    Some("what is inherited, repeated")
}

fn of_rule(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    let mut all = rules(files);
    if all.is_empty() {
        return None;
    }
    let chosen = rng.below(all.len());
    let rule = &mut *all[chosen];
    let chosen = rng.below(rule.then.len());
    Some(match rng.below(7) {
        0 => {
            rule.then.reverse();
            (rule.then.len() > 1).then_some("effects reversed")?
        }
        1 => {
            let effect = &mut rule.then[chosen];
            let Some(TargetOf::Members(of)) = &effect.target.as_ref()?.of else {
                return None;
            };
            let (first, rest) = of.split_first()?;
            if rest.is_empty() {
                return None;
            }
            let with = |members: Vec<Name>| {
                let mut effect = effect.clone();
                if let Some(target) = &mut effect.target {
                    target.of = Some(TargetOf::Members(members));
                }
                effect
            };
            let (one, other) = (with(vec![first.clone()]), with(rest.to_vec()));
            rule.then[chosen] = one;
            rule.then.push(other);
            "member by member"
        }
        2 => {
            let effect = &mut rule.then[chosen];
            let Some(SetExpr::Members(of, _)) = &effect.across else {
                return None;
            };
            let (first, rest) = of.split_first()?;
            if rest.is_empty() {
                return None;
            }
            let (one, others) = (vec![first.clone()], rest.to_vec());
            let mut other = effect.clone();
            effect.across = Some(SetExpr::Members(one, NOWHERE));
            other.across = Some(SetExpr::Members(others, NOWHERE));
            rule.then.push(other);
            "place by place"
        }
        3 => {
            let across = &mut rule.then[chosen].across;
            *across = Some(twice(across.take()?));
            "a territory and itself"
        }
        4 => {
            let period = match &mut first_window(&mut rule.then[chosen])?.kind {
                WindowKind::Within(period, _)
                | WindowKind::InLessThan(period, _)
                | WindowKind::NoEarlier(period, _)
                | WindowKind::AtEnd(period, _)
                | WindowKind::For(period, _)
                    if period.unit == Unit::Hour =>
                {
                    period
                }
                _ => return None,
            };
            period.n.value *= 60;
            period.unit = Unit::Minute;
            "minutes for hours"
        }
        5 => {
            let anchor = match &mut first_window(&mut rule.then[chosen])?.kind {
                WindowKind::Within(_, anchor)
                | WindowKind::InLessThan(_, anchor)
                | WindowKind::By(anchor)
                | WindowKind::For(_, anchor)
                | WindowKind::Until(anchor) => anchor,
                _ => return None,
            };
            *anchor = Anchor::Latest(vec![anchor.clone(), anchor.clone()], NOWHERE);
            "the latest of one"
        }
        _ => {
            // One rule in two versions that follow each other, and say the same.
            let day = |day| Date {
                year: 2026,
                month: 3,
                day,
                span: NOWHERE,
            };
            if rule.in_force.is_some() {
                return None;
            }
            let name = rule.name.text.clone();
            for file in files {
                let found = file.items.iter().position(
                    |item| matches!(&item.kind, ItemKind::Rule(rule) if rule.name.text == name),
                );
                let Some(at) = found else { continue };
                let mut later = file.items[at].clone();
                let force = |from, until| {
                    Some(InForce {
                        from,
                        until,
                        span: NOWHERE,
                    })
                };
                let past = Date {
                    year: 1969,
                    month: 1,
                    day: 1,
                    span: NOWHERE,
                };
                if let ItemKind::Rule(rule) = &mut file.items[at].kind {
                    rule.in_force = force(past, Some(day(2)));
                }
                if let ItemKind::Rule(rule) = &mut later.kind {
                    rule.in_force = force(day(2), None);
                }
                file.items.push(later);
            }
            "in two versions"
        }
    })
}
