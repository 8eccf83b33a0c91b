//! Lines of text with labels, wrapped with a hanging indent.
//!
//! Invariant: what is written does not depend on a terminal; no line has white space at its end.

use super::typography;

/// The width to which lines are wrapped; a single longer word stands alone.
const WIDTH: usize = 100;

/// A text in the making.
#[derive(Default)]
pub(super) struct Page {
    out: String,
}

impl Page {
    /// A heading, with an empty line before it.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        self.out.push_str(&typography::set(text));
        self.out.push('\n');
    }

    /// An empty line, unless the page is empty or ends with one.
    pub(super) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A paragraph that begins at column `first`, and whose further lines begin at `rest`.
    pub(super) fn paragraph(&mut self, first: usize, rest: usize, text: &str) {
        let mut line = " ".repeat(first);
        let mut column = first;
        let mut empty = true;
        // A no-break space is not ASCII: French puts one before a colon and inside its quotation marks.
        for word in typography::set(text).split_ascii_whitespace() {
            let width = word.chars().count();
            if !empty && column + 1 + width > WIDTH {
                self.out.push_str(&line);
                self.out.push('\n');
                line = " ".repeat(rest);
                column = rest;
                empty = true;
            }
            if !empty {
                line.push(' ');
                column += 1;
            }
            line.push_str(word);
            column += width;
            empty = false;
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// A labelled line below an item.
    pub(super) fn field(&mut self, label: &str, text: &str) {
        let width = label.chars().count();
        let padded = format!("{}{label}", " ".repeat(4));
        let gap = 11usize.saturating_sub(width).max(1);
        let indent = 4 + width + gap;
        let before = self.out.len();
        self.paragraph(indent, 15, text);
        // The label replaces the white space in which the paragraph stands.
        self.out.replace_range(
            before..before + indent,
            &format!("{padded}{}", " ".repeat(gap)),
        );
    }

    /// Lines that are laid out already.
    pub(super) fn verbatim(&mut self, lines: &str) {
        self.out.push_str(lines);
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.out
    }
}
