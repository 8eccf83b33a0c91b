//! Rules that do nothing: from the conditions of versions to those that never apply, and to exceptions that never meet what
//! they are exceptions to.
//!
//! Invariant: each reason is told once. A rule that its base alone keeps from applying is told as an exception apart from
//! its base; only where the base never applies at all is the base to blame.

use std::collections::{BTreeMap, HashSet};

use super::asked::Asked;
use super::{Excluded, Finding, Question, Review, is_annulled};
use crate::model::{EffectId, NormId, RuleId, VersionId};
use crate::pack::format::NONE32;
use crate::prove::formula::Lit;
use crate::prove::kleene::Kleene;
use crate::prove::solver::Beyond;

pub(super) fn find(asked: &mut Asked<'_, '_>, review: &mut Review) {
    let program = asked.program();
    // What is dead or not there is no partner for anything.
    let mut gone = HashSet::new();
    let mut below_base = Vec::new();
    for version in (0..program.versions.len() as u16).map(VersionId) {
        if is_absent(asked, version) {
            gone.insert(version);
            continue;
        }
        match excluded(asked, version) {
            Ok(None) => {}
            Ok(Some(by)) => {
                gone.insert(version);
                match by {
                    Excluded::Base => below_base.push(version),
                    _ => review.findings.push(Finding::Never(version, by)),
                }
            }
            Err(why) => review.undecided(Question::Never(version), why),
        }
    }
    let gone_rule = |rule: RuleId| {
        let versions = program.rules.at(rule.index()).versions;
        (versions.first..versions.first + versions.count)
            .all(|version| gone.contains(&VersionId(version as u16)))
    };
    let mut apart = Vec::new();
    for version in below_base {
        let base = RuleId(program.versions.at(version.index()).inherits);
        if gone_rule(base) {
            let dead = Finding::Never(version, Excluded::Base);
            review.findings.push(dead);
        } else {
            apart.push((version, base));
        }
    }
    for ((version, rule), meeting) in meetings(asked) {
        if gone.contains(&version) || gone_rule(rule) {
            continue;
        }
        let mut meets = Ok(false);
        for goal in meeting {
            meets = asked.possible(&goal);
            if meets != Ok(false) {
                break;
            }
        }
        match meets {
            Ok(true) => {}
            Ok(false) => apart.push((version, rule)),
            Err(why) => review.undecided(Question::Apart(version, rule), why),
        }
    }
    apart.sort_unstable_by_key(|(version, rule)| (version.0, rule.0));
    let apart = apart.into_iter();
    review
        .findings
        .extend(apart.map(|(version, rule)| Finding::Apart(version, rule)));
}

/// True where the law itself says that a version is not there: its pack is annulled, or has no day.
fn is_absent(asked: &Asked<'_, '_>, version: VersionId) -> bool {
    let program = asked.program();
    let pack = program.pack_of(version);
    let row = program.packs.at(pack.index());
    is_annulled(&program, pack) || row.from >= row.until
}

/// What keeps a version from applying, if it never does: the first of these that does so with those before it.
fn excluded(asked: &mut Asked<'_, '_>, version: VersionId) -> Result<Option<Excluded>, Beyond> {
    let program = asked.program();
    let said = &asked.inquiry.said[0];
    let (whole, own) = (said.truths[version.index()].yes, said.own[version.index()]);
    let present = said.present[version.index()];
    let applies = program.packs.at(program.pack_of(version).index()).applies;
    let applies = whole_of(&said.nodes, applies);
    if asked.possible(&[whole])? {
        return Ok(None);
    }
    let mut goal = vec![own.yes];
    if !asked.possible(&goal)? {
        return Ok(Some(Excluded::Own));
    }
    goal.push(present);
    if !asked.possible(&goal)? {
        return Ok(Some(Excluded::Dates));
    }
    goal.push(applies.yes);
    if !asked.possible(&goal)? {
        return Ok(Some(Excluded::Pack));
    }
    Ok(Some(Excluded::Base))
}

/// The truth of a whole condition: that of its last node.
fn whole_of(nodes: &[Vec<Kleene>], cond: u32) -> Kleene {
    match nodes.get(cond as usize).and_then(|nodes| nodes.last()) {
        Some(truth) if cond != NONE32 => *truth,
        _ => Kleene::TRUE,
    }
}

/// For each version and each rule right below it: the ways in which both can apply to one norm in one place.
fn meetings(asked: &Asked<'_, '_>) -> BTreeMap<(VersionId, RuleId), Vec<[Lit; 2]>> {
    let program = asked.program();
    let said = &asked.inquiry.said[0];
    let mut found: BTreeMap<(VersionId, RuleId), Vec<[Lit; 2]>> = BTreeMap::new();
    for effect in (0..program.effects.len() as u16).map(EffectId) {
        let row = program.effects.at(effect.index());
        let rule = super::rule_of(&program, effect);
        let defeats = program
            .defeats
            .range(row.defeaters.first, row.defeaters.count);
        for defeat in defeats.filter(|defeat| defeat.via.count == 0) {
            let above = VersionId(program.effects.at(usize::from(defeat.effect)).version);
            let ways = found.entry((above, rule)).or_default();
            for part in &said.norms[NormId(row.norm).index()] {
                let exists = |effect: u16| {
                    let first = program.norms.at(usize::from(row.norm)).effects.first;
                    let local = usize::from(effect).wrapping_sub(first as usize);
                    part.rows
                        .get(local)
                        .map_or(Lit::FALSE, |row| row.exists.yes)
                };
                ways.push([exists(defeat.effect), exists(effect.0)]);
            }
        }
    }
    found
}
