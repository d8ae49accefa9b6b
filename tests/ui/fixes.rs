//! Every fix that a finding offers is run in the window and leaves its finding gone. A fix
//! that leads to a field is completed there.

use crate::{Window, images};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use std::time::Duration;
use touchline::app::platform::file_dialog::FileResponse;
use touchline::english::capitalize;
use touchline::insight::{self, Finding, Fix};
use touchline::model::Field;
use touchline::render::View;
use touchline::session::fix_label;
use touchline::settings::today;

const NONE: Modifiers = Modifiers::NONE;

/// The rest of a fix that leads to a field.
enum Step {
    /// Replaces the text of the field with the focus.
    Type(&'static str),
    /// Opens the list with the focus and chooses the best match, or adds one.
    Choose(&'static str),
    /// Opens the short list with the focus and chooses the entry that ends like this.
    Pick(&'static str),
    /// Presses the button with the focus.
    Enter,
    /// Moves the slider with the focus down by a step.
    Lower,
    /// Presses a button of the selected object.
    Press(&'static str),
}

use Step::{Choose, Enter, Lower, Pick, Press, Type};

/// Adds a measurement of today that continues the series named in a message.
fn measure(message: &str) -> &'static [Step] {
    if message.contains("NPS") {
        &[
            Enter,
            Type("NPS"),
            Type("45"),
            Type(""),
            Type("900"),
            Type("today"),
        ]
    } else if message.contains("Wait") {
        &[
            Enter,
            Type("Wait"),
            Type("2"),
            Type("min"),
            Type("900"),
            Type("today"),
        ]
    } else {
        &[
            Enter,
            Type("CSAT"),
            Type("4.5"),
            Type("of 5"),
            Type("900"),
            Type("today"),
        ]
    }
}

/// Returns the steps after a fix of a finding, by the label of its button.
fn steps(finding: &Finding, label: &str) -> &'static [Step] {
    match (finding.rule.id, label) {
        (_, "Choose an owner") => &[Choose("Operations")],
        (_, "Set a due date" | "Set another due date") => &[Type("2999-12-31")],
        (_, "Change the name") => &[Type("Another name")],
        (_, "Choose an action") => &[Choose("Answer it")],
        (_, "Update the action") => &[Press("Action 1 status: done")],
        (_, "Enter a measurement") => measure(&finding.message),
        ("no-feelings", _) => &[Type("glad")],
        (_, "Write down what is behind it") => &[Enter, Type("A system")],
        (_, "Write the scenario") => &[Type("Buying a first home")],
        (_, "Choose a channel") => &[Choose("Phone")],
        ("automated-in-trouble", _) => &[Choose("Adviser")],
        (_, "Write down the pain point") => &[Enter, Type("Nobody answers")],
        (_, "Enter the date" | "Correct the date") => &[Type("today")],
        (_, "Correct the duration") => &[Type("9 w")],
        (_, "Correct the answers by kind") => &[Type("45/40/15")],
        (_, "Correct the value") => &[Type("4")],
        (_, "Enter more answers") => &[Type("900")],
        (_, "Correct the entry") => &[Type("5")],
        (_, "Say what it rests on") => &[Press("Evidence: observed")],
        ("no-lows", "Write down feelings") => &[Lower],
        (_, "Write down feelings") => &[Enter, Type("glad")],
        ("endless-loop", "Choose where it leads") => &[Pick(" D")],
        ("dead-end", "Choose where it leads") => &[Pick(" A")],
        (_, "Choose where it leads") => &[Pick(" C")],
        (_, "Choose another kind of path") => &[Press("Path 1 kind: alternative")],
        (_, "Choose another channel") => &[Choose("App")],
        (_, "Correct the shares") => &[Type("40 %")],
        _ => &[],
    }
}

/// Whether the finding asks a question that no field answers; its fix only shows the object.
fn is_question(finding: &Finding) -> bool {
    let questions = [
        "ends-low",
        "feelings-alike",
        "action-without-purpose",
        "effect-missed",
    ];
    questions.contains(&finding.rule.id)
}

impl Window {
    fn run_step(&mut self, step: &Step) {
        match step {
            Type("today") => self.replace_text(&today().to_string()),
            Type(text) => self.replace_text(text),
            Choose(name) => {
                self.key(NONE, Key::Enter);
                self.type_with_focus(name);
                self.key(NONE, Key::Enter);
            }
            Pick(end) => {
                self.key(NONE, Key::Enter);
                self.press_entry(end);
                self.run_until_idle();
            }
            Enter => self.key(NONE, Key::Enter),
            Lower => self.key(NONE, Key::ArrowLeft),
            Press(label) => self.press(label),
        }
    }

    fn press_entry(&self, end: &str) {
        let entries = self.harness.get_all_by_role(Role::Button);
        let is_entry = |label: Option<String>| label.is_some_and(|it| it.ends_with(end));
        let mut entries = entries.filter(|it| is_entry(it.accesskit_node().label()));
        entries.next().expect("the list has the entry").click();
    }

    fn replace_text(&mut self, text: &str) {
        self.key(Modifiers::COMMAND, Key::A);
        self.type_with_focus(text);
        self.key(NONE, Key::Tab);
    }

    fn type_with_focus(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.run_until_idle();
    }

    fn findings(&self) -> Vec<Finding> {
        insight::check(self.document().session.map(), today())
    }
}

/// Runs a fix of a finding in a window with its map; returns a problem.
fn run_fix(map: &[u8], finding: &Finding, fix: &Fix) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.journey.ron");
    touchline::storage::write(&path, map).unwrap();
    // The picture to choose, where a fix asks for one.
    let picture = images::file(folder.path(), "picture.png");
    let mut window = Window::open(&[path], vec![FileResponse::Paths(vec![picture])]);
    let label = fix_label(window.document().session.map(), finding, fix);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Num4);
    window.fill("Search findings", finding.rule.id);
    let row = capitalize(&finding.message);
    window
        .harness
        .get_all_by_label(&row)
        .next()
        .unwrap()
        .click();
    window.run_until_idle();
    // The inspector offers to settle a conflict, too.
    let mut buttons = window
        .harness
        .get_all_by_role_and_label(Role::Button, &label);
    buttons.next().unwrap().click();
    drop(buttons);
    window.run_until_idle();
    let is_same = |other: &Finding| {
        (other.rule.id, &other.subject, &other.message)
            == (finding.rule.id, &finding.subject, &finding.message)
    };
    match fix {
        // Pictures are imported on a thread.
        Fix::FillIn { field, .. } if field.field == Field::ImageData => {
            for _ in 0..3_000 {
                if !window.findings().iter().any(is_same) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(10));
                window.run_until_idle();
            }
        }
        Fix::FillIn { .. } if is_question(finding) => {
            let typing = window.harness.ctx.text_edit_focused();
            let leads = window.document().view == View::Findings || !typing;
            return leads
                .then_some(())
                .ok_or_else(|| "a text has the keyboard".to_owned());
        }
        Fix::FillIn { .. } => {
            let focused = window.harness.ctx.memory(|memory| memory.focused());
            if focused.is_none() {
                return Err("nothing has the keyboard".to_owned());
            }
            let steps = steps(finding, &label);
            if steps.is_empty() {
                return Err("the test does not know how to complete it".to_owned());
            }
            steps.iter().for_each(|step| window.run_step(step));
        }
        _ => {}
    }
    if window.findings().iter().any(is_same) {
        return Err("the finding is still there".to_owned());
    }
    Ok(())
}

#[test]
fn every_fix_of_every_rule_leaves_its_finding_gone() {
    let mut problems = Vec::new();
    for rule in insight::rules::all() {
        let text = std::fs::read(format!("tests/rules/{}.ron", rule.id)).unwrap();
        let map = touchline::format::read(&text).unwrap().map;
        let found = insight::check(&map, today());
        for finding in found.iter().filter(|finding| finding.rule.id == rule.id) {
            for fix in &finding.fixes {
                if let Err(problem) = run_fix(&text, finding, fix) {
                    let label = fix_label(&map, finding, fix);
                    problems.push(format!("{} · {label}: {problem}", rule.id));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
