//! The list of sections, written once: what the codec reads, what the compiler fills, what a program borrows.

use super::error::PackError;
use super::format::*;
use super::program::Program;
use super::table::{Record, Table};
use serde::{Deserialize, Serialize};

macro_rules! sections {
    ($($name:ident: $row:ident,)+) => {
        /// The sections of a pack, borrowed from its bytes.
        #[derive(Serialize, Deserialize)]
        pub(super) struct Sections<'a> {
            pub(super) proved: u8,
            pub(super) territory: u16,
            pub(super) bounds: &'a [u8],
            pub(super) strings: &'a str,
            pub(super) changes: &'a [u8],
            pub(super) holidays: &'a [u8],
            pub(super) columns: &'a [u8],
            $(pub(super) $name: &'a [u8],)+
        }

        impl<'a> Sections<'a> {
            /// The tables, not verified yet.
            pub(super) fn program(&self) -> Result<Program<'a>, PackError> {
                Ok(Program {
                    strings: self.strings,
                    changes: self.changes,
                    holidays: self.holidays,
                    columns: self.columns,
                    territory: self.territory,
                    bounds: match self.bounds.len() {
                        BoundsRow::SIZE => BoundsRow::read(self.bounds),
                        _ => return Err(cut("bounds", self.bounds.len() / BoundsRow::SIZE)),
                    },
                    $($name: Table::new(self.$name)
                        .ok_or(cut(stringify!($name), self.$name.len() / $row::SIZE))?,)+
                })
            }
        }

        /// The tables of a pack while they are written.
        #[cfg(feature = "compiler")]
        #[derive(Clone, Debug, Default)]
        #[allow(missing_docs)] // Each table is documented at its record.
        pub struct Tables {
            pub proved: u8,
            pub territory: u16,
            pub bounds: BoundsRow,
            pub strings: String,
            pub changes: Vec<u8>,
            pub holidays: Vec<u8>,
            pub columns: Vec<u8>,
            $(pub $name: Vec<$row>,)+
        }

        #[cfg(feature = "compiler")]
        impl Tables {
            /// Lends the tables, as sections, to `with`.
            pub(super) fn lend<T>(&self, with: impl FnOnce(&Sections<'_>) -> T) -> T {
                $(let $name = super::table::bytes(&self.$name);)+
                let bounds = super::table::bytes(&[self.bounds]);
                with(&Sections {
                    proved: self.proved,
                    territory: self.territory,
                    bounds: &bounds,
                    strings: &self.strings,
                    changes: &self.changes,
                    holidays: &self.holidays,
                    columns: &self.columns,
                    $($name: &$name,)+
                })
            }
        }
    };
}

fn cut(section: &'static str, row: usize) -> PackError {
    PackError::Broken {
        section,
        row,
        why: "the last row is not whole",
    }
}

sections! {
    packs: PackRow,
    enums: EnumRow,
    members: MemberRow,
    sets: SetRow,
    set_versions: SetVersionRow,
    bits: BitsRow,
    facts: FactRow,
    events: EventRow,
    norms: NormRow,
    rules: RuleRow,
    versions: VersionRow,
    cites: CiteRow,
    untranslated: UntranslatedRow,
    effects: EffectRow,
    top_down: IdRow,
    lists: IdRow,
    defeats: DefeatRow,
    ways: IdRow,
    clashes: ClashRow,
    calendars: CalendarRow,
    holiday_names: HolidayNameRow,
    choosers: ChooserRow,
    countings: CountingRow,
    windows: WindowRow,
    anchors: AnchorRow,
    anchor_nodes: AnchorNodeRow,
    alternatives: AlternativeRow,
    ceilings: CeilingRow,
    terms: TermRow,
    conds: CondRow,
    nodes: NodeRow,
    operands: OperandRow,
    set_exprs: SetExprRow,
    set_nodes: SetNodeRow,
    zones: ZoneRow,
    properties: PropertyRow,
    schedule: StepRow,
    said: IdRow,
    days: DayRow,
    keys: KeyRow,
    cuts: CutRow,
    cells: CellRow,
}
