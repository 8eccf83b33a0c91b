//! Signed packs as hosts meet them: one list of attempts through C, C++ and Python; and keys and signatures of OpenSSL.
//!
//! The hosts print the same, and after each refusal they go on with the pack that they had. `BLESS=1` writes what is expected
//! from what the host in C prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::c::{PLAIN, SANITIZERS, VALGRIND, Watch, text};
use crate::library::{cc, cxx, exq, prefix, run, scratch};

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A point of order four, as a public key: everybody can sign for it.
const SMALL: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END PUBLIC KEY-----\n";

/// A folder with all that the attempts name.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = scratch("signed");
        let file = |name: &str| folder.join(name);
        for name in ["first", "second"] {
            let mut build = exq();
            build
                .arg("build")
                .arg(at(&format!("tests/hosts/signed/{name}.exq")))
                .arg("-o")
                .arg(file(&format!("{name}.exqp")));
            run(build);
        }
        let signed = [
            ("first", "maker", "tco", "7", "first"),
            ("second", "maker", "tco", "8", "second"),
            ("second", "other", "tco", "9", "other"),
            ("second", "maker", "tco.draft", "9", "purpose"),
        ];
        for (pack, key, name, serial, signature) in signed {
            let mut sign = exq();
            sign.arg("sign")
                .arg(file(&format!("{pack}.exqp")))
                .arg("--key")
                .arg(at(&format!("tests/sign/{key}.pem")))
                .args([
                    "--name",
                    name,
                    "--serial",
                    serial,
                    "--expires",
                    "2027-01-01",
                    "-o",
                ])
                .arg(file(&format!("{signature}.sig")));
            run(sign);
        }
        let read = |name: &str| fs::read(file(name)).expect("a file that was just made");
        let write = |name: &str, bytes: &[u8]| {
            fs::write(file(name), bytes).expect("a file can be written");
        };
        let good = read("second.sig");
        let mut forged = good.clone();
        forged[48] ^= 4;
        write("forged.sig", &forged);
        write("cut.sig", &good[..good.len() - 1]);
        write("extended.sig", &[good.as_slice(), &[0]].concat());
        let mut damaged = read("second.exqp");
        *damaged.last_mut().expect("a pack has bytes") ^= 1;
        write("damaged.exqp", &damaged);
        for empty in ["empty.sig", "empty.exqp", "empty.pem"] {
            write(empty, b"");
        }
        write("small.pem", SMALL.as_bytes());
        for (key, as_) in [
            ("maker.pub", "maker"),
            ("other.pub", "other"),
            ("maker", "private"),
        ] {
            let from = at(&format!("tests/sign/{key}.pem"));
            fs::copy(from, file(&format!("{as_}.pem"))).expect("a key can be copied");
        }
        folder
    })
}

/// Runs a host on all attempts, and compares what it prints.
#[track_caller]
fn attempts(mut host: Command, bless: bool, watch: &Watch) {
    host.arg(folder())
        .arg(at("tests/hosts/signed/attempts.txt"));
    let done = host.output().expect("the host starts");
    watch.nothing_found(&done);
    let printed = text(&done.stdout);
    assert!(done.status.success(), "{printed}{}", text(&done.stderr));
    let expected = at("tests/hosts/signed/expected.txt");
    if bless && std::env::var_os("BLESS").is_some() {
        fs::write(&expected, &printed).expect("a file can be written");
    }
    let expected = fs::read_to_string(expected).unwrap_or_default();
    assert_eq!(printed, expected);
    assert!(printed.lines().count() > 20, "attempts were left out");
}

/// Builds a host against the installed library.
fn built(mut compiler: Command, source: &str, options: &[&str], program: PathBuf) -> PathBuf {
    let library = prefix().join("lib");
    compiler
        .args(options)
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g"])
        .arg(at(source))
        .arg("-o")
        .arg(&program)
        .arg("-I")
        .arg(prefix().join("include"))
        .arg("-L")
        .arg(&library)
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .arg("-lexequatur");
    run(compiler);
    program
}

fn in_c(watch: &Watch, bless: bool) {
    let program = scratch(&format!("signed-c-{}", watch.name)).join("attempts");
    let options = [&["-std=c99"], watch.flags].concat();
    let program = built(cc(), "tests/hosts/signed/attempts.c", &options, program);
    attempts(watch.command(&program), bless, watch);
}

#[test]
fn a_host_in_c_keeps_its_pack_whatever_is_refused() {
    in_c(&PLAIN, true);
}

#[test]
#[ignore = "needs valgrind"]
fn a_host_in_c_keeps_its_pack_under_valgrind() {
    in_c(&VALGRIND, false);
}

#[test]
#[ignore = "needs sanitizers"]
fn a_host_in_c_keeps_its_pack_with_sanitizers() {
    in_c(&SANITIZERS, false);
}

#[test]
fn a_host_in_cpp_keeps_its_pack_whatever_is_refused() {
    for (standard, folder) in [
        ("-std=c++11", "signed-cpp11"),
        ("-std=c++17", "signed-cpp17"),
    ] {
        let program = scratch(folder).join("attempts");
        let program = built(
            cxx(),
            "tests/hosts/signed/attempts.cpp",
            &[standard],
            program,
        );
        attempts(Command::new(program), false, &PLAIN);
    }
}

#[test]
fn a_host_in_python_keeps_its_pack_whatever_is_refused() {
    let mut host = Command::new("python3");
    host.args(["-W", "error"])
        .arg(at("tests/hosts/signed/attempts.py"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONPATH", at("python"))
        .env("EXEQUATUR_LIBRARY", prefix().join("lib/libexequatur.so"));
    attempts(host, false, &PLAIN);
}

/// Keys that OpenSSL made sign packs here, it reads the keys that are made here, and both sign with the same bytes.
#[test]
#[ignore = "needs OpenSSL"]
fn keys_and_signatures_are_those_of_openssl() {
    let folder = scratch("signed-openssl");
    let file = |name: &str| folder.join(name);
    let openssl = |words: &[&str]| {
        let mut openssl = Command::new("openssl");
        openssl
            .current_dir(&folder)
            .args(words)
            .stdin(Stdio::null());
        run(openssl).stdout
    };
    let ours = |words: &[&str]| {
        let mut exq = exq();
        exq.current_dir(&folder).args(words);
        run(exq).stdout
    };
    fs::copy(self::folder().join("first.exqp"), file("rules.exqp")).expect("a pack can be copied");
    openssl(&["genpkey", "-algorithm", "ed25519", "-out", "theirs.pem"]);
    openssl(&[
        "pkey",
        "-in",
        "theirs.pem",
        "-pubout",
        "-out",
        "theirs.pub.pem",
    ]);
    ours(&["sign", "--new-key", "ours.pem"]);
    for key in ["theirs", "ours"] {
        let (private, public) = (format!("{key}.pem"), format!("{key}.pub.pem"));
        let signature = format!("{key}.sig");
        ours(&[
            "sign",
            "rules.exqp",
            "--key",
            &private,
            "--name",
            "tco",
            "--serial",
            "1",
            "-o",
            &signature,
        ]);
        ours(&[
            "verify",
            "rules.exqp",
            "--key",
            &public,
            "--name",
            "tco",
            "--signature",
            &signature,
        ]);
        let whole = fs::read(file(&signature)).expect("a signature");
        let (statement, made) = whole.split_at(104);
        fs::write(
            file("message"),
            [b"exequatur signed pack 1\n", statement].concat(),
        )
        .expect("a file");
        openssl(&[
            "pkeyutl", "-sign", "-inkey", &private, "-rawin", "-in", "message", "-out", "again",
        ]);
        assert_eq!(fs::read(file("again")).expect("a signature"), made, "{key}");
        let public_again = openssl(&["pkey", "-in", &private, "-pubout"]);
        assert_eq!(
            public_again,
            fs::read(file(&public)).expect("a key"),
            "{key}"
        );
    }
}
