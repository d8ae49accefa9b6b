//! Paths of the display list in one allocation each.
//!
//! Must not know: what a path shows, how it is drawn.

use crate::geom::{Path, Point, Rect, Segment, pt};

/// A path in a fifth to a half of the memory of a [`Path`], because the scene of a huge map has
/// hundreds of thousands.
///
/// The words are the number of segments, their kinds (16 a word) and the coordinates of their
/// points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedPath(Box<[u32]>);

/// Number of kinds in a word.
const KINDS_IN_WORD: usize = 16;

impl From<&Path> for PackedPath {
    fn from(path: &Path) -> PackedPath {
        let kinds = path.0.len().div_ceil(KINDS_IN_WORD);
        let coordinates = path.0.iter().map(|segment| match segment {
            Segment::Move(_) | Segment::Line(_) => 2,
            Segment::Cubic(..) => 6,
            Segment::Close => 0,
        });
        let mut words = Vec::with_capacity(1 + kinds + coordinates.sum::<usize>());
        words.resize(1 + kinds, 0);
        words[0] = path.0.len() as u32;
        for (at, segment) in path.0.iter().enumerate() {
            let mut add = |p: Point| words.extend([p.x.to_bits(), p.y.to_bits()]);
            let kind = match *segment {
                Segment::Move(p) => {
                    add(p);
                    0
                }
                Segment::Line(p) => {
                    add(p);
                    1
                }
                Segment::Cubic(a, b, p) => {
                    add(a);
                    add(b);
                    add(p);
                    2
                }
                Segment::Close => 3,
            };
            words[1 + at / KINDS_IN_WORD] |= kind << (2 * (at % KINDS_IN_WORD));
        }
        PackedPath(words.into_boxed_slice())
    }
}

impl From<Path> for PackedPath {
    fn from(path: Path) -> PackedPath {
        PackedPath::from(&path)
    }
}

impl PackedPath {
    /// The path.
    pub fn unpack(&self) -> Path {
        let mut points = self.points();
        let segment = |at: usize| {
            let kind = self.0[1 + at / KINDS_IN_WORD] >> (2 * (at % KINDS_IN_WORD));
            Some(match kind & 3 {
                0 => Segment::Move(points.next()?),
                1 => Segment::Line(points.next()?),
                2 => Segment::Cubic(points.next()?, points.next()?, points.next()?),
                _ => Segment::Close,
            })
        };
        Path((0..self.len()).map_while(segment).collect())
    }

    /// Bounding box of all points and control points; [`Rect::EMPTY`] for an empty path.
    pub fn bounds(&self) -> Rect {
        self.points().fold(Rect::EMPTY, |bounds, p| {
            bounds.union(&Rect { min: p, max: p })
        })
    }

    fn len(&self) -> usize {
        self.0[0] as usize
    }

    fn points(&self) -> impl Iterator<Item = Point> {
        let start = 1 + self.len().div_ceil(KINDS_IN_WORD);
        let pairs = self.0[start..].chunks_exact(2);
        pairs.map(|pair| pt(f32::from_bits(pair[0]), f32::from_bits(pair[1])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn unpacking_gives_the_path_that_was_packed(
            segments in proptest::collection::vec((0..4_u8, any::<[i16; 6]>()), 0..40),
        ) {
            let path = Path(segments.iter().map(|(kind, numbers)| {
                let [a, b, c, d, e, f] = numbers.map(f32::from);
                match kind {
                    0 => Segment::Move(pt(a, b)),
                    1 => Segment::Line(pt(a, b)),
                    2 => Segment::Cubic(pt(a, b), pt(c, d), pt(e, f)),
                    _ => Segment::Close,
                }
            }).collect());
            let packed = PackedPath::from(&path);
            prop_assert_eq!(packed.bounds(), path.bounds());
            prop_assert_eq!(packed.unpack(), path);
        }
    }
}
