//! The tables of a link that has no error, to its Ir.
//!
//! Invariant: nothing is decided here; what the tables hold is moved.

use super::ir::{self, Across, Cond, Ir, Property, Scenario, Step};
use super::link::Link;
use super::literals::{text, text_or_empty};
use super::walk::{self, Read};
use crate::model::{PackId, PackStatus, ZoneId};

impl Link<'_> {
    /// The Ir. `None` if something is not known, which only an error can cause.
    pub(super) fn assemble(
        &self,
        properties: Vec<Property>,
        scenarios: Vec<Scenario>,
        schedule: Vec<Step>,
    ) -> Option<Ir> {
        let mut zones: Vec<(ZoneId, ir::Zone)> = self
            .zones
            .borrow()
            .iter()
            .map(|(name, (id, place))| {
                let (name, place) = (name.clone(), *place);
                (*id, ir::Zone { name, place })
            })
            .collect();
        zones.sort_by_key(|(id, _)| *id);
        let (calendars, last) = self.all_calendars()?;
        let mut choosers = self.choosers.rows.clone();
        for calendar in choosers
            .iter_mut()
            .flat_map(|chooser| &mut chooser.calendars)
        {
            *calendar = last.get(calendar).copied().unwrap_or(*calendar);
        }
        let sets: Option<Vec<ir::Set>> = self.sets.iter().map(|info| self.set_of(info)).collect();
        let facts: Option<Vec<ir::Fact>> = self
            .facts
            .iter()
            .map(|info| {
                Some(ir::Fact {
                    name: info.decl.name.text.clone(),
                    pack: info.pack,
                    ty: info.ty?,
                    presumed: info.presumed,
                    ask: text_or_empty(info.decl.ask.as_ref()),
                    place: info.place,
                })
            })
            .collect();
        Some(Ir {
            packs: self
                .pack_ids()
                .zip(self.dated())
                .map(|(pack, dated)| self.pack_of(pack, dated))
                .collect(),
            enums: self.enums.iter().map(|info| info.ir.clone()).collect(),
            territory: self.territory,
            sets: sets?,
            facts: facts?,
            events: self.events.clone(),
            calendars,
            choosers,
            countings: self.countings.borrow().rows.clone(),
            norms: self.norms.clone(),
            rules: self.rules.clone(),
            versions: self.versions.iter().map(version_of).collect(),
            zones: zones.into_iter().map(|(_, zone)| zone).collect(),
            properties,
            scenarios,
            schedule,
        })
    }

    fn set_of(&self, info: &super::link::SetInfo<'_>) -> Option<ir::Set> {
        Some(ir::Set {
            name: info.name.to_string(),
            pack: info.pack,
            of: info.of?,
            versions: info.versions.clone(),
            place: info.decls.first()?.1,
        })
    }

    fn pack_of(&self, pack: PackId, dated: bool) -> ir::Pack {
        let info = self.pack(pack);
        let header = &info.ast.pack;
        ir::Pack {
            name: info.name.to_string(),
            title: text_or_empty(header.title.as_ref()),
            source: text_or_empty(header.source.as_ref()),
            status: info.status.unwrap_or(PackStatus::Vocabulary),
            interval: info.interval,
            judged_by: info.judged_by,
            zone: info.way.zone,
            applies: info.applies.clone(),
            dated,
            only_tries: info.only_tries(),
            place: self.place(pack, header.name.span),
        }
    }

    /// For each pack, whether its law date can matter to its rules and guards.
    fn dated(&self) -> Vec<bool> {
        let in_sets = |cond: &Cond| {
            let mut dated = false;
            walk::reads(cond, &mut |read| dated |= self.is_dated_set(read));
            dated
        };
        let packs = self.packs.iter();
        let mut dated: Vec<bool> = packs
            .map(|info| info.interval.is_dated() || info.applies.as_ref().is_some_and(in_sets))
            .collect();
        for version in &self.versions {
            let mut here =
                version.interval.is_dated() || version.when.as_ref().is_some_and(in_sets);
            for effect in &version.effects {
                if let Across::Set(set) = &effect.across {
                    walk::set_reads(set, &mut |read| here |= self.is_dated_set(read));
                }
            }
            dated[version.pack.index()] |= here;
        }
        for norm in &self.norms {
            dated[norm.pack.index()] |= norm.guards.iter().any(in_sets);
        }
        dated
    }

    fn is_dated_set(&self, read: Read<'_>) -> bool {
        let Read::Set(set) = read else { return false };
        let versions = &self.sets[set.index()].versions;
        versions.iter().any(|(interval, _)| interval.is_dated())
    }
}

fn version_of(info: &super::link::VersionInfo<'_>) -> ir::Version {
    ir::Version {
        rule: info.rule,
        interval: info.interval,
        base: info.base,
        inherits: !info.decl.regardless,
        overrides: info.overrides.clone(),
        when: info.when.clone(),
        effects: info.effects.clone(),
        title: text_or_empty(info.decl.title.as_ref()),
        cites: info.cites.clone(),
        reason: text_or_empty(info.decl.reason.as_ref()),
        untranslated: info.decl.untranslated.iter().map(text).collect(),
        place: info.place,
    }
}
