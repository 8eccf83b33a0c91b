//! The runner of the conformance suite in Rust: a case and its decision as the lines of `tests/conformance/README.md`.
//!
//! Invariant: it stands on the Rust API alone. What it prints is what the suite expects of every language, so that the C
//! library is never measured by itself. What the header derives from the decision (duties, briefs, whether a norm is
//! allowed) is derived here a second time, in the plainest way.

use std::fmt::Write as _;

use exequatur::eval::{
    Decision, Entry, EvaluationError, EventSlot, FactSlot, FactValue, Memory, Named, Options, Part,
    ServiceLevels, evaluate,
};
use exequatur::explain::{Lang, explain};
use exequatur::json::{DecisionJson, OwnedCase, case_from_json, hex, naming};
use exequatur::model::{
    EventId, FactId, Kind, NormId, Outcome, PackId, State, Status, Truth, VersionId,
};
use exequatur::pack::format::{self, NONE16, NormRow};
use exequatur::pack::{Pack, Program, load};
use exequatur::time::Step;
use exequatur::time::instant::Display;

use super::pack_lines::{day, pack_lines, text_lines};
use super::suite::{Ask, Sections};
use super::time_lines::{derivation_lines, due, exclusive, moment, or_nothing, urgency};

/// Asks about a case.
pub fn run(pack: &[u8], case: &[u8], ask: &Ask) -> Sections {
    let pack = load(pack).expect("the pack loads");
    let program = pack.program();
    let case = match case_from_json(program, case) {
        Ok(case) => case,
        Err(error) => return refused("EXQ_E_JSON", &error.pointer, &error.to_string()),
    };
    let mut adopt = Vec::new();
    for name in &ask.adopt {
        let known = program
            .packs
            .iter()
            .position(|row| program.str(row.name) == name);
        adopt.push(PackId(known.expect("the pack to adopt is linked") as u16));
    }
    let options = Options {
        now: ask.now,
        law_date: ask.law_date,
        adopt: &adopt,
        service: ServiceLevels {
            undue_delay: ask.levels[0],
            expeditiously: ask.levels[1],
        },
    };
    let mut memory = Memory::new(program);
    let mut workspace = memory.workspace();
    match evaluate(program, &case.as_case(), &options, &mut workspace) {
        Ok(decision) => decided(&pack, &case, &decision),
        Err(error) => {
            let place = match (error, ask.levels) {
                (EvaluationError::ServiceLevel, [Some(..=0), _]) => "undue_delay",
                (EvaluationError::ServiceLevel, _) => "expeditiously",
                _ => "now",
            };
            refused("EXQ_E_VALUE", place, &error.to_string())
        }
    }
}

fn refused(status: &str, place: &str, message: &str) -> Sections {
    let place = if place.is_empty() {
        String::new()
    } else {
        format!("place {place}\n")
    };
    Sections {
        transcript: format!("refused {status}\n{place}message {message}\n"),
        ..Sections::default()
    }
}

fn decided(pack: &Pack<'_>, case: &OwnedCase, decision: &Decision<'_>) -> Sections {
    let json = DecisionJson {
        decision,
        texts: true,
        receipt: None,
    };
    Sections {
        transcript: Writer::new(pack, case, decision).transcript(),
        json: format!("{}\n", json.to_line()),
        en: explain(decision, Lang::En, None),
        fr: explain(decision, Lang::Fr, None),
        pack: pack_lines(pack),
    }
}

/// A truth by its number in the header.
fn truth(truth: Truth) -> i32 {
    match truth {
        Truth::False => 0,
        Truth::True => 1,
        Truth::Unknown => 2,
    }
}

fn is_granted(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::May | Outcome::Must)
}

struct Writer<'w> {
    pack: &'w Pack<'w>,
    program: &'w Program<'w>,
    case: &'w OwnedCase,
    decision: &'w Decision<'w>,
    out: String,
}

impl<'w> Writer<'w> {
    fn new(pack: &'w Pack<'w>, case: &'w OwnedCase, decision: &'w Decision<'w>) -> Writer<'w> {
        Writer {
            pack,
            program: pack.program(),
            case,
            decision,
            out: String::new(),
        }
    }

    fn line(&mut self, depth: usize, line: &str) {
        writeln!(self.out, "{:1$}{line}", "", depth * 2).unwrap();
    }

    fn texts(&mut self, depth: usize, word: &str, text: format::Text) {
        text_lines(&mut self.out, self.program, depth, word, text);
    }

    fn transcript(mut self) -> String {
        self.head();
        self.slots();
        for (index, part) in self.decision.parts().iter().enumerate() {
            self.answer(index, part);
        }
        self.duties();
        for row in self.decision.missing() {
            let named = self.decision.named(row.name);
            let name = naming::named(self.program, named);
            self.line(
                0,
                &format!("missing {} {name} count={}", naming::kind(named), row.count),
            );
            if let Some(question) = naming::question(self.program, named) {
                self.texts(1, "question", question);
            }
        }
        for named in self.decision.assumed() {
            let name = naming::named(self.program, named);
            self.line(0, &format!("assumed {} {name}", naming::kind(named)));
        }
        for (version, state) in self.decision.rule_states() {
            self.rule(version, state);
        }
        for norm in 0..self.program.norms.len() {
            self.brief(NormId(norm as u16));
        }
        self.out
    }

    fn head(&mut self) {
        let receipt = self.decision.receipt(self.pack.digest());
        let next = moment(or_nothing(self.decision.next_change()));
        self.line(0, &format!("now {}", Display(receipt.now)));
        self.line(0, &format!("case {}", hex(&receipt.case)));
        self.line(0, &format!("next_change {next}"));
        self.line(0, &format!("needs_human {}", i32::from(self.needs_human())));
        for (index, date) in self.decision.law_dates().iter().enumerate() {
            let pack = PackId(index as u16);
            let name = naming::pack(self.program, pack);
            let decides = i32::from(self.decision.decides(pack));
            self.line(
                0,
                &format!("law_date {name} day={} decides={decides}", day(*date)),
            );
        }
    }

    fn needs_human(&self) -> bool {
        let own = self.own().any(|(_, part)| part.conflict == Truth::True);
        own || self.decision.untranslated().next().is_some()
    }

    /// The answers of what decides, each with its index.
    fn own(&self) -> impl Iterator<Item = (usize, &'w Part)> + use<'w> {
        let parts = self.decision.parts().iter().enumerate();
        parts.filter(|(_, part)| part.beside.is_none())
    }

    fn slots(&mut self) {
        let case = self.case;
        for (index, slot) in case.facts.iter().enumerate() {
            let row = self.program.facts.at(index);
            let name = naming::named(self.program, Named::Fact(FactId(index as u16)));
            let said = match *slot {
                FactSlot::Absent => continue,
                FactSlot::Null => "7".to_owned(),
                FactSlot::Given(value) => self.value(value, row.of),
            };
            self.line(0, &format!("fact {name} type={said}"));
        }
        for (index, slot) in case.events.iter().enumerate() {
            let name = naming::named(self.program, Named::Event(EventId(index as u16)));
            let said = match *slot {
                EventSlot::Absent => continue,
                EventSlot::Null => "7".to_owned(),
                EventSlot::Not => "8".to_owned(),
                EventSlot::At(at) => format!("6 {}", Display(at)),
            };
            self.line(0, &format!("event {name} type={said}"));
        }
    }

    fn value(&self, value: FactValue, of: u16) -> String {
        match value {
            FactValue::Bool(value) => format!("1 {}", i32::from(value)),
            FactValue::Member(member) => format!("2 {}", naming::member(self.program, of, member)),
            FactValue::Members(members) => members.iter().fold("3".to_owned(), |line, member| {
                format!("{line} {}", naming::member(self.program, of, member))
            }),
            FactValue::Int(value) => format!("4 {value}"),
            FactValue::Money(money) => format!("5 {} {}", money.minor, money.currency.as_str()),
            FactValue::Instant(at) => format!("6 {}", Display(at)),
        }
    }

    fn places(&mut self, part: &Part) {
        let names = match naming::places(self.program, part) {
            None => "everywhere".to_owned(),
            Some(places) => places.collect::<Vec<_>>().join(" "),
        };
        self.line(1, &format!("places {names}"));
    }

    fn version(&self, version: VersionId) -> String {
        let from = self.program.versions.at(version.index()).from;
        format!(
            "rule={} from={}",
            naming::version(self.program, version),
            day(from)
        )
    }

    fn version_of(&self, entry: &Entry) -> VersionId {
        VersionId(self.program.effects.at(entry.effect.index()).version)
    }

    fn answer(&mut self, index: usize, part: &Part) {
        let operational = part
            .operational
            .map_or("-".to_owned(), |index| index.to_string());
        self.line(
            0,
            &format!(
                "answer {index} outcome={} unprotected={} provisional={} conflict={} guard={} \
                 operational={operational} effects={}",
                part.outcome as i32,
                part.unprotected as i32,
                part.provisional.map_or(-1, |outcome| outcome as i32),
                truth(part.conflict),
                part.guard.map_or(-1, truth),
                part.count,
            ),
        );
        self.line(
            1,
            &format!("norm {}", naming::norm(self.program, part.norm)),
        );
        if let Some(pack) = part.beside {
            self.line(1, &format!("beside {}", naming::pack(self.program, pack)));
        }
        self.places(part);
        for (index, entry) in self.decision.entries(part).iter().enumerate() {
            self.effect(part, index, entry);
        }
    }

    fn effect(&mut self, part: &Part, index: usize, entry: &Entry) {
        let row = self.program.effects.at(entry.effect.index());
        self.line(
            1,
            &format!(
                "effect {index} {} value={} state={} status={} certain={} overtaken={} why={} exclusive={}",
                self.version(VersionId(row.version)),
                row.kind,
                entry.state as i32,
                entry.status as i32,
                i32::from(entry.certain),
                i32::from(entry.overtaken),
                entry.why.map_or(-1, |why| why as i32),
                exclusive(entry.due, entry.exclusive),
            ),
        );
        if let Some(by) = entry.by {
            self.line(2, &format!("by {}", self.version(by)));
        }
        for (word, value) in [
            ("not_before", moment(entry.not_before)),
            ("due", due(entry)),
            ("provisional_due", moment(or_nothing(entry.provisional_due))),
            ("start", moment(entry.start)),
            ("end", moment(entry.end)),
        ] {
            if value != "-" {
                self.line(2, &format!("{word} {value}"));
            }
        }
        if entry.state != State::Defeated {
            let count = |on_step: &mut dyn FnMut(Step)| self.decision.steps(entry, on_step);
            derivation_lines(&mut self.out, self.program, 2, count);
        }
        self.ceiling(entry);
        for index in 0..self.decision.alternatives(entry) {
            let (at, is_exclusive) = self.decision.alternative(entry, index);
            let exclusive = exclusive(at, is_exclusive);
            self.line(
                2,
                &format!("alternative due={} exclusive={exclusive}", moment(at)),
            );
            let first = row.alternatives.first as usize;
            self.texts(
                3,
                "because",
                self.program.alternatives.at(first + index).because,
            );
            let count = |on_step: &mut dyn FnMut(Step)| {
                self.decision.alternative_steps(entry, index, on_step)
            };
            derivation_lines(&mut self.out, self.program, 3, count);
        }
        for named in self.decision.needs(part, index) {
            let name = naming::named(self.program, named);
            self.line(2, &format!("needs {} {name}", naming::kind(named)));
        }
    }

    fn ceiling(&mut self, entry: &Entry) {
        let Some(ceiling) = self.decision.ceiling(entry) else {
            return;
        };
        let kind = if ceiling.unknown { 1 } else { 2 };
        self.line(
            2,
            &format!("ceiling {kind} per_day={}", i32::from(ceiling.per_day)),
        );
        for money in ceiling.amounts() {
            let (currency, decimals) = (money.currency.as_str(), money.currency.decimals());
            let minor = money.minor;
            self.line(
                2,
                &format!("amount minor={minor} currency={currency} decimals={decimals}"),
            );
        }
    }

    fn duties(&mut self) {
        let mut duties = Vec::new();
        for (answer, part) in self.own() {
            for (index, entry) in self.decision.entries(part).iter().enumerate() {
                let kind = self.program.effects.at(entry.effect.index()).kind;
                let lives = matches!(
                    entry.state,
                    State::Standing | State::Undetermined | State::Withheld
                );
                if kind == Kind::Must as u8 && lives {
                    duties.push((answer, index, part, entry));
                }
            }
        }
        duties.sort_by_key(|(.., entry)| urgency(entry));
        for (answer, index, part, entry) in duties {
            self.line(
                0,
                &format!(
                    "duty answer={answer} effect={index} outcome={} state={} status={} certain={} exclusive={} \
                     due={} not_before={}",
                    part.outcome as i32,
                    entry.state as i32,
                    entry.status as i32,
                    i32::from(entry.certain),
                    exclusive(entry.due, entry.exclusive),
                    due(entry),
                    moment(entry.not_before),
                ),
            );
            if let Some(at) = entry.provisional_due {
                self.line(1, &format!("provisional_due {}", Display(at)));
            }
            self.line(1, &format!("rule {}", self.version(self.version_of(entry))));
            self.line(
                1,
                &format!("norm {}", naming::norm(self.program, part.norm)),
            );
            self.places(part);
        }
    }

    fn rule(&mut self, version: VersionId, state: Truth) {
        let row = self.program.versions.at(version.index());
        let human = i32::from(row.untranslated.count > 0);
        let name = naming::version(self.program, version);
        self.line(
            0,
            &format!(
                "rule {name} from={} truth={} needs_human={human}",
                day(row.from),
                truth(state)
            ),
        );
        self.texts(1, "title", row.title);
        self.texts(1, "reason", row.reason);
        for cite in self.program.cites.range(row.cites.first, row.cites.count) {
            self.line(1, &format!("cite checked={}", cite.how));
            self.texts(2, "article", cite.article);
        }
        let (first, count) = (row.untranslated.first, row.untranslated.count);
        for text in self.program.untranslated.range(first, count) {
            self.line(1, "untranslated");
            self.texts(2, "text", text.text);
        }
    }

    /// A norm over all of the territory.
    fn brief(&mut self, norm: NormId) {
        let parts: Vec<&Part> = self
            .own()
            .map(|(_, part)| part)
            .filter(|part| part.norm == norm)
            .collect();
        let row: NormRow = self.program.norms.at(norm.index());
        let count = self.program.bounds.places;
        let outcome_at = |place: u16| {
            let part = parts.iter().find(|part| part.places.contains(place));
            part.map_or_else(|| by_default(&row), |part| part.outcome)
        };
        let first = outcome_at(0);
        let varies = (1..count).any(|place| outcome_at(place) != first);
        let granted: Vec<u16> = (0..count)
            .filter(|place| is_granted(outcome_at(*place)))
            .collect();
        let everywhere = granted.len() == usize::from(count);
        let operational = parts.iter().filter_map(|part| {
            let entries = self.decision.entries(part);
            entries.get(usize::from(part.operational?))
        });
        let soonest = operational.min_by_key(|entry| urgency(entry));
        self.line(
            0,
            &format!(
                "brief outcome={} status={} allowed={} needs_human={} due={}",
                if varies { 6 } else { first as i32 },
                soonest.map_or(Status::Nothing, |entry| entry.status) as i32,
                i32::from(everywhere),
                i32::from(self.needs_human()),
                soonest.map_or("-".to_owned(), due),
            ),
        );
        self.line(1, &format!("norm {}", naming::norm(self.program, norm)));
        if everywhere {
            self.line(1, "allowed_in everywhere");
        } else if !granted.is_empty() {
            let territory = self.program.territory;
            debug_assert!(territory != NONE16);
            let names = granted
                .iter()
                .map(|place| naming::member(self.program, territory, *place));
            self.line(
                1,
                &format!("allowed_in {}", names.collect::<Vec<_>>().join(" ")),
            );
        }
    }
}

fn by_default(row: &NormRow) -> Outcome {
    Outcome::from_u8(row.default).unwrap_or(Outcome::None)
}
