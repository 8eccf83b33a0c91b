//! Text to HTML that can stand in a page.
//!
//! Invariant: an [`Html`] is well formed, and whatever came from a pack is escaped in it: there is no way from a `String`
//! into one but [`Html::text`]. Attributes are escaped as text is, so that no pack can write markup or a script.

use crate::explain::messages::filled;
use crate::explain::shared::set;

/// A piece of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Html(String);

impl Html {
    /// A text for people, set as it is printed, and escaped.
    pub(super) fn text(text: &str) -> Html {
        Html(escaped(&set(text)))
    }

    /// A name or a code, as it is written in the rules.
    pub(super) fn code(name: &str) -> Html {
        Html(format!("<code>{}</code>", escaped(name)))
    }

    /// Markup that stands in this program.
    pub(super) fn fixed(markup: &'static str) -> Html {
        Html(markup.to_string())
    }

    /// A number.
    pub(super) fn number(number: usize) -> Html {
        Html(number.to_string())
    }

    /// A message whose places are filled. Messages stand in this program, and may have markup.
    pub(super) fn filled(text: &'static str, values: &[Html]) -> Html {
        let values: Vec<&str> = values.iter().map(|value| value.0.as_str()).collect();
        Html(filled(text, &values))
    }

    /// An element.
    pub(super) fn element(name: &'static str, inner: &Html) -> Html {
        Html(format!("<{name}>{}</{name}>", inner.0))
    }

    /// An element with attributes.
    pub(super) fn with(
        name: &'static str,
        attributes: &[(&'static str, &str)],
        inner: &Html,
    ) -> Html {
        Html(format!("{}{}</{name}>", open(name, attributes), inner.0))
    }

    /// An element with a class.
    pub(super) fn class(name: &'static str, class: &'static str, inner: &Html) -> Html {
        Html::with(name, &[("class", class)], inner)
    }

    /// A list of items; nothing, where there is none.
    pub(super) fn list(class: &'static str, items: &[Html]) -> Html {
        if items.is_empty() {
            return Html::default();
        }
        let mut inner = Html::default();
        for item in items {
            inner.push(&Html::element("li", item));
        }
        Html::class("ul", class, &inner)
    }

    /// Pieces with the same words between them.
    pub(super) fn joined(pieces: &[Html], between: &str) -> Html {
        let pieces: Vec<&str> = pieces.iter().map(|piece| piece.0.as_str()).collect();
        Html(pieces.join(&escaped(between)))
    }

    /// Adds a piece behind.
    pub(super) fn push(&mut self, other: &Html) {
        self.0.push_str(&other.0);
    }

    /// Ends a line of the source, for those who read it.
    pub(super) fn line(&mut self) {
        self.0.push('\n');
    }

    /// True if there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same with a capital letter, where it begins with a letter.
    pub(super) fn sentence(self) -> Html {
        let mut letters = self.0.chars();
        match letters.next() {
            Some(first) if first.is_alphabetic() => {
                Html(format!("{}{}", first.to_uppercase(), letters.as_str()))
            }
            _ => self,
        }
    }

    /// The markup.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// The words alone, without markup: for pages that are not HTML.
    pub(super) fn plain(&self) -> String {
        let mut out = String::with_capacity(self.0.len());
        let mut inside = false;
        for letter in self.0.chars() {
            match letter {
                '<' => inside = true,
                '>' => inside = false,
                _ if !inside => out.push(letter),
                _ => {}
            }
        }
        out.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }
}

fn open(name: &'static str, attributes: &[(&'static str, &str)]) -> String {
    let mut out = format!("<{name}");
    for (key, value) in attributes {
        out.push_str(&format!(" {key}=\"{}\"", escaped(value)));
    }
    out.push('>');
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pack_says_stays_text() {
        let hostile = "<script>\"x\" & 'y'</script>";
        let page = Html::with("p", &[("title", hostile)], &Html::text(hostile));
        assert_eq!(
            page.clone().into_string(),
            "<p title=\"&lt;script&gt;&quot;x&quot; &amp; 'y'&lt;/script&gt;\">\
             &lt;script&gt;&quot;x&quot; &amp; 'y'&lt;/script&gt;</p>"
        );
        assert_eq!(page.plain(), hostile);
    }
}
