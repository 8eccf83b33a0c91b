//! What two programs may say differently, as formulas: one question for each thing that an answer says.
//!
//! Invariant: where the answers of the two programs to one case differ in what is compared, one of these formulas holds;
//! where what they say is the same formula, there is no question to ask.

use super::pairs::{Pair, Spot, slots, spots};
use super::{Aspect, What};
use crate::model::{
    EffectId, Kind, NormId, Outcome, RuleId, State, Status, VersionId, WithheldReason,
};
use crate::pack::Program;
use crate::prove::formula::{Graph, Lit};
use crate::prove::kleene::Kleene;
use crate::prove::question::Inquiry;
use crate::prove::symbolic::{Moment, Part, Row, Symbolic};

use super::reading::{ceiling_words, effect_of};

/// A question: is there a case in which this holds?
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub aspect: Aspect,
    pub what: What,
    pub rules: Pair<RuleId>,
    pub norms: Option<[NormId; 2]>,
    /// For each of these the effects of which it speaks; none for what is said of a norm.
    pub effects: Vec<[Vec<EffectId>; 2]>,
    /// Where it may be so.
    pub spots: Vec<Spot>,
    pub goal: Lit,
    /// The same where neither of the programs says that it does not know: such a case tells more.
    pub clear: Lit,
}

/// One value of a rule at one place, in whichever version is present.
struct Voice {
    exists: Lit,
    shown: Lit,
    state: Vec<Lit>,
    why: Vec<Lit>,
    status: Vec<Lit>,
    moments: [Moment; 4],
    exclusive: Lit,
    level: Lit,
    rows: Vec<(Lit, Row)>,
}

const TIMES: [What; 4] = [What::NotBefore, What::Due, What::Start, What::End];

/// The questions of norms: their outcomes and their guards.
pub(super) fn of_norms(
    inquiry: &mut Inquiry<'_>,
    programs: &[Program<'_>; 2],
    norms: [NormId; 2],
) -> Vec<Question> {
    let Inquiry { world, said, .. } = inquiry;
    let graph = &mut world.graph;
    let spots = spots(programs, said, norms);
    let (mut goals, mut clear) = ([Lit::FALSE; 3], Lit::FALSE);
    for spot in &spots {
        let [old, new] = [0, 1].map(|side: usize| part(said, norms, spot, side));
        let outcome = differs(graph, &all(&old.outcome), &all(&new.outcome));
        let before = differs(graph, &all(&old.unprotected), &all(&new.unprotected));
        let conflict = doubts(graph, old.conflict, new.conflict);
        let before = graph.and(before, !outcome);
        let conflict = graph.all([conflict, !outcome, !before]);
        let unknown = [old, new].map(|part| !part.outcome.is(Outcome::Undetermined as u8));
        let known = graph.all([outcome, unknown[0], unknown[1]]);
        clear = graph.or(clear, known);
        for (goal, here) in goals.iter_mut().zip([outcome, before, conflict]) {
            *goal = graph.or(*goal, here);
        }
    }
    let guards = [0, 1].map(|side: usize| said[side].guards[norms[side].index()]);
    let [old, new] = guards.map(|guard| guard.unwrap_or(Kleene::TRUE));
    let guard = doubts(graph, old, new);
    let known = [old, new].map(|guard| graph.or(guard.yes, guard.no));
    let known = graph.all([guard, known[0], known[1]]);
    let question = |aspect, what, goal, clear| Question {
        aspect,
        what,
        rules: [None, None],
        norms: Some(norms),
        effects: Vec::new(),
        spots: spots.clone(),
        goal,
        clear,
    };
    vec![
        question(Aspect::Outcome, What::Outcome, goals[0], clear),
        question(Aspect::Safeguard, What::Guard, guard, known),
        question(Aspect::Outcome, What::Unprotected, goals[1], goals[1]),
        question(Aspect::Outcome, What::Conflict, goals[2], goals[2]),
    ]
}

/// The questions of a rule on a norm.
pub(super) fn of_rule(
    inquiry: &mut Inquiry<'_>,
    programs: &[Program<'_>; 2],
    rules: Pair<RuleId>,
    norms: [NormId; 2],
) -> Vec<Question> {
    let Inquiry { world, said, .. } = inquiry;
    let spots = spots(programs, said, norms);
    let slots = slots(programs, said, &spots, rules, norms);
    if slots.is_empty() {
        return Vec::new();
    }
    let alone = rules.iter().any(Option::is_none);
    let [first, second] = [0, 1].map(|side: usize| events_of(&programs[side], norms[side]));
    let same_events = first == second;
    let mut found = Vec::new();
    for slot in slots {
        let mut goals: Vec<((Aspect, What), [Lit; 2])> = Vec::new();
        for (spot, effects) in spots.iter().zip(&slot.effects) {
            let graph = &mut world.graph;
            let [old, new] = [0, 1]
                .map(|side: usize| voice(graph, part(said, norms, spot, side), &effects[side]));
            let here = match slot.kinds {
                [Some(a), Some(b)] if a == b => {
                    compared(graph, programs, a, same_events, [&old, &new])
                }
                [Some(_), Some(_)] => {
                    let both = graph.and(old.exists, new.exists);
                    let mut here = vec![(Aspect::Duty, What::Kind, both)];
                    here.extend(states(graph, &old, &new));
                    here
                }
                _ => {
                    let aspect = if alone { Aspect::Basis } else { Aspect::Duty };
                    let either = graph.or(old.exists, new.exists);
                    vec![(aspect, What::Value, either)]
                }
            };
            for (aspect, what, goal) in here {
                let known = known(graph, what, &old, &new);
                let clear = graph.and(goal, known);
                match goals.iter_mut().find(|one| one.0 == (aspect, what)) {
                    Some((_, so_far)) => {
                        *so_far = [graph.or(so_far[0], goal), graph.or(so_far[1], clear)];
                    }
                    None => goals.push(((aspect, what), [goal, clear])),
                }
            }
        }
        let asked = goals
            .into_iter()
            .map(|((aspect, what), [goal, clear])| Question {
                aspect,
                what,
                rules,
                norms: Some(norms),
                effects: slot.effects.clone(),
                spots: spots.clone(),
                goal,
                clear,
            });
        found.extend(asked);
    }
    found
}

/// The events that perform and that violate a norm.
fn events_of<'p>(program: &Program<'p>, norm: NormId) -> [&'p str; 2] {
    let row = program.norms.at(norm.index());
    [row.done, row.broken].map(|event| program.str(program.events.at(usize::from(event)).name))
}

/// The question whether a rule marks answers as in need of a human.
pub(super) fn of_marks(
    inquiry: &mut Inquiry<'_>,
    programs: &[Program<'_>; 2],
    rules: Pair<RuleId>,
) -> Question {
    let Inquiry { world, said, .. } = inquiry;
    let graph = &mut world.graph;
    let mut counts: [Vec<(u32, Lit)>; 2] = [Vec::new(), Vec::new()];
    for side in [0, 1] {
        let Some(rule) = rules[side] else { continue };
        let program = &programs[side];
        let versions = program.rules.at(rule.index()).versions;
        for id in versions.first..versions.first + versions.count {
            let marks = program.versions.at(id as usize).untranslated.count;
            if marks > 0 {
                let pack = program.pack_of(VersionId(id as u16)).index();
                let applies = !said[side].truths[id as usize].no;
                let here = graph.all([
                    said[side].decides[pack],
                    said[side].present[id as usize],
                    applies,
                ]);
                counts[side].push((marks, here));
            }
        }
    }
    let mut numbers: Vec<u32> = counts.iter().flatten().map(|(count, _)| *count).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let [old, new] = counts.map(|of| {
        let each = numbers.iter().map(|number| {
            let of = of.iter().filter(|(count, _)| count == number);
            graph.any(of.map(|(_, lit)| *lit).collect::<Vec<_>>())
        });
        each.collect::<Vec<_>>()
    });
    let goal = differs(graph, &old, &new);
    Question {
        aspect: Aspect::Safeguard,
        what: What::Human,
        rules,
        norms: None,
        effects: Vec::new(),
        spots: Vec::new(),
        goal,
        clear: goal,
    }
}

fn part<'s>(said: &'s [Symbolic], norms: [NormId; 2], spot: &Spot, side: usize) -> &'s Part {
    &said[side].norms[norms[side].index()][spot.parts[side]]
}

fn all(of: &crate::prove::symbolic::OneOf) -> Vec<Lit> {
    (0..of.len() as u8).map(|answer| of.is(answer)).collect()
}

/// One of the answers is given by one and not by the other.
fn differs(graph: &mut Graph<'_>, old: &[Lit], new: &[Lit]) -> Lit {
    let apart: Vec<Lit> = old
        .iter()
        .zip(new)
        .map(|(old, new)| !graph.same(*old, *new))
        .collect();
    graph.any(apart)
}

fn doubts(graph: &mut Graph<'_>, old: Kleene, new: Kleene) -> Lit {
    differs(graph, &[old.yes, old.no], &[new.yes, new.no])
}

fn voice(graph: &mut Graph<'_>, part: &Part, effects: &[EffectId]) -> Voice {
    let rows = part.rows.iter().filter(|row| effects.contains(&row.effect));
    let mut said = Vec::new();
    for row in rows {
        let shown = graph.and(!row.exists.no, !row.state.is(State::Defeated as u8));
        said.push((shown, row.clone()));
    }
    let mut each = |count: usize, of: &dyn Fn(&Row, u8) -> Lit, only_shown: bool| -> Vec<Lit> {
        (0..count as u8)
            .map(|answer| {
                let lits: Vec<Lit> = said
                    .iter()
                    .map(|(shown, row)| {
                        let lit = of(row, answer);
                        if only_shown {
                            graph.and(*shown, lit)
                        } else {
                            lit
                        }
                    })
                    .collect();
                graph.any(lits)
            })
            .collect()
    };
    let state = each(State::ALL.len(), &|row, answer| row.state.is(answer), false);
    let why = each(
        WithheldReason::ALL.len(),
        &|row, answer| row.why.is(answer),
        false,
    );
    let status = each(
        Status::ALL.len(),
        &|row, answer| row.status.is(answer),
        true,
    );
    let times: [fn(&Row) -> Moment; 4] = [
        |row| row.timing.not_before,
        |row| row.timing.due,
        |row| row.timing.start,
        |row| row.timing.end,
    ];
    let moments = times.map(|time| {
        let mut ways = Vec::new();
        let mut found = Moment::NOTHING;
        for (shown, row) in &said {
            let here = time(row);
            let lits =
                [here.at, here.waiting, here.unknown, here.open].map(|lit| graph.and(*shown, lit));
            ways.push((lits[0], here.term));
            found.at = graph.or(found.at, lits[0]);
            found.waiting = graph.or(found.waiting, lits[1]);
            found.unknown = graph.or(found.unknown, lits[2]);
            found.open = graph.or(found.open, lits[3]);
        }
        found.term = graph.pick(true, ways);
        found
    });
    let mut marks = [Lit::FALSE; 2];
    for (shown, row) in &said {
        for (mark, lit) in marks
            .iter_mut()
            .zip([row.timing.exclusive, row.timing.service_level])
        {
            let here = graph.and(*shown, lit);
            *mark = graph.or(*mark, here);
        }
    }
    Voice {
        exists: graph.any(said.iter().map(|(_, row)| !row.exists.no)),
        shown: graph.any(said.iter().map(|(shown, _)| *shown)),
        state,
        why,
        status,
        moments,
        exclusive: marks[0],
        level: marks[1],
        rows: said,
    }
}

/// What becomes of a value: whether it is held back, and else whether it stands.
fn states(graph: &mut Graph<'_>, old: &Voice, new: &Voice) -> [(Aspect, What, Lit); 2] {
    let held = State::Withheld as usize;
    let withheld = graph.or(old.state[held], new.state[held]);
    let apart = differs(graph, &old.state, &new.state);
    let reasons = differs(graph, &old.why, &new.why);
    let either = graph.or(apart, reasons);
    [
        (Aspect::Duty, What::State, graph.and(apart, !withheld)),
        (Aspect::Safeguard, What::State, graph.and(either, withheld)),
    ]
}

fn compared(
    graph: &mut Graph<'_>,
    programs: &[Program<'_>; 2],
    kind: Kind,
    same_events: bool,
    [old, new]: [&Voice; 2],
) -> Vec<(Aspect, What, Lit)> {
    let mut found = states(graph, old, new).to_vec();
    let mut told: Vec<Lit> = found.iter().map(|(_, _, goal)| *goal).collect();
    let both = graph.and(old.shown, new.shown);
    for (index, what) in TIMES.into_iter().enumerate() {
        let (a, b) = (old.moments[index], new.moments[index]);
        let mut apart = moments_differ(graph, a, b);
        if what == What::Due {
            let marks = differs(
                graph,
                &[old.exclusive, old.level],
                &[new.exclusive, new.level],
            );
            apart = graph.or(apart, marks);
        }
        let apart = graph.and(both, apart);
        told.push(apart);
        found.push((Aspect::Due, what, apart));
    }
    // Kind, instants and events make the status. It is asked for only where the events are others, and of rights, of which
    // no instant says whether they end with it or before.
    if !same_events || kind == Kind::May {
        let status = differs(graph, &old.status, &new.status);
        let told = graph.any(told);
        let status = graph.all([both, status, !told]);
        found.push((Aspect::Duty, What::Status, status));
    }
    let (mut ceilings, mut rivals) = (Vec::new(), Vec::new());
    for (shown, row) in &old.rows {
        for (other_shown, other) in &new.rows {
            let both = graph.and(*shown, *other_shown);
            let up_to = [(0, row), (1, other)].map(|(side, row): (usize, &Row)| {
                ceiling_words(
                    &programs[side],
                    effect_of(&programs[side], row.effect).up_to,
                )
            });
            if up_to[0] != up_to[1] {
                ceilings.push(both);
            }
            let apart = rivals_differ(graph, row, other);
            rivals.push(graph.and(both, apart));
        }
    }
    found.push((Aspect::Duty, What::Ceiling, graph.any(ceilings)));
    found.push((Aspect::Due, What::Rivals, graph.any(rivals)));
    found
}

/// Where neither program says of this that it does not know.
fn known(graph: &mut Graph<'_>, what: What, old: &Voice, new: &Voice) -> Lit {
    let doubts = |voice: &Voice| match what {
        What::State => vec![voice.state[State::Undetermined as usize]],
        What::Value | What::Kind => {
            let doubts = [State::Undetermined, State::Withheld];
            doubts.map(|state| voice.state[state as usize]).to_vec()
        }
        What::Status => vec![voice.status[Status::Unknown as usize]],
        _ => {
            let moments = voice.moments.iter().map(|moment| moment.unknown);
            moments
                .chain([voice.state[State::Undetermined as usize]])
                .collect()
        }
    };
    let open = [doubts(old), doubts(new)].concat();
    !graph.any(open)
}

fn rivals_differ(graph: &mut Graph<'_>, old: &Row, new: &Row) -> Lit {
    if old.rivals.len() != new.rivals.len() {
        return Lit::TRUE;
    }
    let mut apart = Vec::new();
    for ((a, exclusive), (b, other)) in old.rivals.iter().zip(&new.rivals) {
        let moment = moments_differ(graph, *a, *b);
        apart.push(moment);
        // Whether an instant is the first bad one is said with the instant.
        if exclusive != other {
            apart.push(graph.and(a.at, b.at));
        }
    }
    graph.any(apart)
}

fn moments_differ(graph: &mut Graph<'_>, a: Moment, b: Moment) -> Lit {
    let kinds = [
        |m: Moment| m.at,
        |m: Moment| m.waiting,
        |m: Moment| m.unknown,
        |m: Moment| m.open,
    ];
    let apart = differs(
        graph,
        &kinds.map(|kind| kind(a)),
        &kinds.map(|kind| kind(b)),
    );
    let equal = graph.equal(a.term, b.term);
    let moved = graph.all([a.at, b.at, !equal]);
    graph.or(apart, moved)
}
