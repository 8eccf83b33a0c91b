//! A page of HTML cut into its pieces, strictly: what a careful reader of the standard would refuse is a failure here.

/// An element as it opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Open(Element),
    Close(String),
    Text(String),
}

/// The pieces of a page, in order; the document type stands first and is no piece.
pub fn pieces(page: &str) -> Vec<Piece> {
    let mut rest = page
        .strip_prefix("<!DOCTYPE html>")
        .expect("a document type");
    let mut out = Vec::new();
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        if !text.is_empty() {
            out.push(Piece::Text(text.to_string()));
        }
        let end = tag.find('>').expect("the end of a tag");
        let (tag, after) = (&tag[1..end], &tag[end + 1..]);
        rest = after;
        match tag.strip_prefix('/') {
            Some(name) => out.push(Piece::Close(name.to_string())),
            None => {
                let element = element(tag);
                // What stands in a style is no markup.
                if element.name == "style" {
                    let (style, after) = rest.split_once("</style>").expect("the end of the style");
                    rest = after;
                    out.push(Piece::Open(element));
                    out.push(Piece::Text(style.to_string()));
                    out.push(Piece::Close("style".to_string()));
                    continue;
                }
                out.push(Piece::Open(element));
            }
        }
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest.to_string()));
    }
    out
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(
        name.chars().all(|letter| letter.is_ascii_alphanumeric()),
        "`{tag}`"
    );
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        let (key, value) = rest.split_once("=\"").unwrap_or_else(|| panic!("`{tag}`"));
        let (value, after) = value.split_once('"').unwrap_or_else(|| panic!("`{tag}`"));
        attributes.push((key.to_string(), unescaped(value)));
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    Element {
        name: name.to_string(),
        attributes,
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The letters and digits of a text: what typography does not change.
pub fn words(text: &str) -> String {
    unescaped(text)
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
