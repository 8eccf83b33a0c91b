//! The vocabulary: enumerations, sets, facts and norms, with their types.
//!
//! Invariant: after this, every norm of a family stands in the order of members, and every version of a set has its
//! interval and its members.

use super::codes;
use super::ir::{self, Interval, Place, Type};
use super::link::{FamilyId, Link, Symbol, id};
use super::literals::text_or_empty;
use super::names::Wanted;
use super::report::FileDiagnostic;
use crate::model::{EnumId, NormId, Outcome, PackId, limits::TABLE_MAX};
use crate::syntax::ast;

const ENUM_OR_TYPE: Wanted = Wanted {
    words: "an enumeration, or one of `bool`, `set of`, `int`, `money`, `instant`",
    accepts: |symbol| matches!(symbol, Symbol::Enum(_)),
};

impl Link<'_> {
    /// Resolves the vocabulary. False if the norms are too many for their ids.
    pub(super) fn resolve_vocabulary(&mut self) -> bool {
        self.resolve_territory();
        self.resolve_sets();
        self.resolve_facts();
        self.resolve_norms()
    }

    fn resolve_territory(&mut self) {
        let mut first: Option<EnumId> = None;
        for (index, info) in self.enums.iter().enumerate() {
            if !info.territory {
                continue;
            }
            match first {
                None => first = Some(EnumId(id(index))),
                Some(first) => {
                    let first = &self.enums[first.index()].ir;
                    let message = format!(
                        "`{}` and `{}` cannot both be the territory",
                        first.name, info.ir.name
                    );
                    let problem =
                        FileDiagnostic::error(codes::TWO_TERRITORIES, info.ir.place, message)
                            .label("the second territory of the link")
                            .also(first.place, "the first one");
                    self.error(problem);
                }
            }
        }
        self.territory = first;
    }

    fn resolve_sets(&mut self) {
        for index in 0..self.sets.len() {
            let pack = self.sets[index].pack;
            let mut of = None;
            let mut versions = Vec::new();
            let mut intervals = Vec::new();
            for (position, (decl, place)) in self.sets[index].decls.iter().enumerate() {
                let this = self.enumeration(pack, &decl.of);
                if position == 0 {
                    of = this;
                } else if let (Some(first), Some(this)) = (of, this)
                    && first != this
                {
                    let wanted = format!("a set of `{}`", self.enum_name(first));
                    let found = format!("a set of `{}`", self.enum_name(this));
                    let problem = self.mismatch(pack, decl.of.span, &wanted, &found);
                    self.error(problem.help("versions of one set have members of one kind"));
                    continue;
                }
                let interval = self.interval(pack, decl.in_force.as_ref());
                intervals.push((interval, *place));
                if let Some(this) = this
                    && let Some(bits) = self.members(pack, this, &decl.members)
                {
                    versions.push((interval, bits));
                }
            }
            self.find_overlaps(self.sets[index].name, &intervals);
            let info = &mut self.sets[index];
            info.of = of;
            info.versions = versions;
        }
    }

    /// Versions of one name are never in force on one day.
    pub(super) fn find_overlaps(&self, name: &str, versions: &[(Interval, Place)]) {
        let mut ordered = versions.to_vec();
        // A stable sort: of versions that begin on one day, the one written first stands first.
        ordered.sort_by_key(|(interval, _)| interval.from);
        let mut longest: Option<(Interval, Place)> = None;
        for (interval, place) in ordered {
            if let Some((before, first)) = longest
                && interval.from < before.until
            {
                let message = format!("two versions of `{name}` are in force on one day");
                let problem = FileDiagnostic::error(codes::VERSIONS_OVERLAP, place, message)
                    .label("this version begins before the other one ends")
                    .also(first, "the other one")
                    .help("end the older one with `until`, whose day is the first without it");
                self.error(problem);
            }
            if longest.is_none_or(|(before, _)| before.until < interval.until) {
                longest = Some((interval, place));
            }
        }
    }

    fn resolve_facts(&mut self) {
        for index in 0..self.facts.len() {
            let info = &self.facts[index];
            let (pack, decl) = (info.pack, info.decl);
            let ty = self.fact_type(pack, &decl.ty);
            let presumed = match (ty, &decl.presumed) {
                (Some(ty), Some(value)) => self.value(pack, ty, value),
                _ => None,
            };
            let info = &mut self.facts[index];
            info.ty = ty;
            info.presumed = presumed;
        }
    }

    fn fact_type(&self, pack: PackId, ty: &ast::Type) -> Option<Type> {
        Some(match ty {
            ast::Type::Bool => Type::Bool,
            ast::Type::Money => Type::Money,
            ast::Type::Instant => Type::Instant,
            ast::Type::SetOf(name) => Type::SetOf(self.enumeration(pack, name)?),
            ast::Type::Enum(name) => match self.symbol(pack, name, &ENUM_OR_TYPE)? {
                Symbol::Enum(of) => Type::Enum(of),
                _ => return None,
            },
            ast::Type::Int(least, most) => {
                if least.value > most.value {
                    let message = format!("no number is from {} to {}", least.value, most.value);
                    let problem = FileDiagnostic::error(
                        codes::RANGE_INVERTED,
                        self.place(pack, most.span),
                        message,
                    )
                    .label("expected the larger bound here");
                    self.error(problem);
                    return None;
                }
                Type::Int(least.value, most.value)
            }
        })
    }

    fn resolve_norms(&mut self) -> bool {
        for index in 0..self.families.len() {
            let info = &self.families[index];
            let (pack, decl, place) = (info.pack, info.decl, info.place);
            let of = match &decl.family {
                Some(name) => match self.enumeration(pack, name) {
                    Some(of) => Some(of),
                    // Without its members nothing can be said of the family.
                    None => continue,
                },
                None => None,
            };
            let event =
                |name: &Option<ast::Name>| name.as_ref().and_then(|name| self.event(pack, name));
            let norm = ir::Norm {
                name: decl.name.text.clone(),
                pack,
                member: None,
                bearer: decl.bearer.text.clone(),
                action: decl.action.text.clone(),
                object: decl.object.text.clone(),
                title: text_or_empty(decl.title.as_ref()),
                done_at: event(&decl.done_at),
                broken_at: event(&decl.broken_at),
                default: match decl.default {
                    None => Outcome::None,
                    Some((ast::Deontic::Must, _)) => Outcome::Must,
                    Some((ast::Deontic::May, _)) => Outcome::May,
                    Some((ast::Deontic::MustNot, _)) => Outcome::MustNot,
                },
                guards: Vec::new(),
                place,
            };
            let members: Vec<Option<(EnumId, u16)>> = match of {
                None => vec![None],
                Some(of) => {
                    let count = self.enums[of.index()].ir.members.len();
                    (0..count).map(|member| Some((of, id(member)))).collect()
                }
            };
            if self.norms.len() + members.len() > TABLE_MAX {
                self.too_large(format!("the link has more than {TABLE_MAX} norms"));
                return false;
            }
            let weight = super::walk::text_weight(&norm.title).saturating_mul(members.len());
            if !self.charge_atoms(weight, place) {
                return false;
            }
            let first = self.norms.len();
            self.norms
                .extend(members.into_iter().map(|member| ir::Norm {
                    member,
                    ..norm.clone()
                }));
            let norms = (first..self.norms.len()).map(|n| NormId(id(n))).collect();
            let info = &mut self.families[index];
            info.of = of;
            info.norms = norms;
        }
        true
    }

    /// The norm or family as declared.
    pub(super) fn family_info(&self, family: FamilyId) -> &super::link::FamilyInfo<'_> {
        &self.families[family.0]
    }
}
