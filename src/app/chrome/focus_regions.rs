//! F6 goes from one region of the window to the next: bar, left panel, map,
//! inspector, status line. Also: what the map needs to have the focus.
//!
//! Must not know: what regions hold.

use crate::app::app::App;
use crate::app::ui::style;
use crate::theme::Theme;
use egui::{Context, EventFilter, Id, LayerId, Rect, Response, Role, StrokeKind, Ui, WidgetInfo};

/// A region of the window, in the order in which F6 visits them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Region {
    /// The bar on top.
    Bar,
    /// Outline, lanes, findings.
    Left,
    /// The map.
    Canvas,
    /// The inspector.
    Right,
    /// The line at the bottom.
    Status,
}

/// Where regions are in this frame, and which widget is the map.
#[derive(Default)]
pub struct Regions {
    places: Vec<(Region, Rect)>,
    /// The widget that shows the map.
    pub canvas: Option<Id>,
}

impl Regions {
    /// Begins a frame: nothing is shown yet.
    pub fn clear(&mut self) {
        self.places.clear();
    }

    /// Says where a region is.
    pub fn put(&mut self, region: Region, rect: Rect) {
        self.places.push((region, rect));
        self.places.sort_by_key(|(region, _)| *region);
    }

    /// Whether arrows walk the map: nothing else has the focus.
    pub fn walking(&self, ctx: &Context) -> bool {
        let focused = ctx.memory(|memory| memory.focused());
        focused.is_none() || focused == self.canvas
    }

    /// The widget that gets the focus one region further on or back.
    fn next(&self, ctx: &Context, on: bool) -> Option<Id> {
        let focused = ctx.memory(|memory| memory.focused());
        let middle = focused
            .and_then(|id| ctx.read_response(id))
            .map(|response| response.rect.center());
        let here = middle.and_then(|at| self.places.iter().position(|(_, r)| r.contains(at)));
        let count = self.places.len();
        (1..=count).find_map(|step| {
            let at = match (here, on) {
                (Some(here), true) => (here + step) % count,
                (Some(here), false) => (here + count - step) % count,
                (None, true) => step - 1,
                (None, false) => count - step,
            };
            first_in(ctx, self.places.get(at)?.1)
        })
    }
}

/// The first widget in a part of the window that can have the focus.
pub(crate) fn first_in(ctx: &Context, region: Rect) -> Option<Id> {
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

impl App {
    /// Goes to the next or the former region.
    pub(crate) fn go_to_region(&mut self, ctx: &Context, on: bool) {
        if let Some(next) = self.regions.next(ctx, on) {
            ctx.memory_mut(|memory| memory.request_focus(next));
        }
    }
}

/// Names the map for assistive tools, lets it keep arrows and Escape while it has the focus, and shows that it has.
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
    ui.painter().rect_stroke(
        canvas.rect,
        0.0,
        (2.0, style::color(theme.accent)),
        StrokeKind::Inside,
    );
}
