//! Why bytes are no pack that this engine can evaluate.

/// A version of the engine: major, minor, patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EngineVersion(pub u16, pub u16, pub u16);

impl core::fmt::Display for EngineVersion {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// Why a pack is refused. Nothing of it is used then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Shorter than a header.
    #[error(
        "not a compiled pack: {length} bytes are too few, its header alone has {}",
        super::HEADER_BYTES
    )]
    TooShort {
        /// How many bytes there are.
        length: usize,
    },
    /// It does not begin as packs do.
    #[error("not a compiled pack: it does not begin with `EXQPACK`")]
    Magic,
    /// Another version of the format.
    #[error("the pack has format version {found}, and this engine reads version {known}: {}",
        if .found > .known { "a newer engine is needed" } else { "build the pack again from its sources" })]
    Format {
        /// The version of the pack.
        found: u16,
        /// The version that this engine reads.
        known: u16,
    },
    /// It relies on something that came with a later engine.
    #[error("the pack needs engine {needed} or newer, and this is {own}")]
    Engine {
        /// What it needs.
        needed: EngineVersion,
        /// What this is.
        own: EngineVersion,
    },
    /// More than the limit.
    #[error(
        "the pack has {length} bytes, and at most {} are read",
        crate::model::limits::PACK_BYTES_MAX
    )]
    TooLong {
        /// How many bytes there are.
        length: usize,
    },
    /// Cut off, or with something after its end.
    #[error("the pack states a length of {stated} bytes, and there are {actual}: it was {}",
        if (*.actual as u64) < *.stated { "cut off" } else { "extended" })]
    Length {
        /// What the header says.
        stated: u64,
        /// How many bytes there are.
        actual: usize,
    },
    /// Not the bytes that were written.
    #[error("the pack was altered: its digest does not match its content")]
    Digest,
    /// The sections cannot be told apart.
    #[error("the pack's sections cannot be told apart")]
    Sections,
    /// A section holds something that no compiler writes.
    #[error("broken section `{section}` at row {row}: {why}")]
    Broken {
        /// Which section.
        section: &'static str,
        /// Which row of it.
        row: usize,
        /// What is wrong.
        why: &'static str,
    },
}
