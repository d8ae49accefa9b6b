//! Letters of marks in a page, by which the script highlights.
//!
//! Must not know: drawings, text.

use crate::scene::Marks;

/// The letters of the marks: `u` for no owner, `p` for pain points.
pub(super) fn mark_letters(marks: Marks) -> &'static str {
    let has = |mark| marks.intersects(mark);
    match (has(Marks::UNOWNED), has(Marks::PAIN)) {
        (true, true) => "up",
        (true, false) => "u",
        (false, true) => "p",
        (false, false) => "",
    }
}
