//! The next change of an answer, by trying every instant that could matter (LANGUAGE.md §12).
//!
//! Invariant: candidates may be too many, never too few. They are built without regard to what the rules say: all
//! instants of the case and the packs, moved by all periods, several times over.

use super::case::{Ask, Eval, literal};
use super::civil;
use super::link::Link;
use super::timing::Spot;
use super::truth::Keys;
use super::walk::{self, Found};
use exequatur::syntax::ast::*;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// How often a period may follow a period: a due after the end of what defeated it, after the end of what defeated
/// that, and once more.
const DEPTH: usize = 3;

/// Something that takes an instant to another one: a window, or a service level.
type Move<'m> = Box<dyn Fn(i64) -> Option<i64> + 'm>;

/// The first instant after `now` at which the answer is another than `before`.
pub fn next_change(link: &Link, case: &Json, ask: Ask, before: &Json) -> Option<i64> {
    let after: Vec<i64> = candidates(link, case, ask);
    after
        .into_iter()
        .find(|t| Eval::new(link, case, ask.at(*t)).answer() != *before)
}

/// Every instant after `now` that could matter, in order.
pub fn candidates(link: &Link, case: &Json, ask: Ask) -> Vec<i64> {
    let eval = Eval::new(link, case, ask);
    let mut instants = BTreeSet::new();
    case_instants(case, &mut instants);
    let mut offsets: Vec<&Period> = Vec::new();
    let mut zones: Vec<TimeZone> = Vec::new();
    for (p, pack) in link.packs.iter().enumerate() {
        let rules = link.rules.iter().filter(|r| r.pack == p).map(|r| &r.zone);
        for zone in rules.chain([&pack.zone]) {
            if !zones.contains(zone) {
                zones.push(zone.clone());
            }
        }
        walk::pack(link, p, &mut |found| match found {
            Found::Instant(text) => {
                instants.insert(civil::parse_instant(text));
            }
            Found::Offset(period) if !offsets.contains(&period) => offsets.push(period),
            _ => {}
        });
    }
    for fact in &link.facts {
        if let Some(super::case::Val::Instant(t)) = fact.presumed.as_ref().map(literal) {
            instants.insert(t);
        }
    }
    let moves = moves(&eval);
    let mut all = instants.clone();
    let mut last = instants.clone();
    for _ in 0..DEPTH {
        let mut next: BTreeSet<i64> = BTreeSet::new();
        for t in &last {
            next.extend(moves.iter().filter_map(|to| to(*t)));
        }
        // Where it was already, it has been moved already.
        next.retain(|t| !all.contains(t));
        all.extend(&next);
        last = next;
    }
    // `now` with an offset meets an instant (perhaps one that was itself moved) where that instant is moved back;
    // it leaves the range where the range's end is.
    let mut edges: Vec<i64> = instants.into_iter().collect();
    let once: Vec<i64> = edges
        .iter()
        .flat_map(|t| offsets.iter().flat_map(|p| both_ways(*t, p, &zones)))
        .collect();
    edges.extend(once);
    edges.extend([civil::FIRST, civil::END - 1]);
    for t in edges {
        all.insert(t);
        for period in &offsets {
            all.extend(both_ways(t, period, &zones));
        }
    }
    for date in dates(link) {
        all.extend(zones.iter().map(|z| civil::midnight(date, z)));
    }
    let all = all
        .into_iter()
        .flat_map(|t| [t, t + 1])
        .filter(|t| *t > ask.now);
    let all: BTreeSet<i64> = all.filter(|t| civil::in_range(*t)).collect();
    all.into_iter().collect()
}

/// Every window of every rule as it is counted in this case, alternatives included, and the service levels.
fn moves<'m>(eval: &'m Eval<'m>) -> Vec<Move<'m>> {
    let mut moves: Vec<Move<'m>> = Vec::new();
    for rule in &eval.link.rules {
        for effect in &rule.decl.then {
            let rivals = effect.alternatives.iter();
            let rivals = rivals.map(|a| (&a.window, rule.counting.with(a.counting.as_ref())));
            let own = walk::windows(&effect.value).iter();
            for (window, counting) in own.map(|w| (w, rule.counting.clone())).chain(rivals) {
                let Some(period) = walk::parts_of(&window.kind).0 else {
                    continue;
                };
                let back = walk::runs_back(&window.kind);
                moves.push(Box::new(move |t| {
                    let (mut needs, mut assumed) = (Keys::new(), Keys::new());
                    let spot = eval.counted(t, period, back, &counting, &mut needs, &mut assumed);
                    match spot {
                        Spot::At(t) => Some(t),
                        _ => None,
                    }
                }));
            }
        }
    }
    let levels = [eval.service.undue_delay, eval.service.expeditiously];
    for level in levels.into_iter().flatten() {
        moves.push(Box::new(move |t| {
            t.checked_add(level).filter(|t| civil::in_range(*t))
        }));
    }
    moves
}

fn both_ways(t: i64, period: &Period, zones: &[TimeZone]) -> Vec<i64> {
    let moved = |minus| {
        let all = zones.iter();
        all.filter_map(move |z| civil::shift(t, period, minus, z))
    };
    moved(false).chain(moved(true)).collect()
}

/// All texts of a case that are instants.
fn case_instants(json: &Json, found: &mut BTreeSet<i64>) {
    match json {
        Json::String(text) => {
            if let Ok(stamp) = text.parse::<Timestamp>() {
                found.insert(stamp.as_microsecond());
            }
        }
        Json::Array(list) => list.iter().for_each(|j| case_instants(j, found)),
        Json::Object(map) => map.values().for_each(|j| case_instants(j, found)),
        _ => {}
    }
}

/// All days on which something comes into force or leaves it.
fn dates(link: &Link) -> Vec<Date> {
    let packs = link.packs.iter().map(|p| p.file.pack.in_force);
    let rules = link.rules.iter().map(|r| r.decl.in_force);
    let sets = link.sets.iter().flatten().map(|s| s.in_force);
    let intervals = packs.chain(rules).chain(sets).flatten();
    intervals
        .flat_map(|i| {
            [
                Some(civil::date(&i.from)),
                i.until.as_ref().map(civil::date),
            ]
        })
        .flatten()
        .collect()
}
