//! The dialog for pasting a list: previews the target stages, new names and ignored
//! parts.
//!
//! Must not know: the grammar of lists (`crate::capture::list` does).

use super::dialog::{Choice, Dialog};
use crate::app::document::Document;
use crate::app::editing::structure::{insertion_point, target_stage_name};
use crate::app::ui::capture_highlighting::highlight_phrases;
use crate::app::ui::field_focus::note_line_list;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::capture::list::{self, ListRow, ListShape, ParsedList};
use crate::capture::{
    FIRST_STAGE, InsertionPoint, NameKind, Phrase, Vocabulary, details, join_phrases,
};
use crate::english::count;
use crate::model::Map;
use crate::theme::Theme;
use egui::{
    Align, Context, Key, Label, Layout, Modifiers, Response, Role, TextEdit, Ui, WidgetInfo,
    WidgetText, vec2,
};

/// Maximum number of characters of the text field: rows as many as are taken at once.
const MAX_LIST_CHARS: usize = 40 * list::MAX_ROWS;

/// Height of a row, in points.
const ROW: f32 = 24.0;

/// State of the dialog.
pub struct PasteListDialog {
    text: String,
    /// Whether the text is editable; otherwise it was pasted before.
    is_editable: bool,
    names: Vocabulary,
    list: ParsedList,
    /// Stage of each row; empty for the stage at the insertion point.
    stages: Vec<String>,
}

impl PasteListDialog {
    /// Creates a dialog with pasted text, or with an empty text field.
    pub fn new(pasted: Option<&str>, map: Option<&Map>) -> PasteListDialog {
        let mut dialog = PasteListDialog {
            text: pasted.unwrap_or_default().to_owned(),
            is_editable: pasted.is_none(),
            names: map.map(Vocabulary::of).unwrap_or_default(),
            list: list::read("", &Vocabulary::default()),
            stages: Vec::new(),
        };
        dialog.read();
        dialog
    }

    fn read(&mut self) {
        self.list = list::read(&self.text, &self.names);
        let mut stage = String::new();
        self.stages.clear();
        for row in &self.list.rows {
            if let Some(name) = &row.parsed.stage {
                stage.clone_from(name);
            }
            self.stages.push(stage.clone());
        }
    }

    /// Shows the dialog and returns the list to insert, or `Some(None)` if it was closed.
    /// Without a document the list makes a new map.
    pub fn show(
        &mut self,
        ctx: &Context,
        theme: &Theme,
        document: Option<&Document>,
    ) -> Option<Option<ParsedList>> {
        let here = document.map_or(InsertionPoint::End, |d| {
            insertion_point(d.session.map(), &d.selection)
        });
        let goes_to = document.and_then(|d| target_stage_name(d.session.map(), &here));
        let first_stage = goes_to.unwrap_or(FIRST_STAGE);
        let (modifiers, keys) = if self.is_editable {
            (Modifiers::COMMAND, "Ctrl and Enter")
        } else {
            (Modifiers::NONE, "Enter")
        };
        let enter = ctx.input_mut(|i| i.consume_key(modifiers, Key::Enter));
        let room = ctx.content_rect().size();
        let count = count(self.list.touchpoint_count(), "touchpoint");
        let add = format!("Add {count}");
        let dialog = Dialog {
            name: "list",
            title: &if self.is_editable {
                "Paste a list".to_owned()
            } else {
                format!("Paste {count}")
            },
            width: (room.x - 120.0).clamp(320.0, 1180.0),
            choices: &[
                Choice::primary(&add, true)
                    .enabled(!self.list.rows.is_empty())
                    .tip(keys),
                Choice::new("Cancel", false),
            ],
            dismissed: false,
        };
        let answer = dialog.show(ctx, |ui| {
            let mut focus = None;
            if self.is_editable {
                let field = show_text(ui, &mut self.text);
                if field.changed() {
                    self.read();
                }
                focus = Some(field);
            }
            if self.is_editable || !self.list.rows.is_empty() {
                show_list_notes(ui, self, first_stage, document.is_some());
                let taken = if self.is_editable { 440.0 } else { 300.0 };
                let height = (room.y - taken).max(3.0 * ROW);
                show_rows(ui, self, theme, first_stage, height);
            }
            focus
        });
        match answer.or(enter.then_some(true)) {
            Some(true) if !self.list.rows.is_empty() => {
                let empty = list::read("", &Vocabulary::default());
                let list = std::mem::replace(&mut self.list, empty);
                Some(Some(list))
            }
            Some(false) => Some(None),
            _ => None,
        }
    }
}

/// Shows the text field.
fn show_text(ui: &mut Ui, text: &mut String) -> Response {
    ui.label(style::weak_text(
        "A line each, as in the capture line; stages as “# Buy” or “Buy:” above their lines. Or cells from a spreadsheet.",
    ));
    style::scroll_list(120.0)
        .id_salt("list text")
        .show(ui, |ui| {
            let field = TextEdit::multiline(text)
                .char_limit(MAX_LIST_CHARS)
                .desired_rows(6)
                .desired_width(f32::INFINITY)
                .hint_text(
                    "Sees an ad\nAsks a friend @phone\nPays the deposit #Sales -2 frustrated",
                );
            let response = ui.add(field);
            response.widget_info(|| {
                let mut info = WidgetInfo::labeled(Role::MultilineTextInput, true, "List");
                info.current_text_value = Some(text.clone());
                info
            });
            note_line_list(&response);
            response
        })
        .inner
}

fn show_list_notes(ui: &mut Ui, sheet: &PasteListDialog, first_stage: &str, begun: bool) {
    let mut words = Vec::new();
    if sheet.list.rows.is_empty() {
        words.push("Nothing to add yet.".to_owned());
    }
    if sheet.stages.first().is_some_and(String::is_empty) {
        words.push(if begun {
            format!("The first ones go to stage {first_stage}, behind what is selected.")
        } else {
            "They go into a new map.".to_owned()
        });
    }
    match sheet.list.shape {
        ListShape::Table { titled: true } => {
            let columns = sheet.list.columns.iter();
            let columns: Vec<String> = columns
                .map(|c| format!("{} → {}", c.title, c.meaning))
                .collect();
            words.push(format!("Columns: {}.", columns.join(", ")));
        }
        ListShape::Table { titled: false } => {
            words.push("The first column is read like the capture line.".to_owned());
        }
        ListShape::Lines => {}
    }
    if !words.is_empty() {
        ui.add(Label::new(style::weak_text(words.join(" "))).wrap());
    }
    for remark in &sheet.list.remarks {
        ui.add(Label::new(style::bold_text(remark)).wrap());
    }
    ui.add_space(UNIT);
}

fn show_rows(ui: &mut Ui, sheet: &PasteListDialog, theme: &Theme, first_stage: &str, height: f32) {
    let width = ui.available_width();
    let columns = [10.0 * UNIT, (width * 0.16).min(180.0), width * 0.28];
    ui.spacing_mut().item_spacing.y = 0.0;
    let count = sheet.list.rows.len();
    style::scroll_list(height)
        .id_salt("list rows")
        .auto_shrink([false, !sheet.is_editable])
        .show_rows(ui, ROW, count, |ui, range| {
            for at in range {
                let (Some(row), Some(stage)) = (sheet.list.rows.get(at), sheet.stages.get(at))
                else {
                    continue;
                };
                let stage = if stage.is_empty() { first_stage } else { stage };
                let layout = Layout::left_to_right(Align::Center);
                ui.allocate_ui_with_layout(vec2(width, ROW), layout, |ui| {
                    ui.set_min_height(ROW);
                    show_row(ui, row, stage, sheet, theme, columns);
                });
            }
        });
}

fn show_row(
    ui: &mut Ui,
    row: &ListRow,
    stage: &str,
    sheet: &PasteListDialog,
    theme: &Theme,
    columns: [f32; 3],
) {
    let cell = |ui: &mut Ui, width: f32, text: WidgetText, whole: &str| {
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(width, ROW), layout, |ui| {
            ui.set_min_width(width);
            ui.add(Label::new(text).truncate()).on_hover_text(whole);
        });
    };
    let [number_width, stage_width, name_width] = columns;
    let number = style::weak_text(row.number.to_string()).small();
    cell(ui, number_width, number.into(), "The line in the list");
    let shown = match sheet.names.find(NameKind::Stages, stage) {
        None => format!("{stage} (new)"),
        Some(_) => stage.to_owned(),
    };
    let shown = egui::RichText::new(shown).color(style::color(theme.accent));
    if row.parsed.lacks_touchpoint() {
        cell(ui, stage_width, shown.strong().into(), stage);
        ui.label(style::weak_text("Stage"));
        return;
    }
    cell(ui, stage_width, shown.into(), stage);
    let name = match row.parsed.name.trim() {
        "" => style::weak_text("No name"),
        name => style::bold_text(name.replace('\n', " ")),
    };
    cell(ui, name_width, name.into(), &row.parsed.name);
    let mut words = details(&row.parsed, &sheet.names);
    for text in extra_details(row) {
        let before = if words.is_empty() { "" } else { ", " };
        words.push(Phrase {
            kind: None,
            before,
            text,
            new: false,
        });
    }
    let whole = join_phrases(&words);
    let job = highlight_phrases(&words, theme, 13.0);
    cell(ui, ui.available_width(), job.into(), &whole);
}

/// Returns the details of a row that a capture line cannot express.
fn extra_details(row: &ListRow) -> Vec<String> {
    let more = &row.extra;
    let texts = [
        ("description", &more.description),
        ("time", &more.time),
        ("thinks", &more.thought),
    ];
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let mut all: Vec<String> = texts
        .map(|(word, text)| format!("{word}: {text}"))
        .collect();
    if !more.notes.is_empty() {
        all.push(format!("notes: {}", more.notes.join("; ")));
    }
    all
}
