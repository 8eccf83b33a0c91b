//! The status of an effect, and what looks at it: `missed` and `met` (LANGUAGE.md §11).

use super::case::{Eval, Event};
use super::defeat::Standing;
use super::effects::Kind;
use super::link::bare;
use super::norm::{EffectAnswer, NormAnswer, Part, State};
use super::outcome::Outcome;
use super::timing::{Life, Spot};
use super::truth::{F, Judged, Key, Keys, U};
use exequatur::syntax::ast::Target;

/// How an effect stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It cannot be performed yet.
    Waiting,
    /// It was performed before it could be.
    Early,
    /// It can be performed.
    Running,
    /// It was performed in time.
    Met,
    /// It was performed too late.
    MetLate,
    /// It was not performed in time.
    Breached,
    /// A right that has ended.
    Lapsed,
    /// Without undue delay.
    Open,
    /// Nobody can say.
    Unknown,
}

impl Status {
    /// Its word in an answer.
    pub fn word(self) -> &'static str {
        match self {
            Status::Waiting => "waiting",
            Status::Early => "early",
            Status::Running => "running",
            Status::Met => "met",
            Status::MetLate => "met_late",
            Status::Breached => "breached",
            Status::Lapsed => "lapsed",
            Status::Open => "open",
            Status::Unknown => "unknown",
        }
    }
}

impl Eval<'_> {
    /// Is an event null?
    pub fn is_null(&self, event: usize) -> bool {
        self.events[event] == Event::Unknown
    }

    /// Does the case not speak of an event?
    pub fn is_absent(&self, event: usize) -> bool {
        self.events[event] == Event::Absent
    }
}

/// §11: the status of an effect, and what an unknown one needs beyond its windows.
pub fn status(eval: &Eval, norm: usize, s: &Standing) -> (Option<Status>, Keys) {
    let n = &eval.link.norms[norm];
    match s.kind {
        Kind::Lifted => (None, Keys::new()),
        Kind::May => (
            Some(match s.life {
                Life::Unknown => Status::Unknown,
                Life::NotBegun => Status::Waiting,
                Life::Ended(_) => Status::Lapsed,
                Life::Live => Status::Running,
            }),
            Keys::new(),
        ),
        Kind::Must if !s.timing.lasting => {
            with_null(eval, n.done, |done| due_status(eval, s, done))
        }
        _ => with_null(eval, n.broken, |broken| lasting_status(eval, s, broken)),
    }
}

/// A null event leaves the status unknown, and is what it needs.
fn with_null(
    eval: &Eval,
    event: Option<usize>,
    status: impl FnOnce(Option<i64>) -> Status,
) -> (Option<Status>, Keys) {
    match event.map(|e| (e, eval.events[e])) {
        Some((e, Event::Unknown)) => (Some(Status::Unknown), Keys::from([Key::Event(e)])),
        Some((_, Event::Happened(t))) => (Some(status(Some(t))), Keys::new()),
        _ => (Some(status(None)), Keys::new()),
    }
}

/// §11: a `must` without a lasting window, first that fits.
fn due_status(eval: &Eval, s: &Standing, done: Option<i64>) -> Status {
    let t = &s.timing;
    if t.due == Spot::Unknown || t.not_before == Spot::Unknown {
        return Status::Unknown;
    }
    let late = |at: i64| match t.due {
        Spot::At(due) => at > due || (t.exclusive && at == due),
        _ => false,
    };
    let before = |at: i64| match t.not_before {
        Spot::Waiting => true,
        Spot::At(nb) => at < nb,
        _ => false,
    };
    match done {
        Some(at) if before(at) => Status::Early,
        Some(at) if late(at) => Status::MetLate,
        Some(_) => Status::Met,
        None if before(eval.now) || t.due == Spot::Waiting => Status::Waiting,
        None if late(eval.now) => Status::Breached,
        None if t.due == Spot::Open => Status::Open,
        None => Status::Running,
    }
}

/// §11: a lasting `must`, and `must not`.
fn lasting_status(eval: &Eval, s: &Standing, broken: Option<i64>) -> Status {
    if s.life == Life::Unknown {
        return Status::Unknown;
    }
    let after_start = |at: i64| match s.timing.start {
        Spot::At(start) => at >= start,
        Spot::Waiting => false,
        _ => true,
    };
    let before_end = |at: i64| match s.timing.end {
        Spot::At(end) => at < end,
        _ => true,
    };
    match broken {
        Some(at) if after_start(at) && before_end(at) => Status::Breached,
        _ if !after_start(eval.now) => Status::Waiting,
        _ if matches!(s.life, Life::Ended(_)) => Status::Met,
        _ => Status::Running,
    }
}

impl<'a> Eval<'a> {
    /// §11: `missed R` and `met R`.
    pub fn looks(&self, name: &str, on: Option<&Target>, scope: usize) -> (Judged, Judged) {
        let versions = self.link.rule_versions(scope, name);
        let no = || (Judged::plain(F), Judged::plain(F));
        let Some(rule) = self.present_version(&versions) else {
            return no();
        };
        if !self.link.packs[self.link.rules[rule].pack].decides {
            return no();
        }
        let mut missed = Vec::new();
        let mut met = Vec::new();
        for (n, norm) in self.link.norms.iter().enumerate() {
            let named = on.is_none_or(|t| {
                bare(&t.norm.text) == norm.decl.name.text
                    && self.link.speaks_of(t.of.as_ref(), norm.member)
            });
            // Only the norms of its own `must`s are looked at: the others may look back.
            let speaks = norm.rules.contains(&rule) && self.demands(rule, n);
            if !named || !speaks {
                continue;
            }
            let answer = self.norm(n);
            for part in &answer.parts {
                let own = part.effects.iter();
                let own = own.filter(|e| e.standing.rule == rule && e.standing.kind == Kind::Must);
                for effect in own {
                    let (a, b) = look(&answer, part, effect);
                    missed.push(a);
                    met.push(b);
                }
            }
        }
        if met.is_empty() {
            return no();
        }
        (Judged::any(missed), Judged::all(met))
    }

    /// Does a rule say `must` of a norm?
    fn demands(&self, rule: usize, norm: usize) -> bool {
        let family = &self.link.norms[norm].decl.name.text;
        self.link.rules[rule].decl.then.iter().any(|e| {
            let target = e.target.as_ref();
            super::effects::kind_of(&e.value) == Kind::Must
                && target.is_some_and(|t| bare(&t.norm.text) == family.as_str())
        })
    }
}

/// §11: what one `must` in one part answers to `missed` and to `met`.
fn look(answer: &NormAnswer, part: &Part, effect: &EffectAnswer) -> (Judged, Judged) {
    let s = &effect.standing;
    if s.overruled_by.is_some() {
        return (Judged::plain(F), Judged::plain(F));
    }
    let ended_maybe = matches!(s.life, Life::Ended(_)) && !s.certain;
    let withheld = matches!(effect.state, State::Withheld(_));
    let in_conflict =
        part.conflict || part.conflict_undetermined || part.outcome == Outcome::Conflict;
    let vague = matches!(effect.status, Some(Status::Unknown | Status::Open));
    if s.stands == U || ended_maybe || in_conflict || withheld || vague {
        let mut needs = effect.settles.clone();
        if withheld && let Some(guard) = &answer.guard {
            needs.extend(&guard.needs);
        }
        let unknown = || Judged::leaf(U, needs.clone(), Keys::new());
        return (unknown(), unknown());
    }
    let is = |wanted: &[Status]| Judged::plain(effect.status.is_some_and(|x| wanted.contains(&x)));
    (is(&[Status::Breached, Status::MetLate]), is(&[Status::Met]))
}
