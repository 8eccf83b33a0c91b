//! Conditions to lists that a reader can go through: each question with the answer that is needed.
//!
//! Invariant: a list says the whole condition and nothing else; what is joined by `and` stands under "all", what is joined
//! by `or` under "at least one", and a denied list says so in its own head. Definitions are terms with a link.

use super::catalogue::Message;
use super::html::Html;
use super::voice::{Join, Voice};
use crate::syntax::ast::{CompareOp, Cond, DefineDecl, Name, Offset, Operand, SetExpr, Target};

impl Voice<'_, '_> {
    /// A condition as a block.
    pub(super) fn condition(&self, cond: &Cond) -> Html {
        match cond {
            Cond::And(_) | Cond::Or(_) => self.item(cond, false),
            Cond::Not(inner, _) if matches!(**inner, Cond::And(_) | Cond::Or(_)) => {
                self.item(cond, false)
            }
            _ => Html::list("all", &[self.item(cond, false)]),
        }
    }

    /// A condition or its denial, as an entry of a list.
    fn item(&self, cond: &Cond, denied: bool) -> Html {
        let list = |head, class, parts: &[Cond]| {
            let items: Vec<Html> = parts.iter().map(|part| self.item(part, false)).collect();
            let mut out = Html::class("span", "head", &self.say(head, &[]));
            out.push(&Html::list(class, &items));
            out
        };
        match (cond, denied) {
            (Cond::And(parts), false) => list(Message::AllOf, "all", parts),
            (Cond::And(parts), true) => list(Message::NotAllOf, "all", parts),
            (Cond::Or(parts), false) => list(Message::AnyOf, "any", parts),
            (Cond::Or(parts), true) => list(Message::NoneOf, "any", parts),
            (Cond::Not(inner, _), denied) => self.item(inner, !denied),
            (atom, denied) => self.atom(atom, denied),
        }
    }

    /// A condition without parts.
    pub(super) fn atom(&self, cond: &Cond, denied: bool) -> Html {
        match cond {
            Cond::And(_) | Cond::Or(_) | Cond::Not(..) => self.item(cond, denied),
            Cond::Name(name) => self.named(name, denied),
            Cond::Is {
                fact,
                negated,
                value,
            } => {
                let value = self.value(&fact.text, value);
                self.answer(
                    &fact.text,
                    Message::IsThat,
                    Message::IsNotThat,
                    denied != *negated,
                    value,
                )
            }
            Cond::In(fact, set) => {
                let set = self.set(set, self.book.members_of(&fact.text));
                self.answer(&fact.text, Message::IsThat, Message::IsNotThat, denied, set)
            }
            Cond::Includes(name, member) => {
                let of = self.enumeration_of(&SetExpr::Name(name.clone()));
                let value = self.member(of, &member.text);
                self.answer(
                    &name.text,
                    Message::Includes,
                    Message::IncludesNot,
                    denied,
                    value,
                )
            }
            Cond::Meets(name, set) => {
                let of = self.enumeration_of(&SetExpr::Name(name.clone()));
                let set = self.set(set, of);
                self.answer(&name.text, Message::Meets, Message::MeetsNot, denied, set)
            }
            Cond::Compare(one, op, other) => self.comparison(one, *op, other, denied),
            Cond::Happened(event, _) => {
                let said = if denied {
                    Message::HappenedNot
                } else {
                    Message::Happened
                };
                self.answered(self.question(&event.text), self.say(said, &[]))
            }
            Cond::Known(fact, _) => {
                let said = if denied {
                    Message::KnownNot
                } else {
                    Message::Known
                };
                self.answered(self.question(&fact.text), self.say(said, &[]))
            }
            Cond::Missed(rule, on, _) => self.kept(
                rule,
                on.as_ref(),
                if denied {
                    Message::MissedNot
                } else {
                    Message::Missed
                },
            ),
            Cond::Met(rule, on, _) => self.kept(
                rule,
                on.as_ref(),
                if denied {
                    Message::MetNot
                } else {
                    Message::Met
                },
            ),
        }
    }

    fn named(&self, name: &Name, denied: bool) -> Html {
        let Some((pack, define)) = self.book.define(self.pack, &name.text) else {
            let said = if denied { Message::No } else { Message::Yes };
            return self.answered(self.question(&name.text), self.say(said, &[]));
        };
        let said = if denied {
            Message::TermNot
        } else {
            Message::TermHolds
        };
        let Some(depth) = self.unfold.checked_sub(1) else {
            return self.say(said, &[self.term(pack, define)]);
        };
        // What the term means stands below it; the terms that this rests on are links, so that a page stays finite.
        let words = Html::class(
            "i",
            "term",
            &Html::text(&define.name.text.replace('_', " ")),
        );
        let mut out = Html::element("summary", &self.say(said, &[words]));
        let there = Voice {
            unfold: depth,
            ..self.of(pack)
        };
        out.push(&there.condition(&define.when));
        Html::class("details", "meaning", &out)
    }

    /// A defined term, with a link to what it means.
    fn term(&self, pack: usize, define: &DefineDecl) -> Html {
        let name = &define.name.text;
        let href = self.href(pack, &format!("term-{name}"));
        Html::with(
            "a",
            &[("class", "term"), ("href", &href)],
            &Html::text(&name.replace('_', " ")),
        )
    }

    /// `Question: answer`.
    pub(super) fn answered(&self, question: Html, answer: Html) -> Html {
        let answer = Html::class("b", "answer", &answer);
        self.say(Message::Answered, &[question, answer])
    }

    fn answer(&self, name: &str, is: Message, is_not: Message, denied: bool, value: Html) -> Html {
        let question = match self.book.set(name) {
            Some(_) => self.named_set(name).sentence(),
            None => self.question(name),
        };
        self.answered(
            question,
            self.say(if denied { is_not } else { is }, &[value]),
        )
    }

    fn kept(&self, rule: &Name, on: Option<&Target>, said: Message) -> Html {
        let kept = self.say(said, &[self.rule(&rule.text)]);
        match on {
            Some(target) => self.say(Message::AsTo, &[kept, self.deed(target)]),
            None => kept,
        }
    }

    fn comparison(&self, one: &Operand, op: CompareOp, other: &Operand, denied: bool) -> Html {
        let op = if denied { opposite(op) } else { op };
        let is_time = |side: &Operand| match side {
            Operand::Instant(_) | Operand::Now(..) => true,
            Operand::Name(name, offset) => offset.is_some() || self.is_instant(&name.text),
            Operand::Int(_) | Operand::Money(_) => false,
        };
        if is_time(one) || is_time(other) {
            let message = match op {
                CompareOp::Lt => Message::Before,
                CompareOp::Le => Message::NotAfter,
                CompareOp::Gt => Message::After,
                CompareOp::Ge => Message::NotBefore,
            };
            let said = self.say(
                message,
                &[
                    self.operand(one, Join::Bare),
                    self.operand(other, Join::Bare),
                ],
            );
            return said.sentence();
        }
        // A question stands before its answer, whichever side it was written on.
        let (question, op, limit) = match (one, other) {
            (Operand::Name(..), _) => (one, op, other),
            _ => (other, mirrored(op), one),
        };
        let message = match op {
            CompareOp::Lt => Message::LessThan,
            CompareOp::Le => Message::AtMost,
            CompareOp::Gt => Message::MoreThan,
            CompareOp::Ge => Message::AtLeast,
        };
        let limit = self.say(message, &[self.operand(limit, Join::Bare)]);
        self.answered(self.operand(question, Join::Bare), limit)
    }

    fn is_instant(&self, name: &str) -> bool {
        let fact = self.book.fact(name);
        fact.is_none_or(|fact| fact.ty == crate::syntax::ast::Type::Instant)
    }

    fn operand(&self, operand: &Operand, join: Join) -> Html {
        match operand {
            Operand::Int(int) => Html::text(&int.value.to_string()),
            Operand::Money(money) => self.money(money),
            Operand::Instant(at) => self.instant(at),
            Operand::Now(offset, _) => {
                let now = match (offset, join) {
                    (None, _) => Message::Now,
                    (Some(_), _) => Message::FromNow,
                };
                self.away(self.say(now, &[]), offset.as_ref())
            }
            Operand::Name(name, None) if !self.is_instant(&name.text) => self.question(&name.text),
            Operand::Name(name, None) => self.moment(&name.text, join),
            Operand::Name(name, offset) => {
                self.away(self.moment(&name.text, Join::From), offset.as_ref())
            }
        }
    }

    fn away(&self, base: Html, offset: Option<&Offset>) -> Html {
        match offset {
            None => base,
            Some(Offset { minus, period }) => {
                let message = if *minus {
                    Message::Earlier
                } else {
                    Message::Later
                };
                self.say(message, &[self.period(period), base])
            }
        }
    }
}

const fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Lt => CompareOp::Ge,
        CompareOp::Le => CompareOp::Gt,
        CompareOp::Gt => CompareOp::Le,
        CompareOp::Ge => CompareOp::Lt,
    }
}

const fn mirrored(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Lt => CompareOp::Gt,
        CompareOp::Le => CompareOp::Ge,
        CompareOp::Gt => CompareOp::Lt,
        CompareOp::Ge => CompareOp::Le,
    }
}
