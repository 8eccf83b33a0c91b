//! Ast to mutants: the rules with one small fault each, to see whether the scenarios would notice it.
//!
//! Invariant: the list depends on the Ast alone, and a mutant differs from the rules in one place. Texts, titles,
//! citations, questions, calendars, properties and scenarios stay as they are: the first say nothing to the engine, and
//! the last say what is to be noticed.
//!
//! A mutant holds no Ast. One walk both lists the places and changes the one that is wanted (`walk`), so that the
//! two can never disagree, and thousands of mutants take little memory.

mod conditions;
mod effects;
mod items;
mod operator;
mod walk;
mod windows;
mod words;

use crate::syntax::ast::{File, Item, PackHeader, Span};
pub use operator::Operator;
use walk::{Listed, Walk};
use words::Words;

/// The rules with one fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutant {
    /// The file, by its index in the link.
    pub file: usize,
    /// Where in it.
    pub span: Span,
    /// What kind of fault.
    pub operator: Operator,
    /// What the fault is in: `rule`, `define`, `norm`, `fact`, `set`, or `pack` for its header.
    pub kind: &'static str,
    /// The name of what it is in.
    pub name: String,
    /// The fault, in plain words: drop `order.authenticated`.
    pub text: String,
    /// The item of the file; `None` for its header.
    item: Option<usize>,
    /// The number of the place and change in the walk of that item.
    number: usize,
}

/// The part of a file that a mutant replaces, as it was.
#[derive(Debug)]
pub enum Original {
    /// The header.
    Header(Box<PackHeader>),
    /// An item.
    Item(Box<Item>),
}

/// The mutants of a link, and what it takes to make them.
#[derive(Debug)]
pub struct Mutants {
    /// All of them, in the order of files and places.
    pub list: Vec<Mutant>,
    words: Words,
}

impl Mutants {
    /// The mutants of the files of a link.
    #[must_use]
    pub fn of(files: &[File]) -> Mutants {
        let words = Words::new(files);
        let mut list = Vec::new();
        for (file, ast) in files.iter().enumerate() {
            let mut push = |item: Option<usize>, kind, name: &str, found: Vec<Listed>| {
                for (number, listed) in found.into_iter().enumerate() {
                    list.push(Mutant {
                        file,
                        span: listed.span,
                        operator: listed.operator,
                        kind,
                        name: name.to_string(),
                        text: listed.text,
                        item,
                        number,
                    });
                }
            };
            let mut walk = Walk::list(&words);
            items::header(&mut walk, &mut ast.pack.clone());
            push(None, "pack", &ast.pack.name.text, walk.finish());
            for (index, item) in ast.items.iter().enumerate() {
                let Some((kind, name)) = items::subject(item) else {
                    continue;
                };
                let mut walk = Walk::list(&words);
                items::item(&mut walk, &mut item.clone());
                push(Some(index), kind, name, walk.finish());
            }
        }
        Mutants { list, words }
    }

    /// Makes the fault in the files from which the mutants were listed, and gives back what was there.
    /// `None`, and the files as they were, for files without the place.
    #[must_use]
    pub fn apply(&self, files: &mut [File], mutant: &Mutant) -> Option<Original> {
        let mut walk = Walk::change(&self.words, mutant.number);
        let file = files.get_mut(mutant.file)?;
        match mutant.item {
            None => {
                let original = file.pack.clone();
                items::header(&mut walk, &mut file.pack);
                Some(Original::Header(Box::new(original)))
            }
            Some(index) => {
                let item = file.items.get_mut(index)?;
                let original = item.clone();
                items::item(&mut walk, item);
                Some(Original::Item(Box::new(original)))
            }
        }
    }
}

/// Puts back what [`Mutants::apply`] gave.
pub fn restore(files: &mut [File], mutant: &Mutant, original: Original) {
    let Some(file) = files.get_mut(mutant.file) else {
        return;
    };
    match (original, mutant.item) {
        (Original::Header(header), _) => file.pack = *header,
        (Original::Item(item), Some(index)) => {
            if let Some(slot) = file.items.get_mut(index) {
                *slot = *item;
            }
        }
        (Original::Item(_), None) => {}
    }
}
