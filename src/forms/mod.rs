//! A decision, and the case behind it, to the fields of an official form, with the official codes.
//!
//! Invariant: nothing is invented. Every field that is given says from which fact, event, norm or rule it comes; every
//! other one that the form asks for is listed as missing, with what would give it. The forms are tables (`dsa_statement`,
//! `tco`, `e_evidence`), so that each can be held beside the official text.

mod draw;
mod dsa_statement;
mod e_evidence;
mod fill;
mod read;
mod record;
mod table;
mod tco;

pub mod dsa_codes;

use crate::json::nearest;

pub use fill::{Filled, fill};
pub use table::{Check, Cond, Field, Form, Limit, Need, Row, Source, Test, Text};

/// All forms.
pub const FORMS: &[Form] = &[
    dsa_statement::STATEMENT,
    tco::FEEDBACK,
    tco::IMPOSSIBILITY,
    e_evidence::NON_EXECUTION,
];

impl Form {
    /// The form with this name.
    ///
    /// # Errors
    /// That there is none, and the nearest name, or all of them.
    pub fn named(name: &str) -> Result<&'static Form, String> {
        let names = || FORMS.iter().map(|form| form.name);
        FORMS.iter().find(|form| form.name == name).ok_or_else(|| {
            let hint = match nearest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let all: Vec<String> = names().map(|name| format!("`{name}`")).collect();
                    format!("expected one of {}", all.join(", "))
                }
            };
            format!("there is no form `{name}`, {hint}")
        })
    }
}
