//! Enumerations, sets, facts, events, zones and packs.

use super::{Check, Checked, Owned, Row};
use crate::model::limits::{ENUM_MEMBERS_MAX, INSTANT_END, INSTANT_MIN};
use crate::model::{PackStatus, Verification};
use crate::pack::format::{FactRow, NONE16, NONE32, ZoneRow};
use crate::time::Zone;
use crate::time::instant::{SECOND, in_range};
use crate::time::zone::CHANGE_BYTES;

impl Check<'_, '_> {
    /// All that rules speak of.
    pub(super) fn vocabulary(self) -> Checked {
        self.enums()?;
        self.sets()?;
        for (number, fact) in self.p.facts.iter().enumerate() {
            self.fact_row(Row("facts", number), &fact)?;
        }
        for (number, event) in self.p.events.iter().enumerate() {
            let at = Row("events", number);
            self.str(at, event.name)?;
            self.text(at, event.ask)?;
        }
        for (number, cite) in self.p.cites.iter().enumerate() {
            let at = Row("cites", number);
            self.text(at, cite.article)?;
            let how = Verification::from_u8(cite.how);
            at.holds(how.is_some(), "there is no such verification")?;
        }
        for (number, row) in self.p.untranslated.iter().enumerate() {
            self.text(Row("untranslated", number), row.text)?;
        }
        self.zones()
    }

    fn enums(self) -> Checked {
        let mut members = Owned::new("members");
        for (number, row) in self.p.enums.iter().enumerate() {
            let at = Row("enums", number);
            self.str(at, row.name)?;
            members.take(at, row.members)?;
            at.holds(
                row.members.count as usize <= ENUM_MEMBERS_MAX,
                "an enumeration has too many members",
            )?;
        }
        members.end(self.p.members.len())?;
        for (number, row) in self.p.members.iter().enumerate() {
            let at = Row("members", number);
            self.str(at, row.name)?;
            self.text(at, row.label)?;
        }
        let at = Row("enums", usize::from(self.p.territory));
        let none = "there is no such territory";
        at.index_or_none(self.p.territory, self.p.enums.len(), none)?;
        at.holds(
            self.p.territory == NONE16 || self.members(self.p.territory) > 0,
            "the territory has no members",
        )
    }

    fn sets(self) -> Checked {
        let mut versions = Owned::new("set_versions");
        for (number, row) in self.p.sets.iter().enumerate() {
            let at = Row("sets", number);
            self.str(at, row.name)?;
            at.index(row.of, self.p.enums.len(), "there is no such enumeration")?;
            versions.take(at, row.versions)?;
            let rows = self
                .p
                .set_versions
                .range(row.versions.first, row.versions.count);
            for (number, version) in (row.versions.first as usize..).zip(rows) {
                let at = Row("set_versions", number);
                at.interval(version.from, version.until)?;
                self.bits(at, version.bits, row.of)?;
            }
        }
        versions.end(self.p.set_versions.len())
    }

    fn fact_row(self, at: Row, row: &FactRow) -> Checked {
        self.str(at, row.name)?;
        self.text(at, row.ask)?;
        at.flag(row.presumed)?;
        at.holds(row.ty <= 5, "there is no such type")?;
        match row.ty {
            1 | 2 => at.index(row.of, self.p.enums.len(), "there is no such enumeration")?,
            _ => at.holds(
                row.of == NONE16,
                "a fact without members has an enumeration",
            )?,
        }
        at.holds(
            if row.ty == 3 {
                row.least <= row.most
            } else {
                (row.least, row.most) == (0, 0)
            },
            "the bounds of a fact are none",
        )?;
        let presumed = row.presumed == 1;
        let fits = match row.ty {
            _ if !presumed => row.value == 0,
            0 => (0..=1).contains(&row.value),
            1 => (0..i64::from(self.members(row.of))).contains(&row.value),
            2 => row.value == 0,
            3 => (row.least..=row.most).contains(&row.value),
            5 => in_range(row.value).is_some(),
            _ => true,
        };
        at.holds(fits, "a presumed value is not one that the fact can have")?;
        if presumed && row.ty == 4 {
            at.currency(row.currency)?;
        } else {
            at.holds(
                row.currency == 0,
                "something that is no amount has a currency",
            )?;
        }
        if presumed && row.ty == 2 {
            self.bits(at, row.bits, row.of)
        } else {
            at.holds(row.bits == NONE32, "something that is no set has members")
        }
    }

    fn zones(self) -> Checked {
        let mut changes = Owned::new("changes");
        for (number, row) in self.p.zones.iter().enumerate() {
            let at = Row("zones", number);
            self.str(at, row.name)?;
            changes.take(at, row.changes)?;
            self.zone(at, &row)?;
        }
        changes.end(self.p.changes.len())?;
        let utc = self.p.zones.at(0);
        Row("zones", 0).holds(
            self.p.str(utc.name) == "UTC" && utc.initial == 0 && utc.changes.count == 0,
            "the first zone is not `UTC`",
        )
    }

    /// Instants of changes are kept within the engine's, so that no local time of one overflows.
    fn zone(self, at: Row, row: &ZoneRow) -> Checked {
        let broken = "a zone's table is broken";
        let first = row.changes.first as usize;
        let end = first.saturating_add(row.changes.count as usize);
        let bytes = self.p.changes.get(first..end);
        at.holds(bytes.is_some(), broken)?;
        at.holds(row.initial.unsigned_abs() < 86_400, broken)?;
        let bytes = bytes.unwrap_or(&[]);
        for change in bytes.chunks(CHANGE_BYTES) {
            let read = change.split_first_chunk::<8>().and_then(|(at, offset)| {
                let offset = i32::from_le_bytes(offset.try_into().ok()?);
                Some((i64::from_le_bytes(*at), offset))
            });
            let second = INSTANT_MIN / SECOND..INSTANT_END / SECOND;
            let fits =
                |(at, offset): (i64, i32)| second.contains(&at) && offset.unsigned_abs() < 86_400;
            at.holds(read.is_some_and(fits), broken)?;
        }
        at.holds(Zone::new(row.initial, bytes).is_some(), broken)
    }

    /// The packs, in the order of their names.
    pub(super) fn packs(self) -> Checked {
        let mut last = "";
        for (number, row) in self.p.packs.iter().enumerate() {
            let at = Row("packs", number);
            self.str(at, row.name)?;
            let name = self.p.str(row.name);
            at.holds(
                last < name,
                "packs do not stand in the order of their names",
            )?;
            last = name;
            self.text(at, row.title)?;
            self.text(at, row.source)?;
            at.flag(row.adopted)?;
            at.flag(row.dated)?;
            let status = PackStatus::from_u8(row.status);
            at.holds(status.is_some(), "there is no such status")?;
            at.holds(
                row.adopted == 0 || status.is_some_and(PackStatus::adoptable),
                "a pack is adopted that cannot be",
            )?;
            at.index(row.zone, self.p.zones.len(), "there is no such zone")?;
            let none = "there is no such event";
            at.index_or_none(row.judged_by, self.p.events.len(), none)?;
            at.interval(row.from, row.until)?;
            // Number and id are the same: there are fewer packs than ids.
            self.cond(at, row.applies, number as u16)?;
        }
        Ok(())
    }
}
