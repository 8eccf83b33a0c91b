//! Ast to canonical text.
//!
//! Invariant: `parse(print(ast)) == ast`, and printing what was printed changes nothing. Comments survive: each stays
//! before the line that it stood before, or at the end of the line that it stood on.
//!
//! White space means nothing to the parser, so any line may be wrapped anywhere between two words.

pub(crate) mod extent;
mod items;
mod layout;
pub(crate) mod phrases;
mod rules;

use super::ast::{CalendarRef, Counting, File, ItemKind, PackHeader};
use layout::Layout;

/// The canonical text of a file: two spaces for each level, one clause a line, at most 100 columns where the words
/// allow it.
pub fn print(file: &File) -> String {
    let mut out = Layout::new(&file.comments.0);
    header(&mut out, &file.pack);
    let mut last: Option<&ItemKind> = None;
    for item in &file.items {
        let together = last.is_some_and(|last| stand_together(last, &item.kind));
        out.separate(!together);
        items::item(&mut out, item);
        last = Some(&item.kind);
    }
    out.finish()
}

/// True for short declarations of one kind, which need no empty line between them.
fn stand_together(a: &ItemKind, b: &ItemKind) -> bool {
    matches!(
        (a, b),
        (ItemKind::Use(_), ItemKind::Use(_))
            | (ItemKind::Fact(_), ItemKind::Fact(_))
            | (ItemKind::Event(_), ItemKind::Event(_))
            | (ItemKind::Set(_), ItemKind::Set(_))
            | (ItemKind::Property(_), ItemKind::Property(_))
    )
}

fn header(out: &mut Layout<'_>, pack: &PackHeader) {
    out.line(pack.span.start, 0, 0, &format!("pack {}", pack.name.text));
    if let Some(title) = &pack.title {
        out.text_clause(1, "title", title);
    }
    if let Some(source) = &pack.source {
        out.text_clause(1, "source", source);
    }
    if let Some(status) = &pack.status {
        out.name_clause(1, "status", status);
    }
    if let Some(in_force) = &pack.in_force {
        out.line(
            in_force.span.start,
            in_force.span.end,
            1,
            &phrases::in_force(in_force),
        );
    }
    if let Some(event) = &pack.judged_by {
        out.name_clause(1, "judged by", event);
    }
    counting(out, &pack.counting);
    if let Some(cond) = &pack.applies {
        out.condition(1, "applies when ", cond, None);
    }
}

/// The clauses that say how periods run.
fn counting(out: &mut Layout<'_>, counting: &Counting) {
    if let Some(regime) = &counting.regime {
        let rollover = if counting.no_rollover {
            " no rollover"
        } else {
            ""
        };
        out.line(
            regime.span.start,
            0,
            1,
            &format!("counting {}{rollover}", regime.text),
        );
    }
    if let Some(zone) = &counting.zone {
        out.text_clause(1, "zone", zone);
    }
    match &counting.calendar {
        Some(CalendarRef::Named(name)) => out.name_clause(1, "calendar", name),
        Some(CalendarRef::ByFact(name)) => out.name_clause(1, "calendar by", name),
        None => {}
    }
}
