//! A program that was loaded, and bytes, to an evaluation: whatever the tables say, it may not fail.
//!
//! Invariant: the case is one that the program takes (`check_fact`, `check_event`), so that nothing but the tables can be at
//! fault; and no protected norm is granted while its guard is not true. Why: packs may be altered and sealed again.

use std::hint::black_box;

use exequatur::eval::{
    Case, Decision, EventSlot, FactSlot, FactValue, Memory, Options, ServiceLevels, Sizes,
    check_event, check_fact, evaluate,
};
use exequatur::explain::{Lang, explain};
use exequatur::json::DecisionJson;
use exequatur::model::{
    Bits, Currency, EventId, FactId, Money, NormId, Outcome, PackId, RuleId, Truth, ZoneId,
};
use exequatur::pack::{Pack, Program};

use super::Bytes;

/// The most that a workspace may have of anything for the evaluation to be tried: a pack may ask for up to 128 MiB, which
/// would make an input of a few bytes as slow as ten thousand others.
const WORDS_MAX: usize = 1 << 18;

/// A value for a fact: mostly of its type.
fn value(bytes: &mut Bytes<'_>, ty: u8) -> FactValue {
    let ty = if bytes.one_in(32) { bytes.u8() } else { ty };
    match ty {
        0 => FactValue::Bool(bytes.one_in(2)),
        1 => FactValue::Member(bytes.u8().into()),
        2 => FactValue::Members(Bits([bytes.i64() as u64, 0, 0, bytes.u8().into()])),
        3 => FactValue::Int(if bytes.one_in(8) {
            bytes.i64()
        } else {
            bytes.u8().into()
        }),
        4 => FactValue::Money(Money {
            minor: if bytes.one_in(8) {
                bytes.i64()
            } else {
                bytes.u32().into()
            },
            currency: Currency(if bytes.one_in(4) { *b"USD" } else { *b"EUR" }),
        }),
        _ => FactValue::Instant(bytes.instant()),
    }
}

/// What is known of each fact and event, as the bytes say and the program takes it.
fn slots(program: &Program<'_>, bytes: &mut Bytes<'_>) -> (Vec<FactSlot>, Vec<EventSlot>) {
    let mut facts = Vec::with_capacity(program.facts.len());
    for (id, row) in (0u16..).zip(program.facts.iter()) {
        facts.push(match bytes.u8() % 4 {
            0 => FactSlot::Absent,
            1 => FactSlot::Null,
            _ => {
                let value = value(bytes, row.ty);
                match check_fact(program, FactId(id), value) {
                    Ok(()) => FactSlot::Given(value),
                    Err(_) => FactSlot::Absent,
                }
            }
        });
    }
    let mut events = Vec::with_capacity(program.events.len());
    for (id, _) in (0u16..).zip(program.events.iter()) {
        let slot = match bytes.u8() % 5 {
            0 => EventSlot::Absent,
            1 => EventSlot::Null,
            2 => EventSlot::Not,
            _ => EventSlot::At(bytes.instant()),
        };
        let taken = check_event(program, EventId(id), slot).is_ok();
        events.push(if taken { slot } else { EventSlot::Absent });
    }
    (facts, events)
}

/// Judges a case made of the bytes, if its workspace is of a size that many inputs a second can have.
pub fn judge(pack: &Pack<'_>, bytes: &mut Bytes<'_>) {
    let program = pack.program();
    names(program);
    let sizes = Sizes::of(program);
    if sizes.entries.saturating_mul(sizes.words.max(4)) > WORDS_MAX {
        return;
    }
    let (facts, events) = slots(program, bytes);
    let case = Case {
        facts: &facts,
        events: &events,
    };
    let adopt = [PackId(bytes.below(program.packs.len().max(1)) as u16)];
    let level = |bytes: &mut Bytes<'_>| bytes.one_in(4).then(|| bytes.i64());
    let options = Options {
        now: bytes.instant(),
        law_date: bytes.one_in(4).then(|| bytes.u32() as i32 % 100_000),
        adopt: if bytes.one_in(4) { &adopt } else { &[] },
        service: ServiceLevels {
            undue_delay: level(bytes),
            expeditiously: level(bytes),
        },
    };
    let mut memory = Memory::new(program);
    let mut workspace = memory.workspace();
    match evaluate(program, &case, &options, &mut workspace) {
        Ok(decision) => answer(&decision, &sizes, pack.digest(), bytes),
        // Nothing but what the host said may be refused.
        Err(error) => {
            let levels = [options.service.undue_delay, options.service.expeditiously];
            let host = levels.iter().flatten().any(|level| *level <= 0)
                || !(0..4_102_444_800_000_000).contains(&options.now);
            assert!(host, "{error}");
        }
    }
}

/// Reads all of an answer.
fn answer(decision: &Decision<'_>, sizes: &Sizes, digest: [u8; 32], bytes: &mut Bytes<'_>) {
    assert!(decision.parts().len() <= sizes.results);
    let mut entries = 0;
    for part in decision.parts() {
        if let Some(guard) = part.guard
            && guard != Truth::True
        {
            assert!(
                part.beside.is_some() || !matches!(part.outcome, Outcome::Must | Outcome::May),
                "a protected norm is granted while its guard is {guard:?}"
            );
        }
        entries += decision.entries(part).len();
        for (index, entry) in decision.entries(part).iter().enumerate() {
            decision.steps(entry, &mut |_| ());
            for alternative in 0..decision.alternatives(entry) {
                black_box(decision.alternative(entry, alternative));
                decision.alternative_steps(entry, alternative, &mut |_| ());
            }
            assert!(decision.needs(part, index).count() <= sizes.names);
            black_box(decision.ceiling(entry));
        }
    }
    assert!(entries <= sizes.entries);
    assert!(decision.missing().len() <= sizes.names);
    for row in decision.missing() {
        black_box(decision.named(row.name));
    }
    if let Some(next) = decision.next_change() {
        assert!(next > decision.now(), "the next change is not after now");
    }
    // Words are slower than all of the above: one input of eight asks for them.
    if bytes.one_in(8) {
        let receipt = decision.receipt(digest);
        let json = DecisionJson {
            decision,
            texts: true,
            receipt: Some(&receipt),
        };
        assert!(json.to_line().starts_with('{'));
        let lang = if bytes.one_in(2) { Lang::Fr } else { Lang::En };
        assert!(!explain(decision, lang, Some(&receipt)).is_empty());
    }
}

/// Follows every name and every zone.
fn names(program: &Program<'_>) {
    for (id, _) in (0u16..).zip(program.norms.iter()) {
        black_box(program.norm_name(NormId(id)));
    }
    for (id, _) in (0u16..).zip(program.rules.iter()) {
        black_box(program.rule_name(RuleId(id)));
    }
    for (id, _) in (0u16..).zip(program.zones.iter()) {
        let zone = program.zone(ZoneId(id));
        for instant in [0, 1_800_000_000_000_000, 4_102_444_799_999_999] {
            let (days, of_day) = zone.local(instant);
            black_box(zone.instant(days, of_day));
        }
    }
}
