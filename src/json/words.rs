//! The names of facts and events, and the members of enumerations, as one table in which a reader of cases looks words up.
//!
//! Invariant: a word is looked up within what it belongs to, a group of names or an enumeration, so that equal words in
//! two of them are apart; looking up allocates nothing. Why a table made once for each pack: to sort all names for every
//! case costs more than to read the case.

use super::CASE_DEPTH_MAX;
use crate::pack::Program;

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A fact, by id.
    Fact(u16),
    /// An event, by id.
    Event(u16),
    /// A group of names, by its number.
    Group(u32),
    /// A member, by its index.
    Member(u16),
}

/// Where a word belongs: to the group of names with this number, or to an enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home(u32);

impl Home {
    /// A group of names; 0 is the case itself.
    pub(super) fn group(number: u32) -> Home {
        Home(number)
    }

    /// An enumeration.
    pub(super) fn enumeration(id: u16) -> Home {
        // There are fewer groups than this: each has a name of its own in a pack, whose bytes are bounded.
        Home(0xFFFF_0000 | u32::from(id))
    }
}

/// A word that is looked up: with its first and its last eight bytes as numbers, which are all of most words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Probe<'t> {
    text: &'t [u8],
    first: u64,
    /// Of a word with more than eight.
    last: u64,
}

impl<'t> Probe<'t> {
    /// Any text.
    pub(super) fn of(text: &'t [u8]) -> Probe<'t> {
        let mut eight = [0; 8];
        for (byte, letter) in eight.iter_mut().zip(text) {
            *byte = *letter;
        }
        Probe::before(text, eight)
    }

    /// Text with the eight bytes that begin where it does, whatever stands there behind it.
    #[inline]
    pub(super) fn before(text: &'t [u8], eight: [u8; 8]) -> Probe<'t> {
        let first = u64::from_le_bytes(eight);
        match text.last_chunk::<8>() {
            Some(last) => Probe {
                text,
                first,
                last: u64::from_le_bytes(*last),
            },
            None => Probe {
                text,
                first: first & ((1 << (8 * text.len())) - 1),
                last: 0,
            },
        }
    }

    #[inline]
    fn is(&self, other: &Probe<'_>) -> bool {
        let ends = (self.text.len(), self.first, self.last);
        ends == (other.text.len(), other.first, other.last)
            && (self.text.len() <= 16 || self.text == other.text)
    }

    /// A number that spreads words over the table. It needs to be quick, not strong: the table comes from the pack.
    #[inline]
    fn hash(&self, home: Home) -> u32 {
        const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
        let ends =
            self.first ^ (u64::from(home.0) << 32 | self.text.len() as u64).wrapping_mul(MIX);
        let hash = ends.wrapping_mul(MIX).rotate_left(32) ^ self.last;
        (hash.wrapping_mul(MIX) >> 32) as u32
    }
}

#[derive(Debug)]
struct Entry<'p> {
    home: Home,
    probe: Probe<'p>,
    word: Word,
}

/// All words of a pack.
#[derive(Debug)]
pub(super) struct Words<'p> {
    entries: Vec<Entry<'p>>,
    /// For each place of the table: the hash of the word there, and one more than its entry; 0 for none.
    places: Vec<(u32, u32)>,
    /// By number of a group: its name with dots, which is the beginning of a longer name.
    groups: Vec<&'p str>,
}

impl<'p> Words<'p> {
    /// The words of a program.
    pub(super) fn of(program: &Program<'p>) -> Words<'p> {
        let facts = (0u16..).zip(program.facts.iter());
        let facts = facts.map(|(id, row)| (program.str(row.name), Word::Fact(id)));
        let events = (0u16..).zip(program.events.iter());
        let events = events.map(|(id, row)| (program.str(row.name), Word::Event(id)));
        let mut names: Vec<_> = facts.chain(events).collect();
        // A name stands before those that begin with it, so that it is no group, whatever a pack says.
        names.sort_unstable_by_key(|(name, _)| *name);
        let mut words = Words {
            entries: Vec::new(),
            places: vec![(0, 0); 64],
            groups: vec![""],
        };
        for (name, word) in names {
            words.name(name, word);
        }
        for (id, row) in (0u16..).zip(program.enums.iter()) {
            let members = program.members.range(row.members.first, row.members.count);
            for (index, member) in (0u16..).zip(members) {
                let home = Home::enumeration(id);
                words.find_or_add(home, program.str(member.name), Word::Member(index));
            }
        }
        words
    }

    /// How many groups there are, the case itself among them.
    pub(super) fn group_count(&self) -> usize {
        self.groups.len()
    }

    /// The name of a group, with dots; empty for the case itself.
    pub(super) fn group_name(&self, group: u32) -> &'p str {
        self.groups.get(group as usize).copied().unwrap_or("")
    }

    /// What a word stands for where it belongs.
    #[inline]
    pub(super) fn find(&self, home: Home, probe: &Probe<'_>) -> Option<Word> {
        let (_, entry) = self.place(probe.hash(home), home, probe);
        let index = entry.checked_sub(1)? as usize;
        self.entries.get(index).map(|entry| entry.word)
    }

    /// The place at which a word stands, or would; and what stands there.
    #[inline]
    fn place(&self, hash: u32, home: Home, probe: &Probe<'_>) -> (usize, u32) {
        // At most half of the places are taken, so that a free one comes.
        let last = self.places.len() - 1;
        let mut place = hash as usize & last;
        loop {
            let Some((known, entry)) = self.places.get(place).copied() else {
                return (place, 0);
            };
            if entry == 0 {
                return (place, 0);
            }
            if known == hash {
                let found = self.entries.get(entry as usize - 1);
                if found.is_some_and(|found| found.home == home && found.probe.is(probe)) {
                    return (place, entry);
                }
            }
            place = (place + 1) & last;
        }
    }

    /// Adds a name, group by group. A part without letters can be no key.
    fn name(&mut self, name: &'p str, word: Word) {
        let mut group = 0;
        let mut start = 0;
        // Deeper objects are refused before their keys are looked up.
        for part in name.split('.').take(CASE_DEPTH_MAX + 1) {
            let end = start + part.len();
            let leaf = end == name.len();
            if part.is_empty() {
                return;
            }
            let next = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
            let meant = if leaf { word } else { Word::Group(next) };
            match self.find_or_add(Home::group(group), part, meant) {
                Word::Group(known) if !leaf => {
                    if known == next {
                        self.groups.push(name.get(..end).unwrap_or(name));
                    }
                    group = known;
                }
                _ => return,
            }
            start = end + 1;
        }
    }

    /// What a word stands for, which is what is given unless it was known before.
    fn find_or_add(&mut self, home: Home, text: &'p str, word: Word) -> Word {
        let probe = Probe::of(text.as_bytes());
        let hash = probe.hash(home);
        let (place, entry) = self.place(hash, home, &probe);
        let known = entry.checked_sub(1);
        if let Some(known) = known.and_then(|index| self.entries.get(index as usize)) {
            return known.word;
        }
        self.entries.push(Entry { home, probe, word });
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        if let Some(free) = self.places.get_mut(place) {
            *free = (hash, number);
        }
        if self.entries.len() * 2 > self.places.len() {
            self.grow();
        }
        word
    }

    /// Twice as many places.
    fn grow(&mut self) {
        let mut places = vec![(0, 0); self.places.len() * 2];
        let last = places.len() - 1;
        for (hash, entry) in self.places.iter().filter(|(_, entry)| *entry > 0) {
            let mut place = *hash as usize & last;
            while places.get(place).is_some_and(|(_, entry)| *entry > 0) {
                place = (place + 1) & last;
            }
            if let Some(free) = places.get_mut(place) {
                *free = (*hash, *entry);
            }
        }
        self.places = places;
    }
}
