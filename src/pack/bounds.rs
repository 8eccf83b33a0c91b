//! Program to bounds: how much a caller must have ready, so that evaluation never asks for memory.
//!
//! Invariant: no answer of the program exceeds them. They are computed when a pack is written and again when it
//! is loaded, by this one function, with a few words of memory.

use super::format::{ACROSS_BASE, BoundsRow, NONE16, NONE32, NormRow};
use super::program::Program;
use crate::model::{PackStatus, VersionId};

/// From six different territories on, three values each, a norm may have more parts than there are places.
const TERRITORIES: usize = 6;

/// The different territories that effects name, as far as they can still make a difference.
#[derive(Default)]
struct Territories {
    seen: [u32; TERRITORIES],
    count: usize,
}

impl Territories {
    /// An exception's territory follows from those of its base, so it cuts nothing by itself.
    fn add(&mut self, across: u32) {
        if across == NONE32 || across == ACROSS_BASE {
            return;
        }
        if self.seen.iter().take(self.count).any(|s| *s == across) {
            return;
        }
        if let Some(slot) = self.seen.get_mut(self.count) {
            *slot = across;
            self.count += 1;
        }
    }

    /// Into how many parts they can cut so many places.
    fn parts(&self, places: u64) -> u64 {
        3u64.pow(self.count as u32).min(places)
    }
}

#[derive(Default)]
struct Sum {
    parts: u64,
    effects: u64,
    results: u64,
    entries: u64,
}

/// What evaluation needs to have ready.
pub(super) fn bounds(program: &Program<'_>) -> BoundsRow {
    let places = match program.territory {
        NONE16 => 1,
        territory => {
            let members = program.enums.at(usize::from(territory)).members;
            u64::from(members.count.max(1))
        }
    };
    let mut sum = Sum::default();
    for norm in program.norms.iter() {
        add_norm(&mut sum, program, &norm, places);
    }
    let nodes = program.conds.iter().map(|cond| cond.nodes.count).max();
    let number = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    BoundsRow {
        nodes: nodes.unwrap_or(0),
        parts: number(sum.parts.max(1)),
        effects: number(sum.effects),
        entries: number(sum.entries),
        results: number(sum.results),
        places: places as u16,
    }
}

/// The words of memory for what the entries of an answer need: a bit for each entry and name.
pub(super) fn needs_words(program: &Program<'_>) -> u64 {
    let names =
        program.facts.len() + program.events.len() + program.sets.len() + program.calendars.len();
    u64::from(program.bounds.entries) * names.div_ceil(64) as u64
}

/// All effects of the norm may decide; and those of each pack that can be adopted, and is not, stand beside, by
/// themselves. Effects stand in the order of packs, so one pack's are neighbours.
fn add_norm(sum: &mut Sum, program: &Program<'_>, norm: &NormRow, places: u64) {
    let mut all = Territories::default();
    let mut beside = Territories::default();
    let (mut pack, mut count) = (NONE16, 0);
    let mut close = |pack: u16, count: u64, beside: &Territories| {
        let status = program.packs.at(usize::from(pack)).status;
        if count > 0 && PackStatus::from_u8(status).is_some_and(PackStatus::adoptable) {
            sum.results += beside.parts(places);
            sum.entries += beside.parts(places) * count;
        }
    };
    for effect in program
        .effects
        .range(norm.effects.first, norm.effects.count)
    {
        let own = program.pack_of(VersionId(effect.version)).0;
        if own != pack {
            close(pack, count, &beside);
            (pack, count, beside) = (own, 0, Territories::default());
        }
        count += 1;
        all.add(effect.across);
        beside.add(effect.across);
    }
    close(pack, count, &beside);
    let effects = u64::from(norm.effects.count);
    sum.parts = sum.parts.max(all.parts(places));
    sum.effects = sum.effects.max(effects);
    sum.results += all.parts(places);
    sum.entries += all.parts(places) * effects;
}
