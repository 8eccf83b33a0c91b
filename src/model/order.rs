//! Rows put in order of a key, in place.
//!
//! Invariant: no panic path and no memory beside the rows. Why not `sort_unstable_by_key`: it checks that the order
//! is one, and panics where it is none, so that a library without a panic path cannot have it; and it is large.

/// Up to so many rows, each is put into its place among those before it; more are ordered by a heap.
const FEW: usize = 16;

/// Orders rows by a key. Those with the same key stand in no order.
pub(crate) fn order_by_key<T: Copy, K: Ord>(rows: &mut [T], key: impl Fn(&T) -> K) {
    if rows.len() <= FEW {
        for end in 1..rows.len() {
            let mut at = end;
            while at > 0 && is_after(rows, at - 1, at, &key) {
                swap(rows, at - 1, at);
                at -= 1;
            }
        }
        return;
    }
    // A heap with the greatest row first, from the last row that has others below it.
    for root in (0..rows.len() / 2).rev() {
        sink(rows, root, rows.len(), &key);
    }
    for end in (1..rows.len()).rev() {
        swap(rows, 0, end);
        sink(rows, 0, end, &key);
    }
}

/// Lets a row sink in the heap of the rows before `end`.
fn sink<T: Copy, K: Ord>(rows: &mut [T], root: usize, end: usize, key: &impl Fn(&T) -> K) {
    let mut at = root;
    loop {
        let mut below = at * 2 + 1;
        if below >= end {
            return;
        }
        if below + 1 < end && is_after(rows, below + 1, below, key) {
            below += 1;
        }
        if !is_after(rows, below, at, key) {
            return;
        }
        swap(rows, at, below);
        at = below;
    }
}

/// True if the key of the row at `a` is greater than that of the row at `b`.
fn is_after<T, K: Ord>(rows: &[T], a: usize, b: usize, key: &impl Fn(&T) -> K) -> bool {
    match (rows.get(a), rows.get(b)) {
        (Some(a), Some(b)) => key(a) > key(b),
        _ => false,
    }
}

fn swap<T: Copy>(rows: &mut [T], a: usize, b: usize) {
    if let (Some(first), Some(second)) = (rows.get(a).copied(), rows.get(b).copied()) {
        for (at, row) in [(a, second), (b, first)] {
            if let Some(place) = rows.get_mut(at) {
                *place = row;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::order_by_key;

    /// Of every length up to beyond the bound between the two ways, with keys that come twice.
    #[test]
    fn rows_come_in_the_order_of_their_keys() {
        let mut seed = 7u64;
        for length in 0..200 {
            let mut rows = Vec::new();
            for place in 0..length {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                rows.push((seed >> 57, place));
            }
            let mut expected = rows.clone();
            expected.sort();
            order_by_key(&mut rows, |row| *row);
            assert_eq!(rows, expected);
            rows.reverse();
            order_by_key(&mut rows, |row| *row);
            assert_eq!(rows, expected);
        }
    }
}
