//! Bytes to what they do to the engine: the body of every fuzz target, shared by libFuzzer (`fuzz/fuzz_targets`) and by the
//! replay of what it once found (`tests/fuzz.rs`).
//!
//! Invariant: a body panics if and only if a promise of the engine is broken, and the same bytes do the same in every run:
//! no clock, no chance, no file. Why bodies read structure out of plain bytes: libFuzzer mutates bytes, and a file of a
//! crash needs no code to be kept.

pub mod calls;
pub mod cases;
pub mod judge;
pub mod packs;
pub mod text;

use std::sync::OnceLock;

use exequatur::cli::zones::BundledZones;
use exequatur::compile::CompileOptions;
use exequatur::link::link;

/// A fuzz target without the fuzzer.
pub type Body = fn(&[u8]);

/// All targets, by their names.
pub const TARGETS: [(&str, Body); 7] = [
    ("parse", text::parse),
    ("check_compile", text::check_compile),
    ("print_round_trip", text::print_round_trip),
    ("pack_load", packs::load_bytes),
    ("pack_resealed", packs::resealed),
    ("case_json", cases::case_json),
    ("capi_calls", calls::capi_calls),
];

/// The bytes of an input, taken one after the other; zeros once they are used up, so that a short input means something.
pub struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// All bytes of an input.
    pub fn new(data: &'a [u8]) -> Bytes<'a> {
        Bytes(data)
    }

    /// True if none is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        let taken = self.slice(N);
        out[..taken.len()].copy_from_slice(taken);
        out
    }

    /// The next byte.
    pub fn u8(&mut self) -> u8 {
        self.array::<1>()[0]
    }

    /// The next two bytes.
    pub fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.array())
    }

    /// The next four bytes.
    pub fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.array())
    }

    /// The next eight bytes.
    pub fn i64(&mut self) -> i64 {
        i64::from_le_bytes(self.array())
    }

    /// A number below `end`, which is not 0 and at most 65536, from two bytes.
    pub fn below(&mut self, end: usize) -> usize {
        usize::from(self.u16()) % end
    }

    /// True for one byte of so many.
    pub fn one_in(&mut self, many: u8) -> bool {
        self.u8() % many == many - 1
    }

    /// At most so many bytes.
    pub fn slice(&mut self, most: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// An instant: mostly of the years that a rule speaks of, sometimes any number.
    pub fn instant(&mut self) -> i64 {
        match self.u8() {
            0..=15 => self.i64(),
            _ => 1_577_836_800_000_000 + i64::from(self.u32()) * 60_000_000 % (1 << 49),
        }
    }
}

/// The rules of which packs are made here: every type of fact, exceptions, families, territories, periods in every unit.
pub const RULES: [&[&str]; 3] = [
    &[
        include_str!("../../tests/suite/run/rules/core.exq"),
        include_str!("../../tests/suite/run/rules/tco.exq"),
        include_str!("../../tests/suite/run/rules/plan.exq"),
    ],
    &[include_str!("../../tests/conformance/accents/rules.exq")],
    &[include_str!(
        "../../tests/suite/run/rules/found_by_comparison.exq"
    )],
];

/// The packs of [`RULES`], built once.
pub fn packs() -> &'static [Vec<u8>] {
    static PACKS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let build = |texts: &&[&str]| {
            let sources: Vec<(String, &[u8])> = texts
                .iter()
                .enumerate()
                .map(|(number, text)| (format!("{number}.exq"), text.as_bytes()))
                .collect();
            let options = CompileOptions::default();
            let linked = link(&sources, &BundledZones::default(), &options);
            linked.expect("the rules of the suite link").bytes
        };
        RULES.iter().map(build).collect()
    })
}
