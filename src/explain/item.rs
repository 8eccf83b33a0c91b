//! One norm in one part of the territory, as a block of lines.

use super::catalogue::{Lang, Message, bearer, fill};
use super::facts::{self, Read, Speaker, amount};
use super::layout::Page;
use super::timing;
use crate::eval::{Case, Decision, Entry, Named, Part};
use crate::json::naming;
use crate::model::{
    Bits, Kind, Outcome, PackId, PackStatus, State, Verification, VersionId, WithheldReason, ZoneId,
};
use crate::pack::Program;
use crate::pack::format::{EffectRow, NONE16, NONE32, VersionRow};

/// Writes blocks onto a page.
pub(super) struct Writer<'v, 'd> {
    pub(super) decision: &'v Decision<'d>,
    pub(super) program: &'d Program<'d>,
    pub(super) case: Case<'d>,
    pub(super) lang: Lang,
    pub(super) page: Page,
    pub(super) count: usize,
}

impl<'v, 'd> Writer<'v, 'd> {
    /// A writer with an empty page.
    pub(super) fn new(decision: &'v Decision<'d>, lang: Lang) -> Writer<'v, 'd> {
        let (program, case) = (decision.program(), decision.case());
        Writer {
            decision,
            program,
            case,
            lang,
            page: Page::default(),
            count: 0,
        }
    }

    pub(super) fn say(&self, message: Message, values: &[&str]) -> String {
        fill(message, self.lang, values)
    }

    pub(super) fn field(&mut self, label: Message, text: &str) {
        let label = label.text(self.lang);
        self.page.field(label, text);
    }

    pub(super) fn speaker(&self, zone: ZoneId) -> Speaker<'_, 'd> {
        Speaker {
            program: self.program,
            case: &self.case,
            now: self.decision.now(),
            zone,
            lang: self.lang,
        }
    }

    /// What a norm is called: its title and its name.
    pub(super) fn title(&self, part: &Part) -> String {
        let row = self.program.norms.at(part.norm.index());
        let name = naming::norm(self.program, part.norm);
        let title = match self.speaker(ZoneId(0)).text(row.title) {
            "" => {
                let words = format!(
                    "{} {}",
                    self.program.str(row.action),
                    self.program.str(row.object)
                );
                words.replace('_', " ")
            }
            title => title.to_string(),
        };
        let label = self.speaker(ZoneId(0)).text(row.member_label);
        if label.is_empty() {
            format!("{title} [{name}]")
        } else {
            format!("{title}: {label} [{name}]")
        }
    }

    /// The block of a part.
    pub(super) fn item(&mut self, part: &Part) {
        self.count += 1;
        let head = format!("{}. {}", self.count, self.title(part));
        self.page.blank();
        self.page.paragraph(0, 4, &head);
        let entries = self.decision.entries(part);
        let first = part.operational.map(usize::from);
        let order = first
            .into_iter()
            .chain((0..entries.len()).filter(|index| Some(*index) != first));
        let living: Vec<(usize, &Entry)> = order
            .filter_map(|index| Some((index, entries.get(index)?)))
            .filter(|(_, entry)| entry.state != State::Defeated)
            .collect();
        let who = bearer(
            self.program
                .str(self.program.norms.at(part.norm.index()).bearer),
            self.lang,
        );
        let mut opened = false;
        for (index, entry) in &living {
            self.entry(part, *index, entry, opened.then_some(()), &who);
            opened = true;
        }
        if !opened {
            self.field(Message::LabelWho, &who);
            self.place(part);
        }
        if let Some(provisional) = part.provisional {
            let word = self.say(outcome(provisional), &[]);
            self.field(Message::LabelProvisional, &word);
        }
        self.guard(part, &living);
        for entry in entries
            .iter()
            .filter(|entry| entry.state == State::Defeated)
        {
            self.defeated(entry);
        }
    }

    fn place(&mut self, part: &Part) {
        if self.program.territory != NONE16 {
            let territory = self.territory(part);
            self.field(Message::LabelWhere, &territory);
        }
    }

    /// One entry that is not defeated. The first carries who and where.
    fn entry(&mut self, part: &Part, index: usize, entry: &Entry, also: Option<()>, who: &str) {
        let effect = self.program.effects.at(entry.effect.index());
        let kind = Kind::from_u8(effect.kind).unwrap_or(Kind::Lifted);
        let mut when = timing::of_entry(&self.speaker(ZoneId(effect.zone)), entry, kind);
        if shows_kind(part, entry, kind) {
            let word = self.say(kind_word(kind), &[]);
            when = if when.is_empty() {
                word
            } else {
                format!("{word}: {when}")
            };
        }
        let label = if also.is_some() {
            Message::LabelAlso
        } else {
            Message::LabelWhen
        };
        self.field(label, &when);
        if also.is_none() {
            self.field(Message::LabelWho, who);
            self.place(part);
        }
        if let Some(why) = entry.why {
            let text = self.say(withheld(why), &[]);
            self.field(Message::LabelWithheld, &text);
        }
        let version = VersionId(effect.version);
        let basis = self.basis(version);
        self.field(Message::LabelBasis, &basis);
        let because = self.because(entry);
        self.field(Message::LabelBecause, &because);
        let row = self.program.versions.at(version.index());
        let reason = self.speaker(ZoneId(0)).text(row.reason);
        if !reason.is_empty() {
            self.field(Message::LabelReason, reason);
        }
        self.ceiling(entry);
        self.readings(entry, effect);
        let needs: Vec<Named> = self.decision.needs(part, index).collect();
        if !needs.is_empty() {
            let names: Vec<&str> = needs
                .iter()
                .map(|name| naming::named(self.program, *name))
                .collect();
            self.field(Message::LabelNeeds, &names.join(", "));
        }
    }

    fn ceiling(&mut self, entry: &Entry) {
        let Some(ceiling) = self.decision.ceiling(entry) else {
            return;
        };
        let amounts: Vec<String> = ceiling.amounts().map(|money| amount(&money)).collect();
        let mut text = if ceiling.unknown {
            self.say(Message::CeilingUnknown, &[])
        } else {
            amounts.join(" / ")
        };
        if ceiling.per_day {
            text = self.say(Message::PerDay, &[&text]);
        }
        self.field(Message::LabelCeiling, &text);
    }

    fn readings(&mut self, entry: &Entry, effect: EffectRow) {
        for index in 0..self.decision.alternatives(entry) {
            let (due, exclusive) = self.decision.alternative(entry, index);
            let speaker = self.speaker(ZoneId(effect.zone));
            let row = self
                .program
                .alternatives
                .at(effect.alternatives.first as usize + index);
            let text = timing::of_reading(&speaker, due, exclusive);
            let text = speaker.say(Message::Otherwise, &[&text, speaker.text(row.because)]);
            self.field(Message::LabelReading, &text);
        }
    }

    /// What the guard rests on, where something is withheld for its sake.
    fn guard(&mut self, part: &Part, living: &[(usize, &Entry)]) {
        let held = |entry: &Entry| {
            matches!(
                entry.why,
                Some(WithheldReason::GuardFalse | WithheldReason::GuardUnknown)
            )
        };
        let guard = self.program.norms.at(part.norm.index()).guard;
        if guard == NONE32 || !living.iter().any(|(_, entry)| held(entry)) {
            return;
        }
        let reads = facts::of_guard(self.program, guard).list;
        let said = self.said(&reads);
        if !said.is_empty() {
            self.field(Message::LabelGuard, &said.join("; "));
        }
    }

    fn defeated(&mut self, entry: &Entry) {
        let effect = self.program.effects.at(entry.effect.index());
        let kind = self.say(
            kind_word(Kind::from_u8(effect.kind).unwrap_or(Kind::Lifted)),
            &[],
        );
        let rule = self.rule(VersionId(effect.version));
        let by = entry
            .by
            .map(|version| self.rule(version))
            .unwrap_or_default();
        let text = self.say(Message::DefeatedBy, &[&rule, &kind, &by]);
        self.field(Message::LabelDefeated, &text);
    }

    /// A rule with its title.
    fn rule(&self, version: VersionId) -> String {
        let name = naming::version(self.program, version);
        match self
            .speaker(ZoneId(0))
            .text(self.program.versions.at(version.index()).title)
        {
            "" => name,
            title => format!("{name} “{title}”"),
        }
    }

    /// The rule, its instrument, its citations and how each was checked.
    pub(super) fn basis(&self, version: VersionId) -> String {
        let row = self.program.versions.at(version.index());
        let pack = self.program.packs.at(usize::from(
            self.program.rules.at(usize::from(row.rule)).pack,
        ));
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
        let source = self.speaker(ZoneId(0)).text(pack.source);
        let cites = self.cites(row);
        let tail: Vec<&str> = [source, &cites]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        if !tail.is_empty() {
            text.push_str(&format!(": {}", tail.join(", ")));
        }
        text
    }

    fn decides(&self, version: VersionId) -> bool {
        let rule = self.program.versions.at(version.index()).rule;
        self.decision
            .decides(PackId(self.program.rules.at(usize::from(rule)).pack))
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
                format!(
                    "{} ({})",
                    self.speaker(ZoneId(0)).text(cite.article),
                    self.say(how, &[])
                )
            });
        cites.collect::<Vec<_>>().join(", ")
    }

    /// The facts that a version's condition and an effect read, with their values.
    fn because(&self, entry: &Entry) -> String {
        let said = self.reasons(entry);
        if said.is_empty() {
            self.say(Message::NoCondition, &[])
        } else {
            said.join("; ")
        }
    }

    /// The same, one by one.
    pub(super) fn reasons(&self, entry: &Entry) -> Vec<String> {
        let effect = self.program.effects.at(entry.effect.index());
        let mut reads = facts::of_version(self.program, self.decision, VersionId(effect.version));
        facts::of_effect(self.program, effect, &mut reads);
        self.said(&reads.list)
    }

    /// What the case says of what was read; of what was assumed, only where the answer rests on it.
    fn said(&self, reads: &[Read]) -> Vec<String> {
        let assumed: Vec<Named> = self.decision.assumed().collect();
        let speaker = self.speaker(ZoneId(0));
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

/// True where the kind of an entry does not go without saying.
fn shows_kind(part: &Part, entry: &Entry, kind: Kind) -> bool {
    let usual = match part.outcome {
        Outcome::Must => Kind::Must,
        Outcome::May => Kind::May,
        Outcome::MustNot => Kind::MustNot,
        Outcome::None | Outcome::Undetermined | Outcome::Conflict => return true,
    };
    kind != usual || entry.state != State::Standing
}

fn withheld(why: WithheldReason) -> Message {
    match why {
        WithheldReason::GuardFalse => Message::WhyGuardFalse,
        WithheldReason::GuardUnknown => Message::WhyGuardUnknown,
        WithheldReason::Conflict => Message::WhyConflict,
        WithheldReason::Undetermined => Message::WhyUndetermined,
        WithheldReason::Waiting => Message::WhyWaiting,
        WithheldReason::Ended => Message::WhyEnded,
    }
}

pub(super) fn kind_word(kind: Kind) -> Message {
    match kind {
        Kind::Must => Message::KindMust,
        Kind::May => Message::KindMay,
        Kind::MustNot => Message::KindMustNot,
        Kind::Lifted => Message::KindLifted,
    }
}

fn outcome(outcome: Outcome) -> Message {
    match outcome {
        Outcome::None => Message::OutcomeNone,
        Outcome::May => Message::OutcomeMay,
        Outcome::Must => Message::OutcomeMust,
        Outcome::MustNot => Message::OutcomeMustNot,
        Outcome::Undetermined => Message::OutcomeUndetermined,
        Outcome::Conflict => Message::OutcomeConflict,
    }
}
