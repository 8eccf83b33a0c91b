//! Changes of effects: the deontic word, the windows, the territory and the ceiling.
//!
//! Invariant: an effect that is turned into another keeps its norm, and its windows where the other can have them.

use super::conditions::{family, money, set};
use super::operator::Operator as Op;
use super::walk::Walk;
use super::windows::{optional, window, windows};
use crate::syntax::ast::{
    Alternative, Ceiling, CeilingTerm, Choose, Effect, EffectValue, Name, Span, Window,
};
use crate::syntax::print::{extent, phrases};

/// Changes of the effects of a rule.
pub(super) fn effects(walk: &mut Walk<'_>, list: &mut Vec<Effect>) {
    walk.drop_each(
        list,
        Op::DropEffect,
        false,
        |effect| effect.span,
        drop_words,
    );
    for one in list {
        effect(walk, one);
    }
}

fn drop_words(effect: &Effect) -> String {
    let value = value_words(&effect.value);
    match &effect.target {
        Some(target) => format!("drop `{} {value}`", phrases::target(target)),
        None => format!("drop `{value}`"),
    }
}

fn effect(walk: &mut Walk<'_>, effect: &mut Effect) {
    let span = effect.span;
    if let Some(target) = &mut effect.target {
        family(walk, &mut target.of, &target.norm.text);
    }
    // `then lifted` alone speaks of all norms of its base: nothing else can be said of them all.
    let others = match effect.target {
        Some(_) => other_values(&effect.value),
        None => Vec::new(),
    };
    for other in others {
        let value = &mut effect.value;
        walk.rewrite(value, Op::Modality, span, value_words, |value| {
            *value = other
        });
    }
    match &mut effect.value {
        EffectValue::Must(list) => windows(walk, list),
        EffectValue::May(slot) | EffectValue::MustNot(slot) => optional(walk, slot),
        EffectValue::Lifted => {}
    }
    let place = |set: &_| {
        let (start, end) = extent::set(set);
        Span { start, end }
    };
    let text = |set: &_| format!("drop `across {}`", phrases::set(set));
    walk.drop_option(&mut effect.across, Op::DropAcross, place, text);
    if let Some(across) = &mut effect.across {
        set(walk, across, walk.words.territory());
    }
    let text = |ceiling: &_| format!("drop `up to {}`", phrases::ceiling(ceiling));
    let place = |ceiling: &Ceiling| ceiling.span;
    walk.drop_option(&mut effect.up_to, Op::DropCeiling, place, text);
    if let Some(up_to) = &mut effect.up_to {
        ceiling(walk, up_to);
    }
    let text =
        |other: &Alternative| format!("drop `alternative {}`", phrases::window(&other.window));
    let others = &mut effect.alternatives;
    walk.drop_each(others, Op::DropAlternative, true, |other| other.span, text);
    for other in others {
        alternative(walk, other);
    }
}

fn alternative(walk: &mut Walk<'_>, other: &mut Alternative) {
    let place = |name: &Name| name.span;
    let text = |name: &Name| format!("drop `counting {}`", name.text);
    walk.drop_option(&mut other.counting, Op::Regime, place, text);
    window(walk, &mut other.window);
}

/// An effect's value as written.
fn value_words(value: &EffectValue) -> String {
    let (word, windows): (_, Vec<&Window>) = match value {
        EffectValue::Must(windows) => ("must", windows.iter().collect()),
        EffectValue::May(window) => ("may", window.iter().collect()),
        EffectValue::MustNot(window) => ("must not", window.iter().collect()),
        EffectValue::Lifted => ("lifted", Vec::new()),
    };
    let windows: Vec<String> = windows.into_iter().map(phrases::window).collect();
    format!("{word} {}", windows.join(" and "))
        .trim_end()
        .to_string()
}

/// The other deontic words, each with the windows that it can have.
fn other_values(value: &EffectValue) -> Vec<EffectValue> {
    use EffectValue::{Lifted, May, Must, MustNot};
    match value {
        Must(windows) => vec![May(windows.first().cloned()), MustNot(None), Lifted],
        May(window) => vec![
            Must(window.iter().cloned().collect()),
            MustNot(None),
            Lifted,
        ],
        MustNot(_) => vec![May(None), Must(Vec::new()), Lifted],
        Lifted => vec![May(None), Must(Vec::new()), MustNot(None)],
    }
}

fn ceiling(walk: &mut Walk<'_>, slot: &mut Ceiling) {
    let span = slot.span;
    walk.rewrite(slot, Op::Ceiling, span, phrases::ceiling, |ceiling| {
        ceiling.per_day = !ceiling.per_day;
    });
    let Ceiling { terms, choose, .. } = slot;
    if terms.len() > 1 {
        let show = |choose: &Choose| match choose {
            Choose::Larger => "larger of".to_string(),
            Choose::Smaller => "smaller of".to_string(),
        };
        walk.rewrite(choose, Op::Ceiling, span, show, |choose| {
            *choose = match choose {
                Choose::Larger => Choose::Smaller,
                Choose::Smaller => Choose::Larger,
            };
        });
    }
    let place = |term: &CeilingTerm| match term {
        CeilingTerm::Amount(money) => money.span,
        CeilingTerm::Percent { span, .. } => *span,
    };
    let text = |term: &CeilingTerm| format!("drop `{}`", phrases::ceiling_term(term));
    walk.drop_each(&mut slot.terms, Op::DropCeiling, false, place, text);
    if slot.terms.len() == 1 {
        // A single term is compared with nothing: the Ast has one way to say so.
        slot.choose = Choose::Larger;
    }
    for term in &mut slot.terms {
        match term {
            CeilingTerm::Amount(amount) => money(walk, amount, Op::Ceiling),
            CeilingTerm::Percent { .. } => percent(walk, term),
        }
    }
}

/// A hundredth of a percent less and more.
fn percent(walk: &mut Walk<'_>, term: &mut CeilingTerm) {
    for by in [-1, 1] {
        let CeilingTerm::Percent { span, .. } = *term else {
            return;
        };
        walk.rewrite(term, Op::Ceiling, span, phrases::ceiling_term, |term| {
            if let CeilingTerm::Percent { basis_points, .. } = term {
                *basis_points = basis_points.saturating_add_signed(by);
            }
        });
    }
}
