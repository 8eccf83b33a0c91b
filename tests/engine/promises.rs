//! The promises, on random packs and cases, with every unknown there can be:
//!
//! - no protected norm is `must` or `may` unless its guard is true, and no answer to what is unknown could make it false;
//! - `never` and `always` hold of every decision;
//! - before `next_change_at` nothing changes, and at it something does.

use super::engine::{Engine, load_or_panic, pack_of};
use super::reference::civil;
use super::reference::gen_case::{Question, question};
use super::reference::gen_rng::Rng;
use super::reference::gen_world::world;
use serde_json::Value as Json;

/// How many packs are made.
const PACKS: u64 = 800;
/// How many cases each of them decides.
const CASES: u64 = 24;

#[test]
fn promises_hold() {
    let (mut granted, mut completed, mut changes, mut stays) = (0u32, 0u32, 0u32, 0u32);
    for seed in 50_000..50_000 + PACKS {
        let mut w = world(seed);
        let files = std::mem::take(&mut w.files);
        let made = || format!("seed {seed}");
        let Ok(bytes) = pack_of(&files, &w.adopt, &made) else {
            continue;
        };
        let pack = load_or_panic(&bytes, &made);
        let mut engine = Engine::new(&pack);
        let mut rng = Rng::new(seed);
        for case in 0..CASES {
            let mut q = question(&mut w, rng.next());
            let open = granted_norms(&engine.answer(&q.case, q.ask), &q);
            granted += open.len() as u32;
            if !open.is_empty() {
                // One law date for all, so that only what is known differs.
                q.ask.law_date = Some(q.ask.law_date.unwrap_or(jiff::civil::date(2026, 6, 1)));
                let open = granted_norms(&engine.answer(&q.case, q.ask), &q);
                for _ in 0..4 {
                    let mut more = q.clone();
                    complete(&mut more.case, &question(&mut w, rng.next()).case);
                    let answer = engine.answer(&more.case, q.ask);
                    still_true(&open, &answer, &more);
                    completed += open.len() as u32;
                }
            }
            if case % 4 == 0 {
                match steady(&mut engine, &q, &mut rng) {
                    true => changes += 1,
                    false => stays += 1,
                }
            }
        }
    }
    println!(
        "{granted} grants, {completed} completed, {changes} changes, {stays} cases that never change"
    );
    assert!(
        granted > 500,
        "{granted} grants are too few to say anything"
    );
    assert!(completed > 2_000, "{completed} completed cases are too few");
    assert!(changes > 1_000, "{changes} changes are too few");
    assert!(stays > 50, "{stays} cases that never change are too few");
}

fn norms(answer: &Json) -> impl Iterator<Item = &Json> {
    answer["norms"].as_array().into_iter().flatten()
}

/// The protected norms that are granted; every one of them with a true guard.
fn granted_norms(answer: &Json, q: &Question) -> Vec<String> {
    let protected = norms(answer).filter(|norm| norm.get("protected").is_some());
    let open = protected.filter(|norm| norm["outcome"] == "must" || norm["outcome"] == "may");
    open.map(|norm| {
        assert_eq!(
            norm["protected"], "true",
            "granted without its guard: {norm}, {}",
            q.case
        );
        norm["norm"].to_string()
    })
    .collect()
}

/// What an unknown fact may turn out to be never makes a guard false that was true without it.
fn still_true(open: &[String], answer: &Json, q: &Question) {
    for norm in norms(answer).filter(|norm| open.contains(&norm["norm"].to_string())) {
        assert_eq!(
            norm["protected"], "true",
            "granted too soon: {norm}, {}",
            q.case
        );
    }
}

/// Fills in what a case leaves open: what it does not say, or says to be unknown.
fn complete(case: &mut Json, with: &Json) {
    match (case, with) {
        (Json::Object(case), Json::Object(with)) => {
            for (name, value) in with {
                complete(case.entry(name.clone()).or_insert(Json::Null), value);
            }
        }
        (open @ Json::Null, with) => *open = with.clone(),
        _ => {}
    }
}

/// True if the answer changes some day: then it does so exactly when it says.
fn steady(engine: &mut Engine<'_>, q: &Question, rng: &mut Rng) -> bool {
    let mut at = |now: i64| {
        let mut answer = engine.answer(&q.case, q.ask.at(now));
        let next = answer["next_change_at"].take();
        (answer, next)
    };
    let (before, next) = at(q.ask.now);
    let next = next.as_str().map(civil::parse_instant);
    if let Some(next) = next {
        let said = || format!("{} for {}", civil::show_instant(next), q.case);
        assert!(next > q.ask.now, "a change that is not ahead: {}", said());
        assert_ne!(at(next).0, before, "nothing changes at {}", said());
        assert_eq!(
            at(next - 1).0,
            before,
            "something changes before {}",
            said()
        );
    }
    let end = next.unwrap_or(civil::END);
    for step in 0..12 {
        let now = match step % 3 {
            0 => rng.between(q.ask.now, end - 1),
            1 => q.ask.now + rng.between(0, 400) * 1_800_000_000,
            _ => q.ask.now + rng.between(0, 400) * 1_800_000_000 + 1,
        };
        if now < end {
            let seen = civil::show_instant(now);
            assert_eq!(at(now).0, before, "something changed by {seen}: {}", q.case);
        }
    }
    next.is_some()
}
