//! Conditions that say nothing: from the nodes of every condition to those with one answer in all cases.
//!
//! A node is always true if it is false in no case, and always false if it is true in none; where a fact is unknown, it may
//! be unknown. Invariant: of nodes inside one another the outermost is told, and of one text in a pack the first place; what
//! an earlier stage warns about already is not told again.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::Asked;
use super::{Constant, Finding, Owner, Question, Review, is_annulled, pack_of};
use crate::model::{NormId, PackId, RuleId, VersionId};
use crate::pack::Program;
use crate::pack::format::{NONE32, Op};
use crate::prove::solver::Beyond;
use crate::prove::words;

pub(super) fn find(asked: &mut Asked<'_, '_>, review: &mut Review) {
    let mut found: Vec<Constant> = Vec::new();
    let mut known: BTreeMap<(u16, String), usize> = BTreeMap::new();
    for (owner, pack, cond) in owners(&asked.program()) {
        match constants(asked, owner, cond) {
            Ok(constants) => {
                for constant in constants {
                    let text = words::condition(&asked.program(), constant.node);
                    match known.get(&(pack.0, text.clone())) {
                        Some(index) => found[*index].others += 1,
                        None => {
                            known.insert((pack.0, text), found.len());
                            found.push(constant);
                        }
                    }
                }
            }
            Err(why) => review.undecided(Question::Constant(owner), why),
        }
    }
    review
        .findings
        .extend(found.into_iter().map(Finding::Constant));
}

/// Every condition that somebody wrote, with the pack in which it stands.
fn owners(program: &Program<'_>) -> Vec<(Owner, PackId, u32)> {
    let mut owners = Vec::new();
    for (pack, row) in (0u16..).map(PackId).zip(program.packs.iter()) {
        owners.push((Owner::Pack(pack), pack, row.applies));
    }
    for (version, row) in (0u16..).map(VersionId).zip(program.versions.iter()) {
        let pack = pack_of(program, RuleId(row.rule));
        owners.push((Owner::Version(version), pack, row.when));
    }
    // The norms of a family share a guard.
    let mut guards = BTreeSet::new();
    for (norm, row) in (0u16..).map(NormId).zip(program.norms.iter()) {
        if guards.insert(row.guard) {
            owners.push((Owner::Guard(norm), PackId(row.pack), row.guard));
        }
    }
    for (index, row) in program.properties.iter().enumerate() {
        owners.push((Owner::Property(index), PackId(row.pack), row.cond));
    }
    owners.retain(|(_, pack, cond)| *cond != NONE32 && !is_annulled(program, *pack));
    owners
}

/// The outermost nodes of a condition that have one answer.
fn constants(asked: &mut Asked<'_, '_>, of: Owner, cond: u32) -> Result<Vec<Constant>, Beyond> {
    let program = asked.program();
    let nodes = program.conds.at(cond as usize).nodes;
    let first = nodes.first as usize;
    let mut found = Vec::new();
    let mut open = vec![(first + (nodes.count as usize).saturating_sub(1), Vec::new())];
    while let Some((node, path)) = open.pop() {
        let row = program.nodes.at(node);
        match answer(asked, cond, node - first)? {
            Some(answer) if !is_told(asked, cond, first, node)? => found.push(Constant {
                of,
                path,
                node,
                answer,
                others: 0,
            }),
            None if row.size > 1 => {
                // The first operand is opened first.
                let operands = operands(&program, node);
                for (number, operand) in operands.into_iter().enumerate().rev() {
                    let mut path: Vec<u16> = path.clone();
                    path.push(number as u16);
                    open.push((operand, path));
                }
            }
            Some(_) | None => {}
        }
    }
    Ok(found)
}

/// The one answer that a node has in all cases; none, if it has several.
fn answer(asked: &mut Asked<'_, '_>, cond: u32, local: usize) -> Result<Option<bool>, Beyond> {
    let nodes = asked.inquiry.said[0].nodes.get(cond as usize);
    let Some(truth) = nodes.and_then(|nodes| nodes.get(local)).copied() else {
        return Ok(None);
    };
    if !asked.possible(&[truth.yes])? {
        return Ok(Some(false));
    }
    Ok((!asked.possible(&[truth.no])?).then_some(true))
}

/// True if a node with one answer owes it to something that another stage speaks of: a comparison with what the fact cannot
/// be, or a rule that was annulled.
fn is_told(
    asked: &mut Asked<'_, '_>,
    cond: u32,
    first: usize,
    node: usize,
) -> Result<bool, Beyond> {
    let program = asked.program();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        let row = program.nodes.at(node);
        match Op::from_u8(row.op) {
            Some(Op::Int) => return Ok(true),
            Some(Op::Missed | Op::Met) => {
                let pack = pack_of(&program, RuleId(row.a));
                if is_annulled(&program, pack) {
                    return Ok(true);
                }
            }
            Some(Op::And | Op::Or | Op::Not) => {
                for operand in operands(&program, node) {
                    if answer(asked, cond, operand - first)?.is_some() {
                        open.push(operand);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(false)
}

/// The operands of a node, in their order.
fn operands(program: &Program<'_>, node: usize) -> Vec<usize> {
    let row = program.nodes.at(node);
    let count = match Op::from_u8(row.op) {
        Some(Op::And | Op::Or) => usize::from(row.a),
        Some(Op::Not) => 1,
        _ => 0,
    };
    let mut found = Vec::new();
    let mut last = node;
    for _ in 0..count {
        last = last.saturating_sub(1);
        found.push(last);
        let size = program.nodes.at(last).size as usize;
        last = (last + 1).saturating_sub(size);
    }
    found.reverse();
    found
}
