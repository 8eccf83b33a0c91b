//! The records of a filled form: `docs/FORMS.md`, as types.
//!
//! Invariant: fields stand in the order of the form, and keys in the order of that page. A key that would say nothing is
//! left out.

use serde::{Serialize, Serializer};

use crate::time::instant::Display;

/// A form, filled as far as the facts go.
#[derive(Debug, Serialize)]
pub(super) struct FilledRecord {
    pub(super) form: &'static str,
    pub(super) basis: &'static str,
    pub(super) called_for: Vec<Call>,
    pub(super) complete: bool,
    pub(super) fields: Fields,
    pub(super) missing: Vec<Missing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) warnings: Vec<Warning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) receipt: Option<String>,
}

/// What the decision says of a norm that calls for the form.
#[derive(Debug, Serialize)]
pub(super) struct Call {
    pub(super) norm: String,
    pub(super) outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<String>,
}

/// The fields that are given: an object, in the order of the form.
#[derive(Debug, Default)]
pub(super) struct Fields(pub(super) Vec<(&'static str, Given)>);

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, given)| (name, given)))
    }
}

/// A field that is given.
#[derive(Debug, Serialize)]
pub(super) struct Given {
    pub(super) value: Value,
    pub(super) from: Vec<Origin>,
}

/// One value, or a list where the field takes several.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Value {
    One(String),
    Many(Vec<String>),
}

/// What a value rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Origin {
    Fact {
        fact: &'static str,
    },
    Event {
        event: &'static str,
        at: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        zone: Option<String>,
    },
    Norm {
        norm: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        rule: Option<String>,
    },
}

impl Origin {
    pub(super) fn event(event: &'static str, at: i64) -> Origin {
        Origin::Event {
            event,
            at: Display(at).to_string(),
            zone: None,
        }
    }

    /// The same, told by the clock of a zone.
    pub(super) fn by_clock(self, of: &str) -> Origin {
        match self {
            Origin::Event { event, at, .. } => Origin::Event {
                event,
                at,
                zone: Some(of.to_string()),
            },
            other => other,
        }
    }
}

/// A text in both languages.
#[derive(Debug, Serialize)]
pub(super) struct Said {
    pub(super) en: String,
    pub(super) fr: String,
}

impl Said {
    pub(super) fn new(en: impl Into<String>, fr: impl Into<String>) -> Said {
        Said {
            en: en.into(),
            fr: fr.into(),
        }
    }
}

/// A field that the form has and the facts do not support.
#[derive(Debug, Serialize)]
pub(super) struct Missing {
    pub(super) field: &'static str,
    /// `required`, `one_of` (at least one field with this word), `optional`, or `depends`: on a field that is missing, too.
    pub(super) need: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) depends_on: Option<&'static str>,
    pub(super) why: Said,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) write: Option<super::table::Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) candidates: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) ask: Vec<Ask>,
}

/// A fact or event that would give a field.
#[derive(Debug, Serialize)]
pub(super) struct Ask {
    pub(super) name: String,
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) question: Option<Said>,
}

/// What does not fit, though the fields are given.
#[derive(Debug, Serialize)]
pub(super) struct Warning {
    pub(super) field: &'static str,
    pub(super) values: Vec<String>,
    pub(super) why: Said,
}
