//! Every small rule, on every case it can tell apart: the engine against the reference interpreter.
//!
//! A body has up to four nodes (leaves, `not`, `and` and `or` with two or three parts) over up to three facts, of all kinds on
//! which the language has conditions; a case gives each of them one of its values, or leaves it unknown. Random packs are large
//! and meet an odd corner by luck: here no corner of this size is left out. The body decides a duty, and lifts another one, so that
//! its truth is seen both ways and with its reasons, and when it next changes.
//!
//! `EXQ_SMALL_STEP` compares every so many bodies, one all of them, from the one on that `EXQ_SMALL_FIRST` counts (from none);
//! `EXQ_SMALL_NODES` says how many nodes there are at most.
#![cfg(feature = "cli")]

mod engine;
mod reference;
#[path = "support/shares.rs"]
mod shares;

use engine::{Engine, load_or_panic, pack_of};
use exequatur::syntax;
use reference::case::Ask;
use reference::civil::parse_instant;
use reference::evaluate;
use reference::link::Link;
use reference::timing::Service;
use serde_json::{Map, Value as Json, json};
use shares::{in_shares, setting};

const NODES: u64 = 4;
const FACTS: usize = 3;
/// Every so many bodies are compared where nothing else is asked for, which takes seconds.
const STEP: u64 = 16;
const NOW: &str = "2026-03-02T09:00:00Z";

/// A kind of fact: its letter, what declares it, and the values that its conditions tell apart; null is said to be unknown, and
/// nothing leaves it unsaid.
type Kind = (&'static str, &'static str, fn() -> Vec<Option<Json>>);

const KINDS: [Kind; 7] = [
    ("b", "fact NAME : bool", || {
        vec![Some(Json::Null), Some(json!(false)), Some(json!(true))]
    }),
    ("p", "fact NAME : bool presumed false", || {
        vec![
            None,
            Some(Json::Null),
            Some(json!(false)),
            Some(json!(true)),
        ]
    }),
    ("k", "fact NAME : Kind", || {
        let mut values = vec![Some(Json::Null)];
        values.extend(["x", "y", "z"].map(|member| Some(json!(member))));
        values
    }),
    ("i", "fact NAME : int 0..=2", || {
        vec![None, Some(json!(0)), Some(json!(1)), Some(json!(2))]
    }),
    ("s", "fact NAME : set of Kind", || {
        let mut values = vec![None];
        values.extend([json!([]), json!(["x"]), json!(["y"]), json!(["x", "z"])].map(Some));
        values
    }),
    ("e", "event NAME", || {
        let mut values = vec![None, Some(Json::Null), Some(json!(false))];
        values.extend([OLD, NOW, "2026-03-02T09:00:00.000001Z"].map(|at| Some(json!(at))));
        values
    }),
    ("t", "fact NAME : instant", || {
        let mut values = vec![Some(Json::Null)];
        values.extend(["2026-03-02T07:59:59.999999Z", OLD, NOW].map(|at| Some(json!(at))));
        values
    }),
];
/// An hour before it is asked.
const OLD: &str = "2026-03-02T08:00:00Z";

/// The leaves: the kind of fact that each reads, and how.
const LEAVES: [(usize, &str); 13] = [
    (0, "NAME"),
    (0, "known NAME"),
    (1, "NAME"),
    (2, "NAME is x"),
    (2, "NAME is not x"),
    (2, "NAME in {x, y}"),
    (3, "NAME < 1"),
    (3, "NAME is not 1"),
    (4, "NAME includes x"),
    (4, "NAME meets {x, y}"),
    (5, "happened NAME"),
    (5, "NAME + 1 hours <= now"),
    (6, "NAME + 1 hours <= now"),
];

/// The facts that a body reads, each with its kind.
type Facts = Vec<(usize, String)>;

/// A body: its text, and the facts that it reads.
#[derive(Clone, Default)]
struct Body {
    text: String,
    facts: Facts,
}

/// Every body with so many nodes that goes on from the facts of another one. Of facts that only differ in name, the first
/// unused one stands for all.
fn bodies(nodes: u64, after: &[(usize, String)]) -> Vec<Body> {
    let mut found = Vec::new();
    if nodes == 1 {
        for (kind, text) in LEAVES {
            let used = after.iter().filter(|(other, _)| *other == kind).count();
            for number in 0..=used {
                let name = format!("w.{}{number}", KINDS[kind].0);
                let mut facts = after.to_vec();
                if number == used {
                    facts.push((kind, name.clone()));
                }
                if facts.len() <= FACTS {
                    let text = text.replace("NAME", &name);
                    found.push(Body { text, facts });
                }
            }
        }
        return found;
    }
    for inner in bodies(nodes - 1, after) {
        found.push(Body {
            text: format!("not ({})", inner.text),
            facts: inner.facts,
        });
    }
    for word in [" and ", " or "] {
        for parts in 2..=3 {
            for (texts, facts) in joined(parts, nodes - 1, after) {
                let text = texts.join(word);
                found.push(Body { text, facts });
            }
        }
    }
    found
}

/// Every row of so many bodies that have so many nodes together, each as a part of a larger one.
fn joined(parts: u64, nodes: u64, after: &[(usize, String)]) -> Vec<(Vec<String>, Facts)> {
    if parts == 0 {
        let whole = (Vec::new(), after.to_vec());
        return if nodes == 0 { vec![whole] } else { Vec::new() };
    }
    let mut found = Vec::new();
    for first in 1..=nodes.saturating_sub(parts - 1) {
        for body in bodies(first, after) {
            let text = if first == 1 {
                body.text
            } else {
                format!("({})", body.text)
            };
            for (mut texts, facts) in joined(parts - 1, nodes - first, &body.facts) {
                texts.insert(0, text.clone());
                found.push((texts, facts));
            }
        }
    }
    found
}

/// The body as the condition of a duty, and of what lifts another one.
fn pack(body: &Body) -> String {
    let mut text = "pack w\n  status law\n  counting elapsed\nenum Kind { x, y, z }\nevent w.done\nevent w.begun\n\
        norm n : provider do it  done at w.done\nnorm m : provider do more  done at w.done\n"
        .to_string();
    for (kind, name) in &body.facts {
        text += &KINDS[*kind].1.replace("NAME", name);
        text += "\n";
    }
    text += "rule duty\n  cites \"art. 1\" recalled\n  when ";
    text += &body.text;
    text += "\n  then n must within 1 hour of w.begun\nend\n\
        rule base\n  cites \"art. 2\" recalled\n  when not (w.begun > now)\n  then m must without undue delay from w.begun\nend\n\
        rule lift exception to base\n  cites \"art. 3\" recalled\n  when ";
    text += &body.text;
    text + "\n  then lifted\nend\n"
}

/// Compares the engine with the reference on every case of some bodies; gives how many cases there were.
fn compare(bodies: &[Body], chosen: impl Iterator<Item = u64>) -> usize {
    let service = Service {
        undue_delay: None,
        expeditiously: None,
    };
    let ask = Ask {
        now: parse_instant(NOW),
        law_date: None,
        service,
    };
    let mut count = 0;
    for body in chosen.map(|number| &bodies[number as usize]) {
        let source = pack(body);
        let context = || source.clone();
        let files = [syntax::parse(&source).unwrap_or_else(|found| panic!("{found:?}\n{source}"))];
        let bytes =
            pack_of(&files, &[], &context).unwrap_or_else(|found| panic!("{found:?}\n{source}"));
        let link = Link::new(&files, &[]);
        let loaded = load_or_panic(&bytes, &context);
        let mut engine = Engine::new(&loaded);
        let values: Vec<_> = body
            .facts
            .iter()
            .map(|(kind, _)| KINDS[*kind].2())
            .collect();
        let cases: usize = values.iter().map(Vec::len).product();
        for mut number in 0..cases {
            let mut facts = Map::new();
            facts.insert("begun".into(), json!("2026-03-02T08:30:00Z"));
            for ((_, name), values) in body.facts.iter().zip(&values) {
                if let Some(value) = &values[number % values.len()] {
                    facts.insert(name.trim_start_matches("w.").into(), value.clone());
                }
                number /= values.len();
            }
            let case = json!({ "w": facts });
            let left = engine.answer(&case, ask);
            let right = evaluate(&link, &case, ask, true);
            assert!(
                left == right,
                "{case}\n{source}\nengine:\n{left:#}\nreference:\n{right:#}"
            );
            count += 1;
        }
    }
    count
}

#[test]
fn engine_and_reference_agree_on_every_small_rule() {
    let (step, nodes) = (
        setting("EXQ_SMALL_STEP", STEP),
        setting("EXQ_SMALL_NODES", NODES),
    );
    let first = setting("EXQ_SMALL_FIRST", 0);
    let all: Vec<Body> = (1..=nodes).flat_map(|nodes| bodies(nodes, &[])).collect();
    let chosen: Vec<Body> = all
        .iter()
        .skip(first as usize)
        .step_by(step as usize)
        .cloned()
        .collect();
    let asked = 0..chosen.len() as u64;
    let cases: usize = in_shares(&asked, |share| compare(&chosen, share))
        .iter()
        .sum();
    println!("{} of {} bodies, {cases} cases", chosen.len(), all.len());
    assert!(cases >= chosen.len() * 3, "{cases} cases are too few");
}
