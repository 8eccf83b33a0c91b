//! The codes of the check stage, each with its meaning.
//!
//! Invariant: one constant for one meaning; errors in the range E0201–E0299, warnings in W0201–W0299. A code that is
//! dropped stays in this file as a comment, so that nobody uses it again. A test finds a source for every one.

use crate::syntax::diagnostic::Code;

macro_rules! codes {
    ($($name:ident = $code:literal $meaning:literal)+) => {
        $(#[doc = $meaning] pub const $name: Code = Code($code);)+

        /// Every code of this stage, with its meaning.
        pub const ALL: &[(Code, &str)] = &[$(($name, $meaning),)+];
    };
}

codes! {
    UNKNOWN_NAME = "E0201" "A name that nothing in its pack or in the packs it uses declares."
    AMBIGUOUS_NAME = "E0202" "A name that several used packs declare."
    WRONG_KIND = "E0203" "A name that is declared, but as something else than is expected here."
    DUPLICATE = "E0204" "A name that its pack declares twice."
    VOCABULARY_CLASH = "E0205" "A word of the shared vocabulary that two packs declare."
    DOTTED_PREFIX = "E0206" "A fact or event whose name begins with the whole name of another."
    TWO_TERRITORIES = "E0207" "More than one enumeration is the territory."
    TOO_MANY_MEMBERS = "E0208" "An enumeration with more than 256 members."
    UNKNOWN_PACK = "E0209" "A pack that is not in the link, or that is not used here."
    TYPE_MISMATCH = "E0210" "A value, fact or set of another type than is expected here."
    UNKNOWN_MEMBER = "E0211" "A member that its enumeration does not have."
    RANGE_INVERTED = "E0212" "A range whose end lies before its start."
    OUT_OF_RANGE = "E0213" "A value that its fact cannot have."
    BAD_DATE = "E0214" "A date that does not exist."
    BAD_INSTANT = "E0215" "An instant that does not exist, or that lies outside the years 1970 to 2099."
    BAD_MONEY = "E0216" "An amount with more decimals than its currency has, or beyond all bounds."
    BAD_PERIOD = "E0217" "A period of nothing, or of more than 100 years."
    DUPLICATE_PACK = "E0218" "Two files are one pack."
    QUALIFIED_DECLARATION = "E0219" "A declaration whose name carries a pack."
    NO_STATUS = "E0220" "A pack with rules and without a status."
    UNKNOWN_STATUS = "E0221" "A word that is no status of a pack."
    NO_END_DATE = "E0222" "A repealed or lapsed pack without an end date."
    IN_FORCE_INVERTED = "E0223" "An interval that ends before it begins, or as it begins."
    VERSIONS_OVERLAP = "E0224" "Two versions of one name that are in force on one day."
    UNCITED_RULE = "E0225" "A rule of law that cites nothing."
    CITE_UNCHECKED = "E0226" "A citation that does not say how it was checked."
    UNKNOWN_VERIFICATION = "E0227" "A word that does not say how a citation was checked."
    RULE_CYCLE = "E0228" "A rule that depends on itself, by way of exceptions, overrides, `missed` or `met`."
    DEFINE_CYCLE = "E0229" "A definition that needs itself."
    DEFEAT_MISSES = "E0230" "A rule that speaks of no norm of the rule that it is to defeat."
    LIFTED_WITHOUT_TARGET = "E0231" "`lifted` in a rule that is no exception and overrides nothing."
    LIFTED_AND_VALUE = "E0232" "A rule that lifts a norm and gives it a value."
    FOREIGN_EXCEPTION = "E0233" "An exception to a rule of another pack."
    NO_REGIME = "E0234" "A period without a regime by which to count it."
    UNKNOWN_REGIME = "E0235" "A word that is no counting regime."
    // Dropped, for the first version could count by `elapsed` alone: E0236, E0237, E0238.
    WINDOW_COMBINATION = "E0239" "Windows that do not go with their value, or not with each other."
    ALTERNATIVE_MISPLACED = "E0240" "A rival reading of something that has no due."
    TARGETED_TWICE = "E0241" "A rule that targets one rule twice."
    PROTECTED_DEFAULT = "E0242" "A protected norm whose default is not `must not`."
    GUARD_CONDITION = "E0243" "A guard that reads what no guard may read."
    PROTECTED_ACTION = "E0244" "The action of a protected norm is that of an unprotected one."
    NOTHING_TO_MISS = "E0245" "`missed` or `met` of a rule that makes no duty there."
    GIVEN_TWICE = "E0246" "A scenario that gives a fact or event twice."
    GIVEN_MISFIT = "E0247" "A scenario that gives a fact as an event, or an event as a fact."
    EMPTY_RULE = "E0248" "A rule that says nothing: neither `then` nor `untranslated`."
    NO_TERRITORY = "E0249" "`across` in a link that has no territory."
    LIMIT = "E0250" "More than a limit of the engine allows."
    DATED_TARGET = "E0251" "A dated set that chooses the members of a family."
    NOT_A_FAMILY = "E0252" "Members of a norm that is no family, or members chosen by a fact where they must be fixed."
    CEILING_MISPLACED = "E0253" "A ceiling on something that is no sanction, or below zero."
    BAD_CALENDAR = "E0254" "A calendar with a day of the week that does not exist, or without years."
    UNKNOWN_TIME_STATUS = "E0255" "A word that is no status of a duty."
    BAD_NOW = "E0256" "`now` compared with itself, or with an offset of days."
    REGIME_SILENT = "E0257" "A period of which the text of its regime says nothing."
    NO_CALENDAR = "E0258" "A period that cannot be counted without a calendar, where none is chosen."
    BAD_HOLIDAY = "E0259" "A holiday that stands twice, or in a year that its calendar does not cover."
    OFFSET_WORKING_DAY = "E0260" "An offset in working days, which are no elapsed time."
    CANNOT_ADOPT = "E0261" "A scenario that adopts a pack of a status that cannot be adopted."
    SERVICE_LEVEL = "E0262" "A service level that is no length of elapsed time."

    FACT_UNREAD = "W0201" "A fact that no rule reads."
    EVENT_UNREAD = "W0202" "An event that nothing reads."
    VOCABULARY_UNREAD = "W0203" "Facts and events of a vocabulary that nothing in the link reads."
    NO_DONE_AT = "W0204" "A duty that nothing performs."
    NO_ZONE = "W0205" "Periods of days in a pack without a zone."
    CALENDAR_UNUSED = "W0206" "A calendar that nothing chooses."
    DEFINE_UNUSED = "W0207" "A definition that nothing uses."
    CONSTANT_COMPARISON = "W0208" "A comparison whose answer never changes."
    NO_ROLLOVER = "W0209" "`no rollover` with a regime that never rolls over."
    MEMBER_TWICE = "W0210" "A member that stands twice in one set."
    IDLE_USE = "W0211" "A `use` that makes nothing available."
    MEMBER_WITHOUT_CALENDAR = "W0212" "A fact that chooses a calendar, with members of whose name there is none."
}
