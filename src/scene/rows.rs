//! A long scene broken into rows, each with the titles of its lanes, like text into lines.
//!
//! Must not know: the map, backends.

use super::display_list::Scene;
use super::item::{ALONG_INSET, Group, GroupContent, GroupKey, Pin, SceneItem, Shape, ZoomRange};
use crate::geom::{Origin, Rect};
use crate::theme::ROLES;
use std::ops::Range;
use std::sync::Arc;

/// Share of a row that is left empty at most so that nothing is cut.
pub const MAX_EMPTY: f64 = 0.4;

impl Scene {
    /// The scene in rows of at most `width` map units, and their number; the same scene if it is not
    /// wider. Rows end between objects where possible, at best between stages.
    pub fn in_rows(&self, width: f64) -> (Scene, usize) {
        let titles = self.pinned_width();
        // A row of nothing but titles would never come to an end.
        let width = width.max(titles * 2.0).max(1.0);
        if width >= self.width {
            return (self.clone(), 1);
        }
        let starts = self.row_starts(width, titles);
        let mut groups = Vec::new();
        let mut top = 0.0;
        for (row, start) in starts.iter().enumerate() {
            let end = starts.get(row + 1).copied().unwrap_or(self.width);
            // The first row has everything, later ones begin with the titles.
            let part = if row == 0 {
                self.part(0.0, 0.0..end, 0.0)
            } else {
                self.excerpt(*start..end)
            };
            let drawn = part.groups.into_iter().map(|mut group| {
                group.origin.y += top;
                group
            });
            groups.extend(drawn);
            if part.width < width {
                groups.push(cover((part.width, top), (width - part.width, part.height)));
            }
            top += part.height;
        }
        (self.drawn(width, top, groups), starts.len())
    }

    /// The part of a journey between two x positions in map units, from the band of stages down,
    /// with the titles of the lanes at its left: a row of [`Scene::in_rows`] as a picture of its
    /// own. Its width is that of the titles and of the range; what crosses the ends of the range is
    /// cut by the titles and the right edge.
    pub fn excerpt(&self, columns: Range<f64>) -> Scene {
        self.part(self.pinned_width(), columns, self.band_top())
    }

    /// The journey on pages of this size in map units, each with the titles of the lanes at its
    /// left: the rows of [`Scene::in_rows`] as pictures of their own, without the header.
    pub fn pages(&self, width: f64, height: f64) -> Vec<Scene> {
        let titles = self.pinned_width();
        let width = width.max(titles * 2.0).max(1.0);
        let mut starts = self.row_starts(width, titles);
        starts[0] = titles.min(self.width);
        let ends = starts.iter().skip(1).copied().chain([self.width]);
        let pages = starts.iter().zip(ends).map(|(start, end)| {
            let mut page = self.excerpt(*start..end);
            let height = height.max(page.height);
            if page.width < width {
                page.groups
                    .push(cover((page.width, 0.0), (width - page.width, height)));
            }
            (page.width, page.height) = (width, height);
            page
        });
        pages.collect()
    }

    /// The scene with nothing but the items of one zoom, which are drawn at every zoom.
    pub fn at_zoom(&self, zoom: f32) -> Scene {
        let groups = self.groups.iter().map(|group| {
            let items = group
                .content
                .items
                .iter()
                .filter(|item| item.zoom.contains(zoom));
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
        self.drawn(self.width, self.height, groups.collect())
    }

    /// A scene of the same size and appearance without content.
    pub fn empty(&self) -> Scene {
        self.drawn(self.width, self.height, Vec::new())
    }

    /// The part between two x positions, moved to the right of `titles`, and below `top`.
    fn part(&self, titles: f64, columns: Range<f64>, top: f64) -> Scene {
        let Range { start, end } = columns;
        let is_first = top <= 0.0;
        let mut groups = Vec::new();
        for group in &self.groups {
            let mut group = group.clone();
            let bounds = group.content.bounds;
            if !matches!(group.pin, Pin::Left | Pin::Corner) {
                let left = group.origin.x + f64::from(bounds.min.x);
                let most = group.pin.most_along();
                let right = group.origin.x + f64::from(bounds.max.x) + most;
                // The titles cover what lies before the start.
                let is_outside = right <= start - titles || left >= end;
                if is_outside || (group.key == GroupKey::Header && !is_first) {
                    continue;
                }
                // As in the window, the name of a stage stays right of the titles.
                let along = (start + ALONG_INSET - left).clamp(0.0, most);
                group.origin.x += titles - start + if is_first { 0.0 } else { along };
            }
            group.origin.y -= top;
            groups.push(group);
        }
        self.drawn(titles + end - start, self.height - top, groups)
    }

    /// A scene of these groups that has everything else of this one.
    fn drawn(&self, width: f64, height: f64, groups: Vec<Group>) -> Scene {
        Scene {
            width,
            height,
            groups,
            title: self.title.clone(),
            description: self.description.clone(),
            highlight: self.highlight.clone(),
            colors: self.colors.clone(),
        }
    }

    /// Width of the titles that stay at the left of the window.
    fn pinned_width(&self) -> f64 {
        let pinned = |group: &&Group| matches!(group.pin, Pin::Left | Pin::Corner);
        let right = |group: &Group| group.origin.x + f64::from(group.content.bounds.max.x);
        self.groups
            .iter()
            .filter(pinned)
            .map(right)
            .fold(0.0, f64::max)
    }

    /// Top of the band of stages, above which only the first row has something.
    fn band_top(&self) -> f64 {
        let band = |group: &&Group| group.pin == Pin::Top;
        let top = |group: &Group| group.origin.y + f64::from(group.content.bounds.min.y);
        let top = self.groups.iter().filter(band).map(top).reduce(f64::min);
        top.unwrap_or(0.0)
    }

    /// Where the rows start, in map units: at places that no object crosses. An object wider than
    /// `most` is not asked; first stages are, then only what is narrower than a card or two.
    fn row_starts(&self, width: f64, titles: f64) -> Vec<f64> {
        let room = width - titles;
        let gaps = [room, room / 4.0].map(|most| self.gaps(most));
        let mut starts = vec![0.0];
        loop {
            let last = starts.last().copied().unwrap_or(0.0);
            let end = last + if starts.len() == 1 { width } else { room };
            if end >= self.width {
                return starts;
            }
            let within = |gaps: &Vec<f64>| {
                let found = gaps.partition_point(|gap| *gap <= end);
                let gap = found.checked_sub(1).and_then(|at| gaps.get(at).copied());
                gap.filter(|gap| *gap > end - room * MAX_EMPTY)
            };
            starts.push(gaps.iter().find_map(within).unwrap_or(end));
        }
    }

    /// Middles of the gaps between objects of at most this width, from left to right.
    fn gaps(&self, most: f64) -> Vec<f64> {
        let mut areas: Vec<(f64, f64)> = Vec::new();
        for group in self
            .groups
            .iter()
            .filter(|group| matches!(group.pin, Pin::None | Pin::Top))
        {
            let objects = group
                .content
                .objects
                .iter()
                .filter(|it| !it.area.is_empty());
            let areas_of = objects.map(|object| {
                let place = |x: f32| group.origin.x + f64::from(x);
                (place(object.area.min.x), place(object.area.max.x))
            });
            areas.extend(areas_of.filter(|(left, right)| right - left <= most));
        }
        areas.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut gaps = Vec::new();
        let mut end = f64::NEG_INFINITY;
        for (left, right) in areas {
            // Cells of neighbouring columns touch.
            if left >= end - 0.5 && end.is_finite() {
                gaps.push(f64::midpoint(left, end));
            }
            end = end.max(right);
        }
        gaps
    }
}

/// An empty area over the start of the next row.
fn cover((x, y): (f64, f64), (width, height): (f64, f64)) -> Group {
    let rect = Rect::new(0.0, 0.0, width as f32, height as f32);
    let content = GroupContent {
        bounds: rect,
        items: vec![SceneItem {
            shape: Shape::Rect {
                rect,
                radius: 0.0,
                fill: Some(ROLES.paper),
                stroke: None,
            },
            object: 0,
            zoom: ZoomRange::ALL,
        }],
        ..GroupContent::default()
    };
    Group {
        key: GroupKey::Unnamed,
        origin: Origin { x, y },
        pin: Pin::None,
        content: Arc::new(content),
    }
}
