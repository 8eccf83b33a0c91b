//! Declarations other than rules and scenarios, as lines.
//!
//! Invariant: a list in braces stands on one line if it fits and no comment stands in it; else its entries stand
//! between the braces, one a line where they carry comments or labels.

use super::super::ast::{
    CalendarDecl, EnumDecl, EventDecl, FactDecl, Item, ItemKind, NormDecl, PropertyDecl, SetDecl,
    Span,
};
use super::layout::{Layout, WIDTH, width, wrap};
use super::{phrases, rules};

/// One declaration.
pub fn item(out: &mut Layout<'_>, item: &Item) {
    let span = item.span;
    match &item.kind {
        ItemKind::Use(pack) => out.line(span.start, span.end, 0, &format!("use {}", pack.text)),
        ItemKind::Enum(decl) => enumeration(out, decl, span),
        ItemKind::Set(decl) => constant(out, decl, span),
        ItemKind::Fact(decl) => fact(out, decl, span),
        ItemKind::Event(decl) => event(out, decl, span),
        ItemKind::Define(decl) => {
            out.condition(
                0,
                &format!("define {} when ", decl.name.text),
                &decl.when,
                Some(span.start),
            );
        }
        ItemKind::Norm(decl) => norm(out, decl, span),
        ItemKind::Rule(decl) => rules::rule(out, decl, span),
        ItemKind::Property(decl) => property(out, decl, span),
        ItemKind::Calendar(decl) => calendar(out, decl, span),
        ItemKind::Scenario(decl) => rules::scenario(out, decl, span),
    }
}

fn enumeration(out: &mut Layout<'_>, decl: &EnumDecl, span: Span) {
    let territory = if decl.territory { " territory" } else { "" };
    let head = format!("enum {}{territory}", decl.name.text);
    let labelled = decl.members.iter().any(|m| m.label.is_some());
    let entries = decl
        .members
        .iter()
        .map(|m| (m.name.span.start, phrases::member(m)))
        .collect();
    braced(
        out,
        &head,
        entries,
        "}",
        span,
        span.end.saturating_sub(1),
        labelled,
    );
}

fn constant(out: &mut Layout<'_>, decl: &SetDecl, span: Span) {
    let head = format!("set {} : {}", decl.name.text, decl.of.text);
    let entries = decl
        .members
        .iter()
        .map(|m| (m.span.start, m.text.clone()))
        .collect();
    let (tail, close) = match &decl.in_force {
        Some(clause) => (
            format!("}} {}", phrases::in_force(clause)),
            clause.span.start,
        ),
        None => ("}".to_string(), span.end.saturating_sub(1)),
    };
    braced(out, &head, entries, &tail, span, close, false);
}

/// `HEAD { … TAIL`, where the tail begins with the closing brace, which stands at `close`.
fn braced(
    out: &mut Layout<'_>,
    head: &str,
    entries: Vec<(u32, String)>,
    tail: &str,
    span: Span,
    close: u32,
    one_a_line: bool,
) {
    let texts: Vec<&str> = entries.iter().map(|(_, text)| text.as_str()).collect();
    let flat = format!("{head} {{ {} {tail}", texts.join(", "));
    // A comment of its own line inside the tail moves before it, and so into the braces.
    let commented = out.commented(span.start, close) || out.own_line_comment(close, span.end);
    if !commented && width(&flat) <= WIDTH {
        return out.line(span.start, span.end, 0, &flat);
    }
    out.line(span.start, 0, 0, &format!("{head} {{"));
    if commented || one_a_line {
        for (start, text) in &entries {
            out.line(*start, 0, 1, &format!("{text},"));
        }
    } else {
        let start = entries.first().map_or(0, |(start, _)| *start);
        out.rows(
            start,
            close,
            2,
            wrap(&format!("{},", texts.join(", ")), 2, 2),
        );
    }
    out.line(close, span.end, 0, tail);
}

fn fact(out: &mut Layout<'_>, decl: &FactDecl, span: Span) {
    let presumed = decl.presumed.as_ref().map_or(String::new(), |v| {
        format!(" presumed {}", phrases::value(v))
    });
    let mut parts = vec![format!(
        "fact {} : {}{presumed}",
        decl.name.text,
        phrases::fact_type(&decl.ty)
    )];
    parts.extend(
        decl.ask
            .as_ref()
            .map(|ask| format!("ask {}", phrases::text(ask))),
    );
    out.parts(span.start, span.end, 0, &parts);
}

fn event(out: &mut Layout<'_>, decl: &EventDecl, span: Span) {
    let mut parts = vec![format!("event {}", decl.name.text)];
    parts.extend(
        decl.ask
            .as_ref()
            .map(|ask| format!("ask {}", phrases::text(ask))),
    );
    out.parts(span.start, span.end, 0, &parts);
}

fn norm(out: &mut Layout<'_>, decl: &NormDecl, span: Span) {
    let family = decl
        .family
        .as_ref()
        .map_or(String::new(), |f| format!(" of {}", f.text));
    let (bearer, action, object) = (&decl.bearer.text, &decl.action.text, &decl.object.text);
    out.line(
        span.start,
        decl.object.span.end,
        0,
        &format!(
            "norm {}{family} : {bearer} {action} {object}",
            decl.name.text
        ),
    );
    if let Some(title) = &decl.title {
        out.text_clause(1, "title", title);
    }
    if let Some(event) = &decl.done_at {
        out.name_clause(1, "done at", event);
    }
    if let Some(event) = &decl.broken_at {
        out.name_clause(1, "broken at", event);
    }
    if let Some((default, place)) = &decl.default {
        out.line(
            place.start,
            place.end,
            1,
            &format!("by default {}", phrases::deontic(*default)),
        );
    }
    for guard in &decl.protected {
        let of = guard.of.as_ref().map_or(String::new(), |of| {
            format!("of {} ", phrases::target_of(of))
        });
        out.condition(
            1,
            &format!("protected {of}by "),
            &guard.by,
            Some(guard.span.start),
        );
    }
}

fn property(out: &mut Layout<'_>, decl: &PropertyDecl, span: Span) {
    let word = if decl.always { "always" } else { "never" };
    let head = format!(
        "{word} {} {}",
        phrases::target(&decl.target),
        phrases::deontic(decl.outcome)
    );
    match &decl.condition {
        Some(c) => {
            let joint = if c.unless { "unless" } else { "when" };
            out.condition(0, &format!("{head} {joint} "), &c.cond, Some(span.start));
        }
        None => out.line(span.start, span.end, 0, &head),
    }
}

fn calendar(out: &mut Layout<'_>, decl: &CalendarDecl, span: Span) {
    out.line(
        span.start,
        decl.name.span.end,
        0,
        &format!("calendar {} {{", decl.name.text),
    );
    if let Some(zone) = &decl.zone {
        out.text_clause(1, "zone", zone);
    }
    if let Some(first) = decl.weekend.first() {
        out.line(
            first.span.start,
            0,
            1,
            &format!("weekend {}", phrases::names(&decl.weekend)),
        );
    }
    if let Some((from, to)) = &decl.covers {
        out.line(
            from.span.start,
            to.span.end,
            1,
            &format!("covers {}..{}", from.value, to.value),
        );
    }
    for (date, label) in &decl.holidays {
        let text = label
            .as_ref()
            .map_or(String::new(), |label| format!(" {}", phrases::text(label)));
        out.line(
            date.span.start,
            date.span.end,
            1,
            &format!("holiday {}{text}", phrases::date(date)),
        );
    }
    out.line(span.end.saturating_sub(1), span.end, 0, "}");
}
