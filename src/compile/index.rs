//! Tables to the index: what lets an evaluation leave out what cannot matter (`crate::pack::index`).
//!
//! Invariant: equal tables give equal columns, and the index never grows beyond its budget: keys that rule out little
//! for the room they take are left out, and cost time but no duty. What comes out is checked by the loader like all else.

use std::collections::{BTreeMap, BTreeSet};

use super::pool::index;
use crate::model::{Bits, Compare, VersionId};
use crate::pack::format::*;
use crate::pack::index::{
    CELLS_MAX, KEYS_MAX, KeyKind, column_bytes, each_conjunct, integer, speaks, subject, subtree,
    verdict,
};
use crate::pack::{PackError, Program, Tables};

/// Bytes of columns that every index may have.
const BUDGET: usize = 64 << 10;
/// Bytes of columns for each version of a rule, beside.
const BUDGET_OF_VERSION: usize = 128;

/// What the keys say of each version, at its step.
type Verdicts = Vec<(usize, Vec<(u16, Bits)>)>;

/// A key that the conditions would bear, and where its cells begin if it is of an integer.
#[derive(Clone)]
struct Candidate {
    kind: KeyKind,
    id: u16,
    cuts: Vec<i64>,
}

/// Adds the index to tables that are complete but for it and their bounds.
pub(super) fn add(tables: &mut Tables) -> Result<(), PackError> {
    effects_of_versions(tables);
    versions_of_packs(tables);
    days_of_packs(tables)?;
    let wanted = tables.seen(candidates)?;
    lay_keys(tables, &wanted);
    let kept = tables.seen(|program| worth_keeping(program, &wanted))?;
    lay_keys(tables, &kept);
    let (mut columns, verdicts) =
        tables.seen(|program| (start_and_whole(program), verdicts(program)))?;
    let words = tables.schedule.len().div_ceil(64);
    let mut cells = Vec::new();
    let mut known: BTreeMap<Vec<u64>, u32> = BTreeMap::new();
    for key in 0..tables.keys.len() {
        let own = tables.seen(|program| columns_of(program, &verdicts, key))?;
        let mut numbers = own.into_iter().map(|column| {
            *known.entry(column).or_insert_with_key(|column| {
                let number = columns.len() / words.max(1);
                columns.extend_from_slice(column);
                index(number)
            })
        });
        let read_by = numbers.next().unwrap_or(NONE32);
        cells.extend(numbers.map(|column| CellRow { column }));
        if let Some(row) = tables.keys.get_mut(key) {
            row.read_by = read_by;
        }
    }
    tables.cells = cells;
    tables.columns = columns.iter().flat_map(|word| word.to_le_bytes()).collect();
    Ok(())
}

fn effects_of_versions(tables: &mut Tables) {
    let mut said: Vec<Vec<IdRow>> = vec![Vec::new(); tables.versions.len()];
    for (id, effect) in (0u16..).zip(&tables.effects) {
        if let Some(own) = said.get_mut(usize::from(effect.version)) {
            own.push(IdRow { id });
        }
    }
    for (row, own) in tables.versions.iter_mut().zip(said) {
        row.effects = range(tables.said.len(), own.len());
        tables.said.extend(own);
    }
}

fn versions_of_packs(tables: &mut Tables) {
    let mut first = 0;
    for (number, row) in (0u16..).zip(&mut tables.packs) {
        let of_pack = tables.rules.iter().filter(|rule| rule.pack == number);
        let count = of_pack.map(|rule| rule.versions.count as usize).sum();
        row.versions = range(first, count);
        first += count;
    }
}

fn days_of_packs(tables: &mut Tables) -> Result<(), PackError> {
    let days = tables.seen(|program| {
        let mut days: Vec<BTreeSet<i32>> = vec![BTreeSet::new(); program.packs.len()];
        let mut add = |pack: usize, from: i32, until: i32| {
            let dated = [from, until]
                .into_iter()
                .filter(|day| *day != i32::MIN && *day != i32::MAX);
            if let Some(own) = days.get_mut(pack) {
                own.extend(dated);
            }
        };
        for (number, pack) in program.packs.iter().enumerate() {
            add(number, pack.from, pack.until);
        }
        for (number, version) in (0u16..).zip(program.versions.iter()) {
            let pack = program.pack_of(VersionId(number)).index();
            add(pack, version.from, version.until);
        }
        for expr in program.set_exprs.iter() {
            let nodes = program.set_nodes.range(expr.nodes.first, expr.nodes.count);
            for node in nodes.filter(|node| node.op == 1) {
                let versions = program.sets.at(node.arg as usize).versions;
                for version in program.set_versions.range(versions.first, versions.count) {
                    add(usize::from(expr.pack), version.from, version.until);
                }
            }
        }
        days
    })?;
    for (row, own) in tables.packs.iter_mut().zip(days) {
        row.days = range(tables.days.len(), own.len());
        tables
            .days
            .extend(own.into_iter().map(|day| DayRow { day }));
    }
    Ok(())
}

/// The facts and events by which conjuncts could be ruled out, those first that most versions read.
fn candidates(program: &Program<'_>) -> Vec<Candidate> {
    let mut found: BTreeMap<(u8, u16), (usize, BTreeSet<i64>)> = BTreeMap::new();
    for version in 0..program.versions.len() {
        each_conjunct(program, VersionId(version as u16), &mut |range, last| {
            let Some((kind, id)) = subject(program, range, last) else {
                return;
            };
            let (versions, cuts) = found.entry((kind as u8, id)).or_default();
            *versions += 1;
            if kind == KeyKind::Int {
                for (_, how, literal) in
                    subtree(program, range, last).filter_map(|node| integer_of(program, &node))
                {
                    let after = literal.checked_add(1);
                    cuts.extend(
                        match how {
                            Compare::Lt | Compare::Ge => [Some(literal), None],
                            Compare::Le | Compare::Gt => [None, after],
                            Compare::Eq => [Some(literal), after],
                        }
                        .into_iter()
                        .flatten(),
                    );
                }
            }
        });
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(key, (versions, _))| (core::cmp::Reverse(*versions), *key));
    found
        .into_iter()
        .take(KEYS_MAX)
        .filter_map(|((kind, id), (_, cuts))| {
            Some(Candidate {
                kind: KeyKind::from_u8(kind)?,
                id,
                cuts: spread(cuts.into_iter().collect(), CELLS_MAX - 1),
            })
        })
        .collect()
}

fn integer_of(program: &Program<'_>, node: &NodeRow) -> Option<(u16, Compare, i64)> {
    (node.op == Op::Int as u8)
        .then(|| integer(program, node))
        .flatten()
}

/// At most so many of the cuts, evenly spread: within a span that is too wide the condition decides.
fn spread(cuts: Vec<i64>, most: usize) -> Vec<i64> {
    if cuts.len() <= most {
        return cuts;
    }
    let count = cuts.len();
    (0..most)
        .filter_map(|number| cuts.get(number * count / most).copied())
        .collect()
}

/// Writes keys, without columns yet.
fn lay_keys(tables: &mut Tables, keys: &[Candidate]) {
    tables.keys.clear();
    tables.cuts.clear();
    tables.cells.clear();
    tables.facts.iter_mut().for_each(|fact| fact.key = NONE16);
    tables
        .events
        .iter_mut()
        .for_each(|event| event.key = NONE16);
    for (number, key) in (0u16..).zip(keys) {
        let id = usize::from(key.id);
        let cells = match key.kind {
            KeyKind::Bool | KeyKind::Happened => 2,
            KeyKind::Int => key.cuts.len() + 1,
            KeyKind::Member => {
                let of = tables.facts.get(id).map_or(NONE16, |fact| fact.of);
                let row = tables.enums.get(usize::from(of));
                row.map_or(0, |row| row.members.count as usize)
            }
        };
        let back = match key.kind {
            KeyKind::Happened => tables.events.get_mut(id).map(|event| &mut event.key),
            _ => tables.facts.get_mut(id).map(|fact| &mut fact.key),
        };
        if let Some(back) = back {
            *back = number;
        }
        tables.keys.push(KeyRow {
            kind: key.kind as u8,
            id: key.id,
            cuts: range(tables.cuts.len(), key.cuts.len()),
            cells: range(tables.cells.len(), cells),
            read_by: 0,
        });
        let cuts = key.cuts.iter().map(|least| CutRow { least: *least });
        tables.cuts.extend(cuts);
        tables.cells.extend(vec![CellRow::default(); cells]);
    }
}

/// The keys that rule out most for the room they take, within the budget; the most selective first.
fn worth_keeping(program: &Program<'_>, keys: &[Candidate]) -> Vec<Candidate> {
    let mut ruled_out = vec![0u64; keys.len()];
    let verdicts = verdicts(program);
    for (key, possible) in verdicts.iter().flat_map(|(_, keys)| keys) {
        let cells = program.keys.at(usize::from(*key)).cells.count;
        if let Some(sum) = ruled_out.get_mut(usize::from(*key)) {
            *sum += u64::from(cells - possible.count());
        }
    }
    let bytes = column_bytes(program);
    let mut ranked: Vec<(u64, usize, &Candidate)> = Vec::new();
    for (number, key) in keys.iter().enumerate() {
        let distinct: BTreeSet<Vec<u64>> =
            columns_of(program, &verdicts, number).into_iter().collect();
        let cells = u64::from(program.keys.at(number).cells.count.max(1));
        let sum = ruled_out.get(number).copied().unwrap_or(0);
        // What a value of it rules out, on average, in thousandths of a step.
        ranked.push((sum * 1_000 / cells, distinct.len() * bytes, key));
    }
    ranked.sort_by_key(|(rules_out, room, key)| {
        let worth = rules_out * 1_000 / (*room as u64).max(1);
        (core::cmp::Reverse(worth), key.kind as u8, key.id)
    });
    let mut left = BUDGET + BUDGET_OF_VERSION * program.versions.len();
    ranked.retain(|(rules_out, room, _)| {
        let fits = *rules_out > 0 && *room <= left;
        left -= if fits { *room } else { 0 };
        fits
    });
    ranked.sort_by_key(|(rules_out, _, key)| {
        (core::cmp::Reverse(*rules_out), key.kind as u8, key.id)
    });
    ranked.into_iter().map(|(_, _, key)| key.clone()).collect()
}

fn verdicts(program: &Program<'_>) -> Verdicts {
    let of = |version: usize| {
        let verdict = verdict(program, VersionId(version as u16));
        let keys = verdict
            .keys()
            .iter()
            .map(|(key, admits)| (*key, admits.sometimes));
        let position = program.versions.at(version).position as usize;
        (position, keys.collect())
    };
    (0..program.versions.len()).map(of).collect()
}

/// The columns of a key: who reads it, then its cells.
fn columns_of(program: &Program<'_>, verdicts: &Verdicts, key: usize) -> Vec<Vec<u64>> {
    let steps = program.schedule.len();
    let words = steps.div_ceil(64);
    let cells = program.keys.at(key).cells.count as usize;
    let mut all = vec![u64::MAX; words];
    if let Some(last) = all.last_mut().filter(|_| !steps.is_multiple_of(64)) {
        *last = (1 << (steps % 64)) - 1;
    }
    let mut columns = vec![vec![0; words]];
    columns.resize(cells + 1, all);
    for (position, keys) in verdicts {
        let bit = 1u64 << (position % 64);
        for (_, possible) in keys.iter().filter(|(own, _)| usize::from(*own) == key) {
            for (number, column) in columns.iter_mut().enumerate() {
                let Some(word) = column.get_mut(position / 64) else {
                    continue;
                };
                match number.checked_sub(1) {
                    None => *word |= bit,
                    Some(cell) if !possible.contains(cell as u16) => *word &= !bit,
                    Some(_) => {}
                }
            }
        }
    }
    columns
}

/// The steps to begin with, and the versions that keys alone decide.
fn start_and_whole(program: &Program<'_>) -> Vec<u64> {
    let words = program.schedule.len().div_ceil(64);
    let mut columns = vec![0u64; 2 * words];
    for (position, step) in program.schedule.iter().enumerate() {
        let id = usize::from(step.id);
        let (begins, whole) = match step.kind {
            0 => (true, verdict(program, VersionId(step.id)).whole),
            _ => (speaks(program.norms.at(id).default), false),
        };
        for (column, set) in [begins, whole].into_iter().enumerate() {
            if let Some(word) = columns.get_mut(column * words + position / 64) {
                *word |= u64::from(set) << (position % 64);
            }
        }
    }
    columns
}

fn range(first: usize, count: usize) -> Range {
    Range {
        first: index(first),
        count: index(count),
    }
}
