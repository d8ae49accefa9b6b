//! The parts of contents that rows show, kept from one drawing to the next.
//!
//! Must not know: rows, the map, backends.

use super::item::GroupContent;
use crate::geom::Rect;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Weak};

/// The parts of contents that were drawn in rows, so that those of unchanged contents are kept.
#[derive(Clone, Debug, Default)]
pub struct PieceCache(FxHashMap<PieceKey, Piece>);

/// Address of the content, and the area that remains.
type PieceKey = (usize, [u32; 4]);

#[derive(Clone, Debug)]
struct Piece {
    /// Keeps the address from being reused.
    _source: Weak<GroupContent>,
    content: Arc<GroupContent>,
    is_used: bool,
}

impl PieceCache {
    fn get(
        &mut self,
        content: &Arc<GroupContent>,
        area: &Rect,
        make: impl FnOnce() -> GroupContent,
    ) -> Arc<GroupContent> {
        let sides = [area.min.x, area.min.y, area.max.x, area.max.y];
        let key = (Arc::as_ptr(content) as usize, sides.map(f32::to_bits));
        let piece = self.0.entry(key).or_insert_with(|| Piece {
            _source: Arc::downgrade(content),
            content: Arc::new(make()),
            is_used: true,
        });
        piece.is_used = true;
        Arc::clone(&piece.content)
    }

    /// The content within an area.
    pub(super) fn within(&mut self, content: &Arc<GroupContent>, area: &Rect) -> Arc<GroupContent> {
        let bounds = content.bounds;
        if bounds.is_empty() || (area.contains(bounds.min) && area.contains(bounds.max)) {
            return Arc::clone(content);
        }
        self.get(content, area, || content.within(area))
    }

    /// The content with lines of text that end at `right`.
    pub(super) fn shortened(
        &mut self,
        content: &Arc<GroupContent>,
        right: f32,
    ) -> Arc<GroupContent> {
        let area = Rect::new(f32::INFINITY, 0.0, 0.0, right);
        self.get(content, &area, || content.shortened(right))
    }

    /// Drops the parts that were not asked for since the last time.
    pub(super) fn end(&mut self) {
        self.0.retain(|_, piece| std::mem::take(&mut piece.is_used));
    }
}
