//! Norms and rules to the words by which sentences name them: bearers, deeds, titles.
//!
//! Invariant: a norm or a rule of another pack is named with the pack, and each name links to the text that it names.

use super::book::{member, own};
use super::catalogue::Message;
use super::html::Html;
use super::voice::Voice;
use crate::explain::shared::bearer;
use crate::syntax::ast::{EnumDecl, Name, NormDecl, RuleDecl, Target, TargetOf};

impl<'a> Voice<'_, 'a> {
    /// Who bears a norm, in words.
    pub(super) fn bearer(&self, norm: &NormDecl) -> Html {
        Html::text(&bearer(&norm.bearer.text, self.lang))
    }

    /// What a norm is about, as the end of a sentence: `remove the content (content data)`.
    pub(super) fn deed(&self, target: &Target) -> Html {
        let found = self.book.norm(&target.norm.text);
        let title = match found {
            Some((pack, norm)) => {
                let words = Html::text(&inner(&self.norm_wording(norm)));
                self.link(pack, &format!("norm-{}", norm.name.text), &words)
            }
            None => Html::code(&target.norm.text),
        };
        let family = found.and_then(|(_, norm)| self.book.enumeration(&norm.family.as_ref()?.text));
        match &target.of {
            None => title,
            Some(of) => self.say(Message::OfMembers, &[title, self.of_target(of, family)]),
        }
    }

    /// The title of a norm; its action and object, if it has none.
    pub(super) fn norm_wording(&self, norm: &NormDecl) -> String {
        match &norm.title {
            Some(title) => self.wording(title).to_string(),
            None => format!("{} {}", norm.action.text, norm.object.text).replace('_', " "),
        }
    }

    /// The members of a family that are meant.
    pub(super) fn of_target(&self, of: &TargetOf, family: Option<&'a EnumDecl>) -> Html {
        match of {
            TargetOf::Members(names) => {
                let names: Vec<Html> = names
                    .iter()
                    .map(|name| self.member(family, &name.text))
                    .collect();
                self.enumerated(&names, Message::And)
            }
            TargetOf::Name(name)
                if family.is_some_and(|family| member(family, &name.text).is_some()) =>
            {
                self.member(family, &name.text)
            }
            TargetOf::Name(name) => self.named_set(&name.text),
        }
    }

    /// A rule by its title, with a link; its name, if it has none.
    pub(super) fn rule(&self, name: &str) -> Html {
        let Some((pack, versions)) = self.book.rule(self.pack, name) else {
            return Html::code(name);
        };
        let title = self.of(pack).rule_title(&versions);
        let link = self.link(pack, &format!("rule-{}", own(name)), &title);
        if pack == self.page_of {
            return self.quoted(link);
        }
        self.say(Message::OfPack, &[self.quoted(link), self.pack_title(pack)])
    }

    /// Rules by their titles.
    pub(super) fn rules(&self, names: &[&Name]) -> Html {
        let rules: Vec<Html> = names.iter().map(|name| self.rule(&name.text)).collect();
        self.enumerated(&rules, Message::And)
    }

    /// The title of the last version; its name, if it has none.
    pub(super) fn rule_title(&self, versions: &[&RuleDecl]) -> Html {
        let title = versions.iter().rev().find_map(|rule| rule.title.as_ref());
        match (title, versions.first()) {
            (Some(title), _) => self.text(title),
            (None, Some(rule)) => Html::text(&rule.name.text.replace('_', " ")),
            (None, None) => Html::default(),
        }
    }
}

/// A title within a sentence: without its capital letter, save where a word has several.
fn inner(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            format!("{}{}", first.to_lowercase(), letters.as_str())
        }
        _ => title.to_string(),
    }
}
