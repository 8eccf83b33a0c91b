//! The tree against its own rules: who may import whom, and what appears nowhere.
//!
//! Each rule is a row of a table, and each finding names its file and line. Comments and the insides of strings are
//! taken out before code is searched, so that words may speak of what code may not do. `ARCHITECTURE.md` states the
//! same rules as invariants and names the test here that proves each.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Each stage, and the stages it may import. `src/lib.rs` and `src/main.rs` stand above them.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("time", &["model"]),
    ("syntax", &["model"]),
    ("check", &["model", "time", "syntax"]),
    ("compile", &["model", "time", "check", "pack"]),
    ("prove", &["model", "time", "pack", "eval"]),
    (
        "link",
        &[
            "model", "time", "syntax", "check", "compile", "pack", "prove",
        ],
    ),
    ("mutate", &["model", "time", "syntax"]),
    ("pack", &["model", "time"]),
    ("eval", &["model", "time", "pack"]),
    ("json", &["model", "time", "pack", "eval"]),
    ("explain", &["model", "time", "pack", "eval", "json"]),
    ("forms", &["model", "time", "pack", "eval", "json"]),
    ("document", &["model", "time", "syntax", "explain"]),
    ("sign", &["model", "time", "pack"]),
    (
        "capi",
        &[
            "model", "time", "syntax", "check", "compile", "link", "pack", "sign", "eval", "json",
            "explain", "forms",
        ],
    ),
    (
        "cli",
        &[
            "model", "time", "syntax", "check", "compile", "link", "mutate", "prove", "pack",
            "sign", "eval", "json", "explain", "forms", "document",
        ],
    ),
];

/// The stages of a host that only evaluates, and verifies what it is given.
const EVALUATION: &[&str] = &["model", "time", "pack", "sign", "eval"];
/// The stages that are a library: they never print, panic or look at a clock.
const LIBRARY: &[&str] = &[
    "model", "time", "syntax", "check", "compile", "link", "mutate", "prove", "pack", "sign",
    "eval", "json", "explain", "forms", "document", "capi",
];
/// All stages: what none of them may do, `main` does.
const ALL: &[&str] = &[
    "model", "time", "syntax", "check", "compile", "link", "mutate", "prove", "pack", "sign",
    "eval", "json", "explain", "forms", "document", "capi", "cli",
];
/// Imports that stand outside the brackets, by file, each with its reason.
const IMPORTS_EXCEPT: &[(&str, &str)] = &[
    // A place in a source is a span, and the compiler starts from an empty one.
    ("src/compile/from_ir.rs", "syntax"),
];

/// What a group of stages must not contain; the exceptions are files, each with its reason.
struct Absence {
    stages: &'static [&'static str],
    words: &'static [&'static str],
    except: &'static [&'static str],
    why: &'static str,
}

const ABSENCES: &[Absence] = &[
    Absence {
        stages: ALL,
        words: &["HashMap", "HashSet", "RandomState"],
        // Rows that were seen before: looked up, never walked.
        except: &[
            "src/compile/pool.rs",
            "src/prove/formula.rs",
            "src/prove/world.rs",
            "src/prove/question.rs",
            "src/prove/review/asked.rs",
            "src/prove/review/idle.rs",
            "src/prove/symbolic/mod.rs",
        ],
        why: "iteration order would differ from run to run",
    },
    Absence {
        stages: ALL,
        words: &["SystemTime", "Instant::now", "Zoned::now", "Timestamp::now"],
        except: &[],
        why: "only `main` reads the clock",
    },
    Absence {
        stages: ALL,
        words: &[
            "println!",
            "eprintln!",
            "print!",
            "eprint!",
            "process::exit",
        ],
        except: &[],
        why: "only `main` prints, and ends the program",
    },
    Absence {
        stages: LIBRARY,
        words: &[".unwrap()", ".expect(\"", "panic!", "unreachable!"],
        except: &[],
        why: "the library returns errors",
    },
    Absence {
        stages: EVALUATION,
        words: &[
            "Vec",
            "String",
            "Box",
            "Rc",
            "Arc",
            "format!",
            "vec!",
            ".to_string()",
            ".to_owned()",
            ".collect()",
        ],
        // Memory for hosts that have a heap, and the half of the pack that only the compiler has.
        except: &[
            "src/eval/memory.rs",
            "src/eval/owned.rs",
            "src/pack/codec.rs",
            "src/pack/sections.rs",
            "src/pack/table.rs",
            "src/pack/write.rs",
        ],
        why: "evaluation allocates nothing",
    },
    Absence {
        stages: LIBRARY,
        words: &["jiff", "zoneinfo", "tzdata", "std::env", "std::fs"],
        // A host may have a pack loaded from a path that it names.
        except: &["src/capi/pack.rs"],
        why: "the tables of zones stand in the pack: no zone database is read",
    },
    Absence {
        stages: ALL,
        words: &["f32", "f64"],
        except: &[],
        why: "there are no floats",
    },
];

/// The longest a source file may be, and a line in it.
const FILE_LINES_MAX: usize = 600;
const LINE_COLUMNS_MAX: usize = 125;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the tree in order, without what builds leave behind.
fn files() -> Vec<PathBuf> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name == "target"
                || name == ".git"
                || name == "__pycache__"
                || name == "proptest-regressions"
            {
                continue;
            }
            if path.is_dir() {
                walk(&path, into);
            } else {
                into.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root(), &mut found);
    assert!(found.len() > 50, "the tree was not found");
    found
}

/// The path as it is written in findings and tables, with `/`.
fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap_or(path);
    inside.to_string_lossy().replace('\\', "/")
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

/// The Rust files below a folder, with their text.
fn sources(under: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in files() {
        let name = shown(&path);
        if name.starts_with(under) && has_extension(&path, "rs") {
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(!found.is_empty(), "nothing below {under}");
    found
}

/// The code of a file: comments and the insides of strings blanked, lines kept.
fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let keep_lines = |from: usize, to: usize, out: &mut String| {
        out.extend(
            chars[from..to.min(chars.len())]
                .iter()
                .filter(|&&c| c == '\n'),
        );
    };
    while at < chars.len() {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        match chars[at] {
            '/' if next == '/' => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
            }
            '/' if next == '*' => {
                let start = at;
                while at < chars.len() && !(chars[at] == '*' && chars.get(at + 1) == Some(&'/')) {
                    at += 1;
                }
                at += 2;
                keep_lines(start, at, &mut out);
            }
            'r' if next == '#' || next == '"' => {
                let hashes = chars[at + 1..].iter().take_while(|&&c| c == '#').count();
                let quote = at + 1 + hashes;
                let after_word =
                    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
                if after_word || chars.get(quote) != Some(&'"') {
                    out.push('r');
                    at += 1;
                    continue;
                }
                let start = at;
                at = quote + 1;
                let closing: Vec<char> = std::iter::once('"')
                    .chain(std::iter::repeat_n('#', hashes))
                    .collect();
                while at < chars.len() && !chars[at..].starts_with(&closing) {
                    at += 1;
                }
                at += closing.len();
                out.push_str("\"\"");
                keep_lines(start, at, &mut out);
            }
            '"' => {
                let start = at;
                at += 1;
                while at < chars.len() && chars[at] != '"' {
                    at += if chars[at] == '\\' { 2 } else { 1 };
                }
                at += 1;
                out.push_str("\"\"");
                keep_lines(start, at, &mut out);
            }
            '\'' if next == '\\' || chars.get(at + 2) == Some(&'\'') => {
                at += if next == '\\' { 3 } else { 2 };
                while at < chars.len() && chars[at] != '\'' {
                    at += 1;
                }
                at += 1;
                out.push_str("' '");
            }
            other => {
                out.push(other);
                at += 1;
            }
        }
    }
    out
}

/// The code without the unit tests, which stand last in a file.
fn library_code(text: &str) -> String {
    let code = code(text);
    let end = code.find("#[cfg(test)]\nmod ").unwrap_or(code.len());
    code[..end].to_string()
}

/// The stage of a source file; `None` for `src/lib.rs` and `src/main.rs`.
fn stage(name: &str) -> Option<&str> {
    name.strip_prefix("src/")?
        .split_once('/')
        .map(|(stage, _)| stage)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a line has this word, not as a part of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let starts_inside = word.starts_with(is_word) && before.is_some_and(is_word);
        let goes_on = word.ends_with(is_word) && after.is_some_and(is_word);
        !starts_inside && !goes_on
    })
}

fn report(findings: &str) {
    assert!(findings.is_empty(), "\n{findings}");
}

#[test]
fn stages_import_only_what_their_bracket_allows() {
    let mut findings = String::new();
    for (name, text) in sources("src/") {
        let Some(stage) = stage(&name) else { continue };
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == stage) else {
            writeln!(findings, "{name}: the stage `{stage}` is not in the table").unwrap();
            continue;
        };
        for (number, line) in library_code(&text).lines().enumerate() {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let target: String = rest.chars().take_while(|&c| is_word(c)).collect();
                if target.is_empty() {
                    writeln!(
                        findings,
                        "{name}:{}: import each stage by its own `use`",
                        number + 1
                    )
                    .unwrap();
                } else if target != stage
                    && !allowed.contains(&target.as_str())
                    && !IMPORTS_EXCEPT.contains(&(name.as_str(), target.as_str()))
                {
                    writeln!(
                        findings,
                        "{name}:{}: `{stage}` imports `{target}`",
                        number + 1
                    )
                    .unwrap();
                }
            }
        }
    }
    report(&findings);
}

#[test]
fn only_the_c_abi_has_unsafe_code_and_says_why_it_holds() {
    let mut findings = String::new();
    let mut blocks = 0;
    for (name, text) in sources("src/") {
        let in_abi = stage(&name) == Some("capi");
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in code(&text).lines().enumerate() {
            if !has_word(line, "unsafe") {
                continue;
            }
            if !in_abi {
                writeln!(findings, "{name}:{}: unsafe code", number + 1).unwrap();
            } else if line.contains("unsafe {") {
                blocks += 1;
                let above = lines[..number].iter().rev();
                let reason = above
                    .take_while(|line| !line.trim().is_empty())
                    .any(|line| line.contains("// SAFETY:"));
                if !reason {
                    writeln!(findings, "{name}:{}: no reason why it is safe", number + 1).unwrap();
                }
            }
        }
    }
    assert!(blocks > 10, "the blocks of the C ABI were not found");
    report(&findings);
}

#[test]
fn what_a_stage_must_not_contain() {
    let mut findings = String::new();
    for (name, text) in sources("src/") {
        let Some(stage) = stage(&name) else { continue };
        let code = library_code(&text);
        for absence in ABSENCES {
            if !absence.stages.contains(&stage) || absence.except.contains(&name.as_str()) {
                continue;
            }
            for (number, line) in code.lines().enumerate() {
                for word in absence.words {
                    if has_word(line, word) {
                        writeln!(findings, "{name}:{}: `{word}`: {}", number + 1, absence.why)
                            .unwrap();
                    }
                }
            }
        }
    }
    report(&findings);
}

#[test]
fn one_operator_in_a_decision() {
    // Where `&&` and `||` never meet in one expression, covering each condition covers each decision.
    let mut findings = String::new();
    for (name, text) in sources("src/") {
        if !stage(&name).is_some_and(|stage| EVALUATION.contains(&stage)) {
            continue;
        }
        let code = library_code(&text);
        let mut line = 1;
        for part in code.split_inclusive([';', '{', '}', ',']) {
            let or = part.match_indices("||").any(|(at, _)| {
                let before = part[..at].trim_end();
                !(before.is_empty()
                    || before.ends_with(['(', '=', ','])
                    || before.ends_with("move"))
            });
            if or && part.contains("&&") {
                writeln!(findings, "{name}:{line}: `&&` and `||` in one expression").unwrap();
            }
            line += part.matches('\n').count();
        }
    }
    report(&findings);
}

#[test]
fn files_are_short_and_say_why_they_exist() {
    let mut findings = String::new();
    for under in ["src/", "tests/", "examples/", "fuzz/"] {
        for (name, text) in sources(under) {
            let lines = text.lines().count();
            if lines > FILE_LINES_MAX {
                writeln!(findings, "{name}: {lines} lines, at most {FILE_LINES_MAX}").unwrap();
            }
            if !text.starts_with("//!") {
                writeln!(findings, "{name}: it does not open with `//!`").unwrap();
            }
            for (number, line) in text.lines().enumerate() {
                let columns = line.chars().count();
                if under == "src/" && columns > LINE_COLUMNS_MAX && !line.contains('"') {
                    writeln!(findings, "{name}:{}: {columns} columns", number + 1).unwrap();
                }
            }
        }
    }
    report(&findings);
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("db", "g!"),
        concat!("to", "do!"),
        concat!("unimple", "mented!"),
    ];
    let mut findings = String::new();
    for path in files() {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for mark in marks {
                if has_word(line, mark) {
                    writeln!(findings, "{}:{}: `{mark}`", shown(&path), number + 1).unwrap();
                }
            }
        }
    }
    report(&findings);
}

#[test]
fn every_rule_cites() {
    let mut findings = String::new();
    let mut rules = 0;
    for path in files() {
        let name = shown(&path);
        if !name.starts_with("rules/") || !has_extension(&path, "exq") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let mut open: Option<(usize, bool)> = None;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.starts_with("rule ") {
                open = Some((number + 1, false));
                rules += 1;
            }
            if let Some((_, cited)) = open.as_mut() {
                *cited |= line.split_whitespace().any(|word| word == "cites");
            }
            if line == "end" || line.starts_with("end ") {
                if let Some((at, false)) = open.take() {
                    writeln!(findings, "{name}:{at}: a rule that cites nothing").unwrap();
                }
                open = None;
            }
        }
    }
    assert!(rules > 10, "the rules were not found");
    report(&findings);
}

#[test]
fn documents_have_one_title() {
    let mut findings = String::new();
    for path in files() {
        if !has_extension(&path, "md") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let mut fenced = false;
        let mut titles = 0;
        for line in text.lines() {
            if line.starts_with("```") {
                fenced = !fenced;
            }
            if !fenced && line.starts_with("# ") {
                titles += 1;
            }
        }
        if titles != 1 || fenced {
            writeln!(
                findings,
                "{}: {titles} titles, or a block without end",
                shown(&path)
            )
            .unwrap();
        }
    }
    report(&findings);
}

#[test]
fn the_tree_names_no_machine() {
    let index = concat!(
        "registry+https://github.com/rust-lang/",
        "crates",
        ".io-index"
    );
    let traces = [
        concat!("/wo", "rk/"),
        concat!("/tm", "p/"),
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/Us", "ers/"),
        concat!("crates", ".io"),
        concat!("py", "pi."),
        concat!("npm", "js."),
        concat!("local", "host"),
    ];
    let mut findings = String::new();
    for path in files() {
        let name = shown(&path);
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            // Cargo itself writes where a dependency comes from; it must be the public index and nothing else.
            if name.ends_with("Cargo.lock") && line.contains(index) {
                continue;
            }
            if let Some(trace) = traces.iter().find(|trace| line.contains(**trace)) {
                writeln!(findings, "{name}:{}: `{trace}`", number + 1).unwrap();
            }
        }
    }
    report(&findings);
}

#[test]
fn code_is_told_from_words() {
    let text = "let a = \"unsafe // no\"; // unsafe\nlet b = r#\"\n\"# /* unsafe\n */ 'x' '\\n' &'a unsafe";
    let stripped = code(text);
    assert_eq!(stripped.matches("unsafe").count(), 1);
    assert_eq!(stripped.lines().count(), text.lines().count());
    assert!(has_word("an unsafe block", "unsafe") && !has_word("unsafe_code", "unsafe"));
}
