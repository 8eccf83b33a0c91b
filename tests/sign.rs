//! Signed packs: what holds, and that everything else is refused, each thing by its own name.
//!
//! The bytes of a signature are laid out here a second time, from the table of `src/sign/statement.rs` and not by its code, so
//! that writer and reader cannot be wrong together. The keys in `tests/sign` are those of RFC 8032: everybody has them, and
//! nobody trusts them. `tests/hosts/signed.rs` asks the same through C, C++, Python and OpenSSL.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use exequatur::cli::link;
use exequatur::pack::{self, PackError};
use exequatur::sign::{
    Key, Name, Refusal, SIGNATURE_BYTES, ShapeError, Signed, SignedPackError, Trust, VERSION, load,
    verify,
};

#[path = "sign/words.rs"]
mod words;

const NOW: i64 = 1_790_000_000_000_000;
const LINE: &str = "takedown-eu";

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn bytes(digits: &str) -> Vec<u8> {
    let digits = digits.trim_start_matches('-').as_bytes().chunks(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// The secret keys of TEST 1 and TEST 2 of RFC 8032.
fn maker() -> SigningKey {
    let seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    SigningKey::from_bytes(&seed.try_into().unwrap())
}

fn other() -> SigningKey {
    let seed = bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    SigningKey::from_bytes(&seed.try_into().unwrap())
}

fn public(key: &SigningKey) -> Key {
    Key::from_bytes(key.verifying_key().as_bytes()).unwrap()
}

fn trust() -> Trust {
    Trust {
        key: public(&maker()),
        name: Name::new(LINE).unwrap(),
        serial_at_least: 7,
        now: NOW,
    }
}

/// A small pack, and another one.
fn packs() -> [Vec<u8>; 2] {
    ["tests/hosts/misuse/rules.exq", "tests/hosts/bind/words.exq"].map(|rules| {
        let linked = link(&[at(rules)], &[]);
        linked
            .unwrap_or_else(|error| panic!("{rules}: {error}"))
            .bytes
    })
}

/// What stands before the signature.
fn statement(digest: [u8; 32]) -> Vec<u8> {
    let mut statement = b"EXQSIGN\0\x01\0\0\0\0\0\0\0".to_vec();
    statement.extend(digest);
    statement.extend(7u64.to_le_bytes());
    statement.extend((NOW + 1).to_le_bytes());
    statement.extend(b"takedown-eu");
    statement.extend([0; 21]);
    statement.extend(public(&maker()).id().0);
    assert_eq!(statement.len(), 104);
    statement
}

/// A statement with its signature.
fn signed_by(key: &SigningKey, statement: &[u8]) -> Vec<u8> {
    let message = [b"exequatur signed pack 1\n", statement].concat();
    [statement, &key.sign(&message).to_bytes()].concat()
}

/// A pack and a signature of it that holds for one microsecond more.
fn sample() -> (Vec<u8>, Vec<u8>) {
    let [pack, _] = packs();
    let digest = pack::load(&pack).unwrap().digest();
    let signature = signed_by(&maker(), &statement(digest));
    (pack, signature)
}

#[test]
fn signatures_of_the_standard_hold_and_loose_ones_do_not() {
    let data = fs::read_to_string(at("tests/sign/ed25519.txt")).unwrap();
    let mut counts = [0; 4];
    for line in data
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split(' ').collect();
        let key: [u8; 32] = bytes(fields[1]).try_into().unwrap();
        let trusted = Key::from_bytes(&key);
        if fields[0] == "no-key" {
            assert!(trusted.is_err(), "{line}");
            counts[3] += 1;
            continue;
        }
        let (message, signature) = (bytes(fields[2]), bytes(fields[3]));
        let signature: [u8; 64] = signature.try_into().unwrap();
        let holds = trusted.is_ok_and(|key| key.has_signed(&message, &signature));
        // What the library would take that is asked less strictly: else the row would show nothing.
        let loose = VerifyingKey::from_bytes(&key).unwrap();
        let loosely = loose
            .verify(&message, &Signature::from_bytes(&signature))
            .is_ok();
        let (kind, expected, loose) = match fields[0] {
            "holds" => (0, true, true),
            "refused" => (1, false, false),
            "lax" => (2, false, true),
            other => panic!("`{other}` is no kind of row"),
        };
        counts[kind] += 1;
        assert_eq!((holds, loosely), (expected, loose), "{line}");
    }
    assert_eq!(counts, [4, 3, 3, 24], "rows were left out");
}

#[test]
fn a_signed_pack_is_loaded_and_says_what_was_signed() {
    let (bytes, signature) = sample();
    let (pack, signed) = load(&bytes, &signature, &trust()).unwrap();
    assert_eq!(pack.digest(), signed.digest);
    assert_eq!((signed.serial, signed.expires), (7, Some(NOW + 1)));
    assert_eq!(signed.name.as_str(), LINE);
    assert_eq!(signed.key, trust().key.id());
    // What the writer writes is what stands here.
    let unsigned = signed.unsigned();
    let again = unsigned.signed(&maker().sign(unsigned.message()).to_bytes());
    assert_eq!(again.as_slice(), signature);
    assert_eq!((signature.len(), VERSION), (SIGNATURE_BYTES, 1));
}

#[test]
fn the_bytes_of_a_signature_stay() {
    let signed = Signed {
        digest: [0x11; 32],
        serial: u64::MAX - 1,
        expires: None,
        name: Name::new("a").unwrap(),
        key: public(&maker()).id(),
    };
    let unsigned = signed.unsigned();
    let whole = unsigned.signed(&maker().sign(unsigned.message()).to_bytes());
    let digits: String = whole.iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = fs::read_to_string(at("tests/sign/golden.txt")).unwrap();
    let kept: String = kept.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(digits, kept);
}

#[test]
fn every_flipped_bit_of_a_signature_is_refused_by_what_it_changed() {
    let (bytes, signature) = sample();
    let trust = trust();
    let mut refused = [0; 4];
    for bit in 0..signature.len() * 8 {
        let mut flipped = signature.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let refusal = verify(&bytes, &flipped, &trust).expect_err("it must be refused");
        let (kind, expected) = match bit / 8 {
            0..8 => (0, Refusal::NoSignature(ShapeError::Magic)),
            8..10 => {
                let found = VERSION ^ 1 << (bit - 64);
                (1, Refusal::NoSignature(ShapeError::Version { found }))
            }
            96..104 => {
                let mut found = trust.key.id();
                found.0[bit / 8 - 96] ^= 1 << (bit % 8);
                let trusted = trust.key.id();
                (2, Refusal::OtherKey { found, trusted })
            }
            _ => (3, Refusal::Forged),
        };
        refused[kind] += 1;
        assert_eq!(refusal, expected, "bit {bit}");
    }
    assert_eq!(refused, [64, 16, 64, 1200]);
}

#[test]
fn a_signature_that_was_cut_or_extended_is_none() {
    let (bytes, signature) = sample();
    let long = [signature.as_slice(), &[0; 64]].concat();
    for length in (0..=long.len()).filter(|length| *length != signature.len()) {
        let expected = Refusal::NoSignature(ShapeError::Length { length });
        assert_eq!(verify(&bytes, &long[..length], &trust()), Err(expected));
    }
}

#[test]
fn every_altered_byte_of_a_signed_pack_is_refused() {
    let (bytes, signature) = sample();
    for place in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[place] ^= 1 << (place % 8);
        let error = load(&altered, &signature, &trust()).expect_err("it must be refused");
        match place {
            // The digest that it states is another one; of all else the digest is what was signed, and does not match.
            24..56 => assert!(matches!(
                error,
                SignedPackError::Refused(Refusal::OtherPack { .. })
            )),
            56.. => assert_eq!(
                error,
                SignedPackError::Pack(PackError::Digest),
                "byte {place}"
            ),
            _ => assert!(
                matches!(error, SignedPackError::Pack(_)),
                "byte {place}: {error}"
            ),
        }
    }
    for length in [0, 23, 55, 56, bytes.len() - 1] {
        assert!(
            load(&bytes[..length], &signature, &trust()).is_err(),
            "{length} bytes"
        );
    }
}

/// What is trusted, changed in one thing; and what the refusal says.
#[test]
fn each_refusal_has_its_own_words() {
    let (bytes, signature) = sample();
    let [_, other_pack] = packs();
    let good = trust();
    let asked = [
        (
            Trust {
                key: public(&other()),
                ..good
            },
            &bytes,
            "names the key ",
        ),
        (
            Trust {
                name: Name::new("takedown-us").unwrap(),
                ..good
            },
            &bytes,
            "for packs called `takedown-eu`, and `takedown-us`",
        ),
        (good, &other_pack, "is of another pack"),
        (
            Trust {
                serial_at_least: 8,
                ..good
            },
            &bytes,
            "the serial 7, and at least 8",
        ),
        (
            Trust {
                now: NOW + 1,
                ..good
            },
            &bytes,
            "expired: it held until before 2026-09-21T",
        ),
    ];
    for (trust, bytes, words) in asked {
        let refusal = verify(bytes, &signature, &trust).expect_err(words);
        assert!(refusal.to_string().contains(words), "{refusal}");
    }
    // A key that claims to be the trusted one, and one that signs what it should not.
    let claimed = signed_by(&other(), &signature[..104]);
    assert_eq!(verify(&bytes, &claimed, &good), Err(Refusal::Forged));
    // The same words, signed as something else by the same key: what stands before them is missing, or is another.
    for context in ["", "exequatur signed pack 2\n"] {
        let message = [context.as_bytes(), &signature[..104]].concat();
        let elsewhere = [&signature[..104], &maker().sign(&message).to_bytes()].concat();
        assert_eq!(verify(&bytes, &elsewhere, &good), Err(Refusal::Forged));
    }
}

#[test]
fn refusals_come_in_their_order() {
    let (bytes, _) = sample();
    let [_, other_pack] = packs();
    // Wrong in everything, and mended step by step.
    let digest = pack::load(&bytes).unwrap().digest();
    let mut trust = Trust {
        key: public(&other()),
        name: Name::new("other").unwrap(),
        serial_at_least: 8,
        now: NOW + 1,
    };
    let good = signed_by(&maker(), &statement(digest));
    let mut signature = good.clone();
    signature[16] ^= 1;
    signature.push(0);
    let mut pack = other_pack.clone();
    let word = |found: Result<Signed, Refusal>| match found {
        Err(Refusal::NoSignature(_)) => "no signature",
        Err(Refusal::OtherKey { .. }) => "key",
        Err(Refusal::Forged) => "forged",
        Err(Refusal::OtherName { .. }) => "name",
        Err(Refusal::OtherPack { .. }) => "pack",
        Err(Refusal::RolledBack { .. }) => "serial",
        Err(Refusal::Expired { .. }) => "expired",
        Ok(_) => "accepted",
    };
    let mut said = vec![word(verify(&pack, &signature, &trust))];
    signature.pop();
    said.push(word(verify(&pack, &signature, &trust)));
    trust.key = public(&maker());
    said.push(word(verify(&pack, &signature, &trust)));
    signature = good;
    said.push(word(verify(&pack, &signature, &trust)));
    trust.name = Name::new(LINE).unwrap();
    said.push(word(verify(&pack, &signature, &trust)));
    pack = bytes;
    said.push(word(verify(&pack, &signature, &trust)));
    trust.serial_at_least = 7;
    said.push(word(verify(&pack, &signature, &trust)));
    trust.now = NOW;
    said.push(word(verify(&pack, &signature, &trust)));
    let order = [
        "no signature",
        "key",
        "forged",
        "name",
        "pack",
        "serial",
        "expired",
        "accepted",
    ];
    assert_eq!(said, order);
}

#[test]
fn it_holds_until_before_its_expiry_and_from_its_serial_on() {
    let (bytes, signature) = sample();
    let asked = |serial_at_least, now| {
        verify(
            &bytes,
            &signature,
            &Trust {
                serial_at_least,
                now,
                ..trust()
            },
        )
        .is_ok()
    };
    assert!(asked(7, NOW) && asked(0, 0) && asked(6, NOW) && asked(7, i64::MIN));
    assert!(!asked(7, NOW + 1) && !asked(7, i64::MAX) && !asked(8, NOW) && !asked(u64::MAX, NOW));
    let mut forever = statement(pack::load(&bytes).unwrap().digest());
    forever[56..64].copy_from_slice(&i64::MAX.to_le_bytes());
    let forever = signed_by(&maker(), &forever);
    let signed = verify(
        &bytes,
        &forever,
        &Trust {
            now: i64::MAX,
            ..trust()
        },
    )
    .unwrap();
    assert_eq!(signed.expires, None);
}

#[test]
fn what_no_version_of_the_format_says_is_refused_even_if_the_maker_signed_it() {
    let (bytes, _) = sample();
    let digest = pack::load(&bytes).unwrap().digest();
    let instant = |at: i64| at.to_le_bytes().to_vec();
    let rows: [(usize, Vec<u8>, &'static str); 11] = [
        (10, vec![1], "what is reserved"),
        (15, vec![0x80], "what is reserved"),
        (56, instant(-1), "the expiry"),
        (56, instant(4_102_444_800_000_000), "the expiry"),
        (56, instant(i64::MAX - 1), "the expiry"),
        (56, instant(i64::MIN), "the expiry"),
        (64, vec![0], "the name"),
        (64, vec![b'T'], "the name"),
        (68, vec![0], "the name"),
        (95, vec![1], "the name"),
        (64, vec![0xff; 32], "the name"),
    ];
    for (place, written, what) in rows {
        let mut strange = statement(digest);
        strange[place..place + written.len()].copy_from_slice(&written);
        let found = verify(&bytes, &signed_by(&maker(), &strange), &trust());
        let expected = Refusal::NoSignature(ShapeError::Content { what });
        assert_eq!(found, Err(expected), "byte {place}");
    }
    // 32 bytes of name leave no room for a zero, and need none.
    let mut long = statement(digest);
    long[64..96].fill(b'x');
    let name = Name::new(&"x".repeat(32)).unwrap();
    assert!(
        verify(
            &bytes,
            &signed_by(&maker(), &long),
            &Trust { name, ..trust() }
        )
        .is_ok()
    );
}
