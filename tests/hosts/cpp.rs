//! The C++ wrapper and the moderation queue, built by the compiler of a user against the installed prefix, and run.
//!
//! `tests/hosts/cpp/` holds the programs; what they expect stands in them. Each is built by the oldest standard without
//! exceptions and RTTI, and by one that has std::string_view. What must not compile stands here, each line with the reason
//! for which the compiler must refuse it. What needs valgrind, the sanitizers or clang is run by `.ci/run`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::library::{cxx, prefix, run, scratch, shipped_pack};

const STRICT: &[&str] = &[
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Wshadow",
    "-Wconversion",
    "-Wsign-conversion",
    "-Wold-style-cast",
    "-Werror",
];
/// As a host without exceptions is built: an old standard, and nothing that it could do without.
const BARE: &[&str] = &["-std=c++11", "-fno-exceptions", "-fno-rtti"];
const STANDARDS: &[&str] = &[
    "-std=c++11",
    "-std=c++14",
    "-std=c++17",
    "-std=c++20",
    "-std=c++2b",
];
/// The programs of `tests/hosts/cpp/` that live without exceptions.
const PROGRAMS: &[&str] = &["pack", "facts", "decision", "batch", "threads"];
const NOW: &str = "2026-11-20T12:00:00+01:00";

/// A file or folder of the source tree.
fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A compiler with the wrapper in its path, and no warning forgiven.
fn strict(mut compiler: Command, options: &[&str]) -> Command {
    compiler
        .args(options)
        .args(STRICT)
        .arg("-I")
        .arg(prefix().join("include"));
    compiler
}

/// One program from these sources, linked with the installed library.
fn build(compiler: Command, sources: &[PathBuf], options: &[&str], into: &Path) -> PathBuf {
    let library = prefix().join("lib");
    let mut build = strict(compiler, options);
    build
        .arg("-pthread")
        .args(sources)
        .arg("-o")
        .arg(into)
        .arg("-L")
        .arg(&library)
        .arg("-lexequatur")
        .arg(format!("-Wl,-rpath,{}", library.display()));
    run(build);
    into.to_path_buf()
}

/// A program of `tests/hosts/cpp/`, by these options.
fn program(compiler: Command, name: &str, options: &[&str], folder: &Path) -> PathBuf {
    let source = source(&format!("tests/hosts/cpp/{name}.cpp"));
    build(compiler, &[source], options, &folder.join(name))
}

/// What a program of `tests/hosts/cpp/` is called with: the golden pack, and for some its rules.
fn arguments(name: &str) -> Vec<PathBuf> {
    let mut given = vec![source("tests/golden/golden.exqp")];
    if name == "pack" || name == "decision" {
        given.push(source("tests/golden/rules"));
    }
    given
}

/// Runs a program of checks, which says how many there were.
fn check(program: &Path, name: &str) {
    let mut checks = Command::new(program);
    checks.args(arguments(name));
    let said = text(&run(checks).stdout);
    assert!(said.ends_with(" checks, 0 failed\n"), "{name}: {said}");
}

fn moderation(compiler: Command, options: &[&str], folder: &Path) -> PathBuf {
    let main = source("examples/cpp/moderation/moderation.cpp");
    build(compiler, &[main], options, &folder.join("moderation"))
}

/// The queue's own orders, decided by this many threads.
fn decide(mut program: Command, threads: usize) -> Output {
    program
        .arg(shipped_pack())
        .arg(source("examples/cpp/moderation/orders.jsonl"))
        .args([NOW, "--adopt", "seeds.s3_2017", "--threads"])
        .arg(threads.to_string());
    program.output().expect("the moderation queue starts")
}

/// Decides the orders, and holds output and status against what is committed.
fn decides_as_written(program: &Path, threads: usize) {
    let done = decide(Command::new(program), threads);
    assert_eq!(text(&done.stderr), "", "with {threads} threads");
    let expected = source("examples/cpp/moderation/expected.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&expected, text(&done.stdout)).expect("the report can be written");
    }
    assert_eq!(
        text(&done.stdout),
        read(&expected),
        "with {threads} threads; `BLESS=1` writes it anew"
    );
    assert_eq!(
        done.status.code(),
        Some(1),
        "some orders of the sample are refused"
    );
}

#[test]
fn the_header_alone_compiles_by_every_standard() {
    let folder = scratch("cpp_alone");
    for header in [
        "exequatur.hpp",
        "exequatur_values.hpp",
        "exequatur_batch.hpp",
        "exequatur_signed.hpp",
    ] {
        let alone = folder.join(format!("{header}.cpp"));
        fs::write(&alone, format!("#include <{header}>\n")).expect("a file can be written");
        for standard in STANDARDS {
            for more in [
                &["-fno-exceptions", "-fno-rtti"][..],
                &["-DEXEQUATUR_EXCEPTIONS"][..],
            ] {
                let mut compiled = strict(cxx(), more);
                compiled.arg(standard).arg("-fsyntax-only").arg(&alone);
                run(compiled);
            }
        }
    }
}

#[test]
fn the_wrapper_answers_without_exceptions() {
    let folder = scratch("cpp_bare");
    for name in ["pack", "facts", "decision", "batch"] {
        check(&program(cxx(), name, BARE, &folder), name);
    }
    // Threads of the standard library need its exceptions.
    let threads = program(cxx(), "threads", &["-std=c++11"], &folder);
    check(&threads, "threads");
}

#[test]
fn the_wrapper_answers_with_the_views_of_the_standard() {
    let folder = scratch("cpp_views");
    for name in ["pack", "facts", "decision", "batch"] {
        check(&program(cxx(), name, &["-std=c++17"], &folder), name);
    }
}

#[test]
fn a_failed_result_throws_where_that_is_wanted() {
    for standard in ["-std=c++11", "-std=c++20"] {
        let folder = scratch(&format!("cpp_throwing{standard}"));
        check(
            &program(cxx(), "throwing", &[standard], &folder),
            "throwing",
        );
    }
}

#[test]
fn a_failed_result_ends_the_program_with_its_message() {
    let folder = scratch("cpp_abort");
    let main = folder.join("abort.cpp");
    fs::write(
        &main,
        "#include <exequatur.hpp>\nint main() { return exequatur::pack::load_file(\"nowhere\").value().get() != nullptr; }\n",
    )
    .expect("a file can be written");
    let program = build(cxx(), &[main], BARE, &folder.join("abort"));
    let done = Command::new(program).output().expect("it starts");
    assert_eq!(done.status.code(), None, "it must end by a signal");
    assert!(
        text(&done.stderr).starts_with("exequatur: a failed result has no value: "),
        "{}",
        text(&done.stderr)
    );
    assert!(
        text(&done.stderr).contains("`nowhere`"),
        "{}",
        text(&done.stderr)
    );
}

#[test]
fn sources_compiled_differently_make_one_program() {
    let folder = scratch("cpp_units");
    let units = source("tests/hosts/cpp/units.cpp");
    let mut objects = Vec::new();
    for (object, options) in [
        (
            "one.o",
            &[BARE, &["-DUNIT=one", "-DOTHER=two"]].concat()[..],
        ),
        (
            "two.o",
            &["-std=c++17", "-DEXEQUATUR_EXCEPTIONS", "-DUNIT=two"][..],
        ),
    ] {
        let object = folder.join(object);
        let mut compiled = strict(cxx(), options);
        compiled.arg("-c").arg(&units).arg("-o").arg(&object);
        run(compiled);
        objects.push(object);
    }
    let program = build(cxx(), &objects, &[], &folder.join("units"));
    check(&program, "units");
}

/// Statements that the compiler must refuse, and a word that it must say of each.
const REFUSED: &[(&str, &str)] = &[
    ("exequatur::case_file two = facts;", "deleted"),
    ("exequatur::decision two = decided;", "deleted"),
    // Nothing said, or the empty set? Neither is guessed.
    (
        "auto done = facts.set(0u, {}); static_cast<void>(done);",
        "explicit",
    ),
    (
        "auto done = facts.set(0u, 1.5); static_cast<void>(done);",
        "deleted",
    ),
    (
        "auto done = facts.set(0u, 'x'); static_cast<void>(done);",
        "deleted",
    ),
    (
        "auto done = facts.set(0u, std::uint64_t(1)); static_cast<void>(done);",
        "deleted",
    ),
    ("bool open = decided.brief(0u);", "convert"),
    (
        "exequatur::result<bool> open(true);",
        "its truth would be taken for its value",
    ),
    // What may have failed is looked at.
    ("facts.set(0u, true);", "unused-result"),
    (
        "decided.decide(facts, exequatur::instant(1));",
        "unused-result",
    ),
    (
        "exequatur::outcome one = exequatur::state::standing;",
        "convert",
    ),
];

#[test]
fn the_compiler_refuses_what_would_be_misread() {
    let folder = scratch("cpp_refused");
    let write = |name: &str, statement: &str| {
        let path = folder.join(name);
        let text = format!(
            "#include <exequatur.hpp>\nvoid use(exequatur::case_file& facts, exequatur::decision& decided);\n\
             void use(exequatur::case_file& facts, exequatur::decision& decided) {{\n  {statement}\n  \
             static_cast<void>(facts);\n  static_cast<void>(decided);\n}}\n"
        );
        fs::write(&path, text).expect("a file can be written");
        path
    };
    let compile = |path: &Path| {
        let mut compiled = strict(
            cxx(),
            &["-std=c++11", "-Wno-unused-variable", "-fsyntax-only"],
        );
        compiled
            .env("LC_ALL", "C")
            .arg(path)
            .output()
            .expect("the compiler starts")
    };
    let fine = compile(&write(
        "fine.cpp",
        "facts.set(0u, true).value(); decided.decide(facts, 1).value();",
    ));
    assert!(fine.status.success(), "{}", text(&fine.stderr));
    for (number, (statement, word)) in REFUSED.iter().enumerate() {
        let done = compile(&write(&format!("refused_{number}.cpp"), statement));
        let said = text(&done.stderr);
        assert!(!done.status.success(), "it compiles: {statement}");
        assert!(
            said.contains(word),
            "`{statement}`: no word of `{word}`:\n{said}"
        );
    }
}

#[test]
fn the_queue_reports_in_the_order_of_its_lines() {
    let program = moderation(cxx(), &["-std=c++11"], &scratch("cpp_moderation"));
    for threads in [1, 2, 7, 32] {
        decides_as_written(&program, threads);
    }
}

#[test]
fn the_queue_tells_a_wrong_call_from_a_refused_order() {
    let program = moderation(cxx(), &["-std=c++11"], &scratch("cpp_calls"));
    let call = |arguments: &[&str]| {
        let mut queue = Command::new(&program);
        queue
            .current_dir(source("examples/cpp/moderation"))
            .args(arguments);
        queue.stdin(Stdio::null());
        queue.output().expect("the moderation queue starts")
    };
    let pack = shipped_pack().to_string_lossy();
    for (arguments, word) in [
        (&[][..], "usage"),
        (&[&pack, "orders.jsonl"], "usage"),
        (&[&pack, "orders.jsonl", NOW, "--threads", "0"], "usage"),
        (&[&pack, "orders.jsonl", NOW, "--quick"], "usage"),
        (&["orders.jsonl", "orders.jsonl", NOW], "pack"),
        (&[&pack, "nowhere.jsonl", NOW], "`nowhere.jsonl`"),
        (&[&pack, ".", NOW], "could not be read"),
        (&[&pack, "orders.jsonl", "noon"], "`noon`"),
        (
            &[&pack, "orders.jsonl", NOW, "--adopt", "seeds.s3"],
            "`seeds.s3`",
        ),
    ] {
        let done = call(arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        assert!(
            text(&done.stderr).contains(word),
            "{arguments:?}: {}",
            text(&done.stderr)
        );
    }
    let nothing = call(&[&pack, "-", NOW]);
    assert_eq!(
        nothing.status.code(),
        Some(0),
        "no order is no refused order"
    );
    assert!(text(&nothing.stdout).contains("0 orders: 0 decided, 0 refused"));
}

#[test]
#[ignore = "needs pkg-config"]
fn the_queue_is_built_by_its_own_makefile() {
    let folder = scratch("cpp_makefile");
    for file in ["Makefile", "moderation.cpp", "conveyor.hpp", "order.hpp"] {
        fs::copy(
            source("examples/cpp/moderation").join(file),
            folder.join(file),
        )
        .expect("a file can be copied");
    }
    let mut make = Command::new("make");
    make.current_dir(&folder).arg(format!(
        "PKG_CONFIG_PATH={}",
        prefix().join("lib/pkgconfig").display()
    ));
    run(make);
    decides_as_written(&folder.join("moderation"), 4);
}

#[test]
#[ignore = "needs clang"]
fn clang_takes_the_header_and_builds_the_hosts() {
    let clang = || Command::new("clang++");
    let folder = scratch("cpp_clang");
    for standard in STANDARDS {
        for name in PROGRAMS.iter().chain(&["throwing"]) {
            let mut compiled = strict(clang(), &[standard, "-fsyntax-only"]);
            compiled.arg(source(&format!("tests/hosts/cpp/{name}.cpp")));
            run(compiled);
        }
    }
    for name in ["pack", "facts", "decision", "batch"] {
        check(&program(clang(), name, BARE, &folder), name);
    }
    check(
        &program(clang(), "throwing", &["-std=c++20"], &folder),
        "throwing",
    );
    decides_as_written(&moderation(clang(), &["-std=c++11"], &folder), 4);
}

#[test]
#[ignore = "needs valgrind"]
fn valgrind_finds_no_error_and_no_leak() {
    let folder = scratch("cpp_valgrind");
    let valgrind = || {
        let mut valgrind = Command::new("valgrind");
        valgrind.args([
            "--quiet",
            "--error-exitcode=99",
            "--leak-check=full",
            "--errors-for-leak-kinds=all",
            "--show-leak-kinds=all",
            "--fair-sched=yes",
        ]);
        valgrind
    };
    for name in PROGRAMS.iter().chain(&["throwing"]) {
        let mut checks = valgrind();
        checks
            .arg(program(cxx(), name, &["-std=c++11", "-g"], &folder))
            .args(arguments(name));
        if *name == "threads" {
            checks.arg("6"); // it runs fifty times slower
        }
        run(checks);
    }
    let mut queue = valgrind();
    queue.arg(moderation(cxx(), &["-std=c++11", "-g"], &folder));
    let done = decide(queue, 4);
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    assert_eq!(
        text(&done.stdout),
        read(&source("examples/cpp/moderation/expected.txt"))
    );
}

#[test]
#[ignore = "needs sanitizers"]
fn the_address_and_undefined_behaviour_sanitizers_find_nothing() {
    let folder = scratch("cpp_address");
    let options = [
        "-std=c++11",
        "-g",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
    ];
    for name in PROGRAMS.iter().chain(&["throwing"]) {
        check(&program(cxx(), name, &options, &folder), name);
    }
    decides_as_written(&moderation(cxx(), &options, &folder), 4);
}

/// It watches the host and what the host reads of the library, not the library's own code.
#[test]
#[ignore = "needs sanitizers"]
fn the_thread_sanitizer_finds_no_race_in_the_hosts() {
    let folder = scratch("cpp_thread");
    let options = ["-std=c++11", "-g", "-fsanitize=thread"];
    check(&program(cxx(), "threads", &options, &folder), "threads");
    for threads in [2, 8] {
        decides_as_written(&moderation(cxx(), &options, &folder), threads);
    }
}
