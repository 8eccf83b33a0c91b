//! A small pack and another version of it: what was changed in it, or only written otherwise.
//!
//! A change keeps facts, events and norms, so that every case can be put to both. A rewriting says the same of every case,
//! by the rules of the language: no difference may be found in it.

use super::changes::change;
use super::gen_rng::Rng;
use super::rewriting::rewrite;
use exequatur::syntax::ast::*;

pub const NOWHERE: Span = Span { start: 0, end: 0 };

/// Two versions of a pack.
pub struct Versions {
    pub files: [Vec<File>; 2],
    /// What was done.
    pub done: Vec<&'static str>,
    /// Both say the same.
    pub same: bool,
    /// Some period grew beyond those that were there.
    pub longer: bool,
}

/// Two versions of a pack; none, if nothing came of it.
pub fn versions(mut old: Vec<File>, rng: &mut Rng) -> Option<Versions> {
    for file in &mut old {
        file.items
            .retain(|item| !matches!(item.kind, ItemKind::Property(_)));
    }
    enrich(&mut old, rng);
    let mut new = old.clone();
    let before = longest(&old);
    let same = rng.chance(30);
    let mut done = Vec::new();
    if !same {
        let wanted = 1 + usize::from(rng.chance(20));
        for _ in 0..8 {
            if done.len() < wanted {
                done.extend(change(&mut new, rng));
            }
        }
        if done.is_empty() {
            return None;
        }
    }
    if same || rng.chance(20) {
        let wanted = 1 + rng.below(3);
        for _ in 0..wanted * 3 {
            if let Some(way) = rewrite(&mut new, rng) {
                done.push(way);
            }
            if done.len() >= wanted {
                break;
            }
        }
    }
    if done.is_empty() {
        return None;
    }
    let mut files = [old, new];
    if rng.chance(50) {
        files.reverse();
        done.push("turned round");
    }
    let longer = longest(&files[0]).max(longest(&files[1])) > before;
    Some(Versions {
        longer,
        files,
        done,
        same,
    })
}

pub fn rules(files: &mut [File]) -> Vec<&mut RuleDecl> {
    let items = files.iter_mut().flat_map(|file| &mut file.items);
    let rules = items.filter_map(|item| match &mut item.kind {
        ItemKind::Rule(rule) => Some(&mut **rule),
        _ => None,
    });
    rules.collect()
}

/// The names that are declared.
pub fn has(files: &[File], name: &str) -> bool {
    let mut items = files.iter().flat_map(|file| &file.items);
    items.any(|item| match &item.kind {
        ItemKind::Fact(fact) => fact.name.text == name,
        ItemKind::Event(event) => event.name.text == name,
        _ => false,
    })
}

pub fn name(text: &str) -> Name {
    Name {
        text: text.to_string(),
        span: NOWHERE,
    }
}

pub fn text(text: &str) -> Text {
    Text {
        en: text.to_string(),
        fr: None,
        span: NOWHERE,
    }
}

pub fn amount(digits: &[&str]) -> Ceiling {
    let money = |digits: &&str| {
        CeilingTerm::Amount(Money {
            amount: digits.to_string(),
            currency: "EUR".to_string(),
            span: NOWHERE,
        })
    };
    Ceiling {
        terms: digits.iter().map(money).collect(),
        choose: Choose::Larger,
        per_day: false,
        span: NOWHERE,
    }
}

/// What small packs have not: ceilings, other readings, texts that are not translated, two values of one rule.
fn enrich(files: &mut [File], rng: &mut Rng) {
    let with_money = has(files, "w");
    for rule in rules(files) {
        if rng.chance(7) {
            rule.untranslated.push(text("what is proportionate"));
        }
        if rng.chance(15) {
            let other = rule.then[0].clone();
            rule.then.push(other);
            let last = rule.then.len() - 1;
            if rng.chance(70) {
                another_kind(&mut rule.then[last], rng);
            } else if let Some(window) = first_window(&mut rule.then[last]) {
                other_period(&mut window.kind);
            }
        }
        for effect in &mut rule.then {
            let granted = matches!(effect.value, EffectValue::Must(_) | EffectValue::May(_));
            if granted && rng.chance(12) {
                let mut ceiling = amount(&["10", "20"][..1 + rng.below(2)]);
                if with_money && rng.chance(50) {
                    ceiling.terms.push(CeilingTerm::Percent {
                        basis_points: 400,
                        of: name("w"),
                        span: NOWHERE,
                    });
                }
                effect.up_to = Some(ceiling);
            }
            if let EffectValue::Must(windows) = &effect.value
                && let [window] = windows.as_slice()
                && matches!(
                    window.kind,
                    WindowKind::Within(..) | WindowKind::InLessThan(..) | WindowKind::By(_)
                )
                && rng.chance(20)
            {
                let mut other = window.clone();
                if rng.chance(70) {
                    other_period(&mut other.kind);
                }
                effect.alternatives.push(Alternative {
                    window: other,
                    counting: None,
                    because: text("the start is in doubt"),
                    span: NOWHERE,
                });
            }
        }
    }
}

/// The most hours of a period.
fn longest(files: &[File]) -> i64 {
    let text: String = files.iter().map(exequatur::syntax::print).collect();
    if text.contains("2 hours") || text.contains("120 minutes") {
        2
    } else {
        1
    }
}

pub fn first_window(effect: &mut Effect) -> Option<&mut Window> {
    match &mut effect.value {
        EffectValue::Must(windows) => windows.first_mut(),
        EffectValue::May(window) | EffectValue::MustNot(window) => window.as_mut(),
        EffectValue::Lifted => None,
    }
}

/// One hour for two, two for one.
pub fn other_period(kind: &mut WindowKind) -> bool {
    match kind {
        WindowKind::Within(period, _)
        | WindowKind::InLessThan(period, _)
        | WindowKind::NoEarlier(period, _)
        | WindowKind::AtEnd(period, _)
        | WindowKind::For(period, _) => {
            let n = if longer_than_one(period) { 1 } else { 2 };
            *period = Period {
                n: Int {
                    value: n,
                    span: NOWHERE,
                },
                unit: Unit::Hour,
                span: NOWHERE,
            };
            true
        }
        _ => false,
    }
}

fn longer_than_one(period: &Period) -> bool {
    period.unit == Unit::Hour && period.n.value > 1
}

pub fn another_kind(effect: &mut Effect, rng: &mut Rng) {
    let window = match &effect.value {
        EffectValue::Must(windows) => windows.first().cloned(),
        EffectValue::May(window) => window.clone(),
        _ => None,
    };
    let window = window.filter(|window| {
        let shared = [
            matches!(window.kind, WindowKind::Within(..)),
            matches!(window.kind, WindowKind::InLessThan(..)),
            matches!(window.kind, WindowKind::NoEarlier(..)),
        ];
        shared.contains(&true)
    });
    effect.value = match (&effect.value, rng.below(2)) {
        (EffectValue::Must(_), 0) => EffectValue::May(window),
        (EffectValue::May(_), 0) => EffectValue::Must(window.into_iter().collect()),
        (EffectValue::MustNot(_), 0) => EffectValue::Must(Vec::new()),
        (EffectValue::MustNot(_), _) => EffectValue::May(None),
        (EffectValue::Lifted, _) => EffectValue::MustNot(None),
        _ => EffectValue::MustNot(None),
    };
    effect.alternatives.clear();
    effect.up_to = None;
}
