//! Norms that say the same in one part of the territory, as a block of lines.

use super::catalogue::{Lang, Message, bearer, fill};
use super::derivation::Derivation;
use super::facts::{self, Speaker, amount};
use super::layout::Page;
use super::timing::{self, Lack};
use crate::eval::{Case, CountedBy, Decision, Entry, Named, Part};
use crate::json::naming;
use crate::model::{Kind, NormId, Outcome, State, Status, VersionId, WithheldReason, ZoneId};
use crate::pack::Program;
use crate::pack::format::{EffectRow, NONE16, NONE32};
use crate::time::{Step, What};

/// Writes blocks onto a page.
pub(super) struct Writer<'v, 'd> {
    pub(super) decision: &'v Decision<'d>,
    pub(super) program: &'d Program<'d>,
    pub(super) case: Case<'d>,
    pub(super) lang: Lang,
    /// The zone in which the page as a whole tells the time.
    pub(super) zone: ZoneId,
    pub(super) page: Page,
    pub(super) count: usize,
}

/// Parts of one family of norms of which the same is to be said.
pub(super) struct Block<'d> {
    parts: Vec<&'d Part>,
    body: String,
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
            zone: ZoneId(0),
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

    /// A speaker by the clock of a zone.
    pub(super) fn speaker(&self, zone: ZoneId) -> Speaker<'_, 'd> {
        Speaker {
            program: self.program,
            case: &self.case,
            now: self.decision.now(),
            zone,
            lang: self.lang,
        }
    }

    /// A text of the pack in the language of the page.
    pub(super) fn text(&self, text: crate::pack::format::Text) -> &'d str {
        self.speaker(self.zone).text(text)
    }

    /// What a norm is called, and its name.
    pub(super) fn title(&self, part: &Part) -> String {
        self.title_of(&[part.norm])
    }

    /// What norms of one family are called, and their names.
    pub(super) fn title_of(&self, norms: &[NormId]) -> String {
        let Some(first) = norms.first() else {
            return String::new();
        };
        let row = self.program.norms.at(first.index());
        let title = match self.text(row.title) {
            "" => format!(
                "{} {}",
                self.program.str(row.action),
                self.program.str(row.object)
            )
            .replace('_', " "),
            title => title.to_string(),
        };
        let (mut labels, mut members) = (Vec::new(), Vec::new());
        for norm in norms {
            let row = self.program.norms.at(norm.index());
            let member = self.program.str(row.member);
            let label = self.text(row.member_label);
            labels.push(if label.is_empty() { member } else { label });
            members.push(member);
        }
        let name = self.program.str(row.name);
        if members.concat().is_empty() {
            return format!("{title} [{name}]");
        }
        let title = self.say(Message::FactIs, &[&title, &labels.join(", ")]);
        format!("{title} [{name} of {}]", members.join(", "))
    }

    /// The blocks of parts: those of one family that say the same stand in one.
    pub(super) fn blocks(&mut self, parts: Vec<&'d Part>) -> Vec<Block<'d>> {
        let mut blocks: Vec<Block<'d>> = Vec::new();
        let family = |part: &Part| self.program.norms.at(part.norm.index()).name;
        let families: Vec<_> = parts.iter().map(|part| family(part)).collect();
        let bodies: Vec<String> = parts.iter().map(|part| self.body(part)).collect();
        for ((part, body), name) in parts.into_iter().zip(bodies).zip(families) {
            let same = |block: &&mut Block<'d>| {
                let first = block
                    .parts
                    .first()
                    .map(|part| self.program.norms.at(part.norm.index()).name);
                block.body == body && first == Some(name)
            };
            match blocks.iter_mut().find(same) {
                Some(block) => block.parts.push(part),
                None => blocks.push(Block {
                    parts: vec![part],
                    body,
                }),
            }
        }
        blocks
    }

    /// Writes a block under its number.
    pub(super) fn block(&mut self, block: &Block<'d>) {
        self.count += 1;
        let norms: Vec<NormId> = block.parts.iter().map(|part| part.norm).collect();
        let head = format!("{}. {}", self.count, self.title_of(&norms));
        self.page.blank();
        self.page.paragraph(0, 4, &head);
        self.page.verbatim(&block.body);
    }

    /// The lines of a part, without its title.
    fn body(&mut self, part: &Part) -> String {
        let outer = std::mem::take(&mut self.page);
        self.lines(part);
        std::mem::replace(&mut self.page, outer).finish()
    }

    fn lines(&mut self, part: &Part) {
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
        // Where the default alone prohibits, it goes before the rules that could not open it: a page must not say
        // "must" on the first line below "prohibited".
        let opens = living
            .first()
            .is_some_and(|(_, entry)| self.kind(entry) != Kind::MustNot);
        let closed = part.outcome == Outcome::MustNot && opens;
        if closed {
            let word = if part.conflict.is_true() {
                Message::ByConflict
            } else {
                Message::ByDefault
            };
            let word = self.say(word, &[]);
            self.field(Message::LabelWhen, &word);
        }
        if closed || living.is_empty() {
            self.who_and_where(part, &who);
        }
        let mut needs: Vec<Named> = Vec::new();
        for (place, (index, entry)) in living.iter().enumerate() {
            let own: Vec<Named> = self.decision.needs(part, *index).collect();
            self.entry(part, entry, &own, closed || place > 0, &who);
            for name in own {
                if !needs.contains(&name) {
                    needs.push(name);
                }
            }
        }
        if let Some(provisional) = part.provisional {
            let word = self.say(outcome(provisional), &[]);
            self.field(Message::LabelProvisional, &word);
        }
        self.guard(part, &living, &needs);
        if !needs.is_empty() {
            let words: Vec<String> = needs.iter().map(|name| self.needed(*name)).collect();
            self.field(Message::LabelNeeds, &words.join(", "));
        }
        for entry in entries
            .iter()
            .filter(|entry| entry.state == State::Defeated)
        {
            self.defeated(entry);
        }
    }

    /// What is asked for, by its name; of a calendar, what of it is asked for.
    fn needed(&self, name: Named) -> String {
        let word = naming::named(self.program, name);
        match name {
            Named::Calendar(_) => self.say(Message::HolidaysOf, &[word]),
            Named::Fact(_) | Named::Event(_) | Named::Set(_) => word.to_string(),
        }
    }

    fn who_and_where(&mut self, part: &Part, who: &str) {
        self.field(Message::LabelWho, who);
        if self.program.territory != NONE16 {
            let territory = self.territory(part);
            self.field(Message::LabelWhere, &territory);
        }
    }

    /// One entry that is not defeated. The first carries who and where.
    fn entry(&mut self, part: &Part, entry: &Entry, needs: &[Named], also: bool, who: &str) {
        let effect = self.program.effects.at(entry.effect.index());
        let kind = self.kind(entry);
        let lack = Lack::of(self.decision, entry, needs);
        let mut when = timing::of_entry(&self.speaker(self.zone_of(entry)), entry, kind, lack);
        if shows_kind(part, entry, kind) {
            when = self.with_kind(entry, when);
        }
        let why = entry.why.map(|why| self.say(lack.withheld(why), &[]));
        match (also, why) {
            (true, Some(why)) => {
                let text = self.list(&[when, why]);
                self.field(Message::LabelWithheld, &text);
            }
            (true, None) => self.field(Message::LabelAlso, &when),
            (false, why) => {
                self.field(Message::LabelWhen, &when);
                self.who_and_where(part, who);
                if let Some(why) = why {
                    self.field(Message::LabelWithheld, &why);
                }
            }
        }
        let version = VersionId(effect.version);
        let basis = self.basis(version);
        self.field(Message::LabelBasis, &basis);
        let because = self.because(entry, needs);
        self.field(Message::LabelBecause, &because);
        let reason = self.text(self.program.versions.at(version.index()).reason);
        if !reason.is_empty() {
            self.field(Message::LabelReason, reason);
        }
        let steps = self.count(|on_step| self.decision.steps(entry, on_step));
        self.counted(&steps);
        self.ceiling(entry);
        self.readings(entry, effect);
    }

    /// What kind of norm an entry says there is.
    pub(super) fn kind(&self, entry: &Entry) -> Kind {
        let effect = self.program.effects.at(entry.effect.index());
        Kind::from_u8(effect.kind).unwrap_or(Kind::Lifted)
    }

    /// When, with the kind before it, unless it says already that something is permitted or prohibited.
    pub(super) fn with_kind(&self, entry: &Entry, when: String) -> String {
        let kind = self.kind(entry);
        let told = entry.status == Status::Running && matches!(kind, Kind::May | Kind::MustNot);
        let word = self.say(kind_word(kind), &[]);
        match (when.is_empty(), told) {
            (true, _) => word,
            (false, true) => when,
            (false, false) => self.say(Message::FactIs, &[&word, &when]),
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
            let speaker = self.speaker(self.zone_of(entry));
            let row = self
                .program
                .alternatives
                .at(effect.alternatives.first as usize + index);
            let text = timing::of_reading(&speaker, row.window, due, exclusive);
            let text = speaker.say(Message::Otherwise, &[&text, speaker.text(row.because)]);
            self.field(Message::LabelReading, &text);
            let steps =
                self.count(|on_step| self.decision.alternative_steps(entry, index, on_step));
            self.counted(&steps);
        }
    }

    /// A count as sentences; none, where nobody has to be told how minutes and hours elapse.
    fn count(&self, count: impl Fn(&mut dyn FnMut(Step)) -> Option<CountedBy>) -> Vec<String> {
        let mut steps = Vec::new();
        let Some(by) = count(&mut |step| steps.push(step)) else {
            return Vec::new();
        };
        if steps
            .iter()
            .all(|step| matches!(step.what, What::Event { .. } | What::End { .. }))
        {
            return Vec::new();
        }
        let holiday = |index: usize| match by.calendar {
            Some(calendar) => self.text(self.program.holiday_name(calendar, index)),
            None => "",
        };
        let derivation = Derivation {
            zone: self.program.zone(by.zone),
            zone_name: self
                .program
                .str(self.program.zones.at(by.zone.index()).name),
            holiday: &holiday,
            lang: self.lang,
        };
        steps
            .into_iter()
            .map(|step| derivation.sentence(step))
            .collect()
    }

    fn counted(&mut self, steps: &[String]) {
        for (place, step) in steps.iter().enumerate() {
            if place == 0 {
                self.field(Message::LabelCount, step);
            } else {
                self.page.field("", step);
            }
        }
    }

    /// What the guard lacks, or rests on if it lacks nothing, where something is withheld for its sake.
    fn guard(&mut self, part: &Part, living: &[(usize, &Entry)], needs: &[Named]) {
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
        let reads = facts::of_guard(self.decision, guard).list;
        let unknown: Vec<&str> = reads
            .iter()
            .map(|read| read.name(self.program))
            .filter(|word| {
                let mut names = needs.iter();
                names.any(|name| naming::named(self.program, *name) == *word)
            })
            .collect();
        if !unknown.is_empty() {
            let text = self.not_known(&unknown);
            self.field(Message::LabelGuard, &text);
            return;
        }
        let zone = living
            .first()
            .map_or(self.zone, |(_, entry)| self.zone_of(entry));
        let said = self.said(&reads, zone);
        if !said.is_empty() {
            let text = self.list(&said);
            self.field(Message::LabelGuard, &text);
        }
    }

    fn defeated(&mut self, entry: &Entry) {
        let effect = self.program.effects.at(entry.effect.index());
        let kind = self.say(kind_word(self.kind(entry)), &[]);
        let rule = self.rule(VersionId(effect.version));
        let by = entry
            .by
            .map(|version| self.rule(version))
            .unwrap_or_default();
        let text = self.say(Message::DefeatedBy, &[&rule, &kind, &by]);
        self.field(Message::LabelDefeated, &text);
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

fn kind_word(kind: Kind) -> Message {
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
