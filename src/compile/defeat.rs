//! The effects of one norm to: who defeats whom, in which order to settle them, and what can clash.
//!
//! Invariant: this depends on what rules target, never on their order; the order of effects only breaks ties.
//! Numbers of effects are counted from the first effect of the norm.

use crate::check::ir::{Across, Effect, Ir, Version};
use crate::model::{Kind, RuleId, VersionId};
use std::collections::{BTreeMap, BTreeSet};

/// For each rule, the rules that stand below it: its targets, their targets, and so on, over all versions.
pub(super) type Below = Vec<BTreeSet<RuleId>>;

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
    /// For each effect, those that would defeat it.
    pub(super) defeaters: Vec<Vec<u16>>,
    /// All effects, each after those that would defeat it.
    pub(super) top_down: Vec<u16>,
    /// For each effect, where it stands in `top_down`.
    pub(super) rank: Vec<u32>,
    /// A `lifted`, a sibling with another value, an effect that both target.
    pub(super) clashes: Vec<(u16, u16, u16)>,
}

/// What stands below each rule.
pub(super) fn below(ir: &Ir) -> Below {
    let mut direct = vec![BTreeSet::new(); ir.rules.len()];
    for version in &ir.versions {
        if let Some(targets) = direct.get_mut(version.rule.index()) {
            targets.extend(version.targets());
        }
    }
    direct
        .iter()
        .map(|targets| {
            let mut seen = BTreeSet::new();
            let mut open: Vec<RuleId> = targets.iter().copied().collect();
            while let Some(rule) = open.pop() {
                if seen.insert(rule) {
                    open.extend(direct.get(rule.index()).into_iter().flatten());
                }
            }
            seen
        })
        .collect()
}

/// The rules whose effects an effect of this kind and version defeats.
fn defeated(version: &Version, kind: Kind, below: &Below) -> BTreeSet<RuleId> {
    let mut rules: BTreeSet<RuleId> = version.targets().collect();
    if kind != Kind::Lifted {
        for target in version.targets() {
            rules.extend(below.get(target.index()).into_iter().flatten());
        }
    }
    rules.remove(&version.rule);
    rules
}

/// Settles the effects of one norm.
pub(super) fn settle(ir: &Ir, own: &[EffectRef<'_>], below: &Below) -> Defeat {
    let mut by_rule: BTreeMap<RuleId, Vec<u16>> = BTreeMap::new();
    for (number, item) in (0u16..).zip(own) {
        by_rule.entry(item.rule).or_default().push(number);
    }
    let mut out = Defeat {
        base: vec![Vec::new(); own.len()],
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
        for rule in defeated(version, item.effect.kind, below) {
            for loser in by_rule.get(&rule).into_iter().flatten() {
                if let Some(defeaters) = out.defeaters.get_mut(usize::from(*loser)) {
                    defeaters.push(number);
                }
                if let Some(defeats) = defeats.get_mut(usize::from(number)) {
                    defeats.push(*loser);
                }
            }
        }
    }
    out.top_down = top_down(&out.defeaters, &defeats);
    out.rank = vec![0; own.len()];
    for (position, number) in (0u32..).zip(&out.top_down) {
        if let Some(rank) = out.rank.get_mut(usize::from(*number)) {
            *rank = position;
        }
    }
    out.clashes = clashes(ir, own, &by_rule);
    out
}

/// Always the first effect of those whose defeaters all stand already.
fn top_down(defeaters: &[Vec<u16>], defeats: &[Vec<u16>]) -> Vec<u16> {
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
