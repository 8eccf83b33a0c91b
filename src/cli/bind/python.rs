//! The vocabulary as a Python module over the package `exequatur`.
//!
//! Invariant: the module speaks names, as the package does, and guards them by the schema hash: a member of another
//! enumeration is refused by a type checker, a name that is gone by the attribute that is not there.

use super::Language;
use super::names::{Names, ascii};
use super::text::{about, fill, plain, wrapped};
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
    "os",
    "Enum",
    "AbstractSet",
    "Final",
    "Literal",
    "Optional",
    "Union",
];

/// The module, as the scope of names.
const MODULE: &str = "module";

// In the texts below, a word in capitals between two `@` stands for what is put in its place.

const HEAD: &str = r#""""The vocabulary of a pack for Python, written by `exq bind`. Do not edit: write it anew when it changes.

packs:  @PACKS@
schema: @SCHEMA@

Load the pack with `load`: one with another vocabulary is refused with `exequatur.SchemaError`. Rules are bound by name,
so that they may change under this file.
"""

from __future__ import annotations

import os
from datetime import datetime
from enum import Enum
from typing import AbstractSet, Final, Literal, Optional, Union

import exequatur

SCHEMA: Final = "@SCHEMA@"
"""The hash of the vocabulary."""


def load(path: Union[str, os.PathLike[str]]) -> exequatur.Pack:
    """Reads a pack file; a pack of another vocabulary is refused."""
    return exequatur.Pack.load(path, schema=SCHEMA)


def check(pack: exequatur.Pack) -> None:
    """Refuses a pack of another vocabulary."""
    pack.expect_schema(SCHEMA)
"#;

const CLASS: &str = r#"

class @CLASS@:
    """@ABOUT@"""
"#;

const CASE: &str = r#"

class TypedCase:
    """A case whose facts and events can be set by their own types only; `case` is what `Pack.decide` takes.

    `None` says that a fact or an event is unknown, `False` of an event that it has not happened.
    """

    def __init__(self, pack: exequatur.Pack) -> None:
        check(pack)
        self.case: Final = pack.case()

    def unset(self, name: str) -> None:
        """Says nothing any more of a fact or event."""
        self.case.unset(name)
"#;

const SETTER: &str = r#"
    def @SETTER@(self, value: @TYPE@) -> None:
        """@ABOUT@"""
        self.case.set("@NAME@", @VALUE@)
"#;

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
    writer.file()?;
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
    fn file(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        let packs = wrapped(&vocabulary.packs.join(", "), "        ");
        let schema = hex(&vocabulary.hash);
        fill(
            &mut self.out,
            HEAD,
            &[("PACKS", &packs), ("SCHEMA", &schema)],
        );
        for enumeration in &vocabulary.enums {
            let what = format!("enumeration `{}`", enumeration.name);
            let class = self.names.take(MODULE, &ascii(enumeration.name), what)?;
            let of = format!(" of `{}`", enumeration.name);
            let about = plain(enumeration.name);
            let head = format!("{class}(Enum)");
            self.class(&head, &about, ("member", &of), &enumeration.members, "")?;
            self.types.push(class);
        }
        for (kind, names) in vocabulary.kinds() {
            let (class, about) = match kind {
                "fact" => ("Fact", "The names of facts."),
                "event" => ("Event", "The names of events."),
                "norm" => ("Norm", "The names of norms, for `Decision.allows`."),
                "pack" => (
                    "SourcePack",
                    "The names of the packs that were linked, for `adopt`.",
                ),
                _ => ("NamedSet", "The names of sets."),
            };
            self.class(class, about, (kind, ""), &names, ": Final")?;
        }
        let rules: Vec<&str> = vocabulary.rules.iter().map(String::as_str).collect();
        let about = "The names of rules. They are not in the schema: a pack may lack one.";
        self.class("Rule", about, ("rule", ""), &rules, ": Final")?;
        self.out.push_str(CASE);
        self.setters()
    }

    /// A class of constants, each the name that it stands for.
    fn class(
        &mut self,
        head: &str,
        about: &str,
        (kind, of): (&str, &str),
        names: &[&str],
        annotation: &str,
    ) -> Result<(), String> {
        fill(&mut self.out, CLASS, &[("CLASS", head), ("ABOUT", about)]);
        for (id, name) in names.iter().enumerate() {
            let what = format!("{kind} `{name}`{of}");
            let constant = self.names.take(head, &ascii(name), what)?;
            let blank = if id == 0 { "\n" } else { "" };
            let line = format!("{blank}    {constant}{annotation} = \"{name}\"\n");
            self.out.push_str(&line);
        }
        Ok(())
    }

    fn setters(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        for fact in &vocabulary.facts {
            let of = |of: usize| self.types.get(of).map_or("", String::as_str);
            let (ty, value, range) = match fact.ty {
                Ty::Bool => ("bool".to_string(), "value", String::new()),
                Ty::Member(id) => (
                    of(id).to_string(),
                    "None if value is None else value.value",
                    String::new(),
                ),
                Ty::Set(id) => (
                    format!("AbstractSet[{}]", of(id)),
                    "None if value is None else {one.value for one in value}",
                    String::new(),
                ),
                Ty::Int(least, most) => {
                    ("int".to_string(), "value", format!(" ({least} to {most})"))
                }
                Ty::Money => ("exequatur.Money".to_string(), "value", String::new()),
                Ty::Instant => ("datetime".to_string(), "value", String::new()),
            };
            let about = about(fact.name, &range, fact.about);
            self.setter("fact", fact.name, &format!("Optional[{ty}]"), value, &about)?;
        }
        for event in &vocabulary.events {
            let ty = "Union[datetime, Literal[False], None]";
            let about = about(event.name, "", event.about);
            self.setter("event", event.name, ty, "value", &about)?;
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
    ) -> Result<(), String> {
        let what = format!("the setter of {kind} `{name}`");
        let setter = format!("set_{}", ascii(name));
        let setter = self.names.take("TypedCase", &setter, what)?;
        let about = wrapped(about, "        ");
        let values = [
            ("SETTER", setter.as_str()),
            ("TYPE", ty),
            ("ABOUT", &about),
            ("NAME", name),
            ("VALUE", value),
        ];
        fill(&mut self.out, SETTER, &values);
        Ok(())
    }
}
