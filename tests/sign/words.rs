//! The words around a signature: names of lines of packs, and public keys in PEM.

use std::fs;

use exequatur::sign::pem::PemError;
use exequatur::sign::{Key, KeyError, Name};

use super::{at, maker, public};

#[test]
fn names_are_short_and_plain() {
    for name in ["a", "takedown-eu", "0.1_b", &"z".repeat(32)] {
        assert_eq!(Name::new(name).unwrap().to_string(), name);
    }
    for name in [
        "",
        "A",
        "a b",
        "é",
        "a\0",
        "\0",
        "a/b",
        &"z".repeat(33),
        "a\0b",
    ] {
        assert!(Name::new(name).is_err(), "{name:?}");
    }
}

#[test]
fn keys_are_read_from_pem_and_nothing_else() {
    let good = fs::read_to_string(at("tests/sign/maker.pub.pem")).unwrap();
    assert_eq!(Key::from_pem(&good), Ok(public(&maker())));
    assert_eq!(public(&maker()).to_der()[12..], public(&maker()).to_bytes());
    let mut lines = good.lines();
    let (begin, line, end) = (
        lines.next().unwrap(),
        lines.next().unwrap(),
        lines.next().unwrap(),
    );
    let pem = |inside: &str| format!("{begin}\n{inside}\n{end}\n");
    for text in [
        good.trim_end().to_string(),
        good.replace('\n', "\r\n"),
        pem(&line.replace('A', "A\n")),
        format!("\n  {good}\n"),
    ] {
        assert_eq!(Key::from_pem(&text), Ok(public(&maker())), "{text}");
    }
    let label = KeyError::Pem(PemError::Label {
        label: "PUBLIC KEY",
    });
    let base64 = KeyError::Pem(PemError::Base64);
    let private = fs::read_to_string(at("tests/sign/maker.pem")).unwrap();
    let without = line.strip_suffix('=').unwrap();
    // A key of another kind: X25519 has another number in the same place.
    let exchange = line.replacen("K2Vw", "K2Vu", 1);
    assert_ne!(exchange, line);
    let rows = [
        (String::new(), label),
        (private, label),
        (good.clone() + "more", label),
        ("more".to_string() + &good, label),
        (good.clone() + &good, base64),
        (good.replace("END PUBLIC", "END PRIVATE"), label),
        (
            "-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----".to_string(),
            label,
        ),
        (pem(without), base64),
        (pem(&format!("{line}=")), base64),
        (
            pem(&line.replace('=', "A")),
            KeyError::Pem(PemError::TooLong),
        ),
        (pem(&line.replace('=', "==")), base64),
        // Padding stands at the end alone.
        (pem(&format!("MA=={}", &line[..32])), base64),
        // A bit behind the last byte: the same bytes, written otherwise.
        (pem(&line.replace("o=", "p=")), base64),
        (pem(&line.replace("MC", "M*")), base64),
        (pem(""), KeyError::OtherKind),
        (pem(&line[..32]), KeyError::OtherKind),
        (
            pem(&format!("{without}A{line}")),
            KeyError::Pem(PemError::TooLong),
        ),
        (pem(&exchange), KeyError::OtherKind),
        (
            pem("MCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            KeyError::SmallOrder,
        ),
        (
            pem("MCowBQYDK2VwAyEAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            KeyError::NoPoint,
        ),
    ];
    for (text, expected) in rows {
        assert_eq!(Key::from_pem(&text), Err(expected), "{text}");
    }
}
