//! Set expressions: for each member yes, maybe or no (`docs/LANGUAGE.md` §6).

use super::case::FactValue;
use super::context::Context;
use super::slot::{Slots, set_bit};
use crate::model::limits::SET_STACK_MAX;
use crate::model::{Bits, FactId, PackId};
use crate::pack::format::SetNodeRow;

/// Which members are surely in a set, and which may be. What is surely in may be in, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    pub yes: Bits,
    pub maybe: Bits,
}

impl Reach {
    pub const EVERYWHERE: Reach = Reach {
        yes: ALL,
        maybe: ALL,
    };

    fn known(bits: Bits) -> Reach {
        Reach {
            yes: bits,
            maybe: bits,
        }
    }

    pub fn union(self, other: Reach) -> Reach {
        Reach {
            yes: self.yes.union(other.yes),
            maybe: self.maybe.union(other.maybe),
        }
    }

    fn intersect(self, other: Reach) -> Reach {
        Reach {
            yes: self.yes.intersect(other.yes),
            maybe: self.maybe.intersect(other.maybe),
        }
    }

    fn minus(self, other: Reach) -> Reach {
        Reach {
            yes: self.yes.minus(other.maybe),
            maybe: self.maybe.minus(other.yes),
        }
    }
}

const ALL: Bits = Bits([u64::MAX; 4]);

/// The value of a set expression.
pub(crate) fn reach(context: &Context<'_>, expr: u32) -> Reach {
    let row = context.program.set_exprs.at(expr as usize);
    let pack = PackId(row.pack);
    // Most expressions are one set, and need no stack.
    if row.nodes.count == 1 {
        let node = context.program.set_nodes.at(row.nodes.first as usize);
        return leaf(context, node, pack);
    }
    let mut stack = [Reach::default(); SET_STACK_MAX];
    let mut top = 0usize;
    for node in context
        .program
        .set_nodes
        .range(row.nodes.first, row.nodes.count)
    {
        if node.op < 3 {
            stack.put(top, leaf(context, node, pack));
            top += 1;
        } else {
            top = top.saturating_sub(1);
            let (a, b) = (stack.at(top.saturating_sub(1)), stack.at(top));
            let value = match node.op {
                3 => a.union(b),
                4 => a.intersect(b),
                _ => a.minus(b),
            };
            stack.put(top.saturating_sub(1), value);
        }
    }
    stack.at(0)
}

fn leaf(context: &Context<'_>, node: SetNodeRow, pack: PackId) -> Reach {
    match node.op {
        0 => Reach::known(context.program.members_of(node.arg)),
        1 => match version(context, node.arg, pack) {
            Some(bits) => Reach::known(context.program.members_of(bits)),
            None => unknown(context, context.program.sets.at(node.arg as usize).of),
        },
        _ => match context.fact(FactId(node.arg as u16)) {
            Some(FactValue::Members(bits)) => Reach::known(bits),
            _ => unknown(context, context.program.facts.at(node.arg as usize).of),
        },
    }
}

/// An unknown set may have every member of its enumeration, and no other.
fn unknown(context: &Context<'_>, of: u16) -> Reach {
    let members = context.program.enums.at(usize::from(of)).members.count;
    Reach {
        yes: Bits::EMPTY,
        maybe: Bits::first(u16::try_from(members).unwrap_or(u16::MAX)),
    }
}

/// The version of a set at the law date of a pack: an index into the bits.
fn version(context: &Context<'_>, set: u32, pack: PackId) -> Option<u32> {
    let date = context.law_date(pack);
    let row = context.program.sets.at(set as usize);
    context
        .program
        .set_versions
        .range(row.versions.first, row.versions.count)
        .find(|version| (version.from..version.until).contains(&date))
        .map(|version| version.bits)
}

/// Adds the names of the expression that are unknown.
pub(crate) fn needs(context: &Context<'_>, expr: u32, sink: &mut [u64]) {
    let row = context.program.set_exprs.at(expr as usize);
    for node in context
        .program
        .set_nodes
        .range(row.nodes.first, row.nodes.count)
    {
        match node.op {
            1 if version(context, node.arg, PackId(row.pack)).is_none() => {
                set_bit(sink, context.set_bit_of(node.arg as usize));
            }
            2 if context.fact(FactId(node.arg as u16)).is_none() => {
                context.add_fact(node.arg as u16, sink);
            }
            _ => {}
        }
    }
}

/// Adds the facts of the expression that are presumed; true if there is one.
pub(crate) fn rests(context: &Context<'_>, expr: u32, mut sink: Option<&mut [u64]>) -> bool {
    let row = context.program.set_exprs.at(expr as usize);
    let mut any = false;
    for node in context
        .program
        .set_nodes
        .range(row.nodes.first, row.nodes.count)
    {
        if node.op == 2 && context.is_assumed(FactId(node.arg as u16)) {
            any = true;
            if let Some(sink) = sink.as_deref_mut() {
                context.add_fact(node.arg as u16, sink);
            }
        }
    }
    any
}
