//! A pack to a page: one HTML document that needs nothing beside itself.
//!
//! Invariant: no script, no picture, no style and no type comes from elsewhere, and citations are plain text; the same
//! rules give the same bytes. A section without content is left out, of the contents too.

use super::catalogue::Message;
use super::html::Html;
use super::voice::{Voice, code};
use crate::explain::Lang;
use crate::explain::shared;
use crate::model::PackStatus;
use crate::syntax::ast::Name;

/// The style of all pages, written into each.
const STYLE: &str = include_str!("page.css");

/// A section: its id, its heading, its content, and the entries of the contents below it.
struct Section {
    id: &'static str,
    head: Html,
    body: Html,
    entries: Vec<Html>,
}

impl Voice<'_, '_> {
    /// The page of the pack. `other` is true if the page in the other language stands beside it.
    pub(super) fn whole_page(&self, other: bool) -> String {
        let sections = self.sections();
        let mut main = self.about();
        main.push(&self.contents(&sections));
        for section in &sections {
            let mut inner = Html::element("h2", &section.head);
            inner.line();
            inner.push(&section.body);
            main.push(&Html::with("section", &[("id", section.id)], &inner));
            main.line();
        }
        let name = self
            .book
            .packs
            .get(self.pack)
            .map_or("", |pack| pack.name());
        self.document(name, &self.pack_title(self.pack), &main, other)
    }

    /// A document with its head, its links to the index and to the other language, and its foot.
    pub(super) fn document(&self, name: &str, title: &Html, main: &Html, other: bool) -> String {
        let mut links = Html::default();
        if name != "index" {
            let href = format!("index.{}.html", code(self.lang));
            links.push(&Html::with(
                "a",
                &[("href", &href)],
                &self.say(Message::AllPacks, &[]),
            ));
        }
        if other {
            let (lang, words) = match self.lang {
                Lang::En => (Lang::Fr, "Français"),
                Lang::Fr => (Lang::En, "English"),
            };
            let href = format!("{name}.{}.html", code(lang));
            let attributes = [
                ("href", href.as_str()),
                ("hreflang", code(lang)),
                ("lang", code(lang)),
            ];
            links.push(&Html::with("a", &attributes, &Html::text(words)));
        }
        let mut body = Html::with(
            "a",
            &[("class", "skip"), ("href", "#main")],
            &self.say(Message::Skip, &[]),
        );
        body.line();
        if !links.is_empty() {
            let label = self.say(Message::Pages, &[]).plain();
            body.push(&Html::with(
                "nav",
                &[("class", "pages"), ("aria-label", &label)],
                &links,
            ));
            body.line();
        }
        let mut inner = Html::element("h1", title);
        inner.push(main);
        body.push(&Html::with("main", &[("id", "main")], &inner));
        body.line();
        let version = Html::text(env!("CARGO_PKG_VERSION"));
        body.push(&Html::element(
            "footer",
            &Html::element("p", &self.say(Message::Foot, &[version])),
        ));
        let head = format!(
            "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>",
            Html::text(&title.plain()).into_string(),
        );
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n{head}\n</head>\n<body>\n{}\n</body>\n</html>\n",
            code(self.lang),
            body.into_string()
        )
    }

    /// What the pack is: instrument, status, days, scope.
    fn about(&self) -> Html {
        let Some(pack) = self.book.packs.get(self.pack) else {
            return Html::default();
        };
        let header = &pack.file.pack;
        let mut rows: Vec<(Message, Html)> = Vec::new();
        if let Some(source) = &header.source {
            rows.push((Message::Source, self.text(source)));
        }
        rows.push((Message::Status, self.status_of(header.status.as_ref())));
        if let Some(days) = &header.in_force {
            rows.push((Message::ForceDays, self.in_force(days).sentence()));
        }
        if let Some(event) = &header.judged_by {
            let words = match self.clause(&event.text) {
                Some(clause) => self.say(Message::DayWhen, &[clause]),
                None => self.say(Message::DayOf, &[self.question(&event.text)]),
            };
            rows.push((Message::JudgedBy, words));
        }
        if !pack.uses.is_empty() {
            let used: Vec<Html> = pack.uses.iter().map(|used| self.pack_link(*used)).collect();
            rows.push((
                Message::Uses,
                Html::joined(&used, Message::Semicolon.text(self.lang)),
            ));
        }
        let tests = self.book.packs.iter().enumerate().filter(|(_, other)| {
            other.rules.is_empty() && !other.scenarios.is_empty() && other.uses.contains(&self.pack)
        });
        let tests: Vec<Html> = tests.map(|(other, _)| self.pack_link(other)).collect();
        if !tests.is_empty() {
            rows.push((
                Message::TestedBy,
                Html::joined(&tests, Message::Semicolon.text(self.lang)),
            ));
        }
        let mut list = Html::default();
        for (label, words) in rows {
            list.push(&Html::element("dt", &self.say(label, &[])));
            list.push(&Html::element("dd", &words));
        }
        let mut out = Html::class("dl", "about", &list);
        if let Some(applies) = &header.applies {
            let mut scope = Html::element("h2", &self.say(Message::Scope, &[]).sentence());
            scope.push(&self.condition(applies));
            out.push(&Html::with("section", &[("id", "scope")], &scope));
        }
        out
    }

    /// The status of a pack in words.
    pub(super) fn status_of(&self, status: Option<&Name>) -> Html {
        let found = status.and_then(|status| PackStatus::from_word(&status.text));
        let message = match found {
            Some(PackStatus::Law) => Message::StatusLaw,
            Some(PackStatus::CaseLaw) => {
                return self.told(shared::Message::CaseLaw, &[]).sentence();
            }
            Some(PackStatus::Policy) => return self.told(shared::Message::Policy, &[]).sentence(),
            Some(PackStatus::Announced) => Message::StatusAnnounced,
            Some(PackStatus::Voluntary) => Message::StatusVoluntary,
            Some(PackStatus::Repealed) => Message::StatusRepealed,
            Some(PackStatus::Lapsed) => Message::StatusLapsed,
            Some(PackStatus::Annulled) => Message::StatusAnnulled,
            Some(PackStatus::Vocabulary) | None => Message::StatusVocabulary,
        };
        self.say(message, &[])
    }

    /// A pack by its title, with a link to its page.
    pub(super) fn pack_link(&self, pack: usize) -> Html {
        Html::with("a", &[("href", &self.page(pack))], &self.pack_title(pack))
    }

    fn contents(&self, sections: &[Section]) -> Html {
        let mut items = Vec::new();
        for section in sections {
            let mut item = Html::with("a", &[("href", &format!("#{}", section.id))], &section.head);
            item.push(&Html::list("entries", &section.entries));
            items.push(item);
        }
        let mut inner = Html::element("h2", &self.say(Message::Contents, &[]));
        inner.push(&Html::list("contents", &items));
        let label = self.say(Message::Contents, &[]).plain();
        let mut out = Html::with(
            "nav",
            &[("class", "contents"), ("aria-label", &label)],
            &inner,
        );
        out.line();
        out
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let mut add = |id, message, body: Html, entries| {
            if !body.is_empty() {
                let head = self.say(message, &[]);
                sections.push(Section {
                    id,
                    head,
                    body,
                    entries,
                });
            }
        };
        let (rules, rule_entries) = self.rules_of();
        add(
            "exceptions",
            Message::TreesHead,
            self.drawings(),
            Vec::new(),
        );
        add("rules", Message::RulesHead, rules, rule_entries);
        add(
            "terms",
            Message::TermsHead,
            lines(&self.terms()),
            Vec::new(),
        );
        add(
            "norms",
            Message::NormsHead,
            lines(&self.norms()),
            Vec::new(),
        );
        add(
            "properties",
            Message::PropertiesHead,
            self.proved(),
            Vec::new(),
        );
        let (scenarios, scenario_entries) = self.scenarios();
        add(
            "scenarios",
            Message::ScenariosHead,
            scenarios,
            scenario_entries,
        );
        let questions = Html::list("questions", &self.questions());
        add("questions", Message::QuestionsHead, questions, Vec::new());
        add(
            "lists",
            Message::ListsHead,
            lines(&self.lists()),
            Vec::new(),
        );
        add(
            "calendars",
            Message::CalendarsHead,
            lines(&self.calendars()),
            Vec::new(),
        );
        sections
    }

    fn drawings(&self) -> Html {
        let trees = self.trees();
        let mut out = Html::default();
        if !trees.is_empty() {
            out.push(&Html::element("p", &self.say(Message::TreesLead, &[])));
            out.push(&Html::class("div", "trees", &lines(&trees)));
        }
        out
    }

    fn rules_of(&self) -> (Html, Vec<Html>) {
        let (mut body, mut entries) = (Html::default(), Vec::new());
        let Some(pack) = self.book.packs.get(self.pack) else {
            return (body, entries);
        };
        let mut seen: Vec<&str> = Vec::new();
        for rule in &pack.rules {
            let name = rule.name.text.as_str();
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let versions: Vec<_> = pack.versions(name).collect();
            entries.push(self.link(
                self.pack,
                &format!("rule-{name}"),
                &self.rule_title(&versions),
            ));
            for (version, rule) in versions.into_iter().enumerate() {
                body.push(&self.article(rule, version));
            }
        }
        (body, entries)
    }

    fn proved(&self) -> Html {
        let properties = self.properties();
        let mut out = Html::default();
        if !properties.is_empty() {
            out.push(&Html::element("p", &self.say(Message::PropertiesLead, &[])));
            out.push(&Html::list("properties", &properties));
        }
        out
    }

    fn scenarios(&self) -> (Html, Vec<Html>) {
        let (mut body, mut entries) = (Html::default(), Vec::new());
        let Some(pack) = self.book.packs.get(self.pack) else {
            return (body, entries);
        };
        if !pack.scenarios.is_empty() {
            body.push(&Html::element("p", &self.say(Message::ScenariosLead, &[])));
        }
        for (index, scenario) in pack.scenarios.iter().enumerate() {
            body.push(&self.scenario(index + 1, scenario));
            body.line();
            let id = format!("scenario-{}", index + 1);
            entries.push(self.link(self.pack, &id, &self.text(&scenario.title)));
        }
        (body, entries)
    }
}

/// Pieces, one a line of the source.
fn lines(pieces: &[Html]) -> Html {
    let mut out = Html::default();
    for piece in pieces {
        out.push(piece);
        out.line();
    }
    out
}
