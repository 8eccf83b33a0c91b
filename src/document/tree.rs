//! Rules and their exceptions to a drawing: a base above, what departs from it indented below, in one SVG.
//!
//! Invariant: each rule of the family stands in it once, with a link to its text; a full line is `exception to`, a broken
//! one `overrides`. A rule that overrides more rules than the one above it says so in its box. The drawing has the width
//! of a telephone and grows with its text only downward, so that it is read without scrolling sideways and prints.

use std::collections::BTreeMap;

use super::book::{RuleKey, own};
use super::catalogue::Message;
use super::html::Html;
use super::voice::Voice;

/// Measures, in pixels at the size of a telephone.
const WIDTH: usize = 336;
const INDENT: usize = 18;
const LINE: usize = 17;
const PAD: usize = 8;
const GAP: usize = 8;
/// The width of a letter in tenths of a pixel, with room for wide ones.
const LETTER: usize = 73;
/// How deep boxes are indented: deeper ones stay below each other.
const DEPTH_MAX: usize = 6;

/// A box of the drawing.
struct Node {
    key: RuleKey,
    depth: usize,
    /// True if it stands where it does because it overrides what is above.
    broken: bool,
    /// What it overrides beside that.
    also: Vec<RuleKey>,
}

/// Who departs from whom, as far as a pack says.
#[derive(Default)]
struct Family {
    /// For each rule, what it stands under, whether by `overrides`, and what else it overrides.
    above: BTreeMap<RuleKey, (RuleKey, bool, Vec<RuleKey>)>,
    /// Rules in the order of the pack, those of other packs where they are first named.
    order: Vec<RuleKey>,
}

impl Voice<'_, '_> {
    /// The drawings of all families of the pack that have more than one rule.
    pub(super) fn trees(&self) -> Vec<Html> {
        let family = self.family();
        let mut out = Vec::new();
        for root in family
            .order
            .iter()
            .filter(|key| !family.above.contains_key(*key))
        {
            let mut nodes = Vec::new();
            family.below(root, 0, &mut nodes);
            if nodes.len() > 1 {
                out.push(self.tree(&nodes));
            }
        }
        out
    }

    fn family(&self) -> Family {
        let mut family = Family::default();
        let Some(pack) = self.book.packs.get(self.pack) else {
            return family;
        };
        let key = |name: &str| -> RuleKey {
            let found = self
                .book
                .rule(self.pack, name)
                .map_or(self.pack, |(pack, _)| pack);
            (found, own(name).to_string())
        };
        for rule in &pack.rules {
            let mut targets: Vec<RuleKey> = Vec::new();
            for name in rule.exception_to.iter().chain(&rule.overrides) {
                let target = key(&name.text);
                if !targets.contains(&target) {
                    targets.push(target);
                }
            }
            let own_key: RuleKey = (self.pack, rule.name.text.clone());
            for key in targets.iter().chain([&own_key]) {
                if !family.order.contains(key) {
                    family.order.push(key.clone());
                }
            }
            if targets.is_empty() || family.above.contains_key(&own_key) {
                continue;
            }
            let first = targets.remove(0);
            let broken = rule.exception_to.is_none();
            family.above.insert(own_key, (first, broken, targets));
        }
        family
    }

    fn tree(&self, nodes: &[Node]) -> Html {
        let mut drawn = Html::default();
        let mut y = 1;
        // Where the line to the boxes below begins, for each depth.
        let mut from: Vec<usize> = Vec::new();
        for node in nodes {
            let x = node.depth * INDENT + 1;
            let width = WIDTH - x - 1;
            let lines = self.lines(node, width);
            let height = lines.len() * LINE + 2 * PAD - 3;
            if let Some(start) = node.depth.checked_sub(1).and_then(|above| from.get(above)) {
                let (left, middle) = (x - INDENT + 9, y + PAD + 8);
                let path = format!("M{left} {start}V{middle}H{x}");
                let class = if node.broken { "line broken" } else { "line" };
                drawn.push(&Html::with(
                    "path",
                    &[("class", class), ("d", &path)],
                    &Html::default(),
                ));
            }
            drawn.push(&self.node(node, &lines, (x, y, width, height)));
            from.truncate(node.depth);
            from.push(y + height);
            y += height + GAP;
        }
        let height = y.saturating_sub(GAP) + 1;
        let view = format!("0 0 {WIDTH} {height}");
        let sizes = [("viewBox", view.as_str()), ("width", "336")];
        let drawing = Html::with("svg", &sizes, &drawn);
        Html::class("figure", "tree", &drawing)
    }

    fn node(
        &self,
        node: &Node,
        lines: &[(bool, String)],
        (x, y, width, height): (usize, usize, usize, usize),
    ) -> Html {
        let (x_text, y_text, w_text, h_text) = (
            x.to_string(),
            y.to_string(),
            width.to_string(),
            height.to_string(),
        );
        let place = [
            ("x", x_text.as_str()),
            ("y", &y_text),
            ("width", &w_text),
            ("height", &h_text),
            ("rx", "5"),
        ];
        let mut inner = Html::with("rect", &place, &Html::default());
        for (index, (small, line)) in lines.iter().enumerate() {
            let (left, base) = (
                (x + PAD).to_string(),
                (y + PAD + 11 + index * LINE).to_string(),
            );
            let class = if *small { "small" } else { "title" };
            let place = [("class", class), ("x", left.as_str()), ("y", &base)];
            inner.push(&Html::with("text", &place, &Html::text(line)));
        }
        let (pack, name) = &node.key;
        Html::with(
            "a",
            &[("href", &self.href(*pack, &format!("rule-{name}")))],
            &inner,
        )
    }

    /// The words of a box, in lines; true for those that are small.
    fn lines(&self, node: &Node, width: usize) -> Vec<(bool, String)> {
        let letters = (width - 2 * PAD) * 10 / LETTER;
        let mut out = Vec::new();
        if node.depth > 0 {
            let message = if node.broken {
                Message::TreeOverrides
            } else {
                Message::TreeException
            };
            out.push((true, self.say(message, &[]).plain()));
        }
        let words = self.title_of(&node.key);
        out.extend(
            broken(&words, letters)
                .into_iter()
                .map(|line| (false, line)),
        );
        if !node.also.is_empty() {
            let titles: Vec<Html> = node
                .also
                .iter()
                .map(|key| Html::text(&self.title_of(key)))
                .collect();
            let also = self.say(
                Message::TreeAlso,
                &[Html::joined(&titles, Message::Semicolon.text(self.lang))],
            );
            out.extend(
                broken(&also.plain(), letters * 11 / 10)
                    .into_iter()
                    .map(|line| (true, line)),
            );
        }
        out
    }

    fn title_of(&self, (pack, name): &RuleKey) -> String {
        let rules = self.book.packs.get(*pack);
        let versions: Vec<_> = rules
            .into_iter()
            .flat_map(|pack| pack.versions(name))
            .collect();
        let title = self.rule_title(&versions);
        let words = match *pack == self.pack {
            true => title,
            false => self.say(Message::OfPack, &[title, self.pack_title(*pack)]),
        };
        words.plain()
    }
}

impl Family {
    /// A rule and all that stands below it, each before what is below it. Rules and their targets form no cycle.
    fn below(&self, key: &RuleKey, depth: usize, into: &mut Vec<Node>) {
        let (broken, also) = match self.above.get(key) {
            Some((_, broken, also)) => (*broken, also.clone()),
            None => (false, Vec::new()),
        };
        into.push(Node {
            key: key.clone(),
            depth: depth.min(DEPTH_MAX),
            broken,
            also,
        });
        for below in &self.order {
            if self
                .above
                .get(below)
                .is_some_and(|(above, ..)| above == key)
            {
                self.below(below, depth + 1, into);
            }
        }
    }
}

/// Words in lines of at most so many letters, save a word that is longer.
fn broken(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.replace(" %", "\u{a0}%").split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}
