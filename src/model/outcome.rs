//! What a decision can say: kinds of effect, outcomes, states, statuses. The numbers are part of the pack
//! format and the C ABI: they are never reused.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $number:literal $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant = $number,)+ }

        impl $name {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// Its word, as in the decision JSON and the rule language.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// The one with this number.
            #[must_use]
            pub const fn from_u8(number: u8) -> Option<$name> {
                match number { $($number => Some($name::$variant),)+ _ => None }
            }

            /// The one with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// The value that an effect gives to a norm.
    Kind {
        /// A duty.
        Must = 0 "must",
        /// A permission.
        May = 1 "may",
        /// A prohibition.
        MustNot = 2 "must_not",
        /// The base's effect is taken away.
        Lifted = 3 "lifted",
    }
}

words! {
    /// The outcome of a norm in a part of the territory.
    Outcome {
        /// No rule speaks, and there is no default.
        None = 0 "none",
        /// Permitted.
        May = 1 "may",
        /// Due.
        Must = 2 "must",
        /// Prohibited.
        MustNot = 3 "must_not",
        /// It depends on missing facts.
        Undetermined = 4 "undetermined",
        /// Rules contradict each other, and none defeats the other.
        Conflict = 5 "conflict",
    }
}

words! {
    /// The state of an effect in a decision.
    State {
        /// It stands.
        Standing = 0 "standing",
        /// It depends on missing facts.
        Undetermined = 1 "undetermined",
        /// Another effect defeats it.
        Defeated = 2 "defeated",
        /// Its time has not come.
        NotBegun = 3 "not_begun",
        /// Its time is over.
        Ended = 4 "ended",
        /// The norm is protected, and what would grant it is held back.
        Withheld = 5 "withheld",
    }
}

words! {
    /// Why a grant of a protected norm is held back: the first reason that holds.
    WithheldReason {
        /// The guard is false.
        GuardFalse = 0 "guard_false",
        /// The guard is unknown.
        GuardUnknown = 1 "guard_unknown",
        /// The norm is in conflict.
        Conflict = 2 "conflict",
        /// The norm, the effect or its due is undetermined.
        Undetermined = 3 "undetermined",
        /// It cannot be acted on yet.
        Waiting = 4 "waiting",
        /// It can no longer be acted on.
        Ended = 5 "ended",
    }
}

words! {
    /// The status of an effect in time.
    Status {
        /// Its anchor has not happened, or its not-before has not come.
        Waiting = 0 "waiting",
        /// Done before its not-before.
        Early = 1 "early",
        /// Its time runs.
        Running = 2 "running",
        /// Done in time, or kept to its end.
        Met = 3 "met",
        /// Done after its due.
        MetLate = 4 "met_late",
        /// Past its due and not done, or broken.
        Breached = 5 "breached",
        /// A right whose time is over.
        Lapsed = 6 "lapsed",
        /// Due without undue delay, and not done.
        Open = 7 "open",
        /// It depends on missing facts.
        Unknown = 8 "unknown",
        /// Nothing to say: the effect is defeated, or `lifted`.
        Nothing = 9 "nothing",
    }
}

words! {
    /// The status of a pack: what its rules are, and so whether they decide.
    PackStatus {
        /// In the books.
        Law = 0 "law",
        /// Decided by a court.
        CaseLaw = 1 "case_law",
        /// The host's own rules.
        Policy = 2 "policy",
        /// Said by a minister; decides only if adopted.
        Announced = 3 "announced",
        /// Promised by providers; decides only if adopted.
        Voluntary = 4 "voluntary",
        /// Law until its end date.
        Repealed = 5 "repealed",
        /// Law until its end date.
        Lapsed = 6 "lapsed",
        /// Struck down; never applies.
        Annulled = 7 "annulled",
        /// A pack without rules: shared vocabulary.
        Vocabulary = 8 "vocabulary",
    }
}

impl PackStatus {
    /// True if its rules decide without being adopted.
    #[must_use]
    pub const fn decides(self) -> bool {
        !matches!(
            self,
            PackStatus::Announced | PackStatus::Voluntary | PackStatus::Annulled
        )
    }

    /// True if a host can adopt it.
    #[must_use]
    pub const fn adoptable(self) -> bool {
        matches!(self, PackStatus::Announced | PackStatus::Voluntary)
    }
}

words! {
    /// How a citation was checked.
    Verification {
        /// The provision was read in a public source.
        Verified = 0 "verified",
        /// A secondary source that states it was read.
        Secondary = 1 "secondary",
        /// From memory: a person must check it.
        Recalled = 2 "recalled",
    }
}
