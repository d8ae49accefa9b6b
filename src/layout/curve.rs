//! The curves of feelings.
//!
//! One curve a persona through the main line, by monotone cubic interpolation:
//! Fritsch and Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J.
//! Numer. Anal. 17 (1980). It never rises above or sinks below the data.

use super::block::{Block, Ink, Run};
use super::cell::persona_index;
use super::{Content, Shown, Stage};
use crate::geom::{Point, Rect, pt};
use crate::model::Score;
use crate::text::Measure;
use crate::theme::size;

/// All curves of the lane, with its scale.
#[derive(Clone, Debug)]
pub struct Curve {
    /// Whose curve is tinted and bears the moments of truth, by place in the
    /// list of personas: the first one that is drawn.
    pub main: usize,
    /// The line of neither good nor bad, relative to the top of the lane.
    pub neutral: f32,
    /// Labels of the scale: text relative to the left of the lane.
    pub scale: Vec<Run>,
    /// Smooth pieces between faces, a vector a stage (that of the left end).
    pub segments: Vec<Vec<Segment>>,
    /// Faces, a vector a stage.
    pub dots: Vec<Vec<Dot>>,
}

/// A piece of a curve from one face to the next, relative to stage and lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Whose curve, by place in the list of personas.
    pub persona: usize,
    /// The touchpoint at its left end.
    pub step: usize,
    /// Start, two control points, end.
    pub points: [Point; 4],
}

/// A face on a curve, relative to stage and lane.
#[derive(Clone, Debug)]
pub struct Dot {
    /// Whose feeling, by place in the list of personas.
    pub persona: usize,
    /// Index of the touchpoint.
    pub step: usize,
    /// How it feels.
    pub score: Score,
    /// The middle of the face.
    pub at: Point,
    /// Diameter of the face.
    pub size: f32,
    /// Heights of the states before and after, where known.
    pub before_after: (Option<f32>, Option<f32>),
    /// The named emotion, and whether it is a peak, a low or the end.
    pub label: Option<Label>,
}

/// A word beside a face.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its lines.
    pub runs: Vec<Run>,
    /// The box around them.
    pub rect: Rect,
}

/// Room above and below the scale for labels.
const AIR: f32 = 46.0;

impl Shown<'_> {
    pub(super) fn curves(&self, measure: &mut dyn Measure) -> (Content, f32) {
        let top = size::LANE_PAD + AIR;
        let neutral = top + size::TWO_POINTS;
        let y = |score: Score| neutral - score.tenths() as f32 / 20.0 * size::TWO_POINTS;
        let height = neutral + size::TWO_POINTS + AIR + size::LANE_PAD;

        let personas = self.map.personas().len().max(1);
        let drawn = self.drawn();
        let main = drawn.iter().position(Option::is_some).unwrap_or(0);
        let beside = drawn.iter().flatten().count().max(1);
        let mut dots: Vec<Vec<Dot>> = vec![Vec::new(); self.stages.len()];
        let mut lines: Vec<Vec<(f64, f32, usize)>> = vec![Vec::new(); personas];
        for (index, (step, touchpoint)) in self.steps.iter().zip(self.touchpoints).enumerate() {
            for feeling in &touchpoint.feelings {
                let Some(score) = feeling.score else { continue };
                let persona = persona_index(self.map, feeling);
                let Some(place) = drawn[persona] else {
                    continue;
                };
                let at = pt(
                    Stage::card_x(step.column) + face_x(place, beside, step.side),
                    y(score),
                );
                if !step.side {
                    let x = self.stages[step.stage].x + f64::from(at.x);
                    lines[persona].push((x, at.y, index));
                }
                dots[step.stage].push(Dot {
                    persona,
                    step: index,
                    score,
                    at,
                    size: if step.side {
                        size::FACE * 0.72
                    } else {
                        size::FACE
                    },
                    before_after: (feeling.before.map(y), feeling.after.map(y)),
                    label: None,
                });
            }
        }

        let mut segments = vec![Vec::new(); self.stages.len()];
        for (persona, line) in lines.iter().enumerate() {
            let slopes = slopes(line);
            for i in 1..line.len() {
                let [(x0, y0, step), (x1, y1, _)] = [line[i - 1], line[i]];
                let stage = self.steps[step].stage;
                let left = (x0 - self.stages[stage].x) as f32;
                let width = (x1 - x0) as f32;
                let third = width / 3.0;
                segments[stage].push(Segment {
                    persona,
                    step,
                    points: [
                        pt(left, y0),
                        pt(left + third, y0 + slopes[i - 1] * third),
                        pt(left + width - third, y1 - slopes[i] * third),
                        pt(left + width, y1),
                    ],
                });
            }
        }
        self.labels(&lines, main, &mut dots, measure);

        let mut scale = Vec::new();
        for (score, word) in [
            (Score::MAX, "delighted"),
            (Score::NEUTRAL, "neutral"),
            (Score::MIN, "awful"),
        ] {
            let block = Block::new(word, size::SMALL, Ink::Soft, size::TITLES, measure);
            block.place(14.0, y(score) - block.height() / 2.0, &mut scale);
        }
        let curve = Curve {
            main,
            neutral,
            scale,
            segments,
            dots,
        };
        (Content::Curves(Box::new(curve)), height)
    }

    /// The place of each persona among those whose curve is drawn; `None`: it is not.
    fn drawn(&self) -> Vec<Option<usize>> {
        let mut next = 0;
        let mut place = |shown: bool| {
            shown.then(|| {
                next += 1;
                next - 1
            })
        };
        if self.map.personas().is_empty() {
            return vec![place(true)];
        }
        let personas = self.map.personas().iter();
        personas
            .map(|p| place(!self.hidden_curves.contains(&p.id)))
            .collect()
    }

    /// Puts the word of each face where it covers no other face or word of its column.
    fn labels(
        &self,
        lines: &[Vec<(f64, f32, usize)>],
        main: usize,
        dots: &mut [Vec<Dot>],
        measure: &mut dyn Measure,
    ) {
        let marks = Marks::of(lines);
        for stage in dots {
            let mut taken: Vec<Rect> = stage
                .iter()
                .map(|d| Rect::around(d.at, d.size + 4.0))
                .collect();
            for (i, dot) in stage.iter_mut().enumerate() {
                let touchpoint = self.touchpoints[dot.step];
                let step = &self.steps[dot.step];
                let emotion = touchpoint
                    .feelings
                    .iter()
                    .find(|f| persona_index(self.map, f) == dot.persona && f.score.is_some())
                    .map_or("", |f| f.emotion.as_str());
                let mark = if step.side {
                    ""
                } else {
                    marks.word(dot.persona, dot.step)
                };
                let mut words = emotion.to_owned();
                if !mark.is_empty() {
                    words = match emotion {
                        "" => mark.to_owned(),
                        _ => format!("{emotion} · {mark}"),
                    };
                }
                if step.side {
                    words = format!("{} {words}", step.number);
                }
                let words = words.trim();
                if words.is_empty() {
                    continue;
                }
                let style = if mark.is_empty() {
                    size::SMALL
                } else {
                    size::SMALL_STRONG
                };
                let ink = if self.map.personas().len() > 1 {
                    Ink::Persona(dot.persona)
                } else {
                    Ink::Normal
                };
                let room = if step.side { 96.0 } else { 150.0 };
                let block = Block::new(words, style, ink, room, measure);
                let (w, h) = (block.width(), block.height());
                let mut off = dot.size / 2.0 + 4.0;
                if touchpoint.moment_of_truth && dot.persona == main && !step.side {
                    // The diamond reaches further out than the face.
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
                        .all(|(k, t)| k == i || !t.touches(&r.grow(-1.0)))
                });
                let Some(rect) = free else { continue };
                let mut runs = Vec::new();
                block.place(rect.min.x, rect.min.y, &mut runs);
                for run in &mut runs {
                    run.at.x += (w - run.width) / 2.0;
                }
                taken.push(*rect);
                dot.label = Some(Label { runs, rect: *rect });
            }
        }
    }
}

/// Where a persona's face stands in a column, from the left edge of the card:
/// personas side by side, so that like feelings do not hide each other, and
/// branches beside their main step.
fn face_x(persona: usize, personas: usize, side: bool) -> f32 {
    let first = match personas {
        1 => 84.0,
        2 => 58.0,
        _ => 34.0,
    };
    let beside = size::FACE + 4.0;
    if side {
        first + personas as f32 * beside + 18.0 + persona as f32 * 25.0
    } else {
        first + persona as f32 * beside
    }
}

/// Slopes at the points of a monotone cubic through them; 0 at every turn and at both ends
/// of a level stretch.
fn slopes(line: &[(f64, f32, usize)]) -> Vec<f32> {
    let mut slopes = vec![0.0; line.len()];
    for (slope, at) in slopes.iter_mut().skip(1).zip(line.windows(3)) {
        let secant = |a: (f64, f32, usize), b: (f64, f32, usize)| (b.1 - a.1) / (b.0 - a.0) as f32;
        let (before, after) = (secant(at[0], at[1]), secant(at[1], at[2]));
        if before * after > 0.0 {
            // The harmonic mean keeps within the region that Fritsch and Carlson prove monotone.
            *slope = 2.0 * before * after / (before + after);
        }
    }
    slopes
}

/// Which touchpoint is a persona's peak, low and end.
struct Marks(Vec<[Option<usize>; 3]>);

impl Marks {
    fn of(lines: &[Vec<(f64, f32, usize)>]) -> Marks {
        let of_line = |line: &Vec<(f64, f32, usize)>| {
            if line.len() < 3 {
                return [None; 3];
            }
            let peak = line.iter().min_by(|a, b| a.1.total_cmp(&b.1)).map(|p| p.2);
            let low = line.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|p| p.2);
            [peak, low, line.last().map(|p| p.2)]
        };
        Marks(lines.iter().map(of_line).collect())
    }

    fn word(&self, persona: usize, step: usize) -> &'static str {
        let [peak, low, end] = self.0[persona];
        match step {
            s if Some(s) == peak && Some(s) == end => "peak, end",
            s if Some(s) == low && Some(s) == end => "low, end",
            s if Some(s) == peak => "peak",
            s if Some(s) == low => "low",
            s if Some(s) == end => "end",
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{Strategy, prop_assert, proptest};

    fn line() -> impl Strategy<Value = Vec<(f64, f32, usize)>> {
        proptest::collection::vec((1_u32..400, -20_i32..=20), 2..30).prop_map(|steps| {
            let mut x = 0.0;
            steps
                .into_iter()
                .enumerate()
                .map(|(i, (dx, score))| {
                    x += f64::from(dx);
                    (x, score as f32, i)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn the_curve_never_overshoots(line in line()) {
            let slopes = slopes(&line);
            for i in 1..line.len() {
                let (y0, y1) = (line[i - 1].1, line[i].1);
                let third = (line[i].0 - line[i - 1].0) as f32 / 3.0;
                let (c0, c1) = (y0 + slopes[i - 1] * third, y1 - slopes[i] * third);
                for step in 0..=40 {
                    let t = step as f32 / 40.0;
                    let u = 1.0 - t;
                    let y = u * u * u * y0 + 3.0 * u * u * t * c0 + 3.0 * u * t * t * c1 + t * t * t * y1;
                    prop_assert!(y >= y0.min(y1) - 0.001 && y <= y0.max(y1) + 0.001);
                }
            }
        }
    }
}
