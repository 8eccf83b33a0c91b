//! JSON text to its tokens, in one pass over the bytes.
//!
//! Invariant: what is not JSON by RFC 8259 is refused at the place where it stops being JSON; no number becomes a float.
//! Why by hand: a case is read for every report and notice, and a reader that knows nothing of cases costs several times
//! what the text does. The messages, and the places they name, are those of `serde_json`, which read cases before and
//! against which this reader is compared (`tests/json_reader.rs`).

use std::borrow::Cow;

use super::slip::Slip;
use super::words::Probe;

/// Reading has ended; what is wrong is noted where it was found.
#[derive(Debug)]
pub(super) struct Stop;

/// A part of the text: what stands between the quotes of a string, or a number. Where a string has escapes, it is decoded
/// when it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    // A case has fewer bytes than 32 bits count (`CASE_BYTES_MAX`).
    start: u32,
    end: u32,
    pub(super) escapes: bool,
}

/// A value, or how one begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token {
    Null,
    Bool(bool),
    /// A whole number of 64 bits.
    Whole(i64),
    /// Any other number.
    Number(Span),
    Text(Span),
    /// Its `[` was read.
    List,
    /// Its `{` was read.
    Object,
}

/// Text that is read.
pub(super) struct Scan<'t> {
    text: &'t str,
    /// How much of it was read.
    pub(super) at: usize,
    /// Where what is wrong was found: set once, by whoever finds it.
    place: Option<usize>,
    /// What keeps the text from being JSON.
    slip: Option<Slip>,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Scan<'t> {
        Scan {
            text,
            at: 0,
            place: None,
            slip: None,
        }
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    /// Why this is no JSON, if it is none.
    pub(super) fn slip(&self) -> Option<Slip> {
        self.slip
    }

    /// The line and the column of what is wrong.
    pub(super) fn place(&self) -> (usize, usize) {
        let before = self.bytes();
        let before = before
            .get(..self.place.unwrap_or(self.at))
            .unwrap_or(before);
        let newlines = before.iter().filter(|byte| **byte == b'\n').count();
        let line = before.rsplit(|byte| *byte == b'\n').next();
        (newlines + 1, line.map_or(0, <[u8]>::len))
    }

    /// Says that what is wrong is here, unless a place was noted before.
    pub(super) fn here(&mut self) {
        self.place.get_or_insert(self.at);
    }

    /// What was read last is not JSON.
    #[cold]
    pub(super) fn slipped(&mut self, slip: Slip) -> Stop {
        self.here();
        self.slip = Some(slip);
        Stop
    }

    /// What comes next is not JSON.
    #[cold]
    pub(super) fn slips(&mut self, slip: Slip) -> Stop {
        let next = (self.at + 1).min(self.text.len());
        self.place.get_or_insert(next);
        self.slip = Some(slip);
        Stop
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte behind white space, which is left there.
    #[inline]
    pub(super) fn space(&mut self) -> Option<u8> {
        let mut at = self.at;
        let bytes = self.bytes();
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = bytes.get(at) {
            at += 1;
        }
        self.at = at;
        bytes.get(at).copied()
    }

    /// The part from a place to another, if it has no escapes.
    #[inline]
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span {
            start: start as u32,
            end: end as u32,
            escapes: false,
        }
    }

    /// What a part says.
    pub(super) fn text(&self, span: Span) -> Cow<'t, str> {
        let written = self.written(span);
        if span.escapes {
            Cow::Owned(Scan::new(written).unescaped())
        } else {
            Cow::Borrowed(written)
        }
    }

    /// A part as it is written.
    pub(super) fn written(&self, span: Span) -> &'t str {
        let range = span.start as usize..span.end as usize;
        self.text.get(range).unwrap_or("")
    }

    /// A part as a word to be looked up; none if it takes more than a look at the text.
    #[inline]
    pub(super) fn probe(&self, span: Span) -> Option<Probe<'t>> {
        let bytes = self.bytes();
        let (start, end) = (span.start as usize, span.end as usize);
        let eight = bytes.get(start..)?.first_chunk::<8>()?;
        let text = bytes.get(start..end)?;
        (!span.escapes).then(|| Probe::before(text, *eight))
    }

    /// The next value, or its beginning.
    #[inline]
    pub(super) fn token(&mut self) -> Result<Token, Stop> {
        let Some(first) = self.space() else {
            return Err(self.slips(Slip::EndInValue));
        };
        if !matches!(
            first,
            b'"' | b'[' | b'{' | b't' | b'f' | b'n' | b'-' | b'0'..=b'9'
        ) {
            return Err(self.slips(Slip::Value));
        }
        self.at += 1;
        match first {
            b'"' => Ok(Token::Text(self.string()?)),
            b'[' => Ok(Token::List),
            b'{' => Ok(Token::Object),
            b't' => self.word(b"rue").map(|()| Token::Bool(true)),
            b'f' => self.word(b"alse").map(|()| Token::Bool(false)),
            b'n' => self.word(b"ull").map(|()| Token::Null),
            digit => self.number(digit),
        }
    }

    fn word(&mut self, rest: &[u8]) -> Result<(), Stop> {
        for letter in rest {
            match self.next() {
                Some(byte) if byte == *letter => {}
                Some(_) => return Err(self.slipped(Slip::Word)),
                None => return Err(self.slipped(Slip::EndInValue)),
            }
        }
        Ok(())
    }

    /// A number whose first byte was read.
    fn number(&mut self, first: u8) -> Result<Token, Stop> {
        let start = self.at - 1;
        self.digits(first)?;
        let span = self.span(start, self.at);
        let text = self.written(span);
        // A minus before zero is nothing that a whole number keeps.
        match text.parse() {
            Ok(number) if text != "-0" => Ok(Token::Whole(number)),
            _ => Ok(Token::Number(span)),
        }
    }

    /// The rest of a number.
    fn digits(&mut self, first: u8) -> Result<(), Stop> {
        let digit = if first == b'-' {
            match self.next() {
                Some(byte) => byte,
                None => return Err(self.slipped(Slip::EndInValue)),
            }
        } else {
            first
        };
        match digit {
            b'0' if matches!(self.peek(), Some(b'0'..=b'9')) => {
                return Err(self.slips(Slip::Number));
            }
            b'0' => {}
            b'1'..=b'9' => self.run(),
            _ => return Err(self.slipped(Slip::Number)),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            match self.peek() {
                Some(b'0'..=b'9') => self.run(),
                Some(_) => return Err(self.slips(Slip::Number)),
                None => return Err(self.slips(Slip::EndInValue)),
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            match self.next() {
                Some(b'0'..=b'9') => self.run(),
                Some(_) => return Err(self.slipped(Slip::Number)),
                None => return Err(self.slipped(Slip::EndInValue)),
            }
        }
        Ok(())
    }

    /// Digits, as many as there are.
    fn run(&mut self) {
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
    }

    /// The next key of an object whose `{` was read; none at its `}`, which is left there. `first` is true before the
    /// first key.
    #[inline]
    pub(super) fn key(&mut self, first: &mut bool) -> Result<Option<Span>, Stop> {
        let mut next = self.space();
        if next == Some(b'}') {
            return Ok(None);
        }
        if !*first && next == Some(b',') {
            self.at += 1;
            next = self.space();
            match next {
                Some(b'}') => return Err(self.slips(Slip::TrailingComma)),
                None => return Err(self.slips(Slip::EndInValue)),
                Some(_) => {}
            }
        } else if !*first && next.is_some() {
            return Err(self.slips(Slip::CommaInObject));
        }
        *first = false;
        match next {
            Some(b'"') => {
                self.at += 1;
                self.string().map(Some)
            }
            Some(_) => Err(self.slips(Slip::Key)),
            None => Err(self.slips(Slip::EndInObject)),
        }
    }

    /// The colon behind a key.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), Stop> {
        if self.quick_colon() {
            return Ok(());
        }
        match self.space() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.slips(Slip::Colon)),
            None => Err(self.slips(Slip::EndInObject)),
        }
    }

    /// Whether a list whose `[` was read has another value; if not, its `]` comes next. `first` as for keys.
    #[inline]
    pub(super) fn element(&mut self, first: &mut bool) -> Result<bool, Stop> {
        match self.space() {
            Some(b']') => Ok(false),
            Some(_) if std::mem::take(first) => Ok(true),
            Some(b',') => {
                self.at += 1;
                match self.space() {
                    Some(b']') => Err(self.slips(Slip::TrailingComma)),
                    Some(_) => Ok(true),
                    None => Err(self.slips(Slip::EndInValue)),
                }
            }
            Some(_) => Err(self.slips(Slip::CommaInList)),
            None => Err(self.slips(Slip::EndInList)),
        }
    }

    /// Leaves an object, after its last key or because something in it is wrong. What is wrong with the object as a whole
    /// is said to be behind what could be read of it.
    #[inline]
    pub(super) fn leave_object<T>(&mut self, done: Result<T, Stop>) -> Result<T, Stop> {
        if self.space() == Some(b'}') {
            self.at += 1;
        }
        if done.is_err() {
            self.here();
        }
        done
    }

    /// As [`Scan::leave_object`], for a list.
    #[inline]
    pub(super) fn leave_list<T>(&mut self, done: Result<T, Stop>) -> Result<T, Stop> {
        match self.space() {
            Some(b']') => self.at += 1,
            Some(b',') => {
                self.at += 1;
                self.space();
            }
            _ => {}
        }
        if done.is_err() {
            self.here();
        }
        done
    }

    /// Nothing but white space may come.
    pub(super) fn end(&mut self) -> Result<(), Stop> {
        match self.space() {
            None => Ok(()),
            Some(_) => Err(self.slips(Slip::TrailingText)),
        }
    }
}
