//! A set of up to 256 members, by index: the members of an enumeration, the places of a territory.

/// Up to 256 members. Members beyond 255 are never in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bits(pub [u64; 4]);

impl Bits {
    /// Nobody.
    pub const EMPTY: Bits = Bits([0; 4]);

    /// The members 0 to `count - 1`.
    #[must_use]
    pub fn first(count: u16) -> Bits {
        let mut left = u32::from(count);
        Bits([0; 4].map(|_: u64| {
            let own = left.min(64);
            left -= own;
            u64::MAX.checked_shr(64 - own).unwrap_or(0)
        }))
    }

    /// Just `member`.
    #[must_use]
    pub fn one(member: u16) -> Bits {
        let mut bits = Bits::EMPTY;
        bits.insert(member);
        bits
    }

    /// Adds `member`.
    pub fn insert(&mut self, member: u16) {
        if let Some(word) = self.0.get_mut(usize::from(member >> 6)) {
            *word |= 1 << (member & 63);
        }
    }

    /// True if `member` is in it.
    #[must_use]
    pub fn contains(self, member: u16) -> bool {
        self.0
            .get(usize::from(member >> 6))
            .is_some_and(|word| word >> (member & 63) & 1 == 1)
    }

    /// In either.
    #[must_use]
    pub fn union(self, other: Bits) -> Bits {
        self.zip(other, |a, b| a | b)
    }

    /// In both.
    #[must_use]
    pub fn intersect(self, other: Bits) -> Bits {
        self.zip(other, |a, b| a & b)
    }

    /// In this one, not in the other.
    #[must_use]
    pub fn minus(self, other: Bits) -> Bits {
        self.zip(other, |a, b| a & !b)
    }

    /// True if nobody is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == [0; 4]
    }

    /// How many are in it.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Its members, ascending.
    pub fn iter(self) -> impl Iterator<Item = u16> {
        (0u16..256).filter(move |member| self.contains(*member))
    }

    /// The least member.
    #[must_use]
    pub fn lowest(self) -> Option<u16> {
        self.iter().next()
    }

    fn zip(self, other: Bits, f: impl Fn(u64, u64) -> u64) -> Bits {
        let mut out = [0; 4];
        for (slot, (a, b)) in out.iter_mut().zip(self.0.iter().zip(other.0.iter())) {
            *slot = f(*a, *b);
        }
        Bits(out)
    }
}
