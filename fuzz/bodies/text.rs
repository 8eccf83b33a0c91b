//! Bytes as rules: the parser, the checks and the compiler, the printer.
//!
//! Invariant: every place that a diagnostic names lies in the text, on character boundaries; what passes the checks
//! becomes a pack that loads, or meets a limit that is named; what is printed parses to what it was printed from.

use std::sync::OnceLock;

use exequatur::check::check;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileError, CompileOptions, ZoneSource, ZoneTable, compile};
use exequatur::pack::{PackError, load};
use exequatur::syntax::{self, Diagnostic, File, Source, Span, ast, print, render};

/// What stands between the files of a link.
const FILE_ENDS: u8 = 0;
/// The most diagnostics that are rendered: rendering is slower than finding, and the hundredth is like the first.
const RENDERED: usize = 3;

/// A place in a text.
fn inside(text: &str, span: Span) {
    let range = span.start as usize..span.end as usize;
    assert!(text.get(range).is_some(), "{span:?} is outside of the text");
}

/// A diagnostic of a text.
fn places(text: &str, found: &Diagnostic) {
    inside(text, found.primary);
    for label in &found.labels {
        inside(text, label.span);
    }
    if let Some(fix) = &found.fix {
        inside(text, fix.span);
    }
    assert!(!found.message.is_empty());
}

/// What a parser said of bytes that it refused.
fn refused(text: &str, found: &[Diagnostic]) {
    assert!(!found.is_empty(), "refused without a reason");
    assert!(found.len() <= syntax::MAX_DIAGNOSTICS);
    for diagnostic in found {
        places(text, diagnostic);
    }
    let source = Source::new("fuzz.exq", text);
    let first = &found[..found.len().min(RENDERED)];
    assert!(!render::to_text(&source, first, false).is_empty());
    assert!(render::to_json(&source, first).is_array());
}

/// Any bytes are rules, or are told why they are not.
pub fn parse(data: &[u8]) {
    match syntax::parse_bytes("fuzz.exq", data) {
        Ok(file) => {
            let text = std::str::from_utf8(data).expect("what parses is UTF-8");
            for comment in &file.comments.0 {
                inside(text, comment.span);
            }
            for item in &file.items {
                inside(text, item.span);
            }
        }
        Err(error) => refused(&error.source_text.text, &error.diagnostics),
    }
    if let Ok(text) = std::str::from_utf8(data)
        && let Err(found) = syntax::parse_expectation(text)
    {
        assert!(!found.is_empty());
        for diagnostic in &found {
            places(text, diagnostic);
        }
    }
}

/// What is printed says the same as what was parsed, and is printed the same again.
pub fn print_round_trip(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Ok(file) = syntax::parse(text) else {
        return;
    };
    let printed = print(&file);
    match syntax::parse(&printed) {
        Ok(again) => {
            assert!(again == file, "another tree:\n{printed}");
            assert_eq!(again.comments.0.len(), file.comments.0.len(), "{printed}");
            assert!(print(&again) == printed, "printed twice:\n{printed}");
        }
        Err(found) => panic!("what was printed does not parse: {found:?}\n{printed}"),
    }
}

/// One zone beside UTC: its table is the costly part of a small pack, and is made once.
struct OneZone;

impl ZoneSource for OneZone {
    fn zone(&self, name: &str) -> Option<ZoneTable> {
        static PARIS: OnceLock<Option<ZoneTable>> = OnceLock::new();
        match name {
            "UTC" => Some(ZoneTable::default()),
            "Europe/Paris" => PARIS
                .get_or_init(|| BundledZones::default().zone(name))
                .clone(),
            _ => None,
        }
    }

    fn names(&self) -> Vec<String> {
        vec!["UTC".to_owned(), "Europe/Paris".to_owned()]
    }
}

/// The files of a link; none, unless all of them parse.
fn files(data: &[u8]) -> Option<(Vec<&str>, Vec<File>)> {
    let texts = data
        .split(|byte| *byte == FILE_ENDS)
        .map(std::str::from_utf8);
    let texts: Vec<&str> = texts.collect::<Result<_, _>>().ok()?;
    let files: Result<Vec<ast::File>, _> = texts.iter().map(|text| syntax::parse(text)).collect();
    Some((texts, files.ok()?))
}

/// What checks and compiles is a pack that loads. The files of a link are divided by zeros.
pub fn check_compile(data: &[u8]) {
    let Some((texts, files)) = files(data) else {
        return;
    };
    let checked = check(&files);
    for found in &checked.diagnostics {
        places(texts[usize::from(found.file)], &found.diagnostic);
        for elsewhere in &found.elsewhere {
            inside(
                texts[usize::from(elsewhere.place.file)],
                elsewhere.place.span,
            );
        }
    }
    let Some(ir) = checked.ir else {
        assert!(!checked.diagnostics.is_empty(), "refused without a reason");
        return;
    };
    match compile(&ir, &OneZone, &CompileOptions::default()) {
        Ok(bytes) => {
            let pack = load(&bytes).expect("a pack that was compiled loads");
            assert!(!pack.is_proved(), "nobody has proved it");
        }
        // Limits of a pack that only its tables show.
        Err(CompileError::Unsound(PackError::Broken { section, .. })) => {
            assert_eq!(section, "bounds", "rules that checked broke a table");
        }
        Err(CompileError::Unsound(error)) => panic!("what was compiled is no pack: {error}"),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
