//! The places at which a journey can be broken into rows, and those at which it is.
//!
//! Must not know: how rows are drawn, the layout, backends.

use super::display_list::Scene;
use super::item::{ALONG_INSET, Group, GroupKey, Pin, Shape};
use crate::model::{Field, ObjectRef};
use std::ops::Range;

/// Share of a row that is left empty at most so that nothing is cut.
pub const MAX_EMPTY: f64 = 0.4;

/// Room between the name of a stage and the end of the row, in map units.
const NAME_PADDING: f64 = 8.0;

/// Distance from the start of a stage within which no other place is needed.
const STAGE_GAP: f64 = 40.0;

/// Places at which a row can begin, from left to right.
struct Breaks {
    /// Starts of stages.
    stages: Vec<f64>,
    /// Gaps between columns at which both parts of a stage have room for its name.
    columns: Vec<f64>,
    /// All gaps between columns.
    gaps: Vec<f64>,
}

impl Scene {
    /// Left and right end of each row of at most this width, which begins with titles: rows end
    /// between stages if that leaves little room empty, else between columns.
    pub(super) fn row_columns(&self, width: f64, titles: f64) -> Vec<Range<f64>> {
        let room = width - titles;
        let breaks = self.breaks(room);
        let end = breaks.stages.last().copied().unwrap_or(self.width);
        let mut rows = Vec::new();
        let mut start = titles;
        while start + room < end {
            let last = start + room;
            let within = |gaps: &Vec<f64>, empty: f64| {
                let found = gaps.partition_point(|gap| *gap <= last);
                let gap = found.checked_sub(1).and_then(|at| gaps.get(at).copied());
                gap.filter(|gap| *gap > last - room * empty && *gap > start)
            };
            let next = within(&breaks.stages, MAX_EMPTY)
                .or_else(|| within(&breaks.columns, MAX_EMPTY))
                .or_else(|| within(&breaks.gaps, 1.0))
                .or_else(|| within(&breaks.stages, 1.0))
                .unwrap_or(last);
            rows.push(start..next);
            start = next;
        }
        rows.push(start..self.width.max(start));
        rows
    }

    fn breaks(&self, room: f64) -> Breaks {
        let stages: Vec<(Range<f64>, Range<f64>)> = self.stage_spans().collect();
        let mut gaps = match self.card_gaps() {
            gaps if gaps.is_empty() => self.gaps(room / 4.0),
            gaps => gaps,
        };
        // The start of a stage is a better place than a gap beside it.
        gaps.retain(|gap| {
            let near = stages.partition_point(|(stage, _)| stage.start < *gap - STAGE_GAP);
            let near = stages.get(near).map(|(stage, _)| stage.start);
            near.is_none_or(|start| start > *gap + STAGE_GAP)
        });
        let has_room = |gap: &&f64| {
            let after = stages.partition_point(|(stage, _)| stage.start <= **gap);
            let Some((stage, name)) = after.checked_sub(1).and_then(|at| stages.get(at)) else {
                return true;
            };
            let rest = stage.end - **gap - 2.0 * ALONG_INSET;
            **gap - NAME_PADDING >= name.end && rest >= name.end - name.start
        };
        let columns = gaps.iter().filter(has_room).copied().collect();
        let mut ends: Vec<f64> = stages.iter().map(|(stage, _)| stage.start).collect();
        ends.extend(stages.last().map(|(stage, _)| stage.end));
        if ends.is_empty() {
            ends = self.gaps(room);
            ends.push(self.width);
        }
        Breaks {
            stages: ends,
            columns,
            gaps,
        }
    }

    /// Left and right end of each stage of the journey, and of its name.
    fn stage_spans(&self) -> impl Iterator<Item = (Range<f64>, Range<f64>)> {
        let mut names = self.groups.iter().filter_map(|group| match group.key {
            GroupKey::StageTexts(_) => Some(name_span(group)),
            _ => None,
        });
        let stages = self.groups.iter().filter_map(|group| match group.key {
            GroupKey::Stage(_) => {
                let right = group.content.objects.first()?.area.max.x;
                Some((group.origin.x, group.origin.x + f64::from(right)))
            }
            _ => None,
        });
        let mut end = f64::NEG_INFINITY;
        stages.map(move |(left, right)| {
            let name = names.next().unwrap_or_default();
            // Stages touch, but for the edges of their chevrons.
            let stage = left.max(end)..right + 2.0;
            end = stage.end;
            (stage, name)
        })
    }

    /// Middles of the gaps between the cards of the journey.
    fn card_gaps(&self) -> Vec<f64> {
        let mut cards: Vec<Range<f64>> = Vec::new();
        for group in &self.groups {
            let GroupKey::LaneContent(..) = group.key else {
                continue;
            };
            for object in &group.content.objects {
                if let Some(ObjectRef::Touchpoint(_)) = object.id.object()
                    && !object.area.is_empty()
                {
                    let place = |x: f32| group.origin.x + f64::from(x);
                    cards.push(place(object.area.min.x)..place(object.area.max.x));
                }
            }
        }
        gaps_between(cards)
    }

    /// Middles of the gaps between all objects of at most this width.
    fn gaps(&self, most: f64) -> Vec<f64> {
        let groups = self.groups.iter();
        let groups = groups.filter(|group| matches!(group.pin, Pin::None | Pin::Top));
        let areas = groups.flat_map(|group| {
            let objects = group.content.objects.iter();
            let objects = objects.filter(|it| !it.area.is_empty());
            objects.map(|object| {
                let place = |x: f32| group.origin.x + f64::from(x);
                place(object.area.min.x)..place(object.area.max.x)
            })
        });
        gaps_between(areas.filter(|area| area.end - area.start <= most).collect())
    }
}

/// Middles of the gaps between ranges, from left to right.
fn gaps_between(mut ranges: Vec<Range<f64>>) -> Vec<f64> {
    ranges.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut gaps = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for range in ranges {
        // Cells of neighbouring columns touch.
        if range.start >= end - 0.5 && end.is_finite() {
            gaps.push(f64::midpoint(range.start, end));
        }
        end = end.max(range.end);
    }
    gaps
}

/// Left and right end of the name of a stage among its texts.
fn name_span(texts: &Group) -> Range<f64> {
    let mut span: Option<Range<f64>> = None;
    for item in &texts.content.items {
        if let Shape::Text(line) = &item.shape
            && line.text_field == Some(Field::Name)
        {
            let left = texts.origin.x + f64::from(line.at.x);
            let right = left + f64::from(line.width);
            let known = span.unwrap_or(left..right);
            span = Some(known.start.min(left)..known.end.max(right));
        }
    }
    span.unwrap_or(texts.origin.x..texts.origin.x)
}
