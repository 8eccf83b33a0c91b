//! Files to a link: every declaration numbered in the order of the answer (LANGUAGE.md §3).
//!
//! Nothing of the case is used here, so that a link serves many cases.

use super::counting::{self, Calendar, Counting, Zones};
use super::truth::{Key, Keys};
use super::walk;
use exequatur::syntax::ast::*;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// A pack of the link.
pub struct Pack<'a> {
    /// Its name.
    pub name: &'a str,
    /// What was written.
    pub file: &'a File,
    /// The zone of its law date and its conditions: its own, that of its calendar, or UTC.
    pub zone: TimeZone,
    /// Where the zone of its periods comes from.
    pub zones: Zones,
    /// §3: not annulled.
    pub evaluated: bool,
    /// §3: its effects decide.
    pub decides: bool,
    /// Its `judged by` event.
    pub judged_by: Option<usize>,
    /// §5: the pack, one of its rules or one of the sets it reads is dated.
    pub dated: bool,
}

/// A norm: for a family, one member of it.
pub struct Norm<'a> {
    /// As in an answer: `disclose of traffic`.
    pub name: String,
    /// Its member, in a family.
    pub member: Option<&'a str>,
    /// The declaration.
    pub decl: &'a NormDecl,
    /// The pack that declares it.
    pub pack: usize,
    /// The conditions of the `protected` clauses that speak of it.
    pub guards: Vec<&'a Cond>,
    /// The event that performs it.
    pub done: Option<usize>,
    /// The event that breaks it.
    pub broken: Option<usize>,
    /// Rules that may have an effect on it, in order.
    pub rules: Vec<usize>,
}

/// One version of a rule.
pub struct Rule<'a> {
    /// As in an answer: `eu.tco/removal`.
    pub name: String,
    /// Its pack.
    pub pack: usize,
    /// The declaration.
    pub decl: &'a RuleDecl,
    /// The zone of its conditions: as the pack's, but what the rule says comes first.
    pub zone: TimeZone,
    /// How its windows are counted.
    pub counting: Counting,
    /// The versions of its base.
    pub base: Vec<usize>,
    /// The versions of all rules that it targets: its base and those that it overrides (§9).
    pub targets: Vec<usize>,
}

/// Packs that are judged together.
pub struct Link<'a> {
    /// In the order of their names.
    pub packs: Vec<Pack<'a>>,
    /// All facts.
    pub facts: Vec<&'a FactDecl>,
    /// All events.
    pub events: Vec<&'a EventDecl>,
    /// All sets, each with its versions.
    pub sets: Vec<Vec<&'a SetDecl>>,
    /// All calendars, in the order of the files; then those that a fact may choose and nobody declares.
    pub calendars: Vec<Calendar<'a>>,
    /// All norms.
    pub norms: Vec<Norm<'a>>,
    /// All rules.
    pub rules: Vec<Rule<'a>>,
    /// The members of the territory; none, if the link has no territory.
    pub territory: Vec<&'a str>,
    enums: HashMap<&'a str, Vec<&'a str>>,
    keys: HashMap<&'a str, Key>,
    defines: HashMap<(usize, &'a str), &'a Cond>,
    pack_ids: HashMap<&'a str, usize>,
    /// Of each pack: itself, and those that it uses.
    scopes: Vec<Vec<usize>>,
}

/// A shared name without the pack before its slash: such names are unique in a link.
pub fn bare(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, n)| n)
}

impl<'a> Link<'a> {
    /// Numbers everything. `adopt` names the packs that the host adopts.
    pub fn new(files: &'a [File], adopt: &[String]) -> Link<'a> {
        let mut files: Vec<&File> = files.iter().collect();
        files.sort_by(|a, b| a.pack.name.text.cmp(&b.pack.name.text));
        let mut link = Link {
            packs: Vec::new(),
            facts: Vec::new(),
            events: Vec::new(),
            sets: Vec::new(),
            calendars: Vec::new(),
            norms: Vec::new(),
            rules: Vec::new(),
            territory: Vec::new(),
            enums: HashMap::new(),
            keys: HashMap::new(),
            defines: HashMap::new(),
            pack_ids: HashMap::new(),
            scopes: Vec::new(),
        };
        for (p, file) in files.iter().enumerate() {
            link.pack_ids.insert(&file.pack.name.text, p);
            for item in &file.items {
                link.declare(p, &item.kind);
            }
        }
        for (p, file) in files.iter().enumerate() {
            link.add_pack(p, file, adopt);
        }
        for (p, file) in files.iter().enumerate() {
            for item in &file.items {
                match &item.kind {
                    ItemKind::Norm(n) => link.add_norm(p, n),
                    ItemKind::Rule(r) => link.add_rule(p, r),
                    _ => {}
                }
            }
        }
        link.put_versions_together();
        link.resolve_targets();
        link.find_rules_of_norms();
        for p in 0..link.packs.len() {
            link.packs[p].dated = link.is_dated(p);
        }
        link
    }

    fn declare(&mut self, pack: usize, kind: &'a ItemKind) {
        match kind {
            ItemKind::Enum(e) => {
                let members: Vec<&str> = e.members.iter().map(|m| m.name.text.as_str()).collect();
                if e.territory {
                    self.territory = members.clone();
                }
                self.enums.insert(&e.name.text, members);
            }
            ItemKind::Set(s) => match self.keys.get(s.name.text.as_str()) {
                Some(Key::Set(i)) => self.sets[*i].push(s),
                _ => {
                    self.keys.insert(&s.name.text, Key::Set(self.sets.len()));
                    self.sets.push(vec![s]);
                }
            },
            ItemKind::Fact(f) => {
                self.keys.insert(&f.name.text, Key::Fact(self.facts.len()));
                self.facts.push(f);
            }
            ItemKind::Event(e) => {
                self.keys
                    .insert(&e.name.text, Key::Event(self.events.len()));
                self.events.push(e);
            }
            ItemKind::Calendar(c) => self.calendars.push(Calendar::declared(pack, c)),
            ItemKind::Define(d) => {
                self.defines.insert((pack, &d.name.text), &d.when);
            }
            _ => {}
        }
    }

    /// §3: which packs are evaluated, and which decide.
    fn add_pack(&mut self, p: usize, file: &'a File, adopt: &[String]) {
        let header = &file.pack;
        let status = header.status.as_ref().map_or("", |s| s.text.as_str());
        let adopted = adopt.contains(&header.name.text);
        let uses = file.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Use(used) => Some(self.pack_ids[used.text.as_str()]),
            _ => None,
        });
        self.scopes.push([p].into_iter().chain(uses).collect());
        let zones = counting::zones(self, p, &header.counting);
        self.packs.push(Pack {
            name: &header.name.text,
            file,
            zone: zones.fixed(self),
            zones,
            evaluated: status != "annulled",
            decides: match status {
                "announced" | "voluntary" => adopted,
                "annulled" => false,
                _ => true,
            },
            judged_by: header.judged_by.as_ref().map(|e| self.event(&e.text)),
            dated: false,
        });
    }

    fn add_norm(&mut self, pack: usize, decl: &'a NormDecl) {
        let members: Vec<Option<&'a str>> = match &decl.family {
            None => vec![None],
            Some(e) => self.members(&e.text).iter().map(|m| Some(*m)).collect(),
        };
        for member in members {
            let guards = decl.protected.iter();
            let guards = guards.filter(|g| self.speaks_of(g.of.as_ref(), member));
            let norm = Norm {
                name: match member {
                    None => decl.name.text.clone(),
                    Some(m) => format!("{} of {m}", decl.name.text),
                },
                member,
                decl,
                pack,
                guards: guards.map(|g| &g.by).collect(),
                done: decl.done_at.as_ref().map(|e| self.event(&e.text)),
                broken: decl.broken_at.as_ref().map(|e| self.event(&e.text)),
                rules: Vec::new(),
            };
            self.norms.push(norm);
        }
    }

    fn add_rule(&mut self, pack: usize, decl: &'a RuleDecl) {
        let counting = counting::of_rule(self, pack, &decl.counting);
        self.rules.push(Rule {
            name: format!("{}/{}", self.packs[pack].name, decl.name.text),
            pack,
            decl,
            zone: counting.zones.fixed(self),
            counting,
            base: Vec::new(),
            targets: Vec::new(),
        });
    }

    /// §3: the versions of a rule stand where its first one is written.
    fn put_versions_together(&mut self) {
        let mut first: HashMap<String, usize> = HashMap::new();
        for (r, rule) in self.rules.iter().enumerate() {
            first.entry(rule.name.clone()).or_insert(r);
        }
        self.rules.sort_by_key(|rule| first[&rule.name]);
    }

    fn resolve_targets(&mut self) {
        for r in 0..self.rules.len() {
            let Rule { pack, decl, .. } = self.rules[r];
            let base = match &decl.exception_to {
                Some(name) => self.rule_versions(pack, &name.text),
                None => Vec::new(),
            };
            let mut targets = base.clone();
            for name in &decl.overrides {
                targets.extend(self.rule_versions(pack, &name.text));
            }
            self.rules[r].base = base;
            self.rules[r].targets = targets;
        }
    }

    /// Rules that speak of a norm: by name, or by lifting all that their targets speak of (§8).
    fn find_rules_of_norms(&mut self) {
        for n in 0..self.norms.len() {
            let family = &self.norms[n].decl.name.text;
            let direct = |r: &Rule| {
                r.decl.then.iter().any(|e| match &e.target {
                    Some(t) => bare(&t.norm.text) == family.as_str(),
                    None => false,
                })
            };
            let mut speaks: Vec<bool> = self.rules.iter().map(direct).collect();
            loop {
                let before = speaks.clone();
                for (r, rule) in self.rules.iter().enumerate() {
                    let alone = rule.decl.then.iter().any(|e| e.target.is_none());
                    speaks[r] |= alone && rule.targets.iter().any(|t| before[*t]);
                }
                if before == speaks {
                    break;
                }
            }
            self.norms[n].rules = (0..speaks.len()).filter(|r| speaks[*r]).collect();
        }
    }

    fn is_dated(&self, p: usize) -> bool {
        let pack = &self.packs[p];
        let rules = self.rules.iter().filter(|r| r.pack == p);
        let mut names = Keys::new();
        walk::sets_read(self, p, &mut |key| {
            names.insert(key);
        });
        pack.file.pack.in_force.is_some()
            || rules.into_iter().any(|r| r.decl.in_force.is_some())
            || names.iter().any(|key| match key {
                Key::Set(s) => self.sets[*s].iter().any(|v| v.in_force.is_some()),
                _ => false,
            })
    }

    /// The fact, event or set of a name.
    pub fn key(&self, name: &str) -> Option<Key> {
        self.keys.get(bare(name)).copied()
    }

    /// The event of a name.
    pub fn event(&self, name: &str) -> usize {
        match self.key(name) {
            Some(Key::Event(e)) => e,
            _ => panic!("`{name}` is not an event"),
        }
    }

    /// The members of an enumeration.
    pub fn members(&self, name: &str) -> &[&'a str] {
        &self.enums[bare(name)]
    }

    /// The enumeration that a fact or set is over.
    pub fn universe(&self, name: &str) -> &[&'a str] {
        match self.key(name) {
            Some(Key::Set(s)) => self.members(&self.sets[s][0].of.text),
            Some(Key::Fact(f)) => match &self.facts[f].ty {
                Type::Enum(e) | Type::SetOf(e) => self.members(&e.text),
                _ => panic!("`{name}` has no enumeration"),
            },
            _ => panic!("`{name}` is neither a fact nor a set"),
        }
    }

    /// The name of a key, as in an answer.
    pub fn name_of(&self, key: Key) -> &'a str {
        match key {
            Key::Fact(f) => &self.facts[f].name.text,
            Key::Event(e) => &self.events[e].name.text,
            Key::Set(s) => &self.sets[s][0].name.text,
            Key::Calendar(c) => self.calendars[c].name,
        }
    }

    /// §3: a name of a pack is looked up in the pack itself, then in those that it uses.
    pub fn scopes(&self, pack: usize, name: &str) -> Vec<usize> {
        match name.rsplit_once('/') {
            Some((prefix, _)) => vec![self.pack_ids[prefix]],
            None => self.scopes[pack].clone(),
        }
    }

    /// The definition of a name, with the pack in which it stands.
    pub fn define(&self, pack: usize, name: &str) -> Option<(usize, &'a Cond)> {
        let mut scopes = self.scopes(pack, name).into_iter();
        scopes.find_map(|p| Some((p, *self.defines.get(&(p, bare(name)))?)))
    }

    /// All versions of the rule of a name.
    pub fn rule_versions(&self, pack: usize, name: &str) -> Vec<usize> {
        for p in self.scopes(pack, name) {
            let versions = self.rules.iter().enumerate();
            let versions = versions.filter(|(_, r)| r.pack == p && r.decl.name.text == bare(name));
            let versions: Vec<usize> = versions.map(|(i, _)| i).collect();
            if !versions.is_empty() {
                return versions;
            }
        }
        panic!("`{name}` is not a rule");
    }

    /// Does an `of` that names members or a constant set speak of a member? All do, without one.
    pub fn speaks_of(&self, of: Option<&TargetOf>, member: Option<&str>) -> bool {
        let Some(member) = member else { return true };
        match of {
            None => true,
            Some(TargetOf::Members(names)) => names.iter().any(|n| n.text == member),
            Some(TargetOf::Name(name)) => match self.key(&name.text) {
                Some(Key::Set(s)) => self.sets[s][0].members.iter().any(|m| m.text == member),
                _ => name.text == member,
            },
        }
    }
}
