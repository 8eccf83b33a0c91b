//! libFuzzer's bytes to the body `print_round_trip`: what is printed says the same as what was parsed.
//!
//! Invariant: no check stands here. Why: `cargo test` replays what was found on the same body, without libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| exequatur_fuzz::text::print_round_trip(data));
