//! A decision as JSON, exactly as `docs/DECISION.md` says.
//!
//! Invariant: nothing here decides anything; what the evaluator said is named, and written in one order, so that the
//! same decision gives the same bytes.

use serde::{Serialize, Serializer};

use super::derivation::{self, StepRecord};
use super::naming;
use super::record::{
    Alternative, Amount, Answer, Beside, Cite, Effect, Human, JudgedPack, Living, Missing, Norm,
    ReceiptRecord, Rule, Territory, Text, UpTo,
};
use crate::eval::{CountedBy, Decision, Entry, Moment, Named, Part, Receipt};
use crate::model::{
    Kind, Money, Outcome, PackId, PackStatus, State, Status, Truth, Verification, VersionId,
};
use crate::pack::Program;
use crate::pack::format;
use crate::time::Step;
use crate::time::instant::Display;

/// The version of the schema that this file writes.
const SCHEMA: u32 = 1;

/// A decision, to be written as JSON.
#[derive(Clone, Copy)]
pub struct DecisionJson<'v, 'p> {
    /// The decision.
    pub decision: &'v Decision<'p>,
    /// With titles, citations, questions and reasons in both languages.
    pub texts: bool,
    /// The receipt, where it is asked for.
    pub receipt: Option<&'v Receipt>,
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn instant(at: i64) -> String {
    Display(at).to_string()
}

fn moment(moment: Moment) -> Option<String> {
    Some(match moment {
        Moment::Nothing => return None,
        Moment::At(at) => instant(at),
        Moment::Waiting => "waiting".to_string(),
        Moment::Open => "open".to_string(),
        Moment::Unknown => "unknown".to_string(),
    })
}

fn amount(money: Money) -> Amount {
    Amount {
        amount: money.to_string(),
        currency: money.currency.as_str().to_string(),
    }
}

impl Serialize for DecisionJson<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.answer().serialize(serializer)
    }
}

impl<'v, 'p> DecisionJson<'v, 'p> {
    /// The decision on one line.
    #[must_use]
    pub fn to_line(&self) -> String {
        // Writing records with text keys into memory cannot fail.
        serde_json::to_string(&self.answer()).unwrap_or_default()
    }

    /// The decision over many lines, for people.
    #[must_use]
    pub fn to_pretty(&self) -> String {
        serde_json::to_string_pretty(&self.answer()).unwrap_or_default()
    }

    fn program(&self) -> &'p Program<'p> {
        self.decision.program()
    }

    fn answer(&self) -> Answer<'p> {
        let (program, decision) = (self.program(), self.decision);
        let parts = || decision.parts().iter();
        Answer {
            schema: SCHEMA,
            norms: parts()
                .filter(|part| part.beside.is_none())
                .map(|part| self.norm(part))
                .collect(),
            missing: decision
                .missing()
                .iter()
                .map(|row| self.missing(decision.named(row.name), row.count))
                .collect(),
            assumed: decision
                .assumed()
                .map(|name| naming::named(program, name))
                .collect(),
            human: self.human(),
            rules: decision
                .rule_states()
                .map(|(version, state)| self.rule(version, state))
                .collect(),
            beside: parts().filter_map(|part| self.beside(part)).collect(),
            next_change_at: decision.next_change().map(instant),
            receipt: self.receipt.map(|receipt| self.receipt_record(receipt)),
        }
    }

    fn text(&self, text: format::Text) -> Option<Text<'p>> {
        let text = naming::written(text).filter(|_| self.texts)?;
        Some(Text {
            en: self.program().str(text.en),
            fr: self.program().str(text.fr),
        })
    }

    fn territory(&self, part: &Part) -> Territory<'p> {
        match naming::places(self.program(), part) {
            None => Territory::Everywhere("everywhere"),
            Some(places) => Territory::Places(places.collect()),
        }
    }

    fn norm(&self, part: &Part) -> Norm<'p> {
        Norm {
            norm: naming::norm(self.program(), part.norm),
            title: self.text(self.program().norms.at(part.norm.index()).title),
            territory: self.territory(part),
            outcome: part.outcome.word(),
            provisional: part.provisional.map(Outcome::word),
            conflict: part.conflict.is_true(),
            undetermined: part.unprotected == Outcome::Undetermined,
            protected: part.guard.map(Truth::word),
            operational: part.operational,
            effects: self.effects(part),
        }
    }

    fn effects(&self, part: &Part) -> Vec<Effect<'p>> {
        let entries = self.decision.entries(part);
        (0..)
            .zip(entries)
            .map(|(index, entry)| self.effect(part, index, entry))
            .collect()
    }

    fn effect(&self, part: &Part, index: usize, entry: &Entry) -> Effect<'p> {
        let row = self.program().effects.at(entry.effect.index());
        let living = entry.state != State::Defeated;
        Effect {
            rule: naming::version(self.program(), VersionId(row.version)),
            version: naming::version_date(self.program(), VersionId(row.version)),
            value: Kind::from_u8(row.kind).map_or("", Kind::word),
            state: entry.state.word(),
            certain: entry.certain,
            by: entry
                .by
                .map(|version| naming::version(self.program(), version)),
            rest: living.then(|| self.living(part, index, entry, row)),
        }
    }

    fn living(
        &self,
        part: &Part,
        index: usize,
        entry: &Entry,
        row: format::EffectRow,
    ) -> Living<'p> {
        let ceiling = self.decision.ceiling(entry);
        let up_to = ceiling.map(|ceiling| {
            if ceiling.unknown {
                UpTo::Unknown("unknown")
            } else {
                UpTo::Amounts(ceiling.amounts().map(amount).collect())
            }
        });
        Living {
            why: entry.why.map(crate::model::WithheldReason::word),
            status: (entry.status != Status::Nothing).then(|| entry.status.word()),
            not_before: moment(entry.not_before),
            due: moment(entry.due),
            exclusive: entry.exclusive && entry.due.instant().is_some(),
            service_level: entry.service_level,
            provisional_due: entry.provisional_due.map(instant),
            start: moment(entry.start),
            end: moment(entry.end),
            derivation: self.derivation(|on_step| self.decision.steps(entry, on_step)),
            up_to,
            per_day: ceiling.is_some_and(|ceiling| ceiling.per_day),
            alternatives: (0..self.decision.alternatives(entry))
                .map(|i| self.alternative(entry, row, i))
                .collect(),
            needs: self
                .decision
                .needs(part, index)
                .map(|name| naming::named(self.program(), name))
                .collect(),
        }
    }

    fn alternative(&self, entry: &Entry, row: format::EffectRow, index: usize) -> Alternative<'p> {
        let (due, exclusive) = self.decision.alternative(entry, index);
        let text = self
            .program()
            .alternatives
            .at(row.alternatives.first as usize + index)
            .because;
        Alternative {
            due: moment(due),
            exclusive: exclusive && due.instant().is_some(),
            derivation: self
                .derivation(|on_step| self.decision.alternative_steps(entry, index, on_step)),
            because: self.text(text),
        }
    }

    /// The steps of a count, where texts are asked for.
    fn derivation(
        &self,
        count: impl Fn(&mut dyn FnMut(Step)) -> Option<CountedBy>,
    ) -> Vec<StepRecord<'p>> {
        let mut steps = Vec::new();
        if !self.texts {
            return Vec::new();
        }
        match count(&mut |step| steps.push(step)) {
            Some(by) => derivation::records(self.program(), by, &steps),
            None => Vec::new(),
        }
    }

    fn missing(&self, name: Named, count: u32) -> Missing<'p> {
        Missing {
            name: naming::named(self.program(), name),
            kind: naming::kind(name),
            count,
            question: naming::question(self.program(), name).and_then(|text| self.text(text)),
        }
    }

    fn human(&self) -> Vec<Human<'p>> {
        let program = self.program();
        let conflicts = self
            .decision
            .parts()
            .iter()
            .filter(|part| part.beside.is_none() && part.conflict.is_true());
        let conflicts = conflicts.map(|part| Human::Conflict {
            norm: naming::norm(program, part.norm),
            territory: self.territory(part),
        });
        let untranslated = self.decision.untranslated().flat_map(|version| {
            let range = program.versions.at(version.index()).untranslated;
            program
                .untranslated
                .range(range.first, range.count)
                .map(move |row| Human::Untranslated {
                    rule: naming::version(program, version),
                    text: self.text(row.text),
                })
        });
        conflicts.chain(untranslated).collect()
    }

    fn rule(&self, version: VersionId, state: Truth) -> Rule<'p> {
        let row = self.program().versions.at(version.index());
        let cites = if self.texts {
            row.cites
        } else {
            format::Range::default()
        };
        Rule {
            rule: naming::version(self.program(), version),
            version: naming::version_date(self.program(), version),
            title: self.text(row.title),
            state: if state.is_true() {
                "applies"
            } else {
                "undetermined"
            },
            cites: self
                .program()
                .cites
                .range(cites.first, cites.count)
                .filter_map(|cite| self.cite(cite))
                .collect(),
            reason: self.text(row.reason),
        }
    }

    fn cite(&self, cite: format::CiteRow) -> Option<Cite<'p>> {
        let how = Verification::from_u8(cite.how).map_or("recalled", Verification::word);
        Some(Cite {
            article: self.text(cite.article)?,
            how,
        })
    }

    fn beside(&self, part: &Part) -> Option<Beside<'p>> {
        let pack = part.beside?;
        let status = PackStatus::from_u8(self.program().packs.at(pack.index()).status);
        Some(Beside {
            pack: naming::pack(self.program(), pack),
            status: status.map_or("", PackStatus::word),
            norm: naming::norm(self.program(), part.norm),
            territory: self.territory(part),
            effects: self.effects(part),
        })
    }

    fn receipt_record(&self, receipt: &Receipt) -> ReceiptRecord<'p> {
        let program = self.program();
        let packs = (0u16..).map(PackId).zip(self.decision.law_dates());
        let packs = packs.map(|(pack, days)| JudgedPack {
            pack: naming::pack(program, pack),
            law_date: naming::day(*days).to_string(),
            decides: self.decision.decides(pack),
        });
        ReceiptRecord {
            engine: receipt.engine,
            pack: hex(&receipt.pack),
            case: hex(&receipt.case),
            now: instant(receipt.now),
            packs: packs.collect(),
            decision: hex(&receipt.decision),
        }
    }
}
