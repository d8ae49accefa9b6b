//! Lanes with a row a thing: channels, environments, departments.

use super::block::{Block, Ink, Run};
use super::{Content, Shown, Stage};
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
    /// The former touchpoint of the main line whose mark this one is joined to:
    /// horizontal distance to it (negative) and its row.
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

    /// Pills in rows. Side branches share the column with their main step:
    /// the main step takes the left of it and each branch a smaller part.
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
                let block = Block::new(name, style, ink, room, measure);
                let mut runs = Vec::new();
                // A row has room for two lines; what is longer is told by the pills.
                block.place(14.0, middle(i) - block.height() / 2.0, &mut runs);
                runs.truncate(2);
                RowTitle {
                    runs,
                    y: middle(i),
                    department: department.clone(),
                }
            })
            .collect();

        let mut words: FxHashMap<String, Block> = FxHashMap::default();
        let mut crowd: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        for step in self.steps {
            *crowd.entry((step.stage, step.column)).or_default() += 1;
        }
        let mut pills = vec![Vec::new(); self.stages.len()];
        let mut former: Option<(f64, usize)> = None;
        for (index, (step, touchpoint)) in self.steps.iter().zip(self.touchpoints).enumerate() {
            let stage = &self.stages[step.stage];
            let share = crowd.get(&(step.stage, step.column)).copied().unwrap_or(1);
            let part = size::CARD / share as f32;
            let left = Stage::card_x(step.column) + part * step.row.min(share - 1) as f32;
            for (row, kind, icon, word) in pills_of(touchpoint) {
                let y = middle(row);
                let room = part - 14.0;
                let icon_room = if icon.is_some() {
                    size::ICON + 4.0
                } else {
                    0.0
                };
                let block = words.entry(word.clone()).or_insert_with(|| {
                    let style = size::SMALL_STRONG;
                    Block::new(&word, style, Ink::Normal, f32::INFINITY, measure)
                });
                let block = block.clone();
                let fits = block.width() + icon_room <= room - 12.0;
                let number;
                let block = match (fits, step.side) {
                    (true, _) => block,
                    (false, true) => {
                        number = step.number.to_string();
                        Block::new(
                            &number,
                            size::SMALL_STRONG,
                            Ink::Normal,
                            f32::INFINITY,
                            measure,
                        )
                    }
                    (false, false) => Block::new(
                        &word,
                        size::SMALL_STRONG,
                        Ink::Normal,
                        room - 12.0 - icon_room,
                        measure,
                    ),
                };
                let width = (block.width() + icon_room + 16.0).min(part - 4.0);
                let rect = Rect::new(left + 4.0, y - 11.0, width.max(22.0), 22.0);
                let mut runs = Vec::new();
                block.place(
                    rect.min.x + 8.0 + icon_room,
                    y - size::SMALL.size * size::LEADING / 2.0,
                    &mut runs,
                );
                runs.truncate(1);
                let icon = icon.map(|icon| {
                    let place = Rect::new(
                        rect.min.x + 7.0,
                        y - size::ICON / 2.0,
                        size::ICON,
                        size::ICON,
                    );
                    (icon, place)
                });
                let mut joined = None;
                if kind == PillKind::Here && !step.side {
                    let at = stage.x + f64::from(rect.min.x + 11.0);
                    joined = former.map(|(x, row)| ((x - at) as f32, row));
                    former = Some((at, row));
                }
                pills[step.stage].push(Pill {
                    step: index,
                    row,
                    rect,
                    kind,
                    icon,
                    runs,
                    joined,
                });
            }
        }
        let height = middle(rows.len().max(1)) - size::ROW / 2.0 + size::LANE_PAD;
        (Content::Rows { titles, pills }, height)
    }
}
