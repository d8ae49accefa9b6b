//! The export dialog, print, and copies as picture, SVG and text.

use super::{FIRST, ScriptedDialogs, Window};
use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{By, NodeT, Queryable};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use touchline::app::command::table::CommandId;
use touchline::app::platform::file_dialog::{FileRequest, FileResponse};

/// Files that were opened in the viewer of the system.
static OPENED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Opens a file as a viewer does; there is none for a map that is named so.
pub(super) fn open(path: &Path) -> std::io::Result<()> {
    if path.to_string_lossy().contains("no-viewer") {
        return Err(std::io::ErrorKind::NotFound.into());
    }
    OPENED.lock().unwrap().push(path.to_owned());
    Ok(())
}

impl Window {
    /// Runs frames until something is true.
    pub(super) fn wait_until(&mut self, holds: impl Fn(&Window) -> bool) {
        for _ in 0..5_000 {
            if holds(self) {
                return;
            }
            self.harness.step();
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        panic!("it did not come");
    }

    fn shows(&self, part: &str) -> bool {
        let label = By::new().label_contains(part);
        self.harness.query_all(label).next().is_some()
    }

    fn choose_option(&mut self, name: &str) {
        self.click(Role::RadioButton, name);
    }

    fn is_chosen(&self, name: &str) -> bool {
        let button = self.harness.get_by_role_and_label(Role::RadioButton, name);
        button.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// Runs a command and frames until something was copied.
    fn copied(&mut self, id: CommandId) -> OutputCommand {
        self.harness.state_mut().queue_command(id);
        for _ in 0..5_000 {
            self.harness.step();
            let commands = &self.harness.output().platform_output.commands;
            let copied = commands.iter().find(|command| {
                matches!(
                    command,
                    OutputCommand::CopyText(_) | OutputCommand::CopyImage(_)
                )
            });
            if let Some(copied) = copied {
                return copied.clone();
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        panic!("nothing was copied");
    }
}

fn requests(dialogs: &ScriptedDialogs) -> Vec<FileRequest> {
    dialogs.requests.borrow().clone()
}

#[test]
fn export_dialog_offers_what_the_command_line_does_and_remembers_it() {
    let (folder, _path, mut window) = Window::with_bank_account();
    let file = folder.path().join("poster.pdf");
    let answers = vec![FileResponse::Paths(vec![file.clone()])];
    window.dialogs.answers.replace(answers);
    window.key(Modifiers::COMMAND, Key::E);
    assert!(window.harness.get_by_label("Export…").is_focused());
    window.choose_option("Format: PDF");
    window.choose_option("Pages: Tiles");
    window.choose_option("Overlap: 20 mm");
    window.choose_option("View: Flow");
    assert!(!window.shows_label("Part"), "the flow has no parts");
    window.choose_option("Theme: Projector");
    window.wait_until(|window| window.shows("mm, and their plan"));
    window.wait_until(|window| window.shows_label("Next page"));
    window.press("Next page");
    window.wait_until(|window| window.shows("Preview, page 2 of"));
    window.press("Export…");
    window.wait_until(|_| file.exists());
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF"));
    let asked = requests(&window.dialogs);
    assert!(matches!(&asked[..], [FileRequest::Export(path)] if path.ends_with("bank.pdf")));

    window.key(Modifiers::COMMAND, Key::E);
    for choice in [
        "Format: PDF",
        "Pages: Tiles",
        "Overlap: 20 mm",
        "Theme: Projector",
    ] {
        assert!(window.is_chosen(choice), "{choice}");
    }
    assert!(
        window.is_chosen("View: Journey"),
        "the view is the one in front"
    );
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.shows_label("Export…"));
}

/// Options of the command line: the choices after which the dialog has the row or control of the
/// option; none where the window offers it elsewhere.
const OFFERED: &[(&str, &[&str], &str)] = &[
    ("output", &[], "Format: PDF"),
    ("view", &[], "View: Flow"),
    ("colour", &["View: Flow"], "Cards by: Feeling"),
    ("theme", &["Format: SVG"], "Theme: Projector"),
    ("density", &[], "Density: Compact"),
    ("lanes", &["View: Journey"], "Lanes"),
    ("handoffs", &["View: Journey"], "Handoffs"),
    ("highlight", &["View: Journey"], "Highlight"),
    ("width", &["Format: PNG"], "Size: 7022 wide"),
    ("scale", &["Format: PNG"], "Size: 2 ×"),
    ("paper", &["Format: PDF", "Pages: Poster"], "Paper"),
    ("rows", &["Format: SVG", "View: Journey"], "Rows"),
    ("tiles", &["Format: PDF", "Pages: Tiles"], "Sheets"),
    ("overlap", &["Format: PDF", "Pages: Tiles"], "Overlap: 5 mm"),
    ("handout", &["Format: PDF"], "Pages: Handout"),
    ("lang", &["Format: PDF"], "Language"),
    ("stage", &["Format: SVG", "View: Journey"], "Part"),
    ("editable", &["Format: PowerPoint"], "Slides of: Shapes"),
    ("pictures", &["Format: PowerPoint"], "Slides of: Pictures"),
    ("slide", &["Format: PowerPoint"], "Slide: 4:3"),
    (
        "font",
        &["Format: PowerPoint", "Slides of: Shapes"],
        "Typeface",
    ),
    ("outlines", &["Format: SVG"], "As outlines"),
];

/// Options that the dialog does not have: the palette is one of the preferences, the day is today, a
/// room is chosen while presenting, maps are compared in a view of their own, and a saved view is opened
/// before it is exported.
const ELSEWHERE: [&str; 8] = [
    "saved-view",
    "palette",
    "today",
    "room",
    "compare",
    "side-by-side",
    "summary",
    "help",
];

#[test]
fn export_dialog_has_every_option_of_the_command_line() {
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_touchline"));
    let help = { program }.args(["export", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let options = help.lines().filter_map(|line| {
        let line = line.trim_start();
        let (_, name) = line.split_once("--").filter(|_| line.starts_with('-'))?;
        Some(name.split([' ', ',']).next().unwrap_or(name).to_owned())
    });
    let options: Vec<String> = options.collect();
    assert!(options.len() > ELSEWHERE.len(), "{help}");
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::E);
    for option in options {
        if ELSEWHERE.contains(&option.as_str()) {
            continue;
        }
        let offered = OFFERED.iter().find(|(name, ..)| *name == option);
        let (_, choices, row) = offered.unwrap_or_else(|| panic!("--{option} is not offered"));
        for choice in *choices {
            window.choose_option(choice);
        }
        assert!(window.shows(row), "--{option}: {row}");
    }
}

#[test]
fn print_begins_with_pdf_and_is_offered_for_pdf_only() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::P);
    assert!(window.is_chosen("Format: PDF"));
    window.choose_option("Pages: Tiles");
    window.wait_until(|window| window.shows("and their plan"));
    window.choose_option("Format: PNG");
    window.wait_until(|window| window.shows("pixels"));
    let export = window.harness.get_by_label("Export…");
    assert!(!export.accesskit_node().is_disabled());
    assert!(!window.shows_label("Print"), "a PNG is not printed");
}

#[test]
fn print_opens_the_viewer_of_the_system_and_says_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["printed", "no-viewer"] {
        let path = folder.path().join(format!("{name}.journey.ron"));
        std::fs::copy("sample_maps/bank-account.journey.ron", &path).unwrap();
        let mut window = Window::open(&[path], Vec::new());
        window.key(Modifiers::COMMAND, Key::P);
        window.press("Print");
        let file = format!("{name}.pdf");
        if name == "printed" {
            window.wait_until(|window| {
                let messages = window.harness.state().messages();
                messages.iter().any(|text| text.contains("Print it there"))
            });
            let opened = OPENED.lock().unwrap();
            let pdf = opened.iter().find(|path| path.ends_with(&file)).unwrap();
            assert!(std::fs::read(pdf).unwrap().starts_with(b"%PDF"));
        } else {
            window.wait_until(|window| window.shows_label("The PDF was not opened"));
            assert!(window.shows(&file));
        }
        assert!(requests(&window.dialogs).is_empty());
    }
}

#[test]
fn the_selection_or_the_map_is_copied_as_picture_svg_and_text() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let OutputCommand::CopyImage(map) = window.copied(CommandId::CopyPicture) else {
        panic!("no picture");
    };
    let OutputCommand::CopyText(report) = window.copied(CommandId::CopyText) else {
        panic!("no text");
    };
    assert!(report.starts_with("# Opening a bank account"), "{report}");
    window.run_until_idle();
    window.press(FIRST);
    let OutputCommand::CopyImage(card) = window.copied(CommandId::CopyPicture) else {
        panic!("no picture");
    };
    // The same height below the header, and less than half as wide.
    assert!(
        card.width() * 2 < map.width(),
        "{:?} {:?}",
        card.size,
        map.size
    );
    let OutputCommand::CopyText(svg) = window.copied(CommandId::CopySvg) else {
        panic!("no SVG");
    };
    assert!(
        svg.starts_with("<?xml") || svg.starts_with("<svg"),
        "{}",
        &svg[..80]
    );
    let OutputCommand::CopyText(outline) = window.copied(CommandId::CopyText) else {
        panic!("no text");
    };
    let lines: Vec<&str> = outline.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 2, "{outline}");
    assert!(lines[0].starts_with("## ") && lines[1].starts_with(&format!("- **{FIRST}**")));
}
