//! A decision as sentences, for the counsel on night duty: the most urgent first.
//!
//! Invariant: a pure function of the decision and the language; every word comes from one catalogue or from the pack.
//! What is law, what was only announced, and what nobody knows never stand under one heading.

mod catalogue;
mod facts;
mod item;
mod layout;
mod timing;
mod when;

pub use catalogue::Lang;

use catalogue::Message;
use item::Writer;
use when::Join;

use crate::eval::{Decision, Entry, Named, Part, Receipt};
use crate::json::{hex, naming};
use crate::model::{Kind, Outcome, PackId, PackStatus, State, Status, VersionId, ZoneId};

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

const SECTIONS: [(Section, Message); 10] = [
    (Section::Breached, Message::HeadBreached),
    (Section::Conflict, Message::HeadConflict),
    (Section::Due, Message::HeadDue),
    (Section::Undetermined, Message::HeadUndetermined),
    (Section::Open, Message::HeadOpen),
    (Section::Waiting, Message::HeadWaiting),
    (Section::Prohibited, Message::HeadProhibited),
    (Section::Permitted, Message::HeadPermitted),
    (Section::Done, Message::HeadDone),
    (Section::Gone, Message::HeadGone),
];

/// Explains a decision.
#[must_use]
pub fn explain(decision: &Decision<'_>, lang: Lang, receipt: Option<&Receipt>) -> String {
    let mut writer = Writer::new(decision, lang);
    writer.head();
    let mut any = false;
    for (section, heading) in SECTIONS {
        any |= writer.section(section, heading);
    }
    any |= writer.defaults();
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

impl Writer<'_, '_> {
    /// The zone in which the page as a whole tells the time: that of the first pack that names one.
    fn zone(&self) -> ZoneId {
        let named = |zone: &u16| {
            !self
                .program
                .str(self.program.zones.at(usize::from(*zone)).name)
                .is_empty()
                && *zone != 0
        };
        let mut effects = self
            .decision
            .parts()
            .iter()
            .flat_map(|part| self.decision.entries(part));
        let of_effect = effects
            .next()
            .map(|entry| self.program.effects.at(entry.effect.index()).zone);
        let of_pack = || self.program.packs.iter().map(|pack| pack.zone).find(named);
        ZoneId(of_effect.filter(named).or_else(of_pack).unwrap_or(0))
    }

    fn head(&mut self) {
        let now = self
            .speaker(self.zone())
            .instant(self.decision.now(), Join::Bare);
        let mut head = self.say(Message::Head, &[&now]);
        if let Some(days) = self.decision.law_date() {
            let date = self.say(Message::LawDates, &[&naming::day(days).to_string()]);
            head.push_str(&format!("; {date}"));
        }
        self.page.paragraph(0, 0, &head);
    }

    fn section(&mut self, section: Section, heading: Message) -> bool {
        let decision = self.decision;
        let mut parts: Vec<&Part> = decision
            .parts()
            .iter()
            .filter(|part| {
                part.beside.is_none() && part.count > 0 && section_of(decision, part) == section
            })
            .collect();
        // The sort keeps the order of declarations among those that are equally urgent.
        parts.sort_by_key(|part| urgency(decision, part));
        if parts.is_empty() {
            return false;
        }
        self.page.heading(&heading.text(self.lang).to_uppercase());
        for part in parts {
            self.item(part);
        }
        true
    }

    /// Norms of which no rule speaks, in one line for each default.
    fn defaults(&mut self) -> bool {
        let mut any = false;
        for (outcome, heading) in [
            (Outcome::Must, Message::HeadDue),
            (Outcome::MustNot, Message::HeadProhibited),
            (Outcome::May, Message::HeadPermitted),
        ] {
            let parts = self.decision.parts().iter();
            let silent = parts
                .filter(|part| part.beside.is_none() && part.count == 0 && part.outcome == outcome);
            let mut names: Vec<String> = Vec::new();
            for part in silent {
                let name = naming::norm(self.program, part.norm);
                if names.last() != Some(&name) {
                    names.push(name);
                }
            }
            if names.is_empty() {
                continue;
            }
            any = true;
            self.page.heading(&heading.text(self.lang).to_uppercase());
            let line = self.say(Message::DefaultList, &[&names.join(", ")]);
            self.page.paragraph(4, 4, &line);
        }
        any
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
            let line = self.speaker(ZoneId(0)).assumption(name);
            self.page.paragraph(4, 7, &line);
        }
    }

    fn human(&mut self) {
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
                let text = self.speaker(ZoneId(0)).text(row.text);
                lines.push(self.say(
                    Message::HumanUntranslated,
                    &[&naming::version(self.program, version), text],
                ));
            }
        }
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
            for entry in decision.entries(part) {
                self.beside_entry(entry);
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
        let title = self.speaker(ZoneId(0)).text(row.title);
        let of = if title.is_empty() {
            name.to_string()
        } else {
            format!("{title} [{name}]")
        };
        self.page
            .heading(&format!("{}: {of}", heading.text(self.lang).to_uppercase()));
    }

    fn beside_entry(&mut self, entry: &Entry) {
        let effect = self.program.effects.at(entry.effect.index());
        let kind = Kind::from_u8(effect.kind).unwrap_or(Kind::Lifted);
        let when = timing::of_entry(&self.speaker(ZoneId(effect.zone)), entry, kind);
        let word = self.say(item::kind_word(kind), &[]);
        let text = if when.is_empty() {
            word
        } else {
            format!("{word}: {when}")
        };
        self.field(Message::LabelWhen, &text);
        let basis = self.basis(VersionId(effect.version));
        self.field(Message::LabelBasis, &basis);
    }

    fn foot(&mut self, receipt: Option<&Receipt>) {
        let line = match self.decision.next_change() {
            Some(at) => self
                .speaker(self.zone())
                .at(Message::LookAgain, at, Join::On),
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
