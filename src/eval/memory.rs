//! The memory of an evaluation, owned by the caller and sized by the bounds of the pack.
//!
//! Invariant: an evaluation writes nowhere else. A host without a heap gives slices of the lengths that
//! [`Sizes`] states; with `std`, [`Memory`] keeps them in vectors.

use super::condition::Finding;
use super::context::Settled;
use super::decision::{Entry, Missing, Part};
use super::group::Scratch;
use super::view::Answer;
use crate::model::{Bits, Truth};
use crate::pack::Program;

/// How long each slice of a [`Workspace`] must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Packs.
    pub packs: usize,
    /// Versions of rules.
    pub versions: usize,
    /// Norms.
    pub norms: usize,
    /// Nodes of the longest condition.
    pub nodes: usize,
    /// Effects of a norm, at most.
    pub effects: usize,
    /// Parts of a norm, at most.
    pub parts: usize,
    /// Parts of an answer, at most.
    pub results: usize,
    /// Entries of an answer, at most.
    pub entries: usize,
    /// Facts, events, sets and calendars.
    pub names: usize,
    /// Words of a bit set over the names.
    pub words: usize,
    /// Words of a bit set over the steps of the schedule.
    pub steps: usize,
    /// Words of a bit set over the effects.
    pub live: usize,
    /// Keys of the index.
    pub keys: usize,
}

/// How many facts, events, sets and calendars there are: what an answer can need or rest on.
pub(crate) fn names(program: &Program<'_>) -> usize {
    program.facts.len() + program.events.len() + program.sets.len() + program.calendars.len()
}

/// Words of a bit set over the names.
pub(crate) fn words(program: &Program<'_>) -> usize {
    names(program).div_ceil(64)
}

impl Sizes {
    /// The sizes for a program.
    #[must_use]
    pub fn of(program: &Program<'_>) -> Sizes {
        let bounds = program.bounds;
        Sizes {
            packs: program.packs.len(),
            versions: program.versions.len(),
            norms: program.norms.len(),
            nodes: bounds.nodes as usize,
            effects: bounds.effects as usize,
            parts: bounds.parts as usize,
            results: bounds.results as usize,
            entries: bounds.entries as usize,
            names: names(program),
            words: words(program),
            steps: program.schedule.len().div_ceil(64),
            live: program.effects.len().div_ceil(64),
            keys: program.keys.len(),
        }
    }
}

/// One answer's memory.
#[derive(Debug)]
pub struct Output<'w> {
    /// `results` parts.
    pub parts: &'w mut [Part],
    /// `entries` entries.
    pub entries: &'w mut [Entry],
    /// `entries * words` words: what each entry needs.
    pub needs: &'w mut [u64],
    /// `words` words: what was assumed.
    pub assumed: &'w mut [u64],
    /// `names` rows: what is missing, in the order of the answer.
    pub missing: &'w mut [Missing],
    /// `versions` truths.
    pub truths: &'w mut [Truth],
    /// `norms` ranges of parts: first and count.
    pub norm_parts: &'w mut [(u32, u32)],
    /// `packs` law dates, in days since 1970-01-01.
    pub law_dates: &'w mut [i32],
    /// How many parts were written.
    pub part_count: usize,
    /// How many entries were written.
    pub entry_count: usize,
    /// How many names are missing.
    pub missing_count: usize,
}

/// All memory of an evaluation.
#[derive(Debug)]
pub struct Workspace<'w> {
    /// The answer.
    pub answer: Output<'w>,
    /// The answer at a later instant, with which it is compared.
    pub later: Output<'w>,
    /// `packs` flags: whether the pack decides.
    pub decides: &'w mut [bool],
    /// `nodes` truths.
    pub nodes: &'w mut [Truth],
    /// `nodes` marks.
    pub marks: &'w mut [u8],
    /// `nodes` instants.
    pub until: &'w mut [i64],
    /// `packs` findings: what becomes of the conditions of packs.
    pub applied: &'w mut [Option<Finding>],
    /// `effects` rows.
    pub effects: &'w mut [Scratch],
    /// `parts` territories.
    pub places: &'w mut [Bits],
    /// `names` counts.
    pub counts: &'w mut [u32],
    /// `steps` words: the steps of the schedule that are to be looked at.
    pub todo: &'w mut [u64],
    /// `steps` words: the versions that surely apply.
    pub sure: &'w mut [u64],
    /// `steps` words: the versions that are surely unknown.
    pub open: &'w mut [u64],
    /// `live` words: the effects that matter.
    pub live: &'w mut [u64],
    /// `keys` columns of the index.
    pub chosen: &'w mut [u32],
    /// `effects` places: which effects of a norm have rows.
    pub listed: &'w mut [u16],
    /// `effects` places: which row an effect of a norm has.
    pub slots: &'w mut [u16],
    /// `effects` rows, those that defeat before those they defeat.
    pub ranked: &'w mut [u16],
}

impl Output<'_> {
    /// What is settled of it, for conditions that look at it.
    pub(crate) fn settled(&self) -> Settled<'_> {
        Settled {
            parts: self.parts,
            entries: self.entries,
            needs: self.needs,
            norm_parts: self.norm_parts,
        }
    }

    /// The rows that were written.
    pub(crate) fn written<'d>(&'d self, decides: &'d [bool]) -> Answer<'d> {
        Answer {
            parts: self.parts.get(..self.part_count).unwrap_or(&[]),
            entries: self.entries.get(..self.entry_count).unwrap_or(&[]),
            needs: self.needs,
            assumed: self.assumed,
            missing: self.missing.get(..self.missing_count).unwrap_or(&[]),
            truths: self.truths,
            norm_parts: self.norm_parts,
            law_dates: self.law_dates,
            decides,
        }
    }

    fn fits(&self, sizes: &Sizes) -> bool {
        [
            (self.parts.len(), sizes.results),
            (self.entries.len(), sizes.entries),
            (self.needs.len(), sizes.entries.saturating_mul(sizes.words)),
            (self.assumed.len(), sizes.words),
            (self.missing.len(), sizes.names),
            (self.truths.len(), sizes.versions),
            (self.norm_parts.len(), sizes.norms),
            (self.law_dates.len(), sizes.packs),
        ]
        .iter()
        .all(|(length, least)| length >= least)
    }
}

impl Workspace<'_> {
    /// True if there is room for every answer of a program of these sizes.
    pub(crate) fn fits(&self, sizes: &Sizes) -> bool {
        let tools = [
            (self.decides.len(), sizes.packs),
            (self.applied.len(), sizes.packs),
            (self.nodes.len(), sizes.nodes),
            (self.marks.len(), sizes.nodes),
            (self.until.len(), sizes.nodes),
            (self.effects.len(), sizes.effects),
            (self.places.len(), sizes.parts),
            (self.counts.len(), sizes.names),
            (self.todo.len(), sizes.steps),
            (self.sure.len(), sizes.steps),
            (self.open.len(), sizes.steps),
            (self.live.len(), sizes.live),
            (self.chosen.len(), sizes.keys),
            (self.listed.len(), sizes.effects),
            (self.slots.len(), sizes.effects),
            (self.ranked.len(), sizes.effects),
        ];
        let fit = tools.iter().all(|(length, least)| length >= least);
        fit && self.answer.fits(sizes) && self.later.fits(sizes)
    }
}

/// All memory of an evaluation, on the heap.
#[cfg(feature = "std")]
#[derive(Debug)]
pub struct Memory {
    answer: OutputMemory,
    later: OutputMemory,
    decides: Vec<bool>,
    nodes: Vec<Truth>,
    marks: Vec<u8>,
    applied: Vec<Option<Finding>>,
    until: Vec<i64>,
    effects: Vec<Scratch>,
    places: Vec<Bits>,
    counts: Vec<u32>,
    todo: Vec<u64>,
    sure: Vec<u64>,
    open: Vec<u64>,
    live: Vec<u64>,
    chosen: Vec<u32>,
    listed: Vec<u16>,
    slots: Vec<u16>,
    ranked: Vec<u16>,
}

#[cfg(feature = "std")]
#[derive(Debug)]
struct OutputMemory {
    parts: Vec<Part>,
    entries: Vec<Entry>,
    needs: Vec<u64>,
    assumed: Vec<u64>,
    missing: Vec<Missing>,
    truths: Vec<Truth>,
    norm_parts: Vec<(u32, u32)>,
    law_dates: Vec<i32>,
}

/// How much of the memory an answer fills.
#[cfg(feature = "std")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    pub parts: usize,
    pub entries: usize,
    pub missing: usize,
}

#[cfg(feature = "std")]
impl OutputMemory {
    fn new(sizes: &Sizes) -> OutputMemory {
        OutputMemory {
            parts: vec![Part::default(); sizes.results],
            entries: vec![Entry::default(); sizes.entries],
            needs: vec![0; sizes.entries * sizes.words],
            assumed: vec![0; sizes.words],
            missing: vec![Missing::default(); sizes.names],
            truths: vec![Truth::False; sizes.versions],
            norm_parts: vec![(0, 0); sizes.norms],
            law_dates: vec![0; sizes.packs],
        }
    }

    fn borrow(&mut self) -> Output<'_> {
        Output {
            parts: &mut self.parts,
            entries: &mut self.entries,
            needs: &mut self.needs,
            assumed: &mut self.assumed,
            missing: &mut self.missing,
            truths: &mut self.truths,
            norm_parts: &mut self.norm_parts,
            law_dates: &mut self.law_dates,
            part_count: 0,
            entry_count: 0,
            missing_count: 0,
        }
    }
}

#[cfg(feature = "std")]
impl Memory {
    /// Memory for evaluations of a program. Evaluations with it allocate nothing more.
    #[must_use]
    pub fn new(program: &Program<'_>) -> Memory {
        let sizes = Sizes::of(program);
        Memory {
            answer: OutputMemory::new(&sizes),
            later: OutputMemory::new(&sizes),
            decides: vec![false; sizes.packs],
            nodes: vec![Truth::False; sizes.nodes],
            marks: vec![0; sizes.nodes],
            applied: vec![None; sizes.packs],
            until: vec![0; sizes.nodes],
            effects: vec![Scratch::default(); sizes.effects],
            places: vec![Bits::EMPTY; sizes.parts],
            counts: vec![0; sizes.names],
            todo: vec![0; sizes.steps],
            sure: vec![0; sizes.steps],
            open: vec![0; sizes.steps],
            live: vec![0; sizes.live],
            chosen: vec![0; sizes.keys],
            listed: vec![0; sizes.effects],
            slots: vec![0; sizes.effects],
            ranked: vec![0; sizes.effects],
        }
    }

    /// The answer that was written last, and fills so much.
    pub(crate) fn written(&self, written: Written) -> Answer<'_> {
        let answer = &self.answer;
        Answer {
            parts: answer.parts.get(..written.parts).unwrap_or(&[]),
            entries: answer.entries.get(..written.entries).unwrap_or(&[]),
            needs: &answer.needs,
            assumed: &answer.assumed,
            missing: answer.missing.get(..written.missing).unwrap_or(&[]),
            truths: &answer.truths,
            norm_parts: &answer.norm_parts,
            law_dates: &answer.law_dates,
            decides: &self.decides,
        }
    }

    /// The workspace over this memory.
    pub fn workspace(&mut self) -> Workspace<'_> {
        Workspace {
            answer: self.answer.borrow(),
            later: self.later.borrow(),
            decides: &mut self.decides,
            nodes: &mut self.nodes,
            marks: &mut self.marks,
            applied: &mut self.applied,
            until: &mut self.until,
            effects: &mut self.effects,
            places: &mut self.places,
            counts: &mut self.counts,
            todo: &mut self.todo,
            sure: &mut self.sure,
            open: &mut self.open,
            live: &mut self.live,
            chosen: &mut self.chosen,
            listed: &mut self.listed,
            slots: &mut self.slots,
            ranked: &mut self.ranked,
        }
    }
}
