//! Exequatur: an embedded, offline engine for the rules of takedown and anonymity-lifting.
//!
//! Rules are written in a small language, compiled into a *pack*, and asked about *cases*: who must, may or must not
//! do what, where, by when, on what legal basis, what is unknown, and when to ask again.
//!
//! ```text
//! rules.exq ─ syntax ─▶ Ast ─ check ─▶ Ir ─ compile ─▶ bytes ─ pack ─▶ Program ┐
//! case.json ─ json ──────────────────────────────────────────────────▶ Case ───┴─ eval ─▶ Decision ─ json, explain ─▶
//! ```
//!
//! A host that only evaluates takes the crate without default features: `eval`, `pack`, `time` and `model` need neither
//! `std` nor an allocator. What every construct means is in `docs/LANGUAGE.md`, the decision's JSON in `docs/DECISION.md`.
//!
//! # From rules to a decision
//!
//! ```
//! # #[cfg(feature = "cli")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use exequatur::compile::{CompileOptions, compile};
//! use exequatur::eval::{Memory, Options, evaluate};
//! use exequatur::model::Outcome;
//! use exequatur::{check, cli::zones::BundledZones, json, pack, syntax, time::instant};
//!
//! let rules = r#"
//!   pack house  status policy  counting elapsed  zone "Europe/Paris"
//!   event order.received
//!   event content.removed
//!   fact order.authenticated : bool
//!   norm takedown : provider remove content  done at content.removed
//!   rule removal
//!     cites "house policy, art. 1" verified
//!     when order.authenticated
//!     then takedown must within 1 hour of order.received
//!   end
//! "#;
//! let file = syntax::parse(rules).map_err(|found| format!("{found:?}"))?;
//! let (ir, _warnings) = check::check(&[file]).into_result()?;
//! let bytes = compile(&ir, &BundledZones::default(), &CompileOptions::default())?;
//!
//! let pack = pack::load(&bytes)?;
//! let case = br#"{"order": {"authenticated": true, "received": "2026-09-04T15:20:00+02:00"}}"#;
//! let case = json::case_from_json(pack.program(), case)?;
//! let options = Options { now: instant::parse("2026-09-04T15:30:00+02:00")?, ..Options::default() };
//! let mut memory = Memory::new(pack.program());
//! let mut workspace = memory.workspace();
//! let decision = evaluate(pack.program(), &case.as_case(), &options, &mut workspace)?;
//!
//! let takedown = &decision.parts()[0];
//! assert_eq!(takedown.outcome, Outcome::Must);
//! let due = decision.entries(takedown)[0].due.instant();
//! assert_eq!(due, Some(instant::parse("2026-09-04T16:20:00+02:00")?));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "cli"))]
//! # fn main() {}
//! ```
#![cfg_attr(not(feature = "std"), no_std)]
// `capi` alone allows it, each block with its reason; a test sees to it.
#![deny(unsafe_code)]
#![warn(missing_docs)]

pub mod model;
pub mod time;

#[cfg(feature = "compiler")]
pub mod syntax;

#[cfg(feature = "compiler")]
pub mod check;

#[cfg(feature = "compiler")]
pub mod compile;

#[cfg(feature = "compiler")]
pub mod link;

pub mod pack;

#[cfg(feature = "sign")]
pub mod sign;

pub mod eval;

#[cfg(feature = "compiler")]
pub mod prove;

#[cfg(feature = "compiler")]
pub mod mutate;

#[cfg(feature = "std")]
pub mod json;

#[cfg(feature = "std")]
pub mod explain;

#[cfg(feature = "std")]
pub mod forms;

#[cfg(feature = "compiler")]
pub mod document;

#[cfg(any(feature = "capi", feature = "small"))]
pub mod capi;

#[cfg(feature = "cli")]
pub mod cli;
