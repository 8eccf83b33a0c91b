//! `never` and `always` as written, to statements about norms.
//!
//! Invariant: the text of a property is what the printer writes, so that a proof speaks the author's words.

use super::conditions::{Position, Reader};
use super::ir::Property;
use super::link::Link;
use crate::model::{Outcome, PackId};
use crate::syntax::ast::{self, Comments, Item, ItemKind};
use crate::syntax::print;

impl Link<'_> {
    /// All properties, in the order of packs.
    pub(super) fn properties(&self) -> Vec<Property> {
        let mut properties = Vec::new();
        for pack in self.pack_ids() {
            for item in &self.pack(pack).ast.items {
                if let ItemKind::Property(decl) = &item.kind {
                    properties.extend(self.property(pack, decl, item));
                }
            }
        }
        properties
    }

    fn property(&self, pack: PackId, decl: &ast::PropertyDecl, item: &Item) -> Option<Property> {
        let norms = self.fixed_norms(pack, &decl.target);
        let reader = Reader::of_pack(self, pack, Position::Plain);
        let cond = match &decl.condition {
            Some(condition) => reader.whole(&condition.cond, item.span).map(Some),
            None => Some(None),
        };
        Some(Property {
            pack,
            always: decl.always,
            norms: norms?,
            outcome: match decl.outcome {
                ast::Deontic::Must => Outcome::Must,
                ast::Deontic::May => Outcome::May,
                ast::Deontic::MustNot => Outcome::MustNot,
            },
            unless: decl.condition.as_ref().is_some_and(|c| c.unless),
            cond: cond?,
            text: self.property_text(pack, item),
            place: self.place(pack, item.span),
        })
    }

    /// The property as the printer writes it: a file that says nothing else, without its header.
    fn property_text(&self, pack: PackId, item: &Item) -> String {
        let header = &self.pack(pack).ast.pack;
        let file = ast::File {
            pack: ast::PackHeader {
                name: header.name.clone(),
                title: None,
                source: None,
                status: None,
                in_force: None,
                judged_by: None,
                counting: ast::Counting::default(),
                applies: None,
                span: header.span,
            },
            items: vec![item.clone()],
            comments: Comments::default(),
        };
        let printed = print(&file);
        let text = printed.split_once('\n').map_or("", |(_, text)| text);
        text.trim().to_string()
    }
}
