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

    /// Text with fewer than eight bytes, which are this number.
    #[inline(always)]
    pub(super) fn short(text: &'t [u8], first: u64) -> Probe<'t> {
        Probe {
            text,
            first,
            last: 0,
        }
    }

    /// Text with at least eight bytes, of which these are the first and the last eight.
    #[inline(always)]
    pub(super) fn long(text: &'t [u8], first: u64, last: u64) -> Probe<'t> {
        Probe { text, first, last }
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

    #[inline(always)]
    fn is(&self, other: &Probe<'_>) -> bool {
        let ends = (self.text.len(), self.first, self.last);
        ends == (other.text.len(), other.first, other.last)
            && (self.text.len() <= 16 || self.text == other.text)
    }

    /// A number that spreads words over the table. It needs to be quick, not strong: the table comes from the pack.
    #[inline(always)]
    fn hash(&self, home: Home) -> u32 {
        const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
        let ends =
            self.first ^ (u64::from(home.0) << 32 | self.text.len() as u64).wrapping_mul(MIX);
        let hash = ends.wrapping_mul(MIX).rotate_left(32) ^ self.last;
        (hash.wrapping_mul(MIX) >> 32) as u32
    }
}

/// A place of the table.
#[derive(Clone, Copy, Debug)]
struct Place<'p> {
    hash: u32,
    home: Home,
    probe: Probe<'p>,
    /// None in a place that is free.
    word: Option<Word>,
}

/// A place that is free.
const FREE: Place<'_> = Place {
    hash: 0,
    home: Home(0),
    probe: Probe {
        text: &[],
        first: 0,
        last: 0,
    },
    word: None,
};

/// All words of a pack.
#[derive(Debug)]
pub(super) struct Words<'p> {
    /// At least twice as many as there are words, so that a free one comes soon; a power of two.
    places: Vec<Place<'p>>,
    /// How many are taken.
    taken: usize,
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
            places: vec![FREE; 64],
            taken: 0,
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
    #[inline(always)]
    pub(super) fn find(&self, home: Home, probe: &Probe<'_>) -> Option<Word> {
        let place = self.place(probe.hash(home), home, probe);
        self.places.get(place)?.word
    }

    /// The place at which a word stands, or would.
    #[inline(always)]
    fn place(&self, hash: u32, home: Home, probe: &Probe<'_>) -> usize {
        let last = self.places.len() - 1;
        let mut at = hash as usize & last;
        while let Some(place) = self.places.get(at) {
            let same = place.hash == hash && place.home == home && place.probe.is(probe);
            if place.word.is_none() || same {
                break;
            }
            at = (at + 1) & last;
        }
        at
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
        let at = self.place(hash, home, &probe);
        let Some(place) = self.places.get_mut(at) else {
            return word;
        };
        if let Some(known) = place.word {
            return known;
        }
        *place = Place {
            hash,
            home,
            probe,
            word: Some(word),
        };
        self.taken += 1;
        if self.taken * 2 > self.places.len() {
            self.grow();
        }
        word
    }

    /// Twice as many places.
    fn grow(&mut self) {
        let free = vec![FREE; self.places.len() * 2];
        let before = std::mem::replace(&mut self.places, free);
        for place in before.iter().filter(|place| place.word.is_some()) {
            let at = self.place(place.hash, place.home, &place.probe);
            if let Some(free) = self.places.get_mut(at) {
                *free = *place;
            }
        }
    }
}
