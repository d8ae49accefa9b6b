//! The speaker's window: the present stop with its notes, the next one, a clock and the controls.
//!
//! Must not know: how the map is drawn, how edits are carried out.

use super::keys::is_allowed;
use super::route_menu::path_buttons;
use super::shown::{Cover, PointerTool};
use super::state::Presentation;
use crate::app::command::action::UiAction;
use crate::app::command::pressed::pressed_commands;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{primary_button, selectable_text, toggle_button};
use crate::app::ui::style::{self, UNIT};
use crate::english::count;
use crate::model::{Map, ObjectRef, Record};
use crate::presentation::{RouteKind, Stop};
use crate::theme::Theme;
use egui::{
    Button, ComboBox, Context, Frame, Margin, RichText, ScrollArea, Ui, ViewportBuilder,
    ViewportClass, ViewportCommand, ViewportId, vec2,
};
use std::time::Duration;

/// Size of the window, in points.
const SIZE: egui::Vec2 = vec2(760.0, 560.0);

/// Height of the next stop and the controls, in points.
const CONTROLS_HEIGHT: f32 = 120.0;

/// A request made in the window, carried out afterwards.
enum Request {
    Step(bool),
    Stop(usize),
    Cover(Cover),
    Tool(PointerTool),
    Reveal,
    Route(RouteKind),
    Path(bool),
    Screen(String),
    Close,
    End,
}

impl Presentation {
    /// Whether messages are shown in the speaker's window rather than on the wall: while it is a
    /// window of its own, and nobody types on the wall.
    pub(crate) fn keeps_messages(&self, ctx: &Context, types_on_wall: bool) -> bool {
        self.speaker.is_open && !ctx.embed_viewports() && !types_on_wall
    }

    /// Shows the speaker's window if it is open, in the theme of the other windows. Returns the
    /// screen that was chosen for the map.
    pub(crate) fn show_speaker(
        &mut self,
        ctx: &Context,
        cx: &mut FrameCx<'_>,
        (theme, keeps_messages): (&'static Theme, bool),
    ) -> Option<String> {
        if !self.speaker.is_open {
            return None;
        }
        let wall_theme = std::mem::replace(&mut cx.theme, theme);
        let mut builder = ViewportBuilder::default()
            .with_title("Speaker – Touchline")
            .with_inner_size(SIZE);
        if let Some(place) = self.speaker.place {
            let corner = place.center() - SIZE.min(place.size()) / 2.0;
            builder = builder.with_position(corner);
        }
        let mut requests = Vec::new();
        ctx.show_viewport_immediate(ViewportId::from_hash_of("speaker"), builder, |ui, class| {
            if class != ViewportClass::EmbeddedWindow {
                self.handle_speaker_keys(ui.ctx(), cx, &mut requests);
                if ui.input(|i| i.viewport().close_requested()) {
                    requests.push(Request::Close);
                }
            }
            let frame = Frame::new()
                .fill(style::color(style::panel_fill(theme)))
                .inner_margin(Margin::same(16));
            style::show_in_theme(ui, theme, |ui| {
                frame.show(ui, |ui| {
                    ui.set_min_size(ui.available_size());
                    self.show_speaker_page(ui, cx, &mut requests);
                });
                if keeps_messages {
                    cx.toasts.show(ui.ctx(), None, CONTROLS_HEIGHT);
                }
            });
        });
        cx.theme = wall_theme;
        // The clock goes on.
        let elapsed = ctx.time() - self.speaker.started;
        ctx.request_repaint_after(Duration::from_secs_f64(1.0 - elapsed.fract()));
        self.carry_out(cx, requests)
    }

    fn carry_out(&mut self, cx: &mut FrameCx<'_>, requests: Vec<Request>) -> Option<String> {
        let mut screen = None;
        for request in requests {
            match request {
                Request::Step(on) => self.step(cx.document, on),
                Request::Stop(at) => self.go(cx.document, at),
                Request::Cover(cover) => self.toggle_cover(cover),
                Request::Tool(tool) => self.toggle_tool(tool),
                Request::Reveal => self.lanes.reveal(&cx.document.shown_lanes(), true),
                Request::Route(kind) => self.take_route(cx.document, kind),
                Request::Path(on) => self.take_neighboring_path(cx.document, on),
                Request::Screen(name) => screen = Some(name),
                Request::Close => self.speaker.is_open = false,
                Request::End => self.is_over = true,
            }
        }
        screen
    }

    /// Handles keys that were pressed in this window: those of the presentation, and of commands.
    fn handle_speaker_keys(
        &mut self,
        ctx: &Context,
        cx: &mut FrameCx<'_>,
        requests: &mut Vec<Request>,
    ) {
        if !self.handle_keys(ctx, cx.document, cx.toasts) {
            requests.push(Request::End);
        }
        let pressed = pressed_commands(ctx, &cx.commands(), false);
        for (id, _) in pressed.into_iter().filter(|(id, _)| is_allowed(*id)) {
            if matches!(id, CommandId::Capture | CommandId::Rename) {
                // The field is on the wall.
                ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Focus);
            }
            cx.actions.push(UiAction::RunCommand(id));
        }
    }

    fn show_speaker_page(&self, ui: &mut Ui, cx: &FrameCx<'_>, requests: &mut Vec<Request>) {
        let map = cx.document.session.map();
        self.show_bar(ui, requests);
        ui.separator();
        let room = (ui.available_height() - CONTROLS_HEIGHT).max(80.0);
        ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.label(style::bold_text(self.stop().title(map)).size(26.0));
                if let Some((page, pages)) = self.aim.pages() {
                    ui.label(format!("Part {page} of {pages}"));
                }
                for line in facts(map, self.stop()) {
                    ui.label(line);
                }
                ui.add_space(2.0 * UNIT);
                let notes = notes(map, self.stop());
                if notes.is_empty() {
                    ui.label(style::weak_text("No notes. Write them in the inspector."));
                } else {
                    ui.label(RichText::new(notes).size(18.0));
                }
            });
        ui.separator();
        let next = self.at + 1;
        let words = match self.route.stops().get(next) {
            Some(stop) => format!("Next: {}", stop.title(map)),
            None => "This is the last stop".to_owned(),
        };
        let next_button = Button::new(RichText::new(words).size(18.0)).frame(false);
        if ui.add(next_button).clicked() {
            requests.push(Request::Stop(next));
        }
        self.show_controls(ui, requests);
    }

    /// Route, position, clock and screen.
    fn show_bar(&self, ui: &mut Ui, requests: &mut Vec<Request>) {
        ui.horizontal_wrapped(|ui| {
            let route = ComboBox::from_id_salt("route").width(190.0);
            let shown = route
                .selected_text(self.route_title(self.route.kind))
                .show_ui(ui, |ui| {
                    for kind in self.routes() {
                        let is_on = kind == self.route.kind;
                        if selectable_text(ui, is_on, &self.route_title(kind)).clicked() {
                            requests.push(Request::Route(kind));
                        }
                    }
                });
            shown.response.on_hover_text("Route");
            if matches!(self.route.kind, RouteKind::Path(_))
                && let Some(on) = path_buttons(ui)
            {
                requests.push(Request::Path(on));
            }
            let position = format!("{} of {}", self.at + 1, self.route.stops().len());
            ui.label(position);
            let elapsed = (ui.ctx().time() - self.speaker.started).max(0.0) as u64;
            let clock = format!("{}:{:02}", elapsed / 60, elapsed % 60);
            ui.label(style::bold_text(clock))
                .on_hover_text("Time since the start");
            ui.label(jiff::Zoned::now().strftime("%H:%M").to_string());
            if self.wall.monitors.len() > 1 {
                let here = self.wall.name.as_deref().unwrap_or("");
                ui.label("Map on");
                let screens = ComboBox::from_id_salt("screen").width(150.0);
                let shown = screens.selected_text(here).show_ui(ui, |ui| {
                    for monitor in &self.wall.monitors {
                        let is_on = monitor.name == here;
                        if selectable_text(ui, is_on, &monitor.name).clicked() {
                            requests.push(Request::Screen(monitor.name.clone()));
                        }
                    }
                });
                shown.response.on_hover_text("Screen that shows the map");
            }
        });
    }

    fn show_controls(&self, ui: &mut Ui, requests: &mut Vec<Request>) {
        ui.add_space(UNIT);
        ui.horizontal_wrapped(|ui| {
            if ui.button("Previous").clicked() {
                requests.push(Request::Step(false));
            }
            if primary_button(ui, "Next").clicked() {
                requests.push(Request::Step(true));
            }
            let mut toggle = |ui: &mut Ui, on: bool, words: &str, tip: &str, request: Request| {
                if toggle_button(ui, on, words, tip).clicked() {
                    requests.push(request);
                }
            };
            for (cover, words, tip) in [
                (Cover::Black, "Black", "Make the screen black.\nB"),
                (Cover::White, "White", "Make the screen white.\nW"),
                (Cover::Hidden, "Hide map", "Hide the map.\nH"),
            ] {
                let on = self.cover == Some(cover);
                toggle(ui, on, words, tip, Request::Cover(cover));
            }
            for (tool, words, tip) in [
                (
                    PointerTool::Spotlight,
                    "Spotlight",
                    "Light up the place of the pointer.\nL",
                ),
                (PointerTool::Ink, "Ink", "Draw lines that fade.\nI"),
            ] {
                toggle(ui, self.tool == Some(tool), words, tip, Request::Tool(tool));
            }
            let tip = "Reveal the lanes one by one.\nV";
            toggle(
                ui,
                self.lanes.is_revealing(),
                "Reveal",
                tip,
                Request::Reveal,
            );
            if ui.button("End").clicked() {
                requests.push(Request::End);
            }
        });
    }
}

/// Notes of the object of a stop.
fn notes(map: &Map, stop: &Stop) -> String {
    let notes = match stop.object() {
        Some(ObjectRef::Stage(id)) => map.stages().get(&id).map(|stage| &stage.notes),
        _ => stop
            .touchpoint()
            .and_then(|id| map.touchpoint(id))
            .map(|step| &step.notes),
    };
    notes.map_or("", |notes| notes.trim()).to_owned()
}

/// The texts of the map about the object of a stop, in lines.
fn facts(map: &Map, stop: &Stop) -> Vec<String> {
    let department = |id| map.departments().get(id).map_or("", Record::name);
    let mut facts = Vec::new();
    if let Stop::Title { count, .. } = stop {
        facts.push(count.clone());
    }
    if let Some(stage) = stop.stage(map).and_then(|id| map.stages().get(id)) {
        let steps = count(map.touchpoints_in(&stage.id).len(), "touchpoint");
        match stop.touchpoint() {
            None => {
                facts.push(steps);
                if !stage.goal.trim().is_empty() {
                    facts.push(format!("Goal: {}", stage.goal));
                }
            }
            Some(_) => facts.push(format!("Stage: {}", stage.name)),
        }
    }
    if let Some(step) = stop.touchpoint().and_then(|id| map.touchpoint(id)) {
        facts.push(match &step.owner {
            Some(id) => format!("Owner: {}", department(id)),
            None if map.needs_no_owner(step) => "No owner needed".to_owned(),
            None => "No owner".to_owned(),
        });
        if !step.description.trim().is_empty() {
            facts.push(step.description.clone());
        }
        if !step.pains.is_empty() {
            facts.push(count(step.pains.len(), "pain point"));
        }
    }
    facts
}
