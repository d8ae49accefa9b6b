//! Focus regions of the window, visited by F6: toolbar, left panel, map, inspector,
//! status bar. Also the focus handling of the canvas.
//!
//! Must not know: what regions hold.

use crate::app::ui::style;
use crate::theme::Theme;
use egui::{
    Context, EventFilter, Id, LayerId, Rect, Response, Role, Stroke, StrokeKind, Ui, WidgetInfo,
};

/// A region of the window, in the order in which F6 visits them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Region {
    /// Toolbar.
    Bar,
    /// Left panel: outline, lanes, findings.
    Left,
    /// The map.
    Canvas,
    /// The inspector.
    Right,
    /// Status bar.
    Status,
}

/// Rectangles of the regions in this frame, and the canvas widget.
#[derive(Default)]
pub struct Regions {
    rects: Vec<(Region, Rect)>,
    /// The widget that shows the map.
    pub canvas: Option<Id>,
}

impl Regions {
    /// Clears the rectangles at the start of a frame.
    pub fn clear(&mut self) {
        self.rects.clear();
    }

    /// Sets the rectangle of a region.
    pub fn set(&mut self, region: Region, rect: Rect) {
        self.rects.push((region, rect));
        self.rects.sort_by_key(|(region, _)| *region);
    }

    /// Whether arrow keys move the selection on the map: no other widget has the focus.
    pub fn map_has_keyboard(&self, ctx: &Context) -> bool {
        let focused = ctx.memory(|memory| memory.focused());
        focused.is_none() || focused == self.canvas
    }

    /// Focuses the next (`on`) or previous region.
    pub fn focus_next(&self, ctx: &Context, on: bool) {
        let focused = ctx.memory(|memory| memory.focused());
        let focused = focused.and_then(|id| ctx.read_response(id));
        let here = focused.and_then(|response| {
            let at = response.rect.center();
            self.rects.iter().position(|(_, rect)| rect.contains(at))
        });
        let count = self.rects.len();
        let next = (1..=count).find_map(|step| {
            let at = match (here, on) {
                (Some(here), true) => (here + step) % count,
                (Some(here), false) => (here + count - step) % count,
                (None, true) => step - 1,
                (None, false) => count - step,
            };
            first_focusable_in(ctx, self.rects.get(at)?.1)
        });
        if let Some(next) = next {
            ctx.memory_mut(|memory| memory.request_focus(next));
        }
    }
}

/// First focusable widget in a part of the window.
pub(crate) fn first_focusable_in(ctx: &Context, region: Rect) -> Option<Id> {
    ctx.viewport(|viewport| {
        let mut widgets = viewport.this_pass.widgets.get_layer(LayerId::background());
        widgets
            .find(|widget| {
                widget.enabled
                    && widget.sense.is_focusable()
                    && widget.rect.is_positive()
                    && region.contains(widget.interact_rect.center())
                    && region.expand(1.0).contains_rect(widget.interact_rect)
            })
            .map(|widget| widget.id)
    })
}

/// Labels the canvas for assistive tools; while focused, it receives arrow keys and
/// Escape and has a focus frame.
pub fn show_canvas_focus(ui: &Ui, canvas: &Response, theme: &Theme) {
    canvas.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Map"));
    if !canvas.has_focus() {
        return;
    }
    let keys = EventFilter {
        tab: false,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, keys));
    let ring = Stroke::new(2.0, style::color(theme.accent));
    ui.painter()
        .rect_stroke(canvas.rect, 0.0, ring, StrokeKind::Inside);
}
