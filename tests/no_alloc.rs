//! Loading a pack and evaluating a case allocate nothing: counted by the allocator itself.
//!
//! One test in a binary of its own, so that no other thread allocates while it counts.
#![cfg(feature = "cli")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use exequatur::eval::{Memory, Options, evaluate};
use exequatur::json::case_in_object;
use exequatur::{check, cli, compile, pack, syntax};

/// The system's allocator, with a count.
struct Counting;

static COUNT: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed on unchanged to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`, which is that of the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: `at` came from `alloc` above, so from the system's allocator with this layout.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn sources(folder: &Path, found: &mut Vec<syntax::ast::File>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder of rules")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "exq") {
            let text = std::fs::read_to_string(&path).expect("a readable file");
            found.push(syntax::parse(&text).expect("a shipped pack parses"));
        }
    }
}

#[test]
fn loading_and_evaluating_allocate_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("rules"), &mut files);
    let ir = check::check(&files).ir.expect("the shipped rules check");
    let zones = cli::zones::BundledZones::default();
    let bytes = compile::compile(&ir, &zones, &compile::CompileOptions::default())
        .expect("the shipped rules compile");

    let before = COUNT.load(Ordering::Relaxed);
    let pack = pack::load(&bytes).expect("the pack loads");
    assert_eq!(
        COUNT.load(Ordering::Relaxed) - before,
        0,
        "loading allocates"
    );

    let program = pack.program();
    let mut memory = Memory::new(program);
    let mut cases = 0;
    for entry in std::fs::read_dir(root.join("examples/cases")).expect("the cases") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read(&path).expect("a readable case");
        let file: serde_json::Value = serde_json::from_slice(&text).expect("a case file");
        let now = file["now"].as_str().expect("an instant");
        let now = exequatur::time::instant::parse(now).expect("an instant");
        let owned = case_in_object(program, &text, "case").expect("a case of the shipped rules");
        let case = owned.as_case();
        let options = Options {
            now,
            law_date: None,
            adopt: &[],
        };
        let mut workspace = memory.workspace();
        let before = COUNT.load(Ordering::Relaxed);
        let decision =
            evaluate(program, &case, &options, &mut workspace).expect("memory and case fit");
        let parts = decision.parts().len();
        let after = COUNT.load(Ordering::Relaxed);
        assert_eq!(after - before, 0, "evaluating {} allocates", path.display());
        assert!(parts > 0, "{} decides nothing", path.display());
        cases += 1;
    }
    assert!(cases >= 15, "only {cases} cases");
}
