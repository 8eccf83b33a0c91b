//! A host in Rust: `cargo run --example embed -- PACK CASE INSTANT` writes the decision as JSON.
//!
//! It has the evaluator and JSON, and no compiler: the pack was made by `exq build`.

use std::error::Error;

use exequatur::eval::{Memory, Options, evaluate};
use exequatur::json::{DecisionJson, case_from_json};
use exequatur::{pack, time::instant};

pub fn decide(pack: &[u8], case: &[u8], now: &str) -> Result<String, Box<dyn Error>> {
    let pack = pack::load(pack)?; // verified whole, once; a host keeps it
    let case = case_from_json(pack.program(), case)?; // taken whole, or refused with a place
    let mut memory = Memory::new(pack.program()); // sized by the pack; kept from case to case
    let options = Options {
        now: instant::parse(now)?, // the library reads no clock
        ..Options::default()
    };
    let mut workspace = memory.workspace();
    let decision = evaluate(pack.program(), &case.as_case(), &options, &mut workspace)?;
    let json = DecisionJson {
        decision: &decision,
        texts: false,
        receipt: None,
    };
    Ok(json.to_line())
}

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [pack, case, now] = words.as_slice() else {
        return Err("usage: embed PACK CASE INSTANT".into());
    };
    println!(
        "{}",
        decide(&std::fs::read(pack)?, &std::fs::read(case)?, now)?
    );
    Ok(())
}
