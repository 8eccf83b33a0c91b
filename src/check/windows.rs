//! Windows, anchors and alternatives as written, to windows that go together.
//!
//! Invariant: the windows of an effect are a combination that has a meaning (§7 of the language): a `must` has one
//! lasting window or any number of due ones, a `may` at most one, a `must not` an end.

use super::codes;
use super::conditions::Reader;
use super::ir::{self, Alternative, Anchor, Type, Window};
use super::link::Symbol;
use super::literals::text;
use super::names::FACT_OR_EVENT;
use super::report::FileDiagnostic;
use crate::model::{
    Kind, WindowKind,
    limits::{ALTERNATIVES_MAX, ANCHOR_STACK_MAX, WINDOWS_MAX},
};
use crate::syntax::ast::{self, Span};
use crate::time::Direction;

impl WindowKind {
    /// True for windows that give a last good instant.
    fn is_due(self) -> bool {
        matches!(
            self,
            WindowKind::Within
                | WindowKind::InLessThan
                | WindowKind::By
                | WindowKind::AtLeastBefore
        )
    }

    /// True for windows in which something lasts.
    pub(super) fn is_lasting(self) -> bool {
        matches!(self, WindowKind::For | WindowKind::Until)
    }

    fn is_floor(self) -> bool {
        matches!(self, WindowKind::NoEarlier | WindowKind::AtEnd)
    }

    fn is_open(self) -> bool {
        matches!(self, WindowKind::UndueDelay | WindowKind::Expeditiously)
    }
}

impl Reader<'_, '_> {
    /// The windows of an effect.
    pub(super) fn windows(
        &self,
        kind: Kind,
        written: &[ast::Window],
        span: Span,
    ) -> Option<Vec<Window>> {
        let mut windows = Vec::with_capacity(written.len());
        let mut all = true;
        for window in written {
            match self.window(window) {
                Some(window) => windows.push(window),
                None => all = false,
            }
        }
        if !all {
            return None;
        }
        if windows.len() > WINDOWS_MAX {
            let message = format!(
                "an effect has at most {WINDOWS_MAX} windows, this one has {}",
                windows.len()
            );
            self.link.error(FileDiagnostic::error(
                codes::LIMIT,
                self.place(span),
                message,
            ));
            return None;
        }
        if let Some((index, message)) = misfit(kind, &windows) {
            let at = written.get(index).map_or(span, |window| window.span);
            self.link.error(
                FileDiagnostic::error(codes::WINDOW_COMBINATION, self.place(at), message)
                    .label("this window does not fit"),
            );
            return None;
        }
        Some(windows)
    }

    fn window(&self, written: &ast::Window) -> Option<Window> {
        use ast::WindowKind as W;
        let (kind, period, anchor) = match &written.kind {
            W::Within(period, anchor) => (WindowKind::Within, Some(period), anchor),
            W::InLessThan(period, anchor) => (WindowKind::InLessThan, Some(period), anchor),
            W::By(anchor) => (WindowKind::By, None, anchor),
            W::NoEarlier(period, anchor) => (WindowKind::NoEarlier, Some(period), anchor),
            W::AtEnd(period, anchor) => (WindowKind::AtEnd, Some(period), anchor),
            W::For(period, anchor) => (WindowKind::For, Some(period), anchor),
            W::Until(anchor) => (WindowKind::Until, None, anchor),
            W::UndueDelay(anchor) => (WindowKind::UndueDelay, None, anchor),
            W::Expeditiously(anchor) => (WindowKind::Expeditiously, None, anchor),
            W::AtLeastBefore(period, anchor) => (WindowKind::AtLeastBefore, Some(period), anchor),
        };
        let period = match period {
            Some(written) => {
                let period = self.link.period(self.pack, written);
                let counting = self.counted(written.span, period, Direction::of(kind));
                Some(period.zip(counting))
            }
            None => None,
        };
        let read = self.anchor(anchor);
        let period = match period {
            Some(period) => Some(period?),
            None => None,
        };
        let anchor = read?;
        let stack = stack(&anchor);
        if stack > ANCHOR_STACK_MAX {
            let message = format!(
                "the anchor has {stack} instants in hand at once, the limit is {ANCHOR_STACK_MAX}"
            );
            let place = self.place(written.span);
            self.link
                .error(FileDiagnostic::error(codes::LIMIT, place, message));
            return None;
        }
        Some(Window {
            kind,
            period,
            anchor,
        })
    }

    fn anchor(&self, written: &ast::Anchor) -> Option<Anchor> {
        let parts = |parts: &[ast::Anchor]| {
            let read: Vec<Option<Anchor>> = parts.iter().map(|part| self.anchor(part)).collect();
            read.into_iter().collect::<Option<Vec<Anchor>>>()
        };
        Some(match written {
            ast::Anchor::Latest(list, _) => Anchor::Latest(parts(list)?),
            ast::Anchor::Earliest(list, _) => Anchor::Earliest(parts(list)?),
            ast::Anchor::Name(name) => match self.link.symbol(self.pack, name, &FACT_OR_EVENT)? {
                Symbol::Event(event) => Anchor::Event(event),
                Symbol::Fact(fact) => match self.fact_type(fact, name.span)? {
                    Type::Instant => Anchor::Fact(fact),
                    other => {
                        let is = self.link.type_words(other);
                        let message = format!("`{}` is {is}, from which no time runs", name.text);
                        let label = "expected an event or an instant fact";
                        self.type_error(name.span, message, label, None);
                        return None;
                    }
                },
                _ => return None,
            },
        })
    }

    /// The rival readings of an effect.
    pub(super) fn alternatives(
        &self,
        kind: Kind,
        effect: &ast::Effect,
    ) -> Option<Vec<Alternative>> {
        let mut read = Vec::new();
        let mut all = true;
        for alternative in &effect.alternatives {
            match self.alternative(kind, alternative) {
                Some(alternative) => read.push(alternative),
                None => all = false,
            }
        }
        if read.len() > ALTERNATIVES_MAX {
            let message = format!(
                "an effect has at most {ALTERNATIVES_MAX} alternatives, this one has {}",
                read.len()
            );
            let place = self.place(effect.span);
            self.link
                .error(FileDiagnostic::error(codes::LIMIT, place, message));
            return None;
        }
        all.then_some(read)
    }

    fn alternative(&self, kind: Kind, written: &ast::Alternative) -> Option<Alternative> {
        let mut way = self.way;
        if let Some(word) = &written.counting {
            way.regime = self.link.regime(self.pack, word, true);
        }
        let reader = Reader { way, ..*self };
        let window = reader.window(&written.window)?;
        let message = if kind != Kind::Must {
            "only a `must` has an alternative"
        } else if !window.kind.is_due() {
            "an alternative is another due: `within`, `in less than`, `by` or `at least`"
        } else {
            return Some(Alternative {
                window,
                because: text(&written.because),
            });
        };
        let place = self.place(written.window.span);
        self.link.error(
            FileDiagnostic::error(codes::ALTERNATIVE_MISPLACED, place, message)
                .label("this is no rival due"),
        );
        None
    }

    /// The ceiling of an effect.
    pub(super) fn ceiling(&self, kind: Kind, written: &ast::Ceiling) -> Option<ir::Ceiling> {
        let place = self.place(written.span);
        if !matches!(kind, Kind::Must | Kind::May) {
            let message = "a ceiling belongs to a `must` or a `may`";
            self.link.error(
                FileDiagnostic::error(codes::CEILING_MISPLACED, place, message)
                    .label("nothing here has an amount"),
            );
            return None;
        }
        let terms: Vec<Option<ir::CeilingTerm>> = written
            .terms
            .iter()
            .map(|term| self.ceiling_term(term))
            .collect();
        let terms: Vec<ir::CeilingTerm> = terms.into_iter().collect::<Option<_>>()?;
        let most = crate::model::limits::CEILING_TERMS_MAX;
        if terms.len() > most {
            let message = format!("a ceiling has at most {most} terms");
            self.link
                .error(FileDiagnostic::error(codes::LIMIT, place, message));
            return None;
        }
        Some(ir::Ceiling {
            terms,
            larger: written.choose == ast::Choose::Larger,
            per_day: written.per_day,
        })
    }

    fn ceiling_term(&self, term: &ast::CeilingTerm) -> Option<ir::CeilingTerm> {
        match term {
            ast::CeilingTerm::Amount(written) => {
                let money = self.link.money(self.pack, written)?;
                if money.minor < 0 {
                    let message = "a ceiling is not below zero";
                    let place = self.place(written.span);
                    self.link.error(
                        FileDiagnostic::error(codes::CEILING_MISPLACED, place, message)
                            .label("expected an amount of zero or more"),
                    );
                    return None;
                }
                Some(ir::CeilingTerm::Amount(money))
            }
            ast::CeilingTerm::Percent {
                basis_points, of, ..
            } => {
                let fact = self.link.fact(self.pack, of)?;
                match self.fact_type(fact, of.span)? {
                    Type::Money => Some(ir::CeilingTerm::Percent(*basis_points, fact)),
                    other => {
                        let is = self.link.type_words(other);
                        let message = format!("`{}` is {is}, which has no percentage", of.text);
                        self.type_error(of.span, message, "expected a money fact", None);
                        None
                    }
                }
            }
        }
    }
}

/// The first window that does not go with its value or with the windows before it, and why.
fn misfit(kind: Kind, windows: &[Window]) -> Option<(usize, &'static str)> {
    let find = |wanted: fn(WindowKind) -> bool, nth: usize| {
        windows
            .iter()
            .enumerate()
            .filter(|(_, window)| wanted(window.kind))
            .nth(nth)
            .map(|(index, _)| index)
    };
    match kind {
        Kind::Lifted => (!windows.is_empty()).then_some((0, "`lifted` has no window")),
        Kind::MustNot if windows.len() > 1 => Some((1, "a `must not` has one end")),
        Kind::MustNot => find(|kind| !kind.is_lasting(), 0)
            .map(|index| (index, "a `must not` has `until`, `for`, or no window")),
        Kind::May if windows.len() > 1 => Some((1, "a `may` has at most one window")),
        Kind::May => find(WindowKind::is_open, 0)
            .map(|index| (index, "a right is not exercised without undue delay")),
        Kind::Must => {
            if windows.len() > 1
                && let Some(lasting) = find(WindowKind::is_lasting, 0)
            {
                return Some((
                    lasting,
                    "a duty that lasts (`for`, `until`) has no other window",
                ));
            }
            find(WindowKind::is_floor, 1)
                .map(|index| (index, "a duty has one `no earlier than` or `at end of`"))
                .or_else(|| {
                    find(WindowKind::is_open, 1).map(|index| {
                        (
                            index,
                            "a duty has one `without undue delay` or `expeditiously`",
                        )
                    })
                })
        }
    }
}

/// How many instants are in hand at once when the anchor is computed from the left.
pub(super) fn stack(anchor: &Anchor) -> usize {
    match anchor {
        Anchor::Event(_) | Anchor::Fact(_) => 1,
        Anchor::Latest(parts) | Anchor::Earliest(parts) => parts
            .iter()
            .enumerate()
            .map(|(before, part)| before + stack(part))
            .max()
            .unwrap_or(0),
    }
}
