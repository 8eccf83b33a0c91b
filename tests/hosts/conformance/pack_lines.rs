//! What is in a pack, as the lines of `tests/conformance/README.md`: the second half of the Rust runner.

use std::fmt::Write as _;

use exequatur::json::{hex, naming, schema_for};
use exequatur::model::{NormId, PackId, VersionId};
use exequatur::pack::format::{FactRow, NONE16, NONE32, Text};
use exequatur::pack::{Pack, Program, schema_hash};

/// A day, or `-` where it is open.
pub fn day(days: i32) -> String {
    if days == i32::MIN || days == i32::MAX {
        "-".to_owned()
    } else {
        naming::day(days).to_string()
    }
}

/// A text in both languages; the empty one is left out.
pub fn text_lines(out: &mut String, program: &Program<'_>, depth: usize, word: &str, text: Text) {
    for (lang, text) in [("en", program.str(text.en)), ("fr", program.str(text.fr))] {
        if !text.is_empty() {
            writeln!(out, "{:1$}{word}.{lang} {text}", "", depth * 2).unwrap();
        }
    }
}

/// All that the accessors of a pack say.
pub fn pack_lines(pack: &Pack<'_>) -> String {
    let mut out = String::new();
    let program = pack.program();
    packs(&mut out, program);
    for row in program.enums.iter() {
        writeln!(out, "enum {}", program.str(row.name)).unwrap();
        let members = program.members.range(row.members.first, row.members.count);
        for member in members {
            writeln!(out, "  member {}", program.str(member.name)).unwrap();
            text_lines(&mut out, program, 2, "label", member.label);
        }
    }
    for row in program.sets.iter() {
        writeln!(out, "set {}", program.str(row.name)).unwrap();
    }
    for row in program.facts.iter() {
        writeln!(out, "{}", fact(program, &row)).unwrap();
        text_lines(&mut out, program, 1, "question", row.ask);
    }
    for row in program.events.iter() {
        writeln!(out, "event {}", program.str(row.name)).unwrap();
        text_lines(&mut out, program, 1, "question", row.ask);
    }
    norms(&mut out, program);
    rules(&mut out, program);
    let territory = match program.territory {
        NONE16 => "-",
        id => program.str(program.enums.at(usize::from(id)).name),
    };
    let proved = i32::from(pack.is_proved());
    let hash = hex(&schema_hash(program));
    writeln!(
        out,
        "territory {territory}\nproved {proved}\nschema_hash {hash}"
    )
    .unwrap();
    writeln!(out, "case_schema\n{:#}", schema_for(program)).unwrap();
    out
}

fn packs(out: &mut String, program: &Program<'_>) {
    for row in program.packs.iter() {
        let name = program.str(row.name);
        let (from, until) = (day(row.from), day(row.until));
        let (status, adopted) = (row.status, row.adopted);
        writeln!(
            out,
            "pack {name} status={status} adopted={adopted} from={from} until={until}"
        )
        .unwrap();
        text_lines(out, program, 1, "title", row.title);
        text_lines(out, program, 1, "source", row.source);
    }
}

fn fact(program: &Program<'_>, row: &FactRow) -> String {
    // The header numbers types from 1: 0 is a value that is absent.
    let ty = row.ty + 1;
    let of = match row.of {
        NONE16 => "-",
        id => program.str(program.enums.at(usize::from(id)).name),
    };
    let name = program.str(row.name);
    let bounds = if ty == 4 {
        format!(" least={} most={}", row.least, row.most)
    } else {
        String::new()
    };
    format!(
        "fact {name} type={ty} enum={of} presumed={}{bounds}",
        row.presumed
    )
}

fn norms(out: &mut String, program: &Program<'_>) {
    let event = |id: u16| match id {
        NONE16 => "-",
        id => program.str(program.events.at(usize::from(id)).name),
    };
    for (id, row) in (0u16..).zip(program.norms.iter()) {
        writeln!(
            out,
            "norm pack={} done_at={} broken_at={} by_default={} protected={}",
            naming::pack(program, PackId(row.pack)),
            event(row.done),
            event(row.broken),
            row.default,
            i32::from(row.guard != NONE32),
        )
        .unwrap();
        writeln!(out, "  name {}", naming::norm(program, NormId(id))).unwrap();
        for (word, text) in [
            ("bearer", row.bearer),
            ("action", row.action),
            ("object", row.object),
            ("family", row.name),
            ("member", row.member),
        ] {
            if text.len > 0 {
                writeln!(out, "  {word} {}", program.str(text)).unwrap();
            }
        }
        text_lines(out, program, 1, "title", row.title);
        text_lines(out, program, 1, "label", row.member_label);
    }
}

fn rules(out: &mut String, program: &Program<'_>) {
    for row in program.rules.iter() {
        let pack = naming::pack(program, PackId(row.pack));
        writeln!(out, "rule {pack}/{}", program.str(row.name)).unwrap();
    }
    for (id, row) in (0u16..).zip(program.versions.iter()) {
        let version = VersionId(id);
        writeln!(
            out,
            "version rule={} pack={} from={} until={} citations={} untranslated={}",
            naming::version(program, version),
            naming::pack(program, program.pack_of(version)),
            day(row.from),
            day(row.until),
            row.cites.count,
            row.untranslated.count,
        )
        .unwrap();
    }
}
