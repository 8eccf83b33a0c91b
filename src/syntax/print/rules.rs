//! Rules and scenarios, as lines.
//!
//! Invariant: every effect, every alternative, every cited article and every expectation has a line of its own, so that
//! a change to one is one changed line.

use super::super::ast::{
    Effect, EffectValue, Expect, ExpectKind, ExpectNorm, ExpectOutcome, Given, GivenKind, RuleDecl,
    ScenarioDecl, Span, Window,
};
use super::layout::{Layout, WIDTH, width};
use super::{counting, phrases};

/// `rule NAME … end`.
pub fn rule(out: &mut Layout<'_>, rule: &RuleDecl, span: Span) {
    let mut head = vec![format!("rule {}", rule.name.text)];
    if let Some(base) = &rule.exception_to {
        let regardless = if rule.regardless { " regardless" } else { "" };
        head.push(format!("exception to {}{regardless}", base.text));
    }
    if !rule.overrides.is_empty() {
        head.push(format!("overrides {}", phrases::names(&rule.overrides)));
    }
    out.parts(span.start, rule.name.span.end, 0, &head);
    if let Some(title) = &rule.title {
        out.text_clause(1, "title", title);
    }
    for cite in &rule.cites {
        let how = cite
            .how
            .as_ref()
            .map_or(String::new(), |how| format!(" {}", how.text));
        out.line(
            cite.span.start,
            cite.span.end,
            1,
            &format!("cites {}{how}", phrases::text(&cite.article)),
        );
    }
    if let Some(clause) = &rule.in_force {
        out.line(
            clause.span.start,
            clause.span.end,
            1,
            &phrases::in_force(clause),
        );
    }
    counting(out, &rule.counting);
    if let Some(when) = &rule.when {
        out.condition(1, "when ", when, None);
    }
    for (n, effect) in rule.then.iter().enumerate() {
        self::effect(out, if n == 0 { (1, "then ") } else { (2, "and ") }, effect);
    }
    if let Some(reason) = &rule.reason {
        out.text_clause(1, "reason", reason);
    }
    for what in &rule.untranslated {
        out.text_clause(1, "untranslated", what);
    }
    out.line(span.end.saturating_sub(3), span.end, 0, "end");
}

fn effect(out: &mut Layout<'_>, (level, prefix): (usize, &str), effect: &Effect) {
    let target = effect
        .target
        .as_ref()
        .map_or(String::new(), |t| format!("{} ", phrases::target(t)));
    let (word, windows): (&str, &[Window]) = match &effect.value {
        EffectValue::Must(all) => ("must", all),
        EffectValue::May(one) => ("may", one.as_slice()),
        EffectValue::MustNot(one) => ("must not", one.as_slice()),
        EffectValue::Lifted => ("lifted", &[]),
    };
    let mut windows = windows.iter().map(phrases::window);
    let first = windows
        .next()
        .map_or(String::new(), |window| format!(" {window}"));
    let mut parts = vec![format!("{prefix}{target}{word}{first}")];
    parts.extend(windows.map(|window| format!("and {window}")));
    parts.extend(
        effect
            .across
            .as_ref()
            .map(|set| format!("across {}", phrases::set(set))),
    );
    parts.extend(
        effect
            .up_to
            .as_ref()
            .map(|ceiling| format!("up to {}", phrases::ceiling(ceiling))),
    );
    out.parts(effect.span.start, 0, level, &parts);
    for alternative in &effect.alternatives {
        let regime = alternative
            .counting
            .as_ref()
            .map_or(String::new(), |r| format!(" counting {}", r.text));
        let parts = [
            format!(
                "alternative {}{regime}",
                phrases::window(&alternative.window)
            ),
            format!("because {}", phrases::text(&alternative.because)),
        ];
        out.parts(alternative.span.start, alternative.span.end, 3, &parts);
    }
}

/// `scenario "…" … end`.
pub fn scenario(out: &mut Layout<'_>, scenario: &ScenarioDecl, span: Span) {
    out.line(
        span.start,
        scenario.title.span.end,
        0,
        &format!("scenario {}", phrases::text(&scenario.title)),
    );
    if let Some(date) = &scenario.law_date {
        out.line(
            date.span.start,
            date.span.end,
            1,
            &format!("law date {}", phrases::date(date)),
        );
    }
    if let (Some(first), Some(last)) = (scenario.adopt.first(), scenario.adopt.last()) {
        let names: Vec<&str> = scenario
            .adopt
            .iter()
            .map(|name| name.text.as_str())
            .collect();
        out.line(
            first.span.start,
            last.span.end,
            1,
            &format!("adopt {}", names.join(", ")),
        );
    }
    for level in &scenario.levels {
        let word = if level.undue_delay {
            "without undue delay"
        } else {
            "expeditiously"
        };
        out.line(
            level.span.start,
            level.span.end,
            1,
            &format!("{word} within {} {}", level.n.value, level.unit.text),
        );
    }
    given(out, &scenario.given);
    out.line(
        scenario.at.span.start,
        scenario.at.span.end,
        1,
        &format!("at {}", scenario.at.text),
    );
    for expect in &scenario.expect {
        out.line(
            expect.span.start,
            expect.span.end,
            1,
            &format!("expect {}", expectation(expect)),
        );
    }
    out.line(span.end.saturating_sub(3), span.end, 0, "end");
}

fn given(out: &mut Layout<'_>, given: &[Given]) {
    let (Some(first), Some(last)) = (given.first(), given.last()) else {
        return;
    };
    let texts: Vec<String> = given.iter().map(entry).collect();
    let flat = format!("given {}", texts.join(", "));
    if !out.between((first.span.start, first.span.end), last.span.start)
        && 2 + width(&flat) <= WIDTH
    {
        return out.line(first.span.start, last.span.end, 1, &flat);
    }
    for (n, (entry, text)) in given.iter().zip(&texts).enumerate() {
        let comma = if n + 1 == texts.len() { "" } else { "," };
        // The entries stand below each other, behind the width of `given `.
        let (level, word) = if n == 0 { (1, "given ") } else { (4, "") };
        out.line(
            entry.span.start,
            entry.span.end,
            level,
            &format!("{word}{text}{comma}"),
        );
    }
}

fn entry(given: &Given) -> String {
    let name = &given.name.text;
    match &given.kind {
        GivenKind::Bool(true) => name.clone(),
        GivenKind::Bool(false) => format!("not {name}"),
        GivenKind::Is(value) => format!("{name} is {}", phrases::value(value)),
        GivenKind::At(at) => format!("{name} at {}", at.text),
        GivenKind::Unknown => format!("{name} unknown"),
        GivenKind::NotHappened => format!("{name} not happened"),
    }
}

fn expectation(expect: &Expect) -> String {
    match &expect.kind {
        ExpectKind::Norm(norm) => expected_norm(norm),
        ExpectKind::Missing(fact) => format!("missing {}", fact.text),
        ExpectKind::Assumed(fact) => format!("assumed {}", fact.text),
        ExpectKind::ConflictOn(target) => format!("conflict on {}", phrases::target(target)),
        ExpectKind::NeedsHuman(None) => "needs human".to_string(),
        ExpectKind::NeedsHuman(Some(rule)) => format!("needs human by {}", rule.text),
        ExpectKind::NotAskedBy(rule) => format!("needs human but not by {}", rule.text),
        ExpectKind::NeedsNobody => "needs nobody".to_string(),
        ExpectKind::NextChange(Some(at)) => format!("next change at {}", at.text),
        ExpectKind::NextChange(None) => "next change never".to_string(),
    }
}

fn expected_norm(norm: &ExpectNorm) -> String {
    let outcome = match norm.outcome {
        ExpectOutcome::Must => "must",
        ExpectOutcome::May => "may",
        ExpectOutcome::MustNot => "must not",
        ExpectOutcome::None => "none",
        ExpectOutcome::Undetermined => "undetermined",
        ExpectOutcome::Conflict => "conflict",
    };
    let mut text = format!("{} {outcome}", phrases::target(&norm.target));
    if let Some(due) = &norm.due {
        text += &format!(" due {}", due.text);
    }
    if let Some((before, at)) = &norm.alternative {
        let before = if *before { "before " } else { "" };
        text += &format!(" alternative {before}{}", at.text);
    }
    if let Some(status) = &norm.status {
        text += &format!(" {}", status.text);
    }
    if let Some(guard) = norm.guard {
        text += &format!(" guard {}", guard.word());
    }
    if let Some(rule) = &norm.by {
        text += &format!(" by {}", rule.text);
    }
    if let Some(rule) = &norm.not_by {
        text += &format!(" but not by {}", rule.text);
    }
    if let Some(across) = &norm.across {
        text += &format!(" across {}", phrases::set(across));
    }
    if let Some((amount, per_day)) = &norm.up_to {
        let per_day = if *per_day { " per day" } else { "" };
        text += &format!(" up to {}{per_day}", phrases::money(amount));
    }
    text
}
