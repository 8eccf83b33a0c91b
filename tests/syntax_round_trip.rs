//! What is printed says the same as what was parsed, comments included.
#![cfg(feature = "compiler")]

#[path = "support/ast_gen/mod.rs"]
mod ast_gen;

use exequatur::syntax::{Source, ast::File, parse, print, render};
use proptest::prelude::*;

fn read(text: &str) -> File {
    parse(text).unwrap_or_else(|diagnostics| {
        panic!(
            "{text}\n{}",
            render::to_text(&Source::new("printed.exq", text), &diagnostics, false)
        )
    })
}

/// Puts comments into the gaps of a text, as told by `choices`: nothing, a line of its own, or the end of a line.
fn with_comments(text: &str, choices: &[u8]) -> (String, usize) {
    let (mut out, mut count, mut gap) = (String::new(), 0, 0);
    let (mut quoted, mut escaped) = (false, false);
    let mut last = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ' ' | '\n' if !quoted => {
                // A number and its currency are one word.
                let amount =
                    last.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_uppercase);
                if !amount {
                    match choices.get(gap % choices.len().max(1)) {
                        Some(1) => out += &format!("\n# own {count}\n"),
                        Some(2) => out += &format!(" # end {count}\n"),
                        _ => count -= 1,
                    }
                    count += 1;
                    gap += 1;
                }
            }
            _ => {}
        }
        out.push(c);
        last = c;
    }
    (out, count as usize)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_what_was_printed_gives_the_same(file in ast_gen::file()) {
        let text = print(&file);
        let again = read(&text);
        prop_assert_eq!(&again, &file, "{}", text);
        prop_assert_eq!(print(&again), text);
    }

    #[test]
    fn comments_stay(file in ast_gen::file(), choices in prop::collection::vec(prop_oneof![8 => Just(0u8), 1 => Just(1), 1 => Just(2)], 1..40)) {
        let (commented, count) = with_comments(&print(&file), &choices);
        let first = read(&commented);
        prop_assert_eq!(&first, &file);
        prop_assert_eq!(first.comments.0.len(), count);
        let text = print(&first);
        let second = read(&text);
        prop_assert_eq!(&second, &file);
        let texts = |file: &File| {
            let mut texts: Vec<String> = file.comments.0.iter().map(|c| c.text.clone()).collect();
            texts.sort();
            texts
        };
        prop_assert_eq!(texts(&first), texts(&second), "{}", text);
        prop_assert_eq!(print(&second), text);
    }

    #[test]
    fn any_text_gets_an_answer(text in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = text.join(" ");
        if let Err(diagnostics) = parse(&text) {
            prop_assert!(!diagnostics.is_empty());
            let source = Source::new("any.exq", text);
            render::to_text(&source, &diagnostics, true);
            render::to_json(&source, &diagnostics);
        }
    }
}

/// Words that meet each other in every order.
const PIECES: &[&str] = &[
    "pack",
    "p",
    "rule",
    "end",
    "\n",
    "when",
    "then",
    "must",
    "within",
    "1",
    "day",
    "of",
    "(",
    ")",
    "{",
    "}",
    "not",
    "and",
    "or",
    "in",
    "force",
    "from",
    "2026-01-01",
    "2026-01-01T00:00Z",
    "\"x\"",
    "\"",
    "scenario",
    "given",
    "at",
    "expect",
    "4%",
    "5 EUR",
    ":",
    ",",
    "latest",
    "calendar",
    "set",
    "enum",
    "fact",
    "é",
    "\u{301}",
    "#",
    "..",
    "..=",
    "-",
    "+",
    "<",
    "2026-1-1",
    "1.5",
    "99999999999999999999",
    "%",
    "up",
    "to",
    "across",
    "norm",
    "by",
    "default",
    "a.",
    "\\",
    "\u{feff}",
    "\t",
    "never",
    "next",
    "change",
];
