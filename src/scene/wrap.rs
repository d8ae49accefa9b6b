//! A long journey drawn in rows, each with the names of its stages and the titles of its lanes.
//!
//! Must not know: the map, backends.

use super::display_list::Scene;
use super::item::{ALONG_INSET, Group, GroupContent, GroupKey, Pin, Shape};
use super::pieces::PieceCache;
use super::rows::{Row, RowBand, Rows};
use crate::geom::{Area, Rect, pt};
use crate::layout::EmptyLanes;
use crate::model::{Field, ObjectRef};
use std::ops::Range;
use std::sync::Arc;

/// Least room of a row beside its titles.
const LEAST_ROOM: f64 = 320.0;
/// Distance between two rows.
const ROW_GAP: f64 = 30.0;
/// Room below the content of a lane, and below its title.
const LANE_PADDING: f32 = 10.0;
/// Room between the end of the last stage of a row and the edge.
const ROW_END: f64 = 10.0;

/// A lane on the strip.
struct StripLane {
    top: f64,
    height: f32,
    /// Bottom of the title, relative to the top of the lane.
    title_bottom: f32,
}

/// A group of a row that is not yet placed.
struct RowGroup {
    group: Group,
    /// Index of the lane, or `None` in the band.
    lane: Option<usize>,
    /// Whether it is a ground, which is as high as its lane.
    is_ground: bool,
}

impl Scene {
    /// The scene in rows of at most `width` map units; the same scene if it is not wider, or already
    /// in rows. The part
    /// of a row within the range of its columns is that of the strip, cut exactly.
    pub fn wrapped(&self, width: f64, empty: EmptyLanes, pieces: &mut PieceCache) -> Scene {
        let titles = self.pinned_width();
        // A row has room for a card at least.
        let width = width.max(titles * 2.0).max(titles + LEAST_ROOM);
        if width >= self.width || self.rows.is_some() {
            return self.clone();
        }
        let columns = self.row_columns(width - ROW_END, titles);
        let rows = self.drawn_rows(&columns, (width, titles), empty, pieces);
        pieces.end();
        rows
    }

    /// The scene in rows of at most `width` map units without empty lanes, and their number; the
    /// same scene if it is not wider.
    pub fn in_rows(&self, width: f64) -> (Scene, usize) {
        let scene = self.wrapped(width, EmptyLanes::Omitted, &mut PieceCache::default());
        let rows = scene.rows.as_ref().map_or(1, |rows| rows.len());
        (scene, rows)
    }

    fn drawn_rows(
        &self,
        columns: &[Range<f64>],
        (width, titles): (f64, f64),
        empty: EmptyLanes,
        pieces: &mut PieceCache,
    ) -> Scene {
        let mut builder = RowsBuilder::new(self, (width, titles), Some(empty));
        let header = self.groups.iter();
        let header = header.filter(|group| group.key == GroupKey::Header);
        builder.groups.extend(header.cloned());
        let rows = builder.distribute(&self.groups, columns);
        for (columns, groups) in columns.iter().zip(&rows) {
            builder.add_row(columns, groups, pieces);
        }
        let mut scene = self.with_groups((width, builder.top), builder.groups);
        scene.rows = Some(Arc::new(builder.rows));
        scene
    }

    /// A scene of these groups that has everything else of this one.
    pub(super) fn with_groups(&self, (width, height): (f64, f64), groups: Vec<Group>) -> Scene {
        Scene {
            width,
            height,
            groups,
            title: self.title.clone(),
            description: self.description.clone(),
            highlight: self.highlight.clone(),
            colors: self.colors.clone(),
            rows: None,
        }
    }

    /// Width of the titles that stay at the left of the window.
    pub(super) fn pinned_width(&self) -> f64 {
        let pinned = |group: &&Group| matches!(group.pin, Pin::Left | Pin::Corner);
        let right = |group: &Group| group.origin.x + f64::from(group.content.bounds.max.x);
        let groups = self.groups.iter().filter(pinned);
        groups.map(right).fold(0.0, f64::max)
    }

    /// Top of the band of stages, above which only the first row has something.
    pub(super) fn band_top(&self) -> f64 {
        let stages = self.groups.iter();
        let mut stages = stages.filter(|group| matches!(group.key, GroupKey::Stage(_)));
        if let Some(stage) = stages.next() {
            return stage.origin.y;
        }
        let band = self.groups.iter().filter(|group| group.pin == Pin::Top);
        let top = |group: &Group| group.origin.y + f64::from(group.content.bounds.min.y);
        band.map(top).reduce(f64::min).unwrap_or(0.0)
    }

    /// The lanes from top to bottom; all below the band of stages as one lane in another view.
    fn strip_lanes(&self) -> Vec<StripLane> {
        let lanes = self.groups.iter().filter_map(|group| {
            let GroupKey::LaneTitle(_) = group.key else {
                return None;
            };
            let name = |shape: &Shape| match shape {
                Shape::Text(line) if line.text_field == Some(Field::Name) => {
                    Some(line.bounds().max.y)
                }
                _ => None,
            };
            let items = group.content.items.iter();
            let bottoms = items.filter_map(|item| name(&item.shape));
            Some(StripLane {
                top: group.origin.y,
                height: group.content.objects.first()?.area.max.y,
                title_bottom: bottoms.fold(0.0, f32::max),
            })
        });
        lanes.collect()
    }
}

impl Scene {
    /// The place in the drawing of a point of the strip.
    pub fn from_strip(&self, at: (f64, f64)) -> (f64, f64) {
        self.rows.as_ref().map_or(at, |rows| rows.from_strip(at))
    }

    /// The point of the strip at a place in the drawing.
    pub fn to_strip(&self, at: (f64, f64)) -> (f64, f64) {
        self.rows.as_ref().map_or(at, |rows| rows.to_strip(at))
    }

    /// The place in the drawing of an area of the strip.
    pub fn area_from_strip(&self, area: Area) -> Area {
        let rows = self.rows.as_ref();
        rows.map_or(area, |rows| rows.area_from_strip(&area))
    }
}

/// The rows that were drawn so far.
pub(super) struct RowsBuilder {
    titles: f64,
    width: f64,
    /// Width of the strip.
    strip_width: f64,
    lanes: Vec<StripLane>,
    band_height: f64,
    /// Lanes without content; `None` to keep all lanes in full height.
    empty: Option<EmptyLanes>,
    rows: Rows,
    pub(super) groups: Vec<Group>,
    /// Top of the next row.
    top: f64,
}

impl RowsBuilder {
    pub(super) fn new(
        scene: &Scene,
        (width, titles): (f64, f64),
        empty: Option<EmptyLanes>,
    ) -> RowsBuilder {
        let band_top = scene.band_top();
        let mut lanes = scene.strip_lanes();
        let (mut band_height, mut empty) = (0.0, empty);
        if let Some(lane) = lanes.first() {
            band_height = lane.top - band_top;
        } else {
            // Another view keeps its height.
            empty = None;
            lanes.push(StripLane {
                top: band_top,
                height: (scene.height - band_top) as f32,
                title_bottom: 0.0,
            });
        }
        RowsBuilder {
            titles,
            width,
            strip_width: scene.width,
            lanes,
            band_height,
            empty,
            rows: Rows {
                titles,
                band_top,
                rows: Vec::new(),
            },
            groups: Vec::new(),
            top: band_top,
        }
    }

    /// Whether a group is repeated in each row: titles, and grounds as wide as the strip.
    fn is_in_all_rows(&self, group: &Group) -> bool {
        matches!(group.pin, Pin::Left | Pin::Corner)
            || matches!(group.key, GroupKey::LaneBackground(_))
            || (group.pin == Pin::Top
                && group.key == GroupKey::Unnamed
                && f64::from(group.content.bounds.width()) >= self.strip_width - 1.0)
    }

    /// The groups of each row, in the order in which they are painted, without the header. The
    /// columns follow each other.
    pub(super) fn distribute<'g>(
        &self,
        groups: &'g [Group],
        columns: &[Range<f64>],
    ) -> Vec<Vec<&'g Group>> {
        let mut rows: Vec<Vec<&Group>> = vec![Vec::new(); columns.len()];
        for group in groups.iter().filter(|it| it.key != GroupKey::Header) {
            let (left, right) = if self.is_in_all_rows(group) {
                (f64::NEG_INFINITY, f64::INFINITY)
            } else {
                let at = |x: f32| group.origin.x + f64::from(x);
                let bounds = group.content.bounds;
                (at(bounds.min.x), at(bounds.max.x) + group.pin.most_along())
            };
            let first = columns.partition_point(|row| row.end <= left);
            let after = columns.partition_point(|row| row.start < right);
            for row in rows.get_mut(first..after).unwrap_or_default() {
                row.push(group);
            }
        }
        rows
    }

    /// The lane of a group, by its address or its place.
    fn lane_of(&self, group: &Group) -> Option<usize> {
        match group.key {
            GroupKey::LaneBackground(lane)
            | GroupKey::Connectors(lane, _)
            | GroupKey::LaneContent(lane, _)
            | GroupKey::LaneTitle(lane) => Some(lane),
            GroupKey::Header
            | GroupKey::Stage(_)
            | GroupKey::StageTexts(_)
            | GroupKey::StageOverview(_) => None,
            GroupKey::FoldedStage(_) => Some(0),
            GroupKey::Unnamed => {
                let after = self
                    .lanes
                    .partition_point(|lane| lane.top <= group.origin.y);
                after.checked_sub(1)
            }
        }
    }

    /// Begins rows of another width at `top`.
    pub(super) fn begin(&mut self, width: f64, top: f64) {
        (self.width, self.top) = (width, top);
    }

    /// Draws a row of these groups below the others.
    pub(super) fn add_row(
        &mut self,
        columns: &Range<f64>,
        groups: &[&Group],
        pieces: &mut PieceCache,
    ) {
        let mut drawn: Vec<RowGroup> = Vec::with_capacity(groups.len());
        // Bottom of the content of each lane, and whether it has a scale.
        let mut needs: Vec<(f32, bool)> = vec![(0.0, false); self.lanes.len()];
        for group in groups {
            let lane = self.lane_of(group);
            let (group, is_ground) = if self.is_in_all_rows(group) {
                ((*group).clone(), true)
            } else if let Pin::Along { most, is_on_top } = group.pin {
                let pin = (f64::from(most), is_on_top);
                (self.moved_along(group, pin, columns, pieces), false)
            } else {
                let is_ground = matches!(group.key, GroupKey::FoldedStage(_));
                (self.piece(group, columns, pieces), is_ground)
            };
            if group.content.items.is_empty() && group.content.objects.is_empty() {
                continue;
            }
            if let Some(need) = lane.and_then(|lane| needs.get_mut(lane))
                && !is_ground
            {
                need.0 = need.0.max(group.content.bounds.max.y);
                need.1 = need.1 || has_scale(&group.content);
            }
            drawn.push(RowGroup {
                group,
                lane,
                is_ground,
            });
        }
        let row_top = self.top;
        let row = self.row(columns, &needs);
        for RowGroup {
            mut group,
            lane,
            is_ground,
        } in drawn
        {
            let strip_top = match lane {
                Some(lane) => self.lanes[lane].top,
                None => self.rows.band_top,
            };
            let (top, bottom) = match (group.key, lane.map(|lane| row.get(lane + 1))) {
                // Below the band, over all lanes.
                (GroupKey::FoldedStage(_), _) => (row_top + self.band_height, self.top - ROW_GAP),
                (_, None) => (row_top, f64::INFINITY),
                (_, Some(Some(Some(band)))) => (band.top, band.top + band.height),
                _ => continue,
            };
            if is_ground {
                let right = (self.width - group.origin.x) as f32;
                let area = Rect {
                    min: pt(f32::NEG_INFINITY, f32::NEG_INFINITY),
                    max: pt(right, (bottom - top) as f32),
                };
                group.content = pieces.within(&group.content, &area);
            }
            group.origin.y += top - strip_top;
            self.groups.push(group);
        }
    }

    /// Adds a row with the room that its lanes need, and returns its band and lanes; `None` for a
    /// lane without room.
    fn row(&mut self, columns: &Range<f64>, needs: &[(f32, bool)]) -> Vec<Option<RowBand>> {
        let mut bands = vec![Some(RowBand {
            strip_top: self.rows.band_top,
            top: self.top,
            height: self.band_height,
        })];
        let mut top = self.top + self.band_height;
        for (lane, (bottom, has_scale)) in self.lanes.iter().zip(needs) {
            let title = lane.title_bottom + LANE_PADDING;
            let height = match self.empty {
                None => lane.height,
                Some(_) if *has_scale => lane.height,
                Some(EmptyLanes::Omitted) if *bottom <= 0.0 => {
                    bands.push(None);
                    continue;
                }
                Some(_) => (bottom + LANE_PADDING).max(title).min(lane.height),
            };
            let height = f64::from(height);
            bands.push(Some(RowBand {
                strip_top: lane.top,
                top,
                height,
            }));
            top += height;
        }
        self.top = top + ROW_GAP;
        self.rows.rows.push(Row {
            columns: columns.clone(),
            bands: bands.iter().flatten().cloned().collect(),
            bottom: self.top,
        });
        bands
    }

    /// The part of a group within a row, moved to its place beside the titles.
    fn piece(&self, group: &Group, columns: &Range<f64>, pieces: &mut PieceCache) -> Group {
        let mut group = group.clone();
        let x = |x: f64| (x - group.origin.x) as f32;
        let area = Rect {
            min: pt(x(columns.start), f32::NEG_INFINITY),
            max: pt(x(columns.end), f32::INFINITY),
        };
        group.content = pieces.within(&group.content, &area);
        group.origin.x += self.titles - columns.start;
        group
    }

    /// The texts of a stage with a part in a row, which begin right of the titles as in the window,
    /// and end with the stage.
    fn moved_along(
        &self,
        group: &Group,
        (most, is_on_top): (f64, bool),
        columns: &Range<f64>,
        pieces: &mut PieceCache,
    ) -> Group {
        let bounds = group.content.bounds;
        let at = |x: f32| group.origin.x + f64::from(x);
        let stage_end = at(bounds.max.x) + most;
        let end = stage_end.min(columns.end - ROW_END);
        let along = (columns.start + ALONG_INSET - at(bounds.min.x)).max(0.0);
        let mut group = group.clone();
        let right = (end - group.origin.x - along) as f32;
        if right < bounds.max.x {
            group.content = pieces.shortened(&group.content, right);
        }
        let free = f64::from((right - bounds.max.x).max(0.0));
        group.pin = Pin::Along {
            most: free as u32,
            is_on_top,
        };
        group.origin.x += along + self.titles - columns.start;
        group
    }
}

/// Whether a content shows feelings, whose lane is as high as their scale.
fn has_scale(content: &GroupContent) -> bool {
    let mut objects = content.objects.iter();
    objects.any(|object| matches!(object.id.object(), Some(ObjectRef::Feeling(..))))
}
