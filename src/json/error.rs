//! Why a case was refused: where, what was expected, and what was found.

/// A case that was refused. Nothing of it was kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}{}", place(pointer), line_of(*line, *column))]
pub struct CaseJsonError {
    /// The place as JSON pointer (RFC 6901); empty for the case as a whole.
    pub pointer: String,
    /// What is wrong there.
    pub problem: Problem,
    /// The line, from 1; 0 where there is none to speak of.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

fn place(pointer: &str) -> String {
    if pointer.is_empty() {
        String::new()
    } else {
        format!("at `{pointer}`: ")
    }
}

fn line_of(line: usize, column: usize) -> String {
    if line == 0 {
        String::new()
    } else {
        format!(" (line {line}, column {column})")
    }
}

/// What can be wrong with a case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is longer than [`super::CASE_BYTES_MAX`].
    #[error("the case has more than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// It has no bytes, or white space only.
    #[error("the case is empty, expected a JSON object")]
    Empty,
    /// Its bytes are no text.
    #[error("the case is not UTF-8: byte {byte} belongs to no character")]
    NotUtf8 {
        /// The first bad byte.
        byte: usize,
    },
    /// Its objects go deeper than [`super::CASE_DEPTH_MAX`].
    #[error("objects go deeper than {limit} levels")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// It is not JSON.
    #[error("not JSON: {what}")]
    Syntax {
        /// What the reader of JSON says.
        what: String,
    },
    /// No fact, event or group of them has this name.
    #[error("unknown name `{name}`{}", near(nearest.as_deref()))]
    UnknownName {
        /// The name, with dots.
        name: String,
        /// The nearest one that exists.
        nearest: Option<String>,
    },
    /// A name with dots as a key.
    #[error("`{name}` is written as nested objects: `{example}`")]
    Dotted {
        /// The name.
        name: String,
        /// How to write it.
        example: String,
    },
    /// A key stands twice.
    #[error("`{name}` is given twice")]
    Twice {
        /// The name, with dots.
        name: String,
    },
    /// A value of another type, or out of range.
    #[error("expected {expected}, found {found}")]
    Value {
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// The enumeration has no such member.
    #[error("`{enumeration}` has no member `{member}`{}", near(nearest.as_deref()))]
    Member {
        /// The enumeration.
        enumeration: String,
        /// What was written.
        member: String,
        /// The nearest member.
        nearest: Option<String>,
    },
    /// A text that is no instant.
    #[error("`{text}`: {why}")]
    Instant {
        /// The text.
        text: String,
        /// Why not.
        why: crate::time::instant::InstantError,
    },
    /// A text that is no amount.
    #[error(
        "`{amount}` is no amount in `{currency}`: expected digits with at most {decimals} decimals, such as `{example}`"
    )]
    Amount {
        /// The amount.
        amount: String,
        /// The currency.
        currency: String,
        /// How many decimals the currency has.
        decimals: u32,
        /// A good one.
        example: String,
    },
}

fn near(nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |name| format!(", did you mean `{name}`?"))
}
