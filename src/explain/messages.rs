//! Catalogues: every sentence in English and French side by side.
//!
//! Invariant: a message exists in both languages or does not compile. `{0}`, `{1}` are filled in order of need; a
//! test of each catalogue sees to it that both languages use the same ones.

/// Writes the messages of a catalogue: `Name: "English", "French";`.
macro_rules! messages {
    ($($name:ident: $en:literal, $fr:literal;)+) => {
        /// A message of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Message { $($name,)+ }

        impl Message {
            /// All of them.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Message] = &[$(Message::$name,)+];

            /// Its text, with its places still open.
            pub(crate) const fn text(self, lang: $crate::explain::Lang) -> &'static str {
                match (self, lang) {
                    $(
                        (Message::$name, $crate::explain::Lang::En) => $en,
                        (Message::$name, $crate::explain::Lang::Fr) => $fr,
                    )+
                }
            }
        }

        #[cfg(test)]
        #[test]
        fn both_languages_fill_the_same_places() {
            use $crate::explain::Lang;
            for message in Message::ALL {
                for place in ["{0}", "{1}", "{2}", "{3}"] {
                    let (en, fr) = (message.text(Lang::En), message.text(Lang::Fr));
                    assert_eq!(en.contains(place), fr.contains(place), "{message:?} and {place}");
                }
            }
        }
    };
}
pub(crate) use messages;

/// A text with its places filled.
pub(crate) fn filled(text: &str, values: &[&str]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((index, after)) = after.split_once('}') else {
            break;
        };
        let value = index
            .parse::<usize>()
            .ok()
            .and_then(|index| values.get(index));
        out.push_str(value.copied().unwrap_or(""));
        rest = after;
    }
    out.push_str(rest);
    out
}
