//! Details of a finding: meaning, rationale and fixes.
//!
//! Must not know: the list of findings.

use crate::app::command::action::UiAction;
use crate::app::panels::context::PanelContext;
use crate::app::ui::list_focus::focus_findings;
use crate::app::ui::rows::{Swatch, caption, hint_label, page, two_columns};
use crate::app::ui::style::{self, UNIT};
use crate::edit::Intent;
use crate::english::capitalize;
use crate::insight::{Accepted, Finding, Fix, Severity};
use crate::model::{Field, MAX_TEXT_CHARS, Record};
use crate::session::{fix_intent, fix_label};
use crate::theme::{Icon, Theme};
use egui::{Id, Key, Label, RichText, Sense, TextEdit, Ui, vec2};

/// The hint for many findings of one rule.
const MANY: &str = "All touchpoints in question are selected, so that one change in the inspector is for all \
of them. Right shows the single findings in the list, to go through them one by one";

/// Shows the details of a finding.
pub(crate) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, finding: &Finding, accepted: bool) {
    page(ui, "finding", |ui| {
        let rule = finding.rule;
        ui.horizontal(|ui| {
            let swatch = swatch(cx.theme, rule.severity);
            let size = vec2(swatch.width(), 5.0 * UNIT);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            swatch.paint(ui.painter(), rect.left(), rect.center().y);
            ui.add(Label::new(style::bold_text(rule.title)).wrap());
        });
        wrapped(ui, RichText::new(capitalize(&finding.message)));
        ui.add_space(UNIT);
        if !finding.members.is_empty() {
            hint_label(ui, MANY);
        }
        fixes(ui, cx, finding);
        wrapped(ui, RichText::new(rule.meaning));
        caption(ui, "Why it matters");
        wrapped(ui, RichText::new(rule.why));
        wrapped(ui, RichText::new(rule.source).weak().small());
        let family = format!("{}, {}", rule.family.title(), rule.severity.word());
        wrapped(ui, RichText::new(family).weak().small());
        ui.add_space(UNIT);
        if accepted {
            accepted_ui(ui, cx, finding);
        } else {
            accept_ui(ui, cx, finding);
        }
    });
}

fn wrapped(ui: &mut Ui, text: RichText) {
    ui.add(Label::new(text).wrap());
}

fn fixes(ui: &mut Ui, cx: &mut PanelContext<'_>, finding: &Finding) {
    for fix in &finding.fixes {
        let words = fix_label(cx.map, finding, fix);
        if ui.button(words).clicked() {
            cx.actions.extend(match fix {
                Fix::FillIn { field, .. } => Some(match field.field {
                    Field::ImageData => UiAction::ImportImage(field.object.clone()),
                    _ => UiAction::FocusField(field.clone()),
                }),
                fix => {
                    focus_findings(ui.ctx());
                    fix_intent(cx.map, finding, fix, &mut cx.ids).map(UiAction::Edit)
                }
            });
        }
    }
}

fn accept_ui(ui: &mut Ui, cx: &mut PanelContext<'_>, finding: &Finding) {
    caption(ui, "Reason");
    let memory = Id::unique(("finding-reason", finding.key()));
    let mut reason: String = ui.data(|d| d.get_temp(memory)).unwrap_or_default();
    let mut done = false;
    two_columns(ui, |left, right| {
        let name = "Reason";
        let field = TextEdit::singleline(&mut reason)
            .hint_text("Why it is accepted")
            .char_limit(MAX_TEXT_CHARS);
        let field = left.add(field.desired_width(f32::INFINITY));
        let enter = field.lost_focus() && left.input(|i| i.key_pressed(Key::Enter));
        if field.accessible_name(name).changed() {
            left.data_mut(|d| d.insert_temp(memory, reason.clone()));
        }
        done = enter && !reason.trim().is_empty();
        done |= right.button("Accept finding").clicked();
    });
    if done {
        let accept = |it: &Finding| Intent::Suppress(Box::new(it.acceptance(reason.trim())));
        cx.edit(match finding.singles() {
            [single] => accept(single),
            many => Intent::Batch {
                label: "Accept findings".to_owned(),
                intents: many.iter().map(accept).collect(),
            },
        });
        ui.data_mut(|d| d.remove::<String>(memory));
        focus_findings(ui.ctx());
    }
}

fn accepted_ui(ui: &mut Ui, cx: &mut PanelContext<'_>, finding: &Finding) {
    let Some(kept) = Accepted::of(cx.map).of_finding(finding) else {
        return;
    };
    let reason = Some(kept.name().trim()).filter(|reason| !reason.is_empty());
    caption(ui, "Reason");
    wrapped(ui, RichText::new(reason.unwrap_or("No reason given")));
    if ui.button("Show it again").clicked() {
        cx.edit(Intent::Unsuppress(kept.id.clone()));
        focus_findings(ui.ctx());
    }
}

/// Returns the symbol of a severity.
pub(super) fn swatch(theme: &Theme, severity: Severity) -> Swatch {
    match severity {
        Severity::Error => Swatch::Icon(Icon::Flag3, theme.pain),
        Severity::Warning => Swatch::Icon(Icon::Flag2, theme.bad),
        Severity::Advice => Swatch::Icon(Icon::Bulb, theme.ink_soft),
    }
}
