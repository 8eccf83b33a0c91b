//! The walk over what can be changed: it lists the changes, or makes the one that is wanted.
//!
//! Invariant: both walks offer the same changes in the same order. A change that says nothing new is not offered.

use super::operator::Operator;
use super::words::Words;
use crate::syntax::ast::Span;

/// A change that was offered.
pub(super) struct Listed {
    pub(super) span: Span,
    pub(super) operator: Operator,
    pub(super) text: String,
}

/// A walk over one item or header.
pub(super) struct Walk<'w> {
    pub(super) words: &'w Words,
    /// The number of the change to make; `None` to list, and once it was made.
    wanted: Option<usize>,
    seen: usize,
    listed: Option<Vec<Listed>>,
}

impl<'w> Walk<'w> {
    /// A walk that lists.
    pub(super) fn list(words: &'w Words) -> Walk<'w> {
        Walk {
            words,
            wanted: None,
            seen: 0,
            listed: Some(Vec::new()),
        }
    }

    /// A walk that makes one change.
    pub(super) fn change(words: &'w Words, number: usize) -> Walk<'w> {
        Walk {
            words,
            wanted: Some(number),
            seen: 0,
            listed: None,
        }
    }

    /// What was offered.
    pub(super) fn finish(self) -> Vec<Listed> {
        self.listed.unwrap_or_default()
    }

    /// Offers a change of something.
    pub(super) fn offer<T>(
        &mut self,
        slot: &mut T,
        operator: Operator,
        span: Span,
        text: impl FnOnce(&T) -> String,
        edit: impl FnOnce(&mut T),
    ) {
        if let Some(listed) = &mut self.listed {
            listed.push(Listed {
                span,
                operator,
                text: text(slot),
            });
        } else if self.wanted == Some(self.seen) {
            self.wanted = None;
            edit(slot);
        }
        self.seen += 1;
    }

    /// Offers to write something else for what is written; `show` gives the words of both.
    pub(super) fn rewrite<T: Clone>(
        &mut self,
        slot: &mut T,
        operator: Operator,
        span: Span,
        show: impl Fn(&T) -> String,
        edit: impl FnOnce(&mut T),
    ) {
        let mut new = slot.clone();
        edit(&mut new);
        let (old_words, new_words) = (show(slot), show(&new));
        if old_words == new_words {
            return;
        }
        self.offer(
            slot,
            operator,
            span,
            |_| format!("write `{new_words}` for `{old_words}`"),
            |slot| *slot = new,
        );
    }

    /// Offers to drop what is optional, if it is there.
    pub(super) fn drop_option<T>(
        &mut self,
        slot: &mut Option<T>,
        operator: Operator,
        span: impl FnOnce(&T) -> Span,
        text: impl FnOnce(&T) -> String,
    ) {
        let Some((span, text)) = slot.as_ref().map(|there| (span(there), text(there))) else {
            return;
        };
        self.offer(slot, operator, span, |_| text, |slot| *slot = None);
    }

    /// Offers to drop each of several; of one alone only where `last` says so.
    pub(super) fn drop_each<T>(
        &mut self,
        list: &mut Vec<T>,
        operator: Operator,
        last: bool,
        span: impl Fn(&T) -> Span,
        text: impl Fn(&T) -> String,
    ) {
        if list.len() < 2 && !last {
            return;
        }
        let mut index = 0;
        // The list shrinks when the wanted change is made, and nothing more is changed then.
        while let Some((span, text)) = list.get(index).map(|one| (span(one), text(one))) {
            self.offer(
                list,
                operator,
                span,
                |_| text,
                |list| drop(list.remove(index)),
            );
            index += 1;
        }
    }
}
