//! A stage on the band, in every view.
//!
//! Must not know: the width of stages, the scene.

use super::conflicts::conflict_label;
use super::text_block::{TextBlock, TextContext, TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{Field, Map, Record, Stage};
use crate::theme::size;

/// Longest line on the band, so that the texts of a wide stage can move along with the view.
const MAX_LINE: f32 = 560.0;

/// A name for a range of zooms.
#[derive(Clone, Debug, Default)]
pub struct OverviewName {
    /// Zoom from which the name is shown.
    pub from: f32,
    /// Zoom below which the name is shown.
    pub below: f32,
    /// The lines.
    pub runs: Vec<TextRun>,
}

/// A stage on the band, relative to the top left of its part of it.
#[derive(Clone, Debug, Default)]
pub struct StageBand {
    /// Width of the stage.
    pub width: f32,
    /// Name, goal and owner.
    pub runs: Vec<TextRun>,
    /// The name alone for overview zoom: the larger the further away, as that of every stage.
    pub far: Vec<OverviewName>,
    /// Place of the owner's colour (or the hatching for no owner).
    pub owner_mark: Rect,
    /// Bottom of the text with padding.
    pub(super) bottom: f32,
}

impl StageBand {
    /// The text of a stage with this width, except for overview zoom.
    pub(super) fn new(
        record: &Stage,
        width: f32,
        map: &Map,
        text: &mut TextContext<'_>,
    ) -> StageBand {
        StageBand::with_goal(record, (width, text.sizes.shows_all_text), map, text)
    }

    /// The text of a folded stage: its name in a few lines, and its owner.
    pub(super) fn folded(
        record: &Stage,
        width: f32,
        map: &Map,
        text: &mut TextContext<'_>,
    ) -> StageBand {
        StageBand::with_goal(record, (width, false), map, text)
    }

    fn with_goal(
        record: &Stage,
        (width, has_goal): (f32, bool),
        map: &Map,
        text: &mut TextContext<'_>,
    ) -> StageBand {
        let sizes = text.sizes;
        let mut runs = Vec::new();
        let left = 26.0;
        let room = (width - left - 22.0).min(MAX_LINE);
        let name = text.block(record.name(), size::STAGE, TextRole::Band, room);
        let top = 12.0 * sizes.spacing;
        let mut y = name.place_field(Some(Field::Name), left, top, &mut runs);
        if has_goal {
            let goal = text.block(&record.goal, size::BODY, TextRole::Band, room);
            y = goal.place_field(Some(Field::StageGoal), left, y + 1.0, &mut runs);
        }
        let department = record.owner.as_ref().map(|id| map.departments().get(id));
        let (owner, role) = match department {
            None => ("No owner", TextRole::Unowned),
            Some(None) => ("Unknown owner", TextRole::Band),
            Some(Some(department)) => (department.short_name(), TextRole::Band),
        };
        let duration = record.duration.map(|d| d.to_string()).unwrap_or_default();
        let times =
            [record.time.as_str(), &duration].map(|time| (!time.is_empty()).then_some(time));
        let times: Vec<&str> = times.into_iter().flatten().collect();
        let words = match times.join(", ") {
            time if time.is_empty() => owner.to_owned(),
            time => format!("{owner} · {time}"),
        };
        let mark = 10.0;
        let owner_mark = Rect::new(left, y + 6.0 * sizes.type_scale, mark, mark);
        let words = text.block(&words, size::SMALL_STRONG, role, room - mark - 6.0);
        y = words.place(left + mark + 6.0, y + 3.0, &mut runs);
        if let Some(words) = conflict_label(map, &record.object()) {
            let words = text.block(&words, size::SMALL_STRONG, TextRole::Band, room);
            y = words.place(left, y + 3.0, &mut runs);
        }
        StageBand {
            width,
            runs,
            far: Vec::new(),
            owner_mark,
            bottom: y + 12.0 * sizes.spacing,
        }
    }

    /// The lines of the names for overview zoom.
    pub fn overview_runs(&self) -> impl Iterator<Item = &TextRun> {
        self.far.iter().flat_map(|name| &name.runs)
    }

    /// Adds the name for overview zoom on a band of this height.
    pub(super) fn set_height(&mut self, name: &str, height: f32, text: &mut TextContext<'_>) {
        let width = self.width - 44.0;
        let levels = text.sizes.overview_stages;
        let nearer = levels.iter().skip(1).map(|(_, below)| *below).chain([0.0]);
        let names = levels.iter().zip(nearer).map(|((size, below), from)| {
            let style = size::bold(*size);
            let mut block = TextBlock::new(name, style, TextRole::Band, width, text.measure);
            block.truncate_to_height(height - 1.0, text.measure);
            let top = (height - block.height()) / 2.0;
            let mut runs = Vec::new();
            block.place_field(Some(Field::Name), 26.0, top, &mut runs);
            OverviewName {
                from,
                below: *below,
                runs,
            }
        });
        self.far = names.collect();
    }
}
