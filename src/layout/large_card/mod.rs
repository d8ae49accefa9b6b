//! A touchpoint as one large card that fills a page: the stage, the name, the owner and the place
//! of contact, feelings with quotes, pain points and opportunities, in the largest type that fits.
//!
//! Must not know: colours, the scene, screens.

mod entries;
#[cfg(test)]
mod tests;

use super::card::shown_name;
use super::text_block::{TextBlock, TextContext, TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{Field, Map, ObjectRef, Record, Score, Stage, Touchpoint, TouchpointId};
use crate::text::{CAP_HEIGHT, Face, Measure, Style};
use crate::theme::{Density, Icon};

/// Height of a page in map units; its width follows from the ratio of the sides.
pub const PAGE_HEIGHT: f32 = 720.0;
/// Distance of the card from the edges of the page.
const MARGIN: f32 = 28.0;
/// Distance of the content from the edges of the card.
const PADDING: f32 = 36.0;
/// Width of the owner's stripe.
const STRIPE: f32 = 22.0;
/// Distance between both columns.
const COLUMN_GAP: f32 = 44.0;
/// Scales of the type, the largest first.
const SCALES: [f32; 9] = [1.8, 1.65, 1.5, 1.38, 1.26, 1.15, 1.05, 0.95, 0.85];

const NAME: Style = style(Face::Bold, 46.0);
const WORDS: Style = style(Face::Regular, 24.0);
const STRONG: Style = style(Face::Bold, 24.0);
const QUOTE: Style = style(Face::Italic, 28.0);
const SMALL: Style = style(Face::Regular, 20.0);
const HEADING: Style = style(Face::Bold, 20.0);

const fn style(face: Face, size: f32) -> Style {
    Style { face, size }
}

/// A touchpoint as one large card, without colours. Distances in map units.
#[derive(Clone, Debug)]
pub struct LargeCard {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// Width of the page.
    pub width: f32,
    /// Outline of the card.
    pub rect: Rect,
    /// The owner's stripe.
    pub stripe: Rect,
    /// The parts in reading order.
    pub parts: Vec<LargeCardPart>,
    /// Scale of the type, 1 for the usual one.
    pub scale: f32,
    /// Number of entries that do not fit.
    pub left_out: usize,
    /// Number of the step.
    pub number: String,
}

/// A part of a large card: the texts of one object, with its mark.
#[derive(Clone, Debug)]
pub struct LargeCardPart {
    /// The object of the map.
    pub object: ObjectRef,
    /// The mark in front of the texts.
    pub mark: Option<(LargeCardMark, Rect)>,
    /// The texts.
    pub runs: Vec<TextRun>,
    /// Bounds of the part.
    pub area: Rect,
}

/// The mark of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LargeCardMark {
    /// An icon in the colour of a role.
    Icon(Icon, TextRole),
    /// The colour of the owner.
    Owner,
    /// The face of a persona, by place in the list.
    Face(Score, usize),
}

/// Lays out a touchpoint as a card on a page with this ratio of width to height; `None` if the map
/// has no such touchpoint. `number` is the number of the step. The smallest capital is
/// `least_capital` of the height of the page high, or as high as the largest type has it.
pub fn large_card(
    map: &Map,
    id: &TouchpointId,
    number: &str,
    (ratio, least_capital): (f32, f32),
    measure: &mut dyn Measure,
) -> Option<LargeCard> {
    let stage = map.stages().get(map.stage_of(id)?)?;
    let touchpoint = map.touchpoint(id)?;
    let sizes = Density::Comfortable.sizes();
    let mut draft = Draft {
        map,
        touchpoint,
        stage,
        number,
        text: TextContext { sizes, measure },
        width: (PAGE_HEIGHT * ratio.clamp(0.5, 4.0)).max(480.0),
        scale: 1.0,
        least_scale: 1.0,
        left_out: 0,
        can_leave_out: 0,
        parts: Vec::new(),
    };
    let is_readable = |scale: &f32| {
        let capital = scale * SMALL.size * CAP_HEIGHT;
        *scale == SCALES[0] || capital >= least_capital * PAGE_HEIGHT
    };
    draft.least_scale = SCALES
        .into_iter()
        .filter(is_readable)
        .fold(SCALES[0], f32::min);
    for scale in SCALES.into_iter().filter(is_readable) {
        draft.scale = scale;
        if draft.fits() {
            return Some(draft.finish());
        }
    }
    while !draft.fits() && draft.left_out < draft.can_leave_out {
        draft.left_out += 1;
    }
    Some(draft.finish())
}

/// A card whose type has a certain scale.
struct Draft<'a> {
    map: &'a Map,
    touchpoint: &'a Touchpoint,
    stage: &'a Stage,
    number: &'a str,
    text: TextContext<'a>,
    width: f32,
    scale: f32,
    /// The smallest scale that can be read.
    least_scale: f32,
    left_out: usize,
    /// Number of entries that can be left out.
    can_leave_out: usize,
    parts: Vec<LargeCardPart>,
}

/// A mark with the texts below each other beside it, before it has a place.
struct Entry {
    object: ObjectRef,
    mark: Option<(LargeCardMark, f32)>,
    blocks: Vec<(TextBlock, Option<Field>)>,
    /// Whether it is the heading of the entries below it.
    is_heading: bool,
}

impl Draft<'_> {
    /// Outline of the card.
    fn rect(&self) -> Rect {
        let (width, height) = (self.width - 2.0 * MARGIN, PAGE_HEIGHT - 2.0 * MARGIN);
        Rect::new(MARGIN, MARGIN, width, height)
    }

    fn finish(self) -> LargeCard {
        let rect = self.rect();
        LargeCard {
            touchpoint: self.touchpoint.id.clone(),
            width: self.width,
            stripe: Rect::new(rect.min.x, rect.min.y, STRIPE, rect.height()),
            rect,
            parts: self.parts,
            scale: self.scale,
            left_out: self.left_out,
            number: self.number.to_owned(),
        }
    }

    /// Lays out the card; returns whether it fits.
    fn fits(&mut self) -> bool {
        self.parts.clear();
        let rect = self.rect();
        let (left, right) = (rect.min.x + STRIPE + PADDING, rect.max.x - PADDING);
        let mut y = rect.min.y + PADDING * 0.8;
        y = self.head((left, y), right - left);
        y = self.chips((left, y), right) + 26.0 * self.scale;
        let (mut width, mut second) = (right - left, left);
        let touchpoint = self.touchpoint;
        let needs = touchpoint.pains.len() + touchpoint.opportunities.len();
        if needs > 0
            && touchpoint
                .feelings
                .iter()
                .any(|feeling| !feeling.is_blank())
        {
            width = (width - COLUMN_GAP) / 2.0;
            second = left + width + COLUMN_GAP;
        }
        let mut columns = [self.feelings(width), self.needs(width)];
        self.leave_out(&mut columns, width);
        let [feelings, needs] = columns;
        let a = self.place(feelings, (left, y), width);
        let b = self.place(needs, (second, y), width);
        a.max(b) - self.entry_gap() <= rect.max.y - PADDING * 0.6
    }

    /// Leaves entries out from the ends of both columns, the longer first, and says how many.
    fn leave_out(&mut self, columns: &mut [Vec<Entry>; 2], width: f32) {
        fn height(entries: &[Entry]) -> f32 {
            let blocks = entries.iter().flat_map(|entry| &entry.blocks);
            blocks.map(|(block, _)| block.height()).sum()
        }
        let entries = columns.iter().flatten();
        self.can_leave_out = entries.filter(|entry| !entry.is_heading).count();
        if self.left_out == 0 {
            return;
        }
        for _ in 0..self.left_out {
            let longer = usize::from(height(&columns[1]) >= height(&columns[0]));
            let from = if columns[longer].is_empty() {
                1 - longer
            } else {
                longer
            };
            columns[from].pop();
            columns[from].pop_if(|last| last.is_heading);
        }
        let words = match self.left_out {
            1 => "1 more entry on the map".to_owned(),
            n => format!("{n} more entries on the map"),
        };
        let block = self.block(&words, SMALL, TextRole::Soft, width);
        let shorter = usize::from(height(&columns[1]) < height(&columns[0]));
        columns[shorter].push(Entry {
            object: self.address(),
            mark: None,
            is_heading: false,
            blocks: vec![(block, None)],
        });
    }

    fn address(&self) -> ObjectRef {
        self.touchpoint.object()
    }

    /// A text in lines of the scaled style.
    fn block(&mut self, text: &str, style: Style, role: TextRole, width: f32) -> TextBlock {
        let scaled = Style {
            size: style.size * self.scale,
            ..style
        };
        let block = TextBlock::new(text, scaled, role, width, self.text.measure);
        if self.scale > self.least_scale {
            return block;
        }
        // In the smallest type a very long text is cut where a sentence is too long for a talk.
        block.truncate_to_lines(MAX_LINES, self.text.measure)
    }

    /// Stage, number and name; returns the bottom.
    fn head(&mut self, (left, top): (f32, f32), width: f32) -> f32 {
        let name = match self.stage.name.trim() {
            "" => "Stage without a name",
            name => name,
        };
        let words = format!("{}  ·  Step {}", name, self.number);
        let stage = self.block(&words, HEADING, TextRole::Soft, width);
        let entry = Entry {
            object: self.stage.object(),
            mark: None,
            is_heading: false,
            blocks: vec![(stage, None)],
        };
        let y = self.place(vec![entry], (left, top), width);
        let (name, role) = shown_name(self.touchpoint);
        let block = self.block(name, NAME, role, width);
        let entry = Entry {
            object: self.address(),
            mark: None,
            is_heading: false,
            blocks: vec![(block, Some(Field::Name))],
        };
        self.place(vec![entry], (left, y), width) + 6.0 * self.scale
    }

    /// Owner, channel, environment and badges in rows; returns the bottom.
    fn chips(&mut self, (left, top): (f32, f32), right: f32) -> f32 {
        let (side, gap) = (22.0 * self.scale, 9.0 * self.scale);
        let (mut x, mut y, mut bottom) = (left, top, top);
        for (mark, role, words) in self.chip_texts() {
            let block = self.block(&words, SMALL, role, right - left - side - gap);
            let width = side + gap + block.width();
            if x > left && x + width > right {
                x = left;
                y = bottom + 8.0 * self.scale;
            }
            let entry = Entry {
                object: self.address(),
                mark: Some((mark, side)),
                is_heading: false,
                blocks: vec![(block, None)],
            };
            // A hair more than the text needs, so that rounding breaks no line.
            bottom = bottom.max(self.place(vec![entry], (x, y), width + 1.0) - self.entry_gap());
            x += width + 34.0 * self.scale;
        }
        bottom
    }

    /// Distance of texts from a face or a flag.
    fn mark_gap(&self) -> f32 {
        14.0 * self.scale
    }

    /// Distance between entries.
    fn entry_gap(&self) -> f32 {
        16.0 * self.scale
    }

    /// Places entries below each other; returns the bottom.
    fn place(&mut self, entries: Vec<Entry>, (left, top): (f32, f32), width: f32) -> f32 {
        let mut y = top;
        for entry in entries {
            let (mark, x) = match entry.mark {
                Some((mark, side)) => {
                    let gap = if matches!(mark, LargeCardMark::Face(..)) {
                        self.mark_gap()
                    } else {
                        9.0 * self.scale
                    };
                    (Some((mark, side)), left + side + gap)
                }
                None => (None, left),
            };
            let height: f32 = entry.blocks.iter().map(|(block, _)| block.height()).sum();
            let side = mark.map_or(0.0, |(_, side)| side);
            // One line stands in the middle of a larger mark.
            let mut at = y + ((side - height) / 2.0).max(0.0);
            let mut runs = Vec::new();
            for (block, field) in &entry.blocks {
                at = block.place_field(*field, x, at, &mut runs);
            }
            let first = entry
                .blocks
                .first()
                .map_or(0.0, |(block, _)| block.line_height());
            let bottom = at.max(y + side);
            let mark = mark.map(|(mark, side)| {
                let middle = match mark {
                    LargeCardMark::Face(..) => 0.0,
                    _ => ((first - side) / 2.0).max(0.0),
                };
                (mark, Rect::new(left, y + middle, side, side))
            });
            self.parts.push(LargeCardPart {
                object: entry.object,
                mark,
                runs,
                area: Rect::new(left, y, width, bottom - y),
            });
            y = bottom + self.entry_gap();
        }
        y
    }
}

/// Number of lines of a text in the smallest type, at most.
const MAX_LINES: f32 = 5.0;
