//! Every formula of a difference, case by case: it holds of a case exactly where the evaluator's answers differ so; and its
//! regions are those of the cases.

use super::cast::Cast;
use super::compared::{Apart, Both, Key};
use super::{Pair, Seen};
use exequatur::eval::{EventSlot, FactSlot, FactValue, Options};
use exequatur::json::naming;
use exequatur::pack::Program;
use exequatur::prove::diff::{Differences, Regions, Way, ways};
use exequatur::prove::formula::{Graph, Lit, Node, Number, Term, holds};
use exequatur::prove::question::Inquiry;
use exequatur::prove::situation::{Said, Situation};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// How many cases of a pair are looked at.
const MOST: usize = 500;

impl Pair<'_> {
    pub fn point_by_point(&self, both: &mut Both<'_>, answer: &Differences, seen: &mut Seen) {
        let program = self.programs[0];
        let total: usize = self.grids.iter().map(|grid| grid.len()).sum();
        let step = total.div_ceil(MOST);
        let mut inquiry = Inquiry::new(&[*program, *self.programs[1]]);
        let all = ways(&mut inquiry);
        let place = |names: &[String], name: &Option<String>| {
            let name = name.as_ref()?;
            names.iter().position(|other| other == name)
        };
        let key = |way: &Way, both: &Both<'_>| Key {
            aspect: way.aspect.word(),
            what: way.what.words(),
            rule: place(&both.rules, &way.rule),
            norm: place(&both.norms, &way.norm),
        };
        let mut goals: BTreeMap<Key, Vec<Lit>> = BTreeMap::new();
        for way in &all {
            goals.entry(key(way, both)).or_default().push(way.goal);
        }
        let one_value = |both: &Both<'_>, key: &Key| match (key.rule, key.norm) {
            (Some(rule), Some(norm)) => !both.is_several(rule, norm),
            _ => true,
        };
        goals.retain(|key, _| one_value(both, key));
        let atoms: BTreeMap<Key, Vec<usize>> = goals
            .iter()
            .map(|(key, goals)| (*key, atoms(&inquiry.world.graph, goals)))
            .collect();
        let mut regions: BTreeMap<Key, HashSet<Vec<bool>>> = BTreeMap::new();
        let mut at = 0usize;
        for grid in self.grids {
            grid.each(&mut |facts, events, options| {
                at += 1;
                // How long a service level is is only bounded.
                let given = options.service.undue_delay.is_some();
                if !at.is_multiple_of(step) || given {
                    return false;
                }
                seen.pointwise += 1;
                let said = both.read(facts, events, options);
                let mut differs: BTreeSet<Key> = BTreeSet::new();
                both.apart(&said, &mut |apart: Apart| {
                    differs.insert(apart.key);
                });
                let case = situation(program, facts, events, options);
                let cast = Cast::of(&inquiry.world, &case);
                let given = cast.assignment(&inquiry.world, &case);
                let all = inquiry.world.graph.evaluate(&given);
                for (key, goals) in &goals {
                    let is = goals.iter().any(|goal| holds(&all, *goal));
                    if is != differs.contains(key) {
                        self.fails(&format!("the formula of {key:?} says {is} of {case:?}"));
                    }
                    if is {
                        let truths = atoms[key].iter().map(|node| all.booleans[*node]);
                        regions.entry(*key).or_default().insert(truths.collect());
                    }
                }
                for key in &differs {
                    if !goals.contains_key(key) && one_value(both, key) {
                        self.fails(&format!("no formula of {key:?}, which differs in {case:?}"));
                    }
                }
                false
            });
        }
        for difference in &answer.found {
            let key = self.key(both, difference);
            let Some([_]) = goals.get(&key).map(Vec::as_slice) else {
                continue;
            };
            let enumerated = regions.get(&key).map_or(0, HashSet::len);
            let counted = difference.regions;
            let fits = match counted {
                Some(Regions::Exactly(count)) => enumerated <= count,
                Some(Regions::AtLeast(_)) => true,
                None => false,
            };
            if !fits {
                self.fails(&format!("{enumerated} regions of {difference:?}"));
            }
            // Each region is that of a case that was looked at, where all were: at the first and last instants, too.
            let plain = step == 1 && (self.grids.len() == 3 || self.is_plain(&inquiry));
            seen.regions[usize::from(!plain)] += 1;
            if plain && counted != Some(Regions::Exactly(enumerated)) && enumerated < 200 {
                self.fails(&format!("{enumerated} regions of {difference:?}"));
            }
        }
    }

    /// True if cases are but members, truths and integers.
    fn is_plain(&self, inquiry: &Inquiry<'_>) -> bool {
        let program = self.programs[0];
        let timeless = program.events.is_empty() && program.facts.iter().all(|row| row.ty < 4);
        let enums = &inquiry.world.enums;
        let named = inquiry.world.facts.values();
        let mut named = named.filter_map(|fact| enums.get(&fact.of));
        timeless && named.all(|of| !of.crowds.contains(&true))
    }
}

/// What a formula is made of: its variables and comparisons.
fn atoms(graph: &Graph<'_>, goals: &[Lit]) -> Vec<usize> {
    let (mut lits, mut terms): (Vec<Lit>, Vec<Term>) = (goals.to_vec(), Vec::new());
    let (mut nodes, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    loop {
        if let Some(lit) = lits.pop() {
            if nodes.insert(lit.node()) {
                match &graph.nodes()[lit.node()] {
                    Node::And(of) => lits.extend(of.iter()),
                    Node::AtMost(a, b) => terms.extend([*a, *b]),
                    Node::Defined(_, at) => terms.push(*at),
                    Node::True | Node::Variable => {}
                }
            }
        } else if let Some(term) = terms.pop() {
            if numbers.insert(term) {
                match graph.number(term) {
                    Number::Plus(of, _) | Number::Curve(_, of) => terms.push(*of),
                    Number::Pick { of, .. } => {
                        lits.extend(of.iter().map(|(lit, _)| *lit));
                        terms.extend(of.iter().map(|(_, term)| *term));
                    }
                    Number::Literal(_) | Number::Free { .. } => {}
                }
            }
        } else {
            break;
        }
    }
    let is_atom = |node: &usize| !matches!(graph.nodes()[*node], Node::True | Node::And(_));
    nodes.into_iter().filter(is_atom).collect()
}

/// A case by names.
fn situation(
    program: &Program<'_>,
    facts: &[FactSlot],
    events: &[EventSlot],
    options: &Options<'_>,
) -> Situation {
    let mut case = Situation {
        now: options.now,
        law_date: options.law_date,
        service: options.service,
        ..Situation::default()
    };
    for pack in options.adopt {
        case.adopted
            .insert(naming::pack(program, *pack).to_string());
    }
    for (row, slot) in program.facts.iter().zip(facts) {
        let member = |member: u16| naming::member(program, row.of, member).to_string();
        let said = match slot {
            FactSlot::Absent => continue,
            FactSlot::Null => Said::Null,
            FactSlot::Given(FactValue::Bool(value)) => Said::Bool(*value),
            FactSlot::Given(FactValue::Member(of)) => Said::Member(member(*of)),
            FactSlot::Given(FactValue::Members(bits)) => {
                let all = (0..256).filter(|one| bits.contains(*one));
                Said::Members(all.map(member).collect())
            }
            FactSlot::Given(FactValue::Int(value)) => Said::Number(*value),
            FactSlot::Given(FactValue::Instant(at)) => Said::Number(*at),
            FactSlot::Given(FactValue::Money(money)) => Said::Money(*money),
        };
        case.facts.insert(program.str(row.name).to_string(), said);
    }
    for (row, slot) in program.events.iter().zip(events) {
        if *slot != EventSlot::Absent {
            case.events.insert(program.str(row.name).to_string(), *slot);
        }
    }
    case
}
