//! The decision as callers read it.

use super::case::{Case, FactValue};
use super::condition::{self, Nodes};
use super::context::{Context, Settled};
use super::count::CountedBy;
use super::decision::{Entry, Missing, Moment, Named, Part};
use super::derive;
#[cfg(feature = "std")]
use super::duty;
#[cfg(feature = "std")]
use super::memory::Written;
use super::memory::{names, words};
use super::needs;
use super::slot::{Slots, get_bit};
use super::window::{self, Floor};
use super::{Options, ServiceLevels};
use crate::model::limits::CEILING_TERMS_MAX;
use crate::model::{
    Bits, CalendarId, EventId, FactId, Money, Outcome, PackId, SetId, Truth, VersionId, ZoneId,
};
use crate::pack::Program;
use crate::pack::format::{NONE16, NONE32};
#[cfg(feature = "std")]
use crate::pack::format::{NodeRow, Op};
use crate::pack::program::currency;
use crate::time::Step;

/// The written rows of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'d> {
    pub parts: &'d [Part],
    pub entries: &'d [Entry],
    pub needs: &'d [u64],
    pub assumed: &'d [u64],
    pub missing: &'d [Missing],
    pub truths: &'d [Truth],
    pub norm_parts: &'d [(u32, u32)],
    pub law_dates: &'d [i32],
    pub decides: &'d [bool],
}

/// A decision: a view of the memory in which it was made.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'d> {
    program: &'d Program<'d>,
    case: Case<'d>,
    now: i64,
    law_date: Option<i32>,
    service: ServiceLevels,
    answer: Answer<'d>,
    next_change: Option<i64>,
    words: usize,
}

/// The ceiling of an effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ceiling {
    amounts: [Option<Money>; CEILING_TERMS_MAX],
    /// True if a term is unknown.
    pub unknown: bool,
    /// True for `per day`.
    pub per_day: bool,
}

impl Ceiling {
    /// Its amounts, one for each currency, in the order of the terms; none if it is unknown.
    pub fn amounts(&self) -> impl Iterator<Item = Money> + '_ {
        self.amounts.iter().flatten().copied()
    }
}

impl<'d> Decision<'d> {
    pub(crate) fn new(
        program: &'d Program<'d>,
        case: Case<'d>,
        options: &Options<'_>,
        answer: Answer<'d>,
        next_change: Option<i64>,
    ) -> Decision<'d> {
        let Options {
            now,
            law_date,
            service,
            ..
        } = *options;
        Decision {
            program,
            case,
            now,
            law_date,
            service,
            answer,
            next_change,
            words: words(program),
        }
    }

    /// How much of the memory it fills.
    #[cfg(feature = "std")]
    pub(crate) fn written(&self) -> Written {
        Written {
            parts: self.answer.parts.len(),
            entries: self.answer.entries.len(),
            missing: self.answer.missing.len(),
        }
    }

    /// The program that was evaluated.
    #[must_use]
    pub fn program(&self) -> &'d Program<'d> {
        self.program
    }

    /// The case that was evaluated.
    #[must_use]
    pub fn case(&self) -> Case<'d> {
        self.case
    }

    /// The instant of the evaluation, in microseconds of UTC.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.now
    }

    /// The law date that was given for all packs, if one was.
    #[must_use]
    pub fn law_date(&self) -> Option<i32> {
        self.law_date
    }

    /// The host's service levels.
    #[must_use]
    pub fn service(&self) -> ServiceLevels {
        self.service
    }

    /// The law date of each pack, in days since 1970-01-01.
    #[must_use]
    pub fn law_dates(&self) -> &'d [i32] {
        self.answer.law_dates
    }

    /// True if the rules of a pack decided.
    #[must_use]
    pub fn decides(&self, pack: PackId) -> bool {
        self.answer.decides.at(pack.index())
    }

    /// The parts of the norms; after them, what packs say that do not decide.
    #[must_use]
    pub fn parts(&self) -> &'d [Part] {
        self.answer.parts
    }

    /// The entries of a part.
    #[must_use]
    pub fn entries(&self, part: &Part) -> &'d [Entry] {
        let first = part.first as usize;
        self.answer
            .entries
            .get(first..first + part.count as usize)
            .unwrap_or(&[])
    }

    /// What an entry of a part needs, its ceiling included: facts, then events, then sets, then calendars.
    pub fn needs(&self, part: &Part, index: usize) -> impl Iterator<Item = Named> + '_ {
        let entry = part.first as usize + index;
        let own = self
            .answer
            .needs
            .get(entry * self.words..(entry + 1) * self.words)
            .unwrap_or(&[]);
        let effect = self
            .program
            .effects
            .at(self.answer.entries.at(entry).effect.index());
        let defeated = self.answer.entries.at(entry).by.is_some();
        let context = self.context();
        (0..names(self.program))
            .filter(move |name| !defeated && needs::is_needed(&context, own, &effect, *name))
            .map(|name| self.named(name as u32))
    }

    /// What is missing, the most useful first.
    #[must_use]
    pub fn missing(&self) -> &'d [Missing] {
        self.answer.missing
    }

    /// What a number among facts, events, sets and calendars stands for.
    #[must_use]
    pub fn named(&self, name: u32) -> Named {
        let facts = self.program.facts.len() as u32;
        let events = self.program.events.len() as u32;
        let sets = self.program.sets.len() as u32;
        if name < facts {
            Named::Fact(FactId(name as u16))
        } else if name < facts + events {
            Named::Event(EventId((name - facts) as u16))
        } else if name < facts + events + sets {
            Named::Set(SetId((name - facts - events) as u16))
        } else {
            Named::Calendar(CalendarId((name - facts - events - sets) as u16))
        }
    }

    /// What was assumed: presumed facts, then events taken as not happened.
    pub fn assumed(&self) -> impl Iterator<Item = Named> + '_ {
        (0..names(self.program))
            .filter(|name| get_bit(self.answer.assumed, *name))
            .map(|name| self.named(name as u32))
    }

    /// The present rules of packs that decide, where they apply or are undetermined.
    pub fn rule_states(&self) -> impl Iterator<Item = (VersionId, Truth)> + '_ {
        (0..self.program.versions.len()).filter_map(|index| {
            let (truth, version) = (self.answer.truths.at(index), VersionId(index as u16));
            let listed = truth != Truth::False && self.decides(self.program.pack_of(version));
            listed.then_some((version, truth))
        })
    }

    /// The rules that say what they do not model, where they apply or are undetermined: a human is needed.
    pub fn untranslated(&self) -> impl Iterator<Item = VersionId> + '_ {
        self.rule_states()
            .map(|(version, _)| version)
            .filter(|version| self.program.versions.at(version.index()).untranslated.count > 0)
    }

    /// The earliest later instant at which the same facts give another answer.
    #[must_use]
    pub fn next_change(&self) -> Option<i64> {
        self.next_change
    }

    /// The ceiling of an entry's effect, if it has one.
    #[must_use]
    pub fn ceiling(&self, entry: &Entry) -> Option<Ceiling> {
        let effect = self.program.effects.at(entry.effect.index());
        (effect.up_to != NONE32).then(|| ceiling(&self.context(), effect.up_to))
    }

    /// How many rival readings an entry has.
    #[must_use]
    pub fn alternatives(&self, entry: &Entry) -> usize {
        self.program
            .effects
            .at(entry.effect.index())
            .alternatives
            .count as usize
    }

    /// The due of a rival reading of an entry, and whether it is exclusive.
    #[must_use]
    pub fn alternative(&self, entry: &Entry, index: usize) -> (Moment, bool) {
        alternative(&self.context(), entry, index)
    }

    /// The zone by which the instants of an entry are told: the first of its windows that is counted says it, else its
    /// rule.
    #[must_use]
    pub fn zone(&self, entry: &Entry) -> ZoneId {
        derive::zone(&self.context(), entry)
    }

    /// Gives every step of the count that came to an entry's due, or to its provisional due, or where it has none to its
    /// end or beginning; `None` where nothing was counted.
    pub fn steps(&self, entry: &Entry, on_step: &mut dyn FnMut(Step)) -> Option<CountedBy> {
        derive::steps(&self.context(), entry, on_step)
    }

    /// The same of a rival reading of an entry.
    pub fn alternative_steps(
        &self,
        entry: &Entry,
        index: usize,
        on_step: &mut dyn FnMut(Step),
    ) -> Option<CountedBy> {
        derive::alternative_steps(&self.context(), entry, index, on_step)
    }

    /// Whether a `never` or `always` holds of this decision.
    ///
    /// `nodes` and `marks` are scratch of the length of [`super::Sizes::nodes`].
    #[must_use]
    pub fn property_holds(&self, property: usize, nodes: &mut [Truth], marks: &mut [u8]) -> bool {
        let row = self.program.properties.at(property);
        let stated = if row.cond == NONE32 {
            true
        } else {
            let mut nodes = Nodes {
                truths: nodes,
                marks,
                until: &mut [],
            };
            condition::truth(&self.context(), row.cond, &mut nodes) == Truth::True
        };
        let bound = stated != (row.unless == 1);
        if !bound {
            return true;
        }
        let outcome = Outcome::from_u8(row.outcome).unwrap_or(Outcome::None);
        self.program
            .lists
            .range(row.norms.first, row.norms.count)
            .all(|norm| {
                let mut parts = self.parts().iter().filter(|part| part.beside.is_none());
                if row.always == 1 {
                    let everywhere = Bits::first(self.program.bounds.places);
                    // What is undetermined asks for facts, and says nothing against the property.
                    let fits = |found: Outcome| found == outcome || found == Outcome::Undetermined;
                    let places = parts
                        .filter(|part| part.norm.0 == norm.id && fits(part.outcome))
                        .fold(Bits::EMPTY, |places, part| places.union(part.places));
                    places == everywhere
                } else {
                    !parts.any(|part| part.norm.0 == norm.id && part.outcome == outcome)
                }
            })
    }

    /// True if an instant of an entry is unknown, and nothing is missing for it: it leaves the years 1970 to 2099.
    #[cfg(feature = "std")]
    pub(crate) fn leaves_range(&self, entry: &Entry) -> bool {
        let moments = [entry.not_before, entry.due, entry.start, entry.end];
        let effect = self.program.effects.at(entry.effect.index());
        let floor = Floor::of(entry.floor);
        moments.contains(&Moment::Unknown) && window::lacks_nothing(&self.context(), &effect, floor)
    }

    /// The present version of the base from which a version inherits.
    #[cfg(feature = "std")]
    pub(crate) fn base(&self, version: VersionId) -> Option<VersionId> {
        let row = self.program.versions.at(version.index());
        needs::base(&self.context(), &row)
    }

    /// What a `missed` or `met` sees, if it can be told.
    #[cfg(feature = "std")]
    pub(crate) fn looked(&self, node: NodeRow) -> Option<bool> {
        let context = self.context();
        let truth = match Op::from_u8(node.op) {
            Some(Op::Missed) => duty::missed(&context, node),
            Some(Op::Met) => duty::met(&context, node),
            _ => Truth::Unknown,
        };
        match truth {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        }
    }

    fn context(&self) -> Context<'_> {
        let settled = Settled {
            parts: self.answer.parts,
            entries: self.answer.entries,
            needs: self.answer.needs,
            norm_parts: self.answer.norm_parts,
        };
        let finished = Context::finished(
            self.program,
            self.case,
            self.now,
            self.answer.law_dates,
            settled,
        );
        Context {
            service: self.service,
            ..finished
        }
    }
}

/// The due of a rival reading of an entry.
pub(super) fn alternative(context: &Context<'_>, entry: &Entry, index: usize) -> (Moment, bool) {
    let effect = context.program.effects.at(entry.effect.index());
    let row = context
        .program
        .alternatives
        .at(effect.alternatives.first as usize + index);
    window::alternative(context, row.window, Floor::of(entry.floor))
}

fn ceiling(context: &Context<'_>, up_to: u32) -> Ceiling {
    let row = context.program.ceilings.at(up_to as usize);
    let mut ceiling = Ceiling {
        per_day: row.per_day == 1,
        ..Ceiling::default()
    };
    for term in context
        .program
        .terms
        .range(row.terms.first, row.terms.count)
    {
        let amount = match term.fact {
            NONE16 => Some(Money {
                minor: term.amount,
                currency: currency(term.currency),
            }),
            fact => match context.fact(FactId(fact)) {
                Some(FactValue::Money(of)) => percent(of, term.amount),
                _ => None,
            },
        };
        match amount {
            Some(amount) => add_amount(&mut ceiling.amounts, amount, row.larger == 1),
            None => ceiling.unknown = true,
        }
    }
    if ceiling.unknown {
        ceiling.amounts = [None; CEILING_TERMS_MAX];
    }
    ceiling
}

/// So many hundredths of a percent of an amount, rounded down to the minor unit.
fn percent(of: Money, basis_points: i64) -> Option<Money> {
    let minor = (i128::from(of.minor) * i128::from(basis_points)).div_euclid(10_000);
    Some(Money {
        minor: i64::try_from(minor).ok()?,
        currency: of.currency,
    })
}

/// Keeps the larger or smaller amount of each currency, in the order of the first of each.
fn add_amount(amounts: &mut [Option<Money>; CEILING_TERMS_MAX], amount: Money, larger: bool) {
    for slot in amounts.iter_mut() {
        match slot {
            Some(other) if other.currency == amount.currency => {
                let better = if larger {
                    amount.minor > other.minor
                } else {
                    amount.minor < other.minor
                };
                if better {
                    *slot = Some(amount);
                }
                return;
            }
            Some(_) => {}
            None => {
                *slot = Some(amount);
                return;
            }
        }
    }
}
