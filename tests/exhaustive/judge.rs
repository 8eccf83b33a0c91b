//! What the evaluator says of a case: which claims it breaks, and all that an answer tells of norms, rules and effects.

use super::grid::{Grid, PLACES, told};
use exequatur::eval::{Case, EventSlot, FactSlot, FactValue, Memory, Options, Sizes, evaluate};
use exequatur::model::{EffectId, Kind, NormId, Outcome, State, Truth};
use exequatur::pack::Program;
use exequatur::pack::format::{NONE16, NONE32};
use exequatur::prove::situation::Situation;
use std::collections::HashSet;

/// Whether a rule applies; one that is not present does not.
pub const NO: u8 = 0;
pub const YES: u8 = 1;
pub const UNKNOWN: u8 = 2;

/// What was found of a program: for each of its claims whether some case breaks it, and which outcomes are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// For each norm and place the outcomes, as bits.
    pub outcomes: Vec<[u8; PLACES]>,
    /// For each property and norm, whether a decision breaks it.
    pub properties: Vec<Vec<bool>>,
    /// For each effect, whether it grants where the guard is false.
    pub guards: Vec<bool>,
    /// Everything that some case was said to be, at once: for each norm and place the outcome, for each version whether it
    /// applies, and for each effect and place the status.
    pub answers: HashSet<Vec<u8>>,
    /// The last of them.
    pub last: Vec<u8>,
}

impl Found {
    pub fn nothing(program: &Program<'_>) -> Found {
        Found {
            outcomes: vec![[0; PLACES]; program.norms.len()],
            properties: vec![vec![false; program.norms.len()]; program.properties.len()],
            guards: vec![false; program.effects.len()],
            answers: HashSet::new(),
            last: Vec::new(),
        }
    }
}

/// Asks the evaluator, and reads what an answer breaks.
pub struct Judge<'p> {
    program: &'p Program<'p>,
    memory: Memory,
    nodes: Vec<Truth>,
    marks: Vec<u8>,
    protected: bool,
}

impl<'p> Judge<'p> {
    pub fn new(program: &'p Program<'p>) -> Judge<'p> {
        let nodes = Sizes::of(program).nodes;
        Judge {
            program,
            memory: Memory::new(program),
            nodes: vec![Truth::False; nodes],
            marks: vec![0; nodes],
            protected: program.norms.iter().any(|row| row.guard != NONE32),
        }
    }

    /// What one case shows.
    pub fn situation(&mut self, case: &Situation) -> Found {
        let slots = case.slots(&[*self.program], self.program);
        let mut found = Found::nothing(self.program);
        self.case(
            &slots.facts,
            &slots.events,
            &case.options(&slots),
            &mut found,
        );
        found
    }

    pub fn case(
        &mut self,
        facts: &[FactSlot],
        events: &[EventSlot],
        options: &Options<'_>,
        found: &mut Found,
    ) {
        let program = self.program;
        let mut workspace = self.memory.workspace();
        let case = Case { facts, events };
        let decision =
            evaluate(program, &case, options, &mut workspace).expect("memory and case fit");
        let mut here = vec![[Outcome::None as u8; PLACES]; program.norms.len()];
        let versions = program.norms.len() * PLACES;
        let effects = versions + program.versions.len();
        let length = effects + program.effects.len() * PLACES;
        found.last.clear();
        found.last.resize(length, 0);
        for (version, truth) in decision.rule_states() {
            found.last[versions + version.index()] = match truth {
                Truth::False => NO,
                Truth::True => YES,
                Truth::Unknown => UNKNOWN,
            };
        }
        // A norm of which an answer says nothing has no outcome.
        for part in decision.parts().iter().filter(|part| part.beside.is_none()) {
            for place in (0..PLACES).filter(|place| part.places.contains(*place as u16)) {
                here[part.norm.index()][place] = part.outcome as u8;
                found.last[part.norm.index() * PLACES + place] = part.outcome as u8;
                for entry in decision.entries(part) {
                    if entry.state != State::Defeated {
                        let at = effects + entry.effect.index() * PLACES + place;
                        found.last[at] = entry.status as u8 + 1;
                    }
                }
            }
        }
        if !found.answers.contains(&found.last) {
            found.answers.insert(found.last.clone());
        }
        for (norm, places) in here.iter().enumerate() {
            for (place, outcome) in places.iter().enumerate() {
                found.outcomes[norm][place] |= 1 << *outcome;
            }
        }
        for (index, row) in program.properties.iter().enumerate() {
            if decision.property_holds(index, &mut self.nodes, &mut self.marks) {
                continue;
            }
            for norm in program.lists.range(row.norms.first, row.norms.count) {
                let broken = |outcome: &u8| match row.always == 1 {
                    true => *outcome != row.outcome && *outcome != Outcome::Undetermined as u8,
                    false => *outcome == row.outcome,
                };
                let norm = usize::from(norm.id);
                found.properties[index][norm] |= here[norm].iter().any(broken);
            }
        }
        if !self.protected {
            return;
        }
        let applies: Vec<usize> = decision
            .rule_states()
            .filter(|(_, truth)| *truth == Truth::True)
            .map(|(version, _)| version.index())
            .collect();
        for part in decision.parts().iter().filter(|part| part.beside.is_none()) {
            if part.guard != Some(Truth::False) {
                continue;
            }
            for entry in decision.entries(part) {
                let row = program.effects.at(entry.effect.index());
                let grants = [Kind::Must as u8, Kind::May as u8].contains(&row.kind);
                let member = row.member_fact == NONE16
                    || match facts[usize::from(row.member_fact)] {
                        FactSlot::Given(FactValue::Members(bits)) => bits.contains(row.member),
                        _ => false,
                    };
                if grants && member && applies.contains(&usize::from(row.version)) {
                    found.guards[entry.effect.index()] = true;
                }
            }
        }
    }
}

/// Evaluates every case of a grid, until enough is found: how many there were, and the last of them if it was enough.
pub fn explore(
    grid: &Grid,
    program: &Program<'_>,
    found: &mut Found,
    enough: &dyn Fn(&Found) -> bool,
) -> (usize, Option<String>) {
    let mut judge = Judge::new(program);
    let mut witness = None;
    let cases = grid.each(&mut |facts, events, options| {
        judge.case(facts, events, options, found);
        if enough(found) {
            witness = Some(told(program, facts, events, options));
        }
        witness.is_some()
    });
    (cases, witness)
}

/// The granting effects on protected norms, in order.
pub fn granting(program: &Program<'_>) -> Vec<(EffectId, NormId)> {
    let mut all = Vec::new();
    for (index, row) in program.effects.iter().enumerate() {
        let grants = [Kind::Must as u8, Kind::May as u8].contains(&row.kind);
        if grants && program.norms.at(usize::from(row.norm)).guard != NONE32 {
            all.push((EffectId(index as u16), NormId(row.norm)));
        }
    }
    all
}
