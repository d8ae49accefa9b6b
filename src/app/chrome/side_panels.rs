//! Side panels, and the data they are given.
//!
//! Must not know: what panels show.

use super::focus_regions;
use super::focus_regions::Region;
use crate::app::app::App;
use crate::app::command::action::PanelContext;
use crate::app::document::Document;
use crate::app::panels;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::insight::Findings;
use crate::render::View;
use crate::settings::today;
use egui::{Frame, Margin, Panel, Rect, Ui};
use std::sync::Arc;
use std::time::Duration;

/// Page of the left panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeftPage {
    /// Outline of stages and touchpoints.
    #[default]
    Outline,
    /// Visibility and order of lanes.
    Lanes,
    /// Personas, departments, channels and environments.
    Entities,
    /// Findings of the checks.
    Findings,
    /// Values that can be assigned to touchpoints.
    Assign,
    /// Undo history.
    History,
}

/// State of the side panels.
pub struct SidePanels {
    /// Selected page.
    pub page: LeftPage,
    focus_name: bool,
    /// Whether the left page gets the focus once shown.
    focus_page: bool,
    /// Rectangle of the left page in the last frame.
    page_rect: Rect,
    /// Document key and revision seen last, and the time since when.
    last_change: (u64, u64, f64),
}

impl Default for SidePanels {
    fn default() -> SidePanels {
        SidePanels {
            page: LeftPage::default(),
            focus_name: false,
            focus_page: false,
            page_rect: Rect::NOTHING,
            last_change: (0, 0, 0.0),
        }
    }
}

/// Time without changes after which the checks run, in seconds.
pub(crate) const REST_SECONDS: f64 = 0.3;

impl SidePanels {
    /// Focuses the name field of the inspector in the next frame.
    pub fn focus_name(&mut self) {
        self.focus_name = true;
    }

    /// Returns the findings; if only their number is needed (not `listed`), they are
    /// updated once the map has been unchanged for a moment. `None` in the first frame
    /// of a map, which must not be delayed.
    pub(crate) fn findings(
        &mut self,
        ctx: &egui::Context,
        document: &mut Document,
        listed: bool,
    ) -> Option<Arc<Findings>> {
        let (key, revision) = (document.key, document.session.revision());
        let now = ctx.input(|input| input.time);
        let first = self.last_change.0 != key;
        if (self.last_change.0, self.last_change.1) != (key, revision) {
            self.last_change = (key, revision, now);
        }
        if first {
            ctx.request_repaint();
            return None;
        }
        let rest = self.last_change.2 + REST_SECONDS - now;
        let changing = rest > 0.0 && !listed;
        let (findings, fresh) = document.session.latest_findings(today(), changing);
        if !fresh {
            ctx.request_repaint_after(Duration::from_secs_f64(rest.max(0.0)));
        }
        Some(findings)
    }
}

impl App {
    /// Shows the left panel, if open.
    pub(crate) fn show_left(&mut self, ui: &mut Ui) {
        if !self.settings.preferences.outline {
            return;
        }
        let mut page = self.chrome.side_panels.page;
        let room = ui.available_width();
        let frame = self.side_frame();
        let ctx = ui.ctx().clone();
        let listed = self.document().is_some_and(|d| d.view == View::Findings);
        let shown = self.with_panel_context(&ctx, |cx| {
            Panel::left("left")
                .frame(frame)
                .default_size(312.0)
                .size_range(180.0..=(room * 0.35).max(181.0))
                .show(ui, |ui| left_panel(ui, cx, &mut page, listed))
        });
        self.chrome.side_panels.page = page;
        if let Some(shown) = shown {
            self.chrome.regions.set(Region::Left, shown.response.rect);
            self.chrome.side_panels.page_rect = shown.inner;
            if std::mem::take(&mut self.chrome.side_panels.focus_page)
                && let Some(first) = focus_regions::first_focusable_in(&ctx, shown.inner)
            {
                ctx.memory_mut(|memory| memory.request_focus(first));
            }
        }
    }

    /// Shows a page of the left panel and focuses it; if it has the focus already,
    /// focuses the map.
    pub(crate) fn show_page(&mut self, ctx: &egui::Context, page: LeftPage) {
        let shown = self.settings.preferences.outline && self.chrome.side_panels.page == page;
        let focused = ctx.memory(|memory| memory.focused());
        let within = focused
            .and_then(|id| ctx.read_response(id))
            .is_some_and(|response| {
                self.chrome
                    .side_panels
                    .page_rect
                    .contains(response.rect.center())
            });
        match self.chrome.regions.canvas {
            Some(canvas) if shown && within => {
                ctx.memory_mut(|memory| memory.request_focus(canvas));
            }
            _ => {
                self.settings.preferences.outline = true;
                self.chrome.side_panels.page = page;
                self.chrome.side_panels.focus_page = page != LeftPage::Findings;
                ctx.request_repaint();
            }
        }
    }

    /// Reserves the space of the inspector, if open.
    pub(crate) fn reserve_right(&mut self, ui: &mut Ui) -> Option<Rect> {
        if !self.settings.preferences.inspector || self.document().is_none() {
            return None;
        }
        let room = ui.available_width();
        let shown = Panel::right("right")
            .frame(self.side_frame())
            .default_size(332.0)
            .size_range(260.0..=(room * 0.45).max(261.0))
            .show(ui, |ui| reserve_space(ui, ui.available_height()));
        self.chrome.regions.set(Region::Right, shown.response.rect);
        Some(shown.inner)
    }

    /// Shows the inspector in the reserved space.
    pub(crate) fn show_right(&mut self, ui: &mut Ui) {
        let naming = std::mem::take(&mut self.chrome.side_panels.focus_name);
        if naming {
            crate::app::ui::focus_field(ui.ctx(), "Name");
        }
        let ctx = ui.ctx().clone();
        self.with_panel_context(&ctx, |cx| panels::inspector(ui, cx));
        if naming {
            select_all_text(ui);
        }
    }

    fn side_frame(&self) -> Frame {
        Frame::new()
            .fill(style::color(style::panel_fill(self.theme())))
            .inner_margin(Margin::same(12))
    }

    /// Calls `show` with the data for panels; `None` if no map is open.
    pub(crate) fn with_panel_context<R>(
        &mut self,
        ctx: &egui::Context,
        show: impl FnOnce(&mut PanelContext<'_>) -> R,
    ) -> Option<R> {
        let (look, theme) = (self.appearance(), self.theme());
        let document = self.workspace.documents.get_mut(self.workspace.active)?;
        // The same in the whole frame, so it is computed once.
        let picture = document.rendered_journey(look, &mut self.ui.typesetter);
        // The most expensive part of a frame: only if visible.
        let outline = self.settings.preferences.outline;
        let usage = outline.then(|| document.session.usage());
        let listed = outline || document.view == View::Findings;
        let findings = match (listed, document.session.is_large()) {
            (false, _) => None,
            (true, false) => self.chrome.side_panels.findings(ctx, document, true),
            (true, true) => {
                let noticed = self
                    .interaction
                    .background_checks
                    .latest_result(ctx, document, true);
                noticed.and_then(|it| it.list)
            }
        };
        let checking = listed && findings.is_none();
        let usage = usage.unwrap_or_default();
        let findings = findings.unwrap_or_default();
        let mint = &mut self.workspace.id_generator;
        let mut mint = |name: &str| mint.new_id::<crate::model::TouchpointId>(name).to_string();
        let mut context = PanelContext {
            map: document.session.map(),
            layout: &picture.layout,
            history: document.session.history(),
            findings: &findings,
            checks_pending: checking,
            usage: &usage,
            hidden_curves: &document.hidden_curves,
            selection: &document.selection,
            highlight: &picture.scene.highlight,
            filter: &document.highlighting.filter,
            theme,
            new_id: &mut mint,
            actions: &mut self.actions,
        };
        Some(show(&mut context))
    }
}

/// Shows the tabs of the left panel and the selected page, without the Findings page if
/// findings are `listed` in the central area. Returns the rectangle of the page.
fn left_panel(ui: &mut Ui, cx: &mut PanelContext<'_>, page: &mut LeftPage, listed: bool) -> Rect {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (it, word) in [
            (LeftPage::Outline, "Outline"),
            (LeftPage::Lanes, "Lanes"),
            (LeftPage::Entities, "People"),
            (LeftPage::Assign, "Assign"),
            (LeftPage::Findings, "Findings"),
            (LeftPage::History, "History"),
        ] {
            if it == LeftPage::Findings && listed {
                continue;
            }
            let text = match it {
                LeftPage::Findings => format!("{word} {}", cx.findings.open.len()),
                _ => word.to_owned(),
            };
            if ui.selectable_label(*page == it, text).clicked() {
                *page = it;
            }
        }
    });
    ui.add_space(UNIT);
    let rect = reserve_space(ui, ui.available_height());
    show_in(ui, "page", rect, |ui| match *page {
        LeftPage::Outline => panels::outline(ui, cx),
        LeftPage::Lanes => {
            egui::ScrollArea::vertical()
                .auto_shrink(false)
                .show(ui, |ui| panels::lanes(ui, cx))
                .inner
        }
        LeftPage::Entities => panels::entities_panel(ui, cx),
        LeftPage::Findings => panels::findings(ui, cx),
        LeftPage::Assign => panels::assign_panel(ui, cx),
        LeftPage::History => panels::history(ui, cx),
    });
    rect
}

/// Reserves the remaining width and this height for content shown later.
pub(crate) fn reserve_space(ui: &mut Ui, height: f32) -> Rect {
    let mut rect = ui.available_rect_before_wrap();
    rect.set_height(height);
    ui.advance_cursor_after_rect(rect);
    rect
}

/// Shows content in reserved space; wider content cannot widen the panel.
pub(crate) fn show_in(ui: &mut Ui, name: &str, rect: Rect, show: impl FnOnce(&mut Ui)) {
    let place = egui::UiBuilder::new().max_rect(rect).id_salt(name);
    let mut inner = ui.new_child(place);
    inner.set_clip_rect(rect.expand(8.0).intersect(ui.clip_rect()));
    show(&mut inner);
}

/// Selects all text of the focused field, so that typing replaces it.
fn select_all_text(ui: &Ui) {
    use egui::text::{CCursor, CCursorRange};
    use egui::text_edit::TextEditState;
    let Some(field) = ui.memory(|memory| memory.focused()) else {
        return;
    };
    let mut state = TextEditState::load(ui.ctx(), field).unwrap_or_default();
    // egui clamps a cursor past the end.
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(usize::MAX));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), field);
}
