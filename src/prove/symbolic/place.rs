//! Territory: the places of which a program may say different things.
//!
//! Invariant: two places that share a part are in the same sets in every case, so that one answer speaks for both. A norm
//! none of whose effects is limited to a territory has one part.

use std::collections::BTreeMap;

use super::Reader;
use super::norm::Effect;
use super::set::Membership;
use crate::model::Bits;
use crate::pack::format::{ACROSS_BASE, NONE16, NONE32};
use crate::prove::formula::Lit;
use crate::prove::kleene::Kleene;

/// Places of which a norm says the same, and one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The place that is looked at; none where there is no territory, or all places are alike.
    pub at: Option<u16>,
    /// All of them, in the program's order of members.
    pub all: Bits,
}

impl Reader<'_, '_> {
    /// The territory of each effect: for each kept place whether it is in; none for everywhere.
    pub(super) fn territories(&mut self, effects: &[Effect]) -> Vec<Option<Membership>> {
        let mut found: Vec<Option<Membership>> = vec![None; effects.len()];
        let of = self.program.territory;
        for index in self.bottom_up(effects) {
            let effect = &effects[index];
            found[index] = match effect.row.across {
                NONE32 => None,
                ACROSS_BASE => self.base_territory(effects, effect, &found),
                expr => Some(self.set(expr, of)),
            };
        }
        found
    }

    /// Where the present effects of the base hold; everywhere, if there is none.
    fn base_territory(
        &mut self,
        effects: &[Effect],
        effect: &Effect,
        found: &[Option<Membership>],
    ) -> Option<Membership> {
        let bases = self
            .program
            .lists
            .range(effect.row.base.first, effect.row.base.count);
        let bases: Vec<usize> = bases.map(|id| effect.local(id.id)).collect();
        if bases.iter().all(|base| found[*base].is_none()) {
            return None;
        }
        let graph = &mut self.world.graph;
        let some = graph.any(bases.iter().map(|base| effects[*base].present));
        let mut joined = Membership::new();
        for member in self.kept(self.program.territory) {
            let graph = &mut self.world.graph;
            let mut inside = vec![Kleene::known(!some)];
            for base in &bases {
                let there = found[*base].as_ref().and_then(|set| set.get(&member));
                let there = there.copied().unwrap_or(Kleene::TRUE);
                let present = Kleene::known(effects[*base].present);
                inside.push(present.and(there, graph));
            }
            joined.insert(member, Kleene::any(graph, &inside));
        }
        Some(joined)
    }

    /// The parts of a norm whose effects have these territories.
    pub(super) fn places(&self, territories: &[Option<Membership>]) -> Vec<Place> {
        let of = self.program.territory;
        let everywhere = Bits::first(self.program.bounds.places);
        if of == NONE16 || territories.iter().all(Option::is_none) {
            return vec![Place {
                at: None,
                all: everywhere,
            }];
        }
        let mut classes: BTreeMap<Vec<(Lit, Lit)>, Place> = BTreeMap::new();
        for member in self.kept(of) {
            let inside = territories.iter().flatten();
            let key = inside
                .filter_map(|set| set.get(&member))
                .map(|truth| (truth.yes, truth.no))
                .collect();
            let place = classes.entry(key).or_insert(Place {
                at: Some(member),
                all: Bits::EMPTY,
            });
            place.all = place.all.union(self.stood_for(of, member));
        }
        let mut places: Vec<Place> = classes.into_values().collect();
        places.sort_unstable_by_key(|place| place.at);
        places
    }

    /// A kept member and those that it stands for.
    fn stood_for(&self, of: u16, kept: u16) -> Bits {
        let mut found = Bits::EMPTY;
        let name = self
            .program
            .str(self.program.enums.at(usize::from(of)).name);
        let (Some(enumeration), Some(own)) = (self.world.enums.get(name), self.in_world(of, kept))
        else {
            return found;
        };
        for (member, world) in (0u16..).zip(&self.lenses[usize::from(of)]) {
            if world.is_some_and(|index| enumeration.stands[index] == own) {
                found.insert(member);
            }
        }
        found
    }
}
