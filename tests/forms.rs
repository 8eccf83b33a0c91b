//! The forms against what was published of them, so that drift is seen: codes, fields, and when each is asked for.
//!
//! `tests/forms/` has the published vocabularies as they were read; `tests/suite/run/form_*.run` shows forms being filled.
#![cfg(feature = "cli")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use exequatur::cli::{Link, link};
use exequatur::forms::{Cond, FORMS, Field, Form, Limit, Need, Source, Test, dsa_codes};
use serde_json::Value;

fn published(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/forms")
        .join(file);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn form(name: &str) -> &'static Form {
    Form::named(name).unwrap()
}

fn texts(list: &Value) -> Vec<&str> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| item.as_str().unwrap()).collect()
}

/// The codes of a list, which is an array or an object with a label for each; an object is sorted where it is read.
fn codes(list: &Value) -> BTreeSet<&str> {
    match list {
        Value::Object(labels) => labels.keys().map(String::as_str).collect(),
        _ => texts(list).into_iter().collect(),
    }
}

#[test]
fn code_lists_of_the_statement_are_the_official_ones() {
    let official = published("dsa_sor_vocabulary.json");
    let lists: [(&str, &[&str]); 14] = [
        ("decision_visibilities", dsa_codes::VISIBILITIES),
        ("decision_monetaries", dsa_codes::MONETARIES),
        ("decision_provisions", dsa_codes::PROVISIONS),
        ("decision_accounts", dsa_codes::ACCOUNTS),
        ("account_types", dsa_codes::ACCOUNT_TYPES),
        ("decision_grounds", dsa_codes::GROUNDS),
        ("content_types", dsa_codes::CONTENT_TYPES),
        ("source_types", dsa_codes::SOURCE_TYPES),
        ("automated_decisions", dsa_codes::AUTOMATED_DECISIONS),
        ("statement_categories", dsa_codes::CATEGORIES),
        ("keywords", dsa_codes::KEYWORDS),
        ("automated_detection", dsa_codes::AUTOMATED_DETECTIONS),
        ("incompatible_content_illegal", dsa_codes::ALSO_ILLEGAL),
        ("territorial_scope_values_accepted", dsa_codes::COUNTRIES),
    ];
    for (name, list) in lists {
        let own: BTreeSet<&str> = list.iter().copied().collect();
        assert_eq!(own.len(), list.len(), "{name} has a code twice");
        assert_eq!(own, codes(&official[name]), "{name}");
    }
    let under = official["category_keywords"].as_object().unwrap();
    let mut official: BTreeMap<&str, BTreeSet<&str>> = under
        .iter()
        .map(|(category, keywords)| (category.as_str(), codes(keywords)))
        .collect();
    // The one that no category has, under words that are no code.
    let other = official.remove("Not captured by any high-level category");
    assert_eq!(other, Some(["KEYWORD_OTHER"].into()));
    let own = dsa_codes::KEYWORDS_OF.iter();
    let own: BTreeMap<&str, BTreeSet<&str>> = own
        .map(|(category, keywords)| (*category, keywords.iter().copied().collect()))
        .collect();
    assert_eq!(own, official);
}

fn fields_with(form: &Form, wanted: impl Fn(&Field) -> bool) -> BTreeSet<&'static str> {
    let fields = form.fields.iter().filter(|field| wanted(field));
    fields.map(|field| field.name).collect()
}

/// A condition as the published rules write it.
fn said(form: &Form, cond: Cond) -> String {
    match cond {
        Cond::Has(name, code) => {
            let field = form.fields.iter().find(|field| field.name == name).unwrap();
            let verb = if field.many { "contains" } else { "=" };
            format!("{name} {verb} {code}")
        }
        Cond::HasOther(name, code) => format!("{name} != {code}"),
        other => panic!("the published rules have no such condition: {other:?}"),
    }
}

#[test]
fn fields_of_the_statement_are_asked_for_as_published() {
    let rules = &published("dsa_sor_vocabulary.json")["conditional_rules"];
    let form = form("dsa-statement");
    let required = fields_with(form, |field| matches!(field.need, Need::Required));
    assert_eq!(required, codes(&rules["required"]));
    let one_of = fields_with(form, |field| matches!(field.need, Need::OneOf));
    assert_eq!(one_of, codes(&rules["at_least_one_of"]));
    let conditional: BTreeMap<&str, String> = form
        .fields
        .iter()
        .filter_map(|field| match field.need {
            Need::If(cond) => Some((field.name, said(form, cond))),
            _ => None,
        })
        .collect();
    let official: BTreeMap<&str, String> = rules["required_if"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, cond)| (name.as_str(), cond.as_str().unwrap().to_string()))
        .collect();
    assert_eq!(conditional, official);
    for (name, cond) in rules["excluded_unless"].as_object().unwrap() {
        let field = form.fields.iter().find(|field| field.name == name).unwrap();
        let Need::Within(found) = field.need else {
            panic!("{name} is not left out")
        };
        assert_eq!(said(form, found), cond.as_str().unwrap());
    }
    let mut lengths = BTreeMap::new();
    let mut days = BTreeMap::new();
    for field in form.fields {
        match field.limit {
            Some(Limit::Chars(most)) => drop(lengths.insert(field.name, most as u64)),
            Some(Limit::Days(from, to)) => {
                let from = (!from.is_empty()).then_some(from);
                let name = match field.name.starts_with("end_date_") {
                    true => "end_date_*",
                    false => field.name,
                };
                days.insert(name, (from, to));
            }
            None => {}
        }
    }
    let official = rules["max_length"].as_object().unwrap().iter();
    let official: BTreeMap<&str, u64> = official
        .map(|(name, most)| (name.as_str(), most.as_u64().unwrap()))
        .collect();
    assert_eq!(lengths, official);
    let official = rules["date_bounds"].as_object().unwrap().iter();
    let official: BTreeMap<&str, (Option<&str>, &str)> = official
        .map(|(name, bounds)| {
            (
                name.as_str(),
                (bounds[0].as_str(), bounds[1].as_str().unwrap()),
            )
        })
        .collect();
    assert_eq!(days, official);
}

/// The fields of an annex, as published: sections with their fields, and beside them the codes of single fields.
fn annex(form: &Form, official: &Value) {
    let mut fields = BTreeSet::new();
    let mut coded = BTreeMap::new();
    for (key, value) in official.as_object().unwrap() {
        match key.split_once('.') {
            Some(_) => drop(coded.insert(key.clone(), texts(value))),
            None => {
                for field in texts(value) {
                    fields.insert(format!("{key}.{}", field.trim_end_matches('?')));
                }
            }
        }
    }
    fields.extend(coded.keys().cloned());
    let own: BTreeSet<String> = form
        .fields
        .iter()
        .map(|field| field.name.to_string())
        .collect();
    assert_eq!(own, fields, "{}", form.name);
    let own: BTreeMap<String, Vec<&str>> = form
        .fields
        .iter()
        .filter(|field| !field.codes.is_empty())
        .map(|field| (field.name.to_string(), field.codes.to_vec()))
        .collect();
    assert_eq!(own, coded, "{}", form.name);
    for (key, value) in official.as_object().unwrap() {
        if key.contains('.') {
            continue;
        }
        for field in texts(value).iter().filter(|field| field.ends_with('?')) {
            let name = format!("{key}.{}", field.trim_end_matches('?'));
            let own = form.fields.iter().find(|field| field.name == name).unwrap();
            assert!(matches!(own.need, Need::Optional), "{name}");
        }
    }
}

#[test]
fn fields_and_codes_of_the_annexes_are_the_published_ones() {
    let official = published("order_form_fields.json");
    annex(form("tco-annex-ii"), &official["tco_annex_II_feedback"]);
    annex(
        form("tco-annex-iii"),
        &official["tco_annex_III_impossibility"],
    );
    annex(
        form("epoc-annex-iii"),
        &official["e_evidence_annex_III_non_execution"],
    );
}

/// The shipped rules whose facts the forms name.
fn rules() -> Link {
    let paths = ["rules/core", "rules/eu/tco.exq", "rules/eu/e_evidence.exq"];
    let mut paths: Vec<_> = paths
        .iter()
        .map(|path| Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .collect();
    for more in [
        "rules/calendars",
        "rules/eu/dsa.exq",
        "rules/us/sca_2702.exq",
    ] {
        paths.push(Path::new(env!("CARGO_MANIFEST_DIR")).join(more));
    }
    link(&paths, &[]).unwrap()
}

#[test]
fn what_the_tables_name_is_in_the_shipped_rules() {
    let link = rules();
    let pack = link.pack().unwrap();
    let program = pack.program();
    let members = |name: &str| -> BTreeSet<String> {
        let fact = program
            .facts
            .iter()
            .find(|row| program.str(row.name) == name)
            .unwrap_or_else(|| panic!("no fact `{name}`"));
        let range = program.enums.at(usize::from(fact.of)).members;
        let rows = program.members.range(range.first, range.count);
        rows.map(|row| program.str(row.name).to_string()).collect()
    };
    let fact = |name: &str| {
        let mut known = program.facts.iter().map(|row| program.str(row.name));
        assert!(known.any(|known| known == name), "no fact `{name}`");
    };
    let event = |name: &str| {
        let mut known = program.events.iter().map(|row| program.str(row.name));
        assert!(known.any(|known| known == name), "no event `{name}`");
    };
    let norm = |name: &str| {
        let mut known = program.norms.iter().map(|row| program.str(row.name));
        assert!(known.any(|known| known == name), "no norm `{name}`");
    };
    for form in FORMS {
        form.norms.iter().for_each(|name| norm(name));
        for source in form.fields.iter().flat_map(|field| field.sources) {
            match source {
                Source::Members(name, _) => drop(members(name)),
                Source::Day(events) | Source::At(events) => {
                    events.iter().for_each(|name| event(name))
                }
                Source::Places(norms) | Source::Cites(norms) => {
                    norms.iter().for_each(|name| norm(name))
                }
                Source::Rows(rows) => {
                    for test in rows.iter().flat_map(|row| row.when) {
                        match test {
                            Test::True(name) | Test::False(name) | Test::Below(name, _) => {
                                fact(name)
                            }
                            Test::In(name, list) | Test::NotIn(name, list) => {
                                let known = members(name);
                                list.iter().for_each(|member| {
                                    assert!(known.contains(*member), "{name}: {member}")
                                });
                            }
                            Test::Includes(name, member) => {
                                assert!(members(name).contains(*member), "{name}: {member}");
                            }
                            Test::Happened(name) => event(name),
                            Test::Must(name) => norm(name),
                        }
                    }
                }
            }
        }
    }
    // Every member of the vocabulary has its code, and every code a member.
    let coded = |name: &str, prefix: &str, codes: &[&str]| {
        let spelt: BTreeSet<String> = members(name)
            .iter()
            .map(|member| format!("{prefix}{}", member.to_uppercase()))
            .collect();
        let codes: BTreeSet<String> = codes.iter().map(|code| (*code).to_string()).collect();
        assert_eq!(spelt, codes, "{name}");
    };
    coded(
        "content.category",
        "STATEMENT_CATEGORY_",
        dsa_codes::CATEGORIES,
    );
    coded("content.keywords", "KEYWORD_", dsa_codes::KEYWORDS);
    coded("content.media", "CONTENT_TYPE_", dsa_codes::CONTENT_TYPES);
}

/// What a row or a condition names stands in the form itself.
#[test]
fn tables_hold_together() {
    for form in FORMS {
        let names: BTreeSet<&str> = form.fields.iter().map(|field| field.name).collect();
        assert_eq!(
            names.len(),
            form.fields.len(),
            "{} has a field twice",
            form.name
        );
        for field in form.fields {
            for source in field.sources {
                let Source::Rows(rows) = source else { continue };
                for code in rows.iter().flat_map(|row| row.then) {
                    assert!(field.codes.contains(code), "{}: {code}", field.name);
                }
            }
            let (Need::If(cond) | Need::Within(cond)) = field.need else {
                continue;
            };
            let (of, codes): (&str, Vec<&str>) = match cond {
                Cond::Has(of, code) | Cond::HasOther(of, code) => (of, vec![code]),
                Cond::HasAny(of, codes) => (of, codes.to_vec()),
                Cond::Given(of) => (of, Vec::new()),
            };
            let other = form.fields.iter().find(|other| other.name == of);
            let other = other.unwrap_or_else(|| panic!("{}: no field `{of}`", field.name));
            codes
                .iter()
                .for_each(|code| assert!(other.codes.contains(code), "{}: {code}", field.name));
            // A condition rests on a field that rests on none, so that it can be settled.
            assert!(
                !matches!(other.need, Need::If(_) | Need::Within(_)),
                "{}",
                field.name
            );
        }
    }
}
