//! The dialog for pasting a list: previews the target stages, new names and ignored
//! parts.
//!
//! Must not know: the grammar of lists (`crate::capture::list` does).

use crate::app::app::App;
use crate::app::capture_bar::{highlighting, insertion_point, target_stage_name};
use crate::app::ui::buttons::{primary_button, with_trailing};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::capture::list::{self, ListRow, ListShape, ParsedList};
use crate::capture::{InsertionPoint, NameKind, Vocabulary, details, join_phrases};
use crate::model::Map;
use crate::theme::Theme;
use egui::{Align, Context, Key, Label, Layout, Modifiers, Role, TextEdit, Ui, WidgetInfo, vec2};

/// Height of a row, in points.
const ROW: f32 = 24.0;

/// State of the dialog.
pub struct PasteListDialog {
    text: String,
    /// Whether the text is editable; otherwise it was pasted before.
    is_editable: bool,
    focused: bool,
    names: Vocabulary,
    list: ParsedList,
    /// Stage of each row; empty for the stage at the insertion point.
    stages: Vec<String>,
}

impl PasteListDialog {
    /// Creates a dialog with pasted text.
    pub fn with_text(text: &str) -> PasteListDialog {
        PasteListDialog {
            text: text.to_owned(),
            is_editable: false,
            focused: false,
            names: Vocabulary::default(),
            list: list::read("", &Vocabulary::default()),
            stages: Vec::new(),
        }
    }

    /// Creates an empty dialog with a text field.
    pub fn empty() -> PasteListDialog {
        PasteListDialog {
            is_editable: true,
            ..PasteListDialog::with_text("")
        }
    }

    /// Parses the list against the names of a map.
    fn read(&mut self, map: Option<&Map>) {
        self.names = map.map(Vocabulary::of).unwrap_or_default();
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

    /// Number of new touchpoints, as text.
    fn touchpoint_count_label(&self) -> String {
        match self.list.touchpoint_count() {
            1 => "1 touchpoint".to_owned(),
            count => format!("{count} touchpoints"),
        }
    }
}

impl App {
    /// Opens the empty dialog and requests the clipboard.
    pub(crate) fn open_paste_list(&mut self, ctx: &Context) {
        self.modals.modal = Some(super::Modal::PasteList(Box::new(PasteListDialog::empty())));
        ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
    }

    /// Shows the dialog; returns whether it stays open.
    pub(crate) fn show_paste_list(&mut self, ctx: &Context, sheet: &mut PasteListDialog) -> bool {
        let theme = self.theme();
        let begun = self.screen.home.is_none();
        let document = self.document().filter(|_| begun);
        if !sheet.focused {
            sheet.read(document.map(|d| d.session.map()));
        }
        let here = document.map_or(InsertionPoint::End, |d| {
            insertion_point(d.session.map(), &d.selection)
        });
        let goes_to = document.and_then(|d| target_stage_name(d.session.map(), &here));
        let first_stage = goes_to.unwrap_or("First stage").to_owned();
        let keys = if sheet.is_editable {
            Modifiers::COMMAND
        } else {
            Modifiers::NONE
        };
        let mut take = ctx.input_mut(|i| i.consume_key(keys, Key::Enter));
        let mut cancel = false;
        let room = ctx.content_rect().size();
        let modal = style::modal(ctx, "list").show(ctx, |ui| {
            ui.set_width((room.x - 120.0).clamp(320.0, 1180.0));
            ui.label(style::heading(match sheet.is_editable {
                true => "Paste a list".to_owned(),
                false => format!("Paste {}", sheet.touchpoint_count_label()),
            }));
            if sheet.is_editable {
                let changed = show_text(ui, sheet);
                if changed {
                    let map = self.document().filter(|_| begun).map(|d| d.session.map());
                    sheet.read(map);
                }
            }
            sheet.focused = true;
            if sheet.is_editable || !sheet.list.rows.is_empty() {
                show_list_notes(ui, sheet, &first_stage, begun);
                let height =
                    (room.y - if sheet.is_editable { 440.0 } else { 300.0 }).max(3.0 * ROW);
                show_rows(ui, sheet, theme, &first_stage, height);
            }
            ui.add_space(2.0 * UNIT);
            let buttons = |ui: &mut Ui| {
                cancel = ui.button("Cancel").clicked();
                let keys = if sheet.is_editable {
                    "Ctrl and Enter"
                } else {
                    "Enter"
                };
                ui.add_enabled_ui(!sheet.list.rows.is_empty(), |ui| {
                    let words = format!("Add {}", sheet.touchpoint_count_label());
                    take |= primary_button(ui, &words).on_hover_text(keys).clicked();
                });
            };
            ui.horizontal(|ui| with_trailing(ui, |_| (), buttons));
        });
        if take && !sheet.list.rows.is_empty() {
            self.insert_list(&sheet.list);
            return false;
        }
        !cancel && !modal.should_close()
    }

    /// Inserts the list into the map as one step; creates a map if none is open.
    fn insert_list(&mut self, list: &ParsedList) {
        if self.screen.home.is_some() || self.workspace.documents.is_empty() {
            self.open_untitled(Map::with_title("Untitled map"));
        }
        let Some(document) = self.workspace.documents.get(self.workspace.active) else {
            return;
        };
        let map = document.session.map();
        let place = insertion_point(map, &document.selection);
        let Some((intent, made)) = self
            .workspace
            .id_generator
            .with_factory(|minter| list.intent(map, &place, minter))
        else {
            return;
        };
        if self.apply_intent(&intent, None)
            && let Some(document) = self.document_mut()
            && let Some(first) = made.into_iter().next()
        {
            document.select(crate::app::command::Selection::Touchpoint(first), true);
        }
    }
}

/// Shows the text field; returns whether the text changed.
fn show_text(ui: &mut Ui, sheet: &mut PasteListDialog) -> bool {
    ui.label(style::weak_text(
        "A line each, as in the capture line; stages as “# Buy” or “Buy:” above their lines. Or cells from a spreadsheet.",
    ));
    let focus = !sheet.focused;
    style::scroll_list(120.0)
        .id_salt("list text")
        .show(ui, |ui| {
            let field = TextEdit::multiline(&mut sheet.text)
                .desired_rows(6)
                .desired_width(f32::INFINITY)
                .hint_text(
                    "Sees an ad\nAsks a friend @phone\nPays the deposit #Sales -2 frustrated",
                );
            let response = ui.add(field);
            response.widget_info(|| {
                let mut info = WidgetInfo::labeled(Role::MultilineTextInput, true, "List");
                info.current_text_value = Some(sheet.text.clone());
                info
            });
            if focus {
                response.request_focus();
            }
            response.changed()
        })
        .inner
}

fn show_list_notes(ui: &mut Ui, sheet: &PasteListDialog, first_stage: &str, begun: bool) {
    let mut words = Vec::new();
    if sheet.list.rows.is_empty() {
        words.push("Nothing to add yet.".to_owned());
    }
    if sheet.stages.first().is_some_and(String::is_empty) {
        words.push(match begun {
            true => format!("The first ones go to stage {first_stage}, behind what is selected."),
            false => "They go into a new map.".to_owned(),
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
                ui.allocate_ui_with_layout(
                    vec2(width, ROW),
                    Layout::left_to_right(Align::Center),
                    |ui| {
                        ui.set_min_height(ROW);
                        show_row(ui, row, stage, sheet, theme, columns);
                    },
                );
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
    let cell = |ui: &mut Ui, width: f32, text: egui::WidgetText, whole: &str| {
        ui.allocate_ui_with_layout(
            vec2(width, ROW),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_min_width(width);
                ui.add(Label::new(text).truncate()).on_hover_text(whole);
            },
        );
    };
    let [number, stage_width, name_width] = columns;
    cell(
        ui,
        number,
        style::weak_text(row.number.to_string()).small().into(),
        "The line in the list",
    );
    let new = sheet.names.find(NameKind::Stages, stage).is_none();
    let shown = if new {
        format!("{stage} (new)")
    } else {
        stage.to_owned()
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
        words.push(crate::capture::Phrase {
            kind: None,
            before: if words.is_empty() { "" } else { ", " },
            text,
            new: false,
        });
    }
    let whole = join_phrases(&words);
    let job = highlighting::highlight_phrases(&words, theme, 13.0);
    let rest = ui.available_width();
    cell(ui, rest, job.into(), &whole);
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
