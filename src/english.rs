//! Parts of English sentences: counts, quotes, lists, capitals.
//!
//! Must not know: anything else of this crate.

use std::time::Duration;

/// Formats a count with its noun in digits: `1 touchpoint`, `3 touchpoints`.
pub fn count(n: usize, noun: &str) -> String {
    match n {
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}

/// Formats a count with its noun: `no loops`, `one loop`, `3 loops`.
pub fn count_in_words(n: usize, one: &str, many: &str) -> String {
    match n {
        0 => format!("no {many}"),
        1 => format!("one {one}"),
        n => format!("{n} {many}"),
    }
}

/// Formats a number of times: `never`, `once`, `3 times`.
pub fn times(n: usize) -> String {
    match n {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        n => format!("{n} times"),
    }
}

/// Formats a place in a list, counted from 1: `1st`, `12th`, `23rd`.
pub fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// Quotes a name for use in a sentence.
pub fn quoted(name: &str) -> String {
    match name.trim() {
        "" => "“(no name)”".to_owned(),
        name => format!("“{name}”"),
    }
}

/// Joins items: `A, B and C`.
pub fn join_with_and<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// Capitalizes the first letter.
pub fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Writes the first letter small.
pub fn uncapitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// Formats a text as a sentence with a capital letter and a full stop.
pub fn sentence(text: &str) -> String {
    let mut sentence = capitalize(text.trim());
    if !sentence.is_empty() && !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

/// Formats an age in its largest unit.
pub fn relative_time(age: Duration) -> String {
    let seconds = age.as_secs();
    let (age, unit) = match seconds {
        0..60 => return "less than a minute ago".to_owned(),
        60..3600 => (seconds / 60, "minute"),
        3600..86400 => (seconds / 3600, "hour"),
        _ => (seconds / 86400, "day"),
    };
    format!("{} ago", count(age as usize, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_capitalized_and_end_with_a_full_stop() {
        assert_eq!(sentence("there is no stage"), "There is no stage.");
        assert_eq!(sentence("Where to?"), "Where to?");
        assert_eq!(sentence(" "), "");
    }

    #[test]
    fn counts_and_lists_are_english() {
        assert_eq!([count(1, "pain"), count(0, "pain")], ["1 pain", "0 pains"]);
        assert_eq!(count_in_words(1, "loop", "loops"), "one loop");
        assert_eq!(count_in_words(0, "loop", "loops"), "no loops");
        assert_eq!(join_with_and(&["A", "B", "C"]), "A, B and C");
        assert_eq!(quoted(" A "), "“A”");
        let places = [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal);
        assert_eq!(
            places.join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 112th"
        );
    }

    #[test]
    fn ages_use_the_largest_unit() {
        let said = |seconds| relative_time(Duration::from_secs(seconds));
        assert_eq!(said(5), "less than a minute ago");
        assert_eq!(said(61), "1 minute ago");
        assert_eq!(said(7200), "2 hours ago");
        assert_eq!(said(400_000), "4 days ago");
    }
}
