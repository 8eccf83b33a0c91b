//! A form's tables and a decision to the form, filled as far as the facts go.
//!
//! Invariant: a field is given, missing, or left out because the form does not ask for it here; it is never guessed. First
//! every field is drawn from its sources, then what is asked for is settled, as a field may depend on any other.

use super::draw::{Drawn, draw};
use super::read::Reader;
use super::record::{Ask, Call, Fields, FilledRecord, Given, Missing, Said, Value, Warning};
use super::table::{Check, Cond, Field, Form, Need, Source};
use crate::eval::{Decision, Moment, Named, Receipt};
use crate::json::{hex, naming};
use crate::model::{Outcome, Status};
use crate::time::instant::Display;

/// A form, filled as far as the facts go.
#[derive(Debug)]
pub struct Filled(FilledRecord);

impl serde::Serialize for Filled {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Filled {
    /// On one line.
    #[must_use]
    pub fn to_line(&self) -> String {
        // Writing records with text keys into memory cannot fail.
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// Over many lines, for people.
    #[must_use]
    pub fn to_pretty(&self) -> String {
        serde_json::to_string_pretty(&self.0).unwrap_or_default()
    }

    /// True if every field is given that the form demands here.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.0.complete
    }
}

/// Whether a field is asked for in this form.
enum Asked {
    Required,
    /// At least one of those with this need.
    OneOf,
    Optional,
    /// It depends on a field that is missing.
    Depends(&'static str),
    LeftOut,
}

/// Fills a form from a decision. The receipt is the one of the decision, where the form is to carry its digest.
#[must_use]
pub fn fill(form: &'static Form, decision: &Decision<'_>, receipt: Option<&Receipt>) -> Filled {
    let reader = Reader::new(decision, form.norms);
    let fields = form.fields.iter();
    let drawn = fields.map(|field| (field, draw(&reader, field))).collect();
    let sheet = Sheet { reader, drawn };
    let mut record = FilledRecord {
        form: form.name,
        basis: form.basis,
        called_for: form
            .norms
            .iter()
            .flat_map(|norm| calls(&reader, norm))
            .collect(),
        complete: true,
        fields: Fields::default(),
        missing: Vec::new(),
        warnings: Vec::new(),
        receipt: receipt.map(|receipt| hex(&receipt.decision)),
    };
    for (field, drawn) in &sheet.drawn {
        let asked = sheet.asked(field);
        let (need, depends_on) = match asked {
            Asked::LeftOut => continue,
            Asked::Required => ("required", None),
            Asked::OneOf => ("one_of", None),
            Asked::Optional => ("optional", None),
            Asked::Depends(on) => ("depends", Some(on)),
        };
        if !drawn.values.is_empty() {
            let mut values = drawn.values.clone();
            let value = match field.many {
                true => Value::Many(values),
                false => Value::One(values.swap_remove(0)),
            };
            let from = drawn.from.clone();
            record.fields.0.push((field.name, Given { value, from }));
        }
        if drawn.values.is_empty() || !drawn.candidates.is_empty() {
            record.complete &= need == "optional";
            let missing = sheet.missing(field, drawn);
            record.missing.push(Missing {
                need,
                depends_on,
                ..missing
            });
        }
        if !drawn.left_out.is_empty() {
            record.warnings.push(Warning {
                field: field.name,
                values: drawn.left_out.clone(),
                why: Said::new(
                    "the form has no code for these, which are left out",
                    "le formulaire n'a pas de code pour ces valeurs, qui sont omises",
                ),
            });
        }
    }
    let given = &record.fields.0;
    let checked = form.checks.iter().filter_map(|check| against(check, given));
    let checked: Vec<Warning> = checked.collect();
    record.warnings.extend(checked);
    Filled(record)
}

/// What the decision says of a norm that calls for the form; nothing where no effect of it counts.
fn calls<'r>(reader: &'r Reader<'_, '_>, norm: &str) -> impl Iterator<Item = Call> + use<'r> {
    let program = reader.program();
    let parts: Vec<_> = reader.parts(norm).collect();
    let parts = parts
        .into_iter()
        .filter(|part| part.outcome != Outcome::None);
    parts.map(move |part| {
        let entry = reader.operational(part);
        let status = entry.map(|entry| entry.status);
        Call {
            norm: naming::norm(program, part.norm),
            outcome: part.outcome.word(),
            status: status
                .filter(|status| *status != Status::Nothing)
                .map(Status::word),
            due: entry.and_then(|entry| match entry.due {
                Moment::At(at) => Some(Display(at).to_string()),
                _ => None,
            }),
            rule: reader
                .rule(part)
                .map(|version| naming::version(program, version)),
        }
    })
}

/// All fields, drawn.
struct Sheet<'v, 'd> {
    reader: Reader<'v, 'd>,
    drawn: Vec<(&'static Field, Drawn)>,
}

impl Sheet<'_, '_> {
    fn find(&self, name: &str) -> Option<&(&'static Field, Drawn)> {
        self.drawn.iter().find(|(field, _)| field.name == name)
    }

    /// True if one of the fields of which one is needed has something.
    fn one_of_is_given(&self) -> bool {
        let group = |field: &Field| matches!(field.need, Need::OneOf);
        let mut given = self.drawn.iter();
        given.any(|(field, drawn)| group(field) && !drawn.is_empty())
    }

    fn asked(&self, field: &Field) -> Asked {
        match field.need {
            Need::Required => Asked::Required,
            Need::Optional => Asked::Optional,
            Need::OneOf => {
                let own = self
                    .find(field.name)
                    .is_some_and(|(_, own)| !own.is_empty());
                match (own, self.one_of_is_given()) {
                    (true, _) => Asked::Required,
                    (false, false) => Asked::OneOf,
                    (false, true) => Asked::LeftOut,
                }
            }
            Need::If(cond) => match self.holds(cond) {
                Some(true) => Asked::Required,
                Some(false) => Asked::LeftOut,
                None => Asked::Depends(subject(cond)),
            },
            // Nothing is said of what may be given while it is open whether it may.
            Need::Within(cond) => match self.holds(cond) {
                Some(true) => Asked::Optional,
                Some(false) | None => Asked::LeftOut,
            },
        }
    }

    /// Whether something holds of a field; `None` while that field is missing.
    fn holds(&self, cond: Cond) -> Option<bool> {
        let (field, drawn) = self.find(subject(cond))?;
        let fits = |code: &str| match cond {
            Cond::Has(_, wanted) => code == wanted,
            Cond::HasAny(_, list) => list.contains(&code),
            Cond::HasOther(_, other) => code != other,
            Cond::Given(_) => true,
        };
        // Where the facts leave several codes, all of them may fit, or none.
        let open = &drawn.candidates;
        let sure = drawn.values.iter().any(|value| fits(value));
        if sure || (!open.is_empty() && open.iter().all(|code| fits(code))) {
            return Some(true);
        }
        if !drawn.is_empty() {
            return match open.iter().any(|code| fits(code)) {
                true => None,
                false => Some(false),
            };
        }
        match self.asked(field) {
            Asked::LeftOut => Some(false),
            _ => None,
        }
    }

    fn missing(&self, field: &Field, drawn: &Drawn) -> Missing {
        let reader = &self.reader;
        let mut ask: Vec<Named> = Vec::new();
        for named in field
            .sources
            .iter()
            .flat_map(|source| reader.unsaid(source))
        {
            if !ask.contains(&named) {
                ask.push(named);
            }
        }
        let known = field.sources.iter().any(|source| reader.knows(source));
        let why = if let Some(refused) = &drawn.refused {
            Said::new(refused.en.clone(), refused.fr.clone())
        } else if !drawn.candidates.is_empty() {
            ask.clear();
            Said::new(
                "the facts do not say which of these it is",
                "les faits ne disent pas laquelle de ces valeurs convient",
            )
        } else if field
            .sources
            .iter()
            .any(|source| matches!(source, Source::Cites(_)))
        {
            Said::new(
                "no rule that applies demands the restriction",
                "aucune règle applicable n'exige la restriction",
            )
        } else if field.sources.is_empty() || !known {
            Said::new(
                "these rules have no fact for it",
                "ces règles n'ont pas de fait pour cela",
            )
        } else if ask.is_empty() {
            Said::new(
                "the facts that are given do not say it",
                "les faits donnés ne le disent pas",
            )
        } else {
            Said::new("no fact says it yet", "aucun fait ne le dit encore")
        };
        if drawn.refused.is_some() {
            ask.clear();
        }
        Missing {
            field: field.name,
            need: "",
            depends_on: None,
            why,
            write: field.write,
            candidates: drawn.candidates.clone(),
            ask: ask.into_iter().map(|named| self.ask(named)).collect(),
        }
    }

    fn ask(&self, named: Named) -> Ask {
        let program = self.reader.program();
        let question = naming::question(program, named);
        Ask {
            name: naming::named(program, named).to_string(),
            kind: naming::kind(named),
            question: question.map(|text| Said::new(program.str(text.en), program.str(text.fr))),
        }
    }
}

/// The field that a condition is about.
const fn subject(cond: Cond) -> &'static str {
    match cond {
        Cond::Has(field, _)
        | Cond::HasAny(field, _)
        | Cond::HasOther(field, _)
        | Cond::Given(field) => field,
    }
}

/// What a check has against the fields that are given.
fn against(check: &Check, given: &[(&'static str, Given)]) -> Option<Warning> {
    let Check::Under {
        field,
        of,
        lists,
        but,
    } = check;
    let value = |name: &str| given.iter().find(|(known, _)| *known == name);
    let (
        _,
        Given {
            value: Value::One(of),
            ..
        },
    ) = value(of)?
    else {
        return None;
    };
    let (
        name,
        Given {
            value: Value::Many(codes),
            ..
        },
    ) = value(field)?
    else {
        return None;
    };
    let (_, list) = lists.iter().find(|(code, _)| code == of)?;
    let fits = |code: &&String| list.contains(&code.as_str()) || code == but;
    let strange: Vec<String> = codes.iter().filter(|code| !fits(code)).cloned().collect();
    (!strange.is_empty()).then(|| Warning {
        field: name,
        values: strange,
        why: Said::new(
            format!("these do not stand under `{of}`"),
            format!("ces valeurs ne relèvent pas de `{of}`"),
        ),
    })
}
