//! Random intents through `touchline session`, beside a session in this process: the
//! answers, the map and its file are the same, whatever is undone, saved and opened.
//! `FUZZ_RUNS=10000 cargo test --release --test session -- --nocapture` runs longer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, reason = "the number of intents is reported")]

#[path = "../fuzz/targets.rs"]
#[allow(dead_code, reason = "only the generator of intents is used")]
mod targets;

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use targets::choices::Choices;
use targets::random::Random;
use targets::session::{assert_reads_back, next_intent};
use touchline::edit::Intent;
use touchline::model::Map;
use touchline::session::Session;

/// Sessions that one process carries out in turn.
const SESSIONS_PER_PROCESS: usize = 100;

/// A running `touchline session`.
struct Program {
    child: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Program {
    fn start(folder: &Path) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_touchline"))
            .args(["session", "--journals"])
            .arg(folder.join("journals"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Program {
            commands: child.stdin.take().unwrap(),
            answers: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    fn ask(&mut self, command: &str) -> Value {
        writeln!(self.commands, "{command}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{answer:?} to {command}"))
    }

    fn done(&mut self, command: &str) -> Value {
        let answer = self.ask(command);
        assert_eq!(answer["ok"], true, "{answer} to {command}");
        answer
    }

    fn assert_shows(&mut self, map: &Map) {
        let text = touchline::format::write(map);
        assert_eq!(self.done("show")["map"], text);
    }

    fn quit(mut self) {
        self.done("quit");
        assert!(self.child.wait().unwrap().success());
    }
}

/// Carries out the operations that an input stands for; the number of intents, and of
/// those that were accepted.
fn compare(program: &mut Program, file: &Path, bytes: &[u8]) -> (usize, usize) {
    let choices = &mut Choices::new(bytes);
    program.done("new T");
    let mut session = Session::untitled(Map::with_title("T"));
    let start = session.map().clone();
    let (mut intents, mut accepted) = (0, 0);
    while !choices.is_done() {
        match choices.below(16) {
            0 => assert_eq!(program.ask("undo")["ok"], session.undo().is_some()),
            1 => assert_eq!(program.ask("redo")["ok"], session.redo().is_some()),
            2 => assert_file_holds_the_map(program, file, session.map()),
            _ => {
                let mut intent = next_intent(&mut session, choices);
                // The program would make other ones.
                session.fill_in_ids(&mut intent);
                let text = ron::to_string(&intent).unwrap();
                let answer = program.ask(&format!("do {text}"));
                let changed = session.apply(&intent);
                assert_eq!(answer["ok"], changed.is_ok(), "{answer} to {text}");
                match &changed {
                    Ok(changed) => assert_eq!(answer["changed"], *changed),
                    Err(error) => assert_eq!(answer["error"], error.to_string()),
                }
                intents += 1;
                accepted += usize::from(changed == Ok(true));
            }
        }
    }
    while program.ask("redo")["ok"] == true {}
    while session.redo().is_some() {}
    let end = session.map();
    program.assert_shows(end);
    while program.ask("undo")["ok"] == true {}
    program.assert_shows(&start);
    while program.ask("redo")["ok"] == true {}
    assert_file_holds_the_map(program, file, end);
    program.done("close");
    let opened = program.done(&format!("open {}", file.display()));
    assert_eq!(opened["saving_drops"], serde_json::json!([]));
    program.assert_shows(end);
    program.done("close");
    (intents, accepted)
}

fn assert_file_holds_the_map(program: &mut Program, file: &Path, map: &Map) {
    program.done(&format!("save-as {}", file.display()));
    assert_eq!(program.done("status")["dirty"], false);
    let text = fs::read_to_string(file).unwrap();
    assert_eq!(text, touchline::format::write(map));
    assert_reads_back(map);
}

/// The kinds of an intent and of those inside it, as serde names them.
fn add_kinds(intent: &Value, kinds: &mut BTreeSet<String>) {
    let (kind, content) = intent.as_object().unwrap().iter().next().unwrap();
    kinds.insert(kind.clone());
    let inside = content.get("intents").and_then(Value::as_array);
    for intent in inside.into_iter().flatten() {
        add_kinds(intent, kinds);
    }
}

#[test]
fn intents_of_every_kind_are_made() {
    let mut random = Random::new(1);
    let mut kinds = BTreeSet::new();
    for _ in 0..600 {
        let bytes = random.bytes(2_000);
        let mut session = Session::untitled(Map::with_title("T"));
        let intent = next_intent(&mut session, &mut Choices::new(&bytes));
        add_kinds(&serde_json::to_value(intent).unwrap(), &mut kinds);
    }
    // The error lists all kinds that there are.
    let error = serde_json::from_str::<Intent>("{\"?\": 1}")
        .unwrap_err()
        .to_string();
    let all = error.split('`').skip(3).step_by(2);
    // Another name of `Batch`.
    let all = all.filter(|kind| *kind != "Together").map(str::to_owned);
    assert_eq!(kinds, all.collect());
}

#[test]
fn random_intents_through_the_program_read_back_the_same() {
    let sessions: usize = std::env::var("FUZZ_RUNS").map_or(10, |runs| runs.parse().unwrap());
    let seed = std::env::var("FUZZ_SEED").map_or(0x5eed, |seed| seed.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("map.journey.ron");
    let mut random = Random::new(seed);
    let (mut intents, mut accepted) = (0, 0);
    for first in (0..sessions).step_by(SESSIONS_PER_PROCESS) {
        let mut program = Program::start(folder.path());
        for _ in first..sessions.min(first + SESSIONS_PER_PROCESS) {
            let (made, changed) = compare(&mut program, &file, &random.bytes(6_000));
            intents += made;
            accepted += changed;
        }
        program.quit();
    }
    println!("{sessions} sessions, {intents} intents, {accepted} of them changed the map");
    assert!(accepted * 4 > intents, "most intents are refused");
}
