//! The capture bar at the bottom of the map: target stage, input field and
//! interpretation of the line.
//!
//! Must not know: the grammar (`crate::capture` does).

use super::{Capture, completions, field_id, highlighting, place, stage_name};
use crate::app::app::App;
use crate::app::ui::buttons::{Sign, primary, sign_button, with_end};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::capture::{Names, Phrase, complete, list, parse, phrases};
use crate::theme::Theme;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::{TextEditOutput, TextEditState};
use egui::{
    EventFilter, Frame, Label, Margin, Panel, Pos2, Role, TextBuffer, TextEdit, Ui, WidgetInfo,
};

/// Text size of the field, in points; readable from a distance.
const SIZE: f32 = 18.0;

/// Example shown in the empty field.
const HINT: &str = "Pays the deposit @phone #Sales -2 frustrated !Long queue ?";

/// Help on sigils and keys, shown if there is no interpretation.
const KEYS: &str = "@channel  %place  #owner  -2 feeling  !pain  +opportunity  “quote”  * moment of truth  ? assumption  >stage\n\
                    Enter adds the touchpoint, Tab goes to the next stage, Escape leaves";

/// Clicks in the bar.
#[derive(Default)]
struct Clicked {
    take: bool,
    close: bool,
    offer: Option<usize>,
}

impl App {
    /// Shows the capture bar if it is open.
    pub(crate) fn show_capture(&mut self, ui: &mut Ui) {
        if !self.capture.open {
            return;
        }
        let theme = self.theme();
        let Some(document) = self.documents.get(self.active) else {
            return;
        };
        let capture = &mut self.capture;
        capture.names(document);
        let Some(known) = capture.known.take() else {
            return;
        };
        let map = document.session.map();
        let place = place(map, &document.selection);
        let here = stage_name(map, &place).map(str::to_owned);
        let frame = Frame::new()
            .fill(style::color(style::panel(theme)))
            .inner_margin(Margin::symmetric(12, 8));
        let mut clicked = Clicked::default();
        let shown = Panel::bottom("capture").frame(frame).show(ui, |ui| {
            clicked = show_line(ui, capture, &known.names, theme, here.as_deref());
            ui.scope(|ui| show_meaning(ui, capture, &known.names, theme, here.as_deref()));
        });
        capture.height = shown.response.rect.height();
        let completion = match clicked.offer {
            Some(_) => complete(&capture.text, capture.caret, &known.names),
            None => None,
        };
        capture.known = Some(known);
        if let (Some(completion), Some(at)) = (completion, clicked.offer) {
            capture.accept(&completion, at);
            capture.wants_focus = true;
        }
        if clicked.close {
            capture.close();
        }
        if clicked.take {
            capture.wants_focus = true;
            self.take_line();
            ui.ctx().request_repaint();
        }
    }
}

fn show_line(
    ui: &mut Ui,
    capture: &mut Capture,
    names: &Names,
    theme: &'static Theme,
    here: Option<&str>,
) -> Clicked {
    let mut clicked = Clicked::default();
    ui.horizontal(|ui| {
        let stage = style::bold(here.unwrap_or("New stage")).color(style::color(theme.accent));
        ui.scope(|ui| {
            ui.set_max_width(44.0 * UNIT);
            ui.add(Label::new(stage).truncate()).on_hover_text(
                "The stage that the line goes to. Tab goes to the next one, Shift and Tab back.",
            );
        });
        let offer = |ui: &mut Ui| {
            let width = ui.available_width();
            let output = show_field(ui, capture, names, theme, width);
            show_offers(ui, capture, names, theme, &output)
        };
        let (mut take, mut close) = (false, false);
        let offer = with_end(ui, offer, |ui| {
            take = primary(ui, "Add")
                .on_hover_text("Add the touchpoint (Enter)")
                .clicked();
            let tip = "Close (Escape). What is typed stays.";
            let cross = sign_button(ui, Sign::Close, "Close the capture line", tip, false);
            close = cross.clicked();
        });
        clicked = Clicked { offer, take, close };
    });
    clicked
}

fn show_field(
    ui: &mut Ui,
    capture: &mut Capture,
    names: &Names,
    theme: &'static Theme,
    width: f32,
) -> TextEditOutput {
    let id = field_id();
    if let Some(at) = capture.put_caret.take() {
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
        let job = highlighting::line(text, &parse(text, names), names, theme, SIZE);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let output = TextEdit::singleline(&mut capture.text)
        .id(id)
        .font(egui::FontId::proportional(SIZE))
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
        capture.dismissed = false;
        capture.recalled = None;
    }
    if response.changed() || caret != capture.caret {
        capture.offer = 0;
        capture.chosen = false;
    }
    capture.caret = caret;
    output
}

fn show_offers(
    ui: &Ui,
    capture: &Capture,
    names: &Names,
    theme: &Theme,
    output: &TextEditOutput,
) -> Option<usize> {
    let response = &output.response.response;
    if capture.dismissed || !response.has_focus() {
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
        capture.offer,
        capture.chosen,
    )
}

/// Shows the interpretation of the line, or the help.
fn show_meaning(ui: &mut Ui, capture: &Capture, names: &Names, theme: &Theme, here: Option<&str>) {
    let size = 14.0;
    let said = parse(finished(&capture.text), names).said();
    let mut understood = phrases(&said, names, here);
    if understood.is_empty() {
        understood.push(Phrase {
            kind: None,
            before: "",
            text: KEYS.to_owned(),
            new: false,
        });
    }
    let job = highlighting::sentence(&understood, theme, size);
    // A fixed height of two lines keeps the map from jumping during typing.
    ui.set_min_height(10.0 * UNIT);
    ui.add(Label::new(job).wrap());
}

/// Returns the line without a trailing sigil that has no text yet.
fn finished(line: &str) -> &str {
    match line.rsplit_once(' ').unwrap_or(("", line)) {
        (before, "@" | "%" | "#" | ">" | "!" | "!!" | "!!!" | "+" | "-" | "\"") => before,
        _ => line,
    }
}
