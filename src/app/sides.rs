//! The panels at both sides of the map, and what they are given to read.
//!
//! Must not know: what panels show.

use super::context::Context;
use super::look::{self, UNIT};
use super::panels;
use super::regions::Region;
use super::shell::App;
use egui::{Frame, Margin, Panel, Ui};

/// What the left panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Stages and touchpoints.
    #[default]
    Outline,
    /// Which lanes are shown.
    Lanes,
    /// Personas, departments, channels and environments.
    People,
    /// What the checks noticed.
    Findings,
    /// What can be given to touchpoints.
    Palette,
    /// The steps that led to the map.
    History,
}

/// What the panels remember between frames.
#[derive(Default)]
pub struct Sides {
    /// What the left panel shows.
    pub page: Page,
    focus_name: bool,
}

impl Sides {
    /// Puts the cursor into the name in the inspector, in the next frame.
    pub fn focus_name(&mut self) {
        self.focus_name = true;
    }
}

impl App {
    /// Shows the panels that are open.
    pub(super) fn show_panels(&mut self, ui: &mut Ui) {
        let (look, theme) = (self.look(), self.theme());
        let frame = Frame::new()
            .fill(look::color(look::panel(theme)))
            .inner_margin(Margin::same(12));
        let naming = std::mem::take(&mut self.sides.focus_name);
        if naming {
            // The inspector looks here for the name of the field to go to.
            let wanted = egui::Id::unique("inspector-focus");
            ui.data_mut(|d| d.insert_temp(wanted, "Name".to_owned()));
        }
        let (left, right) = (self.preferences.outline, self.preferences.inspector);
        let mut page = self.sides.page;
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        // The canvas asks for the same picture later in this frame: it is made once.
        let (picture, _) = document.picture(look, &mut self.typesetter);
        // This takes longer than everything else in a frame: only where it is seen.
        let (findings, usage) = match left {
            true => (
                document.session.findings(crate::session::today()),
                document.session.usage(),
            ),
            false => Default::default(),
        };
        let regions = &mut self.regions;
        let mint = &mut self.mint;
        let mut mint = |name: &str| mint.mint::<crate::model::TouchpointId>(name).to_string();
        let mut context = Context {
            map: document.session.map(),
            layout: &picture.layout,
            history: document.session.history(),
            findings: &findings,
            usage: &usage,
            hidden_curves: &document.hidden_curves,
            selection: &document.selection,
            lit: &picture.scene.lit,
            filter: &document.spotlight.filter,
            theme,
            mint: &mut mint,
            queue: &mut self.queue,
        };
        let room = ui.available_width();
        if left {
            let shown = Panel::left("left")
                .frame(frame)
                .default_size(292.0)
                .size_range(180.0..=(room * 0.35).max(181.0))
                .show(ui, |ui| {
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing.x = 2.0;
                        for (it, word) in [
                            (Page::Outline, "Outline"),
                            (Page::Lanes, "Lanes"),
                            (Page::People, "People"),
                            (Page::Palette, "Assign"),
                            (Page::Findings, "Findings"),
                            (Page::History, "History"),
                        ] {
                            let text = match it {
                                Page::Findings => format!("{word} {}", findings.open.len()),
                                _ => word.to_owned(),
                            };
                            if ui.selectable_label(page == it, text).clicked() {
                                page = it;
                            }
                        }
                    });
                    ui.add_space(UNIT);
                    held(ui, |ui| match page {
                        Page::Outline => panels::outline(ui, &mut context),
                        Page::Lanes => {
                            egui::ScrollArea::vertical()
                                .auto_shrink(false)
                                .show(ui, |ui| panels::lanes(ui, &mut context))
                                .inner
                        }
                        Page::People => panels::people(ui, &mut context),
                        Page::Findings => panels::findings(ui, &mut context),
                        Page::Palette => panels::palette_page(ui, &mut context),
                        Page::History => panels::history(ui, &mut context),
                    });
                });
            regions.put(Region::Left, shown.response.rect);
        }
        if right {
            let shown = Panel::right("right")
                .frame(frame)
                .default_size(332.0)
                .size_range(260.0..=(room * 0.45).max(261.0))
                .show(ui, |ui| held(ui, |ui| panels::inspector(ui, &mut context)));
            regions.put(Region::Right, shown.response.rect);
        }
        self.sides.page = page;
        if naming {
            select_text(ui);
        }
    }
}

/// Shows something in the room that is left; whatever is wider than that
/// cannot make the panel grow.
fn held(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    let rect = ui.available_rect_before_wrap();
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    inner.set_clip_rect(rect.expand(8.0).intersect(ui.clip_rect()));
    show(&mut inner);
    ui.advance_cursor_after_rect(rect);
}

/// Selects all text of the field that has the focus, so that typing replaces it.
fn select_text(ui: &Ui) {
    use egui::text::{CCursor, CCursorRange};
    use egui::text_edit::TextEditState;
    let Some(field) = ui.memory(|memory| memory.focused()) else {
        return;
    };
    let mut state = TextEditState::load(ui.ctx(), field).unwrap_or_default();
    // egui takes a cursor past the end as the end.
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(usize::MAX));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), field);
}
