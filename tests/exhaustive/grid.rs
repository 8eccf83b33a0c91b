//! Every case of a small pack.
//!
//! Facts take every value, or one for each currency and side of an amount. Instants take values of a grid: all that a
//! pack tells of them is whether two lie at most so many whole hours apart. If instants exist with some such answers, then
//! also those that lie as late as the answers allow, seen from one of them: a chain of at most as many steps as there are
//! instants, each some whole hours and perhaps a microsecond less. So the grid of these sums is enough, and no sample.

use exequatur::eval::{EventSlot, FactSlot, FactValue, Options, ServiceLevels};
use exequatur::model::limits::{INSTANT_END, INSTANT_MIN};
use exequatur::model::{Bits, Currency, Money, PackId, PackStatus};
use exequatur::pack::Program;
use exequatur::prove::situation::{Said, Situation};

/// How many places there are.
pub const PLACES: usize = 5;
const HOUR: i64 = 3_600_000_000;
/// 2026-03-02T00:00Z, from which all literal instants are whole hours away, and at which versions change.
pub const MIDNIGHT: i64 = 1_772_409_600_000_000;
/// The day that begins then. Versions change there, and in 1970, before which no event happens.
const DAY: i32 = 20_514;

/// All that cases can say.
pub struct Grid {
    facts: Vec<Vec<FactSlot>>,
    events: Vec<Vec<EventSlot>>,
    nows: Vec<i64>,
    law_dates: Vec<Option<i32>>,
    adopts: Vec<Vec<PackId>>,
    levels: Vec<Option<i64>>,
}

/// Takes a case, and says whether it is enough.
pub type Judging<'j> = dyn FnMut(&[FactSlot], &[EventSlot], &Options<'_>) -> bool + 'j;

/// What tells a grid how far instants may be apart.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// The most hours that one comparison can ask for.
    pub hours: i64,
    /// Literal instants and dates are named.
    pub absolute: bool,
    /// Service levels matter.
    pub levels: bool,
}

/// Where the instants of a grid lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Around one midnight.
    Middle,
    /// At the first instants that there are.
    First,
    /// At the last ones.
    Last,
}

impl Grid {
    /// The cases of two programs that have the same facts and events.
    pub fn new(programs: [&Program<'_>; 2], reach: Reach, region: Region) -> Grid {
        let program = programs[0];
        let instants = program.facts.iter().filter(|row| row.ty == 5).count();
        // `now` stands still where nothing else does; else it is an instant like the others.
        let still = !reach.absolute && region == Region::Middle;
        let count = (program.events.len() + instants + 1 + usize::from(!still)) as i64;
        let origin = match region {
            Region::Middle => MIDNIGHT,
            Region::First => INSTANT_MIN,
            Region::Last => INSTANT_END - 1,
        };
        let most = (count - 1) * reach.hours + 1;
        let mut points = Vec::new();
        for hours in -most..=most {
            let steps = (0..count).map(|step| origin + hours * HOUR - step);
            points.extend(steps.filter(|at| (INSTANT_MIN..INSTANT_END).contains(at)));
        }
        points.sort_unstable();
        let nows = if still {
            vec![MIDNIGHT]
        } else {
            points.clone()
        };
        let happened = points.iter().filter(|at| !still || **at <= MIDNIGHT);
        let mut event = vec![EventSlot::Absent, EventSlot::Null, EventSlot::Not];
        event.extend(happened.map(|at| EventSlot::At(*at)));
        let dated = |from: i32, until: i32| from > -DAY * 10 || until < DAY * 10;
        let dated = programs.iter().any(|program| {
            let versions = program.versions.iter().map(|row| (row.from, row.until));
            let packs = program.packs.iter().map(|row| (row.from, row.until));
            let sets = program.set_versions.iter();
            let sets = sets.map(|row| (row.from, row.until));
            let mut all = versions.chain(packs).chain(sets);
            all.any(|(from, until)| dated(from, until))
        });
        let mut adopts = vec![Vec::new()];
        for index in 0..program.packs.len() {
            let statuses = programs.map(|program| program.packs.at(index).status);
            let statuses = statuses.map(PackStatus::from_u8);
            if statuses.iter().flatten().any(|status| status.adoptable()) {
                adopts.push(vec![PackId(index as u16)]);
            }
        }
        Grid {
            facts: program
                .facts
                .iter()
                .map(|row| values(program, row.ty, row.of, (row.least, row.most), &points))
                .collect(),
            events: vec![event; program.events.len()],
            nows,
            law_dates: if dated {
                vec![None, Some(-1), Some(DAY - 1), Some(DAY)]
            } else {
                vec![None]
            },
            adopts,
            levels: if reach.levels {
                vec![None, Some(1), Some(HOUR), Some(2 * HOUR)]
            } else {
                vec![None]
            },
        }
    }

    /// How many cases there are.
    pub fn len(&self) -> usize {
        let lengths = self
            .facts
            .iter()
            .map(Vec::len)
            .chain(self.events.iter().map(Vec::len));
        let others = [
            self.nows.len(),
            self.law_dates.len(),
            self.adopts.len(),
            self.levels.len(),
        ];
        lengths.chain(others).fold(1, usize::saturating_mul)
    }

    /// Every case, until `judge` says that it is enough: how many there were. An event that lies ahead has not happened, as
    /// one of which this is said: such cases are left out.
    pub fn each(&self, judge: &mut Judging<'_>) -> usize {
        let mut cases = 0;
        let mut digits = vec![0usize; self.facts.len() + self.events.len()];
        let lengths: Vec<usize> = self
            .facts
            .iter()
            .map(Vec::len)
            .chain(self.events.iter().map(Vec::len))
            .collect();
        let mut facts: Vec<FactSlot> = self.facts.iter().map(|of| of[0]).collect();
        let mut events: Vec<EventSlot> = self.events.iter().map(|of| of[0]).collect();
        loop {
            for now in &self.nows {
                let ahead = |slot: &EventSlot| matches!(slot, EventSlot::At(at) if at > now);
                if events.iter().any(ahead) {
                    continue;
                }
                for law_date in &self.law_dates {
                    for adopt in &self.adopts {
                        for level in &self.levels {
                            let options = Options {
                                now: *now,
                                law_date: *law_date,
                                adopt,
                                service: ServiceLevels {
                                    undue_delay: *level,
                                    expeditiously: None,
                                },
                            };
                            cases += 1;
                            if judge(&facts, &events, &options) {
                                return cases;
                            }
                        }
                    }
                }
            }
            let mut at = 0;
            loop {
                let Some(digit) = digits.get_mut(at) else {
                    return cases;
                };
                *digit += 1;
                let wraps = *digit == lengths[at];
                if wraps {
                    *digit = 0;
                }
                match at < facts.len() {
                    true => facts[at] = self.facts[at][*digit],
                    false => {
                        let event = at - facts.len();
                        events[event] = self.events[event][*digit];
                    }
                }
                if !wraps {
                    break;
                }
                at += 1;
            }
        }
    }

    /// True if a case of the grid says the same.
    pub fn holds(&self, program: &Program<'_>, case: &Situation) -> bool {
        let slots = case.slots(&[*program], program);
        let level = case.service.undue_delay;
        slots
            .facts
            .iter()
            .zip(&self.facts)
            .all(|(slot, of)| of.contains(slot))
            && slots
                .events
                .iter()
                .zip(&self.events)
                .all(|(slot, of)| of.contains(slot))
            && self.nows.contains(&case.now)
            && self.law_dates.contains(&case.law_date)
            && self.levels.contains(&level)
            && self.adopts.contains(&slots.adopt)
    }
}

/// A case as one may read it where a comparison fails.
pub fn told(
    program: &Program<'_>,
    facts: &[FactSlot],
    events: &[EventSlot],
    options: &Options<'_>,
) -> String {
    let facts = program
        .facts
        .iter()
        .zip(facts)
        .map(|(row, slot)| format!("{} {slot:?}", program.str(row.name)));
    let events = program
        .events
        .iter()
        .zip(events)
        .map(|(row, slot)| format!("{} {slot:?}", program.str(row.name)));
    let all: Vec<String> = facts.chain(events).collect();
    format!("{options:?}: {}", all.join(", "))
}

fn values(
    program: &Program<'_>,
    ty: u8,
    of: u16,
    (least, most): (i64, i64),
    points: &[i64],
) -> Vec<FactSlot> {
    let members = || program.enums.at(usize::from(of)).members.count as u16;
    let eur = |minor: i64| {
        FactValue::Money(Money {
            minor,
            currency: Currency(*b"EUR"),
        })
    };
    let usd = |minor: i64| {
        FactValue::Money(Money {
            minor,
            currency: Currency(*b"USD"),
        })
    };
    let given: Vec<FactValue> = match ty {
        0 => vec![FactValue::Bool(false), FactValue::Bool(true)],
        1 => (0..members()).map(FactValue::Member).collect(),
        2 => {
            let all = 0..1u64 << members();
            all.map(|bits| FactValue::Members(Bits([bits, 0, 0, 0])))
                .collect()
        }
        3 => (least..=most).map(FactValue::Int).collect(),
        4 => {
            let other = Money {
                minor: 1000,
                currency: Currency(*b"CHF"),
            };
            let mut all: Vec<FactValue> = [999, 1000, 1001].map(eur).to_vec();
            all.extend([699, 700, 701].map(usd));
            all.push(FactValue::Money(other));
            all
        }
        _ => points.iter().map(|at| FactValue::Instant(*at)).collect(),
    };
    let mut slots = vec![FactSlot::Absent, FactSlot::Null];
    slots.extend(given.into_iter().map(FactSlot::Given));
    slots
}

/// True if some instant of a case lies within two weeks of the first or the last there is.
pub fn is_at_an_end(case: &Situation) -> bool {
    // One fact of a small pack is an instant.
    let facts = match case.facts.get("t") {
        Some(Said::Number(at)) => Some(*at),
        _ => None,
    };
    let events = case.events.values().filter_map(|slot| match slot {
        EventSlot::At(at) => Some(*at),
        _ => None,
    });
    let near = 14 * 24 * HOUR;
    let mut all = facts.into_iter().chain(events).chain([case.now]);
    all.any(|at| at < INSTANT_MIN + near || at >= INSTANT_END - near)
}

/// A case without one of its givens, for each of them.
pub fn without_one(case: &Situation) -> Vec<(String, Situation)> {
    let mut all = Vec::new();
    for name in case.facts.keys() {
        let mut less = case.clone();
        let said: Option<Said> = less.facts.remove(name);
        all.push((format!("{name} = {said:?}"), less));
    }
    for name in case.events.keys() {
        let mut less = case.clone();
        let slot = less.events.remove(name);
        all.push((format!("{name} = {slot:?}"), less));
    }
    all
}
