//! A rule to an article of a page: citation, days, conditions, effects, how periods run, reasons, exceptions, scenarios.
//!
//! Invariant: every clause of the rule is said, and every version of it; how its citation was checked stands beside it.

use super::book::own;
use super::catalogue::Message;
use super::html::Html;
use super::voice::Voice;
use crate::explain::shared;
use crate::model::Verification;
use crate::syntax::ast::{Cite, RuleDecl};

impl Voice<'_, '_> {
    /// A version of a rule; the first one has the rule's own id.
    pub(super) fn article(&self, rule: &RuleDecl, version: usize) -> Html {
        let name = &rule.name.text;
        let mut inner = Html::element("h3", &self.rule_title(&[rule]));
        inner.line();
        inner.push(&self.basis(rule));
        inner.push(&self.relation(rule));
        inner.line();
        inner.push(&self.when(rule));
        inner.line();
        if !rule.then.is_empty() {
            inner.push(&Html::element("h4", &self.say(Message::ThenHead, &[])));
            inner.push(&self.effects(rule));
        }
        let counting = self.counting(rule);
        if !counting.is_empty() {
            inner.push(&Html::element("h4", &self.say(Message::CountingHead, &[])));
            inner.push(&Html::list("counting", &counting));
        }
        inner.line();
        if let Some(reason) = &rule.reason {
            inner.push(&Html::class(
                "p",
                "reason",
                &self.say(Message::Reason, &[self.text(reason)]),
            ));
        }
        for text in &rule.untranslated {
            inner.push(&Html::class(
                "p",
                "human",
                &self.say(Message::Human, &[self.text(text)]),
            ));
        }
        if version == 0 {
            inner.push(&self.departing(name));
            inner.push(&self.showing(name));
        }
        inner.push(&Html::class(
            "p",
            "name",
            &self.say(Message::InTheRules, &[Html::code(name)]),
        ));
        let id = match version {
            0 => format!("rule-{name}"),
            _ => format!("rule-{name}-{}", version + 1),
        };
        let mut out = Html::with("article", &[("class", "rule"), ("id", &id)], &inner);
        out.line();
        out
    }

    /// Citations with how each was checked, and the days of a dated version.
    fn basis(&self, rule: &RuleDecl) -> Html {
        let mut items: Vec<Html> = rule.cites.iter().map(|cite| self.cite(cite)).collect();
        if let Some(days) = &rule.in_force {
            let days = self.say(Message::InForce, &[self.in_force(days)]);
            items.push(Html::class("span", "days", &days));
        }
        Html::list("basis", &items)
    }

    fn cite(&self, cite: &Cite) -> Html {
        let how = cite
            .how
            .as_ref()
            .and_then(|how| Verification::from_word(&how.text));
        let (class, message) = match how {
            Some(Verification::Verified) => ("badge verified", shared::Message::CheckedVerified),
            Some(Verification::Secondary) => ("badge secondary", shared::Message::CheckedSecondary),
            Some(Verification::Recalled) | None => {
                ("badge recalled", shared::Message::CheckedRecalled)
            }
        };
        let mut out = Html::class("cite", "article", &self.text(&cite.article));
        out.push(&Html::fixed(" "));
        out.push(&Html::class("span", class, &self.told(message, &[])));
        out
    }

    /// What it departs from.
    fn relation(&self, rule: &RuleDecl) -> Html {
        let mut items = Vec::new();
        if let Some(base) = &rule.exception_to {
            items.push(self.say(Message::ExceptionTo, &[self.rule(&base.text)]));
        }
        if !rule.overrides.is_empty() {
            let names: Vec<_> = rule.overrides.iter().collect();
            items.push(self.say(Message::Overrides, &[self.rules(&names)]));
        }
        Html::list("relation", &items)
    }

    fn when(&self, rule: &RuleDecl) -> Html {
        let mut out = Html::element("h4", &self.say(Message::WhenHead, &[]));
        let base = rule.exception_to.as_ref().filter(|_| !rule.regardless);
        let pack = self.book.packs.get(self.pack);
        let applies = pack.is_some_and(|pack| pack.file.pack.applies.is_some());
        match &rule.when {
            Some(cond) => out.push(&self.condition(cond)),
            None if base.is_none() && !applies => {
                out.push(&Html::element("p", &self.say(Message::Always, &[])));
            }
            None => {}
        }
        let mut also = Vec::new();
        if let Some(base) = base {
            also.push(self.say(Message::AndBase, &[self.rule(&base.text)]));
        }
        if applies {
            let pack = self.link(self.pack, "scope", &self.say(Message::Scope, &[]));
            also.push(self.say(Message::AndPack, &[pack]));
        }
        out.push(&Html::list("also", &also));
        out
    }

    /// What departs from it.
    fn departing(&self, name: &str) -> Html {
        let Some(keys) = self.book.departs.get(&(self.pack, name.to_string())) else {
            return Html::default();
        };
        let rules: Vec<Html> = keys
            .iter()
            .map(|(pack, name)| self.rule_at(*pack, name))
            .collect();
        let mut out = Html::element("h4", &self.say(Message::DepartingHead, &[]));
        out.push(&Html::list("links", &rules));
        out
    }

    /// A rule by its pack and its name.
    pub(super) fn rule_at(&self, pack: usize, name: &str) -> Html {
        let found = self.book.packs.get(pack);
        let full = found.map_or(name.to_string(), |found| {
            format!("{}/{}", found.name(), own(name))
        });
        self.rule(&full)
    }

    /// The scenarios that name it.
    fn showing(&self, name: &str) -> Html {
        let Some(places) = self.book.shown.get(&(self.pack, name.to_string())) else {
            return Html::default();
        };
        let link = |(pack, number): &(usize, usize)| {
            let scenario = self.book.packs.get(*pack)?.scenarios.get(*number)?;
            let id = format!("scenario-{}", number + 1);
            Some(self.link(*pack, &id, &self.text(&scenario.title)))
        };
        let links: Vec<Html> = places.iter().filter_map(link).collect();
        let head = self.say(Message::ShownBy, &[Html::number(links.len())]);
        let mut inner = Html::element("summary", &head);
        inner.push(&Html::list("links", &links));
        Html::element("details", &inner)
    }
}
