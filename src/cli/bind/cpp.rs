//! The vocabulary as a header for C++11, over `exequatur.hpp`.
//!
//! Invariant: each enumeration, and the ids of facts, events and norms, are types of their own; a setter takes the type of
//! its fact and no other, so that a member of another enumeration, or a number for a truth, does not compile.

use std::fmt::Write as _;

use super::Language;
use super::names::{Names, ascii, c_literal, comment};
use super::vocabulary::{Fact, Ty, Vocabulary};
use crate::json::hex;

/// What every binding has in its namespace.
const FIXED: &[&str] = &[
    "check",
    "load",
    "load_file",
    "typed_case",
    "allows",
    "brief",
    "fact",
    "event",
    "norm",
    "pack",
    "set",
    "rule",
    "exequatur",
];

/// The namespace, as the scope of names.
const NAMESPACE: &str = "namespace";

struct Writer<'v> {
    vocabulary: &'v Vocabulary<'v>,
    names: Names,
    /// The type of each enumeration.
    types: Vec<String>,
    out: String,
}

/// Writes the header.
pub(super) fn write(vocabulary: &Vocabulary<'_>, prefix: &str) -> Result<String, String> {
    let mut names = Names::new(Language::Cpp);
    names.fixed(NAMESPACE, FIXED.iter().copied());
    let mut writer = Writer {
        vocabulary,
        names,
        types: Vec::new(),
        out: String::new(),
    };
    writer.file(prefix)?;
    Ok(writer.out)
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn file(&mut self, prefix: &str) -> Result<(), String> {
        let guard = format!("{}_BINDING_HPP", prefix.to_ascii_uppercase());
        let packs = comment(&self.vocabulary.packs.join(", "));
        let schema = hex(&self.vocabulary.hash);
        self.line(&format!(
            "/* The vocabulary of a pack for C++11, written by `exq bind`. Do not edit: write it anew when it changes.\n \
             *\n \
             * packs:  {packs}\n \
             * schema: {schema}\n \
             *\n \
             * Load the pack with {prefix}::load_file or {prefix}::load: ids are positions, and a pack in which they moved is\n \
             * refused (code::schema). Rules are bound by name, so that rules may change under this file. */\n\
             #ifndef {guard}\n#define {guard}\n\n\
             #include <exequatur.hpp>\n\n\
             #include <cstddef>\n#include <cstdint>\n#include <type_traits>\n#include <vector>\n\n\
             namespace {prefix} {{\n"
        ));
        self.check();
        self.enumerations()?;
        self.ids()?;
        self.rules()?;
        self.case()?;
        self.decisions();
        self.line(&format!("}}  // namespace {prefix}\n\n#endif  // {guard}"));
        Ok(())
    }

    fn check(&mut self) {
        let bytes: Vec<String> = self
            .vocabulary
            .hash
            .iter()
            .map(|byte| format!("0x{byte:02x}"))
            .collect();
        let rows: Vec<String> = bytes.chunks(16).map(|row| row.join(", ")).collect();
        let rows = rows.join(",\n      ");
        self.line(&format!(
            "/* Refuses a pack of another vocabulary. */\n\
             EXEQUATUR_NODISCARD inline exequatur::result<void> check(const exequatur::pack& pack) {{\n  \
               const exq_digest expected = {{{{\n      {rows}\n  }}}};\n  \
               return pack.expect_schema(expected);\n}}\n"
        ));
        for (name, arguments, values) in [
            (
                "load",
                "const std::uint8_t* bytes, std::size_t size",
                "bytes, size",
            ),
            ("load_file", "exequatur::string_view path", "path"),
        ] {
            self.line(&format!(
                "/* As exequatur::pack::{name}; a pack of another vocabulary is refused. */\n\
                 inline exequatur::result<exequatur::pack> {name}({arguments}) {{\n  \
                   exequatur::result<exequatur::pack> loaded = exequatur::pack::{name}({values});\n  \
                   if (!loaded) return loaded;\n  \
                   const exequatur::result<void> same = check(loaded.value());\n  \
                   if (!same) return same.error();\n  \
                   return loaded;\n}}\n"
            ));
        }
    }

    fn enumerations(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        for enumeration in &vocabulary.enums {
            let what = format!("enumeration `{}`", enumeration.name);
            let ty = self.names.take(NAMESPACE, &ascii(enumeration.name), what)?;
            let what = format!("of `{}`", enumeration.name);
            self.enumeration(&ty, "member", &what, &enumeration.members)?;
            self.types.push(ty);
        }
        Ok(())
    }

    /// A scoped enumeration: each member with its id.
    fn enumeration(
        &mut self,
        ty: &str,
        kind: &str,
        of: &str,
        members: &[&str],
    ) -> Result<(), String> {
        let mut rows = Vec::new();
        for (id, member) in members.iter().enumerate() {
            let what = format!("{kind} `{member}` {of}");
            let constant = self
                .names
                .take(ty, &ascii(member), what.trim_end().to_string())?;
            rows.push(format!("  {constant} = {id}"));
        }
        let rows = rows.join(",\n");
        self.line(&format!(
            "enum class {ty} : std::uint32_t {{\n{rows}\n}};\n"
        ));
        Ok(())
    }

    fn ids(&mut self) -> Result<(), String> {
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
        for (kind, names) in [
            ("fact", &facts),
            ("event", &events),
            ("norm", &norms),
            ("pack", &vocabulary.packs),
            ("set", &vocabulary.sets),
        ] {
            self.enumeration(kind, kind, "", names)?;
        }
        Ok(())
    }

    fn rules(&mut self) -> Result<(), String> {
        self.line("/* Rules by name: look them up with pack.find(exequatur::kind::rule, ...). */\nnamespace rule {");
        let vocabulary = self.vocabulary;
        for name in &vocabulary.rules {
            let constant = self
                .names
                .take("rule", &ascii(name), format!("rule `{name}`"))?;
            self.line(&format!(
                "constexpr char {constant}[] = {};",
                c_literal(name)
            ));
        }
        self.line("}  // namespace rule\n");
        Ok(())
    }

    fn case(&mut self) -> Result<(), String> {
        self.line(
            "/* A case whose facts can be set by their own types only. Give it to exequatur::decision::decide as it is. */\n\
             class typed_case {\n \
             public:\n  \
               static exequatur::result<typed_case> make(const exequatur::pack& pack) {\n    \
                 const exequatur::result<void> same = check(pack);\n    \
                 if (!same) return same.error();\n    \
                 exequatur::result<exequatur::case_file> made = exequatur::case_file::make(pack);\n    \
                 if (!made) return made.error();\n    \
                 typed_case typed;\n    \
                 typed.case_ = std::move(made.value());\n    \
                 return typed;\n  }\n  \
               operator const exequatur::case_file&() const noexcept { return case_; }\n  \
               exequatur::case_file& untyped() noexcept { return case_; }\n",
        );
        for (method, arguments, call) in [
            (
                "unknown",
                "fact one",
                "set(id(one), exequatur::value::unknown())",
            ),
            ("unset", "fact one", "unset(id(one))"),
            (
                "happened",
                "event one, const exequatur::instant& at",
                "set_event(id(one), at)",
            ),
            (
                "not_happened",
                "event one",
                "set_event(id(one), exequatur::value::not_happened())",
            ),
            (
                "unknown",
                "event one",
                "set_event(id(one), exequatur::value::unknown())",
            ),
            ("unset", "event one", "unset_event(id(one))"),
        ] {
            self.line(&format!(
                "  EXEQUATUR_NODISCARD exequatur::result<void> {method}({arguments}) {{\n    return case_.{call};\n  }}"
            ));
        }
        let vocabulary = self.vocabulary;
        for (id, fact) in vocabulary.facts.iter().enumerate() {
            let what = format!("the setter of fact `{}`", fact.name);
            let setter =
                self.names
                    .take("typed_case", &format!("set_{}", ascii(fact.name)), what)?;
            self.setter(&setter, id, fact);
        }
        self.line(
            "\n private:\n  \
             template <class One>\n  \
             static std::uint32_t id(One one) noexcept {\n    return static_cast<std::uint32_t>(one);\n  }\n  \
             template <class Member>\n  \
             exequatur::result<void> put(std::uint32_t fact, const std::vector<Member>& members) {\n    \
               exq_value raw = exq_value();\n    \
               raw.type = EXQ_TYPE_SET;\n    \
               for (Member one : members) {\n      \
                 /* No enumeration has as many members: it is refused as what it is. */\n      \
                 if (id(one) > 255) return case_.set(fact, exequatur::member(id(one)));\n      \
                 raw.members[id(one) / 64] |= std::uint64_t(1) << (id(one) % 64);\n    \
               }\n    \
               return case_.set(fact, exequatur::value(raw));\n  \
             }\n  \
             exequatur::case_file case_;\n};\n",
        );
        Ok(())
    }

    fn setter(&mut self, setter: &str, id: usize, fact: &Fact<'_>) {
        let ty = |of: usize| self.types.get(of).map_or("", String::as_str);
        let (guard, arguments, call) = match fact.ty {
            Ty::Bool => (
                "std::is_same<T, bool>::value",
                "T value".to_string(),
                "set(ID, value)",
            ),
            Ty::Int(..) => (
                "std::is_integral<T>::value && !std::is_same<T, bool>::value",
                "T value".to_string(),
                "set(ID, value)",
            ),
            Ty::Member(of) => (
                "",
                format!("{} value", ty(of)),
                "set(ID, exequatur::member(id(value)))",
            ),
            Ty::Set(of) => ("", format!("const std::vector<{}>& members", ty(of)), "put"),
            Ty::Money => (
                "",
                "const exequatur::money& amount".to_string(),
                "set(ID, amount)",
            ),
            Ty::Instant => (
                "",
                "const exequatur::instant& at".to_string(),
                "set(ID, at)",
            ),
        };
        let call = match call {
            "put" => format!("put({id}u, members)"),
            call => format!("case_.{}", call.replace("ID", &format!("{id}u"))),
        };
        let range = match fact.ty {
            Ty::Int(least, most) => format!(" ({least} to {most})"),
            _ => String::new(),
        };
        let about = comment(fact.about);
        let about = if about.is_empty() {
            about
        } else {
            format!(": {about}")
        };
        writeln!(self.out, "  /* {}{range}{about} */", comment(fact.name)).unwrap_or_default();
        if !guard.is_empty() {
            writeln!(
                self.out,
                "  template <class T, typename std::enable_if<{guard}, int>::type = 0>"
            )
            .unwrap_or_default();
        }
        writeln!(
            self.out,
            "  EXEQUATUR_NODISCARD exequatur::result<void> {setter}({arguments}) {{\n    return {call};\n  }}"
        )
        .unwrap_or_default();
    }

    fn decisions(&mut self) {
        self.line(
            "/* Whether a norm is permitted or due everywhere: false where that is not certain, and on every error. */\n\
             inline bool allows(const exequatur::decision& decision, norm one) noexcept {\n  \
               return decision.allows(static_cast<std::uint32_t>(one));\n}",
        );
        let place = self
            .vocabulary
            .territory
            .and_then(|of| self.types.get(of).cloned());
        if let Some(place) = place {
            self.line(&format!(
                "/* The same in one place. */\n\
                 inline bool allows(const exequatur::decision& decision, norm one, {place} place) noexcept {{\n  \
                   return decision.allows(static_cast<std::uint32_t>(one), static_cast<std::uint32_t>(place));\n}}"
            ));
        }
        self.line(
            "inline exequatur::result<exequatur::brief> brief(const exequatur::decision& decision, norm one) {\n  \
               return decision.brief(static_cast<std::uint32_t>(one));\n}\n",
        );
    }
}
