//! Central area of the window: canvas or findings list, minimap, connect mode.
//!
//! Must not know: how the canvas paints.

use super::focus_regions::{Region, show_canvas_focus};
use crate::app::app::App;
use crate::app::canvas::{Area, CanvasOptions, CanvasView, Click, MinimapColors, OverlayKind};
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::document::camera_target::DrawnView;
use crate::app::document::highlight;
use crate::app::document::highlight::TextSearch;
use crate::app::modals::Modal;
use crate::app::modals::command_palette::CommandPalette;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::model::LaneContentKind;
use crate::render::View;
use crate::scene::{ObjectId, Scene};
use egui::{Align2, Frame, Id, OpenUrl, Rect, Ui, vec2};
use std::sync::Arc;

/// Maximum size of the minimap, in points.
const MINIMAP_SIZE: egui::Vec2 = vec2(156.0, 96.0);

impl App {
    /// Shows the active map and handles the pointer on it.
    pub(crate) fn show_canvas(&mut self, ui: &mut Ui) {
        let (look, theme) = (self.appearance(), self.theme());
        let presenting = self.screen.presentation.is_some();
        let connecting = self.interaction.connect_from.clone();
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        let picture = (document.view == View::Journey)
            .then(|| document.rendered_journey(look, &mut self.ui.typesetter));
        let Some(scene) = document.front_scene(look, &mut self.ui.typesetter) else {
            return;
        };
        let drawn = DrawnView {
            scene: &scene,
            journey: picture.as_deref(),
        };
        let rect = ui.available_rect_before_wrap();
        let resized = document.on_canvas_resized(rect.size().into());
        let aim = self.screen.presentation.as_ref().filter(|_| resized);
        if let Some(present) = aim {
            // The presentation screen differs in size from the window.
            document.camera_target = Some(present.camera_target(document.session.map()));
        }
        let still = ui.style().animation_time == 0.0 || aim.is_some();
        document.apply_camera_target(&drawn, still);
        if let Some(glide) = &mut document.camera_animation
            && !CanvasView::advance_animation(ui, glide, &mut document.camera)
        {
            document.camera_animation = None;
        }

        let mut overlay = Vec::new();
        let subject = self
            .screen
            .presentation
            .as_ref()
            .is_some_and(|it| it.subject.is_some());
        if !presenting || subject {
            let selected = document.selected_objects().into_iter();
            overlay.extend(selected.map(|tag| (tag, OverlayKind::Selected)));
        }
        if !presenting {
            let find = document.highlighting.search.as_ref();
            if let Some(hit) = find.and_then(TextSearch::hit)
                && let Some(cell) = highlight::cell_of_hit(document.session.map(), hit)
            {
                overlay.push((cell, OverlayKind::Focused));
            }
            overlay.extend(self.interaction.tools.drop_targets());
            if let Some(from) = &connecting {
                overlay.push((ObjectId::Card(from.clone()), OverlayKind::Focused));
            }
        }
        let options = CanvasOptions {
            overlay: &overlay,
            accent: theme.accent,
            draggable: !presenting && connecting.is_none(),
            accessibility: true,
        };
        let before = document.camera;
        document
            .canvas
            .set_hidden_text(self.interaction.tools.edited_text());
        let shown = document.canvas.show(
            ui,
            &mut self.ui.typesetter,
            &scene,
            &mut document.camera,
            &options,
        );
        document.covered = shown.covered;
        self.chrome.regions.canvas = Some(shown.response.id);
        self.chrome.regions.set(Region::Canvas, rect);
        show_canvas_focus(ui, &shown.response, theme);
        // Computed only while toasts have to avoid the selection.
        let talking = self.ui.toasts.texts().next().is_some();
        self.chrome.selection_rect = talking
            .then(|| document.selection_rect(&drawn, rect))
            .flatten();
        let under = shown.hovered.clone();
        if document.camera != before {
            document.camera_animation = None;
        }
        if let (Some(tag), false) = (&shown.accessibility_focus, presenting) {
            // Objects on the map take no focus themselves: the canvas has it, and
            // assistive tools read the selected object.
            shown.response.request_focus();
            let selection = document.selection_of(tag);
            self.actions.push(UiAction::Select {
                selection,
                reveal: true,
            });
        }
        if let (Some(click), false) = (&shown.click, presenting) {
            let bare = !click.secondary && click.modifiers.is_none() && connecting.is_none();
            if click.double && bare && self.begin_inline_edit_at(picture.as_deref(), &scene, click)
            {
                ui.ctx().request_repaint();
            } else {
                self.handle_click(ui, click);
            }
        }
        if presenting {
            return;
        }
        self.drop_images(ui.ctx(), under.as_ref());
        if self.settings.preferences.minimap {
            self.show_minimap(ui, rect, &scene);
        }
        self.handle_canvas_input(ui, rect, &scene, picture.as_deref(), &shown);
        if connecting.is_some() {
            self.show_connect_hint(ui, rect);
        }
        self.show_find_bar(ui, rect);
    }

    /// Selects the clicked object, or ends the path that is being drawn there.
    fn handle_click(&mut self, ui: &Ui, click: &Click) {
        let connecting = self.interaction.connect_from.is_some();
        let Some(document) = self.document() else {
            return;
        };
        let tag = click.tag.as_ref();
        let meaning = tag.map_or(Selection::Nothing, |tag| document.selection_of(tag));
        let edit_name = click.double && meaning != Selection::Nothing;
        let held = click.modifiers;
        let map = document.session.map();
        match &meaning {
            Selection::Touchpoint(to) if connecting => return self.finish_connect(&to.clone()),
            _ if connecting => return self.interaction.connect_from = None,
            _ => {}
        }
        if let Some(ObjectId::Cell(lane, id)) = tag
            && held.command
            && !click.secondary
            && map
                .lanes()
                .get(lane)
                .is_some_and(|l| l.holds == LaneContentKind::Link)
            && let Some(address) = crate::app::document::lane_cursor::cell_link(map, Some(lane), id)
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
        self.actions.push(match (&meaning, tag) {
            (Selection::Touchpoint(id), Some(ObjectId::Cell(lane, _))) => {
                UiAction::SelectCell(id.clone(), lane.clone())
            }
            _ => UiAction::Select {
                selection: meaning,
                reveal: click.from_accessibility,
            },
        });
        if edit_name {
            self.queue_command(CommandId::Rename);
        }
    }

    fn show_minimap(&mut self, ui: &mut Ui, canvas: Rect, scene: &Arc<Scene>) {
        let theme = self.theme();
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        // If the whole map is visible, the minimap would only cover part of it.
        let seen = document.camera.area(canvas.size().into());
        let whole = Area::new(0.0, 0.0, scene.width, scene.height);
        if seen.contains(&whole) {
            return;
        }
        let margin = vec2(3.0 * UNIT, 3.0 * UNIT);
        let (w, h) = (scene.width.max(1.0) as f32, scene.height.max(1.0) as f32);
        let scale = (MINIMAP_SIZE.x / w).min(MINIMAP_SIZE.y / h);
        let size = vec2(w * scale, (h * scale).max(40.0)) + vec2(8.0, 8.0);
        let rect = Align2::RIGHT_BOTTOM.align_size_within_rect(size, canvas.shrink2(margin));
        // In a small window the minimap would cover too much of the map.
        if canvas.width() < 3.0 * MINIMAP_SIZE.x || canvas.height() < 4.0 * MINIMAP_SIZE.y {
            return;
        }
        ui.painter().rect(
            rect.expand(2.0),
            6.0,
            style::color(theme.card.alpha(0.94)),
            egui::Stroke::new(1.0, style::color(theme.card_edge)),
            egui::StrokeKind::Outside,
        );
        let colors = MinimapColors {
            paper: theme.paper,
            band: theme.band,
            ink: theme.path,
            accent: theme.accent,
        };
        let seen = canvas.size();
        if document
            .minimap
            .show(ui, rect, scene, &mut document.camera, seen, colors)
        {
            document.camera_animation = None;
            ui.ctx().request_repaint();
        }
    }

    /// Shows the hint and the buttons of connect mode.
    fn show_connect_hint(&mut self, ui: &mut Ui, canvas: Rect) {
        let ctx = ui.ctx().clone();
        let at = canvas.center_top() + vec2(0.0, 3.0 * UNIT);
        egui::Area::new(Id::unique("connecting"))
            .pivot(Align2::CENTER_TOP)
            .fixed_pos(at)
            .show(&ctx, |ui| {
                Frame::popup(ui.style()).show(ui, |ui| {
                    ui.horizontal(|ui| {
                        ui.label(
                            "Click the touchpoint to which the path shall lead, or type its name.",
                        );
                        if ui.button("Choose by name…").clicked() {
                            let from = self.interaction.connect_from.clone();
                            self.modals.modal =
                                Some(Modal::CommandPalette(CommandPalette::new(from)));
                        }
                        if ui.button("Cancel").clicked() {
                            self.interaction.connect_from = None;
                        }
                    });
                });
            });
    }
}
