//! A graph of needs, to an order in which each thing comes after what it needs.
//!
//! Invariant: the order is the same for the same graph; every circle of needs is found at least through one path, and
//! no stack grows with the graph.

/// The most circles that are described: each is as long as its path, and one is enough to act upon.
const CYCLES_MAX: usize = 100;

/// An order, and what stands in its way.
pub(super) struct Order {
    /// Every node once, each after its needs, circles left aside.
    pub(super) order: Vec<usize>,
    /// Circles, each as a path of needs whose last node needs the first; each begins with its lowest node.
    pub(super) cycles: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Orders the nodes `0..needs.len()`, of which each needs those in its list.
pub(super) fn order(needs: &[Vec<usize>]) -> Order {
    let mut marks = vec![Mark::New; needs.len()];
    let mut order = Vec::with_capacity(needs.len());
    let mut cycles = Vec::new();
    for root in 0..needs.len() {
        if marks[root] != Mark::New {
            continue;
        }
        marks[root] = Mark::Open;
        // Each entry: a node, and how many of its needs have been followed.
        let mut path = vec![(root, 0)];
        while let Some((node, followed)) = path.last_mut() {
            let node = *node;
            let Some(next) = needs[node].get(*followed).copied() else {
                marks[node] = Mark::Done;
                order.push(node);
                path.pop();
                continue;
            };
            *followed += 1;
            match marks[next] {
                Mark::New => {
                    marks[next] = Mark::Open;
                    path.push((next, 0));
                }
                Mark::Open if cycles.len() < CYCLES_MAX => {
                    let start = path.iter().position(|(open, _)| *open == next);
                    let cycle = path.iter().skip(start.unwrap_or(0)).map(|(n, _)| *n);
                    cycles.push(from_lowest(cycle.collect()));
                }
                Mark::Open | Mark::Done => {}
            }
        }
    }
    Order { order, cycles }
}

fn from_lowest(mut cycle: Vec<usize>) -> Vec<usize> {
    let lowest = cycle.iter().enumerate().min_by_key(|(_, node)| **node);
    let at = lowest.map_or(0, |(at, _)| at);
    cycle.rotate_left(at);
    cycle
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn needs_come_first() {
        let found = order(&[vec![2, 1], vec![2], vec![]]);
        assert_eq!(found.order, [2, 1, 0]);
        assert!(found.cycles.is_empty());
    }

    #[test]
    fn a_circle_begins_with_its_lowest_node() {
        let found = order(&[vec![2], vec![0], vec![1]]);
        assert_eq!(found.cycles, [[0, 2, 1]]);
        assert_eq!(order(&[vec![0]]).cycles, [[0]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let needs: Vec<Vec<usize>> = (0..200_000).map(|n| vec![n + 1]).chain([vec![]]).collect();
        assert_eq!(order(&needs).order.first(), Some(&200_000));
    }
}
