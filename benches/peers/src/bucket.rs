//! Rules sorted by their narrowest enumeration, as a host does before it asks an engine that evaluates one rule after the
//! other.
//!
//! A rule stands in the bucket of each member that its narrowest `one of` allows, so that a case need ask only the rules
//! in its eight buckets and those without an enumeration. The conjunct that the bucket stands for need not be evaluated
//! any more: `rest` is the rule without it. Invariant: every rule that applies in a case is among its candidates, once.

use crate::generator::Atom;

pub struct Buckets {
    /// By fact and member, the rules to ask.
    by_member: Vec<Vec<Vec<u32>>>,
    /// The rules to ask in any case.
    always: Vec<u32>,
    /// What is left of each rule to evaluate.
    pub rest: Vec<Vec<Atom>>,
}

impl Buckets {
    pub fn new(rules: &[Vec<Atom>]) -> Buckets {
        let mut made = Buckets {
            by_member: vec![vec![Vec::new(); 8]; 8],
            always: Vec::new(),
            rest: rules.to_vec(),
        };
        for (number, rest) in (0u32..).zip(made.rest.iter_mut()) {
            let narrowest = rest
                .iter()
                .enumerate()
                .filter_map(|(at, atom)| match atom {
                    Atom::OneOf(_, members) => Some((members.len(), at)),
                    _ => None,
                })
                .min();
            match narrowest.map(|(_, at)| rest.remove(at)) {
                Some(Atom::OneOf(fact, members)) => {
                    for member in members {
                        made.by_member[fact][member].push(number);
                    }
                }
                _ => made.always.push(number),
            }
        }
        made
    }

    /// The rules that may apply, given the member of each enumeration.
    pub fn candidates(&self, members: [usize; 8]) -> impl Iterator<Item = u32> + '_ {
        let found = self.by_member.iter().zip(members);
        let found = found.flat_map(|(of_fact, member)| of_fact[member].iter());
        self.always.iter().chain(found).copied()
    }
}
