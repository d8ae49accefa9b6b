//! The parts of the window around the canvas: toolbar, tabs, panels at the sides, status line.
//!
//! Must not know: how actions are carried out, files, drawing.

pub(crate) mod canvas_area;
mod change_note;
mod collapse;
mod command_buttons;
pub(crate) mod document_tabs;
pub(crate) mod drop_target;
pub(crate) mod filter_bar;
mod filter_menu;
pub(crate) mod find_bar;
pub(crate) mod focus_regions;
mod folds;
mod key_hint;
mod legibility_mark;
mod main_menu;
mod overview;
pub(crate) mod side_panels;
pub(crate) mod status_bar;
pub(crate) mod toolbar;
pub(crate) mod toolbar_parts;
mod view_tabs;

use crate::app::ui::scroll_to_focus::ScrollToFocus;
use crate::settings::Preferences;
use egui::{Context, Popup, Rect};
use focus_regions::Regions;
use main_menu::MainMenu;
use side_panels::SidePanels;

/// State of the parts around the canvas.
#[derive(Default)]
pub(crate) struct Chrome {
    /// Side panels.
    pub side_panels: SidePanels,
    /// Focus regions of this frame.
    pub regions: Regions,
    /// Main menu.
    pub menu: MainMenu,
    /// Scrolling of focused widgets into view.
    pub scroll_to_focus: ScrollToFocus,
    /// Height of the status bar in the last frame, in points; 0 before the first one.
    pub status_height: f32,
    /// Rectangle of the selection on screen, which toasts avoid.
    pub selection_rect: Option<Rect>,
    /// Title of the window.
    pub window_title: String,
}

impl Chrome {
    /// Shows or hides the left panel. In a narrow window it takes the place of the
    /// inspector.
    pub fn toggle_left(&self, preferences: &mut Preferences, ctx: &Context) {
        side_panels::toggle_left(preferences, ctx);
    }

    /// Opens the filter menu.
    pub fn open_filter(&self, ctx: &Context) {
        Popup::open_id(ctx, filter_bar::filter_menu_id());
    }
}
