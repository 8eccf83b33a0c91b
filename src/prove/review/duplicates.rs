//! Rules that say the same thing twice: from effects of one form to those with the same condition in every case.
//!
//! Only rules of one pack are compared: that two laws order the same thing is how it is, and each is a basis of its own.
//! Invariant: two effects are duplicates only if no case tells them apart while both are in force, also where facts are
//! unknown, and there is a case in which both apply.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::Asked;
use super::{Finding, Question, Review, rule_of};
use crate::model::{EffectId, NormId};
use crate::pack::Program;
use crate::pack::format::EffectRow;
use crate::prove::formula::Lit;
use crate::prove::kleene::Kleene;
use crate::prove::solver::Beyond;

/// What two effects must have in common before their conditions are looked at.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    /// Its pack, its kind, its fact and member, and the base of its rule.
    row: [u16; 5],
    windows: Vec<(u8, u32, u8, u16, u32)>,
    alternatives: Vec<(u8, u32, u8, u16, u32)>,
    ceiling: Vec<(u16, i64, u32)>,
    larger_per_day: [u8; 2],
    /// The effects that it would defeat, with how many versions stand between.
    defeats: Vec<(u16, u32)>,
}

pub(super) fn find(asked: &mut Asked<'_, '_>, review: &mut Review) {
    let program = asked.program();
    let mut told = BTreeSet::new();
    for norm in (0..program.norms.len() as u16).map(NormId) {
        let effects = program.norms.at(norm.index()).effects;
        let mut forms: BTreeMap<Form, Vec<EffectId>> = BTreeMap::new();
        for effect in effects.first..effects.first + effects.count {
            let effect = EffectId(effect as u16);
            let form = form(&program, norm, effect);
            forms.entry(form).or_default().push(effect);
        }
        let mut alike: Vec<Vec<EffectId>> = forms.into_values().collect();
        alike.sort_unstable_by_key(|effects| effects.first().map(|effect| effect.0));
        for effects in alike {
            for (index, one) in effects.iter().enumerate() {
                for other in &effects[index + 1..] {
                    let pair = [*one, *other];
                    let rules = pair.map(|effect| rule_of(&program, effect).0);
                    if rules[0] == rules[1] || told.contains(&rules) {
                        continue;
                    }
                    match is_same(asked, norm, pair) {
                        Ok(true) => {
                            told.insert(rules);
                            review.findings.push(Finding::Duplicate(pair));
                        }
                        Ok(false) => {}
                        Err(why) => review.undecided(Question::Duplicate(pair), why),
                    }
                }
            }
        }
    }
}

fn form(program: &Program<'_>, norm: NormId, effect: EffectId) -> Form {
    let row = program.effects.at(effect.index());
    let version = program.versions.at(usize::from(row.version));
    let pack = program.rules.at(usize::from(version.rule)).pack;
    let window = |index: usize| {
        let row = program.windows.at(index);
        (row.kind, row.n, row.unit, row.counting, row.anchor)
    };
    let all = |first: u32, count: u32| (first..first + count).map(|index| index as usize);
    let ceiling = program.ceilings.at(row.up_to as usize);
    let terms = program
        .terms
        .range(ceiling.terms.first, ceiling.terms.count);
    let rivals = program.alternatives;
    let rivals = rivals.range(row.alternatives.first, row.alternatives.count);
    Form {
        row: [
            pack,
            u16::from(row.kind),
            row.member_fact,
            row.member,
            version.inherits,
        ],
        windows: all(row.windows.first, row.windows.count)
            .map(window)
            .collect(),
        alternatives: rivals.map(|other| window(other.window as usize)).collect(),
        ceiling: terms
            .map(|term| (term.fact, term.amount, term.currency))
            .collect(),
        larger_per_day: [ceiling.larger, ceiling.per_day],
        defeats: defeats(program, norm, effect),
    }
}

fn defeats(program: &Program<'_>, norm: NormId, effect: EffectId) -> Vec<(u16, u32)> {
    let effects = program.norms.at(norm.index()).effects;
    let mut found = Vec::new();
    for (loser, row) in (effects.first..).zip(program.effects.range(effects.first, effects.count)) {
        let EffectRow { defeaters, .. } = row;
        for defeat in program.defeats.range(defeaters.first, defeaters.count) {
            if defeat.effect == effect.0 {
                found.push((loser as u16, defeat.via.count));
            }
        }
    }
    found
}

fn is_same(asked: &mut Asked<'_, '_>, norm: NormId, pair: [EffectId; 2]) -> Result<bool, Beyond> {
    let program = asked.program();
    let first = program.norms.at(norm.index()).effects.first as usize;
    let said = &asked.inquiry.said[0];
    let has = pair.map(|effect| {
        let version = program.effects.at(effect.index()).version;
        let rule = program.versions.at(usize::from(version)).rule;
        let pack = program.rules.at(usize::from(rule)).pack;
        [
            said.decides[usize::from(pack)],
            said.present[usize::from(version)],
        ]
    });
    let both: Vec<Lit> = has.into_iter().flatten().collect();
    let exists: Vec<[Kleene; 2]> = said.norms[norm.index()]
        .iter()
        .map(|part| {
            pair.map(|effect| {
                let row = part.rows.get(effect.index().wrapping_sub(first));
                row.map_or(Kleene::FALSE, |row| row.exists)
            })
        })
        .collect();
    // Any case that tells them apart will do, and most pairs are told apart by a case that is known.
    for [one, other] in &exists {
        for (a, b) in [(one.yes, other.yes), (one.no, other.no)] {
            if a == b {
                continue;
            }
            for goal in [[a, !b], [!a, b]] {
                if asked.possible(&[&both[..], &goal].concat())? {
                    return Ok(false);
                }
            }
        }
    }
    for [one, _] in &exists {
        if asked.possible(&[&both[..], &[one.yes]].concat())? {
            return Ok(true);
        }
    }
    Ok(false)
}
