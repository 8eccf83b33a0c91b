//! The records of the decision JSON: `docs/DECISION.md`, as types.
//!
//! Invariant: fields stand in the order of that page, and serde writes them in the order in which they stand. A field
//! that would say nothing is left out.

use serde::Serialize;

use super::derivation::StepRecord;

#[derive(Serialize)]
pub(super) struct Answer<'p> {
    pub(super) schema: u32,
    pub(super) norms: Vec<Norm<'p>>,
    pub(super) missing: Vec<Missing<'p>>,
    pub(super) assumed: Vec<&'p str>,
    pub(super) human: Vec<Human<'p>>,
    pub(super) rules: Vec<Rule<'p>>,
    pub(super) beside: Vec<Beside<'p>>,
    pub(super) next_change_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) receipt: Option<ReceiptRecord<'p>>,
}

#[derive(Serialize)]
pub(super) struct Text<'p> {
    pub(super) en: &'p str,
    pub(super) fr: &'p str,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Territory<'p> {
    Everywhere(&'static str),
    Places(Vec<&'p str>),
}

#[derive(Serialize)]
pub(super) struct Norm<'p> {
    pub(super) norm: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Text<'p>>,
    pub(super) territory: Territory<'p>,
    pub(super) outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provisional: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) conflict: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) undetermined: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) protected: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operational: Option<u16>,
    pub(super) effects: Vec<Effect<'p>>,
}

#[derive(Serialize)]
pub(super) struct Effect<'p> {
    pub(super) rule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
    pub(super) value: &'static str,
    pub(super) state: &'static str,
    #[serde(skip_serializing_if = "is_true")]
    pub(super) certain: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<String>,
    #[serde(flatten)]
    pub(super) rest: Option<Living<'p>>,
}

/// What only an effect has that is not defeated.
#[derive(Serialize)]
pub(super) struct Living<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) exclusive: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) service_level: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provisional_due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) derivation: Vec<StepRecord<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) up_to: Option<UpTo>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) per_day: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) alternatives: Vec<Alternative<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) needs: Vec<&'p str>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum UpTo {
    Unknown(&'static str),
    Amounts(Vec<Amount>),
}

#[derive(Serialize)]
pub(super) struct Amount {
    pub(super) amount: String,
    pub(super) currency: String,
}

#[derive(Serialize)]
pub(super) struct Alternative<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) exclusive: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) derivation: Vec<StepRecord<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) because: Option<Text<'p>>,
}

#[derive(Serialize)]
pub(super) struct Missing<'p> {
    pub(super) name: &'p str,
    pub(super) kind: &'static str,
    pub(super) count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) question: Option<Text<'p>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Human<'p> {
    Conflict {
        norm: String,
        territory: Territory<'p>,
    },
    Untranslated {
        rule: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<Text<'p>>,
    },
}

#[derive(Serialize)]
pub(super) struct Rule<'p> {
    pub(super) rule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Text<'p>>,
    pub(super) state: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) cites: Vec<Cite<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<Text<'p>>,
}

#[derive(Serialize)]
pub(super) struct Cite<'p> {
    pub(super) article: Text<'p>,
    pub(super) how: &'static str,
}

#[derive(Serialize)]
pub(super) struct Beside<'p> {
    pub(super) pack: &'p str,
    pub(super) status: &'static str,
    pub(super) norm: String,
    pub(super) territory: Territory<'p>,
    pub(super) effects: Vec<Effect<'p>>,
}

#[derive(Serialize)]
pub(super) struct ReceiptRecord<'p> {
    pub(super) engine: &'static str,
    pub(super) pack: String,
    pub(super) case: String,
    pub(super) now: String,
    pub(super) packs: Vec<JudgedPack<'p>>,
    pub(super) decision: String,
}

#[derive(Serialize)]
pub(super) struct JudgedPack<'p> {
    pub(super) pack: &'p str,
    pub(super) law_date: String,
    pub(super) decides: bool,
}

// serde hands these a reference, whatever the size of the value.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !*value
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_true(value: &bool) -> bool {
    *value
}
