//! Conditions as written, to conditions whose names are known and whose types fit.
//!
//! Invariant: definitions are replaced by what they stand for, read in the zone of whoever uses them; in a guard every
//! `happened` is strict. A condition with an error anywhere gives `None`, after all its parts have been read.

use super::codes;
use super::ir::{self, Cond, IntOperand, MoneyOperand, Place, Type};
use super::link::{DefineId, Link, Symbol, Way};
use super::names::BOOLEAN;
use super::report::FileDiagnostic;
use super::walk;
use crate::model::{
    Compare, EnumId, FactId, NormId, PackId, RuleId,
    limits::{CONDITION_ATOMS_MAX, NESTING_MAX},
};
use crate::syntax::ast::{self, Name, Span};

/// How deep a condition may be once its definitions are replaced: twice what an author may write.
pub(super) const REPLACED_NESTING_MAX: usize = 2 * NESTING_MAX;

/// Where a condition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// In a rule, in `applies when`, or in a property.
    Plain,
    /// In a `protected` clause.
    Guard,
    /// In a definition: its regime is that of whoever uses it.
    Define,
}

/// Reads conditions, sets and windows of one pack, or of one rule with its own zone and regime.
pub(super) struct Reader<'l, 'a> {
    pub(super) link: &'l Link<'a>,
    pub(super) pack: PackId,
    pub(super) way: Way,
    pub(super) position: Position,
}

impl<'l, 'a> Reader<'l, 'a> {
    /// Reads what stands in a pack, outside its rules.
    pub(super) fn of_pack(link: &'l Link<'a>, pack: PackId, position: Position) -> Reader<'l, 'a> {
        let info = link.pack(pack);
        Reader {
            link,
            pack,
            way: info.way,
            position,
        }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        self.link.place(self.pack, span)
    }

    /// A whole condition, within the limits.
    pub(super) fn whole(&self, written: &ast::Cond, span: Span) -> Option<Cond> {
        self.link.replaced.set(0);
        let cond = self.cond(written);
        let place = self.place(span);
        let replaced = self.link.replaced.get();
        let size = cond.as_ref().map(walk::size);
        let atoms = size.map_or(replaced, |size| size.atoms);
        let message = if atoms > CONDITION_ATOMS_MAX {
            format!(
                "the condition has more than {CONDITION_ATOMS_MAX} atoms with its definitions replaced"
            )
        } else if size.is_some_and(|size| size.depth > REPLACED_NESTING_MAX) {
            format!(
                "the condition is nested more than {REPLACED_NESTING_MAX} deep with its definitions replaced"
            )
        } else {
            let fits = self.link.charge_atoms(size?.weight, place);
            return cond.filter(|_| fits);
        };
        self.link
            .error(FileDiagnostic::error(codes::LIMIT, place, message));
        None
    }

    fn cond(&self, written: &ast::Cond) -> Option<Cond> {
        match written {
            ast::Cond::And(parts) => Some(Cond::And(self.parts(parts)?)),
            ast::Cond::Or(parts) => Some(Cond::Or(self.parts(parts)?)),
            ast::Cond::Not(part, _) => Some(Cond::Not(Box::new(self.cond(part)?))),
            ast::Cond::Name(name) => self.name(name),
            ast::Cond::Is {
                fact,
                negated,
                value,
            } => {
                let cond = self.is(fact, value)?;
                Some(if *negated {
                    Cond::Not(Box::new(cond))
                } else {
                    cond
                })
            }
            ast::Cond::In(fact, set) => self.is_in(fact, set),
            ast::Cond::Includes(left, member) => {
                let (left, of) = self.set_name(left)?;
                let member = self.link.member(self.pack, of?, member)?;
                let right = ir::SetExpr::Members(crate::model::Bits::one(member));
                Some(Cond::Meets(left, right))
            }
            ast::Cond::Meets(left, right) => {
                let left = self.set_name(left);
                let of = left.as_ref().and_then(|(_, of)| *of);
                let right = self.set(right, of);
                Some(Cond::Meets(left?.0, right?))
            }
            ast::Cond::Compare(left, op, right) => self.compare(left, *op, right),
            ast::Cond::Happened(name, _) => Some(Cond::Happened {
                event: self.link.event(self.pack, name)?,
                strict: self.position == Position::Guard,
            }),
            ast::Cond::Known(name, span) => {
                self.forbid_in_guard(*span, "`known`")?;
                Some(Cond::Known(self.link.fact(self.pack, name)?))
            }
            ast::Cond::Missed(rule, on, span) => {
                let (rule, norms) = self.looked_at(rule, on.as_ref(), *span, "missed")?;
                Some(Cond::Missed(rule, norms))
            }
            ast::Cond::Met(rule, on, span) => {
                let (rule, norms) = self.looked_at(rule, on.as_ref(), *span, "met")?;
                Some(Cond::Met(rule, norms))
            }
        }
    }

    /// All parts are read before any is missed, so that every error is found.
    fn parts(&self, parts: &[ast::Cond]) -> Option<Vec<Cond>> {
        let mut read = Vec::with_capacity(parts.len());
        let mut all = true;
        for part in parts {
            match self.cond(part) {
                Some(cond) => read.push(cond),
                None => all = false,
            }
        }
        all.then_some(read)
    }

    fn name(&self, name: &Name) -> Option<Cond> {
        match self.link.symbol(self.pack, name, &BOOLEAN)? {
            Symbol::Fact(fact) => match self.fact_type(fact, name.span)? {
                Type::Bool => Some(Cond::Bool(fact)),
                other => {
                    let found = self.link.type_words(other);
                    let message = format!(
                        "`{}` is {found}, which is neither true nor false",
                        name.text
                    );
                    let help = match other {
                        Type::Enum(_) => "write `is`, or `in` with a set",
                        Type::SetOf(_) => "write `includes`, or `meets` with a set",
                        _ => "compare it with a value",
                    };
                    self.type_error(name.span, message, "expected a condition", Some(help));
                    None
                }
            },
            Symbol::Define(define) => self.define(define, name),
            _ => None,
        }
    }

    /// What a definition stands for here.
    fn define(&self, define: DefineId, name: &Name) -> Option<Cond> {
        self.link.used_defines.borrow_mut().insert(define);
        let info = &self.link.defines[define.0];
        // Counted before it is copied: what is too long is never built.
        let replaced = self.link.replaced.get().saturating_add(info.atoms);
        self.link.replaced.set(replaced);
        if replaced > CONDITION_ATOMS_MAX {
            return None;
        }
        let mut cond = info.cond.clone()?;
        walk::set_zone(&mut cond, self.way.zone);
        if self.position == Position::Guard {
            if let Some(what) = walk::forbidden_in_guard(&cond, self.link) {
                self.guard_error(name.span, &what, Some(info.place));
                return None;
            }
            walk::make_strict(&mut cond);
        }
        if info.counts_days {
            self.needs_elapsed(name.span);
        }
        Some(cond)
    }

    fn is(&self, name: &Name, value: &ast::Value) -> Option<Cond> {
        let fact = self.link.fact(self.pack, name)?;
        let ty = self.fact_type(fact, name.span)?;
        if let Type::SetOf(of) = ty {
            let found = format!("a set of `{}`", self.link.enum_name(of));
            let message = format!("`{}` is {found}, which `is` does not compare", name.text);
            let help = "write `includes MEMBER`, or `meets {…}` for any of several";
            self.type_error(
                name.span,
                message,
                "expected a fact with one value",
                Some(help),
            );
            return None;
        }
        Some(match self.link.value(self.pack, ty, value)? {
            ir::Value::Bool(true) => Cond::Bool(fact),
            ir::Value::Bool(false) => Cond::Not(Box::new(Cond::Bool(fact))),
            ir::Value::Member(member) => Cond::Is(fact, member),
            ir::Value::Int(n) => {
                Cond::Int(IntOperand::Fact(fact), Compare::Eq, IntOperand::Literal(n))
            }
            ir::Value::Money(money) => Cond::Money(
                MoneyOperand::Fact(fact),
                Compare::Eq,
                MoneyOperand::Literal(money),
            ),
            ir::Value::Instant(at) => Cond::Instant(
                self.instant_operand(ir::InstantBase::Fact(fact)),
                Compare::Eq,
                self.instant_operand(ir::InstantBase::Literal(at)),
            ),
            ir::Value::Members(_) => return None,
        })
    }

    fn is_in(&self, name: &Name, set: &ast::SetExpr) -> Option<Cond> {
        let typed = self.link.fact(self.pack, name).and_then(|fact| {
            match self.fact_type(fact, name.span)? {
                Type::Enum(of) => Some((fact, of)),
                other => {
                    let found = self.link.type_words(other);
                    let message = format!("`{}` is {found}, which cannot be `in` a set", name.text);
                    let help = match other {
                        Type::SetOf(_) => "write `meets` for two sets with a member in common",
                        _ => "compare it with a value",
                    };
                    let label = "expected a fact with one member";
                    self.type_error(name.span, message, label, Some(help));
                    None
                }
            }
        });
        let set = self.set(set, typed.map(|(_, of)| of));
        let (fact, of) = typed?;
        let count = self.link.enums[of.index()].ir.members.len();
        Some(Cond::In(fact, set?, super::link::id(count)))
    }

    /// The set fact or named set on the left of `includes` and `meets`, with its enumeration.
    fn set_name(&self, name: &Name) -> Option<(ir::SetExpr, Option<EnumId>)> {
        self.set_primary(name, None)
    }

    /// The type of a fact, which a guard may read.
    pub(super) fn fact_type(&self, fact: FactId, span: Span) -> Option<Type> {
        let info = &self.link.facts[fact.index()];
        if self.position == Position::Guard && info.decl.presumed.is_some() {
            let what = format!("the presumed fact `{}`", info.decl.name.text);
            self.guard_error(span, &what, Some(info.place));
            return None;
        }
        info.ty
    }

    /// The rule and the norms of a `missed` or `met`.
    fn looked_at(
        &self,
        name: &Name,
        on: Option<&ast::Target>,
        span: Span,
        word: &str,
    ) -> Option<(RuleId, Vec<NormId>)> {
        self.forbid_in_guard(span, &format!("`{word}`"))?;
        let rule = self.link.rule(self.pack, name);
        let on = match on {
            Some(target) => Some(self.link.fixed_norms(self.pack, target)?),
            None => None,
        };
        let rule = rule?;
        let duties = &self.link.reach[rule.index()].as_ref()?.duties;
        let norms: Vec<NormId> = match &on {
            Some(on) => on.iter().copied().filter(|n| duties.contains(n)).collect(),
            None => duties.iter().copied().collect(),
        };
        if norms.is_empty() {
            let there = match &on {
                Some(_) => " there",
                None => "",
            };
            let message = format!("`{}` makes no duty{there} that could be {word}", name.text);
            let mut problem =
                FileDiagnostic::error(codes::NOTHING_TO_MISS, self.place(name.span), message)
                    .label("expected a rule with a `must`");
            if let Some(place) = self.link.rule_place(rule) {
                problem = problem.also(place, "the rule");
            }
            self.link.error(problem);
            return None;
        }
        Some((rule, norms))
    }

    fn forbid_in_guard(&self, span: Span, what: &str) -> Option<()> {
        if self.position == Position::Guard {
            self.guard_error(span, what, None);
            return None;
        }
        Some(())
    }

    pub(super) fn guard_error(&self, span: Span, what: &str, declared: Option<Place>) {
        let message = format!("a guard cannot read {what}");
        let mut problem = FileDiagnostic::error(codes::GUARD_CONDITION, self.place(span), message)
            .label("a guard holds on given facts alone")
            .help("`known`, `missed`, `met` and presumed facts would open it without a fact");
        if let Some(place) = declared {
            problem = problem.also(place, "declared here");
        }
        self.link.error(problem);
    }

    pub(super) fn type_error(&self, span: Span, message: String, label: &str, help: Option<&str>) {
        let problem =
            FileDiagnostic::error(codes::TYPE_MISMATCH, self.place(span), message).label(label);
        self.link.error(match help {
            Some(help) => problem.help(help),
            None => problem,
        });
    }
}
