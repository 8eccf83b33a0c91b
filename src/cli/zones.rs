//! The bundled time-zone data as a source of zones.
//!
//! Invariant: only the data that was compiled in is read, never that of the machine, so that one `exq` gives the
//! same pack everywhere.

use crate::compile::{ZoneSource, ZoneTable};
use crate::model::limits::{INSTANT_END, INSTANT_MIN};
use crate::time::instant::SECOND;
use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

/// The IANA data that was compiled in.
#[derive(Clone, Debug)]
pub struct BundledZones(TimeZoneDatabase);

impl Default for BundledZones {
    fn default() -> Self {
        BundledZones(TimeZoneDatabase::bundled())
    }
}

impl ZoneSource for BundledZones {
    /// Changes of nothing but the name or the season are left out.
    fn zone(&self, name: &str) -> Option<ZoneTable> {
        let zone = self.0.get(name).ok()?;
        // The database takes `europe/paris` as well; a pack has one spelling.
        if zone.iana_name() != Some(name) {
            return None;
        }
        let start = Timestamp::from_second(INSTANT_MIN / SECOND).ok()?;
        let initial = zone.to_offset(start).seconds();
        let mut changes = Vec::new();
        let mut last = initial;
        for change in zone.following(start) {
            let second = change.timestamp().as_second();
            if second >= INSTANT_END / SECOND {
                break;
            }
            let offset = change.offset().seconds();
            if offset != last {
                changes.push((second, offset));
                last = offset;
            }
        }
        Some(ZoneTable { initial, changes })
    }

    fn names(&self) -> Vec<String> {
        self.0.available().map(|name| name.to_string()).collect()
    }
}
