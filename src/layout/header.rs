//! The header above the stages: the heading shared by all views, and the personas of the journey.
//!
//! Must not know: colours, the scene.

use super::cell_content::measurements_line;
use super::comparison_options::ComparisonOptions;
use super::legend::LegendEntry;
use super::text_block::{StackedText, TextContext, TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{Field, Map, MapKind, Persona, Record};
use crate::theme::size;

/// The header of a view, relative to the top left corner of the map.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// Texts about the map.
    pub runs: Vec<TextRun>,
    /// The personas, in the journey.
    pub personas: Vec<PersonaBox>,
    /// Legend of the view.
    pub legend: Vec<LegendEntry>,
    /// Legend in place of that at overview zoom.
    pub far: Vec<LegendEntry>,
    /// Height from the top of the map to the stage band.
    pub height: f32,
}

/// A persona in a box, relative to the top left corner of the map.
#[derive(Clone, Debug)]
pub struct PersonaBox {
    /// The box.
    pub rect: Rect,
    /// The texts.
    pub runs: Vec<TextRun>,
    /// Scale of the portrait.
    pub scale: f32,
}

/// Kind of journey followed by the view, such as ", how it flows".
pub(super) fn journey_kind(map: &Map, view: &str) -> String {
    let kind = match map.header().kind {
        MapKind::Current => "Current state",
        MapKind::Future => "Future state",
    };
    format!("{kind}{view}")
}

/// The heading of every view: kind of journey, title, scenario.
pub(super) fn heading<'a>(map: &'a Map, kind: &'a str) -> [StackedText<'a>; 3] {
    let (title, scenario) = (Some(Field::Title), Some(Field::Scenario));
    let words = match map.header().title.as_str() {
        "" => "Untitled journey",
        title => title,
    };
    let about = map.header().scenario.as_str();
    [
        (kind, size::SMALL_STRONG, TextRole::Accent, 0.0, None),
        (words, size::TITLE, TextRole::Normal, 2.0, title),
        (about, size::LEAD, TextRole::Soft, 4.0, scenario),
    ]
}

/// The header of the journey, for a map of this width.
pub(super) fn header(
    map: &Map,
    width: f32,
    comparison: Option<&ComparisonOptions>,
    text: &mut TextContext<'_>,
) -> Header {
    let left = size::MARGIN;
    let each = text.sizes.persona;
    let room = (width - 2.0 * left).max(each);
    let is_now =
        |persona: &&Persona| comparison.is_none_or(|it| !it.earlier.contains_key(&persona.id));
    let shown: Vec<&Persona> = map.personas().iter().filter(is_now).collect();
    let beside = room - shown.len() as f32 * (each + 16.0) - 8.0;
    let text_width = if beside >= 420.0 { beside } else { room }.min(860.0);

    let mut runs = Vec::new();
    let kind = journey_kind(map, "");
    let [kind, title, scenario] = heading(map, &kind);
    let measured = measurements_line(&map.header().measurements);
    let (first, then) = if map.touchpoint_count() == 0 {
        (
            "No touchpoints yet: press A and type what the customer does",
            "One line is one touchpoint, “>Compare” begins a stage. A list can be pasted whole.",
        )
    } else {
        ("", "")
    };
    let field = Some(Field::Measurements);
    let texts = [
        kind,
        title,
        scenario,
        (&*measured, size::STRONG, TextRole::Normal, 6.0, field),
        (first, size::NAME, TextRole::Normal, 14.0, None),
        (then, size::LEAD, TextRole::Normal, 3.0, None),
    ];
    let y = text.stack(&texts, (left, size::MARGIN), text_width, &mut runs);

    let (mut x, mut row_top) = if beside >= 420.0 {
        (left + text_width + 24.0, size::MARGIN)
    } else {
        (left, y + 16.0)
    };
    let mut personas = Vec::new();
    let mut bottom: f32 = y;
    for persona in shown {
        if x + each > left + room + 1.0 && x > left {
            x = left;
            row_top = bottom + 16.0;
        }
        let boxed = persona_box(persona, (x, row_top), text);
        bottom = bottom.max(boxed.rect.max.y);
        personas.push(boxed);
        x += each + 16.0;
    }
    Header {
        runs,
        personas,
        height: bottom + 22.0,
        ..Header::default()
    }
}

fn persona_box(persona: &Persona, (x, top): (f32, f32), text: &mut TextContext<'_>) -> PersonaBox {
    let width = text.sizes.persona;
    let quote = match persona.quote.as_str() {
        "" => String::new(),
        quote => format!("“{quote}”"),
    };
    let goal = persona.goals.first().filter(|goal| !goal.is_empty());
    let wants = goal.map_or(String::new(), |goal| format!("Wants: {goal}"));
    let role = persona.role.as_str();
    let (normal, soft) = (TextRole::Normal, TextRole::Soft);
    let (said, goal) = (Some(Field::PersonaQuote), Some(Field::PersonaGoal(0)));
    let texts = [
        (persona.name(), size::NAME, normal, 0.0, Some(Field::Name)),
        (role, size::SMALL, soft, 1.0, Some(Field::Role)),
        (&*quote, size::QUOTE, normal, 5.0, said),
        (&*wants, size::SMALL, soft, 5.0, goal),
    ];
    let mut runs = Vec::new();
    let corner = (x + 62.0, top + 12.0);
    let y = text.stack(&texts, corner, width - 76.0, &mut runs);
    let height = (y + 12.0 - top).max(70.0);
    PersonaBox {
        rect: Rect::new(x, top, width, height),
        runs,
        scale: 1.0,
    }
}
