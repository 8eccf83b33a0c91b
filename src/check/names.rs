//! A name as written, to what it stands for in the pack that writes it.
//!
//! A name is looked up in its own pack, then in the packs that it uses; `PACK/name` says which. Invariant: a name
//! that stands for nothing, for several things or for the wrong kind of thing is reported here, once in a file, and
//! gives `None`.

use std::collections::BTreeMap;

use super::codes;
use super::ir::Place;
use super::link::{FamilyId, Link, PackInfo, Symbol};
use super::report::FileDiagnostic;
use crate::model::{CalendarId, EnumId, EventId, FactId, PackId, RuleId, SetId};
use crate::syntax::ast::{Name, Span};

/// What a place in the source wants a name to stand for.
pub(super) struct Wanted {
    /// In words: `a fact`.
    pub(super) words: &'static str,
    /// Which symbols will do.
    pub(super) accepts: fn(Symbol) -> bool,
}

const ENUM: Wanted = Wanted {
    words: "an enumeration",
    accepts: |s| matches!(s, Symbol::Enum(_)),
};
const FACT: Wanted = Wanted {
    words: "a fact",
    accepts: |s| matches!(s, Symbol::Fact(_)),
};
const EVENT: Wanted = Wanted {
    words: "an event",
    accepts: |s| matches!(s, Symbol::Event(_)),
};
const NORM: Wanted = Wanted {
    words: "a norm",
    accepts: |s| matches!(s, Symbol::Norm(_)),
};
/// What may stand in a set expression.
pub(super) const SET_OR_FACT: Wanted = Wanted {
    words: "a named set or a set fact",
    accepts: |s| matches!(s, Symbol::Set(_) | Symbol::Fact(_)),
};
/// What a case gives, what anchors and comparisons read.
pub(super) const FACT_OR_EVENT: Wanted = Wanted {
    words: "a fact or an event",
    accepts: |s| matches!(s, Symbol::Fact(_) | Symbol::Event(_)),
};
/// What may stand alone as a condition.
pub(super) const BOOLEAN: Wanted = Wanted {
    words: "a boolean fact or a definition",
    accepts: |s| matches!(s, Symbol::Fact(_) | Symbol::Define(_)),
};

impl Symbol {
    /// Its kind, in words.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Symbol::Enum(_) => "an enumeration",
            Symbol::Set(_) => "a named set",
            Symbol::Fact(_) => "a fact",
            Symbol::Event(_) => "an event",
            Symbol::Norm(_) => "a norm",
            Symbol::Define(_) => "a definition",
        }
    }
}

impl<'a> Link<'a> {
    /// The pack with this name.
    pub(super) fn pack_named(&self, name: &str) -> Option<PackId> {
        let found = self.packs.iter().position(|pack| pack.name == name)?;
        Some(PackId(super::link::id(found)))
    }

    /// The pack that a `use` or a qualified name means.
    pub(super) fn pack_or_report(&self, from: PackId, name: &str, span: Span) -> Option<PackId> {
        let found = self.pack_named(name);
        if found.is_none() {
            let place = self.place(from, span);
            let message = format!("no pack `{name}` in this link");
            let near = self.near(name, self.packs.iter().map(|pack| pack.name));
            let problem = FileDiagnostic::error(codes::UNKNOWN_PACK, place, message)
                .label("expected the name of a pack")
                .help("give its file along with this one");
            self.error(problem.near(near));
        }
        found
    }

    /// The nearest spelling, while it is worth looking for.
    pub(super) fn near<'w>(
        &self,
        text: &str,
        words: impl Iterator<Item = &'w str>,
    ) -> Option<&'w str> {
        self.report.near(text, words)
    }

    /// Where a symbol is declared.
    pub(super) fn declared(&self, symbol: Symbol) -> Option<Place> {
        match symbol {
            Symbol::Enum(id) => Some(self.enums[id.index()].ir.place),
            Symbol::Set(id) => self.sets[id.index()].decls.first().map(|(_, place)| *place),
            Symbol::Fact(id) => Some(self.facts[id.index()].place),
            Symbol::Event(id) => Some(self.events[id.index()].place),
            Symbol::Norm(id) => Some(self.families[id.0].place),
            Symbol::Define(id) => Some(self.defines[id.0].place),
        }
    }

    /// What a name of the vocabulary stands for, if it is of a wanted kind.
    pub(super) fn symbol(&self, from: PackId, name: &Name, wanted: &Wanted) -> Option<Symbol> {
        let symbol = self.find(
            from,
            name,
            wanted.words,
            |pack| &pack.shared,
            |symbol| (wanted.accepts)(symbol),
        )?;
        if (wanted.accepts)(symbol) {
            return Some(symbol);
        }
        let mut problem = self.wrong_kind(from, name, wanted.words, symbol);
        if let (Symbol::Event(_), "a boolean fact or a definition") = (symbol, wanted.words) {
            problem = problem
                .help("ask whether it has happened")
                .fix(name.span, format!("happened {}", name.text));
        }
        self.error(problem);
        None
    }

    /// The problem of a name of another kind.
    pub(super) fn wrong_kind(
        &self,
        from: PackId,
        name: &Name,
        wanted: &str,
        symbol: Symbol,
    ) -> FileDiagnostic {
        let message = format!("expected {wanted}, `{}` is {}", name.text, symbol.kind());
        let problem =
            FileDiagnostic::error(codes::WRONG_KIND, self.place(from, name.span), message)
                .label(format!("expected {wanted}"));
        match self.declared(symbol) {
            Some(place) => problem.also(place, "declared here"),
            None => problem,
        }
    }

    /// The fact with this name.
    pub(super) fn fact(&self, from: PackId, name: &Name) -> Option<FactId> {
        match self.symbol(from, name, &FACT)? {
            Symbol::Fact(id) => Some(id),
            _ => None,
        }
    }

    /// The event with this name.
    pub(super) fn event(&self, from: PackId, name: &Name) -> Option<EventId> {
        match self.symbol(from, name, &EVENT)? {
            Symbol::Event(id) => Some(id),
            _ => None,
        }
    }

    /// The enumeration with this name.
    pub(super) fn enumeration(&self, from: PackId, name: &Name) -> Option<EnumId> {
        match self.symbol(from, name, &ENUM)? {
            Symbol::Enum(id) => Some(id),
            _ => None,
        }
    }

    /// The norm or family with this name.
    pub(super) fn family(&self, from: PackId, name: &Name) -> Option<FamilyId> {
        match self.symbol(from, name, &NORM)? {
            Symbol::Norm(id) => Some(id),
            _ => None,
        }
    }

    /// The rule with this name.
    pub(super) fn rule(&self, from: PackId, name: &Name) -> Option<RuleId> {
        self.find(from, name, "a rule", |pack| &pack.rules, |_| true)
    }

    /// The calendar with this name.
    pub(super) fn calendar_named(&self, from: PackId, name: &Name) -> Option<CalendarId> {
        self.find(from, name, "a calendar", |pack| &pack.calendars, |_| true)
    }

    /// True if a pack has a calendar of this name, or uses one that has.
    pub(super) fn sees_calendar(&self, from: PackId, name: &str) -> bool {
        let mut scope = self.scope(from).into_iter();
        scope.any(|pack| self.pack(pack).calendars.contains_key(name))
    }

    /// What a bare or qualified name stands for in one pack, without a word if it is nothing.
    pub(super) fn peek(&self, from: PackId, name: &str) -> Vec<Symbol> {
        let (scope, plain) = match name.split_once('/') {
            Some((pack, plain)) => (self.pack_named(pack).into_iter().collect(), plain),
            None => (self.scope(from), name),
        };
        scope
            .into_iter()
            .filter_map(|pack| self.pack(pack).shared.get(plain).copied())
            .collect()
    }

    fn scope(&self, from: PackId) -> Vec<PackId> {
        let mut scope = vec![from];
        scope.extend(self.pack(from).uses.iter().filter(|used| **used != from));
        scope
    }

    /// Looks a name up: in its own pack, then in those that it uses.
    fn find<T: Copy>(
        &self,
        from: PackId,
        name: &Name,
        words: &'static str,
        table: impl for<'p> Fn(&'p PackInfo<'a>) -> &'p BTreeMap<&'a str, T>,
        likely: impl Fn(T) -> bool,
    ) -> Option<T> {
        let place = self.place(from, name.span);
        let (scope, plain) = match name.text.split_once('/') {
            Some((pack, plain)) => {
                if self.pack(from).uses_unknown && self.pack_named(pack).is_none() {
                    return None;
                }
                let named = self.pack_or_report(from, pack, name.span)?;
                if !self.scope(from).contains(&named) {
                    let message = format!("pack `{pack}` is not used here");
                    let problem = FileDiagnostic::error(codes::UNKNOWN_PACK, place, message)
                        .label("its names are not available")
                        .help(format!("add `use {pack}`"));
                    self.error(problem);
                    return None;
                }
                (vec![named], plain)
            }
            None => (self.scope(from), name.text.as_str()),
        };
        if scope.first() == Some(&from)
            && let Some(own) = table(self.pack(from)).get(plain)
        {
            return Some(*own);
        }
        let found: Vec<(PackId, T)> = scope
            .iter()
            .filter_map(|pack| Some((*pack, *table(self.pack(*pack)).get(plain)?)))
            .collect();
        match found.as_slice() {
            [(_, one)] => Some(*one),
            [] => {
                self.unknown(from, name, plain, words, &scope, &table, &likely);
                None
            }
            several => {
                self.ambiguous(from, name, words, several);
                None
            }
        }
    }

    fn ambiguous<T>(&self, from: PackId, name: &Name, words: &str, found: &[(PackId, T)]) {
        let place = self.place(from, name.span);
        if self.report.repeats(&format!("?{}", name.text), place) {
            return;
        }
        let choices: Vec<String> = found
            .iter()
            .map(|(pack, _)| format!("`{}/{}`", self.pack(*pack).name, name.text))
            .collect();
        let message = format!("`{}` may be any of {}", name.text, choices.join(", "));
        let problem = FileDiagnostic::error(codes::AMBIGUOUS_NAME, place, message)
            .label(format!("expected {words} that only one pack declares"))
            .help("write the name with its pack");
        self.error(problem);
    }

    #[allow(clippy::too_many_arguments)] // What was looked for, where, and how: each is one thing.
    fn unknown<T: Copy>(
        &self,
        from: PackId,
        name: &Name,
        plain: &str,
        words: &str,
        scope: &[PackId],
        table: &impl for<'p> Fn(&'p PackInfo<'a>) -> &'p BTreeMap<&'a str, T>,
        likely: &impl Fn(T) -> bool,
    ) {
        let place = self.place(from, name.span);
        if self.pack(from).uses_unknown || self.report.repeats(&name.text, place) {
            return;
        }
        let message = format!("unknown name `{}`, expected {words}", name.text);
        let problem = FileDiagnostic::error(codes::UNKNOWN_NAME, place, message)
            .label(format!("expected {words}"));
        let elsewhere = self
            .packs
            .iter()
            .find(|pack| table(pack).get(plain).is_some_and(|found| likely(*found)));
        if let Some(pack) = elsewhere {
            self.error(problem.help(format!("pack `{0}` declares it: add `use {0}`", pack.name)));
            return;
        }
        let words = scope.iter().flat_map(|pack| {
            table(self.pack(*pack))
                .iter()
                .filter(|(_, found)| likely(**found))
                .map(|(word, _)| *word)
        });
        let near = self
            .near(plain, words)
            .map(|near| match name.text.split_once('/') {
                Some((pack, _)) => format!("{pack}/{near}"),
                None => near.to_string(),
            });
        self.error(problem.near(near.as_deref()));
    }

    /// The index of a member of an enumeration.
    pub(super) fn member(&self, from: PackId, of: EnumId, name: &Name) -> Option<u16> {
        let info = &self.enums[of.index()];
        if let Some(index) = info.index.get(name.text.as_str()) {
            return Some(*index);
        }
        let place = self.place(from, name.span);
        let key = format!("{}:{}", of.0, name.text);
        if !self.report.repeats(&key, place) {
            let near = self.near(&name.text, info.index.keys().copied());
            let message = format!("`{}` has no member `{}`", info.ir.name, name.text);
            let problem = FileDiagnostic::error(codes::UNKNOWN_MEMBER, place, message)
                .label(format!("expected a member of `{}`", info.ir.name))
                .also(info.ir.place, "its members are declared here");
            self.error(problem.near(near));
        }
        None
    }

    /// The name of an enumeration.
    pub(super) fn enum_name(&self, of: EnumId) -> &str {
        &self.enums[of.index()].ir.name
    }

    /// The set that a symbol is, with the enumeration of its members.
    pub(super) fn set_enum(&self, set: SetId) -> Option<EnumId> {
        self.sets[set.index()].of
    }
}
