//! Row lanes: channels, environments and departments as rows.
//!
//! Must not know: colours, the scene.

use super::LayoutInputs;
use super::grid::GridStep;
use super::shared_inputs::{LaneRows, row_name};
use super::stage::StageLayout;
use super::text_block::{NUMBER_GAP, NumberSlot, TextBlock, TextContext, TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{DepartmentId, IndexedList, LaneKind, Record, Touchpoint};
use crate::theme::{Icon, size};
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
    /// Place of the step's number, if the label has it.
    pub number: Option<NumberSlot>,
    /// The label, without the number.
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

/// The pill of a used channel or environment.
fn pill_of<'a, R: Record>(
    list: &'a IndexedList<R>,
    used: Option<&R::Id>,
    icons: &[Icon],
) -> Vec<PillDraft<'a>> {
    let row = used.and_then(|id| list.position(id));
    let pill = row.map(|row| {
        let name = list.as_slice()[row].name();
        (row, PillKind::Here, Some(icons[row]), name)
    });
    pill.into_iter().collect()
}

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
        let (map, shared) = (self.map, self.shared);
        match kind {
            LaneKind::Channels => pill_of(
                map.channels(),
                touchpoint.channel.as_ref(),
                &shared.channel_icons,
            ),
            LaneKind::Environments => {
                let used = touchpoint.environment.as_ref();
                pill_of(map.environments(), used, &shared.environment_icons)
            }
            _ => {
                let departments = map.departments();
                let name = |row: usize| departments.as_slice()[row].short_name();
                let owner = touchpoint.owner.as_ref().map(|id| departments.position(id));
                let owner = match owner {
                    None if map.is_social(touchpoint) => None,
                    None => Some((departments.len(), PillKind::Nobody, None, "No owner")),
                    Some(row) => row.map(|row| (row, PillKind::Owner(row), None, name(row))),
                };
                let supporters = touchpoint.supporters.iter();
                let supporters = supporters.filter_map(|id| departments.position(id));
                let mut pills: Vec<PillDraft<'a>> = owner.into_iter().collect();
                for row in supporters {
                    if pills.iter().all(|pill| pill.0 != row) {
                        pills.push((row, PillKind::Supporter(row), None, name(row)));
                    }
                }
                pills
            }
        }
    }

    /// The titles of the rows of a lane, and the height of the lane. `unowned` if a touchpoint
    /// lacks an owner.
    pub(super) fn row_titles(&mut self, kind: LaneKind, unowned: bool) -> (Vec<RowTitle>, f32) {
        let rows = self.lane_rows(kind);
        let title = |block: &TextBlock, y: f32, department: Option<DepartmentId>| {
            let mut runs = Vec::new();
            block.place(14.0, y - block.height() / 2.0, &mut runs);
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
        let sizes = self.text.sizes;
        let mut bottom = rows.unowned_y - sizes.row / 2.0;
        if unowned && kind == LaneKind::Departments {
            let nobody = row_name("No owner", TextRole::Unowned, &mut self.text);
            titles.push(title(&nobody, rows.unowned_y, None));
            bottom += sizes.row;
        }
        if titles.is_empty() {
            bottom += sizes.row;
        }
        (titles, bottom + sizes.lane_pad)
    }

    /// The pills of one stage. A main step and its side branches share the width of their column if
    /// their pills are in the same row. `former` is the right end of the last connected pill,
    /// relative to this stage, and its row.
    pub(super) fn pills(
        &mut self,
        kind: LaneKind,
        stage: &StageLayout,
        touchpoints: &[Touchpoint],
        mut former: Option<(f64, usize)>,
        words: &mut PillTexts,
    ) -> Vec<Pill> {
        let sizes = self.text.sizes;
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
            let icon_room = icon.map_or(0.0, |_| sizes.icon + 4.0);
            let room = part - 4.0 - 16.0 - icon_room;
            let label = words.widest_fitting((word, step, icon.is_some()), room, &mut self.text);
            let y = rows.middle(row);
            let padding = if label.width == 0.0 { 10.0 } else { 16.0 };
            let width = label.width + icon_room + padding;
            let rect = Rect::new(left, y - sizes.pill / 2.0, width.max(26.0), sizes.pill);
            let mut runs = Vec::new();
            let line = sizes.text(size::SMALL).size * size::LEADING;
            let (mut x, top) = (rect.min.x + 8.0 + icon_room, y - line / 2.0);
            let widths = &self.shared.number_widths;
            let number = (label.is_numbered)
                .then(|| widths.slot(step.number_room, (x, top), TextRole::Normal));
            if let Some(word) = label.word {
                x += number.map_or(0.0, |number| number.room + NUMBER_GAP);
                word.place(x, top, &mut runs);
            }
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
                number,
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

/// The label of a pill, not yet placed.
#[derive(Default)]
struct PillLabel {
    is_numbered: bool,
    word: Option<TextBlock>,
    width: f32,
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Words of pills, each measured once.
#[derive(Default)]
pub(super) struct PillTexts(FxHashMap<String, TextBlock>);

impl PillTexts {
    fn block(&mut self, word: &str, text: &mut TextContext<'_>) -> TextBlock {
        if let Some(block) = self.0.get(word) {
            return block.clone();
        }
        // A pill has one line, also for a name with line breaks.
        let parts = word.split(is_line_break).map(str::trim);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let line = parts.join(" ");
        let block = text.block(&line, size::SMALL_STRONG, TextRole::Normal, f32::INFINITY);
        self.0.insert(word.to_owned(), block.clone());
        block
    }

    /// The longest label that fits: the text (with its number for a branch), the number, or nothing
    /// if there is an icon.
    fn widest_fitting(
        &mut self,
        (word, step, has_icon): (&str, &GridStep, bool),
        room: f32,
        text: &mut TextContext<'_>,
    ) -> PillLabel {
        let number = step.number_room;
        let word = self.block(word, text);
        let width = match step.is_branch {
            true => number + NUMBER_GAP + word.width(),
            false => word.width(),
        };
        if width <= room {
            return PillLabel {
                is_numbered: step.is_branch,
                word: Some(word),
                width,
            };
        }
        if !has_icon || (step.is_branch && number <= room) {
            return PillLabel {
                is_numbered: true,
                word: None,
                width: number,
            };
        }
        PillLabel::default()
    }
}
