//! libFuzzer's bytes to the body `capi_calls`: any sequence of calls of the C ABI gives statuses.
//!
//! Invariant: no check stands here. Why: `cargo test` replays what was found on the same body, without libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| exequatur_fuzz::calls::capi_calls(data));
