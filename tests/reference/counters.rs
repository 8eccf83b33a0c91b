//! Answers to counts of the things that are hard to get right, so that a run says whether it met them.

use crate::reference::count::Notes;
use crate::reference::link::Link;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// How often each hard thing was met.
#[derive(Default)]
pub struct Counters {
    answers: u64,
    /// How many packs they are on.
    pub packs: u64,
    met: BTreeMap<&'static str, u64>,
}

/// The least share of answers, in a thousand, in which each thing must be met.
const FLOORS: [(&str, u64); 51] = [
    ("duty after what defeated it ended", 10),
    ("exception of exception", 10),
    ("override", 20),
    ("override across packs", 5),
    ("conflict", 20),
    ("withheld: guard_false", 20),
    ("withheld: guard_unknown", 20),
    ("withheld: conflict", 2),
    ("withheld: undetermined", 5),
    ("withheld: waiting", 5),
    ("withheld: ended", 2),
    ("granted", 20),
    ("undetermined", 50),
    ("provisional", 20),
    ("breached", 50),
    ("met late", 10),
    ("early", 2),
    ("lapsed", 5),
    ("ended", 20),
    ("not begun", 20),
    ("several parts", 50),
    ("missed or met", 20),
    ("floor unknown or due unknown", 20),
    ("beside", 20),
    ("assumed", 50),
    ("ceiling", 20),
    ("set missing", 2),
    ("elapsed", 100),
    ("1182/71", 100),
    ("hours of 1182/71", 20),
    ("code de procédure civile", 50),
    ("rule 6", 50),
    ("hours moved from a day of rest", 10),
    ("hours that end at midnight", 2),
    ("rolled over", 50),
    ("stays on a day of rest", 5),
    ("two working days", 20),
    ("working days", 50),
    ("counted back", 20),
    ("zone of a calendar", 50),
    ("calendar by fact", 50),
    ("calendar by presumed fact", 10),
    ("calendar by unknown fact", 10),
    ("no calendar of that name", 5),
    ("year not covered", 20),
    ("calendar missing", 20),
    ("calendar fact missing", 10),
    ("out of range", 2),
    ("service level", 10),
    ("service level breached", 2),
    ("alternative of another regime", 10),
];

fn list<'j>(json: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> {
    json[key].as_array().into_iter().flatten()
}

impl Counters {
    /// Notes what was met in one answer, once each.
    pub fn count(&mut self, link: &Link, answer: &Json, notes: &Notes) {
        self.answers += 1;
        let mut seen: Vec<&'static str> = notes.iter().copied().collect();
        let norms: Vec<&Json> = list(answer, "norms").collect();
        for (i, norm) in norms.iter().enumerate() {
            if norms[..i].iter().any(|n| n["norm"] == norm["norm"]) {
                seen.push("several parts");
            }
            let outcome = norm["outcome"].as_str().unwrap_or("");
            if norm.get("conflict").is_some() {
                seen.push("conflict");
            }
            if norm.get("undetermined").is_some() {
                seen.push("undetermined");
                if norm["provisional"] != "none" {
                    seen.push("provisional");
                }
            }
            if norm.get("protected").is_some() && matches!(outcome, "must" | "may") {
                seen.push("granted");
            }
            let effects: Vec<&Json> = list(norm, "effects").collect();
            for effect in &effects {
                effect_seen(link, effect, &effects, &mut seen);
            }
        }
        for rule in list(answer, "rules") {
            let name = rule["rule"].as_str().unwrap_or("");
            let looks = |r: &&crate::reference::link::Rule| r.name == name && looks(r);
            if link.rules.iter().any(|r| looks(&r)) {
                seen.push("missed or met");
            }
        }
        for (key, what) in [("beside", "beside"), ("assumed", "assumed")] {
            if list(answer, key).next().is_some() {
                seen.push(what);
            }
        }
        if list(answer, "missing").any(|m| m["kind"] == "set") {
            seen.push("set missing");
        }
        if list(answer, "missing").any(|m| m["kind"] == "calendar") {
            seen.push("calendar missing");
        }
        let seat = |m: &Json| {
            m["name"]
                .as_str()
                .is_some_and(|name| name.ends_with(".seat"))
        };
        if list(answer, "missing").any(seat) {
            seen.push("calendar fact missing");
        }
        seen.sort_unstable();
        seen.dedup();
        for what in seen {
            *self.met.entry(what).or_default() += 1;
        }
    }

    /// Adds the counts of another run.
    pub fn add(&mut self, other: Counters) {
        self.answers += other.answers;
        self.packs += other.packs;
        for (what, n) in other.met {
            *self.met.entry(what).or_default() += n;
        }
    }

    /// How many answers were counted.
    pub fn answers(&self) -> u64 {
        self.answers
    }

    /// Prints all counts, and stops the test if something was hardly met.
    pub fn check(&self) {
        println!("{} answers on {} packs", self.answers, self.packs);
        for (what, n) in &self.met {
            println!("{n:>9}  {what}");
        }
        for (what, floor) in FLOORS {
            let n = self.met.get(what).copied().unwrap_or(0);
            // Few answers may miss by chance what many do not.
            if self.answers >= 20_000 {
                assert!(
                    n * 1000 >= floor * self.answers,
                    "too few answers with: {what} ({n})"
                );
            }
        }
    }
}

/// Does the condition of a rule look at a duty?
fn looks(rule: &crate::reference::link::Rule) -> bool {
    use exequatur::syntax::ast::Cond;
    fn cond(c: &Cond) -> bool {
        match c {
            Cond::And(parts) | Cond::Or(parts) => parts.iter().any(cond),
            Cond::Not(part, _) => cond(part),
            Cond::Missed(..) | Cond::Met(..) => true,
            _ => false,
        }
    }
    rule.decl.when.as_ref().is_some_and(cond)
}

fn effect_seen(link: &Link, effect: &Json, all: &[&Json], seen: &mut Vec<&'static str>) {
    let named = |json: &Json| {
        link.rules
            .iter()
            .find(|r| json.as_str() == Some(r.name.as_str()))
    };
    let rule = named(&effect["rule"]);
    match effect["state"].as_str().unwrap_or("") {
        "defeated" => {
            if let (Some(rule), Some(by)) = (rule, named(&effect["by"])) {
                if !by.decl.overrides.is_empty() {
                    seen.push("override");
                    if by.pack != rule.pack {
                        seen.push("override across packs");
                    }
                }
                // What the defeated exception would have defeated stands again.
                let stands = |name: &Json| {
                    let mut others = all.iter();
                    others.any(|e| e["rule"] == *name && e["state"] == "standing")
                };
                let below = rule
                    .targets
                    .iter()
                    .map(|t| Json::from(link.rules[*t].name.as_str()));
                if below.into_iter().any(|t| stands(&t)) {
                    seen.push("exception of exception");
                }
            }
        }
        "withheld" => seen.push(match effect["why"].as_str().unwrap_or("") {
            "guard_false" => "withheld: guard_false",
            "guard_unknown" => "withheld: guard_unknown",
            "conflict" => "withheld: conflict",
            "undetermined" => "withheld: undetermined",
            "waiting" => "withheld: waiting",
            _ => "withheld: ended",
        }),
        "not_begun" => seen.push("not begun"),
        "ended" => {
            seen.push("ended");
            let below = |r: &crate::reference::link::Rule| r.targets.clone();
            let below = rule.map(below).unwrap_or_default();
            let again = |e: &&Json| {
                let named = below
                    .iter()
                    .any(|t| e["rule"] == link.rules[*t].name.as_str());
                named && e["value"] == "must" && e["state"] != "defeated"
            };
            if all.iter().any(again) {
                seen.push("duty after what defeated it ended");
            }
        }
        _ => {}
    }
    match effect["status"].as_str().unwrap_or("") {
        "breached" => seen.push("breached"),
        "met_late" => seen.push("met late"),
        "early" => seen.push("early"),
        "lapsed" => seen.push("lapsed"),
        _ => {}
    }
    if effect.get("service_level").is_some() {
        seen.push("service level");
        if effect["status"] == "breached" {
            seen.push("service level breached");
        }
    }
    let of_other = |r: &crate::reference::link::Rule| {
        let mut rivals = r.decl.then.iter().flat_map(|e| &e.alternatives);
        rivals.any(|a| a.counting.is_some())
    };
    if effect.get("alternatives").is_some() && rule.is_some_and(of_other) {
        seen.push("alternative of another regime");
    }
    if effect["due"] == "unknown" {
        seen.push("floor unknown or due unknown");
    }
    if effect.get("up_to").is_some() {
        seen.push("ceiling");
    }
}
