//! Folded stages: the shaded place below the band, and the card that stands for the touchpoints.
//!
//! Must not know: how they are laid out.

use super::SceneBuilder;
use super::groups::{GroupBuilder, GroupList};
use crate::geom::{Rect, pt};
use crate::layout::{FoldedCard, Layout, StageLayout, score_label};
use crate::model::{Record, StageId};
use crate::scene::item::{GroupKey, Marks, ObjectId, Pin, Stroke, ZoomRange};
use crate::theme::{ColorRole, size};

impl SceneBuilder<'_> {
    /// Adds the backgrounds of folded stages over the height of all lanes.
    pub(super) fn folded_stages(&self, layout: &Layout, groups: &mut GroupList) {
        let top = layout.band_y + f64::from(layout.band_height);
        let height = (layout.height - top - f64::from(size::MARGIN)) as f32;
        for (k, stage) in layout.stages.iter().enumerate() {
            let mut builder = GroupBuilder::default();
            if stage.is_folded() {
                self.folded_subject(&stage.id, folded_area(stage, height), &mut builder);
                let area = folded_area(stage, height);
                builder.fill(area, 0.0, self.theme.paper_shade);
                let edge = Stroke::solid(1.0, self.theme.line);
                for x in [area.min.x, area.max.x] {
                    let line = crate::geom::Path::start(pt(x, area.min.y));
                    builder.stroke(line.line(pt(x, area.max.y)), edge);
                }
            }
            let key = GroupKey::FoldedStage;
            let former = stage.previous_index.map(key);
            groups.add(key(k), former, (stage.x, top), Pin::None, Some(builder));
        }
    }

    /// Adds the card that stands for the touchpoints of a folded stage.
    pub(super) fn folded_card(&self, card: &FoldedCard, id: &StageId, builder: &mut GroupBuilder) {
        let edge = Stroke::solid(1.0, self.theme.card_edge);
        self.folded_subject(id, card.rect, builder);
        // A second card behind the first one: there are several.
        let behind = card.rect.translate(pt(5.0, 5.0));
        builder.rect(behind, size::RADIUS, Some(self.theme.card), Some(edge));
        builder.rect(card.rect, size::RADIUS, Some(self.theme.card), Some(edge));
        builder.zoom(ZoomRange::from(0.22));
        self.texts(&card.runs, builder);
        if let Some((score, face)) = card.worst {
            let ground = ColorRole::face(score.tenths());
            builder.disc(face.center(), face.width(), Some(ground), None);
            let (icon, _) = score_label(score);
            let inner = Rect::centered_square(face.center(), face.width() * 0.84);
            builder.icon(icon, inner, ground.text_on());
        }
        builder.zoom(ZoomRange::ALL);
    }

    fn folded_subject(&self, id: &StageId, area: Rect, builder: &mut GroupBuilder) {
        let stage = self.map.stages().get(id);
        let name = stage.map_or("", Record::name);
        let marks = stage.map_or(Marks::NONE, Marks::of_stage);
        let object = ObjectId::FoldedStage(id.clone());
        builder.subject(object, name, "Folded stage", marks, area);
    }
}

/// The place of a folded stage, with as much distance from its neighbours as its chevron.
fn folded_area(stage: &StageLayout, height: f32) -> Rect {
    Rect::new(2.0, 0.0, stage.band.width - 4.0, height)
}
