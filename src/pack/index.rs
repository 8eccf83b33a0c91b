//! The index: which versions of rules a value of a fact, or an event, rules out before any condition is evaluated.
//!
//! A key is a fact or event; a cell of it is a value, a span of integers, or whether the event has happened. Each cell has a
//! column, one bit for each step of the schedule: clear, if the version cannot apply with such a value, because one of its
//! conjuncts is false then. The columns of all that is given, taken together, leave few steps to look at.
//!
//! Invariant: a column clears a bit only where a conjunct is false on a value that the case gives, and so rests on nothing
//! that is assumed. What is not given rules nothing out; a conjunct that reads a key is unknown where its fact is. Why in
//! the pack: it is made once, checked on load against the conditions (`verify`), and shared by all who evaluate.
//!
//! | column | what |
//! |---|---|
//! | 0 | the steps to begin with: every version, and the norms that speak without a rule |
//! | 1 | the versions that are decided by keys alone: true wherever none of their keys rules them out |
//! | others | cells and `read_by` of keys |

use super::format::{KeyRow, NONE16, NONE32, NodeRow, Op, OperandKind, Range};
use super::program::Program;
use crate::model::numbered::numbered;
use crate::model::{Bits, Compare, Outcome, VersionId};

numbered! {
    /// By what a key tells cases apart.
    KeyKind {
        /// A boolean fact: cell 0 is false, cell 1 true.
        Bool = 0,
        /// A fact with one member: a cell for each.
        Member = 1,
        /// An integer: a cell for each span between cuts.
        Int = 2,
        /// An event: cell 0 if it has not happened, cell 1 if it has.
        Happened = 3,
    }
}

/// Cells of a key: a set of them is four words.
pub const CELLS_MAX: usize = 256;
/// Keys of an index: so many facts and events are worth looking at for each case.
pub const KEYS_MAX: usize = 256;
/// Conjuncts of a version that the index looks at: more of them rule out hardly more.
const CONJUNCTS_MAX: usize = 32;
/// Operands that wait while a conjunct is read.
const STACK_MAX: usize = 16;
/// Versions from whose bases conjuncts are taken.
const BASES_MAX: usize = 16;

/// The column of the steps to begin with.
pub const START: u32 = 0;
/// The column of the versions that keys alone decide.
pub const WHOLE: u32 = 1;

/// Bytes of a column: whole words of 64 steps.
#[must_use]
pub fn column_bytes(program: &Program<'_>) -> usize {
    program.schedule.len().div_ceil(64) * 8
}

impl<'a> Program<'a> {
    /// A column of the index; empty if there is none.
    #[must_use]
    #[inline]
    pub fn column(&self, column: u32) -> &'a [u8] {
        let bytes = column_bytes(self);
        let start = (column as usize).saturating_mul(bytes);
        self.columns
            .get(start..start.saturating_add(bytes))
            .unwrap_or(&[])
    }

    /// Tells of any column whether it has the bit of a step.
    pub(crate) fn bit_in_columns(&self, position: u32) -> impl Fn(u32) -> bool + use<'a> {
        let width = column_bytes(self) as u64;
        let (byte, bit) = (u64::from(position / 8), position % 8);
        let columns = if byte < width { self.columns } else { &[] };
        move |column| {
            let place = usize::try_from(u64::from(column) * width + byte);
            let byte = place.ok().and_then(|place| columns.get(place));
            byte.is_some_and(|byte| byte >> bit & 1 == 1)
        }
    }

    /// The cell of a key in which an integer lies.
    #[must_use]
    #[inline]
    pub fn cell_of(&self, key: &KeyRow, value: i64) -> usize {
        let cuts = self.cuts.rows(key.cuts.first, key.cuts.count);
        cuts.partition_point(|least| i64::from_le_bytes(*least) <= value)
    }
}

/// True if a column has the bit of a step.
#[must_use]
pub fn is_set(column: &[u8], position: u32) -> bool {
    let byte = column.get(position as usize / 8);
    byte.is_some_and(|byte| byte >> (position % 8) & 1 == 1)
}

/// True if a norm has an outcome although no rule speaks of it.
#[must_use]
pub fn speaks(default: u8) -> bool {
    Outcome::from_u8(default).is_some_and(|default| default != Outcome::None)
}

/// In which cells a conjunct is true on every value, and in which on some.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Admits {
    pub always: Bits,
    pub sometimes: Bits,
}

impl Admits {
    fn not(self, all: Bits) -> Admits {
        Admits {
            always: all.minus(self.sometimes),
            sometimes: all.minus(self.always),
        }
    }

    fn both(self, other: Admits) -> Admits {
        Admits {
            always: self.always.intersect(other.always),
            sometimes: self.sometimes.intersect(other.sometimes),
        }
    }

    fn either(self, other: Admits) -> Admits {
        Admits {
            always: self.always.union(other.always),
            sometimes: self.sometimes.union(other.sometimes),
        }
    }
}

/// What the keys say of one version: for each key that its conjuncts read, where it may apply.
pub(crate) struct Verdict {
    keys: [(u16, Admits); CONJUNCTS_MAX],
    count: usize,
    /// True if nothing else decides whether it applies.
    pub whole: bool,
}

impl Verdict {
    /// The keys, each once, with what they admit.
    pub fn keys(&self) -> &[(u16, Admits)] {
        self.keys.get(..self.count).unwrap_or(&[])
    }

    fn add(&mut self, key: u16, admits: Admits) {
        let known = self.keys.iter_mut().take(self.count);
        if let Some((_, own)) = known.into_iter().find(|(own, _)| *own == key) {
            *own = own.both(admits);
        } else if let Some(slot) = self.keys.get_mut(self.count) {
            *slot = (key, admits);
            self.count += 1;
        } else {
            self.whole = false;
        }
    }
}

/// What the keys say of a version.
pub(crate) fn verdict(program: &Program<'_>, version: VersionId) -> Verdict {
    let mut verdict = Verdict {
        keys: [(NONE16, Admits::default()); CONJUNCTS_MAX],
        count: 0,
        whole: true,
    };
    let all = each_conjunct(program, version, &mut |range, last| {
        let subject = subject(program, range, last);
        let known = subject.map_or(NONE16, |(kind, id)| key_of(program, kind, id));
        let row = program.keys.at(usize::from(known));
        match subject.filter(|_| known != NONE16) {
            None => verdict.whole = false,
            Some(_) => match admits(program, &row, range, last) {
                None => verdict.whole = false,
                Some(admits) => verdict.add(known, admits),
            },
        }
    });
    verdict.whole &= all;
    // Where a cell holds values of both kinds, only the condition tells them apart.
    let exact = |(_, admits): &(u16, Admits)| admits.always == admits.sometimes;
    verdict.whole &= verdict.keys().iter().all(exact);
    verdict
}

fn key_of(program: &Program<'_>, kind: KeyKind, id: u16) -> u16 {
    match kind {
        KeyKind::Happened => program.events.at(usize::from(id)).key,
        _ => program.facts.at(usize::from(id)).key,
    }
}

/// Visits the conjuncts of a version: those of its pack, its own, and those of bases that have but one version. Each is told
/// by the nodes of its condition and the place of its last one. False if there are others.
pub(crate) fn each_conjunct(
    program: &Program<'_>,
    version: VersionId,
    visit: &mut dyn FnMut(Range, usize),
) -> bool {
    let mut row = program.versions.at(version.index());
    let pack = program.packs.at(program.pack_of(version).index());
    conjuncts(program, pack.applies, visit);
    for _ in 0..BASES_MAX {
        conjuncts(program, row.when, visit);
        if row.inherits == NONE16 {
            return true;
        }
        let base = program.rules.at(usize::from(row.inherits)).versions;
        if base.count != 1 {
            return false;
        }
        row = program.versions.at(base.first as usize);
    }
    false
}

/// Visits the parts of a condition all of which must be true.
fn conjuncts(program: &Program<'_>, cond: u32, visit: &mut dyn FnMut(Range, usize)) {
    if cond == NONE32 {
        return;
    }
    let range = program.conds.at(cond as usize).nodes;
    let mut left = range.count as usize;
    // What stands before a conjunct is the conjunct before it, or an `and` around both has opened.
    while let Some(last) = left.checked_sub(1) {
        let node = program.nodes.at(range.first as usize + last);
        if node.op == Op::And as u8 {
            left = last;
        } else {
            visit(range, last);
            left = left.saturating_sub(node.size.max(1) as usize);
        }
    }
}

/// The one fact or event that a conjunct reads, if a key can be made of it.
pub(crate) fn subject(program: &Program<'_>, range: Range, last: usize) -> Option<(KeyKind, u16)> {
    let mut subject = None;
    for node in subtree(program, range, last) {
        let own = match Op::from_u8(node.op)? {
            Op::And | Op::Or | Op::Not => continue,
            Op::Bool => (KeyKind::Bool, node.a),
            Op::Is | Op::In => (KeyKind::Member, node.a),
            Op::Int => (KeyKind::Int, integer(program, &node)?.0),
            Op::Happened => (KeyKind::Happened, node.a),
            _ => return None,
        };
        if subject.is_some_and(|other| other != own) {
            return None;
        }
        subject = Some(own);
    }
    subject
}

/// The nodes of a conjunct, in postfix order.
pub(crate) fn subtree<'p>(
    program: &Program<'p>,
    range: Range,
    last: usize,
) -> impl Iterator<Item = NodeRow> + use<'p> {
    let size = program.nodes.at(range.first as usize + last).size as usize;
    let first = range.first as usize + (last + 1).saturating_sub(size);
    program.nodes.range(first as u32, size as u32)
}

/// An integer fact that is compared with a literal, as if the fact stood on the left.
pub(crate) fn integer(program: &Program<'_>, node: &NodeRow) -> Option<(u16, Compare, i64)> {
    let [a, b] = [node.b, node.c].map(|index| program.operands.at(index as usize));
    let kind = |kind: u8| OperandKind::from_u8(kind);
    let how = Compare::from_u8(node.flag)?;
    match (kind(a.kind)?, kind(b.kind)?) {
        (OperandKind::Fact, OperandKind::Literal) => Some((a.id, how, b.value)),
        (OperandKind::Literal, OperandKind::Fact) => {
            let how = match how {
                Compare::Lt => Compare::Gt,
                Compare::Le => Compare::Ge,
                Compare::Gt => Compare::Lt,
                Compare::Ge => Compare::Le,
                Compare::Eq => Compare::Eq,
            };
            Some((b.id, how, a.value))
        }
        _ => None,
    }
}

/// Where a conjunct that reads nothing but a key is true.
fn admits(program: &Program<'_>, key: &KeyRow, range: Range, last: usize) -> Option<Admits> {
    let node = program.nodes.at(range.first as usize + last);
    if node.size == 1 {
        return leaf(program, key, &node, Op::from_u8(node.op)?);
    }
    let all = cells(key.cells.count as usize);
    let mut stack = [Admits::default(); STACK_MAX];
    let mut top = 0usize;
    for node in subtree(program, range, last) {
        let op = Op::from_u8(node.op)?;
        let value = match op {
            Op::And | Op::Or => {
                let first = top.checked_sub(usize::from(node.a))?;
                let none = Admits::default();
                let whole = if op == Op::And { none.not(all) } else { none };
                let fold = |value: Admits, operand: &Admits| match op {
                    Op::And => value.both(*operand),
                    _ => value.either(*operand),
                };
                let value = stack.get(first..top)?.iter().fold(whole, fold);
                top = first;
                value
            }
            Op::Not => {
                top = top.checked_sub(1)?;
                stack.get(top)?.not(all)
            }
            _ => leaf(program, key, &node, op)?,
        };
        *stack.get_mut(top)? = value;
        top += 1;
    }
    stack.first().copied().filter(|_| top == 1)
}

fn leaf(program: &Program<'_>, key: &KeyRow, node: &NodeRow, op: Op) -> Option<Admits> {
    let exactly = |bits: Bits| Admits {
        always: bits,
        sometimes: bits,
    };
    match op {
        Op::Bool | Op::Happened => Some(exactly(Bits::one(1))),
        Op::Is => Some(exactly(Bits::one(u16::try_from(node.b).ok()?))),
        // A set of all members, or of none, decides without the fact.
        Op::In => {
            let all = Bits::first(u16::try_from(node.c).ok()?);
            let tells =
                |bits: &Bits| !bits.intersect(all).is_empty() && !all.minus(*bits).is_empty();
            fixed(program, node.b).filter(tells).map(exactly)
        }
        Op::Int => {
            let (_, how, literal) = integer(program, node)?;
            Some(spans(program, key, how, literal))
        }
        _ => None,
    }
}

/// The members of a set that are the same on every day and in every case.
fn fixed(program: &Program<'_>, expr: u32) -> Option<Bits> {
    let row = program.set_exprs.at(expr as usize);
    let mut stack = [Bits::EMPTY; STACK_MAX];
    let mut top = 0usize;
    for node in program.set_nodes.range(row.nodes.first, row.nodes.count) {
        let value = match node.op {
            0 => program.members_of(node.arg),
            1 => {
                let versions = program.sets.at(node.arg as usize).versions;
                let version = program.set_versions.at(versions.first as usize);
                let always = version.from == i32::MIN && version.until == i32::MAX;
                if versions.count != 1 || !always {
                    return None;
                }
                program.members_of(version.bits)
            }
            2 => return None,
            op => {
                top = top.checked_sub(2)?;
                let (a, b) = (*stack.get(top)?, *stack.get(top + 1)?);
                match op {
                    3 => a.union(b),
                    4 => a.intersect(b),
                    _ => a.minus(b),
                }
            }
        };
        *stack.get_mut(top)? = value;
        top += 1;
    }
    stack.first().copied().filter(|_| top == 1)
}

/// Where a comparison with a literal is true. The cuts are in order, so that spans are counted and not looked at.
fn spans(program: &Program<'_>, key: &KeyRow, how: Compare, literal: i64) -> Admits {
    let all = cells(key.cells.count as usize);
    let below = below(program, key, literal);
    let at_most = || match literal.checked_add(1) {
        Some(end) => self::below(program, key, end),
        None => Admits {
            always: all,
            sometimes: all,
        },
    };
    match how {
        Compare::Lt => below,
        Compare::Le => at_most(),
        Compare::Gt => at_most().not(all),
        Compare::Ge => below.not(all),
        Compare::Eq => at_most().both(below.not(all)),
    }
}

/// Where an integer is below an end: all of a span that ends at or before it, some of one that begins before it.
fn below(program: &Program<'_>, key: &KeyRow, end: i64) -> Admits {
    let begun = |last: i64| cells(program.cell_of(key, last) + 1);
    Admits {
        always: cells(program.cell_of(key, end)),
        sometimes: end.checked_sub(1).map_or(Bits::EMPTY, begun),
    }
}

/// The first cells of a key.
fn cells(count: usize) -> Bits {
    Bits::first(u16::try_from(count).unwrap_or(u16::MAX))
}
