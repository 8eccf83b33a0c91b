//! JSON text to its tokens, in one pass over the bytes.
//!
//! Invariant: what is not JSON by RFC 8259 is refused at the place where it stops being JSON; no number becomes a float.
//! Why by hand: a case is read for every report and notice, and a reader that knows nothing of cases costs several times
//! what the text does. The messages, and the places they name, are those of `serde_json`, which read cases before and
//! against which this reader is compared (`tests/json_reader.rs`).

use std::borrow::Cow;

use super::words::Probe;

/// Reading has ended; what is wrong is noted where it was found.
#[derive(Debug)]
pub(super) struct Stop;

/// What keeps a text from being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    EndInList,
    EndInObject,
    EndInString,
    EndInValue,
    Colon,
    CommaInList,
    CommaInObject,
    Word,
    Value,
    Key,
    TrailingComma,
    TrailingText,
    Number,
    Escape,
    Control,
    LoneSurrogate,
    HalfSurrogate,
}

impl Slip {
    /// The slip in words.
    pub(super) fn text(self) -> &'static str {
        match self {
            Slip::EndInList => "the text ends within a list",
            Slip::EndInObject => "the text ends within an object",
            Slip::EndInString => "the text ends within a string",
            Slip::EndInValue => "the text ends within a value",
            Slip::Colon => "expected `:`",
            Slip::CommaInList => "expected `,` or `]`",
            Slip::CommaInObject => "expected `,` or `}`",
            Slip::Word => "expected ident",
            Slip::Value => "expected value",
            Slip::Key => "key must be a string",
            Slip::TrailingComma => "trailing comma",
            Slip::TrailingText => "trailing characters",
            Slip::Number => "invalid number",
            Slip::Escape => "invalid escape",
            Slip::Control => "control character (\\u0000-\\u001F) found while parsing a string",
            Slip::LoneSurrogate => "lone leading surrogate in hex escape",
            Slip::HalfSurrogate => "unexpected end of hex escape",
        }
    }
}

/// A part of the text: what stands between the quotes of a string, or a number. Where a string has escapes, it is decoded
/// when it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    // A case has fewer bytes than 32 bits count (`CASE_BYTES_MAX`).
    start: u32,
    end: u32,
    escapes: bool,
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
    at: usize,
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

    /// Why this is no JSON, if it is none.
    pub(super) fn slip(&self) -> Option<Slip> {
        self.slip
    }

    /// The line and the column of what is wrong.
    pub(super) fn place(&self) -> (usize, usize) {
        let before = self.text.as_bytes();
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
    fn slipped(&mut self, slip: Slip) -> Stop {
        self.here();
        self.slip = Some(slip);
        Stop
    }

    /// What comes next is not JSON.
    #[cold]
    fn slips(&mut self, slip: Slip) -> Stop {
        let next = (self.at + 1).min(self.text.len());
        self.place.get_or_insert(next);
        self.slip = Some(slip);
        Stop
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte behind white space, which is left there.
    #[inline]
    fn space(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// The part from a place to another.
    #[inline]
    fn span(&self, start: usize, end: usize) -> Span {
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
    fn written(&self, span: Span) -> &'t str {
        let range = span.start as usize..span.end as usize;
        self.text.get(range).unwrap_or("")
    }

    /// A part as a word to be looked up; none if it takes more than a look at the text.
    #[inline]
    pub(super) fn probe(&self, span: Span) -> Option<Probe<'t>> {
        let bytes = self.text.as_bytes();
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

    /// Goes to the next byte that does not stand for itself in a string.
    #[inline]
    fn plain(&mut self) {
        const ONES: u64 = u64::MAX / 255;
        const HIGH: u64 = ONES << 7;
        let bytes = self.text.as_bytes();
        // Eight bytes at once: where one of them is a control character, a quote or a backslash, subtracting turns its
        // high bit on. The first such bit is right; those behind it, which a borrow may have reached, are not looked at.
        while let Some(eight) = bytes.get(self.at..).and_then(<[u8]>::first_chunk::<8>) {
            let eight = u64::from_le_bytes(*eight);
            let quote = eight ^ (ONES * b'"' as u64);
            let escape = eight ^ (ONES * b'\\' as u64);
            let found = eight.wrapping_sub(ONES * 0x20) & !eight
                | quote.wrapping_sub(ONES) & !quote
                | escape.wrapping_sub(ONES) & !escape;
            let found = found & HIGH;
            if found != 0 {
                self.at += (found.trailing_zeros() / 8) as usize;
                return;
            }
            self.at += 8;
        }
        while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..0x20)) {
            self.at += 1;
        }
    }

    /// A string whose first quote was read.
    #[inline]
    fn string(&mut self) -> Result<Span, Stop> {
        let start = self.at;
        self.plain();
        if self.peek() != Some(b'"') {
            self.escaped()?;
            self.at += 1;
            return Ok(Span {
                escapes: true,
                ..self.span(start, self.at - 1)
            });
        }
        self.at += 1;
        Ok(self.span(start, self.at - 1))
    }

    /// Goes to the quote that ends a string with escapes, or finds that there is none.
    #[cold]
    fn escaped(&mut self) -> Result<(), Stop> {
        loop {
            match self.peek() {
                Some(b'"') => return Ok(()),
                Some(b'\\') => {
                    self.at += 1;
                    self.escape()?;
                }
                Some(_) => {
                    self.at += 1;
                    return Err(self.slipped(Slip::Control));
                }
                None => return Err(self.slipped(Slip::EndInString)),
            }
            self.plain();
        }
    }

    /// What a string says, quotes aside, whose escapes were found to be good.
    fn unescaped(mut self) -> String {
        let mut said = String::new();
        loop {
            let start = self.at;
            self.plain();
            said.push_str(self.written(self.span(start, self.at)));
            // Nothing but a backslash can stand here, or the end.
            if self.next().is_none() {
                return said;
            }
            if let Ok(letter) = self.escape() {
                said.push(letter);
            }
        }
    }

    /// An escape whose backslash was read.
    fn escape(&mut self) -> Result<char, Stop> {
        let Some(byte) = self.next() else {
            return Err(self.slipped(Slip::EndInString));
        };
        match byte {
            b'"' | b'\\' | b'/' => Ok(char::from(byte)),
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{c}'),
            b'n' => Ok('\n'),
            b'r' => Ok('\r'),
            b't' => Ok('\t'),
            b'u' => self.unicode(),
            _ => Err(self.slipped(Slip::Escape)),
        }
    }

    /// A character by its number in UTF-16, of which the first `\u` was read. Halves of a pair stand for nothing alone.
    fn unicode(&mut self) -> Result<char, Stop> {
        let first = self.hex()?;
        if let Some(letter) = char::from_u32(first) {
            return Ok(letter);
        }
        if first >= 0xDC00 {
            return Err(self.slipped(Slip::LoneSurrogate));
        }
        for expected in [b'\\', b'u'] {
            match self.next() {
                Some(byte) if byte == expected => {}
                Some(_) => return Err(self.slipped(Slip::HalfSurrogate)),
                None => return Err(self.slipped(Slip::EndInString)),
            }
        }
        let second = self.hex()?;
        let pair = second
            .checked_sub(0xDC00)
            .filter(|low| *low < 0x400)
            .and_then(|low| char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + low));
        pair.ok_or_else(|| self.slipped(Slip::LoneSurrogate))
    }

    fn hex(&mut self) -> Result<u32, Stop> {
        let bytes = self.text.as_bytes();
        let Some(four) = bytes.get(self.at..).and_then(<[u8]>::first_chunk::<4>) else {
            self.at = bytes.len();
            return Err(self.slipped(Slip::EndInString));
        };
        self.at += 4;
        let mut number = 0;
        for byte in four {
            match char::from(*byte).to_digit(16) {
                Some(digit) => number = number * 16 + digit,
                None => return Err(self.slipped(Slip::Escape)),
            }
        }
        Ok(number)
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

    /// Reads a value that nobody asks for, however deep it goes. Its strings may hold half characters: they are not kept.
    pub(super) fn skip(&mut self) -> Result<(), Stop> {
        // What is open, by its opening byte.
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.space() {
                Some(first @ (b'[' | b'{')) => {
                    self.at += 1;
                    open.push(first);
                    let closes = self.space();
                    match (first, closes) {
                        (b'[', None) => return Err(self.slips(Slip::EndInList)),
                        (_, None) => return Err(self.slips(Slip::EndInObject)),
                        (b'[', Some(b']')) | (b'{', Some(b'}')) => {
                            self.at += 1;
                            open.pop();
                        }
                        (b'{', Some(_)) => {
                            self.skip_key()?;
                            continue;
                        }
                        _ => continue,
                    }
                }
                Some(b'"') => {
                    self.at += 1;
                    self.skip_string()?;
                }
                _ => {
                    self.token()?;
                }
            }
            // A value has ended, and with it perhaps what it stands in.
            loop {
                let Some(around) = open.last() else {
                    return Ok(());
                };
                let list = *around == b'[';
                match self.space() {
                    Some(b',') => {
                        self.at += 1;
                        if !list {
                            self.skip_key()?;
                        }
                        break;
                    }
                    Some(b']') if list => {}
                    Some(b'}') if !list => {}
                    Some(_) if list => return Err(self.slips(Slip::CommaInList)),
                    Some(_) => return Err(self.slips(Slip::CommaInObject)),
                    None if list => return Err(self.slips(Slip::EndInList)),
                    None => return Err(self.slips(Slip::EndInObject)),
                }
                self.at += 1;
                open.pop();
            }
        }
    }

    fn skip_key(&mut self) -> Result<(), Stop> {
        match self.space() {
            Some(b'"') => self.at += 1,
            Some(_) => return Err(self.slips(Slip::Key)),
            None => return Err(self.slips(Slip::EndInObject)),
        }
        self.skip_string()?;
        self.colon()
    }

    fn skip_string(&mut self) -> Result<(), Stop> {
        loop {
            self.plain();
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    match self.next() {
                        Some(b'u') => {
                            self.hex()?;
                        }
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                        Some(_) => return Err(self.slipped(Slip::Escape)),
                        None => return Err(self.slipped(Slip::EndInString)),
                    }
                }
                Some(_) => return Err(self.slipped(Slip::Control)),
                None => return Err(self.slipped(Slip::EndInString)),
            }
        }
    }
}
