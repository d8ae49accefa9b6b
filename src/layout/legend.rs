//! Legends of all views: samples with their explanations, in rows.
//!
//! Must not know: which samples a view explains, colours, the scene.

use super::handoffs::HandoffMark;
use super::text_block::{TextBlock, TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{Basis, PathKind, Score};
use crate::text::{Measure, Style};
use crate::theme::{ChangeMark, Icon, size};

/// The value by which a card of the flow is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tint {
    /// A department, by place in the list.
    Department(usize),
    /// A score.
    Feeling(Score),
    /// A channel, by place in the list.
    Channel(usize),
    /// The strongest evidence.
    Evidence(Basis),
    /// No owner, and none needed.
    NoOwnerNeeded,
    /// No value.
    Unknown,
}

/// An entry of a legend.
#[derive(Clone, Debug)]
pub struct LegendEntry {
    /// The sample that is explained.
    pub sample: LegendSample,
    /// Place of the sample; without width if there is none.
    pub rect: Rect,
    /// The explanation.
    pub runs: Vec<TextRun>,
}

/// Sample of a legend entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LegendSample {
    /// No sample.
    None,
    /// A colour of the flow, with an icon if it has one.
    Tint(Tint, Option<Icon>),
    /// A kind of path of the flow.
    Line(PathKind),
    /// Edges of two widths.
    Widths,
    /// An icon.
    Icon(Icon, TextRole),
    /// A face in the colour of its score.
    Face(Score, Icon),
    /// The chevron of a stage's owner.
    StageOwner,
    /// An arc from department to department.
    HandoffArc,
    /// A handoff mark across a path.
    Handoff(HandoffMark),
    /// The mark of a card that every customer passes, in this square.
    Dominator(Rect),
    /// The mark of a difference between two maps.
    Change(ChangeMark),
}

/// Builder of a legend, whose entries fill rows from left to right.
pub(super) struct LegendBuilder {
    pub entries: Vec<LegendEntry>,
    pub left: f32,
    /// Available width.
    pub room: f32,
    pub x: f32,
    pub y: f32,
    /// Scale relative to the usual legend.
    pub scale: f32,
    /// Distance between two rows at scale 1, and between two entries.
    pub gaps: (f32, f32),
    /// Maximum number of lines of an explanation.
    pub most_lines: f32,
}

impl LegendBuilder {
    /// A legend with this top left corner, width and scale.
    pub fn new((left, y): (f32, f32), room: f32, scale: f32) -> LegendBuilder {
        LegendBuilder {
            entries: Vec::new(),
            left,
            room,
            x: left,
            y,
            scale,
            gaps: (22.0, 20.0),
            most_lines: f32::INFINITY,
        }
    }

    /// Adds an entry; `sample_size` is the size of the sample at scale 1, which is centered in the
    /// line of text beside it (as high as the line if its height is 0).
    pub fn add(
        &mut self,
        sample: LegendSample,
        (width, height): (f32, f32),
        (words, style, role): (&str, Style, TextRole),
        measure: &mut dyn Measure,
    ) {
        let width = width * self.scale;
        let beside = if width > 0.0 {
            width + 6.0 * self.scale
        } else {
            0.0
        };
        let room = (self.room - beside).max(80.0);
        let block = TextBlock::new(words, style, role, room, measure);
        let block = block.truncate_to_lines(self.most_lines, measure);
        let whole = beside + block.width();
        if self.x > self.left && self.x + whole > self.left + self.room {
            self.next_row();
        }
        let line = style.size * size::LEADING;
        let height = if height > 0.0 {
            height * self.scale
        } else {
            line
        };
        let mut runs = Vec::new();
        block.place(self.x + beside, self.y, &mut runs);
        self.entries.push(LegendEntry {
            sample,
            rect: Rect::new(self.x, self.y + (line - height) / 2.0, width, height),
            runs,
        });
        self.x += whole + self.gaps.1 * self.scale;
    }

    /// Begins a row, unless the present one is empty.
    pub fn next_row(&mut self) {
        if self.x > self.left {
            self.x = self.left;
            self.y += self.gaps.0 * self.scale;
        }
    }
}
