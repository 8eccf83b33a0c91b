//! A batch → its decisions, as arrays of plain records; and the whole decision of a single case.
//!
//! Invariants: a case has its own answer or none, never that of the case before. Everything that applies has a row, so that
//! no duty is lost to the form of the answer. Deciding allocates only where the answers need more room than any before.

use super::answer::{at, due, is_everywhere, moment, needs_human, truth};
use super::batch::{Answers, Batch, opened_batch};
use super::batch_records::*;
use super::case::Said;
use super::constants::*;
use super::decision::{Wanted, opened_decision};
use super::duty::brief;
use super::failure::{Failure, guard};
use super::input;
use super::output;
use super::records::*;
use super::vocabulary::id;
use crate::eval::{Decision, EventSlot, FactSlot, Moment, OwnedDecision, Part};
use crate::model::{Outcome, PackId, Status, WithheldReason};

/// The most norms in one call.
const NORMS_MAX: usize = u16::MAX as usize;

/// Sets the case of a decision to what was said, and to nothing else.
fn fill(owned: &mut OwnedDecision, said: &[Said]) {
    let (facts, events) = owned.slots();
    facts.fill(FactSlot::Absent);
    events.fill(EventSlot::Absent);
    for said in said {
        said.write(facts, events);
    }
}

/// A norm of a case that has no decision: nothing is allowed, and somebody must look.
fn nothing() -> exq_brief {
    exq_brief {
        outcome: EXQ_OUTCOME_ABSENT,
        status: EXQ_STATUS_NOTHING,
        allowed: 0,
        needs_human: 1,
        due: moment(Moment::Nothing),
    }
}

/// The rows of an answer.
fn rows(
    decision: &Decision<'_>,
    case: u32,
    answer: u32,
    part: &Part,
    mut each: impl FnMut(exq_batch_row),
) {
    let program = decision.program();
    let none = exq_batch_row {
        a_case: case,
        norm: u32::from(part.norm.0),
        answer,
        effect: EXQ_NONE,
        beside: part.beside.map_or(EXQ_NONE, |PackId(pack)| u32::from(pack)),
        outcome: part.outcome as i32,
        provisional: part
            .provisional
            .map_or(EXQ_OUTCOME_ABSENT, |outcome: Outcome| outcome as i32),
        conflict: truth(part.conflict),
        guard: part.guard.map_or(EXQ_TRUTH_NONE, truth),
        rule: EXQ_NONE,
        version: EXQ_NONE,
        value: -1,
        state: -1,
        status: Status::Nothing as i32,
        why: EXQ_WHY_NONE,
        certain: 1,
        exclusive: 0,
        operational: 0,
        due: moment(Moment::Nothing),
        provisional_due: moment(Moment::Nothing),
        not_before: moment(Moment::Nothing),
        everywhere: i32::from(is_everywhere(program, part.places)),
        reserved: 0,
        places: part.places.0,
    };
    let entries = decision.entries(part);
    if entries.is_empty() {
        each(none);
    }
    for (effect, entry) in (0u32..).zip(entries) {
        let row = program.effects.at(entry.effect.index());
        each(exq_batch_row {
            effect,
            rule: id(program.versions.at(usize::from(row.version)).rule),
            version: id(row.version),
            value: i32::from(row.kind),
            state: entry.state as i32,
            status: entry.status as i32,
            why: entry
                .why
                .map_or(EXQ_WHY_NONE, |why: WithheldReason| why as i32),
            certain: i32::from(entry.certain),
            exclusive: i32::from(entry.exclusive && entry.due.instant().is_some()),
            operational: i32::from(part.operational.map(u32::from) == Some(effect)),
            due: due(entry),
            provisional_due: at(entry.provisional_due),
            not_before: moment(entry.not_before),
            ..none
        });
    }
}

/// Why a case has no decision.
enum Undecided {
    /// It was refused when it was added.
    Before(exq_status),
    /// It cannot be decided.
    Now(Failure),
}

impl From<Failure> for Undecided {
    fn from(failure: Failure) -> Undecided {
        Undecided::Now(failure)
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Batch {
    /// Decides all cases.
    fn decide(
        &mut self,
        wanted: &Wanted<'_>,
        now: Option<&[i64]>,
        norms: &[u32],
    ) -> Result<(), Failure> {
        let cases = self.cases.all.len();
        for norm in norms {
            self.pack().names.name(EXQ_KIND_NORM, *norm)?;
        }
        self.decided.adopt(wanted)?;
        let briefs = cases.saturating_mul(norms.len());
        if self.answers.briefs.try_reserve(briefs).is_err() {
            return Err(Failure::new(EXQ_E_MEMORY, "norms", "out of memory"));
        }
        for index in 0..cases {
            let now = now.and_then(|now| now.get(index)).copied();
            let now = now.unwrap_or(wanted.now);
            self.answers.now.push(now);
            let found = self.decide_one(index, wanted, now, norms);
            self.come_of(index, norms.len(), found);
        }
        self.answers.terms.keep(wanted);
        self.answers.made = true;
        Ok(())
    }

    /// Decides a case, and writes its rows and briefs. Gives the case, or the status of its refusal.
    fn decide_one(
        &mut self,
        index: usize,
        wanted: &Wanted<'_>,
        now: i64,
        norms: &[u32],
    ) -> Result<exq_batch_case, Undecided> {
        let Batch {
            decided,
            cases,
            answers,
            ..
        } = self;
        let kept = cases.all.get(index);
        if let Some(refusal) = of_case(&cases.refused, index) {
            return Err(Undecided::Before(refusal.code));
        }
        fill(&mut decided.owned, cases.said_by(index));
        decided.judge(wanted, now)?;
        let decision = decided.answer()?;
        let first_row = answers.rows.len();
        for (answer, part) in (0u32..).zip(decision.parts()) {
            rows(&decision, count(index), answer, part, |row| {
                answers.rows.push(row);
            });
        }
        for norm in norms {
            let brief = brief(&decided.pack, &decision, *norm)?;
            answers.briefs.push(brief);
        }
        Ok(exq_batch_case {
            status: EXQ_OK,
            needs_human: i32::from(needs_human(&decision)),
            first_row: first_row as u64,
            rows: count(answers.rows.len() - first_row),
            missing: count(decision.missing().len()),
            line: kept.map_or(0, |kept| kept.line),
            reserved: 0,
            next_change: at(decision.next_change()),
        })
    }

    /// Notes what came of a case. Of one that has no decision nothing is left.
    fn come_of(&mut self, index: usize, norms: usize, found: Result<exq_batch_case, Undecided>) {
        let answers = &mut self.answers;
        let status = match found {
            Ok(case) => return answers.cases.push(case),
            Err(Undecided::Before(status)) => status,
            Err(Undecided::Now(failure)) => {
                let status = failure.code;
                answers.failed.push((index, failure));
                status
            }
        };
        let before = answers.cases.last();
        let first_row = before.map_or(0, |case| case.first_row + u64::from(case.rows));
        answers.rows.truncate(first_row as usize);
        answers.briefs.truncate(index * norms);
        answers.briefs.extend((0..norms).map(|_| nothing()));
        answers.cases.push(exq_batch_case {
            status,
            needs_human: 1,
            first_row,
            rows: 0,
            missing: 0,
            line: self.cases.all.get(index).map_or(0, |kept| kept.line),
            reserved: 0,
            next_change: moment(Moment::Nothing),
        });
    }

    /// The answers, if there are any.
    fn answered(&self) -> Result<&Answers, Failure> {
        if self.answers.made {
            return Ok(&self.answers);
        }
        let message = "nothing is decided: decide the batch after its last case was added";
        Err(Failure::new(EXQ_E_NOT_DECIDED, "batch", message))
    }

    /// Why a case has no answer, if it has none.
    fn refusal(&self, case: usize) -> Result<Option<&Failure>, Failure> {
        let count = self.cases.all.len();
        if case >= count {
            return Err(Failure::no_such("case", case as u64, count));
        }
        let refused = of_case(&self.cases.refused, case);
        Ok(refused.or_else(|| of_case(&self.answers.failed, case)))
    }
}

/// The failure of a case, of failures in the order of cases.
fn of_case(failures: &[(usize, Failure)], case: usize) -> Option<&Failure> {
    let at = failures.binary_search_by_key(&case, |(index, _)| *index);
    failures.get(at.ok()?).map(|(_, failure)| failure)
}

/// Decides all cases of a batch, as `exq_decide_with` decides one. With `instants`, one for each case, each is decided at
/// its own; with NULL and 0, all are at that of the options. Of `norms`, which may be none, briefs are kept too. A case
/// that is refused or cannot be decided stops no other. If the call fails, the batch has no answers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_decide(
    batch: *mut exq_batch,
    options: *const exq_options,
    options_size: usize,
    instants: *const i64,
    instant_count: usize,
    norms: *const u32,
    norm_count: usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let mut held = opened_batch(batch)?;
        // Whatever fails from here on, the answers before are gone.
        held.forget();
        let wanted = Wanted::read(options, options_size)?;
        let norms = input::array(norms, norm_count, NORMS_MAX, "norms")?;
        let cases = held.cases.all.len();
        let now = if instants.is_null() && instant_count == 0 {
            None
        } else if instant_count != cases {
            let message =
                format!("`instant_count` is {instant_count}, expected {cases}: one for each case");
            return Err(Failure::argument("instant_count", message));
        } else {
            Some(input::array(
                instants,
                instant_count,
                usize::MAX,
                "instants",
            )?)
        };
        held.decide(&wanted, now, norms)
    })
}

/// What came of each case, into an array of the caller: as many as the batch has cases.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_cases(
    batch: *const exq_batch,
    array: *mut exq_batch_case,
    capacity: usize,
    count: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_batch(batch)?;
        let answers = held.answered()?;
        output::array(|| answers.cases.iter().copied(), array, capacity, count)
    })
}

/// Every effect of every answer to every case, into an array of the caller: case after case, in each the answers in the
/// order of `exq_decision_answer`. Nothing is left out: what is undetermined, withheld or defeated has its row, and so has
/// what packs that do not decide would say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_rows(
    batch: *const exq_batch,
    array: *mut exq_batch_row,
    capacity: usize,
    count: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_batch(batch)?;
        let answers = held.answered()?;
        output::array(|| answers.rows.iter().copied(), array, capacity, count)
    })
}

/// The norms that were asked for in short, into an array of the caller: one for each case and norm, case after case. Of a
/// case without a decision the outcome is `EXQ_OUTCOME_ABSENT`, nothing is allowed, and a human is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_briefs(
    batch: *const exq_batch,
    array: *mut exq_brief,
    capacity: usize,
    count: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_batch(batch)?;
        let answers = held.answered()?;
        output::array(|| answers.briefs.iter().copied(), array, capacity, count)
    })
}

/// Why a case was refused or could not be decided: its status, with its error. `EXQ_OK` if neither. The place of an error
/// in JSON is a pointer into the case, and its message has the line of the text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_refusal(
    batch: *const exq_batch,
    index: usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_batch(batch)?;
        held.refusal(index)?
            .map_or(Ok(()), |failure| Err(failure.clone()))
    })
}

/// Makes a decision that of one case of a batch that was decided: whatever a decision can be asked, it can be asked of this
/// case then. If the case has no decision, this fails as `exq_batch_refusal` does; after a failure the decision holds no
/// answer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_batch_decision(
    batch: *const exq_batch,
    index: usize,
    decision: *mut exq_decision,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let mut decided = opened_decision(decision)?;
        decided.owned.forget();
        let held = opened_batch(batch)?;
        held.pack()
            .is_of(&decided.pack, "decision", "the batch and the decision")?;
        let refusal = held.refusal(index)?;
        if let Some(failure) = refusal {
            return Err(failure.clone());
        }
        let answers = held.answered()?;
        let now = answers.now.get(index).copied().unwrap_or_default();
        fill(&mut decided.owned, held.cases.said_by(index));
        decided.decide(&answers.terms.at(now), now)
    })
}
