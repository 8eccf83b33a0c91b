//! The vocabulary as a header for C: C99, usable from C++11.
//!
//! Invariant: every identifier begins with the prefix, so that none is a keyword and none meets the host's own. Members
//! of each enumeration have a type of their own, so that a compiler warns where one is taken for another's.

use std::fmt::Write as _;

use super::Language;
use super::names::{Names, ascii, c_literal, comment};
use super::vocabulary::{Ty, Vocabulary};
use crate::json::hex;

/// What every binding has, behind its prefix.
const FIXED: &str = "check load load_file unknown unset happened not_happened unknown_event unset_event allows allows_in \
    brief find_rule fact event norm pack set";

/// Where identifiers of C must differ: everywhere.
const FILE: &str = "file";

struct Writer<'v> {
    vocabulary: &'v Vocabulary<'v>,
    prefix: &'v str,
    names: Names,
    /// The type of each enumeration.
    types: Vec<String>,
    out: String,
}

/// Writes the header.
pub(super) fn write(vocabulary: &Vocabulary<'_>, prefix: &str) -> Result<String, String> {
    let mut names = Names::new(Language::C);
    let fixed: Vec<String> = FIXED
        .split_whitespace()
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

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        // `P_` stands for the prefix in what is written here, and in nothing that comes from rules.
        self.out
            .push_str(&text.replace("P_", &format!("{}_", self.prefix)));
    }

    fn take(&mut self, identifier: &str, what: String) -> Result<String, String> {
        let identifier = format!("{}_{identifier}", self.prefix);
        self.names.take(FILE, &identifier, what)
    }

    fn file(&mut self) -> Result<(), String> {
        let guard = format!("{}_BINDING_H", self.prefix.to_ascii_uppercase());
        let packs = self.vocabulary.packs.join(", ");
        writeln!(
            self.out,
            "/* The vocabulary of a pack for C, written by `exq bind`. Do not edit: write it anew when the vocabulary changes.\n \
             *\n \
             * packs:  {}\n \
             * schema: {}\n \
             *\n \
             * Load the pack with {}_load_file or {}_load, or call {}_check on it: ids are positions, and a pack in which they\n \
             * moved is refused with EXQ_E_SCHEMA. Rules are bound by name, so that rules may change under this file. */\n\
             #ifndef {guard}\n#define {guard}\n\n#include <exequatur.h>\n#include <string.h>\n",
            comment(&packs),
            hex(&self.vocabulary.hash),
            self.prefix,
            self.prefix,
            self.prefix,
        )
        .unwrap_or_default();
        self.check();
        self.enumerations()?;
        self.ids()?;
        self.rules()?;
        self.cases();
        self.setters()?;
        self.decisions();
        self.text("#endif\n");
        Ok(())
    }

    /// The hash, and what refuses another pack.
    fn check(&mut self) {
        let bytes: Vec<String> = self
            .vocabulary
            .hash
            .iter()
            .map(|byte| format!("0x{byte:02x}"))
            .collect();
        let rows: Vec<String> = bytes.chunks(16).map(|row| row.join(", ")).collect();
        self.text(&format!(
            "/* Refuses a pack of another vocabulary: EXQ_E_SCHEMA. */\n\
             static inline exq_status P_check(const exq_pack *pack, exq_error **error)\n{{\n    \
                 static const exq_digest expected = {{{{\n        {}\n    }}}};\n    \
                 return exq_pack_expect_schema(pack, &expected, error);\n}}\n\n",
            rows.join(",\n        ")
        ));
        for (name, arguments, values) in [
            ("load", "const uint8_t *bytes, size_t len", "bytes, len"),
            (
                "load_file",
                "const char *path, size_t path_len",
                "path, path_len",
            ),
        ] {
            self.text(&format!(
                "/* As exq_pack_{name}; a pack of another vocabulary is refused and freed. */\n\
                 static inline exq_status P_{name}({arguments}, exq_pack **out, exq_error **error)\n{{\n    \
                     exq_pack *pack = NULL;\n    \
                     exq_status status = exq_pack_{name}({values}, out == NULL ? NULL : &pack, error);\n    \
                     if (status == EXQ_OK) status = P_check(pack, error);\n    \
                     if (status == EXQ_OK) *out = pack;\n    \
                     else exq_pack_free(pack);\n    \
                     return status;\n}}\n\n"
            ));
        }
    }

    fn enumerations(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        for enumeration in &vocabulary.enums {
            let name = ascii(enumeration.name);
            let ty = self.take(&name, format!("enumeration `{}`", enumeration.name))?;
            let mut rows = Vec::new();
            for (id, member) in enumeration.members.iter().enumerate() {
                let what = format!("member `{member}` of `{}`", enumeration.name);
                let constant = self.take(&format!("{name}_{}", ascii(member)), what)?;
                rows.push(format!("    {constant} = {id}"));
            }
            self.enumeration(&ty, &rows);
            self.types.push(ty);
        }
        Ok(())
    }

    fn enumeration(&mut self, ty: &str, rows: &[String]) {
        if !rows.is_empty() {
            let rows = rows.join(",\n");
            writeln!(self.out, "typedef enum {ty} {{\n{rows}\n}} {ty};\n").unwrap_or_default();
        }
    }

    /// The ids of facts, events, norms, packs and sets.
    fn ids(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        let facts = vocabulary
            .facts
            .iter()
            .map(|fact| fact.name)
            .collect::<Vec<_>>();
        let events = vocabulary
            .events
            .iter()
            .map(|event| event.name.as_str())
            .collect::<Vec<_>>();
        let norms = vocabulary
            .norms
            .iter()
            .map(|norm| norm.name.as_str())
            .collect::<Vec<_>>();
        for (kind, names) in [
            ("fact", &facts),
            ("event", &events),
            ("norm", &norms),
            ("pack", &vocabulary.packs),
            ("set", &vocabulary.sets),
        ] {
            let mut rows = Vec::new();
            for (id, name) in names.iter().enumerate() {
                let what = format!("{kind} `{name}`");
                let constant = self.take(&format!("{kind}_{}", ascii(name)), what)?;
                rows.push(format!("    {constant} = {id}"));
            }
            self.enumeration(&format!("{}_{kind}", self.prefix), &rows);
        }
        Ok(())
    }

    fn rules(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        for name in &vocabulary.rules {
            let constant = self.take(&format!("rule_{}", ascii(name)), format!("rule `{name}`"))?;
            writeln!(self.out, "#define {constant} {}", c_literal(name)).unwrap_or_default();
        }
        self.text(
            "\n/* The id that a rule has in a pack: EXQ_E_NAME if it is no longer there. */\n\
             static inline exq_status P_find_rule(const exq_pack *pack, const char *name, uint32_t *rule, exq_error **error)\n\
             {\n    return exq_pack_find(pack, EXQ_KIND_RULE, name, name == NULL ? 0 : strlen(name), rule, error);\n}\n\n",
        );
        Ok(())
    }

    /// What can be said of every fact and of every event.
    fn cases(&mut self) {
        let facts = [("unknown", "set_unknown"), ("unset", "unset")];
        let events = [
            ("not_happened", "set_not_happened"),
            ("unknown_event", "set_event_unknown"),
            ("unset_event", "unset_event"),
        ];
        if !self.vocabulary.facts.is_empty() {
            for (name, call) in facts {
                self.one_of("fact", name, call);
            }
        }
        if !self.vocabulary.events.is_empty() {
            self.text(
                "static inline exq_status P_happened(exq_case *the_case, P_event event, int64_t at, exq_error **error)\n{\n    \
                     return exq_case_set_event(the_case, (uint32_t)event, at, error);\n}\n\n",
            );
            for (name, call) in events {
                self.one_of("event", name, call);
            }
        }
    }

    fn one_of(&mut self, kind: &str, name: &str, call: &str) {
        self.text(&format!(
            "static inline exq_status P_{name}(exq_case *the_case, P_{kind} {kind}, exq_error **error)\n{{\n    \
                 return exq_case_{call}(the_case, (uint32_t){kind}, error);\n}}\n\n"
        ));
    }

    fn setters(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        for of in vocabulary.in_sets() {
            let (Some(ty), Some(enumeration)) =
                (self.types.get(of).cloned(), vocabulary.enums.get(of))
            else {
                continue;
            };
            let what = format!("the helper for sets of `{}`", enumeration.name);
            let helper = self.take(&format!("put_{}", ascii(enumeration.name)), what)?;
            writeln!(
                self.out,
                "static inline exq_status {helper}(exq_case *the_case, uint32_t fact, const {ty} *members,\n    \
                     size_t count, exq_error **error)\n{{\n    \
                     uint32_t ids[256];\n    size_t i;\n    \
                     for (i = 0; members != NULL && i < count && i < 256; i++) ids[i] = (uint32_t)members[i];\n    \
                     return exq_case_set_members(the_case, fact, members == NULL ? NULL : ids, count, error);\n}}\n"
            )
            .unwrap_or_default();
        }
        for (id, fact) in vocabulary.facts.iter().enumerate() {
            let setter = self.take(
                &format!("set_{}", ascii(fact.name)),
                format!("the setter of fact `{}`", fact.name),
            )?;
            let ty = |of: usize| self.types.get(of).map_or("", String::as_str);
            let (more, arguments, call) = match fact.ty {
                Ty::Bool => (
                    "",
                    "int32_t value".to_string(),
                    format!("exq_case_set_bool(the_case, {id}u, value, error)"),
                ),
                Ty::Member(of) => (
                    "",
                    format!("{} value", ty(of)),
                    format!("exq_case_set_member(the_case, {id}u, (uint32_t)value, error)"),
                ),
                Ty::Set(of) => {
                    let name = vocabulary
                        .enums
                        .get(of)
                        .map_or(String::new(), |found| ascii(found.name));
                    (
                        "",
                        format!("const {} *members, size_t count", ty(of)),
                        format!(
                            "{}_put_{name}(the_case, {id}u, members, count, error)",
                            self.prefix
                        ),
                    )
                }
                Ty::Int(..) => (
                    "",
                    "int64_t value".to_string(),
                    format!("exq_case_set_int(the_case, {id}u, value, error)"),
                ),
                Ty::Money => (
                    "; minor units, and the three letters of the currency",
                    "int64_t minor, const char *currency".to_string(),
                    format!(
                        "exq_case_set_money(the_case, {id}u, minor, currency, currency == NULL ? 0 : strlen(currency),\n        error)"
                    ),
                ),
                Ty::Instant => (
                    "; microseconds of UTC",
                    "int64_t at".to_string(),
                    format!("exq_case_set_instant(the_case, {id}u, at, error)"),
                ),
            };
            let range = match fact.ty {
                Ty::Int(least, most) => format!("; {least} to {most}"),
                _ => String::new(),
            };
            let about = comment(fact.about);
            let about = if about.is_empty() {
                about
            } else {
                format!(": {about}")
            };
            writeln!(
                self.out,
                "/* {}{about}{more}{range} */\n\
                 static inline exq_status {setter}(exq_case *the_case, {arguments}, exq_error **error)\n{{\n    \
                     return {call};\n}}\n",
                comment(fact.name)
            )
            .unwrap_or_default();
        }
        Ok(())
    }

    /// What can be asked of every norm.
    fn decisions(&mut self) {
        if self.vocabulary.norms.is_empty() {
            return;
        }
        self.text(
            "/* Whether a norm is permitted or due everywhere. `*allowed` is 0 whatever goes wrong. */\n\
             static inline exq_status P_allows(const exq_decision *decision, P_norm norm, int32_t *allowed, exq_error **error)\n\
             {\n    return exq_decision_allows(decision, (uint32_t)norm, EXQ_NONE, allowed, error);\n}\n\n",
        );
        if let Some(place) = self
            .vocabulary
            .territory
            .and_then(|of| self.types.get(of).cloned())
        {
            self.text("/* The same in one place. */\n");
            let prefix = self.prefix;
            writeln!(
                self.out,
                "static inline exq_status {prefix}_allows_in(const exq_decision *decision, {prefix}_norm norm, {place} place,\n    \
                     int32_t *allowed, exq_error **error)\n{{\n    \
                     return exq_decision_allows(decision, (uint32_t)norm, (uint32_t)place, allowed, error);\n}}\n"
            )
            .unwrap_or_default();
        }
        self.text(
            "static inline exq_status P_brief(const exq_decision *decision, P_norm norm, exq_brief *out, exq_error **error)\n{\n    \
                 return exq_decision_brief(decision, (uint32_t)norm, out, error);\n}\n\n",
        );
    }
}
