//! What the author of a program may not have meant: from exact questions about every case to findings as data.
//!
//! Nothing here keeps a program from being built. Invariant: a finding is one in every case there is, or comes with a case
//! that was given to the evaluator; a question that the limits do not allow to decide is kept as such. Findings name rows of
//! the program, and say nothing in words: whoever has the sources knows the places.

mod asked;
mod conditions;
mod conflicts;
mod duplicates;
mod gaps;
mod idle;

use std::collections::BTreeSet;

use super::proof::Undecided;
use super::question::Inquiry;
use super::situation::Situation;
use crate::model::{EffectId, NormId, PackId, PackStatus, RuleId, SetId, VersionId};
use crate::pack::Program;
use asked::Asked;

/// How many pairs of rules that conflict on one norm are shown with a case; the others are counted.
pub const CONFLICTS_SHOWN: usize = 3;

/// Something that the author may not have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A version of a rule that applies in no case.
    Never(VersionId, Excluded),
    /// An exception, or a rule that overrides another, and the rule that it never meets: there is no case in which both
    /// apply with a norm and a place in common.
    Apart(VersionId, RuleId),
    /// Two effects that contradict each other.
    Conflict(Conflict),
    /// Days on which something dated is not there, between two of its versions.
    Gap(Gap),
    /// Two effects of two versions that are in force together and say the same in every case.
    Duplicate([EffectId; 2]),
    /// A condition, or a part of one, with one answer in all cases.
    Constant(Constant),
}

/// What keeps a version from ever applying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excluded {
    /// Its own condition.
    Own,
    /// The days on which it and its pack are in force.
    Dates,
    /// The condition of its pack, together with its own.
    Pack,
    /// Its base, which never applies either.
    Base,
}

/// Two effects that contradict each other, and a case in which they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The norm.
    pub norm: NormId,
    /// The effects, in the order of the program.
    pub effects: [EffectId; 2],
    /// The smallest case in which both stand.
    pub case: Situation,
}

/// What has versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// A rule.
    Rule(RuleId),
    /// A named set.
    Set(SetId),
}

/// Days between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Of what.
    pub of: Dated,
    /// The first day without a version.
    pub from: i32,
    /// The first day with one again.
    pub until: i32,
    /// The later version, by its number among those of the rule or set.
    pub next: usize,
}

/// Where a condition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// The `applies when` of a pack.
    Pack(PackId),
    /// The `when` of a version of a rule.
    Version(VersionId),
    /// The guard of a norm.
    Guard(NormId),
    /// A property, by its number.
    Property(usize),
}

/// A condition, or a part of one, with one answer in all cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// The condition.
    pub of: Owner,
    /// Which operand of which operand, from the whole condition down; empty for the whole.
    pub path: Vec<u16>,
    /// The node, by its number among all nodes of the program: [`super::words::condition`] writes it.
    pub node: usize,
    /// True if it is false in no case, false if it is true in none.
    pub answer: bool,
    /// In how many other conditions of the pack the same words stand.
    pub others: usize,
}

/// A question that was not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether a version ever applies.
    Never(VersionId),
    /// Whether a version ever meets what it is above.
    Apart(VersionId, RuleId),
    /// Which rules conflict on a norm.
    Conflict(NormId),
    /// Whether two effects say the same.
    Duplicate([EffectId; 2]),
    /// Whether a condition or a part of it has one answer.
    Constant(Owner),
}

/// What was found in a program.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// What was found, by kind, then in the order of the program.
    pub findings: Vec<Finding>,
    /// Norms on which more pairs of rules conflict than are shown, and how many more.
    pub more_conflicts: Vec<(NormId, usize)>,
    /// What was not decided, and why.
    pub undecided: Vec<(Question, Undecided)>,
}

/// Reviews the only program of an inquiry. On the norms in `shown` the conflict between packs is known to the author, for a
/// scenario shows it.
#[must_use]
pub fn review(inquiry: &mut Inquiry<'_>, shown: &BTreeSet<NormId>) -> Review {
    let mut review = Review::default();
    let mut asked = Asked::new(inquiry);
    idle::find(&mut asked, &mut review);
    conflicts::find(&mut asked, shown, &mut review);
    gaps::find(&asked.inquiry.programs[0], &mut review);
    duplicates::find(&mut asked, &mut review);
    conditions::find(&mut asked, &mut review);
    review
}

impl Review {
    fn undecided(&mut self, question: Question, why: impl Into<Undecided>) {
        self.undecided.push((question, why.into()));
    }
}

/// True if a pack is never evaluated.
fn is_annulled(program: &Program<'_>, pack: PackId) -> bool {
    program.packs.at(pack.index()).status == PackStatus::Annulled as u8
}

/// The rule of an effect.
fn rule_of(program: &Program<'_>, effect: EffectId) -> RuleId {
    let version = program.effects.at(effect.index()).version;
    RuleId(program.versions.at(usize::from(version)).rule)
}

/// The pack of a rule.
fn pack_of(program: &Program<'_>, rule: RuleId) -> PackId {
    PackId(program.rules.at(rule.index()).pack)
}
