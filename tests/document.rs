//! The pages and the matrix that `exq doc` writes: those of two small packs byte by byte, those of all shipped packs by
//! what must hold of every page.
//!
//! `tests/suite/document/law.en.txt` and `law.fr.txt` are the pages of `law.exq` without their style, one element a line.
//! `BLESS=1` writes them anew, and the matrix between the two marks of `rules/README.md`.
#![cfg(feature = "cli")]

#[path = "support/page.rs"]
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use exequatur::document::{Page, matrix, pages};
use exequatur::explain::Lang;
use exequatur::syntax::ast::{ItemKind, Text};
use exequatur::syntax::{File, parse};
use page::{Element, Piece, pieces};

const BEGIN: &str = "<!-- matrix: written by `exq doc --matrix rules` -->\n";
const END: &str = "<!-- end of the matrix -->";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The parsed packs below a folder, in the order of their paths.
fn packs(folder: &str) -> Vec<File> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "exq") {
                into.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    let read = |path: &PathBuf| parse(&fs::read_to_string(path).unwrap()).unwrap();
    paths.iter().map(read).collect()
}

/// All pages of the shipped packs, by name.
fn shipped() -> BTreeMap<String, String> {
    let pages = pages(&packs("rules"), &[Lang::En, Lang::Fr]);
    assert!(pages.len() > 80);
    pages
        .into_iter()
        .map(|page| (page.name, page.html))
        .collect()
}

fn blessed() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// A page without its style, one element a line.
fn bare(page: &Page) -> String {
    let (head, rest) = page.html.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    let mut out = format!("{head}{body}");
    for name in [
        "h1", "h2", "h3", "h4", "p", "ul", "li", "dl", "dt", "dd", "svg", "a", "rect", "text",
        "path", "details", "summary", "article", "section", "nav", "main", "footer",
    ] {
        for mark in [format!("<{name}>"), format!("<{name} ")] {
            if name != "a" || mark.ends_with("<a>") {
                out = out.replace(&mark, &format!("\n{mark}"));
            }
        }
    }
    let lines: Vec<&str> = out.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n") + "\n"
}

#[test]
fn the_pages_of_the_suite() {
    let pages = pages(&packs("tests/suite/document"), &[Lang::En, Lang::Fr]);
    let mut wrong = String::new();
    for page in pages.iter().filter(|page| page.name.starts_with("law.")) {
        let file = root()
            .join("tests/suite/document")
            .join(page.name.replace(".html", ".txt"));
        let actual = bare(page);
        let stored = fs::read_to_string(&file).unwrap_or_default();
        if actual == stored {
            continue;
        }
        if blessed() {
            fs::write(&file, actual).unwrap();
            continue;
        }
        let differing = actual
            .lines()
            .zip(stored.lines())
            .find(|(one, other)| one != other);
        writeln!(wrong, "{}: {differing:?}", page.name).unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn pages_are_well_formed_and_need_nothing_beside_themselves() {
    let pages = shipped();
    let mut wrong = String::new();
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut links: Vec<(&str, String)> = Vec::new();
    for (name, html) in &pages {
        let mut open: Vec<Element> = Vec::new();
        let own = ids.entry(name).or_default();
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => {
                    for sign in ["<", ">"] {
                        if text.contains(sign) && !open.iter().any(|open| open.name == "style") {
                            writeln!(wrong, "{name}: `{sign}` in {text:?}").unwrap();
                        }
                    }
                }
                Piece::Open(element) => {
                    if [
                        "script", "link", "img", "iframe", "object", "embed", "base", "form",
                    ]
                    .contains(&&*element.name)
                    {
                        writeln!(wrong, "{name}: an element `{}`", element.name).unwrap();
                    }
                    for (key, value) in &element.attributes {
                        match key.as_str() {
                            "id" if !own.insert(value.clone()) => {
                                writeln!(wrong, "{name}: the id `{value}` twice").unwrap();
                            }
                            "href" => links.push((name, value.clone())),
                            key if key == "src" || key == "style" || key.starts_with("on") => {
                                writeln!(wrong, "{name}: an attribute `{key}`").unwrap();
                            }
                            _ => {}
                        }
                        if value.contains("://") {
                            writeln!(wrong, "{name}: an address in `{key}`: {value}").unwrap();
                        }
                    }
                    if element.name != "meta" {
                        open.push(element);
                    }
                }
                Piece::Close(closed) => {
                    let last = open.pop().map(|element| element.name);
                    if last.as_ref() != Some(&closed) {
                        writeln!(wrong, "{name}: `</{closed}>` closes {last:?}").unwrap();
                    }
                }
            }
        }
        for element in open {
            writeln!(wrong, "{name}: `{}` is never closed", element.name).unwrap();
        }
        let (_, style) = html.split_once("<style>").unwrap();
        for word in ["url(", "@import", "@font-face", "http"] {
            assert!(
                !style.split("</style>").next().unwrap().contains(word),
                "{word} in the style"
            );
        }
    }
    assert!(links.len() > 5_000, "{} links", links.len());
    for (name, link) in links {
        let (file, id) = link.split_once('#').unwrap_or((&link, ""));
        let file = if file.is_empty() { name } else { file };
        let found = ids
            .get(file)
            .is_some_and(|ids| id.is_empty() || ids.contains(id));
        if !found {
            writeln!(wrong, "{name}: nothing stands at `{link}`").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What an element may lack.
const MAY_BE_EMPTY: [&str; 3] = ["rect", "path", "meta"];

#[test]
fn no_sentence_is_empty_and_no_name_stands_for_words() {
    let mut wrong = String::new();
    for (name, html) in shipped() {
        let mut inside: Vec<(Element, bool)> = Vec::new();
        for piece in pieces(&html) {
            match piece {
                Piece::Open(element) => {
                    if let Some(last) = inside.last_mut() {
                        last.1 = true;
                    }
                    if element.name != "meta" {
                        inside.push((element, false));
                    }
                }
                Piece::Text(text) => {
                    if let Some(last) = inside.last_mut() {
                        last.1 |= !text.trim().is_empty();
                    }
                    let as_written = inside
                        .iter()
                        .any(|(open, _)| ["code", "style", "title"].contains(&&*open.name));
                    let raw =
                        |word: &str| word.contains('_') && word.chars().any(char::is_lowercase);
                    if let Some(word) = text
                        .split_whitespace()
                        .find(|word| !as_written && raw(word))
                    {
                        writeln!(wrong, "{name}: `{word}` in {text:?}").unwrap();
                    }
                    for gap in ["{", "“”", "«\u{a0}\u{a0}»", "()", "  "] {
                        if !as_written && text.contains(gap) {
                            writeln!(wrong, "{name}: `{gap}` in {text:?}").unwrap();
                        }
                    }
                }
                Piece::Close(_) => {
                    let Some((element, full)) = inside.pop() else {
                        continue;
                    };
                    if !full && !MAY_BE_EMPTY.contains(&&*element.name) {
                        writeln!(wrong, "{name}: an empty `{}`", element.name).unwrap();
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn both_languages_say_the_same_things() {
    // Drawings break their lines where the words end, and are compared by their boxes.
    let shape = |html: &str| -> Vec<String> {
        let names = pieces(html).into_iter().filter_map(|piece| match piece {
            Piece::Open(element) if element.name != "text" => {
                let id = element
                    .attributes
                    .iter()
                    .find(|(key, _)| key == "id")
                    .cloned();
                Some(format!("{} {id:?}", element.name))
            }
            _ => None,
        });
        names.collect()
    };
    let pages = shipped();
    let mut compared = 0;
    for (name, html) in pages.iter().filter(|(name, _)| name.ends_with(".en.html")) {
        let french = &pages[&name.replace(".en.html", ".fr.html")];
        let (one, other) = (shape(html), shape(french));
        let differing = one.iter().zip(&other).position(|(one, other)| one != other);
        assert!(
            one.len() == other.len() && differing.is_none(),
            "{name}: {differing:?}"
        );
        compared += 1;
    }
    assert!(compared > 40);
}

#[test]
fn what_an_author_wrote_for_readers_stands_on_the_page() {
    let files = packs("rules");
    let pages = pages(&files, &[Lang::En, Lang::Fr]);
    let plain = |name: &str| -> String {
        let page = pages.iter().find(|page| page.name == name).unwrap();
        let texts = pieces(&page.html)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(page::words(&text)),
                _ => None,
            });
        texts.collect::<Vec<_>>().join(" ")
    };
    let mut missing = String::new();
    let mut asked = 0;
    for file in &files {
        let name = &file.pack.name.text;
        let (en, fr) = (
            plain(&format!("{name}.en.html")),
            plain(&format!("{name}.fr.html")),
        );
        let mut texts: Vec<&Text> = file.pack.title.iter().chain(&file.pack.source).collect();
        for item in &file.items {
            match &item.kind {
                ItemKind::Fact(decl) => texts.extend(&decl.ask),
                ItemKind::Event(decl) => texts.extend(&decl.ask),
                ItemKind::Norm(decl) => texts.extend(&decl.title),
                ItemKind::Rule(rule) => {
                    texts.extend(
                        rule.title
                            .iter()
                            .chain(&rule.reason)
                            .chain(&rule.untranslated),
                    );
                    texts.extend(rule.cites.iter().map(|cite| &cite.article));
                    let others = rule.then.iter().flat_map(|effect| &effect.alternatives);
                    texts.extend(others.map(|other| &other.because));
                }
                ItemKind::Enum(decl) => texts.extend(
                    decl.members
                        .iter()
                        .filter_map(|member| member.label.as_ref()),
                ),
                ItemKind::Scenario(scenario) => texts.push(&scenario.title),
                _ => {}
            }
        }
        for text in texts {
            asked += 1;
            for (page, words) in [(&en, &text.en), (&fr, text.fr.as_ref().unwrap_or(&text.en))] {
                if !page.contains(&page::words(words)) {
                    writeln!(missing, "{name}: {words:?}").unwrap();
                }
            }
        }
    }
    assert!(asked > 1_500, "{asked} texts");
    assert!(missing.is_empty(), "{missing}");
}

#[test]
fn the_order_of_files_never_matters() {
    let mut files = packs("rules");
    let before = (pages(&files, &[Lang::Fr]), matrix(&files, Lang::En));
    files.reverse();
    assert!(before == (pages(&files, &[Lang::Fr]), matrix(&files, Lang::En)));
}

#[test]
fn the_matrix_of_the_packs_is_the_one_in_their_readme() {
    let path = root().join("rules/README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("the first mark");
    let (stored, after) = rest.split_once(END).expect("the last mark");
    let actual = format!("\n{}\n", matrix(&packs("rules"), Lang::En));
    let rows = actual.lines().filter(|line| line.starts_with('|'));
    assert!(rows.clone().count() > 50);
    for row in rows {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 11, "{row}");
    }
    if stored != actual && blessed() {
        fs::write(&path, format!("{before}{BEGIN}{actual}{END}{after}")).unwrap();
        return;
    }
    let differing = actual
        .lines()
        .zip(stored.lines())
        .find(|(one, other)| one != other);
    assert!(stored == actual, "BLESS=1 writes it anew: {differing:?}");
}
