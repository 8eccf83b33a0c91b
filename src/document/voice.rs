//! Names of the rules to the words that readers know them by: questions, labels, titles, moments.
//!
//! Invariant: where an author gave words, these are said; a name is shown as it is written only where there are none.

use super::book::{Book, member, own};
use super::catalogue::Message;
use super::html::Html;
use super::moment;
use crate::explain::Lang;
use crate::explain::shared::{self, at_offset, date};
use crate::syntax::ast::{
    Anchor, EnumDecl, InForce, Instant, Money, Name, Period, SetExpr, Text, Unit, Value,
};
use crate::time::instant::SECOND;
use crate::time::{Date, instant};

/// How a moment is joined to the words before it; French has a form for each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// `the moment …`, `le moment …`.
    Bare,
    /// `the moment …` after `of` or `from`, `du moment …`.
    From,
    /// `the moment …` after `until`, `au moment …`.
    To,
    /// The clause alone, where a heading says that it is a moment.
    Clause,
}

/// One pack of the book, in one language.
#[derive(Clone, Copy)]
pub(super) struct Voice<'b, 'a> {
    pub(super) book: &'b Book<'a>,
    /// The pack that speaks: names are looked up from it.
    pub(super) pack: usize,
    /// The pack on whose page it speaks: links go from there.
    pub(super) page_of: usize,
    /// How deep the meaning of a term is said where the term is used.
    pub(super) unfold: usize,
    pub(super) lang: Lang,
}

impl<'b, 'a> Voice<'b, 'a> {
    /// A pack on its own page.
    pub(super) fn on_page(book: &'b Book<'a>, pack: usize, lang: Lang) -> Voice<'b, 'a> {
        Voice {
            book,
            pack,
            page_of: pack,
            unfold: 1,
            lang,
        }
    }

    /// The names of another pack, on the same page.
    pub(super) fn of(self, pack: usize) -> Voice<'b, 'a> {
        Voice { pack, ..self }
    }

    /// A message.
    pub(super) fn say(&self, message: Message, values: &[Html]) -> Html {
        Html::filled(message.text(self.lang), values)
    }

    /// A message of the answers.
    pub(super) fn told(&self, message: shared::Message, values: &[Html]) -> Html {
        Html::filled(message.text(self.lang), values)
    }

    /// The wording of this language, before it is set.
    pub(super) fn wording<'t>(&self, text: &'t Text) -> &'t str {
        match (&text.fr, self.lang) {
            (Some(fr), Lang::Fr) => fr,
            _ => &text.en,
        }
    }

    /// A text in this language.
    pub(super) fn text(&self, text: &Text) -> Html {
        Html::text(self.wording(text))
    }

    /// A text within the quotation marks of this language.
    pub(super) fn quoted(&self, inner: Html) -> Html {
        self.say(Message::Quoted, &[inner])
    }

    /// The page of a pack.
    pub(super) fn page(&self, pack: usize) -> String {
        let name = self
            .book
            .packs
            .get(pack)
            .map_or("index", |pack| pack.name());
        format!("{name}.{}.html", code(self.lang))
    }

    /// Where a place of a pack is found, from the page of the pack that speaks.
    pub(super) fn href(&self, pack: usize, id: &str) -> String {
        match pack == self.page_of {
            true => format!("#{id}"),
            false => format!("{}#{id}", self.page(pack)),
        }
    }

    /// A link to a place of a pack.
    pub(super) fn link(&self, pack: usize, id: &str, words: &Html) -> Html {
        Html::with("a", &[("href", &self.href(pack, id))], words)
    }

    /// The title of a pack; its name, if it has none.
    pub(super) fn pack_title(&self, pack: usize) -> Html {
        let Some(found) = self.book.packs.get(pack) else {
            return Html::default();
        };
        match &found.file.pack.title {
            Some(title) => self.text(title),
            None => Html::code(found.name()),
        }
    }

    /// The question for a fact or an event; its name, if it has none.
    pub(super) fn question(&self, name: &str) -> Html {
        match self.ask(name) {
            Some(ask) => Html::class("span", "ask", &self.text(ask)),
            None => Html::code(own(name)),
        }
    }

    fn ask(&self, name: &str) -> Option<&'a Text> {
        let fact = self.book.fact(name).map(|fact| fact.ask.as_ref());
        let event = || self.book.event(name).map(|event| event.ask.as_ref());
        fact.or_else(event).flatten()
    }

    /// The moment of an event, or that an instant fact says.
    pub(super) fn moment(&self, name: &str, join: Join) -> Html {
        let Some(ask) = self.ask(name).map(|ask| self.wording(ask)) else {
            let name = Html::code(own(name));
            return self.joined(
                join,
                [
                    Message::MomentOf,
                    Message::FromMomentOf,
                    Message::ToMomentOf,
                    Message::JustMoment,
                ],
                name,
            );
        };
        match moment::clause(ask, self.lang) {
            Some(clause) => {
                let when = [
                    Message::MomentWhen,
                    Message::FromMomentWhen,
                    Message::ToMomentWhen,
                    Message::JustMoment,
                ];
                self.joined(join, when, Html::text(&clause))
            }
            None => {
                let asked = [
                    Message::MomentAsked,
                    Message::FromMomentAsked,
                    Message::ToMomentAsked,
                    Message::Quoted,
                ];
                self.joined(join, asked, Html::text(ask))
            }
        }
    }

    /// The clause that names the moment of an event, if its question has one.
    pub(super) fn clause(&self, name: &str) -> Option<Html> {
        let ask = self.ask(name).map(|ask| self.wording(ask))?;
        Some(Html::text(&moment::clause(ask, self.lang)?))
    }

    fn joined(&self, join: Join, forms: [Message; 4], value: Html) -> Html {
        let [bare, from, to, clause] = forms;
        let message = match join {
            Join::Bare => bare,
            Join::From => from,
            Join::To => to,
            Join::Clause => clause,
        };
        self.say(message, &[value])
    }

    /// What a period runs from.
    pub(super) fn anchor(&self, anchor: &Anchor, join: Join) -> Html {
        let (parts, forms) = match anchor {
            Anchor::Name(name) => return self.moment(&name.text, join),
            Anchor::Latest(parts, _) => (
                parts,
                [
                    Message::Latest,
                    Message::FromLatest,
                    Message::ToLatest,
                    Message::Latest,
                ],
            ),
            Anchor::Earliest(parts, _) => (
                parts,
                [
                    Message::Earliest,
                    Message::FromEarliest,
                    Message::ToEarliest,
                    Message::Earliest,
                ],
            ),
        };
        let within = if join == Join::Clause {
            join
        } else {
            Join::Bare
        };
        let parts: Vec<Html> = parts.iter().map(|part| self.anchor(part, within)).collect();
        self.joined(
            join,
            forms,
            Html::joined(&parts, Message::Semicolon.text(self.lang)),
        )
    }

    /// `10 days`, `1 working day`.
    pub(super) fn period(&self, period: &Period) -> Html {
        let (one, many) = match period.unit {
            Unit::Minute => (Message::Minute, Message::Minutes),
            Unit::Hour => (Message::Hour, Message::Hours),
            Unit::Day => (Message::Day, Message::Days),
            Unit::WorkingDay => (Message::WorkingDay, Message::WorkingDays),
            Unit::Week => (Message::Week, Message::Weeks),
            Unit::Month => (Message::Month, Message::Months),
            Unit::Year => (Message::Year, Message::Years),
        };
        let message = if period.n.value == 1 { one } else { many };
        let number = Html::text(&period.n.value.to_string());
        self.say(message, &[number])
    }

    /// A member by its label; its name, if it has none.
    pub(super) fn member(&self, of: Option<&'a EnumDecl>, name: &str) -> Html {
        let found = of.and_then(|of| member(of, name));
        match found.and_then(|member| member.label.as_ref()) {
            Some(label) => self.text(label),
            None => Html::text(name),
        }
    }

    /// Members with commas between.
    pub(super) fn members(&self, of: Option<&'a EnumDecl>, names: &[Name]) -> Html {
        if names.is_empty() {
            return self.say(Message::Nothing, &[]);
        }
        let names: Vec<Html> = names
            .iter()
            .map(|name| self.member(of, &name.text))
            .collect();
        self.enumerated(&names, Message::Or)
    }

    /// `A, B or C`.
    pub(super) fn enumerated(&self, pieces: &[Html], last: Message) -> Html {
        match pieces.split_last() {
            Some((end, start)) if !start.is_empty() => {
                self.say(last, &[Html::joined(start, ", "), end.clone()])
            }
            _ => Html::joined(pieces, ", "),
        }
    }

    /// A set in words, with its members of an enumeration.
    pub(super) fn set(&self, set: &SetExpr, of: Option<&'a EnumDecl>) -> Html {
        let two = |message, one: &SetExpr, other: &SetExpr| {
            self.say(message, &[self.set(one, of), self.set(other, of)])
        };
        match set {
            SetExpr::Members(names, _) => self.members(of, names),
            SetExpr::Name(name) => self.named_set(&name.text),
            SetExpr::Union(one, other) => two(Message::Union, one, other),
            SetExpr::Intersect(one, other) => two(Message::Intersect, one, other),
            SetExpr::Minus(one, other) => two(Message::Minus, one, other),
        }
    }

    /// A named set, with a link to its members; a fact, by its question.
    pub(super) fn named_set(&self, name: &str) -> Html {
        match self.book.set(name) {
            Some((pack, set)) => {
                let name = &set.name.text;
                let link = self.link(pack, &format!("set-{name}"), &Html::text(name));
                self.say(Message::TheList, &[link])
            }
            None => self.say(Message::AnswerTo, &[self.question(name)]),
        }
    }

    /// The enumeration of which a set has members, as far as its first name tells.
    pub(super) fn enumeration_of(&self, set: &SetExpr) -> Option<&'a EnumDecl> {
        match set {
            SetExpr::Members(..) => None,
            SetExpr::Name(name) => match self.book.set(&name.text) {
                Some((_, set)) => self.book.enumeration(&set.of.text),
                None => self.book.members_of(&name.text),
            },
            SetExpr::Union(one, other)
            | SetExpr::Intersect(one, other)
            | SetExpr::Minus(one, other) => self
                .enumeration_of(one)
                .or_else(|| self.enumeration_of(other)),
        }
    }

    /// A value of a fact.
    pub(super) fn value(&self, fact: &str, value: &Value) -> Html {
        match value {
            Value::Bool(true, _) => self.say(Message::Yes, &[]),
            Value::Bool(false, _) => self.say(Message::No, &[]),
            Value::Member(name) => self.member(self.book.members_of(fact), &name.text),
            Value::Members(names, _) if names.is_empty() => self.say(Message::Nothing, &[]),
            Value::Members(names, _) => {
                let of = self.book.members_of(fact);
                let names: Vec<Html> = names
                    .iter()
                    .map(|name| self.member(of, &name.text))
                    .collect();
                Html::joined(&names, ", ")
            }
            Value::Int(int) => Html::text(&int.value.to_string()),
            Value::Money(money) => self.money(money),
            Value::Instant(at) => self.instant(at),
        }
    }

    /// An amount: `250,000 EUR`, `250 000 EUR`.
    pub(super) fn money(&self, money: &Money) -> Html {
        let (whole, cents) = money.amount.split_once('.').unwrap_or((&money.amount, ""));
        let (gap, point) = match self.lang {
            Lang::En => (",", "."),
            Lang::Fr => ("\u{202f}", ","),
        };
        let digits: Vec<char> = whole.chars().filter(|digit| *digit != '_').collect();
        let mut out = String::new();
        for (index, digit) in digits.iter().enumerate() {
            let left = digits.len() - index;
            if index > 0 && left % 3 == 0 && digits.get(index - 1) != Some(&'-') {
                out.push_str(gap);
            }
            out.push(*digit);
        }
        if !cents.is_empty() {
            out.push_str(point);
            out.push_str(cents);
        }
        Html::text(&format!("{out}\u{a0}{}", money.currency))
    }

    /// An instant by the clock in which it is written.
    pub(super) fn instant(&self, at: &Instant) -> Html {
        self.clocked(at, 0, false)
    }

    /// A due by the clock in which it is written: midnight is the end of a day.
    pub(super) fn due(&self, at: &Instant) -> Html {
        self.clocked(at, 0, true)
    }

    /// When an answer changes: what follows a due that includes its instant begins a microsecond later.
    pub(super) fn change(&self, at: &Instant) -> Html {
        match instant::parse(&at.text) {
            Ok(micros) if micros.rem_euclid(SECOND) == 1 => {
                self.say(Message::NextChangeAfter, &[self.clocked(at, 1, true)])
            }
            _ => self.say(Message::NextChange, &[self.instant(at)]),
        }
    }

    fn clocked(&self, at: &Instant, less: i64, is_due: bool) -> Html {
        let Ok(micros) = instant::parse(&at.text) else {
            return Html::text(&at.text);
        };
        let offset = offset(&at.text);
        let words = Html::text(&at_offset(micros - less, offset, is_due, self.lang));
        Html::with("time", &[("datetime", &at.text)], &words)
    }

    /// The days on which something is in force.
    pub(super) fn in_force(&self, days: &InForce) -> Html {
        let from = self.date(days.from, 0);
        match days.until {
            Some(until) => self.say(Message::FromTo, &[from, self.date(until, -1)]),
            None => self.say(Message::FromOn, &[from]),
        }
    }

    /// A date, or one so many days away from it.
    pub(super) fn date(&self, written: crate::syntax::ast::Date, away: i32) -> Html {
        let found = Date::new(
            i32::from(written.year),
            u32::from(written.month),
            u32::from(written.day),
        );
        found.map_or(Html::default(), |found| {
            Html::text(&date(found.to_days() + away, self.lang))
        })
    }
}

/// The code of a language, as pages have it.
pub(super) const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Fr => "fr",
    }
}

/// The offset with which an instant is written, in seconds.
fn offset(written: &str) -> i32 {
    let clock = written.get(10..).unwrap_or("");
    let Some(at) = clock.find(['+', '-']) else {
        return 0;
    };
    let (_, offset) = clock.split_at(at);
    let mut parts = offset.get(1..).unwrap_or("").split(':');
    let mut number = || {
        parts
            .next()
            .and_then(|part| part.parse::<i32>().ok())
            .unwrap_or(0)
    };
    let seconds = number() * 3_600 + number() * 60;
    if offset.starts_with('-') {
        -seconds
    } else {
        seconds
    }
}
