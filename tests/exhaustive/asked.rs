//! What cases can come to, by formulas and by enumeration: outcomes one by one, and several things at once.

use super::gen_rng::Rng;
use super::grid::{PLACES, is_at_an_end};
use super::judge::{Found, Judge, NO, YES};
use super::{Pack, Seen};
use exequatur::model::{NormId, Outcome, State, VersionId};
use exequatur::prove::formula::Lit;
use exequatur::prove::question::Inquiry;
use exequatur::prove::situation::Situation;
use exequatur::prove::symbolic::Part;

/// How many questions about several things at once are asked of each pack.
const TOGETHER: usize = 24;

impl Pack<'_> {
    /// Every outcome of a norm, place by place.
    pub fn outcomes(&self, inquiry: &mut Inquiry<'_>, norm: usize, seen: &mut Seen) {
        let parts = inquiry.said[0].norms[norm].clone();
        let mut told = [false; PLACES];
        for part in &parts {
            let places: Vec<usize> = match part.place {
                Some(_) => (0..PLACES)
                    .filter(|place| part.places.contains(*place as u16))
                    .collect(),
                None => (0..PLACES).collect(),
            };
            for place in &places {
                assert!(!told[*place], "two parts speak of one place");
                told[*place] = true;
            }
            for outcome in 0..Outcome::ALL.len() {
                let name = format!(
                    "{:?} of {:?}",
                    Outcome::ALL[outcome],
                    self.program.norm_name(NormId(norm as u16))
                );
                let reached = |found: &Found| {
                    places
                        .iter()
                        .any(|place| found.outcomes[norm][*place] & (1 << outcome) != 0)
                };
                let solved = inquiry.solve(&[part.outcome.is(outcome as u8)]);
                let Some(found) = solved.expect("within the limits") else {
                    if reached(self.found) {
                        self.fails(&format!("{name} is not reached"), &reached);
                    }
                    seen.outcomes[0] += 1;
                    continue;
                };
                seen.outcomes[1] += 1;
                // What is reached in one of the places of a part is reached in all of them.
                let all = |found: &Found| {
                    places
                        .iter()
                        .all(|place| found.outcomes[norm][*place] & (1 << outcome) != 0)
                };
                if all(self.found) {
                    continue;
                }
                let all_values = inquiry.world.graph.evaluate(&found);
                let case = Situation::of(&inquiry.world, &all_values);
                if !all(&Judge::new(self.program).situation(&case)) {
                    if self.made.levels {
                        seen.bounded += 1;
                        continue;
                    }
                    self.fails(
                        &format!("{name} is not what the case shows: {case:?}"),
                        &reached,
                    );
                }
                if self.on_grid(&case) || !is_at_an_end(&case) {
                    self.fails(
                        &format!("the enumeration missed a case of {name}: {case:?}"),
                        &reached,
                    );
                }
                seen.off_grid += 1;
            }
        }
        assert!(
            told.iter().all(|told| *told),
            "no part speaks of some place"
        );
    }

    /// Several things that an answer tells, at once: for random ones whether some case is told all of them.
    pub fn together(&self, inquiry: &mut Inquiry<'_>, seen: &mut Seen) {
        let mut rng = Rng::new(self.seed);
        let mut answers: Vec<&Vec<u8>> = self.found.answers.iter().collect();
        answers.sort_unstable();
        let length = answers.first().map_or(0, |answer| answer.len());
        for _ in 0..TOGETHER {
            // Each of them comes from some answer: so that they all do is likely, and not sure. They speak of one place:
            // members that are never named stand for one another, so that which of two has something is no question.
            let place = rng.below(PLACES);
            let mut wanted: Vec<(usize, u8)> = Vec::new();
            for _ in 0..2 + rng.below(3) {
                let at = self.at(rng.below(length), place);
                wanted.push((at, rng.pick(&answers)[at]));
            }
            let told = |answer: &[u8]| wanted.iter().all(|(at, value)| answer[*at] == *value);
            let reached = self.found.answers.iter().any(|answer| told(answer));
            let shows = |found: &Found| told(&found.last);
            let mut goal = Vec::new();
            for (at, value) in &wanted {
                goal.push(self.tells(inquiry, *at, *value));
            }
            let solved = inquiry.solve(&goal).expect("within the limits");
            seen.together[usize::from(solved.is_some())] += 1;
            let Some(solved) = solved else {
                if reached {
                    self.fails(&format!("{wanted:?} is not reached"), &shows);
                }
                continue;
            };
            let case = Situation::of(&inquiry.world, &inquiry.world.graph.evaluate(&solved));
            if !shows(&Judge::new(self.program).situation(&case)) {
                if self.made.levels {
                    seen.bounded += 1;
                    continue;
                }
                self.fails(
                    &format!("{wanted:?} is not what the case shows: {case:?}"),
                    &shows,
                );
            }
            if !reached {
                if self.on_grid(&case) || !is_at_an_end(&case) {
                    self.fails(
                        &format!("the enumeration missed {wanted:?}: {case:?}"),
                        &shows,
                    );
                }
                seen.off_grid += 1;
            }
        }
    }

    /// The same of a norm or an effect, in this place.
    fn at(&self, at: usize, place: usize) -> usize {
        let norms = self.program.norms.len() * PLACES;
        let effects = norms + self.program.versions.len();
        match at {
            at if at < norms => at - at % PLACES + place,
            at if at < effects => at,
            at => at - (at - effects) % PLACES + place,
        }
    }

    /// When an answer tells this of a norm and place, of a version, or of an effect and place.
    fn tells(&self, inquiry: &mut Inquiry<'_>, at: usize, value: u8) -> Lit {
        let (norms, versions) = (
            self.program.norms.len() * PLACES,
            self.program.versions.len(),
        );
        let said = &inquiry.said[0];
        let graph = &mut inquiry.world.graph;
        let here =
            |part: &&Part, place: usize| part.place.is_none() || part.places.contains(place as u16);
        if at < norms {
            let part = said.norms[at / PLACES]
                .iter()
                .find(|part| here(part, at % PLACES));
            return part.expect("every place has a part").outcome.is(value);
        }
        if at < norms + versions {
            let version = VersionId((at - norms) as u16);
            let truth = said.truths[version.index()];
            let has = graph.and(
                said.decides[self.program.pack_of(version).index()],
                said.present[version.index()],
            );
            return match value {
                NO => graph.or(!has, truth.no),
                YES => graph.and(has, truth.yes),
                _ => graph.all([has, !truth.yes, !truth.no]),
            };
        }
        let (effect, place) = (
            (at - norms - versions) / PLACES,
            (at - norms - versions) % PLACES,
        );
        let norm = usize::from(self.program.effects.at(effect).norm);
        let part = said.norms[norm]
            .iter()
            .find(|part| here(part, place))
            .expect("every place has a part");
        let row = part
            .rows
            .iter()
            .find(|row| row.effect.index() == effect)
            .expect("every effect has a row");
        let listed = graph.and(!row.exists.no, !row.state.is(State::Defeated as u8));
        match value.checked_sub(1) {
            Some(status) => graph.and(listed, row.status.is(status)),
            None => !listed,
        }
    }
}
