//! Reading and writing scratch by index without a way to fail: beyond the end is the default, and writes go nowhere.
//!
//! Why: the bounds of a pack are verified on load and the workspace is sized by them, so that neither happens;
//! and code that cannot fail needs no panic path.

/// Access that cannot fail.
pub(crate) trait Slots<T> {
    /// The value at `index`.
    fn at(&self, index: usize) -> T;
    /// Sets the value at `index`.
    fn put(&mut self, index: usize, value: T);
}

impl<T: Copy + Default> Slots<T> for [T] {
    #[cfg_attr(not(feature = "small"), inline)]
    #[cfg_attr(feature = "small", inline(never))]
    fn at(&self, index: usize) -> T {
        self.get(index).copied().unwrap_or_default()
    }

    #[cfg_attr(not(feature = "small"), inline)]
    #[cfg_attr(feature = "small", inline(never))]
    fn put(&mut self, index: usize, value: T) {
        if let Some(slot) = self.get_mut(index) {
            *slot = value;
        }
    }
}

/// Sets a bit of a bit set in words.
#[inline]
pub(crate) fn set_bit(words: &mut [u64], bit: usize) {
    if let Some(word) = words.get_mut(bit / 64) {
        *word |= 1 << (bit % 64);
    }
}

/// Reads a bit of a bit set in words.
#[inline]
pub(crate) fn get_bit(words: &[u64], bit: usize) -> bool {
    words
        .get(bit / 64)
        .is_some_and(|word| word >> (bit % 64) & 1 == 1)
}

/// Visits the bits that are set from `first` to before `end`, ascending.
#[inline]
pub(crate) fn each_bit(words: &[u64], first: usize, end: usize, mut visit: impl FnMut(usize)) {
    let mut word = first / 64;
    let mut bits = words.at(word) & (u64::MAX << (first % 64));
    while word * 64 < end {
        while bits != 0 {
            let bit = word * 64 + bits.trailing_zeros() as usize;
            if bit >= end {
                return;
            }
            visit(bit);
            bits &= bits - 1;
        }
        word += 1;
        bits = words.at(word);
    }
}
