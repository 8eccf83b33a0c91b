//! Why an Ir that passed its checks does not become a pack: what the checks cannot see, and limits of the pack.

use crate::check::ir::Place;
use crate::model::spelling;
use crate::pack::PackError;

/// Why a link does not compile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// A zone that nobody knows.
    #[error("`{name}` is not a time zone of the zone data at hand{}", hint(.nearest))]
    Zone {
        /// As written.
        name: String,
        /// The zone that is spelt most like it.
        nearest: Option<String>,
        /// Where it is first named.
        place: Option<Place>,
    },
    /// A zone whose table is out of order.
    #[error("the zone data at hand has a broken table for `{name}`")]
    BrokenZone {
        /// As written.
        name: String,
        /// Where it is first named.
        place: Option<Place>,
    },
    /// A pack to adopt that the link does not have.
    #[error("there is no pack `{name}` to adopt{}", hint(.nearest))]
    NoSuchPack {
        /// As asked for.
        name: String,
        /// The pack that is spelt most like it.
        nearest: Option<String>,
    },
    /// A pack that cannot be adopted.
    #[error(
        "pack `{name}` cannot be adopted: its status is `{status}`, and only `announced` and `voluntary` packs can"
    )]
    NotAdoptable {
        /// The pack.
        name: String,
        /// Its status.
        status: &'static str,
    },
    /// Too much of something at one place.
    #[error("{what} has {count} {of}, and at most {most} are allowed")]
    TooLarge {
        /// What is too large: `this condition`.
        what: &'static str,
        /// How many it has.
        count: usize,
        /// Of what.
        of: &'static str,
        /// How many it may have.
        most: usize,
        /// Where it stands.
        place: Place,
    },
    /// Too much of something in the link.
    #[error("the link has {count} {what}, and at most {most} fit into a pack")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// What was written cannot be read back: the Ir breaks one of its invariants.
    #[error("the pack cannot be built: {0}")]
    Unsound(#[from] PackError),
}

impl CompileError {
    /// Where in the sources, if it is of one place.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            CompileError::TooLarge { place, .. } => Some(*place),
            CompileError::Zone { place, .. } | CompileError::BrokenZone { place, .. } => *place,
            _ => None,
        }
    }
}

fn hint(nearest: &Option<String>) -> String {
    match nearest {
        Some(name) => format!("; did you mean `{name}`?"),
        None => String::new(),
    }
}

/// The name that is spelt most like `name`, if one is near enough to be meant.
pub(super) fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    spelling::nearest(name, names, spelling::one_in_three).map(str::to_owned)
}
