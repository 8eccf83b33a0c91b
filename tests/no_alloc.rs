//! Loading a pack and evaluating a case allocate nothing; nor does setting values, deciding and reading a decision through
//! the C ABI: counted by the allocator itself.
//!
//! One test in a binary of its own, so that no other thread allocates while it counts.
#![cfg(all(feature = "capi", feature = "cli"))]

#[path = "support/rules.rs"]
mod rules;

use std::alloc::{GlobalAlloc, Layout, System};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use exequatur::eval::{Memory, Options, ServiceLevels, evaluate};
use exequatur::json::{case_from_json, case_in_object};
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

/// The rules at a path.
fn parsed(path: &Path) -> Vec<syntax::ast::File> {
    let files = rules::sources(path).into_iter().map(|path| {
        let text = std::fs::read_to_string(path).expect("a readable file");
        syntax::parse(&text).expect("it parses")
    });
    files.collect()
}

#[test]
fn loading_and_evaluating_allocate_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = parsed(&root.join("rules"));
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
            ..Options::default()
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
    counting();
    through_the_c_abi(&bytes);
}

/// Periods are counted, with calendars and with service levels, and each count is given step by step.
fn counting() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rules = root.join("tests/suite/run/rules");
    let texts = [
        "eu_days",
        "eu_two_days",
        "eu_month",
        "code_days",
        "federal_days",
        "federal_hours",
        "hour",
        "epoc",
    ];
    let received = r#""order": {"received": "2026-05-13T14:18:00+02:00"}"#;
    let of_text = |text: &&str| format!(r#"{{"clock": {{"text": "{text}"}}, {received}}}"#);
    let limits: Vec<String> = texts.iter().map(of_text).collect();
    let mut steps = 0;
    for (rule, cases) in [
        ("time_limits.exq", limits),
        ("prompt.exq", vec![format!("{{{received}}}")]),
    ] {
        let mut files = parsed(&root.join("rules/calendars"));
        let text = std::fs::read_to_string(rules.join(rule)).expect("a readable file");
        files.push(syntax::parse(&text).expect("it parses"));
        let ir = check::check(&files).ir.expect("it checks");
        let zones = cli::zones::BundledZones::default();
        let bytes = compile::compile(&ir, &zones, &compile::CompileOptions::default());
        let bytes = bytes.expect("it compiles");
        let pack = pack::load(&bytes).expect("the pack loads");
        let program = pack.program();
        let mut memory = Memory::new(program);
        for case in cases {
            let case = case_from_json(program, case.as_bytes()).expect("a case");
            let options = Options {
                now: exequatur::time::instant::parse("2026-05-14T09:00+02:00").expect("an instant"),
                service: ServiceLevels {
                    undue_delay: Some(86_400_000_000),
                    expeditiously: Some(1),
                },
                ..Options::default()
            };
            let mut workspace = memory.workspace();
            let before = COUNT.load(Ordering::Relaxed);
            let decision =
                evaluate(program, &case.as_case(), &options, &mut workspace).expect("they fit");
            for part in decision.parts() {
                for entry in decision.entries(part) {
                    decision.steps(entry, &mut |_| steps += 1);
                }
            }
            let after = COUNT.load(Ordering::Relaxed);
            assert_eq!(after - before, 0, "counting allocates in {rule}");
        }
    }
    assert!(steps > 50, "only {steps} steps");
}

/// A case is set, from JSON too, decided and read again and again by its accessors, as a C host does after its set-up.
fn through_the_c_abi(bytes: &[u8]) {
    use core::ptr::{null, null_mut};
    use exequatur::capi::*;

    let (mut pack, mut case, mut decision) = (null_mut(), null_mut(), null_mut());
    let none = null_mut();
    let json = br#"{"order": {"authenticated": true, "received": "2026-09-04T15:20:00+02:00"}}"#;
    let mut now = 0;
    let at = "2026-09-04T15:30:00+02:00";
    let mut room = [0u64; 1 << 13]; // aligned for every structure
    let array = room.as_mut_ptr().cast::<u8>();
    // SAFETY: every pointer is of this function and as long as is said, or NULL where the header allows it.
    unsafe {
        assert_eq!(
            exq_pack_load(bytes.as_ptr(), bytes.len(), &mut pack, none),
            EXQ_OK
        );
        assert_eq!(exq_case_new(pack, &mut case, none), EXQ_OK);
        assert_eq!(exq_decision_new(pack, &mut decision, none), EXQ_OK);
        // The first JSON makes the table of words, and each case has room for two.
        for _ in 0..2 {
            let (text, length) = (json.as_ptr().cast(), json.len());
            assert_eq!(exq_case_set_json(case, text, length, none), EXQ_OK);
        }
        assert_eq!(
            exq_instant_parse(at.as_ptr().cast(), at.len(), &mut now, none),
            EXQ_OK
        );
        let name = "order.authenticated";
        let mut fact = 0;
        let found = exq_pack_find(
            pack,
            EXQ_KIND_FACT,
            name.as_ptr().cast(),
            name.len(),
            &mut fact,
            none,
        );
        assert_eq!(found, EXQ_OK);

        let before = COUNT.load(Ordering::Relaxed);
        let (mut duties, mut steps) = (0, 0);
        for round in 0..4 {
            assert_eq!(exq_case_set_bool(case, fact, round % 2, none), EXQ_OK);
            let (text, length) = (json.as_ptr().cast(), json.len());
            if round % 2 == 0 {
                assert_eq!(exq_case_set_json(case, text, length, none), EXQ_OK);
            }
            assert_eq!(exq_decide(decision, case, now, none), EXQ_OK);
            let (mut answers, mut count) = (0, 0);
            assert_eq!(
                exq_decision_answer_count(decision, &mut answers, none),
                EXQ_OK
            );
            for index in 0..answers {
                let answer = &mut *array.cast::<exq_answer>();
                assert_eq!(exq_decision_answer(decision, index, answer, none), EXQ_OK);
                for effect in 0..answer.effects {
                    let out = array.add(1024).cast::<exq_effect>();
                    assert_eq!(
                        exq_decision_effect(decision, index, effect, out, none),
                        EXQ_OK
                    );
                    let out = array.add(2048).cast::<exq_derivation>();
                    let status =
                        exq_decision_derivation(decision, index, effect, EXQ_NONE, out, none);
                    assert_eq!(status, EXQ_OK);
                    let room = array.add(2048).cast::<exq_step>();
                    let status = exq_decision_steps(
                        decision, index, effect, EXQ_NONE, room, 256, &mut count, none,
                    );
                    assert_eq!(status, EXQ_OK);
                    steps += count;
                }
            }
            let room = array.cast::<exq_duty>();
            assert_eq!(
                exq_decision_duties(decision, room, 256, &mut count, none),
                EXQ_OK
            );
            duties += count;
            let out = array.cast::<exq_receipt>();
            assert_eq!(exq_decision_receipt(decision, out, none), EXQ_OK);
            let row = exq_value {
                r#type: EXQ_TYPE_BOOL,
                currency: [0; 4],
                number: 1,
                members: [0; 4],
            };
            let column = exq_column {
                kind: EXQ_KIND_FACT,
                id: fact,
            };
            let rows = exq_rows {
                columns: &column,
                column_count: 1,
                values: &row,
                row_count: 1,
                now: null(),
            };
            let options = exq_options {
                now,
                law_date: 0,
                has_law_date: 0,
                adopt: null(),
                adopt_count: 0,
                undue_delay: 1,
                expeditiously: 1,
            };
            let brief = array.cast::<exq_brief>();
            let size = size_of::<exq_options>();
            let done = null_mut();
            assert_eq!(
                exq_decide_rows_into(
                    decision, case, &rows, &options, size, &0, 1, brief, 1, done, none
                ),
                EXQ_OK
            );
        }
        let after = COUNT.load(Ordering::Relaxed);
        assert_eq!(after - before, 0, "the C ABI allocates after its set-up");
        assert!(duties > 0, "nothing was decided");
        assert!(steps > 0, "nothing was counted");
        by_batch(pack, decision, now);
        exq_decision_free(decision);
        exq_case_free(case);
        exq_pack_free(pack);
    }
}

/// A batch is read, decided and asked again and again.
///
/// # Safety
/// Both handles are good.
unsafe fn by_batch(
    pack: *const exequatur::capi::exq_pack,
    decision: *mut exequatur::capi::exq_decision,
    now: i64,
) {
    use core::ptr::{null, null_mut};
    use exequatur::capi::*;

    let lines = concat!(
        r#"{"order": {"authenticated": true, "received": "2026-09-04T15:20:00+02:00"}}"#,
        "\n{}\n",
        r#"{"order": {"authenticated": null}}"#,
    );
    let options = exq_options {
        now,
        law_date: 0,
        has_law_date: 0,
        adopt: null(),
        adopt_count: 0,
        undue_delay: 0,
        expeditiously: 0,
    };
    let none = null_mut();
    let mut batch = null_mut();
    let mut room = vec![0u64; 1 << 16];
    let mut count = 0;
    // SAFETY: as above; every other pointer is of this function and as long as is said, or NULL.
    unsafe {
        assert_eq!(exq_batch_new(pack, 3, &mut batch, none), EXQ_OK);
        let mut counted = 0;
        for round in 0..4 {
            // The first round makes the room that the others use.
            let before = COUNT.load(Ordering::Relaxed);
            let (text, length) = (lines.as_ptr().cast(), lines.len());
            assert_eq!(exq_batch_clear(batch, none), EXQ_OK);
            assert_eq!(exq_batch_add_json(batch, text, length, none), EXQ_OK);
            let size = size_of::<exq_options>();
            let done = exq_batch_decide(batch, &options, size, null(), 0, &0, 1, none);
            assert_eq!(done, EXQ_OK);
            let rows = room.as_mut_ptr().cast::<exq_batch_row>();
            let found = exq_batch_rows(batch, rows, 3000, &mut count, none);
            assert_eq!(found, EXQ_OK);
            assert_eq!(exq_batch_decision(batch, 2, decision, none), EXQ_OK);
            let after = COUNT.load(Ordering::Relaxed);
            if round > 0 {
                assert_eq!(after - before, 0, "a batch allocates after its first time");
                counted += count;
            }
        }
        assert!(counted > 0, "nothing was decided");
        exq_batch_free(batch);
    }
}
