//! A decision in the words of a scenario's expectations, so that a line can be copied into one.

use crate::eval::{Decision, Entry, Moment, Named, Part};
use crate::json::naming;
use crate::model::{NormId, Outcome, RuleId, State, Status, VersionId, ZoneId};
use crate::pack::Program;
use crate::time::instant::{Display, DisplayLocal};

/// The whole decision, one expectation on a line; defaults of which no rule speaks come last.
pub(super) fn all(decision: &Decision<'_>) -> String {
    let mut out = String::new();
    let own = || decision.parts().iter().filter(|part| part.beside.is_none());
    for part in own().filter(|part| part.count > 0) {
        out.push_str(&of_part(decision, part));
        out.push('\n');
        for line in others(decision, part) {
            out.push_str(&format!("    {line}\n"));
        }
    }
    for part in own().filter(|part| part.count == 0) {
        out.push_str(&of_part(decision, part));
        out.push('\n');
    }
    let name = |name: Named| naming::named(decision.program(), name);
    for row in decision.missing() {
        out.push_str(&format!("missing {}\n", name(decision.named(row.name))));
    }
    for assumed in decision.assumed() {
        out.push_str(&format!("assumed {}\n", name(assumed)));
    }
    for line in conflicts(decision).into_iter().chain(human(decision)) {
        out.push_str(&line);
        out.push('\n');
    }
    for part in decision.parts() {
        let Some(pack) = part.beside else { continue };
        for entry in decision.entries(part) {
            let norm = naming::norm(decision.program(), part.norm);
            let said = entry_words(decision, part, entry);
            out.push_str(&format!(
                "# beside, {}: {norm} {said}\n",
                naming::pack(decision.program(), pack)
            ));
        }
    }
    out.push_str(&next_change(decision));
    out.push('\n');
    out
}

/// `next change at T`, `next change never`.
pub(super) fn next_change(decision: &Decision<'_>) -> String {
    match decision.next_change() {
        Some(at) => format!("next change at {}", Display(at)),
        None => "next change never".to_string(),
    }
}

/// True if a person is asked for.
pub(super) fn needs_human(decision: &Decision<'_>) -> bool {
    let conflict = |part: &Part| part.beside.is_none() && part.conflict.is_true();
    decision.untranslated().next().is_some() || decision.parts().iter().any(conflict)
}

/// True if a text of this rule that is not translated asks for a person.
pub(super) fn asks_human(decision: &Decision<'_>, rule: RuleId) -> bool {
    let versions = &decision.program().versions;
    let mut asking = decision.untranslated();
    asking.any(|version| versions.at(version.index()).rule == rule.0)
}

/// True if rules contradict each other on a norm, be it in one place.
pub(super) fn has_conflict(decision: &Decision<'_>, norm: NormId) -> bool {
    let mut parts = decision.parts().iter();
    parts.any(|part| part.beside.is_none() && part.norm == norm && part.conflict.is_true())
}

/// The norms on which rules contradict each other where the outcome does not say so: it is closed, or not known.
pub(super) fn conflicts(decision: &Decision<'_>) -> Vec<String> {
    let hidden = |part: &&Part| {
        part.beside.is_none() && part.conflict.is_true() && part.outcome != Outcome::Conflict
    };
    let parts = decision.parts().iter().filter(hidden);
    let mut norms: Vec<NormId> = parts.map(|part| part.norm).collect();
    norms.dedup();
    let line = |norm| format!("conflict on {}", naming::norm(decision.program(), norm));
    norms.into_iter().map(line).collect()
}

/// Who asks for a person: each rule by its name, or a conflict.
pub(super) fn human(decision: &Decision<'_>) -> Vec<String> {
    let asking = decision.untranslated();
    let mut lines: Vec<String> = asking
        .map(|version| {
            format!(
                "needs human by {}",
                naming::version(decision.program(), version)
            )
        })
        .collect();
    lines.dedup();
    if lines.is_empty() {
        let word = if needs_human(decision) {
            "human"
        } else {
            "nobody"
        };
        lines.push(format!("needs {word}"));
    }
    lines
}

/// A part with its operational entry: `takedown must due T breached by eu.tco/removal across {DE, FR}`.
pub(super) fn of_part(decision: &Decision<'_>, part: &Part) -> String {
    let program = decision.program();
    let mut line = format!(
        "{} {}",
        naming::norm(program, part.norm),
        outcome(part.outcome)
    );
    if let Some(entry) = basis(decision, part) {
        line.push_str(&tail(decision, entry));
    }
    line.push_str(&across(program, part));
    line
}

/// The operational entry, where it is the basis of the outcome and not what the outcome holds back.
fn basis<'d>(decision: &Decision<'d>, part: &Part) -> Option<&'d Entry> {
    let entry = decision.entries(part).get(usize::from(part.operational?))?;
    (entry.state != State::Withheld).then_some(entry)
}

/// The other entries of a part, and the operational one where it is not what the outcome says.
fn others(decision: &Decision<'_>, part: &Part) -> Vec<String> {
    let entries = decision.entries(part).iter().enumerate();
    let shown = |index: usize, entry: &Entry| {
        entry.state != State::Standing || part.operational.map(usize::from) != Some(index)
    };
    let mut lines = Vec::new();
    for (index, entry) in entries {
        if shown(index, entry) {
            lines.push(state_words(decision, part, entry));
        }
        if let (true, Moment::At(at)) = (entry.service_level, entry.due) {
            let at = local(decision.program(), decision.zone(entry), at);
            lines.push(format!(
                "# due {at} by the service level of the house, by no law"
            ));
        }
    }
    lines
}

/// An entry with its state: `# must due T running by eu.tco/removal, defeated by eu.tco/clarification`.
pub(super) fn state_words(decision: &Decision<'_>, part: &Part, entry: &Entry) -> String {
    let mut line = format!("# {}", entry_words(decision, part, entry));
    if entry.state != State::Standing {
        line.push_str(&format!(", {}", entry.state.word().replace('_', " ")));
    }
    if let Some(by) = entry.by {
        line.push_str(&format!(" by {}", naming::version(decision.program(), by)));
    }
    if let Some(why) = entry.why {
        line.push_str(&format!(", {}", why.word().replace('_', " ")));
    }
    line
}

/// What an entry says: `must due T running by eu.tco/removal`.
fn entry_words(decision: &Decision<'_>, part: &Part, entry: &Entry) -> String {
    let effect = decision.program().effects.at(entry.effect.index());
    let kind = crate::model::Kind::from_u8(effect.kind).map_or("", crate::model::Kind::word);
    let place = if part.beside.is_some() {
        across(decision.program(), part)
    } else {
        String::new()
    };
    format!("{}{}{place}", kind.replace('_', " "), tail(decision, entry))
}

/// ` due T STATUS by RULE up to MONEY`.
fn tail(decision: &Decision<'_>, entry: &Entry) -> String {
    let program = decision.program();
    let effect = program.effects.at(entry.effect.index());
    let zone = decision.zone(entry);
    let mut line = String::new();
    match entry.due {
        // The due of a scenario is one of the law.
        Moment::At(at) if !entry.service_level => {
            line.push_str(&format!(" due {}", local(program, zone, at)));
        }
        Moment::At(_) | Moment::Nothing | Moment::Waiting | Moment::Open | Moment::Unknown => {}
    }
    for index in 0..decision.alternatives(entry) {
        let (due, exclusive) = decision.alternative(entry, index);
        if let Some(at) = due.instant() {
            let before = if exclusive { "before " } else { "" };
            line.push_str(&format!(
                " alternative {before}{}",
                local(program, zone, at)
            ));
        }
    }
    if entry.status != Status::Nothing {
        line.push_str(&format!(" {}", entry.status.word()));
    }
    line.push_str(&format!(
        " by {}",
        naming::version(program, VersionId(effect.version))
    ));
    if let Some(ceiling) = decision.ceiling(entry) {
        let per_day = if ceiling.per_day { " per day" } else { "" };
        for money in ceiling.amounts() {
            line.push_str(&format!(
                " up to {money} {}{per_day}",
                money.currency.as_str()
            ));
        }
    }
    line
}

/// An instant by the clock of a zone.
fn local(program: &Program<'_>, zone: ZoneId, at: i64) -> String {
    DisplayLocal {
        instant: at,
        offset: program.zone(zone).offset_at(at),
    }
    .to_string()
}

fn across(program: &Program<'_>, part: &Part) -> String {
    match naming::places(program, part) {
        None => String::new(),
        Some(places) => format!(" across {{{}}}", places.collect::<Vec<_>>().join(", ")),
    }
}

/// An outcome as a scenario writes it.
pub(super) fn outcome(outcome: Outcome) -> String {
    outcome.word().replace('_', " ")
}
