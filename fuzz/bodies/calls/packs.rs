//! The calls that make packs and ask them what they hold, and those that need no handle.
//!
//! Invariant: as in `calls`; a path is below a folder that does not exist, so that no file of the machine is opened.

use core::ptr::null;

use exequatur::capi::*;

use super::super::packs;
use super::{Host, SLOTS};

/// Rules for `exq_pack_compile`: whole, so that it succeeds at times.
const SOURCE: &str = "pack p status policy zone \"Europe/Paris\" fact f : bool event e norm n : host act it done at e \
                      rule r when f then n must within 2 hours of e end\n";

fn slots<'h>(host: &'h mut Host<'_>) -> &'h mut [*mut exq_pack; SLOTS] {
    &mut host.packs
}

fn part(text: &[u8]) -> exq_str {
    exq_str {
        ptr: text.as_ptr().cast(),
        len: text.len(),
    }
}

impl Host<'_> {
    /// One call about a pack.
    pub(super) fn call_pack(&mut self, which: u8) {
        match which % 32 {
            0 => {
                let bytes = &packs()[usize::from(self.bytes.u8()) % packs().len()];
                let length = match self.bytes.u8() {
                    0..=199 => bytes.len(),
                    cut => bytes.len() - usize::from(cut),
                };
                // SAFETY: see `calls`.
                let load =
                    |out, error| unsafe { exq_pack_load(bytes.as_ptr(), length, out, error) };
                self.make(slots, exq_pack_free, load);
            }
            1 => {
                let given = self.bytes.slice(64);
                let memory = self.bytes.u8();
                let mut room = vec![0u64; usize::from(memory)];
                let size = room.len() * 8;
                let room = room.as_mut_ptr().cast();
                // SAFETY: see `calls`. The library with a heap leaves the memory alone.
                self.make(slots, exq_pack_free, |out, error| unsafe {
                    exq_pack_load_in(given.as_ptr(), given.len(), room, size, out, error)
                });
            }
            2 => {
                let (tail, length) = self.text();
                let mut path = b"/no such folder/".to_vec();
                if !tail.is_null() {
                    // SAFETY: a text of the input.
                    let tail = unsafe { core::slice::from_raw_parts(tail.cast::<u8>(), length) };
                    path.extend(tail.iter().filter(|byte| **byte != b'.'));
                }
                // SAFETY: see `calls`.
                self.make(slots, exq_pack_free, |out, error| unsafe {
                    exq_pack_load_file(path.as_ptr().cast(), path.len(), out, error)
                });
            }
            3 => self.compile(),
            4 => {
                let (slot, _) = self.slot();
                let handle = core::mem::replace(&mut self.packs[slot], core::ptr::null_mut());
                // SAFETY: it has just left its slot.
                unsafe { exq_pack_free(handle) };
            }
            _ => self.ask_pack(which),
        }
    }

    fn compile(&mut self) {
        let more = self.bytes.slice(48);
        let source = exq_source {
            name: part(b"p.exq"),
            text: part(SOURCE.as_bytes()),
        };
        let other = exq_source {
            name: part(&more[..more.len().min(5)]),
            text: part(more),
        };
        let sources = [source, other];
        let count = usize::from(self.bytes.u8() % 3);
        let (zones, _) = self.slot();
        let zones = self.packs[zones];
        // SAFETY: see `calls`.
        self.make(slots, exq_pack_free, |out, error| unsafe {
            let sources = if count == 0 { null() } else { sources.as_ptr() };
            exq_pack_compile(sources, count, zones, out, error)
        });
    }

    fn ask_pack(&mut self, which: u8) {
        let pack = self.pack();
        let (kind, lang) = (self.small(), self.small());
        let (id, index) = (self.id(), self.id());
        // SAFETY: see `calls`.
        unsafe {
            match which % 32 {
                5 => self.get(|out, error| exq_pack_bytes(pack, out, error)),
                6 => self.get(|out, error| exq_pack_digest(pack, out, error)),
                7 => self.get(|out, error| exq_pack_schema_hash(pack, out, error)),
                8 => {
                    let mut hash: exq_digest = core::mem::zeroed();
                    if self.bytes.one_in(2) {
                        self.call(|error| exq_pack_schema_hash(pack, &mut hash, error));
                    }
                    self.call(|error| exq_pack_expect_schema(pack, &hash, error));
                }
                9 => self.get(|out, error| exq_pack_is_proved(pack, out, error)),
                10 => self.get(|out, error| exq_pack_territory(pack, out, error)),
                11 => self.get(|out, error| exq_pack_count(pack, kind, out, error)),
                12 => {
                    let (text, length) = self.text();
                    self.get(|out, error| exq_pack_find(pack, kind, text, length, out, error));
                }
                13 => self.get(|out, error| exq_pack_name(pack, kind, id, out, error)),
                14 => {
                    let text = self.small();
                    self.get(|out, error| exq_pack_text(pack, kind, id, text, lang, out, error));
                }
                15 => self.fill_text(|buffer, room, needed, error| {
                    exq_pack_case_schema(pack, buffer, room, needed, error)
                }),
                16 => self.get(|out, error| exq_pack_member_count(pack, id, out, error)),
                17 => {
                    let (text, length) = self.text();
                    self.get(|out, error| exq_pack_member_find(pack, id, text, length, out, error));
                }
                18 => self.get(|out, error| exq_pack_member_name(pack, id, index, out, error)),
                19 => {
                    self.get(|out, error| exq_pack_member_label(pack, id, index, lang, out, error));
                }
                20 => self.get(|out, error| exq_pack_instrument(pack, id, out, error)),
                21 => self.get(|out, error| exq_pack_fact(pack, id, out, error)),
                22 => self.get(|out, error| exq_pack_norm(pack, id, out, error)),
                23 => self.get(|out, error| exq_pack_rule_version(pack, id, out, error)),
                24 => self.get(|out, error| exq_pack_citation(pack, id, index, out, error)),
                25 => {
                    self.get(|out, error| exq_pack_untranslated(pack, id, index, lang, out, error));
                }
                26 => self.get(|out, error| exq_pack_memory(out, error)),
                27 => self.get(|out, error| exq_case_memory(pack, out, error)),
                28 => self.get(|out, error| exq_decision_memory(pack, out, error)),
                _ => self.ask_nobody(which),
            }
        }
    }

    /// Instants and days need no handle; nor do the names of statuses.
    fn ask_nobody(&mut self, which: u8) {
        let (at, day) = (self.bytes.instant(), self.bytes.u32() as i32);
        let (text, length) = self.text();
        // SAFETY: see `calls`.
        unsafe {
            match which / 32 + which % 3 {
                0 => self.get(|out, error| exq_instant_parse(text, length, out, error)),
                1 => self.get(|out, error| exq_day_parse(text, length, out, error)),
                2 => self.fill_text(|buffer, room, needed, error| {
                    exq_instant_format(at, buffer, room, needed, error)
                }),
                _ => self.fill_text(|buffer, room, needed, error| {
                    exq_day_format(day, buffer, room, needed, error)
                }),
            }
            let name = core::ffi::CStr::from_ptr(exq_status_name(day));
            assert!(!name.is_empty());
            assert_eq!(exq_abi_version(), EXQ_ABI_VERSION);
            assert!(exq_features() != 0 && !exq_version().is_null());
        }
    }
}
