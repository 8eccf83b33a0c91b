//! The pack: what is compiled, that it comes back, and that nothing else does.
#![cfg(feature = "cli")]

#[path = "pack/sample.rs"]
mod sample;

use exequatur::check::ir::Ir;
use exequatur::cli::zones::BundledZones;
use exequatur::compile::{CompileError, CompileOptions, PackZones, compile};
use exequatur::model::{Kind, Outcome};
use exequatur::pack::format::{ClashRow, Range};
use exequatur::pack::{HEADER_BYTES, PackError, Program, load, reseal};
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
}

#[test]
fn defeat_is_laid_out_from_the_top() {
    let bytes = build(&sample());
    let pack = load(&bytes).expect("it loads");
    let program = pack.program();
    // On `takedown`: 0 and 1 `removal`, 2 `clarification` (lifted), 3 `strict`, 4 `faster`.
    let effects = program.norms.at(0).effects;
    assert_eq!((effects.first, effects.count), (0, 5));
    let defeaters: Vec<_> = (0..5)
        .map(|id| ids(program, program.effects.at(id).defeaters))
        .collect();
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
    assert_eq!(ids(program, program.effects.at(0).defeaters), [2, 3]);
    assert_eq!(ids(program, program.effects.at(2).defeaters), [4]);
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
    ir.zones[1] = "Europe/Brusels".to_owned();
    let error = compile(&ir, &BundledZones::default(), &CompileOptions::default());
    assert_eq!(
        error,
        Err(CompileError::Zone {
            name: "Europe/Brusels".to_owned(),
            nearest: Some("Europe/Brussels".to_owned())
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
