//! `exq bind` from the host's side: what it generates compiles without a warning, says what the names say, and refuses both
//! to compile with a fact that is gone and to start with a pack in which an id means something else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::library;

/// What the hosts say of the case that they set, in every language.
const SAID: &str = "\
takedown 0, FR 1, BE 0, due 1772445600000000; disclose 1
issuer unknown: disclose 0
";

/// A fact that all hosts set, as it is declared.
const PAGES: &str = "fact order.pages : int 0..=1000\n";

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/hosts/bind")
        .join(name)
}

fn rules() -> String {
    fs::read_to_string(source("rules.exq")).expect("the rules of the hosts are there")
}

/// A folder with rules, their pack, and their bindings for all languages.
struct Place(PathBuf);

impl Place {
    fn new(name: &str, rules: &str) -> Place {
        let place = Place(library::scratch(&format!("bind.{name}")));
        fs::write(place.0.join("rules.exq"), rules).expect("rules can be written");
        for (language, file) in [
            ("c", "rules.h"),
            ("cpp", "rules.hpp"),
            ("python", "rules.py"),
        ] {
            place.exq(&["bind", "rules.exq", "--lang", language, "-o", file]);
        }
        place.exq(&["build", "rules.exq", "-o", "rules.exqp"]);
        place
    }

    fn exq(&self, words: &[&str]) -> Output {
        let mut call = library::exq();
        call.current_dir(&self.0).args(words);
        library::run(call)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).expect("a file that was written can be read")
    }

    /// A compiler that has the binding of this place before it, and takes every warning for an error.
    fn compiler(&self, mut compiler: Command, standard: &str) -> Command {
        let prefix = library::prefix();
        compiler.args([
            &format!("-std={standard}"),
            "-O2",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Werror",
        ]);
        compiler
            .arg("-I")
            .arg(&self.0)
            .arg("-I")
            .arg(prefix.join("include"));
        compiler.current_dir(&self.0);
        compiler
    }

    /// The call that compiles and links a host with this binding.
    fn build(&self, host: &str) -> (Command, PathBuf) {
        let program = self.0.join(host.replace('.', "_"));
        let mut build = match host.ends_with(".c") {
            true => self.compiler(library::cc(), "c99"),
            false => self.compiler(library::cxx(), "c++11"),
        };
        let lib = library::prefix().join("lib");
        build
            .arg(source(host))
            .arg("-L")
            .arg(&lib)
            .arg("-lexequatur");
        build.arg(format!("-Wl,-rpath,{}", lib.display()));
        build.arg("-o").arg(&program);
        (build, program)
    }

    /// The hosts of all languages with this binding, as calls that lack the pack.
    fn hosts(&self) -> Vec<Command> {
        let mut hosts = Vec::new();
        for host in ["host.c", "host.cpp"] {
            let (build, program) = self.build(host);
            library::run(build);
            hosts.push(Command::new(program));
        }
        hosts.push(self.python(&source("host.py")));
        hosts
    }

    /// Python with the package and the binding of this place.
    fn python(&self, file: &Path) -> Command {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut python = Command::new("python3");
        python
            .arg(file)
            .env(
                "PYTHONPATH",
                format!("{}:{}", root.join("python").display(), self.0.display()),
            )
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env(
                "EXEQUATUR_LIBRARY",
                library::prefix().join("lib/libexequatur.so"),
            );
        python
    }
}

/// What a command that has to fail says of it.
#[track_caller]
fn fails(mut command: Command) -> String {
    let output = command.output().expect("the command starts");
    assert!(!output.status.success(), "{command:?} ended well");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn hosts_say_what_the_names_say() {
    let place = Place::new("hosts", &rules());
    for mut host in place.hosts() {
        host.arg(place.0.join("rules.exqp"));
        let output = library::run(host);
        assert_eq!(String::from_utf8_lossy(&output.stdout), SAID);
    }
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    let place = Place::new("bytes", &rules());
    for (language, file) in [
        ("c", "rules.h"),
        ("cpp", "rules.hpp"),
        ("python", "rules.py"),
    ] {
        let of_pack = place
            .exq(&["bind", "rules.exqp", "--lang", language])
            .stdout;
        assert!(
            of_pack == place.read(file).into_bytes(),
            "{language}: pack and sources differ"
        );
    }
}

/// A header may be in any number of files of one program.
#[test]
fn a_binding_stands_in_two_files() {
    let place = Place::new("twice", &rules());
    for (name, standard, compiler) in [
        ("rules.h", "c99", library::cc()),
        ("rules.h", "c++11", library::cxx()),
        ("rules.hpp", "c++11", library::cxx()),
        ("rules.hpp", "c++17", library::cxx()),
    ] {
        let ending = if standard == "c99" { "c" } else { "cpp" };
        let (one, two) = (format!("one.{ending}"), format!("two.{ending}"));
        let other = "int other(void);\n";
        let text = format!("#include \"{name}\"\n{other}int other(void) {{ return 0; }}\n");
        fs::write(place.0.join(&one), text).expect("a source can be written");
        let text = format!(
            "#include \"{name}\"\n#include \"{name}\"\n{other}int main(void) {{ return other(); }}\n"
        );
        fs::write(place.0.join(&two), text).expect("a source can be written");
        let lib = library::prefix().join("lib");
        let mut build = place.compiler(compiler, standard);
        build
            .args([&one, &two])
            .arg("-L")
            .arg(&lib)
            .arg("-lexequatur");
        build
            .arg(format!("-Wl,-rpath,{}", lib.display()))
            .args(["-o", "program"]);
        library::run(build);
        library::run(Command::new(place.0.join("program")));
    }
}

#[test]
fn words_of_the_languages_are_escaped() {
    let words = fs::read_to_string(source("words.exq")).expect("the words are there");
    let place = Place::new("words", &words);
    fs::write(
        place.0.join("words.c"),
        "#include \"rules.h\"\nint main(void) { return 0; }\n",
    )
    .expect("written");
    fs::write(
        place.0.join("words.cpp"),
        "#include \"rules.hpp\"\nint main() { return 0; }\n",
    )
    .expect("written");
    for (file, compiler, standard) in [
        ("words.c", library::cc(), "c99"),
        ("words.c", library::cc(), "gnu17"),
        ("words.cpp", library::cxx(), "c++11"),
        ("words.cpp", library::cxx(), "gnu++20"),
    ] {
        let mut check = place.compiler(compiler, standard);
        check.arg("-fsyntax-only").arg(file);
        library::run(check);
    }
    let python = "\
import rules
assert rules.Class.value_.value == 'value' and rules.Class.None_.value == 'None'
assert rules.Groesse.groesser.value == 'größer'
";
    fs::write(place.0.join("words.py"), python).expect("written");
    library::run(place.python(&place.0.join("words.py")));
}

#[test]
fn a_host_that_uses_a_removed_fact_does_not_compile() {
    let without = rules()
        .replace(PAGES, "")
        .replace(" and order.pages < 10", "");
    let place = Place::new("removed", &without);
    for host in ["host.c", "host.cpp"] {
        let error = fails(place.build(host).0);
        assert!(error.contains("set_order_pages"), "{host}: {error}");
    }
    let mut host = place.python(&source("host.py"));
    host.arg(place.0.join("rules.exqp"));
    let error = fails(host);
    assert!(
        error.contains("'TypedCase' object has no attribute 'set_order_pages'"),
        "{error}"
    );
}

#[test]
fn an_old_binding_refuses_to_start() {
    let old = Place::new("old", &rules());
    let moved = rules().replace(PAGES, &format!("fact order.urgent : bool\n{PAGES}"));
    let retyped = rules().replace(PAGES, "fact order.pages : int 0..=999\n");
    for (name, text) in [("moved", moved), ("retyped", retyped)] {
        assert_ne!(text, rules());
        let new = Place::new(name, &text);
        for mut host in old.hosts() {
            host.arg(new.0.join("rules.exqp"));
            let error = fails(host);
            assert!(error.starts_with("refused: "), "{name}: {error}");
        }
    }
}

#[test]
fn an_old_binding_takes_new_rules() {
    let old = Place::new("before", &rules());
    let text = rules().replace("order.pages < 10", "order.pages < 12")
        + "rule more\n  then penalty must\nend\n";
    let new = Place::new("after", &text);
    for mut host in old.hosts() {
        host.arg(new.0.join("rules.exqp"));
        let output = library::run(host);
        assert_eq!(String::from_utf8_lossy(&output.stdout), SAID);
    }
}

/// What a value of another type does: nothing in C but for enumerations, nothing at all in C++.
#[test]
fn values_of_another_type_do_not_compile() {
    let place = Place::new("types", &rules());
    let c = |line: &str| {
        let text = format!(
            "#include \"rules.h\"\nint use(exq_case *order);\nint use(exq_case *order) {{ return (int){line}; }}\n"
        );
        (place.compiler(library::cc(), "c99"), text, "types.c")
    };
    let cpp = |line: &str| {
        let text = format!(
            "#include \"rules.hpp\"\nbool use(rules::typed_case& order) {{ return bool({line}); }}\n"
        );
        (place.compiler(library::cxx(), "c++11"), text, "types.cpp")
    };
    let good = [
        c("rules_set_order_issuer(order, rules_Authority_judge, NULL)"),
        cpp("order.set_order_issuer(rules::Authority::judge)"),
        cpp("order.set_order_authenticated(false)"),
        cpp("order.set_order_pages(short(3))"),
        cpp("order.set_order_deadline(std::chrono::system_clock::now())"),
        cpp("order.set_order_data({})"),
    ];
    let wrong = [
        c("rules_set_order_issuer(order, rules_Data_content, NULL)"),
        c("rules_unknown(order, rules_event_order_received, NULL)"),
        c("rules_set_order_issuer(order, \"judge\", NULL)"),
        cpp("order.set_order_issuer(rules::Data::content)"),
        cpp("order.set_order_issuer(1)"),
        cpp("order.set_order_issuer(\"judge\")"),
        cpp("order.set_order_authenticated(1)"),
        cpp("order.set_order_authenticated(\"true\")"),
        cpp("order.set_order_pages(3.5)"),
        cpp("order.set_order_pages(true)"),
        cpp("order.set_order_data({rules::Country::FR})"),
        cpp("order.set_provider_turnover(3)"),
        cpp("order.happened(rules::fact::order_pages, 0)"),
        cpp("order.unknown(rules::norm::takedown)"),
    ];
    let expected = good
        .into_iter()
        .map(|one| (one, true))
        .chain(wrong.into_iter().map(|one| (one, false)));
    for ((mut check, text, file), compiles) in expected {
        fs::write(place.0.join(file), &text).expect("a source can be written");
        check.arg("-fsyntax-only").arg(file);
        let output = check.output().expect("the compiler starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.success(), compiles, "{text}{said}");
    }
}

/// A type checker takes the generated module and the host, and refuses a member of another enumeration.
#[test]
#[ignore = "needs mypy"]
fn a_type_checker_takes_the_module() {
    let place = Place::new("mypy", &rules());
    let words = fs::read_to_string(source("words.exq")).expect("the words are there");
    let words = Place::new("mypy.words", &words);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = |place: &Place, file: &Path| {
        let mut mypy = Command::new("python3");
        mypy.args(["-m", "mypy", "--strict", "--no-incremental"])
            .arg(file);
        mypy.env(
            "MYPYPATH",
            format!("{}:{}", root.join("python").display(), place.0.display()),
        );
        mypy.current_dir(&place.0);
        mypy
    };
    library::run(check(&place, &source("host.py")));
    library::run(check(&words, &words.0.join("rules.py")));
    let wrong = [
        "order.set_order_issuer(rules.Data.content)",
        "order.set_order_issuer('judge')",
        "order.set_order_data([rules.Data.content])",
        "order.set_order_pages('3')",
        "order.set_content_removed(True)",
        "rules.Norm.gone",
    ];
    for line in wrong {
        let text =
            format!("import rules\n\n\ndef use(order: rules.TypedCase) -> None:\n    {line}\n");
        fs::write(place.0.join("wrong.py"), &text).expect("a source can be written");
        let output = check(&place, Path::new("wrong.py"))
            .output()
            .expect("mypy starts");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("wrong.py:5: error:"), "{line}: {said}");
    }
}
