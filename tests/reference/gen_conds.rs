//! Random conditions, sets, periods and anchors over a world. About half of them are true of a random case.

use super::gen_ast::*;
use super::gen_world::{DATAS, KINDS, Ty, World};
use exequatur::syntax::ast::*;

impl World {
    /// A condition; one for a guard reads nothing that a guard may not.
    pub fn cond(&mut self, pack: usize, guard: bool, depth: usize) -> Cond {
        if depth == 0 || self.rng.chance(30) {
            return self.leaf(pack, guard);
        }
        match self.rng.weighted(&[40, 45, 15]) {
            0 => Cond::And(self.conds(pack, guard, depth)),
            1 => Cond::Or(self.conds(pack, guard, depth)),
            _ => Cond::Not(Box::new(self.cond(pack, guard, depth - 1)), NOWHERE),
        }
    }

    fn conds(&mut self, pack: usize, guard: bool, depth: usize) -> Vec<Cond> {
        let n = 2 + self.rng.below(2);
        (0..n).map(|_| self.cond(pack, guard, depth - 1)).collect()
    }

    /// A condition of one leaf.
    pub fn leaf(&mut self, pack: usize, guard: bool) -> Cond {
        match self.rng.weighted(&[20, 8, 14, 10, 12, 10, 8, 14, 16, 6, 8]) {
            0 => Cond::Name(self.fact(Ty::Bool, guard)),
            1 => {
                let (fact, ty) = match self.rng.below(4) {
                    0 => (self.fact(Ty::Bool, guard), Ty::Bool),
                    1 => (self.fact(Ty::Int, guard), Ty::Int),
                    2 => (self.fact(Ty::Money, guard), Ty::Money),
                    _ => (self.fact(Ty::Kind, guard), Ty::Kind),
                };
                Cond::Is {
                    fact,
                    negated: self.rng.chance(60),
                    value: self.value(ty),
                }
            }
            2 => Cond::In(self.fact(Ty::Kind, guard), self.set("Kind", guard, 1)),
            3 => {
                let ty = *self.rng.pick(&[Ty::Kinds, Ty::Lands, Ty::Datas]);
                let member = self.member(ty);
                Cond::Includes(self.fact_or_set(ty, guard), name(member))
            }
            4 => {
                let ty = *self.rng.pick(&[Ty::Kinds, Ty::Lands, Ty::Lands]);
                let of = if ty == Ty::Kinds { "Kind" } else { "Land" };
                Cond::Meets(self.fact_or_set(ty, guard), self.set(of, guard, 1))
            }
            5 => {
                let fact = self.fact(Ty::Int, guard);
                let limit = Operand::Int(int(self.rng.between(2, 8)));
                self.compare(Operand::Name(fact, None), limit)
            }
            6 => {
                let fact = self.fact(Ty::Money, guard);
                let (amount, currency) = self.amount();
                let limit = Operand::Money(money(amount, currency));
                self.compare(Operand::Name(fact, None), limit)
            }
            7 => {
                let a = self.instant_operand(guard);
                let mut b = self.instant_operand(guard);
                while matches!((&a, &b), (Operand::Now(..), Operand::Now(..))) {
                    b = self.instant_operand(guard);
                }
                self.compare(a, b)
            }
            8 => Cond::Happened(self.event(), NOWHERE),
            9 if !guard => {
                let fact = self.rng.pick(&self.facts).name.clone();
                Cond::Known(name(fact), NOWHERE)
            }
            _ => self.defined(pack, guard),
        }
    }

    /// A definition that this pack may use, or a boolean fact.
    fn defined(&mut self, pack: usize, guard: bool) -> Cond {
        let usable = self.defines.iter();
        let usable = usable.filter(|d| d.pack <= pack && (d.safe || !guard));
        let usable: Vec<_> = usable.cloned().collect();
        if usable.is_empty() {
            return Cond::Name(self.fact(Ty::Bool, guard));
        }
        let d = self.rng.pick(&usable).clone();
        Cond::Name(self.across_packs(pack, d.pack, &d.name))
    }

    /// A name of one pack as another writes it.
    pub fn across_packs(&mut self, from: usize, to: usize, what: &str) -> Name {
        if from == to {
            name(what)
        } else {
            name(format!("{}/{what}", self.files[to].pack.name.text))
        }
    }

    /// A fact of a type; for a guard one that is not presumed.
    pub fn fact(&mut self, ty: Ty, guard: bool) -> Name {
        let all = self.facts.iter();
        let all = all.filter(|f| f.ty == ty && !(guard && f.presumed));
        let all: Vec<String> = all.map(|f| f.name.clone()).collect();
        name(self.rng.pick(&all).clone())
    }

    fn fact_or_set(&mut self, ty: Ty, guard: bool) -> Name {
        let set = match ty {
            Ty::Kinds => "grave",
            Ty::Lands => "zone_a",
            _ => "inner",
        };
        if self.rng.chance(20) {
            name(set)
        } else {
            self.fact(ty, guard)
        }
    }

    fn member(&mut self, ty: Ty) -> &'static str {
        match ty {
            Ty::Kinds => self.rng.pick::<&str>(&KINDS),
            Ty::Datas => self.rng.pick::<&str>(&DATAS),
            _ => self.rng.pick::<&str>(&self.lands),
        }
    }

    /// A set expression over an enumeration.
    pub fn set(&mut self, of: &'static str, guard: bool, depth: usize) -> SetExpr {
        if depth > 0 && self.rng.chance(35) {
            let a = Box::new(self.set(of, guard, depth - 1));
            let b = Box::new(self.set(of, guard, depth - 1));
            return match self.rng.below(3) {
                0 => SetExpr::Union(a, b),
                1 => SetExpr::Intersect(a, b),
                _ => SetExpr::Minus(a, b),
            };
        }
        match self.rng.weighted(&[50, 20, 30]) {
            0 => {
                let all = if of == "Kind" {
                    KINDS.to_vec()
                } else {
                    self.lands.clone()
                };
                members(&self.rng.some(&all))
            }
            1 => SetExpr::Name(name(if of == "Kind" { "grave" } else { "zone_a" })),
            _ => SetExpr::Name(self.fact(if of == "Kind" { Ty::Kinds } else { Ty::Lands }, guard)),
        }
    }

    fn compare(&mut self, a: Operand, b: Operand) -> Cond {
        let op = *self
            .rng
            .pick(&[CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge]);
        Cond::Compare(a, op, b)
    }

    fn instant_operand(&mut self, guard: bool) -> Operand {
        let offset = self.rng.chance(40).then(|| Offset {
            minus: self.rng.chance(30),
            period: self.period(),
        });
        match self.rng.weighted(&[35, 20, 30, 15]) {
            0 => {
                // `now` takes minutes and hours only.
                let exact = |o: &Offset| matches!(o.period.unit, Unit::Minute | Unit::Hour);
                Operand::Now(offset.filter(exact), NOWHERE)
            }
            1 => Operand::Instant(instant(self.around(-6, 6))),
            2 => Operand::Name(self.event(), offset),
            _ => Operand::Name(self.fact(Ty::Instant, guard), offset),
        }
    }

    /// The period of an offset; few of them, so that sums meet.
    pub fn period(&mut self) -> Period {
        let p = match self.rng.weighted(&[4, 25, 12, 14, 22, 8, 4, 4, 2, 1]) {
            0 => period(90, Unit::Minute),
            1 => period(6, Unit::Hour),
            2 => period(12, Unit::Hour),
            3 => period(24, Unit::Hour),
            4 => period(1, Unit::Day),
            5 => period(2, Unit::Day),
            6 => period(1, Unit::Week),
            7 => period(1, Unit::Month),
            8 => period(1, Unit::Year),
            _ => period(100, Unit::Year),
        };
        self.note_period(&p);
        p
    }

    /// An anchor that may lie ahead, for what must be done before it.
    pub fn anchor_ahead(&mut self) -> Anchor {
        match self.rng.chance(60) {
            true => Anchor::Name(self.fact(Ty::Instant, false)),
            false => self.anchor(1),
        }
    }

    /// An anchor.
    pub fn anchor(&mut self, depth: usize) -> Anchor {
        if depth > 0 && self.rng.chance(20) {
            let n = 2 + self.rng.below(2);
            let parts = (0..n).map(|_| self.anchor(depth - 1)).collect();
            return match self.rng.below(2) {
                0 => Anchor::Latest(parts, NOWHERE),
                _ => Anchor::Earliest(parts, NOWHERE),
            };
        }
        match self.rng.chance(75) {
            true => Anchor::Name(self.event()),
            false => Anchor::Name(self.fact(Ty::Instant, false)),
        }
    }
}
