//! The command `exq` as a function, for tests: its words to what it would write, in a world without input and without colours,
//! on whose clock it is 1970.

use std::ffi::OsString;

use exequatur::cli::{Done, World, run};

/// Runs a command line, without the name of the program.
pub fn exq(words: &[&str]) -> Done {
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    let mut world = World {
        now: &|| 0,
        random: &|_| Err("none".to_string()),
        stdin: &mut std::io::empty(),
        stdout: &mut std::io::sink(),
        colour_out: false,
        colour_err: false,
        shown: false,
        progress: None,
    };
    run(words, &mut world)
}
