//! The numbers of the C ABI. They are never reused: a number that is gone stays here, in a comment.
//!
//! Invariant: outcomes, states and statuses are the numbers of `model`; a test compares them.

/// What a function returns: `EXQ_OK` or one of `EXQ_E_…`. A later version may return numbers that are not listed here.
pub type exq_status = i32;

/// The version of this ABI. Compare it with `exq_abi_version()` before anything else.
pub const EXQ_ABI_VERSION: u32 = 1;

/// Done.
pub const EXQ_OK: i32 = 0;
/// A required pointer is NULL; the place of the error is the name of the argument.
pub const EXQ_E_NULL: i32 = 1;
/// Not a handle of this kind, or one that was freed. Freed ones are recognised by chance only.
pub const EXQ_E_HANDLE: i32 = 2;
/// The case or the decision is in use by another call: each belongs to one thread at a time.
pub const EXQ_E_BUSY: i32 = 3;
/// An argument has a value that means nothing.
pub const EXQ_E_ARGUMENT: i32 = 4;
/// There is nothing with this id or index.
pub const EXQ_E_ID: i32 = 5;
/// There is nothing with this name; the message has the nearest one.
pub const EXQ_E_NAME: i32 = 6;
/// A text is not UTF-8.
pub const EXQ_E_UTF8: i32 = 7;
/// A value has another type than the fact.
pub const EXQ_E_TYPE: i32 = 8;
/// A value is out of range.
pub const EXQ_E_VALUE: i32 = 9;
/// A case in JSON is refused; the place is a JSON pointer.
pub const EXQ_E_JSON: i32 = 10;
/// The bytes are no pack, or a damaged one.
pub const EXQ_E_PACK: i32 = 11;
/// The rules have errors; each is a finding of the error.
pub const EXQ_E_SOURCE: i32 = 12;
/// A file cannot be read.
pub const EXQ_E_FILE: i32 = 13;
/// A case and a decision were made for different packs.
pub const EXQ_E_OTHER_PACK: i32 = 14;
/// The decision holds no answer: nothing was decided with it, or the last attempt failed.
pub const EXQ_E_NOT_DECIDED: i32 = 15;
/// The buffer is too short; how much is needed was set.
pub const EXQ_E_BUFFER: i32 = 16;
/// An input is longer than its limit.
pub const EXQ_E_LENGTH: i32 = 17;
/// The pack has another vocabulary than the host was built for.
pub const EXQ_E_SCHEMA: i32 = 18;
/// This library was built without what is asked for.
pub const EXQ_E_UNSUPPORTED: i32 = 19;
/// There is not enough memory. There is no error object then.
pub const EXQ_E_MEMORY: i32 = 20;
/// A defect of this library. There is no error object then; the handles of the call can only be freed.
pub const EXQ_E_PANIC: i32 = 21;
/// The bytes are no signature of a pack.
pub const EXQ_E_SIGNATURE: i32 = 22;
/// The signature was made by another key than the trusted one.
pub const EXQ_E_KEY: i32 = 23;
/// The signature does not hold: it was altered, or made without the trusted key.
pub const EXQ_E_FORGED: i32 = 24;
/// The signature is of another line of packs, or of another pack.
pub const EXQ_E_SWAPPED: i32 = 25;
/// The pack is older than one that the host has accepted.
pub const EXQ_E_ROLLED_BACK: i32 = 26;
/// The signature has expired.
pub const EXQ_E_EXPIRED: i32 = 27;

/// No id.
pub const EXQ_NONE: u32 = u32::MAX;

/// `exq_features()`: `exq_pack_compile` works.
pub const EXQ_FEATURE_COMPILER: u32 = 1;
/// `exq_features()`: `exq_pack_load_signed` works.
pub const EXQ_FEATURE_SIGN: u32 = 2;

/// A signature that never expires.
pub const EXQ_NEVER: i64 = i64::MAX;

/// English.
pub const EXQ_LANG_EN: i32 = 0;
/// French.
pub const EXQ_LANG_FR: i32 = 1;

/// Source packs that are linked into a pack: `eu.tco`.
pub const EXQ_KIND_PACK: i32 = 0;
/// Enumerations: `Authority`.
pub const EXQ_KIND_ENUM: i32 = 1;
/// Named sets of members: `EU`.
pub const EXQ_KIND_SET: i32 = 2;
/// Facts: `order.issuer`.
pub const EXQ_KIND_FACT: i32 = 3;
/// Events: `order.received`.
pub const EXQ_KIND_EVENT: i32 = 4;
/// Norms; those of a family by member: `takedown`, `disclose of subscriber`.
pub const EXQ_KIND_NORM: i32 = 5;
/// Rules, whatever their versions: `eu.tco/removal`.
pub const EXQ_KIND_RULE: i32 = 6;
/// Dated versions of rules; the name is that of the rule, and does not find a version.
pub const EXQ_KIND_VERSION: i32 = 7;
/// Calendars: `fr`. Those of two packs may have one name.
pub const EXQ_KIND_CALENDAR: i32 = 8;

/// The title of a pack, a norm or a version.
pub const EXQ_TEXT_TITLE: i32 = 0;
/// The instrument from which a pack was written.
pub const EXQ_TEXT_SOURCE: i32 = 1;
/// The question that asks for a fact or an event.
pub const EXQ_TEXT_QUESTION: i32 = 2;
/// The reason that a version gives to users.
pub const EXQ_TEXT_REASON: i32 = 3;
/// The label of the member of a norm of a family.
pub const EXQ_TEXT_LABEL: i32 = 4;

/// Of a value: nothing is said. An event of which nothing is said is taken as not happened.
pub const EXQ_TYPE_ABSENT: i32 = 0;
/// True or false: `number` is 0 or 1.
pub const EXQ_TYPE_BOOL: i32 = 1;
/// A member of an enumeration: `number` is the member.
pub const EXQ_TYPE_MEMBER: i32 = 2;
/// A set of members: `members` are bits.
pub const EXQ_TYPE_SET: i32 = 3;
/// A whole number: `number`.
pub const EXQ_TYPE_INT: i32 = 4;
/// An amount: `number` in minor units, and `currency`.
pub const EXQ_TYPE_MONEY: i32 = 5;
/// An instant, or when an event happens: `number` in microseconds of UTC.
pub const EXQ_TYPE_INSTANT: i32 = 6;
/// Of a value: it is said to be unknown.
pub const EXQ_TYPE_UNKNOWN: i32 = 7;
/// Of an event: it is said not to have happened.
pub const EXQ_TYPE_NOT_HAPPENED: i32 = 8;

/// In a column of a batch: nothing is said.
pub const EXQ_SAID_NOTHING: u8 = 0;
/// In a column of a batch: the value stands.
pub const EXQ_SAID_VALUE: u8 = 1;
/// In a column of a batch: it is said to be unknown.
pub const EXQ_SAID_UNKNOWN: u8 = 2;
/// In a column of a batch: an event is said not to have happened.
pub const EXQ_SAID_NOT_HAPPENED: u8 = 3;

/// No rule speaks, and there is no default.
pub const EXQ_OUTCOME_NONE: i32 = 0;
/// Permitted.
pub const EXQ_OUTCOME_MAY: i32 = 1;
/// Due.
pub const EXQ_OUTCOME_MUST: i32 = 2;
/// Prohibited.
pub const EXQ_OUTCOME_MUST_NOT: i32 = 3;
/// It depends on missing facts.
pub const EXQ_OUTCOME_UNDETERMINED: i32 = 4;
/// Rules contradict each other, and none defeats the other.
pub const EXQ_OUTCOME_CONFLICT: i32 = 5;
/// In `exq_brief` only: it is not the same everywhere.
pub const EXQ_OUTCOME_VARIES: i32 = 6;
/// No provisional outcome.
pub const EXQ_OUTCOME_ABSENT: i32 = -1;

/// The effect is a duty.
pub const EXQ_EFFECT_MUST: i32 = 0;
/// The effect is a permission.
pub const EXQ_EFFECT_MAY: i32 = 1;
/// The effect is a prohibition.
pub const EXQ_EFFECT_MUST_NOT: i32 = 2;
/// The effect takes another one away.
pub const EXQ_EFFECT_LIFTED: i32 = 3;

/// The effect stands.
pub const EXQ_STATE_STANDING: i32 = 0;
/// It depends on missing facts.
pub const EXQ_STATE_UNDETERMINED: i32 = 1;
/// Another effect defeats it.
pub const EXQ_STATE_DEFEATED: i32 = 2;
/// Its time has not come.
pub const EXQ_STATE_NOT_BEGUN: i32 = 3;
/// Its time is over.
pub const EXQ_STATE_ENDED: i32 = 4;
/// It would grant a protected norm, and is held back.
pub const EXQ_STATE_WITHHELD: i32 = 5;

/// Nothing is held back.
pub const EXQ_WHY_NONE: i32 = -1;
/// Held back: the guard is false.
pub const EXQ_WHY_GUARD_FALSE: i32 = 0;
/// Held back: the guard is unknown.
pub const EXQ_WHY_GUARD_UNKNOWN: i32 = 1;
/// Held back: the norm is in conflict.
pub const EXQ_WHY_CONFLICT: i32 = 2;
/// Held back: the norm, the effect or its due is undetermined.
pub const EXQ_WHY_UNDETERMINED: i32 = 3;
/// Held back: it cannot be acted on yet.
pub const EXQ_WHY_WAITING: i32 = 4;
/// Held back: it can no longer be acted on.
pub const EXQ_WHY_ENDED: i32 = 5;

/// Its anchor has not happened, or its not-before has not come.
pub const EXQ_STATUS_WAITING: i32 = 0;
/// Done before its not-before.
pub const EXQ_STATUS_EARLY: i32 = 1;
/// Its time runs.
pub const EXQ_STATUS_RUNNING: i32 = 2;
/// Done in time, or kept to its end.
pub const EXQ_STATUS_MET: i32 = 3;
/// Done after its due.
pub const EXQ_STATUS_MET_LATE: i32 = 4;
/// Past its due and not done, or broken.
pub const EXQ_STATUS_BREACHED: i32 = 5;
/// A right whose time is over.
pub const EXQ_STATUS_LAPSED: i32 = 6;
/// Due without undue delay, and not done.
pub const EXQ_STATUS_OPEN: i32 = 7;
/// It depends on missing facts.
pub const EXQ_STATUS_UNKNOWN: i32 = 8;
/// Nothing to say: the effect is defeated, or lifts another.
pub const EXQ_STATUS_NOTHING: i32 = 9;

/// The pack is law.
pub const EXQ_PACK_LAW: i32 = 0;
/// The pack states decisions of courts.
pub const EXQ_PACK_CASE_LAW: i32 = 1;
/// The pack has the host's own rules.
pub const EXQ_PACK_POLICY: i32 = 2;
/// The pack was announced only: it decides nothing unless it is adopted.
pub const EXQ_PACK_ANNOUNCED: i32 = 3;
/// The pack states voluntary promises: it decides nothing unless it is adopted.
pub const EXQ_PACK_VOLUNTARY: i32 = 4;
/// The pack was law until its end.
pub const EXQ_PACK_REPEALED: i32 = 5;
/// The pack was law until its end.
pub const EXQ_PACK_LAPSED: i32 = 6;
/// The pack was struck down: it never decides.
pub const EXQ_PACK_ANNULLED: i32 = 7;
/// The pack has no rules: shared vocabulary.
pub const EXQ_PACK_VOCABULARY: i32 = 8;

/// The provision was read in a public source.
pub const EXQ_CHECKED_VERIFIED: i32 = 0;
/// A secondary source that states it was read.
pub const EXQ_CHECKED_SECONDARY: i32 = 1;
/// From memory: a person must check it.
pub const EXQ_CHECKED_RECALLED: i32 = 2;

/// False.
pub const EXQ_TRUTH_FALSE: i32 = 0;
/// True.
pub const EXQ_TRUTH_TRUE: i32 = 1;
/// It depends on missing facts.
pub const EXQ_TRUTH_UNKNOWN: i32 = 2;
/// There is nothing to be true: the norm is not protected.
pub const EXQ_TRUTH_NONE: i32 = -1;

/// No instant.
pub const EXQ_MOMENT_NOTHING: i32 = 0;
/// The instant `at`.
pub const EXQ_MOMENT_AT: i32 = 1;
/// The event from which it runs has not happened.
pub const EXQ_MOMENT_WAITING: i32 = 2;
/// Without undue delay.
pub const EXQ_MOMENT_OPEN: i32 = 3;
/// It depends on missing facts, or lies out of range.
pub const EXQ_MOMENT_UNKNOWN: i32 = 4;

/// Nothing was counted.
pub const EXQ_REGIME_NONE: i32 = -1;
/// Elapsed time: minutes and hours exact, longer periods to the same local time.
pub const EXQ_REGIME_ELAPSED: i32 = 0;
/// Regulation (EEC, Euratom) No 1182/71, article 3.
pub const EXQ_REGIME_EU_1182_71: i32 = 1;
/// French code of civil procedure, articles 640 to 642.
pub const EXQ_REGIME_FR_CPC: i32 = 2;
/// United States Federal Rules of Civil Procedure, rule 6(a).
pub const EXQ_REGIME_US_FRCP_6: i32 = 3;

/// The event, and its local day.
pub const EXQ_STEP_EVENT: i32 = 0;
/// The hour of the event is not counted: hours run from `at`.
pub const EXQ_STEP_HOUR_NOT_COUNTED: i32 = 1;
/// Hours run at once, from `at`.
pub const EXQ_STEP_HOURS_FROM: i32 = 2;
/// The day of the event is not counted.
pub const EXQ_STEP_DAY_NOT_COUNTED: i32 = 3;
/// The first day that is counted; in a period that runs backward, the one before the event.
pub const EXQ_STEP_FIRST_DAY: i32 = 4;
/// A day that is not counted, or on which a period cannot end; `skipped` says why.
pub const EXQ_STEP_SKIPPED: i32 = 5;
/// The day with the same number, so many months or years away.
pub const EXQ_STEP_SAME_NUMBER: i32 = 6;
/// The last day of that month, which has no such number.
pub const EXQ_STEP_LAST_OF_MONTH: i32 = 7;
/// The last day by count.
pub const EXQ_STEP_LAST_DAY: i32 = 8;
/// The last day stays as it is, whatever day it is.
pub const EXQ_STEP_NOT_ROLLED_OVER: i32 = 9;
/// The last day is moved to a working day.
pub const EXQ_STEP_ROLLED_OVER: i32 = 10;
/// The period is made longer until it has two working days.
pub const EXQ_STEP_TWO_WORKING_DAYS: i32 = 11;
/// The hours end on a day of rest: the same time on a working day.
pub const EXQ_STEP_SAME_TIME: i32 = 12;
/// The end of the period.
pub const EXQ_STEP_END: i32 = 13;

/// No day is skipped by this step.
pub const EXQ_SKIPPED_NONE: i32 = -1;
/// The day is one of the weekend, holiday or not.
pub const EXQ_SKIPPED_WEEKEND: i32 = 0;
/// The day is a holiday of the calendar.
pub const EXQ_SKIPPED_HOLIDAY: i32 = 1;

/// No ceiling.
pub const EXQ_CEILING_NONE: i32 = 0;
/// A ceiling that depends on missing facts.
pub const EXQ_CEILING_UNKNOWN: i32 = 1;
/// A ceiling in amounts, one for each currency.
pub const EXQ_CEILING_AMOUNTS: i32 = 2;

/// JSON with titles, citations, questions and reasons in both languages.
pub const EXQ_WITH_TEXTS: u32 = 1;
/// With the receipt.
pub const EXQ_WITH_RECEIPT: u32 = 2;
/// JSON over many lines.
pub const EXQ_PRETTY: u32 = 4;
