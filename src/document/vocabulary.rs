//! What rules speak of to sections of a page: terms, norms, safeguards, questions, lists, calendars.
//!
//! Invariant: every declaration of the pack stands in one section, under the id to which other pages link.

use super::catalogue::Message;
use super::html::Html;
use super::voice::{Join, Voice};
use crate::syntax::ast::{
    CalendarDecl, Deontic, EnumDecl, FactDecl, InForce, Member, Name, NormDecl, PropertyDecl,
    SetDecl, Text, Type,
};

/// Above so many members a list is closed until it is asked for.
const OPEN_MAX: usize = 24;

impl Voice<'_, '_> {
    /// Definitions.
    pub(super) fn terms(&self) -> Vec<Html> {
        let Some(pack) = self.book.packs.get(self.pack) else {
            return Vec::new();
        };
        let term = |define: &&crate::syntax::ast::DefineDecl| {
            let name = &define.name.text;
            let mut inner = Html::element("h3", &self.quoted(Html::text(&name.replace('_', " "))));
            inner.push(&self.condition(&define.when));
            Html::with("article", &[("id", &format!("term-{name}"))], &inner)
        };
        pack.defines.iter().map(term).collect()
    }

    /// Norms, each with what performs, breaks and protects it, and the rules that speak of it.
    pub(super) fn norms(&self) -> Vec<Html> {
        let norms = self.book.packs.get(self.pack).map(|pack| &pack.norms);
        norms
            .into_iter()
            .flatten()
            .map(|norm| self.norm(norm))
            .collect()
    }

    fn norm(&self, norm: &NormDecl) -> Html {
        let name = &norm.name.text;
        let mut inner = Html::element("h3", &Html::text(&self.norm_wording(norm)));
        let mut items = vec![self.say(Message::BorneBy, &[self.bearer(norm)])];
        if let Some(family) = &norm.family {
            items.push(self.say(Message::ForEach, &[self.enumeration(&family.text)]));
        }
        if let Some(event) = &norm.done_at {
            items.push(self.say(Message::DoneAt, &[self.moment(&event.text, Join::Bare)]));
        }
        if let Some(event) = &norm.broken_at {
            items.push(self.say(Message::BrokenAt, &[self.moment(&event.text, Join::Bare)]));
        }
        if let Some((deontic, _)) = norm.default {
            let message = match deontic {
                Deontic::Must => Message::DefaultMust,
                Deontic::May => Message::DefaultMay,
                Deontic::MustNot => Message::DefaultMustNot,
            };
            items.push(self.say(message, &[]));
        }
        let family = norm
            .family
            .as_ref()
            .and_then(|family| self.book.enumeration(&family.text));
        for guard in &norm.protected {
            let mut said = match &guard.of {
                Some(of) => self.say(Message::ProtectedOf, &[self.of_target(of, family)]),
                None => self.say(Message::Protected, &[]),
            };
            said.push(&self.condition(&guard.by));
            items.push(Html::class("div", "guard", &said));
        }
        let keys = self.book.speaks.get(name.as_str());
        let keys = keys.into_iter().flatten();
        let rules: Vec<Html> = keys.map(|(pack, rule)| self.rule_at(*pack, rule)).collect();
        if !rules.is_empty() {
            let mut said = Html::element(
                "summary",
                &self.say(Message::SpokenOfBy, &[Html::number(rules.len())]),
            );
            said.push(&Html::list("links", &rules));
            items.push(Html::element("details", &said));
        }
        inner.push(&Html::list("plain", &items));
        inner.push(&Html::class(
            "p",
            "name",
            &self.say(Message::InTheRules, &[Html::code(name)]),
        ));
        Html::with("article", &[("id", &format!("norm-{name}"))], &inner)
    }

    /// `never` and `always`.
    pub(super) fn properties(&self) -> Vec<Html> {
        let Some(pack) = self.book.packs.get(self.pack) else {
            return Vec::new();
        };
        pack.properties
            .iter()
            .map(|property| self.property(property))
            .collect()
    }

    fn property(&self, property: &PropertyDecl) -> Html {
        let message = match (property.always, property.outcome) {
            (true, Deontic::Must) => Message::AlwaysMust,
            (true, Deontic::May) => Message::AlwaysMay,
            (true, Deontic::MustNot) => Message::AlwaysMustNot,
            (false, Deontic::Must) => Message::NeverMust,
            (false, Deontic::May) => Message::NeverMay,
            (false, Deontic::MustNot) => Message::NeverMustNot,
        };
        let said = self.duty(message, &property.target);
        let Some(condition) = &property.condition else {
            return Html::element("p", &self.say(Message::InEveryCase, &[said]));
        };
        let lead = if condition.unless {
            Message::Unless
        } else {
            Message::Wherever
        };
        let mut out = Html::element("p", &self.say(lead, &[said]));
        out.push(&self.condition(&condition.cond));
        out
    }

    /// Facts and events, by their questions.
    pub(super) fn questions(&self) -> Vec<Html> {
        let Some(pack) = self.book.packs.get(self.pack) else {
            return Vec::new();
        };
        let facts = pack.facts.iter().map(|fact| self.fact(fact));
        let events = pack.events.iter().map(|event| {
            let answer = self.say(Message::AnInstant, &[]);
            self.asked(&event.name, event.ask.as_ref(), answer)
        });
        facts.chain(events).collect()
    }

    fn fact(&self, fact: &FactDecl) -> Html {
        let mut answer = match &fact.ty {
            Type::Bool => self.say(Message::YesOrNo, &[]),
            Type::Enum(name) => self.say(Message::OneOf, &[self.enumeration(&name.text)]),
            Type::SetOf(name) => self.say(Message::AnyOfList, &[self.enumeration(&name.text)]),
            Type::Int(low, high) => {
                let bounds = [low, high].map(|bound| Html::text(&bound.value.to_string()));
                self.say(Message::ANumber, &bounds)
            }
            Type::Money => self.say(Message::AnAmount, &[]),
            Type::Instant => self.say(Message::AnInstant, &[]),
        };
        if let Some(value) = &fact.presumed {
            let value = self.value(&fact.name.text, value);
            answer = self.say(Message::Presumed, &[answer, value]);
        }
        self.asked(&fact.name, fact.ask.as_ref(), answer)
    }

    fn asked(&self, name: &Name, ask: Option<&Text>, answer: Html) -> Html {
        let name_words = Html::code(&name.text);
        match ask {
            Some(ask) => self.say(Message::Asked, &[self.text(ask), answer, name_words]),
            None => self.say(Message::AskedBare, &[name_words, answer]),
        }
    }

    /// An enumeration by its name, with a link to its members.
    fn enumeration(&self, name: &str) -> Html {
        let name = super::book::own(name);
        let declares =
            |pack: &super::book::Pack<'_>| pack.enums.iter().any(|decl| decl.name.text == name);
        let pack = self.book.packs.iter().position(declares);
        let words = self.quoted(Html::text(&name.replace('_', " ")));
        pack.map_or(words.clone(), |pack| {
            self.link(pack, &format!("list-{name}"), &words)
        })
    }

    /// Enumerations and named sets.
    pub(super) fn lists(&self) -> Vec<Html> {
        let Some(pack) = self.book.packs.get(self.pack) else {
            return Vec::new();
        };
        let enums = pack.enums.iter().map(|decl| self.list_of(decl));
        let mut out: Vec<Html> = enums.collect();
        for (index, set) in pack.sets.iter().enumerate() {
            let before = pack.sets.iter().take(index);
            let version = before
                .filter(|other| other.name.text == set.name.text)
                .count();
            out.push(self.set_of(set, version));
        }
        out
    }

    fn list_of(&self, decl: &EnumDecl) -> Html {
        let label = |member: &Member| match &member.label {
            Some(label) => self.say(
                Message::Labelled,
                &[self.text(label), Html::code(&member.name.text)],
            ),
            None => Html::code(&member.name.text),
        };
        let members: Vec<Html> = decl.members.iter().map(label).collect();
        let name = &decl.name.text;
        let head = Html::text(&name.replace('_', " "));
        self.listed(&format!("list-{name}"), head, None, &members)
    }

    fn set_of(&self, set: &SetDecl, version: usize) -> Html {
        let of = self.book.enumeration(&set.of.text);
        let members: Vec<Html> = set
            .members
            .iter()
            .map(|name| self.member(of, &name.text))
            .collect();
        let name = &set.name.text;
        let id = match version {
            0 => format!("set-{name}"),
            _ => format!("set-{name}-{}", version + 1),
        };
        self.listed(
            &id,
            Html::text(&name.replace('_', " ")),
            set.in_force.as_ref(),
            &members,
        )
    }

    fn listed(&self, id: &str, head: Html, days: Option<&InForce>, members: &[Html]) -> Html {
        let mut inner = Html::element("h3", &head);
        if let Some(days) = days {
            inner.push(&Html::class(
                "p",
                "days",
                &self.say(Message::InForce, &[self.in_force(days)]),
            ));
        }
        let class = if members.len() > OPEN_MAX {
            "members many"
        } else {
            "members"
        };
        let members_list = Html::list(class, members);
        if members.len() > OPEN_MAX {
            let mut said = Html::element(
                "summary",
                &self.say(Message::Members, &[Html::number(members.len())]),
            );
            said.push(&members_list);
            inner.push(&Html::element("details", &said));
        } else {
            inner.push(&members_list);
        }
        Html::with("article", &[("id", id)], &inner)
    }

    /// Calendars.
    pub(super) fn calendars(&self) -> Vec<Html> {
        let calendars = self.book.packs.get(self.pack).map(|pack| &pack.calendars);
        calendars
            .into_iter()
            .flatten()
            .map(|calendar| self.calendar_of(calendar))
            .collect()
    }

    fn calendar_of(&self, calendar: &CalendarDecl) -> Html {
        let name = &calendar.name.text;
        let mut inner = Html::element("h3", &Html::text(&name.replace('_', " ")));
        let mut items = Vec::new();
        if let Some(zone) = &calendar.zone {
            items.push(self.say(Message::ClockOf, &[Html::code(&zone.en)]));
        }
        let weekend: Vec<Html> = calendar
            .weekend
            .iter()
            .map(|day| self.weekday(&day.text))
            .collect();
        if !weekend.is_empty() {
            items.push(self.say(Message::Weekend, &[self.enumerated(&weekend, Message::And)]));
        }
        if let Some((first, last)) = &calendar.covers {
            let years = [first, last].map(|year| Html::text(&year.value.to_string()));
            items.push(self.say(Message::Covers, &years));
        }
        inner.push(&Html::list("plain", &items));
        let holiday = |(date, text): &(crate::syntax::ast::Date, Option<Text>)| {
            let day = self.date(*date, 0);
            match text {
                Some(text) => self.say(Message::Holiday, &[day, self.text(text)]),
                None => day,
            }
        };
        let holidays: Vec<Html> = calendar.holidays.iter().map(holiday).collect();
        if !holidays.is_empty() {
            let mut said = Html::element(
                "summary",
                &self.say(Message::Holidays, &[Html::number(holidays.len())]),
            );
            said.push(&Html::list("members", &holidays));
            inner.push(&Html::element("details", &said));
        }
        Html::with("article", &[("id", &format!("calendar-{name}"))], &inner)
    }

    fn weekday(&self, name: &str) -> Html {
        let message = match name {
            "monday" => Message::Monday,
            "tuesday" => Message::Tuesday,
            "wednesday" => Message::Wednesday,
            "thursday" => Message::Thursday,
            "friday" => Message::Friday,
            "saturday" => Message::Saturday,
            _ => Message::Sunday,
        };
        self.say(message, &[])
    }
}
