//! A version of a rule to its truth, and to what is assumed for it.
//!
//! Its conditions are its pack's, its own, and those of the bases it inherits from, taken together as one `and`
//! (`docs/LANGUAGE.md` §6, §7). Invariant: what the index tells of a version is what its conditions would.

use super::answer::{Pass, Tools};
use super::condition::{self, Finding, Fold};
use super::context::{Context, Settled};
use super::memory::Output;
use super::needs;
use super::slot::Slots;
use crate::model::{PackId, Truth, VersionId};
use crate::pack::format::{NONE16, NONE32};

impl Pass<'_> {
    /// Evaluates the condition of a version, of which the index may know the truth, and that it rests on nothing.
    pub(super) fn version(
        &self,
        version: VersionId,
        known: Option<Truth>,
        tools: &mut Tools<'_>,
        output: &mut Output<'_>,
    ) {
        let pack = self.program.pack_of(version);
        let context = self.context(output);
        if !context.is_present(version) {
            output.truths.put(version.index(), Truth::False);
            return;
        }
        if let Some(known) = known {
            let whole = self.has_its_bases(&context, version);
            let truth = if whole { known } else { Truth::False };
            output.truths.put(version.index(), truth);
            return;
        }
        let (mut fold, mut last, mut idle) = (Fold::all(), NONE32, false);
        needs::each_condition(&context, version, |cond, of_pack| {
            if !idle {
                let found = self.find(&context, cond, of_pack, tools);
                last = if of_pack.is_some() { NONE32 } else { cond };
                fold.add(found);
                idle = found.is_idle();
            }
        });
        // The base's condition is part of it, and an absent base makes it false, resting on nothing.
        if !self.has_its_bases(&context, version) {
            output.truths.put(version.index(), Truth::False);
            return;
        }
        let whole = fold.end();
        context.note(whole.until);
        output.truths.put(version.index(), whole.truth);
        if whole.rests && tools.decides.at(pack.index()) {
            self.assume(version, whole.truth, last, tools, output);
        }
    }

    /// What becomes of a condition; of that of a pack, which all its rules share, only once in an answer.
    fn find(
        &self,
        context: &Context<'_>,
        cond: u32,
        of_pack: Option<PackId>,
        tools: &mut Tools<'_>,
    ) -> Finding {
        let known = of_pack.and_then(|pack| tools.applied.at(pack.index()));
        known.unwrap_or_else(|| {
            let found = condition::find(context, cond, &mut tools.bench.nodes);
            if let Some(pack) = of_pack {
                tools.applied.put(pack.index(), Some(found));
            }
            found
        })
    }

    /// Adds what the condition of a version rests on, its conditions taken together as one `and`; `last` is the one that
    /// stands in the scratch.
    fn assume(
        &self,
        version: VersionId,
        whole: Truth,
        mut last: u32,
        tools: &mut Tools<'_>,
        output: &mut Output<'_>,
    ) {
        let Output {
            law_dates,
            parts,
            entries,
            needs,
            norm_parts,
            assumed,
            ..
        } = output;
        let settled = Settled {
            parts,
            entries,
            needs,
            norm_parts,
        };
        let context = self.over(law_dates, settled);
        let nodes = &mut tools.bench.nodes;
        needs::each_condition(&context, version, |cond, of_pack| {
            let known = of_pack.and_then(|pack| tools.applied.at(pack.index()));
            if known.is_some_and(|found| !found.bears(whole)) {
                return;
            }
            if cond != last {
                condition::find(&context, cond, nodes);
                last = cond;
            }
            condition::trace(&context, cond, whole, nodes, assumed);
        });
    }

    /// False if a base is absent from which the version inherits: then its condition is false and rests on nothing.
    fn has_its_bases(&self, context: &Context<'_>, version: VersionId) -> bool {
        let mut row = self.program.versions.at(version.index());
        for _ in 0..=self.program.versions.len() {
            if row.inherits == NONE16 {
                return true;
            }
            match needs::base(context, &row) {
                Some(base) => row = self.program.versions.at(base.index()),
                None => return false,
            }
        }
        false
    }
}
