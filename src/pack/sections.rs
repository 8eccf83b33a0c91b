//! The list of sections, written once: what the codec reads, what the compiler fills, what a program borrows.

use super::codec::Reader;
use super::error::PackError;
use super::format::*;
use super::program::Program;
use super::table::{Record, Table};

macro_rules! sections {
    ($($name:ident: $row:ident,)+) => {
        /// The sections of a pack, borrowed from its bytes.
        pub(super) struct Sections<'a> {
            pub(super) proved: u8,
            pub(super) territory: u16,
            pub(super) bounds: &'a [u8],
            pub(super) strings: &'a str,
            pub(super) changes: &'a [u8],
            pub(super) holidays: &'a [u8],
            pub(super) columns: &'a [u8],
            /// The tables, in their order.
            pub(super) tables: [&'a [u8]; COUNT],
        }

        impl<'a> Sections<'a> {
            /// The sections, in the order in which they stand; `None` if they cannot be told apart.
            pub(super) fn read(from: &mut Reader<'a>) -> Option<Sections<'a>> {
                let [proved] = from.array()?;
                let territory = u16::from_le_bytes(from.array()?);
                let bounds = from.bytes()?;
                let strings = core::str::from_utf8(from.bytes()?).ok()?;
                let changes = from.bytes()?;
                let holidays = from.bytes()?;
                let columns = from.bytes()?;
                let mut tables: [&[u8]; COUNT] = [&[]; COUNT];
                for table in &mut tables {
                    *table = from.bytes()?;
                }
                Some(Sections {
                    proved,
                    territory,
                    bounds,
                    strings,
                    changes,
                    holidays,
                    columns,
                    tables,
                })
            }

            /// The tables, not verified yet.
            pub(super) fn program(&self) -> Result<Program<'a>, PackError> {
                for (at, (bytes, size)) in self.tables.iter().zip(SIZES).enumerate() {
                    if !bytes.len().is_multiple_of(size) {
                        return Err(cut(at, bytes.len(), size));
                    }
                }
                let [$($name),+] = self.tables;
                Ok(Program {
                    strings: self.strings,
                    changes: self.changes,
                    holidays: self.holidays,
                    columns: self.columns,
                    territory: self.territory,
                    bounds: match self.bounds.len() {
                        BoundsRow::SIZE => BoundsRow::read(self.bounds),
                        _ => return Err(cut(usize::MAX, self.bounds.len(), BoundsRow::SIZE)),
                    },
                    $($name: Table::whole($name),)+
                })
            }
        }

        /// The bytes of a row of each table, in the order in which they stand.
        const SIZES: [usize; COUNT] = [$($row::SIZE),+];
        /// The names of the tables.
        const NAMES: [&str; COUNT] = [$(stringify!($name)),+];
        /// How many tables there are.
        const COUNT: usize = [$(<$row>::SIZE),+].len();

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
                    tables: [$(&$name),+],
                })
            }
        }
    };
}

/// In the order in which they are read, each by its name.
#[cfg(feature = "compiler")]
impl serde::Serialize for Sections<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut to = to.serialize_struct("Sections", COUNT + 7)?;
        to.serialize_field("proved", &self.proved)?;
        to.serialize_field("territory", &self.territory)?;
        to.serialize_field("bounds", self.bounds)?;
        to.serialize_field("strings", self.strings)?;
        to.serialize_field("changes", self.changes)?;
        to.serialize_field("holidays", self.holidays)?;
        to.serialize_field("columns", self.columns)?;
        for (name, table) in NAMES.into_iter().zip(self.tables) {
            to.serialize_field(name, table)?;
        }
        to.end()
    }
}

#[cold]
#[inline(never)]
fn cut(table: usize, bytes: usize, size: usize) -> PackError {
    PackError::Broken {
        section: NAMES.get(table).copied().unwrap_or("bounds"),
        row: bytes / size.max(1),
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
