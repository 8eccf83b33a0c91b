//! A seed to a small legal world: packs with their vocabulary, and what the generator knows of it.
//!
//! The world is small on purpose: few facts, few places, few instants, so that rules meet.

use super::civil;
use super::gen_ast::*;
use super::gen_counting::{CalendarInfo, Clock};
use super::gen_rng::Rng;
use super::gen_rules;
use exequatur::syntax::ast::*;
use jiff::tz::TimeZone;
use jiff::{Span as Days, Timestamp, civil::Date};

/// The types that facts have here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ty {
    /// `bool`.
    Bool,
    /// `Kind`.
    Kind,
    /// `set of Kind`.
    Kinds,
    /// `set of Land`, the territory.
    Lands,
    /// `set of Data`, of which norms are families.
    Datas,
    /// `int 0..=10`.
    Int,
    /// `money`.
    Money,
    /// `instant`.
    Instant,
    /// `Seat`, whose members choose calendars.
    Seat,
}

/// A fact.
#[derive(Clone, Debug)]
pub struct FactInfo {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// True if it is presumed: no guard may read it.
    pub presumed: bool,
}

/// A named set.
#[derive(Clone, Debug)]
pub struct SetInfo {
    /// Its name.
    pub name: String,
    /// Its enumeration.
    pub of: &'static str,
}

/// A definition.
#[derive(Clone, Debug)]
pub struct DefineInfo {
    /// Its pack.
    pub pack: usize,
    /// Its name.
    pub name: String,
    /// True if a guard may read it.
    pub safe: bool,
}

/// A norm.
#[derive(Clone, Debug)]
pub struct NormInfo {
    /// Its name.
    pub name: String,
    /// True if it is a family over `Data`.
    pub family: bool,
}

/// Everything that was generated.
pub struct World {
    /// The choices still to come.
    pub rng: Rng,
    /// The packs, in the order in which they may use each other.
    pub files: Vec<File>,
    /// The packs that the host adopts.
    pub adopt: Vec<String>,
    /// Around this instant everything happens.
    pub centre: i64,
    /// The facts.
    pub facts: Vec<FactInfo>,
    /// The events.
    pub events: Vec<String>,
    /// The sets.
    pub sets: Vec<SetInfo>,
    /// The definitions.
    pub defines: Vec<DefineInfo>,
    /// The norms. A rule on one looks only at rules on earlier ones: so no cycle arises.
    pub norms: Vec<NormInfo>,
    /// The members of the territory.
    pub lands: Vec<&'static str>,
    /// The periods that stand in the packs.
    pub periods: Vec<Period>,
    /// The calendars.
    pub calendars: Vec<CalendarInfo>,
    /// How each pack counts.
    pub clocks: Vec<Clock>,
    /// How the rule counts that is being written.
    pub clock: Clock,
    /// The zone of most of them.
    pub zone: &'static str,
}

/// The members of `Kind`.
pub const KINDS: [&str; 3] = ["alpha", "beta", "gamma"];
/// The members of `Data`.
pub const DATAS: [&str; 3] = ["subscriber", "traffic", "content"];
const LANDS: [&str; 6] = ["FR", "DE", "AT", "BE", "ES", "IT"];
/// The zones of packs and rules.
pub const ZONES: [&str; 3] = ["Europe/Paris", "UTC", "America/New_York"];
/// Six hours, the grid on which most instants lie, so that they meet.
pub const STEP: i64 = 6 * 3_600_000_000;

/// Days with a clock change in Paris and in New York, an ordinary day, ends of years, and the two ends of time.
const CENTRES: [&str; 9] = [
    "2026-03-28T01:30:00Z",
    "2026-10-24T00:30:00Z",
    "2026-03-07T07:30:00Z",
    "2026-10-31T05:30:00Z",
    "2026-06-15T22:00:00Z",
    "2026-12-30T22:30:00Z",
    "2028-02-28T23:00:00Z",
    "2099-12-27T12:00:00Z",
    "1970-01-05T00:00:00Z",
];

/// The world of a seed.
pub fn world(seed: u64) -> World {
    let mut rng = Rng::new(seed);
    let centre = CENTRES[rng.weighted(&[22, 16, 12, 12, 14, 14, 5, 3, 2])];
    let zone = ZONES[rng.weighted(&[50, 25, 25])];
    let mut names = ["a.one", "b.two", "c.three"];
    rng.shuffle(&mut names);
    let packs = 1 + rng.below(3);
    let mut w = World {
        rng,
        files: Vec::new(),
        adopt: Vec::new(),
        centre: civil::parse_instant(centre),
        facts: Vec::new(),
        events: Vec::new(),
        sets: Vec::new(),
        defines: Vec::new(),
        norms: Vec::new(),
        lands: Vec::new(),
        periods: Vec::new(),
        calendars: Vec::new(),
        clocks: Vec::new(),
        clock: Clock::default(),
        zone,
    };
    w.lands = LANDS[..4 + w.rng.below(3)].to_vec();
    w.calendar_infos(packs);
    for (i, pack) in names.into_iter().take(packs).enumerate() {
        w.pack(i, pack);
    }
    for i in 0..packs {
        let others: Vec<Name> = w.files.iter().map(|f| f.pack.name.clone()).collect();
        let others = others
            .into_iter()
            .enumerate()
            .filter(|(other, _)| *other != i);
        let uses = others.map(|(_, name)| item(ItemKind::Use(name)));
        w.files[i].items.extend(uses);
    }
    w.calendar_decls();
    w.enums();
    w.named_sets();
    w.fact_decls();
    w.event_decls();
    for i in 0..packs {
        w.header(i);
    }
    w.define_decls();
    w.norm_decls(packs);
    gen_rules::rules(&mut w, packs);
    if w.rng.chance(30) {
        // The order of declarations is free; that of rules and norms then changes the order of answers.
        for i in 0..packs {
            let mut items = std::mem::take(&mut w.files[i].items);
            w.rng.shuffle(&mut items);
            w.files[i].items = items;
        }
    }
    w
}

impl World {
    fn pack(&mut self, i: usize, pack: &str) {
        let status = match self.rng.weighted(&[60, 5, 5, 10, 8, 4, 4, 4]) {
            _ if i == 0 => "law",
            0 => "law",
            1 => "case_law",
            2 => "policy",
            3 => "announced",
            4 => "voluntary",
            5 => "repealed",
            6 => "lapsed",
            _ => "annulled",
        };
        let mut file = file(pack, Some(status));
        file.pack.counting = self.pack_counting();
        let tentative = matches!(status, "announced" | "voluntary");
        if tentative && self.rng.chance(40) {
            self.adopt.push(pack.to_string());
        }
        file.pack.in_force = match status {
            "repealed" | "lapsed" => Some(in_force(self.day(-9, -3), Some(self.day(-2, 3)))),
            _ if self.rng.chance(15) => Some(in_force(self.day(-3, 1), None)),
            _ => None,
        };
        self.files.push(file);
    }

    /// What a header says once there are events to judge by and facts to apply to.
    fn header(&mut self, i: usize) {
        if self.rng.chance(30) {
            let event = self.event();
            self.files[i].pack.judged_by = Some(event);
        }
        if self.rng.chance(20) {
            let cond = self.leaf(i, false);
            self.files[i].pack.applies = Some(cond);
        }
    }

    /// A date some days around the centre.
    pub fn day(&mut self, low: i64, high: i64) -> Date {
        let stamp = Timestamp::from_microsecond(self.centre).expect("an instant");
        let day = TimeZone::UTC.to_datetime(stamp).date();
        let shift = self.rng.between(low, high);
        let moved = day.checked_add(Days::new().days(shift)).expect("a date");
        moved.max(Date::constant(1970, 1, 1))
    }

    /// An instant around the centre, mostly on the grid.
    pub fn around(&mut self, low: i64, high: i64) -> i64 {
        let t = self.centre + self.rng.between(low, high) * STEP;
        let zone = TimeZone::get(self.zone).expect("a zone of the database");
        let t = match self.rng.below(10) {
            0 => t + 30 * 60_000_000,
            1 => t + self.rng.between(0, 9_999_999),
            // Midnights, at which days and hours end.
            2 => civil::midnight(civil::date_in(t.max(civil::FIRST), &zone), &zone),
            _ => t,
        };
        t.clamp(civil::FIRST, civil::END - 1)
    }

    fn define_decls(&mut self) {
        for pack in 0..self.files.len() {
            if pack > 0 && self.rng.chance(60) {
                continue;
            }
            let safe = self.rng.chance(60);
            let when = self.cond(pack, safe, 2);
            // One name in several packs: each is its own.
            let define = if self.rng.chance(50) {
                "route"
            } else {
                "cleared"
            };
            self.files[pack]
                .items
                .push(item(ItemKind::Define(DefineDecl {
                    name: name(define),
                    when,
                })));
            self.defines.push(DefineInfo {
                pack,
                name: define.to_string(),
                safe,
            });
        }
    }

    fn norm_decls(&mut self, packs: usize) {
        for i in 0..4 + self.rng.below(3) {
            let family = self.rng.chance(25);
            let protected = self.rng.chance(35);
            let default = match self.rng.below(20) {
                _ if protected => Some(Deontic::MustNot),
                0..=3 => Some(Deontic::MustNot),
                4..=6 => Some(Deontic::May),
                7 => Some(Deontic::Must),
                _ => None,
            };
            let pack = if self.rng.chance(70) {
                0
            } else {
                self.rng.below(packs)
            };
            let mut guards = Vec::new();
            if protected {
                guards.push(self.guard(pack, None));
                if family && self.rng.chance(60) {
                    let of = match self.rng.below(2) {
                        0 => {
                            TargetOf::Members(self.rng.some(&DATAS).into_iter().map(name).collect())
                        }
                        _ => TargetOf::Name(name("inner")),
                    };
                    let more = self.guard(pack, Some(of));
                    guards.push(more);
                }
            }
            let norm = format!("norm{i}");
            self.norms.push(NormInfo {
                name: norm.clone(),
                family,
            });
            let done_at = self.rng.chance(75).then(|| self.event());
            let broken_at = self.rng.chance(60).then(|| self.event());
            // What a guard is for, said as a property: it must hold of every decision.
            if let Some(all) = guards.iter().find(|guard| guard.of.is_none()) {
                for outcome in [Deontic::Must, Deontic::May] {
                    let never = never_unless(&norm, outcome, &all.by);
                    self.files[pack].items.push(item(ItemKind::Property(never)));
                }
            }
            self.files[pack].items.push(item(ItemKind::Norm(NormDecl {
                name: name(norm),
                family: family.then(|| name("Data")),
                bearer: name("provider"),
                // No two norms share an action, for a protected one must not.
                action: name(format!("do{i}")),
                object: name("thing"),
                title: None,
                done_at,
                broken_at,
                default: default.map(|d| (d, NOWHERE)),
                protected: guards,
            })));
        }
    }

    fn guard(&mut self, pack: usize, of: Option<TargetOf>) -> Guard {
        let depth = self.rng.below(2);
        Guard {
            of,
            by: self.cond(pack, true, depth),
            span: NOWHERE,
        }
    }
}
