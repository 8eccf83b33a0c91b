//! One value of a case by the visitors of `serde_json`.

use exequatur::eval::{CaseError, EventSlot, FactSlot, FactValue, check_event, check_fact};
use exequatur::json::naming::{self, member};
use exequatur::json::{Problem, nearest};
use exequatur::model::{Bits, Currency, Money};
use exequatur::time::instant;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Leaf, Reader, set};

/// Reads the value of a fact or event.
pub(super) struct LeafSeed<'s, 'r, 'p> {
    pub(super) reader: &'s mut Reader<'r, 'p>,
    pub(super) leaf: Leaf,
}

/// A text as a message shows it.
pub(super) fn found_text(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("the text `{short}`")
}

/// Types of facts, by their number in the tables.
mod ty {
    pub const BOOL: u8 = 0;
    pub const MEMBER: u8 = 1;
    pub const SET: u8 = 2;
    pub const INT: u8 = 3;
    pub const MONEY: u8 = 4;
}

impl LeafSeed<'_, '_, '_> {
    /// The type of the fact and its enumeration; `None` for an event.
    fn ty(&self) -> Option<(u8, u16)> {
        match self.leaf {
            Leaf::Fact(fact) => {
                let row = self.reader.program.facts.at(fact.index());
                Some((row.ty, row.of))
            }
            Leaf::Event(_) => None,
        }
    }

    /// What was expected, in words.
    fn expectation(&self) -> String {
        let Leaf::Fact(fact) = self.leaf else {
            return "an instant such as `2026-05-16T23:30:00+02:00`, `false` (it has not happened) or `null` (unknown)"
                .to_string();
        };
        let program = self.reader.program;
        let row = program.facts.at(fact.index());
        let enumeration = program.enums.at(usize::from(row.of));
        match row.ty {
            ty::BOOL => "`true` or `false`".to_string(),
            ty::MEMBER => format!("a member of `{}` as text", program.str(enumeration.name)),
            ty::SET => format!("a list of members of `{}`", program.str(enumeration.name)),
            ty::INT => format!("a whole number from {} to {}", row.least, row.most),
            ty::MONEY => MONEY.to_string(),
            _ => "an instant such as `2026-05-16T23:30:00+02:00`".to_string(),
        }
    }

    fn wrong<E: Error>(self, found: String) -> E {
        let expected = self.expectation();
        self.reader.expected(&expected, found)
    }

    fn give<E: Error>(self, value: FactValue, found: impl FnOnce() -> String) -> Result<(), E> {
        let Leaf::Fact(fact) = self.leaf else {
            return Err(self.wrong(found()));
        };
        match check_fact(self.reader.program, fact, value) {
            Ok(()) => {
                set(
                    self.reader,
                    self.leaf,
                    (FactSlot::Given(value), EventSlot::Absent),
                );
                Ok(())
            }
            Err(CaseError::Instant) => {
                let why = instant::InstantError::Range;
                Err(self.reader.refuse(Problem::Instant { text: found(), why }))
            }
            Err(_) => Err(self.wrong(found())),
        }
    }

    fn happen<E: Error>(self, slot: EventSlot, found: String) -> Result<(), E> {
        let Leaf::Event(event) = self.leaf else {
            return Err(self.wrong(found));
        };
        if check_event(self.reader.program, event, slot).is_err() {
            return Err(self.wrong(found));
        }
        set(self.reader, self.leaf, (FactSlot::Absent, slot));
        Ok(())
    }
}

/// What an amount must be, for messages.
const MONEY: &str = "an amount such as `{\"amount\": \"250000.00\", \"currency\": \"EUR\"}`";

impl<'de> DeserializeSeed<'de> for LeafSeed<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for LeafSeed<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.expectation())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        set(self.reader, self.leaf, (FactSlot::Null, EventSlot::Null));
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        match self.ty() {
            Some(_) => self.give(FactValue::Bool(value), || value.to_string()),
            None if !value => self.happen(EventSlot::Not, String::new()),
            None => Err(self.wrong("true".to_string())),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.give(FactValue::Int(value), || format!("the number {value}"))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(self.wrong(format!("the number {value}"))),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        let what = if value.fract() != 0.0 {
            "a fraction"
        } else if value.abs() >= 9.0e18 {
            "a number beyond 64 bits"
        } else {
            "a number that is not written as a whole one"
        };
        Err(self.wrong(what.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        match self.ty() {
            Some((ty::MEMBER, of)) => {
                let member = find_member(self.reader, of, value)?;
                self.give(FactValue::Member(member), || found_text(value))
            }
            Some((ty::BOOL | ty::SET | ty::INT | ty::MONEY, _)) => {
                Err(self.wrong(found_text(value)))
            }
            other => match instant::parse(value) {
                Ok(at) if other.is_none() => self.happen(EventSlot::At(at), found_text(value)),
                Ok(at) => self.give(FactValue::Instant(at), || value.to_string()),
                Err(why) => {
                    let text = value.chars().take(60).collect();
                    Err(self.reader.refuse(Problem::Instant { text, why }))
                }
            },
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Some((ty::SET, of)) = self.ty() else {
            return Err(self.wrong("a list".to_string()));
        };
        let mut members = Bits::EMPTY;
        for index in 0usize.. {
            self.reader.pointer.push(index.to_string());
            let element = Element {
                reader: &mut *self.reader,
                of,
            };
            let Some(member) = list.next_element_seed(element)? else {
                self.reader.pointer.pop();
                break;
            };
            if members.contains(member) {
                let name = naming::member(self.reader.program, of, member).to_string();
                return Err(self.reader.refuse(Problem::Twice { name }));
            }
            members.insert(member);
            self.reader.pointer.pop();
        }
        self.give(FactValue::Members(members), || "a list".to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if !matches!(self.ty(), Some((ty::MONEY, _))) {
            return Err(self.wrong("an object".to_string()));
        }
        let (mut amount, mut currency) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            self.reader.pointer.push(key.clone());
            let slot = match key.as_str() {
                "amount" => &mut amount,
                "currency" => &mut currency,
                _ => {
                    let nearest =
                        nearest(&key, ["amount", "currency"].into_iter()).map(str::to_string);
                    return Err(self
                        .reader
                        .refuse(Problem::UnknownName { name: key, nearest }));
                }
            };
            if slot.is_some() {
                return Err(self.reader.refuse(Problem::Twice { name: key }));
            }
            let expected = if key == "amount" {
                "digits as text, such as `\"250000.00\"`"
            } else {
                CURRENCY
            };
            *slot = Some(map.next_value_seed(Word {
                reader: &mut *self.reader,
                expected,
            })?);
            self.reader.pointer.pop();
        }
        let (Some(amount), Some(letters)) = (amount, currency) else {
            return Err(self.wrong("an object without `amount` or `currency`".to_string()));
        };
        let Some(currency) = Currency::parse(&letters) else {
            self.reader.pointer.push("currency".to_string());
            return Err(self.reader.expected(CURRENCY, found_text(&letters)));
        };
        // The language lets digits be grouped with `_`; JSON from a machine has no use for it.
        match Money::parse(&amount, currency).filter(|_| !amount.contains('_')) {
            Some(money) => self.give(FactValue::Money(money), || found_text(&amount)),
            None => {
                let decimals = currency.decimals();
                let example = Money {
                    minor: 250_000 * 10i64.pow(decimals),
                    currency,
                }
                .to_string();
                self.reader.pointer.push("amount".to_string());
                Err(self.reader.refuse(Problem::Amount {
                    amount,
                    currency: letters,
                    decimals,
                    example,
                }))
            }
        }
    }
}

/// What a currency must be, for messages.
const CURRENCY: &str = "three capital letters as text, such as `\"EUR\"`";

fn find_member<E: Error>(reader: &mut Reader<'_, '_>, of: u16, text: &str) -> Result<u16, E> {
    let program = reader.program;
    let row = program.enums.at(usize::from(of));
    let count = u16::try_from(row.members.count).unwrap_or(u16::MAX);
    if let Some(found) = (0..count).find(|index| member(program, of, *index) == text) {
        return Ok(found);
    }
    let near =
        nearest(text, (0..count).map(|index| member(program, of, index))).map(str::to_string);
    let enumeration = program.str(row.name).to_string();
    let shown = text.chars().take(60).collect();
    Err(reader.refuse(Problem::Member {
        enumeration,
        member: shown,
        nearest: near,
    }))
}

/// A visitor that takes text and refuses all else with an expectation.
macro_rules! text_only {
    ($name:ident -> $out:ty, |$self_:ident| $expected:expr, |$reader:ident, $text:ident| $take:expr) => {
        impl<'de> DeserializeSeed<'de> for $name<'_, '_, '_> {
            type Value = $out;
            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<$out, D::Error> {
                deserializer.deserialize_any(self)
            }
        }

        impl<'de> Visitor<'de> for $name<'_, '_, '_> {
            type Value = $out;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("text")
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<$out, E> {
                let $self_ = &self;
                let expected = $expected;
                Err(self.reader.expected(&expected, value.to_string()))
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<$out, E> {
                let $self_ = &self;
                let expected = $expected;
                Err(self
                    .reader
                    .expected(&expected, format!("the number {value}")))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<$out, E> {
                let $self_ = &self;
                let expected = $expected;
                Err(self
                    .reader
                    .expected(&expected, format!("the number {value}")))
            }
            fn visit_f64<E: Error>(self, value: f64) -> Result<$out, E> {
                let $self_ = &self;
                let expected = $expected;
                Err(self
                    .reader
                    .expected(&expected, format!("the number {value}")))
            }
            fn visit_unit<E: Error>(self) -> Result<$out, E> {
                let $self_ = &self;
                let expected = $expected;
                Err(self.reader.expected(&expected, "null".to_string()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<$out, A::Error> {
                let $self_ = &self;
                let expected = $expected;
                Err(self.reader.expected(&expected, "a list".to_string()))
            }
            fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<$out, A::Error> {
                let $self_ = &self;
                let expected = $expected;
                Err(self.reader.expected(&expected, "an object".to_string()))
            }
            fn visit_str<E: Error>(self, $text: &str) -> Result<$out, E> {
                let $reader = self;
                $take
            }
        }
    };
}

/// A member in a list.
struct Element<'s, 'r, 'p> {
    reader: &'s mut Reader<'r, 'p>,
    of: u16,
}

text_only!(
    Element -> u16,
    |element| {
        let program = element.reader.program;
        format!("a member of `{}` as text", program.str(program.enums.at(usize::from(element.of)).name))
    },
    |element, text| find_member(element.reader, element.of, text)
);

/// A text.
struct Word<'s, 'r, 'p> {
    reader: &'s mut Reader<'r, 'p>,
    expected: &'static str,
}

text_only!(Word -> String, |word| word.expected.to_string(), |word, text| {
    let _ = word;
    Ok(text.to_string())
});
