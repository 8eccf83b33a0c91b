//! Which members of an enumeration a proof has to tell apart: from the sets that programs write down to a few members
//! that stand for all.
//!
//! Two members that stand in the same sets of a program differ only by what a case says of them. Invariant: of each
//! class of such members as many are kept as a case can tell apart, and one more for each fact that names one of them;
//! the last one kept is never named alone, and the members that are left out are in a set exactly where it is. So every
//! case of all members says the same as a case of those that are kept, and the other way round (`docs/PROOFS.md`).

use std::collections::BTreeMap;

use crate::model::Bits;
use crate::pack::Program;
use crate::pack::format::{NONE16, NodeRow, Op};

/// An enumeration of one or several programs.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// The names of its members.
    pub names: Vec<String>,
    /// For each member the one that stands for it; itself, if it is kept.
    pub stands: Vec<usize>,
    /// Members that a fact of one member cannot have, as they stand for others.
    pub crowds: Vec<bool>,
    /// For each member the number of its class.
    pub class: Vec<usize>,
}

impl Enumeration {
    /// The members that are kept.
    pub fn kept(&self) -> impl Iterator<Item = usize> {
        (0..self.names.len()).filter(|member| self.stands[*member] == *member)
    }

    /// The member of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }
}

/// How a class of members is told from the others: in which of the sets it is.
type Class = Vec<bool>;

/// The enumerations of programs, by name.
#[must_use]
pub fn enumerations(programs: &[Program<'_>]) -> BTreeMap<String, Enumeration> {
    let mut all = BTreeMap::new();
    for program in programs {
        for (index, row) in program.enums.iter().enumerate() {
            let name = program.str(row.name).to_string();
            all.entry(name.clone())
                .or_insert_with(|| enumeration(programs, program, index, &name));
        }
    }
    all
}

/// The names of an enumeration's members, by its index.
pub(in crate::prove) fn members<'a>(program: &Program<'a>, of: u16) -> Vec<&'a str> {
    let members = program.enums.at(usize::from(of)).members;
    let rows = program.members.range(members.first, members.count);
    rows.map(|row| program.str(row.name)).collect()
}

fn enumeration(
    programs: &[Program<'_>],
    first: &Program<'_>,
    index: usize,
    name: &str,
) -> Enumeration {
    // What only one of the programs knows cannot be said to both of them.
    let mut names = members(first, index as u16);
    let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
    let (mut sets, mut single) = (0usize, 0usize);
    for program in programs {
        let Some(of) =
            (0..program.enums.len()).find(|of| program.str(program.enums.at(*of).name) == name)
        else {
            continue;
        };
        let own = members(program, of as u16);
        names.retain(|name| own.contains(name));
        for bits in written(program, of as u16) {
            for (member, name) in own.iter().enumerate() {
                let class = classes.entry(name).or_default();
                class.push(bits.contains(member as u16));
            }
        }
        // Several programs may each have facts of their own: a case speaks of all of them.
        let facts = || program.facts.iter().filter(|row| usize::from(row.of) == of);
        sets += facts().filter(|row| row.ty == 2).count();
        single += facts().filter(|row| row.ty == 1).count();
    }
    let told_apart = 1usize.checked_shl(sets as u32).unwrap_or(usize::MAX);
    let room = told_apart.saturating_add(single);
    let mut by_class: BTreeMap<&Class, Vec<usize>> = BTreeMap::new();
    let nothing = Class::new();
    for (member, name) in names.iter().enumerate() {
        let class = classes.get(name).unwrap_or(&nothing);
        by_class.entry(class).or_default().push(member);
    }
    let mut stands: Vec<usize> = (0..names.len()).collect();
    let mut crowds = vec![false; names.len()];
    let mut class = vec![0; names.len()];
    for (number, members) in by_class.values().enumerate() {
        for member in members {
            class[*member] = number;
        }
    }
    for members in by_class.values().filter(|members| members.len() > room) {
        let last = members[room - 1];
        crowds[last] = true;
        for member in &members[room..] {
            stands[*member] = last;
        }
    }
    Enumeration {
        names: names.into_iter().map(str::to_string).collect(),
        stands,
        crowds,
        class,
    }
}

/// Every set of members that a program writes down of an enumeration, single members included.
fn written(program: &Program<'_>, of: u16) -> Vec<Bits> {
    let mut found = Vec::new();
    for set in program.sets.iter().filter(|set| set.of == of) {
        let versions = program
            .set_versions
            .range(set.versions.first, set.versions.count);
        found.extend(versions.map(|version| program.members_of(version.bits)));
    }
    for fact in program.facts.iter().filter(|fact| fact.of == of) {
        match fact.ty {
            1 if fact.presumed == 1 => found.push(Bits::one(fact.value as u16)),
            2 if fact.presumed == 1 && fact.bits != u32::MAX => {
                found.push(program.members_of(fact.bits));
            }
            _ => {}
        }
    }
    let is_of = |fact: u16| fact != NONE16 && program.facts.at(usize::from(fact)).of == of;
    for effect in program
        .effects
        .iter()
        .filter(|effect| is_of(effect.member_fact))
    {
        found.push(Bits::one(effect.member));
    }
    for chooser in program
        .choosers
        .iter()
        .filter(|chooser| is_of(chooser.fact))
    {
        found.extend((0..chooser.calendars.count).map(|member| Bits::one(member as u16)));
    }
    for node in program.nodes.iter() {
        match Op::from_u8(node.op) {
            Some(Op::Is) if is_of(node.a) => found.push(Bits::one(node.b as u16)),
            Some(Op::In) if is_of(node.a) => found.extend(literals(program, node.b)),
            Some(Op::Meets) if meets_in(program, node, of) => {
                found.extend(literals(program, node.b));
                found.extend(literals(program, node.c));
            }
            _ => {}
        }
    }
    if program.territory == of {
        for effect in program.effects.iter() {
            if (effect.across as usize) < program.set_exprs.len() {
                found.extend(literals(program, effect.across));
            }
        }
    }
    found.sort_unstable_by_key(|bits| bits.0);
    found.dedup();
    found
}

/// True if the sets that meet are of the enumeration, or tell nothing of theirs.
fn meets_in(program: &Program<'_>, node: NodeRow, of: u16) -> bool {
    let sides = [node.b, node.c].map(|expr| program.set_exprs.at(expr as usize).of);
    let told = sides.into_iter().find(|side| *side != NONE16);
    told.is_none_or(|told| told == of)
}

fn literals(program: &Program<'_>, expr: u32) -> Vec<Bits> {
    let nodes = program.set_exprs.at(expr as usize).nodes;
    let nodes = program.set_nodes.range(nodes.first, nodes.count);
    nodes
        .filter(|node| node.op == 0)
        .map(|node| program.members_of(node.arg))
        .collect()
}
