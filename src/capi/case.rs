//! Typed values and JSON → the slots of a case.
//!
//! Invariant: a value that does not fit its fact is refused by name and changes nothing; JSON is taken whole or not at all.

use core::ffi::c_char;

use super::constants::*;
use super::failure::{Failure, guard, quietly};
use super::handle::{self, Held, Kind, hold};
use super::input::{self, required, word};
use super::output::Slot;
use super::pack::{self, Loaded};
use super::records::{exq_case, exq_error, exq_value};
#[cfg(not(feature = "std"))]
pub(super) use super::small::held::Slots;
use crate::eval::{CaseError, EventSlot, FactSlot, check_event, check_fact};
#[cfg(feature = "std")]
use crate::json::CASE_BYTES_MAX;
#[cfg(feature = "std")]
pub(super) use crate::json::OwnedCase as Slots;
use crate::model::limits::ENUM_MEMBERS_MAX;
use crate::model::{Bits, Currency, EventId, FactId, Money, Value};

/// What is known of one request, for one pack.
pub(super) struct KnownCase {
    pub pack: pack::Held,
    pub slots: Slots,
    /// Where JSON is read to, so that what is wrong with it changes nothing.
    #[cfg(feature = "std")]
    pub spare: Slots,
}

impl Kind for KnownCase {
    type Opaque = exq_case;
    const TAG: u32 = u32::from_le_bytes(*b"EXQc");
    const WORD: &'static str = "case";
}

/// The case behind a handle.
pub(super) fn opened_case<'c>(case: *const exq_case) -> Result<Held<'c, KnownCase>, Failure> {
    hold::<KnownCase>(case, "case")
}

/// What may be said of a fact or an event.
#[derive(Clone, Copy)]
pub(super) enum Said {
    Fact(FactId, FactSlot),
    Event(EventId, EventSlot),
}

impl Said {
    /// A slot for a fact, if its value fits.
    fn fact(pack: &Loaded, fact: u32, slot: FactSlot) -> Result<Said, Failure> {
        let name = pack.names.name(EXQ_KIND_FACT, fact)?;
        let id = FactId(u16::try_from(fact).unwrap_or(u16::MAX));
        if let FactSlot::Given(value) = slot {
            check_fact(pack.program(), id, value).map_err(|error| refused(name, error))?;
        }
        Ok(Said::Fact(id, slot))
    }

    /// A slot for an event, if its instant is in range.
    fn event(pack: &Loaded, event: u32, slot: EventSlot) -> Result<Said, Failure> {
        let name = pack.names.name(EXQ_KIND_EVENT, event)?;
        let id = EventId(u16::try_from(event).unwrap_or(u16::MAX));
        check_event(pack.program(), id, slot).map_err(|error| refused(name, error))?;
        Ok(Said::Event(id, slot))
    }

    /// What a value of the host says of a fact or an event.
    pub(super) fn of(
        pack: &Loaded,
        kind: i32,
        id: u32,
        value: &exq_value,
    ) -> Result<Said, Failure> {
        match kind {
            EXQ_KIND_FACT => Said::fact(pack, id, fact_slot(pack, id, value)?),
            EXQ_KIND_EVENT => Said::event(pack, id, event_slot(pack, id, value)?),
            _ => {
                let message = words!(
                    "`kind` is {kind}, expected `EXQ_KIND_FACT` ({EXQ_KIND_FACT}) or `EXQ_KIND_EVENT` ({EXQ_KIND_EVENT})"
                );
                Err(Failure::argument("kind", message))
            }
        }
    }

    pub(super) fn write(self, facts: &mut [FactSlot], events: &mut [EventSlot]) {
        match self {
            Said::Fact(id, slot) => {
                if let Some(place) = facts.get_mut(id.index()) {
                    *place = slot;
                }
            }
            Said::Event(id, slot) => {
                if let Some(place) = events.get_mut(id.index()) {
                    *place = slot;
                }
            }
        }
    }
}

fn refused(name: &str, error: CaseError) -> Failure {
    let code = match error {
        CaseError::NoSuchName => EXQ_E_ID,
        CaseError::Type(_) => EXQ_E_TYPE,
        CaseError::Member | CaseError::Range { .. } | CaseError::Instant => EXQ_E_VALUE,
    };
    Failure::new(code, words!("{name}"), words!("`{name}`: {error}"))
}

fn fact_slot(pack: &Loaded, fact: u32, value: &exq_value) -> Result<FactSlot, Failure> {
    let name = pack.names.name(EXQ_KIND_FACT, fact)?;
    let wrong = |what: &str| Failure::argument("value", words!("`{name}`: {what}"));
    let given = match value.r#type {
        EXQ_TYPE_ABSENT => return Ok(FactSlot::Absent),
        EXQ_TYPE_UNKNOWN => return Ok(FactSlot::Null),
        EXQ_TYPE_BOOL => match value.number {
            0 => Value::Bool(false),
            1 => Value::Bool(true),
            _ => return Err(wrong("a boolean is 0 or 1")),
        },
        EXQ_TYPE_MEMBER => Value::Member(member(value.number)),
        EXQ_TYPE_SET => Value::Members(Bits(value.members)),
        EXQ_TYPE_INT => Value::Int(value.number),
        EXQ_TYPE_MONEY => Value::Money(money(name, value.number, &value.currency)?),
        EXQ_TYPE_INSTANT => Value::Instant(value.number),
        _ => return Err(wrong("the type of the value is none of a fact")),
    };
    Ok(FactSlot::Given(given))
}

fn event_slot(pack: &Loaded, event: u32, value: &exq_value) -> Result<EventSlot, Failure> {
    let name = pack.names.name(EXQ_KIND_EVENT, event)?;
    match value.r#type {
        EXQ_TYPE_ABSENT => Ok(EventSlot::Absent),
        EXQ_TYPE_UNKNOWN => Ok(EventSlot::Null),
        EXQ_TYPE_NOT_HAPPENED => Ok(EventSlot::Not),
        EXQ_TYPE_INSTANT => Ok(EventSlot::At(value.number)),
        _ => {
            let message =
                words!("`{name}` is an event: expected an instant, or that it has not happened");
            Err(Failure::new(EXQ_E_TYPE, words!("{name}"), message))
        }
    }
}

/// A member; one beyond all enumerations stays beyond them.
fn member(number: i64) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// An amount in a currency of three capital letters, which may be closed by a NUL.
fn money(name: &str, minor: i64, currency: &[u8]) -> Result<Money, Failure> {
    let letters = currency.strip_suffix(&[0]).unwrap_or(currency);
    let text = core::str::from_utf8(letters).unwrap_or("");
    let Some(currency) = Currency::parse(text) else {
        let message = words!("`{name}`: a currency is three capital letters, such as `EUR`");
        return Err(Failure::new(EXQ_E_VALUE, words!("{name}"), message));
    };
    Ok(Money { minor, currency })
}

/// Frees a case. NULL is nothing to free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_free(the_case: *mut exq_case) {
    quietly(|| handle::free::<KnownCase>(the_case));
}

/// Makes a case say nothing again, so that it can be used for the next request.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_clear(
    the_case: *mut exq_case,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let mut held = opened_case(the_case)?;
        held.slots.facts.fill(FactSlot::Absent);
        held.slots.events.fill(EventSlot::Absent);
        Ok(())
    })
}

/// Says something of a fact: the value is checked in full before the case changes.
fn say_fact(
    the_case: *mut exq_case,
    fact: u32,
    slot: impl FnOnce(&Loaded) -> Result<FactSlot, Failure>,
) -> Result<(), Failure> {
    let mut held = opened_case(the_case)?;
    let KnownCase { pack, slots, .. } = &mut *held;
    let slot = slot(pack)?;
    Said::fact(pack, fact, slot)?.write(&mut slots.facts, &mut slots.events);
    Ok(())
}

/// Says something of an event.
fn say_event(the_case: *mut exq_case, event: u32, slot: EventSlot) -> Result<(), Failure> {
    let mut held = opened_case(the_case)?;
    let KnownCase { pack, slots, .. } = &mut *held;
    Said::event(pack, event, slot)?.write(&mut slots.facts, &mut slots.events);
    Ok(())
}

/// Sets a fact that is true or false: `value` is 1 or 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_bool(
    the_case: *mut exq_case,
    fact: u32,
    value: i32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        say_fact(the_case, fact, |_| match value {
            0 | 1 => Ok(FactSlot::Given(Value::Bool(value == 1))),
            _ => Err(Failure::argument(
                "value",
                words!("`value` is {value}, expected 0 or 1"),
            )),
        })
    })
}

/// Sets a fact that is a member of an enumeration.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_member(
    the_case: *mut exq_case,
    fact: u32,
    member: u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let member = Value::Member(self::member(i64::from(member)));
        say_fact(the_case, fact, |_| Ok(FactSlot::Given(member)))
    })
}

/// Sets a fact that is a set of members. No members is the empty set, which is known to be empty.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_members(
    the_case: *mut exq_case,
    fact: u32,
    members: *const u32,
    count: usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let members = input::array(members, count, MEMBERS_MAX, "members")?;
        say_fact(the_case, fact, |pack| {
            let mut bits = Bits::EMPTY;
            for member in members {
                if *member as usize >= ENUM_MEMBERS_MAX {
                    let name = pack.names.name(EXQ_KIND_FACT, fact)?;
                    return Err(refused(name, CaseError::Member));
                }
                bits.insert(self::member(i64::from(*member)));
            }
            Ok(FactSlot::Given(Value::Members(bits)))
        })
    })
}

/// The most members in one call: each at most once would do, and more is a slip.
const MEMBERS_MAX: usize = 4 * ENUM_MEMBERS_MAX;

/// Sets a fact that is a whole number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_int(
    the_case: *mut exq_case,
    fact: u32,
    value: i64,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        say_fact(the_case, fact, |_| Ok(FactSlot::Given(Value::Int(value))))
    })
}

/// Sets a fact that is an amount: in minor units, such as cents, with the three capital letters of its currency.
///
/// ```c
/// exq_case_set_money(a_case, turnover, 25000000, "EUR", 3, &error);   /* 250000.00 EUR */
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_money(
    the_case: *mut exq_case,
    fact: u32,
    minor: i64,
    currency: *const c_char,
    currency_len: usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let currency = word(currency, currency_len, "currency")?;
        say_fact(the_case, fact, |pack| {
            let name = pack.names.name(EXQ_KIND_FACT, fact)?;
            Ok(FactSlot::Given(Value::Money(money(
                name,
                minor,
                currency.as_bytes(),
            )?)))
        })
    })
}

/// Sets a fact that is an instant, in microseconds of UTC since 1970-01-01.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_instant(
    the_case: *mut exq_case,
    fact: u32,
    at: i64,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        say_fact(the_case, fact, |_| Ok(FactSlot::Given(Value::Instant(at))))
    })
}

/// Says that a fact is unknown. A presumption does not stand in for it then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_unknown(
    the_case: *mut exq_case,
    fact: u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || say_fact(the_case, fact, |_| Ok(FactSlot::Null)))
}

/// Says nothing of a fact: it is unknown, unless a value is presumed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_unset(
    the_case: *mut exq_case,
    fact: u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || say_fact(the_case, fact, |_| Ok(FactSlot::Absent)))
}

/// Says when an event happened, or will, in microseconds of UTC since 1970-01-01.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_event(
    the_case: *mut exq_case,
    event: u32,
    at: i64,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || say_event(the_case, event, EventSlot::At(at)))
}

/// Says that an event has not happened.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_not_happened(
    the_case: *mut exq_case,
    event: u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || say_event(the_case, event, EventSlot::Not))
}

/// Says that it is unknown whether, or when, an event happened.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_event_unknown(
    the_case: *mut exq_case,
    event: u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || say_event(the_case, event, EventSlot::Null))
}

/// Says nothing of an event: it is taken as not happened, and the answer says so; for a guard it is unknown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_unset_event(
    the_case: *mut exq_case,
    event: u32,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || say_event(the_case, event, EventSlot::Absent))
}

/// Sets a fact (`EXQ_KIND_FACT`) or an event (`EXQ_KIND_EVENT`) to a value of any type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set(
    the_case: *mut exq_case,
    kind: i32,
    id: u32,
    value: *const exq_value,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let mut held = opened_case(the_case)?;
        // SAFETY: not NULL and aligned; the host promises a value there; all of its bit patterns are values.
        let value = unsafe { *required(value, "value")? };
        let KnownCase { pack, slots, .. } = &mut *held;
        Said::of(pack, kind, id, &value)?.write(&mut slots.facts, &mut slots.events);
        Ok(())
    })
}

/// What a case says of a fact or an event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_get(
    the_case: *const exq_case,
    kind: i32,
    id: u32,
    out: *mut exq_value,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_case(the_case)?;
        let out = Slot::new(out, "out")?;
        // A value that says nothing has a place in both kinds: it tells whether the kind and the id are good.
        Said::of(&held.pack, kind, id, &ABSENT)?;
        let value = if kind == EXQ_KIND_FACT {
            held.slots.facts.get(id as usize).map(given_fact)
        } else {
            held.slots.events.get(id as usize).map(given_event)
        };
        out.put(value.unwrap_or(ABSENT));
        Ok(())
    })
}

const ABSENT: exq_value = exq_value {
    r#type: EXQ_TYPE_ABSENT,
    currency: [0; 4],
    number: 0,
    members: [0; 4],
};

fn number(r#type: i32, number: i64) -> exq_value {
    exq_value {
        r#type,
        number,
        ..ABSENT
    }
}

fn given_fact(slot: &FactSlot) -> exq_value {
    match *slot {
        FactSlot::Absent => ABSENT,
        FactSlot::Null => number(EXQ_TYPE_UNKNOWN, 0),
        FactSlot::Given(Value::Bool(value)) => number(EXQ_TYPE_BOOL, i64::from(value)),
        FactSlot::Given(Value::Member(member)) => number(EXQ_TYPE_MEMBER, i64::from(member)),
        FactSlot::Given(Value::Members(bits)) => exq_value {
            members: bits.0,
            ..number(EXQ_TYPE_SET, 0)
        },
        FactSlot::Given(Value::Int(value)) => number(EXQ_TYPE_INT, value),
        FactSlot::Given(Value::Money(money)) => exq_value {
            currency: letters(money.currency),
            ..number(EXQ_TYPE_MONEY, money.minor)
        },
        FactSlot::Given(Value::Instant(at)) => number(EXQ_TYPE_INSTANT, at),
    }
}

fn given_event(slot: &EventSlot) -> exq_value {
    match *slot {
        EventSlot::Absent => ABSENT,
        EventSlot::Null => number(EXQ_TYPE_UNKNOWN, 0),
        EventSlot::Not => number(EXQ_TYPE_NOT_HAPPENED, 0),
        EventSlot::At(at) => number(EXQ_TYPE_INSTANT, at),
    }
}

/// The letters of a currency, and a NUL.
pub(super) fn letters(currency: Currency) -> [u8; 4] {
    let Currency([a, b, c]) = currency;
    [a, b, c, 0]
}

/// Sets a case from JSON: all of it anew, whatever it said before; or, if something is wrong with the JSON, nothing.
/// `EXQ_E_JSON` has the place as a JSON pointer, what was expected there, and the nearest name.
///
/// ```c
/// const char *json = "{\"order\": {\"received\": \"2026-09-04T15:20:00+02:00\"}}";
/// status = exq_case_set_json(a_case, json, strlen(json), &error);
/// ```
#[cfg(feature = "std")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_case_set_json(
    the_case: *mut exq_case,
    json: *const c_char,
    json_len: usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let mut held = opened_case(the_case)?;
        let json = input::array(json.cast::<u8>(), json_len, CASE_BYTES_MAX, "json")?;
        let KnownCase { pack, slots, spare } = &mut *held;
        let read = pack.reader().read_into(spare, json);
        read.map_err(super::heap::not_a_case)?;
        core::mem::swap(slots, spare);
        Ok(())
    })
}
