//! Conditions and set expressions to truth (LANGUAGE.md §6).

use super::case::{Eval, Event, Fact, Val, literal};
use super::civil;
use super::truth::{F, Judged, Key, Keys, T, Truth, U};
use exequatur::syntax::ast::*;
use jiff::tz::TimeZone;
use std::cmp::Ordering;

/// Where a condition is read.
#[derive(Clone, Copy)]
pub struct Place<'p> {
    /// The pack whose law date its sets are read at.
    pub pack: usize,
    /// The pack in which its names are looked up: another one inside a definition of that other.
    pub scope: usize,
    /// The zone of its offsets.
    pub zone: &'p TimeZone,
    /// True in a guard.
    pub guard: bool,
}

/// A set, member by member.
pub struct Members {
    /// For each member of the enumeration: no, maybe or yes.
    pub truth: Vec<Truth>,
    /// The names in it that are unknown.
    pub unknown: Keys,
    /// The presumed facts that it reads.
    pub assumed: Keys,
}

/// The names of a leaf that are unknown, and those that are assumed.
#[derive(Default)]
struct Names {
    unknown: Keys,
    assumed: Keys,
}

impl<'a> Eval<'a> {
    /// The truth of a condition.
    pub fn cond(&self, c: &Cond, at: Place) -> Judged {
        match c {
            Cond::And(parts) => Judged::all(parts.iter().map(|p| self.cond(p, at)).collect()),
            Cond::Or(parts) => Judged::any(parts.iter().map(|p| self.cond(p, at)).collect()),
            Cond::Not(part, _) => self.cond(part, at).not(),
            Cond::Name(name) => match self.link.define(at.scope, &name.text) {
                Some((scope, body)) => self.cond(body, Place { scope, ..at }),
                None => self.leaf(|names| match self.fact(&name.text, names) {
                    Some(Val::Bool(b)) => Truth::from(*b),
                    Some(_) => panic!("`{}` is not a boolean fact", name.text),
                    None => U,
                }),
            },
            Cond::Is {
                fact,
                negated,
                value,
            } => self.leaf(|names| {
                let truth = self.is(fact, &literal(value), names);
                if *negated { truth.not() } else { truth }
            }),
            Cond::In(fact, set) => self.leaf(|names| self.is_in(fact, set, at, names)),
            Cond::Includes(name, member) => {
                let set = SetExpr::Members(vec![member.clone()], Span::default());
                self.leaf(|names| self.meets(name, &set, at, names))
            }
            Cond::Meets(name, set) => self.leaf(|names| self.meets(name, set, at, names)),
            Cond::Compare(a, op, b) => self.leaf(|names| self.compare(a, *op, b, at, names)),
            Cond::Happened(name, _) => self.happened(&name.text, at.guard),
            Cond::Known(name, _) => match self.link.key(&name.text) {
                Some(Key::Fact(f)) => Judged::plain(matches!(self.facts[f], Fact::Given(_))),
                _ => panic!("`{}` is not a fact", name.text),
            },
            Cond::Missed(rule, on, _) => self.looks(&rule.text, on.as_ref(), at.scope).0,
            Cond::Met(rule, on, _) => self.looks(&rule.text, on.as_ref(), at.scope).1,
        }
    }

    fn leaf(&self, judge: impl FnOnce(&mut Names) -> Truth) -> Judged {
        let mut names = Names::default();
        let truth = judge(&mut names);
        Judged::leaf(truth, names.unknown, names.assumed)
    }

    /// The value of a fact; notes it as unknown or assumed.
    fn fact(&self, name: &str, names: &mut Names) -> Option<&Val> {
        let Some(Key::Fact(f)) = self.link.key(name) else {
            panic!("`{name}` is not a fact");
        };
        match &self.facts[f] {
            Fact::Given(v) => Some(v),
            Fact::Assumed(v) => {
                names.assumed.insert(Key::Fact(f));
                Some(v)
            }
            Fact::Unknown => {
                names.unknown.insert(Key::Fact(f));
                None
            }
        }
    }

    fn is(&self, fact: &Name, value: &Val, names: &mut Names) -> Truth {
        match (self.fact(&fact.text, names), value) {
            (None, _) => U,
            (Some(Val::Money(a)), Val::Money(b)) if a.currency != b.currency => {
                names.unknown.extend(self.link.key(&fact.text));
                U
            }
            (Some(Val::Members(a)), Val::Members(b)) => {
                Truth::from(a.iter().all(|m| b.contains(m)) && b.iter().all(|m| a.contains(m)))
            }
            (Some(v), value) => Truth::from(v == value),
        }
    }

    fn is_in(&self, fact: &Name, set: &SetExpr, at: Place, names: &mut Names) -> Truth {
        let universe = self.link.universe(&fact.text);
        let members = self.members(set, universe, at);
        names.unknown.extend(members.unknown);
        names.assumed.extend(members.assumed);
        match self.fact(&fact.text, names) {
            Some(Val::Member(m)) => {
                let i = universe.iter().position(|u| u == m);
                members.truth[i.expect("a member of the enumeration")]
            }
            Some(_) => panic!("`{}` is not a member", fact.text),
            None if members.truth.iter().all(|t| *t == F) => F,
            None if members.truth.iter().all(|t| *t == T) => T,
            None => U,
        }
    }

    fn meets(&self, name: &Name, set: &SetExpr, at: Place, names: &mut Names) -> Truth {
        let universe = self.link.universe(&name.text);
        let a = self.members(&SetExpr::Name(name.clone()), universe, at);
        let b = self.members(set, universe, at);
        for members in [&a, &b] {
            names.unknown.extend(members.unknown.iter().copied());
            names.assumed.extend(members.assumed.iter().copied());
        }
        // T if some member is yes in both, F if every member is no in one of them: Kleene's or of ands.
        let both = a.truth.iter().zip(&b.truth).map(|(x, y)| x.and(*y));
        both.fold(F, Truth::or)
    }

    /// A set expression over an enumeration, member by member.
    pub fn members(&self, set: &SetExpr, universe: &[&str], at: Place) -> Members {
        let of = |list: &dyn Fn(&str) -> bool| universe.iter().map(|m| list(m).into()).collect();
        match set {
            SetExpr::Members(list, _) => Members {
                truth: of(&|m| list.iter().any(|n| n.text == m)),
                unknown: Keys::new(),
                assumed: Keys::new(),
            },
            SetExpr::Name(name) => {
                let mut names = Names::default();
                let truth = match self.link.key(&name.text) {
                    Some(key @ Key::Set(s)) => {
                        let day = self.law_dates[at.pack];
                        let mut versions = self.link.sets[s].iter();
                        match versions.find(|v| civil::within(&v.in_force, day)) {
                            Some(v) => of(&|m| v.members.iter().any(|n| n.text == m)),
                            None => {
                                names.unknown.insert(key);
                                vec![U; universe.len()]
                            }
                        }
                    }
                    _ => match self.fact(&name.text, &mut names) {
                        Some(Val::Members(list)) => of(&|m| list.iter().any(|n| n == m)),
                        Some(_) => panic!("`{}` is not a set", name.text),
                        None => vec![U; universe.len()],
                    },
                };
                Members {
                    truth,
                    unknown: names.unknown,
                    assumed: names.assumed,
                }
            }
            SetExpr::Union(a, b) => self.both(a, b, universe, at, Truth::or),
            SetExpr::Intersect(a, b) => self.both(a, b, universe, at, Truth::and),
            SetExpr::Minus(a, b) => self.both(a, b, universe, at, |x, y| x.and(y.not())),
        }
    }

    fn both(
        &self,
        a: &SetExpr,
        b: &SetExpr,
        universe: &[&str],
        at: Place,
        op: fn(Truth, Truth) -> Truth,
    ) -> Members {
        let mut left = self.members(a, universe, at);
        let right = self.members(b, universe, at);
        for (x, y) in left.truth.iter_mut().zip(right.truth) {
            *x = op(*x, y);
        }
        left.unknown.extend(right.unknown);
        left.assumed.extend(right.assumed);
        left
    }

    fn compare(
        &self,
        a: &Operand,
        op: CompareOp,
        b: &Operand,
        at: Place,
        names: &mut Names,
    ) -> Truth {
        let left = self.operand(a, at, names);
        let right = self.operand(b, at, names);
        let (Some(left), Some(right)) = (left, right) else {
            return U;
        };
        let order = match (&left, &right) {
            (Val::Int(x), Val::Int(y)) => x.cmp(y),
            (Val::Instant(x), Val::Instant(y)) => x.cmp(y),
            (Val::Money(x), Val::Money(y)) if x.currency == y.currency => x.minor.cmp(&y.minor),
            (Val::Money(_), Val::Money(_)) => {
                for operand in [a, b] {
                    if let Operand::Name(name, _) = operand {
                        names.unknown.extend(self.link.key(&name.text));
                    }
                }
                return U;
            }
            _ => panic!("two types in one comparison"),
        };
        Truth::from(match op {
            CompareOp::Lt => order == Ordering::Less,
            CompareOp::Le => order != Ordering::Greater,
            CompareOp::Gt => order == Ordering::Greater,
            CompareOp::Ge => order != Ordering::Less,
        })
    }

    /// One side of a comparison; `None` if it is unknown, with or without a name to ask for.
    fn operand(&self, o: &Operand, at: Place, names: &mut Names) -> Option<Val> {
        let (value, offset) = match o {
            Operand::Int(i) => return Some(Val::Int(i.value)),
            Operand::Money(m) => return Some(literal(&Value::Money(m.clone()))),
            Operand::Instant(i) => return Some(literal(&Value::Instant(i.clone()))),
            Operand::Now(offset, _) => (Val::Instant(self.now), offset),
            Operand::Name(name, offset) => match self.link.key(&name.text) {
                Some(key @ Key::Event(e)) => match self.events[e] {
                    Event::Happened(t) => (Val::Instant(t), offset),
                    _ => {
                        names.unknown.insert(key);
                        return None;
                    }
                },
                _ => (self.fact(&name.text, names)?.clone(), offset),
            },
        };
        match (value, offset) {
            (Val::Instant(t), Some(o)) => {
                civil::shift(t, &o.period, o.minus, at.zone).map(Val::Instant)
            }
            (value, _) => Some(value),
        }
    }

    fn happened(&self, name: &str, guard: bool) -> Judged {
        let key = Key::Event(self.link.event(name));
        match self.events[self.link.event(name)] {
            Event::Happened(_) => Judged::plain(T),
            Event::Not => Judged::plain(F),
            Event::Unknown => Judged::leaf(U, Keys::from([key]), Keys::new()),
            Event::Absent if guard => Judged::leaf(U, Keys::from([key]), Keys::new()),
            Event::Absent => Judged::leaf(F, Keys::new(), Keys::from([key])),
        }
    }
}
