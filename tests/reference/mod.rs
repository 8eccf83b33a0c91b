//! The reference interpreter: the language as LANGUAGE.md says it, in the plainest way that works.
//!
//! It shares nothing with the engine but the Ast. It walks the files as they were written, clones freely, and stops
//! the test on anything that the checks would have refused. Where it and the engine differ, one of the two has
//! misread the page, or the page says too little.
#![allow(dead_code)]

pub mod answer;
pub mod case;
pub mod ceiling;
pub mod change;
pub mod civil;
pub mod cond;
pub mod count;
pub mod counting;
pub mod defeat;
pub mod effects;
pub mod gen_ast;
pub mod gen_case;
pub mod gen_conds;
pub mod gen_counting;
pub mod gen_rng;
pub mod gen_rules;
pub mod gen_words;
pub mod gen_world;
pub mod link;
pub mod norm;
pub mod outcome;
pub mod status;
pub mod timing;
pub mod truth;
mod units;
mod units_counting;
pub mod walk;

use case::{Ask, Eval};
use count::Notes;
use link::Link;
use serde_json::Value as Json;

/// The decision of docs/DECISION.md, without texts. `next_change_at` is there only if asked for: it is slow.
pub fn evaluate(link: &Link, case: &Json, ask: Ask, next: bool) -> Json {
    noting(link, case, ask, next).0
}

/// The same, with what was met in counting.
pub fn noting(link: &Link, case: &Json, ask: Ask, next: bool) -> (Json, Notes) {
    let eval = Eval::new(link, case, ask);
    let mut answer = eval.answer();
    let notes = eval.notes.take();
    if next {
        let change = change::next_change(link, case, ask, &answer);
        answer["next_change_at"] = change.map(civil::show_instant).into();
    }
    (answer, notes)
}
