//! A case as JSON to the state of every fact and event (LANGUAGE.md §4), law dates (§5) included.
//!
//! An [`Eval`] is one evaluation: a link, a case, and `now`. It holds what was already worked out, so that a rule
//! or a norm that is looked at twice is judged once.

use super::civil::{self, Money};
use super::count::Notes;
use super::link::Link;
use super::norm::NormAnswer;
use super::timing::Service;
use super::truth::{Judged, Key, Keys};
use exequatur::syntax::ast;
use exequatur::syntax::ast::Type;
use jiff::civil::Date;
use serde_json::Value as Json;
use std::cell::RefCell;
use std::rc::Rc;

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Val {
    /// `true` or `false`.
    Bool(bool),
    /// A member.
    Member(String),
    /// Members.
    Members(Vec<String>),
    /// A whole number.
    Int(i64),
    /// An amount.
    Money(Money),
    /// An instant.
    Instant(i64),
}

/// §4: a fact that was given, or is presumed, or is unknown.
#[derive(Clone, Debug)]
pub enum Fact {
    /// The case gives it.
    Given(Val),
    /// It is absent and presumed.
    Assumed(Val),
    /// It is null, or absent and not presumed.
    Unknown,
}

/// §4: what is known of an event at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It has happened then.
    Happened(i64),
    /// The case says that it has not happened, or when it will.
    Not,
    /// The case does not speak of it: assumed not to have happened.
    Absent,
    /// Null.
    Unknown,
}

/// The arguments of an evaluation beside the case.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// The instant at which it is asked.
    pub now: i64,
    /// The law date, if it is given.
    pub law_date: Option<Date>,
    /// The house's own periods.
    pub service: Service,
}

impl Ask {
    /// The same at another instant.
    pub fn at(self, now: i64) -> Ask {
        Ask { now, ..self }
    }
}

/// One evaluation.
pub struct Eval<'a> {
    /// The packs.
    pub link: &'a Link<'a>,
    /// The instant at which it is asked.
    pub now: i64,
    /// The argument of the evaluation, if there was one.
    pub law_argument: Option<Date>,
    /// The house's own periods.
    pub service: Service,
    /// Every fact.
    pub facts: Vec<Fact>,
    /// Every event.
    pub events: Vec<Event>,
    /// The law date of every pack.
    pub law_dates: Vec<Date>,
    /// §5: the rules that are present.
    pub present: Vec<bool>,
    /// Conditions of rules already judged.
    pub conditions: RefCell<Vec<Option<Rc<Judged>>>>,
    /// Norms already judged.
    pub norms: RefCell<Vec<Option<Rc<NormAnswer<'a>>>>>,
    /// What was met in counting.
    pub notes: RefCell<Notes>,
}

impl<'a> Eval<'a> {
    /// Reads the case and finds law dates and present rules.
    pub fn new(link: &'a Link<'a>, case: &Json, ask: Ask) -> Eval<'a> {
        let now = ask.now;
        let mut eval = Eval {
            link,
            now,
            law_argument: ask.law_date,
            service: ask.service,
            facts: link.facts.iter().map(|f| read_fact(f, case)).collect(),
            events: link
                .events
                .iter()
                .map(|e| read_event(e, case, now))
                .collect(),
            law_dates: Vec::new(),
            present: Vec::new(),
            conditions: RefCell::new(vec![None; link.rules.len()]),
            norms: RefCell::new(vec![None; link.norms.len()]),
            notes: RefCell::new(Notes::new()),
        };
        for p in 0..link.packs.len() {
            let date = eval.law_date(p);
            eval.law_dates.push(date);
        }
        let present = |rule: &super::link::Rule| {
            let day = eval.law_dates[rule.pack];
            let pack = &link.packs[rule.pack];
            pack.evaluated
                && civil::within(&pack.file.pack.in_force, day)
                && civil::within(&rule.decl.in_force, day)
        };
        eval.present = link.rules.iter().map(present).collect();
        eval
    }

    /// §5, first paragraph.
    fn law_date(&self, pack: usize) -> Date {
        if let Some(date) = self.law_argument {
            return date;
        }
        let pack = &self.link.packs[pack];
        match pack.judged_by.map(|e| self.events[e]) {
            Some(Event::Happened(t)) => civil::date_in(t, &pack.zone),
            _ => civil::date_in(self.now, &pack.zone),
        }
    }

    /// §5: the `judged by` events that were taken as not having happened.
    pub fn assumed_law_dates(&self) -> Keys {
        let mut keys = Keys::new();
        for pack in &self.link.packs {
            if let Some(e) = pack.judged_by
                && pack.decides
                && pack.dated
                && self.law_argument.is_none()
                && matches!(self.events[e], Event::Absent | Event::Unknown)
            {
                keys.insert(Key::Event(e));
            }
        }
        keys
    }

    /// The present version among the versions of a rule.
    pub fn present_version(&self, versions: &[usize]) -> Option<usize> {
        versions.iter().copied().find(|r| self.present[*r])
    }
}

/// What stands at a dotted name in the tree of a case.
fn lookup<'c>(case: &'c Json, name: &str) -> Option<&'c Json> {
    name.split('.').try_fold(case, |tree, part| tree.get(part))
}

fn read_fact(decl: &ast::FactDecl, case: &Json) -> Fact {
    match lookup(case, &decl.name.text) {
        Some(Json::Null) => Fact::Unknown,
        Some(json) => Fact::Given(read_value(&decl.ty, json)),
        None => match &decl.presumed {
            Some(value) => Fact::Assumed(literal(value)),
            None => Fact::Unknown,
        },
    }
}

fn read_value(ty: &Type, json: &Json) -> Val {
    let text = |j: &Json| j.as_str().expect("a text in the case").to_string();
    match ty {
        Type::Bool => Val::Bool(json.as_bool().expect("true or false in the case")),
        Type::Enum(_) => Val::Member(text(json)),
        Type::SetOf(_) => {
            let members = json.as_array().expect("a list in the case");
            Val::Members(members.iter().map(text).collect())
        }
        Type::Int(..) => Val::Int(json.as_i64().expect("a whole number in the case")),
        Type::Money => Val::Money(Money::parse(
            &text(&json["amount"]),
            &text(&json["currency"]),
        )),
        Type::Instant => Val::Instant(civil::parse_instant(&text(json))),
    }
}

fn read_event(decl: &ast::EventDecl, case: &Json, now: i64) -> Event {
    match lookup(case, &decl.name.text) {
        None => Event::Absent,
        Some(Json::Null) => Event::Unknown,
        Some(Json::Bool(_)) => Event::Not,
        Some(json) => {
            let t = civil::parse_instant(json.as_str().expect("an instant in the case"));
            if t <= now {
                Event::Happened(t)
            } else {
                Event::Not
            }
        }
    }
}

/// A value as written in a pack.
pub fn literal(value: &ast::Value) -> Val {
    match value {
        ast::Value::Bool(b, _) => Val::Bool(*b),
        ast::Value::Member(name) => Val::Member(name.text.clone()),
        ast::Value::Members(names, _) => {
            Val::Members(names.iter().map(|n| n.text.clone()).collect())
        }
        ast::Value::Int(i) => Val::Int(i.value),
        ast::Value::Money(m) => Val::Money(Money::parse(&m.amount, &m.currency)),
        ast::Value::Instant(i) => Val::Instant(civil::parse_instant(&i.text)),
    }
}
