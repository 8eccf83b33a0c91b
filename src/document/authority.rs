//! The conditions of a rule to those who may order: which authority, of which State, validated by whom.
//!
//! Invariant: what is said is asked by the conditions in every case in which they hold. A branch of an `or` that asks for
//! another instrument or State than the rest of the conditions is left out, as it can never hold there; where another
//! branch asks nothing of the authority, nothing is said.

use std::collections::BTreeSet;

use super::book::{Pack, own};
use super::catalogue::Message;
use super::html::Html;
use super::voice::Voice;
use crate::syntax::ast::{Cond, RuleDecl, SetExpr, Value};

/// The enumeration of those who may ask; facts with its members say who did.
const AUTHORITY: &str = "Authority";
/// How the facts end that say which State's authority asks.
const STATE: &str = "issuer_state";
/// The facts that tell branches of a route apart.
const TELLING: [&str; 2] = ["order.kind", "order.issuer_state"];
/// The order in which parts stand.
const WHO: u8 = 0;
const VALIDATED: u8 = 1;
const OF_STATE: u8 = 2;
/// Above so many letters a term is named and not said: its page says it.
const LONG: usize = 420;

/// What is known where a condition is read.
struct Frame {
    /// The members that each fact can still have that tells branches apart; nothing where it may have any.
    open: [Option<BTreeSet<String>>; 2],
    /// What was said of the State, and need not be said again.
    said: Vec<(u8, String)>,
}

/// What is asked of an authority, each part of which must hold: who it is, who validated, of which State.
struct Asked {
    parts: Vec<(u8, String)>,
}

impl Asked {
    /// What all of these ask; nothing if none asks anything.
    fn all(asked: impl Iterator<Item = Option<Asked>>) -> Option<Asked> {
        let mut parts: Vec<(u8, String)> = Vec::new();
        for part in asked.flatten().flat_map(|asked| asked.parts) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts.sort_by_key(|(rank, _)| *rank);
        (!parts.is_empty()).then_some(Asked { parts })
    }

    /// In one piece: `judicial police officer (validated by judge; of FR)`.
    fn piece(&self) -> String {
        let words: Vec<&str> = self.parts.iter().map(|(_, part)| part.as_str()).collect();
        match words.split_first() {
            Some((first, rest)) if !rest.is_empty() => format!("{first} ({})", rest.join("; ")),
            _ => words.join(""),
        }
    }
}

impl Voice<'_, '_> {
    /// Who may order: what the conditions of the rule, its base and its pack ask of the authority.
    pub(super) fn who(&self, pack: &Pack<'_>, rule: &RuleDecl) -> String {
        let base = rule.exception_to.as_ref().filter(|_| !rule.regardless);
        let base = base.and_then(|name| self.book.rule(self.pack, &name.text));
        let base =
            base.and_then(|(_, versions)| versions.last().and_then(|base| base.when.as_ref()));
        let applies = pack.file.pack.applies.as_ref();
        let conds: Vec<&Cond> = [rule.when.as_ref(), base, applies]
            .into_iter()
            .flatten()
            .collect();
        let open = TELLING.map(|fact| {
            let asked = conds
                .iter()
                .filter_map(|cond| self.members_asked(cond, fact));
            asked.reduce(|one, other| one.intersection(&other).cloned().collect())
        });
        let mut frame = Frame {
            open,
            said: Vec::new(),
        };
        let read = |frame: &Frame| {
            let asked = conds.iter().map(|cond| self.authority(cond, false, frame));
            Asked::all(asked).map_or(Vec::new(), |asked| asked.parts)
        };
        // The State is asked for at the top, or it stands within an alternative: first the former is found.
        let first = read(&frame);
        frame.said = first
            .into_iter()
            .filter(|(rank, _)| *rank == OF_STATE)
            .collect();
        let mut parts = read(&frame);
        parts.extend(frame.said);
        let words: Vec<String> = parts.into_iter().map(|(_, part)| part).collect();
        match words.is_empty() {
            true => "–".to_string(),
            false => words.join(" · "),
        }
    }

    /// What a condition asks of the authority; nothing where it can hold whatever the authority is.
    fn authority(&self, cond: &Cond, denied: bool, frame: &Frame) -> Option<Asked> {
        match (cond, denied) {
            (Cond::Not(inner, _), _) => self.authority(inner, !denied, frame),
            (Cond::And(parts), false) | (Cond::Or(parts), true) => {
                Asked::all(parts.iter().map(|part| self.authority(part, denied, frame)))
            }
            (Cond::Or(parts), false) | (Cond::And(parts), true) => {
                let open = parts
                    .iter()
                    .filter(|part| denied || !self.is_shut(part, frame));
                let mut words: Vec<String> = Vec::new();
                for part in open {
                    let piece = self.authority(part, denied, frame)?.piece();
                    if piece.is_empty() {
                        return None;
                    }
                    if !words.contains(&piece) {
                        words.push(piece);
                    }
                }
                let between = self.say(Message::OrElse, &[]).plain();
                (!words.is_empty()).then(|| Asked {
                    parts: vec![(WHO, words.join(&between))],
                })
            }
            (Cond::Name(name), _) => {
                let (pack, define) = self.book.define(self.pack, &name.text)?;
                let asked = self.of(pack).authority(&define.when, denied, frame)?;
                if asked
                    .parts
                    .iter()
                    .map(|(_, part)| part.chars().count())
                    .sum::<usize>()
                    <= LONG
                {
                    return Some(asked);
                }
                let term = Html::text(&define.name.text.replace('_', " "));
                Some(Asked {
                    parts: vec![(WHO, self.say(Message::AsTerm, &[term]).plain())],
                })
            }
            (
                Cond::Is {
                    fact,
                    negated,
                    value,
                },
                _,
            ) => self.asked_of(
                &fact.text,
                denied != *negated,
                self.value(&fact.text, value),
                frame,
            ),
            (Cond::In(fact, set), _) => {
                let set = match set {
                    SetExpr::Name(name) => {
                        self.say(Message::InList, &[Html::text(own(&name.text))])
                    }
                    _ => self.set(set, self.book.members_of(&fact.text)),
                };
                self.asked_of(&fact.text, denied, set, frame)
            }
            _ => None,
        }
    }

    fn asked_of(&self, fact: &str, denied: bool, value: Html, frame: &Frame) -> Option<Asked> {
        let of = self.book.members_of(fact)?;
        let value = if denied {
            self.say(Message::IsNotThat, &[value])
        } else {
            value
        };
        let (rank, message) = match (own(fact), of.name.text.as_str()) {
            ("order.issuer", _) => (WHO, Message::IsThat),
            ("order.validated_by", _) => (VALIDATED, Message::ValidatedBy),
            (name, _) if name.ends_with(STATE) => (OF_STATE, Message::OfState),
            (_, AUTHORITY) => (WHO, Message::ReportedBy),
            _ => return None,
        };
        let part = (rank, self.cell(&self.say(message, &[value])));
        let said = frame.said.contains(&part);
        let parts = if said { Vec::new() } else { vec![part] };
        Some(Asked { parts })
    }

    /// True if a branch asks for what the frame rules out.
    fn is_shut(&self, branch: &Cond, frame: &Frame) -> bool {
        TELLING.iter().zip(&frame.open).any(|(fact, open)| {
            match (self.members_asked(branch, fact), open) {
                (Some(asked), Some(open)) => asked.is_disjoint(open),
                _ => false,
            }
        })
    }

    /// The members that a fact must have one of where a condition holds; nothing where it may have any.
    fn members_asked(&self, cond: &Cond, fact: &str) -> Option<BTreeSet<String>> {
        match cond {
            Cond::And(parts) => {
                let asked = parts
                    .iter()
                    .filter_map(|part| self.members_asked(part, fact));
                asked.reduce(|one, other| one.intersection(&other).cloned().collect())
            }
            Cond::Or(parts) => {
                let asked = parts.iter().map(|part| self.members_asked(part, fact));
                let all: Option<Vec<BTreeSet<String>>> = asked.collect();
                Some(all?.into_iter().flatten().collect())
            }
            Cond::Name(name) => {
                let (pack, define) = self.book.define(self.pack, &name.text)?;
                self.of(pack).members_asked(&define.when, fact)
            }
            Cond::Is {
                fact: read,
                negated: false,
                value: Value::Member(member),
            } if own(&read.text) == fact => Some(BTreeSet::from([member.text.clone()])),
            Cond::In(read, set) if own(&read.text) == fact => self.members_in(set),
            _ => None,
        }
    }

    /// The members of a set, of all its versions; nothing where a fact decides.
    fn members_in(&self, set: &SetExpr) -> Option<BTreeSet<String>> {
        match set {
            SetExpr::Members(names, _) => {
                Some(names.iter().map(|name| name.text.clone()).collect())
            }
            SetExpr::Name(name) => {
                let (pack, found) = self.book.set(&name.text)?;
                let sets = self.book.packs.get(pack).map(|pack| &pack.sets)?;
                let versions = sets.iter().filter(|set| set.name.text == found.name.text);
                Some(
                    versions
                        .flat_map(|set| &set.members)
                        .map(|name| name.text.clone())
                        .collect(),
                )
            }
            SetExpr::Union(one, other) => {
                let (mut one, other) = (self.members_in(one)?, self.members_in(other)?);
                one.extend(other);
                Some(one)
            }
            // What is in both, or in the first alone, is in the first.
            SetExpr::Intersect(one, _) | SetExpr::Minus(one, _) => self.members_in(one),
        }
    }
}
