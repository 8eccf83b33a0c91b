//! A condition of a program, or a part of one, to the words of the language.
//!
//! Definitions were replaced long before, so that an author finds what they stand for. Invariant: what is written has the
//! meaning of the node, and can be parsed; nothing here recurses, for conditions come from a text of any depth.

use std::collections::BTreeSet;

use super::enumeration::members;
use crate::model::{Bits, Compare, Kind, Money, NormId, RuleId, Unit};
use crate::pack::Program;
use crate::pack::format::{EffectRow, NONE16, NodeRow, Op, OperandKind};
use crate::pack::program::currency;
use crate::time::instant::Display;

/// How tightly a text is bound: what must stand in parentheses beside what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bond {
    /// A single thing, or one that says what is negated in it.
    Unary,
    /// A fact that has a member: its negation is `is not`.
    Is,
    /// Operands with a sign or a word between them.
    Between,
    /// Joined by `and`, `or`, or by an operator of sets.
    By(&'static str),
}

type Text = (String, Bond);

/// A node of a condition, by its place among all nodes of the program.
#[must_use]
pub fn condition(program: &Program<'_>, node: usize) -> String {
    let last = program.nodes.at(node);
    let first = (node + 1).saturating_sub(last.size as usize);
    let mut stack: Vec<Text> = Vec::new();
    for row in program.nodes.range(first as u32, last.size) {
        let text = match Op::from_u8(row.op) {
            Some(op @ (Op::And | Op::Or)) => {
                let of = stack.split_off(stack.len().saturating_sub(usize::from(row.a)));
                joined(&of, if op == Op::And { "and" } else { "or" })
            }
            Some(Op::Not) => opposite(stack.pop()),
            Some(Op::Is) => (atom(program, row), Bond::Is),
            Some(Op::In | Op::Meets | Op::Int | Op::Money | Op::Instant) => {
                (atom(program, row), Bond::Between)
            }
            _ => (atom(program, row), Bond::Unary),
        };
        stack.push(text);
    }
    stack.pop().map(|(text, _)| text).unwrap_or_default()
}

/// Operands with a word between them. Those that the same word joins need no parentheses.
fn joined(of: &[Text], word: &'static str) -> Text {
    let texts: Vec<String> = of
        .iter()
        .map(|(text, bond)| match bond {
            Bond::By(other) if *other != word => format!("({text})"),
            _ => text.clone(),
        })
        .collect();
    match of {
        [one] => one.clone(),
        _ => (texts.join(&format!(" {word} ")), Bond::By(word)),
    }
}

fn opposite(of: Option<Text>) -> Text {
    let text = match of.unwrap_or((String::new(), Bond::Unary)) {
        (text, Bond::By(_) | Bond::Between) => format!("not ({text})"),
        (text, Bond::Is) => text.replacen(" is ", " is not ", 1),
        (text, Bond::Unary) => format!("not {text}"),
    };
    (text, Bond::Unary)
}

fn atom(program: &Program<'_>, row: NodeRow) -> String {
    let fact = |id: u16| program.str(program.facts.at(usize::from(id)).name);
    match Op::from_u8(row.op) {
        Some(Op::Bool) => fact(row.a).to_string(),
        Some(Op::Is) => {
            let of = program.facts.at(usize::from(row.a)).of;
            format!("{} is {}", fact(row.a), member(program, of, row.b))
        }
        Some(Op::In) => {
            let of = program.facts.at(usize::from(row.a)).of;
            format!("{} in {}", fact(row.a), set(program, row.b, of).0)
        }
        Some(Op::Meets) => meets(program, row),
        Some(op @ (Op::Int | Op::Money | Op::Instant)) => {
            let [a, b] = [row.b, row.c].map(|of| operand(program, op, of));
            format!("{a} {} {b}", sign(row.flag))
        }
        Some(Op::Happened) => {
            let event = program.events.at(usize::from(row.a)).name;
            format!("happened {}", program.str(event))
        }
        Some(Op::Known) => format!("known {}", fact(row.a)),
        Some(op @ (Op::Missed | Op::Met)) => {
            let (pack, rule) = program.rule_name(RuleId(row.a));
            let word = if op == Op::Missed { "missed" } else { "met" };
            format!("{word} {pack}/{rule}{}", on(program, row))
        }
        Some(Op::And | Op::Or | Op::Not) | None => String::new(),
    }
}

/// The norms of a `missed` or `met`, where they are not all on which the rule has a duty.
fn on(program: &Program<'_>, row: NodeRow) -> String {
    let norms: BTreeSet<u16> = program.lists.range(row.b, row.c).map(|id| id.id).collect();
    let is_duty = |effect: &EffectRow| {
        let rule = program.versions.at(usize::from(effect.version)).rule;
        rule == row.a && effect.kind == Kind::Must as u8
    };
    let duties = program.effects.iter().filter(is_duty);
    if duties
        .map(|effect| effect.norm)
        .all(|norm| norms.contains(&norm))
    {
        return String::new();
    }
    let names: Vec<_> = norms
        .iter()
        .map(|norm| program.norm_name(NormId(*norm)))
        .collect();
    let members: Vec<&str> = names.iter().filter_map(|(_, member)| *member).collect();
    match (names.first(), members.is_empty()) {
        (Some((name, _)), true) => format!(" on {name}"),
        (Some((name, _)), false) => format!(" on {name} of {{{}}}", members.join(", ")),
        (None, _) => String::new(),
    }
}

fn sign(compare: u8) -> &'static str {
    match Compare::from_u8(compare) {
        Some(Compare::Lt) => "<",
        Some(Compare::Le) => "<=",
        Some(Compare::Gt) => ">",
        Some(Compare::Ge) => ">=",
        Some(Compare::Eq) | None => "is",
    }
}

fn meets(program: &Program<'_>, row: NodeRow) -> String {
    let told = [row.b, row.c].map(|of| program.set_exprs.at(of as usize).of);
    let of = told.into_iter().find(|of| *of != NONE16).unwrap_or(NONE16);
    let [(left, _), (right, _)] = [row.b, row.c].map(|expr| set(program, expr, of));
    // `includes` was written for a single member.
    match right
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
    {
        Some(one) if !one.is_empty() && !one.contains(',') => {
            format!("{left} includes {one}")
        }
        _ => format!("{left} meets {right}"),
    }
}

fn operand(program: &Program<'_>, op: Op, of: u32) -> String {
    let row = program.operands.at(of as usize);
    let base = match OperandKind::from_u8(row.kind) {
        Some(OperandKind::Fact) => {
            let name = program.facts.at(usize::from(row.id)).name;
            program.str(name).to_string()
        }
        Some(OperandKind::Event) => {
            let name = program.events.at(usize::from(row.id)).name;
            program.str(name).to_string()
        }
        Some(OperandKind::Now) => "now".to_string(),
        Some(OperandKind::Literal) if op == Op::Instant => Display(row.value).to_string(),
        Some(OperandKind::Literal) if op == Op::Money => {
            let (minor, currency) = (row.value, currency(row.currency));
            format!("{} {}", Money { minor, currency }, currency.as_str())
        }
        Some(OperandKind::Literal) | None => row.value.to_string(),
    };
    if row.n == 0 {
        return base;
    }
    let unit = match Unit::from_u8(row.unit) {
        Some(Unit::Minute) => "minute",
        Some(Unit::Hour) => "hour",
        Some(Unit::Day) | None => "day",
        Some(Unit::WorkingDay) => "working day",
        Some(Unit::Week) => "week",
        Some(Unit::Month) => "month",
        Some(Unit::Year) => "year",
    };
    let sign = if row.minus == 1 { '-' } else { '+' };
    let plural = if row.n == 1 { "" } else { "s" };
    format!("{base} {sign} {} {unit}{plural}", row.n)
}

fn set(program: &Program<'_>, expr: u32, of: u16) -> Text {
    let row = program.set_exprs.at(expr as usize);
    let mut stack: Vec<Text> = Vec::new();
    for node in program.set_nodes.range(row.nodes.first, row.nodes.count) {
        let word = match node.op {
            0 => {
                let bits = program.members_of(node.arg);
                stack.push((literal(program, bits, of), Bond::Unary));
                continue;
            }
            1 => {
                let name = program.sets.at(node.arg as usize).name;
                stack.push((program.str(name).to_string(), Bond::Unary));
                continue;
            }
            2 => {
                let name = program.facts.at(node.arg as usize).name;
                stack.push((program.str(name).to_string(), Bond::Unary));
                continue;
            }
            3 => "union",
            4 => "intersect",
            _ => "minus",
        };
        let right = stack.pop().unwrap_or((String::new(), Bond::Unary));
        let left = stack.pop().unwrap_or((String::new(), Bond::Unary));
        // `minus` takes two operands and no more.
        let text = if word == "minus" {
            let side = |(text, bond): &Text| match bond {
                Bond::By(_) => format!("({text})"),
                _ => text.clone(),
            };
            let text = format!("{} minus {}", side(&left), side(&right));
            (text, Bond::By(word))
        } else {
            joined(&[left, right], word)
        };
        stack.push(text);
    }
    stack.pop().unwrap_or((String::new(), Bond::Unary))
}

fn literal(program: &Program<'_>, bits: Bits, of: u16) -> String {
    let names: Vec<String> = bits
        .iter()
        .map(|index| member(program, of, u32::from(index)).to_string())
        .collect();
    format!("{{{}}}", names.join(", "))
}

fn member<'p>(program: &Program<'p>, of: u16, index: u32) -> &'p str {
    let names = members(program, of);
    names.get(index as usize).copied().unwrap_or("?")
}
