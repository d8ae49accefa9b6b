//! Command palette (Ctrl+K): finds commands, stages and touchpoints by a few letters.
//!
//! Must not know: how commands are carried out.

use super::dialog::{is_new, show_modal};
use crate::app::command::CommandState;
use crate::app::command::action::UiAction;
use crate::app::command::table::{COMMANDS, CommandId};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::app::ui::text_field::MAX_QUERY_CHARS;
use crate::folding::fold_text;
use crate::model::{ObjectRef, Stage, Touchpoint, TouchpointId};
use egui::{Context, Id, Key, Modal, Modifiers, RichText, TextEdit, Ui};
use frizbee::{Config, Matcher, Pattern, PatternConfig};
use std::cmp::Reverse;

/// Maximum number of rows.
const MAX_PALETTE_ROWS: usize = 60;

/// The open command palette.
pub struct CommandPalette {
    text: String,
    current: usize,
    /// Start of a path: only touchpoints can be chosen, as its end.
    connect_from: Option<TouchpointId>,
}

struct PaletteRow {
    action: UiAction,
    text: String,
    hint: String,
}

/// An entry that a palette can offer.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Command(CommandId),
    Stage(&'a Stage),
    /// A touchpoint with its stage.
    Touchpoint(&'a Touchpoint, &'a Stage),
}

impl CommandPalette {
    /// Creates a palette of commands, stages and touchpoints, or only of possible ends
    /// of a path.
    pub fn new(connecting: Option<TouchpointId>) -> CommandPalette {
        CommandPalette {
            text: String::new(),
            current: 0,
            connect_from: connecting,
        }
    }

    /// Returns the best rows, best first; without text, the first ones.
    fn rows(&self, ctx: &Context, now: &CommandState<'_>) -> Vec<PaletteRow> {
        let connect_from = self.connect_from.as_ref();
        let commands = COMMANDS.iter().filter(|entry| {
            connect_from.is_none()
                && entry.id != CommandId::CommandPalette
                && entry.id.is_enabled(now)
        });
        let commands = commands.map(|entry| (entry.id.state_label(now), Entry::Command(entry.id)));
        let map = now.document.map(|document| document.session.map());
        let things = map.into_iter().flat_map(|map| {
            map.stages().iter().flat_map(move |stage| {
                let itself = (stage.name.as_str(), Entry::Stage(stage));
                let touchpoints = map.touchpoints_in(&stage.id).iter();
                let touchpoints = touchpoints.filter(move |t| connect_from != Some(&t.id));
                let touchpoints =
                    touchpoints.map(move |t| (t.name.as_str(), Entry::Touchpoint(t, stage)));
                let itself = connect_from.is_none().then_some(itself);
                itself.into_iter().chain(touchpoints)
            })
        });
        let entries = commands.chain(things);
        let typed = self.text.trim();
        let best: Vec<(&str, Entry<'_>)> = if typed.is_empty() {
            entries.take(MAX_PALETTE_ROWS).collect()
        } else {
            let mut matcher = fuzzy_matcher(typed);
            let ranked = entries.filter_map(|entry| Some((rank(&mut matcher, entry.0)?, entry)));
            let mut ranked: Vec<_> = ranked.collect();
            ranked.sort_by_key(|(rank, _)| Reverse(*rank));
            let best = ranked.into_iter().map(|(_, entry)| entry);
            best.take(MAX_PALETTE_ROWS).collect()
        };
        let row = |(text, entry): (&str, Entry<'_>)| PaletteRow {
            text: match text.trim() {
                "" => "Without a name".to_owned(),
                _ => text.to_owned(),
            },
            hint: match entry {
                Entry::Command(id) => id.keys(ctx),
                Entry::Stage(_) => "Stage".to_owned(),
                Entry::Touchpoint(_, stage) => stage.name.clone(),
            },
            action: self.action(entry),
        };
        best.into_iter().map(row).collect()
    }

    fn action(&self, entry: Entry<'_>) -> UiAction {
        let object = match entry {
            Entry::Command(id) => return UiAction::RunCommand(id),
            Entry::Stage(stage) => ObjectRef::Stage(stage.id.clone()),
            Entry::Touchpoint(touchpoint, _) if self.connect_from.is_some() => {
                return UiAction::FinishConnect(touchpoint.id.clone());
            }
            Entry::Touchpoint(touchpoint, _) => ObjectRef::Touchpoint(touchpoint.id.clone()),
        };
        UiAction::Select {
            selection: object.into(),
            reveal: true,
        }
    }

    /// Shows the palette and returns the chosen action, or `Some(None)` if it was closed.
    pub fn show(&mut self, ctx: &Context, now: &CommandState<'_>) -> Option<Option<UiAction>> {
        let first = is_new(ctx, "palette");
        let down = ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::ArrowDown));
        let up = ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::ArrowUp));
        let enter = ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        if first {
            // Text typed before the field has the focus belongs to it too.
            ctx.input_mut(|i| {
                i.events.retain(|event| match event {
                    egui::Event::Text(text) => {
                        self.text.push_str(text);
                        false
                    }
                    _ => true,
                });
            });
        }
        let height = ctx.content_rect().height();
        let top = (18.0 * UNIT).min(height / 10.0);
        let area = Modal::default_area(Id::unique("palette"))
            .anchor(egui::Align2::CENTER_TOP, egui::vec2(0.0, top));
        let mut chosen = None;
        let modal = Modal::new(Id::unique("palette"))
            .area(area)
            .backdrop_color(style::backdrop());
        let modal = show_modal(modal, ctx, 560.0, |ui| {
            let hint = match self.connect_from {
                Some(_) => "Connect to which touchpoint?",
                None => "Type a command, a stage or a touchpoint",
            };
            let field = TextEdit::singleline(&mut self.text)
                .char_limit(MAX_QUERY_CHARS)
                .hint_text(hint)
                .desired_width(f32::INFINITY);
            let edit = ui.add(field);
            edit.widget_info(|| {
                let mut info = egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search");
                info.current_text_value = Some(self.text.clone());
                info
            });
            if first || edit.lost_focus() {
                edit.request_focus();
            }
            if edit.changed() {
                self.current = 0;
            }
            let rows = self.rows(ui.ctx(), now);
            let last = rows.len().saturating_sub(1);
            self.current = match (down, up) {
                (true, _) => self.current + 1,
                (_, true) => self.current.saturating_sub(1),
                _ => self.current,
            }
            .min(last);
            ui.add_space(UNIT);
            if rows.is_empty() {
                ui.label(style::weak_text("No results"));
            }
            let room = ui.ctx().content_rect().height() - 40.0 * UNIT;
            style::scroll_list(room.clamp(20.0 * UNIT, 380.0)).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                for (i, row) in rows.iter().enumerate() {
                    let response = show_palette_row(ui, row, i == self.current);
                    if i == self.current && (down || up) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        chosen = Some(row.action.clone());
                    }
                }
            });
            if enter && let Some(row) = rows.get(self.current) {
                chosen = Some(row.action.clone());
            }
        });
        (chosen.is_some() || modal.should_close()).then_some(chosen)
    }
}

/// Returns a matcher of texts in which the typed letters appear in order, in any case and
/// with any accents.
fn fuzzy_matcher(typed: &str) -> Matcher {
    let letters: String = fold_text(typed).split_whitespace().collect();
    let pattern = Pattern::new(&letters, PatternConfig::default());
    Matcher::new(pattern, &Config::default())
}

/// Rank of a text, highest first: the better match, of two equal ones the shorter text.
type Rank = (u16, Reverse<usize>);

fn rank(matcher: &mut Matcher, text: &str) -> Option<Rank> {
    let found = matcher.match_one(fold_text(text), 0)?;
    Some((found.score, Reverse(text.chars().count())))
}

fn show_palette_row(ui: &mut Ui, row: &PaletteRow, on: bool) -> egui::Response {
    let aside = RichText::new(&row.hint).weak().small();
    let button = egui::Button::selectable(on, style::visible_text(row.text.as_str()))
        .right_text(aside)
        .min_size(egui::vec2(ui.available_width(), 0.0));
    ui.add(button)
}

#[cfg(test)]
mod tests {
    use super::{Rank, fuzzy_matcher, rank};

    fn ranked(text: &str, typed: &str) -> Option<Rank> {
        rank(&mut fuzzy_matcher(typed), text)
    }

    #[test]
    fn match_needs_letters_in_order_and_prefers_word_starts() {
        assert!(ranked("Highlight no owner", "hno").is_some());
        assert!(ranked("Highlight no owner", "noh").is_none());
        assert!(ranked("Zoom in", "zi") > ranked("Resizing", "zi"));
        assert!(ranked("Save", "save") > ranked("Save as…", "save"));
        assert!(ranked("Émile waits", "ÉM").is_some());
        for typed in ["pruft", "PRÜFT", "pru\u{308}ft", "prüft"] {
            assert!(ranked("Prüft", typed).is_some(), "{typed}");
            assert!(ranked("Pru\u{308}ft", typed).is_some(), "{typed}");
        }
        assert!(ranked("Straße", "STRASSE").is_some());
        assert!(ranked("Zoom in", " z  I ").is_some());
        assert!(ranked("Zoom in", "").is_some());
        assert!(ranked("Zoom in", "!x").is_none());
        // A whole word counts more than the initials of several.
        assert!(ranked("Assign owner…", "ow") > ranked("Context menu", "ow"));
        assert!(ranked("Wait for approval", "wait") > ranked("Context menu", "wait"));
    }
}
