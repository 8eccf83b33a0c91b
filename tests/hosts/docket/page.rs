//! The page beside the case tracker: what it says to type is typed, and what it shows is what comes.

use std::fs;
use std::process::Command;

use crate::c::{host, text};
use crate::library::{prefix, run, scratch, shipped_pack};

/// The page beside the program: its commands are run as they stand, and say what it shows.
fn page() {
    let folder = scratch("docket-page");
    for entry in fs::read_dir(host("docket")).expect("the folder of docket") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        fs::copy(&path, folder.join(name)).expect("a copy");
    }
    fs::copy(shipped_pack(), folder.join("rules.exqp")).expect("a copy");
    let lib = prefix().join("lib");
    let shown = fs::read_to_string(folder.join("README.md")).expect("the page");
    let mut written = String::new();
    let mut lines = shown.lines().peekable();
    let mut commands = 0;
    while let Some(line) = lines.next() {
        written += &format!("{line}\n");
        let Some(typed) = line.strip_prefix("$ ") else {
            continue;
        };
        let mut shell = Command::new("sh");
        shell
            .args(["-c", typed])
            .current_dir(&folder)
            .env("PKG_CONFIG_PATH", lib.join("pkgconfig"))
            .env("LD_LIBRARY_PATH", &lib);
        written += &text(&run(shell).stdout);
        commands += 1;
        while lines
            .next_if(|line| !line.starts_with("$ ") && !line.starts_with("```"))
            .is_some()
        {}
    }
    assert_eq!(commands, 9);
    if std::env::var_os("BLESS").is_some() {
        fs::write(host("docket").join("README.md"), written).expect("the page");
        return;
    }
    let differ = written
        .lines()
        .zip(shown.lines())
        .find(|(now, then)| now != then);
    assert_eq!(differ, None, "now (left), shown (right)");
    assert_eq!(written.lines().count(), shown.lines().count());
}

#[test]
#[ignore = "needs SQLite headers and pkg-config"]
fn the_page_shows_what_it_says() {
    page();
}
