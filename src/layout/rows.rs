//! Lanes with a row a thing: channels, environments, departments.

use super::block::{Block, Ink, Run};
use super::{Content, Shown, Stage, Step};
use crate::geom::Rect;
use crate::model::{DepartmentId, Record, Touchpoint};
use crate::text::Measure;
use crate::theme::{Icon, size};
use rustc_hash::FxHashMap;

/// The title of a row, at the left beside the lane's title.
#[derive(Clone, Debug)]
pub struct RowTitle {
    /// The name, relative to the top left of the lane.
    pub runs: Vec<Run>,
    /// Middle of the row, relative to the top of the lane.
    pub y: f32,
    /// The department of the row, where the lane is about departments.
    pub department: Option<DepartmentId>,
}

/// A mark in a row under a touchpoint.
#[derive(Clone, Debug)]
pub struct Pill {
    /// Index of the touchpoint.
    pub step: usize,
    /// Which row, from 0.
    pub row: usize,
    /// Where, relative to stage and lane.
    pub rect: Rect,
    /// What it means.
    pub kind: PillKind,
    /// An icon in it.
    pub icon: Option<(Icon, Rect)>,
    /// The word in it.
    pub runs: Vec<Run>,
    /// The pill of the former touchpoint of the main line that this one is joined to:
    /// horizontal distance to its right end (negative) and its row.
    pub joined: Option<(f32, usize)>,
}

/// What a pill says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PillKind {
    /// It happens here (a channel or an environment).
    Here,
    /// Owned by the department at this place in the list.
    Owner(usize),
    /// Supported by the department at this place in the list.
    Supporter(usize),
    /// Owned by nobody.
    Nobody,
}

impl Shown<'_> {
    pub(super) fn channels(&self, measure: &mut dyn Measure) -> (Content, f32) {
        let channels = self.map.channels();
        let rows: Vec<(&str, Option<DepartmentId>)> =
            channels.iter().map(|c| (c.name(), None)).collect();
        self.rows(&rows, measure, |touchpoint| {
            let place = touchpoint
                .channel
                .as_ref()
                .and_then(|id| channels.position(id));
            let Some(row) = place else { return Vec::new() };
            let channel = &channels.as_slice()[row];
            let icon = self.channel_icons[row];
            vec![(row, PillKind::Here, Some(icon), channel.name.clone())]
        })
    }

    pub(super) fn environments(&self, measure: &mut dyn Measure) -> (Content, f32) {
        let environments = self.map.environments();
        let rows: Vec<(&str, Option<DepartmentId>)> =
            environments.iter().map(|e| (e.name(), None)).collect();
        self.rows(&rows, measure, |touchpoint| {
            let id = touchpoint.environment.as_ref();
            let Some(row) = id.and_then(|id| environments.position(id)) else {
                return Vec::new();
            };
            let environment = &environments.as_slice()[row];
            let icon = self.environment_icons[row];
            vec![(row, PillKind::Here, Some(icon), environment.name.clone())]
        })
    }

    pub(super) fn departments(&self, measure: &mut dyn Measure) -> (Content, f32) {
        let departments = self.map.departments();
        let mut rows: Vec<(&str, Option<DepartmentId>)> = departments
            .iter()
            .map(|d| (d.name(), Some(d.id.clone())))
            .collect();
        let nobody = rows.len();
        if self.touchpoints.iter().any(|t| t.owner.is_none()) {
            rows.push(("No owner", None));
        }
        self.rows(&rows, measure, |touchpoint| {
            let mut pills = Vec::new();
            match touchpoint.owner.as_ref().map(|id| departments.position(id)) {
                None => pills.push((nobody, PillKind::Nobody, None, "No owner".to_owned())),
                Some(None) => {}
                Some(Some(row)) => {
                    let name = departments.as_slice()[row].short_name().to_owned();
                    pills.push((row, PillKind::Owner(row), None, name));
                }
            }
            for id in &touchpoint.supporters {
                if let Some(row) = departments.position(id) {
                    let name = departments.as_slice()[row].short_name().to_owned();
                    pills.push((row, PillKind::Supporter(row), None, name));
                }
            }
            pills
        })
    }

    /// Pills in rows. Those of a main step and its side branches share the width of
    /// their column where they stand in the same row.
    fn rows(
        &self,
        rows: &[(&str, Option<DepartmentId>)],
        measure: &mut dyn Measure,
        pills_of: impl Fn(&Touchpoint) -> Vec<(usize, PillKind, Option<Icon>, String)>,
    ) -> (Content, f32) {
        let head = size::LANE_PAD + size::LANE.size * size::LEADING + 8.0;
        let middle = |row: usize| head + (row as f32 + 0.5) * size::ROW;
        let titles = rows
            .iter()
            .enumerate()
            .map(|(i, (name, department))| {
                let style = size::SMALL;
                let ink = if department.is_none() && *name == "No owner" {
                    Ink::Unowned
                } else {
                    Ink::Soft
                };
                let room = size::TITLES - 40.0;
                let mut block = Block::new(name, style, ink, room, measure);
                // A row has room for two lines; what is longer is told by the pills.
                block.cut_to(2.0 * style.size * size::LEADING + 0.1);
                let mut runs = Vec::new();
                block.place(14.0, middle(i) - block.height() / 2.0, &mut runs);
                RowTitle {
                    runs,
                    y: middle(i),
                    department: department.clone(),
                }
            })
            .collect();

        let mut words = Words::default();
        let mut former: Option<(f64, usize)> = None;
        let mut pills = Vec::with_capacity(self.stages.len());
        for stage in self.stages {
            // Who shares a place: only pills in the same row and column need to.
            let mut crowd: FxHashMap<(usize, usize), (usize, usize)> = FxHashMap::default();
            let mut wanted = Vec::new();
            for index in stage.steps.clone() {
                for pill in pills_of(self.touchpoints[index]) {
                    let place = crowd.entry((self.steps[index].column, pill.0));
                    place.or_default().0 += 1;
                    wanted.push((index, pill));
                }
            }
            let mut placed = Vec::with_capacity(wanted.len());
            for (index, (row, kind, icon, word)) in wanted {
                let step = &self.steps[index];
                let (share, before) = crowd.entry((step.column, row)).or_insert((1, 0));
                let part = size::CARD / *share as f32;
                let left = Stage::card_x(step.column) + part * *before as f32 + 4.0;
                *before += 1;
                let icon_room = if icon.is_some() {
                    size::ICON + 4.0
                } else {
                    0.0
                };
                let room = part - 4.0 - 16.0 - icon_room;
                let block = words.fitting(&word, step, icon.is_some(), room, measure);
                let y = middle(row);
                let width = block.width() + icon_room + if block.is_empty() { 10.0 } else { 16.0 };
                let rect = Rect::new(left, y - 11.0, width.max(26.0), 22.0);
                let mut runs = Vec::new();
                let line = size::SMALL.size * size::LEADING;
                block.place(rect.min.x + 8.0 + icon_room, y - line / 2.0, &mut runs);
                let icon_x = rect.min.x + 7.0;
                let icon_y = y - size::ICON / 2.0;
                let icon = icon.map(|i| (i, Rect::new(icon_x, icon_y, size::ICON, size::ICON)));
                let mut joined = None;
                if kind == PillKind::Here && !step.side {
                    let here = stage.x + f64::from(rect.min.x);
                    joined = former.map(|(end, row)| ((end - here) as f32, row));
                    former = Some((stage.x + f64::from(rect.max.x), row));
                }
                placed.push(Pill {
                    step: index,
                    row,
                    rect,
                    kind,
                    icon,
                    runs,
                    joined,
                });
            }
            pills.push(placed);
        }
        let height = middle(rows.len().max(1)) - size::ROW / 2.0 + size::LANE_PAD;
        (Content::Rows { titles, pills }, height)
    }
}

/// Words on pills, each measured once.
#[derive(Default)]
struct Words(FxHashMap<String, Block>);

impl Words {
    fn block(&mut self, word: &str, measure: &mut dyn Measure) -> Block {
        if let Some(block) = self.0.get(word) {
            return block.clone();
        }
        let block = Block::new(
            word,
            size::SMALL_STRONG,
            Ink::Normal,
            f32::INFINITY,
            measure,
        );
        self.0.insert(word.to_owned(), block.clone());
        block
    }

    /// The fullest wording that fits: the word (of a branch with its number),
    /// the number, or nothing where an icon says it all.
    fn fitting(
        &mut self,
        word: &str,
        step: &Step,
        has_icon: bool,
        room: f32,
        measure: &mut dyn Measure,
    ) -> Block {
        let numbered;
        let full = if step.side {
            numbered = format!("{} {word}", step.number);
            &numbered
        } else {
            word
        };
        let block = self.block(full, measure);
        if block.width() <= room {
            return block;
        }
        let number = self.block(&step.number, measure);
        if number.width() <= room || !has_icon {
            return if has_icon && !step.side {
                Block::default()
            } else {
                number
            };
        }
        Block::default()
    }
}
