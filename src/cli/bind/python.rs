//! The vocabulary as a Python module over the package `exequatur`.
//!
//! Invariant: the module speaks names, as the package does, and guards them by the schema hash: a member that another
//! enumeration has is refused by a type checker, a name that is gone by the import or the attribute.

use std::fmt::Write as _;

use super::Language;
use super::names::{Names, ascii, comment};
use super::vocabulary::{Ty, Vocabulary};
use crate::json::hex;

/// What every module has.
const FIXED: &[&str] = &[
    "SCHEMA",
    "load",
    "check",
    "TypedCase",
    "Fact",
    "Event",
    "Norm",
    "Rule",
    "SourcePack",
    "NamedSet",
    "exequatur",
    "annotations",
    "datetime",
    "Enum",
    "AbstractSet",
    "Final",
    "Literal",
    "Optional",
    "Union",
    "os",
];

/// The module, as the scope of names.
const MODULE: &str = "module";

/// Writes the module.
pub(super) fn write(vocabulary: &Vocabulary<'_>) -> Result<String, String> {
    let mut names = Names::new(Language::Python);
    names.fixed(MODULE, FIXED.iter().copied());
    let mut writer = Writer {
        vocabulary,
        names,
        types: Vec::new(),
        out: String::new(),
    };
    writer.head();
    writer.enumerations()?;
    writer.constants()?;
    writer.case()?;
    Ok(writer.out)
}

struct Writer<'v> {
    vocabulary: &'v Vocabulary<'v>,
    names: Names,
    /// The class of each enumeration.
    types: Vec<String>,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn head(&mut self) {
        let packs = comment(&self.vocabulary.packs.join(", "));
        let schema = hex(&self.vocabulary.hash);
        self.line(&format!(
            r#""""The vocabulary of a pack for Python, written by `exq bind`. Do not edit: write it anew when it changes.

packs:  {packs}
schema: {schema}

Load the pack with `load`: one with another vocabulary is refused with `exequatur.SchemaError`.
"""

from __future__ import annotations

import os
from datetime import datetime
from enum import Enum
from typing import AbstractSet, Final, Literal, Optional, Union

import exequatur

SCHEMA: Final = "{schema}"
"""The hash of the vocabulary: rules may change under it, names and types may not."""


def load(path: Union[str, os.PathLike[str]]) -> exequatur.Pack:
    """Reads a pack file; a pack of another vocabulary is refused."""
    return exequatur.Pack.load(path, schema=SCHEMA)


def check(pack: exequatur.Pack) -> None:
    """Refuses a pack of another vocabulary."""
    pack.expect_schema(SCHEMA)
"#
        ));
    }

    fn enumerations(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        for enumeration in &vocabulary.enums {
            let what = format!("enumeration `{}`", enumeration.name);
            let class = self.names.take(MODULE, &ascii(enumeration.name), what)?;
            self.line(&format!(
                "\nclass {class}(Enum):\n    \"\"\"{}\"\"\"\n",
                comment(enumeration.name)
            ));
            for member in &enumeration.members {
                let what = format!("member `{member}` of `{}`", enumeration.name);
                let constant = self.names.take(&class, &ascii(member), what)?;
                self.line(&format!("    {constant} = \"{member}\""));
            }
            self.line("");
            self.types.push(class);
        }
        Ok(())
    }

    fn constants(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        let facts: Vec<&str> = vocabulary.facts.iter().map(|fact| fact.name).collect();
        let events: Vec<&str> = vocabulary
            .events
            .iter()
            .map(|event| event.name.as_str())
            .collect();
        let norms: Vec<&str> = vocabulary
            .norms
            .iter()
            .map(|norm| norm.name.as_str())
            .collect();
        let rules: Vec<&str> = vocabulary.rules.iter().map(String::as_str).collect();
        for (class, kind, about, names) in [
            ("Fact", "fact", "The names of facts", &facts),
            ("Event", "event", "The names of events", &events),
            (
                "Norm",
                "norm",
                "The names of norms, for `Decision.allows` and `Decision.brief`",
                &norms,
            ),
            (
                "Rule",
                "rule",
                "The names of rules; a pack may lack one: they are not in the schema",
                &rules,
            ),
            (
                "SourcePack",
                "pack",
                "The names of the packs that were linked, for `adopt`",
                &vocabulary.packs,
            ),
            ("NamedSet", "set", "The names of sets", &vocabulary.sets),
        ] {
            self.line(&format!("\nclass {class}:\n    \"\"\"{about}.\"\"\"\n"));
            for name in names {
                let constant = self
                    .names
                    .take(class, &ascii(name), format!("{kind} `{name}`"))?;
                self.line(&format!("    {constant}: Final = \"{name}\""));
            }
            self.line("");
        }
        Ok(())
    }

    fn case(&mut self) -> Result<(), String> {
        self.line(
            r#"
class TypedCase:
    """A case whose facts can be set by their own types only; `case` is what `Pack.decide` takes.

    `None` says that a fact or event is unknown, `False` of an event that it has not happened.
    """

    def __init__(self, pack: exequatur.Pack) -> None:
        check(pack)
        self.case: Final = pack.case()

    def unset(self, name: str) -> None:
        """Says nothing any more of a fact or event."""
        self.case.unset(name)
"#,
        );
        let vocabulary = self.vocabulary;
        for fact in &vocabulary.facts {
            let ty = |of: usize| self.types.get(of).map_or("", String::as_str);
            let (ty, value, range) = match fact.ty {
                Ty::Bool => ("bool".to_string(), "value", String::new()),
                Ty::Member(of) => (
                    ty(of).to_string(),
                    "None if value is None else value.value",
                    String::new(),
                ),
                Ty::Set(of) => (
                    format!("AbstractSet[{}]", ty(of)),
                    "None if value is None else {one.value for one in value}",
                    String::new(),
                ),
                Ty::Int(least, most) => {
                    ("int".to_string(), "value", format!(" ({least} to {most})"))
                }
                Ty::Money => ("exequatur.Money".to_string(), "value", String::new()),
                Ty::Instant => ("datetime".to_string(), "value", String::new()),
            };
            self.setter(
                "fact",
                fact.name,
                &format!("Optional[{ty}]"),
                value,
                fact.about,
                &range,
            )?;
        }
        for event in &vocabulary.events {
            let ty = "Union[datetime, Literal[False], None]";
            self.setter("event", &event.name, ty, "value", event.about, "")?;
        }
        Ok(())
    }

    fn setter(
        &mut self,
        kind: &str,
        name: &str,
        ty: &str,
        value: &str,
        about: &str,
        range: &str,
    ) -> Result<(), String> {
        let what = format!("the setter of {kind} `{name}`");
        let setter = self
            .names
            .take("TypedCase", &format!("set_{}", ascii(name)), what)?;
        let about = comment(about);
        let about = if about.is_empty() {
            about
        } else {
            format!(": {about}")
        };
        writeln!(
            self.out,
            "    def {setter}(self, value: {ty}) -> None:\n        \
                 \"\"\"{}{range}{about}\"\"\"\n        self.case.set(\"{name}\", {value})\n",
            comment(name)
        )
        .unwrap_or_default();
        Ok(())
    }
}
