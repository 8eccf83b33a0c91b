//! What two programs can be told, and what they stand on: the differences that no case has to show.
//!
//! Invariant: a name that only one of the programs has is said here, for no case can speak of it to both.

use std::collections::BTreeMap;

use super::Change;
use super::pairs::{all_norms, rule_name, territory};
use crate::model::{Outcome, PackStatus, RuleId, Verification};
use crate::pack::Program;
use crate::pack::format::{FactRow, NONE16, NONE32, NormRow};
use crate::pack::program::currency;
use crate::prove::enumeration::members;
use crate::time::instant::Display;

/// What each thing that has a name is, in words.
type Inventory = BTreeMap<(u8, &'static str, String), String>;

/// Everything of the vocabulary that differs; renamed rules are left out.
pub(super) fn changes(programs: &[Program<'_>; 2], renamed: &[[String; 2]]) -> Vec<Change> {
    let mut found = Vec::new();
    for [old, new] in renamed {
        found.push(Change {
            what: "rule",
            name: old.clone(),
            old: Some(old.clone()),
            new: Some(new.clone()),
        });
    }
    let [old, new] = [inventory(&programs[0]), inventory(&programs[1])];
    let mut keys: Vec<_> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let (_, what, name) = key;
        let is_renamed = *what == "rule" && renamed.iter().any(|pair| pair.contains(name));
        if old.get(key) != new.get(key) && !is_renamed {
            found.push(Change {
                what,
                name: name.clone(),
                old: old.get(key).cloned(),
                new: new.get(key).cloned(),
            });
        }
    }
    found
}

fn inventory(program: &Program<'_>) -> Inventory {
    let mut all = Inventory::new();
    for row in program.packs.iter() {
        let status = PackStatus::from_u8(row.status).map_or("", PackStatus::word);
        let adopted = if row.adopted == 1 { ", adopted" } else { "" };
        all.insert(
            (0, "pack", program.str(row.name).to_string()),
            format!("{}{adopted}", status.replace('_', " ")),
        );
    }
    if let Some(name) = territory(program) {
        all.insert(
            (1, "territory", name.to_string()),
            "the territory".to_string(),
        );
    }
    for (index, row) in program.enums.iter().enumerate() {
        let name = program.str(row.name);
        for member in members(program, index as u16) {
            all.insert(
                (2, "member", format!("{name}.{member}")),
                "a member".to_string(),
            );
        }
    }
    for row in program.facts.iter() {
        let name = program.str(row.name).to_string();
        all.insert((3, "fact", name), fact(program, &row));
    }
    for row in program.events.iter() {
        let name = program.str(row.name).to_string();
        all.insert((4, "event", name), "an event".to_string());
    }
    for (name, norm) in all_norms(program) {
        let row = program.norms.at(norm.index());
        all.insert((5, "norm", name), norm_words(program, &row));
    }
    for index in 0..program.rules.len() {
        let name = rule_name(program, RuleId(index as u16));
        all.insert((6, "rule", name), "a rule".to_string());
    }
    for row in program.properties.iter() {
        let text = program.str(row.text).to_string();
        all.insert((7, "property", text), "proved".to_string());
    }
    all
}

fn fact(program: &Program<'_>, row: &FactRow) -> String {
    let of = |row: &FactRow| program.str(program.enums.at(usize::from(row.of)).name);
    let mut text = match row.ty {
        0 => "bool".to_string(),
        1 => of(row).to_string(),
        2 => format!("set of {}", of(row)),
        3 => format!("int {}..={}", row.least, row.most),
        4 => "money".to_string(),
        _ => "instant".to_string(),
    };
    if row.presumed == 1 {
        let members = |row: &FactRow| members(program, row.of);
        let value = match row.ty {
            0 => (row.value != 0).to_string(),
            1 => members(row)
                .get(row.value as usize)
                .unwrap_or(&"")
                .to_string(),
            2 if row.bits == NONE32 => "{}".to_string(),
            2 => {
                let bits = program.members_of(row.bits);
                let names = (0u16..).zip(members(row));
                let inside = names.filter(|(member, _)| bits.contains(*member));
                let inside: Vec<&str> = inside.map(|(_, name)| name).collect();
                format!("{{{}}}", inside.join(", "))
            }
            4 => {
                let currency = currency(row.currency);
                let minor = row.value;
                let money = crate::model::Money { minor, currency };
                format!("{money} {}", currency.as_str())
            }
            5 => Display(row.value).to_string(),
            _ => row.value.to_string(),
        };
        text += &format!(" presumed {value}");
    }
    text
}

fn norm_words(program: &Program<'_>, row: &NormRow) -> String {
    let mut text = [row.bearer, row.action, row.object]
        .map(|word| program.str(word))
        .join(" ");
    for (word, event) in [("done", row.done), ("broken", row.broken)] {
        if event != NONE16 {
            let event = program.events.at(usize::from(event));
            text += &format!(" {word} at {}", program.str(event.name));
        }
    }
    if let Some(default) = Outcome::from_u8(row.default).filter(|one| *one != Outcome::None) {
        text += &format!(", by default {}", default.word().replace('_', " "));
    }
    if row.guard != NONE32 {
        text += ", protected";
    }
    text
}

/// Rules of both programs that cite other articles, or checked them in another way.
pub(super) fn citations(programs: &[Program<'_>; 2]) -> Vec<Change> {
    let [old, new] = [cites(&programs[0]), cites(&programs[1])];
    let both = old.into_iter().filter_map(|(name, cited)| {
        let other = new.get(&name)?;
        (cited != *other).then(|| Change {
            what: "citations",
            name,
            old: Some(cited),
            new: Some(other.clone()),
        })
    });
    both.collect()
}

fn cites(program: &Program<'_>) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for index in 0..program.rules.len() {
        let rule = RuleId(index as u16);
        let versions = program.rules.at(index).versions;
        let mut cited = Vec::new();
        for version in program.versions.range(versions.first, versions.count) {
            for row in program
                .cites
                .range(version.cites.first, version.cites.count)
            {
                let how = Verification::from_u8(row.how).map_or("", Verification::word);
                cited.push(format!("{} ({how})", program.str(row.article.en)));
            }
        }
        cited.dedup();
        all.insert(rule_name(program, rule), cited.join(", "));
    }
    all
}
