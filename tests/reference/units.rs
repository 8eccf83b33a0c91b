//! The paragraphs of LANGUAGE.md that are easy to misread, each in a small case worked out by hand.

use super::case::Ask;
use super::civil::parse_instant;
use super::evaluate;
use super::link::Link;
use super::timing::Service;
use serde_json::{Value as Json, json};

/// The vocabulary that all these cases share.
const WORDS: &str = r#"pack t
  status law
  counting elapsed
  zone "Europe/Paris"
enum Land territory { FR, DE, AT }
fact grave : bool
fact kin : bool presumed false
fact lands : set of Land
fact turnover : money
event received
event clarified
event acted
norm act : host remove content
  done at acted
norm keep : host keep content
  broken at acted
norm tell : host tell user
  by default must not
  protected by grave
"#;

fn ask(rules: &str, case: Json, now: &str) -> Json {
    let source = format!("{WORDS}{rules}");
    let file = match exequatur::syntax::parse(&source) {
        Ok(file) => file,
        Err(errors) => panic!("{errors:?}\n{source}"),
    };
    let files = [file];
    evaluate(
        &Link::new(&files, &[]),
        &case,
        Ask {
            now: parse_instant(now),
            law_date: None,
            service: Service::default(),
        },
        true,
    )
}

/// The only part of a norm, or its part with this number.
fn part<'j>(answer: &'j Json, norm: &str, number: usize) -> &'j Json {
    let norms = answer["norms"].as_array().into_iter().flatten();
    let mut parts = norms.filter(|n| n["norm"] == norm);
    parts.nth(number).expect("a part of the norm")
}

const NOON: &str = "2026-06-10T12:00:00Z";

#[test]
fn a_base_runs_again_from_the_end_of_what_defeated_it() {
    let rules = r#"
rule base cites "1" verified then act must within 1 day of received end
rule pause exception to base cites "1" verified then act must not for 3 days from received end
"#;
    let case = json!({"received": "2026-06-01T10:00:00Z", "acted": false});
    let during = ask(rules, case.clone(), "2026-06-02T00:00:00Z");
    let p = part(&during, "act", 0);
    assert_eq!(
        (&p["outcome"], &p["effects"][0]["by"]),
        (&json!("must_not"), &json!("t/pause"))
    );
    assert_eq!(during["next_change_at"], "2026-06-04T10:00:00Z");
    let after = ask(rules, case, "2026-06-04T10:00:00Z");
    let p = part(&after, "act", 0);
    assert_eq!(p["outcome"], "must");
    assert_eq!(p["effects"][0]["due"], "2026-06-05T10:00:00Z");
    assert_eq!(p["effects"][1]["state"], "ended");
}

#[test]
fn a_floor_that_may_be_leaves_the_due_undetermined() {
    let rules = r#"
rule base cites "1" verified then act must within 1 day of received end
rule pause exception to base cites "1" verified when grave then act must not for 3 days from received end
"#;
    let case = json!({"received": "2026-06-01T10:00:00Z", "acted": false});
    let answer = ask(rules, case, NOON);
    let base = &part(&answer, "act", 0)["effects"][0];
    assert_eq!(
        (&base["state"], &base["due"]),
        (&json!("standing"), &json!("unknown"))
    );
    assert_eq!(
        (&base["status"], &base["needs"]),
        (&json!("unknown"), &json!(["grave"]))
    );
    assert_eq!(base["provisional_due"], "2026-06-02T10:00:00Z");
}

#[test]
fn what_a_lifted_exception_displaced_stands_again() {
    let rules = r#"
rule base cites "1" verified then act must end
rule except exception to base cites "1" verified then act lifted end
rule again exception to except cites "1" verified when grave then act lifted end
"#;
    let outcome = |case| part(&ask(rules, case, NOON), "act", 0)["outcome"].clone();
    assert_eq!(outcome(json!({"grave": true})), "must");
    assert_eq!(outcome(json!({"grave": false})), "none");
    assert_eq!(outcome(json!({})), "undetermined");
}

#[test]
fn another_value_replaces_the_whole_chain_below() {
    let rules = r#"
rule base cites "1" verified then act must end
rule except exception to base cites "1" verified then act lifted end
rule right exception to except cites "1" verified then act may end
"#;
    let answer = ask(rules, json!({}), NOON);
    let p = part(&answer, "act", 0);
    assert_eq!(p["outcome"], "may");
    assert_eq!(p["effects"][0]["by"], "t/right");
    assert_eq!(p["effects"][1]["by"], "t/right");
}

#[test]
fn siblings_of_two_kinds_conflict_lifted_included() {
    let rules = r#"
rule base cites "1" verified then act must end
rule one exception to base cites "1" verified then act lifted end
rule two exception to base cites "1" verified when grave then act may end
"#;
    let both = ask(rules, json!({"grave": true}), NOON);
    assert_eq!(part(&both, "act", 0)["outcome"], "conflict");
    assert_eq!(
        both["human"][0],
        json!({"kind": "conflict", "norm": "act", "territory": "everywhere"})
    );
    let maybe = ask(rules, json!({}), NOON);
    assert_eq!(part(&maybe, "act", 0)["outcome"], "undetermined");
    let one = ask(rules, json!({"grave": false}), NOON);
    assert_eq!(part(&one, "act", 0)["outcome"], "none");
}

#[test]
fn must_against_must_not_without_defeat_is_a_conflict() {
    let rules = r#"
rule one cites "1" verified then act must end
rule two cites "1" verified then act must not across {DE} end
"#;
    let answer = ask(rules, json!({}), NOON);
    let parts = [part(&answer, "act", 0), part(&answer, "act", 1)];
    assert_eq!(
        parts.map(|p| &p["territory"]),
        [&json!(["FR", "AT"]), &json!(["DE"])]
    );
    assert_eq!(parts.map(|p| &p["outcome"]), ["must", "conflict"]);
}

#[test]
fn an_exception_has_the_territory_of_its_base() {
    let rules = r#"
rule base cites "1" verified then act must across lands end
rule other cites "1" verified then act may end
rule except exception to base cites "1" verified then act lifted end
"#;
    let answer = ask(rules, json!({"lands": ["DE"]}), NOON);
    assert_eq!(part(&answer, "act", 1)["territory"], json!(["DE"]));
    assert_eq!(
        part(&answer, "act", 1)["effects"].as_array().map(Vec::len),
        Some(3)
    );
    assert_eq!(
        part(&answer, "act", 0)["effects"].as_array().map(Vec::len),
        Some(1)
    );
    let unknown = ask(rules, json!({}), NOON);
    let p = part(&unknown, "act", 0);
    assert_eq!(
        (&p["territory"], &p["effects"][2]["needs"]),
        (&json!("everywhere"), &json!(["lands"]))
    );
}

#[test]
fn a_protected_norm_is_withheld_until_it_can_be_acted_on() {
    let rules = r#"
rule base cites "1" verified then tell must no earlier than 1 day from received end
"#;
    let why = |case, now| {
        let answer = ask(rules, case, now);
        let p = part(&answer, "tell", 0);
        (p["outcome"].clone(), p["effects"][0]["why"].clone())
    };
    let received = "2026-06-09T12:00:00Z";
    let grave = json!({"grave": true, "received": received});
    let withheld = |why: &str| (json!("must_not"), json!(why));
    assert_eq!(
        why(json!({"received": received}), NOON),
        withheld("guard_unknown")
    );
    assert_eq!(why(json!({"grave": false}), NOON), withheld("guard_false"));
    assert_eq!(why(json!({"grave": true}), NOON), withheld("waiting"));
    assert_eq!(
        why(grave.clone(), "2026-06-10T11:59:59Z"),
        withheld("waiting")
    );
    assert_eq!(
        why(json!({"grave": true, "received": null}), NOON),
        withheld("undetermined")
    );
    assert_eq!(why(grave, NOON), (json!("must"), Json::Null));
}

#[test]
fn an_exclusive_due_is_late_at_its_instant_and_an_inclusive_one_after_it() {
    let rules = r#"
rule one cites "1" verified then act must within 1 hour of received end
rule two cites "1" verified then act must in less than 1 hour of received end
rule seen cites "1" verified when missed one then keep may end
"#;
    let case = json!({"received": "2026-06-10T11:00:00Z", "acted": false});
    let answer = ask(rules, case, NOON);
    let p = part(&answer, "act", 0);
    assert_eq!(
        (&p["effects"][0]["status"], &p["effects"][1]["status"]),
        (&json!("running"), &json!("breached"))
    );
    assert_eq!(p["operational"], 1);
    assert_eq!(answer["next_change_at"], "2026-06-10T12:00:00.000001Z");
}

#[test]
fn a_skipped_hour_moves_on_and_a_doubled_one_is_the_first() {
    let rules = r#"rule one cites "1" verified then act must within 1 day of received end
"#;
    let due = |received: &str| {
        let answer = ask(
            rules,
            json!({"received": received, "acted": false}),
            "2026-12-01T00:00:00Z",
        );
        part(&answer, "act", 0)["effects"][0]["due"].clone()
    };
    // 02:30 in Paris does not exist on 29 March 2026, and comes twice on 25 October.
    assert_eq!(due("2026-03-28T01:30:00Z"), "2026-03-29T01:30:00Z");
    assert_eq!(due("2026-10-24T00:30:00Z"), "2026-10-25T00:30:00Z");
}

#[test]
fn only_what_matters_is_assumed() {
    let rules = r#"
rule one cites "1" verified when kin and grave then act must end
"#;
    let assumed = |case| ask(rules, case, NOON)["assumed"].clone();
    assert_eq!(assumed(json!({"grave": false, "acted": false})), json!([]));
    assert_eq!(
        assumed(json!({"grave": true, "acted": false})),
        json!(["kin"])
    );
    assert_eq!(assumed(json!({"kin": false, "acted": false})), json!([]));
}

#[test]
fn a_lasting_duty_is_met_when_it_has_run_its_course() {
    let rules = r#"
rule one cites "1" verified then keep must for 1 day from received end
"#;
    let at = |done: Json, now| {
        let answer = ask(
            rules,
            json!({"received": "2026-06-09T12:00:00Z", "acted": done}),
            now,
        );
        let p = part(&answer, "keep", 0).clone();
        (
            p["outcome"].clone(),
            p["effects"][0]["status"].clone(),
            p["effects"][0]["state"].clone(),
        )
    };
    let says = |o: &str, s: &str, t: &str| (json!(o), json!(s), json!(t));
    assert_eq!(
        at(json!(false), "2026-06-10T11:59:59Z"),
        says("must", "running", "standing")
    );
    assert_eq!(at(json!(false), NOON), says("must", "met", "ended"));
    assert_eq!(
        at(json!("2026-06-09T13:00:00Z"), NOON),
        says("must", "breached", "ended")
    );
    assert_eq!(at(json!(NOON), NOON), says("must", "met", "ended"));
}

#[test]
fn ceilings_round_down_and_never_compare_currencies() {
    let rules = r#"
rule one cites "1" verified then act may up to larger of (100 EUR, 3.33% of turnover, 5000 JPY) per day end
"#;
    let case = json!({"turnover": {"amount": "9999.99", "currency": "EUR"}});
    let answer = ask(rules, case, NOON);
    let effect = &part(&answer, "act", 0)["effects"][0];
    let yen = json!({"amount": "5000", "currency": "JPY"});
    assert_eq!(
        effect["up_to"],
        json!([{"amount": "332.99", "currency": "EUR"}, yen])
    );
    assert_eq!(effect["per_day"], true);
    let unknown = ask(rules, json!({}), NOON);
    let effect = &part(&unknown, "act", 0)["effects"][0];
    assert_eq!(
        (&effect["up_to"], &effect["needs"]),
        (&json!("unknown"), &json!(["turnover"]))
    );
}
