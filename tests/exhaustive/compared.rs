//! What two programs say of one case, and every way in which it differs: the evaluator's answers, read place by place.
//!
//! It is what `exq diff` says that it compares, without a formula: outcomes and guards of norms, and of each rule on each
//! norm its value, state and instants, whichever version is in force. A rule has one value on a norm in each of its
//! versions; where it has more, only whether anything differs is told.

use super::grid::PLACES;
use super::said::{Entry, Line, Reading, Side, Timed};
use exequatur::eval::{EventSlot, FactSlot, Moment, Options};
use exequatur::model::{Kind, NormId, Outcome, RuleId, State, Status, Truth};
use exequatur::pack::Program;
use exequatur::pack::format::NONE32;
use exequatur::prove::diff::{Aspect, What};
use exequatur::prove::scenario::norm_name;
use exequatur::prove::situation::Situation;

const TIMES: [What; 4] = [What::NotBefore, What::Due, What::Start, What::End];

/// A way in which answers can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub aspect: &'static str,
    pub what: &'static str,
    pub rule: Option<usize>,
    pub norm: Option<usize>,
}

/// Two programs with the same norms and facts, ready to be compared.
pub struct Both<'p> {
    sides: [Side<'p>; 2],
    pub norms: Vec<String>,
    pub rules: Vec<String>,
    /// Which of the programs have a rule.
    has: Vec<[bool; 2]>,
    /// Rules and norms of which some version has several values.
    several: Vec<(usize, usize)>,
}

/// One value of a rule on a norm.
#[derive(Clone, Copy)]
struct Slot {
    kinds: [Option<Kind>; 2],
}

/// What is told of a difference at a place: how, whether neither side says that it does not know, which value, and both
/// sides in words.
pub struct Apart {
    pub key: Key,
    pub clear: bool,
    pub slot: usize,
    pub words: [String; 2],
}

impl<'p> Both<'p> {
    /// Rules that have another name and say the same are given as pairs.
    pub fn new(old: &'p Program<'p>, new: &'p Program<'p>, renamed: &[[String; 2]]) -> Both<'p> {
        let named = |program: &Program<'_>| -> Vec<String> {
            let all = (0..program.rules.len()).map(|rule| program.rule_name(RuleId(rule as u16)));
            all.map(|(pack, name)| format!("{pack}/{name}")).collect()
        };
        let known = |name: String| match renamed.iter().find(|pair| pair[1] == name) {
            Some(pair) => pair[0].clone(),
            None => name,
        };
        let names = [
            named(old),
            named(new).into_iter().map(known).collect::<Vec<_>>(),
        ];
        let mut rules = names.concat();
        rules.sort();
        rules.dedup();
        let has = rules
            .iter()
            .map(|rule| [0, 1].map(|side: usize| names[side].contains(rule)));
        let has = has.collect();
        let norms = |program: &Program<'_>| -> Vec<String> {
            let all = 0..program.norms.len() as u16;
            all.map(|norm| norm_name(program, NormId(norm))).collect()
        };
        let shared = norms(old);
        let of_norm = |program: &Program<'_>| -> Vec<usize> {
            let numbers = norms(program).into_iter().map(|name| {
                let place = shared.iter().position(|other| *other == name);
                place.expect("both versions have the same norms")
            });
            numbers.collect()
        };
        let mut words = Vec::new();
        let sides = [(old, &names[0]), (new, &names[1])].map(|(program, names)| {
            let of = |name: &String| rules.iter().position(|rule| rule == name);
            let numbers: Vec<usize> = names.iter().filter_map(of).collect();
            Side::new(program, &numbers, of_norm(program), &mut words)
        });
        let mut several = Vec::new();
        for side in &sides {
            let mut seen = Vec::new();
            for row in side.program.effects.iter() {
                let place = (row.version, row.norm);
                let rule = side.program.versions.at(usize::from(row.version)).rule;
                let name = &names[usize::from(std::ptr::eq(side.program, new))][usize::from(rule)];
                if seen.contains(&place) {
                    let rule = rules.iter().position(|rule| rule == name);
                    several.extend(rule.map(|rule| (rule, side.norms[usize::from(row.norm)])));
                }
                seen.push(place);
            }
        }
        Both {
            norms: shared,
            rules,
            has,
            sides,
            several,
        }
    }

    /// True if a rule gives a norm several values at once.
    pub fn is_several(&self, rule: usize, norm: usize) -> bool {
        self.several.contains(&(rule, norm))
    }

    pub fn read(
        &mut self,
        facts: &[FactSlot],
        events: &[EventSlot],
        options: &Options<'_>,
    ) -> [Reading; 2] {
        let rules = self.rules.len();
        let [old, new] = &mut self.sides;
        [old, new].map(|side| side.read(facts, events, options, rules))
    }

    pub fn situation(&mut self, case: &Situation) -> [Reading; 2] {
        let program = self.sides[0].program;
        let slots = case.slots(&[*program], program);
        self.read(&slots.facts, &slots.events, &case.options(&slots))
    }

    /// The rules and norms of which the two say anything else, and what they say.
    pub fn raw(&self, said: &[Reading; 2]) -> Vec<((usize, usize), String)> {
        let mut found = Vec::new();
        for (index, (old, new)) in said[0].lines.iter().zip(&said[1].lines).enumerate() {
            if old.entries == new.entries {
                continue;
            }
            for rule in 0..self.rules.len() {
                let own = |line: &Line| -> Vec<Entry> {
                    let own = line.entries.iter().filter(|entry| entry.rule == rule);
                    own.cloned().collect()
                };
                let (old, new) = (own(old), own(new));
                if old != new {
                    let words = format!("{old:?}, and {new:?}");
                    found.push(((rule, index / PLACES), words));
                }
            }
        }
        found
    }

    /// Every way in which the two differ, at each place.
    pub fn apart(&self, said: &[Reading; 2], told: &mut dyn FnMut(Apart)) {
        for (index, (old, new)) in said[0].lines.iter().zip(&said[1].lines).enumerate() {
            if old != new {
                self.of_norm(index / PLACES, old, new, told);
                for rule in 0..self.rules.len() {
                    if !self.is_several(rule, index / PLACES) {
                        self.of_rule(rule, index / PLACES, [old, new], told);
                    }
                }
            }
        }
        for (rule, (old, new)) in said[0].marks.iter().zip(&said[1].marks).enumerate() {
            if old != new {
                let key = key(Aspect::Safeguard, What::Human, Some(rule), None);
                let words = [old, new].map(|count| match count {
                    0 => "needs nobody".to_string(),
                    1 => "needs a human, for 1 text that is not translated".to_string(),
                    _ => format!("needs a human, for {count} texts that are not translated"),
                });
                told(Apart {
                    key,
                    clear: true,
                    slot: 0,
                    words,
                });
            }
        }
    }

    fn of_norm(&self, norm: usize, old: &Line, new: &Line, told: &mut dyn FnMut(Apart)) {
        let mut tell = |aspect, what, clear, words| {
            let key = key(aspect, what, None, Some(norm));
            told(Apart {
                key,
                clear,
                slot: 0,
                words,
            });
        };
        let word = |outcome: Outcome| outcome.word().replace('_', " ");
        let lines = [old, new];
        if old.outcome != new.outcome {
            let clear = lines
                .iter()
                .all(|line| line.outcome != Outcome::Undetermined);
            let words = lines.map(|line| word(line.outcome));
            tell(Aspect::Outcome, What::Outcome, clear, words);
        } else if old.unprotected != new.unprotected {
            let words = lines.map(|line| word(line.unprotected));
            tell(Aspect::Outcome, What::Unprotected, true, words);
        } else if old.conflict != new.conflict {
            let words = lines.map(|line| match line.conflict {
                Truth::True => "conflict".to_string(),
                Truth::False => "no conflict".to_string(),
                Truth::Unknown => "perhaps a conflict".to_string(),
            });
            tell(Aspect::Outcome, What::Conflict, true, words);
        }
        if old.guard != new.guard {
            let clear = lines.iter().all(|line| line.guard != Truth::Unknown);
            let words = [0, 1].map(|side: usize| {
                let unprotected = self.sides[side].row(norm).guard == NONE32;
                let words = match lines[side].guard {
                    _ if unprotected => "not protected",
                    Truth::True => "guard true",
                    Truth::False => "guard false",
                    Truth::Unknown => "guard unknown",
                };
                words.to_string()
            });
            tell(Aspect::Safeguard, What::Guard, clear, words);
        }
    }

    /// The values of a rule on a norm: those that both programs know, then one program's kind against the other's.
    fn slots(&self, rule: usize, norm: usize) -> Vec<Slot> {
        let of = |side: usize| self.sides[side].kinds.get(&(rule, norm));
        let [old, new] = [0, 1].map(|side| of(side).cloned().unwrap_or_default());
        let (both, gone): (Vec<Kind>, Vec<Kind>) = old.iter().partition(|kind| new.contains(kind));
        let added: Vec<Kind> = new
            .iter()
            .copied()
            .filter(|kind| !old.contains(kind))
            .collect();
        let both = both.into_iter().map(|kind| [Some(kind), Some(kind)]);
        let most = gone.len().max(added.len());
        let alone = (0..most).map(|at| [gone.get(at).copied(), added.get(at).copied()]);
        both.chain(alone).map(|kinds| Slot { kinds }).collect()
    }

    fn of_rule(&self, rule: usize, norm: usize, lines: [&Line; 2], told: &mut dyn FnMut(Apart)) {
        for (number, slot) in self.slots(rule, norm).iter().enumerate() {
            let entries = [0, 1].map(|side: usize| {
                let mut own = lines[side].entries.iter();
                own.find(|entry| entry.rule == rule && Some(entry.kind) == slot.kinds[side])
            });
            let mut tell = |aspect, what: What, clear| {
                let key = key(aspect, what, Some(rule), Some(norm));
                let words = entries.map(|entry| match entry {
                    Some(entry) => entry.words(what),
                    None => "nothing".to_string(),
                });
                told(Apart {
                    key,
                    clear,
                    slot: number,
                    words,
                });
            };
            let none = |states: &[State]| {
                let known = |entry: &Entry| !states.contains(&entry.state);
                entries.iter().flatten().all(|entry| known(entry))
            };
            let certain = none(&[State::Undetermined, State::Withheld]);
            match slot.kinds {
                [Some(_), Some(_)] => {
                    let [a, b] = entries.map(|entry| entry.map(|entry| (entry.state, entry.why)));
                    let held = [a, b].iter().flatten().any(|one| one.0 == State::Withheld);
                    let aspect = if held {
                        Aspect::Safeguard
                    } else {
                        Aspect::Duty
                    };
                    let moved = a.map(|a| a.0) != b.map(|b| b.0);
                    if moved || (held && a != b) {
                        tell(aspect, What::State, none(&[State::Undetermined]));
                    }
                }
                _ => {
                    let alone = self.has[rule].contains(&false);
                    let aspect = if alone { Aspect::Basis } else { Aspect::Duty };
                    if entries.iter().any(Option::is_some) {
                        tell(aspect, What::Value, certain);
                    }
                }
            }
            let [Some(a), Some(b)] = entries else {
                continue;
            };
            if a.kind != b.kind {
                tell(Aspect::Duty, What::Kind, certain);
                continue;
            }
            let (Some(old), Some(new)) = (&a.shown, &b.shown) else {
                continue;
            };
            let unknown = [old, new]
                .iter()
                .any(|timed| timed.times.contains(&Moment::Unknown));
            let clear = !unknown && none(&[State::Undetermined]);
            for (index, what) in TIMES.into_iter().enumerate() {
                let marks = |timed: &Timed| match what {
                    What::Due => (timed.exclusive, timed.level),
                    _ => (false, false),
                };
                if old.times[index] != new.times[index] || marks(old) != marks(new) {
                    tell(Aspect::Due, what, clear);
                }
            }
            let told = a.state != b.state
                || a.why != b.why
                || old.times != new.times
                || (old.exclusive, old.level) != (new.exclusive, new.level);
            if !told && old.status != new.status {
                let clear = [old, new]
                    .iter()
                    .all(|timed| timed.status != Status::Unknown);
                tell(Aspect::Duty, What::Status, clear);
            }
            if old.ceiling != new.ceiling {
                tell(Aspect::Duty, What::Ceiling, clear);
            }
            if old.rivals != new.rivals {
                tell(Aspect::Due, What::Rivals, clear);
            }
        }
    }
}

fn key(aspect: Aspect, what: What, rule: Option<usize>, norm: Option<usize>) -> Key {
    Key {
        aspect: aspect.word(),
        what: what.words(),
        rule,
        norm,
    }
}
