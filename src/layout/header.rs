//! What stands above the stages: title, scenario, personas.

use super::block::{Block, Ink, Run};
use super::draft;
use super::seam::SeamKey;
use crate::geom::Rect;
use crate::model::{Map, Record};
use crate::text::Measure;
use crate::theme::{Sizes, size};

/// What stands above the stages.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// Text, relative to the top left corner of the picture.
    pub runs: Vec<Run>,
    /// A box a persona: index into the map's personas, and where.
    pub personas: Vec<(usize, Rect)>,
    /// What seams and marks mean, where they are shown.
    pub legend: Vec<SeamKey>,
    /// Height from the top of the picture to the stage band.
    pub height: f32,
}

pub(super) fn header(map: &Map, width: f32, sizes: &Sizes, measure: &mut dyn Measure) -> Header {
    let style = |style| sizes.text(style);
    let left = size::MARGIN;
    let room = (width - 2.0 * left).max(sizes.persona);
    let (count, each) = (map.personas().len() as f32, sizes.persona);
    let beside = room - count * (each + 16.0);
    let text_width = if beside >= 420.0 { beside } else { room }.min(860.0);

    let mut runs = Vec::new();
    let mut y = size::MARGIN;
    let kind = match map.header().kind {
        crate::model::MapKind::Current => "Current journey",
        crate::model::MapKind::Future => "Future journey",
    };
    y = Block::new(
        kind,
        style(size::SMALL_STRONG),
        Ink::Accent,
        text_width,
        measure,
    )
    .place(left, y, &mut runs);
    let title = match map.header().title.as_str() {
        "" => "Untitled journey",
        title => title,
    };
    y = Block::new(title, style(size::TITLE), Ink::Normal, text_width, measure).place(
        left,
        y + 2.0,
        &mut runs,
    );
    y = Block::new(
        &map.header().scenario,
        style(size::LEAD),
        Ink::Soft,
        text_width,
        measure,
    )
    .place(left, y + 4.0, &mut runs);
    let measured = draft::measurements(&map.header().measurements);
    y = Block::new(
        &measured,
        style(size::STRONG),
        Ink::Normal,
        text_width,
        measure,
    )
    .place(left, y + 6.0, &mut runs);

    let (mut x, top) = if beside >= 420.0 {
        (left + text_width + 24.0, size::MARGIN)
    } else {
        (left, y + 16.0)
    };
    let mut personas = Vec::new();
    let mut bottom: f32 = y;
    let mut row_top = top;
    for (index, persona) in map.personas().iter().enumerate() {
        if x + each > left + room + 1.0 && x > left {
            x = left;
            row_top = bottom + 16.0;
        }
        let inner = each - 76.0;
        let text_left = x + 62.0;
        let mut py = row_top + 12.0;
        py = Block::new(
            persona.name(),
            style(size::NAME),
            Ink::Normal,
            inner,
            measure,
        )
        .place(text_left, py, &mut runs);
        py = Block::new(&persona.role, style(size::SMALL), Ink::Soft, inner, measure).place(
            text_left,
            py + 1.0,
            &mut runs,
        );
        if !persona.quote.is_empty() {
            let quote = format!("“{}”", persona.quote);
            py = Block::new(&quote, style(size::QUOTE), Ink::Normal, inner, measure).place(
                text_left,
                py + 5.0,
                &mut runs,
            );
        }
        if let Some(goal) = persona.goals.first() {
            let goal = format!("Wants: {goal}");
            py = Block::new(&goal, style(size::SMALL), Ink::Soft, inner, measure).place(
                text_left,
                py + 5.0,
                &mut runs,
            );
        }
        let height = (py + 12.0 - row_top).max(70.0);
        personas.push((index, Rect::new(x, row_top, each, height)));
        bottom = bottom.max(row_top + height);
        x += each + 16.0;
    }
    Header {
        runs,
        personas,
        legend: Vec::new(),
        height: bottom + 22.0,
    }
}
