//! Three-valued truth, with Kleene's strong connectives.

/// True, false, or unknown. In the order of how true; the C ABI has numbers of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Truth {
    /// It does not hold.
    #[default]
    False = 0,
    /// The facts that would settle it are missing.
    Unknown = 1,
    /// It holds.
    True = 2,
}

impl Truth {
    /// A plain boolean as a truth.
    #[must_use]
    pub const fn from_bool(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }

    /// Its word: `true`, `false` or `unknown`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Truth::True => "true",
            Truth::False => "false",
            Truth::Unknown => "unknown",
        }
    }

    /// Kleene's `and`: the lesser of the two.
    #[must_use]
    pub const fn and(self, other: Truth) -> Truth {
        if (self as u8) < (other as u8) {
            self
        } else {
            other
        }
    }

    /// Kleene's `or`: the greater of the two.
    #[must_use]
    pub const fn or(self, other: Truth) -> Truth {
        if (self as u8) > (other as u8) {
            self
        } else {
            other
        }
    }

    /// True becomes false, false true; unknown stays.
    #[must_use]
    #[allow(clippy::should_implement_trait)] // A method reads better in chains with `and` and `or`.
    pub const fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }

    /// True exactly for [`Truth::True`].
    #[must_use]
    pub const fn is_true(self) -> bool {
        matches!(self, Truth::True)
    }

    /// True exactly for [`Truth::False`].
    #[must_use]
    pub const fn is_false(self) -> bool {
        matches!(self, Truth::False)
    }

    /// True exactly for [`Truth::Unknown`].
    #[must_use]
    pub const fn is_unknown(self) -> bool {
        matches!(self, Truth::Unknown)
    }
}
