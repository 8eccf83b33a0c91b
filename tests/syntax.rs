//! The syntax stage against its suite in `tests/suite/syntax`, and against sources too large or too deep to store.
//!
//! In the suite one file is one test. Its last lines, each behind `#~`, hold what is expected: in `fail` the rendered
//! diagnostics, in `pass` the canonical text. `BLESS=1` writes them anew.
#![cfg(feature = "compiler")]

use exequatur::model::limits::SOURCE_BYTES_MAX;
use exequatur::syntax::{Diagnostic, Source, parse, parse_bytes, print, render};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

const MARK: &str = "#~";

/// The files of one folder of the suite, in order.
fn suite(folder: &str) -> Vec<PathBuf> {
    let folder = format!("{}/tests/suite/syntax/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "exq"));
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Runs one folder: `answer` makes of a source what its file expects.
fn run(folder: &str, answer: impl Fn(&str, &str) -> String) {
    let mut wrong = String::new();
    for path in suite(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let stored = fs::read_to_string(&path).unwrap();
        let cut = stored.find(MARK).unwrap_or(stored.len());
        let (source, expected) = stored.split_at(cut);
        let mut actual = String::new();
        for line in answer(&name, source).lines() {
            writeln!(actual, "{}", format!("{MARK} {line}").trim_end()).unwrap();
        }
        if actual == expected {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, format!("{source}{actual}")).unwrap();
        } else {
            write!(wrong, "{name}: expected\n{expected}\nfound\n{actual}\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn rendered(name: &str, source: &str, diagnostics: &[Diagnostic]) -> String {
    render::to_text(&Source::new(name, source), diagnostics, false)
}

#[test]
fn bad_sources_are_explained() {
    run("fail", |name, source| match parse(source) {
        Ok(_) => "nothing is wrong".to_string(),
        Err(diagnostics) => rendered(name, source, &diagnostics),
    });
}

#[test]
fn good_sources_are_printed() {
    run("pass", |name, source| match parse(source) {
        Err(diagnostics) => rendered(name, source, &diagnostics),
        Ok(file) => {
            let text = print(&file);
            let again = parse(&text).unwrap_or_else(|d| panic!("{}", rendered(name, &text, &d)));
            assert_eq!(again, file, "{name}");
            assert_eq!(print(&again), text, "{name}");
            text
        }
    });
}

/// Parses on a thread with a stack of half a megabyte, the least that hosts are known to give.
fn on_a_small_stack(source: String) -> Result<(), Vec<(&'static str, u32)>> {
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(move || match parse(&source) {
            Ok(file) => {
                assert_eq!(parse(&print(&file)).unwrap(), file);
                Ok(())
            }
            Err(diagnostics) => Err(diagnostics
                .iter()
                .map(|d| (d.code.0, d.primary.start))
                .collect()),
        })
        .unwrap()
        .join()
        .unwrap()
}

fn nested(open: &str, depth: usize, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn nesting_is_limited() {
    for (open, inner, close) in [
        ("(", "a", ")"),
        ("not ", "a", ""),
        ("not (a and ", "b", ")"),
        ("(a or ", "b", ")"),
    ] {
        let levels = open.matches('(').count() + open.matches("not ").count();
        let good = 64 / levels;
        for (depth, fits) in [(good, true), (good + 1, false), (10_000, false)] {
            let source = format!("pack p define d when {}", nested(open, depth, inner, close));
            let answer = on_a_small_stack(source);
            assert_eq!(answer.is_ok(), fits, "{open} {depth}");
            if let Err(codes) = answer {
                assert_eq!(
                    codes.iter().map(|c| c.0).collect::<Vec<_>>(),
                    ["E0117"],
                    "{open} {depth}"
                );
            }
        }
    }
    for (depth, fits) in [(64, true), (65, false), (10_000, false)] {
        let set = format!("pack p define d when a in {}", nested("(", depth, "b", ")"));
        assert_eq!(on_a_small_stack(set).is_ok(), fits);
    }
    for (depth, fits) in [(8, true), (9, false), (10_000, false)] {
        let anchor = nested("latest(", depth, "e", ")");
        let source = format!("pack p rule r then n must by {anchor} end");
        assert_eq!(on_a_small_stack(source).is_ok(), fits);
    }
}

#[test]
fn lengths_are_limited() {
    for (operators, fits) in [(64, true), (65, false), (100_000, false)] {
        let source = format!(
            "pack p define d when a in b{}",
            " union c".repeat(operators)
        );
        assert_eq!(on_a_small_stack(source).is_ok(), fits, "{operators}");
    }
    for (atoms, fits) in [(4096, true), (4097, false), (400_000, false)] {
        let source = format!("pack p define d when a{}", " and a".repeat(atoms - 1));
        assert_eq!(on_a_small_stack(source).is_ok(), fits, "{atoms}");
    }
    for (members, fits) in [(256, true), (257, false)] {
        let source = format!("pack p enum C territory {{ {} }}", "M, ".repeat(members));
        assert_eq!(on_a_small_stack(source).is_ok(), fits, "{members}");
    }
}

#[test]
fn large_files_are_refused() {
    let text = format!("pack p {}", " ".repeat(10 * 1024 * 1024));
    let error = parse_bytes("large.exq", text.as_bytes()).unwrap_err();
    assert_eq!(error.diagnostics.len(), 1);
    assert_eq!(error.diagnostics[0].code.0, "E0102");
    assert_eq!(
        error.diagnostics[0].message,
        "the file has 10485767 bytes, the limit is 4194304"
    );
    assert_eq!(error.to_string(), "1 error in `large.exq`");
    let fits = format!("pack p{}", " ".repeat(SOURCE_BYTES_MAX - 6));
    assert!(parse(&fits).is_ok());
}

#[test]
fn a_large_file_of_errors_is_answered_in_bounds() {
    for piece in ["@ ", "(", "rule ", "\"", "set a : b { c ", "when "] {
        let diagnostics = parse(&piece.repeat(SOURCE_BYTES_MAX / piece.len())).unwrap_err();
        assert!((1..=100).contains(&diagnostics.len()));
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused() {
    let error = parse_bytes("latin1.exq", b"pack p\n  title \"\xe9t\xe9\"\n").unwrap_err();
    let text = render::to_text(&error.source_text, &error.diagnostics, false);
    let expected = "error[E0101]: the file is not UTF-8: byte 16 belongs to no character\n \
                    --> latin1.exq:2:10\n  |\n2 |   title \"\n  |          ^ the text is good up to here\n  \
                    = help: save the file as UTF-8\n\n";
    assert_eq!(text, expected);
}

#[test]
fn json_carries_every_field() {
    let text = "pack p\n\trule été when a adn b end";
    let source = Source::new("j.exq", text);
    let json = render::to_json(&source, &parse(text).unwrap_err());
    let first = &json[0];
    assert_eq!(first["code"], "E0110");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["file"], "j.exq");
    assert_eq!(
        (first["line"].as_u64(), first["column"].as_u64()),
        (Some(2), Some(18))
    );
    assert_eq!(
        (first["end_line"].as_u64(), first["end_column"].as_u64()),
        (Some(2), Some(21))
    );
    assert_eq!(
        (first["start"].as_u64(), first["end"].as_u64()),
        (Some(26), Some(29))
    );
    assert_eq!(first["fix"]["replacement"], "and");
    assert_eq!(first["help"], "did you mean `and`?");
}

#[test]
fn colour_comes_only_when_asked_for() {
    let source = Source::new("c.exq", "");
    let diagnostics = parse("").unwrap_err();
    assert!(!render::to_text(&source, &diagnostics, false).contains('\u{1b}'));
    assert!(render::to_text(&source, &diagnostics, true).contains('\u{1b}'));
}
