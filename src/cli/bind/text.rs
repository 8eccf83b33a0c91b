//! Texts of rules → comments and literals of a programming language.
//!
//! Invariant: whatever a question or a name holds, it stays inside its comment or literal; what a rule author writes never
//! becomes code of a host.

/// How long a line of a comment may be.
const COLUMNS: usize = 110;

/// A text that may stand in a comment or a docstring of any language: words with blanks between them, and nothing that
/// ends or begins a comment, escapes, or turns the direction of what follows.
pub(super) fn plain(text: &str) -> String {
    let turns = |c: char| {
        let embeds = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        embeds || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}')
    };
    let plain: String = text
        .chars()
        .map(|c| match c {
            _ if c.is_control() || turns(c) => ' ',
            '\\' => '/',
            '"' => '\'',
            _ => c,
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").replace("*/", "* /").replace("/*", "/ *")
}

/// A text as a literal of C and C++, in ASCII: octal escapes have three digits, so that no digit behind one joins it.
pub(super) fn c_literal(text: &str) -> String {
    let mut out = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out.push('"');
    out
}

/// Writes a text of ours, in which a word between two `@` stands for a value. What is put in is not looked at again, so
/// that nothing of the rules is taken for a place.
pub(super) fn fill(out: &mut String, text: &str, values: &[(&str, &str)]) {
    for (index, piece) in text.split('@').enumerate() {
        let value = values.iter().find(|(word, _)| *word == piece);
        match value {
            Some((_, value)) if index % 2 == 1 => out.push_str(value),
            _ => out.push_str(piece),
        }
    }
}

/// The bytes of a hash as numbers of C, sixteen on a line.
pub(super) fn hash_rows(hash: &[u8; 32]) -> Vec<String> {
    let bytes: Vec<String> = hash.iter().map(|byte| format!("0x{byte:02x}")).collect();
    bytes.chunks(16).map(|row| row.join(", ")).collect()
}

/// A name and what is said of it.
pub(super) fn about(name: &str, more: &str, sentence: &str) -> String {
    let colon = if sentence.trim().is_empty() { "" } else { ": " };
    plain(&format!("{name}{more}{colon}{sentence}"))
}

/// A text over several lines, each behind `margin` but the first.
pub(super) fn wrapped(text: &str, margin: &str) -> String {
    let (mut out, mut column) = (String::new(), margin.len());
    for word in plain(text).split(' ') {
        let length = word.chars().count();
        if column + length + 1 > COLUMNS && !out.is_empty() {
            out.push('\n');
            out.push_str(margin);
            column = margin.len();
        } else if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        column += length + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{c_literal, plain, wrapped};

    #[test]
    fn texts_stay_in_their_comment_and_literal() {
        assert_eq!(plain("a */ b /* c\\\n d \u{202e}e"), "a * / b / * c/ d e");
        assert_eq!(plain("a/*/b *//"), "a/ * /b * //");
        assert_eq!(c_literal("é1\"\\?"), "\"\\303\\2511\\\"\\\\?\"");
    }

    #[test]
    fn long_texts_are_wrapped() {
        let text = "word ".repeat(60);
        let lines: Vec<String> = wrapped(&text, " * ").lines().map(str::to_string).collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.len() <= super::COLUMNS));
        assert!(lines[1].starts_with(" * word"));
    }
}
