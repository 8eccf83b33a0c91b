//! Whether a decision is what a scenario expects of it.
//!
//! Invariant: an expectation is met in every place that it speaks of, or it is not met. Which places these are:
//! with `across` those of the set; without it, every part in which a rule has an effect, or where there is none, every
//! part of the norm.

use super::{lines, sets};
use crate::check::ir::{ExpectKind, ExpectNorm};
use crate::eval::{Decision, Entry, Named, Part};
use crate::explain::Lang;
use crate::json::naming;
use crate::model::{Bits, Kind, NormId, Outcome, PackId, RuleId, State, VersionId};

/// An expectation that is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// What was expected, as written.
    pub expected: String,
    /// What the decision says, in the same words.
    pub got: Vec<String>,
    /// The rules that decided, with their citations.
    pub rules: Vec<String>,
    /// The facts that their conditions read.
    pub facts: Vec<String>,
}

/// Checks one expectation; `written` is its text, `pack` the pack by whose law date sets are read.
pub(super) fn check(
    decision: &Decision<'_>,
    pack: Option<PackId>,
    expect: &ExpectKind,
    written: &str,
) -> Option<Miss> {
    let program = decision.program();
    let simple = |met: bool, got: String| {
        (!met).then(|| Miss {
            expected: written.to_string(),
            got: vec![got],
            rules: Vec::new(),
            facts: Vec::new(),
        })
    };
    let names = |word: &str, names: Vec<Named>| {
        let list: Vec<&str> = names
            .iter()
            .map(|name| naming::named(program, *name))
            .collect();
        if list.is_empty() {
            format!("nothing {word}")
        } else {
            format!("{word} {}", list.join(", "))
        }
    };
    let missing = || {
        decision
            .missing()
            .iter()
            .map(|row| decision.named(row.name))
            .collect::<Vec<_>>()
    };
    let assumed = || decision.assumed().collect::<Vec<_>>();
    let is_missing = |name: Named| simple(missing().contains(&name), names("missing", missing()));
    let is_assumed = |name: Named| simple(assumed().contains(&name), names("assumed", assumed()));
    match expect {
        ExpectKind::Norm(norm) => norm_miss(decision, pack, norm, written),
        ExpectKind::MissingFact(fact) => is_missing(Named::Fact(*fact)),
        ExpectKind::MissingEvent(event) => is_missing(Named::Event(*event)),
        ExpectKind::MissingCalendar(calendar) => {
            let named = |name: &Named| {
                matches!(name, Named::Calendar(_)) && naming::named(program, *name) == calendar
            };
            simple(missing().iter().any(named), names("missing", missing()))
        }
        ExpectKind::AssumedFact(fact) => is_assumed(Named::Fact(*fact)),
        ExpectKind::AssumedEvent(event) => is_assumed(Named::Event(*event)),
        ExpectKind::ConflictOn(norms) => {
            let met = norms
                .iter()
                .all(|norm| lines::has_conflict(decision, *norm));
            simple(met, "no conflict there".to_string())
        }
        ExpectKind::NeedsHuman(None) => simple(
            lines::needs_human(decision),
            lines::human(decision).join(", "),
        ),
        ExpectKind::NeedsHuman(Some(rule)) => simple(
            lines::asks_human(decision, *rule),
            lines::human(decision).join(", "),
        ),
        ExpectKind::NeedsNobody => simple(
            !lines::needs_human(decision),
            lines::human(decision).join(", "),
        ),
        ExpectKind::NextChange(at) => {
            simple(decision.next_change() == *at, lines::next_change(decision))
        }
    }
}

fn norm_miss(
    decision: &Decision<'_>,
    pack: Option<PackId>,
    expect: &ExpectNorm,
    written: &str,
) -> Option<Miss> {
    let places = match &expect.across {
        None => None,
        Some(set) => match sets::places(decision, pack, set) {
            Some(places) => Some(places),
            None => {
                let got = vec!["the places of `across` are not known in this case".to_string()];
                return Some(Miss {
                    expected: written.to_string(),
                    got,
                    rules: Vec::new(),
                    facts: Vec::new(),
                });
            }
        },
    };
    let mut wrong = Wrong::default();
    for norm in &expect.norms {
        check_norm(decision, *norm, expect, places, &mut wrong);
    }
    wrong.into_miss(decision, written)
}

/// Parts that are not as expected.
#[derive(Default)]
struct Wrong<'d> {
    parts: Vec<&'d Part>,
    silent: Vec<NormId>,
}

fn check_norm<'d>(
    decision: &Decision<'d>,
    norm: NormId,
    expect: &ExpectNorm,
    places: Option<Bits>,
    wrong: &mut Wrong<'d>,
) {
    let all: Vec<&Part> = decision
        .parts()
        .iter()
        .filter(|part| part.beside.is_none() && part.norm == norm)
        .collect();
    let meant: Vec<&Part> = match places {
        Some(places) => all
            .iter()
            .copied()
            .filter(|part| !part.places.intersect(places).is_empty())
            .collect(),
        None if all.iter().any(|part| part.count > 0) => {
            all.iter().copied().filter(|part| part.count > 0).collect()
        }
        None => all.clone(),
    };
    let covered = meant
        .iter()
        .fold(Bits::EMPTY, |covered, part| covered.union(part.places));
    // What the answer does not speak of is `none`, and has no rule.
    let silent = match places {
        Some(places) => !places.minus(covered).is_empty(),
        None => meant.is_empty(),
    };
    let nothing = expect.outcome == Outcome::None && expect.by.is_none() && is_bare(expect);
    if silent && !nothing {
        wrong.silent.push(norm);
    }
    wrong.parts.extend(
        meant
            .into_iter()
            .filter(|part| !met(decision, part, expect)),
    );
}

/// Whether one part is as expected.
fn met(decision: &Decision<'_>, part: &Part, expect: &ExpectNorm) -> bool {
    if part.outcome != expect.outcome {
        return false;
    }
    let entries = decision.entries(part);
    match expect.by {
        Some(rule) => entries.iter().any(|entry| {
            is_basis(decision, entry, rule, expect.outcome) && fits(decision, entry, expect)
        }),
        None => {
            let entry = part
                .operational
                .and_then(|index| entries.get(usize::from(index)));
            is_bare(expect) || entry.is_some_and(|entry| fits(decision, entry, expect))
        }
    }
}

/// Whether nothing is expected of an effect beside the outcome.
fn is_bare(expect: &ExpectNorm) -> bool {
    expect.due.is_none()
        && expect.alternative.is_none()
        && expect.status.is_none()
        && expect.up_to.is_none()
}

/// Whether an entry is one of the rule, and says what the outcome is. What is withheld, has ended or has not begun
/// says something else than the outcome by nature.
fn is_basis(decision: &Decision<'_>, entry: &Entry, rule: RuleId, outcome: Outcome) -> bool {
    let program = decision.program();
    let effect = program.effects.at(entry.effect.index());
    if program.versions.at(usize::from(effect.version)).rule != rule.0
        || entry.state == State::Defeated
    {
        return false;
    }
    let kind = Kind::from_u8(effect.kind);
    let same = match outcome {
        Outcome::Must => kind == Some(Kind::Must),
        Outcome::May => kind == Some(Kind::May),
        Outcome::MustNot => kind == Some(Kind::MustNot),
        Outcome::None | Outcome::Undetermined | Outcome::Conflict => true,
    };
    same || matches!(
        entry.state,
        State::Withheld | State::Ended | State::NotBegun
    )
}

fn fits(decision: &Decision<'_>, entry: &Entry, expect: &ExpectNorm) -> bool {
    let due = expect
        .due
        .is_none_or(|due| entry.due.instant() == Some(due));
    let status = expect.status.is_none_or(|status| entry.status == status);
    let alternative = expect.alternative.is_none_or(|(before, at)| {
        let mut rivals = (0..decision.alternatives(entry)).map(|n| decision.alternative(entry, n));
        rivals.any(|(due, exclusive)| due.instant() == Some(at) && exclusive == before)
    });
    let up_to = expect.up_to.is_none_or(|(money, per_day)| {
        decision.ceiling(entry).is_some_and(|ceiling| {
            ceiling.per_day == per_day && ceiling.amounts().any(|amount| amount == money)
        })
    });
    due && alternative && status && up_to
}

impl Wrong<'_> {
    fn into_miss(self, decision: &Decision<'_>, written: &str) -> Option<Miss> {
        if self.parts.is_empty() && self.silent.is_empty() {
            return None;
        }
        let program = decision.program();
        let mut miss = Miss {
            expected: written.to_string(),
            got: Vec::new(),
            rules: Vec::new(),
            facts: Vec::new(),
        };
        for part in &self.parts {
            miss.got.push(lines::of_part(decision, part));
            let operational = part.operational.map(usize::from);
            for (index, entry) in decision.entries(part).iter().enumerate() {
                if Some(index) != operational || entry.state != State::Standing {
                    push_new(
                        &mut miss.got,
                        format!("  {}", lines::state_words(decision, part, entry)),
                    );
                }
                let effect = program.effects.at(entry.effect.index());
                push_new(
                    &mut miss.rules,
                    crate::explain::basis(decision, VersionId(effect.version), Lang::En),
                );
                for fact in crate::explain::because(decision, entry, Lang::En) {
                    push_new(&mut miss.facts, fact);
                }
            }
        }
        for norm in &self.silent {
            push_new(
                &mut miss.got,
                format!(
                    "{} none: no rule speaks of it there",
                    naming::norm(program, *norm)
                ),
            );
        }
        Some(miss)
    }
}

fn push_new(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}
