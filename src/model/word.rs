//! Words of the language that survive into the pack: kinds of window, comparisons.

/// The kinds of window. The numbers are part of the pack format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum WindowKind {
    /// `within`.
    Within = 0,
    /// `in less than`.
    InLessThan = 1,
    /// `by`.
    By = 2,
    /// `no earlier than`.
    NoEarlier = 3,
    /// `at end of`.
    AtEnd = 4,
    /// `for`.
    For = 5,
    /// `until`.
    Until = 6,
    /// `without undue delay`.
    UndueDelay = 7,
    /// `expeditiously`.
    Expeditiously = 8,
}

impl WindowKind {
    /// The one with this number.
    #[must_use]
    pub const fn from_u8(number: u8) -> Option<WindowKind> {
        Some(match number {
            0 => WindowKind::Within,
            1 => WindowKind::InLessThan,
            2 => WindowKind::By,
            3 => WindowKind::NoEarlier,
            4 => WindowKind::AtEnd,
            5 => WindowKind::For,
            6 => WindowKind::Until,
            7 => WindowKind::UndueDelay,
            8 => WindowKind::Expeditiously,
            _ => return None,
        })
    }
}

/// A comparison. The numbers are part of the pack format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Compare {
    /// `<`.
    Lt = 0,
    /// `<=`.
    Le = 1,
    /// `>`.
    Gt = 2,
    /// `>=`.
    Ge = 3,
    /// `is`.
    Eq = 4,
}

impl Compare {
    /// The one with this number.
    #[must_use]
    pub const fn from_u8(number: u8) -> Option<Compare> {
        Some(match number {
            0 => Compare::Lt,
            1 => Compare::Le,
            2 => Compare::Gt,
            3 => Compare::Ge,
            4 => Compare::Eq,
            _ => return None,
        })
    }
}
