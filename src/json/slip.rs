//! What keeps a text from being JSON, in words.
//!
//! Invariant: the words are those of `serde_json`, with which cases were read before: they stand in logs and are compared
//! (`tests/json_reader.rs`).

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
