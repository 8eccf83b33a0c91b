//! What the review of rules found, as warnings at the places of the sources.
//!
//! Invariant: every finding and every question that was not decided is one warning; none keeps a pack from being built.

use std::collections::BTreeSet;

use super::codes;
use super::proof::{in_file, place_of, rule_of};
use crate::check::FileDiagnostic;
use crate::check::ir::{ExpectKind, Ir, Place};
use crate::model::{NormId, Outcome, RuleId, VersionId};
use crate::pack::Program;
use crate::prove::proof::Undecided;
use crate::prove::review::{
    Conflict, Constant, Dated, Excluded, Finding, Gap, Owner, Question, Review,
};
use crate::prove::scenario::{norm_name, scenario};
use crate::prove::words::condition;
use crate::syntax::diagnostic::{Code, Diagnostic};
use crate::time::Date;

/// The norms of which a scenario of the link shows a conflict.
#[must_use]
pub fn conflicts_shown(ir: &Ir) -> BTreeSet<NormId> {
    let mut found = BTreeSet::new();
    for expect in ir.scenarios.iter().flat_map(|scenario| &scenario.expect) {
        match &expect.kind {
            ExpectKind::Norm(expect) if expect.outcome == Outcome::Conflict => {
                found.extend(expect.norms.iter().copied());
            }
            ExpectKind::ConflictOn(norms) => found.extend(norms.iter().copied()),
            _ => {}
        }
    }
    found
}

/// The warnings of a review, in the order of files and places.
pub(super) fn warnings(ir: &Ir, program: &Program<'_>, review: &Review) -> Vec<FileDiagnostic> {
    let desk = Desk { ir, program };
    let mut found: Vec<FileDiagnostic> = review
        .findings
        .iter()
        .map(|finding| desk.warning(finding))
        .collect();
    for (norm, count) in &review.more_conflicts {
        let place = ir.norms[norm.index()].place;
        let name = norm_name(program, *norm);
        let message = format!("{count} more pairs of rules conflict on `{name}`");
        found.push(warning(place, codes::RULES_CONFLICT, message, |found| {
            found
        }));
    }
    for (question, why) in &review.undecided {
        found.push(desk.not_reviewed(*question, why));
    }
    found.sort_by_key(|found| {
        (
            found.file,
            found.diagnostic.primary.start,
            found.diagnostic.code,
        )
    });
    found
}

fn warning(
    place: Place,
    code: Code,
    message: String,
    more: impl FnOnce(Diagnostic) -> Diagnostic,
) -> FileDiagnostic {
    in_file(place, more(Diagnostic::warning(code, place.span, message)))
}

struct Desk<'d> {
    ir: &'d Ir,
    program: &'d Program<'d>,
}

impl Desk<'_> {
    fn rule(&self, version: VersionId) -> String {
        self.rule_name(self.ir.versions[version.index()].rule)
    }

    fn rule_name(&self, rule: RuleId) -> String {
        let (pack, name) = self.program.rule_name(rule);
        format!("{pack}/{name}")
    }

    fn place(&self, version: VersionId) -> Place {
        self.ir.versions[version.index()].place
    }

    fn warning(&self, finding: &Finding) -> FileDiagnostic {
        match finding {
            Finding::Never(version, excluded) => self.never(*version, *excluded),
            Finding::Apart(version, above) => {
                let message = format!(
                    "rule `{}` never applies together with `{}`, which it should defeat",
                    self.rule(*version),
                    self.rule_name(*above)
                );
                let help = "there is no case in which both apply to one norm in one place: is a condition too narrow?";
                warning(self.place(*version), codes::NEVER_MEETS, message, |found| {
                    found.help(help)
                })
            }
            Finding::Conflict(conflict) => self.conflict(conflict),
            Finding::Gap(gap) => self.gap(gap),
            Finding::Duplicate([first, second]) => {
                let message = format!(
                    "rule `{}` says in every case what `{}` says",
                    rule_of(self.program, *second),
                    rule_of(self.program, *first)
                );
                let place = place_of(self.ir, self.program, *second);
                let help = "one of the two can go, or one of them was meant to differ";
                warning(place, codes::SAID_TWICE, message, |found| found.help(help))
            }
            Finding::Constant(constant) => self.constant(constant),
        }
    }

    fn never(&self, version: VersionId, excluded: Excluded) -> FileDiagnostic {
        let message = format!("rule `{}` can never apply", self.rule(version));
        let help = match excluded {
            Excluded::Own => "no case fulfils its own condition",
            Excluded::Dates => "it and its pack are never in force on one day",
            Excluded::Pack => "no case fulfils its condition and the `applies when` of its pack",
            Excluded::Base => "the rule to which it is an exception can never apply",
        };
        warning(
            self.place(version),
            codes::NEVER_APPLIES,
            message,
            |found| found.help(help),
        )
    }

    fn conflict(&self, conflict: &Conflict) -> FileDiagnostic {
        let [first, second] = conflict.effects;
        let [one, other] = conflict.effects.map(|effect| rule_of(self.program, effect));
        let norm = norm_name(self.program, conflict.norm);
        let pack = |name: &str| name.split('/').next().map(str::to_string);
        let (code, help) = if pack(&one) == pack(&other) {
            let help = "let one be an exception to the other, or override it, or show the conflict in a scenario";
            (codes::RULES_CONFLICT, help)
        } else {
            let help = "a conflict of laws is an answer, too: show it in a scenario that expects the conflict";
            (codes::PACKS_CONFLICT, help)
        };
        let message = format!("`{one}` and `{other}` contradict each other on `{norm}`");
        let title = format!("{one} against {other}");
        let outcome = if self.ir.norms[conflict.norm.index()].guards.is_empty() {
            format!("{norm} conflict")
        } else {
            format!("conflict on {norm}")
        };
        let example = scenario(self.program, &conflict.case, &title, &[outcome]);
        let place = place_of(self.ir, self.program, second);
        let mut found = warning(place, code, message, |found| {
            found.help(help).example(example)
        });
        super::proof::also(
            &mut found,
            place_of(self.ir, self.program, first),
            "the other one",
        );
        found
    }

    fn gap(&self, gap: &Gap) -> FileDiagnostic {
        let (what, place) = match gap.of {
            Dated::Rule(rule) => {
                let versions = &self.ir.rules[rule.index()].versions;
                let next = versions.get(gap.next).or(versions.first());
                let place = next.map(|version| self.place(*version));
                (format!("rule `{}`", self.rule_name(rule)), place)
            }
            Dated::Set(set) => {
                let set = &self.ir.sets[set.index()];
                (format!("set `{}`", set.name), Some(set.place))
            }
        };
        let [from, until] = [gap.from, gap.until].map(Date::from_days);
        let message = format!("{what} has no version from {from} until {until}");
        let place = place.unwrap_or(self.ir.packs[0].place);
        let help = "no older version revives: on these days it is as if never written";
        warning(place, codes::VERSION_GAP, message, |found| found.help(help))
    }

    fn constant(&self, constant: &Constant) -> FileDiagnostic {
        let words = condition(self.program, constant.node);
        let (place, of) = match constant.of {
            Owner::Pack(pack) => (
                self.ir.packs[pack.index()].place,
                "`applies when`".to_string(),
            ),
            Owner::Version(version) => (
                self.place(version),
                format!("the condition of `{}`", self.rule(version)),
            ),
            Owner::Guard(norm) => {
                let name = norm_name(self.program, norm);
                (
                    self.ir.norms[norm.index()].place,
                    format!("the guard of `{name}`"),
                )
            }
            Owner::Property(index) => {
                (self.ir.properties[index].place, "this property".to_string())
            }
        };
        let (code, always) = if constant.answer {
            (codes::ALWAYS_TRUE, "never false")
        } else {
            (codes::ALWAYS_FALSE, "never true")
        };
        let message = format!("`{words}` in {of} is {always}");
        warning(place, code, message, |found| match constant.others {
            0 => found.help("whatever the case, it makes no difference: was something else meant?"),
            count => found.help(format!("and so in {count} more conditions of the pack")),
        })
    }

    fn not_reviewed(&self, question: Question, why: &Undecided) -> FileDiagnostic {
        let (place, what) = match question {
            Question::Never(version) => (
                self.place(version),
                format!("whether `{}` can apply", self.rule(version)),
            ),
            Question::Apart(version, above) => {
                let (one, other) = (self.rule(version), self.rule_name(above));
                (
                    self.place(version),
                    format!("whether `{one}` ever meets `{other}`"),
                )
            }
            Question::Conflict(norm) => {
                let name = norm_name(self.program, norm);
                (
                    self.ir.norms[norm.index()].place,
                    format!("which rules conflict on `{name}`"),
                )
            }
            Question::Duplicate([_, second]) => {
                let rule = rule_of(self.program, second);
                let place = place_of(self.ir, self.program, second);
                (
                    place,
                    format!("whether `{rule}` says what another rule says"),
                )
            }
            Question::Constant(owner) => {
                let place = match owner {
                    Owner::Pack(pack) => self.ir.packs[pack.index()].place,
                    Owner::Version(version) => self.place(version),
                    Owner::Guard(norm) => self.ir.norms[norm.index()].place,
                    Owner::Property(index) => self.ir.properties[index].place,
                };
                (
                    place,
                    "whether a condition is always true or false".to_string(),
                )
            }
        };
        let message = format!("not decided {what}: {why}");
        warning(place, codes::NOT_REVIEWED, message, |found| found)
    }
}
