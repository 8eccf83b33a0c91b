//! Every limit of the engine, each beside its reason. A limit is a value, and beyond it stands a clear error.

/// The earliest instant, in microseconds of UTC: 1970-01-01. No rule or order of this domain is older.
pub const INSTANT_MIN: i64 = 0;
/// The first instant that is too late: 2100-01-01. Clock changes are compiled into packs up to here.
pub const INSTANT_END: i64 = 4_102_444_800_000_000;
/// Members of an enumeration: a territory has 249 countries, and a set of members is four words.
pub const ENUM_MEMBERS_MAX: usize = 256;
/// Bytes of a source file: the largest shipped one has far less than a tenth of it.
pub const SOURCE_BYTES_MAX: usize = 4 << 20;
/// Bytes of a pack: a hundred times the largest shipped one.
pub const PACK_BYTES_MAX: usize = 64 << 20;
/// Nesting of parentheses, `not` and sets in source: deeper is unreadable, and recursion must be bounded.
pub const NESTING_MAX: usize = 64;
/// Nesting of `latest` and `earliest`.
pub const ANCHOR_NESTING_MAX: usize = 8;
/// Atoms of one condition, definitions replaced: the evaluator's scratch has one byte for each node.
pub const CONDITION_ATOMS_MAX: usize = 4_096;
/// The stack of a set expression, in operands.
pub const SET_STACK_MAX: usize = 16;
/// The stack of an anchor, in operands.
pub const ANCHOR_STACK_MAX: usize = 64;
/// Terms of a ceiling: so many amounts can stand in an answer.
pub const CEILING_TERMS_MAX: usize = 4;
/// Windows of one effect.
pub const WINDOWS_MAX: usize = 8;
/// Alternatives of one effect.
pub const ALTERNATIVES_MAX: usize = 4;
/// Calendars of a link: one for each country and its parts, several times over.
pub const CALENDARS_MAX: usize = 1_024;
/// Holidays of one calendar: a hundred years of forty.
pub const HOLIDAYS_MAX: usize = 4_096;
/// Things of one table (facts, rules, effects, …): ids have 16 bits, and the last number means "none".
pub const TABLE_MAX: usize = 65_534;
/// Entries of an answer: effects times parts, over all norms.
pub const ENTRIES_MAX: usize = 1 << 20;
/// Words of memory for what the entries of an answer need, a bit for each name: 128 MiB.
pub const NEEDS_WORDS_MAX: u64 = 1 << 24;
