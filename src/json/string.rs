//! Strings: to their last quote, and what their escapes say.
//!
//! Invariant: a string that is passed is one that can be kept: its escapes stand for whole characters. It is decoded only
//! when it is asked for, as most strings have no escape and stand in the text as they are.

use super::quick::special;
use super::scan::{Scan, Span, Stop};
use super::slip::Slip;

impl Scan<'_> {
    /// Goes to the next byte that does not stand for itself in a string.
    #[inline]
    pub(super) fn plain(&mut self) {
        let rest = self.bytes().get(self.at..).unwrap_or(&[]);
        let mut left = rest;
        while let Some((eight, behind)) = left.split_first_chunk::<8>() {
            let eight = u64::from_le_bytes(*eight);
            let found = special(eight);
            if found != 0 {
                self.at += rest.len() - left.len() + (found.trailing_zeros() / 8) as usize;
                return;
            }
            left = behind;
        }
        let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        let plain = left.iter().position(ends).unwrap_or(left.len());
        self.at += rest.len() - left.len() + plain;
    }

    /// A string whose first quote was read.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Span, Stop> {
        let start = self.at;
        self.plain();
        let escapes = self.peek() != Some(b'"');
        if escapes {
            self.escaped()?;
        }
        self.at += 1;
        let mut span = self.span(start, self.at - 1);
        span.escapes = escapes;
        Ok(span)
    }

    /// Goes to the quote that ends a string with escapes, or finds that there is none.
    #[cold]
    pub(super) fn escaped(&mut self) -> Result<(), Stop> {
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
    pub(super) fn unescaped(mut self) -> String {
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
    pub(super) fn escape(&mut self) -> Result<char, Stop> {
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

    pub(super) fn hex(&mut self) -> Result<u32, Stop> {
        let bytes = self.bytes();
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
}
