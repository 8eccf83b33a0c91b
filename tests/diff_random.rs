//! `prove::diff` against the evaluator, on random packs of which one thing was changed.
//!
//! Both versions are given many random cases. Where the evaluator's answers to one of them differ in anything that is
//! compared, a difference must be found; where none is found, no case may show one. Rules that were only rewritten must not
//! differ. `EXQ_DIFF_PACKS` and `EXQ_DIFF_SEED` set how many packs are made, and the first.
#![cfg(feature = "cli")]

mod reference;

use std::collections::BTreeMap;

use exequatur::check;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::eval::{Decision, Memory, Options, ServiceLevels, evaluate};
use exequatur::json::{case_from_json, naming};
use exequatur::model::limits::INSTANT_END;
use exequatur::model::{CalendarId, Kind, State, Unit, ZoneId};
use exequatur::pack::{Program, load};
use exequatur::prove::diff::differ;
use exequatur::prove::formula::{Course, Curve};
use exequatur::prove::symbolic::Counted;
use exequatur::syntax::ast::*;
use exequatur::time::instant::{DAY, SECOND};
use exequatur::time::{Counting as CountedBy, Direction, Period as Length, Regime};
use reference::gen_case::question;
use reference::gen_rng::Rng;
use reference::gen_world::world;

const HOUR: i64 = 3_600 * SECOND;
/// How many packs are changed.
const PACKS: u64 = 400;
/// How many cases both versions of each are given.
const CASES: u64 = 60;

fn setting(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|t| t.parse().ok()).unwrap_or(default)
}

#[derive(Default, Debug)]
struct Seen {
    packs: usize,
    rewritten: usize,
    shown: usize,
    found: usize,
    alike: usize,
    undecided: usize,
}

#[test]
fn what_cases_show_is_found_and_what_is_found_is_shown() {
    let (packs, first) = (
        setting("EXQ_DIFF_PACKS", PACKS),
        setting("EXQ_DIFF_SEED", 1),
    );
    let mut all = Seen::default();
    std::thread::scope(|scope| {
        let share = |i| (first + i..first + packs).step_by(2);
        let work = |i| scope.spawn(move || compare(share(i)));
        for thread in [work(0), work(1)] {
            match thread.join() {
                Ok(seen) => {
                    all.packs += seen.packs;
                    all.rewritten += seen.rewritten;
                    all.shown += seen.shown;
                    all.found += seen.found;
                    all.alike += seen.alike;
                    all.undecided += seen.undecided;
                }
                Err(failure) => std::panic::resume_unwind(failure),
            }
        }
    });
    println!("{all:?}");
    if packs >= PACKS {
        assert!(all.packs >= 150 && all.shown >= 50 && all.alike >= 20 && all.rewritten >= 20);
        assert!(
            all.undecided * 20 <= all.packs,
            "{} of {} are undecided",
            all.undecided,
            all.packs
        );
    }
}

#[test]
fn pieces_of_curves_hold_without_exception() {
    let (mut looked, mut wide, mut without) = (0, 0, 0);
    for seed in 0..600 {
        let w = world(seed);
        let Some(ir) = check::check(&w.files).ir else {
            continue;
        };
        let bytes = compile(&ir, &BundledZones::default(), &CompileOptions::default());
        let bytes = bytes.expect("it checks");
        let pack = load(&bytes).expect("it was just made");
        let mut rng = Rng::new(seed ^ 0xC0_47);
        for counted in counted(pack.program(), &mut rng) {
            for _ in 0..8 {
                let x = match rng.below(6) {
                    0 => INSTANT_END - 1 - rng.next().cast_signed().rem_euclid(90 * DAY),
                    1 => rng.next().cast_signed().rem_euclid(90 * DAY),
                    2..=4 => w.centre - 30 * DAY + rng.next().cast_signed().rem_euclid(60 * DAY),
                    _ => rng.next().cast_signed().rem_euclid(INSTANT_END),
                };
                let x = x.clamp(0, INSTANT_END - 1);
                // Midnights and full hours are where the texts part.
                let x = if rng.chance(30) { x - x % HOUR } else { x };
                let piece = counted.piece(x);
                let (least, most) = counted.spread();
                assert!(
                    piece.from <= x && x <= piece.to,
                    "{counted:?} at {x}: {piece:?}"
                );
                looked += 1;
                wide += usize::from(piece.to > piece.from);
                without += usize::from(piece.course == Course::Nothing);
                let length = piece.to - piece.from + 1;
                let mut points = vec![piece.from, piece.to];
                points.extend(
                    (0..12).map(|_| piece.from + rng.next().cast_signed().rem_euclid(length)),
                );
                for point in points {
                    let is = counted.at(point);
                    let said = match piece.course {
                        Course::Nothing => None,
                        Course::Value(value) => Some(value),
                        Course::Shift(shift) => Some(point + shift),
                    };
                    assert_eq!(
                        is, said,
                        "seed {seed}: {counted:?} at {point}, in {piece:?} around {x}"
                    );
                    if let Some(is) = is {
                        assert!(
                            (least..=most).contains(&(is - point)),
                            "{counted:?} at {point}"
                        );
                    }
                }
            }
        }
    }
    assert!(
        looked > 20_000 && wide > 10_000 && without > 2_000,
        "{looked} {wide} {without}"
    );
}

/// Periods by every way to count that a program has.
fn counted<'c>(program: &Program<'c>, rng: &mut Rng) -> Vec<Counted<'c>> {
    const UNITS: [Unit; 7] = [
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::WorkingDay,
        Unit::Week,
        Unit::Month,
        Unit::Year,
    ];
    let mut found = Vec::new();
    for row in program.countings.iter() {
        let zone = program.zone(ZoneId(row.zone));
        let regime = Regime::from_u8(row.regime).expect("a regime");
        let calendars =
            (0..program.calendars.len() as u16).filter_map(|id| program.calendar(CalendarId(id)));
        for calendar in calendars.map(Some).chain([None]) {
            let unit = UNITS[rng.below(UNITS.len())];
            let n = 1 + rng.below(if unit == Unit::Year { 4 } else { 30 }) as i64;
            let direction = if rng.chance(30) {
                Direction::Backward
            } else {
                Direction::Forward
            };
            let counting = CountedBy {
                regime,
                rollover: row.rollover == 1,
                zone,
                calendar,
            };
            let needs = regime.needs_calendar(n, unit, direction, counting.rollover);
            if needs != calendar.is_some() {
                continue;
            }
            let period = Length::new(n, unit);
            if regime != Regime::Elapsed || unit == Unit::WorkingDay {
                found.push(Counted::Period {
                    period,
                    direction,
                    counting,
                });
            } else if !matches!(unit, Unit::Minute | Unit::Hour) {
                let n = if direction == Direction::Backward {
                    -n
                } else {
                    n
                };
                found.push(Counted::Elapsed { n, unit, zone });
            }
        }
    }
    found
}

fn compare(seeds: impl Iterator<Item = u64>) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let mut w = world(seed);
        let old = std::mem::take(&mut w.files);
        let mut rng = Rng::new(seed ^ 0xD1FF);
        let mut new = old.clone();
        let Some(change) = mutate(&mut new, &mut rng) else {
            continue;
        };
        let adopt = w.adopt.clone();
        let [Some(old_bytes), Some(new_bytes)] = [&old, &new].map(|files| {
            let ir = check::check(files).ir?;
            let options = CompileOptions {
                adopt: adopt.clone(),
            };
            compile(&ir, &BundledZones::default(), &options).ok()
        }) else {
            continue;
        };
        let packs = [
            load(&old_bytes).expect("just made"),
            load(&new_bytes).expect("just made"),
        ];
        let programs = [*packs[0].program(), *packs[1].program()];
        seen.packs += 1;
        let started = std::time::Instant::now();
        let answer = differ(programs[0], programs[1]);
        if started.elapsed().as_secs() > 20 {
            println!(
                "seed {seed}, {change}: {:?}, {:?}",
                started.elapsed(),
                answer.is_ok()
            );
        }
        let context = |what: &str| {
            let text = |files: &[File]| {
                files
                    .iter()
                    .map(exequatur::syntax::print)
                    .collect::<String>()
            };
            format!(
                "seed {seed}, {change}: {what}\n{}\n=======\n{}",
                text(&old),
                text(&new)
            )
        };
        let rewritten = change == "rewritten";
        seen.rewritten += usize::from(rewritten);
        match &answer {
            Ok(None) => seen.alike += 1,
            Ok(Some(found)) => {
                seen.found += 1;
                assert!(!rewritten, "{}", context(&format!("{found:?}")));
                assert_ne!(found.old, found.new);
            }
            Err(why) => {
                println!("seed {seed}, {change}: {why}");
                seen.undecided += 1;
                continue;
            }
        }
        let mut shows = false;
        for _ in 0..CASES {
            let q = question(&mut w, rng.next());
            let text = q.case.to_string();
            let law_date = q
                .ask
                .law_date
                .map(|date| (date - jiff::civil::date(1970, 1, 1)).get_days());
            let [a, b] =
                programs.map(|program| said(&program, text.as_bytes(), q.ask.now, law_date));
            if a != b {
                shows = true;
                assert!(
                    matches!(answer, Ok(Some(_))),
                    "{}",
                    context(&format!("{text} at {}\n{a:#?}\n{b:#?}", q.ask.now))
                );
            }
        }
        seen.shown += usize::from(shows);
    }
    seen
}

/// What a program says of a case, in all that is compared: by norm and place, and by rule.
fn said(
    program: &Program<'_>,
    case: &[u8],
    now: i64,
    law_date: Option<i32>,
) -> BTreeMap<String, Vec<String>> {
    let case = case_from_json(program, case).expect("it fits");
    let mut memory = Memory::new(program);
    let mut workspace = memory.workspace();
    let options = Options {
        now,
        law_date,
        adopt: &[],
        service: ServiceLevels::default(),
    };
    let decision = evaluate(program, &case.as_case(), &options, &mut workspace).expect("it fits");
    let mut all = BTreeMap::new();
    for part in decision.parts().iter().filter(|part| part.beside.is_none()) {
        let mut lines = vec![format!(
            "{:?} {:?} {:?} {:?}",
            part.outcome, part.unprotected, part.conflict, part.guard
        )];
        lines.extend(
            decision
                .entries(part)
                .iter()
                .map(|entry| entry_line(&decision, entry)),
        );
        lines.sort();
        for place in (0..256).filter(|place| part.places.contains(*place)) {
            all.insert(
                format!("{} {place}", naming::norm(program, part.norm)),
                lines.clone(),
            );
        }
    }
    // A norm that is not in the answer says nothing.
    all.retain(|_, lines| lines.len() > 1 || !lines[0].starts_with("None None False"));
    for version in decision.untranslated() {
        let count = program.versions.at(version.index()).untranslated.count;
        all.insert(naming::version(program, version), vec![count.to_string()]);
    }
    all
}

fn entry_line(decision: &Decision<'_>, entry: &exequatur::eval::Entry) -> String {
    let program = decision.program();
    let effect = program.effects.at(entry.effect.index());
    let rule = naming::version(program, exequatur::model::VersionId(effect.version));
    let kind = Kind::from_u8(effect.kind);
    let mut line = format!("{rule} {kind:?} {:?} {:?}", entry.state, entry.why);
    if entry.state != State::Defeated {
        let exclusive = entry.exclusive && entry.due.instant().is_some();
        line += &format!(
            " {:?} {:?} {:?} {exclusive} {:?} {:?}",
            entry.status, entry.not_before, entry.due, entry.start, entry.end
        );
        for index in 0..decision.alternatives(entry) {
            let (due, exclusive) = decision.alternative(entry, index);
            line += &format!(" {due:?} {}", exclusive && due.instant().is_some());
        }
    }
    line
}

/// Changes one thing, and says which; none, if what was drawn is not there.
fn mutate(files: &mut [File], rng: &mut Rng) -> Option<&'static str> {
    let span = Span { start: 0, end: 0 };
    let items = files.iter_mut().flat_map(|file| &mut file.items);
    let (mut rules, mut norms, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        match &mut item.kind {
            ItemKind::Rule(rule) => rules.push(rule),
            ItemKind::Norm(norm) => norms.push(norm),
            ItemKind::Fact(fact) => facts.push(fact),
            _ => {}
        }
    }
    if rules.is_empty() {
        return None;
    }
    let chosen = rng.below(rules.len());
    let rule = &mut rules[chosen];
    let effect = rule.then.first_mut()?;
    Some(match rng.below(16) {
        0 => {
            rule.when = Some(Cond::Not(Box::new(rule.when.take()?), span));
            "negated"
        }
        1 => {
            rule.when.take()?;
            "condition dropped"
        }
        2 => {
            rule.when = match rule.when.take()? {
                Cond::And(of) => Some(Cond::Or(of)),
                Cond::Or(of) => Some(Cond::And(of)),
                _ => return None,
            };
            "`and` and `or` exchanged"
        }
        3 => {
            effect.value = match &effect.value {
                EffectValue::Must(_) => EffectValue::May(None),
                EffectValue::May(_) => EffectValue::MustNot(None),
                EffectValue::MustNot(_) => EffectValue::May(None),
                EffectValue::Lifted => return None,
            };
            effect.alternatives.clear();
            effect.up_to = None;
            "another kind"
        }
        4 | 5 => {
            let kind = &mut window(effect)?.kind;
            match kind {
                WindowKind::Within(period, _)
                | WindowKind::InLessThan(period, _)
                | WindowKind::NoEarlier(period, _)
                | WindowKind::AtEnd(period, _)
                | WindowKind::For(period, _) => period.n.value += 1,
                _ => return None,
            }
            "a period longer by one"
        }
        6 => {
            let kind = &mut window(effect)?.kind;
            *kind = match kind.clone() {
                WindowKind::Within(period, anchor) => WindowKind::InLessThan(period, anchor),
                WindowKind::InLessThan(period, anchor) => WindowKind::Within(period, anchor),
                _ => return None,
            };
            "an inclusive due for an exclusive one"
        }
        7 => {
            effect.across.take()?;
            "territory dropped"
        }
        8 => {
            rule.exception_to.take()?;
            rule.regardless = false;
            "no exception any more"
        }
        9 => {
            if rule.overrides.is_empty() {
                return None;
            }
            rule.overrides.clear();
            "no override any more"
        }
        10 => {
            let norm = norms.iter_mut().find(|norm| !norm.protected.is_empty())?;
            norm.protected.pop();
            "a guard dropped"
        }
        11 => {
            let fact = facts.iter_mut().find(|fact| fact.presumed.is_some())?;
            fact.presumed = None;
            "nothing presumed"
        }
        12 => {
            rule.in_force.take()?;
            "no date any more"
        }
        _ => {
            // Twice negated, and turned round: the same in other words.
            let when = match rule.when.take()? {
                Cond::And(of) => Cond::Not(Box::new(Cond::Or(negated(of, span))), span),
                Cond::Or(of) => Cond::Not(Box::new(Cond::And(negated(of, span))), span),
                other => Cond::Not(Box::new(Cond::Not(Box::new(other), span)), span),
            };
            rule.when = Some(when);
            "rewritten"
        }
    })
}

fn negated(of: Vec<Cond>, span: Span) -> Vec<Cond> {
    let of = of.into_iter().rev();
    of.map(|cond| Cond::Not(Box::new(cond), span)).collect()
}

fn window(effect: &mut Effect) -> Option<&mut Window> {
    match &mut effect.value {
        EffectValue::Must(windows) => windows.first_mut(),
        EffectValue::May(window) | EffectValue::MustNot(window) => window.as_mut(),
        EffectValue::Lifted => None,
    }
}
