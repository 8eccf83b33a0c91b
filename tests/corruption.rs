//! Every shipped pack, damaged: what is altered, cut off or extended is refused; and sealed again, it does no harm.
//!
//! Invariant: a damaged pack never loads under the digest of the good one. Sealed again by somebody, it is refused, or it
//! evaluates: without a panic, without memory beyond the stated limit, loading without any, in time that its length bounds.
//! Why some of it is ignored here: to hash a pack for each of its bits takes minutes. `cargo test` tries every truncation,
//! every extension, every bit of the headers, and a sample of the rest.
#![cfg(feature = "cli")]

#[path = "pack/judge.rs"]
mod judge;
#[path = "support/rules.rs"]
mod rules;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use exequatur::cli::zones::BundledZones;
use exequatur::compile::CompileOptions;
use exequatur::eval::{Entry, Part};
use exequatur::link::link_files;
use exequatur::model::limits::{ENTRIES_MAX, NEEDS_WORDS_MAX};
use exequatur::pack::{HEADER_BYTES, PackError, load, reseal};
use exequatur::syntax::{ast, parse};

use judge::{Numbers, walk};

/// The system's allocator, with a count of bytes for each thread.
struct Counting;

thread_local! {
    static TAKEN: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is handed on unchanged to the system's allocator; the count is a plain number of the thread.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        TAKEN.with(|taken| taken.set(taken.get() + layout.size()));
        // SAFETY: the caller keeps the contract of `alloc`, which is that of the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: `at` came from `alloc` above, so from the system's allocator with this layout.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes that this thread takes during some work.
fn taken<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let before = TAKEN.with(Cell::get);
    let made = work();
    (TAKEN.with(Cell::get) - before, made)
}

/// A pack as it is shipped.
struct Shipped {
    name: String,
    bytes: Vec<u8>,
}

/// The files of the shipped rules by the name of their pack, with the packs that they use.
fn sources() -> BTreeMap<String, (ast::File, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut found = BTreeMap::new();
    for path in rules::sources(&root) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let file = parse(&text).expect("it parses");
        let used = file.items.iter().filter_map(|item| match &item.kind {
            ast::ItemKind::Use(name) => Some(name.text.clone()),
            _ => None,
        });
        let used = used.collect();
        found.insert(file.pack.name.text.clone(), (file, used));
    }
    found
}

/// Each pack that has rules with what it uses, and all of them in one; the small ones first.
fn shipped() -> &'static [Shipped] {
    static SHIPPED: OnceLock<Vec<Shipped>> = OnceLock::new();
    SHIPPED.get_or_init(all_shipped)
}

fn all_shipped() -> Vec<Shipped> {
    let sources = sources();
    let mut packs: Vec<Shipped> = Vec::new();
    let has_rules = |file: &ast::File| {
        let rule = |item: &ast::Item| matches!(item.kind, ast::ItemKind::Rule(_));
        file.items.iter().any(rule)
    };
    for (name, (file, _)) in &sources {
        if !has_rules(file) {
            continue;
        }
        let mut closure = BTreeSet::from([name.clone()]);
        let mut open = vec![name.clone()];
        while let Some(next) = open.pop() {
            for used in &sources[&next].1 {
                if closure.insert(used.clone()) {
                    open.push(used.clone());
                }
            }
        }
        let files: Vec<ast::File> = closure.iter().map(|name| sources[name].0.clone()).collect();
        packs.push(build(name, &files));
    }
    let all: Vec<ast::File> = sources.values().map(|(file, _)| file.clone()).collect();
    packs.push(build("all", &all));
    packs.sort_by_key(|pack| pack.bytes.len());
    assert!(packs.len() > 30, "only {} packs", packs.len());
    packs
}

/// Without the mark that it was proved, which is one byte, and would take minutes here.
fn build(name: &str, files: &[ast::File]) -> Shipped {
    let built = link_files(files, &BundledZones::default(), &CompileOptions::default());
    let built = built.unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
    let bytes = built.bytes;
    let name = name.to_string();
    Shipped { name, bytes }
}

/// Packs of which a test tries more than a sample: the one that `EXQ_CORRUPTION_PACK` names, or all; without those that
/// `EXQ_CORRUPTION_DONE` lists, so that a run that was stopped can go on.
fn chosen() -> Vec<&'static Shipped> {
    let setting = |name| std::env::var(name).unwrap_or_default();
    let (only, done) = (
        setting("EXQ_CORRUPTION_PACK"),
        setting("EXQ_CORRUPTION_DONE"),
    );
    let done: Vec<&str> = done.split_whitespace().collect();
    let mut packs: Vec<&Shipped> = shipped().iter().collect();
    packs.retain(|pack| only.is_empty() || only == pack.name);
    assert!(!packs.is_empty(), "there is no pack `{only}`");
    packs.retain(|pack| !done.contains(&pack.name.as_str()));
    packs
}

/// Work on each number below a count, shared among the cores.
fn in_shares(count: usize, work: impl Fn(usize) + Sync) {
    let (next, work) = (AtomicUsize::new(0), &work);
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        return;
                    }
                    work(index);
                }
            });
        }
    });
}

/// The bits of a pack: all, or those of the header and so many others, evenly spread.
fn bits(length: usize, sample: Option<usize>) -> Vec<usize> {
    let header = HEADER_BYTES * 8;
    match sample {
        Some(sample) if length * 8 > header + sample => {
            let step = (length * 8 - header) / sample;
            (0..header)
                // An odd step comes to all eight places in a byte.
                .chain((header..length * 8).step_by(step | 1))
                .collect()
        }
        _ => (0..length * 8).collect(),
    }
}

/// Bits that are turned one after the other in one copy of a pack.
const SHARE: usize = 64;

/// Each bit is turned, and the pack refused. Gives how many.
fn turned_bits_are_refused(pack: &Shipped, sample: Option<usize>) -> usize {
    let bits = bits(pack.bytes.len(), sample);
    in_shares(bits.len().div_ceil(SHARE), |share| {
        let mut bytes = pack.bytes.clone();
        for bit in bits.iter().skip(share * SHARE).take(SHARE) {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(load(&bytes).is_err(), "{}: bit {bit} is turned", pack.name);
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    });
    bits.len()
}

/// So many bits of each pack are tried by `cargo test`, beside those of its header: the vocabulary alone makes every shipped
/// pack as large as 70 KiB, and all its bits take a minute.
const SAMPLE: usize = 240;

#[test]
fn whatever_is_altered_cut_off_or_extended_is_refused() {
    let (mut flips, mut cuts) = (0, 0);
    for pack in shipped() {
        let Shipped { name, bytes } = pack;
        assert!(load(bytes).is_ok(), "{name}");
        // The stated length is looked at before anything is hashed, so that all of these are cheap.
        for length in 0..bytes.len() {
            assert!(load(&bytes[..length]).is_err(), "{name}: {length} bytes");
        }
        cuts += bytes.len();
        for fill in [0, 0xFF] {
            let mut longer = bytes.clone();
            for more in 1..=64 {
                longer.push(fill);
                assert!(load(&longer).is_err(), "{name}: {more} more bytes");
            }
        }
        flips += turned_bits_are_refused(pack, Some(SAMPLE));
    }
    println!("{flips} bits turned, {cuts} truncations");
    assert!(flips > 20_000, "only {flips} bits");
}

/// Of one pack with `EXQ_CORRUPTION_PACK=eu.tco`, without others with `EXQ_CORRUPTION_DONE="core eu.tco"`.
#[test]
#[ignore = "needs minutes"]
fn every_bit_that_is_turned_is_refused() {
    for pack in chosen() {
        let start = Instant::now();
        let flips = turned_bits_are_refused(pack, None);
        let (name, length) = (&pack.name, pack.bytes.len());
        let seconds = start.elapsed().as_secs_f32();
        println!("{name}: {length} bytes, {flips} bits, {flips} refused, {seconds:.1} s");
    }
}

/// What a pack that was sealed again may take: two answers of the most entries and needs, and rows that are counted by the
/// rows of the pack, of which each has a byte at least.
fn memory_limit(length: usize) -> usize {
    let entries = ENTRIES_MAX * (size_of::<Entry>() + size_of::<Part>());
    2 * (entries + NEEDS_WORDS_MAX as usize * 8) + 512 * length
}

/// What became of damaged packs that were sealed again.
#[derive(Default)]
struct Sealed {
    refused: AtomicUsize,
    loaded: AtomicUsize,
    /// The most bytes that a case and its evaluation took.
    memory: AtomicUsize,
    /// The longest time of one, in nanoseconds.
    slowest: AtomicUsize,
}

impl Sealed {
    fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }

    fn loaded(&self) -> usize {
        self.loaded.load(Ordering::Relaxed)
    }
}

/// How long loading and judging may take, as a multiple of the same on the untouched pack.
const SLOWER_MAX: u32 = 100;

/// Loads a pack, and judges a case with it if it loads. Gives the bytes taken by judging, none if it was refused.
fn judged(bytes: &[u8], seed: u64) -> Option<usize> {
    let (loading, pack) = taken(|| load(bytes));
    assert_eq!(loading, 0, "loading takes memory");
    match pack {
        Ok(pack) => Some(taken(|| walk(pack.program(), &mut Numbers(seed))).0),
        Err(error) => {
            assert_ne!(error, PackError::Digest, "it was sealed");
            None
        }
    }
}

/// The time of [`judged`]; the least of some, where `bound` is given and passed: a machine that does something else at the
/// same time is no fault of the pack.
fn timed(bytes: &[u8], seed: u64, bound: Option<Duration>) -> (Duration, Option<usize>) {
    let mut least: Option<Duration> = None;
    for _ in 0..5 {
        let start = Instant::now();
        let judged = judged(bytes, seed);
        let time = start.elapsed();
        least = Some(least.map_or(time, |least| least.min(time)));
        if bound.is_some_and(|bound| time <= bound) {
            return (time, judged);
        }
    }
    (least.unwrap_or_default(), judged(bytes, seed))
}

/// Turns bits, seals the pack again, and looks at what it does.
fn sealed_again(pack: &Shipped, sample: Option<usize>) -> Sealed {
    let bits = bits(pack.bytes.len(), sample);
    let found = Sealed::default();
    let bound = timed(&pack.bytes, 1, None).0 * SLOWER_MAX;
    let limit = memory_limit(pack.bytes.len());
    // The magic, the versions and the length are refused before the digest; the digest itself is written anew.
    let behind = bits.partition_point(|bit| *bit < HEADER_BYTES * 8);
    let bits = &bits[behind..];
    in_shares(bits.len().div_ceil(SHARE), |share| {
        let mut bytes = pack.bytes.clone();
        for bit in bits.iter().skip(share * SHARE).take(SHARE) {
            bytes[bit / 8] ^= 1 << (bit % 8);
            reseal(&mut bytes);
            look(&found, pack, &bytes, *bit, bound, limit);
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    });
    found
}

fn look(found: &Sealed, pack: &Shipped, bytes: &[u8], at: usize, bound: Duration, limit: usize) {
    let seed = at as u64 | 1 << 40;
    let (time, judged) = timed(bytes, seed, Some(bound));
    let name = &pack.name;
    assert!(
        time <= bound,
        "{name}, at {at}: {time:?}, more than {bound:?}"
    );
    found
        .slowest
        .fetch_max(time.as_nanos() as usize, Ordering::Relaxed);
    match judged {
        Some(memory) => {
            assert!(
                memory <= limit,
                "{name}, at {at}: {memory} bytes, more than {limit}"
            );
            found.memory.fetch_max(memory, Ordering::Relaxed);
            found.loaded.fetch_add(1, Ordering::Relaxed);
        }
        None => _ = found.refused.fetch_add(1, Ordering::Relaxed),
    }
}

/// Cut off and extended, with the length and the digest corrected: the sections say themselves how long they are.
fn cut_and_sealed(pack: &Shipped, step: usize) -> usize {
    let whole = &pack.bytes;
    let lengths: Vec<usize> = (HEADER_BYTES..whole.len())
        .step_by(step)
        .chain(whole.len() + 1..=whole.len() + 64)
        .collect();
    in_shares(lengths.len(), |index| {
        let length = lengths[index];
        let mut bytes = whole.clone();
        bytes.resize(length, 0);
        bytes[16..24].copy_from_slice(&(length as u64).to_le_bytes());
        reseal(&mut bytes);
        assert!(load(&bytes).is_err(), "{}: {length} bytes", pack.name);
    });
    lengths.len()
}

#[test]
fn what_is_sealed_again_is_refused_or_harmless() {
    let (mut refused, mut loaded) = (0, 0);
    for pack in shipped() {
        let found = sealed_again(pack, Some(SAMPLE));
        refused += found.refused();
        loaded += found.loaded();
        cut_and_sealed(pack, pack.bytes.len() / 24 + 1);
    }
    println!("{refused} refused, {loaded} loaded");
    // Letters of a text and days of an interval are free, most else is not.
    assert!(
        refused > 1_000 && loaded > 1_000,
        "{refused} refused, {loaded} loaded"
    );
}

/// Of one pack with `EXQ_CORRUPTION_PACK=eu.tco`, without others with `EXQ_CORRUPTION_DONE="core eu.tco"`.
#[test]
#[ignore = "needs minutes"]
fn every_bit_that_is_sealed_again_is_refused_or_harmless() {
    for pack in chosen() {
        let start = Instant::now();
        let found = sealed_again(pack, None);
        let cuts = cut_and_sealed(pack, 1);
        let (name, length) = (&pack.name, pack.bytes.len());
        let (refused, loaded) = (found.refused(), found.loaded());
        let memory = found.memory.load(Ordering::Relaxed);
        let slowest = found.slowest.load(Ordering::Relaxed) / length;
        let seconds = start.elapsed().as_secs_f32();
        println!(
            "{name}: {length} bytes, {refused} refused, {loaded} loaded, {cuts} cut or extended, {memory} bytes at most, \
             {slowest} ns a byte at most, {seconds:.1} s"
        );
    }
}

/// The time to load grows with the bytes, and with nothing else: from the least to the largest shipped pack.
#[test]
fn time_to_load_is_linear_in_bytes() {
    let packs = shipped();
    let per_byte = |pack: &Shipped| {
        let once = || {
            let start = Instant::now();
            assert!(load(&pack.bytes).is_ok());
            start.elapsed().as_nanos() as usize * 1_000 / pack.bytes.len()
        };
        (0..20).map(|_| once()).min().unwrap_or(0)
    };
    let times: Vec<(usize, usize)> = packs
        .iter()
        .map(|pack| (pack.bytes.len(), per_byte(pack)))
        .collect();
    let least = times.iter().map(|(_, time)| *time).min().unwrap_or(0);
    let most = times.iter().map(|(_, time)| *time).max().unwrap_or(0);
    println!("{times:?}");
    assert!(most <= least * 12, "{least} to {most} ps a byte: {times:?}");
}
