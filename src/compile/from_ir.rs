//! Ir to tables: the shared vocabulary, and the order in which everything is laid out.
//!
//! Invariant: the rows of a table that belong to one owner stand together, and in the order of their owners, so
//! that the loader can check that each row has exactly one owner by reading the tables once.

use super::error::{CompileError, nearest};
use super::pool::{Known, Strings, index};
use super::zones::{ZoneSource, ZoneTable};
use crate::check::ir::{Fact, Ir, Place, Step, Type, Value};
use crate::model::limits::{ENTRIES_MAX, TABLE_MAX};
use crate::model::{EnumId, FactId};
use crate::pack::Tables;
use crate::pack::format::*;
use crate::pack::program::currency_number;
use crate::time::Zone;

/// What the host decides when it builds a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompileOptions {
    /// Names of `announced` and `voluntary` packs that decide.
    pub adopt: Vec<String>,
}

/// Compiles a link into the bytes of a pack.
///
/// # Errors
/// See [`CompileError`].
pub fn compile(
    ir: &Ir,
    zones: &dyn ZoneSource,
    options: &CompileOptions,
) -> Result<Vec<u8>, CompileError> {
    let mut lowering = Lowering::new(ir);
    lowering.zones(zones)?;
    lowering.vocabulary();
    lowering.calendars();
    lowering.countings();
    lowering.packs(options)?;
    lowering.norms()?;
    lowering.versions()?;
    let property_conds = lowering.property_conds()?;
    lowering.effects()?;
    lowering.properties(&property_conds);
    lowering.finish()
}

/// A link on its way into tables.
pub(super) struct Lowering<'a> {
    pub(super) ir: &'a Ir,
    pub(super) out: Tables,
    pub(super) strings: Strings,
    pub(super) known_bits: Known,
    pub(super) known_sets: Known,
    pub(super) known_anchors: Known,
    pub(super) known_operands: Known,
    pub(super) known_conds: Known,
    /// The step of the schedule at which each norm is settled.
    pub(super) norm_positions: Vec<u32>,
    /// The step at which each version is evaluated.
    pub(super) version_positions: Vec<u32>,
    /// Where the author is to look, should what is being written be too large.
    pub(super) place: Place,
}

impl<'a> Lowering<'a> {
    fn new(ir: &'a Ir) -> Self {
        let mut norm_positions = vec![NONE32; ir.norms.len()];
        let mut version_positions = vec![NONE32; ir.versions.len()];
        for (position, step) in ir.schedule.iter().enumerate() {
            let slot = match step {
                Step::Version(version) => version_positions.get_mut(version.index()),
                Step::Norm(norm) => norm_positions.get_mut(norm.index()),
            };
            if let Some(slot) = slot {
                *slot = index(position);
            }
        }
        Lowering {
            ir,
            out: Tables {
                territory: ir.territory.map_or(NONE16, |territory| territory.0),
                ..Tables::default()
            },
            strings: Strings::default(),
            known_bits: Known::default(),
            known_sets: Known::default(),
            known_anchors: Known::default(),
            known_operands: Known::default(),
            known_conds: Known::default(),
            norm_positions,
            version_positions,
            place: Place {
                file: 0,
                span: crate::syntax::ast::Span::default(),
            },
        }
    }

    /// An error if there is more of something than may be, at the place that is being written.
    pub(super) fn most(
        &self,
        what: &'static str,
        count: usize,
        of: &'static str,
        most: usize,
    ) -> Result<(), CompileError> {
        if count <= most {
            return Ok(());
        }
        let place = self.place;
        Err(CompileError::TooLarge {
            what,
            count,
            of,
            most,
            place,
        })
    }

    /// The enumeration of a fact's members, if it has any.
    pub(super) fn enum_of_fact(&self, fact: FactId) -> Option<EnumId> {
        match self.ir.facts.get(fact.index())?.ty {
            Type::Enum(of) | Type::SetOf(of) => Some(of),
            _ => None,
        }
    }

    fn zones(&mut self, zones: &dyn ZoneSource) -> Result<(), CompileError> {
        for zone in &self.ir.zones {
            let (name, place) = (&zone.name, zone.place);
            let table = match name.as_str() {
                "UTC" => ZoneTable::default(),
                _ => zones.zone(name).ok_or_else(|| CompileError::Zone {
                    name: name.clone(),
                    nearest: nearest(name, zones.names().iter().map(String::as_str)),
                    place,
                })?,
            };
            let bytes = table.to_bytes();
            if Zone::new(table.initial, &bytes).is_none() {
                let name = name.clone();
                return Err(CompileError::BrokenZone { name, place });
            }
            self.out.zones.push(ZoneRow {
                name: self.strings.add(name),
                initial: table.initial,
                changes: Range {
                    first: index(self.out.changes.len()),
                    count: index(bytes.len()),
                },
            });
            self.out.changes.extend_from_slice(&bytes);
        }
        Ok(())
    }

    fn vocabulary(&mut self) {
        let ir = self.ir;
        for item in &ir.enums {
            let first = index(self.out.members.len());
            for member in &item.members {
                self.out.members.push(MemberRow {
                    name: self.strings.add(&member.name),
                    label: self.strings.both(&member.label),
                });
            }
            self.out.enums.push(EnumRow {
                name: self.strings.add(&item.name),
                members: Range {
                    first,
                    count: index(item.members.len()),
                },
            });
        }
        for set in &ir.sets {
            let first = index(self.out.set_versions.len());
            for (interval, bits) in &set.versions {
                let bits = self.bits(*bits);
                self.out.set_versions.push(SetVersionRow {
                    from: interval.from,
                    until: interval.until,
                    bits,
                });
            }
            self.out.sets.push(SetRow {
                name: self.strings.add(&set.name),
                of: set.of.0,
                versions: Range {
                    first,
                    count: index(set.versions.len()),
                },
            });
        }
        for fact in &ir.facts {
            let row = self.fact(fact);
            self.out.facts.push(row);
        }
        for event in &ir.events {
            self.out.events.push(EventRow {
                name: self.strings.add(&event.name),
                ask: self.strings.both(&event.ask),
                key: NONE16,
            });
        }
    }

    fn fact(&mut self, fact: &Fact) -> FactRow {
        let (ty, of, least, most) = match fact.ty {
            Type::Bool => (0, NONE16, 0, 0),
            Type::Enum(of) => (1, of.0, 0, 0),
            Type::SetOf(of) => (2, of.0, 0, 0),
            Type::Int(least, most) => (3, NONE16, least, most),
            Type::Money => (4, NONE16, 0, 0),
            Type::Instant => (5, NONE16, 0, 0),
        };
        let (value, currency, bits) = match fact.presumed {
            None => (0, 0, NONE32),
            Some(Value::Bool(value)) => (i64::from(value), 0, NONE32),
            Some(Value::Member(member)) => (i64::from(member), 0, NONE32),
            Some(Value::Members(bits)) => (0, 0, self.bits(bits)),
            Some(Value::Int(value) | Value::Instant(value)) => (value, 0, NONE32),
            Some(Value::Money(money)) => (money.minor, currency_number(money.currency), NONE32),
        };
        FactRow {
            name: self.strings.add(&fact.name),
            ty,
            of,
            least,
            most,
            presumed: u8::from(fact.presumed.is_some()),
            value,
            currency,
            bits,
            ask: self.strings.both(&fact.ask),
            key: NONE16,
        }
    }

    fn packs(&mut self, options: &CompileOptions) -> Result<(), CompileError> {
        let ir = self.ir;
        for name in &options.adopt {
            let mut known = ir.compiled_packs();
            let Some(pack) = known.find(|pack| pack.name == *name) else {
                return Err(CompileError::NoSuchPack {
                    name: name.clone(),
                    nearest: nearest(name, ir.compiled_packs().map(|pack| pack.name.as_str())),
                });
            };
            if !pack.status.adoptable() {
                return Err(CompileError::NotAdoptable {
                    name: name.clone(),
                    status: pack.status.word(),
                });
            }
        }
        for (id, pack) in (0u16..).zip(ir.compiled_packs()) {
            self.place = pack.place;
            let row = PackRow {
                name: self.strings.add(&pack.name),
                title: self.strings.both(&pack.title),
                source: self.strings.both(&pack.source),
                status: pack.status as u8,
                adopted: u8::from(options.adopt.contains(&pack.name)),
                dated: u8::from(pack.dated),
                zone: pack.zone.0,
                judged_by: pack.judged_by.map_or(NONE16, |event| event.0),
                from: pack.interval.from,
                until: pack.interval.until,
                applies: self.cond(&pack.applies, crate::model::PackId(id))?,
                versions: Range::default(),
                days: Range::default(),
            };
            self.out.packs.push(row);
        }
        Ok(())
    }

    /// The conditions of the properties, before any list of an effect is written.
    fn property_conds(&mut self) -> Result<Vec<u32>, CompileError> {
        let mut conds = Vec::new();
        for property in &self.ir.properties {
            self.place = property.place;
            conds.push(self.cond(&property.cond, property.pack)?);
        }
        Ok(conds)
    }

    fn properties(&mut self, conds: &[u32]) {
        for (property, cond) in self.ir.properties.iter().zip(conds) {
            let norms = self.list(property.norms.iter().map(|norm| norm.0));
            self.out.properties.push(PropertyRow {
                pack: property.pack.0,
                always: u8::from(property.always),
                unless: u8::from(property.unless),
                outcome: property.outcome as u8,
                norms,
                cond: *cond,
                text: self.strings.add(&property.text),
            });
        }
    }

    /// A list of ids.
    pub(super) fn list(&mut self, ids: impl IntoIterator<Item = u16>) -> Range {
        let first = self.out.lists.len();
        self.out
            .lists
            .extend(ids.into_iter().map(|id| IdRow { id }));
        Range {
            first: index(first),
            count: index(self.out.lists.len() - first),
        }
    }

    fn finish(mut self) -> Result<Vec<u8>, CompileError> {
        self.out.schedule = self
            .ir
            .schedule
            .iter()
            .map(|step| match step {
                Step::Version(version) => StepRow {
                    kind: 0,
                    id: version.0,
                },
                Step::Norm(norm) => StepRow {
                    kind: 1,
                    id: norm.0,
                },
            })
            .collect();
        self.out.strings = core::mem::take(&mut self.strings.text);
        let counts = [
            ("packs", self.out.packs.len()),
            ("enumerations", self.out.enums.len()),
            ("sets", self.out.sets.len()),
            ("facts", self.out.facts.len()),
            ("events", self.out.events.len()),
            ("norms", self.out.norms.len()),
            ("rules", self.out.rules.len()),
            ("versions of rules", self.out.versions.len()),
            ("time zones", self.out.zones.len()),
            ("facts that choose calendars", self.out.choosers.len()),
            ("ways to count periods", self.out.countings.len()),
        ];
        for (what, count) in counts {
            if count > TABLE_MAX {
                let most = TABLE_MAX;
                return Err(CompileError::TooMany { what, count, most });
            }
        }
        super::index::add(&mut self.out)?;
        self.out.bounds = self.out.needed()?;
        let entries = self.out.bounds.entries as usize;
        if entries > ENTRIES_MAX {
            return Err(CompileError::TooMany {
                what: "effects times parts of the territory",
                count: entries,
                most: ENTRIES_MAX,
            });
        }
        Ok(self.out.write()?)
    }
}
