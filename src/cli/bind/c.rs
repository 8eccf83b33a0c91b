//! The vocabulary as a header for C: C99, usable from C++11.
//!
//! Invariant: every identifier begins with the prefix, so that none is a keyword and none meets the host's own. Members
//! of each enumeration have a type of their own, so that a compiler warns where one is taken for another's.

use super::Language;
use super::names::{Names, ascii};
use super::text::{about, c_literal, fill, hash_rows, wrapped};
use super::vocabulary::{Fact, Ty, Vocabulary};
use crate::json::hex;

/// What every binding has, behind its prefix.
const FIXED: &[&str] = &[
    "check",
    "load",
    "load_file",
    "unknown",
    "unset",
    "happened",
    "not_happened",
    "unknown_event",
    "unset_event",
    "allows",
    "allows_in",
    "brief",
    "find_rule",
    "fact",
    "event",
    "norm",
    "pack",
    "set",
];

/// Where identifiers of C must differ: everywhere.
const FILE: &str = "file";

// In the texts below `P_` stands for the prefix, and a word in capitals between two `@` for what is put in its place.

const HEAD: &str = "\
/* The vocabulary of a pack for C, written by `exq bind`. Do not edit: write it anew when the vocabulary changes.
 *
 * packs:  @PACKS@
 * schema: @SCHEMA@
 *
 * Load the pack with P_load_file or P_load, or call P_check on it: ids are positions, and a pack in
 * which they moved is refused with EXQ_E_SCHEMA. Rules are bound by name, so that they may change under this file. */
#ifndef @GUARD@
#define @GUARD@

#include <exequatur.h>
#include <string.h>

/* Refuses a pack of another vocabulary: EXQ_E_SCHEMA. */
static inline exq_status P_check(const exq_pack *pack, exq_error **error)
{
    static const exq_digest expected = {{
        @HASH@
    }};
    return exq_pack_expect_schema(pack, &expected, error);
}

/* As exq_pack_load; a pack of another vocabulary is refused and freed. */
static inline exq_status P_load(const uint8_t *bytes, size_t len, exq_pack **out, exq_error **error)
{
    exq_pack *pack = NULL;
    exq_status status = exq_pack_load(bytes, len, out == NULL ? NULL : &pack, error);
    if (status == EXQ_OK) status = P_check(pack, error);
    if (status == EXQ_OK) *out = pack;
    else exq_pack_free(pack);
    return status;
}

/* As exq_pack_load_file; a pack of another vocabulary is refused and freed. */
static inline exq_status P_load_file(const char *path, size_t path_len, exq_pack **out, exq_error **error)
{
    exq_pack *pack = NULL;
    exq_status status = exq_pack_load_file(path, path_len, out == NULL ? NULL : &pack, error);
    if (status == EXQ_OK) status = P_check(pack, error);
    if (status == EXQ_OK) *out = pack;
    else exq_pack_free(pack);
    return status;
}
";

const FIND_RULE: &str = "
/* The id that a rule has in a pack: EXQ_E_NAME if it is no longer there. */
static inline exq_status P_find_rule(const exq_pack *pack, const char *name, uint32_t *rule,
    exq_error **error)
{
    return exq_pack_find(pack, EXQ_KIND_RULE, name, name == NULL ? 0 : strlen(name), rule, error);
}
";

const FACTS: &str = "
static inline exq_status P_unknown(exq_case *the_case, P_fact fact, exq_error **error)
{
    return exq_case_set_unknown(the_case, (uint32_t)fact, error);
}

static inline exq_status P_unset(exq_case *the_case, P_fact fact, exq_error **error)
{
    return exq_case_unset(the_case, (uint32_t)fact, error);
}
";

const EVENTS: &str = "
/* When an event happened or will; microseconds of UTC. */
static inline exq_status P_happened(exq_case *the_case, P_event event, int64_t at, exq_error **error)
{
    return exq_case_set_event(the_case, (uint32_t)event, at, error);
}

static inline exq_status P_not_happened(exq_case *the_case, P_event event, exq_error **error)
{
    return exq_case_set_not_happened(the_case, (uint32_t)event, error);
}

static inline exq_status P_unknown_event(exq_case *the_case, P_event event, exq_error **error)
{
    return exq_case_set_event_unknown(the_case, (uint32_t)event, error);
}

static inline exq_status P_unset_event(exq_case *the_case, P_event event, exq_error **error)
{
    return exq_case_unset_event(the_case, (uint32_t)event, error);
}
";

const PUT: &str = "
static inline exq_status @HELPER@(exq_case *the_case, uint32_t fact, const @TYPE@ *members,
    size_t count, exq_error **error)
{
    uint32_t ids[256] = {0};
    size_t i;
    for (i = 0; members != NULL && i < count && i < 256; i++) ids[i] = (uint32_t)members[i];
    return exq_case_set_members(the_case, fact, members == NULL ? NULL : ids, count, error);
}
";

const SETTER: &str = "
/* @ABOUT@ */
static inline exq_status @SETTER@(exq_case *the_case, @ARGUMENTS@,
    exq_error **error)
{
    return @CALL@;
}
";

const NORMS: &str = "
/* Whether a norm is permitted or due everywhere. `*allowed` is 0 whatever goes wrong. */
static inline exq_status P_allows(const exq_decision *decision, P_norm norm, int32_t *allowed,
    exq_error **error)
{
    return exq_decision_allows(decision, (uint32_t)norm, EXQ_NONE, allowed, error);
}
";

const BRIEFS: &str = "
static inline exq_status P_brief(const exq_decision *decision, P_norm norm, exq_brief *out,
    exq_error **error)
{
    return exq_decision_brief(decision, (uint32_t)norm, out, error);
}
";

const PLACES: &str = "
/* The same in one place. */
static inline exq_status P_allows_in(const exq_decision *decision, P_norm norm, @PLACE@ place,
    int32_t *allowed, exq_error **error)
{
    return exq_decision_allows(decision, (uint32_t)norm, (uint32_t)place, allowed, error);
}
";

/// Writes the header.
pub(super) fn write(vocabulary: &Vocabulary<'_>, prefix: &str) -> Result<String, String> {
    let mut names = Names::new(Language::C);
    let fixed: Vec<String> = FIXED
        .iter()
        .map(|word| format!("{prefix}_{word}"))
        .collect();
    names.fixed(FILE, fixed.iter().map(String::as_str));
    let mut writer = Writer {
        vocabulary,
        prefix,
        names,
        types: Vec::new(),
        out: String::new(),
    };
    writer.file()?;
    Ok(writer.out)
}

struct Writer<'v> {
    vocabulary: &'v Vocabulary<'v>,
    prefix: &'v str,
    names: Names,
    /// The type of each enumeration.
    types: Vec<String>,
    out: String,
}

impl Writer<'_> {
    /// Writes one of the texts above.
    fn text(&mut self, text: &str, values: &[(&str, &str)]) {
        let text = text.replace("P_", &format!("{}_", self.prefix));
        fill(&mut self.out, &text, values);
    }

    fn take(&mut self, identifier: &str, what: String) -> Result<String, String> {
        let identifier = format!("{}_{identifier}", self.prefix);
        self.names.take(FILE, &identifier, what)
    }

    fn ty(&self, enumeration: usize) -> &str {
        self.types.get(enumeration).map_or("", String::as_str)
    }

    fn file(&mut self) -> Result<(), String> {
        let guard = format!("{}_BINDING_H", self.prefix.to_ascii_uppercase());
        let packs = wrapped(&self.vocabulary.packs.join(", "), " *         ");
        let schema = hex(&self.vocabulary.hash);
        let hash = hash_rows(&self.vocabulary.hash).join(",\n        ");
        let values = [
            ("GUARD", guard.as_str()),
            ("PACKS", &packs),
            ("SCHEMA", &schema),
            ("HASH", &hash),
        ];
        self.text(HEAD, &values);
        self.enumerations()?;
        self.ids()?;
        self.rules()?;
        if !self.vocabulary.facts.is_empty() {
            self.text(FACTS, &[]);
        }
        if !self.vocabulary.events.is_empty() {
            self.text(EVENTS, &[]);
        }
        self.setters()?;
        if !self.vocabulary.norms.is_empty() {
            self.text(NORMS, &[]);
            if let Some(territory) = self.vocabulary.territory {
                let place = self.ty(territory).to_string();
                self.text(PLACES, &[("PLACE", &place)]);
            }
            self.text(BRIEFS, &[]);
        }
        self.text("\n#endif\n", &[]);
        Ok(())
    }

    fn enumerations(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        for enumeration in &vocabulary.enums {
            let name = ascii(enumeration.name);
            let ty = self.take(&name, format!("enumeration `{}`", enumeration.name))?;
            let of = format!(" of `{}`", enumeration.name);
            self.enumeration(&ty, &name, ("member", &of), &enumeration.members)?;
            self.types.push(ty);
        }
        Ok(())
    }

    /// The ids of facts, events, norms, packs and sets.
    fn ids(&mut self) -> Result<(), String> {
        for (kind, names) in self.vocabulary.kinds() {
            let ty = format!("{}_{kind}", self.prefix);
            self.enumeration(&ty, kind, (kind, ""), &names)?;
        }
        Ok(())
    }

    /// An enumeration, its members behind `head`; what has none is left out, as C has no empty one.
    fn enumeration(
        &mut self,
        ty: &str,
        head: &str,
        (kind, of): (&str, &str),
        names: &[&str],
    ) -> Result<(), String> {
        let mut rows = Vec::new();
        for (id, name) in names.iter().enumerate() {
            let identifier = format!("{head}_{}", ascii(name));
            let constant = self.take(&identifier, format!("{kind} `{name}`{of}"))?;
            rows.push(format!("    {constant} = {id}"));
        }
        if !rows.is_empty() {
            let rows = rows.join(",\n");
            self.out
                .push_str(&format!("\ntypedef enum {ty} {{\n{rows}\n}} {ty};\n"));
        }
        Ok(())
    }

    fn rules(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        self.out.push('\n');
        for name in &vocabulary.rules {
            let constant = self.take(&format!("rule_{}", ascii(name)), format!("rule `{name}`"))?;
            let literal = c_literal(name);
            self.out
                .push_str(&format!("#define {constant} {literal}\n"));
        }
        self.text(FIND_RULE, &[]);
        Ok(())
    }

    fn setters(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        let mut helpers = vec![String::new(); vocabulary.enums.len()];
        for (id, enumeration) in vocabulary.enums.iter().enumerate() {
            if !vocabulary.is_in_sets(id) {
                continue;
            }
            let what = format!("what puts sets of `{}`", enumeration.name);
            let helper = self.take(&format!("put_{}", ascii(enumeration.name)), what)?;
            let ty = self.ty(id).to_string();
            self.text(PUT, &[("HELPER", &helper), ("TYPE", &ty)]);
            if let Some(slot) = helpers.get_mut(id) {
                *slot = helper;
            }
        }
        for (id, fact) in vocabulary.facts.iter().enumerate() {
            let what = format!("the setter of fact `{}`", fact.name);
            let setter = self.take(&format!("set_{}", ascii(fact.name)), what)?;
            let (more, arguments, call) = self.setter(id, fact, &helpers);
            let about = wrapped(&about(fact.name, &more, fact.about), " * ");
            let values = [
                ("ABOUT", about.as_str()),
                ("SETTER", &setter),
                ("ARGUMENTS", &arguments),
                ("CALL", &call),
            ];
            self.text(SETTER, &values);
        }
        Ok(())
    }

    /// What a setter says of its values, what it takes, and what it calls.
    fn setter(&self, id: usize, fact: &Fact<'_>, helpers: &[String]) -> (String, String, String) {
        let call =
            |set: &str, values: &str| format!("exq_case_{set}(the_case, {id}u, {values}, error)");
        let (more, arguments, call) = match fact.ty {
            Ty::Bool => ("", "int32_t value".to_string(), call("set_bool", "value")),
            Ty::Member(of) => {
                let arguments = format!("{} value", self.ty(of));
                ("", arguments, call("set_member", "(uint32_t)value"))
            }
            Ty::Set(of) => {
                let helper = helpers.get(of).map_or("", String::as_str);
                let arguments = format!("const {} *members, size_t count", self.ty(of));
                (
                    "",
                    arguments,
                    format!("{helper}(the_case, {id}u, members, count, error)"),
                )
            }
            Ty::Int(least, most) => {
                let more = format!(" ({least} to {most})");
                return (more, "int64_t value".to_string(), call("set_int", "value"));
            }
            Ty::Money => (
                " (minor units, and the letters of the currency)",
                "int64_t minor, const char *currency".to_string(),
                call(
                    "set_money",
                    "minor, currency, currency == NULL ? 0 : strlen(currency)",
                ),
            ),
            Ty::Instant => (
                " (microseconds of UTC)",
                "int64_t at".to_string(),
                call("set_instant", "at"),
            ),
        };
        (more.to_string(), arguments, call)
    }
}
