//! On what an entry rests: its rule, the citations and how they were checked, the facts, the territory.

use super::catalogue::Message;
use super::facts::{self, Read};
use super::item::Writer;
use super::typography;
use crate::eval::{Entry, Named, Part};
use crate::json::naming;
use crate::model::{Bits, PackStatus, Verification, VersionId, ZoneId};
use crate::pack::format::VersionRow;

impl Writer<'_, '_> {
    /// A rule with its title.
    pub(super) fn rule(&self, version: VersionId) -> String {
        let name = naming::version(self.program, version);
        match self.text(self.program.versions.at(version.index()).title) {
            "" => name,
            title => self.say(Message::Titled, &[&name, &typography::quoted(title)]),
        }
    }

    /// The rule, its instrument, its citations and how each was checked.
    pub(super) fn basis(&self, version: VersionId) -> String {
        let row = self.program.versions.at(version.index());
        let pack = self.program.packs.at(self.program.pack_of(version).index());
        let mut text = self.rule(version);
        let mark = match PackStatus::from_u8(pack.status) {
            Some(PackStatus::CaseLaw) => Some(Message::CaseLaw),
            Some(PackStatus::Policy) => Some(Message::Policy),
            Some(PackStatus::Announced) => Some(Message::Adopted),
            Some(PackStatus::Voluntary) => Some(Message::AdoptedVoluntary),
            _ => None,
        };
        if let Some(mark) = mark.filter(|_| self.decides(version)) {
            text.push_str(&format!(" ({})", self.say(mark, &[])));
        }
        let source = self.text(pack.source);
        let cites = self.cites(row);
        let tail: Vec<&str> = [source, &cites]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        if !tail.is_empty() {
            text = self.say(
                Message::FactIs,
                &[&text, &tail.join(&self.say(Message::Separator, &[]))],
            );
        }
        text
    }

    fn decides(&self, version: VersionId) -> bool {
        self.decision.decides(self.program.pack_of(version))
    }

    fn cites(&self, row: VersionRow) -> String {
        let cites = self
            .program
            .cites
            .range(row.cites.first, row.cites.count)
            .map(|cite| {
                let how = match Verification::from_u8(cite.how) {
                    Some(Verification::Verified) => Message::CheckedVerified,
                    Some(Verification::Secondary) => Message::CheckedSecondary,
                    Some(Verification::Recalled) | None => Message::CheckedRecalled,
                };
                format!("{} ({})", self.text(cite.article), self.say(how, &[]))
            });
        self.list(&cites.collect::<Vec<_>>())
    }

    /// Why an entry applies: the facts that it read. Why it may apply: what it lacks, then the facts that it has.
    pub(super) fn because(&self, entry: &Entry, needs: &[Named]) -> String {
        let mut reads = self.reads(entry);
        if entry.certain {
            let said = self.said(&reads, self.zone_of(entry));
            if said.is_empty() {
                return self.say(Message::NoCondition, &[]);
            }
            return self.list(&said);
        }
        let mut parts = vec![self.say(Message::MayApply, &[])];
        if !needs.is_empty() {
            let names: Vec<&str> = needs
                .iter()
                .map(|name| naming::named(self.program, *name))
                .collect();
            parts.push(self.not_known(&names));
        }
        let unknown = |read: &Read| matches!(read, Read::Missed(_, None) | Read::Met(_, None));
        let looks: Vec<Read> = reads.iter().copied().filter(unknown).collect();
        parts.extend(self.said(&looks, self.zone_of(entry)));
        reads.retain(|read| !unknown(read));
        reads.retain(|read| !needs.iter().any(|name| same(*name, *read)));
        let said = self.said(&reads, self.zone_of(entry));
        if !said.is_empty() {
            parts.push(self.say(Message::Known, &[&self.list(&said)]));
        }
        self.list(&parts)
    }

    /// The first names of what is not known; all of them stand once, where they are to be asked for.
    pub(super) fn not_known(&self, names: &[&str]) -> String {
        const SHOWN: usize = 5;
        let mut list = names
            .iter()
            .take(SHOWN)
            .copied()
            .collect::<Vec<_>>()
            .join(", ");
        if names.len() > SHOWN {
            let more = (names.len() - SHOWN).to_string();
            list = self.say(Message::AndMore, &[&list, &more]);
        }
        self.say(Message::NotKnown, &[&list])
    }

    /// Sentences in a row.
    pub(super) fn list(&self, parts: &[String]) -> String {
        parts.join(&self.say(Message::Separator, &[]))
    }

    /// The zone of an entry: its rule's, else its pack's, else that of the page. An instant of UTC beside a local due
    /// invites a mistake of hours.
    pub(super) fn zone_of(&self, entry: &Entry) -> ZoneId {
        let effect = self.program.effects.at(entry.effect.index());
        let pack = self.program.pack_of(VersionId(effect.version));
        let zones = [
            self.decision.zone(entry).0,
            self.program.packs.at(pack.index()).zone,
        ];
        let named = zones.into_iter().find(|zone| *zone != 0);
        named.map_or(self.zone, ZoneId)
    }

    /// The same, one by one.
    pub(super) fn reasons(&self, entry: &Entry) -> Vec<String> {
        self.said(&self.reads(entry), self.zone_of(entry))
    }

    fn reads(&self, entry: &Entry) -> Vec<Read> {
        let effect = self.program.effects.at(entry.effect.index());
        let mut reads = facts::of_version(self.program, self.decision, VersionId(effect.version));
        facts::of_effect(self.program, effect, &mut reads);
        reads.list
    }

    /// What the case says of what was read; of what was assumed, only where the answer rests on it.
    pub(super) fn said(&self, reads: &[Read], zone: ZoneId) -> Vec<String> {
        let assumed: Vec<Named> = self.decision.assumed().collect();
        let speaker = self.speaker(zone);
        let counts = |read: &Read| {
            !speaker.is_assumed(*read) || assumed.iter().any(|name| same(*name, *read))
        };
        reads
            .iter()
            .filter(|read| counts(read))
            .filter_map(|read| speaker.said(*read))
            .collect()
    }

    /// Where a part holds: by the name of a set where one fits.
    pub(super) fn territory(&self, part: &Part) -> String {
        let program = self.program;
        let Some(places) = naming::places(program, part) else {
            return self.say(Message::Everywhere, &[]);
        };
        let list = places.clone().collect::<Vec<_>>().join(", ");
        let count = part.places.count();
        if count <= 8 {
            return list;
        }
        let rest = Bits::first(program.bounds.places).minus(part.places);
        let set = program.sets.iter().find(|set| {
            let mut versions = program
                .set_versions
                .range(set.versions.first, set.versions.count);
            set.of == program.territory
                && versions.any(|version| program.members_of(version.bits) == part.places)
        });
        if let Some(set) = set {
            return self.say(
                Message::Places,
                &[program.str(set.name), &count.to_string()],
            );
        }
        if rest.count() <= 8 {
            let rest: Vec<&str> = rest
                .iter()
                .map(|place| naming::member(program, program.territory, place))
                .collect();
            return self.say(Message::EverywhereBut, &[&rest.join(", ")]);
        }
        list
    }
}

fn same(name: Named, read: Read) -> bool {
    match (name, read) {
        (Named::Fact(fact), Read::Fact(id)) => fact.0 == id,
        (Named::Event(event), Read::Event(id)) => event.0 == id,
        _ => false,
    }
}
