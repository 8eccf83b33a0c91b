//! The vocabulary that the changes draw on: which members, calendars, regimes and zones there are to put for others.
//!
//! Names are looked up without their pack. Shared words are unique in a link, so that this finds the right one; should
//! it not, the mutant is refused by the compiler, and no harm is done.

use std::collections::{BTreeMap, BTreeSet};

use crate::syntax::ast::{CalendarRef, Counting, File, ItemKind, Name, Type};

/// What the files declare.
#[derive(Debug)]
pub(super) struct Words {
    members: BTreeMap<String, Vec<String>>,
    /// The enumeration of a fact, set or family of norms.
    enum_of: BTreeMap<String, String>,
    territory: Option<String>,
    calendars: Vec<String>,
    zones: Vec<String>,
}

/// A name without its pack.
fn bare(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

impl Words {
    pub(super) fn new(files: &[File]) -> Words {
        let mut words = Words {
            members: BTreeMap::new(),
            enum_of: BTreeMap::new(),
            territory: None,
            calendars: Vec::new(),
            zones: Vec::new(),
        };
        let (mut calendars, mut zones) = (BTreeSet::new(), BTreeSet::from(["UTC".to_string()]));
        for file in files {
            let mut counted = |counting: &Counting| {
                if let Some(zone) = &counting.zone {
                    zones.insert(zone.en.clone());
                }
                if let Some(CalendarRef::Named(name)) = &counting.calendar {
                    calendars.insert(name.text.clone());
                }
            };
            counted(&file.pack.counting);
            for item in &file.items {
                if let ItemKind::Rule(rule) = &item.kind {
                    counted(&rule.counting);
                }
                words.declare(&item.kind);
            }
        }
        words.calendars = calendars.into_iter().collect();
        words.zones = zones.into_iter().collect();
        words
    }

    fn declare(&mut self, item: &ItemKind) {
        let mut of = |name: &Name, of: &Name| {
            let of = bare(&of.text).to_string();
            self.enum_of.insert(name.text.clone(), of);
        };
        match item {
            ItemKind::Enum(decl) => {
                let members = decl.members.iter().map(|member| member.name.text.clone());
                let name = decl.name.text.clone();
                if decl.territory {
                    self.territory = Some(name.clone());
                }
                self.members.insert(name, members.collect());
            }
            ItemKind::Set(decl) => of(&decl.name, &decl.of),
            ItemKind::Fact(decl) => {
                if let Type::Enum(name) | Type::SetOf(name) = &decl.ty {
                    of(&decl.name, name);
                }
            }
            ItemKind::Norm(decl) => {
                if let Some(family) = &decl.family {
                    of(&decl.name, family);
                }
            }
            _ => {}
        }
    }

    /// The enumeration whose members a fact, set or family has.
    pub(super) fn enum_of(&self, name: &str) -> Option<&str> {
        self.enum_of.get(bare(name)).map(String::as_str)
    }

    /// The enumeration that is the territory.
    pub(super) fn territory(&self) -> Option<&str> {
        self.territory.as_deref()
    }

    /// The next member of an enumeration after one of it, round to the first, that is none of `but`.
    pub(super) fn neighbour(&self, of: Option<&str>, member: &str, but: &[Name]) -> Option<String> {
        let members = self.members.get(bare(of?))?;
        let at = members.iter().position(|known| known == bare(member))?;
        let mut round = members.iter().cycle().skip(at + 1).take(members.len());
        round
            .find(|known| *known != bare(member) && but.iter().all(|but| bare(&but.text) != *known))
            .cloned()
    }

    /// Another calendar that some pack or rule of the link chooses: the next in the order of names.
    pub(super) fn other_calendar(&self, name: Option<&str>) -> Option<&str> {
        other(&self.calendars, name)
    }

    /// Another zone that some pack or rule of the link names, or `UTC`.
    pub(super) fn other_zone(&self, name: &str) -> Option<&str> {
        other(&self.zones, Some(name))
    }
}

fn other<'w>(sorted: &'w [String], name: Option<&str>) -> Option<&'w str> {
    let differs = |known: &&String| name != Some(known.as_str());
    let after = |known: &&String| name.is_none_or(|name| known.as_str() > name);
    let mut known = sorted.iter().filter(differs);
    let first = known.clone().next();
    known.find(after).or(first).map(String::as_str)
}
