//! Central area of the window: canvas or findings list, connect mode.
//!
//! Must not know: how the canvas paints.

use super::change_note::show_change_note;
use super::find_bar::show_find_bar;
use super::focus_regions::{Region, Regions, show_canvas_focus};
use super::folds::show_fold_arrows;
use super::legibility_mark::{LegibilityMark, show_legibility_mark};
use crate::app::canvas::{CanvasOptions, CanvasView, Click, OverlayKind};
use crate::app::command::action::{CompareAction, Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::document::background_checks::BackgroundChecks;
use crate::app::document::camera_target::DrawnView;
use crate::app::document::highlight::{self, TextSearch};
use crate::app::document::lane_cursor::cell_link;
use crate::app::frame::FrameCx;
use crate::app::inline_edit::InlineEdit;
use crate::app::inline_edit::lane_cells::{edit_at, show_lane_examples};
use crate::app::presentation::Presentation;
use crate::app::tools::{ToolState, add_at};
use crate::app::ui::style::{self, UNIT};
use crate::model::{LaneContentKind, ObjectRef, TouchpointId};
use crate::render::View;
use crate::scene::ObjectId;
use egui::{Align2, Frame, Id, OpenUrl, Rect, Ui, vec2};

/// Interaction in progress on the canvas.
#[derive(Default)]
pub(crate) struct Interaction {
    /// Active tool.
    pub tools: ToolState,
    /// Text edited in place.
    pub inline_edit: InlineEdit,
    /// Start of the path in connect mode.
    pub connect_from: Option<TouchpointId>,
    /// Object under the pointer in this frame.
    pub hovered: Option<ObjectId>,
    /// Legibility of the map from the last row.
    pub legibility: LegibilityMark,
    /// Checks of the map.
    pub background_checks: BackgroundChecks,
}

/// Shows the map of the document and handles the pointer on it. `has_keys` tells
/// whether keys go to the map rather than a modal. Returns the rectangle of the
/// selection on screen, if a message has to avoid it.
pub(crate) fn show_canvas(
    ui: &mut Ui,
    cx: &mut FrameCx<'_>,
    interaction: &mut Interaction,
    mut presentation: Option<&mut Presentation>,
    regions: &mut Regions,
    has_keys: bool,
) -> Option<Rect> {
    let rect = ui.available_rect_before_wrap();
    let size: (f32, f32) = rect.size().into();
    let still = ui.style().animation_time == 0.0;
    if let Some(present) = presentation.as_deref_mut() {
        // The audience looks on.
        cx.document.note = None;
        if let Some(scene) = present.card_scene(cx, size) {
            let drawn = DrawnView {
                scene: &scene,
                journey: None,
            };
            present.swap_canvas(cx.document);
            present.fit_card(cx.document, &scene, size, still);
            let shown = show_view(ui, cx, interaction, Some(present), (regions, false), &drawn);
            present.swap_canvas(cx.document);
            present.show_overlay(ui, cx, rect);
            return shown;
        }
        present.choose_rows(cx, size);
    }
    let document = &mut *cx.document;
    document.unfold_camera_target();
    document.on_canvas_resized(size);
    let picture = (document.view == View::Journey)
        .then(|| document.rendered_journey(cx.appearance, cx.typesetter));
    let scene = document.front_scene(cx.appearance, cx.typesetter)?;
    let drawn = DrawnView {
        scene: &scene,
        journey: picture.as_deref(),
    };
    document.follow_rows(&drawn, cx.appearance.rows);
    let jumps = match presentation.as_deref_mut() {
        Some(present) => present.aim_camera(document, &drawn, (size, cx.preferences.room)),
        None => false,
    };
    document.apply_camera_target(&drawn, still || jumps);
    let keys = (regions, has_keys);
    let shown = show_view(ui, cx, interaction, presentation.as_deref(), keys, &drawn);
    if let Some(present) = presentation {
        present.show_overlay(ui, cx, rect);
    }
    shown
}

/// Shows a view and handles the pointer on it.
fn show_view(
    ui: &mut Ui,
    cx: &mut FrameCx<'_>,
    interaction: &mut Interaction,
    presentation: Option<&Presentation>,
    (regions, has_keys): (&mut Regions, bool),
    drawn: &DrawnView<'_>,
) -> Option<Rect> {
    let presenting = presentation.is_some();
    let is_card = presentation.is_some_and(Presentation::shows_card);
    let connecting = interaction.connect_from.is_some();
    let scene = drawn.scene;
    let rect = ui.available_rect_before_wrap();
    let document = &mut *cx.document;
    if let Some(glide) = &mut document.camera_animation
        && !CanvasView::advance_animation(ui, glide, &mut document.camera)
    {
        document.camera_animation = None;
    }

    let mut overlay = Vec::new();
    // Two maps are looked at; each is edited in its own views.
    let compares = document.view == View::Compare;
    let selected = match compares {
        true => document.current_difference().into_iter().collect(),
        false => document.selected_objects(),
    };
    let kind = match compares {
        // Without a tint, which would lie over the mark.
        true => OverlayKind::Current,
        false => OverlayKind::Selected,
    };
    let selected = selected.into_iter();
    let selected =
        selected.filter(|object| presentation.is_none_or(|present| present.outlines(object)));
    overlay.extend(selected.map(|object| (object.into(), kind)));
    overlay.extend(interaction.tools.drop_targets());
    if !presenting {
        let find = document.highlighting.search.as_ref();
        let hit = find.and_then(TextSearch::hit);
        let hit = hit.and_then(|hit| highlight::cell_of_hit(document.session.map(), hit));
        overlay.extend(hit.map(|cell| (cell.into(), OverlayKind::Focused)));
        let from = interaction.connect_from.clone().map(ObjectRef::Touchpoint);
        overlay.extend(from.map(|from| (from.into(), OverlayKind::Focused)));
    }
    let options = CanvasOptions {
        overlay: &overlay,
        accent: cx.theme.accent,
        draggable: !is_card && !connecting && !compares,
        accessibility: true,
    };
    // A map that has become smaller does not end the movement of the camera.
    let before = document
        .camera
        .within((scene.width, scene.height), rect.size().into());
    let edited = interaction.inline_edit.editor.as_ref();
    document
        .canvas
        .set_hidden_text(edited.map(|editor| editor.shown.clone()));
    let shown = document
        .canvas
        .show(ui, cx.typesetter, scene, &mut document.camera, &options);
    document.covered = shown.covered;
    regions.canvas = Some(shown.response.id);
    regions.set(Region::Canvas, rect);
    show_canvas_focus(ui, &shown.response, cx.theme);
    // Computed only while toasts have to avoid the selection.
    let talking = cx.toasts.texts().next().is_some();
    let selection_rect = talking
        .then(|| document.selection_rect(drawn, rect))
        .flatten();
    if document.camera != before {
        document.camera_animation = None;
    }
    if let Some(tag) = &shown.accessibility_focus {
        // Objects on the map take no focus themselves: the canvas has it, and
        // assistive tools read the selected object.
        shown.response.request_focus();
        let (selection, reveal) = (document.selection_of(tag), !presenting);
        cx.actions.push(UiAction::Select { selection, reveal });
    }
    if let Some(click) = &shown.click {
        let bare = !click.secondary && click.modifiers.is_none() && !connecting;
        let takes = |cx: &mut FrameCx<'_>| {
            edit_at(cx, drawn, click) || (!presenting && add_at(cx, drawn, click))
        };
        if compares {
            select_clicked_difference(cx, click);
        } else if !(click.double && bare && takes(cx)) {
            handle_click(ui, cx, &mut interaction.connect_from, click);
        }
    }
    interaction.hovered.clone_from(&shown.hovered);
    let Interaction {
        tools, inline_edit, ..
    } = interaction;
    let is_editing = inline_edit.editor.is_some();
    // Handles would lie over the map that the audience looks at.
    let has_handles = !is_editing && !presenting && !compares;
    tools.handle_input(ui, cx, rect, drawn, &shown, !has_handles);
    if !connecting && !presenting && !compares {
        let edited = inline_edit
            .editor
            .as_ref()
            .map(|editor| &editor.target.object);
        tools.show_add_places(ui, cx, rect, drawn, &shown, edited);
    }
    if let Some(picture) = drawn.journey.filter(|_| !presenting) {
        show_lane_examples(ui, cx.document, rect, picture);
        show_fold_arrows(ui, cx, rect, picture);
        inline_edit.show_lane_cursor(ui, cx, rect, picture, scene, has_keys);
    }
    inline_edit.show_field(ui, cx, rect, drawn);
    if presenting {
        if cx.document.camera_animation.is_none() {
            let (size, room) = (rect.size().into(), cx.preferences.room);
            let legibility = &mut interaction.legibility;
            let size = (size, ui.pixels_per_point());
            let found = legibility.check(scene, cx.document.camera, size, room);
            show_legibility_mark(ui, rect, found, cx.theme);
        }
        return selection_rect;
    }
    if !is_editing {
        show_change_note(ui, cx, rect, scene);
    }
    if !compares {
        tools.menu.show(cx, scene, &shown.response);
    }
    if connecting {
        show_connect_hint(ui, cx, &mut interaction.connect_from, rect);
    }
    show_find_bar(ui, cx, rect);
    selection_rect
}

/// Makes the difference of the clicked object the current one.
fn select_clicked_difference(cx: &mut FrameCx<'_>, click: &Click) {
    let object = click.tag.as_ref().and_then(ObjectId::object);
    if let Some(at) = object.and_then(|object| cx.document.difference_of(object)) {
        cx.actions
            .push(UiAction::Compare(CompareAction::Select(at)));
    }
}

/// Selects the clicked object, or ends the path that is being drawn there.
fn handle_click(
    ui: &Ui,
    cx: &mut FrameCx<'_>,
    connect_from: &mut Option<TouchpointId>,
    click: &Click,
) {
    let tag = click.tag.as_ref();
    if let Some(tag) = tag.filter(|_| connect_from.is_none()) {
        cx.document.choose_persona_of(tag);
    }
    let document = &*cx.document;
    let meaning = tag.map_or(Selection::Nothing, |tag| document.selection_of(tag));
    let edit_name = click.double && meaning != Selection::Nothing;
    let held = click.modifiers;
    let map = document.session.map();
    if connect_from.is_some() {
        match meaning {
            Selection::One(ObjectRef::Touchpoint(to)) => {
                cx.actions.push(UiAction::FinishConnect(to))
            }
            _ => *connect_from = None,
        }
        return;
    }
    if let Some(ObjectId::Object(ObjectRef::Cell(id, lane))) = tag
        && held.command
        && !click.secondary
        && let Some(LaneContentKind::Link) = map.lanes().get(lane).map(|l| l.holds)
        && let Some(address) = cell_link(map, Some(lane), id)
    {
        ui.ctx().open_url(OpenUrl::new_tab(address));
        return;
    }
    let selected = &document.selection;
    let meaning = if (held.shift || held.command) && !click.secondary {
        selected.toggled(map, &meaning)
    } else if click.secondary
        && (meaning.touchpoints().iter()).any(|id| selected.touchpoints().contains(id))
    {
        // The context menu applies to the whole selection.
        selected.clone()
    } else {
        meaning
    };
    cx.actions.push(match (&meaning, tag) {
        (
            Selection::One(ObjectRef::Touchpoint(id)),
            Some(ObjectId::Object(ObjectRef::Cell(_, lane))),
        ) => UiAction::SelectCell(id.clone(), lane.clone()),
        _ => UiAction::Select {
            selection: meaning,
            reveal: click.from_accessibility,
        },
    });
    if edit_name {
        cx.run(CommandId::Rename);
    }
}

/// Shows the hint and the buttons of connect mode.
fn show_connect_hint(
    ui: &Ui,
    cx: &mut FrameCx<'_>,
    connect_from: &mut Option<TouchpointId>,
    canvas: Rect,
) {
    let at = canvas.center_top() + vec2(0.0, 3.0 * UNIT);
    let area = egui::Area::new(Id::unique("connecting"));
    let area = area.pivot(Align2::CENTER_TOP).fixed_pos(at);
    let area = area.constrain_to(style::popup_bounds(ui.ctx(), canvas));
    let hint = "Click the touchpoint to which the path shall lead, or type its name.";
    area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width(ui.ctx().content_rect().width() - 8.0 * UNIT);
            ui.horizontal_wrapped(|ui| {
                ui.label(hint);
                if ui.button("Choose by name…").clicked() {
                    cx.actions.push(UiAction::ChooseConnectTarget);
                }
                if ui.button("Cancel").clicked() {
                    *connect_from = None;
                }
            });
        });
    });
}
