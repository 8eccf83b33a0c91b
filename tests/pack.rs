//! The pack: what is compiled, that it comes back, and that nothing else does.
#![cfg(feature = "cli")]

#[path = "pack/counting.rs"]
mod counting;
#[path = "pack/judge.rs"]
mod judge;
#[path = "support/rules.rs"]
mod rules;
#[path = "pack/sample.rs"]
mod sample;
#[path = "pack/shipped.rs"]
mod shipped;
#[path = "pack/vocabulary.rs"]
mod vocabulary;

use exequatur::check::ir::Ir;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileError, CompileOptions, PackZones, compile};
use exequatur::model::{Kind, Outcome};
use exequatur::pack::format::{ClashRow, Range};
use exequatur::pack::{HEADER_BYTES, PackError, Program, load, proved, reseal};
use judge::{Numbers, walk};
use sample::{effect, sample, version};

fn build(ir: &Ir) -> Vec<u8> {
    compile(ir, &BundledZones::default(), &CompileOptions::default()).expect("it compiles")
}

fn ids(program: &Program<'_>, range: Range) -> Vec<u16> {
    let rows = program.lists.range(range.first, range.count);
    rows.map(|row| row.id).collect()
}

#[test]
fn the_same_link_gives_the_same_bytes() {
    assert_eq!(build(&sample()), build(&sample()));
}

#[test]
fn a_pack_comes_back_as_it_was() {
    let bytes = build(&sample());
    let pack = load(&bytes).expect("it loads");
    let program = pack.program();
    assert_eq!(program.packs.len(), 2);
    assert_eq!(program.str(program.packs.at(1).name), "b.said");
    assert_eq!(program.norms.at(2).default, Outcome::MustNot as u8);
    assert_eq!(
        program.norm_name(exequatur::model::NormId(3)),
        ("disclose", Some("traffic"))
    );
    assert_eq!(program.enums.at(0).members.count, 3);
    assert!(!pack.is_proved());
    let marked = proved(&bytes).expect("it is a pack");
    assert!(load(&marked).expect("it loads").is_proved());
    let mut altered = bytes.clone();
    altered[HEADER_BYTES] ^= 1;
    assert_eq!(proved(&altered), Err(PackError::Digest));
    let length = 10;
    assert!(proved(&bytes[..length]) == Err(PackError::TooShort { length }));
}

/// The effects that would defeat one, whatever the ways.
fn defeaters(program: &Program<'_>, effect: usize) -> Vec<u16> {
    let range = program.effects.at(effect).defeaters;
    let rows = program.defeats.range(range.first, range.count);
    rows.map(|row| row.effect).collect()
}

#[test]
fn defeat_is_laid_out_from_the_top() {
    let bytes = build(&sample());
    let pack = load(&bytes).expect("it loads");
    let program = pack.program();
    // On `takedown`: 0 and 1 `removal`, 2 `clarification` (lifted), 3 `strict`, 4 `faster`.
    let effects = program.norms.at(0).effects;
    assert_eq!((effects.first, effects.count), (0, 5));
    let defeaters: Vec<_> = (0..5).map(|id| defeaters(program, id)).collect();
    assert_eq!(
        defeaters,
        [vec![2, 3, 4], vec![2, 3, 4], vec![4], vec![], vec![]]
    );
    let order: Vec<_> = program.top_down.iter().map(|row| row.id).collect();
    assert_eq!(order, [3, 4, 2, 0, 1, 5, 6, 7]);
    assert_eq!(ids(program, program.effects.at(2).base), [0, 1]);
    let clash = |base| ClashRow {
        lifted: 2,
        other: 3,
        base,
    };
    let clashes: Vec<_> = program.clashes.iter().collect();
    assert_eq!(clashes, [clash(0), clash(1)]);
}

#[test]
fn lifted_defeats_its_targets_and_no_more() {
    let mut ir = sample();
    // `faster` lifts `clarification`, which displaced `removal`: that stands again.
    ir.versions[6] = version(5, None, &[1], vec![effect(0, Kind::Lifted)]);
    let bytes = build(&ir);
    let pack = load(&bytes).expect("it loads");
    let program = pack.program();
    assert_eq!(defeaters(program, 0), [2, 3]);
    assert_eq!(defeaters(program, 2), [4]);
}

#[test]
fn bounds_leave_room_for_what_stands_beside() {
    let bytes = build(&sample());
    let pack = load(&bytes).expect("it loads");
    let bounds = pack.program().bounds;
    // `takedown` has two territories, and so up to three parts of three places; `b.said` stands beside in one.
    assert_eq!((bounds.places, bounds.parts, bounds.effects), (3, 3, 5));
    assert_eq!(bounds.entries, 3 * 5 + 1 + 3);
    assert_eq!(bounds.results, 3 + 1 + 3);
}

#[test]
fn only_what_is_said_can_be_adopted() {
    let adopt = |name: &str| {
        let adopt = vec![name.to_owned()];
        compile(
            &sample(),
            &BundledZones::default(),
            &CompileOptions { adopt },
        )
    };
    let bytes = adopt("b.said").expect("it compiles");
    assert_eq!(
        load(&bytes)
            .expect("it loads")
            .program()
            .packs
            .at(1)
            .adopted,
        1
    );
    let message = |name: &str| adopt(name).expect_err("refused").to_string();
    assert_eq!(
        message("b.sad"),
        "there is no pack `b.sad` to adopt; did you mean `b.said`?"
    );
    assert_eq!(
        message("a.law"),
        "pack `a.law` cannot be adopted: its status is `law`, and only `announced` and `voluntary` packs can"
    );
}

#[test]
fn zones_come_from_zone_data_or_from_a_pack() {
    let mut ir = sample();
    let bytes = build(&ir);
    let zones = PackZones(*load(&bytes).expect("it loads").program());
    let again = compile(&ir, &zones, &CompileOptions::default());
    assert_eq!(again.as_deref(), Ok(bytes.as_slice()));
    ir.zones[1].name = "Europe/Brusels".to_owned();
    let error = compile(&ir, &BundledZones::default(), &CompileOptions::default());
    assert_eq!(
        error,
        Err(CompileError::Zone {
            name: "Europe/Brusels".to_owned(),
            nearest: Some("Europe/Brussels".to_owned()),
            place: ir.zones[1].place,
        })
    );
}

#[test]
fn whatever_is_cut_off_is_refused() {
    let bytes = build(&sample());
    for length in 0..bytes.len() {
        assert!(load(&bytes[..length]).is_err(), "{length} bytes");
        if length > HEADER_BYTES {
            // Even if somebody corrects the length and the digest.
            let mut cut = bytes[..length].to_vec();
            cut[16..24].copy_from_slice(&(length as u64).to_le_bytes());
            reseal(&mut cut);
            assert_eq!(load(&cut).err(), Some(PackError::Sections));
        }
    }
}

#[test]
fn whatever_is_appended_is_refused() {
    let mut bytes = build(&sample());
    let stated = bytes.len();
    bytes.push(0);
    let error = load(&bytes).expect_err("refused");
    assert_eq!(
        error.to_string(),
        format!(
            "the pack states a length of {stated} bytes, and there are {}: it was extended",
            stated + 1
        )
    );
    bytes[16..24].copy_from_slice(&(stated as u64 + 1).to_le_bytes());
    assert_eq!(load(&bytes).err(), Some(PackError::Digest));
    reseal(&mut bytes);
    assert_eq!(load(&bytes).err(), Some(PackError::Sections));
}

#[test]
fn whatever_is_altered_is_refused() {
    let mut bytes = build(&sample());
    for bit in 0..bytes.len() * 8 {
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(load(&bytes).is_err(), "bit {bit}");
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(load(&bytes).is_ok());
}

#[test]
fn what_came_from_elsewhere_is_named() {
    let message = |bytes: &[u8]| load(bytes).expect_err("refused").to_string();
    let mut bytes = build(&sample());
    assert_eq!(
        message(b""),
        "not a compiled pack: 0 bytes are too few, its header alone has 56"
    );
    assert_eq!(
        message(b"pack eu.tco title \"Terrorist content online\" status law"),
        "not a compiled pack: it does not begin with `EXQPACK`"
    );
    bytes[8] = 4;
    assert_eq!(
        message(&bytes),
        "the pack has format version 4, and this engine reads version 3: a newer engine is needed"
    );
    bytes[8] = 1;
    assert_eq!(
        message(&bytes),
        "the pack has format version 1, and this engine reads version 3: build the pack again from its sources"
    );
    bytes[8] = 3;
    bytes[10] = 9;
    assert_eq!(
        message(&bytes),
        format!(
            "the pack needs engine 9.1.0 or newer, and this is {}",
            env!("CARGO_PKG_VERSION")
        )
    );
}

#[test]
fn sealed_nonsense_is_refused_or_harmless() {
    let whole = build(&sample());
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let (mut refused, mut loaded) = (0, 0);
    let mut reasons = std::collections::BTreeSet::new();
    for round in 0..30_000 {
        let mut bytes = whole.clone();
        for _ in 0..=numbers.below(3) {
            let place = HEADER_BYTES + numbers.below(bytes.len() - HEADER_BYTES);
            let old = bytes[place];
            bytes[place] = match numbers.below(4) {
                0 => old.wrapping_add(1),
                1 => old.wrapping_sub(1),
                2 => 0xFF,
                _ => numbers.below(256) as u8,
            };
        }
        if round % 8 == 0 {
            let length = bytes.len() - numbers.below(40);
            bytes.truncate(length);
            bytes[16..24].copy_from_slice(&(length as u64).to_le_bytes());
        }
        reseal(&mut bytes);
        match load(&bytes) {
            Ok(pack) => {
                loaded += 1;
                assert!(walk(pack.program(), &mut numbers) > 0);
            }
            Err(error) => {
                refused += 1;
                reasons.insert(error.to_string().split(": ").last().map(str::to_owned));
            }
        }
    }
    // Some bytes are free: letters of a text, days of an interval. Most are not.
    assert!(loaded > 500, "{loaded} loaded");
    assert!(refused > 5_000, "{refused} refused");
    assert!(reasons.len() > 40, "{} reasons", reasons.len());
}

/// What an Ir that breaks an invariant is refused for.
fn unsound(change: impl FnOnce(&mut Ir)) -> String {
    let mut ir = sample();
    change(&mut ir);
    compile(&ir, &BundledZones::default(), &CompileOptions::default())
        .expect_err("refused")
        .to_string()
}

#[test]
fn what_evaluation_relies_on_is_checked() {
    use exequatur::check::ir::*;
    use exequatur::model::*;
    let says = |message: String, why: &str| assert!(message.ends_with(why), "{message}");
    says(
        unsound(|ir| ir.schedule.swap(0, 2)),
        "broken section `versions` at row 2: it is evaluated before what its condition needs",
    );
    says(
        unsound(|ir| ir.schedule.swap(5, 6)),
        "broken section `versions` at row 3: it is evaluated before what its condition needs",
    );
    says(
        unsound(|ir| ir.schedule.swap(8, 9)),
        "broken section `effects` at row 6: its norm is settled before its rule is evaluated",
    );
    says(
        unsound(|ir| {
            ir.schedule.pop();
        }),
        "it does not have one step for each version and norm",
    );
    says(
        unsound(|ir| ir.norms[3].default = Outcome::None),
        "a protected norm is not prohibited by default",
    );
    says(
        unsound(|ir| ir.norms[2].guards = vec![Cond::Missed(RuleId(0), vec![NormId(0)])]),
        "a guard looks at what became of a norm",
    );
    says(
        unsound(|ir| ir.facts[3].presumed = Some(Value::Int(101))),
        "broken section `facts` at row 3: a presumed value is not one that the fact can have",
    );
    says(
        unsound(|ir| ir.sets[0].versions[1].1.insert(3)),
        "broken section `set_versions` at row 1: a set has a member that its enumeration has not",
    );
    says(
        unsound(|ir| ir.versions[0].effects[0].windows[0].anchor = Anchor::Latest(vec![])),
        "an operator lacks an operand",
    );
    says(
        unsound(|ir| ir.versions[0].effects[0].kind = Kind::MustNot),
        "an effect has windows that its kind cannot have",
    );
    says(
        unsound(|ir| ir.versions[0].when = Some(Cond::Bool(FactId(1)))),
        "a fact has another type",
    );
    let now_before = |offset| {
        let now = |offset| InstantOperand {
            base: InstantBase::Now,
            offset,
            zone: ZoneId(0),
        };
        Some(Cond::Instant(now(None), Compare::Lt, now(offset)))
    };
    let plus = |unit| Some((false, Period { n: 1, unit }));
    says(
        unsound(|ir| ir.versions[0].when = now_before(plus(Unit::Minute))),
        "`now` is compared with itself",
    );
    says(
        unsound(|ir| ir.versions[0].when = now_before(plus(Unit::Day))),
        "`now` has an offset of days or more",
    );
    says(
        unsound(|ir| ir.versions[0].overrides = vec![RuleId(1)]),
        "broken section `top_down` at row 5: it does not have one row for each effect",
    );
}

#[test]
fn what_is_too_large_is_said() {
    use exequatur::check::ir::*;
    use exequatur::model::*;
    let atom = || Cond::Bool(FactId(0));
    assert_eq!(
        unsound(|ir| ir.versions[0].when = Some(Cond::And(vec![atom(); 4_097]))),
        "this condition has 4097 atoms, and at most 4096 are allowed"
    );
    let mut deep = SetExpr::Fact(FactId(2));
    for _ in 0..16 {
        deep = SetExpr::Minus(Box::new(SetExpr::Members(Bits::one(0))), Box::new(deep));
    }
    assert_eq!(
        unsound(|ir| ir.versions[0].effects[0].across = Across::Set(deep)),
        "this set has 17 nested parts, and at most 16 are allowed"
    );
    // Depth alone is no harm: neither the compiler nor the loader calls itself.
    let mut ir = sample();
    let mut nots = atom();
    for _ in 0..10_000 {
        nots = Cond::Not(Box::new(nots));
    }
    ir.versions[0].when = Some(nots);
    assert_eq!(
        load(&build(&ir)).expect("it loads").program().bounds.nodes,
        10_001
    );
}

/// Half an answer could grant what the other half withholds.
#[test]
fn memory_of_another_pack_grants_nothing() {
    use exequatur::eval::{EvaluationError, Memory, Options, evaluate};
    let pack = |ban: &str| {
        let text = format!(
            "pack one status policy fact guard : bool fact asked : bool fact secret : bool event told \
             norm tell : host tell name done at told by default must not protected by guard \
             rule request when asked then tell must end rule ban when {ban} then tell must not end"
        );
        let files = [exequatur::syntax::parse(&text).expect("it parses")];
        build(&exequatur::check::check(&files).ir.expect("it checks"))
    };
    let (small, large) = (pack("secret"), pack("asked and secret"));
    let (small, large) = (
        load(&small).expect("it loads"),
        load(&large).expect("it loads"),
    );
    let json = br#"{"guard": true, "asked": true, "secret": true}"#;
    let case = exequatur::json::case_from_json(large.program(), json).expect("a case");
    let mut outcomes: Vec<Result<Vec<Outcome>, EvaluationError>> = Vec::new();
    for made_for in [&large, &small] {
        let mut memory = Memory::new(made_for.program());
        let mut workspace = memory.workspace();
        let options = Options::default();
        let decision = evaluate(large.program(), &case.as_case(), &options, &mut workspace);
        let parts = decision.map(|decision| decision.parts().to_vec());
        outcomes.push(parts.map(|parts| parts.iter().map(|part| part.outcome).collect()));
    }
    assert_eq!(outcomes[0], Ok(vec![Outcome::MustNot]));
    assert_eq!(outcomes[1], Err(EvaluationError::Memory));
}

/// Each rule of the chain is an exception to the one before it.
#[test]
fn a_chain_without_end_is_refused_before_it_is_built() {
    let mut text = String::from(
        "pack chain status policy event it.done norm n : host do it done at it.done rule r0 then n must end\n",
    );
    for number in 1..2_000 {
        let below = number - 1;
        text.push_str(&format!(
            "rule r{number} exception to r{below} then n must end\n"
        ));
    }
    let files = [exequatur::syntax::parse(&text).expect("it parses")];
    let ir = exequatur::check::check(&files).ir.expect("it checks");
    let error = compile(&ir, &BundledZones::default(), &CompileOptions::default());
    let Err(CompileError::TooMany { what, count, most }) = error else {
        panic!("{:?}", error.map(|bytes| bytes.len()));
    };
    assert_eq!(what, "steps between rules that stand above others");
    assert_eq!((count, most), ((1 << 20) + 1, 1 << 20));
}
