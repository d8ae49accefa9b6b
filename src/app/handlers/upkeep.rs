//! Stages noted as compared with reality.
//!
//! Must not know: widgets, what changed since.

use crate::app::app::App;
use crate::app::document::selection::Selection;
use crate::edit::Intent;
use crate::english::count;
use crate::model::{Check, ObjectRef, Record as _, Stage, StageId};
use crate::settings::today;

impl App {
    /// Notes that the selected stage, or those of the selected touchpoints, were checked today.
    pub(super) fn check_stages(&mut self) {
        let author = self.settings.preferences.author.clone();
        let Some(document) = self.document() else {
            return;
        };
        let map = document.session.map();
        let mut stages: Vec<StageId> = match &document.selection {
            Selection::One(ObjectRef::Stage(id)) => vec![id.clone()],
            selection => {
                let touchpoints = selection.touchpoints().iter();
                touchpoints
                    .filter_map(|id| map.stage_of(id).cloned())
                    .collect()
            }
        };
        stages.dedup();
        let checked = stages.iter().filter_map(|id| map.stages().get(id));
        let intents: Vec<Intent> = checked
            .map(|stage| {
                let check = Some(Check::of(map, stage, today(), &author));
                Intent::SetStage(Box::new(Stage {
                    checked: check,
                    ..stage.clone()
                }))
            })
            .collect();
        let label = match stages.as_slice() {
            [id] => {
                let name = map.stages().get(id).map_or("", |stage| stage.name());
                format!("Checked today: {name}")
            }
            many => format!("Checked today: {}", count(many.len(), "stage")),
        };
        self.apply_intent(&Intent::Batch { label, intents }, None);
    }
}
