//! Conditions, operands, sets and anchors: what stands in postfix order.

use super::{Check, Checked, Owned, Row};
use crate::model::limits::{ANCHOR_STACK_MAX, SET_STACK_MAX};
use crate::model::{Compare, Unit};
use crate::pack::format::{
    CondRow, NONE16, NodeRow, Op, OperandKind, OperandRow, Range, SetExprRow, SetNodeRow,
};
use crate::time::instant::in_range;

impl Check<'_, '_> {
    /// Everything in postfix order.
    pub(super) fn conditions(self, lists: &mut Owned) -> Checked {
        for (number, row) in self.p.operands.iter().enumerate() {
            self.operand(Row("operands", number), &row)?;
        }
        let mut nodes = Owned::new("set_nodes");
        for (number, row) in self.p.set_exprs.iter().enumerate() {
            let at = Row("set_exprs", number);
            nodes.take(at, row.nodes)?;
            self.set_expr(at, &row)?;
        }
        nodes.end(self.p.set_nodes.len())?;
        let mut nodes = Owned::new("anchor_nodes");
        for (number, row) in self.p.anchors.iter().enumerate() {
            let at = Row("anchors", number);
            nodes.take(at, row.nodes)?;
            self.anchor(at, row.nodes)?;
        }
        nodes.end(self.p.anchor_nodes.len())?;
        let mut nodes = Owned::new("nodes");
        for (number, row) in self.p.conds.iter().enumerate() {
            let at = Row("conds", number);
            nodes.take(at, row.nodes)?;
            self.condition(at, &row, lists)?;
        }
        nodes.end(self.p.nodes.len())
    }

    fn operand(self, at: Row, row: &OperandRow) -> Checked {
        let kind = OperandKind::from_u8(row.kind);
        let unused = match kind {
            Some(OperandKind::Literal) => row.id == 0,
            Some(OperandKind::Now) => (row.id, row.value, row.currency) == (0, 0, 0),
            Some(_) => (row.value, row.currency) == (0, 0),
            None => false,
        };
        at.holds(unused, "an operand has no kind, or what its kind has not")?;
        match kind {
            Some(OperandKind::Fact) => {
                at.index(row.id, self.p.facts.len(), "there is no such fact")?;
            }
            Some(OperandKind::Event) => {
                at.index(row.id, self.p.events.len(), "there is no such event")?;
            }
            _ => {}
        }
        if row.n == 0 {
            let none = (row.minus, row.unit, row.zone) == (0, 0, 0);
            return at.holds(none, "an operand has half an offset");
        }
        at.flag(row.minus)?;
        at.period(row.n, row.unit)?;
        at.holds(
            row.unit != Unit::WorkingDay as u8,
            "an offset has working days, which are no elapsed time",
        )?;
        at.holds(
            kind != Some(OperandKind::Now) || row.unit <= Unit::Hour as u8,
            "`now` has an offset of days or more",
        )?;
        at.index(row.zone, self.p.zones.len(), "there is no such zone")
    }

    fn set_expr(self, at: Row, row: &SetExprRow) -> Checked {
        at.index(row.pack, self.p.packs.len(), "there is no such pack")?;
        let none = "there is no such enumeration";
        at.index_or_none(row.of, self.p.enums.len(), none)?;
        let mut stack = 0usize;
        for node in self.p.set_nodes.range(row.nodes.first, row.nodes.count) {
            if node.op <= 2 {
                self.set_leaf(at, &node, row.of)?;
                stack += 1;
            } else {
                at.holds(node.op <= 5 && node.arg == 0, "there is no such operator")?;
                at.holds(stack >= 2, "an operator lacks an operand")?;
                stack -= 1;
            }
            at.holds(stack <= SET_STACK_MAX, "it needs too many operands at once")?;
        }
        at.holds(stack == 1, "it does not come to one value")
    }

    fn set_leaf(self, at: Row, node: &SetNodeRow, of: u16) -> Checked {
        let other = "a set has members of another enumeration";
        match node.op {
            0 if of == NONE16 => {
                let none = "there is no such set of members";
                at.index(node.arg, self.p.bits.len(), none)
            }
            0 => self.bits(at, node.arg, of),
            1 => {
                at.index(node.arg, self.p.sets.len(), "there is no such set")?;
                at.holds(self.p.sets.at(node.arg as usize).of == of, other)
            }
            _ => {
                let fact = u16::try_from(node.arg).unwrap_or(NONE16);
                self.fact(at, fact, 2)?;
                at.holds(self.p.facts.at(usize::from(fact)).of == of, other)
            }
        }
    }

    fn anchor(self, at: Row, nodes: Range) -> Checked {
        let mut stack = 0usize;
        for node in self.p.anchor_nodes.range(nodes.first, nodes.count) {
            match node.op {
                0 => at.index(node.arg, self.p.events.len(), "there is no such event")?,
                1 => self.fact(at, node.arg, 5)?,
                2 | 3 => {
                    let operands = usize::from(node.arg);
                    at.holds(
                        (1..=stack).contains(&operands),
                        "an operator lacks an operand",
                    )?;
                    stack -= operands;
                }
                _ => at.holds(false, "there is no such operator")?,
            }
            stack += 1;
            at.holds(
                stack <= ANCHOR_STACK_MAX,
                "it needs too many operands at once",
            )?;
        }
        at.holds(stack == 1, "it does not come to one value")
    }

    /// The sizes of subtrees are followed backwards. Each subtree is an operand of at most one operator, since
    /// an operator's own size then spans it; so this is linear.
    fn condition(self, at: Row, row: &CondRow, lists: &mut Owned) -> Checked {
        at.index(row.pack, self.p.packs.len(), "there is no such pack")?;
        let first = row.nodes.first as usize;
        let (mut after, mut last) = (0, 0);
        let nodes = self.p.nodes.range(row.nodes.first, row.nodes.count);
        for (number, node) in nodes.enumerate() {
            let at = Row("nodes", first + number);
            let operands = match Op::from_u8(node.op) {
                Some(Op::And | Op::Or) => usize::from(node.a),
                Some(Op::Not) => 1,
                Some(op) => {
                    self.atom(at, op, &node, row.pack)?;
                    if matches!(op, Op::Missed | Op::Met) {
                        after = after.max(self.looks(at, &node, lists)?);
                    }
                    0
                }
                None => return at.holds(false, "there is no such operator"),
            };
            let mut size = 1usize;
            for _ in 0..operands {
                at.holds(size <= number, "an operator lacks an operand")?;
                size += self.p.nodes.at(first + number - size).size as usize;
            }
            at.holds(
                node.size as usize == size,
                "its size is not that of its parts",
            )?;
            if matches!(Op::from_u8(node.op), Some(Op::And | Op::Or | Op::Not)) {
                let none = (node.flag, node.b, node.c) == (0, 0, 0);
                let alone = node.op != Op::Not as u8 || node.a == 0;
                at.holds(none && alone, "an operator has more than its operands")?;
            }
            last = size;
        }
        at.holds(
            last > 0 && last == row.nodes.count as usize,
            "it does not come to one value",
        )?;
        at.holds(
            row.after == after,
            "it does not stand after the norms that it looks at",
        )
    }

    /// The norms that a node looks at, and the step after the last of them.
    fn looks(self, at: Row, node: &NodeRow, lists: &mut Owned) -> Result<u32, super::Broken> {
        let range = Range {
            first: node.b,
            count: node.c,
        };
        lists.take(at, range)?;
        let mut after = 0;
        for item in self.p.lists.range(range.first, range.count) {
            at.index(item.id, self.p.norms.len(), "there is no such norm")?;
            let position = self.p.norms.at(usize::from(item.id)).position;
            after = after.max(position.saturating_add(1));
        }
        Ok(after)
    }

    /// What an atom reads is there and of the right type, and what it does not use is zero.
    fn atom(self, at: Row, op: Op, node: &NodeRow, pack: u16) -> Checked {
        let unused = match op {
            Op::Bool | Op::Known => (node.flag, node.b, node.c) == (0, 0, 0),
            Op::Is => (node.flag, node.c) == (0, 0),
            Op::In | Op::Missed | Op::Met => node.flag == 0,
            Op::Meets => (node.flag, node.a) == (0, 0),
            Op::Int | Op::Money | Op::Instant => node.a == 0,
            Op::Happened => (node.b, node.c) == (0, 0),
            Op::And | Op::Or | Op::Not => true,
        };
        at.holds(unused, "an atom has what its kind has not")?;
        let of_fact = |fact: u16| self.p.facts.at(usize::from(fact)).of;
        match op {
            Op::Bool => self.fact(at, node.a, 0),
            Op::Is => {
                self.fact(at, node.a, 1)?;
                let members = usize::from(self.members(of_fact(node.a)));
                at.index(node.b, members, "there is no such member")
            }
            Op::In => {
                self.fact(at, node.a, 1)?;
                let of = of_fact(node.a);
                at.holds(
                    node.c == u32::from(self.members(of)),
                    "the enumeration has another number of members",
                )?;
                self.set_use(at, node.b, pack, of)
            }
            Op::Meets => {
                at.index(node.b, self.p.set_exprs.len(), "there is no such set")?;
                let of = self.p.set_exprs.at(node.b as usize).of;
                self.set_use(at, node.b, pack, of)?;
                self.set_use(at, node.c, pack, of)
            }
            Op::Int | Op::Money | Op::Instant => {
                let how = Compare::from_u8(node.flag);
                at.holds(how.is_some(), "there is no such comparison")?;
                self.operand_use(at, op, node.b)?;
                self.operand_use(at, op, node.c)?;
                // It would hold always or never, and the search for the next change would try each instant.
                let is_now = |operand: u32| {
                    self.p.operands.at(operand as usize).kind == OperandKind::Now as u8
                };
                at.holds(
                    !(is_now(node.b) && is_now(node.c)),
                    "`now` is compared with itself",
                )
            }
            Op::Happened => {
                at.flag(node.flag)?;
                at.index(node.a, self.p.events.len(), "there is no such event")
            }
            Op::Known => at.index(node.a, self.p.facts.len(), "there is no such fact"),
            Op::Missed | Op::Met => at.index(node.a, self.p.rules.len(), "there is no such rule"),
            Op::And | Op::Or | Op::Not => Ok(()),
        }
    }

    /// A set expression of an enumeration, read for a pack.
    pub(super) fn set_use(self, at: Row, set: u32, pack: u16, of: u16) -> Checked {
        at.index(set, self.p.set_exprs.len(), "there is no such set")?;
        let row = self.p.set_exprs.at(set as usize);
        at.holds(row.pack == pack, "a set is read for another pack")?;
        at.holds(row.of == of, "a set has members of another enumeration")
    }

    /// An operand of the type that the comparison compares.
    fn operand_use(self, at: Row, op: Op, operand: u32) -> Checked {
        at.index(operand, self.p.operands.len(), "there is no such operand")?;
        let row = self.p.operands.at(operand as usize);
        let kind = OperandKind::from_u8(row.kind);
        let other = "an operand has another type";
        match op {
            Op::Instant => match kind {
                Some(OperandKind::Fact) => self.fact(at, row.id, 5),
                Some(OperandKind::Literal) => {
                    at.holds(row.currency == 0 && in_range(row.value).is_some(), other)
                }
                _ => Ok(()),
            },
            _ => {
                at.holds(row.n == 0, "something that is no instant has an offset")?;
                match (kind, op) {
                    (Some(OperandKind::Fact), Op::Money) => self.fact(at, row.id, 4),
                    (Some(OperandKind::Fact), _) => self.fact(at, row.id, 3),
                    (Some(OperandKind::Literal), Op::Money) => at.currency(row.currency),
                    (Some(OperandKind::Literal), _) => at.holds(row.currency == 0, other),
                    _ => at.holds(false, other),
                }
            }
        }
    }
}
