//! A seed to a small pack, as text: so few facts and instants that all of its cases can be listed.
//!
//! All periods are one or two hours and all literal instants lie whole hours from one midnight, at which versions change:
//! so a few instants around whole hours stand for all (`grid.rs`). Guards and properties are made from the conditions of
//! rules as often as at random, so that about half of them hold.

use super::gen_rng::Rng;
use std::collections::BTreeSet;

/// A small pack.
pub struct Small {
    /// The texts of its one or two files.
    pub files: Vec<String>,
    /// How many hours two instants can be apart for a formula to tell.
    pub hours: i64,
    /// Literal instants and dates are named, so that `now` is not free to move.
    pub absolute: bool,
    /// Duties without a due of their own are made: a host's service level may end them.
    pub levels: bool,
}

/// What rules may speak of.
pub const NAMES: [(&str, &str); 13] = [
    ("b0", "fact b0 : bool"),
    ("b1", "fact b1 : bool"),
    ("bp", "fact bp : bool presumed true"),
    ("k", "fact k : Kind"),
    ("kp", "fact kp : Kind presumed k1"),
    ("l", "fact l : Land"),
    ("ls", "fact ls : set of Land"),
    ("ds", "fact ds : set of Data"),
    ("m", "fact m : int 0..=3"),
    ("mp", "fact mp : int 0..=2 presumed 1"),
    ("w", "fact w : money"),
    ("t", "fact t : instant"),
    ("near", ""),
];
/// How many things a case can say of a fact of each name.
const SIZES: [(&str, usize); 12] = [
    ("b0", 4),
    ("b1", 4),
    ("bp", 4),
    ("k", 5),
    ("kp", 5),
    ("l", 7),
    ("ls", 34),
    ("ds", 6),
    ("m", 6),
    ("mp", 5),
    ("w", 8),
    ("near", 1),
];

#[derive(Clone)]
struct Norm {
    name: &'static str,
    family: bool,
    guard: Option<String>,
}

#[derive(Clone)]
struct Rule {
    name: String,
    pack: usize,
    /// The norms on which it has an effect, by number.
    norms: Vec<usize>,
    /// It makes a duty.
    must: bool,
    /// Its own condition.
    when: Option<String>,
}

pub struct Maker {
    pub rng: Rng,
    /// The names that may be used.
    pub open: Vec<&'static str>,
    pub used: BTreeSet<&'static str>,
    pub events: Vec<&'static str>,
    /// The most hours of a period.
    pub most: i64,
    /// How many windows of a period end an effect, from which what they defeated runs anew.
    spans: i64,
    pub absolute: bool,
    pub dated_set: bool,
    levels: bool,
    rules: Vec<Rule>,
}

/// A pack of so many cases, or of not many more.
pub fn small(seed: u64, cases: usize) -> Small {
    let mut rng = Rng::new(seed);
    // Which instants there are, and about how many cases they make.
    let (events, instant, absolute, most, mut size) =
        match rng.weighted(&[24, 14, 14, 14, 14, 12, 8]) {
            0 => (vec!["e0"], false, false, 2, 12),
            1 => (vec!["e0", "e1"], false, false, 1, 800),
            2 => (vec![], true, false, 2, 25),
            3 => (vec!["e0"], true, false, 1, 1200),
            4 => (vec!["e0"], false, true, 1, 900),
            5 => (vec![], false, true, 2, 50),
            _ => (vec!["e0", "e1"], false, false, 2, 1200),
        };
    let mut left: Vec<(&str, usize)> = SIZES.to_vec();
    rng.shuffle(&mut left);
    // Facts of few values come first, so that there are several.
    if rng.chance(60) {
        left.sort_by_key(|(_, n)| *n > 6);
    }
    let mut open = Vec::new();
    for (name, n) in left {
        if size * n <= cases && open.len() < 6 {
            size *= n;
            open.push(name);
        }
    }
    if instant {
        open.push("t");
    }
    let mut maker = Maker {
        dated_set: absolute && rng.chance(30),
        rng,
        open,
        used: BTreeSet::new(),
        events,
        most,
        spans: 0,
        absolute,
        levels: false,
        rules: Vec::new(),
    };
    maker.make()
}

impl Maker {
    fn make(&mut self) -> Small {
        let norms = self.norms();
        let (packs, announced) = match self.rng.below(4) {
            0 => (2, self.rng.chance(60)),
            _ => (1, false),
        };
        let mut bodies = vec![String::new(); packs];
        let count = 2 + self.rng.below(5);
        for number in 0..count {
            let pack = if packs == 2 && number > 0 {
                self.rng.below(2)
            } else {
                0
            };
            bodies[pack] += &self.rule(&norms, number, pack);
        }
        let properties = 2 + self.rng.below(4);
        let mut promises = String::new();
        for _ in 0..properties {
            promises += &self.property(&norms);
        }
        bodies[packs - 1] += &promises;
        let mut words = self.words(&norms);
        let zone = "  counting elapsed  zone \"UTC\"\n";
        let judged = match self.events.first() {
            Some(event) if self.absolute && self.rng.chance(50) => {
                self.used.insert(event);
                format!("  judged by {event}\n")
            }
            _ => String::new(),
        };
        let force = if self.absolute && self.rng.chance(20) {
            "  in force from 2026-03-02\n"
        } else {
            ""
        };
        let applies = match self.rng.chance(25) {
            true => format!("  applies when {}\n", self.cond(0, 1, false)),
            false => String::new(),
        };
        // What the header reads is declared, too.
        words = words.replace("@@", &self.declared());
        let mut files = vec![format!(
            "pack a\n  status policy\n{zone}{judged}{force}{applies}{words}{}",
            bodies[0]
        )];
        if packs == 2 {
            let status = if announced { "announced" } else { "policy" };
            files.push(format!(
                "pack b\n  status {status}\n{zone}{judged}use a\n{}",
                bodies[1]
            ));
        }
        Small {
            files,
            hours: self.most * (1 + self.spans.min(2)),
            absolute: self.absolute,
            levels: self.levels,
        }
    }

    fn norms(&mut self) -> Vec<Norm> {
        let mut norms = Vec::new();
        let count = 1 + self.rng.below(3);
        for name in ["n0", "n1", "n2"].into_iter().take(count) {
            let guard = self.rng.chance(35).then(|| self.cond(0, 1, true));
            norms.push(Norm {
                name,
                family: false,
                guard,
            });
        }
        if self.open.contains(&"ds") || self.rng.chance(15) {
            let guard = self.rng.chance(60).then(|| self.cond(0, 1, true));
            norms.push(Norm {
                name: "f",
                family: true,
                guard,
            });
        }
        norms
    }

    fn words(&mut self, norms: &[Norm]) -> String {
        let mut text = "@@".to_string();
        for norm in norms {
            let of = if norm.family { " of Data" } else { "" };
            text += &format!("norm {}{of} : host act_{} order", norm.name, norm.name);
            if let Some(event) = self.event().filter(|_| self.rng.chance(60)) {
                text += &format!("  done at {event}");
            }
            if let Some(event) = self.event().filter(|_| self.rng.chance(20)) {
                text += &format!("  broken at {event}");
            }
            match (&norm.guard, self.rng.below(6)) {
                (Some(guard), _) if norm.family && self.rng.chance(50) => {
                    let narrow = self.cond(0, 1, true);
                    text += &format!(
                        "  by default must not  protected by {guard}  protected of {{d1}} by {narrow}"
                    );
                }
                (Some(guard), _) => text += &format!("  by default must not  protected by {guard}"),
                (None, 0) => text += "  by default must not",
                (None, 1) => text += "  by default may",
                _ => {}
            }
            text.push('\n');
        }
        text
    }

    fn declared(&self) -> String {
        let mut text = String::from(
            "enum Kind { k0, k1, k2 }\nenum Land territory { l0, l1, l2, l3, l4 }\nenum Data { d0, d1 }\n",
        );
        if self.dated_set {
            text += "set near : Land { l0 } in force from 2026-03-02\n";
        } else {
            text += "set near : Land { l0, l1 }\n";
        }
        for (name, declared) in NAMES {
            if self.used.contains(name) && !declared.is_empty() {
                text += &format!("{declared}\n");
            }
        }
        for event in self
            .events
            .iter()
            .filter(|event| self.used.contains(*event))
        {
            text += &format!("event {event}\n");
        }
        text
    }

    fn rule(&mut self, norms: &[Norm], number: usize, pack: usize) -> String {
        let name = format!("r{number}");
        let own: Vec<Rule> = self
            .rules
            .iter()
            .filter(|rule| rule.pack == pack)
            .cloned()
            .collect();
        let all = self.rules.clone();
        let shape = match (all.is_empty(), own.is_empty()) {
            (true, _) => 0,
            (_, true) => self.rng.weighted(&[40, 0, 60]),
            _ => self.rng.weighted(&[36, 42, 22]),
        };
        let full = |rule: &Rule| match rule.pack == pack {
            true => rule.name.clone(),
            false => format!("a/{}", rule.name),
        };
        let mut head = format!("rule {name}");
        let mut below = None;
        if shape == 1 {
            let base = self.rng.pick(&own).clone();
            head += &format!(" exception to {}", base.name);
            head += if self.rng.chance(30) {
                " regardless"
            } else {
                ""
            };
            below = Some(base);
        } else if shape == 2 {
            let mut reachable = all.clone();
            reachable.retain(|rule| rule.pack <= pack);
            if !reachable.is_empty() {
                let over = self.rng.pick(&reachable).clone();
                head += &format!(" overrides {}", full(&over));
                below = Some(over);
            }
        }
        let mut on: Vec<usize> = match &below {
            Some(rule) => vec![*self.rng.pick(&rule.norms)],
            None => vec![self.rng.below(norms.len())],
        };
        let mut must = false;
        let mut then = String::new();
        if below.is_some() && self.rng.chance(15) {
            then = "lifted".into();
            on = below
                .as_ref()
                .map(|rule| rule.norms.clone())
                .unwrap_or_default();
        } else {
            if below.is_none() && self.rng.chance(25) {
                let other = self.rng.below(norms.len());
                if !on.contains(&other) {
                    on.push(other);
                }
            }
            for norm in on.clone() {
                let (effect, duty) = self.effect(&norms[norm], below.is_some());
                must |= duty;
                then += if then.is_empty() { "" } else { "\n   and " };
                then += &effect;
            }
        }
        let first = on.iter().copied().min().unwrap_or(0);
        let mut when = self.rng.chance(75).then(|| self.cond(0, 2, false));
        let guard = norms[first].guard.clone();
        if let Some(guard) = guard.filter(|_| self.rng.chance(40)) {
            when = Some(match when {
                Some(when) => format!("({when}) and ({guard})"),
                None => guard,
            });
        }
        let mut looked = all.clone();
        looked.retain(|r| r.must && r.pack <= pack && r.norms.iter().all(|n| *n < first));
        if !looked.is_empty() && self.rng.chance(45) {
            let seen = full(self.rng.pick(&looked));
            let word = *self
                .rng
                .pick(&["missed", "missed", "met", "not missed", "not met"]);
            let look = format!("{word} {seen}");
            let join = if self.rng.chance(60) { "and" } else { "or" };
            when = Some(match when {
                Some(when) => format!("({when}) {join} {look}"),
                None => look,
            });
        }
        let force = match self.absolute && self.rng.chance(30) {
            true if self.rng.chance(50) => "  in force from 2026-03-02\n",
            true => "  in force from 1970-01-01 until 2026-03-02\n",
            false => "",
        };
        let shown = when
            .as_ref()
            .map(|when| format!("  when {when}\n"))
            .unwrap_or_default();
        let mut text = format!("{head}\n{force}{shown}  then {then}\nend\n");
        if force.contains("until") && self.rng.chance(60) {
            // The version that follows: another condition, or other effects.
            let (mut shown, mut then) = (shown, then);
            if self.rng.chance(50) {
                shown = format!("  when {}\n", self.cond(0, 1, false));
            } else if then != "lifted" {
                let effects: Vec<String> = on
                    .iter()
                    .map(|norm| self.effect(&norms[*norm], below.is_some()).0)
                    .collect();
                then = effects.join("\n   and ");
            }
            text += &format!("{head}\n  in force from 2026-03-02\n{shown}  then {then}\nend\n");
        }
        self.rules.push(Rule {
            name,
            pack,
            norms: on,
            must,
            when,
        });
        text
    }

    /// An effect, and whether it is a duty.
    fn effect(&mut self, norm: &Norm, above: bool) -> (String, bool) {
        let target = match norm.family {
            false => norm.name.to_string(),
            true => {
                let mut of = vec!["{d0}", "{d1}", "{d0, d1}"];
                if self.open.contains(&"ds") {
                    of.extend(["ds", "ds"]);
                }
                let of = *self.rng.pick(&of);
                if of == "ds" {
                    self.used.insert("ds");
                }
                format!("{} of {of}", norm.name)
            }
        };
        let mut kinds = vec!["must", "must", "may", "must not"];
        if above {
            kinds.push("lifted");
        }
        let kind = *self.rng.pick(&kinds);
        let window = match (kind, self.anchor()) {
            ("must", Some(anchor)) if self.rng.chance(65) => self.duty_window(&anchor),
            ("may", Some(anchor)) if self.rng.chance(45) => {
                self.spans += 1;
                let period = self.period();
                match self.rng.below(3) {
                    0 => format!(" within {period} of {anchor}"),
                    1 => format!(" no earlier than {period} from {anchor}"),
                    _ => format!(" in less than {period} of {anchor}"),
                }
            }
            ("must not", Some(anchor)) if self.rng.chance(50) => {
                self.spans += 1;
                match self.rng.chance(50) {
                    true => format!(" until {anchor}"),
                    false => format!(" for {} from {anchor}", self.period()),
                }
            }
            _ => String::new(),
        };
        // The territory of a grant on a protected norm names no fact: so whether it exists is told without reading sets.
        let across = match self.rng.chance(30) {
            true => format!(" across {}", self.set(1, norm.guard.is_some())),
            false => String::new(),
        };
        (format!("{target} {kind}{window}{across}"), kind == "must")
    }

    fn duty_window(&mut self, anchor: &str) -> String {
        let period = self.period();
        match self.rng.weighted(&[30, 15, 10, 10, 10, 12, 6, 5]) {
            0 => format!(" within {period} of {anchor}"),
            1 => format!(" in less than {period} of {anchor}"),
            2 => format!(" by {anchor}"),
            3 => format!(" no earlier than {period} from {anchor}"),
            4 => format!(" at end of {period} from {anchor}"),
            5 => {
                self.spans += 1;
                format!(" for {period} from {anchor}")
            }
            6 => {
                self.spans += 1;
                format!(" until {anchor}")
            }
            _ => {
                self.levels = true;
                format!(" without undue delay from {anchor}")
            }
        }
    }

    fn property(&mut self, norms: &[Norm]) -> String {
        let norm = self.rng.pick(norms).clone();
        let target = match norm.family {
            true => format!(
                "{} of {}",
                norm.name,
                self.rng.pick::<&str>(&["{d0}", "{d1}", "{d0, d1}"])
            ),
            false => norm.name.to_string(),
        };
        let word = if self.rng.chance(70) {
            "never"
        } else {
            "always"
        };
        let outcome = *self.rng.pick(&["must", "may", "must not"]);
        // A condition of its own rules often makes it hold.
        let known: Vec<String> = self
            .rules
            .iter()
            .filter_map(|rule| rule.when.clone())
            .chain(norm.guard)
            .collect();
        let looks = |text: &str| text.contains("missed ") || text.contains("met ");
        let plain: Vec<String> = known.into_iter().filter(|text| !looks(text)).collect();
        let cond = match (plain.is_empty(), self.rng.below(10)) {
            (_, 0) => return format!("{word} {target} {outcome}\n"),
            (false, 1..=6) => self.rng.pick(&plain).clone(),
            _ => self.cond(0, 2, false),
        };
        let link = if self.rng.chance(60) {
            "unless"
        } else {
            "when"
        };
        format!("{word} {target} {outcome} {link} ({cond})\n")
    }
}
