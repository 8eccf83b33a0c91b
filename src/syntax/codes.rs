//! The codes of the syntax stage, each with its meaning.
//!
//! Invariant: one constant for one meaning, in the range E0101–E0199; a code that is dropped stays in this file as a
//! comment, so that nobody uses it again.

use super::diagnostic::Code;

/// The bytes are not UTF-8.
pub const NOT_UTF8: Code = Code("E0101");
/// The file is larger than the limit.
pub const FILE_TOO_LARGE: Code = Code("E0102");
/// A character that begins no word of the language.
pub const STRAY_CHARACTER: Code = Code("E0103");
/// A text without its closing quote.
pub const UNTERMINATED_TEXT: Code = Code("E0104");
/// A backslash before a character that needs none.
pub const BAD_ESCAPE: Code = Code("E0105");
/// A number of the wrong shape.
pub const BAD_NUMBER: Code = Code("E0106");
/// A number beyond the limits.
pub const NUMBER_TOO_LARGE: Code = Code("E0107");
/// A date of the wrong shape.
pub const BAD_DATE: Code = Code("E0108");
/// An instant of the wrong shape.
pub const BAD_INSTANT: Code = Code("E0109");
/// Something else was expected here.
pub const UNEXPECTED: Code = Code("E0110");
/// A keyword where a name was expected.
pub const KEYWORD_AS_NAME: Code = Code("E0111");
/// The file does not begin with `pack NAME`.
pub const NO_PACK: Code = Code("E0112");
/// A rule or scenario without `end`.
pub const NO_END: Code = Code("E0113");
/// A clause that may stand once stands twice.
pub const DUPLICATE_CLAUSE: Code = Code("E0114");
/// `and` and `or` without parentheses.
pub const MIXED_AND_OR: Code = Code("E0115");
/// Set operators without parentheses.
pub const MIXED_SET_OPERATORS: Code = Code("E0116");
/// Nested beyond the limit.
pub const TOO_DEEP: Code = Code("E0117");
/// More entries than the limit.
pub const TOO_MANY: Code = Code("E0118");
/// A word that is no unit of time.
pub const UNKNOWN_UNIT: Code = Code("E0119");
/// A window that does not go with its value.
pub const WINDOW_MISFIT: Code = Code("E0120");
/// A clause that must stand is missing.
pub const MISSING_CLAUSE: Code = Code("E0121");
/// A name with dots or a slash where one word is expected.
pub const NOT_ONE_WORD: Code = Code("E0122");
/// A period below zero.
pub const NEGATIVE_PERIOD: Code = Code("E0123");
