//! The curves of feelings.
//!
//! One curve a persona through the main line, by monotone cubic interpolation:
//! Fritsch and Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J.
//! Numer. Anal. 17 (1980). It never rises above or sinks below the data.

use super::Shown;
use super::block::{self, Block, Ink, Run};
use super::draft::persona_index;
use super::place::Step;
use super::stage::Stage;
use crate::geom::{Point, Rect, pt};
use crate::model::{Map, PersonaId, Said, Score, Touchpoint};
use crate::text::Measure;
use crate::theme::{Sizes, size};
use std::collections::BTreeSet;

/// The scale of the lane.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The line of neither good nor bad, relative to the top of the lane.
    pub neutral: f32,
    /// Labels of the scale: text relative to the left of the lane.
    pub runs: Vec<Run>,
}

/// The curves of one stage.
#[derive(Clone, Debug, Default)]
pub struct Curve {
    /// Whose curve is tinted and bears the moments of truth, by place in the
    /// list of personas: the first one that is drawn.
    pub main: usize,
    /// Smooth pieces between faces; that to the next stage belongs to its left end.
    pub segments: Vec<Segment>,
    /// Faces.
    pub dots: Vec<Dot>,
}

/// A piece of a curve from one face to the next, relative to stage and lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Whose curve, by place in the list of personas.
    pub persona: usize,
    /// The touchpoint at its left end, by place in its stage.
    pub step: usize,
    /// Start, two control points, end.
    pub points: [Point; 4],
}

/// A face on a curve, relative to stage and lane.
#[derive(Clone, Debug)]
pub struct Dot {
    /// Whose feeling, by place in the list of personas.
    pub persona: usize,
    /// Place of the touchpoint in its stage.
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

/// A face on the main line: x relative to its stage, y to the lane, place in the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    x: f32,
    y: f32,
    step: usize,
}

/// Whose curves are drawn.
#[derive(Debug)]
pub(super) struct Drawn {
    /// The place of each persona among those that are drawn.
    places: Vec<Option<usize>>,
    /// How many are drawn, at least one.
    count: usize,
    /// The first one that is drawn, by place in the list of personas.
    main: usize,
}

impl Drawn {
    pub fn of(map: &Map, hidden: &BTreeSet<PersonaId>) -> Drawn {
        let mut places = Vec::with_capacity(map.personas().len());
        let mut next = 0;
        for persona in map.personas() {
            let shown = !hidden.contains(&persona.id);
            places.push(shown.then_some(next));
            next += usize::from(shown);
        }
        if places.is_empty() {
            // Nobody is named: it is simply the customer.
            places.push(Some(0));
        }
        Drawn {
            main: places.iter().position(Option::is_some).unwrap_or(0),
            count: next.max(1),
            places,
        }
    }

    fn place(&self, persona: usize) -> Option<usize> {
        self.places.get(persona).copied().flatten()
    }
}

/// The faces of each persona on the main line of one stage.
#[derive(Clone, Debug, Default)]
pub(super) struct Spots(Vec<Vec<Spot>>);

/// What the faces of one persona in one stage say to the curve in other stages.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Course {
    count: u32,
    first: [Option<Spot>; 2],
    last: Option<Spot>,
    peak: Option<Spot>,
    low: Option<Spot>,
}

/// What the curve of one persona in one stage takes from the other stages; x
/// relative to this stage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Around {
    /// The last face before.
    before: Option<(f64, f32)>,
    /// The next two faces.
    after: [Option<(f64, f32)>; 2],
    /// The places in this stage of the peak, the low and the end of the whole curve.
    marks: [Option<usize>; 3],
}

/// The line of neither good nor bad.
fn neutral(sizes: &Sizes) -> f32 {
    sizes.lane_pad + sizes.curve_air + sizes.two_points
}

/// Height of the lane.
pub(super) fn height(sizes: &Sizes) -> f32 {
    2.0 * neutral(sizes)
}

/// Where what is felt in a stage ends: at the top where nothing is.
pub(super) fn bottom(touchpoints: &[Touchpoint], sizes: &Sizes) -> f32 {
    let mut feelings = touchpoints.iter().flat_map(|t| &t.feelings);
    match feelings.any(|feeling| feeling.score.is_some()) {
        true => height(sizes),
        false => 0.0,
    }
}

fn y(score: Score, sizes: &Sizes) -> f32 {
    neutral(sizes) - score.tenths() as f32 / 20.0 * sizes.two_points
}

impl Spots {
    pub fn of(shown: &Shown<'_>, touchpoints: &[Touchpoint], steps: &[Step]) -> Spots {
        let (map, drawn) = (shown.map, &shown.common.drawn);
        let face_x = |place, side| face_x(place, drawn.count, side, shown.sizes);
        let mut spots = vec![Vec::new(); map.personas().len().max(1)];
        for (index, (step, touchpoint)) in steps.iter().zip(touchpoints).enumerate() {
            for feeling in touchpoint.feelings.iter().filter(|_| !step.side) {
                if let Some(score) = feeling.score {
                    let persona = persona_index(map, feeling);
                    let Some(place) = drawn.place(persona) else {
                        continue;
                    };
                    spots[persona].push(Spot {
                        x: shown.sizes.card_x(step.column) + face_x(place, false),
                        y: y(score, shown.sizes),
                        step: index,
                    });
                }
            }
        }
        Spots(spots)
    }

    /// What they say to other stages, persona by persona.
    pub fn courses(&self) -> impl Iterator<Item = Course> + '_ {
        self.0.iter().map(|line| Course::of(line))
    }
}

impl Course {
    fn of(line: &[Spot]) -> Course {
        let mut course = Course {
            count: line.len() as u32,
            first: [line.first().copied(), line.get(1).copied()],
            last: line.last().copied(),
            ..Course::default()
        };
        for spot in line {
            course.mark(Some(*spot), Some(*spot));
        }
        course
    }

    /// Of equal peaks the first counts, of equal lows the last. Whether each is a new one.
    fn mark(&mut self, peak: Option<Spot>, low: Option<Spot>) -> [bool; 2] {
        let higher = |spot: &Spot| self.peak.is_none_or(|peak| spot.y < peak.y);
        let lower = |spot: &Spot| self.low.is_none_or(|low| spot.y >= low.y);
        let (peak, low) = (peak.filter(higher), low.filter(lower));
        self.peak = peak.or(self.peak);
        self.low = low.or(self.low);
        [peak.is_some(), low.is_some()]
    }
}

/// What curves say from stage to stage; stage by stage, in each persona by persona.
#[derive(Clone, Debug, Default)]
pub(super) struct Between {
    personas: usize,
    courses: Vec<Course>,
    around: Vec<Around>,
    /// What `around` was in the layout before.
    former: Vec<Around>,
}

impl Between {
    /// Follows the stages, which stand in the same order as before where they
    /// stand still.
    pub fn follow(&mut self, stages: &[Stage], still: bool, personas: usize) {
        self.personas = personas;
        if still {
            let rows = self.courses.chunks_exact_mut(personas);
            for (stage, row) in stages.iter().zip(rows).filter(|(s, _)| s.band_fresh) {
                let courses = row.iter_mut().zip(stage.spots.courses());
                courses.for_each(|(course, new)| *course = new);
            }
        } else {
            self.courses.clear();
            let courses = stages.iter().flat_map(|stage| stage.spots.courses());
            self.courses.extend(courses);
        }
        std::mem::swap(&mut self.around, &mut self.former);
        self.around.clear();
        self.around.resize(self.courses.len(), Around::default());
        let xs: Vec<f64> = stages.iter().map(|stage| stage.x).collect();
        for persona in 0..personas {
            self.look_around(persona, &xs);
        }
    }

    /// What the curves in a stage take from the others, persona by persona, and
    /// whether that is another thing than where the stage was before.
    pub fn at(&self, stage: usize, was: Option<usize>) -> (&[Around], bool) {
        let row = |k: usize| k * self.personas..(k + 1) * self.personas;
        let around = &self.around[row(stage)];
        let former = was.and_then(|was| self.former.get(row(was)));
        (around, former != Some(around))
    }

    fn look_around(&mut self, persona: usize, xs: &[f64]) {
        let (courses, around) = (&self.courses, &mut self.around);
        let every = || (persona..courses.len()).step_by(self.personas).zip(xs);
        let mut before = None;
        let mut whole = Course::default();
        let mut marks = [None; 3];
        for (at, x) in every() {
            let course = &courses[at];
            around[at].before = before.map(|(left, y): (f64, f32)| (left - x, y));
            let [peak, low] = whole.mark(course.peak, course.low);
            whole.count += course.count;
            for (mark, new) in marks.iter_mut().zip([peak, low, course.count > 0]) {
                if new {
                    *mark = Some(at);
                }
            }
            if let Some(spot) = course.last {
                whole.last = Some(spot);
                before = Some((x + f64::from(spot.x), spot.y));
            }
        }
        let mut after: [Option<(f64, f32)>; 2] = [None; 2];
        for (at, x) in every().rev() {
            around[at].after = after.map(|face| face.map(|(right, y)| (right - x, y)));
            for spot in courses[at].first.iter().rev().flatten() {
                after = [Some((x + f64::from(spot.x), spot.y)), after[0]];
            }
        }
        if whole.count >= 3 {
            let found = [whole.peak, whole.low, whole.last];
            for (mark, (at, spot)) in marks.into_iter().zip(found).enumerate() {
                if let (Some(at), Some(spot)) = (at, spot) {
                    around[at].marks[mark] = Some(spot.step);
                }
            }
        }
    }
}

impl Around {
    /// What a face is on the whole curve.
    fn word(&self, step: usize) -> &'static str {
        let [peak, low, end] = self.marks;
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

/// The scale of the lane.
pub(super) fn scale(sizes: &Sizes, measure: &mut dyn Measure) -> Scale {
    let style = sizes.text(size::SMALL);
    let mut runs = Vec::new();
    for (score, word) in [
        (Score::MAX, "delighted"),
        (Score::NEUTRAL, "neutral"),
        (Score::MIN, "awful"),
    ] {
        let block = Block::new(word, style, Ink::Soft, sizes.titles, measure);
        block.place(14.0, y(score, sizes) - block.height() / 2.0, &mut runs);
    }
    Scale {
        neutral: neutral(sizes),
        runs,
    }
}

impl Shown<'_> {
    /// The curves in one stage; `around` persona by persona.
    pub(super) fn curve(
        &self,
        stage: &Stage,
        around: &[Around],
        touchpoints: &[Touchpoint],
        measure: &mut dyn Measure,
    ) -> Curve {
        let (drawn, sizes) = (&self.common.drawn, self.sizes);
        let mut dots = Vec::new();
        for (index, (step, touchpoint)) in stage.steps().iter().zip(touchpoints).enumerate() {
            for feeling in &touchpoint.feelings {
                let Some(score) = feeling.score else { continue };
                let persona = persona_index(self.map, feeling);
                let Some(place) = drawn.place(persona) else {
                    continue;
                };
                let x = sizes.card_x(step.column) + face_x(place, drawn.count, step.side, sizes);
                dots.push(Dot {
                    persona,
                    step: index,
                    score,
                    at: pt(x, y(score, sizes)),
                    size: if step.side {
                        sizes.face * 0.72
                    } else {
                        sizes.face
                    },
                    before_after: (
                        feeling.before.map(|score| y(score, sizes)),
                        feeling.after.map(|score| y(score, sizes)),
                    ),
                    label: None,
                });
            }
        }
        let mut segments = Vec::new();
        for (persona, (spots, around)) in stage.spots.0.iter().zip(around).enumerate() {
            segments_of(persona, spots, around, &mut segments);
        }
        self.labels(stage, around, touchpoints, &mut dots, measure);
        Curve {
            main: drawn.main,
            segments,
            dots,
        }
    }

    /// Puts the word of each face where it covers no other face or word of its stage.
    fn labels(
        &self,
        stage: &Stage,
        around: &[Around],
        touchpoints: &[Touchpoint],
        dots: &mut [Dot],
        measure: &mut dyn Measure,
    ) {
        let mut taken: Vec<Rect> = dots
            .iter()
            .map(|d| Rect::around(d.at, d.size + 4.0))
            .collect();
        for (i, dot) in dots.iter_mut().enumerate() {
            let touchpoint = &touchpoints[dot.step];
            let step = &stage.steps()[dot.step];
            let feeling = touchpoint
                .feelings
                .iter()
                .position(|f| persona_index(self.map, f) == dot.persona && f.score.is_some());
            let emotion = feeling.map_or("", |at| touchpoint.feelings[at].emotion.as_str());
            let mark = if step.side {
                ""
            } else {
                around.get(dot.persona).map_or("", |a| a.word(dot.step))
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
            let style = self.sizes.text(match mark {
                "" => size::SMALL,
                _ => size::SMALL_STRONG,
            });
            let ink = if self.map.personas().len() > 1 {
                Ink::Persona(u8::try_from(dot.persona).unwrap_or(u8::MAX))
            } else {
                Ink::Normal
            };
            let room = if step.side { 96.0 } else { 150.0 };
            let room = room * narrower(self.sizes);
            let block = Block::new(words, style, ink, room, measure);
            let (w, h) = (block.width(), block.height());
            let mut off = dot.size / 2.0 + 4.0;
            if touchpoint.moment_of_truth && dot.persona == self.common.drawn.main && !step.side {
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
            if let Some(at) = feeling.and_then(Said::place) {
                block::mark(&mut runs, Said::Emotion(at));
            }
            for run in &mut runs {
                run.at.x += (w - run.width) / 2.0;
            }
            taken.push(*rect);
            dot.label = Some(Label { runs, rect: *rect });
        }
    }
}

/// How narrow a card is beside one of the comfortable density.
fn narrower(sizes: &Sizes) -> f32 {
    sizes.card / size::CARD
}

/// Where a persona's face stands in a column, from the left edge of the card:
/// personas side by side, so that like feelings do not hide each other, and
/// branches beside their main step.
fn face_x(persona: usize, personas: usize, side: bool, sizes: &Sizes) -> f32 {
    let first = match personas {
        1 => 84.0,
        2 => 58.0,
        _ => 34.0,
    };
    let first = first * narrower(sizes);
    let beside = sizes.face + 4.0;
    if side {
        let (apart, next) = (sizes.face * 0.6, sizes.face * 25.0 / 30.0);
        first + personas as f32 * beside + apart + persona as f32 * next
    } else {
        first + persona as f32 * beside
    }
}

/// The pieces of one persona's curve that begin in a stage.
fn segments_of(persona: usize, spots: &[Spot], around: &Around, out: &mut Vec<Segment>) {
    let known = |at: (f64, f32)| (at.0, at.1, 0);
    let own = spots.iter().map(|s| (f64::from(s.x), s.y, s.step));
    let mut line: Vec<(f64, f32, usize)> = around.before.map(known).into_iter().collect();
    let first = line.len();
    line.extend(own);
    line.extend(around.after.iter().flatten().map(|at| known(*at)));
    let slopes = slopes(&line);
    for i in first..first + spots.len() {
        let (Some((x0, y0, step)), Some((x1, y1, _))) = (line.get(i), line.get(i + 1)) else {
            continue;
        };
        let left = *x0 as f32;
        let width = (x1 - x0) as f32;
        let third = width / 3.0;
        out.push(Segment {
            persona,
            step: *step,
            points: [
                pt(left, *y0),
                pt(left + third, y0 + slopes[i] * third),
                pt(left + width - third, y1 - slopes[i + 1] * third),
                pt(left + width, *y1),
            ],
        });
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
