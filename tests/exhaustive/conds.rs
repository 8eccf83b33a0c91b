//! Conditions, sets, anchors and periods of a small pack.
//!
//! What they name is noted, as only what is named is declared: all else would but multiply the cases.

use super::small::{Maker, NAMES};

impl Maker {
    pub fn event(&mut self) -> Option<&'static str> {
        if self.events.is_empty() {
            return None;
        }
        let event = *self.rng.pick(&self.events.clone());
        self.used.insert(event);
        Some(event)
    }

    pub fn anchor(&mut self) -> Option<String> {
        let mut names: Vec<&str> = self.events.clone();
        if self.open.contains(&"t") {
            names.push("t");
        }
        if names.is_empty() {
            return None;
        }
        for name in &names {
            self.used.insert(
                NAMES
                    .iter()
                    .map(|(n, _)| *n)
                    .chain(["e0", "e1"])
                    .find(|n| n == name)?,
            );
        }
        if names.len() > 1 && self.rng.chance(25) {
            let word = *self.rng.pick(&["latest", "earliest"]);
            return Some(format!("{word}({})", names.join(", ")));
        }
        Some(self.rng.pick(&names).to_string())
    }

    pub fn period(&mut self) -> String {
        match self.rng.between(1, self.most) {
            1 if self.rng.chance(40) => "60 minutes".into(),
            1 => "1 hour".into(),
            n => format!("{n} hours"),
        }
    }

    /// A condition; one for a guard reads nothing that a guard may not.
    pub fn cond(&mut self, depth: usize, most: usize, guard: bool) -> String {
        if depth >= most || self.rng.chance(35) {
            return self.leaf(guard);
        }
        let a = self.cond(depth + 1, most, guard);
        let b = self.cond(depth + 1, most, guard);
        match self.rng.below(5) {
            0 | 1 => format!("({a}) and ({b})"),
            2 | 3 => format!("({a}) or ({b})"),
            _ => format!("not ({a})"),
        }
    }

    fn leaf(&mut self, guard: bool) -> String {
        let mut names: Vec<&'static str> = self.open.iter().chain(&self.events).copied().collect();
        if guard {
            names.retain(|name| !["bp", "kp", "mp"].contains(name));
        }
        if names.is_empty() {
            return match self.absolute {
                true => self.against_literal("now"),
                false => "l0 in near".replace("l0", self.any_land()),
            };
        }
        let name = *self.rng.pick(&names);
        self.used.insert(name);
        if !guard && name != "near" && !name.starts_with('e') && self.rng.chance(8) {
            return format!("known {name}");
        }
        let op = *self.rng.pick(&["<", "<=", ">", ">="]);
        match name {
            "k" | "kp" => match self.rng.below(4) {
                0 => format!("{name} in {{k0, k2}}"),
                1 => format!("{name} is not k{}", self.rng.below(3)),
                _ => format!("{name} is k{}", self.rng.below(3)),
            },
            "l" => match self.rng.below(3) {
                0 => format!("l is l{}", self.rng.below(3)),
                _ => format!("l in {}", self.set(1, false)),
            },
            "ls" | "near" => match self.rng.below(3) {
                0 => format!("{name} includes l{}", self.rng.below(3)),
                _ => format!("{name} meets {}", self.set(1, false)),
            },
            "ds" => format!("ds includes d{}", self.rng.below(2)),
            "m" | "mp" => format!("{name} {op} {}", self.rng.below(3)),
            "w" => format!(
                "w {op} {}",
                self.rng.pick::<&str>(&["10 EUR", "10 EUR", "7 USD"])
            ),
            "t" => self.instants("t"),
            "e0" | "e1" => match self.rng.chance(45) {
                true => format!("happened {name}"),
                false => self.instants(name),
            },
            _ => name.to_string(),
        }
    }

    fn any_land(&mut self) -> &'static str {
        self.open.push("l");
        self.used.insert("l");
        "l"
    }

    /// A comparison of an instant with `now`, with another, or with a literal.
    fn instants(&mut self, name: &'static str) -> String {
        if self.absolute && self.rng.chance(40) {
            return self.against_literal(name);
        }
        let mut others: Vec<&'static str> = vec!["now", "now"];
        others.extend(self.events.iter().copied());
        if self.open.contains(&"t") {
            others.push("t");
        }
        others.retain(|other| *other != name);
        let other = *self.rng.pick(&others);
        self.used.insert(other);
        let op = *self.rng.pick(&["<", "<=", ">", ">="]);
        let (mut a, b) = (name.to_string(), other);
        if self.rng.chance(70) {
            a += if self.rng.chance(75) { " + " } else { " - " };
            a += &self.period();
        }
        match self.rng.chance(50) {
            true => format!("{a} {op} {b}"),
            false => format!("{b} {op} {a}"),
        }
    }

    fn against_literal(&mut self, name: &'static str) -> String {
        let op = *self.rng.pick(&["<", "<=", ">", ">="]);
        let literal = *self.rng.pick(&[
            "2026-03-02T00:00Z",
            "2026-03-02T00:00Z",
            "2026-03-02T01:00Z",
        ]);
        format!("{name} {op} {literal}")
    }

    /// A set of places; one that is plain names no fact, and nothing that changes with time.
    pub fn set(&mut self, depth: usize, plain: bool) -> String {
        if depth > 0 && self.rng.chance(30) {
            let (a, b) = (self.set(depth - 1, plain), self.set(depth - 1, plain));
            let op = *self.rng.pick(&["union", "intersect", "minus"]);
            return format!("({a} {op} {b})");
        }
        let facts = self.open.contains(&"ls") && !plain;
        match self.rng.below(6) {
            2 if facts => self.places(),
            3 if facts => self.places(),
            2 | 3 if plain && self.dated_set => "{l0, l2}".into(),
            2 | 3 => "near".into(),
            // Two of the five are never named: they are told apart by what a case says of them alone.
            _ => format!("{{{}}}", self.rng.some(&["l0", "l1", "l2"]).join(", ")),
        }
    }

    fn places(&mut self) -> String {
        self.used.insert("ls");
        "ls".into()
    }
}
