//! Conditions: truth, what an unknown one needs, what one rests on (`docs/LANGUAGE.md` §6).
//!
//! Nodes stand in postfix order with the sizes of their subtrees, so that one pass forward computes truth and one
//! pass backward finds the leaves that matter, without recursion and with one byte of scratch for each node.

use super::compare;
use super::context::{Context, Happening};
use super::duty;
use super::sets;
use super::slot::Slots;
use crate::model::{Bits, EventId, FactId, Truth};
use crate::pack::format::{NodeRow, Op, Range};

use super::case::{FactSlot, FactValue};

/// Scratch for the nodes of a condition.
pub(crate) struct Nodes<'s> {
    pub truths: &'s mut [Truth],
    pub marks: &'s mut [u8],
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

/// Adds what a condition rests on; gives its truth, and whether it rests on something. With no sink, only says so.
pub(crate) fn rests(
    context: &Context<'_>,
    cond: u32,
    nodes: &mut Nodes<'_>,
    sink: Option<&mut [u64]>,
) -> (Truth, bool) {
    let truth = truth(context, cond, nodes);
    let range = context.program.conds.at(cond as usize).nodes;
    let count = range.count as usize;
    clear(nodes.marks, count);
    for index in 0..count {
        if node_rests(context, range, index, nodes) {
            nodes.marks.put(index, RESTS);
        }
    }
    let root = count.wrapping_sub(1);
    let any = nodes.marks.at(root) == RESTS;
    let Some(sink) = sink.filter(|_| any) else {
        return (truth, any);
    };
    nodes.marks.put(root, RESTS | WANTED);
    for index in (0..count).rev() {
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
                    if matters {
                        let mark = marks.at(operand);
                        if mark & RESTS != 0 {
                            marks.put(operand, RESTS | WANTED);
                        }
                    }
                });
            }
            Some(op) => {
                leaf_rests(context, op, row, Some(&mut *sink));
            }
            None => {}
        }
    }
    (truth, any)
}

/// Where one truth of an operand decides the node (false for `and`, true for `or`), that truth.
fn decisive(row: NodeRow, truth: Truth) -> Option<Truth> {
    match (Op::from_u8(row.op), truth) {
        (Some(Op::And), Truth::False) => Some(Truth::False),
        (Some(Op::Or), Truth::True) => Some(Truth::True),
        _ => None,
    }
}

fn node_rests(context: &Context<'_>, range: Range, index: usize, nodes: &Nodes<'_>) -> bool {
    let row = node(context, range, index);
    match Op::from_u8(row.op) {
        Some(Op::And | Op::Or | Op::Not) => {
            let decisive = decisive(row, nodes.truths.at(index));
            let (mut any, mut all) = (false, true);
            each_operand(context, range, index, row, |operand| {
                let rests = nodes.marks.at(operand) & RESTS != 0;
                if decisive.is_none_or(|truth| nodes.truths.at(operand) == truth) {
                    any |= rests;
                    all &= rests;
                }
            });
            // A decisive operand that rests on nothing decides without the others.
            if decisive.is_some() { any && all } else { any }
        }
        Some(op) => leaf_rests(context, op, row, None),
        None => false,
    }
}

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
