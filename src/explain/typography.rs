//! Plain text to text as it is printed: curled apostrophes, and spaces that do not break beside French signs.
//!
//! Invariant: only apostrophes within words and single spaces change, so that no name, number or quoted source does.
//! Rule authors type what their keyboard has; a page must not show two kinds of apostrophe, nor leave a guillemet or
//! a colon alone at the end or the beginning of a line.

/// Sets a text.
pub(crate) fn set(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let set = match letter {
            '\'' if before.is_alphanumeric() && after.is_alphanumeric() => '’',
            ' ' if before == '«' || matches!(after, ':' | ';' | '?' | '!' | '»') => '\u{a0}',
            _ => letter,
        };
        out.push(set);
        before = letter;
    }
    out
}

/// A title for use within quotation marks: its own French marks become the inner ones.
pub(super) fn quoted(title: &str) -> String {
    set(title).replace("«\u{a0}", "“").replace("\u{a0}»", "”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes_curl_and_signs_hold_on_to_their_words() {
        assert_eq!(
            set("l'article dit : « sans délai » ; lequel ?"),
            "l’article dit\u{a0}: «\u{a0}sans délai\u{a0}»\u{a0}; lequel\u{a0}?"
        );
        assert_eq!(set("art. 3(3): 'as is'"), "art. 3(3): 'as is'");
    }

    #[test]
    fn inner_quotation_marks_differ_from_the_outer_ones() {
        assert_eq!(quoted("Retirer « sans délai »"), "Retirer “sans délai”");
    }
}
