//! The line in a file of attributes of git that gives maps their drivers.
//!
//! Must not know: where the file is.

/// The line: maps are merged and compared by the drivers of this name.
pub(super) const LINE: &str = "*.journey.ron merge=touchline diff=touchline";

/// Adds the line at the end, unless it is there. A file whose last line has no end keeps it that
/// way, so that [`without_line`] gives back the same file.
pub(super) fn with_line(text: &str) -> String {
    if text.lines().any(|line| line.trim() == LINE) {
        return text.to_owned();
    }
    match text.is_empty() || text.ends_with('\n') {
        true => format!("{text}{LINE}\n"),
        false => format!("{text}\n{LINE}"),
    }
}

/// Removes the line.
pub(super) fn without_line(text: &str) -> String {
    let last = text.strip_suffix(LINE);
    if let Some(before) = last.and_then(|before| before.strip_suffix('\n')) {
        return before.to_owned();
    }
    let lines = text.split_inclusive('\n');
    lines.filter(|line| line.trim() != LINE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_added_once_and_removed_without_a_trace() {
        for text in ["", "*.png binary\n", "# no end", "*.x -text\r\n\r\n", "\n"] {
            let with = with_line(text);
            assert!(with.lines().any(|line| line == LINE), "{with:?}");
            assert_eq!(with_line(&with), with);
            assert_eq!(without_line(&with), text);
            assert_eq!(without_line(text), text);
        }
        let inside = format!("a\n  {LINE} \r\nb\n");
        assert_eq!(with_line(&inside), inside);
        assert_eq!(without_line(&inside), "a\nb\n");
    }
}
