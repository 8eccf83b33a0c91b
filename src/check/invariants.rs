//! The invariants of an Ir, put to the test: what every later stage relies on.
//!
//! Run on every Ir of a debug build, and by the tests. It shares nothing with the steps that make the Ir.

use super::ir::{
    Across, Anchor, CeilingTerm, Choice, Cond, InstantBase, IntOperand, Ir, MoneyOperand, Period,
    SetExpr, Step, Type,
};
use crate::model::{CountingId, EnumId, FactId, Kind, NormId, Outcome};
use crate::time::Direction;

/// Every invariant that the Ir breaks, in words; none, if the stage is right.
#[must_use]
pub fn violations(ir: &Ir) -> Vec<String> {
    let mut checker = Checker {
        ir,
        found: Vec::new(),
    };
    checker.tables();
    checker.calendars();
    checker.norms();
    checker.versions();
    checker.scenarios();
    checker.schedule();
    checker.found
}

struct Checker<'i> {
    ir: &'i Ir,
    found: Vec<String>,
}

impl Checker<'_> {
    fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.found.push(what());
        }
    }

    fn tables(&mut self) {
        let ir = self.ir;
        let sorted = ir.packs.windows(2).all(|two| match two {
            [a, b] => (a.only_tries, &a.name) < (b.only_tries, &b.name),
            _ => true,
        });
        self.must(sorted, || "packs do not stand in the order of names".into());
        self.must(
            ir.zones.first().is_some_and(|zone| zone.name == "UTC"),
            || "the first zone is not UTC".into(),
        );
        for pack in &ir.packs {
            let holds = pack.zone.index() < ir.zones.len()
                && pack.judged_by.is_none_or(|e| e.index() < ir.events.len());
            self.must(holds, || format!("pack {} has a bad id", pack.name));
            if let Some(applies) = &pack.applies {
                self.cond(applies, false);
            }
        }
        let by_pack = |packs: Vec<u16>| packs.is_sorted();
        let orders = [
            by_pack(ir.enums.iter().map(|x| x.pack.0).collect()),
            by_pack(ir.sets.iter().map(|x| x.pack.0).collect()),
            by_pack(ir.facts.iter().map(|x| x.pack.0).collect()),
            by_pack(ir.events.iter().map(|x| x.pack.0).collect()),
            by_pack(ir.norms.iter().map(|x| x.pack.0).collect()),
            by_pack(ir.rules.iter().map(|x| x.pack.0).collect()),
            by_pack(ir.properties.iter().map(|x| x.pack.0).collect()),
            by_pack(ir.scenarios.iter().map(|x| x.pack.0).collect()),
        ];
        self.must(orders.iter().all(|ordered| *ordered), || {
            "a table does not follow the order of packs".into()
        });
        for set in &ir.sets {
            let mut from: Vec<_> = set
                .versions
                .iter()
                .map(|(i, _)| (i.from, i.until))
                .collect();
            from.sort_unstable();
            let apart = from.windows(2).all(|two| match two {
                [a, b] => a.1 <= b.0,
                _ => true,
            });
            let whole = apart && from.iter().all(|(from, until)| from < until);
            let size = self.members(set.of);
            let inside = set
                .versions
                .iter()
                .all(|(_, bits)| bits.iter().all(|member| member < size));
            self.must(whole && inside && !from.is_empty(), || {
                format!("set {} has bad versions", set.name)
            });
        }
        for property in &ir.properties {
            let norms = property
                .norms
                .iter()
                .all(|norm| norm.index() < ir.norms.len());
            self.must(norms && !property.text.is_empty(), || {
                "a property has a bad norm or no text".into()
            });
            if let Some(cond) = &property.cond {
                self.cond(cond, false);
            }
        }
    }

    fn norms(&mut self) {
        let ir = self.ir;
        for norm in &ir.norms {
            if let Some((of, member)) = norm.member {
                let size = self.members(of);
                self.must(member < size, || format!("{} has a bad member", norm.name));
            }
            let guarded = norm.guards.is_empty() || norm.default == Outcome::MustNot;
            self.must(guarded, || {
                format!("{} is protected and not forbidden by default", norm.name)
            });
            for guard in &norm.guards {
                self.cond(guard, true);
            }
        }
    }

    fn versions(&mut self) {
        let ir = self.ir;
        for version in &ir.versions {
            let place = version.rule.index();
            self.must(place < ir.rules.len(), || "a version has no rule".into());
            for target in version.targets() {
                self.must(target.index() < ir.rules.len(), || {
                    "a target is no rule".into()
                });
            }
            if let Some(when) = &version.when {
                self.cond(when, false);
            }
            for effect in &version.effects {
                let ids =
                    effect.norm.index() < ir.norms.len() && effect.zone.index() < ir.zones.len();
                self.must(ids, || "an effect has a bad id".into());
                let shape = match effect.kind {
                    Kind::Lifted => effect.windows.is_empty() && version.targets().count() > 0,
                    Kind::May | Kind::MustNot => effect.windows.len() <= 1,
                    Kind::Must => true,
                };
                self.must(shape, || "an effect has windows that do not fit".into());
                if let Some((fact, member)) = effect.member {
                    let fits = match self.fact_type(fact) {
                        Some(Type::SetOf(of)) => member < self.members(of),
                        _ => false,
                    };
                    self.must(fits, || "a member is chosen by no set fact".into());
                }
                match &effect.across {
                    Across::Everywhere => {}
                    Across::Base => {
                        self.must(version.base.is_some(), || "no base to follow".into());
                    }
                    Across::Set(set) => match ir.territory {
                        Some(of) => self.set(set, of),
                        None => self.found.push("no territory".into()),
                    },
                }
                let others = effect.alternatives.iter().map(|other| &other.window);
                for window in effect.windows.iter().chain(others) {
                    self.anchor(&window.anchor);
                    let within = window
                        .period
                        .is_none_or(|(period, _)| (1..=period.unit.most()).contains(&period.n));
                    self.must(within, || "a period is too long".into());
                    if let Some((period, counting)) = window.period {
                        self.counted(period, counting, Direction::of(window.kind));
                    }
                }
                for term in effect.up_to.iter().flat_map(|up_to| &up_to.terms) {
                    if let CeilingTerm::Percent(_, fact) = term {
                        let money = self.fact_type(*fact) == Some(Type::Money);
                        self.must(money, || "a percentage of something else than money".into());
                    }
                }
            }
        }
        for (index, rule) in ir.rules.iter().enumerate() {
            let own = rule.versions.iter().all(|version| {
                ir.versions
                    .get(version.index())
                    .is_some_and(|version| version.rule.index() == index)
            });
            self.must(own && !rule.versions.is_empty(), || {
                format!("rule {} has versions that are not its own", rule.name)
            });
        }
    }

    /// Calendars, and the facts that choose among them.
    fn calendars(&mut self) {
        let ir = self.ir;
        for calendar in &ir.calendars {
            let ordered = calendar.holidays.is_sorted_by(|a, b| a.0 < b.0);
            let named = calendar
                .holidays
                .iter()
                .all(|(_, name)| usize::from(*name) < calendar.names.len());
            let zone = calendar
                .zone
                .is_none_or(|zone| zone.index() < ir.zones.len());
            self.must(ordered && named && zone, || {
                format!("calendar {} is not in order", calendar.name)
            });
        }
        for chooser in &ir.choosers {
            let of = match self.fact_type(chooser.fact) {
                Some(Type::Enum(of)) => usize::from(self.members(of)),
                _ => usize::MAX,
            };
            let known = chooser
                .calendars
                .iter()
                .all(|id| id.index() < ir.calendars.len());
            self.must(known && chooser.calendars.len() == of, || {
                "a fact chooses no calendars".into()
            });
        }
        for counting in &ir.countings {
            let calendar = counting.calendar.is_none_or(|choice| match choice {
                Choice::Named(id) => id.index() < ir.calendars.len(),
                Choice::By(id) => id.index() < ir.choosers.len(),
            });
            let mut zone_by = counting.zone_by.iter().flatten();
            let zones = zone_by.all(|id| id.index() < ir.choosers.len())
                && counting.zone.index() < ir.zones.len();
            self.must(calendar && zones, || "a counting has a bad id".into());
        }
    }

    /// A period is counted by a text that speaks of it, and with a calendar where it must be.
    fn counted(&mut self, period: Period, counting: CountingId, direction: Direction) {
        let fits = self
            .ir
            .countings
            .get(counting.index())
            .is_some_and(|counting| {
                let regime = counting.regime;
                let (n, unit) = (i64::from(period.n), period.unit);
                let needs = regime.needs_calendar(n, unit, direction, counting.rollover);
                regime.defines(unit, direction) && (!needs || counting.calendar.is_some())
            });
        self.must(fits, || "a period is counted as no text says".into());
    }

    fn scenarios(&mut self) {
        let ir = self.ir;
        for scenario in &ir.scenarios {
            let facts = scenario
                .facts
                .iter()
                .all(|(f, _)| f.index() < ir.facts.len());
            let events = scenario
                .events
                .iter()
                .all(|(e, _)| e.index() < ir.events.len());
            self.must(facts && events, || "a scenario gives nothing known".into());
        }
    }

    /// Everything stands once in the schedule, and after what it needs.
    fn schedule(&mut self) {
        let ir = self.ir;
        let mut version_at = vec![usize::MAX; ir.versions.len()];
        let mut norm_at = vec![usize::MAX; ir.norms.len()];
        for (at, step) in ir.schedule.iter().enumerate() {
            let slot = match step {
                Step::Version(id) => version_at.get_mut(id.index()),
                Step::Norm(id) => norm_at.get_mut(id.index()),
            };
            match slot {
                Some(slot) if *slot == usize::MAX => *slot = at,
                _ => self.found.push("a step stands twice or is none".into()),
            }
        }
        let complete = ir.schedule.len() == ir.versions.len() + ir.norms.len();
        self.must(complete, || "the schedule leaves something out".into());
        let at_norm = |norm: &NormId| norm_at.get(norm.index()).copied().unwrap_or(usize::MAX);
        for (index, version) in ir.versions.iter().enumerate() {
            let here = version_at.get(index).copied().unwrap_or(usize::MAX);
            if let (Some(base), true) = (version.base, version.inherits) {
                let bases = ir.rules.get(base.index()).map(|rule| &rule.versions);
                let before = bases
                    .into_iter()
                    .flatten()
                    .all(|base| version_at.get(base.index()).is_some_and(|at| *at < here));
                self.must(before, || "an exception stands before its base".into());
            }
            let after = version.effects.iter().all(|e| at_norm(&e.norm) > here);
            self.must(after, || "a norm stands before its effects".into());
            let pack = ir.rules.get(version.rule.index()).map(|rule| rule.pack);
            let applies = pack
                .and_then(|pack| ir.packs.get(pack.index()))
                .and_then(|pack| pack.applies.as_ref());
            for cond in version.when.iter().chain(applies) {
                let mut before = true;
                super::walk::reads(cond, &mut |read| {
                    if let super::walk::Read::Norms(norms) = read {
                        before &= norms.iter().all(|norm| at_norm(norm) < here);
                    }
                });
                self.must(before, || "a rule stands before what it looks at".into());
            }
        }
    }

    fn members(&self, of: EnumId) -> u16 {
        let info = self.ir.enums.get(of.index());
        info.map_or(0, |info| super::link::id(info.members.len()))
    }

    fn fact_type(&self, fact: FactId) -> Option<Type> {
        self.ir.facts.get(fact.index()).map(|fact| fact.ty)
    }

    fn set(&mut self, set: &SetExpr, of: EnumId) {
        let fits = match set {
            SetExpr::Members(bits) => {
                let size = self.members(of);
                bits.iter().all(|member| member < size)
            }
            SetExpr::Set(id) => self.ir.sets.get(id.index()).is_some_and(|s| s.of == of),
            SetExpr::Fact(fact) => self.fact_type(*fact) == Some(Type::SetOf(of)),
            SetExpr::Union(left, right)
            | SetExpr::Intersect(left, right)
            | SetExpr::Minus(left, right) => {
                self.set(left, of);
                self.set(right, of);
                true
            }
        };
        self.must(fits, || "a set is of another enumeration".into());
    }

    /// The enumeration of a set that names one.
    fn enum_of(&self, set: &SetExpr) -> Option<EnumId> {
        match set {
            SetExpr::Members(_) => None,
            SetExpr::Set(id) => self.ir.sets.get(id.index()).map(|set| set.of),
            SetExpr::Fact(fact) => match self.fact_type(*fact)? {
                Type::SetOf(of) => Some(of),
                _ => None,
            },
            SetExpr::Union(left, right)
            | SetExpr::Intersect(left, right)
            | SetExpr::Minus(left, right) => self.enum_of(left).or_else(|| self.enum_of(right)),
        }
    }

    fn anchor(&mut self, anchor: &Anchor) {
        let fits = match anchor {
            Anchor::Event(event) => event.index() < self.ir.events.len(),
            Anchor::Fact(fact) => self.fact_type(*fact) == Some(Type::Instant),
            Anchor::Latest(parts) | Anchor::Earliest(parts) => {
                parts.iter().for_each(|part| self.anchor(part));
                !parts.is_empty()
            }
        };
        self.must(fits, || "an anchor is no instant".into());
    }

    fn cond(&mut self, cond: &Cond, guard: bool) {
        let fits = match cond {
            Cond::And(parts) | Cond::Or(parts) => {
                parts.iter().for_each(|part| self.cond(part, guard));
                !parts.is_empty()
            }
            Cond::Not(part) => {
                self.cond(part, guard);
                true
            }
            Cond::Bool(fact) => self.fact_type(*fact) == Some(Type::Bool),
            Cond::Is(fact, member) => match self.fact_type(*fact) {
                Some(Type::Enum(of)) => *member < self.members(of),
                _ => false,
            },
            Cond::In(fact, set, count) => match self.fact_type(*fact) {
                Some(Type::Enum(of)) => {
                    self.set(set, of);
                    *count == self.members(of)
                }
                _ => false,
            },
            Cond::Meets(left, right) => match self.enum_of(left) {
                Some(of) => {
                    self.set(left, of);
                    self.set(right, of);
                    true
                }
                None => false,
            },
            Cond::Int(left, _, right) => [left, right].into_iter().all(|side| match side {
                IntOperand::Literal(_) => true,
                IntOperand::Fact(fact) => matches!(self.fact_type(*fact), Some(Type::Int(..))),
            }),
            Cond::Money(left, _, right) => [left, right].into_iter().all(|side| match side {
                MoneyOperand::Literal(_) => true,
                MoneyOperand::Fact(fact) => self.fact_type(*fact) == Some(Type::Money),
            }),
            Cond::Instant(left, _, right) => [left, right].into_iter().all(|side| {
                let base = match side.base {
                    InstantBase::Literal(_) | InstantBase::Now => true,
                    InstantBase::Fact(fact) => self.fact_type(fact) == Some(Type::Instant),
                    InstantBase::Event(event) => event.index() < self.ir.events.len(),
                };
                base && side.zone.index() < self.ir.zones.len()
            }),
            Cond::Happened { event, strict } => {
                event.index() < self.ir.events.len() && *strict == guard
            }
            Cond::Known(fact) => fact.index() < self.ir.facts.len() && !guard,
            Cond::Missed(rule, norms) | Cond::Met(rule, norms) => {
                let known = norms.iter().all(|norm| norm.index() < self.ir.norms.len());
                rule.index() < self.ir.rules.len() && known && !norms.is_empty() && !guard
            }
        };
        self.must(fits, || format!("a condition does not fit: {cond:?}"));
    }
}
