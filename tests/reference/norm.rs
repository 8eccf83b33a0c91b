//! A norm to its answer, part by part: outcome, protection, states and needs (LANGUAGE.md §10 to §12).

use super::case::Eval;
use super::cond::Place;
use super::defeat::{Standing, reach, standings};
use super::effects::{Group, Kind};
use super::outcome::{Outcome, Party, parties, provisional, verdict};
use super::status::{Status, status};
use super::timing::{Life, Spot};
use super::truth::{F, Judged, Key, Keys, T, Truth, U};
use exequatur::syntax::ast::Deontic;
use std::rc::Rc;

/// The answer on one norm.
#[derive(Debug)]
pub struct NormAnswer<'a> {
    /// The truth of the guard, for a protected norm.
    pub guard: Option<Judged>,
    /// Part by part.
    pub parts: Vec<Part<'a>>,
}

/// One part of a norm's territory.
#[derive(Debug)]
pub struct Part<'a> {
    /// Its places.
    pub places: Vec<usize>,
    /// The outcome, after protection.
    pub outcome: Outcome,
    /// The provisional outcome, where the outcome before protection is undetermined.
    pub provisional: Option<Outcome>,
    /// True where there is a conflict.
    pub conflict: bool,
    /// True if the outcome before protection is undetermined because there may be a conflict.
    pub conflict_undetermined: bool,
    /// The operational effect.
    pub operational: Option<usize>,
    /// All effects that exist, T or U.
    pub effects: Vec<EffectAnswer<'a>>,
}

/// One effect of an answer.
#[derive(Debug)]
pub struct EffectAnswer<'a> {
    /// All that was said before the outcome.
    pub standing: Standing<'a>,
    /// Its state.
    pub state: State,
    /// Its status; none for `lifted`.
    pub status: Option<Status>,
    /// Its ceiling.
    pub ceiling: Option<super::ceiling::Amounts>,
    /// What would settle it: why it stands U, and what due, life and status need (§11).
    pub settles: Keys,
    /// What it needs: that, and what its ceiling and the guard need (§12).
    pub needs: Keys,
    /// What its anchors, territory, ceiling and events rest on.
    pub assumed: Keys,
}

/// The state of an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It stands.
    Standing,
    /// It may stand.
    Undetermined,
    /// Defeated by this effect.
    Defeated(usize),
    /// Its start has not come.
    NotBegun,
    /// Its end has passed.
    Ended,
    /// A protected norm is not granted, for this reason.
    Withheld(&'static str),
}

impl<'a> Eval<'a> {
    /// The answer on a norm among all packs that decide.
    pub fn norm(&self, norm: usize) -> Rc<NormAnswer<'a>> {
        if let Some(known) = &self.norms.borrow()[norm] {
            return known.clone();
        }
        let answer = Rc::new(self.judge(norm, Group::Deciding));
        self.norms.borrow_mut()[norm] = Some(answer.clone());
        answer
    }

    /// The answer on a norm among the packs of a group. Beside what decides there are no guards (§12).
    pub fn judge(&self, norm: usize, group: Group) -> NormAnswer<'a> {
        let effects = self.effects_on(norm, group);
        let guard = match group {
            Group::Deciding => self.guard(norm),
            Group::Beside(_) => None,
        };
        let reach = reach(self, &effects, group);
        let parts = self.parts(&effects).into_iter().map(|places| {
            let here = standings(self, &effects, &reach, places[0]);
            self.part(norm, places, here, guard.as_ref())
        });
        NormAnswer {
            parts: parts.collect(),
            guard,
        }
    }

    /// §10: the guard is the conjunction of all clauses that speak of the norm.
    fn guard(&self, norm: usize) -> Option<Judged> {
        let n = &self.link.norms[norm];
        if n.guards.is_empty() {
            return None;
        }
        let place = Place {
            pack: n.pack,
            scope: n.pack,
            zone: &self.link.packs[n.pack].zone,
            guard: true,
        };
        let guards = n.guards.iter();
        Some(Judged::all(guards.map(|g| self.cond(g, place)).collect()))
    }

    fn part(
        &self,
        norm: usize,
        places: Vec<usize>,
        here: Vec<Standing<'a>>,
        guard: Option<&Judged>,
    ) -> Part<'a> {
        let default = self.link.norms[norm].decl.default.map(|d| d.0);
        let all = parties(&here);
        let verdict_of = |all: &[Party]| verdict(self, all, default, guard.is_some());
        let verdict = verdict_of(&all);
        let provisional = match verdict.outcome {
            Outcome::Undetermined => Some(verdict_of(&provisional(&all)).outcome),
            _ => None,
        };
        let grants: Vec<Option<&'static str>> = match guard {
            None => vec![None; here.len()],
            Some(guard) => {
                let reason = |s: &Standing| self.withheld(norm, s, verdict.outcome, guard.truth);
                here.iter().map(reason).collect()
            }
        };
        let outcome = match guard {
            None => verdict.outcome,
            Some(_) => granted(&here, &grants, default),
        };
        let operational = operational(&here, outcome);
        let answers = here.into_iter().zip(grants);
        let answers = answers.map(|(s, reason)| self.answer_effect(norm, s, reason, guard));
        Part {
            places,
            outcome,
            provisional,
            conflict: verdict.conflict == T,
            conflict_undetermined: verdict.conflict_undetermined,
            operational,
            effects: answers.collect(),
        }
    }

    /// §10, protected norms: why a `must` or `may` is not granted, `None` if it is (or is another value, or is
    /// defeated). Whether a duty waits is asked of its due and its not-before, also once it was performed early.
    fn withheld(
        &self,
        norm: usize,
        s: &Standing,
        outcome: Outcome,
        guard: Truth,
    ) -> Option<&'static str> {
        if !matches!(s.kind, Kind::Must | Kind::May) || s.defeated() {
            return None;
        }
        let t = &s.timing;
        let ahead = |spot: Spot| match spot {
            Spot::At(at) => self.now < at,
            spot => spot == Spot::Waiting,
        };
        let waits = ahead(t.not_before) || ahead(t.start) || t.due == Spot::Waiting;
        let done_unknown = self.link.norms[norm].done.is_some_and(|e| self.is_null(e));
        let instants = [t.due, t.not_before, t.start, t.end];
        let unknown = instants.contains(&Spot::Unknown) || done_unknown;
        if guard == F {
            Some("guard_false")
        } else if guard == U {
            Some("guard_unknown")
        } else if outcome == Outcome::Conflict {
            Some("conflict")
        } else if outcome == Outcome::Undetermined || s.stands == U || unknown {
            Some("undetermined")
        } else if s.life == Life::NotBegun || waits {
            Some("waiting")
        } else if matches!(s.life, Life::Ended(_)) {
            Some("ended")
        } else {
            // What is left stands T, and so the outcome is of its kind or stronger.
            None
        }
    }

    /// §10 to §12: state, status, ceiling, needs and assumptions of one effect.
    fn answer_effect(
        &self,
        norm: usize,
        s: Standing<'a>,
        reason: Option<&'static str>,
        guard: Option<&Judged>,
    ) -> EffectAnswer<'a> {
        let n = &self.link.norms[norm];
        let (status, status_needs) = status(self, norm, &s);
        let state = match (s.defeated(), s.overruled_by) {
            (true, Some(by)) => State::Defeated(by),
            _ => match (reason, s.life) {
                (Some(reason), _) => State::Withheld(reason),
                (None, Life::NotBegun) => State::NotBegun,
                (None, Life::Ended(_)) => State::Ended,
                _ if s.stands == T => State::Standing,
                _ => State::Undetermined,
            },
        };
        let ceiling = s.decl.up_to.as_ref().map(|c| self.ceiling(c));
        let mut settles = status_needs;
        settles.extend(&s.why);
        settles.extend(&s.timing.needs);
        let mut needs = Keys::new();
        let mut assumed = Keys::new();
        if !matches!(state, State::Defeated(_)) {
            needs.extend(&settles);
            if let (State::Withheld("guard_unknown"), Some(guard)) = (state, guard) {
                needs.extend(&guard.needs);
            }
            assumed.extend(&s.timing.assumed);
            assumed.extend(&s.assumed);
            if let Some(ceiling) = &ceiling {
                needs.extend(&ceiling.needs);
                assumed.extend(&ceiling.assumed);
            }
            let breakable = s.kind == Kind::MustNot || s.timing.lasting;
            let watched = [
                n.done.filter(|_| s.kind == Kind::Must && !s.timing.lasting),
                n.broken.filter(|_| breakable),
            ];
            for e in watched.into_iter().flatten().filter(|e| self.is_absent(*e)) {
                assumed.insert(Key::Event(e));
            }
        }
        EffectAnswer {
            standing: s,
            state,
            status,
            ceiling,
            settles,
            needs,
            assumed,
        }
    }
}

/// §10: what is left of a protected norm: the strongest value that is granted, else the default.
fn granted(here: &[Standing], reasons: &[Option<&str>], default: Option<Deontic>) -> Outcome {
    let of = |kind: Kind| {
        let mut all = here.iter().zip(reasons);
        all.any(|(s, reason)| s.kind == kind && s.stands == T && reason.is_none())
    };
    if of(Kind::Must) {
        Outcome::Must
    } else if of(Kind::May) {
        Outcome::May
    } else {
        default.map_or(Outcome::None, Outcome::from)
    }
}

/// §10: the operational effect.
fn operational(here: &[Standing], outcome: Outcome) -> Option<usize> {
    let musts = || (0..here.len()).filter(|i| here[*i].kind == Kind::Must && here[*i].stands != F);
    if musts().next().is_some() {
        let dated = musts().filter_map(|i| match here[i].timing.due {
            // What the house sets itself is no due of the law.
            Spot::At(t) if !here[i].timing.service_level => Some((t, !here[i].timing.exclusive, i)),
            _ => None,
        });
        let certain = || musts().find(|i| here[*i].stands == T);
        return dated
            .min()
            .map(|d| d.2)
            .or_else(certain)
            .or_else(|| musts().next());
    }
    let kind = match outcome {
        Outcome::May => Kind::May,
        Outcome::MustNot => Kind::MustNot,
        _ => return None,
    };
    (0..here.len()).find(|i| here[*i].kind == kind && here[*i].stands == T)
}
