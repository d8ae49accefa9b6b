//! Pages of the left panel, and the state of the side panels.
//!
//! Must not know: what pages show.

use crate::app::command::table::CommandId;
use crate::settings::Preferences;
use egui::{Context, Id, Rect};

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

impl LeftPage {
    /// Pages with their titles, in the order of their tabs.
    pub(super) const ALL: [(LeftPage, &str); 6] = [
        (LeftPage::Outline, "Outline"),
        (LeftPage::Lanes, "Lanes"),
        (LeftPage::Entities, "People"),
        (LeftPage::Assign, "Assign"),
        (LeftPage::Findings, "Findings"),
        (LeftPage::History, "History"),
    ];

    /// Page that a command shows.
    fn of_command(id: CommandId) -> Option<LeftPage> {
        Some(match id {
            CommandId::Lanes => LeftPage::Lanes,
            CommandId::Entities => LeftPage::Entities,
            CommandId::Findings => LeftPage::Findings,
            CommandId::AssignOwner
            | CommandId::AssignChannel
            | CommandId::AssignEnvironment
            | CommandId::AssignPersona => LeftPage::Assign,
            CommandId::History => LeftPage::History,
            _ => return None,
        })
    }
}

/// State of the side panels.
pub struct SidePanels {
    /// Selected page.
    pub(super) page: LeftPage,
    /// Whether the name field of the inspector gets the focus once shown.
    pub(super) focus_name: bool,
    /// Whether the left page gets the focus once shown.
    pub(super) focus_page: bool,
    /// Rectangle of the left page in the last frame.
    pub(super) page_rect: Rect,
}

impl Default for SidePanels {
    fn default() -> SidePanels {
        SidePanels {
            page: LeftPage::default(),
            focus_name: false,
            focus_page: false,
            page_rect: Rect::NOTHING,
        }
    }
}

impl SidePanels {
    /// Focuses the name field of the inspector in the next frame.
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
        let Some(page) = LeftPage::of_command(id) else {
            return;
        };
        let shown = preferences.outline && self.page == page;
        let focused = ctx.memory(|memory| memory.focused());
        let within = focused
            .and_then(|id| ctx.read_response(id))
            .is_some_and(|response| self.page_rect.contains(response.rect.center()));
        match canvas {
            Some(canvas) if shown && within && page != LeftPage::Assign => {
                ctx.memory_mut(|memory| memory.request_focus(canvas));
            }
            _ => {
                preferences.outline = true;
                self.page = page;
                self.focus_page = !matches!(page, LeftPage::Findings | LeftPage::Assign);
                ctx.request_repaint();
            }
        }
    }
}
