//! The case tracker in C with SQLite: built, started, and its words written down.
//!
//! A test is a story whose whole transcript is kept beside it, and runs again under valgrind and with sanitizers. The
//! clock is simulated or stands still, so that a week of deadlines takes no time. `BLESS=1` writes transcripts anew.

mod clock;
mod kill;
mod page;
mod stories;

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use crate::c::{Watch, build, house_pack, text};
use crate::library::scratch;

pub const START: &str = "2026-11-20T08:00:00Z";

/// The program, built once for each kind of watch.
pub fn program(watch: Watch) -> &'static Path {
    static PROGRAMS: [OnceLock<PathBuf>; 3] = [const { OnceLock::new() }; 3];
    let index = match watch.name {
        "plain" => 0,
        "valgrind" => 1,
        _ => 2,
    };
    PROGRAMS[index].get_or_init(|| {
        let program = scratch(&format!("docket-{}", watch.name)).join("docket");
        let mut more = watch.flags.to_vec();
        more.push("-lsqlite3");
        build("docket", &program, &more);
        program
    })
}

/// A folder with a docket, rules and a spool in it; and all that was said, as a transcript.
pub struct Desk {
    pub folder: PathBuf,
    watch: Watch,
    said: String,
}

impl Desk {
    pub fn new(name: &str, watch: Watch) -> Desk {
        let folder = scratch(&format!("docket-{name}-{}", watch.name));
        house_pack("house", &folder);
        house_pack("house_next", &folder);
        Desk {
            folder,
            watch,
            said: String::new(),
        }
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = self.watch.command(program(self.watch));
        command.current_dir(&self.folder).args(words);
        command
    }

    /// Runs a command with lines on its standard input, and writes down what it says.
    pub fn give(&mut self, words: &[&str], lines: &str) -> Output {
        let mut child = self
            .command(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("docket");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A docket that refuses its words may be gone before it reads.
        let _ = stdin.write_all(lines.as_bytes());
        drop(stdin);
        let done = child.wait_with_output().expect("an end");
        self.watch.nothing_found(&done);
        let words: Vec<String> = words
            .iter()
            .map(|word| match word.contains(' ') {
                true => format!("\"{word}\""),
                false => (*word).to_string(),
            })
            .collect();
        let status = done.status.code().map_or(-1, |code| code);
        self.said += &format!("$ docket {}\n", words.join(" "));
        self.said += &text(&done.stdout);
        self.said += &text(&done.stderr);
        if status != 0 {
            self.said += &format!("(exit status {status})\n");
        }
        self.said.push('\n');
        done
    }

    pub fn asks(&mut self, words: &[&str]) {
        self.give(words, "");
    }

    /// A note in the transcript.
    pub fn note(&mut self, note: &str) {
        self.said += &format!("# {note}\n");
    }

    /// Takes lines on standard input under a simulated clock that begins at `START`.
    pub fn takes(&mut self, pack: &str, until: &str, source: &str, lines: &[String]) {
        self.said += &lines.concat();
        let words = [
            "run",
            "--pack",
            pack,
            "--simulate",
            START,
            "--until",
            until,
            "--once",
            "--source",
            source,
        ];
        self.give(&words, &lines.concat());
    }

    pub fn append(&self, name: &str, content: &str) {
        let path = self.folder.join(name);
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .expect("a file");
        file.write_all(content.as_bytes()).expect("room");
    }

    /// The transcript against the one that is kept. Digests and the folder are not the same everywhere.
    pub fn compare(&self, name: &str) {
        let mut said = self
            .said
            .replace(&self.folder.display().to_string(), "<folder>");
        let digest =
            |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let words: Vec<String> = said
            .split([' ', '\n', ','])
            .filter(|word| digest(word))
            .map(str::to_string)
            .collect();
        for word in words {
            said = said.replace(&word, "<digest>");
        }
        let kept =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/hosts/docket/{name}.txt"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(kept, said).expect("a transcript");
            return;
        }
        let kept = fs::read_to_string(kept).expect("a transcript");
        let differ = said
            .lines()
            .zip(kept.lines())
            .find(|(now, then)| now != then);
        assert_eq!(differ, None, "now (left), kept (right), all of it:\n{said}");
        assert_eq!(said.lines().count(), kept.lines().count(), "{said}");
    }
}

/// An order about illegal content, received at eight.
pub fn removal(id: &str, more: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"at\": \"{START}\", \"case\": {{\"order\": {{\"issuer\": \"private_person\", \
         \"received\": \"{START}\"}}, \"content\": {{\"illegal\": true, \"places\": [\"FR\"]{more}}}}}}}\n"
    )
}

/// What a judge or the police ask, received at eight.
pub fn request(id: &str, issuer: &str, more: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"at\": \"{START}\", \"case\": {{\"order\": {{\"issuer\": \"{issuer}\", \
         \"received\": \"{START}\"{more}}}, \"content\": {{\"illegal\": false}}}}}}\n"
    )
}

pub fn event(id: &str, at: &str, what: &str) -> String {
    format!("{{\"id\": \"{id}\", \"at\": \"2026-11-20T{at}Z\", \"event\": {what}}}\n")
}
