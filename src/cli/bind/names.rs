//! Names of rules → identifiers of a programming language, each its own.
//!
//! Invariants: a name always becomes the same identifier, whatever else the pack has; no identifier is a word of the
//! language, and no two names become one. Names of rules may carry accents and be of any script; identifiers here are
//! ASCII, because not every compiler, linker and editor that a host lives with takes more.

use std::collections::BTreeMap;

use super::Language;

/// A name in ASCII: dots and what joins words become `_`, accents fall, other letters become their code: `u65e5`.
pub(super) fn ascii(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => out.push(c),
            '.' | '/' | ' ' => out.push('_'),
            _ => match plain(c) {
                Some(letters) => out.push_str(letters),
                None => out.push_str(&format!("u{:x}", u32::from(c))),
            },
        }
    }
    out
}

/// Letters of European languages without their accents.
const PLAIN: &[(&str, &str)] = &[
    ("àáâãåāăąǎ", "a"),
    ("ÀÁÂÃÅĀĂĄǍ", "A"),
    ("äæ", "ae"),
    ("ÄÆ", "Ae"),
    ("çćĉċč", "c"),
    ("ÇĆĈĊČ", "C"),
    ("ďđð", "d"),
    ("ĎĐÐ", "D"),
    ("èéêëēĕėęě", "e"),
    ("ÈÉÊËĒĔĖĘĚ", "E"),
    ("ĝğġģ", "g"),
    ("ĜĞĠĢ", "G"),
    ("ĥħ", "h"),
    ("ĤĦ", "H"),
    ("ìíîïĩīĭįı", "i"),
    ("ÌÍÎÏĨĪĬĮİ", "I"),
    ("ĵ", "j"),
    ("Ĵ", "J"),
    ("ķ", "k"),
    ("Ķ", "K"),
    ("ĺļľŀł", "l"),
    ("ĹĻĽĿŁ", "L"),
    ("ñńņň", "n"),
    ("ÑŃŅŇ", "N"),
    ("òóôõōŏőø", "o"),
    ("ÒÓÔÕŌŎŐØ", "O"),
    ("öœ", "oe"),
    ("ÖŒ", "Oe"),
    ("ŕŗř", "r"),
    ("ŔŖŘ", "R"),
    ("śŝşšș", "s"),
    ("ŚŜŞŠȘ", "S"),
    ("ß", "ss"),
    ("ţťŧț", "t"),
    ("ŢŤŦȚ", "T"),
    ("þ", "th"),
    ("Þ", "Th"),
    ("ùúûũūŭůűų", "u"),
    ("ÙÚÛŨŪŬŮŰŲ", "U"),
    ("ü", "ue"),
    ("Ü", "Ue"),
    ("ŵ", "w"),
    ("Ŵ", "W"),
    ("ýÿŷ", "y"),
    ("ÝŸŶ", "Y"),
    ("źżž", "z"),
    ("ŹŻŽ", "Z"),
];

fn plain(c: char) -> Option<&'static str> {
    let found = PLAIN.iter().find(|(accented, _)| accented.contains(c));
    found.map(|(_, letters)| *letters)
}

/// Words of C++, and macros that common headers define: what a preprocessor replaces cannot be a name.
const CPP: &str = "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t \
    class co_await co_return co_yield compl concept const const_cast consteval constexpr constinit continue decltype \
    default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int \
    long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register \
    reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template this \
    thread_local throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor \
    xor_eq std \
    NULL EOF BUFSIZ assert errno stdin stdout stderr linux unix i386 major minor makedev signals slots emit foreach \
    IN OUT OPTIONAL TRUE FALSE BOOL ERROR DELETE NO_ERROR DOMAIN OVERFLOW UNDERFLOW INFINITY NAN HUGE I min max near \
    far small interface unused";

/// Words of C that matter where a name stands without a prefix.
const C: &str = "auto bool break case char const continue default do double else enum extern false float for goto if \
    inline int long register restrict return short signed sizeof static struct switch true typedef union unsigned void \
    volatile while alignas alignof asm constexpr nullptr static_assert thread_local typeof linux unix i386";

/// Words of Python; what an enumeration, a class and a module of a binding have of their own.
const PYTHON: &str = "False None True and as assert async await break class continue def del elif else except finally \
    for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type \
    name value mro print bool int str bytes float list dict set frozenset tuple object property self cls len";

/// Whether a word is one of the language's own.
pub(super) fn is_reserved(language: Language, word: &str) -> bool {
    let words = match language {
        Language::C => C,
        Language::Cpp => CPP,
        Language::Python => PYTHON,
    };
    words.split_whitespace().any(|reserved| reserved == word)
}

/// Whose an identifier is.
enum Owner {
    /// Every binding has it.
    Binding,
    /// It stands for this name.
    Name(String),
}

/// The identifiers of one file. A scope is wherever names must differ: a class, a namespace, or all of a C file.
pub(super) struct Names {
    language: Language,
    taken: BTreeMap<(String, String), Owner>,
}

impl Names {
    pub(super) fn new(language: Language) -> Names {
        Names {
            language,
            taken: BTreeMap::new(),
        }
    }

    /// Takes identifiers that the file has in any case.
    pub(super) fn fixed<'w>(&mut self, scope: &str, words: impl IntoIterator<Item = &'w str>) {
        for word in words {
            let key = (scope.to_string(), word.to_string());
            self.taken.insert(key, Owner::Binding);
        }
    }

    /// Takes an identifier for a name. A word of the language, or one that every binding has, gets a `_` behind it.
    ///
    /// # Errors
    /// Another name that became the same.
    pub(super) fn take(
        &mut self,
        scope: &str,
        identifier: &str,
        what: String,
    ) -> Result<String, String> {
        let mut key = (scope.to_string(), identifier.to_string());
        // A name that begins with `_` belongs to the language itself.
        if !identifier.starts_with(|c: char| c.is_ascii_alphabetic()) {
            key.1.insert(0, 'x');
        }
        let of_binding = matches!(self.taken.get(&key), Some(Owner::Binding));
        if of_binding || is_reserved(self.language, &key.1) {
            key.1.push('_');
        }
        let identifier = key.1.clone();
        if let Some(other) = self.taken.get(&key) {
            let other = match other {
                Owner::Binding => "what every binding has",
                Owner::Name(name) => name,
            };
            return Err(format!(
                "{other} and {what} both become `{identifier}` in {}: rename one of them",
                self.language.name()
            ));
        }
        self.taken.insert(key, Owner::Name(what));
        Ok(identifier)
    }
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn names_become_ascii() {
        for (name, identifier) in [
            ("order.received", "order_received"),
            ("eu.tco/removal", "eu_tco_removal"),
            (
                "disclose of user_identification",
                "disclose_of_user_identification",
            ),
            ("décision.été", "decision_ete"),
            ("Straße", "Strasse"),
            ("Übermaß", "Uebermass"),
            ("日本", "u65e5u672c"),
            ("Ελλάδα", "u395u3bbu3bbu3acu3b4u3b1"),
        ] {
            assert_eq!(ascii(name), identifier);
        }
    }
}
