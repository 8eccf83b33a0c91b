//! Rules to effects: conditions, members, territory and its parts (LANGUAGE.md §8).

use super::case::{Eval, Fact, Val};
use super::cond::Place;
use super::link::bare;
use super::truth::{F, Judged, Key, Keys, T, Truth, U};
use exequatur::syntax::ast::*;
use std::rc::Rc;

/// The value of an effect, without its windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `must`.
    Must,
    /// `may`.
    May,
    /// `must not`.
    MustNot,
    /// `lifted`.
    Lifted,
}

/// Which effects are judged together: those that decide, or those of one pack beside them (§12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// All packs that decide.
    Deciding,
    /// One pack that does not.
    Beside(usize),
}

/// Where an effect holds, place by place.
#[derive(Clone, Debug)]
pub struct Territory {
    /// No, maybe, yes.
    pub truth: Vec<Truth>,
    /// What each maybe needs.
    pub needs: Vec<Keys>,
    /// The presumed facts that it reads.
    pub assumed: Keys,
}

/// An effect of a present rule on one norm, in all its territory.
#[derive(Clone, Debug)]
pub struct NormEffect<'a> {
    /// The rule.
    pub rule: usize,
    /// The value.
    pub kind: Kind,
    /// The declaration.
    pub decl: &'a Effect,
    /// The condition of the rule and of the member.
    pub condition: Judged,
    /// What the condition of the member rests on.
    pub member_assumed: Keys,
    /// Where.
    pub territory: Territory,
}

/// The kind of a value.
pub fn kind_of(value: &EffectValue) -> Kind {
    match value {
        EffectValue::Must(_) => Kind::Must,
        EffectValue::May(_) => Kind::May,
        EffectValue::MustNot(_) => Kind::MustNot,
        EffectValue::Lifted => Kind::Lifted,
    }
}

impl<'a> Eval<'a> {
    /// Where the conditions and effects of a rule are read.
    pub fn place_of(&self, rule: usize) -> Place<'_> {
        let rule = &self.link.rules[rule];
        Place {
            pack: rule.pack,
            scope: rule.pack,
            zone: &rule.zone,
            guard: false,
        }
    }

    /// §8: the condition of a present rule.
    pub fn condition(&self, rule: usize) -> Rc<Judged> {
        if let Some(known) = &self.conditions.borrow()[rule] {
            return known.clone();
        }
        let place = self.place_of(rule);
        let r = &self.link.rules[rule];
        let mut parts = Vec::new();
        if let Some(applies) = &self.link.packs[r.pack].file.pack.applies {
            // The pack's own condition uses the pack's own zone.
            let zone = &self.link.packs[r.pack].zone;
            parts.push(self.cond(applies, Place { zone, ..place }));
        }
        if let Some(when) = &r.decl.when {
            parts.push(self.cond(when, place));
        }
        if r.decl.exception_to.is_some() && !r.decl.regardless {
            parts.push(match self.present_version(&r.base) {
                Some(base) => (*self.condition(base)).clone(),
                None => Judged::plain(F),
            });
        }
        let judged = Rc::new(Judged::all(parts));
        self.conditions.borrow_mut()[rule] = Some(judged.clone());
        judged
    }

    /// §8, an effect speaks of one norm: the further condition of the member, `None` if the effect does not speak
    /// of the norm at all.
    fn member_condition(&self, rule: usize, effect: &Effect, norm: usize) -> Option<Judged> {
        let n = &self.link.norms[norm];
        let Some(target) = &effect.target else {
            let targets = self.link.rules[rule].targets.iter();
            let mut present = targets.filter(|t| self.present[**t]);
            return present
                .any(|t| self.speaks(*t, norm))
                .then(|| Judged::plain(T));
        };
        if bare(&target.norm.text) != n.decl.name.text {
            return None;
        }
        if let Some(TargetOf::Name(name)) = &target.of
            && let Some(Key::Fact(f)) = self.link.key(&name.text)
        {
            let key = Keys::from([Key::Fact(f)]);
            let member = n.member.expect("a member of a family");
            let includes = |v: &Val| match v {
                Val::Members(list) => Truth::from(list.iter().any(|m| m == member)),
                _ => panic!("`{}` is not a set", name.text),
            };
            return Some(match &self.facts[f] {
                Fact::Given(v) => Judged::plain(includes(v)),
                Fact::Assumed(v) => Judged::leaf(includes(v), Keys::new(), key),
                Fact::Unknown => Judged::leaf(U, key, Keys::new()),
            });
        }
        let speaks = self.link.speaks_of(target.of.as_ref(), n.member);
        speaks.then(|| Judged::plain(T))
    }

    /// Has a rule an effect on a norm, whatever the case says?
    fn speaks(&self, rule: usize, norm: usize) -> bool {
        let effects = &self.link.rules[rule].decl.then;
        effects
            .iter()
            .any(|e| self.member_condition(rule, e, norm).is_some())
    }

    /// How many places there are: a link without a territory has one.
    pub fn places(&self) -> usize {
        self.link.territory.len().max(1)
    }

    fn everywhere(&self) -> Territory {
        Territory {
            truth: vec![T; self.places()],
            needs: vec![Keys::new(); self.places()],
            assumed: Keys::new(),
        }
    }

    /// §8, territory.
    fn territory(&self, rule: usize, effect: &Effect, norm: usize) -> Territory {
        if let Some(across) = &effect.across {
            let universe = &self.link.territory;
            let members = self.members(across, universe, self.place_of(rule));
            let needs = members.truth.iter().map(|t| match t {
                U => members.unknown.clone(),
                _ => Keys::new(),
            });
            return Territory {
                needs: needs.collect(),
                truth: members.truth,
                assumed: members.assumed,
            };
        }
        // Without a base, or where the base has no effect, there is nothing to inherit.
        let Some(base) = self.present_version(&self.link.rules[rule].base) else {
            return self.everywhere();
        };
        let inherited = self.link.rules[base].decl.then.iter();
        let inherited = inherited.filter(|e| self.member_condition(base, e, norm).is_some());
        let all: Vec<Territory> = inherited.map(|e| self.territory(base, e, norm)).collect();
        let mut all = all.into_iter();
        let Some(mut union) = all.next() else {
            return self.everywhere();
        };
        for next in all {
            for (i, truth) in next.truth.into_iter().enumerate() {
                union.truth[i] = union.truth[i].or(truth);
                union.needs[i].extend(&next.needs[i]);
            }
            union.assumed.extend(next.assumed);
        }
        for (truth, needs) in union.truth.iter().zip(&mut union.needs) {
            if *truth != U {
                needs.clear();
            }
        }
        union
    }

    /// The effects on a norm of the present rules of a group whose condition is not F.
    pub fn effects_on(&self, norm: usize, group: Group) -> Vec<NormEffect<'a>> {
        let mut found = Vec::new();
        for &rule in &self.link.norms[norm].rules {
            if !self.present[rule] || !self.in_group(rule, group) {
                continue;
            }
            let decl = self.link.rules[rule].decl;
            let condition = self.condition(rule);
            if condition.truth == F {
                continue;
            }
            for effect in &decl.then {
                let Some(member) = self.member_condition(rule, effect, norm) else {
                    continue;
                };
                if member.truth == F {
                    continue;
                }
                let member_assumed = member.assumed.clone();
                found.push(NormEffect {
                    member_assumed,
                    rule,
                    kind: kind_of(&effect.value),
                    decl: effect,
                    condition: Judged::all(vec![(*condition).clone(), member]),
                    territory: self.territory(rule, effect, norm),
                });
            }
        }
        found
    }

    /// Does a rule belong to a group?
    pub fn in_group(&self, rule: usize, group: Group) -> bool {
        let pack = self.link.rules[rule].pack;
        match group {
            Group::Deciding => self.link.packs[pack].decides,
            Group::Beside(p) => pack == p,
        }
    }

    /// §8: the parts of a norm's territory, each as its places, in the order of their first.
    pub fn parts(&self, effects: &[NormEffect]) -> Vec<Vec<usize>> {
        let mut parts: Vec<(Vec<Truth>, Vec<usize>)> = Vec::new();
        for place in 0..self.places() {
            let says: Vec<Truth> = effects.iter().map(|e| e.territory.truth[place]).collect();
            match parts.iter_mut().find(|(key, _)| *key == says) {
                Some((_, places)) => places.push(place),
                None => parts.push((says, vec![place])),
            }
        }
        parts.into_iter().map(|(_, places)| places).collect()
    }
}
