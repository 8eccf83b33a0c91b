//! The receipt: what a decision was made from, as digests (`docs/LANGUAGE.md` §13).
//!
//! Invariant: equal receipts mean equal inputs. The case is digested by names and in the order of the pack, so that
//! the order in which a host set the facts leaves no trace.

use super::ServiceLevels;
use super::case::{EventSlot, FactSlot, FactValue};
use super::view::Decision;
use crate::model::PackId;
use crate::model::sha256::Hash;

/// What a decision was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The version of the engine.
    pub engine: &'static str,
    /// The digest of the pack.
    pub pack: [u8; 32],
    /// The digest of the case.
    pub case: [u8; 32],
    /// The instant of the evaluation.
    pub now: i64,
    /// The digest of all of these, the law dates, the adopted packs, and the service levels, if there are any.
    pub decision: [u8; 32],
}

impl Decision<'_> {
    /// The receipt of this decision, made with the pack of this digest.
    #[must_use]
    pub fn receipt(&self, pack: [u8; 32]) -> Receipt {
        let engine = env!("CARGO_PKG_VERSION");
        let case = self.case_digest();
        let mut hash = Hash::new();
        hash.update(b"exequatur decision 1\n");
        hash.update(engine.as_bytes());
        hash.update([0]);
        hash.update(pack);
        hash.update(case);
        hash.update(self.now().to_le_bytes());
        for (index, date) in self.law_dates().iter().enumerate() {
            hash.update(date.to_le_bytes());
            hash.update([u8::from(self.decides(PackId(index as u16)))]);
        }
        // Only where some are given, so that receipts without them stay what they were.
        if self.service() != ServiceLevels::default() {
            hash.update(b"service levels\n");
            for level in [self.service().undue_delay, self.service().expeditiously] {
                hash.update([u8::from(level.is_some())]);
                hash.update(level.unwrap_or(0).to_le_bytes());
            }
        }
        Receipt {
            engine,
            pack,
            case,
            now: self.now(),
            decision: hash.finalize(),
        }
    }

    fn case_digest(&self) -> [u8; 32] {
        let (program, case) = (self.program(), self.case());
        let mut hash = Hash::new();
        hash.update(b"exequatur case 1\n");
        for (row, slot) in program.facts.iter().zip(case.facts) {
            if *slot != FactSlot::Absent {
                hash.update(program.str(row.name).as_bytes());
                hash_fact(&mut hash, *slot);
            }
        }
        for (row, slot) in program.events.iter().zip(case.events) {
            if *slot != EventSlot::Absent {
                hash.update(program.str(row.name).as_bytes());
                match *slot {
                    EventSlot::At(at) => tagged(&mut hash, 10, &at.to_le_bytes()),
                    EventSlot::Not => tagged(&mut hash, 11, &[]),
                    EventSlot::Null | EventSlot::Absent => tagged(&mut hash, 1, &[]),
                }
            }
        }
        hash.finalize()
    }
}

fn hash_fact(hash: &mut Hash, slot: FactSlot) {
    let FactSlot::Given(value) = slot else {
        return tagged(hash, 1, &[]);
    };
    match value {
        FactValue::Bool(value) => tagged(hash, 2, &[u8::from(value)]),
        FactValue::Member(member) => tagged(hash, 3, &member.to_le_bytes()),
        FactValue::Members(bits) => {
            tagged(hash, 4, &[]);
            for word in bits.0 {
                hash.update(word.to_le_bytes());
            }
        }
        FactValue::Int(value) => tagged(hash, 5, &value.to_le_bytes()),
        FactValue::Money(money) => {
            tagged(hash, 6, &money.minor.to_le_bytes());
            hash.update(money.currency.0);
        }
        FactValue::Instant(at) => tagged(hash, 7, &at.to_le_bytes()),
    }
}

/// A zero byte ends the name before it; the tag says what follows.
fn tagged(hash: &mut Hash, tag: u8, bytes: &[u8]) {
    hash.update([0, tag]);
    hash.update(bytes);
}
