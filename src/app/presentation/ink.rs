//! Lines drawn with the pointer over the map, which fade.
//!
//! Must not know: the map, routes.

use egui::{Color32, Pos2, Response, Shape, Stroke, Ui};

/// Time for which a line stays as it is, in seconds.
const STAYS: f64 = 4.0;
/// Time in which it fades then, in seconds.
const FADES: f64 = 2.0;
/// Width of a line, in points.
const WIDTH: f32 = 5.0;

/// A line.
struct InkLine {
    points: Vec<Pos2>,
    /// Time of its last point.
    drawn: f64,
}

/// The lines that have not faded.
#[derive(Default)]
pub(super) struct Ink {
    lines: Vec<InkLine>,
    /// Whether the last line goes on.
    is_drawing: bool,
}

impl Ink {
    /// Number of lines that are visible.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Removes all lines.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.is_drawing = false;
    }

    /// Draws on while the pointer is pressed.
    pub fn draw(&mut self, response: &Response, now: f64) {
        let at = response.interact_pointer_pos();
        let Some(at) = at.filter(|_| response.dragged()) else {
            self.is_drawing = false;
            return;
        };
        if !std::mem::replace(&mut self.is_drawing, true) {
            self.lines.push(InkLine {
                points: Vec::new(),
                drawn: now,
            });
        }
        if let Some(line) = self.lines.last_mut() {
            line.drawn = now;
            if line
                .points
                .last()
                .is_none_or(|last| last.distance(at) > 1.0)
            {
                line.points.push(at);
            }
        }
    }

    /// Paints the lines and removes those that have faded.
    pub fn paint(&mut self, ui: &Ui, color: Color32, now: f64) {
        self.lines.retain(|line| now - line.drawn < STAYS + FADES);
        let mut next = f64::INFINITY;
        for line in &self.lines {
            let age = now - line.drawn;
            let left = ((STAYS + FADES - age) / FADES).clamp(0.0, 1.0) as f32;
            let stroke = Stroke::new(WIDTH, color.gamma_multiply(left));
            ui.painter().add(Shape::line(line.points.clone(), stroke));
            next = next.min(if age < STAYS { STAYS - age } else { 0.0 });
        }
        if next.is_finite() {
            let wait = std::time::Duration::from_secs_f64(next.max(1.0 / 60.0));
            ui.ctx().request_repaint_after(wait);
        }
    }
}
