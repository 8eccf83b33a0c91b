//! One value of a case: of a fact or of an event.
//!
//! Invariant: only a value is given that `check_fact` or `check_event` passes (`tests/json_reader.rs`); no number passes
//! through a float, and none is rounded.

use super::case::Reading;
use super::error::Problem;
use super::names::nearest;
use super::naming::member;
use super::scan::{Scan, Span, Stop, Token};
use super::words::{Home, Word};
use crate::eval::{EventSlot, FactSlot, FactValue};
use crate::model::{Bits, Currency, FactId, Money};
use crate::pack::format::FactRow;
use crate::time::instant;

/// What a fact may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct FactType {
    ty: u8,
    /// The enumeration.
    of: u16,
    least: i64,
    most: i64,
}

impl FactType {
    pub(super) fn of(row: FactRow) -> FactType {
        FactType {
            ty: row.ty,
            of: row.of,
            least: row.least,
            most: row.most,
        }
    }
}

/// Types of facts, by their number in the tables.
mod ty {
    pub const BOOL: u8 = 0;
    pub const MEMBER: u8 = 1;
    pub const SET: u8 = 2;
    pub const INT: u8 = 3;
    pub const MONEY: u8 = 4;
    pub const INSTANT: u8 = 5;
}

/// What an amount must be, for messages.
const MONEY: &str = "an amount such as `{\"amount\": \"250000.00\", \"currency\": \"EUR\"}`";
const AMOUNT: &str = "digits as text, such as `\"250000.00\"`";
const CURRENCY: &str = "three capital letters as text, such as `\"EUR\"`";
/// What is said of an event, for messages.
const EVENT: &str = "an instant such as `2026-05-16T23:30:00+02:00`, `false` (it has not happened) or `null` (unknown)";

/// A text as a message shows it.
fn found_text(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("the text `{short}`")
}

/// A value as a message shows it.
pub(super) fn found(scan: &Scan<'_>, token: Token) -> String {
    match token {
        Token::Null => "null".to_string(),
        Token::Bool(value) => value.to_string(),
        Token::Whole(number) => format!("the number {number}"),
        Token::Number(number) => format!("the number {}", scan.text(number)),
        Token::Text(text) => found_text(&scan.text(text)),
        Token::List => "a list".to_string(),
        Token::Object => "an object".to_string(),
    }
}

/// What is wrong with a number that is no whole one of 64 bits, from how it is written.
fn found_number(number: &str) -> String {
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let written = [whole, fraction].concat();
    let significant = written.trim_start_matches(['-', '0']);
    let zeros = significant.len() - significant.trim_end_matches('0').len();
    // An exponent that is too long to be read is beyond any length of digits.
    let beyond = if exponent.starts_with('-') {
        i64::MIN / 2
    } else {
        i64::MAX / 2
    };
    let exponent = exponent.parse().unwrap_or(beyond) - fraction.len() as i64;
    let length = exponent + significant.len() as i64;
    let what = if significant.is_empty() {
        "a number that is not written as a whole one"
    } else if exponent + (zeros as i64) < 0 {
        "a fraction"
    } else if exponent == 0 && fraction.is_empty() && number.parse::<u64>().is_ok() {
        return format!("the number {number}");
    } else if length > 19 || length == 19 && significant.starts_with('9') {
        "a number beyond 64 bits"
    } else {
        "a number that is not written as a whole one"
    };
    what.to_string()
}

impl Reading<'_, '_, '_> {
    /// Reads what is said of a fact.
    #[inline]
    pub(super) fn fact(&mut self, fact: FactId) -> Result<FactSlot, Stop> {
        let kind = self.reader.facts.get(fact.index()).copied();
        let Some(kind) = kind else {
            return Ok(FactSlot::Absent);
        };
        if let Some(value) = self.quick_fact(kind) {
            return Ok(FactSlot::Given(value));
        }
        let value = match (kind.ty, self.scan.token()?) {
            (_, Token::Null) => return Ok(FactSlot::Null),
            (ty::BOOL, Token::Bool(value)) => FactValue::Bool(value),
            (ty::MEMBER, Token::Text(text)) => FactValue::Member(self.member(kind.of, text)?),
            (ty::SET, Token::List) => {
                let members = self.members(kind.of);
                FactValue::Members(self.scan.leave_list(members)?)
            }
            (ty::INT, Token::Whole(number)) if (kind.least..=kind.most).contains(&number) => {
                FactValue::Int(number)
            }
            (ty::MONEY, Token::Object) => {
                let money = self.money();
                FactValue::Money(self.scan.leave_object(money)?)
            }
            (ty::INSTANT, Token::Text(text)) => FactValue::Instant(self.instant(text)?),
            (_, token) => return Err(self.wrong(self.expectation(kind), token)),
        };
        Ok(FactSlot::Given(value))
    }

    /// A value that is good and written as machines write it; none, and nothing read, for any other.
    #[inline(always)]
    fn quick_fact(&mut self, kind: FactType) -> Option<FactValue> {
        match kind.ty {
            ty::BOOL => self.scan.quick_bool().map(FactValue::Bool),
            ty::INT => {
                let before = self.scan.at;
                let number = self.scan.quick_whole()?;
                if (kind.least..=kind.most).contains(&number) {
                    return Some(FactValue::Int(number));
                }
                self.scan.at = before;
                None
            }
            ty::MEMBER => self.quick_member(kind.of).map(FactValue::Member),
            ty::INSTANT => self.quick_instant().map(FactValue::Instant),
            _ => None,
        }
    }

    /// As [`Reading::quick_fact`], a member of an enumeration.
    #[inline(always)]
    fn quick_member(&mut self, of: u16) -> Option<u16> {
        let before = self.scan.at;
        let (_, probe) = self.scan.quick_word()?;
        if let Some(Word::Member(member)) = self.reader.words.find(Home::enumeration(of), &probe) {
            return Some(member);
        }
        self.scan.at = before;
        None
    }

    /// As [`Reading::quick_fact`], an instant.
    #[inline]
    fn quick_instant(&mut self) -> Option<i64> {
        let before = self.scan.at;
        let (span, _) = self.scan.quick_word()?;
        let instant = instant::parse(&self.scan.text(span)).ok();
        if instant.is_none() {
            self.scan.at = before;
        }
        instant
    }

    /// Reads what is said of an event.
    #[inline]
    pub(super) fn event(&mut self) -> Result<EventSlot, Stop> {
        if let Some(instant) = self.quick_instant() {
            return Ok(EventSlot::At(instant));
        }
        match self.scan.token()? {
            Token::Null => Ok(EventSlot::Null),
            Token::Bool(false) => Ok(EventSlot::Not),
            Token::Text(text) => Ok(EventSlot::At(self.instant(text)?)),
            token => Err(self.wrong(EVENT.to_string(), token)),
        }
    }

    /// What was expected of a fact, in words.
    fn expectation(&self, kind: FactType) -> String {
        let program = self.program();
        let enumeration = program.str(program.enums.at(usize::from(kind.of)).name);
        match kind.ty {
            ty::BOOL => "`true` or `false`".to_string(),
            ty::MEMBER => format!("a member of `{enumeration}` as text"),
            ty::SET => format!("a list of members of `{enumeration}`"),
            ty::INT => format!("a whole number from {} to {}", kind.least, kind.most),
            ty::MONEY => MONEY.to_string(),
            _ => "an instant such as `2026-05-16T23:30:00+02:00`".to_string(),
        }
    }

    /// Refuses the value of a fact or event.
    #[cold]
    fn wrong(&mut self, expected: String, token: Token) -> Stop {
        let found = match token {
            Token::Number(number) => found_number(&self.scan.text(number)),
            other => found(&self.scan, other),
        };
        self.refuse_value(Problem::Value { expected, found }, token)
    }

    #[inline]
    fn instant(&mut self, span: Span) -> Result<i64, Stop> {
        let text = self.scan.text(span);
        instant::parse(&text).map_err(|why| {
            let text = text.chars().take(60).collect();
            self.refuse_value(Problem::Instant { text, why }, Token::Text(span))
        })
    }

    #[inline]
    fn member(&mut self, of: u16, text: Span) -> Result<u16, Stop> {
        match self.find(Home::enumeration(of), text) {
            Some(Word::Member(member)) => Ok(member),
            _ => Err(self.no_member(of, text)),
        }
    }

    #[cold]
    fn no_member(&mut self, of: u16, span: Span) -> Stop {
        let text = &*self.scan.text(span);
        let program = self.program();
        let row = program.enums.at(usize::from(of));
        let count = u16::try_from(row.members.count).unwrap_or(u16::MAX);
        let near = nearest(text, (0..count).map(|index| member(&program, of, index)));
        let problem = Problem::Member {
            enumeration: program.str(row.name).to_string(),
            member: text.chars().take(60).collect(),
            nearest: near.map(str::to_string),
        };
        self.refuse_value(problem, Token::Text(span))
    }

    /// Reads the members of a list whose `[` was read.
    fn members(&mut self, of: u16) -> Result<Bits, Stop> {
        let mut members = Bits::EMPTY;
        let mut first = true;
        for index in 0usize.. {
            if !self.scan.element(&mut first)? {
                break;
            }
            let member = self.element(of, &members).inspect_err(|_| {
                self.trail.push(index.to_string());
            })?;
            members.insert(member);
        }
        Ok(members)
    }

    #[inline]
    fn element(&mut self, of: u16, before: &Bits) -> Result<u16, Stop> {
        let found = match self.quick_member(of) {
            Some(found) => found,
            None => match self.scan.token()? {
                Token::Text(text) => self.member(of, text)?,
                token => return Err(self.no_text(of, token)),
            },
        };
        if before.contains(found) {
            let name = member(&self.program(), of, found).to_string();
            return Err(self.refuse(Problem::Twice { name }));
        }
        Ok(found)
    }

    /// Refuses an element of a list that is no text.
    #[cold]
    fn no_text(&mut self, of: u16, token: Token) -> Stop {
        let program = self.program();
        let enumeration = program.str(program.enums.at(usize::from(of)).name);
        self.unexpected(format!("a member of `{enumeration}` as text"), token)
    }

    /// Reads an amount with its currency, an object whose `{` was read.
    fn money(&mut self) -> Result<Money, Stop> {
        let (mut amount, mut currency) = (None, None);
        let mut first = true;
        while let Some(key) = self.scan.key(&mut first)? {
            let name = self.scan.text(key);
            let (slot, expected) = match &*name {
                "amount" => (&mut amount, AMOUNT),
                "currency" => (&mut currency, CURRENCY),
                _ => (&mut None, ""),
            };
            let said = if expected.is_empty() {
                let nearest = nearest(&name, ["amount", "currency"].into_iter());
                Err(self.refuse(Problem::UnknownName {
                    name: name.to_string(),
                    nearest: nearest.map(str::to_string),
                }))
            } else if slot.is_some() {
                let name = name.to_string();
                Err(self.refuse(Problem::Twice { name }))
            } else {
                self.scan.colon().and_then(|()| match self.scan.token()? {
                    Token::Text(text) => Ok(text),
                    token => Err(self.unexpected(expected.to_string(), token)),
                })
            };
            match said {
                Ok(text) => *slot = Some(text),
                Err(stop) => {
                    self.trail.push(name.into_owned());
                    return Err(stop);
                }
            }
        }
        let (Some(amount), Some(letters)) = (amount, currency) else {
            return Err(self.refuse(Problem::Value {
                expected: MONEY.to_string(),
                found: "an object without `amount` or `currency`".to_string(),
            }));
        };
        let (amount, letters) = (self.scan.text(amount), self.scan.text(letters));
        let Some(currency) = Currency::parse(&letters) else {
            self.trail.push("currency".to_string());
            return Err(self.refuse(Problem::Value {
                expected: CURRENCY.to_string(),
                found: found_text(&letters),
            }));
        };
        // The language lets digits be grouped with `_`; JSON from a machine has no use for it.
        let money = Money::parse(&amount, currency).filter(|_| !amount.contains('_'));
        money.ok_or_else(|| {
            let decimals = currency.decimals();
            let example = Money {
                minor: 250_000 * 10i64.pow(decimals),
                currency,
            };
            self.trail.push("amount".to_string());
            self.refuse(Problem::Amount {
                amount: amount.into_owned(),
                currency: letters.into_owned(),
                decimals,
                example: example.to_string(),
            })
        })
    }
}
