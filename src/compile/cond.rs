//! Conditions, sets and anchors: trees to postfix rows.
//!
//! Invariant: no function here calls itself. A tree comes from a text of any depth once definitions are
//! replaced, and a stack of tasks can be limited where the machine's own cannot.

use super::error::CompileError;
use super::from_ir::Lowering;
use super::pool::{bits_row, index};
use crate::check::ir::{
    Anchor, Cond, InstantBase, InstantOperand, IntOperand, MoneyOperand, SetExpr,
};
use crate::model::limits::{ANCHOR_STACK_MAX, CONDITION_ATOMS_MAX, SET_STACK_MAX, TABLE_MAX};
use crate::model::{Bits, Compare, EnumId, NormId, PackId, RuleId};
use crate::pack::format::*;
use crate::pack::program::currency_number;

/// Nodes of one condition: four for each of its atoms leave room for every `not` that says something.
const CONDITION_NODES_MAX: usize = 4 * CONDITION_ATOMS_MAX;

/// A tree on its way into postfix order.
enum Task<'t, T, O> {
    /// Write the operands, then the operator.
    Open(&'t T),
    /// The operands stand: write the operator. The numbers: how many operands, and where the first one begins.
    Close(O, usize, usize),
}

/// The nodes of a condition while it is written.
#[derive(Default)]
struct CondNodes {
    nodes: Vec<NodeRow>,
    norms: Vec<IdRow>,
    after: u32,
    atoms: usize,
}

impl Lowering<'_> {
    /// A condition that is all of these; none for no condition.
    pub(super) fn cond<'c>(
        &mut self,
        all: impl IntoIterator<Item = &'c Cond>,
        pack: PackId,
    ) -> Result<u32, CompileError> {
        let mut out = CondNodes::default();
        let mut tasks = Vec::new();
        let all: Vec<&Cond> = all.into_iter().collect();
        match all.len() {
            0 => return Ok(NONE32),
            1 => {}
            count => tasks.push(Task::Close(Op::And, count, 0)),
        }
        tasks.extend(all.into_iter().rev().map(Task::Open));
        while let Some(task) = tasks.pop() {
            let first = out.nodes.len();
            match task {
                Task::Open(Cond::And(parts)) => open_all(&mut tasks, parts, Op::And, first),
                Task::Open(Cond::Or(parts)) => open_all(&mut tasks, parts, Op::Or, first),
                Task::Open(Cond::Not(part)) => {
                    tasks.push(Task::Close(Op::Not, 1, first));
                    tasks.push(Task::Open(part));
                }
                Task::Open(atom) => {
                    let node = self.atom(atom, pack, &mut out)?;
                    out.nodes.push(node);
                    out.atoms += 1;
                }
                Task::Close(op, operands, first) => out.nodes.push(NodeRow {
                    op: op as u8,
                    a: match op {
                        Op::Not => 0,
                        _ => u16::try_from(operands).unwrap_or(NONE16),
                    },
                    size: index(out.nodes.len() - first + 1),
                    ..NodeRow::default()
                }),
            }
            self.most("this condition", out.atoms, "atoms", CONDITION_ATOMS_MAX)?;
            let count = out.nodes.len().max(tasks.len());
            self.most("this condition", count, "parts", CONDITION_NODES_MAX)?;
        }
        Ok(self.keep_cond(out, pack))
    }

    fn keep_cond(&mut self, out: CondNodes, pack: PackId) -> u32 {
        let tables = &mut self.out;
        let mut add = || {
            tables.conds.push(CondRow {
                nodes: Range {
                    first: index(tables.nodes.len()),
                    count: index(out.nodes.len()),
                },
                pack: pack.0,
                after: out.after,
            });
            tables.nodes.extend_from_slice(&out.nodes);
            tables.lists.extend_from_slice(&out.norms);
            index(tables.conds.len() - 1)
        };
        // A condition that looks at norms has lists of its own, so it is never the same as another one.
        let looks = |node: &NodeRow| node.op == Op::Missed as u8 || node.op == Op::Met as u8;
        if out.nodes.iter().any(looks) {
            add()
        } else {
            self.known_conds.index(&[pack.0], &out.nodes, add)
        }
    }

    fn atom(
        &mut self,
        atom: &Cond,
        pack: PackId,
        out: &mut CondNodes,
    ) -> Result<NodeRow, CompileError> {
        let node = |op: Op, flag: u8, a: u16, b: u32, c: u32| NodeRow {
            op: op as u8,
            flag,
            a,
            b,
            c,
            size: 1,
        };
        let compare = |op: Op, how: Compare, b: u32, c: u32| node(op, how as u8, 0, b, c);
        Ok(match atom {
            Cond::Bool(fact) => node(Op::Bool, 0, fact.0, 0, 0),
            Cond::Is(fact, member) => node(Op::Is, 0, fact.0, u32::from(*member), 0),
            Cond::In(fact, set, members) => {
                let of = self.enum_of_fact(*fact);
                let set = self.set_expr(set, pack, of)?;
                node(Op::In, 0, fact.0, set, u32::from(*members))
            }
            Cond::Meets(left, right) => {
                let of = self.enum_of_set(left).or_else(|| self.enum_of_set(right));
                let left = self.set_expr(left, pack, of)?;
                let right = self.set_expr(right, pack, of)?;
                node(Op::Meets, 0, 0, left, right)
            }
            Cond::Int(left, how, right) => {
                let (left, right) = (self.int(*left), self.int(*right));
                compare(Op::Int, *how, left, right)
            }
            Cond::Money(left, how, right) => {
                let (left, right) = (self.money(*left), self.money(*right));
                compare(Op::Money, *how, left, right)
            }
            Cond::Instant(left, how, right) => {
                let (left, right) = (self.instant(*left), self.instant(*right));
                compare(Op::Instant, *how, left, right)
            }
            Cond::Happened { event, strict } => {
                node(Op::Happened, u8::from(*strict), event.0, 0, 0)
            }
            Cond::Known(fact) => node(Op::Known, 0, fact.0, 0, 0),
            Cond::Missed(rule, norms) => self.looks(Op::Missed, *rule, norms, out),
            Cond::Met(rule, norms) => self.looks(Op::Met, *rule, norms, out),
            // Not atoms: their operands are opened before anybody asks.
            Cond::And(_) | Cond::Or(_) | Cond::Not(_) => NodeRow::default(),
        })
    }

    /// A node that looks at norms: they become a list, and the condition stands after them in the schedule.
    fn looks(&self, op: Op, rule: RuleId, norms: &[NormId], out: &mut CondNodes) -> NodeRow {
        let first = index(self.out.lists.len() + out.norms.len());
        for norm in norms {
            out.norms.push(IdRow { id: norm.0 });
            let position = self.norm_positions.get(norm.index()).copied();
            out.after = out.after.max(position.unwrap_or(NONE32).saturating_add(1));
        }
        NodeRow {
            op: op as u8,
            flag: 0,
            a: rule.0,
            b: first,
            c: index(norms.len()),
            size: 1,
        }
    }

    fn operand(&mut self, row: OperandRow) -> u32 {
        self.known_operands.row(&mut self.out.operands, row)
    }

    fn int(&mut self, operand: IntOperand) -> u32 {
        self.operand(match operand {
            IntOperand::Literal(value) => OperandRow {
                value,
                ..OperandRow::default()
            },
            IntOperand::Fact(fact) => OperandRow {
                kind: OperandKind::Fact as u8,
                id: fact.0,
                ..OperandRow::default()
            },
        })
    }

    fn money(&mut self, operand: MoneyOperand) -> u32 {
        self.operand(match operand {
            MoneyOperand::Literal(money) => OperandRow {
                value: money.minor,
                currency: currency_number(money.currency),
                ..OperandRow::default()
            },
            MoneyOperand::Fact(fact) => OperandRow {
                kind: OperandKind::Fact as u8,
                id: fact.0,
                ..OperandRow::default()
            },
        })
    }

    /// The zone stands only where there is an offset, so that one operand has one form.
    fn instant(&mut self, operand: InstantOperand) -> u32 {
        let (kind, id, value) = match operand.base {
            InstantBase::Literal(value) => (OperandKind::Literal, 0, value),
            InstantBase::Now => (OperandKind::Now, 0, 0),
            InstantBase::Fact(fact) => (OperandKind::Fact, fact.0, 0),
            InstantBase::Event(event) => (OperandKind::Event, event.0, 0),
        };
        let row = OperandRow {
            kind: kind as u8,
            id,
            value,
            ..OperandRow::default()
        };
        self.operand(match operand.offset {
            None => row,
            Some((minus, period)) => OperandRow {
                minus: u8::from(minus),
                n: period.n,
                unit: period.unit as u8,
                zone: operand.zone.0,
                ..row
            },
        })
    }

    /// The enumeration that a set expression speaks of, where a name in it tells.
    fn enum_of_set(&self, set: &SetExpr) -> Option<EnumId> {
        let mut open = vec![set];
        while let Some(set) = open.pop() {
            match set {
                SetExpr::Members(_) => {}
                SetExpr::Set(set) => return self.ir.sets.get(set.index()).map(|set| set.of),
                SetExpr::Fact(fact) => return self.enum_of_fact(*fact),
                SetExpr::Union(a, b) | SetExpr::Intersect(a, b) | SetExpr::Minus(a, b) => {
                    open.push(b);
                    open.push(a);
                }
            }
        }
        None
    }

    /// A set expression, read at the law date of a pack.
    pub(super) fn set_expr(
        &mut self,
        set: &SetExpr,
        pack: PackId,
        of: Option<EnumId>,
    ) -> Result<u32, CompileError> {
        let mut nodes: Vec<SetNodeRow> = Vec::new();
        let mut tasks = vec![Task::Open(set)];
        let (mut stack, mut deepest) = (0usize, 0usize);
        while let Some(task) = tasks.pop() {
            let (op, left, right) = match task {
                Task::Open(SetExpr::Union(a, b)) => (3, a, b),
                Task::Open(SetExpr::Intersect(a, b)) => (4, a, b),
                Task::Open(SetExpr::Minus(a, b)) => (5, a, b),
                Task::Open(leaf) => {
                    nodes.push(self.set_leaf(leaf));
                    stack += 1;
                    deepest = deepest.max(stack);
                    continue;
                }
                Task::Close(op, _, _) => {
                    nodes.push(SetNodeRow { op, arg: 0 });
                    stack = stack.saturating_sub(1);
                    continue;
                }
            };
            tasks.push(Task::Close(op, 2, 0));
            tasks.push(Task::Open(right));
            tasks.push(Task::Open(left));
        }
        self.most("this set", deepest, "nested parts", SET_STACK_MAX)?;
        self.most("this set", nodes.len(), "parts", TABLE_MAX)?;
        let of = of.map_or(NONE16, |of| of.0);
        let tables = &mut self.out;
        let context = [pack.0, of];
        Ok(self.known_sets.index(&context, &nodes, || {
            tables.set_exprs.push(SetExprRow {
                nodes: Range {
                    first: index(tables.set_nodes.len()),
                    count: index(nodes.len()),
                },
                pack: pack.0,
                of,
            });
            tables.set_nodes.extend_from_slice(&nodes);
            index(tables.set_exprs.len() - 1)
        }))
    }

    fn set_leaf(&mut self, leaf: &SetExpr) -> SetNodeRow {
        match leaf {
            SetExpr::Set(set) => SetNodeRow {
                op: 1,
                arg: u32::from(set.0),
            },
            SetExpr::Fact(fact) => SetNodeRow {
                op: 2,
                arg: u32::from(fact.0),
            },
            SetExpr::Members(bits) => SetNodeRow {
                op: 0,
                arg: self.bits(*bits),
            },
            // Not leaves: they are opened before anybody asks.
            SetExpr::Union(..) | SetExpr::Intersect(..) | SetExpr::Minus(..) => {
                SetNodeRow::default()
            }
        }
    }

    /// A set of members.
    pub(super) fn bits(&mut self, bits: Bits) -> u32 {
        self.known_bits.row(&mut self.out.bits, bits_row(bits))
    }

    /// An anchor.
    pub(super) fn anchor(&mut self, anchor: &Anchor) -> Result<u32, CompileError> {
        let mut nodes: Vec<AnchorNodeRow> = Vec::new();
        let mut tasks = vec![Task::Open(anchor)];
        let (mut stack, mut deepest) = (0usize, 0usize);
        while let Some(task) = tasks.pop() {
            let (op, arg) = match task {
                Task::Open(Anchor::Latest(parts)) => {
                    open_all(&mut tasks, parts, 2, 0);
                    continue;
                }
                Task::Open(Anchor::Earliest(parts)) => {
                    open_all(&mut tasks, parts, 3, 0);
                    continue;
                }
                Task::Open(Anchor::Event(event)) => (0, event.0),
                Task::Open(Anchor::Fact(fact)) => (1, fact.0),
                Task::Close(op, operands, _) => {
                    stack = stack.saturating_sub(operands);
                    (op, u16::try_from(operands).unwrap_or(NONE16))
                }
            };
            stack += 1;
            deepest = deepest.max(stack);
            nodes.push(AnchorNodeRow { op, arg });
            self.most("this anchor", deepest, "parts", ANCHOR_STACK_MAX)?;
        }
        let tables = &mut self.out;
        Ok(self.known_anchors.index(&[], &nodes, || {
            tables.anchors.push(AnchorRow {
                nodes: Range {
                    first: index(tables.anchor_nodes.len()),
                    count: index(nodes.len()),
                },
            });
            tables.anchor_nodes.extend_from_slice(&nodes);
            index(tables.anchors.len() - 1)
        }))
    }
}

/// Opens the operands of an operator, the first one on top.
fn open_all<'t, T, O>(tasks: &mut Vec<Task<'t, T, O>>, parts: &'t [T], op: O, first: usize) {
    tasks.push(Task::Close(op, parts.len(), first));
    tasks.extend(parts.iter().rev().map(Task::Open));
}
