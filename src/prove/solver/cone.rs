//! Cones: from the formulas of a question to all that they are made of, parts before wholes.
//!
//! A graph grows with every question, and a question must not pay for the earlier ones: whatever is done for it walks
//! its cone only. Invariant: a part stands after everything it is made of and is in the order once, so that one pass
//! translates it or gives it its value.

use crate::prove::formula::{Assignment, Graph, Lit, Node, Number, Term};

/// A formula or a number of a cone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A formula, by its place among the nodes.
    Node(u32),
    /// A number.
    Number(Term),
}

/// The cone of the present question, and the memory to find the next one.
#[derive(Default)]
pub(super) struct Cone {
    order: Vec<Part>,
    nodes_seen: Vec<u32>,
    numbers_seen: Vec<u32>,
    round: u32,
    // What is still to be visited; true once its parts have been.
    open: Vec<(Part, bool)>,
}

impl Cone {
    /// All parts of the last cone gathered.
    pub(super) fn order(&self) -> &[Part] {
        &self.order
    }

    /// Gathers everything that these formulas are made of.
    pub(super) fn gather(&mut self, graph: &Graph<'_>, roots: impl Iterator<Item = Lit>) {
        self.order.clear();
        self.nodes_seen.resize(graph.nodes().len(), 0);
        self.numbers_seen.resize(graph.numbers().len(), 0);
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            // After four billion questions old marks would look like new ones.
            self.nodes_seen.fill(0);
            self.numbers_seen.fill(0);
            self.round = 1;
        }
        for root in roots {
            self.open.push((Part::Node(root.node() as u32), false));
            self.visit(graph);
        }
    }

    fn visit(&mut self, graph: &Graph<'_>) {
        while let Some((part, parts_done)) = self.open.pop() {
            if parts_done {
                self.order.push(part);
                continue;
            }
            let seen = match part {
                Part::Node(node) => &mut self.nodes_seen[node as usize],
                Part::Number(term) => &mut self.numbers_seen[term.index()],
            };
            if *seen == self.round {
                continue;
            }
            *seen = self.round;
            self.open.push((part, true));
            let open = &mut self.open;
            match part {
                Part::Node(node) => match &graph.nodes()[node as usize] {
                    Node::True | Node::Variable => {}
                    Node::And(of) => {
                        let (seen, round) = (&self.nodes_seen, self.round);
                        let fresh = of.iter().filter(|lit| seen[lit.node()] != round);
                        open.extend(fresh.map(|lit| (Part::Node(lit.node() as u32), false)));
                    }
                    Node::AtMost(a, b) => {
                        open.extend([(Part::Number(*a), false), (Part::Number(*b), false)]);
                    }
                    Node::Defined(_, term) => open.push((Part::Number(*term), false)),
                },
                Part::Number(term) => match graph.number(term) {
                    Number::Literal(_) | Number::Free { .. } => {}
                    Number::Plus(inner, _) | Number::Curve(_, inner) => {
                        open.push((Part::Number(*inner), false));
                    }
                    Number::Pick { of, .. } => {
                        for (lit, term) in of {
                            open.push((Part::Node(lit.node() as u32), false));
                            open.push((Part::Number(*term), false));
                        }
                    }
                },
            }
        }
    }

    /// An assignment long enough for the cone: all false, all numbers zero.
    pub(super) fn blank(&self) -> Assignment {
        let (mut nodes, mut numbers) = (0, 0);
        for part in &self.order {
            match part {
                Part::Node(node) => nodes = nodes.max(*node as usize + 1),
                Part::Number(term) => numbers = numbers.max(term.index() + 1),
            }
        }
        Assignment {
            booleans: vec![false; nodes],
            numbers: vec![0; numbers],
        }
    }

    /// Gives every part its truth or value, from those of the variables: what `Graph::evaluate` does, for the cone only.
    pub(super) fn evaluate(&self, graph: &Graph<'_>, all: &mut Assignment) {
        for part in &self.order {
            match part {
                Part::Node(node) => {
                    let node = *node as usize;
                    all.booleans[node] = graph.truth(node, all);
                }
                Part::Number(term) => all.numbers[term.index()] = graph.value(term.index(), all),
            }
        }
    }
}
