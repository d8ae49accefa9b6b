//! A long scene broken into rows, each with the titles of its lanes, like text into lines.
//!
//! Must not know: the map, backends.

use super::display_list::Scene;
use super::item::{ALONG_INSET, Group, GroupContent, GroupKey, Pin, SceneItem, Shape, ZoomRange};
use crate::geom::{Origin, Rect};
use crate::theme::ROLES;
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
        let band = self.band_top();
        let mut groups = Vec::new();
        let mut top = 0.0;
        for (row, start) in starts.iter().enumerate() {
            let end = starts.get(row + 1).copied().unwrap_or(self.width);
            // The titles cover what lies before the start; the first row has everything.
            let (shift, rise) = if row == 0 {
                (0.0, 0.0)
            } else {
                (titles - start, band)
            };
            let from = if row == 0 { 0.0 } else { start - titles };
            for group in &self.groups {
                let pinned = matches!(group.pin, Pin::Left | Pin::Corner);
                let bounds = group.content.bounds;
                let left = group.origin.x + f64::from(bounds.min.x);
                let most = group.pin.most_along();
                let right = group.origin.x + f64::from(bounds.max.x) + most;
                let is_header = group.key == GroupKey::Header;
                if !pinned && (right <= from || left >= end || (is_header && row > 0)) {
                    continue;
                }
                let mut group = group.clone();
                // As in the window, the name of a stage stays right of the titles.
                let along = (start + ALONG_INSET - left).clamp(0.0, most);
                let shift = shift + if row == 0 { 0.0 } else { along };
                group.origin.x += if pinned { 0.0 } else { shift };
                group.origin.y += top - rise;
                groups.push(group);
            }
            let height = self.height - rise;
            let right = end + shift;
            if right < width {
                groups.push(self.cover((right, top), (width - right, height)));
            }
            top += height;
        }
        let scene = Scene {
            width,
            height: top,
            groups,
            title: self.title.clone(),
            description: self.description.clone(),
            highlight: self.highlight.clone(),
            colors: self.colors.clone(),
        };
        (scene, starts.len())
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

    /// An empty area over the start of the next row.
    fn cover(&self, (x, y): (f64, f64), (width, height): (f64, f64)) -> Group {
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
}
