//! Walks over conditions: their size, what they read, and their reading in another place.
//!
//! Invariant: a walk goes no deeper than the limits of nesting, which every condition is held to when it is made.

use super::ir::{
    Across, Alternative, Anchor, Cond, InstantBase, InstantOperand, IntOperand, MoneyOperand,
    Period, SetExpr, Text, Window,
};
use super::link::Link;
use crate::model::{EventId, FactId, NormId, SetId, ZoneId};

/// How large a condition is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// Atoms.
    pub(super) atoms: usize,
    /// Levels of `and`, `or`, `not`.
    pub(super) depth: usize,
    /// Atoms, and the norms that they look at: what it takes in memory.
    pub(super) weight: usize,
}

/// The size of a condition.
pub(super) fn size(cond: &Cond) -> Size {
    match cond {
        Cond::And(parts) | Cond::Or(parts) => {
            let mut sum = Size {
                atoms: 0,
                depth: 0,
                weight: 0,
            };
            for part in parts {
                let part = size(part);
                sum.atoms += part.atoms;
                sum.weight += part.weight;
                sum.depth = sum.depth.max(part.depth);
            }
            sum.depth += 1;
            sum
        }
        Cond::Not(part) => {
            let part = size(part);
            Size {
                depth: part.depth + 1,
                ..part
            }
        }
        Cond::Missed(_, norms) | Cond::Met(_, norms) => Size {
            atoms: 1,
            depth: 1,
            weight: 1 + norms.len() / 16,
        },
        _ => Size {
            atoms: 1,
            depth: 1,
            weight: 1,
        },
    }
}

/// Something that a condition or set reads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Read<'c> {
    /// A fact.
    Fact(FactId),
    /// An event.
    Event(EventId),
    /// A named set.
    Set(SetId),
    /// What became of duties on norms.
    Norms(&'c [NormId]),
}

/// Calls `see` with everything that a condition reads.
pub(super) fn reads<'c>(cond: &'c Cond, see: &mut impl FnMut(Read<'c>)) {
    match cond {
        Cond::And(parts) | Cond::Or(parts) => parts.iter().for_each(|part| reads(part, see)),
        Cond::Not(part) => reads(part, see),
        Cond::Bool(fact) | Cond::Is(fact, _) | Cond::Known(fact) => see(Read::Fact(*fact)),
        Cond::In(fact, set, _) => {
            see(Read::Fact(*fact));
            set_reads(set, see);
        }
        Cond::Meets(left, right) => {
            set_reads(left, see);
            set_reads(right, see);
        }
        Cond::Int(left, _, right) => {
            for side in [left, right] {
                if let IntOperand::Fact(fact) = side {
                    see(Read::Fact(*fact));
                }
            }
        }
        Cond::Money(left, _, right) => {
            for side in [left, right] {
                if let MoneyOperand::Fact(fact) = side {
                    see(Read::Fact(*fact));
                }
            }
        }
        Cond::Instant(left, _, right) => {
            for side in [left, right] {
                match side.base {
                    InstantBase::Fact(fact) => see(Read::Fact(fact)),
                    InstantBase::Event(event) => see(Read::Event(event)),
                    InstantBase::Literal(_) | InstantBase::Now => {}
                }
            }
        }
        Cond::Happened { event, .. } => see(Read::Event(*event)),
        Cond::Missed(_, norms) | Cond::Met(_, norms) => see(Read::Norms(norms)),
    }
}

/// Calls `see` with everything that a set expression reads.
pub(super) fn set_reads<'c>(set: &'c SetExpr, see: &mut impl FnMut(Read<'c>)) {
    match set {
        SetExpr::Members(_) => {}
        SetExpr::Set(set) => see(Read::Set(*set)),
        SetExpr::Fact(fact) => see(Read::Fact(*fact)),
        SetExpr::Union(left, right)
        | SetExpr::Intersect(left, right)
        | SetExpr::Minus(left, right) => {
            set_reads(left, see);
            set_reads(right, see);
        }
    }
}

/// Calls `change` with every atom.
fn atoms(cond: &mut Cond, change: &mut impl FnMut(&mut Cond)) {
    match cond {
        Cond::And(parts) | Cond::Or(parts) => {
            parts.iter_mut().for_each(|part| atoms(part, change));
        }
        Cond::Not(part) => atoms(part, change),
        atom => change(atom),
    }
}

/// Lets the offsets of a condition run in another zone.
pub(super) fn set_zone(cond: &mut Cond, to: ZoneId) {
    atoms(cond, &mut |atom| {
        if let Cond::Instant(left, _, right) = atom {
            for InstantOperand { zone, .. } in [left, right] {
                *zone = to;
            }
        }
    });
}

/// Makes a condition the one of a guard, to which an absent event is unknown.
pub(super) fn make_strict(cond: &mut Cond) {
    atoms(cond, &mut |atom| {
        if let Cond::Happened { strict, .. } = atom {
            *strict = true;
        }
    });
}

/// The first thing in a condition that no guard may read, in words.
pub(super) fn forbidden_in_guard(cond: &Cond, link: &Link<'_>) -> Option<String> {
    match cond {
        Cond::And(parts) | Cond::Or(parts) => {
            parts.iter().find_map(|part| forbidden_in_guard(part, link))
        }
        Cond::Not(part) => forbidden_in_guard(part, link),
        Cond::Known(_) => Some("`known`, by way of this definition".to_string()),
        Cond::Missed(..) => Some("`missed`, by way of this definition".to_string()),
        Cond::Met(..) => Some("`met`, by way of this definition".to_string()),
        atom => {
            let mut presumed = None;
            reads(atom, &mut |read| {
                if let Read::Fact(fact) = read {
                    let info = &link.facts[fact.index()];
                    if info.decl.presumed.is_some() && presumed.is_none() {
                        presumed = Some(format!(
                            "the presumed fact `{}`, by way of this definition",
                            info.decl.name.text
                        ));
                    }
                }
            });
            presumed
        }
    }
}

/// Calls `see` with every period that is added to an instant.
pub(super) fn offsets(cond: &Cond, see: &mut impl FnMut(Period)) {
    match cond {
        Cond::And(parts) | Cond::Or(parts) => parts.iter().for_each(|part| offsets(part, see)),
        Cond::Not(part) => offsets(part, see),
        Cond::Instant(left, _, right) => {
            for side in [left, right] {
                if let Some((_, period)) = side.offset {
                    see(period);
                }
            }
        }
        _ => {}
    }
}

/// Calls `see` with everything that an anchor reads.
pub(super) fn anchor_reads<'c>(anchor: &'c Anchor, see: &mut impl FnMut(Read<'c>)) {
    match anchor {
        Anchor::Event(event) => see(Read::Event(*event)),
        Anchor::Fact(fact) => see(Read::Fact(*fact)),
        Anchor::Latest(parts) | Anchor::Earliest(parts) => {
            parts.iter().for_each(|part| anchor_reads(part, see));
        }
    }
}

/// What one copy of an effect takes in memory, in atoms: a family has up to 256 copies.
pub(super) fn effect_weight(
    windows: &[Window],
    across: &Across,
    alternatives: &[Alternative],
) -> usize {
    let mut weight = 0;
    let mut see = |_: Read<'_>| weight += 1;
    for window in windows
        .iter()
        .chain(alternatives.iter().map(|other| &other.window))
    {
        anchor_reads(&window.anchor, &mut see);
    }
    if let Across::Set(set) = across {
        set_reads(set, &mut see);
    }
    let texts = alternatives.iter().map(|other| text_weight(&other.because));
    weight + texts.sum::<usize>()
}

/// What a text takes in memory, in atoms.
pub(super) fn text_weight(text: &Text) -> usize {
    (text.en.len() + text.fr.len()) / 64
}
