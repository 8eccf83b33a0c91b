//! The program of a verified pack: its tables, typed.
//!
//! Invariant: a `Program` comes only from a pack that `verify` has passed, so that every reference in it holds.

use super::format::*;
use super::table::Table;
use crate::model::{Bits, CalendarId, Currency, NormId, PackId, RuleId, VersionId, ZoneId};
use crate::time::{Calendar, Zone};

/// The tables of a pack, borrowed from its bytes.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)] // Each table is documented at its record.
pub struct Program<'a> {
    pub strings: &'a str,
    pub changes: &'a [u8],
    pub holidays: &'a [u8],
    /// The columns of the index, see [`super::index`].
    pub columns: &'a [u8],
    pub packs: Table<'a, PackRow>,
    pub enums: Table<'a, EnumRow>,
    pub members: Table<'a, MemberRow>,
    pub sets: Table<'a, SetRow>,
    pub set_versions: Table<'a, SetVersionRow>,
    pub bits: Table<'a, BitsRow>,
    pub facts: Table<'a, FactRow>,
    pub events: Table<'a, EventRow>,
    pub norms: Table<'a, NormRow>,
    pub rules: Table<'a, RuleRow>,
    pub versions: Table<'a, VersionRow>,
    pub cites: Table<'a, CiteRow>,
    pub untranslated: Table<'a, UntranslatedRow>,
    pub effects: Table<'a, EffectRow>,
    /// For each effect position of a norm: the norm's effects, those that defeat before those they defeat.
    pub top_down: Table<'a, IdRow>,
    pub lists: Table<'a, IdRow>,
    pub defeats: Table<'a, DefeatRow>,
    pub ways: Table<'a, IdRow>,
    pub clashes: Table<'a, ClashRow>,
    pub calendars: Table<'a, CalendarRow>,
    pub holiday_names: Table<'a, HolidayNameRow>,
    pub choosers: Table<'a, ChooserRow>,
    pub countings: Table<'a, CountingRow>,
    pub windows: Table<'a, WindowRow>,
    pub anchors: Table<'a, AnchorRow>,
    pub anchor_nodes: Table<'a, AnchorNodeRow>,
    pub alternatives: Table<'a, AlternativeRow>,
    pub ceilings: Table<'a, CeilingRow>,
    pub terms: Table<'a, TermRow>,
    pub conds: Table<'a, CondRow>,
    pub nodes: Table<'a, NodeRow>,
    pub operands: Table<'a, OperandRow>,
    pub set_exprs: Table<'a, SetExprRow>,
    pub set_nodes: Table<'a, SetNodeRow>,
    pub zones: Table<'a, ZoneRow>,
    pub properties: Table<'a, PropertyRow>,
    pub schedule: Table<'a, StepRow>,
    /// For each version its effects.
    pub said: Table<'a, IdRow>,
    pub days: Table<'a, DayRow>,
    pub keys: Table<'a, KeyRow>,
    pub cuts: Table<'a, CutRow>,
    pub cells: Table<'a, CellRow>,
    pub bounds: BoundsRow,
    /// The territory's enumeration, or [`NONE16`].
    pub territory: u16,
}

impl<'a> Program<'a> {
    /// The text of a range of the string pool; empty if the range is none.
    #[must_use]
    pub fn str(&self, range: Str) -> &'a str {
        let start = range.start as usize;
        self.strings
            .get(start..start.saturating_add(range.len as usize))
            .unwrap_or("")
    }

    /// The members with this index.
    #[must_use]
    pub fn members_of(&self, index: u32) -> Bits {
        let row = self.bits.at(index as usize);
        Bits([row.a, row.b, row.c, row.d])
    }

    /// A zone.
    #[must_use]
    pub fn zone(&self, zone: ZoneId) -> Zone<'a> {
        let row = self.zones.at(zone.index());
        let first = row.changes.first as usize;
        let bytes = first..first.saturating_add(row.changes.count as usize);
        Zone::trusted(row.initial, self.changes.get(bytes).unwrap_or(&[]))
    }

    /// A calendar; `None` for one that nobody declares.
    #[must_use]
    pub fn calendar(&self, calendar: CalendarId) -> Option<Calendar<'a>> {
        let row = self.calendars.at(calendar.index());
        let first = row.holidays.first as usize;
        let bytes = first..first.saturating_add(row.holidays.count as usize);
        let holidays = self.holidays.get(bytes).unwrap_or(&[]);
        (row.first <= row.last)
            .then(|| Calendar::trusted(row.weekend, (row.first, row.last), holidays))
    }

    /// The name of a holiday, by its index in its calendar.
    #[must_use]
    pub fn holiday_name(&self, calendar: CalendarId, index: usize) -> Text {
        let row = self.calendars.at(calendar.index());
        let named = self
            .calendar(calendar)
            .and_then(|calendar| calendar.named(index));
        match named {
            Some((_, name)) => {
                let at = row.names.first as usize + usize::from(name);
                self.holiday_names.at(at).text
            }
            None => Text::default(),
        }
    }

    /// The first day after a given one on which a version of something in a pack begins or is gone.
    #[must_use]
    pub fn next_day(&self, pack: &PackRow, after: i32) -> Option<i32> {
        let (mut low, mut high) = (0, pack.days.count as usize);
        let day = |index: usize| self.days.at(pack.days.first as usize + index).day;
        while low < high {
            let middle = low.midpoint(high);
            if day(middle) <= after {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < pack.days.count as usize).then(|| day(low))
    }

    /// The pack to which a version of a rule belongs.
    #[must_use]
    #[inline]
    pub fn pack_of(&self, version: VersionId) -> PackId {
        let rule = self.versions.at(version.index()).rule;
        PackId(self.rules.at(usize::from(rule)).pack)
    }

    /// The pack and the name of a rule: written `pack/name`.
    #[must_use]
    pub fn rule_name(&self, rule: RuleId) -> (&'a str, &'a str) {
        let row = self.rules.at(rule.index());
        (
            self.str(self.packs.at(usize::from(row.pack)).name),
            self.str(row.name),
        )
    }

    /// The name of a norm, and its member if it is one of a family: written `disclose of subscriber`.
    #[must_use]
    pub fn norm_name(&self, norm: NormId) -> (&'a str, Option<&'a str>) {
        let row = self.norms.at(norm.index());
        let member = self.str(row.member);
        (self.str(row.name), (!member.is_empty()).then_some(member))
    }
}

/// A currency from its number in the tables.
#[must_use]
pub fn currency(number: u32) -> Currency {
    let [a, b, c, _] = number.to_le_bytes();
    Currency([a, b, c])
}

/// The number of a currency in the tables.
#[must_use]
pub fn currency_number(currency: Currency) -> u32 {
    let Currency([a, b, c]) = currency;
    u32::from_le_bytes([a, b, c, 0])
}
