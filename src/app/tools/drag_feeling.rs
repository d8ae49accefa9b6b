//! Changes a feeling by dragging its face on the emotion curve.
//!
//! Must not know: egui, sessions.

use crate::app::editing::assign::feeling_index;
use crate::app::editing::feelings::shifted_score;
use crate::edit::Intent;
use crate::model::{Map, PersonaId, Score, Touchpoint, TouchpointId};
use crate::theme::Sizes;

/// A drag of a face.
#[derive(Clone, Debug)]
pub struct DragFeelingTool {
    base: Touchpoint,
    feeling: usize,
    start: Score,
    from: f64,
    /// Height of a tenth of a score, in map units.
    tenth_height: f64,
}

impl DragFeelingTool {
    /// Starts a drag of the face of a persona at this y; `None` if it has no score.
    pub fn start(
        map: &Map,
        id: &TouchpointId,
        persona: Option<&PersonaId>,
        y: f64,
        sizes: &Sizes,
    ) -> Option<DragFeelingTool> {
        let base = map.touchpoint(id)?.clone();
        let feeling = match persona {
            Some(persona) => feeling_index(map, &base, persona)?,
            None => base.feelings.iter().position(|f| f.score.is_some())?,
        };
        let start = base.feelings.get(feeling)?.score?;
        Some(DragFeelingTool {
            base,
            feeling,
            start,
            from: y,
            tenth_height: f64::from(sizes.two_points) / 20.0,
        })
    }

    /// Returns the score for the pointer at this y.
    pub fn score(&self, y: f64) -> Score {
        let tenths = (self.from - y) / self.tenth_height;
        shifted_score(self.start, tenths.round())
    }

    /// Returns the change for the pointer at this y.
    pub fn proposal(&self, y: f64) -> Intent {
        let mut after = self.base.clone();
        if let Some(feeling) = after.feelings.get_mut(self.feeling) {
            feeling.score = Some(self.score(y));
        }
        Intent::Batch {
            label: "Change feeling".to_owned(),
            intents: vec![Intent::SetTouchpoint(Box::new(after))],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::app::editing::feelings::{ScoreChange, score_intent};
    use crate::edit::plan;
    use crate::theme::Density;

    #[test]
    fn dragged_score_changes_in_tenths_within_the_scale() {
        let mut map = map("a");
        let id: TouchpointId = "a".into();
        let sizes = Density::Comfortable.sizes();
        assert!(DragFeelingTool::start(&map, &id, None, 0.0, sizes).is_none());
        let ids = std::slice::from_ref(&id);
        let better = score_intent(&map, ids, None, ScoreChange::Better).unwrap();
        plan(&map, &better).unwrap().apply(&mut map).unwrap();
        for sizes in [sizes, Density::Compact.sizes()] {
            let face = DragFeelingTool::start(&map, &id, None, 100.0, sizes).unwrap();
            assert_eq!(face.score(100.0).tenths(), 5);
            let point = f64::from(sizes.two_points) / 2.0;
            assert_eq!(face.score(100.0 - point).tenths(), 15);
            assert_eq!(face.score(100.0 + point / 10.0).tenths(), 4);
            assert_eq!(face.score(-1e9), Score::MAX);
            assert_eq!(face.score(1e9), Score::MIN);
        }
    }
}
