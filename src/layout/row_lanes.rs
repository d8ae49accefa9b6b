//! Row lanes: channels, environments and departments as rows.
//!
//! Must not know: colours, the scene.

use super::LayoutInputs;
use super::grid::GridStep;
use super::lane_rows::{LaneRows, row_name};
use super::stage::StageLayout;
use super::text_block::{TextBlock, TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{DepartmentId, LaneKind, Touchpoint};
use crate::text::Measure;
use crate::theme::{Icon, Sizes, size};
use rustc_hash::FxHashMap;

/// The title of a row, at the left below the lane's title.
#[derive(Clone, Debug)]
pub struct RowTitle {
    /// The name, relative to the top left of the lane.
    pub runs: Vec<TextRun>,
    /// Middle of the row, relative to the top of the lane.
    pub y: f32,
    /// The department of the row, in the department lane.
    pub department: Option<DepartmentId>,
}

/// A pill in a row under a touchpoint.
#[derive(Clone, Debug)]
pub struct Pill {
    /// Index of the touchpoint in its stage.
    pub step: usize,
    /// Row, from 0.
    pub row: usize,
    /// Position and size, relative to stage and lane.
    pub rect: Rect,
    /// Meaning of the pill.
    pub kind: PillKind,
    /// The icon.
    pub icon: Option<(Icon, Rect)>,
    /// The label.
    pub runs: Vec<TextRun>,
    /// The previous pill on the main line to which this one is connected: horizontal distance to
    /// its right end (negative) and its row.
    pub connected_to: Option<(f32, usize)>,
}

/// Meaning of a pill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PillKind {
    /// The touchpoint uses this channel or environment.
    Here,
    /// The owning department, by place in the list.
    Owner(usize),
    /// The supporting department, by place in the list.
    Supporter(usize),
    /// No owner.
    Nobody,
}

/// A pill before it is placed: row, meaning, icon, word.
type PillDraft<'a> = (usize, PillKind, Option<Icon>, &'a str);

impl<'a> LayoutInputs<'a> {
    fn lane_rows(&self, kind: LaneKind) -> &'a LaneRows {
        let [channels, environments, departments] = &self.shared.rows;
        match kind {
            LaneKind::Channels => channels,
            LaneKind::Environments => environments,
            _ => departments,
        }
    }

    fn pills_of(&self, kind: LaneKind, touchpoint: &Touchpoint) -> Vec<PillDraft<'a>> {
        let map = self.map;
        let here = |row: Option<usize>, icons: &[Icon], name: &dyn Fn(usize) -> &'a str| {
            let pill = row.map(|row| (row, PillKind::Here, Some(icons[row]), name(row)));
            pill.into_iter().collect()
        };
        match kind {
            LaneKind::Channels => {
                let channels = map.channels();
                let row = touchpoint.channel.as_ref();
                let row = row.and_then(|id| channels.position(id));
                here(row, &self.shared.channel_icons, &|row| {
                    &channels.as_slice()[row].name
                })
            }
            LaneKind::Environments => {
                let environments = map.environments();
                let row = touchpoint.environment.as_ref();
                let row = row.and_then(|id| environments.position(id));
                here(row, &self.shared.environment_icons, &|row| {
                    &environments.as_slice()[row].name
                })
            }
            _ => {
                let departments = map.departments();
                let name = |row: usize| departments.as_slice()[row].short_name();
                let mut pills = Vec::new();
                match touchpoint.owner.as_ref().map(|id| departments.position(id)) {
                    None => pills.push((departments.len(), PillKind::Nobody, None, "No owner")),
                    Some(None) => {}
                    Some(Some(row)) => pills.push((row, PillKind::Owner(row), None, name(row))),
                }
                for id in &touchpoint.supporters {
                    if let Some(row) = departments.position(id) {
                        pills.push((row, PillKind::Supporter(row), None, name(row)));
                    }
                }
                pills
            }
        }
    }

    /// The titles of the rows of a lane, and the height of the lane. `unowned` if a touchpoint has
    /// no owner.
    pub(super) fn row_titles(
        &self,
        kind: LaneKind,
        unowned: bool,
        measure: &mut dyn Measure,
    ) -> (Vec<RowTitle>, f32) {
        let rows = self.lane_rows(kind);
        let title = |block: &TextBlock, y: f32, department: Option<DepartmentId>| {
            let mut runs = Vec::new();
            block
                .clone()
                .place(14.0, y - block.height() / 2.0, &mut runs);
            RowTitle {
                runs,
                y,
                department,
            }
        };
        let named = rows.rows.iter();
        let mut titles: Vec<RowTitle> = named
            .map(|(block, y, department)| title(block, *y, department.clone()))
            .collect();
        let mut bottom = rows.unowned_y - rows.row / 2.0;
        if unowned && kind == LaneKind::Departments {
            let nobody = row_name("No owner", TextRole::Unowned, self.sizes, measure);
            titles.push(title(&nobody, rows.unowned_y, None));
            bottom += rows.row;
        }
        if titles.is_empty() {
            bottom += rows.row;
        }
        (titles, bottom + self.sizes.lane_pad)
    }

    /// The pills of one stage. A main step and its side branches share the width of their column if
    /// their pills are in the same row. `former` is the right end of the last connected pill,
    /// relative to this stage, and its row.
    pub(super) fn pills(
        &self,
        kind: LaneKind,
        stage: &StageLayout,
        touchpoints: &[Touchpoint],
        mut former: Option<(f64, usize)>,
        words: &mut PillTexts,
        measure: &mut dyn Measure,
    ) -> Vec<Pill> {
        let sizes = self.sizes;
        let rows = self.lane_rows(kind);
        // Number of pills by column and row; only these share their width.
        let mut crowd: FxHashMap<(usize, usize), (usize, usize)> = FxHashMap::default();
        let mut wanted = Vec::new();
        for (index, touchpoint) in touchpoints.iter().enumerate() {
            for pill in self.pills_of(kind, touchpoint) {
                let place = crowd.entry((stage.steps()[index].column, pill.0));
                place.or_default().0 += 1;
                wanted.push((index, pill));
            }
        }
        let mut placed = Vec::with_capacity(wanted.len());
        for (index, (row, kind, icon, word)) in wanted {
            let step = &stage.steps()[index];
            let (share, before) = crowd.entry((step.column, row)).or_insert((1, 0));
            let part = sizes.card / *share as f32;
            let left = sizes.card_x(step.column) + part * *before as f32 + 4.0;
            *before += 1;
            let icon_room = if icon.is_some() {
                sizes.icon + 4.0
            } else {
                0.0
            };
            let room = part - 4.0 - 16.0 - icon_room;
            let block = words.widest_fitting((word, step, icon.is_some()), room, sizes, measure);
            let y = rows.middle(row);
            let width = block.width() + icon_room + if block.is_empty() { 10.0 } else { 16.0 };
            let rect = Rect::new(left, y - sizes.pill / 2.0, width.max(26.0), sizes.pill);
            let mut runs = Vec::new();
            let line = sizes.text(size::SMALL).size * size::LEADING;
            block.place(rect.min.x + 8.0 + icon_room, y - line / 2.0, &mut runs);
            let icon_x = rect.min.x + 7.0;
            let icon_y = y - sizes.icon / 2.0;
            let icon = icon.map(|i| (i, Rect::new(icon_x, icon_y, sizes.icon, sizes.icon)));
            let mut joined = None;
            if kind == PillKind::Here && !step.is_branch {
                let here = f64::from(rect.min.x);
                joined = former.map(|(end, row)| ((end - here) as f32, row));
                former = Some((f64::from(rect.max.x), row));
            }
            placed.push(Pill {
                step: index,
                row,
                rect,
                kind,
                icon,
                runs,
                connected_to: joined,
            });
        }
        placed
    }
}

/// The right end and row of the last pill with a connector.
pub(super) fn last_connected(pills: &[Pill], steps: &[GridStep]) -> Option<(f32, u32)> {
    let on_line = |p: &&Pill| p.kind == PillKind::Here && !steps[p.step].is_branch;
    let last = pills.iter().rfind(on_line)?;
    Some((last.rect.max.x, last.row as u32))
}

/// Labels of pills, each measured once.
#[derive(Default)]
pub(super) struct PillTexts(FxHashMap<String, TextBlock>);

impl PillTexts {
    fn block(&mut self, word: &str, sizes: &Sizes, measure: &mut dyn Measure) -> TextBlock {
        if let Some(block) = self.0.get(word) {
            return block.clone();
        }
        let block = TextBlock::new(
            word,
            sizes.text(size::SMALL_STRONG),
            TextRole::Normal,
            f32::INFINITY,
            measure,
        );
        self.0.insert(word.to_owned(), block.clone());
        block
    }

    /// The longest label that fits: the text (with its number for a branch), the number, or nothing
    /// if there is an icon.
    fn widest_fitting(
        &mut self,
        (word, step, has_icon): (&str, &GridStep, bool),
        room: f32,
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) -> TextBlock {
        let numbered;
        let full = if step.is_branch {
            numbered = format!("{} {word}", step.number);
            &numbered
        } else {
            word
        };
        let block = self.block(full, sizes, measure);
        if block.width() <= room {
            return block;
        }
        let number = self.block(&step.number, sizes, measure);
        if number.width() <= room || !has_icon {
            return if has_icon && !step.is_branch {
                TextBlock::default()
            } else {
                number
            };
        }
        TextBlock::default()
    }
}
