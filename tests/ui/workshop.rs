//! A workshop of 20 touchpoints and two personas, played by mouse: text is typed, everything
//! else is clicked, and the clicks are counted.

use super::Window;
use egui::{Event, Modifiers, MouseWheelUnit, Pos2, TouchPhase, vec2};
use egui_kittest::kittest::Queryable;
use touchline::model::Record;

const NONE: Modifiers = Modifiers::NONE;

/// Name, owner and channel of a step, and the feelings of both personas.
type Step = (&'static str, &'static str, &'static str, [i8; 2]);

/// Stages with their touchpoints.
const STAGES: [(&str, [Step; 5]); 4] = [
    (
        "Notice",
        [
            ("Sees the poster", "Marketing", "Poster", [5, 10]),
            ("Asks a neighbour", "Marketing", "Talk", [0, 5]),
            ("Reads the page", "Marketing", "Website", [-5, 5]),
            ("Calls the hotline", "Service", "Phone", [-10, -15]),
            ("Gets a brochure", "Marketing", "Poster", [5, 0]),
        ],
    ),
    (
        "Decide",
        [
            ("Compares offers", "Sales", "Website", [0, -5]),
            ("Visits the shop", "Sales", "Talk", [10, 5]),
            ("Tries the model", "Sales", "Talk", [15, 10]),
            ("Asks for a discount", "Sales", "Talk", [-5, 0]),
            ("Sleeps on it", "Sales", "Talk", [0, -5]),
        ],
    ),
    (
        "Buy",
        [
            ("Signs", "Sales", "Talk", [10, 5]),
            ("Pays", "Sales", "Phone", [-20, -10]),
            ("Gets the receipt", "Sales", "Website", [0, 5]),
            ("Waits", "Service", "Website", [-10, -15]),
            ("Unpacks", "Service", "Talk", [15, 15]),
        ],
    ),
    (
        "Use",
        [
            ("Sets it up", "Service", "Phone", [-10, 5]),
            ("Watches the film", "Marketing", "Website", [5, 5]),
            ("Writes to support", "Service", "Website", [-15, -5]),
            ("Gets a cable", "Service", "Talk", [10, 10]),
            ("Tells a friend", "Marketing", "Talk", [15, 20]),
        ],
    ),
];

/// A person with a mouse, whose clicks are counted. A drag would count as one.
struct Clicker {
    window: Window,
    clicks: usize,
}

impl Clicker {
    fn click_at(&mut self, at: Pos2) {
        self.clicks += 1;
        let screen = self.window.harness.ctx.content_rect();
        assert!(screen.contains(at), "{at} is out of the window");
        self.window.hover(at, NONE);
        self.window.button(at, true, NONE);
        self.window.button(at, false, NONE);
        self.window.run_until_idle();
    }

    fn click(&mut self, label: &str) {
        let place = self.window.leftmost_button(label).center();
        self.click_at(place);
    }

    /// Clicks into the lane of feelings at the height of a score.
    fn click_feeling(&mut self, name: &str, persona: &str, tenths: i8) {
        let label = format!("Add feeling of {persona} at {name}");
        let nodes = self.window.harness.query_all_by_label(&label).count();
        assert!(nodes <= 1);
        self.scroll_to(name);
        // Pointing at the lane below the card shows the place.
        let card = self.window.leftmost_button(name);
        let [top, bottom] = ["delighted", "awful"].map(|word| self.scale_height(word));
        let middle = (top + bottom) / 2.0;
        let y = middle - f32::from(tenths) / 20.0 * (bottom - top) / 2.0;
        let at = Pos2::new(card.center().x, y);
        self.window.hover(at, NONE);
        assert!(self.window.shows_label(&label), "{label}");
        self.click_at(at);
    }

    /// Turns the wheel until a card is in view.
    fn scroll_to(&mut self, name: &str) {
        let canvas = self.window.canvas();
        for _ in 0..100 {
            let nodes = self.window.harness.query_all_by_label(name);
            let cards = nodes.map(|node| node.rect());
            let middle = cards.map(|card| card.center().x).fold(f32::MAX, f32::min);
            let way = match middle {
                f32::MAX => 400.0,
                x if x < canvas.left() + 250.0 => 200.0,
                x if x > canvas.right() - 150.0 => -200.0,
                _ => return,
            };
            self.window.hover(canvas.center(), NONE);
            self.window.harness.event(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                source: egui::MouseWheelSource::Unknown,
                delta: vec2(way, 0.0),
                phase: TouchPhase::Move,
                modifiers: NONE,
            });
            self.window.run_until_idle();
        }
        panic!("{name} cannot be scrolled to");
    }

    /// Height of a label of the scale of feelings on screen.
    fn scale_height(&mut self, word: &str) -> f32 {
        let document = self.window.harness.state_mut().document_mut().unwrap();
        let mut typesetter = touchline::text::Typesetter::bundled();
        let drawn = document.rendered_journey(Default::default(), &mut typesetter);
        let mut lanes = drawn.layout.lanes.iter();
        let (scale, y) = lanes
            .find_map(|lane| match &lane.legend {
                touchline::layout::LaneLegend::Scale(scale) => Some((scale, lane.y)),
                _ => None,
            })
            .unwrap();
        let points = f64::from(drawn.layout.density.sizes().two_points);
        let neutral = y + f64::from(scale.neutral);
        let height = if word == "awful" {
            neutral + points
        } else {
            neutral - points
        };
        let camera = document.camera;
        let canvas = self.window.canvas();
        camera.point_to_screen((0.0, height), canvas).y
    }

    fn text(&mut self, text: &str) {
        self.window.type_into_field(text);
    }
}

#[test]
fn a_workshop_is_played_by_mouse_within_160_clicks() {
    let mut window = Window::open(&[], Vec::new());
    window.harness.set_size(vec2(1920.0, 1080.0));
    window.run_until_idle();
    let mut player = Clicker { window, clicks: 0 };
    player.click("New map");
    // Who takes part, where and how.
    player.click("Outline and lanes");
    player.click("Library");
    for (noun, names) in [
        ("persona", &["Ann", "Tom"][..]),
        ("department", &["Marketing", "Sales", "Service"]),
        ("channel", &["Poster", "Talk", "Website", "Phone"]),
    ] {
        for name in names {
            player.click(&format!("Add {noun}"));
            player.text(name);
        }
    }
    player.click("Assign");
    // The steps, each with owner and channel, and the feelings of the first persona.
    let mut last = None;
    for (stage, steps) in STAGES {
        player.click("Add stage");
        player.text(stage);
        for (nth, (name, owner, channel, scores)) in steps.iter().enumerate() {
            match &last {
                Some(former) if nth > 0 => player.click(&format!("Add touchpoint after {former}")),
                _ => player.click(&format!("Add touchpoint to {stage}")),
            }
            player.text(name);
            player.click(&format!("Assign {owner}"));
            player.click(&format!("Assign {channel}"));
            player.click_feeling(name, "Ann", scores[0]);
            last = Some(*name);
        }
    }
    let first = player.clicks;
    assert!(first <= 110, "{first} clicks for the first persona");
    // The feelings of the second one, with nothing selected.
    let ground = player.window.canvas().right_bottom() - vec2(20.0, 200.0);
    player.click_at(ground);
    player.click("Assign Tom");
    for (_, steps) in STAGES {
        for (name, _, _, scores) in steps {
            player.click_feeling(name, "Tom", scores[1]);
        }
    }
    let map = player.window.map_clone();
    assert_eq!(map.stages().len(), 4);
    let expected = STAGES.iter().flat_map(|(_, steps)| steps);
    for (touchpoint, (name, owner, channel, scores)) in map.touchpoints().zip(expected) {
        assert_eq!(touchpoint.name, *name);
        let owned = touchpoint.owner.as_ref();
        let owned = owned.and_then(|id| map.departments().get(id));
        assert_eq!(owned.map(|it| it.name()), Some(*owner), "{name}");
        let used = touchpoint.channel.as_ref();
        let used = used.and_then(|id| map.channels().get(id));
        assert_eq!(used.map(|it| it.name()), Some(*channel), "{name}");
        let felt: Vec<i8> = touchpoint
            .feelings
            .iter()
            .filter_map(|feeling| Some(feeling.score?.tenths()))
            .collect();
        assert_eq!(felt, scores, "{name}");
    }
    assert_eq!(map.touchpoint_count(), 20);
    assert!(player.clicks <= 160, "{} clicks", player.clicks);
}
