//! Side panels, the pages of the left one, and the data they are given.
//!
//! Must not know: what panels show.

use super::focus_regions;
use super::focus_regions::{Region, Regions};
use crate::app::command::table::CommandId;
use crate::app::document::background_checks::CheckResult;
use crate::app::frame::FrameCx;
use crate::app::panels;
use crate::app::panels::SavedViewThumbnails;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::selectable;
use crate::app::ui::reserved_space::{reserve_space, show_in};
use crate::app::ui::rows;
use crate::app::ui::style::{self, UNIT};
use crate::app::ui::{focus_field, select_text};
use crate::edit::IdFactory;
use crate::render::{ComparedMaps, View};
use crate::scene::Highlight;
use crate::settings::Preferences;
use egui::{Button, CentralPanel, Context, Frame, Id, Margin, Panel, Rect, ScrollArea, Ui};
use std::mem;
use std::ops::RangeInclusive;

/// Page of the left panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum LeftPage {
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
    /// Saved views.
    SavedViews,
    /// Undo history.
    History,
    /// Differences from another map, while the map is compared.
    Differences,
}

/// Pages with their titles and the commands that show them, in the order of their tabs.
const PAGES: [(LeftPage, &str, &[CommandId]); 8] = [
    (LeftPage::Outline, "Outline", &[]),
    (LeftPage::Lanes, "Lanes", &[CommandId::Lanes]),
    (LeftPage::Entities, "Library", &[CommandId::Entities]),
    (
        LeftPage::Assign,
        "Assign",
        &[
            CommandId::AssignOwner,
            CommandId::AssignChannel,
            CommandId::AssignEnvironment,
            CommandId::AssignPersona,
        ],
    ),
    (LeftPage::Findings, "Findings", &[CommandId::Findings]),
    (LeftPage::SavedViews, "Views", &[CommandId::SavedViews]),
    (LeftPage::History, "History", &[CommandId::History]),
    (LeftPage::Differences, "Differences", &[]),
];

/// State of the side panels.
#[derive(Default)]
pub struct SidePanels {
    /// Selected page.
    page: LeftPage,
    /// Whether the name field of the inspector gets the focus once shown.
    focus_name: bool,
    /// Whether the left page gets the focus once shown.
    focus_page: bool,
    /// Thumbnails of the saved views of the map in front.
    thumbnails: SavedViewThumbnails,
    /// Rectangle of the left page in the last frame.
    page_rect: Option<Rect>,
}

impl SidePanels {
    /// Focuses the name field of the inspector in the next frame; in the scores view the
    /// measurements.
    pub fn focus_name(&mut self) {
        self.focus_name = true;
    }

    /// Leaves the page of findings, since a list of them is shown only once.
    pub fn leave_findings(&mut self) {
        if self.page == LeftPage::Findings {
            self.page = LeftPage::Outline;
        }
    }

    /// Shows the page of a command and focuses it; if it has the focus already, focuses
    /// the map, which is the widget `canvas`. The page of assignments takes no focus.
    pub(crate) fn show_page_of(
        &mut self,
        id: CommandId,
        ctx: &Context,
        preferences: &mut Preferences,
        canvas: Option<Id>,
    ) {
        let mut pages = PAGES.into_iter();
        let Some((page, ..)) = pages.find(|(_, _, commands)| commands.contains(&id)) else {
            return;
        };
        let shown = preferences.outline && self.page == page;
        let focused = ctx.memory(|memory| memory.focused());
        let focused = focused.and_then(|id| ctx.read_response(id));
        let within = focused
            .zip(self.page_rect)
            .is_some_and(|(focused, page)| page.contains(focused.rect.center()));
        match canvas {
            Some(canvas) if shown && within && page != LeftPage::Assign => {
                ctx.memory_mut(|memory| memory.request_focus(canvas));
            }
            _ => {
                preferences.outline = true;
                preferences.inspector &= has_room_for_both(ctx);
                self.page = page;
                self.focus_page = !matches!(page, LeftPage::Findings | LeftPage::Assign);
                ctx.request_repaint();
            }
        }
    }

    /// Shows the page of saved views without taking the focus.
    pub(crate) fn show_saved_views(&mut self, ctx: &Context, preferences: &mut Preferences) {
        preferences.outline = true;
        preferences.inspector &= has_room_for_both(ctx);
        self.page = LeftPage::SavedViews;
        ctx.request_repaint();
    }

    /// Shows the page of differences without taking the focus.
    pub(crate) fn show_differences(&mut self, ctx: &Context, preferences: &mut Preferences) {
        preferences.outline = true;
        preferences.inspector &= has_room_for_both(ctx);
        self.page = LeftPage::Differences;
        ctx.request_repaint();
    }

    /// Shows the left panel, if open.
    pub(crate) fn show_left(
        &mut self,
        ui: &mut Ui,
        cx: &mut FrameCx<'_>,
        checks: Option<&CheckResult>,
        regions: &mut Regions,
    ) {
        let room = ui.available_width();
        let is_hidden = cx.preferences.inspector && !has_room_for_both(ui.ctx());
        if !cx.preferences.outline || is_hidden {
            return;
        }
        let frame = side_frame(cx);
        let listed = cx.document.view == View::Findings;
        let page = &mut self.page;
        let (revision, thumbnails) = (cx.document.session.revision(), &mut self.thumbnails);
        if *page == LeftPage::SavedViews {
            let appearance = cx.appearance.render_options(Highlight::default());
            thumbnails.begin_frame(ui.ctx(), cx.document.key, appearance);
        }
        let compared = cx.document.compared();
        if *page == LeftPage::History {
            let document = &mut *cx.document;
            document.file_versions.update(ui.ctx(), &document.session);
        }
        let shown = with_panel_context(cx, checks, |cx| {
            Panel::left("left")
                .frame(frame)
                .default_size(312.0)
                .size_range(side_range(room, 180.0, 0.35))
                .show(ui, |ui| {
                    let compared = compared.as_deref();
                    left_panel(ui, cx, page, (listed, compared), &mut |ui, cx| {
                        panels::saved_views(ui, cx, thumbnails, revision);
                    })
                })
        });
        regions.set(Region::Left, shown.response.rect);
        self.page_rect = Some(shown.inner);
        if mem::take(&mut self.focus_page)
            && let Some(first) = focus_regions::first_focusable_in(ui.ctx(), shown.inner)
        {
            ui.memory_mut(|memory| memory.request_focus(first));
        }
    }

    /// Shows the inspector in the reserved space.
    pub(crate) fn show_right(
        &mut self,
        ui: &mut Ui,
        cx: &mut FrameCx<'_>,
        checks: Option<&CheckResult>,
    ) {
        let naming = mem::take(&mut self.focus_name);
        let selection = &cx.document.selection;
        let field = match cx.document.view {
            View::Scores => Some(selection.measurements_field()),
            _ => selection.name_field(),
        };
        if let Some(field) = field.filter(|_| naming) {
            focus_field(ui.ctx(), &field);
        }
        with_panel_context(cx, checks, |cx| panels::inspector(ui, cx));
        if naming && let Some(field) = ui.memory(|memory| memory.focused()) {
            select_text(ui.ctx(), field, 0);
        }
    }
}

/// Whether the window is wide enough for both side panels and the map. If it is not, the
/// inspector has precedence.
fn has_room_for_both(ctx: &Context) -> bool {
    ctx.content_rect().width() >= 600.0
}

/// Shows or hides the left panel.
pub(super) fn toggle_left(preferences: &mut Preferences, ctx: &Context) {
    if has_room_for_both(ctx) || !preferences.inspector {
        preferences.outline ^= true;
    } else {
        (preferences.outline, preferences.inspector) = (true, false);
    }
}

/// Widths of a side panel, in points: at least `least` or, in a narrow window, most of it.
fn side_range(room: f32, least: f32, share: f32) -> RangeInclusive<f32> {
    let least = least.min(room * 0.82);
    least..=(room * share).max(least + 1.0)
}

/// Reserves the space of the inspector, if open.
pub(crate) fn reserve_right(ui: &mut Ui, cx: &FrameCx<'_>, regions: &mut Regions) -> Option<Rect> {
    if !cx.preferences.inspector {
        return None;
    }
    let room = ui.available_width();
    let shown = Panel::right("right")
        .frame(side_frame(cx))
        .default_size(332.0)
        .size_range(side_range(room, 260.0, 0.45))
        .show(ui, |ui| reserve_space(ui, ui.available_height()));
    regions.set(Region::Right, shown.response.rect);
    Some(shown.inner)
}

/// Shows the findings view in the central area.
pub(crate) fn show_findings(
    ui: &mut Ui,
    cx: &mut FrameCx<'_>,
    checks: Option<&CheckResult>,
    regions: &mut Regions,
) {
    let frame = Frame::new()
        .fill(ui.visuals().extreme_bg_color)
        .inner_margin(4.0 * UNIT);
    let shown = CentralPanel::default().frame(frame).show(ui, |ui| {
        with_panel_context(cx, checks, |cx| panels::findings(ui, cx));
    });
    regions.set(Region::Canvas, shown.response.rect);
    regions.canvas = None;
}

fn side_frame(cx: &FrameCx<'_>) -> Frame {
    Frame::new()
        .fill(style::color(style::panel_fill(cx.theme)))
        .inner_margin(Margin::same(12))
}

/// Calls `show` with the data for panels.
fn with_panel_context<R>(
    cx: &mut FrameCx<'_>,
    checks: Option<&CheckResult>,
    show: impl FnOnce(&mut PanelContext<'_>) -> R,
) -> R {
    let document = &mut *cx.document;
    // The same in the whole frame, so it is computed once.
    let picture = document.rendered_journey(cx.appearance, cx.typesetter);
    // The most expensive part of a frame: only if visible.
    let outline = cx.preferences.outline;
    let usage = outline.then(|| document.session.usage());
    let listed = outline || document.view == View::Findings;
    let findings = checks.and_then(|checks| checks.list.clone());
    let findings = findings.filter(|_| listed);
    let ids = &mut *cx.ids;
    let mut random = || ids.random();
    let mut context = PanelContext {
        map: document.session.map(),
        layout: &picture.layout,
        history: document.session.history(),
        versions: &document.file_versions,
        checks_pending: listed && findings.is_none(),
        findings: &findings.unwrap_or_default(),
        usage: &usage.unwrap_or_default(),
        hidden_curves: &document.hidden_curves,
        folding: &document.folding,
        shows_saved_lanes: document.lanes.is_some(),
        saved_view: document.saved_view.as_ref(),
        comparison: document.comparison.as_deref(),
        selection: &document.selection,
        highlight: &picture.scene.highlight,
        filter: &document.highlighting.filter,
        theme: cx.theme,
        author: &cx.preferences.author,
        ids: IdFactory::new(&mut random),
        actions: cx.actions,
    };
    show(&mut context)
}

/// Shows the tabs of the left panel and the selected page, without the Findings page if
/// findings are `listed` in the central area, and with the Differences page if maps are compared. Returns the rectangle of the page.
fn left_panel(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    page: &mut LeftPage,
    (listed, compared): (bool, Option<&ComparedMaps>),
    saved_views: &mut dyn FnMut(&mut Ui, &mut PanelContext<'_>),
) -> Rect {
    // Each map has a comparison of its own; the page is chosen for all.
    let now = match *page {
        LeftPage::Differences if compared.is_none() => LeftPage::Outline,
        page => page,
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (shown, title, _) in PAGES {
            if (shown == LeftPage::Findings && listed)
                || (shown == LeftPage::Differences && compared.is_none())
            {
                continue;
            }
            let text = match shown {
                LeftPage::Findings => format!("{title} {}", cx.findings.open.len()),
                LeftPage::Differences => {
                    let count = compared.map_or(0, |maps| maps.differences.len());
                    format!("{title} {count}")
                }
                _ => title.to_owned(),
            };
            let on = now == shown;
            if selectable(ui, on, Button::selectable(on, text)).clicked() {
                *page = shown;
            }
        }
    });
    ui.add_space(UNIT);
    let rect = reserve_space(ui, ui.available_height());
    show_in(ui, "page", rect, |ui| {
        match (now, cx.comparison.zip(compared)) {
            (LeftPage::Outline, _) | (LeftPage::Differences, None) => panels::outline(ui, cx),
            (LeftPage::Lanes, _) => {
                let area = ScrollArea::vertical().auto_shrink(false);
                area.show(ui, |ui| panels::lanes(ui, cx));
            }
            (LeftPage::Entities, _) => panels::entities_panel(ui, cx),
            (LeftPage::Findings, _) => panels::findings(ui, cx),
            (LeftPage::Assign, _) => panels::assign_panel(ui, cx),
            (LeftPage::SavedViews, _) => rows::page(ui, "views", |ui| saved_views(ui, cx)),
            (LeftPage::History, _) => panels::history(ui, cx),
            (LeftPage::Differences, Some((comparison, maps))) => {
                panels::differences(ui, cx, comparison, maps);
            }
        }
    });
    rect
}
