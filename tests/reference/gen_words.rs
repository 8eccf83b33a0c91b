//! The words of a world: its enumerations, sets, facts and events, and values of its facts.

use super::gen_ast::*;
use super::gen_counting::SEATS;
use super::gen_world::{DATAS, FactInfo, KINDS, SetInfo, Ty, World};
use exequatur::syntax::ast::*;

impl World {
    pub(super) fn declare(&mut self, kind: ItemKind) {
        self.files[0].items.push(item(kind));
    }

    pub(super) fn enums(&mut self) {
        let lands = self.lands.clone();
        let all: [(&str, &[&str]); 4] = [
            ("Kind", &KINDS),
            ("Data", &DATAS),
            ("Land", &lands),
            ("Seat", &SEATS),
        ];
        for (enum_name, list) in all {
            let member = |m: &&str| Member {
                name: name(*m),
                label: None,
            };
            self.declare(ItemKind::Enum(EnumDecl {
                name: name(enum_name),
                territory: enum_name == "Land",
                members: list.iter().map(member).collect(),
            }));
        }
    }

    /// A set over the territory, dated or not; one over `Kind`; one over `Data`, undated, for targets.
    pub(super) fn named_sets(&mut self) {
        let lands = self.lands.clone();
        for (set, of, list) in [
            ("zone_a", "Land", lands.as_slice()),
            ("grave", "Kind", &KINDS),
            ("inner", "Data", &DATAS),
        ] {
            self.sets.push(SetInfo {
                name: set.to_string(),
                of,
            });
            let dates = match (of, self.rng.below(4)) {
                ("Data", _) | (_, 0 | 1) => vec![None],
                (_, 2) => vec![Some(in_force(self.day(-6, 1), None))],
                _ => {
                    let split = self.day(-2, 2);
                    vec![
                        Some(in_force(self.day(-9, -4), Some(split))),
                        Some(in_force(split, None)),
                    ]
                }
            };
            for in_force in dates {
                let members = self.rng.some(list).into_iter().map(name).collect();
                self.declare(ItemKind::Set(SetDecl {
                    name: name(set),
                    of: name(of),
                    members,
                    in_force,
                }));
            }
        }
    }

    pub(super) fn fact_decls(&mut self) {
        let all = [
            ("order.grave", Ty::Bool),
            ("order.sealed", Ty::Bool),
            ("order.error", Ty::Bool),
            ("order.kind", Ty::Kind),
            ("offence", Ty::Kind),
            ("host.role", Ty::Kinds),
            ("host.offers", Ty::Lands),
            ("user.lives", Ty::Lands),
            ("order.data", Ty::Datas),
            ("years", Ty::Int),
            ("host.turnover", Ty::Money),
            ("fine.base", Ty::Money),
            ("order.deadline", Ty::Instant),
            ("user.since", Ty::Instant),
            ("court.seat", Ty::Seat),
            ("host.seat", Ty::Seat),
        ];
        for (fact, ty) in all {
            // The first fact of every type is never presumed, so that guards have something to read.
            let first = !self.facts.iter().any(|f| f.ty == ty);
            let presumed = match !first && self.rng.chance(50) {
                true => Some(self.value(ty)),
                false => None,
            };
            self.facts.push(FactInfo {
                name: fact.to_string(),
                ty,
                presumed: presumed.is_some(),
            });
            self.declare(ItemKind::Fact(FactDecl {
                name: name(fact),
                ty: match ty {
                    Ty::Bool => Type::Bool,
                    Ty::Kind => Type::Enum(name("Kind")),
                    Ty::Kinds => Type::SetOf(name("Kind")),
                    Ty::Lands => Type::SetOf(name("Land")),
                    Ty::Datas => Type::SetOf(name("Data")),
                    Ty::Int => Type::Int(int(0), int(10)),
                    Ty::Money => Type::Money,
                    Ty::Instant => Type::Instant,
                    Ty::Seat => Type::Enum(name("Seat")),
                },
                presumed,
                ask: None,
            }));
        }
    }

    /// A literal of a type.
    pub fn value(&mut self, ty: Ty) -> Value {
        let list =
            |names: Vec<&str>| Value::Members(names.into_iter().map(name).collect(), NOWHERE);
        match ty {
            Ty::Bool => Value::Bool(self.rng.chance(50), NOWHERE),
            Ty::Kind => Value::Member(name(*self.rng.pick(&KINDS))),
            Ty::Seat => Value::Member(name(self.seat())),
            Ty::Kinds => list(self.rng.some(&KINDS)),
            Ty::Lands => {
                let lands = self.lands.clone();
                list(self.rng.some(&lands))
            }
            Ty::Datas => list(self.rng.some(&DATAS)),
            Ty::Int => Value::Int(int(self.rng.between(0, 10))),
            Ty::Money => {
                let (amount, currency) = self.amount();
                Value::Money(money(amount, currency))
            }
            Ty::Instant => {
                let t = self.around(-8, 8);
                Value::Instant(instant(t))
            }
        }
    }

    /// An amount, mostly in one currency.
    pub fn amount(&mut self) -> (&'static str, &'static str) {
        let amount = *self.rng.pick(&["100", "250.50", "1000", "999.99", "0.07"]);
        match self.rng.below(10) {
            0 => (amount, "USD"),
            1 => ("5000", "JPY"),
            _ => (amount, "EUR"),
        }
    }

    pub(super) fn event_decls(&mut self) {
        for event in [
            "received",
            "clarified",
            "appealed",
            "content.removed",
            "user.informed",
            "leak",
        ] {
            self.events.push(event.to_string());
            self.declare(ItemKind::Event(EventDecl {
                name: name(event),
                ask: None,
            }));
        }
    }

    /// An event.
    pub fn event(&mut self) -> Name {
        name(self.rng.pick(&self.events).clone())
    }
}
