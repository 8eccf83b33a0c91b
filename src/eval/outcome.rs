//! From effects that stand to the outcome of a norm in one part (`docs/LANGUAGE.md` §10).

use super::group::{ALL, CERTAIN, Group, Scratch};
use super::window::Life;
use crate::model::{Kind, Outcome, Truth};

/// The outcome before protection, and whether rules contradict each other.
pub(crate) fn outcome(group: &Group<'_, '_>, rows: &[Scratch], reading: usize) -> (Outcome, Truth) {
    let [must, may, must_not] = present(group, rows, reading);
    let conflict = must.or(may).and(must_not).or(clash(group, rows, reading));
    let default = group.default;
    let outcome = match (conflict, must) {
        (Truth::True, _) => Outcome::Conflict,
        (Truth::Unknown, Truth::True) if group.protected => Outcome::Undetermined,
        (_, Truth::True) => Outcome::Must,
        (Truth::Unknown, _) | (_, Truth::Unknown) => Outcome::Undetermined,
        (Truth::False, Truth::False) => match (must_not, may) {
            (Truth::True, _) => Outcome::MustNot,
            (_, Truth::True) => Outcome::May,
            (Truth::Unknown, Truth::False) if default == Outcome::MustNot => Outcome::MustNot,
            (Truth::False, Truth::Unknown) if default == Outcome::May => Outcome::May,
            (Truth::False, Truth::False) => silent(group, rows, reading),
            _ => Outcome::Undetermined,
        },
    };
    (outcome, conflict)
}

/// The outcome where no effect stands: a duty that has run its time, or the default.
fn silent(group: &Group<'_, '_>, rows: &[Scratch], reading: usize) -> Outcome {
    // The provisional reading leaves out whatever is not active.
    if group.default != Outcome::None || reading == CERTAIN {
        return group.default;
    }
    let mut served = Truth::False;
    for row in rows.iter().filter(|row| row.kind() == Kind::Must) {
        if matches!(row.timing.life, Life::Ended(_)) {
            served = served.or(row.exists.and(row.displaced[ALL].not()));
        }
    }
    match served {
        Truth::True => Outcome::Must,
        Truth::Unknown => Outcome::Undetermined,
        Truth::False => Outcome::None,
    }
}

/// Whether a duty, a right and a prohibition are present: also where one of the kind gives way only to others of the kind.
fn present(group: &Group<'_, '_>, rows: &[Scratch], reading: usize) -> [Truth; 3] {
    let mut all = [Truth::False; 3];
    for row in rows {
        let [must, may, must_not] = &mut all;
        let present = match row.kind() {
            Kind::Must => must,
            Kind::May => may,
            Kind::MustNot => must_not,
            Kind::Lifted => continue,
        };
        if row.stands(reading) == Truth::False && row.active(reading) != Truth::True {
            continue;
        }
        if row.active(reading) == Truth::True && gives_way_to_kind_only(group, rows, reading, row) {
            *present = Truth::True;
        } else if row.stands(reading) != Truth::False {
            *present = present.or(Truth::Unknown);
        }
    }
    all
}

fn gives_way_to_kind_only(
    group: &Group<'_, '_>,
    rows: &[Scratch],
    reading: usize,
    row: &Scratch,
) -> bool {
    let mut defeaters = group.defeaters(row).filter_map(|row| rows.get(row));
    defeaters
        .all(|defeater| defeater.stands(reading) == Truth::False || defeater.kind() == row.kind())
}

/// Whether a `lifted` and a sibling with another value both stand over an active effect.
fn clash(group: &Group<'_, '_>, rows: &[Scratch], reading: usize) -> Truth {
    let mut clash = Truth::False;
    if !rows.iter().any(|row| row.kind() == Kind::Lifted) {
        return clash;
    }
    let stands = |row: Option<&Scratch>| row.map_or(Truth::False, |row| row.stands(reading));
    for row in group.clashes() {
        let base = rows.get(group.local(row.base));
        if base.is_some_and(|base| base.active(reading) != Truth::False) {
            let lifted = stands(rows.get(group.local(row.lifted)));
            clash = clash.or(lifted.and(stands(rows.get(group.local(row.other)))));
        }
    }
    clash
}
