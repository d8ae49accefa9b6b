//! A place on the canvas where something can be added: an outline or a plus, and the click on it.
//!
//! Must not know: where such places are, and what is added.

use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::describe;
use crate::app::ui::style;
use crate::model::ObjectRef;
use crate::theme::{Color, Theme, size};
use egui::{
    Align2, CursorIcon, Id, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    vec2,
};

/// Side of the area of a plus, and radius of its disc, in points.
pub(super) const PLUS_SIZE: f32 = 24.0;
pub(super) const PLUS_RADIUS: f32 = 8.0;

/// Appearance of a place.
pub(super) enum Look {
    /// An outline with words, where a stage or a touchpoint comes.
    Outline(&'static str),
    /// A plus in a disc.
    Plus,
    /// A plus in the color of the persona whose feeling comes there.
    Feeling(Color),
}

/// A place where something can be added.
pub(super) struct AddPlace {
    pub(super) rect: Rect,
    pub(super) look: Look,
    /// Name for assistive tools.
    pub(super) name: String,
    /// Explanation on hover.
    pub(super) tip: String,
    /// Whether Tab reaches it; keys reach the others.
    pub(super) in_tab_order: bool,
    pub(super) actions: Vec<UiAction>,
}

/// Actions that select an object and run a command.
pub(super) fn selecting(object: ObjectRef, then: CommandId) -> Vec<UiAction> {
    let select = UiAction::Select {
        selection: object.into(),
        reveal: false,
    };
    vec![select, UiAction::RunCommand(then)]
}

impl AddPlace {
    /// Shows the place inside the canvas, and adds there what belongs there on a click.
    pub(super) fn show(self, ui: &Ui, cx: &mut FrameCx<'_>, clip: Rect, id: Id) {
        let rect = self.rect.intersect(clip);
        if !rect.is_positive() || !clip.contains(self.rect.center()) {
            return;
        }
        let sense = if self.in_tab_order {
            Sense::click()
        } else {
            Sense::CLICK
        };
        let response = ui.interact(rect, id, sense);
        describe(&response, Role::Button, None, &self.name);
        self.paint(&ui.painter_at(clip), ui, cx.theme, &response);
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response.on_hover_text(&self.tip).clicked() {
            cx.actions.extend(self.actions);
        }
    }

    fn paint(&self, painter: &Painter, ui: &Ui, theme: &Theme, response: &Response) {
        let is_lit = response.hovered() || response.has_focus();
        let quiet = match self.look {
            Look::Feeling(color) => color,
            _ => theme.ink_soft,
        };
        let (ground, accent) = (style::color(theme.card), style::color(theme.accent));
        let tint = if is_lit { accent } else { style::color(quiet) };
        let center = self.rect.center();
        let Look::Outline(words) = self.look else {
            let fill = if is_lit { accent } else { ground };
            let ink = if is_lit { ground } else { tint };
            painter.circle(center, PLUS_RADIUS, fill, Stroke::new(1.2, tint));
            paint_plus(painter, center, 3.5, ink);
            return;
        };
        let rect = self.rect.shrink(1.0);
        if is_lit {
            let fill = accent.gamma_multiply(0.06);
            painter.rect(rect, size::RADIUS, fill, Stroke::NONE, StrokeKind::Inside);
        }
        style::dashed_rect(painter, rect, Stroke::new(1.3, tint), 5.0, 4.0);
        let mut font = style::body_font(ui);
        let full = painter.layout_no_wrap(words.to_owned(), font.clone(), tint);
        // Small cards have smaller words.
        font.size *= ((rect.width() - 36.0) / full.size().x).clamp(0.3, 1.0);
        let words = painter.layout_no_wrap(words.to_owned(), font, tint);
        let line = Align2::CENTER_CENTER.anchor_size(center + vec2(8.0, 0.0), words.size());
        paint_plus(painter, line.left_center() - vec2(12.0, 0.0), 4.5, tint);
        painter.galley(line.min, words, tint);
    }
}

fn paint_plus(painter: &Painter, center: Pos2, arm: f32, tint: egui::Color32) {
    let stroke = Stroke::new(1.6, tint);
    painter.hline(center.x - arm..=center.x + arm, center.y, stroke);
    painter.vline(center.x, center.y - arm..=center.y + arm, stroke);
}
