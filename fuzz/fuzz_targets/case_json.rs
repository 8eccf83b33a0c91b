//! libFuzzer's bytes to the body `case_json`: a case is read as an independent reader reads it.
//!
//! Invariant: no check stands here. Why: `cargo test` replays what was found on the same body, without libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| exequatur_fuzz::cases::case_json(data));
