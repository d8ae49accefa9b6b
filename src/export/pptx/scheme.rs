//! The colour scheme of a presentation: the theme's colours under the names that PowerPoint has for
//! them, so that another colour scheme changes the slides as well.
//!
//! Must not know: shapes.

use crate::export::xml_writer::XmlWriter;
use crate::theme::{Color, ColorRole, ROLES, RoleColors};

/// The twelve colours of a scheme, in the order of its element (ECMA-376, 20.1.6.2).
const SLOTS: [&str; 12] = [
    "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
];

/// The names of the same colours on slides, as the map of the master has them.
const NAMES: [&str; 12] = [
    "tx1", "bg1", "tx2", "bg2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
];

/// The colours of a scheme, in the order of [`SLOTS`].
pub(super) struct ColorScheme([Color; 12]);

impl ColorScheme {
    /// The scheme of a drawing: text and paper, the first departments as accents.
    pub(super) fn of(colors: &RoleColors) -> ColorScheme {
        let roles: [ColorRole; 12] = [
            ROLES.ink,
            ROLES.paper,
            ROLES.ink_soft,
            ROLES.band,
            ColorRole::department(0),
            ColorRole::department(1),
            ColorRole::department(2),
            ColorRole::persona(0),
            ColorRole::persona(1),
            ROLES.pain,
            ROLES.accent,
            ROLES.moment,
        ];
        ColorScheme(roles.map(|role| colors.color(role)))
    }

    /// Writes the colours of the scheme as children of its element.
    pub(super) fn write_slots(&self, xml: &mut XmlWriter<'_>) {
        for (slot, color) in SLOTS.iter().zip(self.0) {
            xml.raw("<a:").raw(slot).raw("><a:srgbClr val=\"");
            hex(xml, color);
            xml.raw("\"/></a:").raw(slot).raw(">");
        }
    }

    /// Writes a solid fill: by its name in the scheme if it has one.
    pub(super) fn fill(&self, xml: &mut XmlWriter<'_>, color: Color) {
        let known = self
            .0
            .iter()
            .position(|slot| (slot.r, slot.g, slot.b) == (color.r, color.g, color.b));
        let element = match known.and_then(|at| NAMES.get(at)) {
            Some(name) => {
                xml.raw("<a:solidFill><a:schemeClr val=\"")
                    .raw(name)
                    .raw("\"");
                "schemeClr"
            }
            None => {
                xml.raw("<a:solidFill><a:srgbClr val=\"");
                hex(xml, color);
                xml.raw("\"");
                "srgbClr"
            }
        };
        if color.a == 255 {
            xml.raw("/></a:solidFill>");
            return;
        }
        let share = u64::from(color.a) * 100_000 / 255;
        xml.raw("><a:alpha val=\"")
            .int(share)
            .raw("\"/></a:")
            .raw(element);
        xml.raw("></a:solidFill>");
    }
}

fn hex(xml: &mut XmlWriter<'_>, Color { r, g, b, .. }: Color) {
    xml.raw(&format!("{r:02X}{g:02X}{b:02X}"));
}
