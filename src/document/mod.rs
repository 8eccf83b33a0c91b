//! Packs to pages for people who never saw the language: every rule in sentences, in English and in French.
//!
//! Invariant: a pure function of the parsed packs and the language, and the same packs give the same bytes; every word
//! comes from a catalogue or from a pack, and every text of a pack is escaped. The packs of a link passed its checks
//! before: what a page says of names, of proofs and of tests rests on that.

mod authority;
mod book;
mod catalogue;
mod condition;
mod counting;
mod effect;
mod html;
mod matrix;
mod moment;
mod names;
mod page;
mod rule;
mod scenario;
mod tree;
mod vocabulary;
mod voice;

use std::collections::BTreeSet;

use crate::explain::Lang;
use crate::syntax::ast::File;
use book::{Book, Pack};
use catalogue::Message;
use html::Html;
use voice::{Voice, code};

/// A page: the name of its file, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// `eu.tco.en.html`.
    pub name: String,
    /// The document.
    pub html: String,
}

/// A page for each pack of a link and an index, in each language; pages of one thing in two languages link each other.
#[must_use]
pub fn pages(files: &[File], langs: &[Lang]) -> Vec<Page> {
    let book = Book::new(files);
    let other = langs.len() > 1;
    let mut pages = Vec::new();
    for lang in langs {
        let voice = Voice::on_page(&book, 0, *lang);
        pages.push(Page {
            name: format!("index.{}.html", code(*lang)),
            html: index(&voice, other),
        });
        for pack in 0..book.packs.len() {
            pages.push(Page {
                name: voice.page(pack),
                html: Voice::on_page(&book, pack, *lang).whole_page(other),
            });
        }
    }
    pages
}

/// Every deadline of a link in one table, in Markdown.
#[must_use]
pub fn matrix(files: &[File], lang: Lang) -> String {
    let book = Book::new(files);
    Voice::on_page(&book, 0, lang).matrix()
}

/// The index: packs with rules, then those with words, then those with scenarios alone.
fn index(voice: &Voice<'_, '_>, other: bool) -> String {
    let has_rules = |pack: &Pack<'_>| !pack.rules.is_empty();
    let only_tries = |pack: &Pack<'_>| pack.rules.is_empty() && !pack.scenarios.is_empty();
    let mut main = Html::default();
    for (head, wanted) in [
        (
            Message::IndexRules,
            &has_rules as &dyn Fn(&Pack<'_>) -> bool,
        ),
        (Message::IndexWords, &|pack| {
            !has_rules(pack) && !only_tries(pack)
        }),
        (Message::IndexScenarios, &only_tries),
    ] {
        let packs = voice.book.packs.iter().enumerate();
        let items: Vec<Html> = packs
            .filter(|(_, pack)| wanted(pack))
            .map(|(at, pack)| entry(voice, at, pack))
            .collect();
        if items.is_empty() {
            continue;
        }
        let mut inner = Html::element("h2", &voice.say(head, &[]));
        inner.push(&Html::list("packs", &items));
        main.push(&Html::element("section", &inner));
        main.line();
    }
    let title = voice.say(Message::IndexTitle, &[]);
    voice.document("index", &title, &main, other)
}

fn entry(voice: &Voice<'_, '_>, at: usize, pack: &Pack<'_>) -> Html {
    let header = &pack.file.pack;
    let mut out = voice.pack_link(at);
    let mut more = Vec::new();
    if let Some(source) = &header.source {
        more.push(voice.text(source));
    }
    if header.status.is_some() {
        more.push(voice.status_of(header.status.as_ref()));
    }
    if let Some(days) = &header.in_force {
        more.push(voice.in_force(days));
    }
    if !pack.rules.is_empty() || !pack.scenarios.is_empty() {
        let names: BTreeSet<&str> = pack
            .rules
            .iter()
            .map(|rule| rule.name.text.as_str())
            .collect();
        let counts = [
            Html::number(names.len()),
            Html::number(pack.scenarios.len()),
        ];
        more.push(voice.say(Message::CountRules, &counts));
    }
    let more = Html::joined(&more, " · ");
    if !more.is_empty() {
        out.push(&Html::class("span", "more", &more));
    }
    out
}
