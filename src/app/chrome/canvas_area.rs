//! Central area of the window: canvas or findings list, minimap, connect mode.
//!
//! Must not know: how the canvas paints.

use super::focus_regions::{Region, show_canvas_focus};
use crate::app::app::App;
use crate::app::canvas::{Area, CanvasOptions, CanvasView, Click, MinimapColors, OverlayKind};
use crate::app::command::action::{Command, Selection};
use crate::app::command::table::CommandId;
use crate::app::document::camera_target::Drawn;
use crate::app::document::highlight;
use crate::app::document::highlight::Find;
use crate::app::modals::Over;
use crate::app::modals::command_palette::Palette;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::model::Holds;
use crate::render::View;
use crate::scene::{Scene, Tag};
use egui::{Align2, Frame, Id, OpenUrl, Rect, Ui, vec2};
use std::sync::Arc;

/// Maximum size of the minimap, in points.
const OVERVIEW: egui::Vec2 = vec2(156.0, 96.0);

impl App {
    /// Shows the active view.
    pub(crate) fn show_view(&mut self, ui: &mut Ui) {
        match self.document().map(|document| document.view) {
            Some(View::Findings) => self.show_findings(ui),
            _ => self.show_canvas(ui),
        }
    }

    /// Shows the active map and handles the pointer on it.
    pub(crate) fn show_canvas(&mut self, ui: &mut Ui) {
        let (look, theme) = (self.look(), self.theme());
        let presenting = self.present.is_some();
        let connecting = self.connecting.clone();
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let picture =
            (document.view == View::Journey).then(|| document.picture(look, &mut self.typesetter));
        let Some(scene) = document.drawing(look, &mut self.typesetter) else {
            return;
        };
        let drawn = Drawn {
            scene: &scene,
            journey: picture.as_deref(),
        };
        let rect = ui.available_rect_before_wrap();
        let resized = document.resized(rect.size().into());
        let aim = self.present.as_ref().filter(|_| resized);
        if let Some(present) = aim {
            // The presentation screen differs in size from the window.
            document.wanted = Some(present.aim(document.session.map()));
        }
        let still = ui.style().animation_time == 0.0 || aim.is_some();
        document.go(&drawn, still);
        if let Some(glide) = &mut document.glide
            && !CanvasView::glide(ui, glide, &mut document.camera)
        {
            document.glide = None;
        }

        let mut overlay = Vec::new();
        let subject = self.present.as_ref().is_some_and(|it| it.subject.is_some());
        if !presenting || subject {
            let selected = document.tags().into_iter();
            overlay.extend(selected.map(|tag| (tag, OverlayKind::Selected)));
        }
        if !presenting {
            let find = document.spotlight.find.as_ref();
            if let Some(hit) = find.and_then(Find::hit)
                && let Some(cell) = highlight::cell(document.session.map(), hit)
            {
                overlay.push((cell, OverlayKind::Focused));
            }
            overlay.extend(self.hands.targets());
            if let Some(from) = &connecting {
                overlay.push((Tag::Card(from.clone()), OverlayKind::Focused));
            }
        }
        let options = CanvasOptions {
            overlay: &overlay,
            accent: theme.accent,
            draggable: !presenting && connecting.is_none(),
            names: true,
        };
        let before = document.camera;
        document.canvas.hide(self.hands.writing());
        let shown = document.canvas.show(
            ui,
            &mut self.typesetter,
            &scene,
            &mut document.camera,
            &options,
        );
        document.covered = shown.covered;
        self.regions.canvas = Some(shown.response.id);
        self.regions.put(Region::Canvas, rect);
        show_canvas_focus(ui, &shown.response, theme);
        // Computed only while toasts have to avoid the selection.
        let talking = self.toasts.texts().next().is_some();
        self.selected_at = talking.then(|| document.on_screen(&drawn, rect)).flatten();
        let under = shown.hovered.clone();
        if document.camera != before {
            document.glide = None;
        }
        if let (Some(tag), false) = (&shown.reached, presenting) {
            // Objects on the map take no focus themselves: the canvas has it, and
            // assistive tools read the selected object.
            shown.response.request_focus();
            let selection = document.meaning(tag);
            self.queue.push(Command::Select {
                selection,
                reveal: true,
            });
        }
        if let (Some(click), false) = (&shown.click, presenting) {
            let bare = !click.secondary && click.modifiers.is_none() && connecting.is_none();
            if click.double && bare && self.write_at(picture.as_deref(), &scene, click) {
                ui.ctx().request_repaint();
            } else {
                self.clicked(ui, click);
            }
        }
        if presenting {
            return;
        }
        self.drop_pictures(ui.ctx(), under.as_ref());
        if self.preferences.minimap {
            self.show_overview(ui, rect, &scene);
        }
        self.hands_on(ui, rect, &scene, picture.as_deref(), &shown);
        if connecting.is_some() {
            self.show_connecting(ui, rect);
        }
        self.show_find(ui, rect);
    }

    /// Selects the clicked object, or ends the path that is being drawn there.
    fn clicked(&mut self, ui: &Ui, click: &Click) {
        let connecting = self.connecting.is_some();
        let Some(document) = self.document() else {
            return;
        };
        let tag = click.tag.as_ref();
        let meaning = tag.map_or(Selection::Nothing, |tag| document.meaning(tag));
        let edit_name = click.double && meaning != Selection::Nothing;
        let held = click.modifiers;
        let map = document.session.map();
        match &meaning {
            Selection::Touchpoint(to) if connecting => return self.connect_to(&to.clone()),
            _ if connecting => return self.connecting = None,
            _ => {}
        }
        if let Some(Tag::Cell(lane, id)) = tag
            && held.command
            && !click.secondary
            && map
                .lanes()
                .get(lane)
                .is_some_and(|l| l.holds == Holds::Link)
            && let Some(address) = crate::app::inline_edit::link(map, Some(lane), id)
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
        self.queue.push(match (&meaning, tag) {
            (Selection::Touchpoint(id), Some(Tag::Cell(lane, _))) => {
                Command::SelectCell(id.clone(), lane.clone())
            }
            _ => Command::Select {
                selection: meaning,
                reveal: click.by_name,
            },
        });
        if edit_name {
            self.run(CommandId::Rename);
        }
    }

    fn show_overview(&mut self, ui: &mut Ui, canvas: Rect, scene: &Arc<Scene>) {
        let theme = self.theme();
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        // If the whole map is visible, the minimap would only cover part of it.
        let seen = document.camera.area(canvas.size().into());
        let whole = Area::new(0.0, 0.0, scene.width, scene.height);
        if seen.holds(&whole) {
            return;
        }
        let margin = vec2(3.0 * UNIT, 3.0 * UNIT);
        let (w, h) = (scene.width.max(1.0) as f32, scene.height.max(1.0) as f32);
        let scale = (OVERVIEW.x / w).min(OVERVIEW.y / h);
        let size = vec2(w * scale, (h * scale).max(40.0)) + vec2(8.0, 8.0);
        let rect = Align2::RIGHT_BOTTOM.align_size_within_rect(size, canvas.shrink2(margin));
        // In a small window the minimap would cover too much of the map.
        if canvas.width() < 3.0 * OVERVIEW.x || canvas.height() < 4.0 * OVERVIEW.y {
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
            document.glide = None;
            ui.ctx().request_repaint();
        }
    }

    /// Shows the hint and the buttons of connect mode.
    fn show_connecting(&mut self, ui: &mut Ui, canvas: Rect) {
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
                            let from = self.connecting.clone();
                            self.over = Some(Over::Palette(Palette::new(from)));
                        }
                        if ui.button("Cancel").clicked() {
                            self.connecting = None;
                        }
                    });
                });
            });
    }
}
