//! Two versions of rules: from two programs to every way in which their decisions differ, each with a case.
//!
//! Both are asked about one and the same case: at any instant and law date, whatever is unknown, and whichever packs are
//! adopted. Norms are matched by name and member, rules by pack and name, effects of one rule by kind and windows; dated
//! versions of a rule are one rule. Not compared are texts, questions, what is assumed or missing, what packs say that do
//! not decide, and the rule that defeats. Invariant: a difference was shown by the evaluator, under both programs; where
//! it was not, that is said, and never left out.

mod pairs;
mod questions;
mod reading;
mod regions;
mod vocabulary;

use super::formula::{Lit, holds};
use super::proof::Undecided;
use super::question::Inquiry;
use super::scenario::norm_name;
use super::situation::Situation;
use crate::model::RuleId;
use crate::pack::Program;
use pairs::{Pair, rule_name};
use questions::Question;
pub use regions::{REGIONS_MAX, Regions};

/// Of what kind a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// What becomes of a norm.
    Outcome,
    /// What a rule demands, or whether it does.
    Duty,
    /// By when.
    Due,
    /// On the strength of which rule.
    Basis,
    /// What protects: guards, what they hold back, marks that a human is needed.
    Safeguard,
}

impl Aspect {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Aspect::Outcome => "outcome",
            Aspect::Duty => "duty",
            Aspect::Due => "due",
            Aspect::Basis => "basis",
            Aspect::Safeguard => "safeguard",
        }
    }
}

/// What is said differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The outcome of a norm.
    Outcome,
    /// Its outcome before protection.
    Unprotected,
    /// Whether rules contradict each other.
    Conflict,
    /// The guard of a norm.
    Guard,
    /// The kind of a value.
    Kind,
    /// A value that only one of the programs has.
    Value,
    /// Whether a value stands.
    State,
    /// What has become of it in time.
    Status,
    /// When a duty may be done at the earliest.
    NotBefore,
    /// When a duty is due.
    Due,
    /// When a value begins to hold.
    Start,
    /// When it ceases to hold.
    End,
    /// The ceiling of a sanction.
    Ceiling,
    /// The dues of rival readings.
    Rivals,
    /// Whether a human is needed.
    Human,
}

impl What {
    /// Its words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            What::Outcome => "outcome",
            What::Unprotected => "outcome before protection",
            What::Conflict => "conflict",
            What::Guard => "guard",
            What::Kind => "kind",
            What::Value => "value",
            What::State => "state",
            What::Status => "status",
            What::NotBefore => "not before",
            What::Due => "due",
            What::Start => "start",
            What::End => "end",
            What::Ceiling => "ceiling",
            What::Rivals => "other readings",
            What::Human => "human",
        }
    }
}

/// A way in which decisions differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Of what kind it is.
    pub aspect: Aspect,
    /// What is said differently.
    pub what: What,
    /// The rule, by its name in the old program or else in the new one; none where it is no rule's.
    pub rule: Option<String>,
    /// The norm; none where a rule marks the whole answer.
    pub norm: Option<String>,
    /// The places at which it is so in the case; none for everywhere.
    pub places: Vec<String>,
    /// What the old program says in the case.
    pub old: String,
    /// What the new one says.
    pub new: String,
    /// The smallest case in which they differ so.
    pub case: Situation,
    /// In how many regions they do; none where that was not asked.
    pub regions: Option<Regions>,
}

/// A part of the vocabulary or of the texts that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is: `fact`, `event`, `member`, `norm`, `rule`, `pack`, `territory`, `property`, `citations`.
    pub what: &'static str,
    /// Its name.
    pub name: String,
    /// What it was; none, if it is new.
    pub old: Option<String>,
    /// What it is; none, if it is gone.
    pub new: Option<String>,
}

/// A question without an answer.
#[derive(Clone, Debug)]
pub struct Open {
    /// What is perhaps said differently.
    pub what: What,
    /// The rule.
    pub rule: Option<String>,
    /// The norm.
    pub norm: Option<String>,
    /// Why there is no answer.
    pub why: Undecided,
}

/// All that differs between two programs.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// What they can be told, and what they have.
    pub vocabulary: Vec<Change>,
    /// Rules that cite something else.
    pub citations: Vec<Change>,
    /// How decisions differ, by rule.
    pub found: Vec<Difference>,
    /// What could not be decided.
    pub undecided: Vec<Open>,
}

impl Differences {
    /// True if there is no difference, and every question has its answer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.vocabulary.is_empty()
            && self.citations.is_empty()
            && self.found.is_empty()
            && self.undecided.is_empty()
    }
}

/// Every way in which the decisions of two programs differ.
#[must_use]
pub fn diff<'c>(old: Program<'c>, new: Program<'c>) -> Differences {
    let programs = [old, new];
    let mut inquiry = Inquiry::new(&programs);
    let (rules, renamed) = matched(&mut inquiry, &programs);
    let mut all = Differences {
        vocabulary: vocabulary::changes(&programs, &renamed),
        citations: vocabulary::citations(&programs),
        ..Differences::default()
    };
    let mut found: Vec<(usize, Difference)> = Vec::new();
    for question in questions(&mut inquiry, &programs, &rules) {
        match answered(&mut inquiry, &programs, &question) {
            Ok(None) => {}
            Ok(Some((mut difference, rule))) => {
                difference.regions = Some(regions::count(&mut inquiry, question.goal));
                let place = rules.iter().position(|pair| same(*pair, rule));
                found.push((place.unwrap_or(rules.len()), difference));
            }
            Err(why) => all.undecided.push(Open {
                what: question.what,
                rule: name_of(&programs, question.rules),
                norm: question
                    .norms
                    .map(|norms| norm_name(&programs[0], norms[0])),
                why,
            }),
        }
    }
    found.sort_by_key(|(place, difference)| (*place, difference.norm.clone(), difference.aspect));
    all.found = found
        .into_iter()
        .map(|(_, difference)| difference)
        .collect();
    all
}

/// A way in which the decisions of two programs differ, if there is one. The vocabulary is not looked at.
///
/// # Errors
/// [`Undecided`], where no difference was shown and one could not be excluded.
pub fn differ<'c>(old: Program<'c>, new: Program<'c>) -> Result<Option<Difference>, Undecided> {
    let programs = [old, new];
    let mut inquiry = Inquiry::new(&programs);
    let (rules, _) = matched(&mut inquiry, &programs);
    let open = questions(&mut inquiry, &programs, &rules);
    let any = open.iter().map(|question| question.goal);
    let any = any.collect::<Vec<_>>();
    let any = inquiry.world.graph.any(any);
    let first = match inquiry.solve(&[any]) {
        Ok(None) => return Ok(None),
        // What holds in the case that was found is asked first.
        Ok(Some(found)) => {
            let all = inquiry.world.graph.evaluate(&found);
            let is = |question: &Question| holds(&all, question.goal);
            open.iter().map(is).collect::<Vec<_>>()
        }
        // One of them may be easier than all together: an instant that moves is plain to see.
        Err(_) => {
            let is = |question: &Question| question.aspect == Aspect::Due;
            open.iter().map(is).collect()
        }
    };
    let mut open: Vec<(bool, Question)> = first.into_iter().zip(open).collect();
    open.sort_by_key(|(first, _)| !first);
    let mut undecided = None;
    for (_, question) in open {
        match answered(&mut inquiry, &programs, &question) {
            Ok(None) => {}
            Ok(Some((difference, _))) => return Ok(Some(difference)),
            Err(why) => undecided = Some(why),
        }
    }
    undecided.map_or(Ok(None), Err)
}

/// The rules of both programs in pairs, and the names of those that are called otherwise and say the same.
fn matched(
    inquiry: &mut Inquiry<'_>,
    programs: &[Program<'_>; 2],
) -> (Vec<Pair<RuleId>>, Vec<[String; 2]>) {
    let (mut known, mut gone, mut added) = (Vec::new(), Vec::new(), Vec::new());
    for pair in pairs::rules(programs) {
        match pair {
            [Some(rule), None] => gone.push(rule),
            [None, Some(rule)] => added.push(rule),
            _ => known.push(pair),
        }
    }
    let mut renamed = Vec::new();
    for rule in gone {
        let same = added.iter().position(|other| {
            let open = of_pair(inquiry, programs, [Some(rule), Some(*other)]);
            let speaks = open.iter().any(|question| question.what != What::Human);
            speaks && open.iter().all(|question| question.goal == Lit::FALSE)
        });
        let other = same.map(|index| added.remove(index));
        if let Some(other) = other {
            renamed.push([
                rule_name(&programs[0], rule),
                rule_name(&programs[1], other),
            ]);
        }
        known.push([Some(rule), other]);
    }
    known.extend(added.into_iter().map(|rule| [None, Some(rule)]));
    (known, renamed)
}

/// Every question to which the answer is not plain.
fn questions(
    inquiry: &mut Inquiry<'_>,
    programs: &[Program<'_>; 2],
    rules: &[Pair<RuleId>],
) -> Vec<Question> {
    let mut open = Vec::new();
    for norms in pairs::norms(programs) {
        open.extend(questions::of_norms(inquiry, programs, norms));
    }
    for pair in rules {
        open.extend(of_pair(inquiry, programs, *pair));
    }
    open.retain(|question| question.goal != Lit::FALSE);
    open
}

/// The questions of a pair of rules.
fn of_pair(
    inquiry: &mut Inquiry<'_>,
    programs: &[Program<'_>; 2],
    rules: Pair<RuleId>,
) -> Vec<Question> {
    let mut open = Vec::new();
    for norms in pairs::norms(programs) {
        open.extend(questions::of_rule(inquiry, programs, rules, norms));
    }
    open.push(questions::of_marks(inquiry, programs, rules));
    open
}

/// The smallest case for a question, shown by the evaluator.
fn answered(
    inquiry: &mut Inquiry<'_>,
    programs: &[Program<'_>; 2],
    question: &Question,
) -> Result<Option<(Difference, Pair<RuleId>)>, Undecided> {
    // How long a service level is is only bounded: where they are given, the case may be none.
    let [first, second] = inquiry.world.levels;
    let goals = [
        vec![question.clear],
        vec![question.goal],
        vec![question.goal, !first, !second],
    ];
    let (mut found, mut unborne) = (None, None);
    for goal in goals {
        let Some(case) = inquiry.smallest(&goal)? else {
            continue;
        };
        if let Some(shown) = reading::replay(inquiry, question, &case) {
            found = Some((case, shown));
            break;
        }
        unborne = Some(Undecided::of(inquiry, &case));
    }
    let Some((case, shown)) = found else {
        return unborne.map_or(Ok(None), Err);
    };
    let difference = Difference {
        aspect: question.aspect,
        what: question.what,
        rule: name_of(programs, shown.rule),
        norm: question
            .norms
            .map(|norms| norm_name(&programs[0], norms[0])),
        places: shown.places,
        old: shown.old,
        new: shown.new,
        case,
        regions: None,
    };
    Ok(Some((difference, shown.rule)))
}

fn same(pair: Pair<RuleId>, rule: Pair<RuleId>) -> bool {
    let mut sides = pair.iter().zip(&rule);
    sides.any(|(own, other)| own.is_some() && own == other)
}

fn name_of(programs: &[Program<'_>; 2], rules: Pair<RuleId>) -> Option<String> {
    match rules {
        [Some(rule), _] => Some(rule_name(&programs[0], rule)),
        [None, Some(rule)] => Some(rule_name(&programs[1], rule)),
        [None, None] => None,
    }
}
