//! The vocabulary as a header for C++11, over `exequatur.hpp`.
//!
//! Invariant: each enumeration, and the ids of facts, events and norms, are types of their own; a setter takes the type of
//! its fact and no other, so that a member of another enumeration, or a number for a truth, does not compile.

use super::Language;
use super::names::{Names, ascii};
use super::text::{about, c_literal, fill, hash_rows, wrapped};
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

// In the texts below, a word in capitals between two `@` stands for what is put in its place.

const HEAD: &str = "\
/* The vocabulary of a pack for C++11, written by `exq bind`. Do not edit: write it anew when the vocabulary changes.
 *
 * packs:  @PACKS@
 * schema: @SCHEMA@
 *
 * Load the pack with load_file or load, or call check on it: ids are positions, and a pack in which they moved is refused
 * (code::schema). Rules are bound by name, so that they may change under this file. */
#ifndef @GUARD@
#define @GUARD@

#include <exequatur.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace @NAMESPACE@ {

/* Refuses a pack of another vocabulary. */
EXEQUATUR_NODISCARD inline exequatur::result<void> check(const exequatur::pack& pack) {
  const exq_digest expected = {{
      @HASH@
  }};
  return pack.expect_schema(expected);
}

/* As exequatur::pack::load; a pack of another vocabulary is refused. */
inline exequatur::result<exequatur::pack> load(const std::uint8_t* bytes, std::size_t size) {
  exequatur::result<exequatur::pack> loaded = exequatur::pack::load(bytes, size);
  if (!loaded) return loaded;
  const exequatur::result<void> same = check(loaded.value());
  if (!same) return same.error();
  return loaded;
}

/* As exequatur::pack::load_file; a pack of another vocabulary is refused. */
inline exequatur::result<exequatur::pack> load_file(exequatur::string_view path) {
  exequatur::result<exequatur::pack> loaded = exequatur::pack::load_file(path);
  if (!loaded) return loaded;
  const exequatur::result<void> same = check(loaded.value());
  if (!same) return same.error();
  return loaded;
}
";

const CASE: &str = "
/* A case whose facts can be set by their own types only. Give it to exequatur::decision::decide as it is. */
class typed_case {
 public:
  static exequatur::result<typed_case> make(const exequatur::pack& pack) {
    const exequatur::result<void> same = check(pack);
    if (!same) return same.error();
    exequatur::result<exequatur::case_file> made = exequatur::case_file::make(pack);
    if (!made) return made.error();
    typed_case typed;
    typed.case_ = std::move(made.value());
    return typed;
  }
  operator const exequatur::case_file&() const noexcept { return case_; }
  /* The case itself, to be cleared or set from JSON. */
  exequatur::case_file& untyped() noexcept { return case_; }

  EXEQUATUR_NODISCARD exequatur::result<void> unknown(fact one) {
    return case_.set(id(one), exequatur::value::unknown());
  }
  EXEQUATUR_NODISCARD exequatur::result<void> unset(fact one) { return case_.unset(id(one)); }
  EXEQUATUR_NODISCARD exequatur::result<void> happened(event one, const exequatur::instant& at) {
    return case_.set_event(id(one), at);
  }
  EXEQUATUR_NODISCARD exequatur::result<void> not_happened(event one) {
    return case_.set_event(id(one), exequatur::value::not_happened());
  }
  EXEQUATUR_NODISCARD exequatur::result<void> unknown(event one) {
    return case_.set_event(id(one), exequatur::value::unknown());
  }
  EXEQUATUR_NODISCARD exequatur::result<void> unset(event one) { return case_.unset_event(id(one)); }
";

const SETTER: &str = "
  /* @ABOUT@ */
  @TEMPLATE@EXEQUATUR_NODISCARD exequatur::result<void> @SETTER@(@ARGUMENTS@) {
    return @CALL@;
  }
";

const CASE_END: &str = "
 private:
  template <class One>
  static std::uint32_t id(One one) noexcept {
    return static_cast<std::uint32_t>(one);
  }
  template <class Member>
  exequatur::result<void> put(std::uint32_t fact, const std::vector<Member>& members) {
    exq_value raw = exq_value();
    raw.type = EXQ_TYPE_SET;
    for (Member one : members) {
      /* No enumeration has so many members: it is refused as what it is. */
      if (id(one) > 255) return case_.set(fact, exequatur::member(id(one)));
      raw.members[id(one) / 64] |= std::uint64_t(1) << (id(one) % 64);
    }
    return case_.set(fact, exequatur::value(raw));
  }
  exequatur::case_file case_;
};

/* Whether a norm is permitted or due everywhere: false where that is not certain, and on every error. */
inline bool allows(const exequatur::decision& decision, norm one) noexcept {
  return decision.allows(static_cast<std::uint32_t>(one));
}

inline exequatur::result<exequatur::brief> brief(const exequatur::decision& decision, norm one) {
  return decision.brief(static_cast<std::uint32_t>(one));
}
";

const PLACES: &str = "
/* Whether a norm is permitted or due in one place. */
inline bool allows(const exequatur::decision& decision, norm one, @PLACE@ place) noexcept {
  return decision.allows(static_cast<std::uint32_t>(one), static_cast<std::uint32_t>(place));
}
";

const END: &str = "
}  // namespace @NAMESPACE@

#endif  // @GUARD@
";

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

struct Writer<'v> {
    vocabulary: &'v Vocabulary<'v>,
    names: Names,
    /// The type of each enumeration.
    types: Vec<String>,
    out: String,
}

impl Writer<'_> {
    fn text(&mut self, text: &str, values: &[(&str, &str)]) {
        fill(&mut self.out, text, values);
    }

    fn ty(&self, enumeration: usize) -> &str {
        self.types.get(enumeration).map_or("", String::as_str)
    }

    fn file(&mut self, prefix: &str) -> Result<(), String> {
        let guard = format!("{}_BINDING_HPP", prefix.to_ascii_uppercase());
        let packs = wrapped(&self.vocabulary.packs.join(", "), " *         ");
        let schema = hex(&self.vocabulary.hash);
        let hash = hash_rows(&self.vocabulary.hash).join(",\n      ");
        let values = [
            ("GUARD", guard.as_str()),
            ("NAMESPACE", prefix),
            ("PACKS", &packs),
            ("SCHEMA", &schema),
            ("HASH", &hash),
        ];
        self.text(HEAD, &values);
        self.enumerations()?;
        for (kind, names) in self.vocabulary.kinds() {
            self.enumeration(kind, (kind, ""), &names)?;
        }
        self.rules()?;
        self.text(CASE, &[]);
        self.setters()?;
        self.text(CASE_END, &[]);
        if let Some(territory) = self.vocabulary.territory {
            let place = self.ty(territory).to_string();
            self.text(PLACES, &[("PLACE", &place)]);
        }
        self.text(END, &values);
        Ok(())
    }

    fn enumerations(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        for enumeration in &vocabulary.enums {
            let what = format!("enumeration `{}`", enumeration.name);
            let ty = self.names.take(NAMESPACE, &ascii(enumeration.name), what)?;
            let of = format!(" of `{}`", enumeration.name);
            self.enumeration(&ty, ("member", &of), &enumeration.members)?;
            self.types.push(ty);
        }
        Ok(())
    }

    /// A scoped enumeration: each name with its id.
    fn enumeration(
        &mut self,
        ty: &str,
        (kind, of): (&str, &str),
        names: &[&str],
    ) -> Result<(), String> {
        let mut rows = String::new();
        for (id, name) in names.iter().enumerate() {
            let what = format!("{kind} `{name}`{of}");
            let constant = self.names.take(ty, &ascii(name), what)?;
            let comma = if id + 1 < names.len() { "," } else { "\n" };
            rows.push_str(&format!("\n  {constant} = {id}{comma}"));
        }
        let text = format!("\nenum class {ty} : std::uint32_t {{{rows}}};\n");
        self.out.push_str(&text);
        Ok(())
    }

    fn rules(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        self.out.push_str("\n/* Rules by name; their ids: pack.find(exequatur::kind::rule, ...). */\nnamespace rule {\n");
        for name in &vocabulary.rules {
            let what = format!("rule `{name}`");
            let constant = self.names.take("rule", &ascii(name), what)?;
            let literal = c_literal(name);
            self.out
                .push_str(&format!("constexpr char {constant}[] = {literal};\n"));
        }
        self.out.push_str("}  // namespace rule\n");
        Ok(())
    }

    fn setters(&mut self) -> Result<(), String> {
        let vocabulary = self.vocabulary;
        for (id, fact) in vocabulary.facts.iter().enumerate() {
            let what = format!("the setter of fact `{}`", fact.name);
            let setter = format!("set_{}", ascii(fact.name));
            let setter = self.names.take("typed_case", &setter, what)?;
            let (guard, arguments, call) = self.setter(id, fact);
            let range = match fact.ty {
                Ty::Int(least, most) => format!(" ({least} to {most})"),
                _ => String::new(),
            };
            let about = wrapped(&about(fact.name, &range, fact.about), "   * ");
            let template = match guard {
                "" => String::new(),
                guard => format!(
                    "template <class T, typename std::enable_if<{guard}, int>::type = 0>\n  "
                ),
            };
            let values = [
                ("ABOUT", about.as_str()),
                ("TEMPLATE", &template),
                ("SETTER", &setter),
                ("ARGUMENTS", &arguments),
                ("CALL", &call),
            ];
            self.text(SETTER, &values);
        }
        Ok(())
    }

    /// For which types a setter is there, if it is a template; what it takes, and what it calls.
    fn setter(&self, id: usize, fact: &Fact<'_>) -> (&'static str, String, String) {
        let call = |value: &str| format!("case_.set({id}u, {value})");
        match fact.ty {
            Ty::Bool => (
                "std::is_same<T, bool>::value",
                "T value".to_string(),
                call("value"),
            ),
            Ty::Int(..) => (
                "std::is_integral<T>::value && !std::is_same<T, bool>::value",
                "T value".to_string(),
                call("value"),
            ),
            Ty::Member(of) => {
                let arguments = format!("{} value", self.ty(of));
                ("", arguments, call("exequatur::member(id(value))"))
            }
            Ty::Set(of) => {
                let arguments = format!("const std::vector<{}>& members", self.ty(of));
                ("", arguments, format!("put({id}u, members)"))
            }
            Ty::Money => (
                "",
                "const exequatur::money& amount".to_string(),
                call("amount"),
            ),
            Ty::Instant => ("", "const exequatur::instant& at".to_string(), call("at")),
        }
    }
}
