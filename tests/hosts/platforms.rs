//! The same bytes on machines that count otherwise: with pointers of 32 bits, and with the high byte first.
//!
//! The library is built for the other machine and installed as ever; a host in C is built against it and run, by an
//! emulator where the processor is another. It loads a pack that was compiled here and must give the decision, with its
//! receipt, that `exq` gives here; and it must compile the shipped rules into the very bytes of that pack.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::consumers::{CASE, NOW, bench};
use crate::install::{source, text};
use crate::library::{install, run, scratch, shipped_pack};
use crate::rules;

/// A machine that is not this one.
struct Machine {
    target: &'static str,
    /// The C compiler for it, which also links for Rust.
    cc: &'static [&'static str],
    /// What runs its programs, if this machine does not.
    emulator: &'static [&'static str],
}

impl Machine {
    /// A host for it, from a file of C.
    fn host(&self, code: &str, folder: &Path) -> PathBuf {
        let host = folder.join(Path::new(code).file_stem().expect("a name"));
        let mut compile = Command::new(self.cc[0]);
        compile
            .args(&self.cc[1..])
            .args([
                "-std=c99",
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
                "-o",
            ])
            .arg(&host)
            .arg(source(code))
            .arg(format!("-I{}", folder.join("prefix/include").display()))
            .arg(format!("-L{}", folder.join("prefix/lib").display()))
            .arg("-lexequatur")
            .arg(format!(
                "-Wl,-rpath,{}",
                folder.join("prefix/lib").display()
            ));
        run(compile);
        host
    }

    fn start(&self, host: &Path) -> Command {
        match self.emulator {
            [] => Command::new(host),
            [emulator, options @ ..] => {
                let mut command = Command::new(emulator);
                command.args(options).arg(host);
                command
            }
        }
    }

    fn gives_the_same(&self) {
        let folder = scratch(self.target);
        let linker = self.target.to_uppercase().replace('-', "_");
        let mut library = install();
        library
            .args(["--profile", "dev", "--prefix"])
            .arg(folder.join("prefix"))
            .env("CARGO_BUILD_TARGET", self.target)
            .env(format!("CARGO_TARGET_{linker}_LINKER"), self.cc[0]);
        run(library);

        fs::write(folder.join("case.json"), CASE).expect("the case can be written");
        let mut decide = self.start(&self.host("tests/hosts/consumers/make/decide.c", &folder));
        decide
            .arg(shipped_pack())
            .arg(folder.join("case.json"))
            .arg(NOW);
        assert_eq!(text(&run(decide).stdout), bench("explain", &folder, &[]));

        let mut digest = self.start(&self.host("tests/hosts/platforms/digest.c", &folder));
        digest
            .arg(shipped_pack())
            .args(rules::sources(&source("rules")));
        let receipt = bench("eval", &folder, &["--format", "json", "--receipt"]);
        let receipt: serde_json::Value = serde_json::from_str(&receipt).expect("JSON");
        let here = receipt["receipt"]["pack"].as_str().expect("a digest");
        assert_eq!(text(&run(digest).stdout).trim_end(), here);
    }
}

#[test]
#[ignore = "needs gcc -m32 and Rust's library for i686-unknown-linux-gnu"]
fn pointers_of_32_bits() {
    let machine = Machine {
        target: "i686-unknown-linux-gnu",
        cc: &["cc", "-m32"],
        emulator: &[],
    };
    machine.gives_the_same();
}

#[test]
#[ignore = "needs gcc for s390x, Rust's library for s390x-unknown-linux-gnu and qemu-user"]
fn the_high_byte_first() {
    let machine = Machine {
        target: "s390x-unknown-linux-gnu",
        cc: &["s390x-linux-gnu-gcc"],
        emulator: &["qemu-s390x", "-L", "/usr/s390x-linux-gnu"],
    };
    machine.gives_the_same();
}
