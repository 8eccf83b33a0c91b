//! The short way through a text that is as machines write it: nearly every key and value of nearly every case.
//!
//! Invariant: each of these takes all of what it reads, and only where the long way (`scan`, `string`) would read the same;
//! or it takes nothing, and the long way finds what it is, or what is wrong with it. Why: most of the time goes into
//! looking at the same byte more than once.

use super::scan::{Scan, Span};
use super::words::Probe;

/// Marks, in their high bits, the bytes that do not stand for themselves in a string: control characters, quotes and
/// backslashes. The first mark is right; those behind it, which a borrow may have reached, are not to be looked at.
#[inline(always)]
pub(super) fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let quote = eight ^ (ONES * b'"' as u64);
    let escape = eight ^ (ONES * b'\\' as u64);
    let found = eight.wrapping_sub(ONES * 0x20) & !eight
        | quote.wrapping_sub(ONES) & !quote
        | escape.wrapping_sub(ONES) & !escape;
    found & HIGH
}

/// The eight bytes from a place on.
#[inline(always)]
fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*eight))
}

impl<'t> Scan<'t> {
    /// A string without escapes whose first quote stands here, as a word to be looked up.
    #[inline(always)]
    pub(super) fn quick_word(&mut self) -> Option<(Span, Probe<'t>)> {
        self.quick_word_from(self.at)
    }

    #[inline(always)]
    fn quick_word_from(&mut self, quote: usize) -> Option<(Span, Probe<'t>)> {
        let bytes = self.bytes();
        if bytes.get(quote) != Some(&b'"') {
            return None;
        }
        let start = quote + 1;
        let first = eight(bytes, start)?;
        let mut marks = special(first);
        let mut end = start;
        let mut behind = first;
        while marks == 0 {
            end += 8;
            behind = eight(bytes, end)?;
            marks = special(behind);
        }
        let bits = marks.trailing_zeros() & !7;
        if (behind >> bits) as u8 != b'"' {
            return None;
        }
        end += (bits / 8) as usize;
        let text = bytes.get(start..end)?;
        let probe = if end - start < 8 {
            Probe::short(text, first & ((1 << bits) - 1))
        } else {
            Probe::long(text, first, eight(bytes, end - 8)?)
        };
        self.at = end + 1;
        Some((self.span(start, end), probe))
    }

    /// The next key of an object, and the colon behind it; `first` as for [`Scan::key`].
    #[inline(always)]
    pub(super) fn quick_key(&mut self, first: bool) -> Option<(Span, Probe<'t>)> {
        let bytes = self.bytes();
        let before = self.at;
        let mut at = before;
        if !first {
            if bytes.get(at) != Some(&b',') {
                return None;
            }
            at += 1;
        }
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = bytes.get(at) {
            at += 1;
        }
        self.quick_word_from(at)
    }

    /// The colon behind a key, and a blank behind that.
    #[inline(always)]
    pub(super) fn quick_colon(&mut self) -> bool {
        let bytes = self.bytes();
        if bytes.get(self.at) != Some(&b':') {
            return false;
        }
        self.at += 1;
        if bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        true
    }

    /// `true` or `false`.
    #[inline(always)]
    pub(super) fn quick_bool(&mut self) -> Option<bool> {
        let rest = self.bytes().get(self.at..)?;
        if rest.first_chunk::<4>() == Some(b"true") {
            self.at += 4;
            return Some(true);
        }
        if rest.first_chunk::<5>() == Some(b"false") {
            self.at += 5;
            return Some(false);
        }
        None
    }

    /// A whole number of at most 18 digits, which no 64 bits are too few for.
    #[inline(always)]
    pub(super) fn quick_whole(&mut self) -> Option<i64> {
        let bytes = self.bytes();
        let start = self.at;
        let (mut at, mut number) = (start, 0i64);
        while let Some(digit @ b'0'..=b'9') = bytes.get(at).copied() {
            if at - start == 18 {
                return None;
            }
            number = number * 10 + i64::from(digit - b'0');
            at += 1;
        }
        let more = matches!(bytes.get(at), None | Some(b'.' | b'e' | b'E'));
        let leading = bytes.get(start) == Some(&b'0') && at - start > 1;
        if at == start || more || leading {
            return None;
        }
        self.at = at;
        Some(number)
    }
}
