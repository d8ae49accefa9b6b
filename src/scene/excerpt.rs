//! Parts of a scene as pictures of their own.
//!
//! Must not know: the map, backends.

use super::display_list::Scene;
use super::item::{Group, GroupContent, SceneItem, ZoomRange};
use super::pieces::PieceCache;
use super::wrap::RowsBuilder;
use std::ops::Range;
use std::sync::Arc;

/// Room above the band of stages of an excerpt, for the outline of a stage.
const EXCERPT_TOP: f64 = 2.0;

impl Scene {
    /// The part of a journey between two x positions in map units, from the band of stages down,
    /// with the titles of the lanes at its left: a row of [`Scene::wrapped`] as a picture of its
    /// own, with all its lanes in full height. Its width is that of the titles and of the range.
    pub fn excerpt(&self, columns: Range<f64>) -> Scene {
        let mut excerpts = self.excerpts(&[columns]).into_iter();
        excerpts.next().unwrap_or_else(|| self.empty())
    }

    /// The excerpts of ranges that follow each other.
    pub fn excerpts(&self, columns: &[Range<f64>]) -> Vec<Scene> {
        let titles = self.pinned_width();
        let height = self.height - self.band_top() + EXCERPT_TOP;
        let mut builder = RowsBuilder::new(self, (0.0, titles), None);
        let groups = builder.distribute(&self.groups, columns);
        let mut pieces = PieceCache::default();
        let excerpts = columns.iter().zip(&groups).map(|(columns, groups)| {
            let width = titles + columns.end - columns.start;
            builder.begin(width, EXCERPT_TOP);
            builder.add_row(columns, groups, &mut pieces);
            self.with_groups((width, height), std::mem::take(&mut builder.groups))
        });
        excerpts.collect()
    }

    /// The journey on pages of this size in map units, each with the titles of the lanes at its
    /// left: the rows of [`Scene::in_rows`] as pictures of their own, without the header.
    pub fn pages(&self, width: f64, height: f64) -> Vec<Scene> {
        let titles = self.pinned_width();
        let width = width.max(titles * 2.0).max(1.0);
        let mut pages = self.excerpts(&self.row_columns(width, titles));
        for page in &mut pages {
            (page.width, page.height) = (width, height.max(page.height));
        }
        pages
    }

    /// The scene with nothing but the items of one zoom, which are drawn at every zoom.
    pub fn at_zoom(&self, zoom: f32) -> Scene {
        let groups = self.groups.iter().map(|group| {
            let items = group.content.items.iter();
            let items = items.filter(|item| item.zoom.contains(zoom));
            let items = items.map(|item| SceneItem {
                zoom: ZoomRange::ALL,
                ..item.clone()
            });
            let content = GroupContent {
                items: items.collect(),
                numbers: Vec::new(),
                ..GroupContent::clone(&group.content)
            };
            Group {
                content: Arc::new(content),
                ..group.clone()
            }
        });
        self.with_groups((self.width, self.height), groups.collect())
    }

    /// A scene of the same size and appearance without content.
    pub fn empty(&self) -> Scene {
        self.with_groups((self.width, self.height), Vec::new())
    }
}
