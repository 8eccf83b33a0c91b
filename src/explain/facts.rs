//! What a rule's conditions read, and what the case says of it.
//!
//! Invariant: names stand in the order in which the conditions read them, each once; walking a condition takes time
//! linear in its nodes, and bases are followed at most as often as there are rules.

use std::collections::BTreeSet;

use super::catalogue::{Lang, Message, fill};
use super::when::{self, Join};
use crate::eval::{Case, Decision, EventSlot, FactSlot, FactValue, Named};
use crate::json::naming;
use crate::model::{Bits, EventId, FactId, Money, RuleId, SetId, VersionId, ZoneId};
use crate::pack::Program;
use crate::pack::format::{
    ACROSS_BASE, EffectRow, FactRow, NONE16, NONE32, NodeRow, Op, OperandKind, Range, Text,
};
use crate::pack::program::currency;

/// What a condition reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Read {
    /// A fact.
    Fact(u16),
    /// An event.
    Event(u16),
    /// Whether a rule was missed, if that can be told.
    Missed(u16, Option<bool>),
    /// Whether a rule was met, if that can be told.
    Met(u16, Option<bool>),
}

impl Read {
    /// Its name, if it is a fact or an event.
    pub(super) fn name<'p>(self, program: &Program<'p>) -> &'p str {
        match self {
            Read::Fact(fact) => naming::named(program, Named::Fact(FactId(fact))),
            Read::Event(event) => naming::named(program, Named::Event(EventId(event))),
            Read::Missed(..) | Read::Met(..) => "",
        }
    }
}

/// What was read, in order, without doubles.
#[derive(Default)]
pub(super) struct Reads {
    pub(super) list: Vec<Read>,
    seen: BTreeSet<Read>,
}

impl Reads {
    fn add(&mut self, read: Read) {
        if self.seen.insert(read) {
            self.list.push(read);
        }
    }
}

/// What makes a version apply: its own condition first, then its base's, then its pack's.
pub(super) fn of_version(
    program: &Program<'_>,
    decision: &Decision<'_>,
    version: VersionId,
) -> Reads {
    let mut reads = Reads::default();
    let mut next = Some(version);
    let mut packs = Vec::new();
    for _ in 0..=program.rules.len() {
        let Some(version) = next else { break };
        condition(
            decision,
            program.versions.at(version.index()).when,
            &mut reads,
        );
        packs.push(program.pack_of(version).0);
        next = decision.base(version);
    }
    for pack in packs {
        condition(
            decision,
            program.packs.at(usize::from(pack)).applies,
            &mut reads,
        );
    }
    reads
}

/// What a guard reads.
pub(super) fn of_guard(decision: &Decision<'_>, guard: u32) -> Reads {
    let mut reads = Reads::default();
    condition(decision, guard, &mut reads);
    reads
}

/// What an effect reads beside its version: the set of its member, its territory.
pub(super) fn of_effect(program: &Program<'_>, effect: EffectRow, reads: &mut Reads) {
    if effect.member_fact != NONE16 {
        reads.add(Read::Fact(effect.member_fact));
    }
    if effect.across != NONE32 && effect.across != ACROSS_BASE {
        set(program, effect.across, reads);
    }
    let Range { first, count } = effect.windows;
    for window in program.windows.range(first, count) {
        if window.counting != NONE16 {
            let counting = program.countings.at(usize::from(window.counting));
            for chooser in [counting.zone_by, counting.zone_then, counting.chooser] {
                if chooser != NONE16 {
                    reads.add(Read::Fact(program.choosers.at(usize::from(chooser)).fact));
                }
            }
        }
    }
}

fn condition(decision: &Decision<'_>, cond: u32, reads: &mut Reads) {
    let program = decision.program();
    if cond == NONE32 {
        return;
    }
    let Range { first, count } = program.conds.at(cond as usize).nodes;
    for node in program.nodes.range(first, count) {
        leaf(decision, node, reads);
    }
}

fn leaf(decision: &Decision<'_>, node: NodeRow, reads: &mut Reads) {
    let program = decision.program();
    match Op::from_u8(node.op) {
        Some(Op::Bool | Op::Is | Op::Known) => reads.add(Read::Fact(node.a)),
        Some(Op::In) => {
            reads.add(Read::Fact(node.a));
            set(program, node.b, reads);
        }
        Some(Op::Meets) => {
            set(program, node.b, reads);
            set(program, node.c, reads);
        }
        Some(Op::Int | Op::Money | Op::Instant) => {
            operand(program, node.b, reads);
            operand(program, node.c, reads);
        }
        Some(Op::Happened) => reads.add(Read::Event(node.a)),
        Some(Op::Missed) => reads.add(Read::Missed(node.a, decision.looked(node))),
        Some(Op::Met) => reads.add(Read::Met(node.a, decision.looked(node))),
        Some(Op::And | Op::Or | Op::Not) | None => {}
    }
}

fn operand(program: &Program<'_>, operand: u32, reads: &mut Reads) {
    let row = program.operands.at(operand as usize);
    match OperandKind::from_u8(row.kind) {
        Some(OperandKind::Fact) => reads.add(Read::Fact(row.id)),
        Some(OperandKind::Event) => reads.add(Read::Event(row.id)),
        Some(OperandKind::Literal | OperandKind::Now) | None => {}
    }
}

fn set(program: &Program<'_>, expression: u32, reads: &mut Reads) {
    let Range { first, count } = program.set_exprs.at(expression as usize).nodes;
    for node in program.set_nodes.range(first, count) {
        if node.op == 2
            && let Ok(fact) = u16::try_from(node.arg)
        {
            reads.add(Read::Fact(fact));
        }
    }
}

/// What a case says, in words.
pub(super) struct Speaker<'v, 'p> {
    pub(super) program: &'v Program<'p>,
    pub(super) case: &'v Case<'v>,
    pub(super) now: i64,
    pub(super) zone: ZoneId,
    pub(super) lang: Lang,
}

impl<'p> Speaker<'_, 'p> {
    /// The text of one language.
    pub(super) fn text(&self, text: Text) -> &'p str {
        self.program.str(if self.lang == Lang::En {
            text.en
        } else {
            text.fr
        })
    }

    /// What the case says of what was read; nothing where it says nothing and nothing was presumed.
    pub(super) fn said(&self, read: Read) -> Option<String> {
        let rule = |rule: u16| {
            let (pack, name) = self.program.rule_name(RuleId(rule));
            format!("{pack}/{name}")
        };
        match read {
            Read::Fact(fact) => self.fact(FactId(fact)),
            Read::Event(event) => self.event(EventId(event)),
            Read::Missed(id, truth) => {
                let message = match truth {
                    Some(true) => Message::RuleMissed,
                    Some(false) => Message::RuleNotMissed,
                    None => Message::RuleUnknown,
                };
                Some(fill(message, self.lang, &[&rule(id)]))
            }
            Read::Met(id, truth) => {
                let message = match truth {
                    Some(true) => Message::RuleMet,
                    Some(false) => Message::RuleNotMet,
                    None => Message::RuleUnknown,
                };
                Some(fill(message, self.lang, &[&rule(id)]))
            }
        }
    }

    /// True where nothing was said, so that at most an assumption stands.
    pub(super) fn is_assumed(&self, read: Read) -> bool {
        match read {
            Read::Fact(fact) => self
                .case
                .facts
                .get(usize::from(fact))
                .is_none_or(|slot| *slot == FactSlot::Absent),
            Read::Event(event) => self
                .case
                .events
                .get(usize::from(event))
                .is_none_or(|slot| *slot == EventSlot::Absent),
            Read::Missed(..) | Read::Met(..) => false,
        }
    }

    /// What was assumed: the presumed value, or that an event has not happened.
    pub(super) fn assumption(&self, name: Named) -> String {
        let word = naming::named(self.program, name);
        match name {
            Named::Fact(fact) => {
                let row = self.program.facts.at(fact.index());
                self.value(word, row, presumed(self.program, row))
            }
            Named::Event(_) | Named::Set(_) | Named::Calendar(_) => {
                fill(Message::EventNot, self.lang, &[word])
            }
        }
    }

    fn fact(&self, fact: FactId) -> Option<String> {
        let row = self.program.facts.at(fact.index());
        let name = self.program.str(row.name);
        match self
            .case
            .facts
            .get(fact.index())
            .copied()
            .unwrap_or_default()
        {
            FactSlot::Given(value) => Some(self.value(name, row, value)),
            FactSlot::Null => Some(fill(Message::FactUnknown, self.lang, &[name])),
            FactSlot::Absent if row.presumed == 1 => {
                let value = self.value(name, row, presumed(self.program, row));
                Some(fill(Message::FactAssumed, self.lang, &[&value]))
            }
            FactSlot::Absent => None,
        }
    }

    fn event(&self, event: EventId) -> Option<String> {
        let name = self.program.str(self.program.events.at(event.index()).name);
        match self
            .case
            .events
            .get(event.index())
            .copied()
            .unwrap_or_default()
        {
            EventSlot::At(at) => {
                let message = if at > self.now {
                    Message::EventAhead
                } else {
                    Message::EventAt
                };
                Some(fill(
                    message,
                    self.lang,
                    &[name, &self.instant(at, Join::Bare)],
                ))
            }
            EventSlot::Not => Some(fill(Message::EventNot, self.lang, &[name])),
            EventSlot::Null => Some(fill(Message::FactUnknown, self.lang, &[name])),
            EventSlot::Absent => {
                let not = fill(Message::EventNot, self.lang, &[name]);
                Some(fill(Message::FactAssumed, self.lang, &[&not]))
            }
        }
    }

    /// A fact with its value: `order.kind: removal order`.
    fn value(&self, name: &str, row: FactRow, value: FactValue) -> String {
        let value = match value {
            FactValue::Bool(true) => return fill(Message::FactTrue, self.lang, &[name]),
            FactValue::Bool(false) => return fill(Message::FactFalse, self.lang, &[name]),
            FactValue::Member(member) => self.label(row.of, member).to_string(),
            FactValue::Members(members) if members.is_empty() => {
                return fill(Message::FactNothing, self.lang, &[name]);
            }
            FactValue::Members(members) => {
                let labels: Vec<&str> = members
                    .iter()
                    .map(|member| self.label(row.of, member))
                    .collect();
                labels.join(", ")
            }
            FactValue::Int(number) => number.to_string(),
            FactValue::Money(money) => amount(&money),
            FactValue::Instant(at) => self.instant(at, Join::Bare),
        };
        fill(Message::FactIs, self.lang, &[name, &value])
    }

    /// The label of a member.
    fn label(&self, enumeration: u16, member: u16) -> &'p str {
        let first = self
            .program
            .enums
            .at(usize::from(enumeration))
            .members
            .first as usize;
        let row = self.program.members.at(first + usize::from(member));
        match self.text(row.label) {
            "" => self.program.str(row.name),
            label => label,
        }
    }

    /// An instant in the zone of the speaker.
    pub(super) fn instant(&self, at: i64, join: Join) -> String {
        when::instant(self.program, self.zone, at, join, self.lang)
    }

    /// What one asks to learn something: its question and its name, or its name alone.
    pub(super) fn question(&self, name: Named) -> String {
        let word = naming::named(self.program, name);
        if let Named::Set(SetId(_)) = name {
            return fill(Message::NoSet, self.lang, &[word]);
        }
        if let Named::Calendar(calendar) = name {
            let row = self.program.calendars.at(calendar.index());
            if row.first > row.last {
                return fill(Message::NoCalendar, self.lang, &[word]);
            }
            let (first, last) = (row.first.to_string(), row.last.to_string());
            return fill(Message::CalendarEnds, self.lang, &[word, &first, &last]);
        }
        match naming::question(self.program, name).map(|text| self.text(text)) {
            Some(question) if !question.is_empty() => {
                fill(Message::AskFor, self.lang, &[question, word])
            }
            _ => word.to_string(),
        }
    }
}

/// An amount with its currency: `250000.00 EUR`.
pub(super) fn amount(money: &Money) -> String {
    format!("{money} {}", money.currency.as_str())
}

fn presumed(program: &Program<'_>, row: FactRow) -> FactValue {
    match row.ty {
        0 => FactValue::Bool(row.value == 1),
        1 => FactValue::Member(u16::try_from(row.value).unwrap_or(u16::MAX)),
        2 if row.bits == NONE32 => FactValue::Members(Bits::EMPTY),
        2 => FactValue::Members(program.members_of(row.bits)),
        3 => FactValue::Int(row.value),
        4 => FactValue::Money(Money {
            minor: row.value,
            currency: currency(row.currency),
        }),
        _ => FactValue::Instant(row.value),
    }
}
