//! Case JSON, decision JSON and the schema, against a small link.
#![cfg(feature = "cli")]

use std::path::PathBuf;
use std::sync::LazyLock;

use exequatur::cli::{Link, link};
use exequatur::eval::{
    EvaluationError, EventSlot, FactSlot, FactValue, Memory, Options, ServiceLevels, evaluate,
};
use exequatur::json::{
    CaseJsonError, DecisionJson, OwnedCase, Problem, case_from_json, case_in_object, schema_for,
};
use exequatur::model::{Bits, Currency, Money};
use exequatur::time::instant;
use proptest::prelude::*;
use serde_json::Value;

static RULES: LazyLock<Link> = LazyLock::new(|| {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/suite/run/rules");
    let paths = ["core.exq", "tco.exq", "plan.exq"].map(|name| root.join(name));
    link(&paths, &[]).unwrap()
});

fn read(text: &str) -> Result<OwnedCase, CaseJsonError> {
    case_from_json(RULES.pack().unwrap().program(), text.as_bytes())
}

fn fact(case: &OwnedCase, name: &str) -> FactSlot {
    let pack = RULES.pack().unwrap();
    let program = pack.program();
    let index = program
        .facts
        .iter()
        .position(|row| program.str(row.name) == name)
        .unwrap();
    case.facts[index]
}

fn event(case: &OwnedCase, name: &str) -> EventSlot {
    let pack = RULES.pack().unwrap();
    let program = pack.program();
    let index = program
        .events
        .iter()
        .position(|row| program.str(row.name) == name)
        .unwrap();
    case.events[index]
}

#[test]
fn every_type_is_read() {
    let case = read(
        r#"{
            "order": {
                "kind": "request", "authenticated": false, "issuer": null, "data": ["content", "subscriber"],
                "signed": "2026-05-16T23:30:00.000001+02:00", "received": "2026-05-16T23:30:00Z"
            },
            "provider": { "staff": 12, "turnover": { "currency": "JPY", "amount": "-250" }, "offers_in": [] },
            "content": { "removed": false, "published": null }
        }"#,
    )
    .unwrap();
    assert_eq!(
        fact(&case, "order.kind"),
        FactSlot::Given(FactValue::Member(1))
    );
    assert_eq!(
        fact(&case, "order.authenticated"),
        FactSlot::Given(FactValue::Bool(false))
    );
    assert_eq!(fact(&case, "order.issuer"), FactSlot::Null);
    assert_eq!(fact(&case, "order.manifest_error"), FactSlot::Absent);
    assert_eq!(
        fact(&case, "order.data"),
        FactSlot::Given(FactValue::Members(Bits::first(2)))
    );
    let signed = instant::parse("2026-05-16T21:30:00.000001Z").unwrap();
    assert_eq!(
        fact(&case, "order.signed"),
        FactSlot::Given(FactValue::Instant(signed))
    );
    assert_eq!(
        fact(&case, "provider.staff"),
        FactSlot::Given(FactValue::Int(12))
    );
    let turnover = Money {
        minor: -250,
        currency: Currency(*b"JPY"),
    };
    assert_eq!(
        fact(&case, "provider.turnover"),
        FactSlot::Given(FactValue::Money(turnover))
    );
    assert_eq!(
        fact(&case, "provider.offers_in"),
        FactSlot::Given(FactValue::Members(Bits::EMPTY))
    );
    assert_eq!(
        event(&case, "order.received"),
        EventSlot::At(instant::parse("2026-05-16T23:30:00Z").unwrap())
    );
    assert_eq!(event(&case, "content.removed"), EventSlot::Not);
    assert_eq!(event(&case, "content.published"), EventSlot::Null);
    assert_eq!(event(&case, "clarification.received"), EventSlot::Absent);
}

#[test]
fn the_empty_object_says_nothing() {
    let pack = RULES.pack().unwrap();
    assert_eq!(read("{}").unwrap(), OwnedCase::empty(pack.program()));
    assert_eq!(
        read(r#"{"order": {}}"#).unwrap(),
        OwnedCase::empty(pack.program())
    );
}

#[test]
fn errors_name_the_place() {
    let pointer = |text: &str| read(text).unwrap_err().pointer;
    assert_eq!(
        pointer(r#"{"order": {"data": ["content", 5]}}"#),
        "/order/data/1"
    );
    assert_eq!(
        pointer(r#"{"provider": {"turnover": {"amount": "1", "currency": "eur"}}}"#),
        "/provider/turnover/currency"
    );
    assert_eq!(
        pointer(r#"{"provider": {"turnover": {"amount": "1"}}}"#),
        "/provider/turnover"
    );
    assert_eq!(pointer(r#"{"a/b~c": 1}"#), "/a~1b~0c");
    let error = read("{\"order\": {\n  \"kind\": 7}}").unwrap_err();
    assert_eq!((error.line, error.column > 0), (2, true));
}

#[test]
fn nearest_names_are_offered() {
    let near = |text: &str| match read(text).unwrap_err().problem {
        Problem::UnknownName { nearest, .. } | Problem::Member { nearest, .. } => nearest,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        near(r#"{"order": {"knid": 1}}"#).as_deref(),
        Some("order.kind")
    );
    assert_eq!(near(r#"{"ordre": {}}"#).as_deref(), Some("order"));
    assert_eq!(
        near(r#"{"order": {"kind": "requets"}}"#).as_deref(),
        Some("request")
    );
    assert_eq!(
        near(r#"{"provider": {"turnover": {"ammount": 1}}}"#).as_deref(),
        Some("amount")
    );
    assert_eq!(near(r#"{"weather": 1}"#), None);
}

#[test]
fn numbers_never_pass_through_floats() {
    for number in [
        "1e2",
        "12.0",
        "0.5",
        "18446744073709551616",
        "9223372036854775808",
        "-0.0",
        "1e400",
    ] {
        let error = read(&format!(r#"{{"provider": {{"staff": {number}}}}}"#)).unwrap_err();
        assert!(
            matches!(
                error.problem,
                Problem::Value { .. } | Problem::Syntax { .. }
            ),
            "{number}: {error}"
        );
    }
}

#[test]
fn a_case_in_an_envelope() {
    let pack = RULES.pack().unwrap();
    let program = pack.program();
    let text = br#"{"x": [1, {"y": 2}], "case": {"order": {"kind": "request"}}, "z": null}"#;
    let case = case_in_object(program, text, "case").unwrap();
    assert_eq!(
        fact(&case, "order.kind"),
        FactSlot::Given(FactValue::Member(1))
    );
    let error =
        case_in_object(program, br#"{"case": {"order": {"kind": 1}}}"#, "case").unwrap_err();
    assert_eq!(error.pointer, "/case/order/kind");
    let twice = case_in_object(program, br#"{"case": {}, "case": {}}"#, "case").unwrap_err();
    assert!(matches!(twice.problem, Problem::Twice { .. }));
}

/// The keys of an object, in the order in which they stand in the text.
fn keys_in_order(text: &str, keys: &[&str]) {
    let at: Vec<usize> = keys
        .iter()
        .map(|key| {
            text.find(&format!("\"{key}\":"))
                .unwrap_or_else(|| panic!("{key}"))
        })
        .collect();
    assert!(at.is_sorted(), "{keys:?} at {at:?}");
}

#[test]
fn a_decision_is_written_as_documented() {
    let pack = RULES.pack().unwrap();
    let program = pack.program();
    let case = read(include_str!("suite/run/late.json")).unwrap();
    let mut memory = Memory::new(program);
    let mut workspace = memory.workspace();
    let options = Options {
        now: instant::parse("2026-05-17T00:31+02:00").unwrap(),
        law_date: None,
        adopt: &[],
        ..Options::default()
    };
    let case = case.as_case();
    let decision = evaluate(program, &case, &options, &mut workspace).expect("memory and case fit");
    let receipt = decision.receipt(pack.digest());
    let core = DecisionJson {
        decision: &decision,
        texts: false,
        receipt: None,
    }
    .to_line();
    keys_in_order(
        &core,
        &[
            "schema",
            "norms",
            "missing",
            "assumed",
            "human",
            "rules",
            "beside",
            "next_change_at",
        ],
    );
    let value: Value = serde_json::from_str(&core).unwrap();
    assert_eq!(value["schema"], 1);
    assert_eq!(value["next_change_at"], Value::Null);
    let takedown = &value["norms"][0];
    assert_eq!(takedown["norm"], "takedown");
    assert_eq!(takedown["territory"], serde_json::json!(["BE", "DE", "FR"]));
    assert_eq!(takedown["outcome"], "must");
    assert_eq!(takedown["operational"], 0);
    let removal = &takedown["effects"][0];
    assert_eq!(removal["due"], "2026-05-16T22:30:00Z");
    assert_eq!(removal["status"], "breached");
    assert_eq!(removal["alternatives"][0]["due"], "2026-05-16T22:30:00Z");
    assert_eq!(
        value["norms"][2]["effects"][0]["up_to"][0]["amount"],
        "400000.00"
    );
    assert_eq!(value["human"][0]["kind"], "untranslated");
    assert_eq!(value["beside"][0]["pack"], "plan");
    // The core form has no texts at all: neither English nor French is anywhere in it.
    assert!(!core.contains("\"en\"") && !core.contains("\"fr\"") && !core.contains("cites"));
    let full = DecisionJson {
        decision: &decision,
        texts: true,
        receipt: Some(&receipt),
    }
    .to_line();
    let value: Value = serde_json::from_str(&full).unwrap();
    assert_eq!(value["norms"][0]["title"]["fr"], "Retirer le contenu");
    assert_eq!(value["rules"][0]["cites"][0]["how"], "verified");
    assert_eq!(value["receipt"]["packs"][1]["law_date"], "2026-05-16");
    assert_eq!(value["receipt"]["packs"][2]["decides"], false);
    // The same decision, the same bytes.
    assert_eq!(
        full,
        DecisionJson {
            decision: &decision,
            texts: true,
            receipt: Some(&receipt)
        }
        .to_line()
    );
}

#[test]
fn the_schema_has_every_name() {
    let pack = RULES.pack().unwrap();
    let program = pack.program();
    let schema = schema_for(program);
    let facts = program.facts.iter().map(|row| row.name);
    for name in facts.chain(program.events.iter().map(|row| row.name)) {
        let name = program.str(name);
        let leaf = name
            .split('.')
            .fold(&schema, |group, part| &group["properties"][part]);
        assert!(leaf.is_object(), "{name}");
    }
    assert_eq!(
        schema["properties"]["provider"]["properties"]["staff"]["maximum"],
        1_000_000
    );
    assert_eq!(schema["$defs"]["Country"]["enum"][3], "US");
}

/// Texts that are nearly cases: names, values and punctuation in any order.
fn nearly_a_case() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"order\"",
        "\"kind\"",
        "\"request\"",
        "\"data\"",
        "\"content\"",
        "\"received\"",
        "\"2026-05-16T23:30:00Z\"",
        "null",
        "true",
        "false",
        "1",
        "-5",
        "1e9",
        "\"provider\"",
        "\"turnover\"",
        "\"amount\"",
        "\"currency\"",
        "\"EUR\"",
        "\"1.00\"",
        "\"offers_in\"",
        "\"FR\"",
        " ",
        "\n",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_case_or_an_error(text in nearly_a_case()) {
        match read(&text) {
            Ok(_) => prop_assert!(serde_json::from_str::<Value>(&text).is_ok_and(|value| value.is_object())),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn any_bytes_are_a_case_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let pack = RULES.pack().unwrap();
        drop(case_from_json(pack.program(), &bytes));
    }

    #[test]
    fn what_is_written_is_what_is_kept(
        staff in 0i64..=1_000_000,
        minor in any::<i64>(),
        data in 0u16..4,
        at in 0i64..4_102_444_800_000_000,
    ) {
        let money = Money { minor: minor.max(-i64::MAX), currency: Currency(*b"EUR") };
        let members = ["subscriber", "content"].into_iter().enumerate();
        let members: Vec<&str> = members.filter(|(member, _)| data >> member & 1 == 1).map(|(_, name)| name).collect();
        let text = serde_json::json!({
            "provider": { "staff": staff, "turnover": { "amount": money.to_string(), "currency": "EUR" } },
            "order": { "data": members, "received": instant::Display(at).to_string() },
        });
        let case = read(&text.to_string()).unwrap();
        prop_assert_eq!(fact(&case, "provider.staff"), FactSlot::Given(FactValue::Int(staff)));
        prop_assert_eq!(fact(&case, "provider.turnover"), FactSlot::Given(FactValue::Money(money)));
        prop_assert_eq!(fact(&case, "order.data"), FactSlot::Given(FactValue::Members(Bits([u64::from(data), 0, 0, 0]))));
        prop_assert_eq!(event(&case, "order.received"), EventSlot::At(at));
    }
}

/// A service level is the house's own: it is marked, beside a due of the law it is nothing, and a receipt knows of it.
#[test]
fn service_levels_are_the_houses_own() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/suite/run/rules");
    let rules = link(&[root.join("prompt.exq")], &[]).unwrap();
    let pack = rules.pack().unwrap();
    let program = pack.program();
    let case = r#"{"order": {"received": "2026-05-16T10:00:00+02:00"}}"#;
    let case = case_from_json(program, case.as_bytes()).unwrap();
    let hour = 3_600_000_000;
    let judge = |service: ServiceLevels, at: &str| {
        let options = Options {
            now: instant::parse(at).unwrap(),
            service,
            ..Options::default()
        };
        let mut memory = Memory::new(program);
        let mut workspace = memory.workspace();
        let decision = evaluate(program, &case.as_case(), &options, &mut workspace).unwrap();
        let json = DecisionJson {
            decision: &decision,
            texts: false,
            receipt: None,
        };
        let value: Value = serde_json::from_str(&json.to_line()).unwrap();
        (value, decision.receipt(pack.digest()).decision)
    };
    let levels = |undue_delay, expeditiously| ServiceLevels {
        undue_delay,
        expeditiously,
    };
    let at = "2026-05-16T12:00+02:00";
    let (open, none) = judge(levels(None, None), at);
    assert_eq!(open["norms"][0]["effects"][0]["due"], "open");
    assert_eq!(open["norms"][3]["outcome"], "undetermined");
    let (value, one) = judge(levels(Some(24 * hour), Some(2 * hour)), at);
    let effect = |norm: usize| &value["norms"][norm]["effects"][0];
    assert_eq!(effect(0)["due"], "2026-05-16T10:00:00Z");
    assert_eq!(effect(0)["status"], "running");
    assert_eq!(effect(0)["service_level"], true);
    assert_eq!(effect(0)["exclusive"], Value::Null);
    assert_eq!(effect(1)["due"], "2026-05-17T08:00:00Z");
    assert_eq!(effect(2)["due"], "2026-05-26T08:00:00Z");
    assert_eq!(effect(2)["service_level"], Value::Null);
    assert_eq!(value["norms"][3], Value::Null, "nothing is missed yet");
    assert_eq!(value["next_change_at"], "2026-05-16T10:00:00.000001Z");
    let (late, _) = judge(
        levels(None, Some(2 * hour)),
        "2026-05-16T12:00:00.000001+02:00",
    );
    assert_eq!(late["norms"][0]["effects"][0]["status"], "breached");
    assert_eq!(late["norms"][1]["effects"][0]["due"], "open");
    assert_eq!(late["norms"][3]["outcome"], "must");
    let (_, again) = judge(levels(None, None), at);
    let (_, other) = judge(levels(Some(25 * hour), Some(2 * hour)), at);
    assert_eq!(none, again);
    assert!(none != one);
    assert!(one != other);
    let mut memory = Memory::new(program);
    let mut workspace = memory.workspace();
    let options = Options {
        service: levels(Some(0), None),
        ..Options::default()
    };
    let refused = evaluate(program, &case.as_case(), &options, &mut workspace);
    assert_eq!(refused.err(), Some(EvaluationError::ServiceLevel));
}
