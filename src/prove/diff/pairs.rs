//! What belongs together in two programs: norms, rules and places by their names, effects by what they say.
//!
//! Invariant: everything that either program has is in exactly one pair, with its counterpart or alone.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::ceiling_words;
use crate::model::{EffectId, Kind, NormId, RuleId};
use crate::pack::Program;
use crate::pack::format::{EffectRow, NONE16, SetNodeRow, WindowRow};
use crate::prove::formula::Lit;
use crate::prove::scenario::norm_name;
use crate::prove::symbolic::{Part, Symbolic};

/// Something of the old program, and of the new one.
pub(super) type Pair<T> = [Option<T>; 2];

/// The norms that both programs have, in the order of the old one.
pub(super) fn norms(programs: &[Program<'_>; 2]) -> Vec<[NormId; 2]> {
    let [old, new] = programs.map(|program| all_norms(&program));
    let both = old.iter().filter_map(|(name, norm)| {
        let (_, other) = new.iter().find(|(other, _)| other == name)?;
        Some([*norm, *other])
    });
    both.collect()
}

pub(super) fn all_norms(program: &Program<'_>) -> Vec<(String, NormId)> {
    let all = (0..program.norms.len()).map(|index| NormId(index as u16));
    all.map(|norm| (norm_name(program, norm), norm)).collect()
}

/// The name of a rule, with its pack.
pub(super) fn rule_name(program: &Program<'_>, rule: RuleId) -> String {
    let (pack, name) = program.rule_name(rule);
    format!("{pack}/{name}")
}

/// The rules of both programs, those of the old one first.
pub(super) fn rules(programs: &[Program<'_>; 2]) -> Vec<Pair<RuleId>> {
    let names = |program: &Program<'_>| {
        let all = (0..program.rules.len()).map(|index| RuleId(index as u16));
        let named = all.map(|rule| (rule_name(program, rule), rule));
        named.collect::<BTreeMap<_, _>>()
    };
    let [old, new] = [names(&programs[0]), names(&programs[1])];
    let in_order = (0..programs[0].rules.len()).map(|index| RuleId(index as u16));
    let mut pairs: Vec<Pair<RuleId>> = in_order
        .map(|rule| {
            let name = rule_name(&programs[0], rule);
            [Some(rule), new.get(&name).copied()]
        })
        .collect();
    let in_order = (0..programs[1].rules.len()).map(|index| RuleId(index as u16));
    let alone = in_order.filter(|rule| !old.contains_key(&rule_name(&programs[1], *rule)));
    pairs.extend(alone.map(|rule| [None, Some(rule)]));
    pairs
}

/// What one value of a rule on a norm is in all versions of the rule, of which at most one is present in a case.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// The kind of the old and of the new value.
    pub kinds: Pair<Kind>,
    /// For each spot, the effects in the old and in the new program.
    pub effects: Vec<[Vec<EffectId>; 2]>,
}

/// The values of a pair of rules on a pair of norms, spot by spot: a value for two places is that of two values for one
/// place each.
pub(super) fn slots(
    programs: &[Program<'_>; 2],
    said: &[Symbolic],
    spots: &[Spot],
    rules: Pair<RuleId>,
    norms: [NormId; 2],
) -> Vec<Slot> {
    let mut known: Vec<(Kind, usize, Slot)> = Vec::new();
    for (at, spot) in spots.iter().enumerate() {
        let mut desks: Vec<Desk> = Vec::new();
        for side in [0, 1] {
            let Some(rule) = rules[side] else { continue };
            let part = &said[side].norms[norms[side].index()][spot.parts[side]];
            let versions = programs[side].rules.at(rule.index()).versions;
            for version in versions.first..versions.first + versions.count {
                let guests = guests(&programs[side], version, norms[side], part);
                seat(&mut desks, side, guests);
            }
        }
        for (index, desk) in desks.iter().enumerate() {
            let before = desks[..index].iter();
            let nth = before.filter(|other| other.kind == desk.kind).count();
            let same = |one: &(Kind, usize, Slot)| (one.0, one.1) == (desk.kind, nth);
            let place = known.iter().position(same).unwrap_or_else(|| {
                let slot = Slot {
                    kinds: [None; 2],
                    effects: vec![Default::default(); spots.len()],
                };
                known.push((desk.kind, nth, slot));
                known.len() - 1
            });
            let slot = &mut known[place].2;
            for side in [0, 1] {
                if !desk.effects[side].is_empty() {
                    slot.kinds[side] = Some(desk.kind);
                }
            }
            slot.effects[at] = desk.effects.clone();
        }
    }
    // A value that only one of them has is the other's under another kind.
    let (pairs, alone): (Vec<Slot>, Vec<Slot>) = known
        .into_iter()
        .map(|(_, _, slot)| slot)
        .partition(|slot| slot.kinds.iter().all(Option::is_some));
    let (old, new): (Vec<Slot>, Vec<Slot>) =
        alone.into_iter().partition(|slot| slot.kinds[0].is_some());
    let mut all = pairs;
    let mut new = new.into_iter();
    for mut slot in old {
        if let Some(mut other) = new.next() {
            slot.kinds[1] = other.kinds[1];
            for (own, other) in slot.effects.iter_mut().zip(&mut other.effects) {
                own[1] = std::mem::take(&mut other[1]);
            }
        }
        all.push(slot);
    }
    all.extend(new);
    all
}

/// The values of a version of a rule in a part. Where it has several, those that no case has there are left out.
fn guests(program: &Program<'_>, version: u32, norm: NormId, part: &Part) -> Vec<Guest> {
    let own = program.norms.at(norm.index()).effects;
    let all = (own.first..own.first + own.count).filter_map(|id| {
        let row = program.effects.at(id as usize);
        let effect = EffectId(id as u16);
        (u32::from(row.version) == version).then_some((effect, Kind::from_u8(row.kind)?, row))
    });
    let all: Vec<(EffectId, Kind, EffectRow)> = all.collect();
    let is_there = |effect: EffectId| {
        let mut rows = part.rows.iter().filter(|row| row.effect == effect);
        rows.any(|row| row.exists.no != Lit::TRUE)
    };
    let alone = |kind: Kind| all.iter().filter(|one| one.1 == kind).count() == 1;
    let there = all.iter().filter(|one| alone(one.1) || is_there(one.0));
    let guests = there.map(|(effect, kind, row)| Guest {
        effect: *effect,
        kind: *kind,
        shapes: [meaning(program, row, *effect, part), wording(program, row)],
    });
    guests.collect()
}

/// An effect that seeks its counterpart.
struct Guest {
    effect: EffectId,
    kind: Kind,
    /// What it says: as formulas, and as it is written.
    shapes: [String; 2],
}

struct Desk {
    kind: Kind,
    shapes: BTreeSet<String>,
    effects: [Vec<EffectId>; 2],
}

/// Seats the effects of one version: where the same was meant before, else where it was written so, then in the order of
/// writing.
fn seat(desks: &mut Vec<Desk>, side: usize, guests: Vec<Guest>) {
    let mut taken = BTreeSet::new();
    let mut open = guests;
    for round in 0..2 {
        let standing = std::mem::take(&mut open);
        for guest in standing {
            let same = desks.iter().enumerate().position(|(index, desk)| {
                let known = desk.shapes.contains(&guest.shapes[round]);
                desk.kind == guest.kind && known && !taken.contains(&index)
            });
            match same {
                Some(index) => {
                    taken.insert(index);
                    desks[index].take(side, guest);
                }
                None => open.push(guest),
            }
        }
    }
    for guest in open {
        let free = desks
            .iter()
            .enumerate()
            .position(|(index, desk)| desk.kind == guest.kind && !taken.contains(&index));
        let index = free.unwrap_or_else(|| {
            desks.push(Desk {
                kind: guest.kind,
                shapes: BTreeSet::new(),
                effects: Default::default(),
            });
            desks.len() - 1
        });
        taken.insert(index);
        desks[index].take(side, guest);
    }
}

impl Desk {
    fn take(&mut self, side: usize, guest: Guest) {
        self.shapes.extend(guest.shapes);
        self.effects[side].push(guest.effect);
    }
}

/// What an effect says in a part, as formulas: the same in two programs that say it in other words.
fn meaning(program: &Program<'_>, effect: &EffectRow, id: EffectId, part: &Part) -> String {
    let mut text = ceiling_words(program, effect.up_to);
    for row in part.rows.iter().filter(|row| row.effect == id) {
        let times = &row.timing;
        let moments = [times.not_before, times.due, times.start, times.end];
        text += &format!(
            "{:?} {moments:?} {:?} {:?}",
            row.exists, times.exclusive, row.rivals
        );
    }
    text
}

/// What an effect says as it is written, in names: its windows, its other readings, its territory and its
/// ceiling.
fn wording(program: &Program<'_>, effect: &EffectRow) -> String {
    let mut text = ceiling_words(program, effect.up_to);
    let windows = program
        .windows
        .range(effect.windows.first, effect.windows.count);
    text.extend(windows.map(|row| window(program, &row)));
    let rivals = program
        .alternatives
        .range(effect.alternatives.first, effect.alternatives.count);
    text.extend(rivals.map(|row| {
        let other = program.windows.at(row.window as usize);
        format!("or {}", window(program, &other))
    }));
    if (effect.across as usize) < program.set_exprs.len() {
        let nodes = program.set_exprs.at(effect.across as usize).nodes;
        for node in program.set_nodes.range(nodes.first, nodes.count) {
            text += &set_node(program, node);
        }
    }
    text
}

fn window(program: &Program<'_>, row: &WindowRow) -> String {
    let mut text = format!("{} {} {} ", row.kind, row.n, row.unit);
    let nodes = program.anchors.at(row.anchor as usize).nodes;
    for node in program.anchor_nodes.range(nodes.first, nodes.count) {
        let at = usize::from(node.arg);
        let name = match node.op {
            0 => program.str(program.events.at(at).name),
            1 => program.str(program.facts.at(at).name),
            _ => "of",
        };
        text += &format!("{} {name} ", node.op);
    }
    text
}

fn set_node(program: &Program<'_>, node: SetNodeRow) -> String {
    let at = node.arg as usize;
    match node.op {
        0 => format!("{:?} ", program.members_of(node.arg).0),
        1 => format!("{} ", program.str(program.sets.at(at).name)),
        2 => format!("{} ", program.str(program.facts.at(at).name)),
        op => format!("{op} "),
    }
}

/// Places of which both programs say one thing each.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// The part of the old and of the new program.
    pub parts: [usize; 2],
    /// One of the places, in the territory of each.
    pub at: Pair<u16>,
    /// Their names; empty for everywhere.
    pub names: Vec<String>,
}

/// The places at which two norms are compared.
pub(super) fn spots(
    programs: &[Program<'_>; 2],
    said: &[Symbolic],
    norms: [NormId; 2],
) -> Vec<Spot> {
    let parts = [0, 1].map(|side: usize| said[side].norms[norms[side].index()].as_slice());
    let same = territory(&programs[0]) == territory(&programs[1]);
    // Named once for each part, and not for each pair of parts.
    let members = programs.each_ref().map(members);
    let inside = [0, 1].map(|side: usize| {
        let own = parts[side].iter();
        own.map(|part| places(&members[side], part))
            .collect::<Vec<_>>()
    });
    let alike = same && members[0] == members[1] && !members[0].is_empty();
    let mut spots = Vec::new();
    for (first, old) in inside[0].iter().enumerate() {
        for (second, new) in inside[1].iter().enumerate() {
            // The common case, without a name being compared.
            let places = [parts[0][first].places, parts[1][second].places];
            if alike && places[0].intersect(places[1]).is_empty() {
                continue;
            }
            // Where only one of them divides the world, or each in its own way, all parts meet.
            let shared: BTreeSet<&str> = match (old, new) {
                (Some(old), Some(new)) if same => old.intersection(new).copied().collect(),
                (Some(one), None) | (None, Some(one)) => one.clone(),
                _ => BTreeSet::new(),
            };
            let divided = old.is_some() && new.is_some() && same;
            if divided && shared.is_empty() {
                continue;
            }
            let everywhere = parts[0].len() == 1 && parts[1].len() == 1;
            let at = [0, 1].map(|side: usize| {
                let mut own = members[side].iter().position(|name| shared.contains(name));
                own = own.or(parts[side].get([first, second][side]).and_then(lowest));
                own.map(|place| place as u16)
            });
            let names = if everywhere {
                Vec::new()
            } else {
                shared.iter().map(|name| name.to_string()).collect()
            };
            spots.push(Spot {
                parts: [first, second],
                at,
                names,
            });
        }
    }
    spots
}

fn lowest(part: &Part) -> Option<usize> {
    part.place.map(usize::from)
}

/// The name of the territory's enumeration.
pub(super) fn territory<'p>(program: &Program<'p>) -> Option<&'p str> {
    let of = program.territory;
    (of != NONE16).then(|| program.str(program.enums.at(usize::from(of)).name))
}

fn members<'p>(program: &Program<'p>) -> Vec<&'p str> {
    if program.territory == NONE16 {
        return Vec::new();
    }
    crate::prove::enumeration::members(program, program.territory)
}

/// The names of the places of a part, by those of all; none where there is no territory.
fn places<'p>(members: &[&'p str], part: &Part) -> Option<BTreeSet<&'p str>> {
    let inside = (0u16..)
        .zip(members)
        .filter(|(place, _)| part.places.contains(*place));
    (!members.is_empty()).then(|| inside.map(|(_, name)| *name).collect())
}
