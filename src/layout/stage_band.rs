//! A stage on the band, in every view.
//!
//! Must not know: the width of stages, the scene.

use super::text_block::{TextContext, TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{Field, Map, Record, Stage};
use crate::theme::size;

/// A stage on the band, relative to the top left of its part of it.
#[derive(Clone, Debug, Default)]
pub struct StageBand {
    /// Width of the stage.
    pub width: f32,
    /// Name, goal and owner.
    pub runs: Vec<TextRun>,
    /// The name alone, as large as fits, for overview zoom.
    pub far: Vec<TextRun>,
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
        let room = width - left - 22.0;
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
        StageBand {
            width,
            runs,
            far: Vec::new(),
            owner_mark,
            bottom: y + 12.0 * sizes.spacing,
        }
    }

    /// Adds the name for overview zoom on a band of this height.
    pub(super) fn set_height(&mut self, name: &str, height: f32, text: &mut TextContext<'_>) {
        let room = (self.width - 44.0, height - 6.0);
        let sizes = [56.0, 48.0, 40.0, 33.0, 27.0];
        let block = text.fit_largest(name, &sizes, room, TextRole::Band);
        let top = (height - block.height()) / 2.0;
        self.far = Vec::new();
        block.place_field(Some(Field::Name), 26.0, top, &mut self.far);
    }
}
