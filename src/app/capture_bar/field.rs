//! The capture bar at the bottom of the map: target stage, input field with completion
//! suggestions, and interpretation of the line.
//!
//! Must not know: the grammar (`crate::capture` does).

use super::{CaptureBar, field_id};
use crate::app::command::action::UiAction;
use crate::app::document::Document;
use crate::app::editing::structure::{insertion_point, target_stage_name};
use crate::app::ui::buttons::{ControlIcon, control_button, primary_button, with_trailing};
use crate::app::ui::capture_highlighting::{highlight_line, highlight_phrases, part_color};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::capture::{Phrase, TokenKind, Vocabulary, complete, list, parse, phrases};
use crate::theme::Theme;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::{TextEditOutput, TextEditState};
use egui::{
    Align2, Area, Button, EventFilter, Frame, Id, Label, Margin, Order, Panel, Pos2, RichText,
    Role, TextBuffer, TextEdit, Ui, WidgetInfo, vec2,
};

/// Text size of the field, in points; readable from a distance.
const FIELD_TEXT_SIZE: f32 = 18.0;

/// Example shown in the empty field.
const HINT: &str = "Pays the deposit @phone #Sales -2 frustrated !Long queue ?";

/// Help on sigils and keys, shown if there is no interpretation.
const KEY_HELP: &str = "@channel  %place  #owner  -2 feeling  &persona  !pain  +opportunity  “quote”  * moment of truth  ? assumption  >stage\n\
                    Enter adds the touchpoint, Tab goes to the next stage, Escape leaves";

/// Clicks in the bar.
#[derive(Default)]
struct CaptureClicks {
    submit: bool,
    close: bool,
    suggestion: Option<usize>,
}

impl CaptureBar {
    /// Shows the bar if it is open.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        document: &Document,
        theme: &'static Theme,
        actions: &mut Vec<UiAction>,
    ) {
        if !self.open {
            return;
        }
        let names = self.vocabulary(document);
        let map = document.session.map();
        let place = insertion_point(map, &document.selection);
        let here = target_stage_name(map, &place);
        let frame = Frame::new()
            .fill(style::color(style::panel_fill(theme)))
            .inner_margin(Margin::symmetric(12, 8));
        let mut clicked = CaptureClicks::default();
        let shown = Panel::bottom("capture").frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| show_line(ui, self, &names, theme, here, &mut clicked));
            ui.scope(|ui| show_interpretation(ui, self, &names, theme, here));
        });
        self.height = shown.response.rect.height();
        if let Some(at) = clicked.suggestion
            && let Some(completion) = complete(&self.text, self.caret, &names)
        {
            self.accept_suggestion(&completion, at);
            self.wants_focus = true;
        }
        if clicked.close {
            self.close();
        }
        if clicked.submit {
            self.wants_focus = true;
            actions.push(UiAction::SubmitCaptureLine);
        }
    }
}

fn show_line(
    ui: &mut Ui,
    capture: &mut CaptureBar,
    names: &Vocabulary,
    theme: &'static Theme,
    here: Option<&str>,
    clicked: &mut CaptureClicks,
) {
    let stage = style::bold_text(here.unwrap_or("New stage")).color(style::color(theme.accent));
    ui.scope(|ui| {
        ui.set_max_width(44.0 * UNIT);
        ui.add(Label::new(stage).truncate()).on_hover_text(
            "The stage that the line goes to. Tab goes to the next one, Shift and Tab back.",
        );
    });
    let field = |ui: &mut Ui| {
        let output = show_field(ui, capture, names, theme);
        clicked.suggestion = show_suggestions(ui, capture, names, theme, &output);
    };
    with_trailing(ui, field, |ui| {
        clicked.submit = primary_button(ui, "Add")
            .on_hover_text("Add the touchpoint (Enter)")
            .clicked();
        let (label, tip) = (
            "Close the capture line",
            "Close (Escape). What is typed stays.",
        );
        clicked.close = control_button(ui, ControlIcon::Close, label, tip, false).clicked();
    });
}

fn show_field(
    ui: &mut Ui,
    capture: &mut CaptureBar,
    names: &Vocabulary,
    theme: &'static Theme,
) -> TextEditOutput {
    let id = field_id();
    let width = ui.available_width();
    if let Some(at) = capture.requested_caret.take() {
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let before = capture.text.get(..at).unwrap_or(&capture.text);
        let index = before.chars().count();
        state
            .cursor
            .set_char_range(Some(CCursorRange::one(CCursor::new(index))));
        state.store(ui.ctx(), id);
    }
    if std::mem::take(&mut capture.wants_focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| {
        let text = text.as_str();
        let job = highlight_line(text, &parse(text, names), names, theme, FIELD_TEXT_SIZE);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let output = TextEdit::singleline(&mut capture.text)
        .id(id)
        .font(egui::FontId::proportional(FIELD_TEXT_SIZE))
        .hint_text(HINT)
        .desired_width(width - 4.0 * UNIT)
        .margin(Margin::symmetric(8, 6))
        .char_limit(list::MAX_CHARS)
        .return_key(None)
        // These keys are handled by the bar.
        .event_filter(EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        })
        .layouter(&mut layouter)
        .show(ui);
    let response = &output.response.response;
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::TextInput, true, "Capture line");
        info.current_text_value = Some(capture.text.clone());
        info
    });
    let caret = output.cursor_range.map_or(capture.text.len(), |range| {
        capture
            .text
            .char_indices()
            .nth(range.primary.index.0)
            .map_or(capture.text.len(), |(at, _)| at)
    });
    if response.changed() {
        capture.are_suggestions_dismissed = false;
        capture.history_index = None;
    }
    if response.changed() || caret != capture.caret {
        capture.suggestion = 0;
        capture.is_suggestion_chosen = false;
    }
    capture.caret = caret;
    output
}

/// Shows the suggestions above the caret; returns the index of the clicked one.
fn show_suggestions(
    ui: &Ui,
    capture: &CaptureBar,
    names: &Vocabulary,
    theme: &Theme,
    output: &TextEditOutput,
) -> Option<usize> {
    let response = &output.response.response;
    let completion = capture.completion(names).filter(|_| response.has_focus())?;
    let before = capture.text.get(..completion.span.start)?;
    let cursor = output
        .galley
        .pos_from_cursor(CCursor::new(before.chars().count()));
    let left = (output.galley_pos.x + cursor.min.x).clamp(response.rect.min.x, response.rect.max.x);
    let color = style::color(part_color(completion.kind, theme));
    let mut clicked = None;
    Area::new(Id::unique("capture offers"))
        .order(Order::Foreground)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(Pos2::new(left, response.rect.min.y - UNIT))
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                ui.set_min_width(45.0 * UNIT);
                for (i, offer) in completion.items.iter().enumerate() {
                    let on = i == capture.suggestion;
                    let mut row = Button::selectable(on, RichText::new(&offer.name).color(color))
                        .min_size(vec2(45.0 * UNIT, 0.0));
                    if on {
                        let keys = if capture.is_suggestion_chosen {
                            "Enter"
                        } else {
                            "Tab"
                        };
                        row = row.right_text(RichText::new(keys).weak().small());
                    }
                    let response = ui.add(row);
                    response
                        .widget_info(|| WidgetInfo::selected(Role::Button, true, on, &offer.name));
                    if response.clicked() {
                        clicked = Some(i);
                    }
                }
                ui.label(style::weak_text(category_title(completion.kind)).small());
            });
        });
    clicked
}

/// Returns the heading of the suggestions.
fn category_title(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Channel => "Channels",
        TokenKind::Environment => "Environments",
        TokenKind::Owner | TokenKind::Supporter => "Departments",
        TokenKind::Stage => "Stages",
        TokenKind::Persona => "Personas",
        _ => "Feelings",
    }
}

/// Shows the interpretation of the line, or the help.
fn show_interpretation(
    ui: &mut Ui,
    capture: &CaptureBar,
    names: &Vocabulary,
    theme: &Theme,
    here: Option<&str>,
) {
    let size = 14.0;
    let said = parse(without_dangling_sigil(&capture.text), names).interpret();
    let mut understood = phrases(&said, names, here);
    if understood.is_empty() {
        understood.push(Phrase {
            kind: None,
            before: "",
            text: KEY_HELP.to_owned(),
            new: false,
        });
    }
    let job = highlight_phrases(&understood, theme, size);
    // A fixed height of two lines keeps the map from jumping during typing.
    ui.set_min_height(10.0 * UNIT);
    ui.add(Label::new(job).wrap());
}

/// Returns the line without a trailing sigil that has no text yet.
fn without_dangling_sigil(line: &str) -> &str {
    match line.rsplit_once(' ').unwrap_or(("", line)) {
        (before, "@" | "%" | "#" | ">" | "&" | "!" | "!!" | "!!!" | "+" | "-" | "\"") => before,
        _ => line,
    }
}
