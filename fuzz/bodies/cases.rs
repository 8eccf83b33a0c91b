//! Bytes as the JSON of a case: the reader by hand against the visitors of `serde_json` (`tests/reader`).
//!
//! Invariant: both find the same case or the same error at the same place; a case that is taken fits its pack, is taken
//! again as the same, and evaluates; one that is refused leaves nothing behind.

use std::sync::OnceLock;

use exequatur::eval::{FactSlot, check_event, check_fact};
use exequatur::json::{CaseReader, OwnedCase};
use exequatur::model::{EventId, FactId};
use exequatur::pack::{Program, load};

use super::packs;

#[path = "../../tests/reader/mod.rs"]
mod reader;

/// The programs of the packs, each with its reader.
fn readers() -> &'static [(Program<'static>, CaseReader<'static>)] {
    static READERS: OnceLock<Vec<(Program<'static>, CaseReader<'static>)>> = OnceLock::new();
    READERS.get_or_init(|| {
        let reader = |bytes: &'static Vec<u8>| {
            let pack = load(bytes).expect("a pack that was built loads");
            (*pack.program(), CaseReader::new(pack.program()))
        };
        packs().iter().map(reader).collect()
    })
}

/// A case is read as an independent reader reads it. The first byte tells the pack, and whether the case is a part.
pub fn case_json(data: &[u8]) {
    let Some((choice, json)) = data.split_first() else {
        return;
    };
    let (program, reader) = &readers()[usize::from(*choice) % readers().len()];
    let key = (choice & 0x40 != 0).then_some("case");
    let mut case = OwnedCase::empty(program);
    let read = match key {
        None => reader.read_into(&mut case, json).map(|()| case.clone()),
        Some(key) => reader.read_in_object(json, key),
    };
    let expected = reader::read(program, json, key);
    assert!(
        reader::same(&read, &expected, json),
        "now    {read:?}\nbefore {expected:?}"
    );
    match read {
        Ok(read) => {
            for (id, slot) in (0u16..).zip(&read.facts) {
                if let FactSlot::Given(value) = slot {
                    assert_eq!(check_fact(program, FactId(id), *value), Ok(()));
                }
            }
            for (id, slot) in (0u16..).zip(&read.events) {
                assert_eq!(check_event(program, EventId(id), *slot), Ok(()));
            }
            // Into a case that says something already.
            let mut again = read.clone();
            if key.is_none() {
                assert_eq!(reader.read_into(&mut again, json), Ok(()));
                assert_eq!(again, read);
            }
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert_eq!(case, OwnedCase::empty(program), "something is left of it");
        }
    }
}
