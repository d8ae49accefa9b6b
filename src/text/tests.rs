//! Property tests of the typesetter.

use super::fonts::Glyph;
use super::{CAP_HEIGHT, Face, Measure, Style, Typesetter, WrappedLine};
use proptest::prelude::{Strategy, any, prop, proptest};
use std::cell::RefCell;

const STYLE: Style = Style {
    face: Face::Regular,
    size: 12.0,
};

thread_local! {
    static SETTER: RefCell<Typesetter> = RefCell::new(Typesetter::bundled());
    static SYSTEM: RefCell<Typesetter> = RefCell::new(Typesetter::new());
}

/// Checks that every line is as wide as shaped, that no line is too wide, and that only white space
/// is lost.
fn check(setter: &mut Typesetter, text: &str, max: f32) {
    for face in [Face::Regular, Face::Bold] {
        let style = Style { face, ..STYLE };
        let lines = setter.wrap(text, style, max);
        let mut end = 0;
        for wrapped in lines {
            let drawn_line = wrapped.text(text);
            let WrappedLine { range, width, .. } = wrapped.clone();
            assert!(range.start >= end, "{text:?} {max}: {range:?} overlaps");
            assert!(text[end..range.start].chars().all(char::is_whitespace));
            end = range.end;
            let line = &*drawn_line;
            let shaped = setter.shape(line, face);
            let drawn = shaped.width * style.size;
            assert!((width - drawn).abs() < 0.12, "{line:?}: {width} {drawn}");
            let measured = setter.width(line, style);
            assert!(
                (width - measured).abs() < 0.12,
                "{line:?}: {width} {measured}"
            );
            let short = line.chars().count() < 20;
            assert!(width <= max + 0.1 || short, "{line:?}: {width} > {max}");
        }
        assert!(
            text[end..].chars().all(char::is_whitespace),
            "{text:?} {max}"
        );
    }
}

fn mixed() -> impl Strategy<Value = String> {
    let word = "[a-zA-ZäöüßÅé]{1,12}|[А-я]{1,8}|[0-9]{1,4} ?%|[(\"„][a-z]{1,5}[)\"“]|[a-z]{1,4}[-/–][a-z]{1,4}|[א-ת]{1,6}|[ء-ي]{1,6}|[一-龥ぁ-ん、。]{1,9}|[가-힣]{1,4}|AVATAR|ffi|[ -~]{1,6}|😀|👩‍👩‍👧|🇩🇪|e\u{301}|[\u{0}-\u{1f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}\u{ad}\u{a0}\u{3000}]";
    let gap = prop::sample::select(vec![" ", " ", " ", " ", "  ", "\t", "\n", ""]);
    prop::collection::vec((word, gap), 0..14)
        .prop_map(|parts| parts.into_iter().map(|(word, gap)| word + gap).collect())
}

proptest! {
    #[test]
    fn lines_are_as_wide_as_drawn(text in mixed(), max in 0.0_f32..300.0) {
        SETTER.with_borrow_mut(|setter| check(setter, &text, max));
    }

    #[test]
    fn lines_are_as_wide_as_drawn_with_system_fonts(text in mixed(), max in 0.0_f32..300.0) {
        SYSTEM.with_borrow_mut(|setter| check(setter, &text, max));
    }

    #[test]
    fn any_text_is_wrapped(text in any::<String>(), max in -1.0_f32..100.0) {
        SETTER.with_borrow_mut(|setter| check(setter, &text, max));
    }

    /// Composing a line from words gives the same glyphs as shaping the whole line.
    #[test]
    fn composed_lines_match_whole_lines(text in "([a-zA-Z]{1,9}|[0-9,.%]{1,4}|[A-ZÄÖÜ][a-z.,:;!?]{1,3}|[-–—&(/a-z)„“\"']{1,3}|AV|To|ffi)( [a-zA-Zäöü0-9.,-]{1,9}){0,8}") {
        SETTER.with_borrow_mut(|setter| {
            for face in Face::ALL {
                let composed = setter.shape(&text, face);
                let mut whole: Vec<Glyph> = Vec::new();
                let width = setter.shape_whole(&text, face, &mut whole);
                assert!((composed.width - width).abs() < 0.01, "{text:?} {face:?}: {} {width}", composed.width);
                whole.retain(|glyph| setter.outline(glyph.font, glyph.id).is_some_and(|path| !path.0.is_empty()));
                assert_eq!(composed.glyphs.len(), whole.len());
                for (a, b) in composed.glyphs.iter().zip(&whole) {
                    assert_eq!(a.id, b.id);
                    assert!((a.x - b.x).abs() < 0.01);
                }
            }
        });
    }
}

/// The glyphs with text are those of the line and its blanks, and stand for all of its text.
fn check_text(setter: &mut Typesetter, text: &str) {
    for line in text.split('\n') {
        let shaped = setter.shape(line, Face::Regular);
        let (glyphs, shown) = setter.text_glyphs(line, Face::Regular);
        let mut covered = vec![false; shown.len()];
        for glyph in &glyphs {
            assert!(
                shown.get(glyph.text.clone()).is_some(),
                "{glyph:?} in {shown:?}"
            );
            covered[glyph.text.clone()].fill(true);
        }
        let is_blank = |at: usize| shown[at..].starts_with([' ', '\t']);
        let lost = shown
            .char_indices()
            .find(|(at, _)| !covered[*at] && !is_blank(*at));
        assert_eq!(lost, None, "{shown:?}");
        let mut rest = glyphs.iter().map(|it| it.glyph).peekable();
        for glyph in &shaped.glyphs {
            let same = |it: &Glyph| {
                it.id == glyph.id && it.font == glyph.font && (it.x - glyph.x).abs() < 0.01
            };
            assert!(
                rest.any(|it| same(&it)),
                "{glyph:?} of {line:?} in {glyphs:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn glyphs_stand_for_their_text(text in mixed()) {
        SETTER.with_borrow_mut(|setter| check_text(setter, &text));
        SYSTEM.with_borrow_mut(|setter| check_text(setter, &text));
    }
}

/// Parts of a line with right-to-left text can be much narrower alone than in the line; such text
/// is rewrapped until it fits.
#[test]
fn lines_with_right_to_left_text_fit() {
    SYSTEM.with_borrow_mut(|setter| {
        check(
            setter,
            "가가가 I*C%AVATAR 145 %  AVATARפה 414% ",
            222.191_06,
        );
        check(
            setter,
            "АААА K0#K aaa–ka ءءءء  אא  rsg-sa ffi L\\:? ",
            130.897,
        );
    });
}

#[test]
fn kerning_is_applied() {
    let mut setter = Typesetter::bundled();
    let pair = setter.width("AV", STYLE);
    let single = setter.width("A", STYLE) + setter.width("V", STYLE);
    assert!(pair < single - 0.1, "{pair} {single}");
}

#[test]
fn missing_glyphs_are_drawn_as_boxes() {
    let mut setter = Typesetter::bundled();
    let shaped = setter.shape("日\u{e000}", Face::Regular);
    assert_eq!(shaped.glyphs.len(), 2);
    assert!(!shaped.is_bundled());
    for glyph in &shaped.glyphs {
        let outline = setter.outline(glyph.font, glyph.id).unwrap();
        assert!(outline.bounds().width() > 0.2, "{outline:?}");
    }
    let shown = setter.shape("a\u{0}\u{202e}b", Face::Regular);
    assert_eq!(shown.glyphs.len(), 4);
    assert!(shown.glyphs[1].id != 0, "the box is in the bundled face");
}

#[test]
fn right_to_left_text_is_reordered() {
    let mut setter = Typesetter::bundled();
    // The bundled faces have no Hebrew: boxes, but in the right positions.
    let shaped = setter.shape("abc אב", Face::Regular);
    assert!(shaped.glyphs[0].x < 0.1);
    let shaped = setter.shape("אב abc", Face::Regular);
    let latin: Vec<f32> = shaped
        .glyphs
        .iter()
        .filter(|glyph| glyph.id != 0)
        .map(|glyph| glyph.x)
        .collect();
    let boxes: Vec<f32> = shaped
        .glyphs
        .iter()
        .filter(|glyph| glyph.id == 0)
        .map(|glyph| glyph.x)
        .collect();
    assert!(latin.iter().all(|x| boxes.iter().all(|other| x < other)));
    assert!(latin[0].abs() < 0.01, "{latin:?}");
}

#[test]
fn long_words_are_wrapped() {
    let mut setter = Typesetter::bundled();
    for unit in ["x", "日", "e\u{301}", "\u{301}", "א"] {
        let word = unit.repeat(20_000 / unit.len());
        check(&mut setter, &word, 100.0);
        let endless = setter.wrap(&word, STYLE, f32::INFINITY);
        assert_eq!(endless.len(), 1);
    }
    for size in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        let style = Style { size, ..STYLE };
        setter.wrap("some text", style, 10.0);
    }
}

#[test]
fn empty_texts_have_no_line() {
    let mut setter = Typesetter::bundled();
    assert!(setter.wrap("", STYLE, 10.0).is_empty());
    assert!(setter.shape("", Face::Bold).glyphs.is_empty());
    assert!(setter.shape("  \n", Face::Bold).glyphs.is_empty());
    assert_eq!(setter.wrap(" ", STYLE, 10.0).len(), 1);
}

#[test]
fn outlines_are_ems_with_y_down() {
    let mut setter = Typesetter::bundled();
    let shaped = setter.shape("Hg", Face::Regular);
    let bounds = |setter: &mut Typesetter, i: usize| {
        let Glyph { font, id, .. } = shaped.glyphs[i];
        setter.outline(font, id).unwrap().bounds()
    };
    let capital = bounds(&mut setter, 0);
    assert!((capital.min.y + CAP_HEIGHT).abs() < 0.01, "{capital:?}");
    assert!(capital.max.y.abs() < 0.01);
    assert!(bounds(&mut setter, 1).max.y > 0.1);
}

#[test]
fn bundled_faces_need_no_fallback() {
    let mut setter = Typesetter::bundled();
    assert!(setter.fallback_faces("Größe Жизнь Ελλάς ế").is_empty());
    assert!(setter.fallback_faces("日本").is_empty());
}

/// System fonts differ between machines; using them must neither fail nor give wrong results.
#[test]
fn system_fonts_are_used_if_installed() {
    let mut setter = Typesetter::new();
    for (text, picture) in [("日本語", false), ("العربية", false), ("😀", true)] {
        let shaped = setter.shape(text, Face::Regular);
        assert!(!shaped.glyphs.is_empty());
        for glyph in shaped
            .glyphs
            .iter()
            .filter(|glyph| glyph.font.face().is_none() && glyph.id != 0)
        {
            if picture && setter.has_bitmaps(glyph.font) {
                let bitmap = setter.bitmap(glyph.font, glyph.id, 40.0).unwrap();
                assert_eq!(
                    bitmap.rgba.len(),
                    (bitmap.width * bitmap.height * 4) as usize
                );
                assert!(
                    bitmap.rect.min.y < -0.5 && bitmap.rect.width() > 0.5,
                    "{:?}",
                    bitmap.rect
                );
            } else {
                assert!(setter.outline(glyph.font, glyph.id).is_some());
            }
        }
    }
    for face in setter.fallback_faces("日本語") {
        assert!(!face.name.is_empty());
        assert!(skrifa::FontRef::from_index(face.bytes(), face.index).is_ok());
    }
}
