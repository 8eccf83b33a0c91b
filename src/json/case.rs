//! Case JSON to slots, in one pass and without a tree between.
//!
//! Invariant: a slot is set at most once, and a case is given out only when the whole text was good; with an error it says
//! nothing. Why so strict: a reader into dynamic values takes the last of two equal keys and makes floats of large
//! numbers; both are refused here.

use super::error::{CaseJsonError, Problem};
use super::leaf::{FactType, found};
use super::names::{Names, join};
use super::scan::{Scan, Span, Stop, Token};
use super::words::{Home, Probe, Word, Words};
use super::{CASE_BYTES_MAX, CASE_DEPTH_MAX};
use crate::eval::{Case, EventSlot, FactSlot};
use crate::model::FactId;
use crate::pack::Program;

/// A case that owns its slots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnedCase {
    /// By fact.
    pub facts: Vec<FactSlot>,
    /// By event.
    pub events: Vec<EventSlot>,
}

impl OwnedCase {
    /// A case that says nothing.
    #[must_use]
    pub fn empty(program: &Program<'_>) -> OwnedCase {
        OwnedCase {
            facts: vec![FactSlot::Absent; program.facts.len()],
            events: vec![EventSlot::Absent; program.events.len()],
        }
    }

    /// The case, for an evaluation.
    #[must_use]
    pub fn as_case(&self) -> Case<'_> {
        Case {
            facts: &self.facts,
            events: &self.events,
        }
    }
}

/// Reads a case. For many cases of one pack, make a [`CaseReader`] once.
///
/// # Errors
/// The first thing that is wrong, with its place; see [`Problem`].
pub fn case_from_json(program: &Program<'_>, bytes: &[u8]) -> Result<OwnedCase, CaseJsonError> {
    CaseReader::new(program).read(bytes)
}

/// Reads the case that stands under a key of an object, whatever else the object holds.
///
/// # Errors
/// As [`case_from_json`]; an object without the key gives the empty case.
pub fn case_in_object(
    program: &Program<'_>,
    bytes: &[u8],
    key: &str,
) -> Result<OwnedCase, CaseJsonError> {
    CaseReader::new(program).read_in_object(bytes, key)
}

/// What cases of a pack may say, ready to be looked up: made once, it reads any number of cases.
#[derive(Debug)]
pub struct CaseReader<'p> {
    pub(super) program: Program<'p>,
    pub(super) words: Words<'p>,
    /// By fact.
    pub(super) facts: Vec<FactType>,
}

impl<'p> CaseReader<'p> {
    /// The reader for cases of a program.
    #[must_use]
    pub fn new(program: &Program<'p>) -> CaseReader<'p> {
        CaseReader {
            program: *program,
            words: Words::of(program),
            facts: program.facts.iter().map(FactType::of).collect(),
        }
    }

    /// Reads a case.
    ///
    /// # Errors
    /// As [`case_from_json`].
    pub fn read(&self, bytes: &[u8]) -> Result<OwnedCase, CaseJsonError> {
        let mut case = OwnedCase::default();
        self.fill(&mut case, bytes, None).map(|()| case)
    }

    /// Reads a case into one that there is, whatever it said before. Nothing is allocated for a text that is good and
    /// writes no escapes, once the case has been one of this program.
    ///
    /// # Errors
    /// As [`case_from_json`]; the case then says nothing.
    pub fn read_into(&self, case: &mut OwnedCase, bytes: &[u8]) -> Result<(), CaseJsonError> {
        self.fill(case, bytes, None)
    }

    /// Reads the case that stands under a key of an object.
    ///
    /// # Errors
    /// As [`case_in_object`].
    pub fn read_in_object(&self, bytes: &[u8], key: &str) -> Result<OwnedCase, CaseJsonError> {
        let mut case = OwnedCase::default();
        self.fill(&mut case, bytes, Some(key)).map(|()| case)
    }

    fn fill(
        &self,
        case: &mut OwnedCase,
        bytes: &[u8],
        key: Option<&str>,
    ) -> Result<(), CaseJsonError> {
        self.empty(case);
        let text = checked(bytes)?;
        let mut reading = Reading {
            reader: self,
            case,
            scan: Scan::new(text),
            open: Open::default(),
            trail: Vec::new(),
            refused: None,
        };
        let done = match key {
            None => reading.group(0, 0),
            Some(key) => reading.envelope(key),
        };
        if done.and_then(|()| reading.scan.end()).is_ok() {
            return Ok(());
        }
        let error = reading.error();
        self.empty(case);
        Err(error)
    }

    /// Makes a case say nothing.
    fn empty(&self, case: &mut OwnedCase) {
        case.facts.clear();
        case.facts
            .resize(self.program.facts.len(), FactSlot::Absent);
        case.events.clear();
        case.events
            .resize(self.program.events.len(), EventSlot::Absent);
    }
}

/// The text of a case, if it is one as a whole.
fn checked(bytes: &[u8]) -> Result<&str, CaseJsonError> {
    let whole = |problem| CaseJsonError {
        pointer: String::new(),
        problem,
        line: 0,
        column: 0,
    };
    if bytes.len() > CASE_BYTES_MAX {
        return Err(whole(Problem::TooLarge {
            limit: CASE_BYTES_MAX,
        }));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        whole(Problem::NotUtf8 {
            byte: error.valid_up_to(),
        })
    })?;
    if bytes.trim_ascii().is_empty() {
        return Err(whole(Problem::Empty));
    }
    Ok(text)
}

/// The groups that were opened: each can stand in a case once.
#[derive(Default)]
struct Open {
    /// The first ones, by number.
    first: [u64; 4],
    /// Of a pack with more.
    more: Vec<u64>,
}

impl Open {
    /// Notes a group; false if it was noted before.
    #[inline]
    fn insert(&mut self, group: u32, count: usize) -> bool {
        let (word, bit) = (group as usize / 64, 1 << (group % 64));
        let first = self.first.len();
        let word = if let Some(index) = word.checked_sub(first) {
            if self.more.is_empty() {
                self.more
                    .resize(count.div_ceil(64).saturating_sub(first), 0);
            }
            self.more.get_mut(index)
        } else {
            self.first.get_mut(word)
        };
        word.is_some_and(|word| {
            let new = *word & bit == 0;
            *word |= bit;
            new
        })
    }
}

/// One reading.
pub(super) struct Reading<'r, 't, 'p> {
    pub(super) reader: &'r CaseReader<'p>,
    case: &'r mut OwnedCase,
    pub(super) scan: Scan<'t>,
    open: Open,
    /// The keys and indexes that lead to what is wrong, the innermost first: gathered on the way out.
    pub(super) trail: Vec<String>,
    refused: Option<Problem>,
}

/// What a group must be, for messages.
const OBJECT: &str = "an object with facts and events";
/// What the object around a case must be.
const ENVELOPE: &str = "an object with a case";

impl<'p> Reading<'_, '_, 'p> {
    pub(super) fn program(&self) -> Program<'p> {
        self.reader.program
    }

    /// Notes a problem. Its place is where the value ends that is being read.
    #[cold]
    pub(super) fn refuse(&mut self, problem: Problem) -> Stop {
        self.refused = Some(problem);
        Stop
    }

    /// Refuses a value, or the beginning of one, for what it is.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: String, token: Token) -> Stop {
        let found = found(&self.scan, token);
        self.refuse_value(Problem::Value { expected, found }, token)
    }

    /// Notes a problem of a value. Its place is behind the value; of a list or object, behind as much as is looked at.
    #[cold]
    pub(super) fn refuse_value(&mut self, problem: Problem, token: Token) -> Stop {
        let stop = self.refuse(problem);
        let left = match token {
            Token::List => self.scan.leave_list(Err::<(), Stop>(stop)),
            Token::Object => self.scan.leave_object(Err::<(), Stop>(stop)),
            _ => {
                self.scan.here();
                Err(stop)
            }
        };
        left.map_or_else(|stop| stop, |()| Stop)
    }

    /// What a word of the text stands for where it belongs.
    #[inline]
    pub(super) fn find(&self, home: Home, span: Span) -> Option<Word> {
        let words = &self.reader.words;
        match self.scan.probe(span) {
            Some(probe) => words.find(home, &probe),
            None => words.find(home, &Probe::of(self.scan.text(span).as_bytes())),
        }
    }

    /// What is wrong, and where.
    fn error(self) -> CaseJsonError {
        let (line, column) = self.scan.place();
        let mut pointer = String::new();
        let problem = match (self.refused, self.scan.slip()) {
            (Some(problem), None) => {
                for key in self.trail.iter().rev() {
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
                problem
            }
            (_, slip) => Problem::Syntax {
                what: slip.map_or("", |slip| slip.text()).to_string(),
            },
        };
        CaseJsonError {
            pointer,
            problem,
            line,
            column,
        }
    }

    /// Reads an object whose keys continue the names of a group.
    fn group(&mut self, group: u32, depth: usize) -> Result<(), Stop> {
        if depth >= CASE_DEPTH_MAX {
            return Err(self.refuse(Problem::TooDeep {
                limit: CASE_DEPTH_MAX,
            }));
        }
        match self.scan.token()? {
            Token::Object => {
                let done = self.names(group, depth);
                self.scan.leave_object(done)
            }
            token => Err(self.unexpected(OBJECT.to_string(), token)),
        }
    }

    fn names(&mut self, group: u32, depth: usize) -> Result<(), Stop> {
        let mut first = true;
        loop {
            let (key, word) = match self.scan.quick_key(first) {
                Some((key, probe)) => {
                    first = false;
                    (key, self.reader.words.find(Home::group(group), &probe))
                }
                None => match self.scan.key(&mut first)? {
                    Some(key) => (key, self.find(Home::group(group), key)),
                    None => return Ok(()),
                },
            };
            if let Err(stop) = self.name(group, depth, key, word) {
                self.trail.push(self.scan.text(key).into_owned());
                return Err(stop);
            }
        }
    }

    /// Reads what stands behind a key.
    #[inline(always)]
    fn name(
        &mut self,
        group: u32,
        depth: usize,
        key: Span,
        word: Option<Word>,
    ) -> Result<(), Stop> {
        match word {
            Some(Word::Fact(id)) => {
                let slot = self.case.facts.get(usize::from(id));
                if !matches!(slot, Some(FactSlot::Absent)) {
                    return Err(self.twice(group, key));
                }
                self.scan.colon()?;
                let said = self.fact(FactId(id))?;
                if let Some(slot) = self.case.facts.get_mut(usize::from(id)) {
                    *slot = said;
                }
                Ok(())
            }
            Some(Word::Event(id)) => {
                let slot = self.case.events.get(usize::from(id));
                if !matches!(slot, Some(EventSlot::Absent)) {
                    return Err(self.twice(group, key));
                }
                self.scan.colon()?;
                let said = self.event()?;
                if let Some(slot) = self.case.events.get_mut(usize::from(id)) {
                    *slot = said;
                }
                Ok(())
            }
            Some(Word::Group(inner)) => {
                if !self.open.insert(inner, self.reader.words.group_count()) {
                    return Err(self.twice(group, key));
                }
                self.scan.colon()?;
                self.group(inner, depth + 1)
            }
            Some(Word::Member(_)) | None => Err(self.unknown(group, key)),
        }
    }

    #[cold]
    fn twice(&mut self, group: u32, key: Span) -> Stop {
        let name = join(self.reader.words.group_name(group), &self.scan.text(key));
        self.refuse(Problem::Twice { name })
    }

    /// A key that is no name. One with a dot is refused even if it is one: a fact could then be given in two ways.
    #[cold]
    fn unknown(&mut self, group: u32, key: Span) -> Stop {
        let key = &*self.scan.text(key);
        let program = self.program();
        let names = Names::of(&program);
        let group = self.reader.words.group_name(group);
        let name = join(group, key);
        if !names.has(&name) {
            let nearest = names.nearest(group, key);
            return self.refuse(Problem::UnknownName { name, nearest });
        }
        let example = key.rsplit('.').fold("…".to_string(), |inner, part| {
            format!("{{\"{part}\": {inner}}}")
        });
        self.refuse(Problem::Dotted { name, example })
    }

    /// Reads an object of which one key is a case.
    fn envelope(&mut self, wanted: &str) -> Result<(), Stop> {
        match self.scan.token()? {
            Token::Object => {
                let done = self.enveloped(wanted);
                self.scan.leave_object(done)
            }
            token => Err(self.unexpected(ENVELOPE.to_string(), token)),
        }
    }

    fn enveloped(&mut self, wanted: &str) -> Result<(), Stop> {
        let (mut first, mut seen) = (true, false);
        while let Some(key) = self.scan.key(&mut first)? {
            if self.scan.text(key) != wanted {
                self.scan.colon()?;
                self.scan.skip()?;
                continue;
            }
            let read = if std::mem::replace(&mut seen, true) {
                let name = wanted.to_string();
                Err(self.refuse(Problem::Twice { name }))
            } else {
                self.scan.colon().and_then(|()| self.group(0, 1))
            };
            if let Err(stop) = read {
                self.trail.push(wanted.to_string());
                return Err(stop);
            }
        }
        Ok(())
    }
}
