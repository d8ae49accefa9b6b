//! The screens of the computer.
//!
//! Must not know: what is shown on them.

use egui::{Pos2, Rect, vec2};

/// A screen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Monitor {
    /// Name of the connector or of the screen, as the system gives it.
    pub name: String,
    /// Position and size, in points of the window.
    pub rect: Rect,
    /// Whether the window is on it.
    pub has_window: bool,
}

impl Monitor {
    /// All screens, in the order in which the window system lists them.
    pub fn list(ctx: &egui::Context, frame: &eframe::Frame) -> Vec<Monitor> {
        let Some(window) = frame.winit_window() else {
            return Vec::new();
        };
        let current = window.current_monitor();
        let scale = ctx.pixels_per_point();
        let monitors = window.available_monitors().enumerate();
        monitors
            .map(|(at, monitor)| {
                let (corner, size) = (monitor.position(), monitor.size());
                let corner = Pos2::new(corner.x as f32, corner.y as f32) / scale;
                let size = vec2(size.width as f32, size.height as f32) / scale;
                Monitor {
                    name: monitor
                        .name()
                        .unwrap_or_else(|| format!("Screen {}", at + 1)),
                    rect: Rect::from_min_size(corner, size),
                    has_window: current.as_ref() == Some(&monitor),
                }
            })
            .collect()
    }
}
