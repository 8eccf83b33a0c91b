//! The folders of `tests/conformance`: what each asks, and what is expected of every runner.
//!
//! Invariant: a folder has exactly the files that its expectation has; a file that no comparison reads is an error.

use std::fs;
use std::path::{Path, PathBuf};

use exequatur::time::{Date, instant};

use crate::library;

/// When and as what a case is asked.
#[derive(Debug, Default)]
pub struct Ask {
    /// Microseconds of UTC.
    pub now: i64,
    /// Days since 1970-01-01.
    pub law_date: Option<i32>,
    /// Packs by name.
    pub adopt: Vec<String>,
    /// Service levels in microseconds, for `without undue delay` and `expeditiously`.
    pub levels: [Option<i64>; 2],
    /// The words of a runner's call behind pack and case.
    pub words: Vec<String>,
}

impl Ask {
    fn read(path: &Path) -> Ask {
        let text =
            fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (mut ask, mut now) = (Ask::default(), None);
        for line in text.lines() {
            if let Some(at) = line.strip_prefix("now ") {
                assert!(
                    now.replace(at).is_none(),
                    "{}: `now` stands twice",
                    path.display()
                );
            } else if let Some(date) = line.strip_prefix("law date ") {
                ask.law_date =
                    Some(days(date).unwrap_or_else(|| panic!("{}: `{line}`", path.display())));
                ask.words.extend(["--law-date".to_owned(), date.to_owned()]);
            } else if let Some((level, option, hours)) = level(line) {
                let hours: i64 = hours
                    .parse()
                    .unwrap_or_else(|_| panic!("{}: `{line}`", path.display()));
                let micros = hours * 3600 * 1_000_000;
                ask.levels[level] = Some(micros);
                ask.words.extend([option.to_owned(), micros.to_string()]);
            } else if let Some(pack) = line.strip_prefix("adopt ") {
                ask.adopt.push(pack.to_owned());
                ask.words.extend(["--adopt".to_owned(), pack.to_owned()]);
            } else {
                panic!("{}: `{line}` is no line of `ask`", path.display());
            }
        }
        let now = now.unwrap_or_else(|| panic!("{}: no `now`", path.display()));
        ask.now = instant::parse(now).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        ask.words.insert(0, now.to_owned());
        ask
    }
}

/// A line that gives a service level: which, the option of runners, the hours.
fn level(line: &str) -> Option<(usize, &'static str, &str)> {
    let hours = line.strip_suffix(" hours")?;
    let undue = hours
        .strip_prefix("undue delay ")
        .map(|hours| (0, "--undue-delay", hours));
    undue.or_else(|| {
        let hours = hours.strip_prefix("expeditiously ")?;
        Some((1, "--expeditiously", hours))
    })
}

fn days(text: &str) -> Option<i32> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(date.to_days())
}

/// What a runner prints, section by section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    pub transcript: String,
    pub json: String,
    pub en: String,
    pub fr: String,
    pub pack: String,
}

impl Sections {
    /// Each section with its heading and its file; those that a refused case lacks have no text.
    pub fn each(&self) -> [(&'static str, &'static str, &String); 5] {
        [
            ("transcript", "transcript.txt", &self.transcript),
            ("json", "decision.json", &self.json),
            ("en", "text.en.txt", &self.en),
            ("fr", "text.fr.txt", &self.fr),
            ("pack", "pack.txt", &self.pack),
        ]
    }

    /// Takes apart what a runner printed.
    pub fn of(printed: &str) -> Result<Sections, String> {
        let mut sections = Sections::default();
        let mut rest = printed;
        for heading in ["transcript", "json", "en", "fr", "pack"] {
            let line = format!("--- {heading}\n");
            if rest.is_empty() && heading == "json" {
                return Ok(sections);
            }
            let Some(text) = rest.strip_prefix(&line) else {
                return Err(format!("expected `--- {heading}`, found:\n{rest}"));
            };
            let end = text.find("\n--- ").map_or(text.len(), |at| at + 1);
            let (section, behind) = text.split_at(end);
            rest = behind;
            *match heading {
                "transcript" => &mut sections.transcript,
                "json" => &mut sections.json,
                "en" => &mut sections.en,
                "fr" => &mut sections.fr,
                _ => &mut sections.pack,
            } = section.to_owned();
        }
        Ok(sections)
    }
}

/// A folder of the suite, its rules compiled.
pub struct Folder {
    pub name: String,
    pub path: PathBuf,
    /// The compiled pack.
    pub pack: PathBuf,
    pub case: PathBuf,
    pub ask: Ask,
    /// Whether it shows what is in its pack: it does if it has rules of its own.
    pub lists_its_pack: bool,
}

impl Folder {
    /// The text of an expected file; `None` if the folder has none.
    pub fn expected(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.path.join(file)).ok()
    }
}

/// All folders, in the order of their names. Their packs are written into `scratch`.
pub fn folders(scratch: &Path) -> Vec<Folder> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let suite = root.join("tests/conformance");
    let entries = fs::read_dir(suite).expect("the suite is there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.is_dir());
    paths.sort();
    let folders: Vec<Folder> = paths
        .into_iter()
        .map(|path| folder(root, path, scratch))
        .collect();
    assert!(folders.len() >= 25, "{} folders", folders.len());
    folders
}

fn folder(root: &Path, path: PathBuf, scratch: &Path) -> Folder {
    let known = [
        "packs",
        "case.json",
        "ask",
        "transcript.txt",
        "decision.json",
        "text.en.txt",
        "text.fr.txt",
        "pack.txt",
    ];
    let mut sources = Vec::new();
    for entry in fs::read_dir(&path).expect("a folder") {
        let file = entry.expect("an entry").path();
        let name = file
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".exq") {
            sources.push(file);
        } else {
            assert!(
                known.contains(&name.as_str()),
                "{}: nothing reads `{name}`",
                path.display()
            );
        }
    }
    let name = path
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let pack = match fs::read_to_string(path.join("packs")) {
        Ok(list) if list == "rules\n" => library::shipped_pack().to_path_buf(),
        Ok(list) => compile(
            root,
            list.lines().map(PathBuf::from),
            &scratch.join(format!("{name}.exqp")),
        ),
        Err(_) => compile(root, sources.clone(), &scratch.join(format!("{name}.exqp"))),
    };
    Folder {
        case: path.join("case.json"),
        ask: Ask::read(&path.join("ask")),
        lists_its_pack: !sources.is_empty(),
        name,
        path,
        pack,
    }
}

fn compile(root: &Path, sources: impl IntoIterator<Item = PathBuf>, pack: &Path) -> PathBuf {
    let mut build = library::exq();
    build
        .current_dir(root)
        .arg("build")
        .args(sources)
        .arg("-o")
        .arg(pack);
    library::run(build);
    pack.to_path_buf()
}
