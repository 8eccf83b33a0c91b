//! Set expressions as written, to sets of members of one enumeration.
//!
//! Invariant: all parts of a set expression are sets of one enumeration, the one that its place expects.

use super::codes;
use super::conditions::{Position, Reader};
use super::ir::{SetExpr, Type};
use super::link::Symbol;
use super::names::SET_OR_FACT;
use super::report::FileDiagnostic;
use crate::model::{EnumId, limits::SET_STACK_MAX};
use crate::syntax::ast::{self, Name, Span};

impl Reader<'_, '_> {
    /// A set of members of `of`; without one, only its names are looked up.
    pub(super) fn set(&self, written: &ast::SetExpr, of: Option<EnumId>) -> Option<SetExpr> {
        let set = self.set_part(written, of)?;
        let stack = stack(&set);
        if stack > SET_STACK_MAX {
            let message =
                format!("the set needs {stack} sets in hand at once, the limit is {SET_STACK_MAX}");
            let span = first_span(written);
            self.link.error(
                FileDiagnostic::error(codes::LIMIT, self.place(span), message)
                    .help("name a part of it with `set`, or put the deeper part first"),
            );
            return None;
        }
        Some(set)
    }

    fn set_part(&self, written: &ast::SetExpr, of: Option<EnumId>) -> Option<SetExpr> {
        let both = |left: &ast::SetExpr, right: &ast::SetExpr| {
            let (left, right) = (self.set_part(left, of), self.set_part(right, of));
            Some((Box::new(left?), Box::new(right?)))
        };
        Some(match written {
            ast::SetExpr::Members(names, _) => {
                SetExpr::Members(self.link.members(self.pack, of?, names)?)
            }
            ast::SetExpr::Name(name) => self.set_primary(name, of)?.0,
            ast::SetExpr::Union(left, right) => {
                let (left, right) = both(left, right)?;
                SetExpr::Union(left, right)
            }
            ast::SetExpr::Intersect(left, right) => {
                let (left, right) = both(left, right)?;
                SetExpr::Intersect(left, right)
            }
            ast::SetExpr::Minus(left, right) => {
                let (left, right) = both(left, right)?;
                SetExpr::Minus(left, right)
            }
        })
    }

    /// A named set or a set fact, with its enumeration.
    pub(super) fn set_primary(
        &self,
        name: &Name,
        of: Option<EnumId>,
    ) -> Option<(SetExpr, Option<EnumId>)> {
        let (set, found) = match self.link.symbol(self.pack, name, &SET_OR_FACT)? {
            Symbol::Set(set) => (SetExpr::Set(set), self.link.set_enum(set)?),
            Symbol::Fact(fact) => match self.fact_type(fact, name.span)? {
                Type::SetOf(found) => (SetExpr::Fact(fact), found),
                other => {
                    let is = self.link.type_words(other);
                    let message = format!("`{}` is {is}, not a set", name.text);
                    let help = matches!(other, Type::Enum(_))
                        .then_some("an enumeration fact stands on the left: `FACT in SET`");
                    self.type_error(name.span, message, "expected a set", help);
                    return None;
                }
            },
            _ => return None,
        };
        if let Some(of) = of
            && of != found
        {
            let message = format!(
                "expected a set of `{}`, `{}` is a set of `{}`",
                self.link.enum_name(of),
                name.text,
                self.link.enum_name(found)
            );
            let label = format!("expected members of `{}`", self.link.enum_name(of));
            self.type_error(name.span, message, &label, None);
            return None;
        }
        Some((set, Some(found)))
    }

    /// `across SET`: places of the territory.
    pub(super) fn across(&self, written: &ast::SetExpr) -> Option<SetExpr> {
        if self.link.territory.is_none() {
            let message = "`across` needs a territory, and no enumeration of the link is one";
            let place = self.place(first_span(written));
            self.link.error(
                FileDiagnostic::error(codes::NO_TERRITORY, place, message)
                    .label("places of which territory?")
                    .help("declare `enum NAME territory { … }`, or link the pack that does"),
            );
            return None;
        }
        debug_assert!(self.position != Position::Guard);
        self.set(written, self.link.territory)
    }
}

/// How many sets are in hand at once when the expression is computed from the left.
pub(super) fn stack(set: &SetExpr) -> usize {
    match set {
        SetExpr::Members(_) | SetExpr::Set(_) | SetExpr::Fact(_) => 1,
        SetExpr::Union(left, right)
        | SetExpr::Intersect(left, right)
        | SetExpr::Minus(left, right) => stack(left).max(1 + stack(right)),
    }
}

/// Where a set expression begins.
pub(super) fn first_span(set: &ast::SetExpr) -> Span {
    match set {
        ast::SetExpr::Members(_, span) => *span,
        ast::SetExpr::Name(name) => name.span,
        ast::SetExpr::Union(left, _)
        | ast::SetExpr::Intersect(left, _)
        | ast::SetExpr::Minus(left, _) => first_span(left),
    }
}
