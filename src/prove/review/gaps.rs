//! Days without a version: from the intervals of a rule or a named set to the days between two of them.
//!
//! Invariant: days on which the pack of a rule is not in force are no gap. That a rule begins or ends is what its author
//! wrote; that it is away for a while is what two dates say together, and nobody may have read them together.

use super::{Dated, Finding, Gap, Review, is_annulled, pack_of};
use crate::model::{RuleId, SetId};
use crate::pack::Program;

pub(super) fn find(program: &Program<'_>, review: &mut Review) {
    for (index, row) in (0u16..).zip(program.sets.iter()) {
        let versions = program
            .set_versions
            .range(row.versions.first, row.versions.count);
        let versions = versions.map(|version| (version.from, version.until));
        let of = Dated::Set(SetId(index));
        gaps(of, versions.collect(), (i32::MIN, i32::MAX), review);
    }
    for (index, row) in (0u16..).zip(program.rules.iter()) {
        let pack = pack_of(program, RuleId(index));
        if is_annulled(program, pack) {
            continue;
        }
        let pack = program.packs.at(pack.index());
        let versions = program
            .versions
            .range(row.versions.first, row.versions.count);
        let versions = versions.map(|version| (version.from, version.until));
        let of = Dated::Rule(RuleId(index));
        gaps(of, versions.collect(), (pack.from, pack.until), review);
    }
}

fn gaps(of: Dated, versions: Vec<(i32, i32)>, within: (i32, i32), review: &mut Review) {
    let mut ordered: Vec<(usize, (i32, i32))> = versions.into_iter().enumerate().collect();
    ordered.sort_unstable_by_key(|(_, interval)| *interval);
    for pair in ordered.windows(2) {
        let [(_, (_, end)), (next, (begin, _))] = pair else {
            continue;
        };
        let (from, until) = ((*end).max(within.0), (*begin).min(within.1));
        if from < until {
            review.findings.push(Finding::Gap(Gap {
                of,
                from,
                until,
                next: *next,
            }));
        }
    }
}
