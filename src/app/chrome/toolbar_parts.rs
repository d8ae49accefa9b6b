//! Parts of the toolbar: their words and widths, and the toggles of highlights.
//!
//! Must not know: the order in which parts collapse.

use super::collapse::{Form, Forms, GAP, Slot, Widths};
use super::document_tabs::OpenMap;
use super::view_tabs::{COMPARISON_LAYOUTS, view_tabs};
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{
    ControlIcon, Glyph, ICON_BUTTON, TIGHT, button_width, glyph_button, glyph_button_width,
    primary_button_width, toggle_button,
};
use crate::app::ui::style::{self, UNIT};
use crate::english::count;
use crate::layout::flow::CardColoring;
use crate::model::MapKind;
use crate::render::View;
use crate::theme::Icon;
use egui::Ui;
use std::path::PathBuf;

/// State of other parts of the window that the toolbar shows.
pub(crate) struct ToolbarData<'a> {
    /// Maps opened before.
    pub recent: &'a [PathBuf],
    /// Open maps.
    pub open_maps: &'a [OpenMap],
    /// Whether the capture bar is open.
    pub capture_is_open: bool,
    /// Number of findings, if it is known.
    pub findings: Option<usize>,
}

/// Type size of the map name, in points.
pub(super) const NAME_SIZE: f32 = 15.0;
/// Width that the map name keeps while there is room for words, in points.
const NAME_WIDTH: f32 = 160.0;
/// Minimum width of the map name, in points.
const MIN_NAME_WIDTH: f32 = 48.0;

/// Kinds of a map, with their words and tooltips.
pub(super) const KINDS: [(MapKind, &str, &str); 2] = [
    (
        MapKind::Current,
        "Current state",
        "The journey as it is today.",
    ),
    (
        MapKind::Future,
        "Future state",
        "The journey as it shall be.",
    ),
];

/// The parts of the toolbar in this frame.
pub(super) struct Parts {
    pub views: Vec<(View, String)>,
    marks: Vec<MarkToggle>,
    widths: Widths,
    forms: Forms,
}

impl Parts {
    pub fn fit(ui: &Ui, cx: &mut FrameCx<'_>, data: &ToolbarData<'_>) -> Parts {
        let mut parts = Parts {
            views: view_tabs(cx, data.findings),
            marks: MarkToggle::all(cx),
            widths: Widths::default(),
            forms: Forms::default(),
        };
        parts.widths = Slot::ALL.map(|slot| parts.width(ui, cx, slot));
        parts.forms = Forms::fit(&parts.widths, ui.available_width());
        parts
    }

    /// Form of a part; `None` if it is absent.
    pub fn form(&self, slot: Slot) -> Option<Form> {
        let is_shown = match slot {
            Slot::More => Slot::ALL.iter().any(|slot| self.is_in_menu(*slot)),
            slot => self.widths[slot as usize][0] > 0.0,
        };
        is_shown.then(|| self.forms.of(slot))
    }

    /// Whether a part is in the menu More.
    pub fn is_in_menu(&self, slot: Slot) -> bool {
        slot != Slot::More && self.form(slot) == Some(Form::InMenu)
    }

    /// Width of the map name, in points, and whether its text is cut: it is as wide as its text, if
    /// there is room.
    pub fn name_width(&self, ui: &Ui, cx: &FrameCx<'_>) -> (f32, bool) {
        let [full, short] = self.widths[Slot::Name as usize];
        let least = match self.forms.of(Slot::Name) {
            Form::Full => full,
            _ => short,
        };
        let (wanted, room) = (name_width(ui, cx), least + self.forms.rest);
        (wanted.min(room.max(MIN_NAME_WIDTH)), wanted > room)
    }

    /// Width of the parts at the right end, in points.
    pub fn end_width(&self) -> f32 {
        let end = [
            Slot::More,
            Slot::Outline,
            Slot::Inspector,
            Slot::Theme,
            Slot::Present,
        ];
        let shown = end
            .into_iter()
            .filter(|slot| matches!(self.form(*slot), Some(Form::Full)));
        shown
            .map(|slot| self.widths[slot as usize][0] + GAP)
            .sum::<f32>()
            - GAP
    }

    /// Toggle of a highlight, if the view offers it.
    pub fn mark(&self, slot: Slot) -> Option<&MarkToggle> {
        self.marks.iter().find(|mark| mark.slot == slot)
    }

    /// Full and short width of a part, in points; 0 if it is absent.
    fn width(&self, ui: &Ui, cx: &FrameCx<'_>, slot: Slot) -> [f32; 2] {
        let text = |words: &str| button_width(ui, words);
        let short = |words: &str| glyph_button_width(ui, words);
        let group = |words: &[&str]| {
            let between = TIGHT * (words.len() as f32 - 1.0);
            words.iter().map(|words| text(words)).sum::<f32>() + between
        };
        match slot {
            Slot::Menu | Slot::More | Slot::Outline | Slot::Inspector | Slot::Theme => {
                [ICON_BUTTON; 2]
            }
            Slot::Name => [NAME_WIDTH.min(name_width(ui, cx)), MIN_NAME_WIDTH],
            Slot::Kind => [group(&KINDS.map(|(_, word, _)| word)), short(kind_word(cx))],
            Slot::Views => {
                let words: Vec<&str> = self.views.iter().map(|(_, words)| words.as_str()).collect();
                [group(&words), short(cx.document.view.title())]
            }
            Slot::Capture => [text("Capture"), short("")],
            Slot::Unowned | Slot::Pain | Slot::Dominators => match self.mark(slot) {
                Some(mark) => [text(&mark.label()), short(&mark.count.to_string())],
                None => [0.0; 2],
            },
            Slot::Filter => [text("Filter"), short("")],
            Slot::Steps => [2.0 * ICON_BUTTON + TIGHT; 2],
            Slot::Options => match cx.document.view {
                View::Flow => {
                    let title = cx.document.coloring.title();
                    let words = CardColoring::ALL.map(CardColoring::title);
                    [text("Colour") + group(&words), short(title)]
                }
                View::Journey => [text("Handoffs"); 2],
                View::Ownership | View::Findings | View::Scores => [0.0; 2],
                View::Compare => {
                    let words = COMPARISON_LAYOUTS.map(|(_, words)| words);
                    [group(&words), short(words[1])]
                }
            },
            Slot::Present => [primary_button_width(ui, "Present"); 2],
        }
    }
}

/// Width of the map name that shows its whole text, in points.
fn name_width(ui: &Ui, cx: &FrameCx<'_>) -> f32 {
    let title = style::visible_text(&cx.document.session.map().header().title);
    let (font, tint) = (style::bold_font(NAME_SIZE), ui.visuals().text_color());
    let text = ui.painter().layout_no_wrap(title, font, tint);
    (text.size().x + 9.0 * UNIT).max(120.0)
}

/// Word for the kind of the map.
pub(super) fn kind_word(cx: &FrameCx<'_>) -> &'static str {
    let kind = cx.document.session.map().header().kind;
    let mut kinds = KINDS.iter();
    kinds
        .find(|(of, ..)| *of == kind)
        .map_or("", |(_, word, _)| word)
}

/// The toggle of a highlight, with the number of marked objects.
pub(super) struct MarkToggle {
    slot: Slot,
    pub command: CommandId,
    glyph: Glyph,
    words: &'static str,
    count: usize,
    tip: String,
}

impl MarkToggle {
    /// Toggles of the highlights that the view offers.
    fn all(cx: &mut FrameCx<'_>) -> Vec<MarkToggle> {
        let counts = cx.document.counts();
        let touchpoints = count(counts.unowned_touchpoints, "touchpoint");
        let stages = count(counts.unowned_stages, "stage");
        let pain = count(counts.touchpoints_with_pain, "touchpoint");
        let mut all = vec![
            MarkToggle {
                slot: Slot::Unowned,
                command: CommandId::HighlightUnowned,
                glyph: Glyph::Control(ControlIcon::NoOwner),
                words: "No owner",
                count: counts.unowned(),
                tip: format!("No owner: {touchpoints}, {stages}."),
            },
            MarkToggle {
                slot: Slot::Pain,
                command: CommandId::HighlightPain,
                glyph: Glyph::Map(Icon::Flag2),
                words: "Pain points",
                count: counts.pains,
                tip: format!("It hurts at {pain}."),
            },
        ];
        if cx.document.view == View::Journey && cx.document.shows_handoffs {
            all.push(MarkToggle {
                slot: Slot::Dominators,
                command: CommandId::HighlightDominators,
                glyph: Glyph::Map(Icon::Narrow),
                words: "Unavoidable steps",
                count: cx.document.dominators().touchpoints.len(),
                tip: String::new(),
            });
        }
        all
    }

    fn label(&self) -> String {
        format!("{} {}", self.words, self.count)
    }

    /// Shows the toggle.
    pub fn show(&self, ui: &mut Ui, cx: &mut FrameCx<'_>, form: Form) {
        let keys = self.command.tooltip_with_keys(ui.ctx());
        let tip = format!("{}\n{keys}", self.tip);
        let on = cx.is_checked(self.command) == Some(true);
        let (label, count) = (self.label(), self.count.to_string());
        let response = match form {
            Form::Full => toggle_button(ui, on, &label, tip.trim_start()),
            _ => glyph_button(ui, on, self.glyph, &count, &label)
                .on_hover_text(format!("{label}\n{}", tip.trim_start())),
        };
        if response.clicked() {
            cx.run(self.command);
        }
    }
}
