//! Judges some case with whatever program was loaded: a pack that loads must do no harm.

use exequatur::eval::{
    Case, EventSlot, FactSlot, FactValue, Memory, Named, Options, ServiceLevels, check_fact,
    evaluate,
};
use exequatur::model::{Bits, Currency, FactId, Money, NormId, RuleId, ZoneId};
use exequatur::pack::Program;

/// Numbers that look random and are the same in every run.
pub struct Numbers(pub u64);

impl Numbers {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// Follows every text and zone, and judges a case: none of it may panic.
pub fn walk(program: &Program<'_>, numbers: &mut Numbers) -> usize {
    let mut seen = judge(program, numbers);
    for (id, _) in (0u16..).zip(program.norms.iter()) {
        seen += program.norm_name(NormId(id)).0.len();
    }
    for (id, _) in (0u16..).zip(program.rules.iter()) {
        seen += program.rule_name(RuleId(id)).1.len();
    }
    for (id, _) in (0u16..).zip(program.zones.iter()) {
        let zone = program.zone(ZoneId(id));
        for instant in [0, 1_800_000_000_000_000, 4_102_444_799_999_999] {
            let (days, of_day) = zone.local(instant);
            seen += usize::from(zone.instant(days, of_day).is_some());
        }
    }
    seen
}

/// Judges some case that the program takes; gives how many parts the answer has.
fn judge(program: &Program<'_>, numbers: &mut Numbers) -> usize {
    let instant = |numbers: &mut Numbers| 1_700_000_000_000_000 + numbers.below(1 << 50) as i64;
    let mut fact = |id: u16| {
        let value = match program.facts.at(usize::from(id)).ty {
            0 => FactValue::Bool(numbers.below(2) == 1),
            1 => FactValue::Member(numbers.below(3) as u16),
            2 => FactValue::Members(Bits([numbers.below(8) as u64, 0, 0, 0])),
            3 => FactValue::Int(numbers.below(200) as i64),
            4 => FactValue::Money(Money {
                minor: i64::MAX - numbers.below(10) as i64,
                currency: Currency(*b"EUR"),
            }),
            _ => FactValue::Instant(instant(numbers)),
        };
        match (numbers.below(4), check_fact(program, FactId(id), value)) {
            (0, _) => FactSlot::Null,
            (1, _) | (_, Err(_)) => FactSlot::Absent,
            _ => FactSlot::Given(value),
        }
    };
    let facts: Vec<_> = (0..program.facts.len() as u16).map(&mut fact).collect();
    let events: Vec<_> = (0..program.events.len())
        .map(|_| match numbers.below(5) {
            0 => EventSlot::Absent,
            1 => EventSlot::Null,
            2 => EventSlot::Not,
            _ => EventSlot::At(instant(numbers)),
        })
        .collect();
    let case = Case {
        facts: &facts,
        events: &events,
    };
    let hours = |n: usize| Some(3_600_000_000 * (n as i64 + 1));
    let options = Options {
        now: instant(numbers),
        service: ServiceLevels {
            undue_delay: hours(numbers.below(100)),
            expeditiously: None,
        },
        ..Options::default()
    };
    let mut memory = Memory::new(program);
    let mut workspace = memory.workspace();
    let decision = evaluate(program, &case, &options, &mut workspace).expect("memory and case fit");
    let mut steps = 0;
    let parts = decision.parts();
    for entry in parts.iter().flat_map(|part| decision.entries(part)) {
        decision.steps(entry, &mut |_| steps += 1);
        for index in 0..decision.alternatives(entry) {
            decision.alternative_steps(entry, index, &mut |_| steps += 1);
        }
        steps += usize::from(program.zone(decision.zone(entry)).offset_at(0) != 0);
    }
    for row in decision.missing() {
        steps += usize::from(decision.named(row.name) == Named::Fact(FactId(0)));
    }
    parts.len() + steps
}
