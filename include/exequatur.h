// Exequatur: an embedded, offline engine for the rules of takedown and anonymity-lifting. C99 and C++11, no POSIX.
//
// Rules are compiled into a pack. A pack is asked about cases: what is known of one request. The answer is a decision:
// who must, may or must not do what, where, by when, on what legal basis, what is unknown, and when to ask again.
//
//     exq_pack_load ──▶ exq_pack ──┬── exq_case_new ──▶ exq_case ──── exq_case_set_… / exq_case_set_json ──┐
//                                  └── exq_decision_new ──▶ exq_decision ◀── exq_decide(case, now) ─────────┘
//                                                               └──▶ exq_decision_duties, …_allows, …_json, …
//
//     exq_pack *pack = NULL; exq_case *a_case = NULL; exq_decision *decision = NULL; exq_error *error = NULL;
//     int32_t allowed = 0;
//     if (exq_pack_load_file("rules.exqp", 10, &pack, &error) == EXQ_OK
//         && exq_case_new(pack, &a_case, &error) == EXQ_OK
//         && exq_decision_new(pack, &decision, &error) == EXQ_OK
//         && exq_case_set_json(a_case, json, strlen(json), &error) == EXQ_OK
//         && exq_decide(decision, a_case, now, &error) == EXQ_OK) {
//         exq_decision_allows(decision, norm, EXQ_NONE, &allowed, NULL);
//     } else {
//         fprintf(stderr, "%s (at %s)\n", exq_error_message(error), exq_error_place(error));
//     }
//     exq_error_free(error); exq_decision_free(decision); exq_case_free(a_case); exq_pack_free(pack);
//
// SAFETY FIRST. Anonymity is never lifted by accident: whatever fails, whatever is unknown, `exq_decision_allows` gives 0.
// A decision in which an attempt to decide has failed holds no answer, not the one before.
//
// OWNERSHIP. What `…_load`, `…_compile` and `…_new` give belongs to the host, which frees it once with the `…_free` of its
// kind; never with `free()`. Freeing NULL does nothing. A pack may be freed before the cases and decisions made for it:
// they share what they need. What is lent out (`exq_str`, `exq_bytes`, `const char *`) lives as long as the handle that lent
// it. A decision keeps a copy of its case: the case may be changed or freed after `exq_decide`.
//
// ERRORS. A function that can fail returns an `exq_status`, 0 if it is done. Its last argument is where an error object goes,
// or NULL if none is wanted. It is set to NULL first, and to an object only if the call fails; so free one before the
// next call overwrites it. `EXQ_E_MEMORY` and `EXQ_E_PANIC` come without an object. What a failed call was to write stays as
// it was, unless its description says otherwise. No function ends the process, prints, or reads a clock.
//
// TEXT is UTF-8. What goes in is a pointer and a length in bytes, without a closing NUL; NULL is fine if the length is 0.
// What goes into a buffer of the host is closed by a NUL, and `*needed` is the bytes with it. A buffer of NULL with a
// capacity of 0 asks for the size alone, and is no error; one that is too short is `EXQ_E_BUFFER`, with `*needed` set and
// nothing else written. Arrays of the host work the same way, with `*count` in elements.
//
// IDS of facts, events, norms, rules and so on are 0 to their count less one, for one pack: look them up by name when it is
// loaded (`exq_pack_find`), or let `exq bind` write them as constants, with the hash that a pack must have for them.
// `EXQ_NONE` is no id. A norm of a family has a name such as `disclose of subscriber`.
//
// DUES say how they were counted: `exq_decision_derivation` by which regime, clock and calendar, `exq_decision_steps` step by
// step, each with the paragraph that says so. Where the law leaves a due open, the host may give its own service level
// (`exq_options`); such a due is marked (`exq_moment.service_level`), and is none of the law.
//
// MANY CASES. `exq_batch` takes cases as JSON, one on each line, as columns of numbers, or one by one, decides all of them in
// one call, and writes the answers as arrays of plain records. A case that is refused is told by its number, has no answer,
// and stops no other. `exq_decide_rows` is for hosts that have their cases as rows of values and want each whole decision.
//
// SIGNED PACKS. `exq_pack_load_signed` takes a pack only with a signature by a key that the host trusts: made by `exq sign`,
// for the line of packs that the host names, with no lesser serial than the host has seen, and before it expires. The
// library remembers nothing: the host keeps the serial. How to run such a distribution is in `docs/SIGNATURES.md`.
//
// TIME. Instants are microseconds of UTC since 1970-01-01T00:00Z, in the years 1970 to 2099. Days are days since 1970-01-01.
//
// THREADS. A pack never changes: any number of threads may use it at once. A case, a decision and a batch belong to one
// thread at a time; a second call on one that is in use returns `EXQ_E_BUSY`. Handing one to another thread is fine. There
// is no global and no thread-local state. After `fork`, the child may go on with what it has.
//
// ALLOCATION. Loading, `…_new`, errors, JSON and sentences use the heap. Setting values, deciding and reading a decision by
// its accessors do not. JSON for a case that was read from JSON before does not either, unless it writes escapes. A batch
// keeps its memory: deciding it uses the heap only where the answers need more room than any before.
//
// LIMITS. A pack has at most 64 MiB, a case in JSON 1 MiB, a source 4 MiB, a name or a path 4096 bytes,
// a batch 16777216 cases, and text for it 1 GiB a call. More is `EXQ_E_LENGTH`. A pointer that is neither NULL nor what this
// contract asks for is undefined, as everywhere in C.
//
// SMALL. There are two libraries. The small one evaluates: it has no heap, no standard library and no way to panic, and all
// of its memory is the host's (`exq_pack_load_in`, `exq_case_new_in`, `exq_decision_new_in`, which both libraries have, so
// that such a host runs with either). It gives no error objects. It does not have `exq_pack_load`, `…_load_file`,
// `…_load_signed`, `…_compile`, `…_bytes`, `…_name`, `…_text`, `…_instrument`, `…_rule_version`, `…_citation`,
// `…_untranslated`, `…_member_label`, `…_case_schema`, `exq_key_from_pem`, `exq_case_new`, `exq_case_set_json`,
// `exq_decision_new`, `exq_decide_rows`, `…_rows_into`, `exq_decision_derivation`, `…_steps`, `…_json`, `…_text`, `…_form`,
// `exq_error_finding`, `…_finding_count`, `exq_instant_…` and `exq_day_…`: a program that calls one of them does not link.
//
// STABILITY. Functions and structures keep their meaning and their layout; what is new comes as new functions, structures
// and numbers. A number may come that a host does not know: treat an unknown outcome as prohibited, an unknown status
// as undetermined. `EXQ_ABI_VERSION` changes only if this has to be broken. `exq_options` may grow: its size is handed over.
// What is reserved may get a meaning, and stays 0 for hosts that do not ask for it.


#ifndef EXEQUATUR_H
#define EXEQUATUR_H

#include <stddef.h>
#include <stdint.h>


// The version of this ABI. Compare it with `exq_abi_version()` before anything else.
#define EXQ_ABI_VERSION 1

// Done.
#define EXQ_OK 0

// A required pointer is NULL; the place of the error is the name of the argument.
#define EXQ_E_NULL 1

// Not a handle of this kind, or one that was freed. Freed ones are recognised by chance only.
#define EXQ_E_HANDLE 2

// The case or the decision is in use by another call: each belongs to one thread at a time.
#define EXQ_E_BUSY 3

// An argument has a value that means nothing.
#define EXQ_E_ARGUMENT 4

// There is nothing with this id or index.
#define EXQ_E_ID 5

// There is nothing with this name; the message has the nearest one.
#define EXQ_E_NAME 6

// A text is not UTF-8.
#define EXQ_E_UTF8 7

// A value has another type than the fact.
#define EXQ_E_TYPE 8

// A value is out of range.
#define EXQ_E_VALUE 9

// A case in JSON is refused; the place is a JSON pointer.
#define EXQ_E_JSON 10

// The bytes are no pack, or a damaged one.
#define EXQ_E_PACK 11

// The rules have errors; each is a finding of the error.
#define EXQ_E_SOURCE 12

// A file cannot be read.
#define EXQ_E_FILE 13

// A case and a decision were made for different packs.
#define EXQ_E_OTHER_PACK 14

// The decision holds no answer: nothing was decided with it, or the last attempt failed.
#define EXQ_E_NOT_DECIDED 15

// The buffer is too short; how much is needed was set.
#define EXQ_E_BUFFER 16

// An input is longer than its limit.
#define EXQ_E_LENGTH 17

// The pack has another vocabulary than the host was built for.
#define EXQ_E_SCHEMA 18

// This library was built without what is asked for.
#define EXQ_E_UNSUPPORTED 19

// There is not enough memory. There is no error object then.
#define EXQ_E_MEMORY 20

// A defect of this library. There is no error object then; the handles of the call can only be freed.
#define EXQ_E_PANIC 21

// The bytes are no signature of a pack.
#define EXQ_E_SIGNATURE 22

// The signature was made by another key than the trusted one.
#define EXQ_E_KEY 23

// The signature does not hold: it was altered, or made without the trusted key.
#define EXQ_E_FORGED 24

// The signature is of another line of packs, or of another pack.
#define EXQ_E_SWAPPED 25

// The pack is older than one that the host has accepted.
#define EXQ_E_ROLLED_BACK 26

// The signature has expired.
#define EXQ_E_EXPIRED 27

// No id.
#define EXQ_NONE UINT32_MAX

// `exq_features()`: `exq_pack_compile` works.
#define EXQ_FEATURE_COMPILER 1

// `exq_features()`: `exq_pack_load_signed` works.
#define EXQ_FEATURE_SIGN 2

// A signature that never expires.
#define EXQ_NEVER INT64_MAX

// English.
#define EXQ_LANG_EN 0

// French.
#define EXQ_LANG_FR 1

// Source packs that are linked into a pack: `eu.tco`.
#define EXQ_KIND_PACK 0

// Enumerations: `Authority`.
#define EXQ_KIND_ENUM 1

// Named sets of members: `EU`.
#define EXQ_KIND_SET 2

// Facts: `order.issuer`.
#define EXQ_KIND_FACT 3

// Events: `order.received`.
#define EXQ_KIND_EVENT 4

// Norms; those of a family by member: `takedown`, `disclose of subscriber`.
#define EXQ_KIND_NORM 5

// Rules, whatever their versions: `eu.tco/removal`.
#define EXQ_KIND_RULE 6

// Dated versions of rules; the name is that of the rule, and does not find a version.
#define EXQ_KIND_VERSION 7

// Calendars: `fr`. Those of two packs may have one name.
#define EXQ_KIND_CALENDAR 8

// The title of a pack, a norm or a version.
#define EXQ_TEXT_TITLE 0

// The instrument from which a pack was written.
#define EXQ_TEXT_SOURCE 1

// The question that asks for a fact or an event.
#define EXQ_TEXT_QUESTION 2

// The reason that a version gives to users.
#define EXQ_TEXT_REASON 3

// The label of the member of a norm of a family.
#define EXQ_TEXT_LABEL 4

// Of a value: nothing is said. An event of which nothing is said is taken as not happened.
#define EXQ_TYPE_ABSENT 0

// True or false: `number` is 0 or 1.
#define EXQ_TYPE_BOOL 1

// A member of an enumeration: `number` is the member.
#define EXQ_TYPE_MEMBER 2

// A set of members: `members` are bits.
#define EXQ_TYPE_SET 3

// A whole number: `number`.
#define EXQ_TYPE_INT 4

// An amount: `number` in minor units, and `currency`.
#define EXQ_TYPE_MONEY 5

// An instant, or when an event happens: `number` in microseconds of UTC.
#define EXQ_TYPE_INSTANT 6

// Of a value: it is said to be unknown.
#define EXQ_TYPE_UNKNOWN 7

// Of an event: it is said not to have happened.
#define EXQ_TYPE_NOT_HAPPENED 8

// In a column of a batch: nothing is said.
#define EXQ_SAID_NOTHING 0

// In a column of a batch: the value stands.
#define EXQ_SAID_VALUE 1

// In a column of a batch: it is said to be unknown.
#define EXQ_SAID_UNKNOWN 2

// In a column of a batch: an event is said not to have happened.
#define EXQ_SAID_NOT_HAPPENED 3

// No rule speaks, and there is no default.
#define EXQ_OUTCOME_NONE 0

// Permitted.
#define EXQ_OUTCOME_MAY 1

// Due.
#define EXQ_OUTCOME_MUST 2

// Prohibited.
#define EXQ_OUTCOME_MUST_NOT 3

// It depends on missing facts.
#define EXQ_OUTCOME_UNDETERMINED 4

// Rules contradict each other, and none defeats the other.
#define EXQ_OUTCOME_CONFLICT 5

// In `exq_brief` only: it is not the same everywhere.
#define EXQ_OUTCOME_VARIES 6

// No provisional outcome.
#define EXQ_OUTCOME_ABSENT -1

// The effect is a duty.
#define EXQ_EFFECT_MUST 0

// The effect is a permission.
#define EXQ_EFFECT_MAY 1

// The effect is a prohibition.
#define EXQ_EFFECT_MUST_NOT 2

// The effect takes another one away.
#define EXQ_EFFECT_LIFTED 3

// The effect stands.
#define EXQ_STATE_STANDING 0

// It depends on missing facts.
#define EXQ_STATE_UNDETERMINED 1

// Another effect defeats it.
#define EXQ_STATE_DEFEATED 2

// Its time has not come.
#define EXQ_STATE_NOT_BEGUN 3

// Its time is over.
#define EXQ_STATE_ENDED 4

// It would grant a protected norm, and is held back.
#define EXQ_STATE_WITHHELD 5

// Nothing is held back.
#define EXQ_WHY_NONE -1

// Held back: the guard is false.
#define EXQ_WHY_GUARD_FALSE 0

// Held back: the guard is unknown.
#define EXQ_WHY_GUARD_UNKNOWN 1

// Held back: the norm is in conflict.
#define EXQ_WHY_CONFLICT 2

// Held back: the norm, the effect or its due is undetermined.
#define EXQ_WHY_UNDETERMINED 3

// Held back: it cannot be acted on yet.
#define EXQ_WHY_WAITING 4

// Held back: it can no longer be acted on.
#define EXQ_WHY_ENDED 5

// Its anchor has not happened, or its not-before has not come.
#define EXQ_STATUS_WAITING 0

// Done before its not-before.
#define EXQ_STATUS_EARLY 1

// Its time runs.
#define EXQ_STATUS_RUNNING 2

// Done in time, or kept to its end.
#define EXQ_STATUS_MET 3

// Done after its due.
#define EXQ_STATUS_MET_LATE 4

// Past its due and not done, or broken.
#define EXQ_STATUS_BREACHED 5

// A right whose time is over.
#define EXQ_STATUS_LAPSED 6

// Due without undue delay, and not done.
#define EXQ_STATUS_OPEN 7

// It depends on missing facts.
#define EXQ_STATUS_UNKNOWN 8

// Nothing to say: the effect is defeated, or lifts another.
#define EXQ_STATUS_NOTHING 9

// The pack is law.
#define EXQ_PACK_LAW 0

// The pack states decisions of courts.
#define EXQ_PACK_CASE_LAW 1

// The pack has the host's own rules.
#define EXQ_PACK_POLICY 2

// The pack was announced only: it decides nothing unless it is adopted.
#define EXQ_PACK_ANNOUNCED 3

// The pack states voluntary promises: it decides nothing unless it is adopted.
#define EXQ_PACK_VOLUNTARY 4

// The pack was law until its end.
#define EXQ_PACK_REPEALED 5

// The pack was law until its end.
#define EXQ_PACK_LAPSED 6

// The pack was struck down: it never decides.
#define EXQ_PACK_ANNULLED 7

// The pack has no rules: shared vocabulary.
#define EXQ_PACK_VOCABULARY 8

// The provision was read in a public source.
#define EXQ_CHECKED_VERIFIED 0

// A secondary source that states it was read.
#define EXQ_CHECKED_SECONDARY 1

// From memory: a person must check it.
#define EXQ_CHECKED_RECALLED 2

// False.
#define EXQ_TRUTH_FALSE 0

// True.
#define EXQ_TRUTH_TRUE 1

// It depends on missing facts.
#define EXQ_TRUTH_UNKNOWN 2

// There is nothing to be true: the norm is not protected.
#define EXQ_TRUTH_NONE -1

// No instant.
#define EXQ_MOMENT_NOTHING 0

// The instant `at`.
#define EXQ_MOMENT_AT 1

// The event from which it runs has not happened.
#define EXQ_MOMENT_WAITING 2

// Without undue delay.
#define EXQ_MOMENT_OPEN 3

// It depends on missing facts, or lies out of range.
#define EXQ_MOMENT_UNKNOWN 4

// Nothing was counted.
#define EXQ_REGIME_NONE -1

// Elapsed time: minutes and hours exact, longer periods to the same local time.
#define EXQ_REGIME_ELAPSED 0

// Regulation (EEC, Euratom) No 1182/71, article 3.
#define EXQ_REGIME_EU_1182_71 1

// French code of civil procedure, articles 640 to 642.
#define EXQ_REGIME_FR_CPC 2

// United States Federal Rules of Civil Procedure, rule 6(a).
#define EXQ_REGIME_US_FRCP_6 3

// The event, and its local day.
#define EXQ_STEP_EVENT 0

// The hour of the event is not counted: hours run from `at`.
#define EXQ_STEP_HOUR_NOT_COUNTED 1

// Hours run at once, from `at`.
#define EXQ_STEP_HOURS_FROM 2

// The day of the event is not counted.
#define EXQ_STEP_DAY_NOT_COUNTED 3

// The first day that is counted; in a period that runs backward, the one before the event.
#define EXQ_STEP_FIRST_DAY 4

// A day that is not counted, or on which a period cannot end; `skipped` says why.
#define EXQ_STEP_SKIPPED 5

// The day with the same number, so many months or years away.
#define EXQ_STEP_SAME_NUMBER 6

// The last day of that month, which has no such number.
#define EXQ_STEP_LAST_OF_MONTH 7

// The last day by count.
#define EXQ_STEP_LAST_DAY 8

// The last day stays as it is, whatever day it is.
#define EXQ_STEP_NOT_ROLLED_OVER 9

// The last day is moved to a working day.
#define EXQ_STEP_ROLLED_OVER 10

// The period is made longer until it has two working days.
#define EXQ_STEP_TWO_WORKING_DAYS 11

// The hours end on a day of rest: the same time on a working day.
#define EXQ_STEP_SAME_TIME 12

// The end of the period.
#define EXQ_STEP_END 13

// No day is skipped by this step.
#define EXQ_SKIPPED_NONE -1

// The day is one of the weekend, holiday or not.
#define EXQ_SKIPPED_WEEKEND 0

// The day is a holiday of the calendar.
#define EXQ_SKIPPED_HOLIDAY 1

// No ceiling.
#define EXQ_CEILING_NONE 0

// A ceiling that depends on missing facts.
#define EXQ_CEILING_UNKNOWN 1

// A ceiling in amounts, one for each currency.
#define EXQ_CEILING_AMOUNTS 2

// JSON with titles, citations, questions and reasons in both languages.
#define EXQ_WITH_TEXTS 1

// With the receipt.
#define EXQ_WITH_RECEIPT 2

// JSON over many lines.
#define EXQ_PRETTY 4

// Many cases of one pack, and the answers to all of them. It belongs to one thread at a time.
typedef struct exq_batch exq_batch;

// What is known of one request. It belongs to one thread at a time.
typedef struct exq_case exq_case;

// The memory for one decision at a time, and the decision. It belongs to one thread at a time.
typedef struct exq_decision exq_decision;

// What went wrong in one call. It never changes; free it with `exq_error_free`.
typedef struct exq_error exq_error;

// A compiled pack, with its names. Immutable: any number of threads may use it at once.
typedef struct exq_pack exq_pack;

// What a function returns: `EXQ_OK` or one of `EXQ_E_…`. A later version may return numbers that are not listed here.
typedef int32_t exq_status;

// Text that belongs to somebody else: UTF-8, `len` bytes, NOT closed by a NUL. Print it with `"%.*s"`.
typedef struct exq_str {
  // The first byte; never NULL in what this library gives out.
  const char *ptr;
  // How many bytes.
  size_t len;
} exq_str;

// One finding of an error; its texts live as long as the error.
typedef struct exq_finding {
  // The stable code, such as `E0203`; empty if there is none.
  struct exq_str code;
  // What is wrong, in one line.
  struct exq_str message;
  // The name of the source; empty if there is none.
  struct exq_str file;
  // The line, from 1; 0 if there is none.
  uint32_t line;
  // The column in characters, from 1; 0 if there is none.
  uint32_t column;
} exq_finding;

// A file of rules, for `exq_pack_compile`.
typedef struct exq_source {
  // How messages call it.
  struct exq_str name;
  // The rules.
  struct exq_str text;
} exq_source;

// Bytes that belong to somebody else.
typedef struct exq_bytes {
  // The first byte.
  const uint8_t *ptr;
  // How many bytes.
  size_t len;
} exq_bytes;

// An Ed25519 public key.
typedef struct exq_key {
  // Its bytes, as RFC 8032 writes them.
  uint8_t bytes[32];
} exq_key;

// What a host trusts, for `exq_pack_load_signed`.
typedef struct exq_trust {
  // The maker's key.
  struct exq_key key;
  // The line of packs that is wanted, by the name with which the maker signs it: a pack that was signed by the same key
  // for another purpose is not taken for it.
  struct exq_str name;
  // The least serial that is taken. The library remembers nothing: keep the greatest serial that you have accepted
  // where it outlives the process, and give it here. With 0, everybody can give you an old pack.
  uint64_t serial_at_least;
  // When it is asked, in microseconds of UTC.
  int64_t now;
} exq_trust;

// What the signature of a pack says, once it is accepted.
typedef struct exq_signed {
  // The serial: keep it, and give it as `serial_at_least` from now on.
  uint64_t serial;
  // The signature holds until before this instant, in microseconds of UTC; `EXQ_NEVER` if it never expires. A pack that
  // is loaded stays loaded: whether to go on with it then is for the host.
  int64_t expires;
} exq_signed;

// A SHA-256 digest.
typedef struct exq_digest {
  // Its bytes.
  uint8_t bytes[32];
} exq_digest;

// A source pack.
typedef struct exq_instrument {
  // One of `EXQ_PACK_…`.
  int32_t status;
  // 1 if it was adopted when the pack was built.
  int32_t adopted;
  // In force from this day, in days since 1970-01-01; `INT32_MIN` if it always was.
  int32_t from;
  // In force until before this day; `INT32_MAX` if there is no end.
  int32_t until;
} exq_instrument;

// A fact of the vocabulary.
typedef struct exq_fact {
  // `EXQ_TYPE_BOOL` to `EXQ_TYPE_INSTANT`.
  int32_t type;
  // The enumeration of its members; `EXQ_NONE` if it has none.
  uint32_t enumeration;
  // The least value of an integer.
  int64_t least;
  // The greatest value of an integer.
  int64_t most;
  // 1 if a value is presumed while none is given.
  int32_t presumed;
  // 0.
  int32_t reserved;
} exq_fact;

// A norm of the vocabulary.
typedef struct exq_norm {
  // Who: `provider`.
  struct exq_str bearer;
  // Does what: `disclose`.
  struct exq_str action;
  // To what: `user`.
  struct exq_str object;
  // The name without the member.
  struct exq_str family;
  // The member; empty if the norm is not one of a family.
  struct exq_str member;
  // Its source pack.
  uint32_t pack;
  // The event that performs it, or `EXQ_NONE`.
  uint32_t done_at;
  // The event that violates it, or `EXQ_NONE`.
  uint32_t broken_at;
  // The outcome while no rule speaks: one of `EXQ_OUTCOME_…`.
  int32_t by_default;
  // 1 if it is protected: granted only where its guard is true.
  int32_t is_protected;
  // 0.
  int32_t reserved;
} exq_norm;

// A dated version of a rule.
typedef struct exq_rule_version {
  // Its rule.
  uint32_t rule;
  // Its source pack.
  uint32_t pack;
  // In force from this day, in days since 1970-01-01; `INT32_MIN` if it always was.
  int32_t from;
  // In force until before this day; `INT32_MAX` if there is no end.
  int32_t until;
  // How many citations it has.
  uint32_t citations;
  // How many texts say what it does not model.
  uint32_t untranslated;
} exq_rule_version;

// A citation.
typedef struct exq_citation {
  // The provision, in English.
  struct exq_str article_en;
  // The provision, in French.
  struct exq_str article_fr;
  // How it was checked: one of `EXQ_CHECKED_…`.
  int32_t checked;
  // 0.
  int32_t reserved;
} exq_citation;

// What is said of a fact or an event.
typedef struct exq_value {
  // One of `EXQ_TYPE_…`, which says what the other fields mean.
  int32_t type;
  // The three letters of a currency, and a NUL.
  uint8_t currency[4];
  // A boolean, member, integer, instant, or minor units.
  int64_t number;
  // A set: member `m` is in it if bit `m % 64` of `members[m / 64]` is 1.
  uint64_t members[4];
} exq_value;

// When and as what a case is judged. Set all of it to zero first, then what you need.
typedef struct exq_options {
  // The instant, in microseconds of UTC.
  int64_t now;
  // The law date of all packs, in days since 1970-01-01, if `has_law_date` is 1.
  int32_t law_date;
  // 1 if there is a law date; 0 if each pack finds its own.
  int32_t has_law_date;
  // Source packs that are adopted for this decision.
  const uint32_t *adopt;
  // How many.
  size_t adopt_count;
  // The service level of the host for what is due without undue delay: so many microseconds of elapsed time from its
  // anchor; 0 for none. A host that was built before this field has none.
  int64_t undue_delay;
  // The same for what is due expeditiously.
  int64_t expeditiously;
} exq_options;

// What a column of `exq_rows` says.
typedef struct exq_column {
  // `EXQ_KIND_FACT` or `EXQ_KIND_EVENT`.
  int32_t kind;
  // The fact or event.
  uint32_t id;
} exq_column;

// Many cases, row by row.
typedef struct exq_rows {
  // What each column says.
  const struct exq_column *columns;
  // How many columns.
  size_t column_count;
  // `row_count * column_count` values, row after row.
  const struct exq_value *values;
  // How many rows.
  size_t row_count;
  // The instant of each row; NULL if all have that of the options.
  const int64_t *now;
} exq_rows;

// Takes a row that was decided; 0 to go on, anything else to stop. It must return: no `longjmp`, no exception.
typedef int32_t (*exq_each)(void *user, size_t row, const struct exq_decision *decision);

// An instant, or why there is none.
typedef struct exq_moment {
  // Microseconds of UTC since 1970-01-01, if `kind` is `EXQ_MOMENT_AT`; else 0.
  int64_t at;
  // One of `EXQ_MOMENT_…`.
  int32_t kind;
  // 1 if it is the service level that the host gave in `exq_options`, where the law leaves the due open; else 0. It is
  // no due of the law.
  int32_t service_level;
} exq_moment;

// A norm in short, over all of the territory.
typedef struct exq_brief {
  // The outcome, or `EXQ_OUTCOME_VARIES`.
  int32_t outcome;
  // The status of the effect on which people act first; `EXQ_STATUS_NOTHING` if there is none.
  int32_t status;
  // 1 if it is permitted or due everywhere.
  int32_t allowed;
  // 1 if the decision needs a human.
  int32_t needs_human;
  // The due of the effect on which people act first.
  struct exq_moment due;
} exq_brief;

// What many cases say of one fact or event, one after the other.
typedef struct exq_batch_column {
  // `EXQ_KIND_FACT` or `EXQ_KIND_EVENT`.
  int32_t kind;
  // The fact or event.
  uint32_t id;
  // A value for each case: a boolean as 0 or 1, a member, a whole number, an instant, minor units. NULL for a set.
  const int64_t *numbers;
  // Of a fact that is a set, four words for each case, as in `exq_value`; else NULL.
  const uint64_t *members;
  // For each case one of `EXQ_SAID_…`; NULL if all have a value.
  const uint8_t *said;
  // Of money: the three letters of the currency, and a NUL.
  uint8_t currency[4];
  // 0.
  int32_t reserved;
} exq_batch_column;

// What came of one case of a batch.
typedef struct exq_batch_case {
  // `EXQ_OK` if it was decided; else why not, and then it has no rows. `exq_batch_refusal` has the error.
  int32_t status;
  // 1 if the decision needs a human, or there is none.
  int32_t needs_human;
  // The first of its rows.
  uint64_t first_row;
  // How many rows it has.
  uint32_t rows;
  // How many things are missing.
  uint32_t missing;
  // The line of the text it was read from, from 1; 0 if it was not read from text.
  uint32_t line;
  // 0.
  int32_t reserved;
  // When the same facts give another decision.
  struct exq_moment next_change;
} exq_batch_case;

// One effect in one answer to one case; or an answer without effects, and then `effect` is `EXQ_NONE` and whatever an
// effect has says nothing.
typedef struct exq_batch_row {
  // The case, from 0.
  uint32_t a_case;
  // The norm.
  uint32_t norm;
  // The index of the answer in the decision.
  uint32_t answer;
  // The index of the effect in the answer.
  uint32_t effect;
  // The source pack that does not decide; `EXQ_NONE` for the decision itself.
  uint32_t beside;
  // The outcome of the answer, after protection: one of `EXQ_OUTCOME_…`.
  int32_t outcome;
  // The provisional outcome where that is undetermined; else `EXQ_OUTCOME_ABSENT`.
  int32_t provisional;
  // Whether rules contradict each other in the answer: one of `EXQ_TRUTH_…`.
  int32_t conflict;
  // The truth of the guard; `EXQ_TRUTH_NONE` if the norm is not protected.
  int32_t guard;
  // The rule of the effect.
  uint32_t rule;
  // The version of that rule.
  uint32_t version;
  // One of `EXQ_EFFECT_…`; -1 without an effect.
  int32_t value;
  // One of `EXQ_STATE_…`; -1 without an effect. What is withheld must not be performed.
  int32_t state;
  // One of `EXQ_STATUS_…`.
  int32_t status;
  // Why it is withheld: one of `EXQ_WHY_…`.
  int32_t why;
  // 0 if its existence is unknown, or what might defeat it stands unknown.
  int32_t certain;
  // 1 if at its due it is already late.
  int32_t exclusive;
  // 1 if it is the effect of the answer on which people act first.
  int32_t operational;
  // Its due; where that is unknown, the earliest that is known stands in `provisional_due`.
  struct exq_moment due;
  // The earliest due that is known, where the due is unknown.
  struct exq_moment provisional_due;
  // Not before.
  struct exq_moment not_before;
  // 1 if the answer holds everywhere.
  int32_t everywhere;
  // 0.
  int32_t reserved;
  // Where, as in `exq_answer`.
  uint64_t places[4];
} exq_batch_row;

// A duty: an effect `must` of what decides, which stands, is undetermined or is withheld.
typedef struct exq_duty {
  // The answer in which it stands.
  uint32_t answer;
  // Its index there.
  uint32_t effect;
  // Its norm.
  uint32_t norm;
  // Its rule.
  uint32_t rule;
  // The version of its rule.
  uint32_t version;
  // The outcome of the norm there, after protection.
  int32_t outcome;
  // One of `EXQ_STATE_…`. A withheld duty must not be performed.
  int32_t state;
  // One of `EXQ_STATUS_…`.
  int32_t status;
  // 0 if it is not certain that it stands.
  int32_t certain;
  // 1 if at its due it is already late.
  int32_t exclusive;
  // Its due; where that is unknown, the earliest that is known stands in `provisional_due`.
  struct exq_moment due;
  // The earliest due that is known, where the due is unknown.
  struct exq_moment provisional_due;
  // Not before.
  struct exq_moment not_before;
  // 1 if it holds everywhere.
  int32_t everywhere;
  // 0.
  int32_t reserved;
  // Where, as in `exq_answer`.
  uint64_t places[4];
} exq_duty;

// The answer on one norm in one part of the territory; or, beside, what a pack that does not decide would say there.
typedef struct exq_answer {
  // The norm.
  uint32_t norm;
  // The source pack that does not decide; `EXQ_NONE` for the decision itself.
  uint32_t beside;
  // The outcome, after protection: one of `EXQ_OUTCOME_…`.
  int32_t outcome;
  // The outcome before protection.
  int32_t unprotected;
  // The provisional outcome where that is undetermined; else `EXQ_OUTCOME_ABSENT`.
  int32_t provisional;
  // Whether rules contradict each other: one of `EXQ_TRUTH_…`.
  int32_t conflict;
  // The truth of the guard; `EXQ_TRUTH_NONE` if the norm is not protected.
  int32_t guard;
  // The effect on which people act first, among those of this answer; or `EXQ_NONE`.
  uint32_t operational;
  // How many effects it has.
  uint32_t effects;
  // 1 if it holds everywhere.
  int32_t everywhere;
  // Where: member `m` of the territory if bit `m % 64` of `places[m / 64]` is 1.
  uint64_t places[4];
} exq_answer;

// An effect in one answer.
typedef struct exq_effect {
  // The rule that has it.
  uint32_t rule;
  // The version of that rule.
  uint32_t version;
  // One of `EXQ_EFFECT_…`.
  int32_t value;
  // One of `EXQ_STATE_…`.
  int32_t state;
  // One of `EXQ_STATUS_…`.
  int32_t status;
  // 0 if its existence is unknown, or what might defeat it stands unknown.
  int32_t certain;
  // The version that defeats it, or `EXQ_NONE`.
  uint32_t by;
  // 1 if another effect would defeat it, but its own time is not now.
  int32_t overtaken;
  // Why it is withheld: one of `EXQ_WHY_…`.
  int32_t why;
  // 1 if at its due it is already late.
  int32_t exclusive;
  // One of `EXQ_CEILING_…`.
  int32_t ceiling;
  // How many amounts the ceiling has.
  uint32_t amounts;
  // 1 if the ceiling is for each day.
  int32_t per_day;
  // How many rival readings it has.
  uint32_t alternatives;
  // Not before.
  struct exq_moment not_before;
  // Its due.
  struct exq_moment due;
  // The earliest due that is known, where the due is unknown.
  struct exq_moment provisional_due;
  // When it begins to hold.
  struct exq_moment start;
  // When it ceases to hold.
  struct exq_moment end;
} exq_effect;

// An amount.
typedef struct exq_money {
  // Minor units, such as cents.
  int64_t minor;
  // The three letters of the currency, and a NUL.
  uint8_t currency[4];
  // How many decimals the currency has.
  uint32_t decimals;
} exq_money;

// A rival reading of an effect; its texts live as long as the pack.
typedef struct exq_alternative {
  // The due under this reading.
  struct exq_moment due;
  // 1 if at this due it is already late.
  int32_t exclusive;
  // 0.
  int32_t reserved;
  // Why one could read it so, in English.
  struct exq_str because_en;
  // Why one could read it so, in French.
  struct exq_str because_fr;
} exq_alternative;

// A fact, an event, a set or a calendar.
typedef struct exq_named {
  // `EXQ_KIND_FACT`, `EXQ_KIND_EVENT`, `EXQ_KIND_SET` or `EXQ_KIND_CALENDAR`.
  int32_t kind;
  // Its id.
  uint32_t id;
} exq_named;

// Something that is missing.
typedef struct exq_missing {
  // `EXQ_KIND_FACT`, `EXQ_KIND_EVENT`, `EXQ_KIND_SET` or `EXQ_KIND_CALENDAR`.
  int32_t kind;
  // Its id.
  uint32_t id;
  // How many effects need it.
  uint32_t count;
} exq_missing;

// A rule that applies, or may.
typedef struct exq_rule_state {
  // The rule.
  uint32_t rule;
  // Its version.
  uint32_t version;
  // `EXQ_TRUTH_TRUE` if it applies, `EXQ_TRUTH_UNKNOWN` if that depends on missing facts.
  int32_t truth;
  // 1 if it says that it does not model all of its law: a human is needed.
  int32_t needs_human;
} exq_rule_state;

// How a due was counted; its texts live as long as the pack.
typedef struct exq_derivation {
  // One of `EXQ_REGIME_…`; `EXQ_REGIME_NONE` if nothing was counted, and then nothing below says anything.
  int32_t regime;
  // How many steps it has.
  uint32_t steps;
  // The calendar (`EXQ_KIND_CALENDAR`) by which days were skipped; `EXQ_NONE` where none is needed.
  uint32_t calendar;
  // 0.
  int32_t reserved;
  // The time zone whose clock tells the days: `Europe/Paris`.
  struct exq_str zone;
} exq_derivation;

// A step of a count; its texts live as long as the pack.
typedef struct exq_step {
  // One of `EXQ_STEP_…`.
  int32_t kind;
  // 1 if it speaks of a day.
  int32_t has_day;
  // The day, by the clock of the zone, in days since 1970-01-01; 0 if it speaks of none.
  int32_t day;
  // Why the day is skipped: one of `EXQ_SKIPPED_…`.
  int32_t skipped;
  // The instant that it speaks of; `EXQ_MOMENT_NOTHING` if it speaks of none.
  struct exq_moment at;
  // The paragraph that says so: `1182/71 art. 3(4)`; empty where the rule itself says it.
  struct exq_str paragraph;
  // The name of the holiday in English; empty if the day is none.
  struct exq_str holiday_en;
  // The name of the holiday in French.
  struct exq_str holiday_fr;
  // 1 if the wording of the paragraph was recalled, and not read in a source.
  int32_t recalled;
  // 0.
  int32_t reserved;
} exq_step;

// What a decision was made from.
typedef struct exq_receipt {
  // The digest of the pack.
  struct exq_digest pack;
  // The digest of the case.
  struct exq_digest facts;
  // The digest of all that the decision was made from: its id.
  struct exq_digest decision;
  // The instant of the evaluation.
  int64_t now;
} exq_receipt;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the ABI of this library. A host that was built against a header with another `EXQ_ABI_VERSION` must not
// go on.
//
// ```c
// if (exq_abi_version() != EXQ_ABI_VERSION) abort();
// ```
uint32_t exq_abi_version(void);

// The version of the engine, such as `0.1.0`, closed by a NUL. It stands in receipts.
const char *exq_version(void);

// What this library was built with: bits `EXQ_FEATURE_…`.
uint32_t exq_features(void);

// The name of a status, such as `EXQ_E_NULL`, closed by a NUL; `EXQ_E_?` for a number that this library does not know.
const char *exq_status_name(exq_status status);

// The status with which the call failed; `EXQ_OK` for NULL.
exq_status exq_error_code(const struct exq_error *error);

// What is wrong and what was expected: one line, or for rules with errors all of them as text; closed by a NUL. It
// lives as long as the error. Empty for NULL.
const char *exq_error_message(const struct exq_error *error);

// Where it is wrong: the name of an argument, a JSON pointer, a path, a row; closed by a NUL. It lives as long as the
// error. Empty for NULL, and where there is no place.
const char *exq_error_place(const struct exq_error *error);

// How many findings it has: those of rules with errors, else 0.
size_t exq_error_finding_count(const struct exq_error *error);

// A finding, from 0. `EXQ_E_ID` if there is none with this index.
exq_status exq_error_finding(const struct exq_error *error, size_t index, struct exq_finding *out);

// Frees an error. NULL is nothing to free.
void exq_error_free(struct exq_error *error);

// Loads a pack from bytes, which are copied. They are verified whole: a pack that was cut off, altered or made up is
// refused with `EXQ_E_PACK`. At most 64 MiB.
//
// ```c
// exq_pack *pack = NULL;
// exq_error *error = NULL;
// if (exq_pack_load(bytes, len, &pack, &error) != EXQ_OK) {
//     fprintf(stderr, "%s\n", exq_error_message(error));
//     exq_error_free(error);
// }
// ```
exq_status exq_pack_load(const uint8_t *bytes,
                         size_t len,
                         struct exq_pack **out,
                         struct exq_error **error);

// Loads a pack from a file. The path is UTF-8. `EXQ_E_FILE` if it cannot be read, else as `exq_pack_load`.
exq_status exq_pack_load_file(const char *path,
                              size_t path_len,
                              struct exq_pack **out,
                              struct exq_error **error);

// Compiles rules to a pack, all sources together. Time zones are taken from `zones`, a pack that has them (one that
// was built by `exq build`); with NULL, only `UTC` is known. `EXQ_E_SOURCE` if the rules have errors: the message has
// them all as text, and each is a finding with its code, file, line and column. `EXQ_E_UNSUPPORTED` if this library was
// built without the compiler.
exq_status exq_pack_compile(const struct exq_source *sources,
                            size_t count,
                            const struct exq_pack *zones,
                            struct exq_pack **out,
                            struct exq_error **error);

// Frees a pack; NULL is nothing to free. Cases and decisions that were made for it go on; texts that it lent out do not.
void exq_pack_free(struct exq_pack *pack);

// The bytes of a pack, to be written to a file and loaded again. They live as long as the pack.
exq_status exq_pack_bytes(const struct exq_pack *pack,
                          struct exq_bytes *out,
                          struct exq_error **error);

// Reads a public key from PEM, as OpenSSL and `exq sign --new-key` write it (`-----BEGIN PUBLIC KEY-----`). Everybody may
// see it; what matters is that it came from whom you trust. `EXQ_E_ARGUMENT` if it is none, or one with which anybody can
// sign; `EXQ_E_UNSUPPORTED` if this library was built without signatures.
exq_status exq_key_from_pem(const char *pem,
                            size_t pem_len,
                            struct exq_key *out,
                            struct exq_error **error);

// Loads a pack from bytes as `exq_pack_load` does, if its signature (the bytes of its `.sig` file) is one that the host
// trusts. Nothing of the pack is looked at before the signature holds. Refused are, in this order:
//
// - `EXQ_E_SIGNATURE`: the bytes are no signature;
// - `EXQ_E_KEY`: another key made it;
// - `EXQ_E_FORGED`: it does not hold: it, or what it says, was altered;
// - `EXQ_E_SWAPPED`: it is of another line of packs, or of another pack;
// - `EXQ_E_ROLLED_BACK`: its serial is less than `trust->serial_at_least`;
// - `EXQ_E_EXPIRED`: `trust->now` is not before its expiry;
// - `EXQ_E_PACK`: it is good, and the pack is damaged, or not for this engine.
//
// Whatever is refused, `*out` and `*about` stay as they were: keep the pack that you have until the new one is loaded, and
// free it then. `EXQ_E_UNSUPPORTED` if this library was built without signatures.
//
// ```c
// exq_trust trust = {key, {"takedown-eu", 11}, accepted, now};   /* accepted: the serial that was stored */
// exq_signed about;
// exq_pack *fresh = NULL;
// if (exq_pack_load_signed(bytes, len, signature, signature_len, &trust, &fresh, &about, &error) == EXQ_OK) {
//     store(about.serial);                                        /* first, so that no crash forgets it */
//     exq_pack_free(pack);
//     pack = fresh;
// }
// ```
exq_status exq_pack_load_signed(const uint8_t *bytes,
                                size_t len,
                                const uint8_t *signature,
                                size_t signature_len,
                                const struct exq_trust *trust,
                                struct exq_pack **out,
                                struct exq_signed *about,
                                struct exq_error **error);

// The digest of a pack, which names it in receipts.
exq_status exq_pack_digest(const struct exq_pack *pack,
                           struct exq_digest *out,
                           struct exq_error **error);

// The hash of the vocabulary: of the names, types, members and ids that a host binds to. Packs whose rules differ but
// whose vocabulary does not have the same.
exq_status exq_pack_schema_hash(const struct exq_pack *pack,
                                struct exq_digest *out,
                                struct exq_error **error);

// `EXQ_OK` if the vocabulary of the pack is the one with this hash; `EXQ_E_SCHEMA` if it is another, so that ids that
// were compiled into the host would mean other things. What `exq bind` writes calls this at the start.
exq_status exq_pack_expect_schema(const struct exq_pack *pack,
                                  const struct exq_digest *expected,
                                  struct exq_error **error);

// 1 if the guards and properties of the pack were proved when it was built; they are enforced either way.
exq_status exq_pack_is_proved(const struct exq_pack *pack,
                              int32_t *out,
                              struct exq_error **error);

// The enumeration whose members are the places of answers, or `EXQ_NONE`.
exq_status exq_pack_territory(const struct exq_pack *pack,
                              uint32_t *enumeration,
                              struct exq_error **error);

// How many things of a kind (`EXQ_KIND_…`) there are. Their ids are 0 to that, less one.
exq_status exq_pack_count(const struct exq_pack *pack,
                          int32_t kind,
                          uint32_t *out,
                          struct exq_error **error);

// The id of the thing of a kind with this name. `EXQ_E_NAME` if there is none; the message has the nearest name.
//
// ```c
// uint32_t received;
// status = exq_pack_find(pack, EXQ_KIND_EVENT, "order.received", 14, &received, &error);
// ```
exq_status exq_pack_find(const struct exq_pack *pack,
                         int32_t kind,
                         const char *name,
                         size_t name_len,
                         uint32_t *id,
                         struct exq_error **error);

// The name of a thing. It lives as long as the pack.
exq_status exq_pack_name(const struct exq_pack *pack,
                         int32_t kind,
                         uint32_t id,
                         struct exq_str *out,
                         struct exq_error **error);

// A text (`EXQ_TEXT_…`) about a thing, in a language (`EXQ_LANG_…`). Empty if none was written. `EXQ_E_ARGUMENT` if things
// of the kind have no such text. It lives as long as the pack.
exq_status exq_pack_text(const struct exq_pack *pack,
                         int32_t kind,
                         uint32_t id,
                         int32_t text,
                         int32_t lang,
                         struct exq_str *out,
                         struct exq_error **error);

// The JSON Schema of the cases of a pack, into a buffer of the caller.
exq_status exq_pack_case_schema(const struct exq_pack *pack,
                                char *buffer,
                                size_t capacity,
                                size_t *needed,
                                struct exq_error **error);

// How many members an enumeration has. They are numbered from 0.
exq_status exq_pack_member_count(const struct exq_pack *pack,
                                 uint32_t enumeration,
                                 uint32_t *out,
                                 struct exq_error **error);

// The member of an enumeration with this name. `EXQ_E_NAME` if there is none; the message has the nearest name.
exq_status exq_pack_member_find(const struct exq_pack *pack,
                                uint32_t enumeration,
                                const char *name,
                                size_t name_len,
                                uint32_t *member,
                                struct exq_error **error);

// The name of a member of an enumeration. It lives as long as the pack.
exq_status exq_pack_member_name(const struct exq_pack *pack,
                                uint32_t enumeration,
                                uint32_t member,
                                struct exq_str *out,
                                struct exq_error **error);

// The label of a member of an enumeration in a language; empty if none was written. It lives as long as the pack.
exq_status exq_pack_member_label(const struct exq_pack *pack,
                                 uint32_t enumeration,
                                 uint32_t member,
                                 int32_t lang,
                                 struct exq_str *out,
                                 struct exq_error **error);

// A source pack: its status, and when it is in force.
exq_status exq_pack_instrument(const struct exq_pack *pack,
                               uint32_t id,
                               struct exq_instrument *out,
                               struct exq_error **error);

// A fact: its type and what it may be.
exq_status exq_pack_fact(const struct exq_pack *pack,
                         uint32_t fact,
                         struct exq_fact *out,
                         struct exq_error **error);

// A norm: who does what to what, what performs and what violates it. The texts live as long as the pack.
exq_status exq_pack_norm(const struct exq_pack *pack,
                         uint32_t norm,
                         struct exq_norm *out,
                         struct exq_error **error);

// A dated version of a rule.
exq_status exq_pack_rule_version(const struct exq_pack *pack,
                                 uint32_t version,
                                 struct exq_rule_version *out,
                                 struct exq_error **error);

// A citation of a version of a rule, from 0. Its texts live as long as the pack.
exq_status exq_pack_citation(const struct exq_pack *pack,
                             uint32_t version,
                             uint32_t index,
                             struct exq_citation *out,
                             struct exq_error **error);

// A text in which a version of a rule says what it does not model, from 0. It lives as long as the pack.
exq_status exq_pack_untranslated(const struct exq_pack *pack,
                                 uint32_t version,
                                 uint32_t index,
                                 int32_t lang,
                                 struct exq_str *out,
                                 struct exq_error **error);

// A new case for a pack, which says nothing. Free it with `exq_case_free`.
exq_status exq_case_new(const struct exq_pack *pack,
                        struct exq_case **out,
                        struct exq_error **error);

// Memory for the decisions of a pack, sized once. Free it with `exq_decision_free`.
exq_status exq_decision_new(const struct exq_pack *pack,
                            struct exq_decision **out,
                            struct exq_error **error);

// Frees a case. NULL is nothing to free.
void exq_case_free(struct exq_case *the_case);

// Makes a case say nothing again, so that it can be used for the next request.
exq_status exq_case_clear(struct exq_case *the_case, struct exq_error **error);

// Sets a fact that is true or false: `value` is 1 or 0.
exq_status exq_case_set_bool(struct exq_case *the_case,
                             uint32_t fact,
                             int32_t value,
                             struct exq_error **error);

// Sets a fact that is a member of an enumeration.
exq_status exq_case_set_member(struct exq_case *the_case,
                               uint32_t fact,
                               uint32_t member,
                               struct exq_error **error);

// Sets a fact that is a set of members. No members is the empty set, which is known to be empty.
exq_status exq_case_set_members(struct exq_case *the_case,
                                uint32_t fact,
                                const uint32_t *members,
                                size_t count,
                                struct exq_error **error);

// Sets a fact that is a whole number.
exq_status exq_case_set_int(struct exq_case *the_case,
                            uint32_t fact,
                            int64_t value,
                            struct exq_error **error);

// Sets a fact that is an amount: in minor units, such as cents, with the three capital letters of its currency.
//
// ```c
// exq_case_set_money(a_case, turnover, 25000000, "EUR", 3, &error);   /* 250000.00 EUR */
// ```
exq_status exq_case_set_money(struct exq_case *the_case,
                              uint32_t fact,
                              int64_t minor,
                              const char *currency,
                              size_t currency_len,
                              struct exq_error **error);

// Sets a fact that is an instant, in microseconds of UTC since 1970-01-01.
exq_status exq_case_set_instant(struct exq_case *the_case,
                                uint32_t fact,
                                int64_t at,
                                struct exq_error **error);

// Says that a fact is unknown. A presumption does not stand in for it then.
exq_status exq_case_set_unknown(struct exq_case *the_case, uint32_t fact, struct exq_error **error);

// Says nothing of a fact: it is unknown, unless a value is presumed.
exq_status exq_case_unset(struct exq_case *the_case, uint32_t fact, struct exq_error **error);

// Says when an event happened, or will, in microseconds of UTC since 1970-01-01.
exq_status exq_case_set_event(struct exq_case *the_case,
                              uint32_t event,
                              int64_t at,
                              struct exq_error **error);

// Says that an event has not happened.
exq_status exq_case_set_not_happened(struct exq_case *the_case,
                                     uint32_t event,
                                     struct exq_error **error);

// Says that it is unknown whether, or when, an event happened.
exq_status exq_case_set_event_unknown(struct exq_case *the_case,
                                      uint32_t event,
                                      struct exq_error **error);

// Says nothing of an event: it is taken as not happened, and the answer says so; for a guard it is unknown.
exq_status exq_case_unset_event(struct exq_case *the_case,
                                uint32_t event,
                                struct exq_error **error);

// Sets a fact (`EXQ_KIND_FACT`) or an event (`EXQ_KIND_EVENT`) to a value of any type.
exq_status exq_case_set(struct exq_case *the_case,
                        int32_t kind,
                        uint32_t id,
                        const struct exq_value *value,
                        struct exq_error **error);

// What a case says of a fact or an event.
exq_status exq_case_get(const struct exq_case *the_case,
                        int32_t kind,
                        uint32_t id,
                        struct exq_value *out,
                        struct exq_error **error);

// Sets a case from JSON: all of it anew, whatever it said before; or, if something is wrong with the JSON, nothing.
// `EXQ_E_JSON` has the place as a JSON pointer, what was expected there, and the nearest name.
//
// ```c
// const char *json = "{\"order\": {\"received\": \"2026-09-04T15:20:00+02:00\"}}";
// status = exq_case_set_json(a_case, json, strlen(json), &error);
// ```
exq_status exq_case_set_json(struct exq_case *the_case,
                             const char *json,
                             size_t json_len,
                             struct exq_error **error);

// Frees a decision. NULL is nothing to free.
void exq_decision_free(struct exq_decision *decision);

// Decides a case at an instant, in microseconds of UTC since 1970-01-01. The library reads no clock. The case may be
// changed or freed afterwards: the decision keeps what it was made from. If this fails, the decision holds no answer.
//
// ```c
// if (exq_decide(decision, a_case, now, &error) != EXQ_OK) return keep_identity_secret(error);
// ```
exq_status exq_decide(struct exq_decision *decision,
                      const struct exq_case *the_case,
                      int64_t now,
                      struct exq_error **error);

// Decides a case with options. `options_size` is `sizeof(exq_options)` of the host.
//
// ```c
// exq_options options = {0};
// options.now = now;
// options.law_date = day;
// options.has_law_date = 1;
// options.undue_delay = 24 * 3600 * INT64_C(1000000);
// status = exq_decide_with(decision, a_case, &options, sizeof options, &error);
// ```
exq_status exq_decide_with(struct exq_decision *decision,
                           const struct exq_case *the_case,
                           const struct exq_options *options,
                           size_t options_size,
                           struct exq_error **error);

// Decides many cases, and calls `each` after each of them. A case is what `base` says, and over it what the values of its
// row say, column by column. `each` may read the decision; it returns 0 to go on. `done`, which may be NULL, is how many
// rows were decided. At the first row that is refused the call stops; the place of the error begins with `row N`.
exq_status exq_decide_rows(struct exq_decision *decision,
                           const struct exq_case *base,
                           const struct exq_rows *rows,
                           const struct exq_options *options,
                           size_t options_size,
                           exq_each each,
                           void *user,
                           size_t *done,
                           struct exq_error **error);

// Decides many cases, and writes for each of them the given norms in short: `briefs` has room for `row_count * norm_count`
// of them, row after row, and `brief_count` is that number. Else as `exq_decide_rows`.
exq_status exq_decide_rows_into(struct exq_decision *decision,
                                const struct exq_case *base,
                                const struct exq_rows *rows,
                                const struct exq_options *options,
                                size_t options_size,
                                const uint32_t *norms,
                                size_t norm_count,
                                struct exq_brief *briefs,
                                size_t brief_count,
                                size_t *done,
                                struct exq_error **error);

// Room for many cases of a pack, at most `most`, to be decided in one call. Free it with `exq_batch_free`.
//
// ```c
// exq_batch *batch = NULL;
// size_t count = 0;
// exq_batch_new(pack, 10000, &batch, &error);
// exq_batch_add_json(batch, lines, strlen(lines), &error);
// exq_batch_decide(batch, &options, sizeof options, NULL, 0, NULL, 0, &error);
// exq_batch_rows(batch, rows, room, &count, &error);
// ```
exq_status exq_batch_new(const struct exq_pack *pack,
                         size_t most,
                         struct exq_batch **out,
                         struct exq_error **error);

// Frees a batch. NULL is nothing to free.
void exq_batch_free(struct exq_batch *batch);

// Takes all cases and answers away. Their memory is kept for the next ones.
exq_status exq_batch_clear(struct exq_batch *batch, struct exq_error **error);

// How many cases a batch has, those that were refused among them.
exq_status exq_batch_count(const struct exq_batch *batch, size_t *out, struct exq_error **error);

// Adds a copy of a case. The answers that the batch had are gone then, whatever is added to it and however.
exq_status exq_batch_add(struct exq_batch *batch,
                         const struct exq_case *the_case,
                         struct exq_error **error);

// Adds cases in JSON, one on each line; blank lines are skipped. A line that is no case is a case that is refused: it keeps
// its place and its error (`exq_batch_refusal`), and stops no other. If there is no room for all of them, none is added.
exq_status exq_batch_add_json(struct exq_batch *batch,
                              const char *json,
                              size_t json_len,
                              struct exq_error **error);

// Adds cases in columns: case `i` is what each column says in its place `i`. Whether a value fits is looked at case by
// case: one that does not is a case that is refused, as in `exq_batch_add_json`.
exq_status exq_batch_add_columns(struct exq_batch *batch,
                                 const struct exq_batch_column *columns,
                                 size_t column_count,
                                 size_t case_count,
                                 struct exq_error **error);

// Decides all cases of a batch, as `exq_decide_with` decides one. With `instants`, one for each case, each is decided at
// its own; with NULL and 0, all are at that of the options. Of `norms`, which may be none, briefs are kept too. A case
// that is refused or cannot be decided stops no other. If the call fails, the batch has no answers.
exq_status exq_batch_decide(struct exq_batch *batch,
                            const struct exq_options *options,
                            size_t options_size,
                            const int64_t *instants,
                            size_t instant_count,
                            const uint32_t *norms,
                            size_t norm_count,
                            struct exq_error **error);

// What came of each case, into an array of the caller: as many as the batch has cases.
exq_status exq_batch_cases(const struct exq_batch *batch,
                           struct exq_batch_case *array,
                           size_t capacity,
                           size_t *count,
                           struct exq_error **error);

// Every effect of every answer to every case, into an array of the caller: case after case, in each the answers in the
// order of `exq_decision_answer`. Nothing is left out: what is undetermined, withheld or defeated has its row, and so has
// what packs that do not decide would say.
exq_status exq_batch_rows(const struct exq_batch *batch,
                          struct exq_batch_row *array,
                          size_t capacity,
                          size_t *count,
                          struct exq_error **error);

// The norms that were asked for in short, into an array of the caller: one for each case and norm, case after case. Of a
// case without a decision the outcome is `EXQ_OUTCOME_ABSENT`, nothing is allowed, and a human is needed.
exq_status exq_batch_briefs(const struct exq_batch *batch,
                            struct exq_brief *array,
                            size_t capacity,
                            size_t *count,
                            struct exq_error **error);

// Why a case was refused or could not be decided: its status, with its error. `EXQ_OK` if neither. The place of an error
// in JSON is a pointer into the case, and its message has the line of the text.
exq_status exq_batch_refusal(const struct exq_batch *batch,
                             size_t index,
                             struct exq_error **error);

// Makes a decision that of one case of a batch that was decided: whatever a decision can be asked, it can be asked of this
// case then. If the case has no decision, this fails as `exq_batch_refusal` does; after a failure the decision holds no
// answer.
exq_status exq_batch_decision(const struct exq_batch *batch,
                              size_t index,
                              struct exq_decision *decision,
                              struct exq_error **error);

// Whether a norm is permitted or due in a place (a member of the territory), or with `EXQ_NONE` everywhere: 1 or 0.
// `*allowed` is 0 whatever else goes wrong, as long as it can be written to; so a host that forgets to look at the
// status does not act.
//
// ```c
// int32_t allowed = 0;
// exq_decision_allows(decision, disclose_subscriber, EXQ_NONE, &allowed, NULL);
// if (!allowed) return refuse();
// ```
exq_status exq_decision_allows(const struct exq_decision *decision,
                               uint32_t norm,
                               uint32_t place,
                               int32_t *allowed,
                               struct exq_error **error);

// A norm in short, over all of the territory: its outcome, the due and the status on which people act first.
exq_status exq_decision_brief(const struct exq_decision *decision,
                              uint32_t norm,
                              struct exq_brief *out,
                              struct exq_error **error);

// Every duty of the decision itself, into an array of the caller: what stands, what is undetermined, and what is withheld;
// the earliest due first, then those that are open, without a due, waiting, unknown. What was performed is among
// them, with its status. A withheld duty must not be performed: it says what would be due if the norm were granted.
exq_status exq_decision_duties(const struct exq_decision *decision,
                               struct exq_duty *array,
                               size_t capacity,
                               size_t *count,
                               struct exq_error **error);

// How many answers the decision has. Those of the decision itself come first, in the order of norms; after them those
// that stand beside it.
exq_status exq_decision_answer_count(const struct exq_decision *decision,
                                     uint32_t *out,
                                     struct exq_error **error);

// An answer, from 0: the outcome of a norm in a part of the territory.
exq_status exq_decision_answer(const struct exq_decision *decision,
                               uint32_t index,
                               struct exq_answer *out,
                               struct exq_error **error);

// An effect of an answer, from 0.
exq_status exq_decision_effect(const struct exq_decision *decision,
                               uint32_t answer,
                               uint32_t index,
                               struct exq_effect *out,
                               struct exq_error **error);

// An amount of the ceiling of an effect, from 0; one for each currency, as amounts in different currencies are never
// compared.
exq_status exq_decision_amount(const struct exq_decision *decision,
                               uint32_t answer,
                               uint32_t effect,
                               uint32_t index,
                               struct exq_money *out,
                               struct exq_error **error);

// A rival reading of an effect, from 0.
exq_status exq_decision_alternative(const struct exq_decision *decision,
                                    uint32_t answer,
                                    uint32_t effect,
                                    uint32_t index,
                                    struct exq_alternative *out,
                                    struct exq_error **error);

// What an effect needs: the facts, events and sets that would settle it, into an array of the caller.
exq_status exq_decision_needs(const struct exq_decision *decision,
                              uint32_t answer,
                              uint32_t effect,
                              struct exq_named *array,
                              size_t capacity,
                              size_t *count,
                              struct exq_error **error);

// How many things are missing.
exq_status exq_decision_missing_count(const struct exq_decision *decision,
                                      uint32_t *out,
                                      struct exq_error **error);

// Something that is missing, from 0: the most useful first. Its question is the text `EXQ_TEXT_QUESTION`.
exq_status exq_decision_missing(const struct exq_decision *decision,
                                uint32_t index,
                                struct exq_missing *out,
                                struct exq_error **error);

// What was assumed: facts that were presumed, and events that were taken as not happened, into an array of the caller.
exq_status exq_decision_assumed(const struct exq_decision *decision,
                                struct exq_named *array,
                                size_t capacity,
                                size_t *count,
                                struct exq_error **error);

// The rules that apply or may, of packs that decide, into an array of the caller.
exq_status exq_decision_rules(const struct exq_decision *decision,
                              struct exq_rule_state *array,
                              size_t capacity,
                              size_t *count,
                              struct exq_error **error);

// 1 if a human must look at it: rules are in conflict, or say that they do not model all of their law.
exq_status exq_decision_needs_human(const struct exq_decision *decision,
                                    int32_t *out,
                                    struct exq_error **error);

// The earliest later instant at which the same facts give another decision; `EXQ_MOMENT_NOTHING` if there is none. Until
// then nothing has to be asked again.
exq_status exq_decision_next_change(const struct exq_decision *decision,
                                    struct exq_moment *out,
                                    struct exq_error **error);

// The law date of a source pack, in days since 1970-01-01, and whether its rules decided (1) or stood beside (0).
exq_status exq_decision_law_date(const struct exq_decision *decision,
                                 uint32_t pack,
                                 int32_t *days,
                                 int32_t *decides,
                                 struct exq_error **error);

// How the due of an effect was counted, or its provisional due, or where it has none its not-before, end or beginning;
// with an `alternative`, the due of that rival reading; `EXQ_NONE` for the effect itself. `regime` is `EXQ_REGIME_NONE`
// where nothing was counted: for a due that is an instant of the case, that waits, that is open or unknown.
exq_status exq_decision_derivation(const struct exq_decision *decision,
                                   uint32_t answer,
                                   uint32_t effect,
                                   uint32_t alternative,
                                   struct exq_derivation *out,
                                   struct exq_error **error);

// The steps of a count, in its order, into an array of the caller; `alternative` as in `exq_decision_derivation`.
//
// ```c
// size_t count = 0;
// exq_step steps[64];
// status = exq_decision_steps(decision, duty.answer, duty.effect, EXQ_NONE, steps, 64, &count, &error);
// ```
exq_status exq_decision_steps(const struct exq_decision *decision,
                              uint32_t answer,
                              uint32_t effect,
                              uint32_t alternative,
                              struct exq_step *array,
                              size_t capacity,
                              size_t *count,
                              struct exq_error **error);

// The digests of what the decision was made from. The same pack, case, instant and options give the same receipt on every
// machine.
exq_status exq_decision_receipt(const struct exq_decision *decision,
                                struct exq_receipt *out,
                                struct exq_error **error);

// The decision as JSON, as `docs/DECISION.md` says, into a buffer of the caller. Flags: `EXQ_WITH_TEXTS`,
// `EXQ_WITH_RECEIPT`, `EXQ_PRETTY`.
//
// ```c
// size_t needed = 0;
// exq_decision_json(decision, EXQ_WITH_TEXTS, NULL, 0, &needed, NULL);
// char *json = malloc(needed);
// exq_decision_json(decision, EXQ_WITH_TEXTS, json, needed, &needed, NULL);
// ```
exq_status exq_decision_json(const struct exq_decision *decision,
                             uint32_t flags,
                             char *buffer,
                             size_t capacity,
                             size_t *needed,
                             struct exq_error **error);

// The decision as sentences in a language (`EXQ_LANG_…`), the most urgent first, into a buffer of the caller. Flags:
// `EXQ_WITH_RECEIPT`.
exq_status exq_decision_text(const struct exq_decision *decision,
                             int32_t lang,
                             uint32_t flags,
                             char *buffer,
                             size_t capacity,
                             size_t *needed,
                             struct exq_error **error);

// An official form that the decision fills, by its name, as JSON (`docs/FORMS.md`), into a buffer of the caller. Forms:
// `dsa-statement`, `tco-annex-ii`, `tco-annex-iii`, `epoc-annex-iii`. Flags: `EXQ_WITH_RECEIPT`, `EXQ_PRETTY`.
//
// What the facts do not support is listed as missing, and is never guessed.
//
// ```c
// static const char form[] = "dsa-statement";
// exq_decision_form(decision, form, sizeof form - 1, 0, NULL, 0, &needed, NULL);
// ```
exq_status exq_decision_form(const struct exq_decision *decision,
                             const char *form,
                             size_t form_len,
                             uint32_t flags,
                             char *buffer,
                             size_t capacity,
                             size_t *needed,
                             struct exq_error **error);

// Reads an instant as in RFC 3339, with its offset from UTC: `2026-05-16T23:30:00+02:00`. `EXQ_E_VALUE` for a text that
// is none, or one outside the years 1970 to 2099.
exq_status exq_instant_parse(const char *text,
                             size_t len,
                             int64_t *out,
                             struct exq_error **error);

// Writes an instant in UTC: `2026-05-16T21:30:00Z`.
exq_status exq_instant_format(int64_t at,
                              char *buffer,
                              size_t capacity,
                              size_t *needed,
                              struct exq_error **error);

// Reads a day, such as `2026-05-16`, as days since 1970-01-01.
exq_status exq_day_parse(const char *text, size_t len, int32_t *out, struct exq_error **error);

// Writes a day of days since 1970-01-01: `2026-05-16`. `EXQ_E_VALUE` for days outside the years 1 to 9999.
exq_status exq_day_format(int32_t day,
                          char *buffer,
                          size_t capacity,
                          size_t *needed,
                          struct exq_error **error);

// How many bytes of memory of the host `exq_pack_load_in` takes: the same for all packs.
exq_status exq_pack_memory(size_t *needed, struct exq_error **error);

// Loads a pack from bytes into memory of the host, of any alignment. The bytes are verified as by `exq_pack_load`, and may
// not be copied: they, and the memory, must stay as they are until the pack is freed, which comes after its cases and
// decisions. `EXQ_E_BUFFER` if the memory is too small. A library with a heap uses that, and needs no memory (0 bytes).
//
// ```c
// static unsigned char memory[2048];
// status = exq_pack_load_in(bytes, len, memory, sizeof memory, &pack, NULL);
// ```
exq_status exq_pack_load_in(const uint8_t *bytes,
                            size_t len,
                            uint8_t *memory,
                            size_t memory_size,
                            struct exq_pack **out,
                            struct exq_error **error);

// How many bytes of memory of the host `exq_case_new_in` takes for a case of a pack.
exq_status exq_case_memory(const struct exq_pack *pack, size_t *needed, struct exq_error **error);

// A new case for a pack, which says nothing, in memory of the host. Free it with `exq_case_free`, before its pack; until
// then the memory is the library's. Else as `exq_pack_load_in`.
exq_status exq_case_new_in(const struct exq_pack *pack,
                           uint8_t *memory,
                           size_t memory_size,
                           struct exq_case **out,
                           struct exq_error **error);

// How many bytes of memory of the host `exq_decision_new_in` takes for the decisions of a pack.
exq_status exq_decision_memory(const struct exq_pack *pack,
                               size_t *needed,
                               struct exq_error **error);

// Memory for the decisions of a pack, in memory of the host. Free it with `exq_decision_free`, before its pack; until then
// the memory is the library's. Else as `exq_pack_load_in`.
exq_status exq_decision_new_in(const struct exq_pack *pack,
                               uint8_t *memory,
                               size_t memory_size,
                               struct exq_decision **out,
                               struct exq_error **error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* EXEQUATUR_H */
