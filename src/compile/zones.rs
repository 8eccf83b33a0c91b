//! Where the compiler takes time zones from: somebody's zone data, or a pack that has them already.
//!
//! Invariant: a table covers all instants that the engine takes, and a pack holds the tables it needs, so that
//! the machine that evaluates it needs no zone data and cannot have another opinion.

use crate::pack::Program;
use crate::time::zone::CHANGE_BYTES;

/// The clock changes of a zone from 1970 to 2099.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ZoneTable {
    /// The offset at the beginning of 1970, in seconds east of UTC.
    pub initial: i32,
    /// The second of UTC of each change, and the offset from then on; ascending.
    pub changes: Vec<(i64, i32)>,
}

impl ZoneTable {
    /// Its changes as a pack holds them.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.changes.len() * CHANGE_BYTES);
        for (at, offset) in &self.changes {
            out.extend_from_slice(&at.to_le_bytes());
            out.extend_from_slice(&offset.to_le_bytes());
        }
        out
    }
}

/// Somebody who knows time zones.
pub trait ZoneSource {
    /// The table of a zone by its IANA name, such as `Europe/Paris`; nothing if it is not known.
    fn zone(&self, name: &str) -> Option<ZoneTable>;

    /// The names it knows, to suggest one for a slip of the pen.
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// No zone data at all: `UTC` needs none.
#[derive(Clone, Copy, Debug)]
pub struct UtcOnly;

impl ZoneSource for UtcOnly {
    fn zone(&self, name: &str) -> Option<ZoneTable> {
        (name == "UTC").then(ZoneTable::default)
    }

    fn names(&self) -> Vec<String> {
        vec!["UTC".to_owned()]
    }
}

/// The zones of a compiled pack: for hosts that compile without zone data of their own.
#[derive(Clone, Copy, Debug)]
pub struct PackZones<'a>(pub Program<'a>);

impl ZoneSource for PackZones<'_> {
    fn zone(&self, name: &str) -> Option<ZoneTable> {
        let row = self
            .0
            .zones
            .iter()
            .find(|row| self.0.str(row.name) == name)?;
        let first = row.changes.first as usize;
        let bytes = self
            .0
            .changes
            .get(first..first.checked_add(row.changes.count as usize)?)?;
        let change = |record: &[u8]| {
            let (at, offset) = record.split_first_chunk()?;
            Some((
                i64::from_le_bytes(*at),
                i32::from_le_bytes(offset.try_into().ok()?),
            ))
        };
        Some(ZoneTable {
            initial: row.initial,
            changes: bytes.chunks(CHANGE_BYTES).map_while(change).collect(),
        })
    }

    fn names(&self) -> Vec<String> {
        let name = |row: crate::pack::format::ZoneRow| self.0.str(row.name).to_owned();
        self.0.zones.iter().map(name).collect()
    }
}
