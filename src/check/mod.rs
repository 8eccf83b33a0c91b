//! Ast to Ir: names resolved, typed, acyclic, total.
//!
//! ```text
//! packs → declare → vocabulary → calendars → heads, effects → defines → guards → conditions → order → Ir
//! (files)  (names)   (types)                   (rules)                                         (schedule)
//! ```
//!
//! Invariant: everything that is wrong is said at once, and each mistake once: what could not be understood is a hole
//! that later steps pass over in silence. There is an Ir only if there is no error.

mod assemble;
mod calendars;
pub mod codes;
mod conditions;
mod counting;
mod declare;
mod defeat;
mod defines;
mod graph;
mod guards;
pub mod invariants;
pub mod ir;
mod link;
mod literals;
mod names;
mod operands;
mod order;
mod packs;
mod properties;
pub mod render;
mod report;
mod rules;
mod scenarios;
mod sets;
mod targets;
mod vocabulary;
mod walk;
mod warnings;
mod windows;

pub use ir::Ir;
pub use report::{Elsewhere, FileDiagnostic};

use crate::syntax::ast;
use crate::syntax::diagnostic::Severity;
use link::Link;
use report::Report;

/// What the check of a link says.
#[derive(Debug)]
pub struct Checked {
    /// The link, if it has no error.
    pub ir: Option<Ir>,
    /// Errors and warnings, in the order of files and places.
    pub diagnostics: Vec<FileDiagnostic>,
}

/// A link with errors.
#[derive(Debug, thiserror::Error)]
#[error("{} in the rules", count(diagnostics))]
pub struct CheckError {
    /// Errors and warnings, in the order of files and places.
    pub diagnostics: Vec<FileDiagnostic>,
}

fn count(diagnostics: &[FileDiagnostic]) -> String {
    let errors = diagnostics
        .iter()
        .filter(|found| found.diagnostic.severity == Severity::Error)
        .count();
    if errors == 1 {
        "1 error".to_string()
    } else {
        format!("{errors} errors")
    }
}

impl Checked {
    /// The Ir with its warnings, or the errors with them.
    ///
    /// # Errors
    /// [`CheckError`], if the link has an error.
    pub fn into_result(self) -> Result<(Ir, Vec<FileDiagnostic>), CheckError> {
        let diagnostics = self.diagnostics;
        match self.ir {
            Some(ir) => Ok((ir, diagnostics)),
            None => Err(CheckError { diagnostics }),
        }
    }
}

/// Checks the files of one link. The index of a file is what [`FileDiagnostic::file`] and [`ir::Place::file`] mean.
#[must_use]
pub fn check(files: &[ast::File]) -> Checked {
    let report = Report::default();
    if let Some(problem) = too_many_files(files) {
        report.push(problem);
        return Checked {
            ir: None,
            diagnostics: report.finish(),
        };
    }
    let packs = packs::packs(files, &report);
    let mut link = Link::new(report, packs);
    let ir = resolve(&mut link).filter(|_| !link.report.has_errors());
    if let Some(ir) = &ir {
        link.warn(ir);
        debug_assert_eq!(invariants::violations(ir), Vec::<String>::new());
    }
    Checked {
        ir,
        diagnostics: link.report.finish(),
    }
}

/// Runs the steps. `None` if a table overflows, or something is not known because of an error.
fn resolve(link: &mut Link<'_>) -> Option<Ir> {
    link.resolve_uses();
    if !link.declare() || !link.resolve_vocabulary() {
        return None;
    }
    link.resolve_calendars();
    link.resolve_headers();
    let (order, acyclic) = link.resolve_heads();
    link.calendars_fit();
    link.resolve_effects(&order);
    if acyclic {
        link.check_defeat();
    }
    link.resolve_defines();
    link.resolve_guards();
    link.resolve_conditions();
    let properties = link.properties();
    let scenarios = link.scenarios();
    let schedule = link.schedule(acyclic);
    if link.report.has_errors() {
        return None;
    }
    link.assemble(properties, scenarios, schedule)
}

/// A place names its file by 16 bits.
fn too_many_files(files: &[ast::File]) -> Option<FileDiagnostic> {
    let most = crate::model::limits::TABLE_MAX;
    let place = ir::Place {
        file: 0,
        span: files.first()?.pack.name.span,
    };
    (files.len() > most).then(|| {
        let message = format!("a link has at most {most} files, {} are given", files.len());
        FileDiagnostic::error(codes::LIMIT, place, message)
    })
}
