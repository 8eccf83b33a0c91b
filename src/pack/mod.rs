//! The compiled pack: bytes from anywhere to a verified [`Program`] that borrows them.
//!
//! Invariant: loading allocates nothing, and whatever the bytes are, it ends with a program on which evaluation
//! cannot fail, or with an error that names the place. Why everything is checked at once: a host loads a pack
//! once, and asks it a million times.

mod bounds;
mod codec;
mod container;
mod error;
pub mod format;
pub mod index;
mod op;
pub mod program;
mod schema;
mod sections;
pub mod table;
mod verify;
#[cfg(feature = "compiler")]
mod write;

pub use container::{FORMAT_VERSION, HEADER_BYTES, MAGIC, Pack, load, stated_digest};
pub use error::{EngineVersion, PackError};
pub use program::Program;
pub use schema::schema_hash;
#[cfg(feature = "compiler")]
pub use write::{Tables, proved, reseal};
