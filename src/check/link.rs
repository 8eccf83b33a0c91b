//! The tables of a link while it is checked: what is declared, and what is known of it so far.
//!
//! Invariant: every id that the tables hold is an index into them. What could not be understood is `None` here, and
//! has been reported; whoever meets such a hole passes it on in silence, so that one mistake gives one message.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::ir::{self, Interval, Place};
use super::report::{FileDiagnostic, Report};
use crate::model::{
    CalendarId, ChooserId, EnumId, EventId, FactId, NormId, PackId, RuleId, SetId, ZoneId,
    limits::TABLE_MAX,
};
use crate::syntax::ast::{self, Span};
use crate::time::Regime;

/// The most atoms of all conditions of a link, definitions replaced: what is written short may be long, and memory is
/// bounded.
const LINK_ATOMS_MAX: usize = 1 << 20;

/// A norm or a family of norms, as declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FamilyId(pub(super) usize);

/// A definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DefineId(pub(super) usize);

/// What a name in the vocabulary of a pack stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Enum(EnumId),
    Set(SetId),
    Fact(FactId),
    Event(EventId),
    Norm(FamilyId),
    Define(DefineId),
}

/// The regime that a pack or rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// Nobody says.
    Unsaid,
    /// This one, and whether the last day rolls over.
    As(Regime, bool),
    /// Something was said that has been reported.
    Broken,
}

/// The calendar that a pack or rule chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// Nobody says.
    Unsaid,
    /// This one, or the one that a fact chooses.
    By(ir::Choice),
    /// Something was said that has been reported.
    Broken,
}

/// How the periods of a pack or rule are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) regime: Named,
    pub(super) calendar: Chosen,
    /// The facts whose calendars say the zone, the first that does.
    pub(super) zone_by: [Option<ChooserId>; 2],
    /// The zone, where no such calendar says one.
    pub(super) zone: ZoneId,
    /// False if that zone is UTC because nobody names another.
    pub(super) zone_named: bool,
}

impl Way {
    /// Nothing is said.
    pub(super) const UNSAID: Way = Way {
        regime: Named::Unsaid,
        calendar: Chosen::Unsaid,
        zone_by: [None; 2],
        zone: ZoneId(0),
        zone_named: false,
    };
}

/// Rows that are known by what they say.
pub(super) struct Pool<T> {
    pub(super) rows: Vec<T>,
    known: BTreeMap<T, u16>,
}

impl<T> Default for Pool<T> {
    fn default() -> Pool<T> {
        Pool {
            rows: Vec::new(),
            known: BTreeMap::new(),
        }
    }
}

impl<T: Clone + Ord> Pool<T> {
    /// The index of a row, which is added if it is new.
    pub(super) fn id(&mut self, row: T) -> u16 {
        let next = id(self.rows.len());
        *self.known.entry(row).or_insert_with_key(|row| {
            self.rows.push(row.clone());
            next
        })
    }
}

/// A pack.
pub(super) struct PackInfo<'a> {
    pub(super) name: &'a str,
    pub(super) file: u16,
    pub(super) ast: &'a ast::File,
    pub(super) uses: Vec<PackId>,
    /// True if a `use` names no pack: unknown names may then come from there, and are not reported.
    pub(super) uses_unknown: bool,
    pub(super) shared: BTreeMap<&'a str, Symbol>,
    pub(super) rules: BTreeMap<&'a str, RuleId>,
    pub(super) calendars: BTreeMap<&'a str, CalendarId>,
    pub(super) status: Option<crate::model::PackStatus>,
    pub(super) interval: Interval,
    pub(super) judged_by: Option<EventId>,
    pub(super) way: Way,
    pub(super) applies: Option<ir::Cond>,
}

impl PackInfo<'_> {
    /// True if it declares scenarios and nothing else.
    pub(super) fn only_tries(&self) -> bool {
        let mut declared = self
            .ast
            .items
            .iter()
            .filter(|item| !matches!(item.kind, ast::ItemKind::Use(_)))
            .peekable();
        let some = declared.peek().is_some();
        some && declared.all(|item| matches!(item.kind, ast::ItemKind::Scenario(_)))
    }

    /// True if it declares a rule.
    pub(super) fn has_rules(&self) -> bool {
        !self.rules.is_empty()
    }
}

/// An enumeration. Members beyond the limit are known by name only.
pub(super) struct EnumInfo<'a> {
    pub(super) ir: ir::Enum,
    pub(super) territory: bool,
    pub(super) index: BTreeMap<&'a str, u16>,
}

/// A named set.
pub(super) struct SetInfo<'a> {
    pub(super) name: &'a str,
    pub(super) pack: PackId,
    pub(super) decls: Vec<(&'a ast::SetDecl, Place)>,
    pub(super) of: Option<EnumId>,
    pub(super) versions: Vec<(Interval, crate::model::Bits)>,
}

/// A fact.
pub(super) struct FactInfo<'a> {
    pub(super) decl: &'a ast::FactDecl,
    pub(super) pack: PackId,
    pub(super) place: Place,
    pub(super) ty: Option<ir::Type>,
    pub(super) presumed: Option<ir::Value>,
}

/// A calendar as declared, and what it says, once it is read.
pub(super) struct CalendarInfo<'a> {
    pub(super) decl: &'a ast::CalendarDecl,
    pub(super) pack: PackId,
    pub(super) place: Place,
    pub(super) ir: Option<ir::Calendar>,
}

/// A norm as declared, with the norms it unfolds into.
pub(super) struct FamilyInfo<'a> {
    pub(super) decl: &'a ast::NormDecl,
    pub(super) pack: PackId,
    pub(super) place: Place,
    pub(super) of: Option<EnumId>,
    /// Its norms, in the order of members; empty if its enumeration is unknown.
    pub(super) norms: Vec<NormId>,
}

/// A definition.
pub(super) struct DefineInfo<'a> {
    pub(super) decl: &'a ast::DefineDecl,
    pub(super) pack: PackId,
    pub(super) place: Place,
    /// What it stands for; its zones are those of its own pack.
    pub(super) cond: Option<ir::Cond>,
    /// Its atoms, definitions replaced.
    pub(super) atoms: usize,
    /// True if it counts days, so that whoever uses it needs a regime.
    pub(super) counts_days: bool,
}

/// A version of a rule.
pub(super) struct VersionInfo<'a> {
    pub(super) decl: &'a ast::RuleDecl,
    pub(super) rule: RuleId,
    pub(super) pack: PackId,
    pub(super) place: Place,
    pub(super) interval: Interval,
    pub(super) base: Option<RuleId>,
    pub(super) overrides: Vec<RuleId>,
    pub(super) way: Way,
    pub(super) when: Option<ir::Cond>,
    pub(super) effects: Vec<ir::Effect>,
    /// True if a target or an effect could not be understood: then nothing is concluded from what it lacks.
    pub(super) broken: bool,
    pub(super) cites: Vec<(ir::Text, crate::model::Verification)>,
}

impl VersionInfo<'_> {
    /// The rules it targets.
    pub(super) fn targets(&self) -> impl Iterator<Item = RuleId> {
        self.base.into_iter().chain(self.overrides.iter().copied())
    }
}

/// What a rule speaks of, in all its versions.
#[derive(Default)]
pub(super) struct Reach {
    pub(super) norms: BTreeSet<NormId>,
    pub(super) duties: BTreeSet<NormId>,
}

/// The link.
pub(super) struct Link<'a> {
    pub(super) report: Report,
    pub(super) packs: Vec<PackInfo<'a>>,
    pub(super) enums: Vec<EnumInfo<'a>>,
    pub(super) territory: Option<EnumId>,
    pub(super) sets: Vec<SetInfo<'a>>,
    pub(super) facts: Vec<FactInfo<'a>>,
    pub(super) events: Vec<ir::Event>,
    pub(super) calendars: Vec<CalendarInfo<'a>>,
    /// Calendars that facts may choose and nobody declares, by name; their numbers follow those that are declared.
    pub(super) undeclared: BTreeMap<String, (CalendarId, Place)>,
    pub(super) used_calendars: BTreeSet<CalendarId>,
    pub(super) choosers: Pool<ir::Chooser>,
    pub(super) countings: RefCell<Pool<ir::Counting>>,
    pub(super) families: Vec<FamilyInfo<'a>>,
    pub(super) norms: Vec<ir::Norm>,
    pub(super) defines: Vec<DefineInfo<'a>>,
    pub(super) rules: Vec<ir::Rule>,
    pub(super) versions: Vec<VersionInfo<'a>>,
    /// Zones by name, with where they are first named; their ids are in the order of first use.
    pub(super) zones: RefCell<BTreeMap<String, (ZoneId, Option<Place>)>>,
    /// The norms on which each rule has an effect, and those on which it has a `must`; `None` for a rule that could
    /// not be read. Known once the effects are.
    pub(super) reach: Vec<Option<Reach>>,
    /// Definitions that something uses.
    pub(super) used_defines: RefCell<BTreeSet<DefineId>>,
    /// The first period of days in each pack that names no zone.
    pub(super) zoneless: RefCell<BTreeMap<PackId, Place>>,
    /// Atoms of the definitions replaced in the condition that is being read.
    pub(super) replaced: Cell<usize>,
    /// Atoms of all conditions, so that replacing definitions stays within memory.
    atoms: Cell<usize>,
    /// Effects of all rules, families unfolded.
    effects: Cell<usize>,
}

impl<'a> Link<'a> {
    /// A link of these packs, with nothing declared.
    pub(super) fn new(report: Report, packs: Vec<PackInfo<'a>>) -> Link<'a> {
        Link {
            report,
            packs,
            enums: Vec::new(),
            territory: None,
            sets: Vec::new(),
            facts: Vec::new(),
            events: Vec::new(),
            calendars: Vec::new(),
            undeclared: BTreeMap::new(),
            used_calendars: BTreeSet::new(),
            choosers: Pool::default(),
            countings: RefCell::default(),
            families: Vec::new(),
            norms: Vec::new(),
            defines: Vec::new(),
            rules: Vec::new(),
            versions: Vec::new(),
            zones: RefCell::new(BTreeMap::from([("UTC".to_string(), (ZoneId(0), None))])),
            reach: Vec::new(),
            used_defines: RefCell::default(),
            zoneless: RefCell::default(),
            replaced: Cell::new(0),
            atoms: Cell::new(0),
            effects: Cell::new(0),
        }
    }

    /// All packs, in the order of their names.
    pub(super) fn pack_ids(&self) -> impl Iterator<Item = PackId> + use<> {
        (0..self.packs.len()).map(|index| PackId(id(index)))
    }

    /// The pack.
    pub(super) fn pack(&self, pack: PackId) -> &PackInfo<'a> {
        &self.packs[pack.index()]
    }

    /// A place in the file of a pack.
    pub(super) fn place(&self, pack: PackId, span: Span) -> Place {
        Place {
            file: self.pack(pack).file,
            span,
        }
    }

    /// Reports an error.
    pub(super) fn error(&self, problem: FileDiagnostic) {
        self.report.push(problem);
    }

    /// The name of a rule as it stands in an answer: `eu.tco/removal`.
    pub(super) fn rule_name(&self, rule: RuleId) -> String {
        let rule = &self.rules[rule.index()];
        format!("{}/{}", self.pack(rule.pack).name, rule.name)
    }

    /// The first version of a rule.
    pub(super) fn rule_place(&self, rule: RuleId) -> Option<Place> {
        let first = self.rules[rule.index()].versions.first()?;
        Some(self.versions[first.index()].place)
    }

    /// The versions of a rule.
    pub(super) fn versions_of(&self, rule: RuleId) -> impl Iterator<Item = &VersionInfo<'a>> {
        self.rules[rule.index()]
            .versions
            .iter()
            .map(|version| &self.versions[version.index()])
    }

    /// The norm for people: `disclose of traffic`.
    pub(super) fn norm_name(&self, norm: NormId) -> String {
        let norm = &self.norms[norm.index()];
        match norm.member {
            Some((of, member)) => {
                let members = &self.enums[of.index()].ir.members;
                let member = members.get(usize::from(member)).map_or("", |m| &m.name);
                format!("{} of {member}", norm.name)
            }
            None => norm.name.clone(),
        }
    }

    /// The id of a zone that a pack names, which is noted if it is new.
    pub(super) fn zone(&self, pack: PackId, name: &ast::Text) -> ZoneId {
        let mut zones = self.zones.borrow_mut();
        let next = ZoneId(id(zones.len()));
        let place = self.place(pack, name.span);
        let (zone, _) = zones.entry(name.en.clone()).or_insert((next, Some(place)));
        *zone
    }

    /// Counts atoms of conditions; false, and reported once, beyond the limit of the link.
    pub(super) fn charge_atoms(&self, atoms: usize, place: Place) -> bool {
        charge(&self.atoms, atoms, LINK_ATOMS_MAX, || {
            let message = format!(
                "the conditions of the link have more than {LINK_ATOMS_MAX} atoms, definitions replaced"
            );
            self.error(
                FileDiagnostic::error(codes::LIMIT, place, message)
                    .help("link fewer packs together, or use large definitions less often"),
            );
        })
    }

    /// Counts effects; false, and reported once, beyond what a table holds.
    pub(super) fn charge_effects(&self, effects: usize, place: Place) -> bool {
        charge(&self.effects, effects, TABLE_MAX, || {
            let message = format!("the rules of the link have more than {TABLE_MAX} effects");
            self.error(
                FileDiagnostic::error(codes::LIMIT, place, message)
                    .help("an effect on a family counts once for each member"),
            );
        })
    }
}

fn charge(counter: &Cell<usize>, amount: usize, limit: usize, exceeded: impl FnOnce()) -> bool {
    let before = counter.get();
    let after = before.saturating_add(amount);
    counter.set(after);
    if before <= limit && after > limit {
        exceeded();
    }
    after <= limit
}

/// An index as an id. Tables are held to [`TABLE_MAX`] before ids are read back.
pub(super) fn id(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
