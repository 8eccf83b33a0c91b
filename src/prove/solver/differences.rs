//! Differences: from bounds on `to - from` to values that keep them all, or to a cycle of bounds that none can keep.
//!
//! Each bound is an edge; values that keep all bounds exist exactly if no cycle of edges sums to less than nothing
//! (Bellman and Ford). Values stay from one question to the next: most bounds are kept already then. Invariant: sums
//! are of 128 bits and every bound is a sum of few 64-bit numbers, so that none overflows.

use batsat::Lit as SatLit;

/// `to - from` is at most `most`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// What is subtracted.
    pub(super) from: u32,
    /// What is bounded.
    pub(super) to: u32,
    /// The greatest difference.
    pub(super) most: i128,
    /// The literal that says so; `SatLit::UNDEF` if it holds without any.
    pub(super) because: SatLit,
}

const NO_EDGE: u32 = u32::MAX;

/// The values of all unknowns; the differences between them are what counts.
#[derive(Default)]
pub(super) struct Differences {
    values: Vec<i128>,
    lowered_by: Vec<u32>,
    walked: Vec<u32>,
    before: Vec<i128>,
}

impl Differences {
    /// The difference of an unknown to the one that stands for zero.
    pub(super) fn value(&self, unknown: u32) -> i128 {
        self.values[unknown as usize] - self.values[0]
    }

    /// Finds values for these unknowns that keep all bounds; else the places of edges that form a cycle.
    pub(super) fn settle(&mut self, count: usize, unknowns: &[u32], edges: &[Edge]) -> Vec<u32> {
        self.values.resize(count, 0);
        self.lowered_by.resize(count, NO_EDGE);
        self.walked.resize(count, 0);
        self.before.clear();
        for &unknown in unknowns {
            self.lowered_by[unknown as usize] = NO_EDGE;
            self.before.push(self.values[unknown as usize]);
        }
        loop {
            let mut lowered = false;
            for (place, edge) in edges.iter().enumerate() {
                let most = self.values[edge.from as usize] + edge.most;
                if self.values[edge.to as usize] > most {
                    self.values[edge.to as usize] = most;
                    self.lowered_by[edge.to as usize] = place as u32;
                    lowered = true;
                }
            }
            if !lowered {
                return Vec::new();
            }
            let cycle = self.cycle(unknowns, edges);
            if !cycle.is_empty() {
                // Half-lowered values are a bad start for the next question.
                for (unknown, value) in unknowns.iter().zip(&self.before) {
                    self.values[*unknown as usize] = *value;
                }
                return cycle;
            }
        }
    }

    /// A cycle among the edges that lowered last: it exists after as many rounds as there are unknowns at the latest
    /// if the values never settle, and only then.
    fn cycle(&mut self, unknowns: &[u32], edges: &[Edge]) -> Vec<u32> {
        for &unknown in unknowns {
            self.walked[unknown as usize] = 0;
        }
        for (walk, &start) in unknowns.iter().enumerate() {
            let walk = walk as u32 + 1;
            let mut at = start;
            while self.walked[at as usize] == 0 {
                self.walked[at as usize] = walk;
                let edge = self.lowered_by[at as usize];
                if edge == NO_EDGE {
                    break;
                }
                at = edges[edge as usize].from;
            }
            // Met again on the same walk, and not by stopping at a start: the walk has closed.
            if self.walked[at as usize] == walk && self.lowered_by[at as usize] != NO_EDGE {
                let (mut cycle, first) = (Vec::new(), at);
                loop {
                    let edge = self.lowered_by[at as usize];
                    cycle.push(edge);
                    at = edges[edge as usize].from;
                    if at == first {
                        return cycle;
                    }
                }
            }
        }
        Vec::new()
    }
}
