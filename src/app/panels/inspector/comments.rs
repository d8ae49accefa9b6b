//! Comments and questions about the selection, with their replies: written, answered, resolved.
//!
//! Must not know: how comments are kept when their object is deleted.

use crate::app::command::action::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::ui::field_focus::{apply_field_focus, field_id};
use crate::app::ui::rows::kind_heading;
use crate::app::ui::style::{UNIT, visible_text, weak_text};
use crate::edit::Intent;
use crate::english::count;
use crate::model::{Comment, CommentSubject, Date, MAX_TEXT_CHARS, ObjectRef, Reply};
use crate::settings::today;
use egui::{Id, Key, Label, RichText, TextEdit, Ui};

/// Shows the comments about the selection, or about the map without one, and a field for a new one.
pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, selection: &Selection) {
    let object = match selection {
        Selection::Nothing => ObjectRef::Map,
        Selection::One(object) => object.clone(),
        Selection::Touchpoints(_) => return,
    };
    let map = cx.map;
    let comments: Vec<&Comment> = map
        .comments()
        .iter()
        .filter(|it| is_about(it, &object))
        .collect();
    let open = comments.iter().filter(|comment| !comment.resolved).count();
    ui.separator();
    let title = match (comments.len(), open) {
        (0, _) => "Comments".to_owned(),
        (all, 0) => format!("{}, all resolved", count(all, "comment")),
        (all, open) => format!("{}, {open} open", count(all, "comment")),
    };
    kind_heading(ui, &title);
    for comment in comments {
        ui.push_id(&comment.id, |ui| show_comment(ui, cx, comment, &object));
        ui.add_space(UNIT);
    }
    let hint = "Write a comment; with “?” at its end it is a question";
    if let Some(text) = entry(
        ui,
        "New comment",
        hint,
        field_id(&("new comment", object.clone())),
    ) {
        let question = text.ends_with('?');
        let comment = Comment {
            id: cx.ids.new_id("comment"),
            about: CommentSubject::new(&object),
            author: cx.author.trim().to_owned(),
            date: Some(today()),
            question,
            text,
            ..Comment::default()
        };
        cx.edit(Intent::AddComment(Box::new(comment)));
    }
}

/// Whether a comment belongs to an object; those about parts of a touchpoint belong to it, too.
fn is_about(comment: &Comment, object: &ObjectRef) -> bool {
    let subject = comment.subject();
    let is_part = matches!(object, ObjectRef::Touchpoint(id) if subject.touchpoint() == Some(id));
    is_part || subject == *object
}

fn show_comment(ui: &mut Ui, cx: &mut PanelContext<'_>, comment: &Comment, object: &ObjectRef) {
    let mut about = match (comment.question, comment.resolved) {
        (true, true) => "Question, resolved".to_owned(),
        (true, false) => "Question".to_owned(),
        (false, true) => "Comment, resolved".to_owned(),
        (false, false) => "Comment".to_owned(),
    };
    let subject = comment.subject();
    if subject != *object {
        let noun = subject.noun().to_lowercase();
        about += &format!(" about the {noun} {}", visible_text(subject.text(cx.map)));
    }
    if !comment.formerly.is_empty() {
        about += &format!(" about {}, deleted", visible_text(&comment.formerly));
    }
    ui.add(Label::new(weak_text(about).small()).wrap());
    let text = RichText::new(visible_text(&comment.text));
    let text = if comment.resolved { text.weak() } else { text };
    ui.add(Label::new(text).wrap());
    by_line(ui, &comment.author, comment.date);
    for reply in &comment.replies {
        ui.indent("reply", |ui| {
            ui.add(Label::new(visible_text(&reply.text)).wrap());
            by_line(ui, &reply.author, reply.date);
        });
    }
    let set = |cx: &mut PanelContext<'_>, comment: Comment| {
        cx.edit(Intent::SetComment(Box::new(comment)));
    };
    // Several comments stand below each other: each control names its own.
    let named = |verb: &str| format!("{verb}: {}", visible_text(&comment.text));
    let memory = Id::unique(("reply", &comment.id));
    let reply = entry(ui, &named("Reply"), "Reply", memory);
    if let Some(text) = reply {
        let mut answered = comment.clone();
        answered.replies.push(Reply {
            text,
            author: cx.author.trim().to_owned(),
            date: Some(today()),
        });
        set(cx, answered);
    }
    ui.horizontal(|ui| {
        let words = if comment.resolved {
            "Reopen"
        } else {
            "Resolve"
        };
        if ui.button(words).accessible_name(named(words)).clicked() {
            let resolved = !comment.resolved;
            set(
                cx,
                Comment {
                    resolved,
                    ..comment.clone()
                },
            );
        }
        let words = "Delete comment";
        if ui.button(words).accessible_name(named(words)).clicked() {
            cx.edit(Intent::DeleteComment(comment.id.clone()));
        }
    });
}

/// Author and date below a text.
fn by_line(ui: &mut Ui, author: &str, date: Option<Date>) {
    let author = visible_text(author);
    let date = date.map(|date| date.to_string());
    let words = [Some(author).filter(|it| !it.is_empty()), date];
    let words: Vec<String> = words.into_iter().flatten().collect();
    if !words.is_empty() {
        ui.add(Label::new(weak_text(words.join(", ")).small()).wrap());
    }
}

/// A line to write in; returns its text when Enter ends it.
fn entry(ui: &mut Ui, name: &str, hint: &str, memory: Id) -> Option<String> {
    let mut text: String = ui.data(|d| d.get_temp(memory)).unwrap_or_default();
    let field = TextEdit::singleline(&mut text)
        .id(memory.with("field"))
        .hint_text(hint)
        .char_limit(MAX_TEXT_CHARS)
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    let is_done = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    let is_changed = response.changed();
    let response = response.accessible_name(name);
    apply_field_focus(ui, memory, &response);
    let written = text.trim().to_owned();
    if is_done && !written.is_empty() {
        ui.data_mut(|d| d.remove::<String>(memory));
        // The next one may follow at once.
        response.request_focus();
        return Some(written);
    }
    if is_changed {
        ui.data_mut(|d| d.insert_temp(memory, text));
    }
    None
}
