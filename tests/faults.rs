//! Fault injection with a real process and real files.
//!
//! `KILLS=1000 cargo test --test faults -- killed --nocapture` kills more often;
//! `tests/faults/kill.sh` does that.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, reason = "the outcome is what the script shows")]

use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::hash::BuildHasher;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use touchline::edit::Intent;
use touchline::format;
use touchline::model::Note;
use touchline::session::Session;

/// A running `touchline session`.
struct SessionProcess {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl SessionProcess {
    fn start(journals: &Path) -> SessionProcess {
        SessionProcess::spawn(Command::new(env!("CARGO_BIN_EXE_touchline")), journals)
    }

    /// Starts the process with signals ignored, as shells start background jobs.
    #[cfg(unix)]
    fn start_ignoring_signals(journals: &Path) -> SessionProcess {
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' TERM HUP INT; exec \"$0\" \"$@\""]);
        shell.arg(env!("CARGO_BIN_EXE_touchline"));
        SessionProcess::spawn(shell, journals)
    }

    fn spawn(mut command: Command, journals: &Path) -> SessionProcess {
        let mut child = command
            .args(["session", "--journals"])
            .arg(journals)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take(), child.stdout.take().unwrap());
        let from = BufReader::new(from);
        SessionProcess { child, to, from }
    }

    fn send(&mut self, command: &str) -> Value {
        let to = self.to.as_mut().unwrap();
        writeln!(to, "{command}").unwrap();
        to.flush().unwrap();
        self.read_answer().expect("an answer")
    }

    fn read_answer(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.from.read_line(&mut line).ok()?;
        // A line cut off by the kill is not an answer.
        line.ends_with('\n')
            .then(|| serde_json::from_str(&line).unwrap())
    }

    fn ok(&mut self, command: &str) -> Value {
        let answer = self.send(command);
        assert_eq!(answer["ok"], true, "{command}: {answer}");
        answer
    }
}

impl Drop for SessionProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Commands, and the expected map and file after each.
struct ExpectedStates {
    commands: Vec<String>,
    /// The map after each number of commands.
    maps: Vec<String>,
    /// The file after each number of commands.
    files: Vec<String>,
}

fn record_commands(start: &Path) -> ExpectedStates {
    let mut session = Session::open(start).unwrap();
    let mut script = ExpectedStates {
        commands: Vec::new(),
        maps: vec![format::write(session.map())],
        files: vec![fs::read_to_string(start).unwrap()],
    };
    for at in 0..48 {
        let mut file = script.files.last().unwrap().clone();
        let command = match at % 6 {
            3 => {
                session.undo();
                "undo".to_owned()
            }
            4 => {
                session.redo();
                "redo".to_owned()
            }
            5 => {
                file = format::write(session.map());
                "save".to_owned()
            }
            _ => {
                let (id, text) = (format!("n{at}"), format!("note {at} {}", "x".repeat(200)));
                let id = id.as_str().into();
                let note = Note { id, text, votes: 0 };
                session
                    .apply(&Intent::AddNote(Box::new(note.clone())))
                    .unwrap();
                format!("do AddNote((id: \"{}\", text: \"{}\"))", note.id, note.text)
            }
        };
        script.commands.push(command);
        script.maps.push(format::write(session.map()));
        script.files.push(file);
    }
    script
}

fn sample(folder: &Path) -> PathBuf {
    let path = folder.join("bank.journey.ron");
    fs::copy("sample_maps/bank-account.journey.ron", &path).unwrap();
    path
}

#[test]
fn killed_at_any_moment_no_answered_command_is_lost() {
    let kills: u32 = std::env::var("KILLS").map_or(12, |kills| kills.parse().unwrap());
    let random = std::hash::RandomState::new();
    let mut outcomes: HashMap<&str, u32> = HashMap::new();
    let mut count = |what| *outcomes.entry(what).or_default() += 1;
    let folder = tempfile::tempdir().unwrap();
    let script = record_commands(&sample(folder.path()));
    for kill in 0..kills {
        let place = folder.path().join(kill.to_string());
        fs::create_dir(&place).unwrap();
        let (map, journals) = (sample(&place), place.join("journals"));
        let mut driver = SessionProcess::start(&journals);
        driver.ok(&format!("open {}", map.display()));
        let mut to = driver.to.take().unwrap();
        for command in &script.commands {
            writeln!(to, "{command}").unwrap();
        }
        to.flush().unwrap();
        // Killed after a random number of answers and a short delay.
        let roll = random.hash_one(kill);
        let mut answered = 0;
        while answered < (roll % 48) as usize {
            assert_eq!(driver.read_answer().expect("an answer")["ok"], true);
            answered += 1;
        }
        std::thread::sleep(Duration::from_micros((roll >> 8) % 3_000));
        driver.child.kill().unwrap();
        driver.child.wait().unwrap();
        while driver.read_answer().is_some() {
            answered += 1;
        }
        drop(driver);

        // The file is complete, and is the last version answered or the next one.
        let file = fs::read_to_string(&map).unwrap();
        let saved = &script.files[answered..(answered + 2).min(script.files.len())];
        assert!(
            saved.contains(&file),
            "kill {kill}: after {answered} the file is another one"
        );
        count(if file == script.files[0] {
            "file: old"
        } else {
            "file: a new version"
        });

        // The recovered map is the last one answered, or one command later.
        let mut again = SessionProcess::start(&journals);
        let found = again.ok("rescued");
        assert_eq!(
            found["set_aside"].as_array().unwrap().len(),
            0,
            "kill {kill}: {found}"
        );
        let rescued = match found["maps"].as_array().unwrap().len() {
            0 => {
                count("nothing to rescue: all of it was saved");
                // Nothing had been changed, or everything was saved.
                let session = Session::open(&map).unwrap();
                format::write(session.map())
            }
            1 => {
                count("rescued");
                again.ok("take 0");
                let text = again.ok("show")["map"].as_str().unwrap().to_owned();
                again.ok("save");
                assert_eq!(fs::read_to_string(&map).unwrap(), text);
                text
            }
            many => panic!("kill {kill}: {many} journals"),
        };
        let expected = &script.maps[answered..(answered + 2).min(script.maps.len())];
        assert!(
            expected.contains(&rescued),
            "kill {kill}: after {answered} something is missing"
        );
        again.ok("quit");
        let left = fs::read_dir(&journals).map_or(0, Iterator::count);
        // Temporary files of an interrupted write are removed after a day.
        assert!(left <= 1, "kill {kill}: {left} files are left");
        fs::remove_dir_all(&place).unwrap();
    }
    let mut outcomes: Vec<_> = outcomes.into_iter().collect();
    outcomes.sort_unstable();
    println!("{kills} kills, 0 steps lost that were answered");
    for (what, count) in outcomes {
        println!("{count:>6}  {what}");
    }
}

#[test]
fn a_second_process_ignores_live_journals_and_detects_conflicts() {
    let folder = tempfile::tempdir().unwrap();
    let (map, journals) = (sample(folder.path()), folder.path().join("journals"));
    let (mut one, mut other) = (
        SessionProcess::start(&journals),
        SessionProcess::start(&journals),
    );
    let open = format!("open {}", map.display());
    one.ok(&open);
    other.ok(&open);
    one.ok("do AddNote(text: \"one\")");
    other.ok("do AddNote(text: \"other\")");
    assert_eq!(other.ok("rescued")["maps"].as_array().unwrap().len(), 0);
    one.ok("save");
    let refused = other.send("save");
    assert_eq!(refused["kind"], "changed", "{refused}");
    let found = other.ok("look");
    assert_eq!(found["found"], "conflict");
    assert_eq!(found["differences"].as_array().unwrap().len(), 2, "{found}");
    let kept = other.ok("keep-mine");
    assert!(
        fs::read_to_string(kept["kept"].as_str().unwrap())
            .unwrap()
            .contains("\"one\"")
    );
    other.ok("save");
    assert_eq!(one.ok("look")["found"], "reloaded");
    assert!(
        one.ok("show")["map"]
            .as_str()
            .unwrap()
            .contains("\"other\"")
    );
}

#[test]
fn faults_leave_file_and_session_intact() {
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("journals");
    let mut driver = SessionProcess::start(&journals);
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let map = sample(&inner);
    driver.ok(&format!("open {}", map.display()));
    driver.ok("do AddNote(text: \"kept\")");
    let mut protected = fs::metadata(&map).unwrap().permissions();
    protected.set_readonly(true);
    fs::set_permissions(&map, protected).unwrap();
    assert_eq!(driver.send("save")["kind"], "read-only");
    assert_eq!(driver.send("quit")["kind"], "dirty");
    fs::remove_dir_all(&inner).unwrap();
    assert_eq!(driver.send("save")["kind"], "no-folder");
    assert_eq!(driver.ok("status")["dirty"], true);
    for wrong in [
        "save-as /",
        "save-as /dev/null",
        "do Nonsense",
        "do AddNote(",
        "open /dev/zero",
        "frobnicate",
        "take 7",
    ] {
        assert_eq!(driver.send(wrong)["ok"], false, "{wrong}");
    }
    let elsewhere = folder.path().join("elsewhere.journey.ron");
    driver.ok(&format!("save-as {}", elsewhere.display()));
    assert!(fs::read_to_string(&elsewhere).unwrap().contains("kept"));
    driver.ok("quit");
    assert_eq!(fs::read_dir(&journals).unwrap().count(), 0);
}

#[test]
fn end_of_input_leaves_unsaved_changes_recoverable() {
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("journals");
    let mut driver = SessionProcess::start(&journals);
    driver.ok("new Draft");
    driver.ok("do Together(label: \"Begin\", intents: [AddStage(at: 0, stage: (id: \"s\", name: \"Buy\")), AddTouchpoint(stage: \"s\", at: 0, touchpoint: (name: \"Pays\", feelings: [(score: -1.5)], duration: \"2 h\"))])");
    drop(driver.to.take());
    assert!(driver.child.wait().unwrap().success());
    let mut again = SessionProcess::start(&journals);
    let found = again.ok("rescued");
    assert_eq!(found["maps"][0]["title"], "Draft");
    again.ok("take 0");
    assert_eq!(again.ok("status")["touchpoints"], 1);
    again.ok("undo");
    assert_eq!(again.ok("status")["touchpoints"], 0);
    again.ok("discard");
    again.ok("quit");
}

#[cfg(unix)]
#[test]
fn signals_end_the_process_with_a_complete_journal() {
    let folder = tempfile::tempdir().unwrap();
    for signal in ["TERM", "HUP", "INT"] {
        let journals = folder.path().join(signal);
        let mut driver = SessionProcess::start_ignoring_signals(&journals);
        driver.ok("new Draft");
        driver.ok("do AddNote(text: \"kept\")");
        let pid = driver.child.id().to_string();
        let killed = Command::new("kill")
            .args(["-s", signal, &pid])
            .status()
            .unwrap();
        assert!(killed.success());
        driver.child.wait().unwrap();
        let mut again = SessionProcess::start(&journals);
        let found = again.ok("rescued");
        assert_eq!(found["maps"][0]["steps"], 1, "{signal}: {found}");
        assert_eq!(found["maps"][0]["torn"], false);
    }
}
