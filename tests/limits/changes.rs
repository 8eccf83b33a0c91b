//! The next change of a counted answer, found by asking at the instants around it and between.
//!
//! Each text of `time_limits.exq` is asked from the receipt on, from change to change, until nothing changes any more:
//! up to the microsecond before a change the answer is the same, and at it another.

use std::path::Path;

use exequatur::cli::zones::BundledZones;
use exequatur::eval::{Memory, Options, ServiceLevels, evaluate};
use exequatur::json::{DecisionJson, case_from_json};
use exequatur::pack::{self, Program};
use exequatur::time::instant::{DAY, SECOND, parse};
use exequatur::{check, compile, syntax};
use serde_json::{Value, json};

const HOUR: i64 = 3_600 * SECOND;
/// Receipts beside what moves a due: both changes of the clock, a feast, the ends of a month, of a year and of what the
/// calendars cover, a leap day, a Saturday, midnight.
const RECEIPTS: [&str; 10] = [
    "2026-03-28T22:10:00+01:00",
    "2026-10-24T22:10:00+02:00",
    "2026-05-13T14:18:00+02:00",
    "2026-01-31T09:00:00+01:00",
    "2026-12-22T11:00:00+01:00",
    "2035-12-22T11:00:00+01:00",
    "2024-02-29T10:00:00+01:00",
    "2026-08-05T11:00:00+02:00",
    "2026-06-30T10:00:00-04:00",
    "2026-05-16T00:00:00+02:00",
];
const TEXTS: [&str; 18] = [
    "eu_days",
    "eu_two_days",
    "eu_working_days",
    "eu_month",
    "eu_year",
    "eu_no_rollover",
    "code_days",
    "code_month",
    "federal_days",
    "federal_hours",
    "hours",
    "hour",
    "order_of_removal",
    "epoc",
    "epoc_without_notice",
    "both",
    "notice",
    "stay",
];

/// The rules of this test: the corners of the calendar, and the calendars.
fn compiled() -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("tests/suite/run/rules/time_limits.exq")];
    for name in ["fr", "fr_alsace_moselle", "be", "us_federal"] {
        paths.push(root.join(format!("rules/calendars/{name}.exq")));
    }
    let read = |path| {
        let text = std::fs::read_to_string(path).expect("a source");
        syntax::parse(&text).expect("a source parses")
    };
    let files: Vec<_> = paths.into_iter().map(read).collect();
    let ir = check::check(&files).ir.expect("the rules check");
    compile::compile(
        &ir,
        &BundledZones::default(),
        &compile::CompileOptions::default(),
    )
    .expect("the rules compile")
}

/// The answer at an instant without its next change, and that change.
fn ask(program: &Program<'_>, memory: &mut Memory, case: &Value, now: i64) -> (Value, Option<i64>) {
    let case = case_from_json(program, case.to_string().as_bytes()).expect("a case");
    let options = Options {
        now,
        law_date: None,
        adopt: &[],
        service: ServiceLevels::default(),
    };
    let case = case.as_case();
    let mut workspace = memory.workspace();
    let decision = evaluate(program, &case, &options, &mut workspace).expect("memory and case fit");
    let next = decision.next_change();
    let said = DecisionJson {
        decision: &decision,
        texts: false,
        receipt: None,
    };
    let mut said: Value = serde_json::from_str(&said.to_line()).expect("a decision");
    said["next_change_at"].take();
    (said, next)
}

/// Follows a case from change to change; how many there were.
fn follow(program: &Program<'_>, memory: &mut Memory, case: &Value, from: i64) -> usize {
    let mut now = from;
    let mut changes = 0;
    loop {
        let (answer, next) = ask(program, memory, case, now);
        let end = next.unwrap_or(now + 800 * DAY);
        // The next two weeks by steps of seven hours, then every twentieth day at another time of day.
        let near = (1..48).map(|step| now + step * 7 * HOUR);
        let far = (1..40).map(|step| now + step * 20 * DAY + step * 17 * SECOND);
        for between in near.chain(far).chain([end - 1]) {
            if between > now && between < end {
                let (same, _) = ask(program, memory, case, between);
                assert_eq!(same, answer, "{case} changed by {between}");
            }
        }
        let Some(next) = next else { return changes };
        assert!(next > now, "{case}: {next} is not after {now}");
        let (other, _) = ask(program, memory, case, next);
        assert_ne!(other, answer, "{case}: nothing changes at {next}");
        now = next;
        changes += 1;
        assert!(changes < 50, "{case} changes without end");
    }
}

#[test]
fn the_next_change_of_what_is_counted_is_exact() {
    let bytes = compiled();
    let pack = pack::load(&bytes).expect("the pack loads");
    let program = pack.program();
    let mut memory = Memory::new(program);
    let mut changes = 0;
    for text in TEXTS {
        for receipt in RECEIPTS {
            let at = parse(receipt).expect("an instant");
            let done = "2026-05-20T09:00:00+02:00";
            let bare = json!({"clock": {"text": text}, "order": {"received": receipt}, "court": {"sits_at": done}});
            changes += follow(program, &mut memory, &bare, at - 20 * DAY);
            let mut answered = bare;
            answered["order"]["answered"] = Value::from(done);
            changes += follow(program, &mut memory, &answered, at - 20 * DAY);
        }
    }
    assert!(changes > 400, "only {changes} changes");
}
