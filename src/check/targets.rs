//! Targets as written, to norms: which members of a family are meant.
//!
//! `of {a, b}` and `of a` name members; `of SET` those of a set that never changes; `of FACT` all of them, each under
//! the condition that the fact includes it. Invariant: the norms of a target stand in the order of members.

use super::codes;
use super::ir::Type;
use super::link::{Link, Symbol};
use super::names::SET_OR_FACT;
use super::report::FileDiagnostic;
use crate::model::{Bits, EnumId, FactId, NormId, PackId};
use crate::syntax::ast::{self, Name, TargetOf};

/// A norm, with the set fact that must include its member.
pub(super) type Chosen = (NormId, Option<(FactId, u16)>);

/// The members of a family that are meant.
pub(super) enum Choice {
    /// Just these.
    Members(Bits),
    /// Those that the fact includes.
    Fact(FactId),
}

impl Link<'_> {
    /// The norms that an effect speaks of.
    pub(super) fn norms(&self, pack: PackId, target: &ast::Target) -> Option<Vec<Chosen>> {
        let family = self.family(pack, &target.norm)?;
        let info = self.family_info(family);
        let Some(of) = &target.of else {
            return Some(info.norms.iter().map(|norm| (*norm, None)).collect());
        };
        let Some(family_of) = info.of else {
            if !info.norms.is_empty() {
                self.no_family(pack, &target.norm, of, info.place);
            }
            return None;
        };
        let members = info.norms.iter().zip(0u16..);
        Some(match self.choice(pack, family_of, of)? {
            Choice::Members(bits) => members
                .filter(|(_, member)| bits.contains(*member))
                .map(|(norm, _)| (*norm, None))
                .collect(),
            Choice::Fact(fact) => members
                .map(|(norm, member)| (*norm, Some((fact, member))))
                .collect(),
        })
    }

    /// The norms of a target whose members no fact chooses.
    pub(super) fn fixed_norms(&self, pack: PackId, target: &ast::Target) -> Option<Vec<NormId>> {
        let norms = self.norms(pack, target)?;
        if norms.iter().any(|(_, member)| member.is_some()) {
            self.not_fixed(pack, target.of.as_ref());
            return None;
        }
        Some(norms.into_iter().map(|(norm, _)| norm).collect())
    }

    /// Reports members that a fact chooses, where they must be fixed.
    pub(super) fn not_fixed(&self, pack: PackId, of: Option<&TargetOf>) {
        let Some(TargetOf::Name(name)) = of else {
            return;
        };
        let message = format!(
            "`{}` is a fact, and the members must be fixed here",
            name.text
        );
        self.error(
            FileDiagnostic::error(codes::NOT_A_FAMILY, self.place(pack, name.span), message)
                .label("expected members, or a named set without dates")
                .help("only an effect may have its members chosen by a fact"),
        );
    }

    fn no_family(&self, pack: PackId, norm: &Name, of: &TargetOf, declared: super::ir::Place) {
        let span = match of {
            TargetOf::Name(name) => name.span,
            TargetOf::Members(names) => names.first().map_or(norm.span, |name| name.span),
        };
        let message = format!("`{}` is one norm and has no members", norm.text);
        self.error(
            FileDiagnostic::error(codes::NOT_A_FAMILY, self.place(pack, span), message)
                .label("expected no `of`")
                .also(declared, "declared here without `of ENUM`"),
        );
    }

    /// The members that an `of` means, in a family over `family_of`.
    pub(super) fn choice(&self, pack: PackId, family_of: EnumId, of: &TargetOf) -> Option<Choice> {
        let name = match of {
            TargetOf::Members(names) => {
                return Some(Choice::Members(self.members(pack, family_of, names)?));
            }
            TargetOf::Name(name) => name,
        };
        let member = self.enums[family_of.index()].index.get(name.text.as_str());
        let symbols = self.peek(pack, &name.text);
        if let Some(member) = member {
            let set = symbols.iter().find(|s| (SET_OR_FACT.accepts)(**s));
            let Some(set) = set else {
                return Some(Choice::Members(Bits::one(*member)));
            };
            let message = format!("`{}` is a member and {}", name.text, set.kind());
            self.error(
                FileDiagnostic::error(codes::AMBIGUOUS_NAME, self.place(pack, name.span), message)
                    .label("which of the two?")
                    .help(format!(
                        "write `{{{0}}}` for the member, or `PACK/{0}` for the other",
                        name.text
                    )),
            );
            return None;
        }
        // A name that nothing else has was meant as a member: then the members are the better advice.
        if symbols.is_empty() && !name.text.contains(['.', '/']) {
            let uses_unknown = self.pack(pack).uses_unknown;
            if !uses_unknown {
                self.member(pack, family_of, name);
            }
            return None;
        }
        match self.symbol(pack, name, &SET_OR_FACT)? {
            Symbol::Set(set) => {
                let info = &self.sets[set.index()];
                self.same_enum(pack, name, family_of, info.of?)?;
                let dated = info
                    .versions
                    .iter()
                    .any(|(interval, _)| interval.is_dated());
                if dated {
                    let message = format!("`{}` changes over time", name.text);
                    let mut problem = FileDiagnostic::error(
                        codes::DATED_TARGET,
                        self.place(pack, name.span),
                        message,
                    )
                    .label("expected a set without dates")
                    .help("name the members, or give the rule versions of its own");
                    if let Some((_, place)) = info.decls.first() {
                        problem = problem.also(*place, "its first version");
                    }
                    self.error(problem);
                    return None;
                }
                Some(Choice::Members(info.versions.first()?.1))
            }
            Symbol::Fact(fact) => match self.facts[fact.index()].ty? {
                Type::SetOf(found) => {
                    self.same_enum(pack, name, family_of, found)?;
                    Some(Choice::Fact(fact))
                }
                other => {
                    let wanted = format!("a set of `{}`", self.enum_name(family_of));
                    let found = format!("`{}`, which is {}", name.text, self.type_words(other));
                    self.error(self.mismatch(pack, name.span, &wanted, &found));
                    None
                }
            },
            _ => None,
        }
    }

    fn same_enum(&self, pack: PackId, name: &Name, wanted: EnumId, found: EnumId) -> Option<()> {
        if wanted == found {
            return Some(());
        }
        let wanted = format!("a set of `{}`", self.enum_name(wanted));
        let found = format!(
            "`{}`, which is a set of `{}`",
            name.text,
            self.enum_name(found)
        );
        self.error(self.mismatch(pack, name.span, &wanted, &found));
        None
    }
}
