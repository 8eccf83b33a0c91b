//! Programs as formulas against the evaluator, on random packs and cases.
//!
//! The proofs rest on formulas that say what the evaluator answers in every case at once. Here each formula is given the
//! values of one case, and must say what the evaluator says of it: outcomes, conflicts, states, statuses and instants, part
//! by part. `EXQ_DIFF_PACKS` and `EXQ_DIFF_SEED` set how many packs are made, and the first.
#![cfg(feature = "cli")]

#[path = "engine/cast.rs"]
mod cast;
mod reference;
#[path = "support/seeds.rs"]
mod seeds;
#[path = "support/shares.rs"]
mod shares;

use cast::Cast;
use exequatur::check;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileOptions, compile};
use exequatur::eval::{
    Decision, Entry, EventSlot, FactSlot, FactValue, Memory, Moment, Part, evaluate,
};
use exequatur::json::case_from_json;
use exequatur::model::{NormId, State, Truth};
use exequatur::pack::{Program, load};
use exequatur::prove::formula::{Assignment, holds};
use exequatur::prove::kleene::Kleene;
use exequatur::prove::situation::{Said, Situation};
use exequatur::prove::symbolic::{self, OneOf, Row, Symbolic, symbolic};
use exequatur::prove::world::World;
use reference::gen_case::question;
use reference::gen_rng::Rng;
use reference::gen_world::world;
use seeds::seeds;
use shares::in_shares;

/// How many packs are made.
const PACKS: u64 = 700;
/// How many cases each of them decides.
const CASES: u64 = 25;

#[derive(Default)]
struct Seen {
    packs: usize,
    cases: usize,
    parts: usize,
    entries: usize,
    dues: usize,
    withheld: usize,
    conflicts: usize,
}

#[test]
fn formulas_say_what_the_evaluator_says() {
    let asked = seeds(PACKS);
    let mut seen = Seen::default();
    for found in in_shares(&asked, compare) {
        seen.packs += found.packs;
        seen.cases += found.cases;
        seen.parts += found.parts;
        seen.entries += found.entries;
        seen.dues += found.dues;
        seen.withheld += found.withheld;
        seen.conflicts += found.conflicts;
    }
    println!(
        "{} packs, {} cases, {} parts, {} entries, {} dues, {} withheld, {} conflicts",
        seen.packs, seen.cases, seen.parts, seen.entries, seen.dues, seen.withheld, seen.conflicts
    );
    if asked.end - asked.start >= PACKS {
        assert!(seen.cases >= 10_000 && seen.entries >= 50_000 && seen.dues >= 5_000);
        assert!(seen.withheld >= 500 && seen.conflicts >= 500);
    }
}

fn compare(seeds: impl Iterator<Item = u64>) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let mut w = world(seed);
        let files = std::mem::take(&mut w.files);
        let Some(ir) = check::check(&files).ir else {
            continue;
        };
        let options = CompileOptions {
            adopt: w.adopt.clone(),
        };
        let bytes = compile(&ir, &BundledZones::default(), &options).expect("it checks");
        let pack = load(&bytes).expect("it was just made");
        let program = pack.program();
        let programs = [*program];
        let mut formulas = World::new(&programs);
        let said = symbolic(&mut formulas, &programs, program);
        seen.packs += 1;
        let mut memory = Memory::new(program);
        let mut rng = Rng::new(seed ^ 0x5E3B_0115);
        for number in 0..CASES {
            let q = question(&mut w, rng.next());
            let case = case_from_json(program, q.case.to_string().as_bytes()).expect("it fits");
            let adopted: Vec<String> = formulas
                .adopted
                .keys()
                .filter(|_| rng.chance(30))
                .cloned()
                .collect();
            let law_date = q.ask.law_date.map(|date| {
                let epoch = jiff::civil::date(1970, 1, 1);
                (date - epoch).get_days()
            });
            let situation = situation(
                program,
                &case.facts,
                &case.events,
                q.ask.now,
                law_date,
                &adopted,
            );
            let slots = situation.slots(&programs, program);
            assert_eq!((&slots.facts, &slots.events), (&case.facts, &case.events));
            let mut workspace = memory.workspace();
            let case = case.as_case();
            let decision = evaluate(program, &case, &situation.options(&slots), &mut workspace)
                .expect("memory and case fit");
            let cast = Cast::of(&formulas, &situation);
            let all = formulas
                .graph
                .evaluate(&cast.assignment(&formulas, &situation));
            for constraint in &formulas.constraints {
                assert!(
                    holds(&all, *constraint),
                    "a case breaks a constraint: seed {seed}"
                );
            }
            let context = || {
                let text: String = files.iter().map(exequatur::syntax::print).collect();
                format!("seed {seed}, case {number}: {situation:?}\n{text}")
            };
            judge(
                program,
                &said,
                (&all, &plays(program, &formulas, &cast)),
                &decision,
                &mut seen,
                &context,
            );
            seen.cases += 1;
        }
    }
    seen
}

/// The case of an evaluation, by names.
fn situation(
    program: &Program<'_>,
    facts: &[FactSlot],
    events: &[EventSlot],
    now: i64,
    law_date: Option<i32>,
    adopted: &[String],
) -> Situation {
    let mut found = Situation {
        now,
        law_date,
        adopted: adopted.iter().cloned().collect(),
        ..Situation::default()
    };
    for (row, slot) in program.facts.iter().zip(facts) {
        let member = |index: u16| {
            let members = program.enums.at(usize::from(row.of)).members;
            let row = program
                .members
                .at(members.first as usize + usize::from(index));
            program.str(row.name).to_string()
        };
        let said = match *slot {
            FactSlot::Absent => continue,
            FactSlot::Null => Said::Null,
            FactSlot::Given(value) => match value {
                FactValue::Bool(value) => Said::Bool(value),
                FactValue::Member(index) => Said::Member(member(index)),
                FactValue::Members(bits) => Said::Members(bits.iter().map(member).collect()),
                FactValue::Int(value) | FactValue::Instant(value) => Said::Number(value),
                FactValue::Money(money) => Said::Money(money),
            },
        };
        found.facts.insert(program.str(row.name).to_string(), said);
    }
    for (row, slot) in program.events.iter().zip(events) {
        if *slot != EventSlot::Absent {
            found
                .events
                .insert(program.str(row.name).to_string(), *slot);
        }
    }
    found
}

/// For each member of the territory, the one whose part it plays.
fn plays(program: &Program<'_>, world: &World<'_>, cast: &Cast) -> Vec<u16> {
    let Some(territory) = (program.territory != u16::MAX).then_some(program.territory) else {
        return Vec::new();
    };
    let row = program.enums.at(usize::from(territory));
    let members = program.members.range(row.members.first, row.members.count);
    let names: Vec<&str> = members.map(|row| program.str(row.name)).collect();
    let enumeration = &world.enums[program.str(row.name)];
    let played = &cast.played[program.str(row.name)];
    let position = |name: &str| {
        names
            .iter()
            .position(|other| *other == name)
            .expect("a member")
    };
    names
        .iter()
        .map(
            |name| match enumeration.find(name).and_then(|index| played.get(&index)) {
                Some(played) => position(&enumeration.names[*played]) as u16,
                None => position(name) as u16,
            },
        )
        .collect()
}

fn truth(all: &Assignment, truth: Kleene) -> Truth {
    let (yes, no) = (holds(all, truth.yes), holds(all, truth.no));
    assert!(!(yes && no), "true and false at once");
    match (yes, no) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

/// The answer of a choice; none for the one beyond the last.
fn answer(all: &Assignment, choice: &OneOf, most: usize) -> Option<u8> {
    let given: Vec<u8> = (0..choice.len() as u8)
        .filter(|n| holds(all, choice.is(*n)))
        .collect();
    assert_eq!(given.len(), 1, "not one answer");
    Some(given[0]).filter(|answer| usize::from(*answer) < most)
}

fn judge(
    program: &Program<'_>,
    said: &Symbolic,
    (all, plays): (&Assignment, &[u16]),
    decision: &Decision<'_>,
    seen: &mut Seen,
    context: &dyn Fn() -> String,
) {
    for norm in 0..program.norms.len() {
        for part in &said.norms[norm] {
            let place = part.place.map_or(0, |place| plays[usize::from(place)]);
            let theirs: Vec<&Part> = decision
                .parts()
                .iter()
                .filter(|one| one.beside.is_none() && one.norm == NormId(norm as u16))
                .filter(|one| one.places.contains(place))
                .collect();
            let outcome = answer(all, &part.outcome, usize::MAX).expect("one answer");
            let name = program.norm_name(NormId(norm as u16));
            let Some(theirs) = theirs.first() else {
                assert_eq!(outcome, 0, "{name:?} is not in the answer, {}", context());
                assert!(part.rows.iter().all(|row| holds(all, row.exists.no)));
                continue;
            };
            seen.parts += 1;
            assert_eq!(
                outcome,
                theirs.outcome as u8,
                "outcome of {name:?}, {}",
                context()
            );
            let unprotected = answer(all, &part.unprotected, usize::MAX);
            assert_eq!(
                unprotected,
                Some(theirs.unprotected as u8),
                "{name:?}, {}",
                context()
            );
            assert_eq!(
                truth(all, part.conflict),
                theirs.conflict,
                "{name:?}, {}",
                context()
            );
            let guard = said.guards[norm].map(|guard| truth(all, guard));
            assert_eq!(guard, theirs.guard, "{name:?}, {}", context());
            seen.conflicts += usize::from(theirs.conflict == Truth::True);
            let entries = decision.entries(theirs);
            let rows: Vec<&Row> = part
                .rows
                .iter()
                .filter(|row| !holds(all, row.exists.no))
                .collect();
            assert_eq!(rows.len(), entries.len(), "{name:?}, {}", context());
            for (row, entry) in rows.iter().zip(entries) {
                seen.entries += 1;
                same(all, row, entry, seen, &|| {
                    format!("{name:?}, {}", context())
                });
            }
        }
    }
}

fn same(all: &Assignment, row: &Row, entry: &Entry, seen: &mut Seen, context: &dyn Fn() -> String) {
    assert_eq!(row.effect, entry.effect, "{}", context());
    let state = answer(all, &row.state, State::ALL.len());
    assert_eq!(
        state,
        Some(entry.state as u8),
        "state {entry:?}, {}",
        context()
    );
    if entry.state == State::Defeated {
        return;
    }
    assert_eq!(
        answer(all, &row.status, usize::MAX),
        Some(entry.status as u8),
        "{}",
        context()
    );
    if entry.state == State::Withheld {
        seen.withheld += 1;
        let why = answer(all, &row.why, exequatur::model::WithheldReason::ALL.len());
        assert_eq!(why, entry.why.map(|why| why as u8), "{}", context());
    }
    let moments = [
        (row.timing.not_before, entry.not_before),
        (row.timing.due, entry.due),
        (row.timing.start, entry.start),
        (row.timing.end, entry.end),
    ];
    for (mine, theirs) in moments {
        assert_eq!(moment(all, mine), theirs, "{entry:?}, {}", context());
        seen.dues += usize::from(matches!(theirs, Moment::At(_)));
    }
    if let Moment::At(_) = entry.due {
        assert_eq!(
            holds(all, row.timing.exclusive),
            entry.exclusive,
            "{}",
            context()
        );
    }
}

fn moment(all: &Assignment, moment: symbolic::Moment) -> Moment {
    let is = |lit| holds(all, lit);
    match (
        is(moment.at),
        is(moment.waiting),
        is(moment.unknown),
        is(moment.open),
    ) {
        (true, false, false, false) => Moment::At(all.numbers[moment.term.index()]),
        (false, true, false, false) => Moment::Waiting,
        (false, false, true, false) => Moment::Unknown,
        (false, false, false, true) => Moment::Open,
        (false, false, false, false) => Moment::Nothing,
        other => panic!("several moments at once: {other:?}"),
    }
}
