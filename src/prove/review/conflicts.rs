//! Rules that contradict each other: from what stands in a norm to pairs of rules, each with the smallest case.
//!
//! A duty or permission contradicts a prohibition, and what is lifted the value of a sibling. Invariant: both effects of a
//! pair stand in its case, and nothing decides between them; the evaluator was given it, and answered with a conflict.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::Asked;
use super::{CONFLICTS_SHOWN, Conflict, Finding, Question, Review, pack_of, rule_of};
use crate::eval::Decision;
use crate::model::{EffectId, Kind, NormId, RuleId, Truth};
use crate::pack::Program;
use crate::prove::formula::{Lit, holds};
use crate::prove::proof::Undecided;
use crate::prove::symbolic::Row;

/// A pair of rules, by number, the smaller first.
type Rules = (u16, u16);

/// Two effects, and the formula of one place in which both stand and contradict each other.
type Clash = ([EffectId; 2], Lit);

pub(super) fn find(asked: &mut Asked<'_, '_>, shown: &BTreeSet<NormId>, review: &mut Review) {
    let mut told = BTreeSet::new();
    for norm in (0..asked.program().norms.len() as u16).map(NormId) {
        let mut pairs = clashes(asked, norm);
        let program = asked.program();
        pairs.retain(|rules, _| {
            let known = shown.contains(&norm) && apart(&program, *rules);
            !known && !told.contains(rules)
        });
        match reachable(asked, &mut pairs) {
            Ok(found) => tell(asked, norm, found, &mut told, review),
            Err(why) => review.undecided(Question::Conflict(norm), why),
        }
    }
}

/// True if the rules are of two packs.
fn apart(program: &Program<'_>, rules: Rules) -> bool {
    pack_of(program, RuleId(rules.0)) != pack_of(program, RuleId(rules.1))
}

/// Every pair of rules that might contradict each other on a norm.
fn clashes(asked: &mut Asked<'_, '_>, norm: NormId) -> BTreeMap<Rules, Vec<Clash>> {
    let program = asked.program();
    let norm_row = program.norms.at(norm.index());
    let graph = &mut asked.inquiry.world.graph;
    let mut found: BTreeMap<Rules, Vec<Clash>> = BTreeMap::new();
    let mut add = |a: EffectId, b: EffectId, lit: Lit| {
        if lit == Lit::FALSE {
            return;
        }
        let effects = if a.0 < b.0 { [a, b] } else { [b, a] };
        let [one, other] = effects.map(|effect| rule_of(&program, effect).0);
        let rules = (one.min(other), one.max(other));
        found.entry(rules).or_default().push((effects, lit));
    };
    let kind = |row: &Row| program.effects.at(row.effect.index()).kind;
    for part in &asked.inquiry.said[0].norms[norm.index()] {
        let prohibits = |row: &&Row| kind(row) == Kind::MustNot as u8;
        let grants = |row: &&Row| [Kind::Must as u8, Kind::May as u8].contains(&kind(row));
        for not in part.rows.iter().filter(prohibits) {
            for row in part.rows.iter().filter(grants) {
                let both = graph.and(row.stands.yes, not.stands.yes);
                add(row.effect, not.effect, both);
            }
        }
        let clashes = norm_row.clashes;
        for clash in program.clashes.range(clashes.first, clashes.count) {
            let local =
                |effect: u16| usize::from(effect).wrapping_sub(norm_row.effects.first as usize);
            let row = |effect: u16| part.rows.get(local(effect));
            if let (Some(lifted), Some(other), Some(base)) =
                (row(clash.lifted), row(clash.other), row(clash.base))
            {
                let over = !base.active.no;
                let both = graph.all([over, lifted.stands.yes, other.stands.yes]);
                add(lifted.effect, other.effect, both);
            }
        }
    }
    found
}

/// The pairs for which there is a case, each with the effects and the formula that it shows.
fn reachable(
    asked: &mut Asked<'_, '_>,
    pairs: &mut BTreeMap<Rules, Vec<Clash>>,
) -> Result<BTreeMap<Rules, Clash>, Undecided> {
    let mut found = BTreeMap::new();
    // One question for all of them: each case settles at least one, and mostly there is none.
    while !pairs.is_empty() {
        let open = pairs.values().flatten().map(|(_, lit)| *lit);
        let any = asked.inquiry.world.graph.any(open.collect::<Vec<_>>());
        let Some(case) = asked.case(&[any])? else {
            break;
        };
        let before = found.len();
        pairs.retain(|rules, clashes| {
            let here = clashes.iter().find(|(_, lit)| holds(&case, *lit));
            if let Some(clash) = here {
                found.insert(*rules, *clash);
            }
            here.is_none()
        });
        if found.len() == before {
            return Err(Undecided::Disagreed);
        }
    }
    Ok(found)
}

fn tell(
    asked: &mut Asked<'_, '_>,
    norm: NormId,
    found: BTreeMap<Rules, Clash>,
    told: &mut BTreeSet<Rules>,
    review: &mut Review,
) {
    let more = found.len().saturating_sub(CONFLICTS_SHOWN);
    for (rules, (effects, lit)) in found.into_iter().take(CONFLICTS_SHOWN) {
        told.insert(rules);
        match shown(asked, norm, effects, lit) {
            Ok(conflict) => review.findings.push(Finding::Conflict(conflict)),
            Err(why) => review.undecided(Question::Conflict(norm), why),
        }
    }
    if more > 0 {
        review.more_conflicts.push((norm, more));
    }
}

fn shown(
    asked: &mut Asked<'_, '_>,
    norm: NormId,
    effects: [EffectId; 2],
    lit: Lit,
) -> Result<Conflict, Undecided> {
    let case = asked.inquiry.smallest(&[lit])?;
    let case = case.ok_or(Undecided::Disagreed)?;
    let conflicts = |decision: &Decision<'_>| {
        decision.parts().iter().any(|part| {
            let entries = decision.entries(part);
            let has = |effect: &EffectId| entries.iter().any(|entry| entry.effect == *effect);
            let decides = part.beside.is_none() && part.norm == norm;
            decides && part.conflict == Truth::True && effects.iter().all(has)
        })
    };
    let programs = &asked.inquiry.programs;
    if case.judge(programs, &programs[0], conflicts) != Some(true) {
        return Err(Undecided::of(asked.inquiry, &case));
    }
    Ok(Conflict {
        norm,
        effects,
        case,
    })
}
