//! What a program says of a case, norm by norm and place by place: from the evaluator's answer to what two programs share.
//!
//! Rules, and ceilings as they are written, are numbers here that both programs share, so that readings can be compared.

use super::grid::PLACES;
use exequatur::eval::{
    Case, Decision, EventSlot, FactSlot, Memory, Moment, Options, Part, evaluate,
};
use exequatur::model::{Kind, Outcome, State, Status, Truth, WithheldReason};
use exequatur::pack::Program;
use exequatur::pack::format::{EffectRow, NONE16, NONE32, NormRow};
use exequatur::prove::diff::What;
use exequatur::time::instant::Display;
use std::collections::BTreeMap;

/// An effect in an answer, in words that two programs share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub rule: usize,
    pub kind: Kind,
    pub state: State,
    pub why: Option<WithheldReason>,
    /// The rest is compared only while the effect is not defeated.
    pub shown: Option<Timed>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    pub status: Status,
    pub times: [Moment; 4],
    pub exclusive: bool,
    pub level: bool,
    pub ceiling: usize,
    pub rivals: Vec<(Moment, bool)>,
}

/// What an answer says of a norm at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub outcome: Outcome,
    pub unprotected: Outcome,
    pub conflict: Truth,
    pub guard: Truth,
    pub entries: Vec<Entry>,
}

#[derive(PartialEq)]
pub struct Reading {
    /// By norm and place.
    pub lines: Vec<Line>,
    /// By rule: how many texts that are not translated mark the answer.
    pub marks: Vec<u32>,
}

pub struct Side<'p> {
    pub program: &'p Program<'p>,
    memory: Memory,
    /// For each of its norms the number that both sides share.
    pub norms: Vec<usize>,
    /// For each effect its rule, and its ceiling, as a number that both sides share.
    rules: Vec<usize>,
    ceilings: Vec<usize>,
    /// For each rule and norm the kinds that it gives, in the order of its versions.
    pub kinds: BTreeMap<(usize, usize), Vec<Kind>>,
}

impl Entry {
    pub fn words(&self, what: What) -> String {
        let kind = self.kind.word().replace('_', " ");
        let mut state = self.state.word().replace('_', " ");
        if let Some(why) = self.why {
            state += &format!(", {}", why.word().replace('_', " "));
        }
        let moment = |moment: Moment, exclusive: bool| match moment {
            Moment::Nothing => "none".to_string(),
            Moment::At(at) if exclusive => format!("before {}", Display(at)),
            Moment::At(at) => Display(at).to_string(),
            Moment::Waiting => "waiting".to_string(),
            Moment::Open => "open".to_string(),
            Moment::Unknown => "unknown".to_string(),
        };
        match (what, &self.shown) {
            (What::Kind, _) => kind,
            (What::Value, _) => format!("{kind} {state}"),
            (What::State, _) => state,
            (_, None) => "defeated".to_string(),
            (What::Status, Some(timed)) => timed.status.word().replace('_', " "),
            (What::NotBefore, Some(timed)) => moment(timed.times[0], false),
            (What::Due, Some(timed)) if timed.level => {
                let words = moment(timed.times[1], timed.exclusive);
                format!("{words}, by the service level of the house")
            }
            (What::Due, Some(timed)) => moment(timed.times[1], timed.exclusive),
            (What::Start, Some(timed)) => moment(timed.times[2], false),
            (What::End, Some(timed)) => moment(timed.times[3], false),
            (What::Rivals, Some(timed)) if timed.rivals.is_empty() => "no other reading".into(),
            (What::Rivals, Some(timed)) => {
                let all = timed.rivals.iter();
                let all: Vec<String> = all.map(|(at, exclusive)| moment(*at, *exclusive)).collect();
                all.join("; ")
            }
            // A ceiling is compared as a number.
            (_, Some(_)) => String::new(),
        }
    }
}

impl<'p> Side<'p> {
    /// Rules and norms are numbered as both sides number them.
    pub fn new(
        program: &'p Program<'p>,
        numbers: &[usize],
        norms: Vec<usize>,
        words: &mut Vec<String>,
    ) -> Side<'p> {
        let rule_of = |row: &EffectRow| {
            numbers[usize::from(program.versions.at(usize::from(row.version)).rule)]
        };
        let mut kinds: BTreeMap<(usize, usize), Vec<Kind>> = BTreeMap::new();
        for version in 0..program.versions.len() {
            let own = |row: &EffectRow| usize::from(row.version) == version;
            for row in program.effects.iter().filter(own) {
                let kind = Kind::from_u8(row.kind).expect("a kind");
                let known = kinds
                    .entry((rule_of(&row), norms[usize::from(row.norm)]))
                    .or_default();
                if !known.contains(&kind) {
                    known.push(kind);
                }
            }
        }
        let ceilings = program.effects.iter().map(|row| {
            let text = ceiling(program, row.up_to);
            let known = words.iter().position(|word| *word == text);
            known.unwrap_or_else(|| {
                words.push(text);
                words.len() - 1
            })
        });
        Side {
            ceilings: ceilings.collect(),
            rules: program.effects.iter().map(|row| rule_of(&row)).collect(),
            memory: Memory::new(program),
            program,
            norms,
            kinds,
        }
    }

    /// The row of a norm.
    pub fn row(&self, norm: usize) -> NormRow {
        let own = self.norms.iter().position(|own| *own == norm);
        self.program.norms.at(own.expect("it has every norm"))
    }

    pub fn read(
        &mut self,
        facts: &[FactSlot],
        events: &[EventSlot],
        options: &Options<'_>,
        rules: usize,
    ) -> Reading {
        let program = self.program;
        let mut workspace = self.memory.workspace();
        let case = Case { facts, events };
        let decision = evaluate(program, &case, options, &mut workspace).expect("it fits");
        let mut lines: Vec<Option<Line>> = vec![None; program.norms.len() * PLACES];
        for part in decision.parts().iter().filter(|part| part.beside.is_none()) {
            let line = line(&decision, part, &self.rules, &self.ceilings);
            for place in (0..PLACES).filter(|place| part.places.contains(*place as u16)) {
                lines[self.norms[part.norm.index()] * PLACES + place] = Some(line.clone());
            }
        }
        let mut marks = vec![0; rules];
        for version in decision.untranslated() {
            let row = program.versions.at(version.index());
            let effect = program.effects.iter().position(|effect| {
                program.versions.at(usize::from(effect.version)).rule == row.rule
            });
            if let Some(effect) = effect {
                marks[self.rules[effect]] += row.untranslated.count;
            }
        }
        // A norm of which an answer says nothing has no outcome, and is not protected.
        let silent = Line {
            outcome: Outcome::None,
            unprotected: Outcome::None,
            conflict: Truth::False,
            guard: Truth::True,
            entries: Vec::new(),
        };
        let lines = lines.into_iter().enumerate().map(|(index, line)| {
            let protected = self.row(index / PLACES).guard != NONE32;
            assert!(
                line.is_some() || !protected,
                "an answer is silent on a protected norm"
            );
            line.unwrap_or_else(|| silent.clone())
        });
        Reading {
            lines: lines.collect(),
            marks,
        }
    }
}

fn line(decision: &Decision<'_>, part: &Part, rules: &[usize], ceilings: &[usize]) -> Line {
    let program = decision.program();
    let entries = decision.entries(part).iter().map(|entry| {
        let effect = entry.effect.index();
        let rivals = (0..decision.alternatives(entry)).map(|index| {
            let (due, exclusive) = decision.alternative(entry, index);
            (due, exclusive && due.instant().is_some())
        });
        let shown = (entry.state != State::Defeated).then(|| Timed {
            status: entry.status,
            times: [entry.not_before, entry.due, entry.start, entry.end],
            exclusive: entry.exclusive && entry.due.instant().is_some(),
            level: entry.service_level,
            ceiling: ceilings[effect],
            rivals: rivals.collect(),
        });
        Entry {
            rule: rules[effect],
            kind: Kind::from_u8(program.effects.at(effect).kind).expect("a kind"),
            state: entry.state,
            why: entry.why,
            shown,
        }
    });
    let mut entries: Vec<Entry> = entries.collect();
    // Their order says nothing.
    entries.sort_by(|a, b| {
        let key = |entry: &Entry| (entry.rule, entry.kind as u8, entry.state as u8);
        let texts = || format!("{a:?}").cmp(&format!("{b:?}"));
        key(a).cmp(&key(b)).then_with(texts)
    });
    Line {
        outcome: part.outcome,
        unprotected: part.unprotected,
        conflict: part.conflict,
        guard: part.guard.unwrap_or(Truth::True),
        entries,
    }
}

/// A ceiling in words that do not depend on the program.
fn ceiling(program: &Program<'_>, up_to: u32) -> String {
    if up_to == NONE32 {
        return String::new();
    }
    let row = program.ceilings.at(up_to as usize);
    let terms = program.terms.range(row.terms.first, row.terms.count);
    let mut terms: Vec<(String, i64, u32)> = terms
        .map(|term| match term.fact {
            NONE16 => (String::new(), term.amount, term.currency),
            fact => {
                let fact = program.facts.at(usize::from(fact));
                (program.str(fact.name).to_string(), term.amount, 0)
            }
        })
        .collect();
    terms.sort();
    terms.dedup();
    let larger = row.larger == 1 || terms.len() == 1;
    format!("{terms:?} {larger} {}", row.per_day)
}
