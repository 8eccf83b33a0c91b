//! The structures of batches. Their layout and meaning never change: what comes later comes in new ones.
//!
//! Why they are plain numbers of fixed size: a host reads an array of them as columns, without a call for each case.

use super::records::exq_moment;

/// Many cases of one pack, and the answers to all of them. It belongs to one thread at a time.
pub struct exq_batch {
    _opaque: [u8; 0],
}

/// What many cases say of one fact or event, one after the other.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_batch_column {
    /// `EXQ_KIND_FACT` or `EXQ_KIND_EVENT`.
    pub kind: i32,
    /// The fact or event.
    pub id: u32,
    /// A value for each case: a boolean as 0 or 1, a member, a whole number, an instant, minor units. NULL for a set.
    pub numbers: *const i64,
    /// Of a fact that is a set, four words for each case, as in `exq_value`; else NULL.
    pub members: *const u64,
    /// For each case one of `EXQ_SAID_…`; NULL if all have a value.
    pub said: *const u8,
    /// Of money: the three letters of the currency, and a NUL.
    pub currency: [u8; 4],
    /// 0.
    pub reserved: i32,
}

/// What came of one case of a batch.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_batch_case {
    /// `EXQ_OK` if it was decided; else why not, and then it has no rows. `exq_batch_refusal` has the error.
    pub status: i32,
    /// 1 if the decision needs a human, or there is none.
    pub needs_human: i32,
    /// The first of its rows.
    pub first_row: u64,
    /// How many rows it has.
    pub rows: u32,
    /// How many things are missing.
    pub missing: u32,
    /// The line of the text it was read from, from 1; 0 if it was not read from text.
    pub line: u32,
    /// 0.
    pub reserved: i32,
    /// When the same facts give another decision.
    pub next_change: exq_moment,
}

/// One effect in one answer to one case; or an answer without effects, and then `effect` is `EXQ_NONE` and whatever an
/// effect has says nothing.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_batch_row {
    /// The case, from 0.
    pub a_case: u32,
    /// The norm.
    pub norm: u32,
    /// The index of the answer in the decision.
    pub answer: u32,
    /// The index of the effect in the answer.
    pub effect: u32,
    /// The source pack that does not decide; `EXQ_NONE` for the decision itself.
    pub beside: u32,
    /// The outcome of the answer, after protection: one of `EXQ_OUTCOME_…`.
    pub outcome: i32,
    /// The provisional outcome where that is undetermined; else `EXQ_OUTCOME_ABSENT`.
    pub provisional: i32,
    /// Whether rules contradict each other in the answer: one of `EXQ_TRUTH_…`.
    pub conflict: i32,
    /// The truth of the guard; `EXQ_TRUTH_NONE` if the norm is not protected.
    pub guard: i32,
    /// The rule of the effect.
    pub rule: u32,
    /// The version of that rule.
    pub version: u32,
    /// One of `EXQ_EFFECT_…`; -1 without an effect.
    pub value: i32,
    /// One of `EXQ_STATE_…`; -1 without an effect. What is withheld must not be performed.
    pub state: i32,
    /// One of `EXQ_STATUS_…`.
    pub status: i32,
    /// Why it is withheld: one of `EXQ_WHY_…`.
    pub why: i32,
    /// 0 if its existence is unknown, or what might defeat it stands unknown.
    pub certain: i32,
    /// 1 if at its due it is already late.
    pub exclusive: i32,
    /// 1 if it is the effect of the answer on which people act first.
    pub operational: i32,
    /// Its due; where that is unknown, the earliest that is known stands in `provisional_due`.
    pub due: exq_moment,
    /// The earliest due that is known, where the due is unknown.
    pub provisional_due: exq_moment,
    /// Not before.
    pub not_before: exq_moment,
    /// 1 if the answer holds everywhere.
    pub everywhere: i32,
    /// 0.
    pub reserved: i32,
    /// Where, as in `exq_answer`.
    pub places: [u64; 4],
}
