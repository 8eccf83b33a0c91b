//! The case tracker under the real clock.

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Desk, START, removal};
use crate::c::{PLAIN, Watch, text};

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

#[test]
#[ignore = "needs SQLite headers"]
fn it_wakes_when_an_answer_changes() {
    real_clock(PLAIN);
}
