//! A concrete case as an assignment of a world's variables.
//!
//! The world keeps only so many members of an enumeration as a case can tell apart. Here the members of a real case are
//! given parts: each kept member plays one of its class, so that every kind of member that the case has is played, and
//! nobody plays one that a fact names alone, save where that one may be named. That this always works out is the claim on
//! which the proofs rest.

use exequatur::eval::EventSlot;
use exequatur::prove::formula::{Assignment, Lit};
use exequatur::prove::situation::{Said, Situation};
use exequatur::prove::world::{Value, World};
use std::collections::{BTreeMap, BTreeSet};

/// Who plays whom: for each enumeration and each kept member, a member of the case.
pub struct Cast {
    pub played: BTreeMap<String, BTreeMap<usize, usize>>,
}

/// What a case says of a member: in which sets it is.
type Kind = Vec<bool>;

impl Cast {
    pub fn of(world: &World<'_>, situation: &Situation) -> Cast {
        let mut played = BTreeMap::new();
        for (name, of) in &world.enums {
            let facts = || {
                let facts = world.facts.iter().filter(|(_, fact)| fact.of == *name);
                facts.filter_map(|(name, _)| situation.facts.get(name))
            };
            let kind = |member: usize| -> Kind {
                let sets = facts().filter_map(|said| match said {
                    Said::Members(members) => Some(members.contains(&of.names[member])),
                    _ => None,
                });
                sets.collect()
            };
            let named: BTreeSet<usize> = facts()
                .filter_map(|said| match said {
                    Said::Member(member) => of.find(member),
                    _ => None,
                })
                .collect();
            let mut parts: BTreeMap<usize, usize> = of.kept().map(|kept| (kept, kept)).collect();
            for last in of.kept().filter(|kept| of.crowds[*kept]) {
                // The class of the last one kept: those kept before it that are told apart from nobody in it.
                let crowd: Vec<usize> = (0..of.names.len())
                    .filter(|m| of.class[*m] == of.class[last])
                    .collect();
                let kept: Vec<usize> = crowd
                    .iter()
                    .copied()
                    .filter(|m| of.stands[*m] == *m)
                    .collect();
                let mut wanted: Vec<usize> = crowd
                    .iter()
                    .copied()
                    .filter(|m| named.contains(m))
                    .collect();
                let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
                for member in crowd.iter().filter(|member| !named.contains(member)) {
                    kinds.entry(kind(*member)).or_insert(*member);
                }
                wanted.extend(kinds.values());
                assert!(
                    wanted.len() <= kept.len(),
                    "a class of {name} has more kinds than kept members"
                );
                // Whoever is left plays one that is named by nobody, as the last one must.
                let extra = *kinds.values().next().expect("some member is not named");
                for (index, member) in kept.iter().enumerate() {
                    parts.insert(*member, wanted.get(index).copied().unwrap_or(extra));
                }
                assert!(!named.contains(&parts[&last]));
            }
            played.insert(name.clone(), parts);
        }
        Cast { played }
    }

    /// The assignment that says what the case says.
    pub fn assignment(&self, world: &World<'_>, situation: &Situation) -> Assignment {
        let mut all = Assignment {
            booleans: vec![false; world.graph.nodes().len()],
            numbers: vec![0; world.graph.numbers().len()],
        };
        fn set(all: &mut Assignment, lit: Lit, value: bool) {
            all.booleans[lit.node()] = value != lit.is_negated();
        }
        all.numbers[world.now.index()] = situation.now;
        set(&mut all, world.dated, situation.law_date.is_some());
        all.numbers[world.law_date.index()] = i64::from(situation.law_date.unwrap_or(0));
        for (name, lit) in &world.adopted {
            set(&mut all, *lit, situation.adopted.contains(name));
        }
        for (name, fact) in &world.facts {
            let Some(said) = situation.facts.get(name) else {
                continue;
            };
            set(&mut all, fact.null, *said == Said::Null);
            set(&mut all, fact.given, *said != Said::Null);
            let played = |index: usize| {
                let member = self.played[&fact.of][&index];
                world.enums[&fact.of].names[member].as_str()
            };
            match (&fact.value, said) {
                (_, Said::Null) => {}
                (Value::Bool(lit), Said::Bool(value)) => set(&mut all, *lit, *value),
                (Value::Member(of), Said::Member(member)) => {
                    let mut found = of.iter().filter(|(index, _)| played(**index) == member);
                    set(
                        &mut all,
                        *found.next().expect("someone plays the member").1,
                        true,
                    );
                }
                (Value::Members(of), Said::Members(members)) => {
                    for (index, lit) in of {
                        set(&mut all, *lit, members.contains(played(*index)));
                    }
                }
                (Value::Number(term), Said::Number(value)) => all.numbers[term.index()] = *value,
                (Value::Money(term, of), Said::Money(money)) => {
                    all.numbers[term.index()] = money.minor;
                    // Currencies that no program names are all the same to it.
                    let listed = of.iter().find(|(currency, _)| *currency == money.currency);
                    let (_, lit) = listed.or(of.last()).expect("there is a currency");
                    set(&mut all, *lit, true);
                }
                other => panic!("a value of another type: {other:?}"),
            }
        }
        for (name, event) in &world.events {
            let slot = situation
                .events
                .get(name)
                .copied()
                .unwrap_or(EventSlot::Absent);
            if let EventSlot::At(at) = slot {
                all.numbers[event.at.index()] = at.min(situation.now);
                set(&mut all, event.happened, at <= situation.now);
                // As far as an answer at this instant goes, an event that lies ahead has not happened.
                set(&mut all, event.not, at > situation.now);
            }
            set(&mut all, event.null, slot == EventSlot::Null);
            if slot == EventSlot::Not {
                set(&mut all, event.not, true);
            }
        }
        all
    }
}
