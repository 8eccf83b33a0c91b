//! The effects of a rule to sentences: who must, may or must not do what, where, by when, up to which amount.
//!
//! Invariant: every window, rival reading, territory and ceiling of an effect is said; the sentence of an effect names its
//! norm by the title that answers use, so that a page and an answer can be laid side by side.

use super::catalogue::Message;
use super::html::Html;
use super::voice::{Join, Voice};
use crate::syntax::ast::{
    Alternative, Ceiling, CeilingTerm, Choose, Effect, EffectValue, RuleDecl, Target, Window,
    WindowKind,
};

impl Voice<'_, '_> {
    /// All effects of a rule.
    pub(super) fn effects(&self, rule: &RuleDecl) -> Html {
        let effects: Vec<Html> = rule
            .then
            .iter()
            .map(|effect| self.effect(rule, effect))
            .collect();
        Html::list("effects", &effects)
    }

    fn effect(&self, rule: &RuleDecl, effect: &Effect) -> Html {
        let mut out = Html::class(
            "span",
            kind_class(&effect.value),
            &self.value_of(rule, effect),
        );
        let mut more: Vec<Html> = Vec::new();
        for window in windows(&effect.value) {
            more.push(Html::class("span", "when", &self.window(window)));
        }
        more.extend(
            effect
                .alternatives
                .iter()
                .map(|other| self.alternative(other)),
        );
        if let Some(across) = &effect.across {
            let of = self.book.territory;
            more.push(self.say(Message::Where, &[self.set(across, of)]));
        }
        if let Some(ceiling) = &effect.up_to {
            more.push(self.say(Message::Ceiling, &[self.ceiling(ceiling)]));
        }
        out.push(&Html::list("windows", &more));
        out
    }

    /// The sentence of an effect, without its modifiers.
    fn value_of(&self, rule: &RuleDecl, effect: &Effect) -> Html {
        let Some(target) = &effect.target else {
            let aside: Vec<_> = rule.exception_to.iter().chain(&rule.overrides).collect();
            return self.say(Message::AllLifted, &[self.rules(&aside)]);
        };
        let message = match &effect.value {
            EffectValue::Must(_) => Message::Must,
            EffectValue::May(_) => Message::May,
            EffectValue::MustNot(_) => Message::MustNot,
            EffectValue::Lifted => return self.say(Message::Lifted, &[self.deed(target)]),
        };
        self.duty(message, target)
    }

    /// `The provider must remove the content`.
    pub(super) fn duty(&self, message: Message, target: &Target) -> Html {
        let bearer = self
            .book
            .norm(&target.norm.text)
            .map(|(_, norm)| self.bearer(norm));
        let bearer = bearer.unwrap_or_default();
        self.say(message, &[bearer, self.deed(target)]).sentence()
    }

    /// A window in words.
    pub(super) fn window(&self, window: &Window) -> Html {
        let (message, period, anchor, join) = match &window.kind {
            WindowKind::Within(period, anchor) => {
                (Message::Within, Some(period), anchor, Join::From)
            }
            WindowKind::InLessThan(period, anchor) => {
                (Message::InLessThan, Some(period), anchor, Join::From)
            }
            WindowKind::NoEarlier(period, anchor) => {
                (Message::NoEarlier, Some(period), anchor, Join::From)
            }
            WindowKind::AtEnd(period, anchor) => (Message::AtEnd, Some(period), anchor, Join::From),
            WindowKind::For(period, anchor) => (Message::For, Some(period), anchor, Join::From),
            WindowKind::AtLeastBefore(period, anchor) => {
                (Message::AtLeastEarlier, Some(period), anchor, Join::Bare)
            }
            WindowKind::By(anchor) => (Message::By, None, anchor, Join::To),
            WindowKind::Until(anchor) => (Message::Until, None, anchor, Join::To),
            WindowKind::UndueDelay(anchor) => (Message::UndueDelay, None, anchor, Join::From),
            WindowKind::Expeditiously(anchor) => (Message::Expeditiously, None, anchor, Join::From),
        };
        let anchor = self.anchor(anchor, join);
        match period {
            Some(period) => self.say(message, &[self.period(period), anchor]),
            None => self.say(message, &[anchor]),
        }
    }

    fn alternative(&self, other: &Alternative) -> Html {
        let because = self.text(&other.because);
        let out = self.say(
            Message::OtherReading,
            &[self.window(&other.window), because],
        );
        Html::class("span", "other", &out)
    }

    /// A ceiling in words.
    pub(super) fn ceiling(&self, ceiling: &Ceiling) -> Html {
        let terms: Vec<Html> = ceiling
            .terms
            .iter()
            .map(|term| self.term_of_ceiling(term))
            .collect();
        let several = match ceiling.choose {
            _ if terms.len() < 2 => None,
            Choose::Larger => Some(Message::LargerOf),
            Choose::Smaller => Some(Message::SmallerOf),
        };
        let terms = self.enumerated(&terms, Message::And);
        let amount = several.map_or(terms.clone(), |message| self.say(message, &[terms]));
        match ceiling.per_day {
            true => self.say(Message::PerDay, &[amount]),
            false => amount,
        }
    }

    fn term_of_ceiling(&self, term: &CeilingTerm) -> Html {
        match term {
            CeilingTerm::Amount(money) => self.money(money),
            CeilingTerm::Percent {
                basis_points, of, ..
            } => {
                let (whole, part) = (basis_points / 100, basis_points % 100);
                let point = self.say(Message::DecimalPoint, &[]).plain();
                let mut number = whole.to_string();
                if part > 0 {
                    number.push_str(&point);
                    number.push_str(format!("{part:02}").trim_end_matches('0'));
                }
                self.say(
                    Message::PercentOf,
                    &[Html::text(&number), self.question(&of.text)],
                )
            }
        }
    }
}

/// The windows of a value.
pub(super) fn windows(value: &EffectValue) -> &[Window] {
    match value {
        EffectValue::Must(windows) => windows,
        EffectValue::May(window) | EffectValue::MustNot(window) => window.as_slice(),
        EffectValue::Lifted => &[],
    }
}

/// The windows of an effect, those of its rival readings included.
pub(super) fn all_windows(effect: &Effect) -> impl Iterator<Item = &Window> {
    windows(&effect.value)
        .iter()
        .chain(effect.alternatives.iter().map(|other| &other.window))
}

const fn kind_class(value: &EffectValue) -> &'static str {
    match value {
        EffectValue::Must(_) => "kind must",
        EffectValue::May(_) => "kind may",
        EffectValue::MustNot(_) => "kind must-not",
        EffectValue::Lifted => "kind lifted",
    }
}
