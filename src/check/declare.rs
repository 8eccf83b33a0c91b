//! Declarations to symbols: which names there are, before anything is known of them.
//!
//! Invariant: ids are given in the order of packs and declarations; of two declarations of one name the first holds.
//! Enumerations, sets, facts, events and norms have names that are unique in the link, for a case and an answer speak
//! of them without their pack.

use std::collections::BTreeMap;

use super::codes;
use super::ir::{self, Interval, Place};
use super::link::{
    CalendarInfo, DefineId, DefineInfo, EnumInfo, FactInfo, FamilyId, FamilyInfo, Link, SetInfo,
    Symbol, VersionInfo, Way, id,
};
use super::literals::{text, text_or_empty};
use super::report::FileDiagnostic;
use crate::model::{
    CalendarId, EnumId, EventId, FactId, PackId, RuleId, SetId, VersionId,
    limits::{ENUM_MEMBERS_MAX, TABLE_MAX},
};
use crate::syntax::ast::{self, ItemKind, Name};

/// The longest name, in bytes: names stand in every answer.
const NAME_BYTES_MAX: usize = 255;

/// The vocabulary of the link, with where each word is declared.
type Vocabulary<'a> = BTreeMap<&'a str, (PackId, Symbol, Place)>;

impl<'a> Link<'a> {
    /// Declares everything. False if a table is too large for its ids; nothing more can then be said.
    pub(super) fn declare(&mut self) -> bool {
        let mut vocabulary = Vocabulary::new();
        for pack in self.pack_ids() {
            let ast: &'a ast::File = self.pack(pack).ast;
            for item in &ast.items {
                let place = self.place(pack, item.span);
                match &item.kind {
                    ItemKind::Use(_) | ItemKind::Property(_) | ItemKind::Scenario(_) => {}
                    ItemKind::Rule(decl) => self.declare_rule(pack, decl, place),
                    ItemKind::Calendar(decl) => {
                        self.declare_calendar(pack, decl);
                    }
                    ItemKind::Define(decl) => self.declare_define(pack, decl),
                    kind => self.declare_word(pack, kind, &mut vocabulary),
                }
            }
        }
        self.order_versions();
        self.find_prefixes(&vocabulary);
        self.tables_fit()
    }

    fn declare_calendar(&mut self, pack: PackId, decl: &'a ast::CalendarDecl) {
        self.plain(pack, &decl.name);
        let name = decl.name.text.as_str();
        if let Some(first) = self.pack(pack).calendars.get(name) {
            let first = self.calendars[first.index()].place;
            return self.duplicate(pack, &decl.name, "a calendar", first);
        }
        let calendar = CalendarId(id(self.calendars.len()));
        self.packs[pack.index()].calendars.insert(name, calendar);
        let place = self.place(pack, decl.name.span);
        self.calendars.push(CalendarInfo {
            decl,
            pack,
            place,
            ir: None,
        });
    }

    fn declare_rule(&mut self, pack: PackId, decl: &'a ast::RuleDecl, place: Place) {
        self.plain(pack, &decl.name);
        let next = RuleId(id(self.rules.len()));
        let rule = *self.packs[pack.index()]
            .rules
            .entry(&decl.name.text)
            .or_insert(next);
        if rule == next {
            self.rules.push(ir::Rule {
                name: decl.name.text.clone(),
                pack,
                versions: Vec::new(),
            });
        }
        let name = self.place(pack, decl.name.span);
        self.versions.push(VersionInfo {
            decl,
            rule,
            pack,
            place: Place {
                file: place.file,
                span: name.span,
            },
            interval: Interval::ALWAYS,
            base: None,
            overrides: Vec::new(),
            way: Way::UNSAID,
            when: None,
            effects: Vec::new(),
            broken: false,
            cites: Vec::new(),
        });
    }

    fn declare_define(&mut self, pack: PackId, decl: &'a ast::DefineDecl) {
        self.plain(pack, &decl.name);
        let symbol = Symbol::Define(DefineId(self.defines.len()));
        if let Some(first) = self.pack(pack).shared.get(decl.name.text.as_str()) {
            let (kind, place) = (first.kind(), self.declared(*first));
            if let Some(place) = place {
                self.duplicate(pack, &decl.name, kind, place);
            }
            return;
        }
        let place = self.place(pack, decl.name.span);
        self.packs[pack.index()]
            .shared
            .insert(&decl.name.text, symbol);
        self.defines.push(DefineInfo {
            decl,
            pack,
            place,
            cond: None,
            atoms: 0,
            counts_days: false,
        });
    }

    fn declare_word(&mut self, pack: PackId, kind: &'a ItemKind, vocabulary: &mut Vocabulary<'a>) {
        let (name, symbol) = match kind {
            ItemKind::Enum(decl) => (&decl.name, Symbol::Enum(EnumId(id(self.enums.len())))),
            ItemKind::Set(decl) => (&decl.name, Symbol::Set(SetId(id(self.sets.len())))),
            ItemKind::Fact(decl) => (&decl.name, Symbol::Fact(FactId(id(self.facts.len())))),
            ItemKind::Event(decl) => (&decl.name, Symbol::Event(EventId(id(self.events.len())))),
            ItemKind::Norm(decl) => (&decl.name, Symbol::Norm(FamilyId(self.families.len()))),
            _ => return,
        };
        self.plain(pack, name);
        let place = self.place(pack, name.span);
        if let Some(first) = self.pack(pack).shared.get(name.text.as_str()).copied() {
            // Sets with one name are versions of one set.
            if let (Symbol::Set(set), ItemKind::Set(decl)) = (first, kind) {
                self.sets[set.index()].decls.push((decl, place));
            } else if let Some(declared) = self.declared(first) {
                self.duplicate(pack, name, first.kind(), declared);
            }
            return;
        }
        match vocabulary.get(name.text.as_str()) {
            Some((other, first, declared)) => {
                let message = format!(
                    "`{}` is {} of pack `{}` already",
                    name.text,
                    first.kind(),
                    self.pack(*other).name
                );
                let problem = FileDiagnostic::error(codes::VOCABULARY_CLASH, place, message)
                    .label("a case and an answer name it without its pack")
                    .also(*declared, "declared here first")
                    .help("give it another name, or `use` the pack that declares it");
                self.error(problem);
            }
            None => {
                vocabulary.insert(&name.text, (pack, symbol, place));
            }
        }
        self.packs[pack.index()].shared.insert(&name.text, symbol);
        self.add_word(pack, kind, place);
    }

    fn add_word(&mut self, pack: PackId, kind: &'a ItemKind, place: Place) {
        match kind {
            ItemKind::Enum(decl) => {
                let info = self.enum_info(pack, decl, place);
                self.enums.push(info);
            }
            ItemKind::Set(decl) => self.sets.push(SetInfo {
                name: &decl.name.text,
                pack,
                decls: vec![(decl, place)],
                of: None,
                versions: Vec::new(),
            }),
            ItemKind::Fact(decl) => self.facts.push(FactInfo {
                decl,
                pack,
                place,
                ty: None,
                presumed: None,
            }),
            ItemKind::Event(decl) => self.events.push(ir::Event {
                name: decl.name.text.clone(),
                pack,
                ask: text_or_empty(decl.ask.as_ref()),
                place,
            }),
            ItemKind::Norm(decl) => self.families.push(FamilyInfo {
                decl,
                pack,
                place,
                of: None,
                norms: Vec::new(),
            }),
            _ => {}
        }
    }

    fn enum_info(&self, pack: PackId, decl: &'a ast::EnumDecl, place: Place) -> EnumInfo<'a> {
        let mut index = BTreeMap::new();
        let mut members = Vec::new();
        for member in &decl.members {
            let name = member.name.text.as_str();
            if index.contains_key(name) {
                let message = format!("`{}` has `{name}` twice", decl.name.text);
                let first = decl.members.iter().find(|m| m.name.text == name);
                let at = self.place(pack, member.name.span);
                let problem = FileDiagnostic::error(codes::DUPLICATE, at, message);
                self.error(match first {
                    Some(first) => problem
                        .label("the second one")
                        .also(self.place(pack, first.name.span), "the first one"),
                    None => problem,
                });
                continue;
            }
            index.insert(name, id(members.len()));
            members.push(ir::Member {
                name: name.to_string(),
                label: match &member.label {
                    Some(label) => text(label),
                    None => ir::Text {
                        en: name.to_string(),
                        fr: name.to_string(),
                    },
                },
            });
        }
        if members.len() > ENUM_MEMBERS_MAX {
            let message = format!(
                "`{}` has {} members, the limit is {ENUM_MEMBERS_MAX}",
                decl.name.text,
                members.len()
            );
            self.error(FileDiagnostic::error(
                codes::TOO_MANY_MEMBERS,
                place,
                message,
            ));
            members.truncate(ENUM_MEMBERS_MAX);
        }
        EnumInfo {
            ir: ir::Enum {
                name: decl.name.text.clone(),
                pack,
                members,
                place,
            },
            territory: decl.territory,
            index,
        }
    }

    /// Puts the versions in the order of their rules.
    fn order_versions(&mut self) {
        self.versions.sort_by_key(|version| version.rule);
        for (index, version) in self.versions.iter().enumerate() {
            self.rules[version.rule.index()]
                .versions
                .push(VersionId(id(index)));
        }
    }

    /// A declared name has no slash and is not too long.
    fn plain(&self, pack: PackId, name: &Name) {
        let place = self.place(pack, name.span);
        if name.text.contains('/') {
            let message = format!("`{}` cannot be declared with a pack", name.text);
            self.error(
                FileDiagnostic::error(codes::QUALIFIED_DECLARATION, place, message)
                    .label("expected a name without a slash")
                    .help("what a file declares belongs to its own pack"),
            );
        }
        if name.text.len() > NAME_BYTES_MAX {
            let message = format!(
                "this name has {} bytes, the limit is {NAME_BYTES_MAX}",
                name.text.len()
            );
            self.error(FileDiagnostic::error(codes::LIMIT, place, message));
        }
    }

    /// Reports a name that its pack declares twice.
    pub(super) fn duplicate(&self, pack: PackId, name: &Name, kind: &str, first: Place) {
        let message = format!("`{}` is {kind} of this pack already", name.text);
        self.error(
            FileDiagnostic::error(codes::DUPLICATE, self.place(pack, name.span), message)
                .label("the second declaration")
                .also(first, "the first one"),
        );
    }

    /// The case is a tree of facts and events: where `order.received` is, `order` cannot be.
    fn find_prefixes(&self, vocabulary: &Vocabulary<'a>) {
        let in_case = |symbol: &Symbol| matches!(symbol, Symbol::Fact(_) | Symbol::Event(_));
        for (name, (_, symbol, place)) in vocabulary {
            if !in_case(symbol) || name.len() > NAME_BYTES_MAX {
                continue;
            }
            let shorter = name
                .match_indices('.')
                .filter_map(|(dot, _)| name.get(..dot))
                .find_map(|prefix| Some((prefix, vocabulary.get(prefix)?)));
            let Some((prefix, (_, other, declared))) = shorter else {
                continue;
            };
            if in_case(other) {
                let message = format!("`{name}` and `{prefix}` cannot both be in a case");
                let problem = FileDiagnostic::error(codes::DOTTED_PREFIX, *place, message)
                    .label(format!("`{prefix}` would have to hold this"))
                    .also(*declared, format!("`{prefix}` is {} itself", other.kind()))
                    .help(format!(
                        "rename `{prefix}`, for example to `{prefix}.given`"
                    ));
                self.error(problem);
            }
        }
    }

    fn tables_fit(&self) -> bool {
        let tables = [
            ("packs", self.packs.len()),
            ("enumerations", self.enums.len()),
            ("sets", self.sets.len()),
            ("facts", self.facts.len()),
            ("events", self.events.len()),
            ("calendars", self.calendars.len()),
            ("norms", self.families.len()),
            ("rules", self.rules.len()),
            ("versions of rules", self.versions.len()),
        ];
        let mut fit = true;
        for (what, count) in tables {
            if count > TABLE_MAX {
                fit = false;
                let message = format!("the link has {count} {what}, the limit is {TABLE_MAX}");
                self.too_large(message);
            }
        }
        fit
    }

    /// Reports a limit of the whole link, at its first pack.
    pub(super) fn too_large(&self, message: String) {
        if let Some(first) = self.packs.first() {
            let place = Place {
                file: first.file,
                span: first.ast.pack.name.span,
            };
            self.error(FileDiagnostic::error(codes::LIMIT, place, message));
        }
    }
}
