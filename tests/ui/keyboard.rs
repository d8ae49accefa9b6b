//! Builds a whole map by keyboard only and counts the keystrokes.

use super::Window;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::platform::file_dialog::FileResponse;
use touchline::model::{Map, PathKind, Score};

/// Capture lines by stage, one line per touchpoint.
const CAPTURE_LINES: [(&str, [&str; 4]); 5] = [
    (
        "Notice",
        [
            "Sees the poster @Poster %Street #Marketing +0.5 curious",
            "Asks a neighbour @Talk %Street 0 unsure ?",
            "Reads the page @Website %Home #Marketing -0.5 puzzled !Prices are hidden",
            "Calls the hotline @Phone %Home #Service -1 impatient !!Nobody answers",
        ],
    ),
    (
        "Decide",
        [
            "Compares two offers @Website %Home #Sales 0 sober",
            "Visits the shop @Shop %Shop #Sales +1 welcome +Coffee while one waits",
            "Tries the model @Shop %Shop #Sales +1.5 delighted *",
            "Asks for a discount @Shop %Shop #Sales -0.5 awkward",
        ],
    ),
    (
        "Buy",
        [
            "Signs the contract @Shop %Shop #Sales +1 proud *",
            "Pays the deposit @Phone %Home #Sales -2 frustrated !!!Long queue",
            "Gets the receipt @Mail %Home #Sales 0 calm",
            "Waits for delivery @Mail %Home -1 anxious !No date is given",
        ],
    ),
    (
        "Use",
        [
            "Unpacks the box @Parcel %Home #Logistics +1.5 happy",
            "Sets it up @App %Home #Service -1 lost !!The manual is missing",
            "Watches the film @App %Home #Marketing +0.5 relieved",
            "Writes to support @Mail %Home #Service -1.5 angry \"I only need one cable\"",
        ],
    ),
    (
        "Stay",
        [
            "Gets the cable @Parcel %Home #Logistics +1 content",
            "Is asked to rate @Mail %Home #Marketing 0 bored",
            "Tells a friend @Talk %Street +1.5 glad",
            "Orders again @App %Home #Sales +2 loyal *",
        ],
    ),
];

/// Branching paths by name: start, end.
const BRANCHES: [(&str, &str); 3] = [
    ("Reads the page", "Visits the shop"),
    ("Asks for a discount", "Compares two offers"),
    ("Sets it up", "Writes to support"),
];

/// Keyboard user: types text, presses keys, and counts the keys beside the text.
struct Typist {
    window: Window,
    keystrokes: usize,
}

impl Typist {
    /// Presses a key; each modifier counts as a key.
    fn press(&mut self, modifiers: Modifiers, key: Key) {
        let held = [
            modifiers.command || modifiers.ctrl,
            modifiers.shift,
            modifiers.alt,
        ];
        self.keystrokes += 1 + held.into_iter().filter(|held| *held).count();
        self.window.key(modifiers, key);
    }

    fn text(&mut self, text: &str) {
        self.window.event(Event::Text(text.to_owned()));
        self.window.run_until_idle();
    }

    /// Runs a command or selects an object by name through the command palette.
    fn run_palette(&mut self, name: &str) {
        self.press(Modifiers::COMMAND, Key::K);
        self.text(name);
        self.press(Modifiers::NONE, Key::Enter);
    }

    /// Adds two personas and gives the second a score at every touchpoint, from −1 to +1.
    fn feel_everywhere(&mut self) {
        for name in ["Ann", "Tom"] {
            self.run_palette("Add persona");
            self.text(name);
            self.press(Modifiers::NONE, Key::Enter);
        }
        let before = self.keystrokes;
        self.press(Modifiers::NONE, Key::F);
        self.press(Modifiers::NONE, Key::Escape);
        let mut expected = Vec::new();
        for nth in 0..20_i8 {
            self.press(Modifiers::NONE, Key::ArrowRight);
            let half_points = nth % 5 - 2;
            expected.push(half_points * 5);
            let key = match half_points {
                0 => Key::Num0,
                1.. => Key::Plus,
                _ => Key::Minus,
            };
            for _ in 0..i8::max(1, half_points.abs()) {
                self.press(Modifiers::NONE, key);
            }
        }
        let tom = self.map().personas().as_slice().last().unwrap().id.clone();
        let steps = self.map().touchpoints();
        let felt = steps.map(|t| {
            let mut felt = t.feelings.iter();
            let felt = felt.find(|f| f.persona.as_ref() == Some(&tom));
            felt.and_then(|f| f.score).map(Score::tenths)
        });
        let felt: Vec<i8> = felt.flatten().collect();
        assert_eq!(felt, expected);
        let keystrokes = self.keystrokes - before;
        assert!(keystrokes <= 50, "{keystrokes} keystrokes");
    }

    fn map(&self) -> &Map {
        self.window.document().session.map()
    }
}

#[test]
fn whole_map_is_built_by_keyboard_within_the_keystroke_limit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("room.journey.ron");
    let window = Window::open(&[], vec![FileResponse::Paths(vec![path.clone()])]);
    let mut typist = Typist {
        window,
        keystrokes: 0,
    };
    typist.press(Modifiers::COMMAND, Key::N);
    typist.press(Modifiers::COMMAND, Key::Enter);
    for (stage, lines) in CAPTURE_LINES {
        typist.text(&format!(">{stage}"));
        typist.press(Modifiers::NONE, Key::Enter);
        for line in lines {
            typist.text(line);
            typist.press(Modifiers::NONE, Key::Enter);
        }
    }
    typist.press(Modifiers::NONE, Key::Escape);
    for (from, to) in BRANCHES {
        typist.run_palette(from);
        typist.run_palette("Connect to");
        typist.text(to);
        typist.press(Modifiers::NONE, Key::Enter);
    }
    typist.press(Modifiers::COMMAND, Key::S);

    let saved = touchline::session::Session::open(&path).unwrap();
    let map = saved.map();
    assert_eq!(map, typist.map());
    assert_eq!(map.stages().len(), 5);
    assert_eq!(map.touchpoint_count(), 20);
    let mut departments: Vec<&str> = map.departments().iter().map(|d| d.name.as_str()).collect();
    departments.sort_unstable();
    assert_eq!(departments, ["Logistics", "Marketing", "Sales", "Service"]);
    let written: Vec<PathKind> = map
        .touchpoints()
        .flat_map(|t| &t.paths)
        .map(|p| p.kind)
        .collect();
    assert_eq!(
        written,
        [
            PathKind::Alternative,
            PathKind::Return,
            PathKind::Alternative
        ]
    );
    let felt = map.touchpoints().flat_map(|t| &t.feelings);
    assert_eq!(felt.filter(|f| f.score.is_some()).count(), 20);
    assert_eq!(map.touchpoints().map(|t| t.pains.len()).sum::<usize>(), 5);
    assert!(typist.window.harness.query_by_label("Saved").is_some());
    // A second persona costs no more than the first: its score at every touchpoint.
    typist.feel_everywhere();
    let keystrokes = typist.keystrokes;
    assert!(keystrokes <= 250, "{keystrokes} keystrokes beside the text");
}
