//! The effects of one norm to: who defeats whom, in which order to settle them, and what can clash.
//!
//! Invariant: this depends on what rules target, never on their order; the order of effects only breaks ties.
//! Numbers of effects are counted from the first effect of the norm.

use crate::check::ir::{Across, Effect, Ir, Version};
use crate::model::{Kind, RuleId, VersionId};
use std::collections::{BTreeMap, BTreeSet};

/// Ways by which one rule can stand above others: far more than people can follow.
pub(super) const WAYS_MAX: usize = 4_096;
/// Steps of all these ways in a link: beyond, the pack could not be written, and a chain of a few thousand rules would
/// ask for more memory than there is.
pub(super) const STEPS_MAX: usize = 1 << 20;

/// What a link has too much of: of what, and how many it may have.
pub(super) type TooMany = (&'static str, usize);

/// An effect, and whose it is.
#[derive(Clone, Copy)]
pub(super) struct EffectRef<'i> {
    pub(super) version: VersionId,
    pub(super) rule: RuleId,
    pub(super) effect: &'i Effect,
}

/// What [`settle`] finds.
#[derive(Default)]
pub(super) struct Defeat {
    /// For each effect, the effects of its base.
    pub(super) base: Vec<Vec<u16>>,
    /// For each effect of `then lifted`, the effects of what its rule targets.
    pub(super) targets: Vec<Vec<u16>>,
    /// For each effect, those that would defeat it, and the versions on the way.
    pub(super) defeaters: Vec<Vec<(u16, Way)>>,
    /// All effects, each after those that would defeat it.
    pub(super) top_down: Vec<u16>,
    /// For each effect, where it stands in `top_down`.
    pub(super) rank: Vec<u32>,
    /// A `lifted`, a sibling with another value, an effect that both target.
    pub(super) clashes: Vec<(u16, u16, u16)>,
}

/// The rules whose effects an effect of this kind and version defeats, each with the versions on the way to it: none
/// for what it targets itself; for what stands further below, one version of each rule between, all of which must be
/// present. A way that needs more than another is left out. `steps` is what is left of [`STEPS_MAX`].
fn defeated(
    ir: &Ir,
    version: &Version,
    kind: Kind,
    steps: &mut usize,
) -> Result<Vec<(RuleId, Way)>, TooMany> {
    let mut found: Vec<(RuleId, Way)> = Vec::new();
    let mut open: Vec<(RuleId, Way)> = version.targets().map(|rule| (rule, Way::new())).collect();
    // Nearer rules first, so that the ways with the fewest versions are found before the others.
    while !open.is_empty() {
        let mut further = Vec::new();
        for (rule, way) in open {
            let known = found.iter().any(|(other, short)| {
                *other == rule && short.iter().all(|step| way.contains(step))
            });
            if known || rule == version.rule {
                continue;
            }
            let versions = ir
                .rules
                .get(rule.index())
                .map_or(&[][..], |rule| &rule.versions);
            for next in versions.iter().filter(|_| kind != Kind::Lifted) {
                let mut longer = way.clone();
                longer.push(*next);
                let below = ir.versions.get(next.index());
                for target in below.into_iter().flat_map(Version::targets) {
                    let left = steps.checked_sub(longer.len());
                    *steps =
                        left.ok_or(("steps between rules that stand above others", STEPS_MAX))?;
                    further.push((target, longer.clone()));
                }
            }
            found.push((rule, way));
        }
        if further.len() > WAYS_MAX {
            return Err(("ways by which a rule stands above others", WAYS_MAX));
        }
        open = further;
    }
    Ok(found)
}

/// Versions that must be present for a rule to reach another.
pub(super) type Way = Vec<VersionId>;

/// Settles the effects of one norm.
pub(super) fn settle(ir: &Ir, own: &[EffectRef<'_>], steps: &mut usize) -> Result<Defeat, TooMany> {
    let mut by_rule: BTreeMap<RuleId, Vec<u16>> = BTreeMap::new();
    for (number, item) in (0u16..).zip(own) {
        by_rule.entry(item.rule).or_default().push(number);
    }
    let mut out = Defeat {
        base: vec![Vec::new(); own.len()],
        targets: vec![Vec::new(); own.len()],
        defeaters: vec![Vec::new(); own.len()],
        ..Defeat::default()
    };
    let mut defeats = vec![Vec::new(); own.len()];
    for (number, item) in (0u16..).zip(own) {
        let Some(version) = ir.versions.get(item.version.index()) else {
            continue;
        };
        if let (Across::Base, Some(base)) = (&item.effect.across, version.base)
            && let Some(slot) = out.base.get_mut(usize::from(number))
        {
            *slot = by_rule.get(&base).cloned().unwrap_or_default();
        }
        if let (true, Some(slot)) = (
            item.effect.unfolded,
            out.targets.get_mut(usize::from(number)),
        ) {
            let targets: BTreeSet<RuleId> = version.targets().collect();
            let effects = targets
                .iter()
                .filter_map(|rule| by_rule.get(rule))
                .flatten();
            slot.extend(effects);
            slot.sort_unstable();
        }
        for (rule, way) in defeated(ir, version, item.effect.kind, steps)? {
            for loser in by_rule.get(&rule).into_iter().flatten() {
                if let Some(defeaters) = out.defeaters.get_mut(usize::from(*loser)) {
                    defeaters.push((number, way.clone()));
                }
                if let Some(defeats) = defeats.get_mut(usize::from(number)) {
                    defeats.push(*loser);
                }
            }
        }
    }
    for defeaters in &mut out.defeaters {
        defeaters.sort();
    }
    out.top_down = top_down(&out.defeaters, &defeats);
    out.rank = vec![0; own.len()];
    for (position, number) in (0u32..).zip(&out.top_down) {
        if let Some(rank) = out.rank.get_mut(usize::from(*number)) {
            *rank = position;
        }
    }
    out.clashes = clashes(ir, own, &by_rule);
    Ok(out)
}

/// Always the first effect of those whose defeaters all stand already.
fn top_down(defeaters: &[Vec<(u16, Way)>], defeats: &[Vec<u16>]) -> Vec<u16> {
    let mut waits_for: Vec<usize> = defeaters.iter().map(Vec::len).collect();
    let mut ready: BTreeSet<u16> = (0u16..)
        .zip(&waits_for)
        .filter(|(_, count)| **count == 0)
        .map(|(number, _)| number)
        .collect();
    let mut order = Vec::with_capacity(defeaters.len());
    while let Some(number) = ready.pop_first() {
        order.push(number);
        for loser in defeats.get(usize::from(number)).into_iter().flatten() {
            if let Some(count) = waits_for.get_mut(usize::from(*loser)) {
                *count -= 1;
                if *count == 0 {
                    ready.insert(*loser);
                }
            }
        }
    }
    order
}

/// Each `lifted` with each other value of another rule that targets a rule in common, once for each effect of
/// that rule.
fn clashes(
    ir: &Ir,
    own: &[EffectRef<'_>],
    by_rule: &BTreeMap<RuleId, Vec<u16>>,
) -> Vec<(u16, u16, u16)> {
    let mut targeting: BTreeMap<RuleId, (Vec<u16>, Vec<u16>)> = BTreeMap::new();
    for (number, item) in (0u16..).zip(own) {
        let Some(version) = ir.versions.get(item.version.index()) else {
            continue;
        };
        let targets: BTreeSet<RuleId> = version.targets().collect();
        for target in targets {
            let (lifted, others) = targeting.entry(target).or_default();
            match item.effect.kind {
                Kind::Lifted => lifted.push(number),
                _ => others.push(number),
            }
        }
    }
    let rule = |number: u16| own.get(usize::from(number)).map(|item| item.rule);
    let mut out = Vec::new();
    for (target, (lifted, others)) in &targeting {
        for base in by_rule.get(target).into_iter().flatten() {
            for lift in lifted {
                for other in others {
                    if rule(*lift) != rule(*other) {
                        out.push((*lift, *other, *base));
                    }
                }
            }
        }
    }
    out.sort_unstable();
    out
}
