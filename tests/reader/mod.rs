//! A case by the visitors of `serde_json`: how cases were read before, kept as the oracle of the reader in `src/json`.
//!
//! It shares the words of problems with the engine, and the arithmetic of instants and amounts; nothing else. `serde_json`
//! decides what JSON is, and where a text stops being it.

mod leaf;

use std::collections::BTreeSet;

use exequatur::eval::{EventSlot, FactSlot};
use exequatur::json::{CASE_BYTES_MAX, CASE_DEPTH_MAX, CaseJsonError, OwnedCase, Problem, nearest};
use exequatur::model::{EventId, FactId};
use exequatur::pack::Program;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use leaf::{LeafSeed, found_text};

/// A fact or an event.
#[derive(Clone, Copy)]
enum Leaf {
    Fact(FactId),
    Event(EventId),
}

/// What stands at a path.
enum Node {
    Leaf(Leaf),
    Group,
    Unknown,
}

/// All names of a pack, looked through one by one.
struct Names<'p>(Vec<(&'p str, Leaf)>);

impl<'p> Names<'p> {
    fn of(program: &Program<'p>) -> Names<'p> {
        let facts = (0u16..).zip(program.facts.iter());
        let facts = facts.map(|(id, row)| (program.str(row.name), Leaf::Fact(FactId(id))));
        let events = (0u16..).zip(program.events.iter());
        let events = events.map(|(id, row)| (program.str(row.name), Leaf::Event(EventId(id))));
        let mut names: Vec<_> = facts.chain(events).collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        Names(names)
    }

    fn find(&self, path: &str) -> Node {
        match self.0.iter().find(|(name, _)| *name == path) {
            Some((_, leaf)) => Node::Leaf(*leaf),
            None if self.below(path).next().is_some() => Node::Group,
            None => Node::Unknown,
        }
    }

    /// The rests of the names below a group; all names for the empty path.
    fn below<'s>(&'s self, group: &'s str) -> impl Iterator<Item = &'p str> + 's {
        self.0.iter().filter_map(move |(name, _)| match group {
            "" => Some(*name),
            _ => name.strip_prefix(group)?.strip_prefix('.'),
        })
    }

    fn nearest(&self, group: &str, key: &str) -> Option<String> {
        let sisters = self
            .below(group)
            .map(|rest| rest.split('.').next().unwrap());
        if let Some(sister) = nearest(key, sisters) {
            return Some(join(group, sister));
        }
        let path = join(group, key);
        nearest(&path, self.0.iter().map(|(name, _)| *name)).map(str::to_string)
    }
}

fn join(group: &str, key: &str) -> String {
    if group.is_empty() {
        key.to_string()
    } else {
        format!("{group}.{key}")
    }
}

/// Reads a case, or the one under a key of an object.
pub fn read(
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
struct Reader<'r, 'p> {
    program: &'r Program<'p>,
    names: Names<'p>,
    case: OwnedCase,
    /// The keys and indexes that lead here.
    pointer: Vec<String>,
    /// What was refused, kept beside the error of the JSON reader, which has room for a text only.
    refused: Option<(String, Problem)>,
}

impl Reader<'_, '_> {
    /// Notes a problem at the present place, and gives the error that ends the reading.
    fn refuse<E: Error>(&mut self, problem: Problem) -> E {
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

    fn expected<E: Error>(&mut self, expected: &str, found: String) -> E {
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
fn set(reader: &mut Reader<'_, '_>, leaf: Leaf, slots: (FactSlot, EventSlot)) {
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

/// What one reader made of a text.
pub type Read = Result<OwnedCase, CaseJsonError>;

/// True if both readers found the same. Where the older one is not followed:
///
/// - a number is shown as it is written, and not as the float that comes closest;
/// - a number beyond all floats is a wrong value like others, and not a slip of the syntax; it is told at its end, and not
///   where its exponent becomes too large;
/// - a text that ends within a number that is skipped is said to end there.
pub fn same(new: &Read, old: &Read, text: &[u8]) -> bool {
    let (Err(new), Err(old)) = (new, old) else {
        return new == old;
    };
    let problem = match (&new.problem, &old.problem) {
        (Problem::Value { found, .. }, Problem::Syntax { what }) => {
            return what == "number out of range"
                && (found.contains("number") || found == "a fraction")
                && new.line == old.line
                && new.column >= old.column;
        }
        (Problem::Syntax { what }, Problem::Syntax { what: before }) => {
            let ends = std::str::from_utf8(text)
                .is_ok_and(|text| text.ends_with(['-', '.', 'e', 'E', '+']));
            what == before
                || ends && what == "the text ends within a value" && before == "invalid number"
        }
        (
            Problem::Value { expected, found },
            Problem::Value {
                expected: before,
                found: seen,
            },
        ) => {
            let number = |found: &str| found.starts_with("the number ");
            expected == before
                && (found == seen
                    || number(found) && number(seen) && found.contains(['.', 'e', 'E', '-']))
        }
        (new, old) => new == old,
    };
    problem && (&new.pointer, new.line, new.column) == (&old.pointer, old.line, old.column)
}
