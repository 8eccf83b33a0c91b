//! The pack of the shipped rules: the same whatever the order of files and whatever tries them, and harmless when altered.

use std::path::Path;

use exequatur::pack::{HEADER_BYTES, load, reseal};

use crate::build;
use crate::judge::{Numbers, walk};
use crate::rules;

fn shipped() -> Vec<exequatur::syntax::File> {
    let files = rules::sources(Path::new("rules")).into_iter().map(|path| {
        let text = std::fs::read_to_string(path).expect("text");
        exequatur::syntax::parse(&text).expect("it parses")
    });
    files.collect()
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut files = shipped();
    let ir = |files: &[_]| exequatur::check::check(files).ir.expect("it checks");
    let bytes = build(&ir(&files));
    assert_eq!(build(&ir(&files)), bytes);
    files.reverse();
    assert_eq!(build(&ir(&files)), bytes);
    files.rotate_left(3);
    assert_eq!(build(&ir(&files)), bytes);
    let pack = load(&bytes).expect("it loads");
    assert!(pack.program().rules.len() > 20);
}

#[test]
fn packs_of_scenarios_alone_are_tried_and_not_compiled() {
    let rules = "pack m\n  status law\nfact f: bool\nnorm n : host act content\n\
                 rule r\n  cites \"1\" recalled\n  when f\n  then n must\nend\n";
    let tried =
        "pack a\nuse m\nscenario \"s\"\n  given f\n  at 2026-05-17T10:00Z\n  expect n must\nend\n";
    let parse = |text| exequatur::syntax::parse(text).expect("it parses");
    let with = exequatur::check::check(&[parse(rules), parse(tried)]);
    let with = with.ir.expect("it checks");
    let without = exequatur::check::check(&[parse(rules)])
        .ir
        .expect("it checks");
    assert_eq!(with.scenarios.len(), 1);
    assert_eq!(with.packs.len(), 2);
    assert_eq!(build(&with), build(&without));
}

#[test]
fn shipped_rules_survive_nonsense() {
    let whole = build(&exequatur::check::check(&shipped()).ir.expect("it checks"));
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    let mut loaded = 0;
    for _ in 0..2_000 {
        let mut bytes = whole.clone();
        let place = HEADER_BYTES + numbers.below(bytes.len() - HEADER_BYTES);
        bytes[place] = numbers.below(256) as u8;
        reseal(&mut bytes);
        if let Ok(pack) = load(&bytes) {
            loaded += 1;
            walk(pack.program(), &mut numbers);
        }
    }
    assert!(loaded > 50, "{loaded} loaded");
}

/// Where the columns of the index stand in a pack: they are found again in its bytes, as they are long and of their own kind.
fn columns(bytes: &[u8]) -> std::ops::Range<usize> {
    let pack = load(bytes).expect("it loads");
    let columns = pack.program().columns;
    let first = columns.as_ptr() as usize - bytes.as_ptr() as usize;
    first..first + columns.len()
}

#[test]
fn an_index_that_rules_out_more_or_less_is_refused() {
    let whole = build(&exequatur::check::check(&shipped()).ir.expect("it checks"));
    let columns = columns(&whole);
    assert!(columns.len() > 1_000, "{} bytes of columns", columns.len());
    let mut numbers = Numbers(0x1234_5678_9ABC_DEF1);
    for _ in 0..500 {
        let mut bytes = whole.clone();
        let place = columns.start + numbers.below(columns.len());
        bytes[place] ^= 1 << numbers.below(8);
        reseal(&mut bytes);
        let refused = load(&bytes).expect_err("a bit of the index is wrong");
        let message = refused.to_string();
        assert!(message.contains("broken"), "{message}");
    }
}
