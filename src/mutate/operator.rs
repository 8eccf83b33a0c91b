//! The kinds of fault, by name.

macro_rules! operators {
    ($($(#[$doc:meta])* $variant:ident $word:literal,)+) => {
        /// A kind of fault that an author of rules could make.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Operator {
            $($(#[$doc])* $variant,)+
        }

        impl Operator {
            /// All of them, in the order of their declaration.
            pub const ALL: &[Operator] = &[$(Operator::$variant,)+];

            /// The name, as the command line takes it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Operator::$variant => $word,)+
                }
            }
        }
    };
}

operators! {
    /// A condition, or an operand of `and` or `or`, is gone.
    DropCondition "drop-condition",
    /// A condition is turned into its contrary.
    Negate "negate",
    /// `or` for `and`, and the reverse.
    Connective "connective",
    /// `<=` for `<`, and the like.
    Comparison "comparison",
    /// A number, an amount, an instant or an offset is one off.
    Constant "constant",
    /// Another member of an enumeration.
    Member "member",
    /// A set has a member less.
    DropMember "drop-member",
    /// A set has a member more.
    AddMember "add-member",
    /// `union`, `intersect` or `minus` exchanged.
    SetOperation "set-operation",
    /// All members of a family for some of them.
    Family "family",
    /// A period is one off.
    Period "period",
    /// Another unit.
    Unit "unit",
    /// Another kind of window.
    Window "window",
    /// A window is gone.
    DropWindow "drop-window",
    /// `latest` for `earliest`, and the reverse.
    Anchor "anchor",
    /// An anchor has an operand less.
    DropAnchor "drop-anchor",
    /// Another counting regime.
    Regime "regime",
    /// The last day rolls over, or does not.
    Rollover "rollover",
    /// Another calendar.
    Calendar "calendar",
    /// Another zone.
    Zone "zone",
    /// Another deontic word.
    Modality "modality",
    /// An effect of a rule is gone.
    DropEffect "drop-effect",
    /// An effect holds everywhere.
    DropAcross "drop-across",
    /// Another ceiling.
    Ceiling "ceiling",
    /// A ceiling, or a term of it, is gone.
    DropCeiling "drop-ceiling",
    /// A version begins or ends a day earlier or later.
    Version "version",
    /// A rule is gone.
    DropRule "drop-rule",
    /// An exception is gone.
    DropException "drop-exception",
    /// A rule overrides one rule less.
    DropOverride "drop-override",
    /// An exception inherits the condition of its base, or does not.
    Regardless "regardless",
    /// A safeguard is gone.
    DropGuard "drop-guard",
    /// A default is gone.
    DropDefault "drop-default",
    /// A fact is presumed to be something else.
    Presumed "presumed",
    /// A fact is not presumed.
    DropPresumed "drop-presumed",
    /// Nothing performs a norm.
    DropDone "drop-done",
    /// Nothing violates a norm.
    DropBroken "drop-broken",
    /// The law of another day.
    DropJudgedBy "drop-judged-by",
    /// Nobody says that a part of the law is not modelled, and no human is asked for.
    DropUntranslated "drop-untranslated",
    /// A rival reading is gone.
    DropAlternative "drop-alternative",
}

impl Operator {
    /// The operator of a name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Operator> {
        Operator::ALL
            .iter()
            .find(|operator| operator.word() == word)
            .copied()
    }
}
