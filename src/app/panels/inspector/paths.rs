//! Form section for the paths from a touchpoint.

use crate::app::panels::form::Form;
use crate::app::ui::combo_box::{ComboChoice, ComboEntry, ComboLabel};
use crate::app::ui::rows::{
    ROW_HEIGHT, Section, SmallIcon, Swatch, hint_label, section, small_icon_button,
};
use crate::app::ui::style::UNIT;
use crate::layout::GridStep;
use crate::model::{Field, ObjectRef, Path, PathKind, Share, Touchpoint, TouchpointId};
use egui::Ui;

/// Kinds of path with their labels on screen.
pub(super) const KINDS: [(PathKind, &str, Swatch); 4] = [
    (PathKind::Next, "Next", Swatch::None),
    (PathKind::Alternative, "Alternative", Swatch::None),
    (PathKind::Failure, "Failure", Swatch::None),
    (PathKind::Return, "Return", Swatch::None),
];

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    let what = Section {
        title: "Where it leads",
        count: None,
        add: None,
        empty: "",
        open: true,
    };
    section(ui, &what, |ui| {
        let mut gone = None;
        for i in 0..t.paths.len() {
            let before = t.paths[i].clone();
            ui.push_id(("path", i), |ui| {
                let at = Field::index(i);
                form.with_prefix(&Field::Path(at).group(), |form| {
                    if fields(ui, form, at, &mut t.paths[i]) {
                        gone = Some(i);
                    }
                });
            });
            let now = &t.paths[i];
            let same = |p: &Path| p.to == now.to && p.kind == now.kind;
            if t.paths.iter().filter(|p| same(p)).count() > 1 && *now != before {
                t.paths[i] = before;
            }
        }
        if let Some(i) = gone {
            t.paths.remove(i);
            form.mark_discrete_change();
        }
        implicit_path(ui, form, t);
        let shown = ComboLabel {
            text: "Connect to …",
            swatch: Swatch::None,
            warning_color: None,
        };
        if let Some(to) = target_combo_box(ui, form, "Connect to", &shown, &t.id)
            && !t
                .paths
                .iter()
                .any(|p| p.to == to && p.kind == PathKind::Alternative)
        {
            t.paths.push(Path {
                to,
                kind: PathKind::Alternative,
                label: String::new(),
                share: None,
            });
        }
        ui.add_space(UNIT);
        form.checkbox(ui, "The journey may end here", &mut t.ends);
    });
}

/// Shows the implicit path to the next step.
fn implicit_path(ui: &mut Ui, form: &mut Form<'_>, t: &Touchpoint) {
    if t.ends || t.paths.iter().any(|p| p.kind == PathKind::Next) {
        return;
    }
    match following_touchpoint(form, &t.id) {
        Some(next) => {
            let text = format!("Leads on to {} by itself", numbered_name(form, &next));
            hint_label(ui, &text);
        }
        None => hint_label(ui, "Nothing follows: the last step of the map"),
    }
}

/// Returns the next touchpoint in timeline order that is not a side branch.
pub(super) fn following_touchpoint(form: &Form<'_>, id: &TouchpointId) -> Option<TouchpointId> {
    let map = form.map;
    let (stage, place) = crate::graph::locate(map, id)?;
    let mut place = place + 1;
    for (stage, drawn) in map.stages().iter().zip(&form.layout.stages).skip(stage) {
        let rest = map.touchpoints_in(&stage.id).iter().zip(drawn.steps());
        if let Some((touchpoint, _)) = rest.skip(place).find(|(_, step)| !step.is_branch) {
            return Some(touchpoint.id.clone());
        }
        place = 0;
    }
    None
}

/// Returns the number and name of a touchpoint, such as "7b Calls the hotline".
pub(in crate::app::panels) fn numbered_name(form: &Form<'_>, id: &TouchpointId) -> String {
    let Some(touchpoint) = form.map.touchpoint(id) else {
        return format!("unknown touchpoint “{id}”");
    };
    match form.layout.step(form.map, id) {
        Some(step) => format!("{} {}", step.number, touchpoint.name),
        None => touchpoint.name.clone(),
    }
}

/// Shows a combo box of the touchpoints other than `except`; returns the chosen one.
fn target_combo_box(
    ui: &mut Ui,
    form: &mut Form<'_>,
    title: &str,
    shown: &ComboLabel<'_>,
    except: &TouchpointId,
) -> Option<TouchpointId> {
    let (map, layout) = (form.map, form.layout);
    let entries = || {
        let all = map.touchpoints().zip(layout.steps());
        let others = all.filter(|(t, _)| t.id != *except);
        let entry = |(t, step): (&Touchpoint, &GridStep)| ComboEntry {
            text: format!("{} {}", step.number, t.name),
            swatch: Swatch::None,
        };
        others.map(entry).collect()
    };
    match form.combo_box(ui, title, shown, None, None, entries) {
        Some(ComboChoice::Entry(i)) => {
            let mut others = map.touchpoints().filter(|t| t.id != *except);
            others.nth(i).map(|t| t.id.clone())
        }
        _ => None,
    }
}

/// Shows the fields of a path; returns whether to delete it.
fn fields(ui: &mut Ui, form: &mut Form<'_>, at: u16, path: &mut Path) -> bool {
    let to = numbered_name(form, &path.to);
    let mut gone = false;
    ui.horizontal(|ui| {
        let room = ui.available_width() - 2.0 * (ROW_HEIGHT + 2.0 * UNIT);
        let (rect, response) =
            ui.allocate_exact_size(egui::vec2(room, ROW_HEIGHT), egui::Sense::hover());
        let font = crate::app::ui::style::bold_font(14.0);
        let tint = ui.visuals().text_color();
        let text = format!("To {to}");
        crate::app::ui::rows::elided_text(
            ui,
            &response,
            rect.left_center(),
            room,
            &text,
            font,
            tint,
        );
        if small_icon_button(ui, SmallIcon::GoTo, &form.field_name("Go to target")).clicked() {
            form.select(ObjectRef::Touchpoint(path.to.clone()));
        }
        gone = small_icon_button(ui, SmallIcon::Cross, &form.field_name("Remove")).clicked();
    });
    details(ui, form, at, path);
    ui.add_space(2.0 * UNIT);
    gone
}

/// Shows kind, label and share of an explicit path.
pub(super) fn details(ui: &mut Ui, form: &mut Form<'_>, at: u16, path: &mut Path) {
    form.segmented(ui, "Kind", &mut path.kind, &KINDS);
    form.line(
        ui,
        Field::PathLabel(at),
        "Who takes it, or why",
        &mut path.label,
    );
    form.parsed(
        ui,
        Field::PathShare(at),
        "Per cent of customers",
        "Write a whole number from 0 to 100",
        false,
        &mut path.share,
        Share::to_string,
        |text| {
            let number = text.trim_end_matches('%').trim_end();
            Share::from_percent(number.parse().ok()?)
        },
    );
}
