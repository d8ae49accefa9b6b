//! The keys of a presentation, those of clickers too, and the commands that run meanwhile.
//!
//! Must not know: how anything is drawn.

use super::shown::{Cover, PointerTool};
use super::state::{Presentation, is_fullscreen};
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::ui::toasts::Toasts;
use crate::scene::Marks;
use crate::theme::ThemeName;
use egui::{Context, Key, Modifiers, ViewportCommand};

/// Commands whose keys work while presenting.
const ALLOWED: &[CommandId] = &[
    CommandId::Save,
    CommandId::Undo,
    CommandId::Redo,
    CommandId::Cut,
    CommandId::Copy,
    CommandId::Paste,
    CommandId::Duplicate,
    CommandId::Capture,
    CommandId::AddTouchpoint,
    CommandId::AddStage,
    CommandId::Rename,
    CommandId::MoveLeft,
    CommandId::MoveRight,
    CommandId::Delete,
    CommandId::HighlightUnowned,
    CommandId::HighlightPain,
    CommandId::NextHighlighted,
    CommandId::PreviousHighlighted,
    CommandId::FitAll,
    CommandId::ZoomFull,
    CommandId::ZoomIn,
    CommandId::ZoomOut,
    CommandId::FullScreen,
    CommandId::CommandPalette,
    CommandId::Shortcuts,
    CommandId::Help,
];

/// Whether a command runs by its keys while presenting.
pub(crate) fn is_allowed(id: CommandId) -> bool {
    ALLOWED.contains(&id)
}

const DIGITS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

impl Presentation {
    /// Handles the keys of the presentation; returns whether it goes on.
    pub(crate) fn handle_keys(
        &mut self,
        ctx: &Context,
        document: &mut Document,
        toasts: &mut Toasts,
    ) -> bool {
        let pressed = |keys: &[Key]| {
            let mut keys = keys.iter();
            keys.any(|key| ctx.input_mut(|i| i.consume_key(Modifiers::NONE, *key)))
        };
        if pressed(&[Key::F5]) {
            return false;
        }
        if self.menu.is_some() {
            self.handle_menu_keys(ctx, document);
            return true;
        }
        let held = ctx.input(|i| i.modifiers);
        if held.command || held.alt || held.ctrl {
            return true;
        }
        if pressed(&[Key::Escape]) {
            return self.escape();
        }
        if held.shift {
            self.handle_shifted_keys(ctx, document);
            return true;
        }
        if pressed(&[Key::ArrowRight, Key::PageDown, Key::Space]) {
            self.step(document, true);
        } else if pressed(&[Key::ArrowLeft, Key::PageUp, Key::Backspace]) {
            self.step(document, false);
        } else if pressed(&[Key::ArrowDown]) {
            self.go(document, self.route.skip_touchpoints(self.at, true));
        } else if pressed(&[Key::ArrowUp]) {
            self.go(document, self.route.skip_touchpoints(self.at, false));
        } else if pressed(&[Key::Home]) {
            self.go(document, 0);
        } else if pressed(&[Key::End]) {
            self.go(document, self.route.last());
        } else if pressed(&[Key::B, Key::Period]) {
            self.toggle_cover(Cover::Black);
        } else if pressed(&[Key::W, Key::Comma]) {
            self.toggle_cover(Cover::White);
        } else if pressed(&[Key::H]) {
            self.toggle_cover(Cover::Hidden);
        } else if pressed(&[Key::L]) {
            self.toggle_tool(PointerTool::Spotlight);
        } else if pressed(&[Key::I]) {
            self.toggle_tool(PointerTool::Ink);
        } else if pressed(&[Key::V]) {
            self.lanes.reveal(&document.shown_lanes(), true);
        } else if pressed(&[Key::R]) {
            self.toggle_route_menu();
        } else if pressed(&[Key::S]) {
            self.speaker.toggle();
        } else if pressed(&[Key::T]) {
            self.next_theme();
        } else if pressed(&[Key::Num0]) {
            self.lanes.show_all();
        } else if let Some(at) = DIGITS.iter().position(|key| pressed(&[*key])) {
            toasts.push(self.lanes.toggle(&document.shown_lanes(), at));
        } else if pressed(&[Key::F11]) {
            let full = is_fullscreen(ctx);
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
        }
        true
    }

    fn handle_shifted_keys(&mut self, ctx: &Context, document: &mut Document) {
        let pressed = |key| ctx.input_mut(|i| i.consume_key(Modifiers::SHIFT, key));
        if pressed(Key::V) {
            self.lanes.reveal(&document.shown_lanes(), false);
        } else if pressed(Key::Num1) {
            document.highlighting.toggle_mark(Marks::UNOWNED);
        } else if pressed(Key::Num2) {
            document.highlighting.toggle_mark(Marks::PAIN);
        } else if pressed(Key::Num0) {
            document.highlighting.marks = Marks::NONE;
        }
    }

    /// Puts away what is in front: a tool, then a cover, then the presentation itself, in which
    /// case the result is `false`.
    fn escape(&mut self) -> bool {
        self.tool.take().is_some() || self.cover.take().is_some()
    }

    pub(super) fn toggle_tool(&mut self, tool: PointerTool) {
        self.tool = (self.tool != Some(tool)).then_some(tool);
    }

    fn next_theme(&mut self) {
        let all = ThemeName::ALL;
        let at = all
            .iter()
            .position(|theme| *theme == self.theme)
            .unwrap_or(0);
        self.theme = all[(at + 1) % all.len()];
    }
}
