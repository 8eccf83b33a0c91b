//! The Python package, as its users meet it: its own suites, the example, the README, the wheel.
//!
//! Invariant: warnings of Python are errors here, nothing is written into the tree, and nothing is installed outside the
//! folder of a test. `BLESS=1` writes expected outputs anew.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::conformance::conforms;
use super::library::{prefix, run, scratch, shipped_pack};

const BACKLOG: &str = "examples/python/backlog";

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Python as it is called here, `$PYTHON` or `python3`; one that is missing or too old fails the test by its name.
fn python() -> Command {
    let named = env::var("PYTHON").unwrap_or_else(|_| "python3".to_string());
    interpreter(&named)
}

fn interpreter(named: &str) -> Command {
    let asked = "import sys; sys.exit(0 if sys.version_info >= (3, 9) else 1)";
    match Command::new(named).args(["-c", asked]).status() {
        Ok(status) if status.success() => {}
        Ok(_) => panic!("this test needs Python 3.9 or later: `{named}` is not; set PYTHON"),
        Err(error) => panic!(
            "this test needs Python: `{named}` does not start ({error}); install it, or set PYTHON"
        ),
    }
    let mut command = Command::new(named);
    command
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("PYTHONPATH")
        .env_remove("EXEQUATUR_LIBRARY");
    command
}

/// Python that finds the package in the tree, and the library of the tests.
fn with_package(mut python: Command) -> Command {
    python
        .args(["-W", "error"])
        .env("PYTHONPATH", at("python"))
        .env("EXEQUATUR_LIBRARY", prefix().join("lib/libexequatur.so"))
        .env("EXEQUATUR_TEST_PACK", shipped_pack());
    python
}

fn suites(python: Command) {
    let mut suites = with_package(python);
    suites
        .current_dir(scratch("python-suites"))
        .args(["-m", "unittest", "discover", "-s"])
        .arg(at("python/tests"))
        .arg("-t")
        .arg(at("python"));
    let said = String::from_utf8(run(suites).stderr).unwrap();
    let count = said
        .split("\nRan ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    let count: usize = count.and_then(|count| count.parse().ok()).unwrap_or(0);
    assert!(
        count > 80 && said.ends_with("\nOK\n"),
        "tests were left out:\n{said}"
    );
}

#[test]
fn the_suites_of_the_package_pass() {
    suites(python());
}

/// `PYTHONS` names them; else those that stand on the path.
#[test]
#[ignore = "needs several Pythons"]
fn the_suites_pass_with_every_python() {
    let named = env::var("PYTHONS").unwrap_or_else(|_| {
        let all = (9..=14).map(|minor| format!("python3.{minor}"));
        let there = all.filter(|name| {
            Command::new(name)
                .arg("--version")
                .output()
                .is_ok_and(|out| out.status.success())
        });
        there.collect::<Vec<_>>().join(" ")
    });
    let named: Vec<&str> = named.split_whitespace().collect();
    assert!(
        named.len() > 1,
        "several Pythons are needed, found: {named:?}; name them in PYTHONS"
    );
    for name in named {
        suites(interpreter(name));
    }
}

#[test]
#[ignore = "needs mypy"]
fn the_types_are_strict() {
    let folder = scratch("python-mypy");
    // Programs are checked one by one: each has its own `main`.
    for files in [
        vec!["python/exequatur", "python/tests"],
        vec![
            "examples/python/backlog/backlog.py",
            "examples/python/backlog/report.py",
        ],
        vec!["examples/python/dmca_backtest/convert.py"],
        vec!["tests/hosts/python/conformance.py"],
    ] {
        let mut mypy = python();
        mypy.current_dir(&folder)
            .env("MYPYPATH", at("python"))
            .args(["-m", "mypy", "--strict", "--cache-dir", "cache"])
            .args(files.into_iter().map(at));
        run(mypy);
    }
}

#[test]
fn python_conforms() {
    conforms("python", || {
        let mut runner = with_package(python());
        runner.arg(at("tests/hosts/python/conformance.py"));
        runner
    });
}

/// Runs the example on its sample and gives the folder of the report.
fn backlog(mut python: Command, name: &str) -> PathBuf {
    let folder = scratch(name);
    python
        .current_dir(&folder)
        .arg(at(BACKLOG).join("backlog.py"))
        .arg(shipped_pack())
        .arg(at(BACKLOG).join("cases.csv"))
        .args(["--at", "2026-11-20T11:00:00+01:00", "--out", "report"])
        .args(["--adopt", "seeds.s0_2022", "--adopt", "seeds.s3_2017"]);
    let done = python.output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    // The sample has rows that are refused, and the status says so.
    assert_eq!(
        done.status.code(),
        Some(1),
        "{said}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert_eq!(
        said,
        "13 cases, 10 decided, 3 refused: see report/report.txt\n"
    );
    folder.join("report")
}

#[test]
fn the_backlog_has_its_report() {
    let report = backlog(with_package(python()), "python-backlog");
    for name in ["duties.csv", "cases.csv", "report.txt"] {
        let expected = at(BACKLOG).join("expected").join(name);
        if env::var_os("BLESS").is_some() {
            fs::copy(report.join(name), &expected).unwrap();
        }
        assert_eq!(
            read(report.join(name)),
            read(&expected),
            "{name}: `BLESS=1` writes it anew"
        );
    }

    // Each row is told once, and each duty stands in both forms.
    let cases = read(at(BACKLOG).join("cases.csv"));
    assert_eq!(
        read(report.join("cases.csv")).lines().count(),
        cases.lines().count()
    );
    let receipts = read(report.join("receipts.csv"));
    assert_eq!(receipts.lines().count(), 11);
    let duties = read(report.join("duties.csv"));
    let text = read(report.join("report.txt"));
    let in_text = text
        .lines()
        .filter(|line| line.starts_with("      "))
        .count();
    assert_eq!(duties.lines().count() - 1, in_text);

    // A call that means nothing writes no report.
    let folder = scratch("python-backlog-wrong");
    fs::write(folder.join("typo.csv"), "id,order.isuer\na,judge\n").unwrap();
    fs::write(folder.join("latin.csv"), b"id,order.issuer\n\xe9,judge\n").unwrap();
    let sample = at(BACKLOG).join("cases.csv");
    let sample = sample.to_str().unwrap();
    for (file, at_instant, adopted, expected) in [
        (
            "typo.csv",
            "2026-11-20T11:00:00Z",
            "seeds.s0_2022",
            "did you mean `order.issuer`?",
        ),
        (
            "latin.csv",
            "2026-11-20T11:00:00Z",
            "seeds.s0_2022",
            "utf-8",
        ),
        (
            "none.csv",
            "2026-11-20T11:00:00Z",
            "seeds.s0_2022",
            "none.csv",
        ),
        (
            sample,
            "2026-11-20T11:00:00",
            "seeds.s0_2022",
            "needs its offset",
        ),
        (
            sample,
            "2026-11-20T11:00:00Z",
            "seeds.s0",
            "no pack `seeds.s0`",
        ),
    ] {
        let mut wrong = with_package(python());
        wrong
            .current_dir(&folder)
            .arg(at(BACKLOG).join("backlog.py"))
            .arg(shipped_pack())
            .args([
                file, "--at", at_instant, "--adopt", adopted, "--out", "report",
            ]);
        let done = wrong.output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{file}: {said}");
        assert!(
            said.starts_with("backlog: ") && said.contains(expected),
            "{file}: {said}"
        );
        assert!(!folder.join("report").exists(), "{file}");
    }
}

#[test]
fn the_example_of_the_readme_prints_what_it_shows() {
    let page = read(at("python/README.md"));
    let between = |open: &str| {
        let start = page.find(open).expect("the README has the block") + open.len();
        let end = page[start..].find("```").expect("the block ends") + start;
        (start, end)
    };
    let (start, end) = between("```python\n");
    let folder = scratch("python-readme");
    fs::copy(shipped_pack(), folder.join("rules.exqp")).unwrap();
    let mut example = with_package(python());
    example.current_dir(folder).args(["-c", &page[start..end]]);
    let printed = String::from_utf8(run(example).stdout).unwrap();
    let (start, end) = between("```text\n");
    if env::var_os("BLESS").is_some() {
        let blessed = format!("{}{printed}{}", &page[..start], &page[end..]);
        fs::write(at("python/README.md"), blessed).unwrap();
        return;
    }
    assert_eq!(printed, page[start..end], "`BLESS=1` writes it anew");
}

#[test]
fn the_package_has_the_version_of_the_engine() {
    let version = |file: &str| {
        let text = read(at(file));
        let line = text.lines().find(|line| line.starts_with("version = "));
        line.map(str::to_string).expect("a version")
    };
    assert_eq!(version("python/pyproject.toml"), version("Cargo.toml"));
}

/// Runs a tool of a virtual environment.
fn tool(venv: &Path, name: &str) -> Command {
    let mut tool = Command::new(venv.join("bin").join(name));
    tool.env_remove("PYTHONPATH")
        .env_remove("EXEQUATUR_LIBRARY");
    tool
}

fn venv(folder: &Path, name: &str) -> PathBuf {
    let venv = folder.join(name);
    let mut made = python();
    made.args(["-m", "venv"]).arg(&venv);
    run(made);
    venv
}

fn only_file(folder: &Path) -> PathBuf {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

#[test]
#[ignore = "needs wheels"]
fn a_wheel_carries_the_library_and_needs_nothing_else() {
    let folder = scratch("python-wheel");
    let target = folder
        .parent()
        .and_then(Path::parent)
        .unwrap()
        .join("target");
    let builder = venv(&folder, "builder");
    let mut wheel = tool(&builder, "pip");
    wheel
        .env("CARGO_TARGET_DIR", &target)
        .args(["wheel", "--no-deps", "--wheel-dir"])
        .arg(folder.join("wheels"))
        .arg(at("python"));
    run(wheel);
    let wheel = only_file(&folder.join("wheels"));
    let name = wheel.file_name().unwrap().to_str().unwrap();
    assert!(
        name.starts_with("exequatur-") && name.contains("-py3-none-linux_"),
        "{name}"
    );

    // Installed without an index, in an environment that has nothing else, and run from outside of the tree.
    let user = venv(&folder, "user");
    let mut install = tool(&user, "pip");
    install.args(["install", "--no-index"]).arg(&wheel);
    run(install);
    let mut python = tool(&user, "python");
    python.args(["-W", "error"]);
    let report = backlog(python, "python-wheel-backlog");
    assert_eq!(
        read(report.join("report.txt")),
        read(at(BACKLOG).join("expected/report.txt"))
    );
    let mut found = tool(&user, "python");
    found.args([
        "-c",
        "import exequatur._library as found, os; print(os.path.realpath(found.library._name))",
    ]);
    let found = String::from_utf8(run(found).stdout).unwrap();
    let inside = fs::canonicalize(&user).unwrap();
    assert!(Path::new(found.trim()).starts_with(&inside), "{found}");
    let notices = Path::new(found.trim()).parent().unwrap().join("notices");
    assert!(read(notices.join("THIRD-PARTY")).contains("serde"));
}

/// Built without optimisation: what is asked is whether the sources are whole.
#[test]
#[ignore = "needs wheels"]
fn a_source_distribution_is_enough_to_build_from() {
    let folder = scratch("python-sdist");
    let builder = venv(&folder, "builder");
    let mut tools = tool(&builder, "pip");
    tools.args(["install", "--quiet", "build"]);
    run(tools);
    let mut sdist = tool(&builder, "python");
    sdist
        .args(["-m", "build", "--sdist", "--outdir"])
        .arg(folder.join("sdist"))
        .arg(at("python"));
    run(sdist);
    let user = venv(&folder, "user");
    let mut install = tool(&user, "pip");
    install
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .arg("install")
        .arg(only_file(&folder.join("sdist")));
    run(install);
    let mut python = tool(&user, "python");
    python.args(["-W", "error"]);
    backlog(python, "python-sdist-backlog");

    // The folder alone, as an older pip copies it, has no sources to build from, and says so.
    let alone = folder.join("alone");
    let mut copy = Command::new("cp");
    copy.arg("-R").arg(at("python")).arg(&alone);
    run(copy);
    let mut wrong = tool(&user, "pip");
    let wrong = wrong.arg("install").arg(&alone).output().unwrap();
    assert!(!wrong.status.success());
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned()
        + &String::from_utf8_lossy(&wrong.stdout);
    assert!(
        said.contains("the engine's sources are neither in"),
        "{said}"
    );
}
