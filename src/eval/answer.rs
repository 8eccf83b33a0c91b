//! One whole answer at one instant: law dates, conditions and norms in the order of the schedule, then what
//! packs beside say, what is missing, what was assumed.

use super::case::{Case, EventSlot};
use super::condition::{Finding, Nodes};
use super::context::{Context, Happening, Horizon, Settled};
use super::decision::Missing;
use super::entry::Sink;
use super::memory::{Output, Workspace, words};
use super::needs;
use super::norm::{Bench, settle};
use super::select::{self, Open, Selection};
use super::slot::{Slots, get_bit, set_bit};
use super::{Options, ServiceLevels};
use crate::model::order::order_by_key;
use crate::model::{EventId, NormId, PackId, PackStatus, State, Truth, VersionId, ZoneId};
use crate::pack::Program;
use crate::pack::format::{NONE16, PackRow, Range};
use crate::time::instant::DAY;

/// The parts of a workspace that are worked with, whichever answer is written.
pub(crate) struct Tools<'t> {
    pub decides: &'t [bool],
    pub bench: Bench<'t>,
    pub counts: &'t mut [u32],
    pub applied: &'t mut [Option<Finding>],
    pub selection: Selection<'t>,
}

/// Borrows the tools and both answers of a workspace.
pub(crate) fn split<'t, 'w>(
    workspace: &'t mut Workspace<'w>,
) -> (Tools<'t>, &'t mut Output<'w>, &'t mut Output<'w>) {
    let tools = Tools {
        decides: workspace.decides,
        bench: Bench {
            rows: workspace.effects,
            listed: workspace.listed,
            slots: workspace.slots,
            ranked: workspace.ranked,
            live: workspace.live,
            places: workspace.places,
            nodes: Nodes {
                truths: workspace.nodes,
                marks: workspace.marks,
                until: workspace.until,
            },
        },
        counts: workspace.counts,
        applied: workspace.applied,
        selection: Selection {
            todo: workspace.todo,
            sure: workspace.sure,
            open: workspace.open,
            unknown: 0,
            chosen: workspace.chosen,
        },
    };
    (tools, &mut workspace.answer, &mut workspace.later)
}

/// Writes the answer at `now`; gives the earliest later instant at which it could change, and at which it surely does.
pub(crate) fn answer(
    program: &Program<'_>,
    case: &Case<'_>,
    options: &Options<'_>,
    now: i64,
    tools: &mut Tools<'_>,
    output: &mut Output<'_>,
) -> [Option<i64>; 2] {
    let horizon = Horizon::new();
    let mut pass = Pass {
        program,
        case,
        now,
        horizon: &horizon,
        words: words(program),
        service: options.service,
    };
    (output.part_count, output.entry_count) = (0, 0);
    output.assumed.fill(0);
    output.norm_parts.fill((0, 0));
    pass.law_dates(options, tools, output);
    let context = pass.context(output);
    for slot in case.events {
        if let EventSlot::At(at) = *slot {
            context.note(at);
        }
    }
    pass.steps(tools, output);
    order(output);
    pass.beside(tools, output);
    pass.missing(tools, output);
    horizon.instants()
}

/// Puts the main parts, which were written in the order of the schedule, into the order of norms.
fn order(output: &mut Output<'_>) {
    let count = output.part_count;
    if let Some(parts) = output.parts.get_mut(..count) {
        order_by_key(parts, |part| (part.norm, part.places.lowest()));
    }
    output.norm_parts.fill((0, 0));
    for index in 0..count {
        let norm = output.parts.at(index).norm.index();
        let (first, already) = output.norm_parts.at(norm);
        let first = if already == 0 { index as u32 } else { first };
        output.norm_parts.put(norm, (first, already + 1));
    }
}

pub(super) struct Pass<'p> {
    pub(super) program: &'p Program<'p>,
    case: &'p Case<'p>,
    now: i64,
    horizon: &'p Horizon,
    words: usize,
    service: ServiceLevels,
}

impl<'p> Pass<'p> {
    /// A context that sees all that is settled so far.
    pub(super) fn context<'o>(&self, output: &'o Output<'_>) -> Context<'o>
    where
        'p: 'o,
    {
        self.over(output.law_dates, output.settled())
    }

    /// A context that sees what is settled, while the rest of the answer is written.
    pub(super) fn over<'o>(&self, law_dates: &'o [i32], settled: Settled<'o>) -> Context<'o>
    where
        'p: 'o,
    {
        Context {
            program: self.program,
            case: *self.case,
            now: self.now,
            law_dates,
            settled,
            open: Open::default(),
            horizon: Some(self.horizon),
            words: self.words,
            service: self.service,
        }
    }

    fn law_dates(&mut self, options: &Options<'_>, tools: &Tools<'_>, output: &mut Output<'_>) {
        // Most packs of a link tell the same instant by the same clock.
        let mut told: Option<(i64, u16, i32)> = None;
        for (index, row) in self.program.packs.iter().enumerate() {
            let mut date_at = |at: i64| match told {
                Some((before, zone, date)) if (before, zone) == (at, row.zone) => date,
                _ => {
                    let date = self.program.zone(ZoneId(row.zone)).date_at(at);
                    told = Some((at, row.zone, date));
                    date
                }
            };
            let judged = match row.judged_by {
                NONE16 => Happening::Not,
                event => self.context(output).event(EventId(event)),
            };
            let date = match (options.law_date, judged) {
                (Some(date), _) => date,
                (None, Happening::At(at)) => date_at(at),
                (None, _) => {
                    let today = date_at(self.now);
                    self.note_midnight(&row, today, output);
                    today
                }
            };
            output.law_dates.put(index, date);
            let open = options.law_date.is_none() && row.judged_by != NONE16;
            let rests = tools.decides.at(index) && row.dated != 0;
            if open && rests && !self.says_when(row.judged_by) {
                let context = self.context(output);
                let bit = context.event_bit(row.judged_by);
                set_bit(output.assumed, bit);
            }
        }
    }

    /// False if the case leaves it open whether and when an event happened.
    fn says_when(&self, event: u16) -> bool {
        let slot = self.case.events.at(usize::from(event));
        !matches!(slot, EventSlot::Absent | EventSlot::Null)
    }

    /// Notes the next instant at which a version of something in the pack begins or ends: a midnight, or a change of
    /// the clock that repeats one.
    fn note_midnight(&self, row: &PackRow, today: i32, output: &Output<'_>) {
        if row.days.count == 0 {
            return;
        }
        let zone = self.program.zone(ZoneId(row.zone));
        let context = self.context(output);
        let next = self.program.next_day(row, today);
        if let Some(midnight) = next.and_then(|day| zone.midnight(day)) {
            context.note(midnight);
        }
        // Where the clock is put back across midnight, a day ends twice, and what it brought is gone in between.
        if let Some(back) = zone.day_again(self.now) {
            context.note(back);
        }
        let (_, of_day) = zone.local(self.now);
        let tomorrow = today.checked_add(1).and_then(|day| zone.midnight(day));
        if tomorrow.is_some_and(|midnight| midnight <= self.now) {
            context.note(self.now.saturating_add(DAY - of_day));
        }
    }

    /// Takes the steps that can matter, in order. A version that may apply adds the norms on which it speaks: they stand
    /// behind it.
    fn steps(&self, tools: &mut Tools<'_>, output: &mut Output<'_>) {
        output.truths.fill(Truth::False);
        tools.bench.live.fill(0);
        tools.applied.fill(None);
        select::select(&self.context(output), &mut tools.selection);
        for word in 0..tools.selection.todo.len() {
            let mut seen = 0;
            loop {
                let left = tools.selection.todo.at(word) & !seen;
                if left == 0 {
                    break;
                }
                let bit = left.trailing_zeros();
                seen |= 1 << bit;
                let step = self.program.schedule.at(word * 64 + bit as usize);
                if step.kind == 1 {
                    self.norm(NormId(step.id), None, tools, output);
                    continue;
                }
                let version = VersionId(step.id);
                let known = [&*tools.selection.sure, &*tools.selection.open]
                    .map(|versions| versions.at(word) >> bit & 1 == 1);
                let known = match known {
                    [true, _] => Some(Truth::True),
                    [_, true] => Some(Truth::Unknown),
                    _ => None,
                };
                self.version(version, known, tools, output);
                if output.truths.at(version.index()) != Truth::False {
                    self.wake(version, tools);
                }
            }
        }
    }

    /// Marks the effects of a version, and the norms that they are on.
    fn wake(&self, version: VersionId, tools: &mut Tools<'_>) {
        let Range { first, count } = self.program.versions.at(version.index()).effects;
        for item in self.program.said.range(first, count) {
            let effect = usize::from(item.id);
            set_bit(tools.bench.live, effect);
            let norm = usize::from(self.program.effects.at(effect).norm);
            let position = self.program.norms.at(norm).position;
            set_bit(tools.selection.todo, position as usize);
        }
    }

    /// What packs would say that do not decide, each by itself.
    fn beside(&self, tools: &mut Tools<'_>, output: &mut Output<'_>) {
        for (number, row) in self.program.packs.iter().enumerate() {
            let annulled = row.status == PackStatus::Annulled as u8;
            if annulled || tools.decides.at(number) {
                continue;
            }
            let first = row.versions.first as usize;
            let versions = first..first + row.versions.count as usize;
            let truths = output.truths.get(versions.clone()).unwrap_or(&[]);
            if truths.iter().all(|truth| *truth == Truth::False) {
                continue;
            }
            // The norms on which it speaks; there are no more of them than steps.
            tools.selection.sure.fill(0);
            for version in versions {
                if output.truths.at(version) == Truth::False {
                    continue;
                }
                let Range { first, count } = self.program.versions.at(version).effects;
                for item in self.program.said.range(first, count) {
                    let norm = self.program.effects.at(usize::from(item.id)).norm;
                    set_bit(tools.selection.sure, usize::from(norm));
                }
            }
            let pack = PackId(number as u16);
            for norm in 0..self.program.norms.len() {
                if get_bit(tools.selection.sure, norm) {
                    self.norm(NormId(norm as u16), Some(pack), tools, output);
                }
            }
        }
    }

    /// Settles a norm, after all that is settled so far.
    fn norm(
        &self,
        norm: NormId,
        beside: Option<PackId>,
        tools: &mut Tools<'_>,
        output: &mut Output<'_>,
    ) {
        let words = self.words;
        let (first_part, first_entry) = (output.part_count, output.entry_count);
        let Output {
            law_dates,
            parts,
            entries,
            needs,
            norm_parts,
            assumed,
            truths,
            ..
        } = output;
        let (settled_parts, parts) = parts.split_at_mut(first_part.min(parts.len()));
        let (settled_entries, entries) = entries.split_at_mut(first_entry.min(entries.len()));
        let (settled_needs, needs) = needs.split_at_mut((first_entry * words).min(needs.len()));
        let settled = Settled {
            parts: settled_parts,
            entries: settled_entries,
            needs: settled_needs,
            norm_parts,
        };
        let context = Context {
            open: tools.selection.open(),
            ..self.over(law_dates, settled)
        };
        let mut sink = Sink {
            parts,
            entries,
            needs,
            assumed,
            first_entry,
        };
        let (more_parts, more_entries) = settle(
            &context,
            truths,
            tools.decides,
            norm,
            beside,
            &mut tools.bench,
            &mut sink,
        );
        if beside.is_none() {
            norm_parts.put(norm.index(), (first_part as u32, more_parts as u32));
        }
        output.part_count += more_parts;
        output.entry_count += more_entries;
    }

    /// Counts what the entries need, and puts the most useful first.
    fn missing(&self, tools: &mut Tools<'_>, output: &mut Output<'_>) {
        tools.counts.fill(0);
        let mut any = false;
        let Output {
            parts,
            entries,
            needs,
            ..
        } = &*output;
        let context = self.context(output);
        let main = parts.iter().take(output.part_count);
        for part in main.take_while(|part| part.beside.is_none()) {
            for index in part.first as usize..(part.first + part.count) as usize {
                let entry = entries.at(index);
                if entry.state == State::Defeated {
                    continue;
                }
                let own = needs
                    .get(index * self.words..(index + 1) * self.words)
                    .unwrap_or(&[]);
                let effect = self.program.effects.at(entry.effect.index());
                let counts = &mut *tools.counts;
                needs::each_needed(&context, own, &effect, |name| {
                    counts.put(name, counts.at(name) + 1);
                    any = true;
                });
            }
        }
        let mut count = 0;
        let names = if any { tools.counts.len() } else { 0 };
        for name in 0..names {
            let times = tools.counts.at(name);
            if times > 0 {
                let name = name as u32;
                output.missing.put(count, Missing { name, count: times });
                count += 1;
            }
        }
        output.missing_count = count;
        if let Some(missing) = output.missing.get_mut(..count) {
            order_by_key(missing, |row| (core::cmp::Reverse(row.count), row.name));
        }
    }
}
