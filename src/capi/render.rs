//! A decision → JSON, sentences, an official form, a receipt.

use core::ffi::c_char;

use super::constants::*;
use super::decision::opened_decision;
use super::describe::no_language;
use super::failure::{Failure, guard};
use super::input;
use super::output::{self, Slot};
use super::records::{exq_decision, exq_digest, exq_error, exq_receipt};
use crate::explain::{Lang, explain};
use crate::forms::{self, Form};
use crate::json::DecisionJson;

/// The digests of what the decision was made from. The same pack, case, instant and options give the same receipt on every
/// machine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_receipt(
    decision: *const exq_decision,
    out: *mut exq_receipt,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        let held = opened_decision(decision)?;
        let receipt = held.answer()?.receipt(held.pack.digest());
        let digest = |bytes| exq_digest { bytes };
        Slot::new(out, "out")?.put(exq_receipt {
            pack: digest(receipt.pack),
            facts: digest(receipt.case),
            decision: digest(receipt.decision),
            now: receipt.now,
        });
        Ok(())
    })
}

/// Refuses flags that this library does not know.
fn known(flags: u32, allowed: u32) -> Result<(), Failure> {
    if flags & !allowed == 0 {
        return Ok(());
    }
    let message = format!("`flags` is {flags}, expected bits of {allowed}");
    Err(Failure::argument("flags", message))
}

/// The decision as JSON, as `docs/DECISION.md` says, into a buffer of the caller. Flags: `EXQ_WITH_TEXTS`,
/// `EXQ_WITH_RECEIPT`, `EXQ_PRETTY`.
///
/// ```c
/// size_t needed = 0;
/// exq_decision_json(decision, EXQ_WITH_TEXTS, NULL, 0, &needed, NULL);
/// char *json = malloc(needed);
/// exq_decision_json(decision, EXQ_WITH_TEXTS, json, needed, &needed, NULL);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_json(
    decision: *const exq_decision,
    flags: u32,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        known(flags, EXQ_WITH_TEXTS | EXQ_WITH_RECEIPT | EXQ_PRETTY)?;
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let receipt = (flags & EXQ_WITH_RECEIPT != 0).then(|| decision.receipt(held.pack.digest()));
        let json = DecisionJson {
            decision: &decision,
            texts: flags & EXQ_WITH_TEXTS != 0,
            receipt: receipt.as_ref(),
        };
        let json = if flags & EXQ_PRETTY != 0 {
            json.to_pretty()
        } else {
            json.to_line()
        };
        output::text(&json, buffer, capacity, needed)
    })
}

/// The decision as sentences in a language (`EXQ_LANG_…`), the most urgent first, into a buffer of the caller. Flags:
/// `EXQ_WITH_RECEIPT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_text(
    decision: *const exq_decision,
    lang: i32,
    flags: u32,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        known(flags, EXQ_WITH_RECEIPT)?;
        let lang = match lang {
            EXQ_LANG_EN => Lang::En,
            EXQ_LANG_FR => Lang::Fr,
            _ => return Err(no_language(lang)),
        };
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let receipt = (flags & EXQ_WITH_RECEIPT != 0).then(|| decision.receipt(held.pack.digest()));
        let text = explain(&decision, lang, receipt.as_ref());
        output::text(&text, buffer, capacity, needed)
    })
}

/// An official form that the decision fills, by its name, as JSON (`docs/FORMS.md`), into a buffer of the caller. Forms:
/// `dsa-statement`, `tco-annex-ii`, `tco-annex-iii`, `epoc-annex-iii`. Flags: `EXQ_WITH_RECEIPT`, `EXQ_PRETTY`.
///
/// What the facts do not support is listed as missing, and is never guessed.
///
/// ```c
/// static const char form[] = "dsa-statement";
/// exq_decision_form(decision, form, sizeof form - 1, 0, NULL, 0, &needed, NULL);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn exq_decision_form(
    decision: *const exq_decision,
    form: *const c_char,
    form_len: usize,
    flags: u32,
    buffer: *mut c_char,
    capacity: usize,
    needed: *mut usize,
    error: *mut *mut exq_error,
) -> exq_status {
    guard(error, || {
        known(flags, EXQ_WITH_RECEIPT | EXQ_PRETTY)?;
        let name = input::word(form, form_len, "form")?;
        let form = Form::named(name);
        let form = form.map_err(|message| Failure::new(EXQ_E_NAME, "form", message))?;
        let held = opened_decision(decision)?;
        let decision = held.answer()?;
        let receipt = (flags & EXQ_WITH_RECEIPT != 0).then(|| decision.receipt(held.pack.digest()));
        let filled = forms::fill(form, &decision, receipt.as_ref());
        let json = if flags & EXQ_PRETTY != 0 {
            filled.to_pretty()
        } else {
            filled.to_line()
        };
        output::text(&json, buffer, capacity, needed)
    })
}
