//! Labels beside faces, placed without covering other faces or labels.
//!
//! Must not know: how curves are drawn.

use super::CurveFace;
use super::FaceLabel;
use super::face_positions::CurveNeighbors;
use super::scale::width_ratio;
use crate::geom::Rect;
use crate::layout::LayoutInputs;
use crate::layout::cell_content::persona_index;
use crate::layout::stage::StageLayout;
use crate::layout::text_block;
use crate::layout::text_block::{TextBlock, TextRole};
use crate::model::{Field, Score, Touchpoint};
use crate::text::Measure;
use crate::theme::size;

impl LayoutInputs<'_> {
    /// Places the label of each face where it covers no other face or label of its stage.
    pub(super) fn labels(
        &self,
        stage: &StageLayout,
        around: &[CurveNeighbors],
        touchpoints: &[Touchpoint],
        dots: &mut [CurveFace],
        measure: &mut dyn Measure,
    ) {
        let mut taken: Vec<Rect> = dots
            .iter()
            .map(|d| Rect::centered_square(d.at, d.size + 4.0))
            .collect();
        for (i, dot) in dots.iter_mut().enumerate() {
            let touchpoint = &touchpoints[dot.step];
            let step = &stage.steps()[dot.step];
            let feeling = touchpoint
                .feelings
                .iter()
                .position(|f| persona_index(self.map, f) == dot.persona && f.score.is_some());
            let emotion = feeling.map_or("", |at| touchpoint.feelings[at].emotion.as_str());
            let mark = if step.is_branch {
                ""
            } else {
                around
                    .get(dot.persona)
                    .map_or("", |a| a.mark_label(dot.step))
            };
            let mut words = emotion.to_owned();
            if !mark.is_empty() {
                words = match emotion {
                    "" => mark.to_owned(),
                    _ => format!("{emotion} · {mark}"),
                };
            }
            if step.is_branch {
                words = format!("{} {words}", step.number);
            }
            let words = words.trim();
            if words.is_empty() {
                continue;
            }
            let style = self.sizes.text(match mark {
                "" => size::SMALL,
                _ => size::SMALL_STRONG,
            });
            let ink = if self.map.personas().len() > 1 {
                TextRole::Persona(u8::try_from(dot.persona).unwrap_or(u8::MAX))
            } else {
                TextRole::Normal
            };
            let room = if step.is_branch { 96.0 } else { 150.0 };
            let room = room * width_ratio(self.sizes);
            let block = TextBlock::new(words, style, ink, room, measure);
            let (w, h) = (block.width(), block.height());
            let mut off = dot.size / 2.0 + 4.0;
            if touchpoint.moment_of_truth
                && dot.persona == self.shared.visible_curves.main
                && !step.is_branch
            {
                // The diamond extends further than the face.
                off = dot.size * 0.86 + 3.0;
            }
            let above = Rect::new(dot.at.x - w / 2.0, dot.at.y - off - h, w, h);
            let below = Rect::new(dot.at.x - w / 2.0, dot.at.y + off, w, h);
            let right = Rect::new(dot.at.x + off, dot.at.y - h / 2.0, w, h);
            let first = if dot.score >= Score::NEUTRAL {
                [above, below, right]
            } else {
                [below, above, right]
            };
            let free = first.iter().find(|r| {
                taken
                    .iter()
                    .enumerate()
                    .all(|(k, t)| k == i || !t.intersects(&r.grow(-1.0)))
            });
            let Some(rect) = free else { continue };
            let mut runs = Vec::new();
            block.place(rect.min.x, rect.min.y, &mut runs);
            if let Some(at) = feeling.map(Field::index) {
                text_block::set_text_field(&mut runs, Field::Emotion(at));
            }
            for run in &mut runs {
                run.at.x += (w - run.width) / 2.0;
            }
            taken.push(*rect);
            dot.label = Some(FaceLabel { runs, rect: *rect });
        }
    }
}
