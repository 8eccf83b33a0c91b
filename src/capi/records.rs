//! The structures of the C ABI. Their layout and meaning never change: what comes later comes in new ones.

use core::ffi::{c_char, c_void};

/// A compiled pack, with its names. Immutable: any number of threads may use it at once.
pub struct exq_pack {
    _opaque: [u8; 0],
}

/// What is known of one request. It belongs to one thread at a time.
pub struct exq_case {
    _opaque: [u8; 0],
}

/// The memory for one decision at a time, and the decision. It belongs to one thread at a time.
pub struct exq_decision {
    _opaque: [u8; 0],
}

/// What went wrong in one call. It never changes; free it with `exq_error_free`.
pub struct exq_error {
    _opaque: [u8; 0],
}

/// Text that belongs to somebody else: UTF-8, `len` bytes, NOT closed by a NUL. Print it with `"%.*s"`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_str {
    /// The first byte; never NULL in what this library gives out.
    pub ptr: *const c_char,
    /// How many bytes.
    pub len: usize,
}

/// Bytes that belong to somebody else.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_bytes {
    /// The first byte.
    pub ptr: *const u8,
    /// How many bytes.
    pub len: usize,
}

/// A SHA-256 digest.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_digest {
    /// Its bytes.
    pub bytes: [u8; 32],
}

/// A file of rules, for `exq_pack_compile`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_source {
    /// How messages call it.
    pub name: exq_str,
    /// The rules.
    pub text: exq_str,
}

/// One finding of an error; its texts live as long as the error.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_finding {
    /// The stable code, such as `E0203`; empty if there is none.
    pub code: exq_str,
    /// What is wrong, in one line.
    pub message: exq_str,
    /// The name of the source; empty if there is none.
    pub file: exq_str,
    /// The line, from 1; 0 if there is none.
    pub line: u32,
    /// The column in characters, from 1; 0 if there is none.
    pub column: u32,
}

/// An instant, or why there is none.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_moment {
    /// Microseconds of UTC since 1970-01-01, if `kind` is `EXQ_MOMENT_AT`; else 0.
    pub at: i64,
    /// One of `EXQ_MOMENT_…`.
    pub kind: i32,
    /// 1 if it is the service level that the host gave in `exq_options`, where the law leaves the due open; else 0. It is
    /// no due of the law.
    pub service_level: i32,
}

/// An amount.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_money {
    /// Minor units, such as cents.
    pub minor: i64,
    /// The three letters of the currency, and a NUL.
    pub currency: [u8; 4],
    /// How many decimals the currency has.
    pub decimals: u32,
}

/// A fact, an event, a set or a calendar.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_named {
    /// `EXQ_KIND_FACT`, `EXQ_KIND_EVENT`, `EXQ_KIND_SET` or `EXQ_KIND_CALENDAR`.
    pub kind: i32,
    /// Its id.
    pub id: u32,
}

/// A source pack.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_instrument {
    /// One of `EXQ_PACK_…`.
    pub status: i32,
    /// 1 if it was adopted when the pack was built.
    pub adopted: i32,
    /// In force from this day, in days since 1970-01-01; `INT32_MIN` if it always was.
    pub from: i32,
    /// In force until before this day; `INT32_MAX` if there is no end.
    pub until: i32,
}

/// A fact of the vocabulary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_fact {
    /// `EXQ_TYPE_BOOL` to `EXQ_TYPE_INSTANT`.
    pub r#type: i32,
    /// The enumeration of its members; `EXQ_NONE` if it has none.
    pub enumeration: u32,
    /// The least value of an integer.
    pub least: i64,
    /// The greatest value of an integer.
    pub most: i64,
    /// 1 if a value is presumed while none is given.
    pub presumed: i32,
    /// 0.
    pub reserved: i32,
}

/// A norm of the vocabulary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_norm {
    /// Who: `provider`.
    pub bearer: exq_str,
    /// Does what: `disclose`.
    pub action: exq_str,
    /// To what: `user`.
    pub object: exq_str,
    /// The name without the member.
    pub family: exq_str,
    /// The member; empty if the norm is not one of a family.
    pub member: exq_str,
    /// Its source pack.
    pub pack: u32,
    /// The event that performs it, or `EXQ_NONE`.
    pub done_at: u32,
    /// The event that violates it, or `EXQ_NONE`.
    pub broken_at: u32,
    /// The outcome while no rule speaks: one of `EXQ_OUTCOME_…`.
    pub by_default: i32,
    /// 1 if it is protected: granted only where its guard is true.
    pub is_protected: i32,
    /// 0.
    pub reserved: i32,
}

/// A dated version of a rule.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_rule_version {
    /// Its rule.
    pub rule: u32,
    /// Its source pack.
    pub pack: u32,
    /// In force from this day, in days since 1970-01-01; `INT32_MIN` if it always was.
    pub from: i32,
    /// In force until before this day; `INT32_MAX` if there is no end.
    pub until: i32,
    /// How many citations it has.
    pub citations: u32,
    /// How many texts say what it does not model.
    pub untranslated: u32,
}

/// A citation.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_citation {
    /// The provision, in English.
    pub article_en: exq_str,
    /// The provision, in French.
    pub article_fr: exq_str,
    /// How it was checked: one of `EXQ_CHECKED_…`.
    pub checked: i32,
    /// 0.
    pub reserved: i32,
}

/// What is said of a fact or an event.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_value {
    /// One of `EXQ_TYPE_…`, which says what the other fields mean.
    pub r#type: i32,
    /// The three letters of a currency, and a NUL.
    pub currency: [u8; 4],
    /// A boolean, member, integer, instant, or minor units.
    pub number: i64,
    /// A set: member `m` is in it if bit `m % 64` of `members[m / 64]` is 1.
    pub members: [u64; 4],
}

/// What a column of `exq_rows` says.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_column {
    /// `EXQ_KIND_FACT` or `EXQ_KIND_EVENT`.
    pub kind: i32,
    /// The fact or event.
    pub id: u32,
}

/// Many cases, row by row.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_rows {
    /// What each column says.
    pub columns: *const exq_column,
    /// How many columns.
    pub column_count: usize,
    /// `row_count * column_count` values, row after row.
    pub values: *const exq_value,
    /// How many rows.
    pub row_count: usize,
    /// The instant of each row; NULL if all have that of the options.
    pub now: *const i64,
}

/// When and as what a case is judged. Set all of it to zero first, then what you need.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_options {
    /// The instant, in microseconds of UTC.
    pub now: i64,
    /// The law date of all packs, in days since 1970-01-01, if `has_law_date` is 1.
    pub law_date: i32,
    /// 1 if there is a law date; 0 if each pack finds its own.
    pub has_law_date: i32,
    /// Source packs that are adopted for this decision.
    pub adopt: *const u32,
    /// How many.
    pub adopt_count: usize,
    /// The service level of the host for what is due without undue delay: so many microseconds of elapsed time from its
    /// anchor; 0 for none. A host that was built before this field has none.
    pub undue_delay: i64,
    /// The same for what is due expeditiously.
    pub expeditiously: i64,
}

/// The answer on one norm in one part of the territory; or, beside, what a pack that does not decide would say there.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_answer {
    /// The norm.
    pub norm: u32,
    /// The source pack that does not decide; `EXQ_NONE` for the decision itself.
    pub beside: u32,
    /// The outcome, after protection: one of `EXQ_OUTCOME_…`.
    pub outcome: i32,
    /// The outcome before protection.
    pub unprotected: i32,
    /// The provisional outcome where that is undetermined; else `EXQ_OUTCOME_ABSENT`.
    pub provisional: i32,
    /// Whether rules contradict each other: one of `EXQ_TRUTH_…`.
    pub conflict: i32,
    /// The truth of the guard; `EXQ_TRUTH_NONE` if the norm is not protected.
    pub guard: i32,
    /// The effect on which people act first, among those of this answer; or `EXQ_NONE`.
    pub operational: u32,
    /// How many effects it has.
    pub effects: u32,
    /// 1 if it holds everywhere.
    pub everywhere: i32,
    /// Where: member `m` of the territory if bit `m % 64` of `places[m / 64]` is 1.
    pub places: [u64; 4],
}

/// An effect in one answer.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_effect {
    /// The rule that has it.
    pub rule: u32,
    /// The version of that rule.
    pub version: u32,
    /// One of `EXQ_EFFECT_…`.
    pub value: i32,
    /// One of `EXQ_STATE_…`.
    pub state: i32,
    /// One of `EXQ_STATUS_…`.
    pub status: i32,
    /// 0 if its existence is unknown, or what might defeat it stands unknown.
    pub certain: i32,
    /// The version that defeats it, or `EXQ_NONE`.
    pub by: u32,
    /// 1 if another effect would defeat it, but its own time is not now.
    pub overtaken: i32,
    /// Why it is withheld: one of `EXQ_WHY_…`.
    pub why: i32,
    /// 1 if at its due it is already late.
    pub exclusive: i32,
    /// One of `EXQ_CEILING_…`.
    pub ceiling: i32,
    /// How many amounts the ceiling has.
    pub amounts: u32,
    /// 1 if the ceiling is for each day.
    pub per_day: i32,
    /// How many rival readings it has.
    pub alternatives: u32,
    /// Not before.
    pub not_before: exq_moment,
    /// Its due.
    pub due: exq_moment,
    /// The earliest due that is known, where the due is unknown.
    pub provisional_due: exq_moment,
    /// When it begins to hold.
    pub start: exq_moment,
    /// When it ceases to hold.
    pub end: exq_moment,
}

/// A duty: an effect `must` of what decides, which stands, is undetermined or is withheld.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_duty {
    /// The answer in which it stands.
    pub answer: u32,
    /// Its index there.
    pub effect: u32,
    /// Its norm.
    pub norm: u32,
    /// Its rule.
    pub rule: u32,
    /// The version of its rule.
    pub version: u32,
    /// The outcome of the norm there, after protection.
    pub outcome: i32,
    /// One of `EXQ_STATE_…`. A withheld duty must not be performed.
    pub state: i32,
    /// One of `EXQ_STATUS_…`.
    pub status: i32,
    /// 0 if it is not certain that it stands.
    pub certain: i32,
    /// 1 if at its due it is already late.
    pub exclusive: i32,
    /// Its due; where that is unknown, the earliest that is known stands in `provisional_due`.
    pub due: exq_moment,
    /// The earliest due that is known, where the due is unknown.
    pub provisional_due: exq_moment,
    /// Not before.
    pub not_before: exq_moment,
    /// 1 if it holds everywhere.
    pub everywhere: i32,
    /// 0.
    pub reserved: i32,
    /// Where, as in `exq_answer`.
    pub places: [u64; 4],
}

/// A rival reading of an effect; its texts live as long as the pack.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_alternative {
    /// The due under this reading.
    pub due: exq_moment,
    /// 1 if at this due it is already late.
    pub exclusive: i32,
    /// 0.
    pub reserved: i32,
    /// Why one could read it so, in English.
    pub because_en: exq_str,
    /// Why one could read it so, in French.
    pub because_fr: exq_str,
}

/// How a due was counted; its texts live as long as the pack.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_derivation {
    /// One of `EXQ_REGIME_…`; `EXQ_REGIME_NONE` if nothing was counted, and then nothing below says anything.
    pub regime: i32,
    /// How many steps it has.
    pub steps: u32,
    /// The calendar (`EXQ_KIND_CALENDAR`) by which days were skipped; `EXQ_NONE` where none is needed.
    pub calendar: u32,
    /// 0.
    pub reserved: i32,
    /// The time zone whose clock tells the days: `Europe/Paris`.
    pub zone: exq_str,
}

/// A step of a count; its texts live as long as the pack.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_step {
    /// One of `EXQ_STEP_…`.
    pub kind: i32,
    /// 1 if it speaks of a day.
    pub has_day: i32,
    /// The day, by the clock of the zone, in days since 1970-01-01; 0 if it speaks of none.
    pub day: i32,
    /// Why the day is skipped: one of `EXQ_SKIPPED_…`.
    pub skipped: i32,
    /// The instant that it speaks of; `EXQ_MOMENT_NOTHING` if it speaks of none.
    pub at: exq_moment,
    /// The paragraph that says so: `1182/71 art. 3(4)`; empty where the rule itself says it.
    pub paragraph: exq_str,
    /// The name of the holiday in English; empty if the day is none.
    pub holiday_en: exq_str,
    /// The name of the holiday in French.
    pub holiday_fr: exq_str,
    /// 1 if the wording of the paragraph was recalled, and not read in a source.
    pub recalled: i32,
    /// 0.
    pub reserved: i32,
}

/// Something that is missing.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_missing {
    /// `EXQ_KIND_FACT`, `EXQ_KIND_EVENT`, `EXQ_KIND_SET` or `EXQ_KIND_CALENDAR`.
    pub kind: i32,
    /// Its id.
    pub id: u32,
    /// How many effects need it.
    pub count: u32,
}

/// A rule that applies, or may.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_rule_state {
    /// The rule.
    pub rule: u32,
    /// Its version.
    pub version: u32,
    /// `EXQ_TRUTH_TRUE` if it applies, `EXQ_TRUTH_UNKNOWN` if that depends on missing facts.
    pub truth: i32,
    /// 1 if it says that it does not model all of its law: a human is needed.
    pub needs_human: i32,
}

/// What a decision was made from.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_receipt {
    /// The digest of the pack.
    pub pack: exq_digest,
    /// The digest of the case.
    pub facts: exq_digest,
    /// The digest of all that the decision was made from: its id.
    pub decision: exq_digest,
    /// The instant of the evaluation.
    pub now: i64,
}

/// A norm in short, over all of the territory.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct exq_brief {
    /// The outcome, or `EXQ_OUTCOME_VARIES`.
    pub outcome: i32,
    /// The status of the effect on which people act first; `EXQ_STATUS_NOTHING` if there is none.
    pub status: i32,
    /// 1 if it is permitted or due everywhere.
    pub allowed: i32,
    /// 1 if the decision needs a human.
    pub needs_human: i32,
    /// The due of the effect on which people act first.
    pub due: exq_moment,
}

/// Takes a row that was decided; 0 to go on, anything else to stop. It must return: no `longjmp`, no exception.
pub type exq_each = Option<
    unsafe extern "C" fn(user: *mut c_void, row: usize, decision: *const exq_decision) -> i32,
>;
