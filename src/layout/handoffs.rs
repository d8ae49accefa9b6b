//! Handoff marks: stitches across the route between two cards with different owners.
//!
//! Present only with [`super::LayoutOptions::handoffs`].
//! Must not know: the course of routes, colours.

use super::LayoutInputs;
use super::text_block::{TextBlock, TextRole, TextRun};
use crate::geom::{Point, Rect, pt};
use crate::model::{Map, Touchpoint};
use crate::theme::size;
use HandoffOwner as Owner;

/// The owner on one side of a handoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HandoffOwner {
    /// No owner.
    Nobody,
    /// A department that is not in the map.
    Unknown,
    /// The department at this place in the list.
    Department(usize),
}

/// The owner who hands over and the one who takes over.
pub(super) type OwnerPair = (Owner, Owner);

/// One side of a handoff mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandoffSide {
    /// The owner on this side.
    pub owner: Owner,
    /// Area of the stitches, which run along its longer side.
    pub strip: Rect,
}

/// A handoff mark across a route, relative to the lane and the stage in which the route starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandoffMark {
    /// The side that hands over.
    pub from: HandoffSide,
    /// The side that takes over.
    pub to: HandoffSide,
}

/// Width of an owner's stitches.
const STITCH_WIDTH: f32 = 3.0;
/// Width of the unowned side of a handoff mark, wider to draw attention.
pub(super) const UNOWNED_WIDTH: f32 = 7.0;
/// Width at the right of a card that labels above it leave free for loops.
pub(super) const RISER_MARGIN: f32 = 46.0;

/// The owner of a touchpoint; `None` for a contact that needs none, which takes no part in
/// handoffs.
pub(super) fn owner(map: &Map, touchpoint: &Touchpoint) -> Option<Owner> {
    match &touchpoint.owner {
        None => map.lacks_owner(touchpoint).then_some(Owner::Nobody),
        Some(id) => Some(match map.departments().position(id) {
            None => Owner::Unknown,
            Some(at) => Owner::Department(at),
        }),
    }
}

impl HandoffMark {
    /// A mark along `line`, across a route that comes from its left or upper side, or from the
    /// other one if `back`.
    pub(super) fn new((from, to): OwnerPair, line: (Point, Point), back: bool) -> HandoffMark {
        let upright = line.0.x == line.1.x;
        let strip = |owner: Owner, first: bool| {
            let width = match owner {
                Owner::Department(_) => STITCH_WIDTH,
                Owner::Nobody | Owner::Unknown => UNOWNED_WIDTH,
            };
            let (near, far) = if first {
                (-1.0 - width, -1.0)
            } else {
                (1.0, 1.0 + width)
            };
            let across = |by: f32| if upright { pt(by, 0.0) } else { pt(0.0, by) };
            let strip = Rect {
                min: line.0 + across(near),
                max: line.1 + across(far),
            };
            HandoffSide { owner, strip }
        };
        HandoffMark {
            from: strip(from, !back),
            to: strip(to, back),
        }
    }

    /// Whether a side has no known owner.
    pub fn is_gap(&self) -> bool {
        is_gap((self.from.owner, self.to.owner))
    }

    /// The mark translated by a distance.
    pub(super) fn shift(mut self, by: Point) -> HandoffMark {
        self.from.strip = self.from.strip.translate(by);
        self.to.strip = self.to.strip.translate(by);
        self
    }
}

fn is_gap(hands: OwnerPair) -> bool {
    let known = |owner| matches!(owner, Owner::Department(_));
    !known(hands.0) || !known(hands.1)
}

/// The label of a route: its own text, and the handoff.
#[derive(Clone, Debug)]
pub(super) struct RouteLabelBlocks {
    own: Option<TextBlock>,
    handoff: Option<TextBlock>,
    /// Whether the handoff is left out, because another route to the same card or the two cards
    /// beside its mark show it.
    is_suppressed: bool,
}

impl RouteLabelBlocks {
    /// The label, if it has any text.
    pub fn new(own: Option<TextBlock>, handoff: Option<TextBlock>) -> Option<RouteLabelBlocks> {
        (own.is_some() || handoff.is_some()).then_some(RouteLabelBlocks {
            own,
            handoff,
            is_suppressed: false,
        })
    }

    /// Sets whether the handoff is left out; returns whether that changed.
    pub fn set_suppressed(&mut self, echo: bool) -> bool {
        std::mem::replace(&mut self.is_suppressed, echo) != echo
    }

    /// Whether the handoff is left out.
    pub fn is_suppressed(&self) -> bool {
        self.is_suppressed
    }

    /// Whether there is no text to show.
    pub fn is_empty(&self) -> bool {
        self.blocks().next().is_none()
    }

    fn blocks(&self) -> impl Iterator<Item = &TextBlock> {
        let seam = self.handoff.as_ref().filter(|_| !self.is_suppressed);
        self.own.iter().chain(seam)
    }

    /// Height above a card, texts below each other.
    pub fn height(&self) -> f32 {
        self.blocks().map(TextBlock::height).sum()
    }

    /// Width along a line, texts side by side.
    pub fn line_width(&self) -> f32 {
        let between = LABEL_GAP * self.blocks().skip(1).count() as f32;
        self.blocks().map(TextBlock::width).sum::<f32>() + between
    }

    /// Places the texts above a card.
    pub fn place_above(&self, x: f32, bottom: f32, runs: &mut Vec<TextRun>) {
        let mut y = bottom - self.height();
        for block in self.blocks() {
            y = block.place(x, y, runs);
        }
    }

    /// Places the texts along a line.
    pub fn place_along(&self, x: f32, bottom: f32, runs: &mut Vec<TextRun>) {
        let mut x = x;
        for block in self.blocks() {
            block.place(x, bottom - block.height(), runs);
            x += block.width() + LABEL_GAP;
        }
    }
}

/// Gap between two texts along a line.
const LABEL_GAP: f32 = 12.0;

impl LayoutInputs<'_> {
    /// Text of a handoff, no wider than `room`.
    pub(super) fn owner_pair_block(&mut self, hands: OwnerPair, room: f32) -> TextBlock {
        let departments = self.map.departments().as_slice();
        let name = |owner: Owner| match owner {
            Owner::Nobody => "No owner",
            Owner::Unknown => "Unknown owner",
            Owner::Department(at) => departments.get(at).map_or("", |d| d.short_name()),
        };
        let words = format!("{} → {}", name(hands.0), name(hands.1));
        let role = if is_gap(hands) {
            TextRole::Unowned
        } else {
            TextRole::Soft
        };
        self.text.block(&words, size::SMALL_STRONG, role, room)
    }
}
