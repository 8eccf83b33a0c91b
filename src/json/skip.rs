//! Past a value that nobody asks for.
//!
//! Invariant: what is passed is JSON, however deep it goes: there is no recursion. Why at all: a line of a batch or a case
//! file holds more than its case.

use super::scan::{Scan, Stop};
use super::slip::Slip;

impl Scan<'_> {
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
