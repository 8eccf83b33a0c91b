//! What two programs say of a case, in words: from the evaluator's decisions to the line that shows the difference.
//!
//! Invariant: a difference is what the evaluator says, twice; where both say the same words, there is none.

use std::collections::BTreeSet;

use super::pairs::{Pair, rule_name};
use super::questions::Question;
use super::{Aspect, What};
use crate::eval::{Decision, Entry, Moment, Part};
use crate::model::{EffectId, Kind, Money, Outcome, RuleId, State, Status, Truth};
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

/// What is read of a value.
const TOLD: [What; 6] = [
    What::Value,
    What::State,
    What::NotBefore,
    What::Due,
    What::Start,
    What::End,
];

/// What a program says at a place.
struct Said {
    words: String,
    /// For each rule what it says of the norm.
    rules: Vec<(String, RuleId, String)>,
    /// What becomes of the norm, and what would without protection.
    outcomes: [Outcome; 2],
    /// The states of the values that are asked about.
    states: Vec<State>,
    /// Their states and instants in words.
    standing: String,
    /// The program says that it does not know.
    unknown: bool,
}

/// Gives a case to the evaluator, under both programs; none, if it says the same.
pub(super) fn replay(
    inquiry: &Inquiry<'_>,
    question: &Question,
    case: &Situation,
) -> Option<Shown> {
    let said = |side: usize| {
        let (programs, program) = (&inquiry.programs, &inquiry.programs[side]);
        case.judge(programs, program, |decision| {
            read(program, decision, question, side)
        })
    };
    let (old, new) = (said(0)?, said(1)?);
    let apart: Vec<usize> = (0..old.len().min(new.len()))
        .filter(|at| is_asked(question, &old[*at], &new[*at]))
        .collect();
    // Where both know what they say, there is more to read.
    let known = |at: &&usize| !old[**at].unknown && !new[**at].unknown;
    let first = *apart.iter().find(known).or(apart.first())?;
    let words = |at: usize| (&old[at].words, &new[at].words);
    let same = apart.iter().filter(|at| words(**at) == words(first));
    let spots = same.filter_map(|at| question.spots.get(*at));
    let names: BTreeSet<&String> = spots.flat_map(|spot| &spot.names).collect();
    let rule = match question.rules {
        [None, None] => guilty(&old[first].rules, &new[first].rules),
        known => known,
    };
    Some(Shown {
        old: old[first].words.clone(),
        new: new[first].words.clone(),
        places: names.into_iter().cloned().collect(),
        rule,
    })
}

/// True if the two differ as the question asks. What differs in a way that is asked elsewhere is no answer here.
fn is_asked(question: &Question, old: &Said, new: &Said) -> bool {
    let same_outcome = old.outcomes[0] == new.outcomes[0];
    let withheld = |said: &Said| said.states.contains(&State::Withheld);
    // What is defeated has no instants.
    let stands = |said: &Said| said.states.iter().any(|state| *state != State::Defeated);
    let fits = match question.what {
        What::Outcome | What::Guard | What::Value | What::Human => true,
        What::Unprotected => same_outcome,
        What::Conflict => same_outcome && old.outcomes[1] == new.outcomes[1],
        What::Kind => !old.states.is_empty() && !new.states.is_empty(),
        What::State => (withheld(old) || withheld(new)) == (question.aspect == Aspect::Safeguard),
        // What state and instants tell is told with them.
        What::Status => old.standing == new.standing && stands(old) && stands(new),
        _ => stands(old) && stands(new),
    };
    fits && old.words != new.words
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
fn read(
    program: &Program<'_>,
    decision: &Decision<'_>,
    question: &Question,
    side: usize,
) -> Vec<Said> {
    let Some(norms) = question.norms else {
        return vec![Said {
            words: marks(program, decision, question.rules[side]),
            rules: Vec::new(),
            outcomes: [Outcome::None; 2],
            states: Vec::new(),
            standing: String::new(),
            unknown: false,
        }];
    };
    let mut found = Vec::new();
    for (at, spot) in question.spots.iter().enumerate() {
        let own = |part: &&Part| part.beside.is_none() && part.norm == norms[side];
        let here = |part: &&Part| spot.at[side].is_none_or(|at| part.places.contains(at));
        let part = decision.parts().iter().filter(own).find(here);
        let entries = part.map_or(&[][..], |part| decision.entries(part));
        let outcomes = part.map_or([Outcome::None; 2], |part| [part.outcome, part.unprotected]);
        let effects = question.effects.get(at).map_or(&[][..], |of| &of[side]);
        let own = entries.iter().filter(|one| effects.contains(&one.effect));
        let own: Vec<&Entry> = own.collect();
        let states: Vec<State> = own.iter().map(|entry| entry.state).collect();
        let word = |outcome: Outcome| outcome.word().replace('_', " ");
        let words = match question.what {
            What::Outcome => word(outcomes[0]),
            What::Unprotected => word(outcomes[1]),
            What::Conflict => part
                .map_or("no conflict", |part| conflict(part.conflict))
                .to_string(),
            What::Guard => guard(program, part, norms[side].index()).to_string(),
            _ if own.is_empty() => "nothing".to_string(),
            what => {
                let said = own
                    .iter()
                    .map(|entry| of_entry(program, decision, entry, what));
                said.collect::<Vec<_>>().join("; ")
            }
        };
        let rules = entries.iter().map(|entry| {
            let version = effect_of(program, entry.effect).version;
            let rule = RuleId(program.versions.at(usize::from(version)).rule);
            let all = TOLD.map(|what| of_entry(program, decision, entry, what));
            (rule_name(program, rule), rule, all.join(" "))
        });
        let standing = |entry: &&Entry| {
            let all = TOLD.map(|what| of_entry(program, decision, entry, what));
            all.join(" ")
        };
        let is = |state: State| states.contains(&state);
        let unknown = match question.what {
            What::Outcome => outcomes[0] == Outcome::Undetermined,
            What::Guard => part.is_some_and(|part| part.guard == Some(Truth::Unknown)),
            What::Unprotected | What::Conflict | What::Human => false,
            What::Kind | What::Value => is(State::Undetermined) || is(State::Withheld),
            What::State => is(State::Undetermined),
            What::Status => own.iter().any(|one| one.status == Status::Unknown),
            _ => {
                let times = |one: &Entry| [one.not_before, one.due, one.start, one.end];
                let open = own.iter().any(|one| times(one).contains(&Moment::Unknown));
                open || is(State::Undetermined)
            }
        };
        found.push(Said {
            words,
            rules: rules.collect(),
            outcomes,
            states,
            standing: own.iter().map(standing).collect(),
            unknown,
        });
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
