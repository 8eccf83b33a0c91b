//! Random cases of a world: facts given, null or absent, events before and after `now`, and `now` near the instants
//! at which something happens.

use super::case::Ask;
use super::civil;
use super::gen_rng::Rng;
use super::gen_world::{DATAS, KINDS, STEP, Ty, World};
use super::timing::Service;
use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json, json};

/// A question to put to both interpreters.
#[derive(Clone, Debug)]
pub struct Question {
    /// The case.
    pub case: Json,
    /// When it is asked, and the other arguments.
    pub ask: Ask,
}

/// A question of a world; the world's own choices are not used up.
pub fn question(w: &mut World, seed: u64) -> Question {
    let own = std::mem::replace(&mut w.rng, Rng::new(seed));
    let mut tree = Map::new();
    let mut instants = Vec::new();
    for fact in w.facts.clone() {
        let absent = if fact.presumed { 45 } else { 10 };
        let json = match w.rng.below(100) {
            n if n < absent => continue,
            n if n < absent + 5 => Json::Null,
            _ => given(w, fact.ty, &mut instants),
        };
        put(&mut tree, &fact.name, json);
    }
    for event in w.events.clone() {
        let json = match w.rng.weighted(&[14, 6, 10, 52, 18]) {
            0 => continue,
            1 => Json::Null,
            2 => json!(false),
            3 => at(w, -10, 0, &mut instants),
            _ => at(w, 0, 8, &mut instants),
        };
        put(&mut tree, &event, json);
    }
    let now = now(w, &instants);
    let law_date = w.rng.chance(12).then(|| w.day(-3, 3));
    let service = Service {
        undue_delay: level(w),
        expeditiously: level(w),
    };
    w.rng = own;
    Question {
        case: Json::Object(tree),
        ask: Ask {
            now,
            law_date,
            service,
        },
    }
}

/// Sometimes a service level.
fn level(w: &mut World) -> Option<i64> {
    const HOUR: i64 = 3_600_000_000;
    let hours = *w.rng.pick(&[1, 6, 24, 72]);
    w.rng.chance(40).then_some(hours * HOUR)
}

/// Writes a value at a dotted name.
fn put(tree: &mut Map<String, Json>, name: &str, json: Json) {
    match name.split_once('.') {
        None => {
            tree.insert(name.to_string(), json);
        }
        Some((first, rest)) => {
            let inner = tree.entry(first).or_insert_with(|| json!({}));
            if let Json::Object(inner) = inner {
                put(inner, rest, json);
            }
        }
    }
}

fn at(w: &mut World, low: i64, high: i64, instants: &mut Vec<i64>) -> Json {
    let t = w.around(low, high);
    instants.push(t);
    json!(civil::show_instant(t))
}

fn given(w: &mut World, ty: Ty, instants: &mut Vec<i64>) -> Json {
    match ty {
        Ty::Bool => json!(w.rng.chance(55)),
        Ty::Kind => json!(w.rng.pick(&KINDS)),
        Ty::Seat => json!(w.seat()),
        Ty::Kinds => maybe_empty(w, &KINDS),
        Ty::Datas => maybe_empty(w, &DATAS),
        Ty::Lands => {
            let lands = w.lands.clone();
            maybe_empty(w, &lands)
        }
        Ty::Int => json!(w.rng.between(0, 10)),
        Ty::Money => {
            let (amount, currency) = w.amount();
            let amount = civil::Money::parse(amount, currency).show();
            json!({"amount": amount, "currency": currency})
        }
        Ty::Instant => at(w, -6, 8, instants),
    }
}

fn maybe_empty(w: &mut World, all: &[&str]) -> Json {
    if w.rng.chance(6) {
        json!([])
    } else {
        json!(w.rng.some(all))
    }
}

/// Near an instant of the case, moved by up to two of the periods: exactly there, or one microsecond beside it.
fn now(w: &mut World, instants: &[i64]) -> i64 {
    let mut t = w.centre + w.rng.between(-8, 16) * STEP;
    if !instants.is_empty() && w.rng.chance(65) {
        t = *w.rng.pick(instants);
        let zone = TimeZone::get(w.zone).expect("a zone of the database");
        for _ in 0..w.rng.below(3) {
            if !w.periods.is_empty() {
                let period = w.rng.pick(&w.periods);
                t = civil::shift(t, period, false, &zone).unwrap_or(t);
            }
        }
        t += *w.rng.pick(&[-1, 0, 0, 1, 3_600_000_000]);
    }
    t.clamp(civil::FIRST, civil::END - 1)
}
