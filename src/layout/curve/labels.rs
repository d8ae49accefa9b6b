//! Labels beside faces: the named emotion, with peak, low or end, where it covers no face, no other
//! label and no curve that has labels.
//!
//! Must not know: colours, the scene.

use super::face_positions::CurveNeighbors;
use super::scale::width_ratio;
use super::{CurveFace, FaceLabel, lane_height, pieces_through};
use crate::geom::{Point, Rect, pt};
use crate::layout::LayoutInputs;
use crate::layout::cell_content::persona_index;
use crate::layout::grid::GridStep;
use crate::layout::stage::StageLayout;
use crate::layout::text_block::{NUMBER_GAP, TextBlock, TextRole};
use crate::model::{Field, Score, Touchpoint};
use crate::theme::{Sizes, size};

/// Maximum number of lines of a label.
const MAX_LINES: f32 = 3.0;
/// Distance of a label from curves and from the borders of its column and lane.
const MARGIN: f32 = 2.0;
/// Width of a piece of a curve that is compared with labels as a rectangle.
const CURVE_STEP: f32 = 6.0;

/// The words beside a face.
struct Label {
    block: TextBlock,
    /// The text they can be edited in.
    field: Option<Field>,
    role: TextRole,
    /// Room for the number in front of the first line.
    indent: f32,
    /// Height of a line.
    line: f32,
}

/// Areas that labels must not cover.
struct Obstacles {
    /// Faces, ticks and labels.
    taken: Vec<Rect>,
    /// Bounds of short pieces of each curve, from left to right.
    curves: Vec<Vec<Rect>>,
}

impl Obstacles {
    fn is_free(&self, place: &Rect) -> bool {
        let apart = place.grow(-1.0);
        let near = place.grow(MARGIN);
        let crossed = |curve: &Vec<Rect>| {
            let first = curve.partition_point(|piece| piece.max.x < near.min.x);
            let mut under = curve[first..]
                .iter()
                .take_while(|piece| piece.min.x <= near.max.x);
            under.any(|piece| piece.intersects(&near))
        };
        !self.taken.iter().any(|other| other.intersects(&apart)) && !self.curves.iter().any(crossed)
    }
}

/// Bounds of short pieces of a cubic.
fn add_bounds(points: [Point; 4], out: &mut Vec<Rect>) {
    let [a, b, c, d] = points;
    let count = ((d.x - a.x) / CURVE_STEP).ceil().clamp(1.0, 200.0);
    let mut last = a;
    for step in 1..=count as usize {
        let t = step as f32 / count;
        let u = 1.0 - t;
        let (w0, w1, w2, w3) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
        let next = pt(
            w0 * a.x + w1 * b.x + w2 * c.x + w3 * d.x,
            w0 * a.y + w1 * b.y + w2 * c.y + w3 * d.y,
        );
        out.push(Rect {
            min: pt(last.x.min(next.x), last.y.min(next.y)),
            max: pt(last.x.max(next.x), last.y.max(next.y)),
        });
        last = next;
    }
}

/// Area of a face with its ticks for before and after.
fn face_areas(face: &CurveFace) -> impl Iterator<Item = Rect> {
    let (at, reach) = (face.at, face.size / 2.0 + 7.0);
    let (before, after) = face.before_after;
    let ticks = [(-reach, before), (reach, after)].into_iter();
    let ticks = ticks.filter_map(move |(x, y)| {
        let y = y?;
        Some(Rect {
            min: pt(at.x + x - 4.0, at.y.min(y) - 1.0),
            max: pt(at.x + x + 4.0, at.y.max(y) + 1.0),
        })
    });
    let shown = !face.is_faint;
    let square = Rect::centered_square(at, face.size + 4.0);
    let change = face.change.as_ref().map(|change| change.rect);
    let square = std::iter::once(square).chain(change);
    square.chain(ticks.filter(move |_| shown))
}

/// The places for a label of this size, the best first, within a column and the lane.
fn places(
    face: &CurveFace,
    (w, h): (f32, f32),
    off: f32,
    (left, right): (f32, f32),
    sizes: &Sizes,
) -> impl Iterator<Item = Rect> {
    let (at, half) = (face.at, face.size / 2.0);
    let bottom = lane_height(sizes) - MARGIN;
    let up = [at.y - off - h, at.y - off - 2.0 * h - 2.0];
    let down = [at.y + off, at.y + off + h + 2.0];
    let (first, second) = if face.score >= Score::NEUTRAL {
        (up, down)
    } else {
        (down, up)
    };
    let aligned = [at.x - w / 2.0, at.x + half - w, at.x - half];
    let level = [
        (at.x + off, at.y - h / 2.0),
        (at.x - off - w, at.y - h / 2.0),
    ];
    let row = move |y: f32| aligned.into_iter().map(move |x| (x, y));
    let rows = row(first[0]).chain(row(second[0])).chain(level);
    let rows = rows.chain(row(first[1])).chain(row(second[1]));
    rows.map(move |(x, y)| Rect::new(x.min(right - w).max(left), y, w, h))
        .filter(move |place| place.min.y >= MARGIN && place.max.y <= bottom)
}

impl LayoutInputs<'_> {
    /// Places the label of each face. A face on a faint curve has none, nor has a face beside which
    /// there is no free place.
    pub(super) fn add_labels(
        &mut self,
        stage: &StageLayout,
        around: &[CurveNeighbors],
        touchpoints: &[Touchpoint],
        faces: &mut [CurveFace],
    ) {
        let sizes = self.text.sizes;
        let is_faint = self.are_others_faint();
        let labeled = |persona: usize| !is_faint || persona == self.front;
        let curves = stage.face_positions.drawn.iter().zip(around).enumerate();
        let curves = curves.filter(|(persona, _)| labeled(*persona));
        let curves = curves.map(|(_, (spots, around))| {
            let mut bounds = Vec::new();
            for points in pieces_through(spots, around) {
                add_bounds(points, &mut bounds);
            }
            bounds
        });
        let mut obstacles = Obstacles {
            curves: curves.collect(),
            taken: faces.iter().flat_map(face_areas).collect(),
        };
        for face in faces.iter_mut().filter(|face| !face.is_faint) {
            let step = &stage.steps()[face.step];
            let touchpoint = &touchpoints[face.step];
            // A folded stage has one face of a persona, which stands for all.
            let side = step.is_branch && !stage.is_folded();
            let has_mark = !step.is_branch && !stage.is_folded();
            let around = around.get(face.persona).filter(|_| has_mark);
            let mark = around.map_or("", |around| around.mark_label(face.step));
            let branch = side.then_some(step);
            let (from, to) = stage.card_span(step, sizes);
            let half = sizes.gutter / 2.0 - MARGIN;
            let column = (from - half, to + half);
            let room = (to - from).min(150.0 * width_ratio(sizes));
            let Some(label) = self.label(face.persona, touchpoint, (mark, room), branch) else {
                continue;
            };
            let (block, indent) = (&label.block, label.indent);
            let (w, h) = (block.width() + indent, block.height().max(label.line));
            let is_moment = touchpoint.moment_of_truth && face.persona == self.front;
            let off = if is_moment && !side {
                // The diamond extends further than the face.
                face.size * 0.86 + 3.0
            } else {
                face.size / 2.0 + 4.0
            };
            let place = places(face, (w, h), off, column, sizes).find(|it| obstacles.is_free(it));
            let Some(rect) = place else {
                continue;
            };
            let mut runs = Vec::new();
            block.place_field(label.field, rect.min.x + indent, rect.min.y, &mut runs);
            if !side {
                for run in &mut runs {
                    run.at.x += (w - run.width) / 2.0;
                }
            }
            obstacles.taken.push(rect);
            let corner = (rect.min.x, rect.min.y);
            let slot = || {
                self.shared
                    .number_widths
                    .slot(step.number_room, corner, label.role)
            };
            let number = side.then(slot);
            face.label = Some(FaceLabel { number, runs, rect });
        }
    }

    /// The words beside a face, of a branch with its number; `None` if there are none. `room` is the
    /// width of the label on the main line.
    fn label(
        &mut self,
        persona: usize,
        touchpoint: &Touchpoint,
        (mark, room): (&str, f32),
        branch: Option<&GridStep>,
    ) -> Option<Label> {
        let (map, sizes) = (self.map, self.text.sizes);
        let mut feelings = touchpoint.feelings.iter();
        let feeling = feelings.position(|f| persona_index(map, f) == persona && f.score.is_some());
        let emotion = feeling.map_or("", |at| touchpoint.feelings[at].emotion.as_str());
        let words = match (emotion, mark) {
            (emotion, "") => emotion.to_owned(),
            ("", mark) => mark.to_owned(),
            (emotion, mark) => format!("{emotion} · {mark}"),
        };
        let words = words.trim();
        if words.is_empty() && branch.is_none() {
            return None;
        }
        let style = match mark {
            "" => size::SMALL,
            _ => size::SMALL_STRONG,
        };
        let role = match map.personas().len() {
            0 | 1 => TextRole::Normal,
            _ => TextRole::Persona(u8::try_from(persona).unwrap_or(u8::MAX)),
        };
        // The number of a side branch stands in front of the first line.
        let indent = match (branch, words) {
            (Some(step), "") => step.number_room,
            (Some(step), _) => step.number_room + NUMBER_GAP,
            (None, _) => 0.0,
        };
        let room = match branch {
            Some(_) => 96.0 * width_ratio(sizes) - indent,
            None => room,
        };
        let block = self.text.block(words, style, role, room);
        Some(Label {
            block: block.truncate_to_lines(MAX_LINES, self.text.measure),
            field: feeling.map(|at| Field::Emotion(Field::index(at))),
            role,
            indent,
            line: sizes.text(style).size * size::LEADING,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{LaneContent, LayoutOptions, layout};
    use crate::model::{Map, arbitrary};
    use crate::text::FixedWidth;
    use crate::theme::Density;
    use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert, proptest};
    use std::fmt::Write as _;

    /// Maps of several personas that feel something nearly everywhere, also beside the main line.
    fn felt() -> impl Strategy<Value = Map> {
        let feelings = proptest::collection::vec((-20_i32..=20, 0_usize..5), 60);
        (1_usize..8, 1_usize..5, feelings).prop_map(|(personas, stages, feelings)| {
            let words = ["", "calm", "very worried indeed", "Wartezeitüberbrückung nervt", "ok"];
            let mut text = "(title: \"T\", personas: [".to_owned();
            for at in 0..personas {
                let _ = write!(text, "(id: \"p{at}\", name: \"P{at}\"),");
            }
            text += "], stages: [";
            let mut rolls = feelings.iter().cycle();
            for stage in 0..stages {
                let _ = write!(text, "(name: \"S{stage}\", touchpoints: [");
                for step in 0..4 {
                    let id = format!("t{stage}-{step}");
                    let _ = write!(text, "(id: \"{id}\", name: \"{id}\"");
                    if step == 1 {
                        let _ = write!(text, ", paths: [(to: \"t{stage}-2\", kind: failure)]");
                    }
                    text += ", feelings: [";
                    for persona in 0..personas {
                        let Some((score, word)) = rolls.next() else { break };
                        if *score == 20 {
                            continue;
                        }
                        let score = f64::from(*score) / 10.0;
                        let emotion = words[*word];
                        let _ = write!(
                            text,
                            "(persona: \"p{persona}\", score: {score:.1}, before: {:.1}, emotion: \"{emotion}\"),",
                            -score
                        );
                    }
                    text += "]),";
                }
                text += "]),";
            }
            text += "])";
            crate::format::read(text.as_bytes()).unwrap().map
        })
    }

    fn labels_are_apart(map: &Map, density: Density, front: usize) -> Result<(), String> {
        let front = map
            .personas()
            .as_slice()
            .get(front)
            .map(|persona| persona.id.clone());
        let options = LayoutOptions {
            density,
            front,
            ..LayoutOptions::default()
        };
        let layout = layout(map, &options, &mut FixedWidth);
        let bottom = lane_height(density.sizes());
        let (mut labels, mut faces, mut curve) = (Vec::new(), Vec::new(), Vec::new());
        for lane in &layout.lanes {
            for (part, stage) in lane.parts.iter().zip(&layout.stages) {
                let Some(LaneContent::Curve(curves)) = part.content.as_deref() else {
                    continue;
                };
                let by = pt(stage.x as f32, 0.0);
                for face in &curves.faces {
                    faces.push(Rect::centered_square(face.at, face.size).translate(by));
                    if let Some(label) = &face.label {
                        labels.push(label.rect.translate(by));
                    }
                }
                let full = |persona| !curves.is_rest_faint || persona == curves.front;
                for segment in curves.segments.iter().filter(|it| full(it.persona)) {
                    add_bounds(segment.points.map(|at| at + by), &mut curve);
                }
            }
        }
        for (at, label) in labels.iter().enumerate() {
            let label = label.grow(-1.0);
            let mut others = labels[..at].iter().chain(&faces).chain(&curve);
            if let Some(other) = others.find(|other| other.intersects(&label)) {
                return Err(format!("{label:?} lies over {other:?}"));
            }
            if label.min.y < 0.0 || label.max.y > bottom {
                return Err(format!("{label:?} leaves the lane"));
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn labels_cover_no_face_no_label_and_no_curve(map in felt(), front in 0_usize..8, compact in any::<bool>()) {
            let density = if compact { Density::Compact } else { Density::Comfortable };
            let found = labels_are_apart(&map, density, front);
            prop_assert!(found.is_ok(), "{found:?}");
        }

        #[test]
        fn labels_of_any_map_cover_nothing(map in arbitrary::map(), front in Just(0)) {
            let found = labels_are_apart(&map, Density::Comfortable, front);
            prop_assert!(found.is_ok(), "{found:?}");
        }
    }
}
