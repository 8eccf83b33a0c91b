//! libFuzzer's bytes to the body `check_compile`: what checks and compiles is a pack that loads.
//!
//! Invariant: no check stands here. Why: `cargo test` replays what was found on the same body, without libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| exequatur_fuzz::text::check_compile(data));
