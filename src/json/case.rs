//! Case JSON to slots, streaming.
//!
//! Invariant: a slot is set at most once, and the case is given out only when the whole text was good. Why by hand:
//! a reader into dynamic values takes the last of two equal keys and makes floats of large numbers; both are refused here.

use std::collections::BTreeSet;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::error::{CaseJsonError, Problem};
use super::leaf::{LeafSeed, found_text};
use super::names::{Leaf, Names, Node, join};
use super::{CASE_BYTES_MAX, CASE_DEPTH_MAX};
use crate::eval::{Case, EventSlot, FactSlot};
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

/// Reads a case.
///
/// # Errors
/// The first thing that is wrong, with its place; see [`Problem`].
pub fn case_from_json(program: &Program<'_>, bytes: &[u8]) -> Result<OwnedCase, CaseJsonError> {
    read(program, bytes, None)
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
    read(program, bytes, Some(key))
}

fn read(
    program: &Program<'_>,
    bytes: &[u8],
    key: Option<&str>,
) -> Result<OwnedCase, CaseJsonError> {
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
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(whole(Problem::NotUtf8 {
            byte: error.valid_up_to(),
        }));
    }
    if bytes.trim_ascii().is_empty() {
        return Err(whole(Problem::Empty));
    }
    let mut reader = Reader {
        program,
        names: Names::of(program),
        case: OwnedCase::empty(program),
        pointer: Vec::new(),
        refused: None,
    };
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let done = match key {
        None => Group {
            reader: &mut reader,
            path: String::new(),
        }
        .deserialize(&mut json),
        Some(key) => Envelope {
            reader: &mut reader,
            key,
        }
        .deserialize(&mut json),
    };
    match done.and_then(|()| json.end()) {
        Ok(()) => Ok(reader.case),
        Err(error) => Err(reader.error(&error)),
    }
}

/// The state of one reading.
pub(super) struct Reader<'r, 'p> {
    pub(super) program: &'r Program<'p>,
    names: Names<'p>,
    pub(super) case: OwnedCase,
    /// The keys and indexes that lead here.
    pub(super) pointer: Vec<String>,
    /// What was refused, kept beside the error of the JSON reader, which has room for a text only.
    refused: Option<(String, Problem)>,
}

impl Reader<'_, '_> {
    /// Notes a problem at the present place, and gives the error that ends the reading.
    pub(super) fn refuse<E: Error>(&mut self, problem: Problem) -> E {
        let mut pointer = String::new();
        for key in &self.pointer {
            pointer.push('/');
            pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        self.refused.get_or_insert((pointer, problem));
        E::custom("refused")
    }

    fn error(self, error: &serde_json::Error) -> CaseJsonError {
        let (line, column) = (error.line(), error.column());
        match self.refused {
            Some((pointer, problem)) => CaseJsonError {
                pointer,
                problem,
                line,
                column,
            },
            None => {
                // The reader says the place at the end of its text; it is said once, by the error itself.
                let text = error.to_string();
                let what = text.split(" at line ").next().unwrap_or(&text);
                let what = what.replace("EOF while parsing", "the text ends within");
                CaseJsonError {
                    pointer: String::new(),
                    problem: Problem::Syntax { what },
                    line,
                    column,
                }
            }
        }
    }

    pub(super) fn expected<E: Error>(&mut self, expected: &str, found: String) -> E {
        self.refuse(Problem::Value {
            expected: expected.to_string(),
            found,
        })
    }
}

/// An object whose keys continue a path.
struct Group<'s, 'r, 'p> {
    reader: &'s mut Reader<'r, 'p>,
    path: String,
}

/// What a group must be, for messages.
const OBJECT: &str = "an object with facts and events";

/// Answers for all that is not what was expected.
macro_rules! refuse_scalars {
    ($expected:expr) => {
        fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
            Err(self.reader.expected($expected, value.to_string()))
        }
        fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
            Err(self
                .reader
                .expected($expected, format!("the number {value}")))
        }
        fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
            Err(self
                .reader
                .expected($expected, format!("the number {value}")))
        }
        fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
            Err(self
                .reader
                .expected($expected, format!("the number {value}")))
        }
        fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
            Err(self.reader.expected($expected, found_text(value)))
        }
        fn visit_unit<E: Error>(self) -> Result<(), E> {
            Err(self.reader.expected($expected, "null".to_string()))
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
            Err(self.reader.expected($expected, "a list".to_string()))
        }
    };
}

impl<'de> DeserializeSeed<'de> for Group<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.reader.pointer.len() >= CASE_DEPTH_MAX {
            return Err(self.reader.refuse(Problem::TooDeep {
                limit: CASE_DEPTH_MAX,
            }));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Group<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(OBJECT)
    }

    refuse_scalars!(OBJECT);

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let path = join(&self.path, &key);
            self.reader.pointer.push(key.clone());
            if key.contains('.') || key.is_empty() {
                return Err(self.dotted(&key));
            }
            match self.reader.names.find(&path) {
                Node::Unknown => {
                    let nearest = self.reader.names.nearest(&self.path, &key);
                    return Err(self.reader.refuse(Problem::UnknownName {
                        name: path,
                        nearest,
                    }));
                }
                _ if !seen.insert(key) => {
                    return Err(self.reader.refuse(Problem::Twice { name: path }));
                }
                Node::Group => map.next_value_seed(Group {
                    reader: self.reader,
                    path,
                })?,
                Node::Leaf(leaf) => map.next_value_seed(LeafSeed {
                    reader: self.reader,
                    leaf,
                })?,
            }
            self.reader.pointer.pop();
        }
        Ok(())
    }
}

impl Group<'_, '_, '_> {
    /// A key with a dot: refused, for one fact could then be given in two ways.
    fn dotted<E: Error>(self, key: &str) -> E {
        let path = join(&self.path, key);
        if !matches!(self.reader.names.find(&path), Node::Leaf(_) | Node::Group) {
            let nearest = self.reader.names.nearest(&self.path, key);
            return self.reader.refuse(Problem::UnknownName {
                name: path,
                nearest,
            });
        }
        let example = key.rsplit('.').fold("…".to_string(), |inner, part| {
            format!("{{\"{part}\": {inner}}}")
        });
        self.reader.refuse(Problem::Dotted {
            name: path,
            example,
        })
    }
}

/// An object of which one key is a case.
struct Envelope<'s, 'r, 'p, 'k> {
    reader: &'s mut Reader<'r, 'p>,
    key: &'k str,
}

impl<'de> DeserializeSeed<'de> for Envelope<'_, '_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Envelope<'_, '_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object with a case")
    }

    refuse_scalars!("an object with a case");

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = false;
        while let Some(key) = map.next_key::<String>()? {
            if key != self.key {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            self.reader.pointer.push(key.clone());
            if std::mem::replace(&mut seen, true) {
                return Err(self.reader.refuse(Problem::Twice { name: key }));
            }
            map.next_value_seed(Group {
                reader: self.reader,
                path: String::new(),
            })?;
            self.reader.pointer.pop();
        }
        Ok(())
    }
}

/// Sets a slot that was checked.
pub(super) fn set(reader: &mut Reader<'_, '_>, leaf: Leaf, slots: (FactSlot, EventSlot)) {
    match leaf {
        Leaf::Fact(fact) => {
            if let Some(slot) = reader.case.facts.get_mut(fact.index()) {
                *slot = slots.0;
            }
        }
        Leaf::Event(event) => {
            if let Some(slot) = reader.case.events.get_mut(event.index()) {
                *slot = slots.1;
            }
        }
    }
}
