//! Counting in the reference interpreter, on the corner cases that have an answer known from elsewhere.

use super::case::Ask;
use super::civil::parse_instant;
use super::evaluate;
use super::link::Link;
use super::timing::Service;
use serde_json::{Value as Json, json};

const HOUR: i64 = 3_600_000_000;

/// France in spring 2026, New York in autumn, and a place whose calendar nobody wrote.
const WORDS: &str = r#"pack t
  status law
  counting elapsed
  zone "Europe/Paris"
calendar france {
  zone "Europe/Paris"
  weekend saturday, sunday
  covers 2026..2026
  holiday 2026-05-14
  holiday 2026-05-25
}
calendar america {
  zone "America/New_York"
  weekend saturday, sunday
  covers 2026..2026
  holiday 2026-05-25
}
enum Seat { france, america, moon }
fact court : Seat
fact hearing : instant
event received
event acted
norm act : host remove content
  done at acted
"#;

fn ask(clauses: &str, case: Json, service: Service) -> Json {
    let source = format!("{WORDS}rule one cites \"1\" verified {clauses} end\n");
    let file = match exequatur::syntax::parse(&source) {
        Ok(file) => file,
        Err(errors) => panic!("{errors:?}\n{source}"),
    };
    let files = [file];
    let ask = Ask {
        now: parse_instant("2026-12-31T00:00:00Z"),
        law_date: None,
        service,
    };
    evaluate(&Link::new(&files, &[]), &case, ask, false)["norms"][0]["effects"][0].clone()
}

fn due(counting: &str, window: &str, received: &str) -> Json {
    let clauses = format!("{counting} then act must {window}");
    let effect = ask(&clauses, json!({"received": received}), Service::default());
    effect["due"].clone()
}

#[test]
fn the_regulation() {
    let eu = |period: &str, received| {
        let counting = "counting eu_1182_71 calendar france";
        due(counting, &format!("within {period} of received"), received)
    };
    let morning = "2026-05-13T08:00:00+02:00";
    assert_eq!(
        eu("1 hour", "2026-05-13T14:18:00+02:00"),
        "2026-05-13T14:00:00Z"
    );
    assert_eq!(
        eu("1 hour", "2026-05-16T23:30:00+02:00"),
        "2026-05-16T23:00:00Z"
    );
    assert_eq!(
        eu("72 hours", "2026-05-15T16:05:00+02:00"),
        "2026-05-18T15:00:00Z"
    );
    assert_eq!(
        eu("8 hours", "2026-10-24T22:10:00+02:00"),
        "2026-10-25T05:00:00Z"
    );
    assert_eq!(eu("10 days", morning), "2026-05-26T22:00:00Z");
    assert_eq!(eu("2 days", morning), "2026-05-18T22:00:00Z");
    assert_eq!(
        eu("2 days", "2026-05-15T08:00:00+02:00"),
        "2026-05-19T22:00:00Z"
    );
    assert_eq!(eu("3 working days", morning), "2026-05-19T22:00:00Z");
    assert_eq!(
        eu("1 month", "2026-01-30T08:00:00+01:00"),
        "2026-03-02T23:00:00Z"
    );
    assert_eq!(
        eu("1 month", "2026-01-31T08:00:00+01:00"),
        "2026-03-02T23:00:00Z"
    );
    assert_eq!(eu("1 week", "2026-12-28T08:00:00+01:00"), "unknown");
    let stays = "counting eu_1182_71 no rollover calendar france";
    let stays =
        |period: &str, received| due(stays, &format!("within {period} of received"), received);
    assert_eq!(stays("10 days", morning), "2026-05-23T22:00:00Z");
    assert_eq!(
        stays("2 days", "2026-05-15T08:00:00+02:00"),
        "2026-05-19T22:00:00Z"
    );
}

#[test]
fn the_french_code() {
    let fr = |period: &str, received| {
        let counting = "counting fr_cpc calendar france";
        due(counting, &format!("within {period} of received"), received)
    };
    assert_eq!(
        fr("10 days", "2026-05-13T08:00:00+02:00"),
        "2026-05-26T22:00:00Z"
    );
    assert_eq!(
        fr("2 days", "2026-05-12T08:00:00+02:00"),
        "2026-05-15T22:00:00Z"
    );
    assert_eq!(
        fr("1 month", "2026-01-31T08:00:00+01:00"),
        "2026-03-02T23:00:00Z"
    );
}

#[test]
fn the_federal_rules() {
    let us = |period: &str, received| {
        let counting = "counting us_frcp_6 calendar america zone \"America/New_York\"";
        due(counting, &format!("within {period} of received"), received)
    };
    assert_eq!(
        us("24 hours", "2026-05-22T10:15:00-04:00"),
        "2026-05-26T14:15:00Z"
    );
    assert_eq!(
        us("48 hours", "2026-05-21T00:00:00-04:00"),
        "2026-05-23T04:00:00Z"
    );
    assert_eq!(
        us("10 days", "2026-05-13T08:00:00-04:00"),
        "2026-05-27T04:00:00Z"
    );
}

#[test]
fn a_calendar_that_a_fact_chooses() {
    let clauses = "counting eu_1182_71 calendar by court then act must within 10 days of received";
    let at = |court: Json| {
        let case = json!({"received": "2026-05-13T20:00:00Z", "court": court});
        let effect = ask(clauses, case, Service::default());
        (effect["due"].clone(), effect["needs"].clone())
    };
    let says = |due: &str| (json!(due), Json::Null);
    let lacks = |what: &str| (json!("unknown"), json!([what]));
    // Whit Monday in both, and each in its own zone.
    assert_eq!(at(json!("france")), says("2026-05-26T22:00:00Z"));
    assert_eq!(at(json!("america")), says("2026-05-27T04:00:00Z"));
    assert_eq!(at(json!("moon")), lacks("moon"));
    assert_eq!(at(Json::Null), lacks("court"));
}

#[test]
fn a_year_that_is_not_covered_is_what_is_missing() {
    let clauses = "counting fr_cpc calendar france then act must within 2 weeks of received";
    let case = json!({"received": "2026-12-30T08:00:00Z"});
    let effect = ask(clauses, case, Service::default());
    assert_eq!(
        (&effect["due"], &effect["needs"]),
        (&json!("unknown"), &json!(["france"]))
    );
}

#[test]
fn an_end_out_of_range_asks_for_no_calendar() {
    let clauses = "counting fr_cpc calendar france then act must within 10 days of hearing";
    let needs = |hearing: &str| {
        let effect = ask(clauses, json!({"hearing": hearing}), Service::default());
        assert_eq!(effect["due"], "unknown");
        effect["needs"].clone()
    };
    // 31 December ends at 23:00 UTC, which is in range; the day after it does not.
    assert_eq!(needs("2099-12-21T12:00:00Z"), json!(["france"]));
    assert_eq!(needs("2099-12-22T12:00:00Z"), Json::Null);
}

#[test]
fn back_from_an_event() {
    let back = |counting: &str, period: &str, hearing: &str| {
        let clauses = format!("{counting} then act must at least {period} before hearing");
        ask(&clauses, json!({"hearing": hearing}), Service::default())["due"].clone()
    };
    let eu = "counting eu_1182_71 calendar france";
    assert_eq!(
        back(eu, "3 working days", "2026-05-20T09:00:00+02:00"),
        "2026-05-15T22:00:00Z"
    );
    assert_eq!(
        back(eu, "10 days", "2026-05-26T09:00:00+02:00"),
        "2026-05-16T22:00:00Z"
    );
    assert_eq!(
        back(eu, "1 hour", "2026-05-13T14:18:00+02:00"),
        "2026-05-13T11:00:00Z"
    );
    let us = "counting us_frcp_6 calendar america zone \"America/New_York\"";
    assert_eq!(
        back(us, "10 days", "2026-06-04T09:00:00-04:00"),
        "2026-05-23T04:00:00Z"
    );
    assert_eq!(
        back("", "2 days", "2026-05-20T09:00:00+02:00"),
        "2026-05-18T07:00:00Z"
    );
}

#[test]
fn a_service_level_is_the_houses_own() {
    let level = Service {
        undue_delay: Some(2 * HOUR),
        expeditiously: None,
    };
    let case = json!({"received": "2026-05-13T08:00:00Z", "acted": "2026-05-13T10:00:00Z"});
    let said = |window: &str| {
        let effect = ask(&format!("then act must {window}"), case.clone(), level);
        (
            effect["due"].clone(),
            effect["service_level"].clone(),
            effect["status"].clone(),
        )
    };
    let own = (json!("2026-05-13T10:00:00Z"), json!(true), json!("met"));
    assert_eq!(said("without undue delay from received"), own);
    let open = (json!("open"), Json::Null, json!("met"));
    assert_eq!(said("expeditiously from received"), open);
    let law = (json!("2026-05-13T09:00:00Z"), Json::Null, json!("met_late"));
    assert_eq!(
        said("without undue delay from received and within 1 hour of received"),
        law
    );
}
