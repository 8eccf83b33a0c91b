//! Packs to one table in Markdown: for each deadline who may order, what is due, by when, from when, and what follows.
//!
//! Invariant: one row for each rule that sets a period or a time, in the order of packs and rules; nothing stands in it that
//! no pack says. What belongs to the instrument and not to one deadline (who is told, which sanction, which status)
//! stands in its first row, and `〃` below it.

use std::collections::BTreeSet;

use super::book::Pack;
use super::catalogue::Message;
use super::effect::windows;
use super::html::Html;
use super::voice::{Join, Voice};
use crate::model::Verification;
use crate::syntax::ast::{Anchor, Effect, EffectValue, RuleDecl, Window, WindowKind};
use crate::time::Regime;

/// The words by which norms are known that tell a user, and those that sanction.
const TELLS: (&str, &str) = ("inform", "user");
const SANCTIONS: [&str; 4] = ["sanction", "fine", "penalise", "press"];

impl Voice<'_, '_> {
    /// The table for all packs that have rules and a status.
    pub(super) fn matrix(&self) -> String {
        let heads = [
            Message::ColInstrument,
            Message::ColRule,
            Message::ColWho,
            Message::ColWhat,
            Message::ColDeadline,
            Message::ColClock,
            Message::ColUser,
            Message::ColSanction,
            Message::ColStatus,
            Message::ColChecked,
        ];
        let heads: Vec<String> = heads
            .iter()
            .map(|head| self.cell(&self.say(*head, &[])))
            .collect();
        let mut out = row(&heads);
        out.push_str(&row(&vec!["---".to_string(); heads.len()]));
        for (at, pack) in self.book.packs.iter().enumerate() {
            let voice = Voice::on_page(self.book, at, self.lang);
            for line in voice.rows(pack) {
                out.push_str(&row(&line));
            }
        }
        out
    }

    fn rows(&self, pack: &Pack<'_>) -> Vec<Vec<String>> {
        let mut out: Vec<Vec<String>> = Vec::new();
        for rule in &pack.rules {
            for (what, deadline, clock) in self.terms_of(rule) {
                let [title, user, sanction, status] = match out.is_empty() {
                    true => [
                        self.cell(&self.pack_title(self.pack)),
                        self.told_to_users(pack),
                        self.sanctions(pack),
                        self.status_cell(pack),
                    ],
                    false => ["〃", "〃", "〃", "〃"].map(str::to_string),
                };
                let (rule_cell, who, checked) = (
                    self.rule_cell(rule),
                    self.who(pack, rule),
                    self.checked(rule),
                );
                out.push(vec![
                    title, rule_cell, who, what, deadline, clock, user, sanction, status, checked,
                ]);
            }
        }
        out
    }

    /// What a rule demands, by when, and from when: effects that have the last two in common stand together.
    fn terms_of(&self, rule: &RuleDecl) -> Vec<(String, String, String)> {
        let mut found: Vec<(Vec<String>, String, String)> = Vec::new();
        for effect in rule
            .then
            .iter()
            .filter(|effect| !windows(&effect.value).is_empty())
        {
            let deadline = unique(self.deadlines(effect).into_iter());
            let clock = unique(
                windows(&effect.value)
                    .iter()
                    .map(|window| self.clock_of(window)),
            );
            let what = self.what(effect);
            match found
                .iter_mut()
                .find(|(_, by, from)| *by == deadline && *from == clock)
            {
                Some((all, ..)) => all.push(what),
                None => found.push((vec![what], deadline, clock)),
            }
        }
        let joined = found
            .into_iter()
            .map(|(what, by, from)| (unique(what.into_iter()), by, from));
        joined.collect()
    }

    pub(super) fn cell(&self, words: &Html) -> String {
        words.plain().replace('|', "\\|").replace('<', "&lt;")
    }

    fn rule_cell(&self, rule: &RuleDecl) -> String {
        let title = self.cell(&self.rule_title(&[rule]));
        let cites: Vec<String> = rule
            .cites
            .iter()
            .map(|cite| self.cell(&self.text(&cite.article)))
            .collect();
        let mut out = format!("{title} ({})", cites.join(", "));
        if let Some(days) = &rule.in_force {
            out.push_str(&format!(", {}", self.cell(&self.in_force(days))));
        }
        out
    }

    /// How the citations of a rule were checked: the weakest word of all.
    fn checked(&self, rule: &RuleDecl) -> String {
        let how = rule.cites.iter().map(|cite| {
            let word = cite
                .how
                .as_ref()
                .and_then(|how| Verification::from_word(&how.text));
            match word {
                Some(Verification::Verified) => (0, Message::Verified),
                Some(Verification::Secondary) => (1, Message::Secondary),
                Some(Verification::Recalled) | None => (2, Message::Recalled),
            }
        });
        let all: BTreeSet<(u8, String)> = how
            .map(|(rank, message)| (rank, self.cell(&self.say(message, &[]))))
            .collect();
        let words: Vec<String> = all.into_iter().map(|(_, word)| word).collect();
        words.join(", ")
    }

    fn what(&self, effect: &Effect) -> String {
        let Some(target) = &effect.target else {
            return String::new();
        };
        let message = match &effect.value {
            EffectValue::Must(_) => Message::Must,
            EffectValue::May(_) => Message::May,
            EffectValue::MustNot(_) => Message::MustNot,
            EffectValue::Lifted => Message::Lifted,
        };
        self.cell(&self.duty(message, target))
    }

    fn deadlines(&self, effect: &Effect) -> Vec<String> {
        let words = windows(&effect.value)
            .iter()
            .map(|window| self.cell(&self.length(window)));
        let clocks: Vec<String> = windows(&effect.value)
            .iter()
            .map(|window| self.clock_of(window))
            .collect();
        let others = effect.alternatives.iter().map(|other| {
            let mut said = self.say(Message::OtherLength, &[self.length(&other.window)]);
            let regime = other
                .counting
                .as_ref()
                .and_then(|name| Regime::from_word(&name.text));
            match regime {
                Some(Regime::Elapsed) => said.push(&self.say(Message::ElapsedTime, &[])),
                Some(regime) => {
                    said.push(&self.say(Message::ByRegime, &[Html::text(regime.articles())]))
                }
                None => {}
            }
            let from = self.anchor(anchor(&other.window), Join::Clause);
            if !clocks.contains(&self.cell(&from)) {
                said.push(&self.say(Message::OtherFrom, &[from]));
            }
            self.cell(&said)
        });
        words.chain(others).collect()
    }

    /// A window without its anchor.
    fn length(&self, window: &Window) -> Html {
        let (message, period) = match &window.kind {
            WindowKind::Within(period, _) => (Message::ShortWithin, period),
            WindowKind::InLessThan(period, _) => (Message::ShortLess, period),
            WindowKind::NoEarlier(period, _) => (Message::ShortNoEarlier, period),
            WindowKind::AtEnd(period, _) => (Message::ShortAtEnd, period),
            WindowKind::For(period, _) => (Message::ShortFor, period),
            WindowKind::AtLeastBefore(period, _) => (Message::ShortBefore, period),
            WindowKind::By(_) => return self.say(Message::ShortBy, &[]),
            WindowKind::Until(_) => return self.say(Message::ShortUntil, &[]),
            WindowKind::UndueDelay(_) => return self.say(Message::ShortUndueDelay, &[]),
            WindowKind::Expeditiously(_) => return self.say(Message::ShortExpeditiously, &[]),
        };
        self.say(message, &[self.period(period)])
    }

    fn clock_of(&self, window: &Window) -> String {
        self.cell(&self.anchor(anchor(window), Join::Clause))
    }

    /// What the pack says of telling a user.
    fn told_to_users(&self, pack: &Pack<'_>) -> String {
        let told = pack.rules.iter().flat_map(|rule| {
            let effects = rule.then.iter().filter(|effect| {
                let target = effect.target.as_ref();
                let norm = target.and_then(|target| self.book.norm(&target.norm.text));
                norm.is_some_and(|(_, norm)| {
                    (norm.action.text.as_str(), norm.object.text.as_str()) == TELLS
                })
            });
            effects.map(|effect| self.short(rule, effect))
        });
        unique(told)
    }

    /// `must not for 6 weeks (art. 11)`.
    fn short(&self, rule: &RuleDecl, effect: &Effect) -> String {
        let message = match &effect.value {
            EffectValue::Must(_) => Message::WordMust,
            EffectValue::May(_) => Message::WordMay,
            EffectValue::MustNot(_) => Message::WordMustNot,
            EffectValue::Lifted => Message::WordLifted,
        };
        let mut out = self.cell(&self.say(message, &[]));
        for window in windows(&effect.value) {
            let length = match &window.kind {
                WindowKind::By(_) => continue,
                WindowKind::Until(_) => self.say(Message::ShortForATime, &[]),
                _ => self.length(window),
            };
            out.push_str(&format!(" {}", self.cell(&length)));
        }
        self.with_articles(out, rule)
    }

    fn with_articles(&self, said: String, rule: &RuleDecl) -> String {
        let cites: Vec<String> = rule
            .cites
            .iter()
            .map(|cite| self.cell(&self.text(&cite.article)))
            .collect();
        format!("{said} ({})", cites.join(", "))
    }

    fn sanctions(&self, pack: &Pack<'_>) -> String {
        let found = pack.rules.iter().flat_map(|rule| {
            let effects = rule.then.iter().filter_map(|effect| {
                let (_, norm) = self.book.norm(&effect.target.as_ref()?.norm.text)?;
                let sanctions =
                    SANCTIONS.contains(&norm.action.text.as_str()) || effect.up_to.is_some();
                let ceiling = effect.up_to.as_ref().map(|ceiling| self.ceiling(ceiling));
                let grants = !matches!(effect.value, EffectValue::Lifted);
                (sanctions && grants).then(|| match ceiling {
                    Some(ceiling) => self.cell(&self.say(Message::Ceiling, &[ceiling])),
                    None => self.cell(&Html::text(&self.norm_wording(norm))),
                })
            });
            effects
                .map(|said| self.with_articles(said, rule))
                .collect::<Vec<_>>()
        });
        unique(found)
    }

    fn status_cell(&self, pack: &Pack<'_>) -> String {
        let header = &pack.file.pack;
        let mut out = self.cell(&self.status_of(header.status.as_ref()));
        if let Some(days) = &header.in_force {
            out.push_str(&format!(", {}", self.cell(&self.in_force(days))));
        }
        out
    }
}

/// What a window runs from.
const fn anchor(window: &Window) -> &Anchor {
    match &window.kind {
        WindowKind::Within(_, anchor)
        | WindowKind::InLessThan(_, anchor)
        | WindowKind::NoEarlier(_, anchor)
        | WindowKind::AtEnd(_, anchor)
        | WindowKind::For(_, anchor)
        | WindowKind::AtLeastBefore(_, anchor)
        | WindowKind::By(anchor)
        | WindowKind::Until(anchor)
        | WindowKind::UndueDelay(anchor)
        | WindowKind::Expeditiously(anchor) => anchor,
    }
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// Pieces in their order, each once.
fn unique(pieces: impl Iterator<Item = String>) -> String {
    let mut out: Vec<String> = Vec::new();
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        if !out.contains(&piece) {
            out.push(piece);
        }
    }
    match out.is_empty() {
        true => "–".to_string(),
        false => out.join("; "),
    }
}
