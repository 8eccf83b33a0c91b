//! Things that occur often, kept once: texts, sets of members, and whatever is a few rows.
//!
//! Invariant: an index depends only on the order in which things were first added.

use crate::model::Bits;
use crate::pack::format::{BitsRow, Str, Text};
use crate::pack::table::Record;
use std::collections::HashMap;

/// An index into a table of 32 bits. A pack that would need more is refused for its length.
pub(super) fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The pool of texts.
#[derive(Default)]
pub(super) struct Strings {
    /// All of them, without a gap.
    pub(super) text: String,
    known: HashMap<String, Str>,
}

impl Strings {
    /// Its range in the pool.
    pub(super) fn add(&mut self, text: &str) -> Str {
        if text.is_empty() {
            return Str::default();
        }
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let range = Str {
            start: index(self.text.len()),
            len: index(text.len()),
        };
        self.text.push_str(text);
        self.known.insert(text.to_owned(), range);
        range
    }

    /// The same, of both languages.
    pub(super) fn both(&mut self, text: &crate::check::ir::Text) -> Text {
        Text {
            en: self.add(&text.en),
            fr: self.add(&text.fr),
        }
    }
}

/// Rows that are known by what they say.
#[derive(Default)]
pub(super) struct Known(HashMap<Vec<u8>, u32>);

impl Known {
    /// The index of what has these rows, or what `add` gives for something new.
    pub(super) fn index<R: Record>(
        &mut self,
        context: &[u16],
        rows: &[R],
        add: impl FnOnce() -> u32,
    ) -> u32 {
        let mut key = Vec::with_capacity(context.len() * 2 + rows.len() * R::SIZE);
        for number in context {
            key.extend_from_slice(&number.to_le_bytes());
        }
        for row in rows {
            row.write(&mut key);
        }
        *self.0.entry(key).or_insert_with(add)
    }

    /// The index of a row in its table, where it is added if it is new.
    pub(super) fn row<R: Record>(&mut self, table: &mut Vec<R>, row: R) -> u32 {
        self.index(&[], &[row], || {
            table.push(row);
            index(table.len() - 1)
        })
    }
}

/// A set of members as a row.
pub(super) fn bits_row(bits: Bits) -> BitsRow {
    let Bits([a, b, c, d]) = bits;
    BitsRow { a, b, c, d }
}
