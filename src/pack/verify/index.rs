//! The index, held against what it is made of: the effects of versions, the days of packs, and the columns of keys.
//!
//! Invariant: a bit that is clear is clear because a conjunct of that version is false on every value of the cell, and
//! a version that is marked as whole has no other conjunct. Each column is counted too, so that no other bit is clear.
//! So an index never loses a duty: what it leaves out, the conditions would have left out.

use super::{Check, Checked, Owned, Row};
use crate::model::VersionId;
use crate::pack::format::{NONE16, PackRow, StepRow};
use crate::pack::index::{
    CELLS_MAX, KEYS_MAX, KeyKind, START, WHOLE, column_bytes, is_set, speaks, verdict,
};

/// How many bits the columns should have, as far as versions were looked at.
#[derive(Default)]
struct Counted {
    ruled_out: u64,
    read: u64,
    whole: u64,
}

impl Check<'_, '_> {
    /// All that lets an evaluation leave out what cannot matter.
    pub(super) fn index(self) -> Checked {
        self.said()?;
        self.days()?;
        self.keys()?;
        self.columns()
    }

    /// For each version its effects, for each pack its versions.
    fn said(self) -> Checked {
        let p = self.p;
        let mut said = Owned::new("said");
        for (number, row) in p.versions.iter().enumerate() {
            let at = Row("versions", number);
            said.take(at, row.effects)?;
            let mut next = 0;
            for item in p.said.range(row.effects.first, row.effects.count) {
                let own = usize::from(p.effects.at(usize::from(item.id)).version) == number;
                at.holds(own, "an effect is said to be of another version")?;
                let id = u32::from(item.id);
                at.holds(next <= id, "a list of effects is not in order")?;
                next = id + 1;
            }
        }
        said.end(p.said.len())?;
        Row("said", p.said.len()).holds(
            p.said.len() == p.effects.len(),
            "it does not have one row for each effect",
        )?;
        let mut versions = Owned::new("versions");
        for (number, row) in p.packs.iter().enumerate() {
            let at = Row("packs", number);
            versions.take(at, row.versions)?;
            let first = row.versions.first as usize;
            for version in first..first + row.versions.count as usize {
                let own = p.pack_of(VersionId(version as u16)).index() == number;
                at.holds(own, "a version is said to be of another pack")?;
            }
        }
        versions.end(p.versions.len())
    }

    /// Each day on which something of a pack begins or is gone is among its days.
    fn days(self) -> Checked {
        let p = self.p;
        let mut days = Owned::new("days");
        for (number, row) in p.packs.iter().enumerate() {
            let at = Row("packs", number);
            days.take(at, row.days)?;
            let mut last = None;
            for item in p.days.range(row.days.first, row.days.count) {
                at.holds(last < Some(item.day), "its days are not in order")?;
                last = Some(item.day);
            }
            self.has_days(at, &row, row.from, row.until)?;
            for version in p.versions.range(row.versions.first, row.versions.count) {
                self.has_days(at, &row, version.from, version.until)?;
            }
        }
        days.end(p.days.len())?;
        for expr in p.set_exprs.iter() {
            let pack = usize::from(expr.pack);
            let (at, row) = (Row("packs", pack), p.packs.at(pack));
            let nodes = p.set_nodes.range(expr.nodes.first, expr.nodes.count);
            for node in nodes.filter(|node| node.op == 1) {
                let versions = p.sets.at(node.arg as usize).versions;
                for version in p.set_versions.range(versions.first, versions.count) {
                    self.has_days(at, &row, version.from, version.until)?;
                }
            }
        }
        Ok(())
    }

    fn has_days(self, at: Row, pack: &PackRow, from: i32, until: i32) -> Checked {
        for day in [from, until] {
            let dated = day != i32::MIN && day != i32::MAX;
            at.holds(
                !dated || self.p.next_day(pack, day.saturating_sub(1)) == Some(day),
                "a day on which something of it begins or is gone is not among its days",
            )?;
        }
        Ok(())
    }

    /// Each key is of one fact or event, which says so, and has the cells of its kind.
    fn keys(self) -> Checked {
        let p = self.p;
        let keys = p.keys.len();
        Row("keys", keys).holds(keys <= KEYS_MAX, "there are too many keys")?;
        let bytes = column_bytes(p);
        let columns = p.columns.len().checked_div(bytes).unwrap_or(0);
        let place = Row("columns", columns);
        place.holds(
            p.columns.len() == columns * bytes,
            "the last column is not whole",
        )?;
        let none = bytes == 0 && keys == 0;
        let some = columns > WHOLE as usize;
        place.holds(none || some, "a column is missing")?;
        let (mut cuts, mut cells) = (Owned::new("cuts"), Owned::new("cells"));
        for (number, row) in p.keys.iter().enumerate() {
            let at = Row("keys", number);
            let id = usize::from(row.id);
            let fact = p.facts.at(id);
            let (length, back, count) = match KeyKind::from_u8(row.kind) {
                Some(KeyKind::Bool) if fact.ty == 0 => (p.facts.len(), fact.key, 2),
                Some(KeyKind::Member) if fact.ty == 1 => {
                    (p.facts.len(), fact.key, u32::from(self.members(fact.of)))
                }
                Some(KeyKind::Int) if fact.ty == 3 => {
                    let spans = row.cuts.count.saturating_add(1);
                    (p.facts.len(), fact.key, spans)
                }
                Some(KeyKind::Happened) => (p.events.len(), p.events.at(id).key, 2),
                _ => (0, NONE16, 0),
            };
            at.index(id, length, "there is no such fact or event")?;
            at.holds(usize::from(back) == number, "what it is of has another key")?;
            at.holds(
                row.cells.count == count && count as usize <= CELLS_MAX,
                "it has not the cells of its kind",
            )?;
            let is_cut = row.kind == KeyKind::Int as u8 || row.cuts.count == 0;
            at.holds(is_cut, "what is no integer has cuts")?;
            cuts.take(at, row.cuts)?;
            let mut last = None;
            for cut in p.cuts.range(row.cuts.first, row.cuts.count) {
                at.holds(last < Some(cut.least), "its cuts are not in order")?;
                last = Some(cut.least);
            }
            cells.take(at, row.cells)?;
            at.index(row.read_by, columns, "there is no such column")?;
            for cell in p.cells.range(row.cells.first, row.cells.count) {
                at.index(cell.column, columns, "there is no such column")?;
            }
        }
        cuts.end(p.cuts.len())?;
        cells.end(p.cells.len())?;
        let facts = p.facts.iter().map(|fact| (fact.key, false));
        let events = p.events.iter().map(|event| (event.key, true));
        self.no_stray("facts", facts.enumerate().find(|item| self.strays(item)))?;
        self.no_stray("events", events.enumerate().find(|item| self.strays(item)))
    }

    /// True if a fact or event has a key that is not of it.
    fn strays(self, item: &(usize, (u16, bool))) -> bool {
        let (id, (key, event)) = *item;
        let row = self.p.keys.at(usize::from(key));
        let known = usize::from(key) < self.p.keys.len();
        let own = usize::from(row.id) == id && (row.kind == KeyKind::Happened as u8) == event;
        key != NONE16 && !(known && own)
    }

    fn no_stray(self, section: &'static str, found: Option<(usize, (u16, bool))>) -> Checked {
        match found {
            None => Ok(()),
            Some((id, _)) => Row(section, id).holds(false, "its key is of something else"),
        }
    }

    /// Each bit of the columns.
    fn columns(self) -> Checked {
        let p = self.p;
        let steps = p.schedule.len() as u64;
        let mut counted = Counted::default();
        for number in 0..p.versions.len() {
            self.version_bits(number, &mut counted)?;
        }
        let (mut ruled_out, mut read) = (0, 0);
        for (number, key) in p.keys.iter().enumerate() {
            let at = Row("keys", number);
            for cell in p.cells.range(key.cells.first, key.cells.count) {
                ruled_out += steps - self.ones(at, cell.column)?;
            }
            read += self.ones(at, key.read_by)?;
        }
        let at = Row("columns", 0);
        at.holds(
            ruled_out == counted.ruled_out,
            "a step is ruled out that no conjunct rules out",
        )?;
        at.holds(read == counted.read, "a version reads no such key")?;
        if steps == 0 {
            return Ok(());
        }
        at.holds(
            self.ones(at, WHOLE)? == counted.whole,
            "what is no version is decided by keys",
        )?;
        let mut begun = 0;
        for (position, step) in (0u32..).zip(p.schedule.iter()) {
            let begins = step.kind == 0 || self.speaks(&step);
            begun += u64::from(begins);
            at.holds(
                is_set(p.column(START), position) == begins,
                "a step that must be looked at is not, or the other way round",
            )?;
        }
        at.holds(self.ones(at, START)? == begun, "there are other steps")
    }

    fn speaks(self, step: &StepRow) -> bool {
        speaks(self.p.norms.at(usize::from(step.id)).default)
    }

    fn version_bits(self, number: usize, counted: &mut Counted) -> Checked {
        let p = self.p;
        let at = Row("versions", number);
        let position = p.versions.at(number).position;
        let has = p.bit_in_columns(position);
        let verdict = verdict(p, VersionId(number as u16));
        for (key, admits) in verdict.keys() {
            let key = p.keys.at(usize::from(*key));
            counted.read += 1;
            at.holds(
                has(key.read_by),
                "it reads a key, and the index does not say so",
            )?;
            let (mut first, end) = (key.cells.first, key.cells.first + key.cells.count);
            let (mut possible, mut differs) = (0, false);
            for mut word in admits.sometimes.0 {
                let count = (end - first).min(64);
                for row in p.cells.range(first, count) {
                    differs |= has(row.column) != (word & 1 == 1);
                    possible += word & 1;
                    word >>= 1;
                }
                first += count;
            }
            counted.ruled_out += u64::from(key.cells.count) - possible;
            at.holds(!differs, "the index does not say where it can apply")?;
        }
        counted.whole += u64::from(verdict.whole);
        at.holds(
            has(WHOLE) == verdict.whole,
            "the index does not say whether keys alone decide it",
        )
    }

    /// How many bits of a column are set; none may be beyond the last step.
    fn ones(self, at: Row, column: u32) -> Result<u64, super::Broken> {
        let bytes = self.p.column(column);
        let steps = self.p.schedule.len();
        let last = bytes.get(steps / 8).copied().unwrap_or(0);
        let more = bytes.get(steps / 8 + 1..).unwrap_or(&[]);
        let beyond = last >> (steps % 8) != 0 || more.iter().any(|byte| *byte != 0);
        at.holds(!beyond, "a column goes on beyond the last step")?;
        // A column is whole words.
        let words = bytes.as_chunks().0.iter().copied();
        let ones = words.map(|word| u64::from_ne_bytes(word).count_ones());
        Ok(ones.map(u64::from).sum())
    }
}
