//! A pack, its detached signature and what the host trusts, to what was accepted or why it is refused.
//!
//! Invariant: of a signature nothing but its length, its version and its key's id is believed before the signature holds,
//! and of the pack not a table is looked at. No clock is read, nothing is remembered, and there is no key here that could
//! sign: the host gives the instant and the least serial, and keeps the serial that it gets back. Why: whoever stands
//! between the maker of rules and a host must not be able to give it other rules, nor older ones
//! (`docs/SIGNATURES.md`).

mod key;
pub mod pem;
mod statement;
mod verify;

pub use key::{Key, KeyError, KeyId};
pub use statement::{Name, NameError, SIGNATURE_BYTES, ShapeError, Signed, Unsigned, VERSION};
pub use verify::{Refusal, SignedPackError, Trust, load, verify};
