//! The built `exq`, over good and bad input: what it writes where, and its exit status.
//!
//! In `tests/suite/run` one file is one run: a comment, the command line behind `$` (what stands in quotes is one word),
//! standard input behind `<`, then what is expected of standard output behind `1>`, of standard error behind `2>`, and
//! the exit status behind `=`. `BLESS=1` writes these anew. What is too large or too hostile to store is made here.
#![cfg(feature = "cli")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

#[path = "cli/signed.rs"]
mod signed;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `exq` in the root of the tree.
fn exq(words: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_exq"))
        .args(words)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = stdin.to_vec();
    // A command that refuses its call reads nothing, and closes the pipe.
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// The text with every digest of a pack, case or decision made the same: they are tested elsewhere, and would change
/// with every version.
fn without_digests(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() == 64 { "(digest)" } else { &run });
        run.clear();
        out.push(c);
    }
    out.pop();
    out
}

fn lines(mark: &str, text: &[u8]) -> String {
    let mut out = String::new();
    for line in without_digests(&String::from_utf8_lossy(text)).lines() {
        writeln!(out, "{}", format!("{mark} {line}").trim_end()).unwrap();
    }
    out
}

/// The words of a command line; what stands in quotes is one.
fn words_of(command: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (index, piece) in command.split('"').enumerate() {
        match index % 2 {
            0 => words.extend(piece.split_whitespace()),
            _ => words.push(piece),
        }
    }
    words
}

#[test]
fn runs_of_the_suite() {
    let folder = root().join("tests/suite/run");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "run"));
    paths.sort();
    assert!(paths.len() > 30);
    let mut wrong = String::new();
    for path in paths {
        let stored = fs::read_to_string(&path).unwrap();
        let (mut head, mut words, mut stdin) = (String::new(), Vec::new(), String::new());
        for line in stored
            .lines()
            .take_while(|line| line.starts_with(['#', '$', '<']))
        {
            writeln!(head, "{line}").unwrap();
            if let Some(command) = line.strip_prefix("$ ") {
                words = words_of(command);
            }
            if let Some(input) = line.strip_prefix("< ") {
                writeln!(stdin, "{input}").unwrap();
            }
        }
        let output = exq(&words, stdin.as_bytes());
        let mut actual = head + &lines("1>", &output.stdout) + &lines("2>", &output.stderr);
        writeln!(actual, "= {}", output.status.code().unwrap()).unwrap();
        if actual == stored {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, actual).unwrap();
        } else {
            write!(
                wrong,
                "{}: expected\n{stored}\nfound\n{actual}\n",
                path.display()
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A folder of its own, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("exq-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Refused: nothing on standard output, the status, and these words on standard error.
#[track_caller]
fn refused(output: &Output, status: i32, words: &[&str]) {
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{err}");
    assert!(
        output.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    for word in words {
        assert!(err.contains(word), "expected `{word}` in: {err}");
    }
    assert!(!err.contains("panicked"), "{err}");
}

const CORE: &str = "tests/suite/run/rules/core.exq";
const TCO: &str = "tests/suite/run/rules/tco.exq";

#[test]
fn sources_that_are_no_rules() {
    let folder = Folder::new("sources");
    let empty = folder.file("empty.exq", b"");
    refused(
        &exq(&["check", &empty], b""),
        1,
        &["expected `pack NAME`", "empty.exq:1:1"],
    );
    let large = folder.file(
        "large.exq",
        &b"# nothing but a comment, over and over\n".repeat(270_000),
    );
    refused(&exq(&["check", &large], b""), 1, &["4194304"]);
    let mut deep =
        b"pack p\n  status policy\nevent e\nfact f : bool\nnorm n : a b c\nrule r\n  when "
            .to_vec();
    deep.extend(b"(".repeat(10_000));
    deep.extend(b"f");
    deep.extend(b")".repeat(10_000));
    deep.extend(b"\n  then n must\nend\n");
    let deep = folder.file("deep.exq", &deep);
    refused(&exq(&["check", &deep], b""), 1, &["deep.exq:7:", "64"]);
    let bytes = folder.file("bytes.exq", b"pack p\n# \xff\xfe\n");
    refused(&exq(&["check", &bytes], b""), 1, &["not UTF-8", "byte 9"]);
    let other = folder.file("rules.txt", b"pack p\n");
    refused(&exq(&["check", &other], b""), 2, &["neither rules"]);
}

#[test]
fn packs_that_are_none() {
    let folder = Folder::new("packs");
    let good = folder.0.join("good.exqp");
    let good = good.to_str().unwrap();
    let built = exq(&["build", CORE, TCO, "-o", good], b"");
    assert_eq!(
        built.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let bytes = fs::read(good).unwrap();
    let cut = folder.file("cut.exqp", &bytes[..bytes.len() / 2]);
    refused(&exq(&["check", &cut], b""), 1, &["cut.exqp", "cut off"]);
    let mut altered = bytes.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let altered = folder.file("altered.exqp", &altered);
    refused(&exq(&["check", &altered], b""), 1, &["altered"]);
    // The format version stands right after the magic.
    let mut newer = bytes.clone();
    newer[8..10].copy_from_slice(&u16::MAX.to_le_bytes());
    let newer = folder.file("newer.exqp", &newer);
    refused(
        &exq(&["check", &newer], b""),
        1,
        &["a newer engine is needed"],
    );
    let nothing = folder.file("nothing.exqp", b"");
    refused(&exq(&["check", &nothing], b""), 1, &["too few"]);
    refused(
        &exq(&["check", good, CORE], b""),
        2,
        &["cannot be linked with sources"],
    );
    refused(
        &exq(&["build", good, "-o", &cut], b""),
        2,
        &["built already"],
    );
}

#[test]
fn a_pack_is_taken_like_its_sources() {
    let folder = Folder::new("alike");
    let pack = folder.0.join("rules.exqp");
    let pack = pack.to_str().unwrap();
    assert_eq!(
        exq(&["build", CORE, TCO, "-o", pack], b"").status.code(),
        Some(0)
    );
    let again = folder.0.join("again.exqp");
    // The order in which sources are given is no part of the pack.
    assert_eq!(
        exq(&["build", TCO, CORE, "-o", again.to_str().unwrap()], b"")
            .status
            .code(),
        Some(0)
    );
    assert_eq!(fs::read(pack).unwrap(), fs::read(again).unwrap());
    for command in [["explain", "--lang", "fr"], ["eval", "--format", "json"]] {
        let tail = [
            "tests/suite/run/late.json",
            "--at",
            "2026-05-17T00:31+02:00",
        ];
        let of_pack = exq(&[&command[..], &[pack], &tail[..]].concat(), b"");
        let of_sources = exq(&[&command[..], &[CORE, TCO], &tail[..]].concat(), b"");
        assert_eq!(of_pack.status.code(), Some(0));
        assert_eq!(of_pack, of_sources);
    }
    // A question uses the names of sources.
    let asked = exq(&["prove", pack, "never disclose must"], b"");
    refused(&asked, 2, &["a question is asked of sources", "exq verify"]);
}

#[test]
fn cases_that_are_none() {
    let folder = Folder::new("cases");
    let eval = |stdin: &[u8]| {
        exq(
            &["eval", CORE, TCO, "-", "--at", "2026-05-17T00:31+02:00"],
            stdin,
        )
    };
    refused(&eval(b""), 1, &["the case is empty"]);
    refused(
        &eval(&b" ".repeat(10 << 20)),
        1,
        &["more than 1048576 bytes"],
    );
    refused(
        &eval(b"{\"order\": {\"kind\": \"\xff\"}}"),
        1,
        &["not UTF-8", "byte 20"],
    );
    let deep = [
        b"{\"order\":".repeat(10_000),
        b"1".to_vec(),
        b"}".repeat(10_000),
    ]
    .concat();
    refused(&eval(&deep), 1, &["at `/order/order`"]);
    let brackets = [b"{\"order\": {\"data\": ".to_vec(), b"[".repeat(10_000)].concat();
    refused(&eval(&brackets), 1, &["at `/order/data/0`"]);
    let file = folder.file(
        "case.json",
        b"{\"pack\": [\"nowhere.exq\"], \"case\": {}, \"now\": \"x\", \"titel\": 1}",
    );
    refused(&exq(&["explain", &file], b""), 1, &["titel"]);
    let tested = exq(&["test", &file], b"");
    assert_eq!(tested.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&tested.stdout).ends_with("0 passed, 1 failed\n"));
}

#[test]
fn colour_is_for_those_who_ask() {
    let broken = "tests/suite/run/rules/faulty.exq";
    let plain = exq(&["check", CORE, broken], b"");
    assert!(!plain.stderr.contains(&0x1b));
    let coloured = exq(&["check", "--color", "always", CORE, broken], b"");
    assert!(coloured.stderr.contains(&0x1b));
}
