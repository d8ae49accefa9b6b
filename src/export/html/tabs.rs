//! Tabs of a page: a drawing, and what is highlighted in it.
//!
//! Must not know: how a drawing is written, where the tabs stand.

use super::mark_letters::mark_letters;
use crate::export::xml_writer::XmlWriter;
use crate::scene::Marks;
use crate::text::displayable;

/// A tab of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Name in the address of the page.
    pub name: String,
    /// Title.
    pub title: String,
    /// Name of the drawing that it shows.
    pub drawing: String,
    /// The part of the drawing that is not dimmed.
    pub highlight: TabHighlight,
}

/// The highlight of a tab; numbers are those of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabHighlight {
    /// Marks of which an object needs at least one; empty for no condition.
    pub marks: Marks,
    /// The touchpoints; `None` for all.
    pub touchpoints: Option<Vec<usize>>,
    /// The personas whose faces stay highlighted; empty for all.
    pub personas: Vec<usize>,
}

impl Tab {
    pub(super) fn write(&self, xml: &mut XmlWriter<'_>) {
        xml.raw("<button role=\"tab\" aria-controls=\"map\" data-view=\"")
            .text(&self.name)
            .raw("\"");
        if self.drawing != self.name {
            xml.raw(" data-drawing=\"").text(&self.drawing).raw("\"");
        }
        if !self.highlight.marks.is_empty() {
            let letters = mark_letters(self.highlight.marks);
            xml.raw(" data-m=\"").raw(letters).raw("\"");
        }
        if let Some(touchpoints) = &self.highlight.touchpoints {
            numbers(" data-touchpoints=\"", touchpoints, xml);
        }
        if !self.highlight.personas.is_empty() {
            numbers(" data-personas=\"", &self.highlight.personas, xml);
        }
        xml.raw(">")
            .text(&displayable(&self.title))
            .raw("</button>");
    }
}

fn numbers(start: &str, numbers: &[usize], xml: &mut XmlWriter<'_>) {
    xml.raw(start);
    for (at, number) in numbers.iter().enumerate() {
        xml.raw(if at > 0 { " " } else { "" }).int(*number as u64);
    }
    xml.raw("\"");
}
