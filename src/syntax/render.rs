//! Diagnostics to text for people, or to JSON for tools.
//!
//! Invariant: rendering never fails, also for a span that does not belong to the source: it is drawn into the bounds of
//! the text. Lines and columns begin with 1, and a column counts characters.

use serde_json::{Value, json};

use super::ast::Span;
use super::diagnostic::{Diagnostic, Severity};

/// How wide a tab is drawn.
const TAB: &str = "    ";
/// The most characters of one source line that are drawn; of a longer one, the part around the place.
const MAX_LINE: usize = 160;

/// A source with the name that messages call it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// What messages call it: most often the path as the author gave it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A place for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Source {
    /// A source.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source {
            name: name.into(),
            text: text.into(),
        }
    }

    /// The line and column of a byte.
    pub fn position(&self, byte: u32) -> Position {
        let at = self.boundary(byte);
        let before = self.text.get(..at).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: before.bytes().filter(|b| *b == b'\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
        }
    }

    /// The text of a line, counted from 1, without its end; empty if there is no such line.
    pub fn line(&self, line: usize) -> &str {
        let text = line
            .checked_sub(1)
            .and_then(|n| self.text.split('\n').nth(n))
            .unwrap_or("");
        text.trim_end_matches('\r')
    }

    /// The nearest character boundary at or before a byte.
    fn boundary(&self, byte: u32) -> usize {
        let mut at = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// One underlined place.
struct Mark<'a> {
    start: Position,
    /// How many characters, at least one.
    length: usize,
    text: &'a str,
    primary: bool,
}

/// Diagnostics as text, each followed by an empty line.
pub fn to_text(source: &Source, diagnostics: &[Diagnostic], colour: bool) -> String {
    diagnostics
        .iter()
        .map(|d| text_of_one(source, d, colour) + "\n")
        .collect()
}

/// One diagnostic as text; every line ends with a line break.
pub fn text_of_one(source: &Source, diagnostic: &Diagnostic, colour: bool) -> String {
    let paint = Paint {
        colour,
        severity: diagnostic.severity,
    };
    let mut marks = vec![mark(
        source,
        diagnostic.primary,
        diagnostic.label.as_deref().unwrap_or(""),
        true,
    )];
    marks.extend(
        diagnostic
            .labels
            .iter()
            .map(|label| mark(source, label.span, &label.text, false)),
    );
    marks.sort_by_key(|m| (m.start.line, m.start.column));
    let gutter = marks
        .iter()
        .map(|m| m.start.line)
        .max()
        .unwrap_or(1)
        .to_string()
        .len();
    let pad = " ".repeat(gutter);
    let place = source.position(diagnostic.primary.start);

    let word = format!("{}[{}]", diagnostic.severity.word(), diagnostic.code.0);
    let mut out = format!(
        "{}{}\n",
        paint.strong(&word),
        paint.bold(&format!(": {}", diagnostic.message))
    );
    out += &format!(
        "{pad}{} {}:{}:{}\n",
        paint.faint("-->"),
        source.name,
        place.line,
        place.column
    );
    if !source.text.is_empty() {
        out += &format!("{pad} {}\n", paint.faint("|"));
        let mut last: Option<usize> = None;
        for mark in &marks {
            let line = mark.start.line;
            let (from, shown) = window(source.line(line), &marks, line);
            if last != Some(line) {
                if last.is_some_and(|last| last + 1 < line) {
                    out += &format!("{}\n", paint.faint("..."));
                }
                let row = format!(
                    "{} {}",
                    paint.faint(&format!("{line:>gutter$} |")),
                    expand(&shown)
                );
                out += &format!("{}\n", row.trim_end());
                last = Some(line);
            }
            let before: String = shown
                .chars()
                .take(mark.start.column - 1 - from.min(mark.start.column - 1))
                .collect();
            let under: String = shown
                .chars()
                .skip(before.chars().count())
                .take(mark.length)
                .collect();
            let lead = " ".repeat(expand(&before).chars().count());
            let width = expand(&under).chars().count().max(1);
            let line_mark = if mark.primary { "^" } else { "-" }.repeat(width);
            let text = if mark.text.is_empty() {
                String::new()
            } else {
                format!(" {}", mark.text)
            };
            let drawn = format!("{line_mark}{text}");
            let drawn = if mark.primary {
                paint.strong(&drawn)
            } else {
                paint.faint(&drawn)
            };
            out += &format!("{pad} {} {lead}{drawn}\n", paint.faint("|"));
        }
    }
    if let Some(help) = &diagnostic.help {
        out += &format!("{pad} {} {help}\n", paint.faint("= help:"));
    } else if let Some(fix) = &diagnostic.fix {
        out += &format!(
            "{pad} {} write `{}`\n",
            paint.faint("= help:"),
            fix.replacement
        );
    }
    out
}

/// Diagnostics as a JSON array.
pub fn to_json(source: &Source, diagnostics: &[Diagnostic]) -> Value {
    Value::Array(diagnostics.iter().map(|d| json_of_one(source, d)).collect())
}

/// One diagnostic as a JSON object.
pub fn json_of_one(source: &Source, diagnostic: &Diagnostic) -> Value {
    let labels: Vec<Value> = diagnostic
        .labels
        .iter()
        .map(|label| with_place(source, label.span, json!({ "text": label.text })))
        .collect();
    let fix = diagnostic
        .fix
        .as_ref()
        .map(|fix| with_place(source, fix.span, json!({ "replacement": fix.replacement })));
    with_place(
        source,
        diagnostic.primary,
        json!({
            "code": diagnostic.code.0,
            "severity": diagnostic.severity.word(),
            "message": diagnostic.message,
            "file": source.name,
            "label": diagnostic.label,
            "labels": labels,
            "help": diagnostic.help,
            "fix": fix,
            "example": diagnostic.example,
        }),
    )
}

fn with_place(source: &Source, span: Span, mut object: Value) -> Value {
    let (from, to) = (source.position(span.start), source.position(span.end));
    if let Value::Object(fields) = &mut object {
        fields.insert("line".into(), from.line.into());
        fields.insert("column".into(), from.column.into());
        fields.insert("end_line".into(), to.line.into());
        fields.insert("end_column".into(), to.column.into());
        fields.insert("start".into(), span.start.into());
        fields.insert("end".into(), span.end.into());
    }
    object
}

fn mark<'a>(source: &Source, span: Span, text: &'a str, primary: bool) -> Mark<'a> {
    let (from, to) = (source.boundary(span.start), source.boundary(span.end));
    let covered = source.text.get(from..to.max(from)).unwrap_or("");
    // A place of several lines is drawn on its first one.
    let length = covered
        .split(['\n', '\r'])
        .next()
        .unwrap_or("")
        .chars()
        .count();
    Mark {
        start: source.position(span.start),
        length: length.clamp(1, MAX_LINE),
        text,
        primary,
    }
}

/// The part of a line that is drawn, and how many characters stand before it.
fn window(line: &str, marks: &[Mark<'_>], number: usize) -> (usize, String) {
    if line.chars().nth(MAX_LINE).is_none() {
        return (0, line.to_string());
    }
    let on_line = || marks.iter().filter(|m| m.start.line == number);
    let first = on_line()
        .find(|m| m.primary)
        .or_else(|| on_line().next())
        .map_or(1, |m| m.start.column);
    let from = first.saturating_sub(MAX_LINE / 4);
    (from, line.chars().skip(from).take(MAX_LINE).collect())
}

fn expand(text: &str) -> String {
    // A control character would move the terminal's cursor, so it is drawn as a box.
    text.replace('\t', TAB)
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// Colours, if they were asked for.
struct Paint {
    colour: bool,
    severity: Severity,
}

impl Paint {
    fn wrap(&self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }

    fn strong(&self, text: &str) -> String {
        self.wrap(
            if self.severity == Severity::Error {
                "1;31"
            } else {
                "1;33"
            },
            text,
        )
    }

    fn bold(&self, text: &str) -> String {
        self.wrap("1", text)
    }

    fn faint(&self, text: &str) -> String {
        self.wrap("1;34", text)
    }
}
