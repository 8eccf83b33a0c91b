//! The effects of one norm in one part: what exists, what lives, what defeats what, what stands (LANGUAGE.md §8, §9).
//!
//! Everything is decided from the top: an effect is settled once all that defeat it are.

use super::case::Eval;
use super::effects::{Group, Kind, NormEffect};
use super::timing::{Floor, Life, Timing};
use super::truth::{F, Judged, Keys, T, Truth, U};
use exequatur::syntax::ast::Effect;
use std::collections::BTreeSet;

/// An effect on one norm in one part, with all that is said of it before the outcome.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// The rule.
    pub rule: usize,
    /// The value.
    pub kind: Kind,
    /// The declaration.
    pub decl: &'a Effect,
    /// Rule, member and territory together.
    pub exists: Judged,
    /// What its member and its territory rest on.
    pub assumed: Keys,
    /// Its windows.
    pub timing: Timing,
    /// Its life.
    pub life: Life,
    /// Existence and life together.
    pub active: Truth,
    /// Active, and defeated by nothing that stands.
    pub stands: Truth,
    /// Why it stands U.
    pub why: Keys,
    /// The effects that defeat it, by their place in the list.
    pub defeaters: Vec<usize>,
    /// The first of them that stands T.
    pub overruled_by: Option<usize>,
    /// False where its existence is U, or what might defeat it stands U.
    pub certain: bool,
}

impl Standing<'_> {
    /// §9: it stands F though it exists and is live.
    pub fn defeated(&self) -> bool {
        self.stands == F && self.active != F
    }
}

/// The rules that a rule targets, directly or through others, among those that are present and in its group.
fn below(eval: &Eval, rule: usize, group: Group, chain: bool) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut todo = vec![rule];
    while let Some(r) = todo.pop() {
        for &t in &eval.link.rules[r].targets {
            if eval.present[t] && eval.in_group(t, group) && found.insert(t) && chain {
                todo.push(t);
            }
        }
    }
    found
}

/// §9: for each effect, the rules that it would defeat. A `lifted` defeats what its rule targets, any other value
/// the whole chain below.
pub fn reach(eval: &Eval, effects: &[NormEffect], group: Group) -> Vec<BTreeSet<usize>> {
    let reach = effects.iter();
    reach
        .map(|e| below(eval, e.rule, group, e.kind != Kind::Lifted))
        .collect()
}

/// Judges the effects that exist (T or U) in one part of a norm.
pub fn standings<'a>(
    eval: &Eval<'a>,
    effects: &[NormEffect<'a>],
    reach: &[BTreeSet<usize>],
    place: usize,
) -> Vec<Standing<'a>> {
    let here: Vec<usize> = (0..effects.len())
        .filter(|i| effects[*i].territory.truth[place] != F)
        .collect();
    let against = |e: &usize| {
        let all = 0..here.len();
        all.filter(|d| reach[here[*d]].contains(&effects[*e].rule))
            .collect()
    };
    let defeaters: Vec<Vec<usize>> = here.iter().map(against).collect();
    let here: Vec<&NormEffect> = here.iter().map(|i| &effects[*i]).collect();
    let mut settled: Vec<Option<Standing<'a>>> = vec![None; here.len()];
    for i in 0..here.len() {
        settle(eval, &here, &defeaters, place, i, &mut settled);
    }
    settled.into_iter().flatten().collect()
}

/// §8 existence and activity, §9 standing, floor and why.
fn settle<'a>(
    eval: &Eval<'a>,
    effects: &[&NormEffect<'a>],
    defeaters: &[Vec<usize>],
    place: usize,
    i: usize,
    settled: &mut Vec<Option<Standing<'a>>>,
) {
    if settled[i].is_some() {
        return;
    }
    for &d in &defeaters[i] {
        settle(eval, effects, defeaters, place, d, settled);
    }
    let e = effects[i];
    let above: Vec<&Standing> = defeaters[i]
        .iter()
        .filter_map(|d| settled[*d].as_ref())
        .collect();
    let territory = Judged::leaf(
        e.territory.truth[place],
        e.territory.needs[place].clone(),
        Keys::new(),
    );
    let exists = Judged::all(vec![e.condition.clone(), territory]);
    let floor = floor(&above, settled);
    let timing = eval.timing(e.decl, &eval.link.rules[e.rule].counting, &floor);
    let life = eval.life(e.decl, &timing);
    let lives = match life {
        Life::Live => T,
        Life::Unknown => U,
        Life::NotBegun | Life::Ended(_) => F,
    };
    let active = exists.truth.and(lives);
    let stands = above.iter().fold(active, |s, d| s.and(d.stands.not()));
    let mut why = Keys::new();
    if stands == U {
        if active == U {
            why.extend(&exists.needs);
            if life == Life::Unknown {
                why.extend(&timing.needs);
            }
        }
        for d in above.iter().filter(|d| d.stands == U) {
            why.extend(&d.why);
        }
    }
    // Where its time is not now, the doubt is whether it exists and is defeated at all.
    let untimely = matches!(life, Life::NotBegun | Life::Ended(_));
    let overruled = above.iter().any(|d| d.stands == T);
    if untimely && !overruled {
        why.extend(&exists.needs);
        for d in above.iter().filter(|d| d.stands == U) {
            why.extend(&d.why);
        }
    }
    let overruled_by = defeaters[i].iter().zip(&above).find(|(_, d)| d.stands == T);
    let standing = Standing {
        rule: e.rule,
        kind: e.kind,
        decl: e.decl,
        certain: exists.truth == T && (overruled || above.iter().all(|d| d.stands != U)),
        exists,
        assumed: &e.member_assumed | &e.territory.assumed,
        timing,
        life,
        active,
        stands,
        why,
        defeaters: defeaters[i].clone(),
        overruled_by: overruled_by.map(|(d, _)| *d),
    };
    settled[i] = Some(standing);
}

/// §9, the floor, from the effects that would defeat it.
fn floor(above: &[&Standing], settled: &[Option<Standing>]) -> Floor {
    let mut floor = Floor::default();
    for d in above {
        let Life::Ended(end) = d.life else { continue };
        let over: Vec<&Standing> = d
            .defeaters
            .iter()
            .filter_map(|x| settled[*x].as_ref())
            .collect();
        if over.iter().any(|x| x.stands == T) {
            continue;
        }
        if d.exists.truth == T && over.iter().all(|x| x.stands == F) {
            floor.at = floor.at.max(Some(end));
            continue;
        }
        floor.unknown = true;
        floor.needs.extend(&d.exists.needs);
        for x in over.iter().filter(|x| x.stands == U) {
            floor.needs.extend(&x.why);
        }
    }
    floor
}
