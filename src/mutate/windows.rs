//! Changes of windows, periods and anchors.
//!
//! Invariant: a window keeps what it runs from: what changes is how long, in which unit, and of which kind.

use super::operator::Operator as Op;
use super::walk::Walk;
use crate::syntax::ast::{Anchor, Offset, Period, Span, Unit, Window, WindowKind};
use crate::syntax::print::phrases;

/// Changes of an offset: one more, one less, the next unit, the other direction.
pub(super) fn offset(walk: &mut Walk<'_>, far: &mut Offset) {
    let span = far.period.span;
    walk.rewrite(far, Op::Constant, span, phrases::far, |far| {
        far.minus = !far.minus;
    });
    period(walk, &mut far.period, Op::Constant);
}

/// One more and one less, and the units next to it.
fn period(walk: &mut Walk<'_>, period: &mut Period, op: Op) {
    let span = period.span;
    for by in [-1, 1] {
        walk.rewrite(period, op, span, phrases::period, |period| {
            // There is no period of nothing.
            period.n.value = period.n.value.saturating_add(by).max(1);
        });
    }
    for unit in next_to(period.unit) {
        walk.rewrite(period, Op::Unit, span, phrases::period, |period| {
            period.unit = *unit;
        });
    }
}

/// The units for which one could be taken.
fn next_to(unit: Unit) -> &'static [Unit] {
    match unit {
        Unit::Minute => &[Unit::Hour],
        Unit::Hour => &[Unit::Minute, Unit::Day],
        Unit::Day => &[Unit::Hour, Unit::WorkingDay],
        Unit::WorkingDay => &[Unit::Hour, Unit::Day],
        Unit::Week => &[Unit::Day, Unit::Month],
        Unit::Month => &[Unit::Week, Unit::Year],
        Unit::Year => &[Unit::Month],
    }
}

/// Changes of several windows, of which each can be dropped.
pub(super) fn windows(walk: &mut Walk<'_>, list: &mut Vec<Window>) {
    let text = |window: &Window| format!("drop `{}`", phrases::window(window));
    walk.drop_each(list, Op::DropWindow, true, |window| window.span, text);
    for one in list {
        window(walk, one);
    }
}

/// Changes of a window that is optional.
pub(super) fn optional(walk: &mut Walk<'_>, slot: &mut Option<Window>) {
    let text = |window: &Window| format!("drop `{}`", phrases::window(window));
    walk.drop_option(slot, Op::DropWindow, |window| window.span, text);
    if let Some(one) = slot {
        window(walk, one);
    }
}

/// Changes of a window.
pub(super) fn window(walk: &mut Walk<'_>, window: &mut Window) {
    let span = window.span;
    for kind in other_kinds(&window.kind) {
        walk.rewrite(window, Op::Window, span, phrases::window, |window| {
            window.kind = kind;
        });
    }
    match &mut window.kind {
        WindowKind::Within(far, from)
        | WindowKind::InLessThan(far, from)
        | WindowKind::NoEarlier(far, from)
        | WindowKind::AtEnd(far, from)
        | WindowKind::For(far, from)
        | WindowKind::AtLeastBefore(far, from) => {
            period(walk, far, Op::Period);
            anchor(walk, from, span);
        }
        WindowKind::By(from)
        | WindowKind::Until(from)
        | WindowKind::UndueDelay(from)
        | WindowKind::Expeditiously(from) => anchor(walk, from, span),
    }
}

/// The kinds for which one could be taken.
fn other_kinds(kind: &WindowKind) -> Vec<WindowKind> {
    use WindowKind::{
        AtEnd, AtLeastBefore, By, Expeditiously, For, InLessThan, NoEarlier, UndueDelay, Until,
        Within,
    };
    match kind.clone() {
        Within(far, from) => vec![InLessThan(far.clone(), from.clone()), AtEnd(far, from)],
        InLessThan(far, from) => vec![Within(far, from)],
        AtEnd(far, from) => vec![Within(far.clone(), from.clone()), NoEarlier(far, from)],
        NoEarlier(far, from) => vec![AtEnd(far, from)],
        AtLeastBefore(far, from) => vec![Within(far, from.clone()), By(from)],
        By(from) => vec![UndueDelay(from)],
        For(_, from) => vec![Until(from)],
        UndueDelay(from) => vec![Expeditiously(from)],
        Expeditiously(from) => vec![UndueDelay(from)],
        Until(_) => Vec::new(),
    }
}

/// `latest` for `earliest` and the reverse, and each operand dropped.
fn anchor(walk: &mut Walk<'_>, slot: &mut Anchor, around: Span) {
    let span = match slot {
        Anchor::Name(_) => around,
        Anchor::Latest(_, span) | Anchor::Earliest(_, span) => *span,
    };
    walk.rewrite(slot, Op::Anchor, span, phrases::anchor, |anchor| {
        *anchor = match anchor.clone() {
            Anchor::Latest(of, span) => Anchor::Earliest(of, span),
            Anchor::Earliest(of, span) => Anchor::Latest(of, span),
            name => name,
        };
    });
    if let Anchor::Latest(of, _) | Anchor::Earliest(of, _) = slot {
        let text = |anchor: &Anchor| format!("drop `{}`", phrases::anchor(anchor));
        let place = |anchor: &Anchor| match anchor {
            Anchor::Name(name) => name.span,
            Anchor::Latest(_, span) | Anchor::Earliest(_, span) => *span,
        };
        walk.drop_each(of, Op::DropAnchor, false, place, text);
        for one in of {
            anchor(walk, one, span);
        }
    }
}
