//! `exq sign` and the part of `exq verify` that asks for a signature: what they write, and what they refuse.

use std::fs;
use std::path::Path;

use super::{CORE, Folder, TCO, exq, refused, root};

const MAKER: &str = "tests/sign/maker.pem";
const MAKER_PUBLIC: &str = "tests/sign/maker.pub.pem";

/// A pack in a folder, and the words that sign it.
fn signed(folder: &Folder) -> (String, Vec<String>) {
    let pack = folder.0.join("rules.exqp").to_str().unwrap().to_string();
    let built = exq(&["build", CORE, TCO, "-o", &pack], b"");
    assert_eq!(built.status.code(), Some(0));
    let words = [
        "sign",
        &pack,
        "--key",
        MAKER,
        "--name",
        "tco",
        "--serial",
        "7",
        "--expires",
        "2027-01-01",
    ];
    (pack.clone(), words.map(str::to_string).to_vec())
}

fn lent(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

#[test]
fn a_pack_is_signed_and_verified() {
    let folder = Folder::new("signed");
    let (pack, words) = signed(&folder);
    let done = exq(&lent(&words), b"");
    let said = String::from_utf8_lossy(&done.stdout);
    assert_eq!(done.status.code(), Some(0));
    let says = "`tco`, serial 7, by key 21fe31dfa154a261, holds until before 2027-01-01T00:00:00Z";
    assert!(
        said.starts_with(&format!("{pack}.sig: {says}, digest ")),
        "{said}"
    );
    let first = fs::read(format!("{pack}.sig")).unwrap();
    assert_eq!(first.len(), 168);
    let elsewhere = folder.0.join("elsewhere").to_str().unwrap().to_string();
    let again = exq(
        &[&lent(&words)[..], &["-o", &elsewhere, "--format", "json"]].concat(),
        b"",
    );
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(
        fs::read(&elsewhere).unwrap(),
        first,
        "the same words give the same bytes"
    );
    let said: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(said["serial"], 7);
    assert_eq!(said["expires"], "2027-01-01T00:00:00Z");

    let asked = |more: &[&str]| {
        let words = ["verify", &pack, "--key", MAKER_PUBLIC, "--name", "tco"];
        exq(&[&words[..], more].concat(), b"")
    };
    let last = "2026-12-31T23:59:59.999999Z";
    let good = asked(&[
        "--at",
        last,
        "--serial-at-least",
        "7",
        "--signature",
        &elsewhere,
    ]);
    let said = String::from_utf8_lossy(&good.stdout);
    assert_eq!(
        good.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&good.stderr)
    );
    assert!(
        said.starts_with(&format!("signed as {says}\ndigest ")),
        "{said}"
    );
    let good = asked(&["--at", last, "--format", "json"]);
    let said: serde_json::Value = serde_json::from_slice(&good.stdout).unwrap();
    assert_eq!(
        (&said["signature"]["name"], &said["holds"]),
        (&"tco".into(), &true.into())
    );

    let at = |more: &[&str]| asked(&[&["--at", last], more].concat());
    refused(
        &asked(&["--at", "2027-01-01T00:00Z"]),
        1,
        &["rules.exqp.sig", "has expired"],
    );
    refused(
        &at(&["--serial-at-least", "8"]),
        1,
        &["serial 7, and at least 8"],
    );
    refused(&at(&["--name", "tcp"]), 1, &["for packs called `tco`"]);
    refused(
        &at(&["--key", "tests/sign/other.pub.pem"]),
        1,
        &["names the key 21fe31dfa154a261"],
    );
    refused(&at(&["--key", MAKER]), 1, &["-----BEGIN PUBLIC KEY-----"]);
    refused(
        &at(&["--signature", &pack]),
        1,
        &["not a signature", "169 bytes, expected 168"],
    );
    refused(
        &at(&["--signature", "nowhere.sig"]),
        2,
        &["cannot read `nowhere.sig`"],
    );
    let mut forged = first.clone();
    forged[60] ^= 1;
    let forged = folder.file("forged", &forged);
    refused(&at(&["--signature", &forged]), 1, &["does not hold"]);
    let swapped = exq(&["build", CORE, "-o", &pack], b"");
    assert_eq!(swapped.status.code(), Some(0));
    refused(&at(&[]), 1, &["of another pack"]);
}

#[test]
fn what_cannot_be_signed_is_not() {
    let folder = Folder::new("unsigned");
    let (pack, words) = signed(&folder);
    let with = |place: usize, word: &str| {
        let mut words = words.clone();
        words[place] = word.to_string();
        exq(&lent(&words), b"")
    };
    refused(&with(1, CORE), 1, &["core.exq", "not a compiled pack"]);
    refused(&with(3, MAKER_PUBLIC), 1, &["-----BEGIN PRIVATE KEY-----"]);
    let strange = fs::read_to_string(root().join(MAKER))
        .unwrap()
        .replace("K2Vw", "K2Vu");
    let strange = folder.file("strange.pem", strange.as_bytes());
    refused(
        &with(3, &strange),
        1,
        &["strange.pem", "not an Ed25519 one"],
    );
    refused(
        &with(3, &folder.file("bytes.pem", b"\xff")),
        1,
        &["it is not text"],
    );
    refused(&with(5, "T CO"), 2, &["--name T CO", "small letters"]);
    refused(&with(7, "-1"), 2, &["--serial -1", "a whole number"]);
    refused(&with(7, "18446744073709551616"), 2, &["a whole number"]);
    for never in ["2027", "2101-01-01", "2027-01-01T00:00:00"] {
        refused(&with(9, never), 2, &["a date such as `2027-01-01`"]);
    }
    assert!(!Path::new(&format!("{pack}.sig")).exists());
}

#[test]
fn keys_are_made_and_never_written_over() {
    let folder = Folder::new("keys");
    let at = |name: &str| folder.0.join(name).to_str().unwrap().to_string();
    let made = exq(&["sign", "--new-key", &at("maker.pem")], b"");
    assert_eq!(made.status.code(), Some(0));
    let (private, public) = (at("maker.pem"), at("maker.pub.pem"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&private).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let pack = at("rules.exqp");
    assert_eq!(
        exq(&["build", CORE, TCO, "-o", &pack], b"").status.code(),
        Some(0)
    );
    let words = [
        "sign", &pack, "--key", &private, "--name", "tco", "--serial", "1",
    ];
    assert_eq!(exq(&words, b"").status.code(), Some(0));
    let words = ["verify", &pack, "--key", &public, "--name", "tco"];
    let verified = exq(&words, b"");
    assert_eq!(verified.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&verified.stdout).contains("never expires"));

    let kept = fs::read(&private).unwrap();
    refused(
        &exq(&["sign", "--new-key", &private], b""),
        2,
        &["is there already"],
    );
    // A public key without its private one stands in the way, too, and leaves no half of a pair.
    fs::remove_file(&private).unwrap();
    refused(
        &exq(&["sign", "--new-key", &private], b""),
        2,
        &["maker.pub.pem` is there already"],
    );
    assert!(!Path::new(&private).exists());
    let other = exq(
        &["sign", "--new-key", &at("other"), "--format", "json"],
        b"",
    );
    let said: serde_json::Value = serde_json::from_slice(&other.stdout).unwrap();
    assert_eq!(said["public"], at("other.pub.pem"));
    assert_eq!(said["bytes"].as_str().unwrap().len(), 64);
    assert_ne!(fs::read(at("other")).unwrap(), kept, "two keys are two");
    refused(
        &exq(&["sign", "--new-key", &at("none/maker.pem")], b""),
        2,
        &["cannot write"],
    );
}
