//! A case and an instant → a decision, kept in memory that is used again and again.
//!
//! Invariants: deciding allocates nothing. An attempt that fails, for whatever reason, leaves no answer: nobody can read the
//! answer to another case and take it for this one's.

use super::case::{KnownCase, opened_case};
use super::constants::*;
use super::failure::{Failure, guard, quietly};
use super::handle::{self, Held, Kind, hold};
use super::input::{self, required};
use super::pack;
use super::records::{exq_case, exq_decision, exq_error, exq_options};
#[cfg(not(feature = "std"))]
pub(super) use super::small::held::Adopted;
use crate::eval::{Decision, EvaluationError, Options, ServiceLevels};
#[cfg(not(feature = "std"))]
pub(super) type Owned = crate::eval::KeptDecision<'static>;
#[cfg(feature = "std")]
pub(super) use crate::eval::OwnedDecision as Owned;
use crate::model::{PackId, PackStatus};

#[cfg(feature = "std")]
pub(super) type Adopted = Vec<PackId>;

/// The memory of decisions of one pack.
pub(super) struct Decided {
    pub pack: pack::Held,
    pub owned: Owned,
    /// Room for all packs that could be adopted, so that deciding allocates nothing.
    pub adopt: Adopted,
}

impl Kind for Decided {
    type Opaque = exq_decision;
    const TAG: u32 = u32::from_le_bytes(*b"EXQd");
    const WORD: &'static str = "decision";
}

/// The decision behind a handle.
pub(super) fn opened_decision<'d>(
    decision: *const exq_decision,
) -> Result<Held<'d, Decided>, Failure> {
    hold::<Decided>(decision, "decision")
}

impl Decided {
    /// The answer.
    pub(super) fn answer(&self) -> Result<Decision<'_>, Failure> {
        self.owned.decision(self.pack.program()).ok_or_else(|| {
            let message = "nothing is decided: decide a case first, and look at what that returned";
            Failure::new(EXQ_E_NOT_DECIDED, "decision", message)
        })
    }

    /// Takes a case of the same pack.
    pub(super) fn take(&mut self, case: &KnownCase) -> Result<(), Failure> {
        self.pack
            .is_of(&case.pack, "case", "the case and the decision")?;
        self.owned.take(&case.slots.as_case()).map_err(failure)
    }

    /// Decides what was taken.
    pub(super) fn decide(&mut self, wanted: &Wanted<'_>, now: i64) -> Result<(), Failure> {
        self.adopt(wanted)?;
        self.judge(wanted, now)
    }

    /// Looks up what is adopted, for this decision and those after it.
    pub(super) fn adopt(&mut self, wanted: &Wanted<'_>) -> Result<(), Failure> {
        self.adopt.clear();
        for id in wanted.adopt {
            self.pack.names.name(EXQ_KIND_PACK, *id)?;
            let pack = PackId(u16::try_from(*id).unwrap_or(u16::MAX));
            let status = PackStatus::from_u8(self.pack.program().packs.at(pack.index()).status);
            if !status.is_some_and(PackStatus::adoptable) {
                let name = self.pack.names.name(EXQ_KIND_PACK, *id)?;
                let word = status.map_or("", PackStatus::word);
                let message = words!("pack `{name}` cannot be adopted: its status is `{word}`");
                return Err(Failure::argument("adopt", message));
            }
            // Twice the same is once, and so there is always room.
            if !self.adopt.contains(&pack) {
                self.adopt.push(pack);
            }
        }
        Ok(())
    }

    /// Decides what was taken, with what was adopted.
    pub(super) fn judge(&mut self, wanted: &Wanted<'_>, now: i64) -> Result<(), Failure> {
        let options = Options {
            now,
            law_date: wanted.law_date,
            adopt: &self.adopt,
            service: wanted.service,
        };
        let decided = self.owned.decide(self.pack.program(), &options);
        decided.map_err(failure)
    }
}

fn failure(error: EvaluationError) -> Failure {
    let code = match error {
        EvaluationError::Now | EvaluationError::ServiceLevel => EXQ_E_VALUE,
        EvaluationError::Case | EvaluationError::Memory => EXQ_E_OTHER_PACK,
    };
    let place = match error {
        EvaluationError::Now => "now",
        EvaluationError::ServiceLevel => "options",
        EvaluationError::Case | EvaluationError::Memory => "case",
    };
    Failure::new(code, place, words!("{error}"))
}

/// The options of the host, checked as far as no pack is needed for it.
pub(super) struct Wanted<'a> {
    pub now: i64,
    law_date: Option<i32>,
    adopt: &'a [u32],
    service: ServiceLevels,
}

impl<'a> Wanted<'a> {
    pub(super) fn at(now: i64) -> Wanted<'static> {
        Wanted {
            now,
            law_date: None,
            adopt: &[],
            service: ServiceLevels::default(),
        }
    }

    /// Reads options of a host, which may know fewer or more fields than this library.
    ///
    /// What a larger structure has beyond must be zero, as it asks for something that this library does not know. Of a
    /// smaller one, the fields that came later are zero, which asks for nothing. A size between two versions, or below the
    /// first, is a slip: it would decide at an instant that nobody gave.
    pub(super) fn read(options: *const exq_options, size: usize) -> Result<Wanted<'a>, Failure> {
        let options = required(options, "options")?;
        let bytes = input::array(
            options.cast::<u8>(),
            size,
            OPTIONS_BYTES_MAX,
            "options_size",
        )?;
        let mut raw = [0u8; size_of::<exq_options>()];
        if bytes.len() < raw.len() && bytes.len() != OPTIONS_BYTES_FIRST {
            let message = words!(
                "`options_size` is {size}, expected `sizeof(exq_options)`, {}",
                raw.len()
            );
            return Err(Failure::argument("options_size", message));
        }
        let (known, beyond) = bytes.split_at(bytes.len().min(raw.len()));
        if beyond.iter().any(|byte| *byte != 0) {
            let message =
                "the options have fields that this library does not know: a newer one is needed";
            return Err(Failure::new(EXQ_E_UNSUPPORTED, "options", message));
        }
        let (said, _) = raw.split_at_mut(known.len());
        said.copy_from_slice(known);
        // SAFETY: as many bytes as the structure has, which is made of numbers and a pointer: all bit patterns are values.
        let read: exq_options = unsafe { core::mem::transmute(raw) };
        let law_date = match read.has_law_date {
            0 => None,
            1 => Some(read.law_date),
            other => {
                let message = words!("`has_law_date` is {other}, expected 0 or 1");
                return Err(Failure::argument("has_law_date", message));
            }
        };
        let adopt = input::array(read.adopt, read.adopt_count, ADOPT_MAX, "adopt")?;
        Ok(Wanted {
            now: read.now,
            law_date,
            adopt,
            service: ServiceLevels {
                undue_delay: service_level(read.undue_delay, "undue_delay")?,
                expeditiously: service_level(read.expeditiously, "expeditiously")?,
            },
        })
    }
}

/// What was asked of a whole batch, to be asked again of one of its cases.
#[cfg(feature = "std")]
#[derive(Default)]
pub(super) struct Terms {
    law_date: Option<i32>,
    adopt: Vec<u32>,
    service: ServiceLevels,
}

#[cfg(feature = "std")]
impl Terms {
    /// Keeps what is asked, where something was kept before.
    pub(super) fn keep(&mut self, wanted: &Wanted<'_>) {
        self.law_date = wanted.law_date;
        self.service = wanted.service;
        self.adopt.clear();
        self.adopt.extend_from_slice(wanted.adopt);
    }

    /// The same at an instant.
    pub(super) fn at(&self, now: i64) -> Wanted<'_> {
        Wanted {
            now,
            law_date: self.law_date,
            adopt: &self.adopt,
            service: self.service,
        }
    }
}

/// A service level of the host; 0 is none.
fn service_level(micros: i64, what: &'static str) -> Result<Option<i64>, Failure> {
    if micros < 0 {
        return Err(failure(EvaluationError::ServiceLevel).at(what));
    }
    Ok((micros > 0).then_some(micros))
}

/// The size of `exq_options` before service levels.
const OPTIONS_BYTES_FIRST: usize = core::mem::offset_of!(exq_options, undue_delay);

/// The most bytes of options that a later host may have.
const OPTIONS_BYTES_MAX: usize = 4096;
/// The most packs in one list.
const ADOPT_MAX: usize = u16::MAX as usize;

/// Frees a decision. NULL is nothing to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_free(decision: *mut exq_decision) {
    quietly(|| handle::free::<Decided>(decision));
}

/// Decides a case at an instant, in microseconds of UTC since 1970-01-01. The library reads no clock. The case may be
/// changed or freed afterwards: the decision keeps what it was made from. If this fails, the decision holds no answer.
///
/// ```c
/// if (exq_decide(decision, a_case, now, &error) != EXQ_OK) return keep_identity_secret(error);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decide(
    decision: *mut exq_decision,
    the_case: *const exq_case,
    now: i64,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || decide(decision, the_case, Ok(Wanted::at(now))))
}

/// Decides a case with options. `options_size` is `sizeof(exq_options)` of the host.
///
/// ```c
/// exq_options options = {0};
/// options.now = now;
/// options.law_date = day;
/// options.has_law_date = 1;
/// options.undue_delay = 24 * 3600 * INT64_C(1000000);
/// status = exq_decide_with(decision, a_case, &options, sizeof options, &error);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decide_with(
    decision: *mut exq_decision,
    the_case: *const exq_case,
    options: *const exq_options,
    options_size: usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        decide(decision, the_case, Wanted::read(options, options_size))
    })
}

fn decide(
    decision: *mut exq_decision,
    case: *const exq_case,
    wanted: Result<Wanted<'_>, Failure>,
) -> Result<(), Failure> {
    let mut decided = opened_decision(decision)?;
    // Whatever fails from here on, the answer before is gone.
    decided.owned.forget();
    let wanted = wanted?;
    {
        let case = opened_case(case)?;
        decided.take(&case)?;
    }
    decided.decide(&wanted, wanted.now)
}
