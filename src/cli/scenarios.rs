//! The scenarios of a link: run, and compared with what they expect.

use super::bench::{Bench, broken_properties};
use super::coverage::Coverage;
use super::expect::{Miss, check};
use super::lines;
use crate::check::Ir;
use crate::check::ir::{GivenEvent, Place, Scenario, Value};
use crate::eval::{Decision, EventSlot, FactSlot, FactValue, Options, ServiceLevels};
use crate::explain::Lang;
use crate::json::OwnedCase;
use crate::model::NormId;
use crate::pack::Program;
use crate::syntax::Source;

/// What came of a scenario or a case.
#[derive(Clone, Debug)]
pub struct Ran {
    /// The file in which it stands.
    pub file: String,
    /// Its line; 0 for a case file.
    pub line: usize,
    /// What it shows.
    pub title: String,
    /// What is not as expected; empty if it passed.
    pub misses: Vec<Miss>,
}

/// Runs all scenarios of a link, and notes which rules they tried.
pub(super) fn run(
    sources: &[Source],
    ir: &Ir,
    program: &Program<'_>,
    coverage: &mut Coverage,
) -> Vec<Ran> {
    let mut bench = Bench::new(program);
    ir.scenarios
        .iter()
        .map(|scenario| run_one(sources, program, scenario, &mut bench, coverage))
        .collect()
}

fn run_one(
    sources: &[Source],
    program: &Program<'_>,
    scenario: &Scenario,
    bench: &mut Bench<'_>,
    coverage: &mut Coverage,
) -> Ran {
    let misses = misses(sources, program, scenario, bench, |decision| {
        coverage.note(scenario.pack, decision);
    });
    let source = sources.get(usize::from(scenario.place.file));
    Ran {
        file: source.map_or(String::new(), |source| source.name.clone()),
        line: source.map_or(0, |source| source.position(scenario.place.span.start).line),
        title: scenario.title.en.clone(),
        misses,
    }
}

/// What is not as a scenario expects; `note` sees the decision.
pub(super) fn misses(
    sources: &[Source],
    program: &Program<'_>,
    scenario: &Scenario,
    bench: &mut Bench<'_>,
    note: impl FnOnce(&Decision<'_>),
) -> Vec<Miss> {
    let case = case_of(program, scenario);
    let mut adopt = vec![scenario.pack];
    adopt.extend(&scenario.adopt);
    let options = Options {
        now: scenario.now,
        law_date: scenario.law_date,
        adopt: &adopt,
        service: ServiceLevels {
            undue_delay: scenario.undue_delay,
            expeditiously: scenario.expeditiously,
        },
    };
    let misses = bench.judge(&case.as_case(), &options, |decision| {
        note(decision);
        let mut misses: Vec<Miss> = scenario
            .expect
            .iter()
            .filter_map(|expect| {
                check(
                    decision,
                    Some(scenario.pack),
                    &expect.kind,
                    &written(sources, expect.place),
                )
            })
            .collect();
        misses.extend(property_misses(decision));
        misses
    });
    // What cannot be judged has failed: it is shown like any other miss.
    misses.unwrap_or_else(|error| {
        vec![Miss {
            expected: "an answer".to_string(),
            got: vec![error.to_string()],
            rules: Vec::new(),
            facts: Vec::new(),
        }]
    })
}

/// The `never` and `always` that a decision breaks: no scenario may, whatever it expects.
pub(super) fn property_misses(decision: &Decision<'_>) -> Vec<Miss> {
    let program = decision.program();
    let miss = |index: usize| {
        let row = program.properties.at(index);
        let norms: Vec<NormId> = program
            .lists
            .range(row.norms.first, row.norms.count)
            .map(|row| NormId(row.id))
            .collect();
        let parts = decision
            .parts()
            .iter()
            .filter(|part| part.beside.is_none() && norms.contains(&part.norm));
        let mut facts = Vec::new();
        let mut got = Vec::new();
        for part in parts {
            got.push(lines::of_part(decision, part));
            for entry in decision.entries(part) {
                facts.extend(crate::explain::because(decision, entry, Lang::En));
            }
        }
        facts.dedup();
        Miss {
            expected: program.str(row.text).to_string(),
            got,
            rules: Vec::new(),
            facts,
        }
    };
    broken_properties(decision).into_iter().map(miss).collect()
}

/// The words of a place, on one line.
fn written(sources: &[Source], place: Place) -> String {
    let text = sources
        .get(usize::from(place.file))
        .map_or("", |source| source.text.as_str());
    let words = text
        .get(place.span.start as usize..place.span.end as usize)
        .unwrap_or("");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The slots that a scenario gives.
fn case_of(program: &Program<'_>, scenario: &Scenario) -> OwnedCase {
    let mut case = OwnedCase::empty(program);
    for (fact, value) in &scenario.facts {
        if let Some(slot) = case.facts.get_mut(fact.index()) {
            *slot = value.map_or(FactSlot::Null, |value| FactSlot::Given(given(value)));
        }
    }
    for (event, said) in &scenario.events {
        if let Some(slot) = case.events.get_mut(event.index()) {
            *slot = match said {
                GivenEvent::At(at) => EventSlot::At(*at),
                GivenEvent::Not => EventSlot::Not,
                GivenEvent::Unknown => EventSlot::Null,
            };
        }
    }
    case
}

fn given(value: Value) -> FactValue {
    match value {
        Value::Bool(value) => FactValue::Bool(value),
        Value::Member(member) => FactValue::Member(member),
        Value::Members(members) => FactValue::Members(members),
        Value::Int(number) => FactValue::Int(number),
        Value::Money(money) => FactValue::Money(money),
        Value::Instant(at) => FactValue::Instant(at),
    }
}
