//! The place of a cell in its lane, filled or empty.
//!
//! Must not know: the content of cells, where lanes are.

/// Height of an empty cell: one line of text.
pub(super) const EMPTY_CELL: f32 = 26.0;

/// The cell of a touchpoint in a lane, as wide as its column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CellPlace {
    /// Top, relative to the lane.
    pub top: f32,
    /// Bottom, relative to the lane.
    pub bottom: f32,
    /// Whether the cell has no content. It is then a line below the rest of its column.
    pub is_empty: bool,
}

impl CellPlace {
    /// A cell with content between these heights.
    pub fn filled(top: f32, bottom: f32) -> CellPlace {
        CellPlace {
            top,
            bottom,
            is_empty: false,
        }
    }

    /// An empty cell below this height.
    pub fn empty(top: f32) -> CellPlace {
        CellPlace {
            top,
            bottom: top + EMPTY_CELL,
            is_empty: true,
        }
    }

    /// The smallest cell that contains both, of which `other` has content.
    pub fn with(self, other: CellPlace) -> CellPlace {
        if self.is_empty {
            return other;
        }
        CellPlace::filled(self.top.min(other.top), self.bottom.max(other.bottom))
    }
}
