//! Conditions: truth, what an unknown one needs, what one rests on (`docs/LANGUAGE.md` §6), how long it stays so.
//!
//! Nodes stand in postfix order with the sizes of their subtrees, so that one pass forward computes truth and one
//! pass backward finds the leaves that matter, without recursion and with one byte of scratch for each node.

use super::compare;
use super::context::{Context, Happening};
use super::duty;
use super::sets;
use super::slot::Slots;
use crate::model::limits::INSTANT_END;
use crate::model::{Bits, EventId, FactId, Truth};
use crate::pack::format::{NodeRow, Op, Range};

use super::case::{FactSlot, FactValue};

/// Scratch for the nodes of a condition.
pub(crate) struct Nodes<'s> {
    pub truths: &'s mut [Truth],
    pub marks: &'s mut [u8],
    pub until: &'s mut [i64],
}

const RESTS: u8 = 1;
const WANTED: u8 = 2;

/// The truth of a condition.
pub(crate) fn truth(context: &Context<'_>, cond: u32, nodes: &mut Nodes<'_>) -> Truth {
    let range = context.program.conds.at(cond as usize).nodes;
    for index in 0..range.count as usize {
        let node = node(context, range, index);
        let truth = match Op::from_u8(node.op) {
            Some(Op::And) => {
                let mut all = Truth::True;
                each_operand(context, range, index, node, |operand| {
                    all = all.and(nodes.truths.at(operand));
                });
                all
            }
            Some(Op::Or) => {
                let mut any = Truth::False;
                each_operand(context, range, index, node, |operand| {
                    any = any.or(nodes.truths.at(operand));
                });
                any
            }
            Some(Op::Not) => nodes.truths.at(index.wrapping_sub(1)).not(),
            Some(op) => leaf(context, op, node),
            None => Truth::Unknown,
        };
        nodes.truths.put(index, truth);
    }
    nodes.truths.at((range.count as usize).wrapping_sub(1))
}

fn node(context: &Context<'_>, range: Range, index: usize) -> NodeRow {
    context.program.nodes.at(range.first as usize + index)
}

/// Calls `visit` with the index of each operand of the node at `index`, the last one first.
#[inline]
fn each_operand(
    context: &Context<'_>,
    range: Range,
    index: usize,
    row: NodeRow,
    mut visit: impl FnMut(usize),
) {
    let count = match Op::from_u8(row.op) {
        Some(Op::And | Op::Or) => row.a,
        Some(Op::Not) => 1,
        _ => 0,
    };
    let mut operand = index;
    for _ in 0..count {
        let Some(previous) = operand.checked_sub(1) else {
            return;
        };
        visit(previous);
        operand = (previous + 1).saturating_sub(node(context, range, previous).size as usize);
    }
}

fn leaf(context: &Context<'_>, op: Op, node: NodeRow) -> Truth {
    let fact = FactId(node.a);
    match op {
        Op::Bool => match context.fact(fact) {
            Some(FactValue::Bool(value)) => Truth::from_bool(value),
            _ => Truth::Unknown,
        },
        Op::Is => match context.fact(fact) {
            Some(FactValue::Member(member)) => Truth::from_bool(u32::from(member) == node.b),
            _ => Truth::Unknown,
        },
        Op::In => in_set(context, fact, node),
        Op::Meets => {
            let (a, b) = (sets::reach(context, node.b), sets::reach(context, node.c));
            if !a.yes.intersect(b.yes).is_empty() {
                Truth::True
            } else if a.maybe.intersect(b.maybe).is_empty() {
                Truth::False
            } else {
                Truth::Unknown
            }
        }
        Op::Int | Op::Money => compare::amounts(context, node),
        Op::Instant => compare::instants(context, node),
        Op::Happened => match context.event(EventId(node.a)) {
            Happening::At(_) => Truth::True,
            Happening::Unknown => Truth::Unknown,
            Happening::Not if node.flag == 1 && context.is_absent(EventId(node.a)) => {
                Truth::Unknown
            }
            Happening::Not => Truth::False,
        },
        Op::Known => Truth::from_bool(matches!(
            context.case.facts.at(fact.index()),
            FactSlot::Given(_)
        )),
        Op::Missed => duty::missed(context, node),
        Op::Met => duty::met(context, node),
        Op::And | Op::Or | Op::Not => Truth::Unknown,
    }
}

fn in_set(context: &Context<'_>, fact: FactId, node: NodeRow) -> Truth {
    let set = sets::reach(context, node.b);
    if let Some(FactValue::Member(member)) = context.fact(fact) {
        return if set.yes.contains(member) {
            Truth::True
        } else if set.maybe.contains(member) {
            Truth::Unknown
        } else {
            Truth::False
        };
    }
    let all = Bits::first(u16::try_from(node.c).unwrap_or(u16::MAX));
    if set.maybe.intersect(all).is_empty() {
        Truth::False
    } else if all.minus(set.yes).is_empty() {
        Truth::True
    } else {
        Truth::Unknown
    }
}

/// Adds what an unknown condition needs; nothing, if it is not unknown.
pub(crate) fn needs(context: &Context<'_>, cond: u32, nodes: &mut Nodes<'_>, sink: &mut [u64]) {
    if truth(context, cond, nodes) != Truth::Unknown {
        return;
    }
    let range = context.program.conds.at(cond as usize).nodes;
    let count = range.count as usize;
    clear(nodes.marks, count);
    nodes.marks.put(count.wrapping_sub(1), WANTED);
    for index in (0..count).rev() {
        if nodes.marks.at(index) != WANTED {
            continue;
        }
        let row = node(context, range, index);
        match Op::from_u8(row.op) {
            Some(Op::And | Op::Or | Op::Not) => {
                let (truths, marks) = (&*nodes.truths, &mut *nodes.marks);
                each_operand(context, range, index, row, |operand| {
                    if truths.at(operand) == Truth::Unknown {
                        marks.put(operand, WANTED);
                    }
                });
            }
            Some(op) => leaf_needs(context, op, row, sink),
            None => {}
        }
    }
}

fn clear(marks: &mut [u8], count: usize) {
    for mark in marks.iter_mut().take(count) {
        *mark = 0;
    }
}

fn leaf_needs(context: &Context<'_>, op: Op, node: NodeRow, sink: &mut [u64]) {
    match op {
        Op::Bool | Op::Is => context.add_fact(node.a, sink),
        Op::In => {
            if context.fact(FactId(node.a)).is_none() {
                context.add_fact(node.a, sink);
            }
            sets::needs(context, node.b, sink);
        }
        Op::Meets => {
            sets::needs(context, node.b, sink);
            sets::needs(context, node.c, sink);
        }
        Op::Int | Op::Money | Op::Instant => compare::needs(context, op, node, sink),
        Op::Happened => context.add_event(node.a, sink),
        Op::Missed | Op::Met => duty::look_needs(context, node, sink),
        Op::Known | Op::And | Op::Or | Op::Not => {}
    }
}

/// What becomes of a condition, or of several that are taken together as one `and`.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    pub(crate) truth: Truth,
    /// True if it rests on something that is assumed.
    pub(crate) rests: bool,
    /// The instant before which neither the truth changes, nor what it needs or rests on.
    pub(crate) until: i64,
}

impl Finding {
    /// True if nothing else matters beside, as long as the case stays as it is: it is false, rests on nothing, and stays so.
    pub fn is_idle(self) -> bool {
        self.truth == Truth::False && !self.rests && self.until == INSTANT_END
    }

    /// True if an `and` with this truth rests on what this part of it rests on.
    pub(crate) fn bears(self, whole: Truth) -> bool {
        match whole {
            Truth::False => self.rests && self.truth == Truth::False,
            _ => self.rests,
        }
    }
}

/// Parts on their way to what an `and`, or an `or`, makes of them.
pub(crate) struct Fold {
    /// The truth that decides without the others: false for `and`, true for `or`.
    decisive: Truth,
    truth: Truth,
    /// Whether any part rests on something.
    rests: bool,
    /// Whether a part that decides rests on something.
    resting: bool,
    /// Whether a part that decides rests on nothing.
    idle: bool,
    /// Until one of the parts changes.
    until: i64,
    /// Until the last of those changes that decide and rest on nothing: nothing comes of the others until then, and
    /// thousands of instants with which they compare are no reason for another answer.
    decided: i64,
}

impl Fold {
    /// For an `and`.
    pub fn all() -> Fold {
        Fold::new(Truth::False)
    }

    fn new(decisive: Truth) -> Fold {
        Fold {
            decisive,
            truth: decisive.not(),
            rests: false,
            resting: false,
            idle: false,
            until: INSTANT_END,
            decided: 0,
        }
    }

    /// Adds a part.
    pub fn add(&mut self, part: Finding) {
        self.truth = match self.decisive {
            Truth::False => self.truth.and(part.truth),
            _ => self.truth.or(part.truth),
        };
        self.rests |= part.rests;
        self.until = self.until.min(part.until);
        if part.truth == self.decisive {
            if part.rests {
                self.resting = true;
            } else {
                self.idle = true;
                self.decided = self.decided.max(part.until);
            }
        }
    }

    /// What becomes of the whole. A part that decides and rests on nothing does so without the others.
    pub fn end(&self) -> Finding {
        let rests = if self.truth == self.decisive {
            self.resting && !self.idle
        } else {
            self.rests
        };
        Finding {
            truth: self.truth,
            rests,
            until: if self.idle { self.decided } else { self.until },
        }
    }
}

/// What becomes of a condition. The scratch then holds it for each node, unless it is idle.
pub(crate) fn find(context: &Context<'_>, cond: u32, nodes: &mut Nodes<'_>) -> Finding {
    let range = context.program.conds.at(cond as usize).nodes;
    let mut fold = Fold::all();
    for (first, last) in conjuncts(context, range) {
        let part = subtree(context, range, first, last, nodes);
        fold.add(part);
        if part.is_idle() {
            break;
        }
    }
    fold.end()
}

/// The conjuncts of a condition, the last one first: where the nodes of each begin and end.
fn conjuncts(context: &Context<'_>, range: Range) -> impl Iterator<Item = (usize, usize)> {
    let mut left = range.count as usize;
    core::iter::from_fn(move || {
        // What stands before a conjunct is the conjunct before it, or an `and` around both has opened.
        while let Some(last) = left.checked_sub(1) {
            let row = node(context, range, last);
            if row.op != Op::And as u8 {
                left = left.saturating_sub(row.size.max(1) as usize);
                return Some((left, last));
            }
            left = last;
        }
        None
    })
}

/// What becomes of a part of a condition.
fn subtree(
    context: &Context<'_>,
    range: Range,
    first: usize,
    last: usize,
    nodes: &mut Nodes<'_>,
) -> Finding {
    let mut found = Finding {
        truth: Truth::True,
        rests: false,
        until: INSTANT_END,
    };
    for index in first..=last {
        let row = node(context, range, index);
        found = match Op::from_u8(row.op) {
            Some(op @ (Op::And | Op::Or)) => {
                let decisive = Truth::from_bool(op == Op::Or);
                let mut fold = Fold::new(decisive);
                each_operand(context, range, index, row, |operand| {
                    fold.add(nodes.found(operand))
                });
                fold.end()
            }
            Some(Op::Not) => {
                let part = nodes.found(index.wrapping_sub(1));
                Finding {
                    truth: part.truth.not(),
                    ..part
                }
            }
            Some(op) => Finding {
                truth: leaf(context, op, row),
                rests: leaf_rests(context, op, row, None),
                until: match op {
                    Op::Instant => compare::until(context, row),
                    _ => INSTANT_END,
                },
            },
            None => Finding {
                truth: Truth::Unknown,
                ..found
            },
        };
        nodes.truths.put(index, found.truth);
        nodes.marks.put(index, if found.rests { RESTS } else { 0 });
        nodes.until.put(index, found.until);
    }
    found
}

impl Nodes<'_> {
    fn found(&self, index: usize) -> Finding {
        Finding {
            truth: self.truths.at(index),
            rests: self.marks.at(index) & RESTS != 0,
            until: self.until.at(index),
        }
    }
}

/// Adds what a condition rests on that is part of a whole with a certain truth. What [`find`] found must stand in the
/// scratch.
pub(crate) fn trace(
    context: &Context<'_>,
    cond: u32,
    whole: Truth,
    nodes: &mut Nodes<'_>,
    sink: &mut [u64],
) {
    let range = context.program.conds.at(cond as usize).nodes;
    for (first, last) in conjuncts(context, range) {
        if !nodes.found(last).bears(whole) {
            continue;
        }
        nodes.marks.put(last, RESTS | WANTED);
        for index in (first..=last).rev() {
            if nodes.marks.at(index) != RESTS | WANTED {
                continue;
            }
            let row = node(context, range, index);
            match Op::from_u8(row.op) {
                Some(Op::And | Op::Or | Op::Not) => {
                    let decisive = decisive(row, nodes.truths.at(index));
                    let (truths, marks) = (&*nodes.truths, &mut *nodes.marks);
                    each_operand(context, range, index, row, |operand| {
                        let matters = decisive.is_none_or(|truth| truths.at(operand) == truth);
                        if matters && marks.at(operand) & RESTS != 0 {
                            marks.put(operand, RESTS | WANTED);
                        }
                    });
                }
                Some(op) => {
                    leaf_rests(context, op, row, Some(&mut *sink));
                }
                None => {}
            }
        }
    }
}

/// Where one truth of an operand decides the node (false for `and`, true for `or`), that truth.
fn decisive(row: NodeRow, truth: Truth) -> Option<Truth> {
    match (Op::from_u8(row.op), truth) {
        (Some(Op::And), Truth::False) => Some(Truth::False),
        (Some(Op::Or), Truth::True) => Some(Truth::True),
        _ => None,
    }
}

/// Whether a leaf rests on something; with a sink, that is added.
fn leaf_rests(context: &Context<'_>, op: Op, node: NodeRow, mut sink: Option<&mut [u64]>) -> bool {
    let fact = |fact: u16, sink: Option<&mut [u64]>| {
        let assumed = context.is_assumed(FactId(fact));
        if let Some(sink) = sink.filter(|_| assumed) {
            context.add_fact(fact, sink);
        }
        assumed
    };
    match op {
        Op::Bool | Op::Is => fact(node.a, sink),
        Op::In => {
            let element = fact(node.a, sink.as_deref_mut());
            sets::rests(context, node.b, sink) || element
        }
        Op::Meets => {
            let left = sets::rests(context, node.b, sink.as_deref_mut());
            sets::rests(context, node.c, sink) || left
        }
        Op::Int | Op::Money | Op::Instant => {
            let mut any = false;
            for operand in compare::facts(context, node).into_iter().flatten() {
                any |= fact(operand, sink.as_deref_mut());
            }
            any
        }
        Op::Happened => {
            let event = EventId(node.a);
            let assumed = node.flag == 0 && context.is_absent(event);
            if let Some(sink) = sink.filter(|_| assumed) {
                context.add_event(node.a, sink);
            }
            assumed
        }
        Op::Known | Op::Missed | Op::Met | Op::And | Op::Or | Op::Not => false,
    }
}
