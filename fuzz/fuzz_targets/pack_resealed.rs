//! libFuzzer's bytes to the body `pack_resealed`: a pack that was altered and sealed again is refused, or does no harm.
//!
//! Invariant: no check stands here. Why: `cargo test` replays what was found on the same body, without libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| exequatur_fuzz::packs::resealed(data));
