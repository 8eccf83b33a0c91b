//! libFuzzer's bytes to the body `parse`: any bytes are rules, or are told why they are not.
//!
//! Invariant: no check stands here. Why: `cargo test` replays what was found on the same body, without libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| exequatur_fuzz::text::parse(data));
