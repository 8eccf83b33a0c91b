//! The hash of a pack's vocabulary: what moves it, what leaves it alone, and of which bytes it is made.
//!
//! A host has ids compiled in. A change that gives an id another name or another type must move the hash; a change of
//! rules, texts, conditions or presumptions must not, or every host would have to be built anew with every rule.

use exequatur::check::ir::*;
use exequatur::model::*;
use exequatur::pack::{load, schema_hash};
use sha2::{Digest, Sha256};

use crate::build;
use crate::sample::{effect, sample, version};

fn hash(ir: &Ir) -> [u8; 32] {
    let bytes = build(ir);
    schema_hash(load(&bytes).expect("it loads").program())
}

/// The sample, its rules and properties emptied, so that no rule hinders what happens to the vocabulary.
fn plain() -> Ir {
    let mut ir = sample();
    for version in &mut ir.versions {
        version.when = None;
        for effect in &mut version.effects {
            effect.windows.clear();
            effect.alternatives.clear();
            effect.across = Across::Everywhere;
            effect.member = None;
            effect.up_to = None;
        }
    }
    (ir.choosers, ir.countings) = (vec![], vec![]);
    ir.facts.iter_mut().for_each(|fact| fact.presumed = None);
    ir.sets.iter_mut().for_each(|set| set.versions.clear());
    ir
}

type Change = (&'static str, fn(&mut Ir));

#[test]
fn what_a_host_binds_to_moves_the_hash() {
    let changes: &[Change] = &[
        ("a pack is renamed", |ir| {
            ir.packs[0].name = "a.laws".to_owned()
        }),
        ("an enumeration is renamed", |ir| {
            ir.enums[1].name = "Datum".to_owned()
        }),
        ("a member is renamed", |ir| {
            ir.enums[1].members[0].name = "user".to_owned()
        }),
        ("members change places", |ir| ir.enums[0].members.swap(0, 1)),
        ("a member is added at the end", |ir| {
            let last = ir.enums[0].members[2].clone();
            ir.enums[0].members.push(Member {
                name: "IT".to_owned(),
                ..last
            });
        }),
        ("a letter moves from one member to the next", |ir| {
            ir.enums[1].members[0].name = "subscribe".to_owned();
            ir.enums[1].members[1].name = "rtraffic".to_owned();
        }),
        ("a set is renamed", |ir| ir.sets[0].name = "EEA".to_owned()),
        ("a fact is renamed", |ir| {
            ir.facts[3].name = "offence.months".to_owned()
        }),
        ("a fact is added at the end", |ir| {
            let last = ir.facts[0].clone();
            ir.facts.push(Fact {
                name: "order.urgent".to_owned(),
                ..last
            });
        }),
        ("a fact has another type", |ir| ir.facts[5].ty = Type::Bool),
        ("an integer has another greatest value", |ir| {
            ir.facts[3].ty = Type::Int(0, 99)
        }),
        ("an integer has another least value", |ir| {
            ir.facts[3].ty = Type::Int(1, 100)
        }),
        ("an event is renamed", |ir| {
            ir.events[1].name = "content.gone".to_owned()
        }),
        ("a norm is renamed", |ir| {
            ir.norms[0].name = "removal".to_owned()
        }),
        ("a norm of a family becomes one alone", |ir| {
            ir.norms[2].member = None
        }),
        ("there is no territory", |ir| ir.territory = None),
    ];
    let was = hash(&sample());
    assert_eq!(hash(&plain()), was, "rules are not in the hash");
    let mut seen = vec![was];
    for (what, change) in changes {
        let mut ir = plain();
        change(&mut ir);
        let now = hash(&ir);
        assert!(
            !seen.contains(&now),
            "{what}: the hash stayed, or is that of another change"
        );
        seen.push(now);
    }
}

#[test]
fn rules_and_texts_leave_the_hash_alone() {
    let changes: &[Change] = &[
        ("a rule is renamed", |ir| {
            ir.rules[2].name = "penalty".to_owned()
        }),
        ("a rule is added", |ir| {
            ir.rules.push(Rule {
                name: "more".to_owned(),
                pack: PackId(1),
                versions: vec![VersionId(7)],
            });
            ir.versions
                .push(version(6, None, &[], vec![effect(0, Kind::May)]));
            ir.schedule.insert(0, Step::Version(VersionId(7)));
        }),
        ("a condition changes", |ir| {
            ir.versions[2].when = Some(Cond::Known(FactId(5)))
        }),
        ("a guard changes", |ir| {
            ir.norms[2].guards = vec![Cond::Bool(FactId(0))]
        }),
        ("a presumption goes", |ir| ir.facts[3].presumed = None),
        ("a presumption comes", |ir| {
            ir.facts[0].presumed = Some(Value::Bool(true))
        }),
        ("a question changes", |ir| {
            ir.facts[0].ask.en = "Is it valid?".to_owned()
        }),
        ("a label changes", |ir| {
            ir.enums[0].members[0].label.fr = "la France".to_owned()
        }),
        ("a title changes", |ir| {
            ir.norms[0].title.en = "Take it down".to_owned()
        }),
        ("a set gains a member", |ir| {
            ir.sets[0].versions[1].1.insert(2)
        }),
        ("a pack ends", |ir| ir.packs[0].interval.until = 30_000),
        ("a pack has another status", |ir| {
            ir.packs[1].status = PackStatus::Voluntary
        }),
    ];
    let was = hash(&sample());
    for (what, change) in changes {
        let mut ir = sample();
        let before = build(&ir);
        change(&mut ir);
        assert!(build(&ir) != before, "{what}: this is no change");
        assert_eq!(hash(&ir), was, "{what}: the hash moved");
    }
}

/// The bytes of `docs/VERSIONS.md`, written by hand for the sample.
#[test]
fn the_hash_is_made_of_what_the_page_says() {
    let mut bytes = b"exequatur schema 1\n".to_vec();
    let count = |bytes: &mut Vec<u8>, count: usize| bytes.extend((count as u64).to_le_bytes());
    let text = |bytes: &mut Vec<u8>, text: &str| {
        bytes.extend((text.len() as u64).to_le_bytes());
        bytes.extend(text.as_bytes());
    };
    count(&mut bytes, 2);
    text(&mut bytes, "a.law");
    text(&mut bytes, "b.said");
    count(&mut bytes, 2);
    for (name, members) in [
        ("Country", &["FR", "DE", "BE"][..]),
        ("Data", &["subscriber", "traffic"]),
    ] {
        text(&mut bytes, name);
        count(&mut bytes, members.len());
        members.iter().for_each(|member| text(&mut bytes, member));
    }
    count(&mut bytes, 1);
    text(&mut bytes, "EU");
    bytes.extend(0u16.to_le_bytes());
    count(&mut bytes, 7);
    for (name, ty, of, least, most) in [
        ("order.valid", 0u8, 65_535u16, 0i64, 0i64),
        ("order.country", 1, 0, 0, 0),
        ("provider.offers", 2, 0, 0, 0),
        ("offence.years", 3, 65_535, 0, 100),
        ("provider.turnover", 4, 65_535, 0, 0),
        ("order.deadline", 5, 65_535, 0, 0),
        ("order.data", 2, 1, 0, 0),
    ] {
        text(&mut bytes, name);
        bytes.push(ty);
        bytes.extend(of.to_le_bytes());
        bytes.extend(least.to_le_bytes());
        bytes.extend(most.to_le_bytes());
    }
    count(&mut bytes, 2);
    text(&mut bytes, "order.received_at");
    text(&mut bytes, "content.removed");
    count(&mut bytes, 4);
    for (name, member) in [
        ("takedown", ""),
        ("fine", ""),
        ("disclose", "subscriber"),
        ("disclose", "traffic"),
    ] {
        text(&mut bytes, name);
        text(&mut bytes, member);
    }
    bytes.extend(0u16.to_le_bytes());
    assert_eq!(hash(&sample()), <[u8; 32]>::from(Sha256::digest(&bytes)));
}
