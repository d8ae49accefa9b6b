//! The capture bar at the bottom of the map: target stage, input field and
//! interpretation of the line.
//!
//! Must not know: the grammar (`crate::capture` does).

use super::{CaptureBar, completions, field_id};
use crate::app::command::action::UiAction;
use crate::app::document::Document;
use crate::app::editing::structure::{insertion_point, target_stage_name};
use crate::app::ui::buttons::{ControlIcon, control_button, primary_button, with_trailing};
use crate::app::ui::capture_highlighting as highlighting;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::capture::{Phrase, Vocabulary, complete, list, parse, phrases};
use crate::theme::Theme;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::{TextEditOutput, TextEditState};
use egui::{
    EventFilter, Frame, Label, Margin, Panel, Pos2, Role, TextBuffer, TextEdit, Ui, WidgetInfo,
};

/// Text size of the field, in points; readable from a distance.
const FIELD_TEXT_SIZE: f32 = 18.0;

/// Example shown in the empty field.
const HINT: &str = "Pays the deposit @phone #Sales -2 frustrated !Long queue ?";

/// Help on sigils and keys, shown if there is no interpretation.
const KEY_HELP: &str = "@channel  %place  #owner  -2 feeling  !pain  +opportunity  “quote”  * moment of truth  ? assumption  >stage\n\
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
        self.vocabulary(document);
        let Some(known) = self.vocabulary.take() else {
            return;
        };
        let map = document.session.map();
        let place = insertion_point(map, &document.selection);
        let here = target_stage_name(map, &place);
        let frame = Frame::new()
            .fill(style::color(style::panel_fill(theme)))
            .inner_margin(Margin::symmetric(12, 8));
        let shown = Panel::bottom("capture").frame(frame).show(ui, |ui| {
            let clicked = show_line(ui, self, &known.names, theme, here);
            ui.scope(|ui| show_interpretation(ui, self, &known.names, theme, here));
            clicked
        });
        self.height = shown.response.rect.height();
        let clicked = shown.inner;
        let completion = clicked
            .suggestion
            .and_then(|at| Some((at, complete(&self.text, self.caret, &known.names)?)));
        self.vocabulary = Some(known);
        if let Some((at, completion)) = completion {
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
) -> CaptureClicks {
    let mut clicked = CaptureClicks::default();
    ui.horizontal(|ui| {
        let stage = style::bold_text(here.unwrap_or("New stage")).color(style::color(theme.accent));
        ui.scope(|ui| {
            ui.set_max_width(44.0 * UNIT);
            ui.add(Label::new(stage).truncate()).on_hover_text(
                "The stage that the line goes to. Tab goes to the next one, Shift and Tab back.",
            );
        });
        let offer = |ui: &mut Ui| {
            let width = ui.available_width();
            let output = show_field(ui, capture, names, theme, width);
            show_suggestions(ui, capture, names, theme, &output)
        };
        let (mut take, mut close) = (false, false);
        let offer = with_trailing(ui, offer, |ui| {
            take = primary_button(ui, "Add")
                .on_hover_text("Add the touchpoint (Enter)")
                .clicked();
            let tip = "Close (Escape). What is typed stays.";
            let cross =
                control_button(ui, ControlIcon::Close, "Close the capture line", tip, false);
            close = cross.clicked();
        });
        clicked = CaptureClicks {
            suggestion: offer,
            submit: take,
            close,
        };
    });
    clicked
}

fn show_field(
    ui: &mut Ui,
    capture: &mut CaptureBar,
    names: &Vocabulary,
    theme: &'static Theme,
    width: f32,
) -> TextEditOutput {
    let id = field_id();
    if let Some(at) = capture.requested_caret.take() {
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let index = capture
            .text
            .get(..at)
            .unwrap_or(&capture.text)
            .chars()
            .count();
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
        let job =
            highlighting::highlight_line(text, &parse(text, names), names, theme, FIELD_TEXT_SIZE);
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

fn show_suggestions(
    ui: &Ui,
    capture: &CaptureBar,
    names: &Vocabulary,
    theme: &Theme,
    output: &TextEditOutput,
) -> Option<usize> {
    let response = &output.response.response;
    if capture.are_suggestions_dismissed || !response.has_focus() {
        return None;
    }
    let completion = complete(&capture.text, capture.caret, names)?;
    let before = capture.text.get(..completion.span.start)?;
    let cursor = output
        .galley
        .pos_from_cursor(CCursor::new(before.chars().count()));
    let left = (output.galley_pos.x + cursor.min.x).clamp(response.rect.min.x, response.rect.max.x);
    let at = Pos2::new(left, response.rect.min.y - UNIT);
    completions::show(
        ui.ctx(),
        theme,
        at,
        &completion,
        capture.suggestion,
        capture.is_suggestion_chosen,
    )
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
    let job = highlighting::highlight_phrases(&understood, theme, size);
    // A fixed height of two lines keeps the map from jumping during typing.
    ui.set_min_height(10.0 * UNIT);
    ui.add(Label::new(job).wrap());
}

/// Returns the line without a trailing sigil that has no text yet.
fn without_dangling_sigil(line: &str) -> &str {
    match line.rsplit_once(' ').unwrap_or(("", line)) {
        (before, "@" | "%" | "#" | ">" | "!" | "!!" | "!!!" | "+" | "-" | "\"") => before,
        _ => line,
    }
}
