//! What must hold of every answer of a program: from its guards and properties to a proof, or to counter-cases.
//!
//! A rule implies its guard if there is no case in which it applies and the guard is false. A property holds if no answer
//! breaks it, at whatever instant, law date and territory, whatever is unknown, and whichever packs are adopted. Invariant:
//! a counter-case was given to the evaluator, and broke what it is said to break.

use super::formula::Lit;
use super::question::Inquiry;
use super::situation::Situation;
use super::solver::Beyond;
use crate::eval::{Decision, Sizes};
use crate::model::{EffectId, Kind, NormId, Outcome, Truth};
use crate::pack::Program;
use crate::pack::format::NONE32;

/// Something that does not hold, and a case that shows it.
#[derive(Clone, Debug)]
pub struct Refuted {
    /// What does not hold.
    pub what: Claim,
    /// The norm of which it does not hold.
    pub norm: NormId,
    /// The outcome of the norm in the case: where the claim is about one, the outcome that breaks it.
    pub outcome: Outcome,
    /// The smallest case in which it does not hold.
    pub case: Situation,
}

/// What is claimed of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A rule that grants a protected norm implies its guard.
    Guard(EffectId),
    /// A `never` or `always`, by its number.
    Property(usize),
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undecided {
    /// A limit was reached.
    #[error(transparent)]
    Beyond(#[from] Beyond),
    /// What was found is no counter-case: it rests on bounds of an instant, and not on the instant itself.
    #[error(
        "this depends on how long the host's service levels are, and on more than one duty that has one"
    )]
    Bounded,
    /// What was found is no counter-case, and nothing in it is only bounded.
    #[error(
        "the evaluator does not bear out the case that was found: this is a fault of the prover, and not of the rules"
    )]
    Disagreed,
}

impl Undecided {
    /// Why the evaluator does not bear out a case. Where a service level ends duties in two ways or more, its length was
    /// only bounded; all else is exact.
    #[must_use]
    pub fn of(inquiry: &Inquiry<'_>, case: &Situation) -> Undecided {
        let given = [case.service.undue_delay, case.service.expeditiously];
        let bounded = given.iter().enumerate().any(|(level, length)| {
            let ends = inquiry.world.ends_of_levels.iter();
            length.is_some() && ends.filter(|(of, ..)| *of == level).count() > 1
        });
        if bounded {
            Undecided::Bounded
        } else {
            Undecided::Disagreed
        }
    }
}

/// What came of the claims of a program.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// How many claims were proved.
    pub proved: usize,
    /// Those that do not hold.
    pub refuted: Vec<Refuted>,
    /// Those that could not be decided.
    pub undecided: Vec<(Claim, Undecided)>,
}

impl Proof {
    /// True if every claim was proved.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.refuted.is_empty() && self.undecided.is_empty()
    }
}

/// Proves or refutes every guard and every property of the only program of an inquiry.
#[must_use]
pub fn prove(inquiry: &mut Inquiry<'_>) -> Proof {
    let program = inquiry.programs[0];
    let mut proof = Proof::default();
    let granting = (0..program.effects.len()).filter(|effect| {
        let row = program.effects.at(*effect);
        let grants = [Kind::Must as u8, Kind::May as u8].contains(&row.kind);
        grants && program.norms.at(usize::from(row.norm)).guard != NONE32
    });
    let guards = granting.map(|effect| Claim::Guard(EffectId(effect as u16)));
    let properties = (0..program.properties.len()).map(Claim::Property);
    for claim in guards.chain(properties).collect::<Vec<_>>() {
        match refute(inquiry, claim) {
            Ok(None) => proof.proved += 1,
            Ok(Some(refuted)) => proof.refuted.push(refuted),
            Err(why) => proof.undecided.push((claim, why)),
        }
    }
    proof
}

/// Looks for a case that breaks a claim.
///
/// # Errors
/// [`Undecided`], where there is no answer.
pub fn refute(inquiry: &mut Inquiry<'_>, claim: Claim) -> Result<Option<Refuted>, Undecided> {
    match claim {
        Claim::Guard(effect) => {
            let program = inquiry.programs[0];
            let norm = NormId(program.effects.at(effect.index()).norm);
            let goal = guard_fails(inquiry, effect, norm);
            refuted(inquiry, claim, norm, &goal)
        }
        Claim::Property(index) => {
            let program = inquiry.programs[0];
            let row = program.properties.at(index);
            let norms = program.lists.range(row.norms.first, row.norms.count);
            for norm in norms.map(|id| NormId(id.id)).collect::<Vec<_>>() {
                let goal = property_fails(inquiry, index, norm);
                if let Some(found) = refuted(inquiry, claim, norm, &goal)? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        }
    }
}

fn refuted(
    inquiry: &mut Inquiry<'_>,
    claim: Claim,
    norm: NormId,
    goal: &[Lit],
) -> Result<Option<Refuted>, Undecided> {
    let Some(case) = inquiry.smallest(goal)? else {
        return Ok(None);
    };
    let program = inquiry.programs[0];
    let broken = case.judge(&inquiry.programs, &program, |decision| {
        breaks(decision, &program, claim, norm)
    });
    match broken.flatten() {
        Some(outcome) => Ok(Some(Refuted {
            what: claim,
            norm,
            outcome,
            case,
        })),
        None => Err(Undecided::of(inquiry, &case)),
    }
}

/// The outcome with which a decision breaks a claim; none, if it does not.
fn breaks(
    decision: &Decision<'_>,
    program: &Program<'_>,
    claim: Claim,
    norm: NormId,
) -> Option<Outcome> {
    let mut parts = decision.parts().iter();
    let mut parts = parts
        .by_ref()
        .filter(|part| part.beside.is_none() && part.norm == norm);
    match claim {
        Claim::Guard(effect) => {
            let part = parts.find(|part| {
                let mut entries = decision.entries(part).iter();
                part.guard == Some(Truth::False) && entries.any(|entry| entry.effect == effect)
            });
            part.map(|part| part.outcome)
        }
        Claim::Property(index) => {
            let nodes = Sizes::of(program).nodes;
            let (mut truths, mut marks) = (vec![Truth::False; nodes], vec![0; nodes]);
            if decision.property_holds(index, &mut truths, &mut marks) {
                return None;
            }
            let row = program.properties.at(index);
            let wanted = Outcome::from_u8(row.outcome).unwrap_or(Outcome::None);
            let broken = parts.find(|part| (part.outcome == wanted) != (row.always == 1));
            Some(broken.map_or(Outcome::None, |part| part.outcome))
        }
    }
}

/// The rule applies somewhere, and the guard is false.
fn guard_fails(inquiry: &mut Inquiry<'_>, effect: EffectId, norm: NormId) -> Vec<Lit> {
    let said = &inquiry.said[0];
    let Some(guard) = said.guards[norm.index()] else {
        return vec![Lit::FALSE];
    };
    let rows = said.norms[norm.index()].iter().flat_map(|part| &part.rows);
    let applies = rows
        .filter(|row| row.effect == effect)
        .map(|row| row.exists.yes);
    let somewhere = inquiry.world.graph.any(applies.collect::<Vec<_>>());
    vec![somewhere, guard.no]
}

/// The property is broken of one norm.
fn property_fails(inquiry: &mut Inquiry<'_>, index: usize, norm: NormId) -> Vec<Lit> {
    let row = inquiry.programs[0].properties.at(index);
    let said = &inquiry.said[0];
    let cond = said.properties[index];
    let bound = if row.unless == 1 { !cond.yes } else { cond.yes };
    let graph = &mut inquiry.world.graph;
    let broken = said.norms[norm.index()].iter().map(|part| {
        let is = part.outcome.is(row.outcome);
        if row.always == 1 {
            graph.all([!is, !part.outcome.is(Outcome::Undetermined as u8)])
        } else {
            is
        }
    });
    let broken: Vec<Lit> = broken.collect();
    vec![bound, graph.any(broken)]
}
