//! All differences as a text: plain or in Markdown.
//!
//! Must not know: files, terminals.

use super::comparison::Comparison;
use super::difference::DifferenceKind;
use super::matching::MatchedBy;
use super::sentences::SentenceWriter;
use crate::english::{capitalize, count, join_with_and, quoted, uncapitalize};
use crate::insight::escape_markdown;
use crate::model::{Map, ObjectRef};

/// Formats all differences, one sentence a line under the names of stages and lists. Texts of the
/// map are on one line and otherwise as they stand.
pub fn to_text(comparison: &Comparison) -> String {
    let writer = SentenceWriter::new(comparison);
    let mut lines = vec![headline(comparison)];
    lines.extend(matched_by_content(comparison));
    for section in comparison.sections() {
        lines.push(String::new());
        lines.push(heading(&section.title));
        for difference in &section.differences {
            let sentences = writer.sentences(difference).into_iter();
            lines.extend(sentences.map(|sentence| format!("  {sentence}")));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Formats all differences in Markdown.
pub fn to_markdown(comparison: &Comparison) -> String {
    let writer = SentenceWriter::new(comparison);
    let mut lines = vec![
        format!("# {}", escape_markdown(&titles(comparison))),
        String::new(),
    ];
    lines.push(format!("{}.", capitalize(&counts(comparison))));
    if let Some(matched) = matched_by_content(comparison) {
        lines.extend([String::new(), escape_markdown(&matched)]);
    }
    for section in comparison.sections() {
        let title = escape_markdown(&heading(&section.title));
        lines.extend([String::new(), format!("## {title}"), String::new()]);
        for difference in &section.differences {
            let sentences = writer.sentences(difference).into_iter();
            lines.extend(sentences.map(|sentence| format!("- {}", escape_markdown(&sentence))));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn heading(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        "(no name)".to_owned()
    } else {
        title
    }
}

/// Both titles, or the one that both maps have.
fn titles(comparison: &Comparison) -> String {
    let title = |map: &Map| {
        quoted(
            &map.header()
                .title
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        )
    };
    let [before, after] = [title(&comparison.before), title(&comparison.aligned)];
    if before == after {
        before
    } else {
        format!("{before} → {after}")
    }
}

fn headline(comparison: &Comparison) -> String {
    format!("{}: {}", titles(comparison), counts(comparison))
}

/// The number of differences of each kind: `2 added, 1 moved`.
fn counts(comparison: &Comparison) -> String {
    let of_kind = |kind| {
        comparison
            .differences()
            .filter(|it| it.kind == kind)
            .count()
    };
    let counts = DifferenceKind::ALL.map(|kind| (of_kind(kind), kind.word()));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if counts.is_empty() {
        return "no differences".to_owned();
    }
    counts.join(", ")
}

/// A sentence about records that are the same in spite of their ids: `Matched by content, as their
/// ids differ: 3 stages and 7 touchpoints.`
fn matched_by_content(comparison: &Comparison) -> Option<String> {
    let pairs = comparison.matching().pairs();
    let pairs = pairs.filter(|(_, _, by)| *by == MatchedBy::Content);
    let mut nouns: Vec<(usize, &'static str)> = pairs.map(|(before, _, _)| rank(before)).collect();
    nouns.sort_unstable();
    let mut found: Vec<String> = Vec::new();
    for nouns in nouns.chunk_by(|one, other| one == other) {
        if let [(_, noun), ..] = nouns {
            found.push(count(nouns.len(), &uncapitalize(noun)));
        }
    }
    let found = join_with_and(&found).replace("opportunitys", "opportunities");
    (!found.is_empty()).then(|| format!("Matched by content, as their ids differ: {found}."))
}

/// The noun of an object, with its place in a list of nouns.
fn rank(object: &ObjectRef) -> (usize, &'static str) {
    let rank = match object {
        ObjectRef::Stage(_) => 0,
        ObjectRef::Touchpoint(_) => 1,
        ObjectRef::Pain(..) => 2,
        ObjectRef::Opportunity(..) => 3,
        _ => 4,
    };
    (rank, object.noun())
}
