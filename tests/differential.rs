//! The engine against the reference interpreter, on random packs and cases.
//!
//! Both are written from docs/LANGUAGE.md, and neither from the other: where they differ, one of them has misread
//! it, or it says too little. The counters at the end say that the packs were worth comparing.
//!
//! `EXQ_DIFF_PACKS` sets how many packs are made, `EXQ_DIFF_SEED` the first seed; with `EXQ_DIFF_SHOW` a difference is
//! shown with the packs that make it.
#![cfg(feature = "cli")]

#[path = "reference/counters.rs"]
mod counters;
mod engine;
#[path = "engine/promises.rs"]
mod promises;
mod reference;
#[path = "support/seeds.rs"]
mod seeds;
#[path = "support/shares.rs"]
mod shares;

use counters::Counters;
use engine::{Engine, load_or_panic, pack_of};
use reference::gen_case::question;
use reference::gen_rng::Rng;
use reference::gen_world::world;
use reference::link::Link;
use reference::{civil, evaluate, noting};
use seeds::seeds;
use serde_json::Value as Json;
use shares::in_shares;

/// How many packs are made.
const PACKS: u64 = 6_400;
/// How many cases each of them decides.
const CASES: u64 = 40;
/// Of how many packs the first case is searched for its next change.
const CHANGES: u64 = 10;

/// The decision without what the reference does not say.
fn without(mut decision: Json, keys: &[&str]) -> Json {
    if let Json::Object(map) = &mut decision {
        map.retain(|key, _| !keys.contains(&key.as_str()));
    }
    decision
}

#[test]
fn engine_and_reference_agree() {
    let asked = seeds(PACKS);
    let mut counters = Counters::default();
    for found in in_shares(&asked, compare) {
        counters.add(found);
    }
    counters.check();
    if asked.end - asked.start >= PACKS {
        assert!(
            counters.packs >= 5_000,
            "{} packs are too few",
            counters.packs
        );
        assert!(
            counters.answers() >= 200_000,
            "{} answers are too few",
            counters.answers()
        );
    }
}

/// Compares the worlds of some seeds.
fn compare(seeds: impl Iterator<Item = u64>) -> Counters {
    let mut counters = Counters::default();
    for seed in seeds {
        let mut w = world(seed);
        let files = std::mem::take(&mut w.files);
        let link = Link::new(&files, &w.adopt);
        let made = || format!("seed {seed}");
        let bytes = match pack_of(&files, &w.adopt, &made) {
            Ok(bytes) => bytes,
            Err(codes) => {
                // A random exception may miss its base's members, a random look a duty; nothing else may go wrong.
                assert!(
                    codes
                        .iter()
                        .all(|code| code.starts_with("E0230") || code.starts_with("E0245")),
                    "{codes:?}, {}",
                    made()
                );
                continue;
            }
        };
        counters.packs += 1;
        let pack = load_or_panic(&bytes, &made);
        let mut engine = Engine::new(&pack);
        let shown = shown(&files);
        let mut rng = Rng::new(seed ^ 0xE8E9_0A70);
        for case in 0..CASES {
            let mut q = question(&mut w, rng.next());
            let next = case == 0 && seed % CHANGES == 0;
            let (mut answer, mut notes) = noting(&link, &q.case, q.ask, next);
            // Every third case is asked again at an instant of its own answer, or beside it: there things change.
            if !next
                && case % 3 == 0
                && let Some(now) = told(&answer, &mut rng)
            {
                q.ask.now = now;
                (answer, notes) = noting(&link, &q.case, q.ask, next);
            }
            let context = || {
                let now = civil::show_instant(q.ask.now);
                let (law, service) = (q.ask.law_date, q.ask.service);
                format!(
                    "seed {seed}, case {case} at {now}, law date {law:?}, {service:?}: {}{shown}",
                    q.case
                )
            };
            sane(&answer, &context);
            counters.count(&link, &answer, &notes);
            let theirs = engine.answer(&q.case, q.ask);
            let skip: &[&str] = if next { &[] } else { &["next_change_at"] };
            let theirs = without(theirs, skip);
            same(&theirs, &answer, "engine left, reference right", &context);
            if next {
                steady(&link, &q, &answer, &mut rng, &context);
            }
        }
    }
    counters
}

/// One of the instants that an answer tells, or a microsecond beside it.
fn told(answer: &Json, rng: &mut Rng) -> Option<i64> {
    fn find(json: &Json, found: &mut Vec<i64>) {
        match json {
            Json::Array(list) => list.iter().for_each(|j| find(j, found)),
            Json::Object(map) => {
                for (key, value) in map {
                    let instant = ["due", "not_before", "start", "end", "provisional_due"];
                    match value.as_str() {
                        Some(text) if instant.contains(&key.as_str()) => {
                            found.extend(text.ends_with('Z').then(|| civil::parse_instant(text)));
                        }
                        _ => find(value, found),
                    }
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    find(answer, &mut found);
    if found.is_empty() {
        return None;
    }
    let t = *rng.pick(&found) + *rng.pick(&[-1, 0, 1]);
    civil::in_range(t).then_some(t)
}

/// The packs as text, where `EXQ_DIFF_SHOW` asks for them.
fn shown(files: &[exequatur::syntax::ast::File]) -> String {
    match std::env::var_os("EXQ_DIFF_SHOW") {
        Some(_) => files
            .iter()
            .map(exequatur::syntax::print)
            .fold("\n".into(), |all, one| all + &one),
        None => String::new(),
    }
}

/// Stops the test where two answers differ, and says where.
fn same(left: &Json, right: &Json, what: &str, context: &dyn Fn() -> String) {
    if left != right {
        let mut found = Vec::new();
        differences(left, right, String::new(), &mut found);
        panic!("{what}:\n{}\n{}", found.join("\n"), context());
    }
}

fn differences(left: &Json, right: &Json, path: String, found: &mut Vec<String>) {
    match (left, right) {
        (Json::Object(a), Json::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                differences(&left[key], &right[key], format!("{path}/{key}"), found);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (i, (x, y)) in a.iter().zip(b).enumerate() {
                differences(x, y, format!("{path}/{i}"), found);
            }
        }
        _ if left != right => found.push(format!("  {path}: {left} / {right}")),
        _ => {}
    }
}

/// What must be so of every answer, whatever the packs say.
fn sane(answer: &Json, context: &dyn Fn() -> String) {
    for norm in answer["norms"].as_array().into_iter().flatten() {
        let outcome = norm["outcome"].as_str().unwrap_or("");
        if let Some(guard) = norm["protected"].as_str() {
            let granted = matches!(outcome, "must" | "may");
            assert!(
                !granted || guard == "true",
                "granted without its guard: {norm}, {}",
                context()
            );
            assert!(granted || outcome == "must_not", "{norm}, {}", context());
        }
        if outcome == "conflict" {
            let human = answer["human"].as_array().into_iter().flatten();
            let told = human.into_iter().any(|h| h["norm"] == norm["norm"]);
            assert!(
                told,
                "a conflict that nobody is told of: {norm}, {}",
                context()
            );
        }
        for effect in norm["effects"].as_array().into_iter().flatten() {
            let defeated = effect["state"] == "defeated";
            assert_eq!(
                defeated,
                effect.get("by").is_some(),
                "{effect}, {}",
                context()
            );
            // A duty that stands is never silent: the outcome is its own, or says that something is open.
            if effect["state"] == "standing" && effect["value"] == "must" {
                let heard = matches!(outcome, "must" | "conflict" | "undetermined");
                assert!(heard, "a duty is lost: {norm}, {}", context());
            }
        }
    }
}

/// Nothing changes before the next change, and something does at it.
fn steady(
    link: &Link,
    q: &reference::gen_case::Question,
    answer: &Json,
    rng: &mut Rng,
    context: &dyn Fn() -> String,
) {
    let before = without(answer.clone(), &["next_change_at"]);
    let next = answer["next_change_at"].as_str().map(civil::parse_instant);
    let at = |t: i64| evaluate(link, &q.case, q.ask.at(t), false);
    if let Some(t) = next {
        assert_ne!(
            at(t),
            before,
            "nothing changes at the next change, {}",
            context()
        );
        let seen = civil::show_instant(t - 1);
        same(
            &at(t - 1),
            &before,
            &format!("a change at or before {seen} was not found"),
            context,
        );
    }
    let end = next.unwrap_or(civil::END);
    for i in 0..40 {
        // Near and far, the near ones on a grid of half hours.
        let t = match i % 4 {
            0 => rng.between(q.ask.now, end - 1),
            _ => q.ask.now + rng.between(0, 2000) * 1_800_000_000,
        };
        if t < end {
            let seen = civil::show_instant(t);
            same(
                &at(t),
                &before,
                &format!("a change at or before {seen} was not found"),
                context,
            );
        }
    }
}

#[test]
fn every_world_can_be_written_and_read() {
    for seed in 0..300 {
        for file in world(seed).files {
            let text = exequatur::syntax::print::print(&file);
            match exequatur::syntax::parse(&text) {
                Ok(read) => assert!(read == file, "seed {seed} reads otherwise:\n{text}"),
                Err(errors) => panic!("seed {seed}: {errors:?}\n{text}"),
            }
        }
    }
}

#[test]
fn a_seed_always_means_the_same() {
    for seed in 0..20 {
        let (mut a, mut b) = (world(seed), world(seed));
        assert_eq!(a.files, b.files);
        let (p, q) = (question(&mut a, 7), question(&mut b, 7));
        assert_eq!((p.ask.now, &p.case), (q.ask.now, &q.case));
        let mut turned = b.files.clone();
        turned.reverse();
        let one = Link::new(&a.files, &a.adopt);
        let other = Link::new(&turned, &a.adopt);
        assert_eq!(
            evaluate(&one, &p.case, p.ask, false),
            evaluate(&other, &p.case, p.ask, false),
            "the order of files matters, seed {seed}"
        );
    }
}
