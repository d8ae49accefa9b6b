//! Outlines over the map for selected and focused subjects and drop targets; not exported.
//!
//! Must not know: the reasons for a selection.

use super::item_painter::color32;
use super::spatial_index::Viewport;
use crate::scene::{ObjectId, Pin, Scene};
use crate::theme::Color;
use egui::{CornerRadius, Stroke, StrokeKind};
use rustc_hash::FxHashMap;

/// Kinds of outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OverlayKind {
    /// The subject is selected.
    Selected,
    /// The subject has the keyboard focus; a second ring around the outline.
    Focused,
    /// The subject is the one that a walk is at; outlined around what hangs over its edges.
    Current,
    /// The subject is a drop target.
    Target,
}

/// Outlines by subject; a map, because thousands of subjects may be selected.
pub(super) type Outlines<'a> = FxHashMap<&'a ObjectId, Vec<OverlayKind>>;

/// Draws the outlines of the visible subjects.
pub(super) fn draw(
    painter: &egui::Painter,
    scene: &Scene,
    view: &Viewport,
    visible: &[u32],
    overlay: &Outlines<'_>,
    accent: Color,
) {
    if overlay.is_empty() {
        return;
    }
    let color = color32(accent, 1.0);
    for number in visible {
        let Some(group) = scene.groups.get(*number as usize) else {
            continue;
        };
        // Subjects below the pinned stage band must not show through.
        let painter = match group.pin {
            Pin::None => painter.with_clip_rect(view.free.intersect(painter.clip_rect())),
            Pin::Top | Pin::Left | Pin::Corner | Pin::Along { .. } => painter.clone(),
        };
        for subject in &group.content.objects {
            if subject.area.min.x > subject.area.max.x {
                continue;
            }
            for kind in overlay.get(&subject.id).into_iter().flatten() {
                let rect = view.on_screen(group, &subject.area);
                let radius =
                    (crate::theme::size::RADIUS * (view.scale as f32) / view.ppp).clamp(2.0, 200.0);
                let (grow, width, strength, fill) = match kind {
                    OverlayKind::Selected => (2.0, 2.5, 1.0, 0.07),
                    OverlayKind::Focused => (6.0, 1.5, 0.8, 0.0),
                    OverlayKind::Current => (14.0, 2.5, 1.0, 0.0),
                    OverlayKind::Target => (2.0, 2.5, 0.9, 0.16),
                };
                let rect = rect.expand(grow);
                let corner = CornerRadius::same((radius + grow).round() as u8);
                painter.rect(
                    rect,
                    corner,
                    color.gamma_multiply(fill),
                    Stroke::new(width, color.gamma_multiply(strength)),
                    StrokeKind::Middle,
                );
            }
        }
    }
}
