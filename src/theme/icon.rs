//! The icons: one family, one stroke weight, drawn on a 24 × 24 grid.
//!
//! Must not know: what an icon stands for on a map (`icon_guess` guesses that),
//! how any backend strokes lines.

use std::sync::LazyLock;

use crate::geom::{Path, Point, Segment, pt};

/// Declares the icons, each with its drawing in the notation of [`parse`].
macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $drawing:literal,)*) => {
        /// A drawn icon.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Icon {
            $($(#[$doc])* $name,)*
        }

        const DRAWINGS: &[&str] = &[$($drawing),*];

        impl Icon {
            /// All icons in the order of their discriminants.
            pub const ALL: [Icon; DRAWINGS.len()] = [$(Icon::$name),*];
        }
    };
}

icons! {
    /// Telephone.
    Phone = "M5 3 H8.5 L10.5 8 L8 9.8 C9 12.2 11.8 15 14.2 16 L16 13.5 L21 15.5 V19 C21 20.1 \
        20.1 21 19 21 C10.2 21 3 13.8 3 5 C3 3.9 3.9 3 5 3 Z",
    /// Globe: a website.
    Web = "O12 12 9 M3 12 H21 M12 3 C15 5.8 16 8.8 16 12 C16 15.2 15 18.2 12 21 C9 18.2 8 15.2 8 \
        12 C8 8.8 9 5.8 12 3 Z",
    /// Mobile phone: an app.
    App = "R6 2 12 20 3 M11 18 H13",
    /// Shop with an awning: a branch or shop.
    Shop = "M3 9 L5 4 H19 L21 9 C21 12.4 15 12.4 15 9 C15 12.4 9 12.4 9 9 C9 12.4 3 12.4 3 9 Z \
        M5 13.5 V20 H19 V13.5 M10 20 V16 H14 V20",
    /// Envelope: letters.
    Post = "R3 5 18 14 2 M3.6 7 L12 13 L20.4 7",
    /// At sign: electronic mail.
    Email = "O12 12 4 M16 8 V13 C16 17 21 17 21 12 C21 7 17 3 12 3 C7 3 3 7 3 12 C3 17 7 21 12 \
        21 C13.9 21 15.6 20.4 17 19.5",
    /// Speech bubble: chat with a person.
    Chat = "M5 4 H19 C20.1 4 21 4.9 21 6 V15 C21 16.1 20.1 17 19 17 H11.5 L7 21 V17 H5 C3.9 17 3 \
        16.1 3 15 V6 C3 4.9 3.9 4 5 4 Z M8 10.5 h.01 M12 10.5 h.01 M16 10.5 h.01",
    /// Robot head: chatbot.
    Bot = "R4 8 16 12 3 M12 8 V4 M11 4 H13 M9 13 V15 M15 13 V15 M1.5 13 V15 M22.5 13 V15",
    /// Two people: face to face.
    Person = "O7.5 7.5 3.5 M2 20 C2 16.2 4.5 14 7.5 14 C10.5 14 13 16.2 13 20 M15.5 4.3 C17.2 \
        4.6 18.4 5.9 18.4 7.5 C18.4 9.1 17.2 10.4 15.5 10.7 M17 14.3 C20 14.8 22 17 22 20",
    /// Sheet of paper.
    Document = "M14 3 H7 C5.9 3 5 3.9 5 5 V19 C5 20.1 5.9 21 7 21 H17 C18.1 21 19 20.1 19 19 V8 \
        Z M14 3 V8 H19 M9 13 H15 M9 17 H13",
    /// Share nodes: social media.
    Social = "O6 12 3 O18 5.5 3 O18 18.5 3 M8.7 10.6 L15.3 7 M8.7 13.4 L15.3 17",
    /// Terminal on a foot: kiosk or cash machine.
    Kiosk = "R5 2 14 11 2 M9 13 V21 M15 13 V21 M6 21 H18 M9.5 7.5 H14.5",
    /// House.
    Home = "M3 11 L12 3 L21 11 M5 9.5 V20 H19 V9.5 M10 20 V14 H14 V20",
    /// Tall building.
    Building = "R5 2.5 14 19 1.5 M9.5 7 h.01 M14.5 7 h.01 M9.5 11.5 h.01 M14.5 11.5 h.01 M12 \
        21.5 V17",
    /// Car.
    Car = "M5 11 L6.8 6.3 C7.1 5.5 7.7 5 8.5 5 H15.5 C16.3 5 16.9 5.5 17.2 6.3 L19 11 R3 11 18 7 \
        2 M6 18 V20 M18 18 V20 M7.5 14.5 h.01 M16.5 14.5 h.01",
    /// Map pin: street or outdoors.
    Street = "M12 21.5 C9.5 19.2 5 14.6 5 9.8 C5 5.9 8.1 3 12 3 C15.9 3 19 5.9 19 9.8 C19 14.6 \
        14.5 19.2 12 21.5 Z O12 10 2.5",
    /// Desktop screen.
    Screen = "R2.5 4 19 13 2 M12 17 V21 M8 21 H16",
    /// Circle with a dot: anything else.
    Other = "O12 12 9 O12 12 1",
    /// Pain flag with one bar.
    Flag1 = "M5 22 V3 H20 L17 7.5 L20 12 H5 M10 17 V21",
    /// Pain flag with two bars.
    Flag2 = "M5 22 V3 H20 L17 7.5 L20 12 H5 M10 17 V21 M14.5 17 V21",
    /// Pain flag with three bars.
    Flag3 = "M5 22 V3 H20 L17 7.5 L20 12 H5 M10 17 V21 M14.5 17 V21 M19 17 V21",
    /// Light bulb: opportunity.
    Bulb = "M9 17 C9 15 6 13.8 6 9.3 C6 5.8 8.7 3 12 3 C15.3 3 18 5.8 18 9.3 C18 13.8 15 15 15 \
        17 Z M10.5 21 H13.5",
    /// Star: delight.
    Star = "M12 3 L14.6 8.9 L21 9.6 L16.2 13.9 L17.6 20.2 L12 16.9 L6.4 20.2 L7.8 13.9 L3 9.6 \
        L9.4 8.9 Z",
    /// Diamond: moment of truth.
    Diamond = "M12 2.5 L20.5 12 L12 21.5 L3.5 12 Z",
    /// Question mark: assumption.
    Question = "M8 8.3 C8 6 9.8 4.5 12 4.5 C14.3 4.5 16 6 16 8.2 C16 11.2 12 11.5 12 15 M12 19.5 \
        h.01",
    /// Check mark: answered.
    Check = "M4.5 12.5 L9.5 17.5 L19.5 6.5",
    /// Clock: duration.
    Clock = "O12 12 9 M12 7 V12 L15.5 14",
    /// Cog: system.
    System = "O12 12 6.5 M18.6 12 L21.3 12 M16.7 16.7 L18.6 18.6 M12 18.6 L12 21.3 M7.3 16.7 \
        L5.4 18.6 M5.4 12 L2.7 12 M7.3 7.3 L5.4 5.4 M12 5.4 L12 2.7 M16.7 7.3 L18.6 5.4 O12 12 \
        1.6",
    /// Two arrows in a circle: process.
    Process = "M20 11 C19.4 7 16 4 12 4 C9 4 6.5 5.5 5 8 M5 3.5 V8 H9.5 M4 13 C4.6 17 8 20 12 20 \
        C15 20 17.5 18.5 19 16 M19 20.5 V16 H14.5",
    /// Group of three: people backstage.
    People = "O12 7 3 M6.5 20 C6.5 16.2 9 14 12 14 C15 14 17.5 16.2 17.5 20 M5 6.5 C3.6 7 3 8 3 \
        9 C3 10 3.6 11 5 11.5 M1.5 18.5 C1.5 17 2 16 3 15.2 M19 6.5 C20.4 7 21 8 21 9 C21 10 \
        20.4 11 19 11.5 M22.5 18.5 C22.5 17 22 16 21 15.2",
    /// Eye: observed.
    Eye = "M2 12 C4.5 7.5 8 5.5 12 5.5 C16 5.5 19.5 7.5 22 12 C19.5 16.5 16 18.5 12 18.5 C8 18.5 \
        4.5 16.5 2 12 Z O12 12 2.8",
    /// Speech bubble with lines: interviewed.
    Interview = "M5 4 H19 C20.1 4 21 4.9 21 6 V15 C21 16.1 20.1 17 19 17 H17 V21 L12.5 17 H5 \
        C3.9 17 3 16.1 3 15 V6 C3 4.9 3.9 4 5 4 Z M8 8.7 H16 M8 12.5 H13",
    /// Arrow up to the right: a rise.
    Rise = "M5 19 L19 5 M9 5 H19 V15",
    /// Arrow down to the right: a fall.
    Drop = "M5 5 L19 19 M19 9 V19 H9",
    /// Two lines that become one: left to decide by a merge.
    Merge = "M5 3 V6 C5 11 12 10 12 15 V21 M19 3 V6 C19 11 12 10 12 15 M8.5 17.5 L12 21 L15.5 17.5",
    /// Bar chart: measured.
    Chart = "M3 20.5 H21 M6.5 20 V13.5 M12 20 V4 M17.5 20 V9",
    /// Hand or dot with a tick: votes.
    Vote = "M7 11 L11 3.5 C12.8 3.5 13.8 5 13.5 6.5 L12.8 9.5 H18.3 C19.8 9.5 20.8 10.8 20.5 \
        12.1 L19.1 18.4 C18.9 19.4 18 20 17 20 H7 M3 11 H7 V20 H3 Z",
    /// Face without its disc: eyes and mouth, awful.
    FaceAwful = "M6.8 7.6 L9.6 9.4 M17.2 7.6 L14.4 9.4 M7.3 18 C7.3 14.8 9.2 13 12 13 C14.8 13 \
        16.7 14.8 16.7 18 Z",
    /// Eyes and mouth, bad.
    FaceBad = "M8.5 8.5 V9.5 M15.5 8.5 V9.5 M7.5 17.2 C9 13.7 15 13.7 16.5 17.2",
    /// Eyes and mouth, neutral.
    FaceNeutral = "M8.5 8.5 V9.5 M15.5 8.5 V9.5 M7.8 15.5 H16.2",
    /// Eyes and mouth, good.
    FaceGood = "M8.5 8.5 V9.5 M15.5 8.5 V9.5 M7.5 14 C9 17.5 15 17.5 16.5 14",
    /// Eyes and mouth, delighted.
    FaceDelighted = "M6.8 9.3 C7.2 7.3 9.8 7.3 10.2 9.3 M13.8 9.3 C14.2 7.3 16.8 7.3 17.2 9.3 M7 \
        13 H17 C17 16.4 14.9 18.6 12 18.6 C9.1 18.6 7 16.4 7 13 Z",
    /// Lines that converge and diverge: every path passes here.
    Narrow = "M3 4.5 L9.5 12 L3 19.5 M21 4.5 L14.5 12 L21 19.5 M9.5 12 H14.5",
    /// Plus sign: new.
    Plus = "M12 4.5 V19.5 M4.5 12 H19.5",
    /// Minus sign: removed.
    Minus = "M4.5 12 H19.5",
    /// Arrow to the right out of a bar: moved.
    Move = "M4 5 V19 M8.5 12 H20.5 M14.5 6 L20.5 12 L14.5 18",
    /// Pencil: changed.
    Pencil = "M4 20 L5 15.5 L16 4.5 L19.5 8 L8.5 19 Z M13.5 7 L17 10.5",
}

impl Icon {
    /// Line width on the 24 × 24 grid; ends and corners are round.
    pub const STROKE: f32 = 2.0;
    /// Side of the grid.
    pub const SIDE: f32 = 24.0;

    /// The lines of the icon on the 24 × 24 grid, stroked with [`Icon::STROKE`].
    pub fn lines(self) -> &'static Path {
        static TABLE: LazyLock<Vec<Path>> =
            LazyLock::new(|| DRAWINGS.iter().copied().map(parse).collect());
        &TABLE[self as usize]
    }
}

/// Parses a drawing: `M`, `L`, `H`, `V`, `C`, `Z` and `h` as in SVG path data, and `O cx cy r` for
/// a circle, `R x y width height r` for a rectangle with round corners. Unknown letters and missing
/// numbers end the drawing; a test ensures that no drawing of [`Icon`] has any.
fn parse(drawing: &str) -> Path {
    let mut segments = Vec::new();
    parse_into(drawing, &mut segments);
    Path(segments)
}

/// Adds the segments of a drawing to `out`; `None` if it is malformed.
fn parse_into(drawing: &str, out: &mut Vec<Segment>) -> Option<()> {
    let mut pen = pt(0.0, 0.0);
    let mut words = drawing.split_ascii_whitespace();
    while let Some(word) = words.next() {
        let (letter, first) = word.split_at_checked(1)?;
        let mut numbers = [0.0_f32; 6];
        let wanted = match letter {
            "M" | "L" => 2,
            "H" | "V" | "h" => 1,
            "C" => 6,
            "Z" => 0,
            "O" => 3,
            "R" => 5,
            _ => return None,
        };
        for (i, number) in numbers.iter_mut().take(wanted).enumerate() {
            let word = if i == 0 && !first.is_empty() {
                first
            } else {
                words.next()?
            };
            *number = word.parse().ok()?;
        }
        let [a, b, c, d, e, f] = numbers;
        let end = match letter {
            "M" | "L" => pt(a, b),
            "H" => pt(a, pen.y),
            "V" => pt(pen.x, a),
            "h" => pt(pen.x + a, pen.y),
            "C" => pt(e, f),
            _ => pen,
        };
        pen = end;
        match letter {
            "M" => out.push(Segment::Move(end)),
            "L" | "H" | "V" | "h" => out.push(Segment::Line(end)),
            "C" => out.push(Segment::Cubic(pt(a, b), pt(c, d), end)),
            "Z" => out.push(Segment::Close),
            "O" => push_rounded_rect(pt(a - c, b - c), 2.0 * c, 2.0 * c, c, out),
            _ => push_rounded_rect(pt(a, b), c, d, e, out),
        }
    }
    Some(())
}

/// Adds a rectangle with corners of radius `r`; a circle if `r` is half its side.
fn push_rounded_rect(at: Point, width: f32, height: f32, r: f32, out: &mut Vec<Segment>) {
    // 0.55 of the radius makes a cubic that is a quarter circle to within 0.03 %.
    let k = r * 0.45;
    let (l, t, rt, b) = (at.x, at.y, at.x + width, at.y + height);
    out.push(Segment::Move(pt(l + r, t)));
    let corners = [
        (pt(rt - r, t), pt(rt - k, t), pt(rt, t + k), pt(rt, t + r)),
        (pt(rt, b - r), pt(rt, b - k), pt(rt - k, b), pt(rt - r, b)),
        (pt(l + r, b), pt(l + k, b), pt(l, b - k), pt(l, b - r)),
        (pt(l, t + r), pt(l, t + k), pt(l + k, t), pt(l + r, t)),
    ];
    for (line, c1, c2, end) in corners {
        out.push(Segment::Line(line));
        out.push(Segment::Cubic(c1, c2, end));
    }
    out.push(Segment::Close);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Rect;

    #[test]
    fn every_drawing_parses_and_fits_the_grid() {
        let grid = Rect::new(0.0, 0.0, 24.0, 24.0).grow(-Icon::STROKE / 2.0);
        for icon in Icon::ALL {
            let mut out = Vec::new();
            assert!(
                parse_into(DRAWINGS[icon as usize], &mut out).is_some(),
                "{icon:?}"
            );
            let bounds = icon.lines().bounds();
            assert_eq!(bounds.union(&grid), grid, "{icon:?} {bounds:?}");
        }
    }

    #[test]
    fn table_matches_the_order_of_the_icons() {
        for (i, icon) in Icon::ALL.into_iter().enumerate() {
            assert_eq!(icon as usize, i);
            assert_eq!(*icon.lines(), parse(DRAWINGS[icon as usize]));
        }
    }

    #[test]
    fn icons_are_distinct() {
        for (i, a) in Icon::ALL.iter().enumerate() {
            for b in &Icon::ALL[i + 1..] {
                assert_ne!(a.lines(), b.lines(), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn malformed_drawings_are_rejected() {
        for bad in ["X1 2", "M1", "M1 b", "C1 2 3"] {
            assert!(parse_into(bad, &mut Vec::new()).is_none(), "{bad}");
        }
    }
}
