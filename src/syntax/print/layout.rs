//! Lines with their places in the source, and the comments that go with them.
//!
//! Invariant: a comment finds its line by its place in the source alone. In canonical text the places of the lines
//! ascend, so a comment that was printed with a line finds the same line again.

use super::super::ast::{Comment, Cond, Name, Text};
use super::extent::{self, Extent};
use super::phrases;

/// The columns that a line may have, comments aside.
pub const WIDTH: usize = 100;

/// The text as it grows.
pub struct Layout<'a> {
    comments: &'a [Comment],
    lines: Vec<Line>,
    /// What to do before the next line.
    gap: Gap,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    /// An empty line.
    Empty,
    /// An empty line if comments stand before the line.
    IfCommented,
}

/// One line of the canonical text; a long one has several rows.
struct Line {
    /// The first byte of what it says, in the source.
    start: u32,
    /// The byte after the last one, where that is known.
    end: u32,
    gap: Gap,
    indent: usize,
    rows: Vec<String>,
    before: Vec<usize>,
    behind: Vec<usize>,
}

impl<'a> Layout<'a> {
    /// An empty text.
    pub fn new(comments: &'a [Comment]) -> Layout<'a> {
        Layout {
            comments,
            lines: Vec::new(),
            gap: Gap::None,
        }
    }

    /// Puts an empty line before the next line; if not `always`, only where it brings comments along.
    pub fn separate(&mut self, always: bool) {
        self.gap = if always { Gap::Empty } else { Gap::IfCommented };
    }

    /// True if a comment stands between two bytes of the source.
    pub fn commented(&self, start: u32, end: u32) -> bool {
        let first = self.comments.partition_point(|c| c.span.start < start);
        self.comments.get(first).is_some_and(|c| c.span.start < end)
    }

    /// True if a comment on a line of its own stands between two bytes of the source.
    pub fn own_line_comment(&self, start: u32, end: u32) -> bool {
        let first = self.comments.partition_point(|c| c.span.start < start);
        self.comments
            .iter()
            .skip(first)
            .take_while(|c| c.span.start < end)
            .any(|c| c.own_line)
    }

    /// True if a comment stands between two entries, and will still stand there once printed: one of its own line inside
    /// the first entry moves before it.
    pub fn between(&self, first: Extent, last: u32) -> bool {
        let within = self.comments.partition_point(|c| c.span.start < first.0);
        let mut within = self
            .comments
            .iter()
            .skip(within)
            .take_while(|c| c.span.start < first.1);
        within.any(|c| !c.own_line) || self.commented(first.1, last)
    }

    /// One line that says what stands in the source from `start` to `end` (0 where that is not known). Too long, it is
    /// wrapped between words.
    pub fn line(&mut self, start: u32, end: u32, level: usize, text: &str) {
        let indent = 2 * level;
        self.rows(start, end, indent, wrap(text, indent, indent + 4));
    }

    /// One line of given parts: too long, each part begins a row.
    pub fn parts(&mut self, start: u32, end: u32, level: usize, parts: &[String]) {
        let indent = 2 * level;
        let whole = parts.join(" ");
        if indent + width(&whole) <= WIDTH {
            return self.rows(start, end, indent, vec![whole]);
        }
        let mut rows = Vec::new();
        for (n, part) in parts.iter().enumerate() {
            let at = if n == 0 { indent } else { indent + 4 };
            let wrapped = wrap(part, at, at + 4);
            rows.extend(
                wrapped
                    .into_iter()
                    .map(|row| format!("{}{row}", " ".repeat(at - indent))),
            );
        }
        self.rows(start, end, indent, rows);
    }

    /// A line whose rows are already made, each without the indent that all share.
    pub fn rows(&mut self, start: u32, end: u32, indent: usize, rows: Vec<String>) {
        let (before, behind) = (Vec::new(), Vec::new());
        self.lines.push(Line {
            start,
            end,
            gap: self.gap,
            indent,
            rows,
            before,
            behind,
        });
        self.gap = Gap::None;
    }

    /// `KEYWORD NAME`.
    pub fn name_clause(&mut self, level: usize, keyword: &str, name: &Name) {
        self.line(
            name.span.start,
            name.span.end,
            level,
            &format!("{keyword} {}", name.text),
        );
    }

    /// `KEYWORD TEXT`.
    pub fn text_clause(&mut self, level: usize, keyword: &str, text: &Text) {
        self.line(
            text.span.start,
            text.span.end,
            level,
            &format!("{keyword} {}", phrases::text(text)),
        );
    }

    /// A condition after its prefix: on one line if it fits and no comment stands in it, else one part a line. `start`
    /// is the place of the first line where that is not the condition's own.
    pub fn condition(&mut self, level: usize, prefix: &str, cond: &Cond, start: Option<u32>) {
        let start = start.unwrap_or_else(|| extent::cond(cond).0);
        self.nested(start, (level, level + 1), prefix, cond, "");
    }

    /// `levels`: of the first line, and of those that follow.
    fn nested(
        &mut self,
        start: u32,
        levels: (usize, usize),
        prefix: &str,
        cond: &Cond,
        suffix: &str,
    ) {
        let (first, more) = levels;
        let end = extent::cond(cond).1;
        if !self.must_break(cond) {
            let flat = format!("{prefix}{}{suffix}", phrases::cond(cond));
            if 2 * first + width(&flat) <= WIDTH {
                return self.line(start, end, first, &flat);
            }
        }
        let (parts, joiner) = match cond {
            Cond::And(parts) => (parts, "and "),
            Cond::Or(parts) => (parts, "or "),
            Cond::Not(inner, _) if phrases::is_group(inner) => {
                return self.nested(
                    start,
                    levels,
                    &format!("{prefix}not ("),
                    inner,
                    &format!("){suffix}"),
                );
            }
            Cond::Not(inner, _) => {
                return self.nested(start, levels, &format!("{prefix}not "), inner, suffix);
            }
            _ => {
                return self.line(
                    start,
                    end,
                    first,
                    &format!("{prefix}{}{suffix}", phrases::cond(cond)),
                );
            }
        };
        for (n, part) in parts.iter().enumerate() {
            let (start, level) = if n == 0 {
                (start, first)
            } else {
                (extent::cond(part).0, more)
            };
            let prefix = if n == 0 { prefix } else { joiner };
            let suffix = if n + 1 == parts.len() { suffix } else { "" };
            if phrases::is_group(part) {
                self.nested(
                    start,
                    (level, more + 1),
                    &format!("{prefix}("),
                    part,
                    &format!("){suffix}"),
                );
            } else {
                self.nested(start, (level, more + 1), prefix, part, suffix);
            }
        }
    }

    /// True if a comment stands between two parts of the condition, at any level.
    fn must_break(&self, cond: &Cond) -> bool {
        if self.comments.is_empty() {
            return false;
        }
        match cond {
            Cond::And(parts) | Cond::Or(parts) => {
                let (first, last) = (
                    parts.first().map(extent::cond),
                    parts.last().map(extent::cond),
                );
                matches!((first, last), (Some(a), Some(b)) if self.between(a, b.0))
                    || parts.iter().any(|part| self.must_break(part))
            }
            Cond::Not(inner, _) => self.must_break(inner),
            _ => false,
        }
    }

    /// Gives each comment its line, and the whole text.
    pub fn finish(mut self) -> String {
        let after_all = self.place_comments();
        let mut out = String::new();
        for line in &self.lines {
            let (before, behind) = (&line.before, &line.behind);
            // Of several comments behind one line, only one can stay there.
            let (moved, behind) = match behind.split_last() {
                Some((last, moved)) => (moved, Some(*last)),
                None => (&[][..], None),
            };
            let commented = !before.is_empty() || !moved.is_empty();
            if line.gap == Gap::Empty || line.gap == Gap::IfCommented && commented {
                out.push('\n');
            }
            let indent = " ".repeat(line.indent);
            // What stands before a closing word belongs to what it closes.
            let closing = line
                .rows
                .first()
                .is_some_and(|row| row == "end" || row.starts_with('}'));
            let inner = if closing { "  " } else { "" };
            for comment in before.iter().chain(moved) {
                out += &format!("{indent}{inner}{}\n", self.comment(*comment));
            }
            for (n, row) in line.rows.iter().enumerate() {
                out += &indent;
                out += row;
                if n + 1 == line.rows.len()
                    && let Some(comment) = behind
                {
                    out += &format!(" {}", self.comment(comment));
                }
                out.push('\n');
            }
        }
        if !after_all.is_empty() {
            out.push('\n');
        }
        for comment in after_all {
            out += &format!("{}\n", self.comment(comment));
        }
        out
    }

    fn comment(&self, n: usize) -> String {
        let text = self.comments.get(n).map_or("", |c| c.text.as_str());
        if text.is_empty() {
            "#".to_string()
        } else {
            format!("# {text}")
        }
    }

    /// Fills `before` and `behind`; gives the comments that follow the last line.
    fn place_comments(&mut self) -> Vec<usize> {
        let mut after_all = Vec::new();
        if self.comments.is_empty() {
            return after_all;
        }
        let mut order: Vec<(u32, usize)> = self
            .lines
            .iter()
            .enumerate()
            .map(|(n, line)| (line.start, n))
            .collect();
        order.sort_unstable();
        for (n, comment) in self.comments.iter().enumerate() {
            let at = comment.span.start;
            let next = order.partition_point(|(start, _)| *start <= at);
            let last = next
                .checked_sub(1)
                .and_then(|n| order.get(n))
                .map(|(_, line)| *line);
            let next = order.get(next).map(|(_, line)| *line);
            let inside = last.filter(|l| self.lines.get(*l).is_some_and(|line| at < line.end));
            let (line, behind) = match (comment.own_line, inside, last, next) {
                (true, Some(line), _, _) => (line, false),
                (true, None, _, Some(line)) | (false, _, None, Some(line)) => (line, false),
                (false, _, Some(line), _) => (line, true),
                _ => {
                    after_all.push(n);
                    continue;
                }
            };
            if let Some(line) = self.lines.get_mut(line) {
                if behind {
                    line.behind.push(n)
                } else {
                    line.before.push(n)
                }
            }
        }
        after_all
    }
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.chars().count()
}

/// A text in rows of at most [`WIDTH`] columns, where its words allow it; rows after the first are indented by the
/// difference of the two indents.
pub fn wrap(text: &str, indent: usize, more: usize) -> Vec<String> {
    if indent + width(text) <= WIDTH {
        return vec![text.to_string()];
    }
    let lead = " ".repeat(more.saturating_sub(indent));
    let mut rows: Vec<String> = Vec::new();
    let mut row = String::new();
    let mut used = 0;
    for word in words(text) {
        let long = width(word);
        if !row.is_empty() && indent + used + 1 + long > WIDTH {
            rows.push(std::mem::replace(&mut row, lead.clone()));
            used = lead.len();
        } else if used > 0 {
            row.push(' ');
            used += 1;
        }
        row.push_str(word);
        used += long;
    }
    rows.push(row);
    rows
}

/// The words of a text; a quoted text is one word.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            // An amount stays on one row with its currency.
            ' ' if !quoted && !currency(text, start, at) => {
                words.extend(text.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    words.extend(text.get(start..));
    words
}

/// True if what stands from `start` to the space at `at` is a number, and a currency follows.
fn currency(text: &str, start: usize, at: usize) -> bool {
    let number = text
        .get(start..at)
        .and_then(|word| word.chars().last())
        .is_some_and(|c| c.is_ascii_digit());
    let letters = text
        .get(at + 1..at + 4)
        .is_some_and(|word| word.bytes().all(|b| b.is_ascii_uppercase()));
    number && letters
}
