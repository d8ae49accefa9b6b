//! Colours of roles as classes of a style sheet, in every theme and outside a highlight, and classes
//! of the zooms at which items are drawn.
//!
//! Must not know: shapes, the model, layout.

use super::xml_writer::XmlWriter;
use crate::scene::{Scene, Shape, Tone, ZoomRange};
use crate::theme::{Color, ColorRole, RoleColors};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// Part of an element that a colour is for; it decides about its change outside a highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PaintUse {
    /// An area.
    Fill,
    /// A line.
    Line,
    /// A text.
    Text,
    /// The lines of an icon.
    Icon,
}

impl PaintUse {
    /// The attribute or property that sets the colour.
    pub(super) fn property(self) -> &'static str {
        match self {
            PaintUse::Fill | PaintUse::Text => "fill",
            PaintUse::Line | PaintUse::Icon => "stroke",
        }
    }

    /// The color under a highlight.
    pub(super) fn toned(self, tone: Tone, color: Color) -> Color {
        match self {
            PaintUse::Fill => tone.fill(color),
            PaintUse::Line => tone.line(color),
            PaintUse::Text | PaintUse::Icon => tone.text(color),
        }
    }
}

/// A use of a role.
pub(super) type Paint = (PaintUse, ColorRole);

/// The classes of scenes, numbered in order of first use.
#[derive(Default)]
pub(super) struct PaintClasses {
    paints: Vec<Paint>,
    paint_numbers: FxHashMap<Paint, usize>,
    /// Zoom ranges that end somewhere.
    zooms: Vec<ZoomRange>,
}

impl PaintClasses {
    /// The classes that the items of these scenes need, at all zooms.
    pub(super) fn of<'s>(scenes: impl IntoIterator<Item = &'s Scene>) -> PaintClasses {
        let mut classes = PaintClasses::default();
        let groups = scenes.into_iter().flat_map(|scene| &scene.groups);
        for item in groups.flat_map(|group| &group.content.items) {
            if item.zoom != ZoomRange::ALL && !classes.zooms.contains(&item.zoom) {
                classes.zooms.push(item.zoom);
            }
            match &item.shape {
                Shape::Rect { fill, stroke, .. } | Shape::Path { fill, stroke, .. } => {
                    if let Some(fill) = fill {
                        classes.add((PaintUse::Fill, *fill));
                    }
                    if let Some(stroke) = stroke {
                        classes.add((PaintUse::Line, stroke.color));
                    }
                }
                Shape::Text(line) => classes.add((PaintUse::Text, line.color)),
                Shape::Icon { color, .. } => classes.add((PaintUse::Icon, *color)),
                Shape::Image { .. } => {}
            }
        }
        classes
    }

    fn add(&mut self, paint: Paint) {
        let next = self.paints.len();
        let number = *self.paint_numbers.entry(paint).or_insert(next);
        if number == next {
            self.paints.push(paint);
        }
    }

    /// Writes the attribute with the classes of an element: `c` and a number for a paint, `z` and a
    /// number for a zoom range.
    pub(super) fn write_attribute(
        &self,
        zoom: ZoomRange,
        paints: &[Paint],
        xml: &mut XmlWriter<'_>,
    ) {
        let paints = paints
            .iter()
            .filter_map(|paint| self.paint_numbers.get(paint));
        let zoom = self.zooms.iter().position(|known| *known == zoom);
        let classes = paints.map(|number| ("c", *number));
        let mut separator = " class=\"";
        for (letter, number) in classes.chain(zoom.map(|number| ("z", number))) {
            xml.raw(separator).raw(letter).int(number as u64);
            separator = " ";
        }
        if separator == " " {
            xml.raw("\"");
        }
    }

    /// Writes the rules of the classes. Outside a highlight, within `.out`, the dimmed colours hold.
    /// An item is drawn at zoom 1 if its range has it; a class `k` and a number on an ancestor
    /// reverses that for a range.
    pub(super) fn write_rules(&self, css: &mut String) {
        for (number, (of, _)) in self.paints.iter().enumerate() {
            let property = of.property();
            let _ = write!(
                css,
                ".c{number}{{{property}:var(--c{number})}}.out .c{number}{{{property}:var(--d{number})}}"
            );
        }
        for (number, zoom) in self.zooms.iter().enumerate() {
            let _ = if zoom.contains(1.0) {
                write!(css, ".k{number} .z{number}{{display:none}}")
            } else {
                write!(
                    css,
                    ".z{number}{{display:none}}.k{number} .z{number}{{display:inline}}"
                )
            };
        }
    }

    /// Writes the values of the variables of the classes in a theme.
    pub(super) fn write_colors(&self, colors: &RoleColors, css: &mut String) {
        let dimmed = Tone::dimmed(colors.paper(), colors.dimmed_text());
        for (number, (of, role)) in self.paints.iter().enumerate() {
            let color = colors.color(*role);
            let (full, out) = (css_color(color), css_color(of.toned(dimmed, color)));
            let _ = write!(css, "--c{number}:{full};--d{number}:{out};");
        }
    }

    /// The zoom ranges, for a script: `from-below` in their order, open ends empty.
    pub(super) fn zoom_list(&self) -> String {
        let range = |zoom: &ZoomRange| {
            let end = |end: Option<f32>| end.map_or(String::new(), |end| end.to_string());
            let [from, below] = zoom.bounds().map(end);
            format!("{from}-{below}")
        };
        self.zooms.iter().map(range).collect::<Vec<_>>().join(" ")
    }
}

/// A colour in the notation of CSS Color 4: `#rrggbb`, or `#rrggbbaa` if it is not opaque.
pub(super) fn css_color(color: Color) -> String {
    let Color { r, g, b, a } = color;
    match a {
        255 => format!("#{r:02x}{g:02x}{b:02x}"),
        a => format!("#{r:02x}{g:02x}{b:02x}{a:02x}"),
    }
}
