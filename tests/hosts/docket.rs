//! The case tracker in C with SQLite, by what it says: duties, breaches, disclosure, new rules, lines that are no good.
//!
//! Each test is a story with its whole outcome, and runs again under valgrind and with sanitizers. The clock is simulated or
//! stands still, so that a week of deadlines takes no time; one test uses the real one. Being killed has its own file.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::c::{PLAIN, SANITIZERS, VALGRIND, Watch, build, house_pack, text};
use crate::library::scratch;

const START: &str = "2026-11-20T08:00:00Z";

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
struct Desk {
    folder: PathBuf,
    watch: Watch,
    said: String,
}

impl Desk {
    fn new(name: &str, watch: Watch) -> Desk {
        let folder = scratch(&format!("docket-{name}-{}", watch.name));
        house_pack("house", &folder);
        house_pack("house_next", &folder);
        Desk {
            folder,
            watch,
            said: String::new(),
        }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = self.watch.command(program(self.watch));
        command.current_dir(&self.folder).args(words);
        command
    }

    /// Runs a command with lines on its standard input, and writes down what it says.
    fn give(&mut self, words: &[&str], lines: &str) -> Output {
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

    fn asks(&mut self, words: &[&str]) {
        self.give(words, "");
    }

    /// A note in the transcript.
    fn note(&mut self, note: &str) {
        self.said += &format!("# {note}\n");
    }

    /// Takes lines on standard input under a simulated clock that begins at `START`.
    fn takes(&mut self, pack: &str, until: &str, source: &str, lines: &[String]) {
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

    fn append(&self, name: &str, content: &str) {
        let path = self.folder.join(name);
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .expect("a file");
        file.write_all(content.as_bytes()).expect("room");
    }

    /// The transcript against the one that is kept. Digests and the folder are not the same everywhere.
    fn compare(&self, name: &str) {
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
fn removal(id: &str, more: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"at\": \"{START}\", \"case\": {{\"order\": {{\"issuer\": \"private_person\", \
         \"received\": \"{START}\"}}, \"content\": {{\"illegal\": true, \"places\": [\"FR\"]{more}}}}}}}\n"
    )
}

/// What a judge or the police ask, received at eight.
fn request(id: &str, issuer: &str, more: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"at\": \"{START}\", \"case\": {{\"order\": {{\"issuer\": \"{issuer}\", \
         \"received\": \"{START}\"{more}}}, \"content\": {{\"illegal\": false}}}}}}\n"
    )
}

fn event(id: &str, at: &str, what: &str) -> String {
    format!("{{\"id\": \"{id}\", \"at\": \"2026-11-20T{at}Z\", \"event\": {what}}}\n")
}

/// Duties from their order to their end: done in time, done late, never done; a prohibition that is broken.
fn duties(watch: Watch) {
    let mut desk = Desk::new("duties", watch);
    let lines = [
        removal("done", ""),
        removal("late", ""),
        removal("never", ""),
        removal("unsure", ", \"removed\": null"),
        removal("told", ""),
        event(
            "done",
            "09:30:00",
            r#"{"content": {"removed": "2026-11-20T09:00:00Z"}}"#,
        ),
        event(
            "told",
            "09:45:00",
            r#"{"user": {"told": "2026-11-20T09:40:00Z"}}"#,
        ),
        event(
            "late",
            "12:00:00",
            r#"{"content": {"removed": "2026-11-20T11:00:00Z"}}"#,
        ),
    ];
    desk.takes("house.exqp", "2026-11-20T09:00:00Z", "morning", &lines[..5]);
    desk.asks(&["show"]);
    desk.takes("house.exqp", "2026-11-30T00:00:00Z", "noon", &lines[5..]);
    desk.asks(&["show"]);
    desk.asks(&["history", "late"]);
    desk.asks(&["show", "nobody"]);
    desk.compare("duties");
}

/// Data are handed over only if the answer is yes; whatever is unknown, unread or wrong makes it no.
fn disclosure(watch: Watch) {
    let mut desk = Desk::new("disclosure", watch);
    let later = ["--now", "2026-11-20T12:00:00Z"];
    let lines = [
        request("good", "judge", ", \"authenticated\": true"),
        request("forged", "judge", ", \"authenticated\": false"),
        request("unread", "judge", ", \"authenticated\": null"),
        request("police", "police", ", \"authenticated\": true"),
        request("withdrawn", "judge", ", \"authenticated\": true"),
        request("perhaps", "judge", ", \"authenticated\": true"),
        event(
            "withdrawn",
            "10:00:00",
            r#"{"order": {"withdrawn": "2026-11-20T09:00:00Z"}}"#,
        ),
        event("perhaps", "10:00:00", r#"{"order": {"withdrawn": null}}"#),
    ];
    desk.takes("house.exqp", "2026-11-20T11:00:00Z", "pipe", &lines);
    for order in [
        "good",
        "forged",
        "unread",
        "police",
        "withdrawn",
        "perhaps",
        "nobody",
    ] {
        desk.asks(&[&["disclose", order, "disclose"], &later[..]].concat());
    }
    desk.asks(
        &[
            &["disclose", "good", "disclose", "--place", "FR"],
            &later[..],
        ]
        .concat(),
    );
    desk.note("a place, a norm, a docket that there is not");
    desk.asks(
        &[
            &["disclose", "good", "disclose", "--place", "XX"],
            &later[..],
        ]
        .concat(),
    );
    desk.asks(&[&["disclose", "good", "disclosure"], &later[..]].concat());
    desk.asks(
        &[
            &["disclose", "good", "disclose", "--db", "none.db"],
            &later[..],
        ]
        .concat(),
    );
    desk.note("before the withdrawal it would have been allowed");
    desk.asks(&[
        "disclose",
        "withdrawn",
        "disclose",
        "--now",
        "2026-11-20T08:30:00Z",
    ]);

    desk.note("a line that nobody could read, then one that speaks of this order");
    let lines = [
        "withdraw the order of the judge\n".to_string(),
        event(
            "good",
            "11:00:00",
            r#"{"order": {"withdraw": "2026-11-20T09:00:00Z"}}"#,
        ),
    ];
    desk.takes("house.exqp", "2026-11-20T11:00:00Z", "bad", &lines);
    desk.asks(&[&["disclose", "good", "disclose"], &later[..]].concat());
    desk.asks(&[&["settle", "5", "a leaflet"], &later[..]].concat());
    desk.asks(&[&["disclose", "good", "disclose"], &later[..]].concat());
    desk.asks(
        &[
            &["settle", "6", "asked again by telephone: it stands"],
            &later[..],
        ]
        .concat(),
    );
    desk.asks(&[&["disclose", "good", "disclose"], &later[..]].concat());
    desk.asks(&[&["settle", "6", "again"], &later[..]].concat());

    desk.note("a spool that has grown since");
    desk.append(
        "spool",
        &event("good", "11:00:00", r#"{"order": {"colour": "judge"}}"#),
    );
    let spooled = ["run", "--pack", "house.exqp", "--spool", "spool", "--once"];
    let simulated = ["--simulate", START, "--until", "2026-11-20T11:30:00Z"];
    desk.asks(&[&spooled[..], &simulated[..]].concat());
    desk.asks(&[&["disclose", "good", "disclose"], &later[..]].concat());
    desk.append(
        "spool",
        &event(
            "good",
            "11:30:00",
            r#"{"order": {"withdrawn": "2026-11-20T11:20:00Z"}}"#,
        ),
    );
    desk.asks(&[&["disclose", "good", "disclose"], &later[..]].concat());
    desk.asks(&[&spooled[..], &simulated[..]].concat());
    desk.asks(&[&["disclose", "good", "disclose"], &later[..]].concat());
    desk.asks(&["history", "good"]);
    desk.compare("disclosure");
}

/// New rules: every order is decided again, and one that they cannot take over goes on under its own.
fn new_rules(watch: Watch) {
    let mut desk = Desk::new("rules", watch);
    let lines = [
        removal("a", ""),
        removal("b", ""),
        removal("odd", "").replace("\"order\": {", "\"order\": {\"colour\": \"police\", "),
    ];
    desk.takes("house.exqp", "2026-11-20T09:30:00Z", "pipe", &lines);
    desk.asks(&["show"]);
    desk.takes("house_next.exqp", "2026-11-20T09:40:00Z", "next", &[]);
    desk.asks(&["show"]);
    desk.note("an event of the order that stayed, and the same start once more");
    let lines = [event(
        "odd",
        "09:45:00",
        r#"{"content": {"removed": "2026-11-20T09:40:00Z"}}"#,
    )];
    desk.takes("house_next.exqp", "2026-11-20T09:50:00Z", "more", &lines);
    desk.takes("house_next.exqp", "2026-11-30T00:00:00Z", "last", &[]);
    desk.asks(&["show"]);
    desk.asks(&["history"]);
    desk.note("an identity is not disclosed under rules that are not the present ones");
    let odd = request(
        "judge",
        "judge",
        ", \"authenticated\": true, \"colour\": \"police\"",
    );
    desk.takes(
        "house.exqp",
        "2026-11-30T00:00:00Z",
        "judge",
        &[odd.replace(START, "2026-11-30T00:00:00Z")],
    );
    desk.asks(&[
        "disclose",
        "judge",
        "disclose",
        "--now",
        "2026-11-30T01:00:00Z",
    ]);
    desk.takes("house_next.exqp", "2026-11-30T01:00:00Z", "none", &[]);
    desk.asks(&[
        "disclose",
        "judge",
        "disclose",
        "--now",
        "2026-11-30T01:00:00Z",
    ]);
    desk.note("what cannot be adopted, what is no pack");
    desk.asks(&[
        "run",
        "--pack",
        "house.exqp",
        "--adopt",
        "house",
        "--once",
        "--simulate",
        START,
    ]);
    desk.asks(&[
        "run",
        "--pack",
        "house.exqp",
        "--adopt",
        "hose",
        "--once",
        "--simulate",
        START,
    ]);
    desk.asks(&["run", "--pack", "docket.db", "--once", "--simulate", START]);
    desk.compare("rules");
}

/// Lines that are no good are kept, told, and change nothing; each line is taken once.
fn lines(watch: Watch) {
    let mut desk = Desk::new("lines", watch);
    let event_of_a = |what: &str| event("a", "08:30:00", what);
    let given = [
        removal("a", ""),
        removal("a", ""),
        removal("a", ", \"removed\": null"),
        "\n  \n".to_string() + &removal("b", ""),
        "[]\n".to_string(),
        "{\"id\": \"c\"\n".to_string(),
        "{\"id\": \"c\"}\n".to_string(),
        "{\"id\": 7, \"case\": {}}\n".to_string(),
        "{\"id\": \"\", \"case\": {}}\n".to_string(),
        "{\"id\": \"c\\u0007\", \"case\": {}}\n".to_string(),
        "{\"id\": \"c\", \"case\": {}, \"event\": {}}\n".to_string(),
        "{\"id\": \"c\", \"case\": [1]}\n".to_string(),
        "{\"id\": \"c\", \"case\": {}, \"case\": {}}\n".to_string(),
        "{\"id\": \"c\", \"case\": {}, \"fax\\n\": 1}\n".to_string(),
        "{\"id\": \"c\", \"case\": {}, \"at\": \"noon\"}\n".to_string(),
        "{\"id\": \"c\", \"case\": {\"order\": {\"issuer\": \"judge\", \"issuer\": \"police\"}}}\n"
            .to_string(),
        "{\"id\": \"c\", \"case\": {\"order\": {\"issuer\": \"jugde\"}}}\n".to_string(),
        "{\"id\": \"c\0\", \"case\": {}}\n".to_string(),
        event("c", "08:30:00", "{}"),
        event_of_a(
            r#"{"content": {"removed": "2026-11-20T08:10:00Z", "removed": "2026-11-20T08:20:00Z"}}"#,
        ),
        event_of_a(r#"{"content": null}"#),
        event_of_a(r#"{"content.removed": "2026-11-20T08:10:00Z"}"#),
        event_of_a(r#"{"content": {"places": ["DE", "IT"], "removed": null}}"#),
        "{\"id\": \"long\", \"case\": {\"order\": {\"issuer\": \"".to_string()
            + &"x".repeat(1 << 20)
            + "\"}}}\n",
        // The last line of a pipe needs no end.
        removal("end", "").trim_end().to_string(),
    ];
    let words = [
        "run",
        "--pack",
        "house.exqp",
        "--simulate",
        START,
        "--until",
        "2026-11-20T09:00:00Z",
        "--once",
    ];
    desk.give(&words, &given.concat());
    desk.asks(&["show"]);
    desk.asks(&["history"]);
    desk.note("the same stream from its start, and longer; then another one");
    desk.give(
        &words,
        &(given.concat() + "\n" + &event_of_a(r#"{"content": {"removed": false}}"#)),
    );
    desk.asks(&["history", "a"]);
    desk.give(&words, &given[..2].concat());
    desk.give(&words, &given[3..].concat());
    desk.note("a line of a spool is taken when it is whole");
    let spooled = [&words[..], &["--spool", "spool"]].concat();
    let whole = event("end", "08:30:00", r#"{"order": {"authenticated": true}}"#);
    let (first, second) = whole.split_at(30);
    desk.append("spool", first);
    desk.asks(&spooled);
    desk.asks(&["history", "end"]);
    desk.append("spool", second);
    desk.asks(&spooled);
    desk.asks(&["history", "end"]);
    desk.note("a spool that is shorter, or another");
    fs::write(desk.folder.join("spool"), "").expect("a file");
    desk.asks(&spooled);
    fs::write(desk.folder.join("spool"), "{} ".repeat(100)).expect("a file");
    desk.asks(&spooled);
    desk.note("a file that is no docket");
    desk.append(
        "notes.db",
        "not a database, but longer than the header of one; not a database, but longer than it",
    );
    desk.asks(&["show", "--db", "notes.db"]);
    desk.compare("lines");
}

/// The command line.
fn words(watch: Watch) {
    let mut desk = Desk::new("words", watch);
    desk.asks(&[]);
    for words in [
        &["list"][..],
        &["run"],
        &["run", "--pack"],
        &["run", "--spool", "none", "--pack", "house.exqp"],
        &["run", "--until", START, "--pack", "house.exqp"],
        &[
            "run",
            "--simulate",
            START,
            "--now",
            START,
            "--pack",
            "house.exqp",
        ],
        &["show", "--simulate", START],
        &["show", "--colour", "red"],
        &["disclose", "a"],
        &["disclose", "a", "b", "c"],
        &["disclose", "a", "b", "--now", "yesterday"],
        &["defend", "0"],
        &["defend", "1x"],
        &["defend", "1"],
        &["settle", "1"],
        &["settle", "1", "x"],
    ] {
        let done = desk.give(words, "");
        assert!(done.stdout.is_empty(), "{words:?}");
        assert_ne!(done.status.code(), Some(0), "{words:?}");
    }
    // The usage is the same each time.
    let usage = desk
        .said
        .split("usage: ")
        .nth(1)
        .map(|rest| rest.split("\n(exit").next().unwrap_or(rest));
    let usage = format!("usage: {}\n", usage.unwrap_or(""));
    let (first, rest) = desk
        .said
        .split_at(desk.said.find(&usage).map_or(0, |at| at + usage.len()));
    desk.said = first.to_string() + &rest.replace(&usage, "usage: …\n");
    desk.compare("words");
}

/// An answer is given again from what is kept, and one that was tampered with is not.
fn defence(watch: Watch) {
    let mut desk = Desk::new("defence", watch);
    desk.takes(
        "house.exqp",
        "2026-11-20T12:00:00Z",
        "pipe",
        &[removal("a", "")],
    );
    desk.asks(&["defend", "1"]);
    desk.asks(&["defend", "2"]);
    let path = desk.folder.join("docket.db");
    let mut bytes = fs::read(&path).expect("the docket");
    let (told, forged) = (b"\"illegal\":true", b"\"illegal\":null");
    let places: Vec<usize> = (0..bytes.len() - told.len())
        .filter(|&at| bytes[at..].starts_with(told))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + forged.len()].copy_from_slice(forged);
    }
    fs::write(&path, bytes).expect("the docket");
    desk.note("after one fact was forged in the file");
    desk.asks(&["defend", "1"]);
    desk.compare("defence");
}

/// A docket that is not left behind by a test that fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It is gone already, unless the test failed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The real clock: it sleeps until the due, notes the breach by itself, takes a line, and stops when told.
fn real_clock(watch: Watch) {
    let desk = Desk::new("clock", watch);
    let now = |more: i64| {
        let at = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(more);
        jiff::Timestamp::from_second(at.as_second())
            .expect("a second")
            .to_string()
    };
    // Two hours are over in four seconds, and again in an hour.
    let order = |id: &str, received: &str| {
        removal(id, "").replace(START, received).replacen(
            &format!("\"at\": \"{received}\", "),
            "",
            1,
        )
    };
    desk.append("spool", &order("soon", &now(4 - 7200)));
    desk.append("spool", &order("later", &now(3600 - 7200)));
    let running = desk
        .command(&["run", "--pack", "house.exqp", "--spool", "spool"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("docket");
    let mut running = Running(running);
    let shows = |found: &[&str]| {
        let until = Instant::now() + Duration::from_secs(60);
        let mut said = String::new();
        while Instant::now() < until {
            let done = desk.command(&["show"]).output().expect("docket");
            said = text(&done.stdout) + &text(&done.stderr);
            if found.iter().all(|found| said.contains(found)) {
                return;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("{found:?} did not come:\n{said}");
    };
    shows(&["takedown must: running", "order soon", "order later"]);
    shows(&["breach, at ", "takedown must: breached"]);
    desk.append("spool", &order("third", &now(0)));
    shows(&["order third"]);
    let pid = running.0.id().to_string();
    let told = Command::new("kill")
        .args(["-TERM", &pid])
        .status()
        .expect("kill");
    assert!(told.success());
    let status = running.0.wait().expect("an end");
    assert_eq!(status.code(), Some(0), "it stops between two transactions");
    let said = text(&desk.command(&["show"]).output().expect("docket").stdout);
    assert_eq!(said.matches("breach, ").count(), 1, "{said}");
    assert_eq!(said.matches("takedown must: running").count(), 2, "{said}");
}

/// Every story of this file but that of the clock.
fn all(watch: Watch) {
    for story in [duties, disclosure, new_rules, lines, words, defence] {
        story(watch);
    }
}

#[test]
#[ignore = "needs SQLite headers"]
fn duties_run_and_are_escalated_once() {
    duties(PLAIN);
}

#[test]
#[ignore = "needs SQLite headers"]
fn disclosure_is_refused_while_anything_is_unknown() {
    disclosure(PLAIN);
}

#[test]
#[ignore = "needs SQLite headers"]
fn new_rules_decide_every_order_again() {
    new_rules(PLAIN);
}

#[test]
#[ignore = "needs SQLite headers"]
fn every_line_is_taken_once() {
    lines(PLAIN);
}

#[test]
#[ignore = "needs SQLite headers"]
fn wrong_words_are_refused() {
    words(PLAIN);
}

#[test]
#[ignore = "needs SQLite headers"]
fn an_answer_can_be_defended() {
    defence(PLAIN);
}

#[test]
#[ignore = "needs SQLite headers"]
fn it_wakes_when_an_answer_changes() {
    real_clock(PLAIN);
}

#[test]
#[ignore = "needs SQLite headers and valgrind"]
fn under_valgrind() {
    all(VALGRIND);
}

#[test]
#[ignore = "needs SQLite headers and sanitizers"]
fn with_sanitizers() {
    all(SANITIZERS);
}
