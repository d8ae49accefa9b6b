//! Shaping of one run of text by parley: bidirectional order, fallback per cluster, kerning,
//! ligatures.
//!
//! Must not know: words, line breaking.

use super::Face;
use super::fonts::{FAMILY, FontKey, Fonts, Glyph, TextGlyph, TextGlyphs};
use super::missing::MissingScripts;
use parley::fontique::{Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{
    FontContext, FontFamilyName, FontStyle, FontWeight, Layout, LayoutContext,
    PositionedLayoutItem, StyleProperty,
};
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use std::ops::Range;

/// Font size for shaping; at the units of the bundled faces their advances are whole numbers.
const UNITS: f32 = 1000.0;

pub(super) struct Shaper {
    pub(super) fonts: Fonts,
    layouts: LayoutContext<()>,
    layout: Layout<()>,
    bundled: FontContext,
    system: FallbackFonts,
    charmaps: [Option<Charmap<'static>>; 3],
    pub(super) missing: MissingScripts,
}

/// System fonts, loaded only when a text needs one.
enum FallbackFonts {
    Disabled,
    NotLoaded,
    Loaded(Box<FontContext>),
}

impl Shaper {
    pub(super) fn new(with_system: bool) -> Shaper {
        let fonts = Fonts::new();
        Shaper {
            bundled: context(&fonts, false),
            missing: MissingScripts::default(),
            fonts,
            layouts: LayoutContext::new(),
            layout: Layout::new(),
            system: if with_system {
                FallbackFonts::NotLoaded
            } else {
                FallbackFonts::Disabled
            },
            charmaps: Face::ALL.map(|face| {
                let font = skrifa::FontRef::new(face.bytes()).ok()?;
                Some(font.charmap())
            }),
        }
    }

    /// Whether system fonts are used.
    pub(super) fn uses_system_fonts(&self) -> bool {
        !matches!(self.system, FallbackFonts::Disabled)
    }

    /// Whether the bundled face has a glyph for the character.
    pub(super) fn covers(&self, c: char, face: Face) -> bool {
        let charmap = self.charmaps[face.index()].as_ref();
        charmap.is_some_and(|charmap| charmap.map(c).is_some())
    }

    /// The glyph of a character in the bundled face; 0, the box, if it has none.
    pub(super) fn glyph_of(&self, c: char, face: Face) -> u32 {
        let charmap = self.charmaps[face.index()].as_ref();
        let glyph = charmap.and_then(|charmap| charmap.map(c));
        glyph.map_or(0, |glyph| glyph.to_u32())
    }

    /// Lays out one line without hard breaks.
    fn lay_out(&mut self, text: &str, face: Face) {
        let covered = text.chars().all(|c| self.covers(c, face));
        let context = if covered {
            &mut self.bundled
        } else {
            if matches!(self.system, FallbackFonts::NotLoaded) {
                self.system = FallbackFonts::Loaded(Box::new(context(&self.fonts, true)));
            }
            match &mut self.system {
                FallbackFonts::Loaded(context) => context,
                FallbackFonts::Disabled | FallbackFonts::NotLoaded => &mut self.bundled,
            }
        };
        let mut builder = self.layouts.ranged_builder(context, text, 1.0, false);
        builder.push_default(FontFamilyName::named(FAMILY));
        builder.push_default(StyleProperty::FontSize(UNITS));
        let (weight, style) = weight_and_style(face);
        builder.push_default(StyleProperty::FontWeight(weight));
        builder.push_default(StyleProperty::FontStyle(style));
        builder.build_into(&mut self.layout, text);
        self.layout.break_all_lines(None);
    }

    /// Adds the glyphs of the text in visual order, from `x` ems on, to `out` and returns the width
    /// in ems.
    pub(super) fn shape(&mut self, text: &str, face: Face, x: f32, out: &mut Vec<Glyph>) -> f32 {
        if text.is_empty() {
            return 0.0;
        }
        self.lay_out(text, face);
        let mut width = 0.0;
        let mut has_boxes = false;
        for line in self.layout.lines() {
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(run) = item else {
                    continue;
                };
                let coords = run.run().normalized_coords().iter();
                let coords: Vec<i16> = coords.map(|coord| coord.to_bits()).collect();
                let font = self.fonts.key(run.run().font(), &coords);
                let mut pen = x + width;
                for glyph in run.glyphs() {
                    has_boxes |= glyph.id == 0;
                    out.push(Glyph {
                        font,
                        id: glyph.id,
                        x: pen + glyph.x / UNITS,
                        y: glyph.y / UNITS,
                    });
                    pen += glyph.advance / UNITS;
                }
                width += run.advance() / UNITS;
            }
        }
        if has_boxes {
            self.note_boxes(text);
        }
        width
    }

    /// The glyphs of a text in visual order, each with the text that it stands for.
    pub(super) fn text_glyphs(&mut self, text: &str, face: Face) -> TextGlyphs {
        let mut glyphs = Vec::new();
        let mut width = 0.0;
        if text.is_empty() {
            return TextGlyphs { glyphs, width };
        }
        self.lay_out(text, face);
        for run in self.layout.lines().flat_map(|line| line.runs()) {
            let coords = run.normalized_coords().iter();
            let coords: Vec<i16> = coords.map(|coord| coord.to_bits()).collect();
            let font = self.fonts.key(run.font(), &coords);
            // A ligature stands for its own cluster and those that continue it.
            let mut spans: Vec<Range<usize>> = Vec::new();
            for cluster in run.clusters() {
                let span = cluster.text_range();
                match spans.last_mut() {
                    Some(last) if cluster.is_ligature_continuation() => last.end = span.end,
                    _ => spans.push(span),
                }
            }
            for cluster in run.visual_clusters() {
                let own = cluster.text_range();
                let at = spans.partition_point(|span| span.start < own.start);
                let span = spans.get(at).filter(|span| span.start == own.start);
                let span = span.map_or(own, Range::clone);
                // Clusters share the advance of a ligature, glyphs have their own.
                for glyph in cluster.glyphs() {
                    glyphs.push(TextGlyph {
                        glyph: Glyph {
                            font,
                            id: glyph.id,
                            x: width + glyph.x / UNITS,
                            y: glyph.y / UNITS,
                        },
                        text: span.clone(),
                    });
                    width += glyph.advance / UNITS;
                }
            }
        }
        TextGlyphs { glyphs, width }
    }

    /// Notes the characters of the laid out text that are drawn as boxes.
    #[cold]
    fn note_boxes(&mut self, text: &str) {
        for run in self.layout.lines().flat_map(|line| line.runs()) {
            for cluster in run
                .clusters()
                .filter(|it| it.glyphs().any(|glyph| glyph.id == 0))
            {
                if let Some(c) = text
                    .get(cluster.text_range())
                    .and_then(|it| it.chars().next())
                {
                    self.missing.add(c);
                }
            }
        }
    }

    /// Fills `out` with the ends of clusters (in bytes) and the width up to each (in ems), in the
    /// order of the text.
    pub(super) fn clusters(&mut self, text: &str, face: Face, out: &mut Vec<(usize, f32)>) {
        out.clear();
        if text.is_empty() {
            return;
        }
        self.lay_out(text, face);
        for line in self.layout.lines() {
            for run in line.runs() {
                for cluster in run.clusters() {
                    out.push((cluster.text_range().end, cluster.advance() / UNITS));
                }
            }
        }
        out.sort_by_key(|(end, _)| *end);
        let mut width = 0.0;
        for (_, advance) in out {
            width += *advance;
            *advance = width;
        }
    }

    /// The system fonts used to draw the text.
    pub(super) fn fallbacks(&mut self, text: &str, face: Face) -> Vec<FontKey> {
        let mut glyphs = Vec::new();
        self.shape(text, face, 0.0, &mut glyphs);
        let keys = glyphs.iter().map(|glyph| glyph.font);
        let mut keys: Vec<FontKey> = keys.filter(|key| key.face().is_none()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

fn weight_and_style(face: Face) -> (FontWeight, FontStyle) {
    let style = if face.is_italic() {
        FontStyle::Italic
    } else {
        FontStyle::Normal
    };
    (FontWeight::new(f32::from(face.weight())), style)
}

/// A font collection with the bundled faces as one family.
fn context(fonts: &Fonts, system_fonts: bool) -> FontContext {
    let mut collection = Collection::new(CollectionOptions {
        shared: false,
        system_fonts,
    });
    for face in Face::ALL {
        let Some(font) = fonts.get(face.into()) else {
            continue;
        };
        let (weight, style) = weight_and_style(face);
        collection.register_fonts(
            font.data.clone(),
            Some(FontInfoOverride {
                family_name: Some(FAMILY),
                width: None,
                style: Some(style),
                weight: Some(weight),
                axes: None,
            }),
        );
    }
    FontContext {
        collection,
        source_cache: SourceCache::default(),
    }
}

#[cfg(test)]
mod test_fonts {
    use super::*;

    impl Shaper {
        /// A shaper that uses the given font for every face.
        pub(in crate::text) fn of_font(font: Vec<u8>) -> Shaper {
            let mut shaper = Shaper::new(false);
            let mut collection = Collection::new(CollectionOptions {
                shared: false,
                system_fonts: false,
            });
            let name = FontInfoOverride {
                family_name: Some(FAMILY),
                ..FontInfoOverride::default()
            };
            collection.register_fonts(font.into(), Some(name));
            shaper.bundled.collection = collection;
            shaper
        }
    }
}
