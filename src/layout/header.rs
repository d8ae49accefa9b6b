//! The header above the stages: title, scenario, personas; and the heading shared by all views.
//!
//! Must not know: colours, the scene.

use super::cell_content;
use super::handoff_legend::HandoffLegendEntry;
use super::text_block;
use super::text_block::{TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{Field, Map, MapKind, Persona, Record};
use crate::text::{Measure, Style};
use crate::theme::{Sizes, size};

/// The header above the stages.
#[derive(Clone, Debug, Default)]
pub struct JourneyHeader {
    /// Texts about the map, relative to the top left corner of the map.
    pub runs: Vec<TextRun>,
    /// The personas.
    pub personas: Vec<PersonaBox>,
    /// Legend of handoff marks, if they are shown.
    pub legend: Vec<HandoffLegendEntry>,
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
}

/// A text with the parameters of [`block::stack`].
pub(super) type StackedText<'a> = (&'a str, Style, TextRole, f32, Option<Field>);

/// Kind of journey followed by the view, such as ", how it flows".
pub(super) fn journey_kind(map: &Map, view: &str) -> String {
    let kind = match map.header().kind {
        MapKind::Current => "Current journey",
        MapKind::Future => "Future journey",
    };
    format!("{kind}{view}")
}

/// The heading of every view: kind of journey, title, scenario.
pub(super) fn heading<'a>(map: &'a Map, kind: &'a str, sizes: &Sizes) -> [StackedText<'a>; 3] {
    let style = |style| sizes.text(style);
    let title = match map.header().title.as_str() {
        "" => "Untitled journey",
        title => title,
    };
    let scenario = map.header().scenario.as_str();
    let (small, large, lead) = (
        style(size::SMALL_STRONG),
        style(size::TITLE),
        style(size::LEAD),
    );
    [
        (kind, small, TextRole::Accent, 0.0, None),
        (title, large, TextRole::Normal, 2.0, Some(Field::Title)),
        (scenario, lead, TextRole::Soft, 4.0, Some(Field::Scenario)),
    ]
}

pub(super) fn header(
    map: &Map,
    width: f32,
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> JourneyHeader {
    let left = size::MARGIN;
    let room = (width - 2.0 * left).max(sizes.persona);
    let (count, each) = (map.personas().len() as f32, sizes.persona);
    let beside = room - count * (each + 16.0);
    let text_width = if beside >= 420.0 { beside } else { room }.min(860.0);

    let mut runs = Vec::new();
    let kind = journey_kind(map, "");
    let [kind, title, scenario] = heading(map, &kind, sizes);
    let measured = cell_content::measurements_line(&map.header().measurements);
    let (first, then) = match map.stages().is_empty() {
        true => (
            "No stages yet: press S and name the first one",
            "Then press A and type its touchpoints: one line is one touchpoint.",
        ),
        false => ("", ""),
    };
    let strong = sizes.text(size::STRONG);
    let said = Some(Field::Measurements);
    let measured = (measured.as_str(), strong, TextRole::Normal, 6.0, said);
    let first = (first, sizes.text(size::NAME), TextRole::Normal, 14.0, None);
    let then = (then, sizes.text(size::LEAD), TextRole::Normal, 3.0, None);
    let texts = [kind, title, scenario, measured, first, then];
    let y = text_block::stack_texts(&texts, (left, size::MARGIN), text_width, measure, &mut runs);

    let (mut x, top) = if beside >= 420.0 {
        (left + text_width + 24.0, size::MARGIN)
    } else {
        (left, y + 16.0)
    };
    let mut personas = Vec::new();
    let mut bottom: f32 = y;
    let mut row_top = top;
    for persona in map.personas() {
        if x + each > left + room + 1.0 && x > left {
            x = left;
            row_top = bottom + 16.0;
        }
        let boxed = persona_box(persona, (x, row_top), sizes, measure);
        bottom = bottom.max(boxed.rect.max.y);
        personas.push(boxed);
        x += each + 16.0;
    }
    JourneyHeader {
        runs,
        personas,
        legend: Vec::new(),
        height: bottom + 22.0,
    }
}

fn persona_box(
    persona: &Persona,
    (x, top): (f32, f32),
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> PersonaBox {
    let inner = sizes.persona - 76.0;
    let quote = match persona.quote.as_str() {
        "" => String::new(),
        quote => format!("“{quote}”"),
    };
    let wants = persona.goals.first().filter(|goal| !goal.is_empty());
    let wants = wants
        .map(|goal| format!("Wants: {goal}"))
        .unwrap_or_default();
    let (bold, small) = (sizes.text(size::NAME), sizes.text(size::SMALL));
    let italic = sizes.text(size::QUOTE);
    let texts = [
        (
            persona.name(),
            bold,
            TextRole::Normal,
            0.0,
            Some(Field::Name),
        ),
        (&persona.role, small, TextRole::Soft, 1.0, Some(Field::Role)),
        (
            &quote,
            italic,
            TextRole::Normal,
            5.0,
            Some(Field::PersonaQuote),
        ),
        (
            &wants,
            small,
            TextRole::Soft,
            5.0,
            Some(Field::PersonaGoal(0)),
        ),
    ];
    let mut runs = Vec::new();
    let y = text_block::stack_texts(&texts, (x + 62.0, top + 12.0), inner, measure, &mut runs);
    let height = (y + 12.0 - top).max(70.0);
    PersonaBox {
        rect: Rect::new(x, top, sizes.persona, height),
        runs,
    }
}
