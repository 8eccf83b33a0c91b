//! Set expressions: for each member that is kept, whether it is in.

use std::collections::BTreeMap;

use super::Reader;
use crate::model::Bits;
use crate::pack::format::{NONE16, SetNodeRow};
use crate::prove::formula::Lit;
use crate::prove::kleene::Kleene;
use crate::prove::world::Value;

/// For each kept member (by its index in the program), whether it is in a set.
pub(super) type Membership = BTreeMap<u16, Kleene>;

impl Reader<'_, '_> {
    /// The members of an enumeration that are kept.
    pub(super) fn kept(&self, of: u16) -> Vec<u16> {
        let Some(lens) = self.lenses.get(usize::from(of)) else {
            return Vec::new();
        };
        let name = self
            .program
            .str(self.program.enums.at(usize::from(of)).name);
        let Some(enumeration) = self.world.enums.get(name) else {
            return Vec::new();
        };
        let is_kept = |member: &u16| {
            let world = lens[usize::from(*member)];
            world.is_some_and(|index| enumeration.stands[index] == index)
        };
        (0..lens.len() as u16).filter(is_kept).collect()
    }

    /// The world's index of a member.
    pub(super) fn in_world(&self, of: u16, member: u16) -> Option<usize> {
        let lens = self.lenses.get(usize::from(of))?;
        lens.get(usize::from(member)).copied().flatten()
    }

    /// The enumeration of a set expression; none, if it is made of literals that tell nothing of theirs.
    pub(super) fn enumeration_of(&self, expr: u32) -> u16 {
        self.program.set_exprs.at(expr as usize).of
    }

    /// The value of a set expression over an enumeration.
    pub(super) fn set(&mut self, expr: u32, of: u16) -> Membership {
        let row = self.program.set_exprs.at(expr as usize);
        let members = self.kept(of);
        let mut stack: Vec<Membership> = Vec::new();
        let nodes = self.program.set_nodes;
        for node in nodes.range(row.nodes.first, row.nodes.count) {
            if node.op < 3 {
                let leaf = self.set_leaf(node, usize::from(row.pack), of, &members);
                stack.push(leaf);
                continue;
            }
            let (b, a) = (
                stack.pop().unwrap_or_default(),
                stack.pop().unwrap_or_default(),
            );
            let mut joined = Membership::new();
            for member in &members {
                let side = |set: &Membership| set.get(member).copied().unwrap_or(Kleene::FALSE);
                let (a, b) = (side(&a), side(&b));
                let graph = &mut self.world.graph;
                let value = match node.op {
                    3 => a.or(b, graph),
                    4 => a.and(b, graph),
                    _ => a.and(b.opposite(), graph),
                };
                joined.insert(*member, value);
            }
            stack.push(joined);
        }
        stack.pop().unwrap_or_default()
    }

    fn set_leaf(&mut self, node: SetNodeRow, pack: usize, of: u16, members: &[u16]) -> Membership {
        match node.op {
            0 => literal(self.program.members_of(node.arg), members),
            1 => {
                let versions = self.program.sets.at(node.arg as usize).versions;
                let mut set: Membership = members
                    .iter()
                    .map(|member| (*member, Kleene::UNKNOWN))
                    .collect();
                let versions = self
                    .program
                    .set_versions
                    .range(versions.first, versions.count);
                for version in versions {
                    let here = self.in_force(pack, version.from, version.until);
                    let bits = self.program.members_of(version.bits);
                    for (member, before) in &mut set {
                        let then = Kleene::known(Lit::constant(bits.contains(*member)));
                        *before = Kleene::choose(&mut self.world.graph, here, then, *before);
                    }
                }
                set
            }
            _ => {
                let fact = node.arg as u16;
                members
                    .iter()
                    .map(|member| (*member, self.has_member(fact, of, *member)))
                    .collect()
            }
        }
    }

    /// Whether a set fact has a member.
    pub(super) fn has_member(&mut self, fact: u16, of: u16, member: u16) -> Kleene {
        let row = self.program.facts.at(usize::from(fact));
        let world = self.in_world(of, member);
        let said = self.fact(fact).clone();
        let variable = match (&said.value, world) {
            (Value::Members(members), Some(world)) => members.get(&world).copied(),
            _ => None,
        };
        let given = Kleene::known(variable.unwrap_or(Lit::FALSE));
        let mut presumed = Kleene::UNKNOWN;
        if row.presumed == 1 {
            let bits = self.presumed_members(row.bits);
            presumed = Kleene::known(Lit::constant(bits.contains(member)));
        }
        self.by_what_is_said(fact, given, presumed)
    }

    /// The presumed members of a set fact.
    fn presumed_members(&self, bits: u32) -> Bits {
        if bits == u32::MAX {
            Bits::EMPTY
        } else {
            self.program.members_of(bits)
        }
    }

    /// Whether the sets have a member in common.
    pub(super) fn meets(&mut self, a: u32, b: u32) -> Kleene {
        let told = [a, b].map(|expr| self.enumeration_of(expr));
        let of = told.into_iter().find(|of| *of != NONE16);
        let Some(of) = of else {
            return self.literals_meet(a, b);
        };
        let (a, b) = (self.set(a, of), self.set(b, of));
        let graph = &mut self.world.graph;
        let both: Vec<Kleene> = a
            .iter()
            .map(|(member, one)| match b.get(member) {
                Some(other) => one.and(*other, graph),
                None => Kleene::FALSE,
            })
            .collect();
        Kleene::any(graph, &both)
    }

    /// Two sets of literals whose enumeration nothing tells: they meet in every case, or in none.
    fn literals_meet(&mut self, a: u32, b: u32) -> Kleene {
        let all: Vec<u16> = (0..256).collect();
        let [a, b] = [a, b].map(|expr| {
            let row = self.program.set_exprs.at(expr as usize);
            let mut stack: Vec<Bits> = Vec::new();
            let nodes = self.program.set_nodes;
            for node in nodes.range(row.nodes.first, row.nodes.count) {
                if node.op == 0 {
                    stack.push(self.program.members_of(node.arg));
                    continue;
                }
                let (b, a) = (
                    stack.pop().unwrap_or_default(),
                    stack.pop().unwrap_or_default(),
                );
                stack.push(match node.op {
                    3 => a.union(b),
                    4 => a.intersect(b),
                    _ => a.minus(b),
                });
            }
            stack.pop().unwrap_or_default()
        });
        let meet = all
            .iter()
            .any(|member| a.contains(*member) && b.contains(*member));
        Kleene::known(Lit::constant(meet))
    }
}

fn literal(bits: Bits, members: &[u16]) -> Membership {
    let known = |member: &u16| Kleene::known(Lit::constant(bits.contains(*member)));
    members
        .iter()
        .map(|member| (*member, known(member)))
        .collect()
}
