//! Parsed packs to a book in which every name can be looked up.
//!
//! Invariant: packs stand in the order of their names, whatever the order of files. The link was checked before, so that
//! names resolve; one that does not gives nothing, and the page shows it as it is written. The book is made of the Ast and
//! not of the Ir, because readers want the definitions, families and clauses that the author wrote, and the Ir has
//! replaced them.

use std::collections::{BTreeMap, BTreeSet};

use crate::syntax::ast::{
    CalendarDecl, DefineDecl, EnumDecl, EventDecl, ExpectKind, FactDecl, File, ItemKind, Member,
    NormDecl, PropertyDecl, RuleDecl, ScenarioDecl, SetDecl, Type,
};

/// A pack: its header and what it declares, by kind, in the order written.
pub(super) struct Pack<'a> {
    pub(super) file: &'a File,
    pub(super) uses: Vec<usize>,
    pub(super) enums: Vec<&'a EnumDecl>,
    pub(super) sets: Vec<&'a SetDecl>,
    pub(super) facts: Vec<&'a FactDecl>,
    pub(super) events: Vec<&'a EventDecl>,
    pub(super) defines: Vec<&'a DefineDecl>,
    pub(super) norms: Vec<&'a NormDecl>,
    pub(super) rules: Vec<&'a RuleDecl>,
    pub(super) properties: Vec<&'a PropertyDecl>,
    pub(super) calendars: Vec<&'a CalendarDecl>,
    pub(super) scenarios: Vec<&'a ScenarioDecl>,
}

impl<'a> Pack<'a> {
    fn new(file: &'a File) -> Pack<'a> {
        let mut pack = Pack {
            file,
            uses: Vec::new(),
            enums: Vec::new(),
            sets: Vec::new(),
            facts: Vec::new(),
            events: Vec::new(),
            defines: Vec::new(),
            norms: Vec::new(),
            rules: Vec::new(),
            properties: Vec::new(),
            calendars: Vec::new(),
            scenarios: Vec::new(),
        };
        for item in &file.items {
            match &item.kind {
                ItemKind::Use(_) => {}
                ItemKind::Enum(decl) => pack.enums.push(decl),
                ItemKind::Set(decl) => pack.sets.push(decl),
                ItemKind::Fact(decl) => pack.facts.push(decl),
                ItemKind::Event(decl) => pack.events.push(decl),
                ItemKind::Define(decl) => pack.defines.push(decl),
                ItemKind::Norm(decl) => pack.norms.push(decl),
                ItemKind::Rule(decl) => pack.rules.push(decl),
                ItemKind::Property(decl) => pack.properties.push(decl),
                ItemKind::Calendar(decl) => pack.calendars.push(decl),
                ItemKind::Scenario(decl) => pack.scenarios.push(decl),
            }
        }
        pack
    }

    /// Its name, `eu.tco`.
    pub(super) fn name(&self) -> &'a str {
        &self.file.pack.name.text
    }

    /// The versions of a rule, in the order written.
    pub(super) fn versions(&self, name: &str) -> impl Iterator<Item = &'a RuleDecl> {
        let rules = self.rules.iter().copied();
        rules.filter(move |rule| rule.name.text == name)
    }
}

/// All packs of a link.
pub(super) struct Book<'a> {
    pub(super) packs: Vec<Pack<'a>>,
    facts: BTreeMap<&'a str, &'a FactDecl>,
    events: BTreeMap<&'a str, &'a EventDecl>,
    norms: BTreeMap<&'a str, (usize, &'a NormDecl)>,
    enums: BTreeMap<&'a str, &'a EnumDecl>,
    sets: BTreeMap<&'a str, (usize, &'a SetDecl)>,
    /// The enumeration of places, if the link has one.
    pub(super) territory: Option<&'a EnumDecl>,
    /// For each rule, the scenarios that name it, by pack and number.
    pub(super) shown: BTreeMap<RuleKey, BTreeSet<(usize, usize)>>,
    /// For each rule, the rules that are exceptions to it or override it, in the order written.
    pub(super) departs: BTreeMap<RuleKey, Vec<RuleKey>>,
    /// For each norm, the rules that speak of it.
    pub(super) speaks: BTreeMap<&'a str, Vec<RuleKey>>,
}

/// A rule by its pack and its name.
pub(super) type RuleKey = (usize, String);

impl<'a> Book<'a> {
    /// Binds the files of a link.
    pub(super) fn new(files: &'a [File]) -> Book<'a> {
        let mut packs: Vec<Pack<'a>> = files.iter().map(Pack::new).collect();
        packs.sort_by(|one, other| one.name().cmp(other.name()));
        let names: Vec<&str> = packs.iter().map(Pack::name).collect();
        let mut book = Book {
            packs: Vec::new(),
            facts: BTreeMap::new(),
            events: BTreeMap::new(),
            norms: BTreeMap::new(),
            enums: BTreeMap::new(),
            sets: BTreeMap::new(),
            territory: None,
            shown: BTreeMap::new(),
            departs: BTreeMap::new(),
            speaks: BTreeMap::new(),
        };
        for (index, pack) in packs.iter_mut().enumerate() {
            let used = pack.file.items.iter().filter_map(|item| match &item.kind {
                ItemKind::Use(name) => names.iter().position(|known| *known == name.text),
                _ => None,
            });
            pack.uses = used.collect();
            let facts = pack.facts.iter().map(|decl| (&*decl.name.text, *decl));
            book.facts.extend(facts);
            let events = pack.events.iter().map(|decl| (&*decl.name.text, *decl));
            book.events.extend(events);
            let norms = pack.norms.iter();
            book.norms
                .extend(norms.map(|decl| (&*decl.name.text, (index, *decl))));
            let enums = pack.enums.iter().map(|decl| (&*decl.name.text, *decl));
            book.enums.extend(enums);
            let sets = pack.sets.iter();
            book.sets
                .extend(sets.map(|decl| (&*decl.name.text, (index, *decl))));
            let territory = pack.enums.iter().copied().find(|decl| decl.territory);
            book.territory = book.territory.or(territory);
        }
        book.packs = packs;
        book.cross();
        book
    }

    /// Notes who is named where.
    fn cross(&mut self) {
        let (mut shown, mut departs, mut speaks) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (index, pack) in self.packs.iter().enumerate() {
            for (number, scenario) in pack.scenarios.iter().enumerate() {
                let rules = scenario
                    .expect
                    .iter()
                    .filter_map(|expect| match &expect.kind {
                        ExpectKind::Norm(norm) => norm.by.as_ref().or(norm.not_by.as_ref()),
                        ExpectKind::NeedsHuman(rule) => rule.as_ref(),
                        ExpectKind::NotAskedBy(rule) => Some(rule),
                        _ => None,
                    });
                for key in rules.filter_map(|rule| self.rule_key(index, &rule.text)) {
                    let of: &mut BTreeSet<_> = shown.entry(key).or_default();
                    of.insert((index, number));
                }
            }
            for rule in &pack.rules {
                let own_key = (index, rule.name.text.clone());
                let targets = rule.exception_to.iter().chain(&rule.overrides);
                for key in targets.filter_map(|name| self.rule_key(index, &name.text)) {
                    add(departs.entry(key).or_default(), &own_key);
                }
                for target in rule.then.iter().filter_map(|effect| effect.target.as_ref()) {
                    if let Some((_, norm)) = self.norm(&target.norm.text) {
                        add(speaks.entry(&*norm.name.text).or_default(), &own_key);
                    }
                }
            }
        }
        (self.shown, self.departs, self.speaks) = (shown, departs, speaks);
    }

    fn rule_key(&self, from: usize, name: &str) -> Option<RuleKey> {
        let (pack, _) = self.rule(from, name)?;
        Some((pack, own(name).to_string()))
    }

    pub(super) fn fact(&self, name: &str) -> Option<&'a FactDecl> {
        self.facts.get(own(name)).copied()
    }

    pub(super) fn event(&self, name: &str) -> Option<&'a EventDecl> {
        self.events.get(own(name)).copied()
    }

    /// A norm, and the pack that declares it.
    pub(super) fn norm(&self, name: &str) -> Option<(usize, &'a NormDecl)> {
        self.norms.get(own(name)).copied()
    }

    pub(super) fn enumeration(&self, name: &str) -> Option<&'a EnumDecl> {
        self.enums.get(own(name)).copied()
    }

    /// A named set, and the pack that declares it.
    pub(super) fn set(&self, name: &str) -> Option<(usize, &'a SetDecl)> {
        self.sets.get(own(name)).copied()
    }

    /// The enumeration of which a fact has a member or members.
    pub(super) fn members_of(&self, fact: &str) -> Option<&'a EnumDecl> {
        match &self.fact(fact)?.ty {
            Type::Enum(name) | Type::SetOf(name) => self.enumeration(&name.text),
            Type::Bool | Type::Int(..) | Type::Money | Type::Instant => None,
        }
    }

    /// A definition that a pack names, and the pack that has it.
    pub(super) fn define(&self, from: usize, name: &str) -> Option<(usize, &'a DefineDecl)> {
        let name_in = own(name);
        self.places(from, name).find_map(|index| {
            let defines = &self.packs.get(index)?.defines;
            let found = defines.iter().find(|decl| decl.name.text == name_in)?;
            Some((index, *found))
        })
    }

    /// A rule that a pack names: the pack that has it, and its versions.
    pub(super) fn rule(&self, from: usize, name: &str) -> Option<(usize, Vec<&'a RuleDecl>)> {
        let name_in = own(name);
        self.places(from, name).find_map(|index| {
            let found: Vec<&RuleDecl> = self.packs.get(index)?.versions(name_in).collect();
            (!found.is_empty()).then_some((index, found))
        })
    }

    /// A calendar that a pack names, and the pack that has it.
    pub(super) fn calendar(&self, from: usize, name: &str) -> Option<(usize, &'a CalendarDecl)> {
        let name_in = own(name);
        self.places(from, name).find_map(|index| {
            let calendars = &self.packs.get(index)?.calendars;
            let found = calendars.iter().find(|decl| decl.name.text == name_in)?;
            Some((index, *found))
        })
    }

    /// The packs in which a name is looked up: the one that it names, else its own and then those that it uses.
    fn places(&self, from: usize, name: &str) -> impl Iterator<Item = usize> {
        let named = name
            .split_once('/')
            .map(|(pack, _)| self.packs.iter().position(|known| known.name() == pack));
        let places = match named {
            Some(found) => found.into_iter().collect(),
            None => {
                let mut places = vec![from];
                if let Some(pack) = self.packs.get(from) {
                    places.extend(&pack.uses);
                }
                places
            }
        };
        places.into_iter()
    }
}

/// Adds a rule that is not in a list.
fn add(list: &mut Vec<RuleKey>, key: &RuleKey) {
    if !list.contains(key) {
        list.push(key.clone());
    }
}

/// A name without its pack.
pub(super) fn own(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, name)| name)
}

/// The member with this name.
pub(super) fn member<'a>(enumeration: &'a EnumDecl, name: &str) -> Option<&'a Member> {
    let mut members = enumeration.members.iter();
    members.find(|member| member.name.text == name)
}
