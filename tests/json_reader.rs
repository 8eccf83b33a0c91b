//! The reader of cases against `serde_json`: thousands of texts, good ones and ones that were spoilt in one place or more.
//!
//! What `serde_json` refuses as syntax, the reader refuses. Beyond that the same texts are read by its visitors
//! (`tests/reader`), and case or error are the same: problem, pointer, line and column. Where they may differ is listed at
//! [`reader::same`]. What is read passes `check_fact` and `check_event`, which the reader does not call.
#![cfg(feature = "cli")]

mod reader;
#[path = "reference/gen_rng.rs"]
#[allow(dead_code)] // The reference needs all of it.
mod rng;

use std::path::PathBuf;

use exequatur::cli::{Link, link};
use exequatur::eval::{FactSlot, check_event, check_fact};
use exequatur::json::{CaseReader, OwnedCase, Problem, case_from_json, case_in_object};
use exequatur::model::{EventId, FactId};
use rng::Rng;
use serde::de::IgnoredAny;

/// The rules of the runs, which have every type; and names with accents, in other scripts.
fn linked(rules: &[&str]) -> Link {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests");
    let paths: Vec<PathBuf> = rules.iter().map(|name| root.join(name)).collect();
    link(&paths, &[]).expect("the rules link")
}

const RULES: &[&str] = &[
    "suite/run/rules/core.exq",
    "suite/run/rules/tco.exq",
    "suite/run/rules/plan.exq",
];
const ACCENTS: &[&str] = &["conformance/accents/rules.exq"];

/// Good cases, or nearly.
const CASES: &[&str] = &[
    r#"{"order": {"kind": "request", "authenticated": true, "issuer": "judge", "data": ["content", "subscriber"],
        "signed": "2026-05-16T23:30:00.000001+02:00", "received": "2026-05-16T23:30:00Z", "manifest_error": false},
      "provider": {"staff": 12, "turnover": {"amount": "-250.00", "currency": "EUR"}, "offers_in": ["BE", "FR"]},
      "content": {"removed": false, "published": null}, "clarification": {"received": "2026-05-17T00:30+02:00"}}"#,
    r#"{"provider":{"turnover":{"currency":"JPY","amount":"7"},"staff":0,"offers_in":[]},"order":{"kind":null}}"#,
    "{\"order\":{\"kind\":\"removal_order\"\n,\t\"data\" : [ \"content\" ]\r\n}}\n ",
    r#"{"order": {}, "fine": {"paid": "1999-12-31T23:59:59.123Z"}, "identity": {}}"#,
    "{}",
    r#"{"décision": {"rule": true, "pays": ["AT", "België", "Ελλάδα", "日本"], "qualité": "présent"},
        "contenu": {"retiré": "2026-05-16T23:30:00Z"}}"#,
    r#"{"d\u00e9cision": {"rule": false, "pays": ["\u65e5\u672c"], "qualit\u00E9": "pass\u00e9"}}"#,
    r#"{"x": [1, {"y": [], "z": {}}, "\ud800", -0.5e+3, null], "case": {"order": {"kind": "request"}}, "z": "\\\/\b"}"#,
    r#"{"id": "a", "case": {"décision": {"qualité": "présent"}}, "now": "2026-05-16T23:30:00Z"}"#,
];

/// What is put in place of a value, a key or anything else.
const PIECES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "12",
    "1000000",
    "1000001",
    "01",
    "-",
    "1.",
    "1.5",
    "1.0",
    "-0.0",
    "1e2",
    "1E+2",
    "1e-2",
    "1e",
    "1e+",
    "15e-1",
    "120e-1",
    "9e18",
    "8e18",
    "1e19",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "123456789012345678901234567890",
    "1e400",
    "-1e999",
    "0e400",
    "0.0000001",
    "nul",
    "nulll",
    "tru",
    "falsy",
    "NaN",
    "Infinity",
    "+1",
    ".5",
    "0x1",
    "{}",
    "[]",
    "[[]]",
    "[1,2]",
    "[1,]",
    "[,]",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{1:2}",
    "\"\"",
    "\"request\"",
    "\"requets\"",
    "\"content\"",
    "\"FR\"",
    "\"fr\"",
    "[\"FR\",\"FR\"]",
    "[\"FR\",\"XX\"]",
    "[\"FR\" \"BE\"]",
    "[\"FR\",5]",
    "[\"FR\",[]]",
    "[\"FR\",{}]",
    "\"EUR\"",
    "\"2026-05-16T23:30:00Z\"",
    "\"2026-02-30T23:30:00Z\"",
    "\"2026-05-16T23:30:00\"",
    "\"1969-12-31T23:59:59Z\"",
    "\"2026-05-16T23:30:60Z\"",
    "\"2026-05-16T23:30:00.0000001Z\"",
    "{\"amount\":\"1\",\"currency\":\"EUR\"}",
    "{\"amount\":\"1.234\",\"currency\":\"EUR\"}",
    "{\"amount\":\"1\",\"currency\":\"eur\"}",
    "{\"amount\":\"1\"}",
    "{\"amount\":1,\"currency\":\"EUR\"}",
    "{\"amount\":\"1_0\",\"currency\":\"EUR\"}",
    "{\"ammount\":\"1\"}",
    "{\"amount\":\"1\",\"amount\":\"1\"}",
    "{\"amount\":\"99999999999999999999\",\"currency\":\"EUR\"}",
    "\"order\"",
    "\"orders\"",
    "\"order.kind\"",
    "\"kind\"",
    "\"knid\"",
    "\"data\"",
    "\"provider\"",
    "\"case\"",
    "\"a/b~c\"",
    "\"\\u006frder\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00\"",
    "\"\\ud83dx\"",
    "\"\\ud83d\\n\"",
    "\"\\ud83d\\ud83d\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\x\"",
    "\"\\",
    "\"\\u",
    "\"a\u{1}b\"",
    "\"tab\tin\"",
    "\"é\"",
    "\"日本語日本語日本語日本語日本語日本語                              日本語日本語日本語日本語日本語日本語\"",
    "\u{feff}",
    "\u{a0}",
    "/*x*/",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    " ",
    "\n",
    "\t",
    "\r\n",
    "\u{c}",
    "\u{0}",
    "\u{7f}",
    "é",
];

/// Makes of a text another one: spoilt somewhere, by bytes, by words or by whole values.
fn spoil(rng: &mut Rng, text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=rng.below(3) {
        let at = rng.below(bytes.len() + 1);
        let (start, end) = if rng.chance(60) {
            word(&bytes, at)
        } else {
            (at, (at + rng.below(4)).min(bytes.len()))
        };
        let put: Vec<u8> = match rng.below(8) {
            0 => Vec::new(),
            1 => vec![rng.below(256) as u8],
            2 => {
                let other = rng.below(bytes.len() + 1);
                let (start, end) = word(&bytes, other);
                bytes[start..end].to_vec()
            }
            3 if rng.chance(30) => {
                bytes.truncate(at);
                continue;
            }
            _ => rng.pick(PIECES).as_bytes().to_vec(),
        };
        bytes.splice(start..end, put);
    }
    bytes
}

/// The word around a place: what stands between two marks of JSON, or a mark.
fn word(bytes: &[u8], at: usize) -> (usize, usize) {
    let mark = |byte: &u8| b"{}[],: \n\t\r".contains(byte);
    let start = bytes[..at]
        .iter()
        .rposition(mark)
        .map_or(0, |mark| mark + 1);
    let end = bytes[at..]
        .iter()
        .position(mark)
        .map_or(bytes.len(), |mark| at + mark);
    (start, end)
}

/// How many texts there were, and how many of them were cases.
#[derive(Default)]
struct Count {
    good: usize,
    refused: usize,
    syntax: usize,
}

/// Reads a text in both ways.
fn compare(
    reader: &CaseReader<'_>,
    link: &Link,
    case: &mut OwnedCase,
    bytes: &[u8],
    count: &mut Count,
) {
    let pack = link.pack().unwrap();
    let program = pack.program();
    let shown = String::from_utf8_lossy(bytes);
    for key in [None, Some("case")] {
        let old = reader::read(program, bytes, key);
        let new = match key {
            None => reader.read_into(case, bytes).map(|()| case.clone()),
            Some(key) => reader.read_in_object(bytes, key),
        };
        assert!(
            reader::same(&new, &old, bytes),
            "{key:?} of\n{shown}\nnow    {new:?}\nbefore {old:?}"
        );
        let json = serde_json::from_slice::<IgnoredAny>(bytes);
        match &new {
            Ok(read) => {
                count.good += 1;
                assert!(json.is_ok(), "taken, and no JSON: {shown}");
                for (id, slot) in (0u16..).zip(&read.facts) {
                    if let FactSlot::Given(value) = slot {
                        assert_eq!(check_fact(program, FactId(id), *value), Ok(()), "{shown}");
                    }
                }
                for (id, slot) in (0u16..).zip(&read.events) {
                    assert_eq!(check_event(program, EventId(id), *slot), Ok(()), "{shown}");
                }
            }
            Err(error) => {
                count.refused += 1;
                count.syntax += usize::from(matches!(error.problem, Problem::Syntax { .. }));
                if key.is_none() {
                    assert_eq!(
                        *case,
                        OwnedCase::empty(program),
                        "something is left of {shown}"
                    );
                }
            }
        }
    }
}

#[test]
fn whatever_the_text_the_reader_finds_what_serde_json_finds() {
    let mut count = Count::default();
    for (seed, rules) in [(1, RULES), (2, ACCENTS)] {
        let link = linked(rules);
        let pack = link.pack().unwrap();
        let reader = CaseReader::new(pack.program());
        let mut case = OwnedCase::default();
        for text in CASES {
            compare(&reader, &link, &mut case, text.as_bytes(), &mut count);
            for end in 0..text.len() {
                compare(
                    &reader,
                    &link,
                    &mut case,
                    &text.as_bytes()[..end],
                    &mut count,
                );
            }
        }
        let mut rng = Rng::new(seed);
        for _ in 0..30_000 {
            let text = rng.pick(CASES);
            let spoilt = spoil(&mut rng, text);
            compare(&reader, &link, &mut case, &spoilt, &mut count);
        }
    }
    let Count {
        good,
        refused,
        syntax,
    } = count;
    assert!(
        good > 5_000 && refused > 50_000 && syntax > 20_000,
        "too few of a kind: {good} good, {refused} refused, {syntax} of them no JSON"
    );
}

/// Each piece in each place where a value may stand.
#[test]
fn every_value_in_every_place() {
    let mut count = Count::default();
    let link = linked(RULES);
    let pack = link.pack().unwrap();
    let reader = CaseReader::new(pack.program());
    let mut case = OwnedCase::default();
    let places = [
        "?",
        "{\"order\":?}",
        "{\"order\":{\"kind\": ? }}",
        "{\"order\":{\"authenticated\":?\n}}",
        "{\"order\":{\"data\":?}}",
        "{\"order\":{\"data\":[?]}}",
        "{\"order\":{\"data\":[\"content\", ?]}}",
        "{\"order\":{\"signed\":?}}",
        "{\"order\":{\"received\":?}}",
        "{\"provider\":{\"staff\":?}}",
        "{\"provider\":{\"turnover\":?}}",
        "{\"provider\":{\"turnover\":{\"amount\":?,\"currency\":\"EUR\"}}}",
        "{\"provider\":{\"turnover\":{\"amount\":\"1\",\n\"currency\":?}}}",
        "{\"provider\":{\"turnover\":{?:\"1\"}}}",
        "{?:{}}",
        "{\"order\":{?:null}}",
        "{\"order\":{},?}",
        "{\"order\":{} ?}",
        "{}?",
        "? {}",
        "{\"x\":?,\"case\":{}}",
        "{\"x\":[?],\"case\":{}}",
        "{\"x\":{\"y\":?},\"case\":{}}",
        "{\"x\":{?:1},\"case\":{}}",
        "{\"x\":[1,?]}",
        "{\"case\":?}",
        "{\"case\":{},?}",
        "{\"case\":{\"order\":{\"kind\":?}}}",
        "{?",
    ];
    for place in places {
        for piece in PIECES {
            let text = place.replace('?', piece);
            compare(&reader, &link, &mut case, text.as_bytes(), &mut count);
            let key = text.replacen("\"order\"", "\"order\"\n ", 1);
            compare(&reader, &link, &mut case, key.as_bytes(), &mut count);
        }
    }
    assert!(count.good > 100 && count.refused > 5_000);
}

#[test]
fn one_shot_and_made_once_are_the_same() {
    let link = linked(RULES);
    let pack = link.pack().unwrap();
    let program = pack.program();
    let reader = CaseReader::new(program);
    for text in CASES {
        assert_eq!(
            case_from_json(program, text.as_bytes()),
            reader.read(text.as_bytes())
        );
        let inside = case_in_object(program, text.as_bytes(), "case");
        assert_eq!(inside, reader.read_in_object(text.as_bytes(), "case"));
    }
}

/// A case of another pack, which is longer or shorter, becomes one of this.
#[test]
fn a_case_of_another_pack_is_made_anew() {
    let (one, other) = (linked(RULES), linked(ACCENTS));
    let (one, other) = (one.pack().unwrap(), other.pack().unwrap());
    let mut case = OwnedCase::empty(one.program());
    let reader = CaseReader::new(other.program());
    reader.read_into(&mut case, br#"{"contenu": {}}"#).unwrap();
    assert_eq!(case, OwnedCase::empty(other.program()));
    let back = CaseReader::new(one.program());
    assert!(back.read_into(&mut case, b"{").is_err());
    assert_eq!(case, OwnedCase::empty(one.program()));
}

/// Values that nobody asks for may go as deep as a text is long; objects of a case may not.
#[test]
fn what_is_skipped_may_go_deep() {
    let link = linked(RULES);
    let pack = link.pack().unwrap();
    let program = pack.program();
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let text = format!("{{\"x\": {deep}, \"case\": {{\"order\": {{\"kind\": \"request\"}}}}}}");
    let case = case_in_object(program, text.as_bytes(), "case").unwrap();
    assert_ne!(case, OwnedCase::empty(program));
    let open = case_in_object(
        program,
        format!("{{\"x\": {}", "[{\"a\":".repeat(100_000)).as_bytes(),
        "case",
    );
    assert!(matches!(open.unwrap_err().problem, Problem::Syntax { .. }));
    let inside = format!("{{\"order\": {{\"data\": {deep}}}}}");
    assert!(matches!(
        case_from_json(program, inside.as_bytes())
            .unwrap_err()
            .problem,
        Problem::Value { .. }
    ));
}
