//! The effects of a norm in a part to its outcome (LANGUAGE.md §10, without protection).

use super::case::Eval;
use super::defeat::Standing;
use super::effects::Kind;
use super::timing::Life;
use super::truth::{F, T, Truth, U};
use exequatur::syntax::ast::Deontic;

/// What is said of a norm in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing.
    None,
    /// A right.
    May,
    /// A duty.
    Must,
    /// A prohibition.
    MustNot,
    /// It depends on what is unknown.
    Undetermined,
    /// Two that contradict each other, with no defeat between them.
    Conflict,
}

impl From<Deontic> for Outcome {
    fn from(d: Deontic) -> Outcome {
        match d {
            Deontic::Must => Outcome::Must,
            Deontic::May => Outcome::May,
            Deontic::MustNot => Outcome::MustNot,
        }
    }
}

/// What the outcome is computed from.
#[derive(Clone, Debug)]
pub struct Party {
    /// The rule.
    pub rule: usize,
    /// The value.
    pub kind: Kind,
    /// Active.
    pub active: Truth,
    /// Standing.
    pub stands: Truth,
    /// Those that defeat it, by their place in the list.
    pub defeaters: Vec<usize>,
    /// Whether it is a lasting `must` that has ended and is not defeated.
    pub performed: Truth,
}

/// An outcome, with how it came about.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    /// The outcome.
    pub outcome: Outcome,
    /// Whether there is a conflict.
    pub conflict: Truth,
    /// True if it is undetermined because there may be a conflict.
    pub conflict_undetermined: bool,
}

/// The effects as parties.
pub fn parties(effects: &[Standing]) -> Vec<Party> {
    let party = |s: &Standing| Party {
        rule: s.rule,
        kind: s.kind,
        active: s.active,
        stands: s.stands,
        defeaters: s.defeaters.clone(),
        performed: match s.life {
            Life::Ended(_) if s.kind != Kind::Must || !s.timing.lasting => F,
            Life::Ended(_) if s.overruled_by.is_some() => F,
            Life::Ended(_) if s.certain => T,
            Life::Ended(_) => U,
            _ => F,
        },
    };
    effects.iter().map(party).collect()
}

/// §10, the provisional outcome: every effect that is not active T is left out, and what then stands stands.
pub fn provisional(parties: &[Party]) -> Vec<Party> {
    let kept: Vec<usize> = (0..parties.len())
        .filter(|i| parties[*i].active == T)
        .collect();
    let mut left: Vec<Party> = Vec::new();
    for &old in &kept {
        let mut party = parties[old].clone();
        let place = |d: &usize| kept.iter().position(|k| k == d);
        party.defeaters = party.defeaters.iter().filter_map(place).collect();
        party.performed = F;
        left.push(party);
    }
    fn stands(all: &[Party], i: usize) -> bool {
        !all[i].defeaters.iter().any(|d| stands(all, *d))
    }
    let truths: Vec<Truth> = (0..left.len()).map(|i| stands(&left, i).into()).collect();
    for (party, truth) in left.iter_mut().zip(truths) {
        party.stands = truth;
    }
    left
}

/// §10: is a kind present?
fn present(all: &[Party], kind: Kind) -> Truth {
    let certain = |p: &Party| {
        let mut against = p.defeaters.iter().filter(|d| all[**d].stands != F);
        p.active == T && against.all(|d| all[*d].kind == kind)
    };
    let mut of_kind = all.iter().filter(|p| p.kind == kind);
    if of_kind.clone().any(certain) {
        T
    } else if of_kind.any(|p| p.stands != F) {
        U
    } else {
        F
    }
}

/// §10: do two effects target a rule in common that has an active effect here?
fn siblings(eval: &Eval, all: &[Party], a: &Party, b: &Party) -> bool {
    let targets = |p: &Party| &eval.link.rules[p.rule].targets;
    let mut active = all.iter().filter(|p| p.active != F);
    active.any(|p| targets(a).contains(&p.rule) && targets(b).contains(&p.rule))
}

/// §10: the outcome, first that fits.
pub fn verdict(eval: &Eval, all: &[Party], default: Option<Deontic>, protected: bool) -> Verdict {
    let must = present(all, Kind::Must);
    let may = present(all, Kind::May);
    let must_not = present(all, Kind::MustNot);
    let mut conflict = must.or(may).and(must_not);
    for lifted in all.iter().filter(|p| p.kind == Kind::Lifted) {
        for other in all.iter().filter(|p| p.kind != Kind::Lifted) {
            if siblings(eval, all, lifted, other) {
                conflict = conflict.or(lifted.stands.and(other.stands));
            }
        }
    }
    let says = |outcome| Verdict {
        outcome,
        conflict,
        conflict_undetermined: false,
    };
    let maybe_conflict = Verdict {
        outcome: Outcome::Undetermined,
        conflict,
        conflict_undetermined: true,
    };
    if conflict == T {
        return says(Outcome::Conflict);
    }
    if must == T {
        return if protected && conflict != F {
            maybe_conflict
        } else {
            says(Outcome::Must)
        };
    }
    if conflict == U {
        return maybe_conflict;
    }
    if must == U {
        return says(Outcome::Undetermined);
    }
    if must_not == T {
        return says(Outcome::MustNot);
    }
    if may == T {
        return says(Outcome::May);
    }
    if must_not == U || may == U {
        let only_default = (may == F && default == Some(Deontic::MustNot))
            || (must_not == F && default == Some(Deontic::May));
        if !only_default {
            return says(Outcome::Undetermined);
        }
    }
    match default {
        None if all.iter().any(|p| p.performed == T) => says(Outcome::Must),
        None if all.iter().any(|p| p.performed == U) => says(Outcome::Undetermined),
        None => says(Outcome::None),
        Some(default) => says(default.into()),
    }
}
