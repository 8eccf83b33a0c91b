//! A decision as sentences, for the counsel on night duty: the most urgent first.
//!
//! Invariant: a pure function of the decision and the language; every word comes from one catalogue or from the pack.
//! What is law, what was only announced, and what nobody knows never stand under one heading.

mod basis;
mod catalogue;
pub mod derivation;
mod facts;
mod item;
mod layout;
pub(crate) mod messages;
mod timing;
mod typography;
mod when;

pub use catalogue::Lang;

/// What the pages about rules say in the same words as the answers.
#[cfg(feature = "compiler")]
pub(crate) mod shared {
    pub(crate) use super::catalogue::{Message, bearer};
    pub(crate) use super::timing::status;
    pub(crate) use super::typography::set;
    pub(crate) use super::when::{at_offset, date};
}

use catalogue::Message;
use item::Writer;
use timing::{Lack, lacks_holidays};
use when::Join;

use crate::eval::{Decision, Entry, Named, Part, Receipt};
use crate::json::{hex, naming};
use crate::model::{NormId, Outcome, PackId, PackStatus, State, Status, VersionId, ZoneId};
use crate::time::instant::SECOND;

/// Where a part stands on the page, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Breached,
    Conflict,
    Due,
    Undetermined,
    Open,
    Waiting,
    Prohibited,
    Permitted,
    Done,
    Gone,
}

/// Each section with its heading, and with the word that the summary has for it.
const SECTIONS: [(Section, Message, Message); 10] = [
    (
        Section::Breached,
        Message::HeadBreached,
        Message::SumBreached,
    ),
    (
        Section::Conflict,
        Message::HeadConflict,
        Message::SumConflict,
    ),
    (Section::Due, Message::HeadDue, Message::SumDue),
    (
        Section::Undetermined,
        Message::HeadUndetermined,
        Message::SumUndetermined,
    ),
    (Section::Open, Message::HeadOpen, Message::SumOpen),
    (Section::Waiting, Message::HeadWaiting, Message::SumWaiting),
    (
        Section::Prohibited,
        Message::HeadProhibited,
        Message::SumProhibited,
    ),
    (
        Section::Permitted,
        Message::HeadPermitted,
        Message::SumPermitted,
    ),
    (Section::Done, Message::HeadDone, Message::SumDone),
    (Section::Gone, Message::HeadGone, Message::HeadGone),
];

/// Explains a decision.
#[must_use]
pub fn explain(decision: &Decision<'_>, lang: Lang, receipt: Option<&Receipt>) -> String {
    let mut writer = Writer::new(decision, lang);
    let sections = SECTIONS
        .map(|(section, heading, word)| (parts_of(decision, section), section, heading, word));
    writer.zone = writer.page_zone(
        sections
            .iter()
            .flat_map(|(parts, ..)| parts.first().copied()),
    );
    writer.head();
    writer.summary(&sections);
    let mut any = false;
    for (parts, section, heading, _) in sections {
        any |= writer.section(parts, section, heading);
    }
    if !any {
        let nothing = writer.say(Message::Nothing, &[]);
        writer.page.blank();
        writer.page.paragraph(0, 0, &nothing);
    }
    writer.asks();
    writer.assumed();
    writer.human();
    writer.beside();
    writer.foot(receipt);
    writer.page.finish()
}

/// The parts of a section, the most urgent first; among those that are equally urgent in the order of declarations.
fn parts_of<'d>(decision: &Decision<'d>, section: Section) -> Vec<&'d Part> {
    let own = decision.parts().iter().filter(|part| part.beside.is_none());
    let mut parts: Vec<&Part> = own
        .filter(|part| part.count > 0 && section_of(decision, part) == section)
        .collect();
    parts.sort_by_key(|part| urgency(decision, part));
    parts
}

/// The rule of a version with its instrument, its citations and how each was checked, on one line.
#[must_use]
pub fn basis(decision: &Decision<'_>, version: VersionId, lang: Lang) -> String {
    Writer::new(decision, lang).basis(version)
}

/// The facts that make an entry apply, with their values.
#[must_use]
pub fn because(decision: &Decision<'_>, entry: &Entry, lang: Lang) -> Vec<String> {
    Writer::new(decision, lang).reasons(entry)
}

/// The operational entry of a part.
fn operational<'d>(decision: &Decision<'d>, part: &Part) -> Option<&'d Entry> {
    decision.entries(part).get(usize::from(part.operational?))
}

fn section_of(decision: &Decision<'_>, part: &Part) -> Section {
    if part.conflict.is_true() {
        return Section::Conflict;
    }
    let broken = |entry: &Entry| {
        matches!(entry.state, State::Standing | State::Ended)
            && matches!(entry.status, Status::Breached | Status::Early)
    };
    if decision.entries(part).iter().any(broken) {
        return Section::Breached;
    }
    let status = operational(decision, part).map_or(Status::Nothing, |entry| entry.status);
    match (part.outcome, status) {
        (Outcome::Conflict, _) => Section::Conflict,
        (Outcome::Undetermined, _) => Section::Undetermined,
        (Outcome::Must, Status::Open) => Section::Open,
        (Outcome::Must, Status::Waiting) => Section::Waiting,
        (Outcome::Must, Status::Met | Status::MetLate) => Section::Done,
        (Outcome::Must, _) => Section::Due,
        (Outcome::MustNot, _) => Section::Prohibited,
        (Outcome::May, _) => Section::Permitted,
        (Outcome::None, _) => Section::Gone,
    }
}

/// By when it is urgent: the due that is known, else as late as can be.
fn urgency(decision: &Decision<'_>, part: &Part) -> i64 {
    let entry = operational(decision, part);
    entry
        .and_then(|entry| entry.due.instant().or(entry.provisional_due))
        .unwrap_or(i64::MAX)
}

type Sections<'d> = [(Vec<&'d Part>, Section, Message, Message)];

impl<'d> Writer<'_, 'd> {
    /// The zone in which the page as a whole tells the time: that of what is most urgent, else of the first pack that
    /// names one.
    fn page_zone(&self, mut urgent: impl Iterator<Item = &'d Part>) -> ZoneId {
        let entry = urgent.find_map(|part| {
            operational(self.decision, part).or_else(|| self.decision.entries(part).first())
        });
        let of_entry = entry.map(|entry| self.zone_of(entry).0);
        let of_pack = || {
            self.program
                .packs
                .iter()
                .map(|pack| pack.zone)
                .find(|zone| *zone != 0)
        };
        ZoneId(
            of_entry
                .filter(|zone| *zone != 0)
                .or_else(of_pack)
                .unwrap_or(0),
        )
    }

    fn head(&mut self) {
        let now = self
            .speaker(self.zone)
            .instant(self.decision.now(), Join::Bare);
        let mut head = self.say(Message::Head, &[&now]);
        if let Some(days) = self.decision.law_date() {
            let date = self.say(Message::LawDates, &[&naming::day(days).to_string()]);
            head.push_str(&format!("; {date}"));
        }
        self.page.paragraph(0, 0, &head);
    }

    /// How much there is of each, on one line.
    fn summary(&mut self, sections: &Sections<'d>) {
        let named = sections
            .iter()
            .filter(|(_, section, ..)| *section != Section::Gone);
        let mut counts: Vec<(usize, Message)> = named
            .map(|(parts, section, _, word)| (parts.len() + self.silent(*section).len(), *word))
            .collect();
        counts.push((self.decision.missing().len(), Message::SumAsk));
        counts.push((self.humans().len(), Message::SumHuman));
        let words: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| {
                self.say(
                    Message::Summary,
                    &[&count.to_string(), word.text(self.lang)],
                )
            })
            .collect();
        if !words.is_empty() {
            self.page.paragraph(0, 0, &words.join(", "));
        }
    }

    fn section(&mut self, parts: Vec<&'d Part>, section: Section, heading: Message) -> bool {
        let silent = self.silent(section);
        if parts.is_empty() && silent.is_empty() {
            return false;
        }
        let needs = |part: &&Part| -> Vec<Named> {
            let all = 0..self.decision.entries(part).len();
            all.flat_map(|index| self.decision.needs(part, index))
                .collect()
        };
        let needs: Vec<Vec<Named>> = parts.iter().map(needs).collect();
        let heading = match section {
            Section::Undetermined if needs.iter().all(|needs| lacks_holidays(needs)) => {
                Message::HeadNoDays
            }
            // No fact would tell: a period leaves the years that instants can have.
            Section::Undetermined if needs.iter().all(Vec::is_empty) => Message::HeadUntold,
            _ => heading,
        };
        self.page.heading(&heading.text(self.lang).to_uppercase());
        for block in self.blocks(parts) {
            self.block(&block);
        }
        if !silent.is_empty() {
            let line = self.say(Message::DefaultList, &[]);
            self.page.blank();
            self.page.paragraph(4, 4, &line);
            let family = |norm: &NormId| self.program.norms.at(norm.index()).name;
            let families: Vec<String> = silent
                .chunk_by(|one, other| family(one) == family(other))
                .map(|norms| self.title_of(norms))
                .collect();
            for title in families {
                self.page.paragraph(6, 8, &title);
            }
        }
        true
    }

    /// The norms of a section of which no rule speaks, so that their default stands.
    fn silent(&self, section: Section) -> Vec<NormId> {
        let outcome = match section {
            Section::Due => Outcome::Must,
            Section::Prohibited => Outcome::MustNot,
            Section::Permitted => Outcome::May,
            _ => return Vec::new(),
        };
        let own = self
            .decision
            .parts()
            .iter()
            .filter(|part| part.beside.is_none() && part.count == 0);
        let mut norms: Vec<NormId> = own
            .filter(|part| part.outcome == outcome)
            .map(|part| part.norm)
            .collect();
        norms.dedup();
        norms
    }

    fn asks(&mut self) {
        if self.decision.missing().is_empty() {
            return;
        }
        self.page
            .heading(&Message::HeadAsk.text(self.lang).to_uppercase());
        for (index, row) in self.decision.missing().iter().enumerate() {
            let question = self
                .speaker(ZoneId(0))
                .question(self.decision.named(row.name));
            self.page
                .paragraph(4, 7, &format!("{}. {question}", index + 1));
        }
    }

    fn assumed(&mut self) {
        let names: Vec<Named> = self.decision.assumed().collect();
        if names.is_empty() {
            return;
        }
        self.page
            .heading(&Message::HeadAssumed.text(self.lang).to_uppercase());
        for name in names {
            let line = self.speaker(self.zone).assumption(name);
            self.page.paragraph(4, 7, &line);
        }
    }

    /// What a person must look at.
    fn humans(&self) -> Vec<String> {
        let decision = self.decision;
        let conflicts = decision
            .parts()
            .iter()
            .filter(|part| part.beside.is_none() && part.conflict.is_true());
        let mut lines: Vec<String> = conflicts
            .map(|part| self.say(Message::HumanConflict, &[&self.title(part)]))
            .collect();
        for version in decision.untranslated() {
            let range = self.program.versions.at(version.index()).untranslated;
            for row in self.program.untranslated.range(range.first, range.count) {
                let rule = naming::version(self.program, version);
                lines.push(self.say(Message::HumanUntranslated, &[&rule, self.text(row.text)]));
            }
        }
        lines
    }

    fn human(&mut self) {
        let lines = self.humans();
        if lines.is_empty() {
            return;
        }
        self.page
            .heading(&Message::HeadHuman.text(self.lang).to_uppercase());
        for line in lines {
            self.page.paragraph(4, 7, &line);
        }
    }

    fn beside(&mut self) {
        let decision = self.decision;
        let mut last: Option<PackId> = None;
        for part in decision.parts().iter().filter(|part| part.count > 0) {
            let Some(pack) = part.beside else { continue };
            if last != Some(pack) {
                self.beside_heading(pack);
                last = Some(pack);
            }
            let title = self.title(part);
            self.page.blank();
            self.page.paragraph(4, 4, &title);
            if self.program.territory != crate::pack::format::NONE16 {
                let territory = self.territory(part);
                self.field(Message::LabelWhere, &territory);
            }
            for (index, entry) in decision.entries(part).iter().enumerate() {
                let needs: Vec<Named> = decision.needs(part, index).collect();
                self.beside_entry(entry, Lack::of(decision, entry, &needs));
            }
        }
    }

    fn beside_heading(&mut self, pack: PackId) {
        let row = self.program.packs.at(pack.index());
        let voluntary = PackStatus::from_u8(row.status) == Some(PackStatus::Voluntary);
        let heading = if voluntary {
            Message::HeadVoluntary
        } else {
            Message::HeadAnnounced
        };
        let name = naming::pack(self.program, pack);
        let title = self.speaker(self.zone).text(row.title);
        let of = if title.is_empty() {
            name.to_string()
        } else {
            format!("{title} [{name}]")
        };
        let heading = heading.text(self.lang).to_uppercase();
        let heading = self.say(Message::FactIs, &[&heading, &of]);
        self.page.heading(&heading);
    }

    fn beside_entry(&mut self, entry: &Entry, lack: Lack) {
        let effect = self.program.effects.at(entry.effect.index());
        let kind = self.kind(entry);
        let when = timing::of_entry(&self.speaker(self.zone_of(entry)), entry, kind, lack);
        let text = self.with_kind(entry, when);
        self.field(Message::LabelWhen, &text);
        let basis = self.basis(VersionId(effect.version));
        self.field(Message::LabelBasis, &basis);
    }

    fn foot(&mut self, receipt: Option<&Receipt>) {
        let line = match self.decision.next_change() {
            // What follows a due that includes its instant begins a microsecond later, which is nothing to read.
            Some(at) if at.rem_euclid(SECOND) == 1 => {
                let speaker = self.speaker(self.zone);
                let distance = when::distance(at, speaker.now, self.lang);
                let instant = speaker.instant(at - 1, Join::Before);
                self.say(Message::LookAgainAfter, &[&instant, &distance])
            }
            Some(at) => self.speaker(self.zone).at(Message::LookAgain, at, Join::On),
            None => self.say(Message::LookNever, &[]),
        };
        self.page.blank();
        self.page.paragraph(0, 0, &line);
        if let Some(receipt) = receipt {
            let values = [
                hex(&receipt.decision),
                hex(&receipt.pack),
                hex(&receipt.case),
            ];
            let [decision, pack, case] = &values;
            let line = self.say(Message::Receipt, &[decision, pack, case, receipt.engine]);
            self.page.paragraph(0, 4, &line);
        }
    }
}
