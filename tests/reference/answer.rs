//! The answers on all norms to the JSON of DECISION.md, without its texts (LANGUAGE.md §12).

use super::case::Eval;
use super::civil::show_instant;
use super::effects::{Group, Kind};
use super::norm::{EffectAnswer, NormAnswer, Part, State};
use super::outcome::Outcome;
use super::timing::Spot;
use super::truth::{F, Key, Keys, T, Truth};
use exequatur::syntax::ast::RuleDecl;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::None => "none",
        Outcome::May => "may",
        Outcome::Must => "must",
        Outcome::MustNot => "must_not",
        Outcome::Undetermined => "undetermined",
        Outcome::Conflict => "conflict",
    }
}

fn spot(s: Spot) -> Option<Json> {
    match s {
        Spot::None => None,
        Spot::Unknown => Some(json!("unknown")),
        Spot::Waiting => Some(json!("waiting")),
        Spot::Open => Some(json!("open")),
        Spot::At(t) => Some(json!(show_instant(t))),
    }
}

/// The first day of a dated version.
fn version(rule: &RuleDecl) -> Option<String> {
    let from = rule.in_force?.from;
    Some(format!(
        "{:04}-{:02}-{:02}",
        from.year, from.month, from.day
    ))
}

fn set(map: &mut Map<String, Json>, key: &str, value: impl Into<Json>) {
    map.insert(key.to_string(), value.into());
}

impl<'a> Eval<'a> {
    /// The whole decision, save `next_change_at`.
    pub fn answer(&self) -> Json {
        let mut norms = Vec::new();
        let mut human = Vec::new();
        let mut missing: BTreeMap<Key, usize> = BTreeMap::new();
        let mut assumed = self.assumed_law_dates();
        for n in 0..self.link.norms.len() {
            let answer = self.norm(n);
            let default = self.link.norms[n].decl.default.is_some();
            for part in answer
                .parts
                .iter()
                .filter(|p| default || !p.effects.is_empty())
            {
                norms.push(self.show_part(n, &answer, part));
                if part.conflict {
                    let name = self.link.norms[n].name.as_str();
                    let territory = self.show_places(&part.places);
                    human.push(json!({"kind": "conflict", "norm": name, "territory": territory}));
                }
                for effect in &part.effects {
                    assumed.extend(&effect.assumed);
                    for need in &effect.needs {
                        *missing.entry(*need).or_default() += 1;
                    }
                }
            }
        }
        let mut rules = Vec::new();
        for (r, rule) in self.link.rules.iter().enumerate() {
            if !self.present[r] || !self.in_group(r, Group::Deciding) {
                continue;
            }
            assumed.extend(&self.condition(r).assumed);
            let state = match self.condition(r).truth {
                F => continue,
                T => "applies",
                Truth::U => "undetermined",
            };
            let mut shown = json!({"rule": rule.name, "state": state});
            if let (Some(version), Json::Object(map)) = (version(rule.decl), &mut shown) {
                set(map, "version", version);
            }
            rules.push(shown);
            for _ in &rule.decl.untranslated {
                human.push(json!({"kind": "untranslated", "rule": rule.name}));
            }
        }
        let mut map = Map::new();
        set(&mut map, "schema", 1);
        set(&mut map, "norms", norms);
        set(&mut map, "missing", self.show_missing(missing));
        set(&mut map, "assumed", self.show_keys(&assumed));
        set(&mut map, "human", human);
        set(&mut map, "rules", rules);
        set(&mut map, "beside", self.beside());
        Json::Object(map)
    }

    /// Most useful first, then in the order of the keys.
    fn show_missing(&self, missing: BTreeMap<Key, usize>) -> Vec<Json> {
        let mut missing: Vec<(Key, usize)> = missing.into_iter().collect();
        missing.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
        let show = |(key, count): (Key, usize)| {
            let kind = match key {
                Key::Fact(_) => "fact",
                Key::Event(_) => "event",
                Key::Set(_) => "set",
                Key::Calendar(_) => "calendar",
            };
            json!({"name": self.link.name_of(key), "kind": kind, "count": count})
        };
        missing.into_iter().map(show).collect()
    }

    fn show_keys(&self, keys: &Keys) -> Vec<&'a str> {
        keys.iter().map(|k| self.link.name_of(*k)).collect()
    }

    fn show_places(&self, places: &[usize]) -> Json {
        if places.len() == self.places() {
            return json!("everywhere");
        }
        json!(
            places
                .iter()
                .map(|p| self.link.territory[*p])
                .collect::<Vec<_>>()
        )
    }

    fn show_part(&self, norm: usize, answer: &NormAnswer, part: &Part) -> Json {
        let mut map = Map::new();
        set(&mut map, "norm", self.link.norms[norm].name.as_str());
        set(&mut map, "territory", self.show_places(&part.places));
        set(&mut map, "outcome", word(part.outcome));
        if let Some(provisional) = part.provisional {
            set(&mut map, "provisional", word(provisional));
            set(&mut map, "undetermined", true);
        }
        if part.conflict {
            set(&mut map, "conflict", true);
        }
        if let Some(guard) = &answer.guard {
            let truth = match guard.truth {
                F => "false",
                T => "true",
                Truth::U => "unknown",
            };
            set(&mut map, "protected", truth);
        }
        if let Some(operational) = part.operational {
            set(&mut map, "operational", operational);
        }
        let effects = part.effects.iter().map(|e| self.show_effect(e, part));
        set(&mut map, "effects", effects.collect::<Vec<_>>());
        Json::Object(map)
    }

    fn show_effect(&self, e: &EffectAnswer, part: &Part) -> Json {
        let s = &e.standing;
        let mut map = Map::new();
        set(&mut map, "rule", self.link.rules[s.rule].name.as_str());
        if let Some(version) = version(self.link.rules[s.rule].decl) {
            set(&mut map, "version", version);
        }
        let value = match s.kind {
            Kind::Must => "must",
            Kind::May => "may",
            Kind::MustNot => "must_not",
            Kind::Lifted => "lifted",
        };
        set(&mut map, "value", value);
        let state = match e.state {
            State::Standing => "standing",
            State::Undetermined => "undetermined",
            State::Defeated(_) => "defeated",
            State::NotBegun => "not_begun",
            State::Ended => "ended",
            State::Withheld(_) => "withheld",
        };
        set(&mut map, "state", state);
        if !s.certain {
            set(&mut map, "certain", false);
        }
        if let State::Defeated(by) = e.state {
            let by = part.effects[by].standing.rule;
            set(&mut map, "by", self.link.rules[by].name.as_str());
            return Json::Object(map);
        }
        if let State::Withheld(why) = e.state {
            set(&mut map, "why", why);
        }
        if let Some(status) = e.status {
            set(&mut map, "status", status.word());
        }
        self.show_timing(&mut map, e);
        if let Some(ceiling) = &e.ceiling {
            let amounts = ceiling.amounts.as_ref().map(|amounts| {
                let show =
                    |m: &super::civil::Money| json!({"amount": m.show(), "currency": m.currency});
                Json::Array(amounts.iter().map(show).collect())
            });
            set(&mut map, "up_to", amounts.unwrap_or(json!("unknown")));
            if s.decl.up_to.as_ref().is_some_and(|c| c.per_day) {
                set(&mut map, "per_day", true);
            }
        }
        if !e.needs.is_empty() {
            set(&mut map, "needs", self.show_keys(&e.needs));
        }
        Json::Object(map)
    }

    fn show_timing(&self, map: &mut Map<String, Json>, e: &EffectAnswer) {
        let t = &e.standing.timing;
        let places = [
            ("not_before", t.not_before),
            ("due", t.due),
            ("start", t.start),
            ("end", t.end),
        ];
        for (key, place) in places {
            if let Some(value) = spot(place) {
                set(map, key, value);
            }
        }
        if t.exclusive {
            set(map, "exclusive", true);
        }
        if t.service_level {
            set(map, "service_level", true);
        }
        if let Some(provisional) = t.provisional {
            set(map, "provisional_due", show_instant(provisional));
        }
        if !t.alternatives.is_empty() {
            let show = |(due, exclusive): &(Spot, bool)| {
                let mut map = Map::new();
                if let Some(due) = spot(*due) {
                    set(&mut map, "due", due);
                }
                if *exclusive {
                    set(&mut map, "exclusive", true);
                }
                Json::Object(map)
            };
            let alternatives: Vec<Json> = t.alternatives.iter().map(show).collect();
            set(map, "alternatives", alternatives);
        }
    }

    /// §12, beside: each pack that is evaluated but does not decide, judged among its own effects.
    fn beside(&self) -> Vec<Json> {
        let mut found = Vec::new();
        for (p, pack) in self.link.packs.iter().enumerate() {
            if !pack.evaluated || pack.decides {
                continue;
            }
            let status = pack
                .file
                .pack
                .status
                .as_ref()
                .map_or("", |s| s.text.as_str());
            for n in 0..self.link.norms.len() {
                for part in &self.judge(n, Group::Beside(p)).parts {
                    let stands = part.effects.iter();
                    let stands = stands.filter(|e| !matches!(e.state, State::Defeated(_)));
                    let effects: Vec<Json> = stands.map(|e| self.show_effect(e, part)).collect();
                    if !effects.is_empty() {
                        found.push(json!({
                            "pack": pack.name,
                            "status": status,
                            "norm": self.link.norms[n].name,
                            "territory": self.show_places(&part.places),
                            "effects": effects,
                        }));
                    }
                }
            }
        }
        found
    }
}
