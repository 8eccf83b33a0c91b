//! What two programs say of a case, in words: from the evaluator's decisions to the line that shows the difference.
//!
//! Invariant: a difference is what the evaluator says, twice; where both say the same words, there is none.

use std::collections::BTreeSet;

use super::What;
use super::pairs::{Pair, rule_name};
use super::questions::Question;
use crate::eval::{Decision, Entry, Moment, Part};
use crate::model::{EffectId, Kind, Money, RuleId, State, Truth};
use crate::pack::Program;
use crate::pack::format::{EffectRow, NONE16, NONE32};
use crate::pack::program::currency;
use crate::prove::question::Inquiry;
use crate::prove::situation::Situation;
use crate::time::instant::Display;

/// What the programs say of a case.
pub(super) struct Shown {
    pub old: String,
    pub new: String,
    /// The places at which they say something else; none for everywhere.
    pub places: Vec<String>,
    /// The rule that they say something else of, for what is said of a norm.
    pub rule: Pair<RuleId>,
}

/// What is read at each place: the words, and for each rule what it says of the norm.
type Read = Vec<(String, Vec<(String, RuleId, String)>)>;

/// Gives a case to the evaluator, under both programs; none, if it says the same.
pub(super) fn replay(
    inquiry: &Inquiry<'_>,
    question: &Question,
    case: &Situation,
) -> Option<Shown> {
    let said = |side: usize| {
        let program = &inquiry.programs[side];
        let programs = &inquiry.programs;
        case.judge(programs, program, |decision| {
            read(program, decision, question, side)
        })
    };
    let (old, new) = (said(0)?, said(1)?);
    let apart = old.iter().zip(&new).map(|(old, new)| old.0 != new.0);
    let apart: Vec<bool> = apart.collect();
    let first = apart.iter().position(|differs| *differs)?;
    let spots = question
        .spots
        .iter()
        .zip(&apart)
        .filter(|(_, differs)| **differs);
    let names: BTreeSet<&String> = spots.flat_map(|(spot, _)| &spot.names).collect();
    let rule = match question.rules {
        [None, None] => guilty(&old[first].1, &new[first].1),
        known => known,
    };
    Some(Shown {
        old: old[first].0.clone(),
        new: new[first].0.clone(),
        places: names.into_iter().cloned().collect(),
        rule,
    })
}

/// The first rule of which something else is said.
fn guilty(old: &[(String, RuleId, String)], new: &[(String, RuleId, String)]) -> Pair<RuleId> {
    let of = |said: &[(String, RuleId, String)], name: &str| {
        let own = said.iter().filter(|(other, _, _)| other == name);
        own.map(|(_, _, words)| words.clone()).collect::<Vec<_>>()
    };
    for (name, rule, _) in old {
        if of(old, name) != of(new, name) {
            let other = new.iter().find(|(other, _, _)| other == name);
            return [Some(*rule), other.map(|(_, rule, _)| *rule)];
        }
    }
    let alone = new.iter().find(|(name, _, _)| of(old, name).is_empty());
    [None, alone.map(|(_, rule, _)| *rule)]
}

/// What a decision of the old or of the new program says of a question.
fn read(program: &Program<'_>, decision: &Decision<'_>, question: &Question, side: usize) -> Read {
    let Some(norms) = question.norms else {
        let marks = marks(program, decision, question.rules[side]);
        return vec![(marks, Vec::new())];
    };
    let mut found = Read::new();
    for spot in &question.spots {
        let own = |part: &&Part| part.beside.is_none() && part.norm == norms[side];
        let here = |part: &&Part| spot.at[side].is_none_or(|at| part.places.contains(at));
        let part = decision.parts().iter().filter(own).find(here);
        let entries = part.map_or(&[][..], |part| decision.entries(part));
        let words = match question.what {
            What::Outcome => part
                .map_or("none", |part| part.outcome.word())
                .replace('_', " "),
            What::Unprotected => part
                .map_or("none", |part| part.unprotected.word())
                .replace('_', " "),
            What::Conflict => part
                .map_or("no conflict", |part| conflict(part.conflict))
                .to_string(),
            What::Guard => guard(program, part, norms[side].index()).to_string(),
            _ => {
                let own = entries
                    .iter()
                    .filter(|entry| question.effects[side].contains(&entry.effect));
                let said = own.map(|entry| of_entry(program, decision, entry, question.what));
                let said: Vec<String> = said.collect();
                if said.is_empty() {
                    "nothing".to_string()
                } else {
                    said.join("; ")
                }
            }
        };
        let rules = entries.iter().map(|entry| {
            let version = effect_of(program, entry.effect).version;
            let rule = RuleId(program.versions.at(usize::from(version)).rule);
            let all = [
                What::Value,
                What::State,
                What::NotBefore,
                What::Due,
                What::Start,
                What::End,
            ];
            let words = all
                .map(|what| of_entry(program, decision, entry, what))
                .join(" ");
            (rule_name(program, rule), rule, words)
        });
        found.push((words, rules.collect()));
    }
    found
}

fn conflict(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "conflict",
        Truth::False => "no conflict",
        Truth::Unknown => "perhaps a conflict",
    }
}

fn guard(program: &Program<'_>, part: Option<&Part>, norm: usize) -> &'static str {
    if program.norms.at(norm).guard == NONE32 {
        return "not protected";
    }
    match part.and_then(|part| part.guard) {
        Some(Truth::True) => "guard true",
        Some(Truth::False) => "guard false",
        Some(Truth::Unknown) | None => "guard unknown",
    }
}

fn marks(program: &Program<'_>, decision: &Decision<'_>, rule: Option<RuleId>) -> String {
    let versions = decision
        .untranslated()
        .map(|version| program.versions.at(version.index()));
    let own = versions.filter(|version| rule.is_some_and(|rule| rule.0 == version.rule));
    match own.map(|version| version.untranslated.count).sum::<u32>() {
        0 => "needs nobody".to_string(),
        1 => "needs a human, for 1 text that is not translated".to_string(),
        count => format!("needs a human, for {count} texts that are not translated"),
    }
}

/// An effect's row.
pub(super) fn effect_of(program: &Program<'_>, effect: EffectId) -> EffectRow {
    program.effects.at(effect.index())
}

fn kind_word(program: &Program<'_>, entry: &Entry) -> String {
    let kind = Kind::from_u8(effect_of(program, entry.effect).kind);
    kind.map_or("", Kind::word).replace('_', " ")
}

/// What is said of an entry. What is defeated has no instants.
fn of_entry(program: &Program<'_>, decision: &Decision<'_>, entry: &Entry, what: What) -> String {
    let state = || {
        let mut words = entry.state.word().replace('_', " ");
        if let Some(why) = entry.why {
            words += &format!(", {}", why.word().replace('_', " "));
        }
        words
    };
    if entry.state == State::Defeated && !matches!(what, What::Kind | What::State | What::Value) {
        return "defeated".to_string();
    }
    match what {
        What::Kind => kind_word(program, entry),
        What::Value => format!("{} {}", kind_word(program, entry), state()),
        What::State => state(),
        What::Status => entry.status.word().replace('_', " "),
        What::NotBefore => moment(entry.not_before, false),
        What::Due => {
            let mut words = moment(entry.due, entry.exclusive);
            if entry.service_level {
                words += ", by the service level of the house";
            }
            words
        }
        What::Start => moment(entry.start, false),
        What::End => moment(entry.end, false),
        What::Ceiling => ceiling_words(program, effect_of(program, entry.effect).up_to),
        What::Rivals => {
            let all = (0..decision.alternatives(entry)).map(|index| {
                let (due, exclusive) = decision.alternative(entry, index);
                moment(due, exclusive)
            });
            let all: Vec<String> = all.collect();
            if all.is_empty() {
                "no other reading".to_string()
            } else {
                all.join("; ")
            }
        }
        What::Outcome | What::Unprotected | What::Conflict | What::Guard | What::Human => {
            String::new()
        }
    }
}

fn moment(moment: Moment, exclusive: bool) -> String {
    match moment {
        Moment::Nothing => "none".to_string(),
        Moment::At(at) if exclusive => format!("before {}", Display(at)),
        Moment::At(at) => Display(at).to_string(),
        Moment::Waiting => "waiting".to_string(),
        Moment::Open => "open".to_string(),
        Moment::Unknown => "unknown".to_string(),
    }
}

/// A ceiling as it is written, its terms in order of their words.
pub(super) fn ceiling_words(program: &Program<'_>, up_to: u32) -> String {
    if up_to == NONE32 {
        return "no ceiling".to_string();
    }
    let row = program.ceilings.at(up_to as usize);
    let mut terms = BTreeSet::new();
    for term in program.terms.range(row.terms.first, row.terms.count) {
        terms.insert(if term.fact == NONE16 {
            let currency = currency(term.currency);
            let minor = term.amount;
            format!("{} {}", Money { minor, currency }, currency.as_str())
        } else {
            let fact = program.str(program.facts.at(usize::from(term.fact)).name);
            let (whole, rest) = (term.amount.div_euclid(100), term.amount.rem_euclid(100));
            let rest = if rest == 0 {
                String::new()
            } else {
                format!(".{rest:02}")
            };
            format!("{whole}{rest}% of {fact}")
        });
    }
    let terms: Vec<String> = terms.into_iter().collect();
    let per_day = if row.per_day == 1 { " per day" } else { "" };
    let word = if row.larger == 1 { "larger" } else { "smaller" };
    match terms.as_slice() {
        [one] => format!("up to {one}{per_day}"),
        all => format!("up to {word} of {}{per_day}", all.join(", ")),
    }
}
