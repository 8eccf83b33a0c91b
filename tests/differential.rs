//! The engine against the reference interpreter, on random packs and cases.
#![cfg(feature = "cli")]
mod reference;

#[test]
fn starts() {
    let link = reference::link::Link::new(&[], &[]);
    let answer = reference::evaluate(&link, &serde_json::json!({}), 0, None, true);
    assert_eq!(answer["schema"], 1);
}
