//! Recognition of table columns by their title.

use crate::capture::case_folding::fold;

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goes {
    /// A capture line in each cell.
    Line,
    Name,
    Stage,
    Channel,
    Environment,
    Owner,
    Supporters,
    /// A number if all cells are numbers, otherwise an emotion.
    Feeling,
    Score,
    Emotion,
    Pain,
    Opportunity,
    Quote,
    Thought,
    Description,
    Time,
    Moment,
    Assumption,
    Notes,
    /// Unrecognized: appended to the notes under its title.
    Kept,
}

impl Goes {
    /// The label shown on screen.
    pub(super) fn word(self) -> &'static str {
        match self {
            Goes::Line => "line of capture",
            Goes::Name => "name",
            Goes::Stage => "stage",
            Goes::Channel => "channel",
            Goes::Environment => "environment",
            Goes::Owner => "owner",
            Goes::Supporters => "helpers",
            Goes::Feeling | Goes::Score => "score",
            Goes::Emotion => "feeling",
            Goes::Pain => "pain points",
            Goes::Opportunity => "opportunities",
            Goes::Quote => "quote",
            Goes::Thought => "thought",
            Goes::Description => "description",
            Goes::Time => "time",
            Goes::Moment => "moment of truth",
            Goes::Assumption => "assumption",
            Goes::Notes | Goes::Kept => "notes",
        }
    }
}

/// Recognized column titles, folded.
const TITLES: &[(Goes, &[&str])] = &[
    (
        Goes::Name,
        &[
            "name",
            "touchpoint",
            "touchpoints",
            "step",
            "steps",
            "activity",
            "customer action",
            "customer activity",
            "customer step",
            "event",
            "interaction",
            "task",
            "title",
            "what",
        ],
    ),
    (
        Goes::Stage,
        &[
            "stage",
            "stages",
            "phase",
            "phases",
            "journey stage",
            "journey phase",
        ],
    ),
    (Goes::Channel, &["channel", "channels", "medium", "via"]),
    (
        Goes::Environment,
        &["environment", "where", "place", "location", "setting"],
    ),
    (
        Goes::Owner,
        &[
            "owner",
            "owned by",
            "department",
            "departments",
            "team",
            "responsible",
            "who owns it",
        ],
    ),
    (
        Goes::Supporters,
        &[
            "supporter",
            "supporters",
            "supported by",
            "support",
            "helpers",
            "helped by",
        ],
    ),
    (
        Goes::Feeling,
        &["feeling", "feelings", "sentiment", "mood", "experience"],
    ),
    (
        Goes::Score,
        &[
            "score",
            "rating",
            "satisfaction",
            "feeling score",
            "emotion score",
            "sentiment score",
        ],
    ),
    (
        Goes::Emotion,
        &["emotion", "emotions", "feels", "emotional state"],
    ),
    (
        Goes::Pain,
        &[
            "pain",
            "pains",
            "pain point",
            "pain points",
            "problem",
            "problems",
            "issue",
            "issues",
            "frustration",
            "frustrations",
        ],
    ),
    (
        Goes::Opportunity,
        &[
            "opportunity",
            "opportunities",
            "idea",
            "ideas",
            "improvement",
            "improvements",
        ],
    ),
    (
        Goes::Quote,
        &["quote", "quotes", "customer quote", "verbatim", "says"],
    ),
    (
        Goes::Thought,
        &["thought", "thoughts", "thinks", "thinking"],
    ),
    (Goes::Description, &["description", "detail", "details"]),
    (Goes::Time, &["time", "when"]),
    (
        Goes::Moment,
        &["moment of truth", "moments of truth", "mot", "key moment"],
    ),
    (Goes::Assumption, &["assumption", "assumed"]),
    (
        Goes::Notes,
        &["note", "notes", "comment", "comments", "remark", "remarks"],
    ),
];

/// Returns the meaning of a title, ignoring text in brackets ("Score (1–5)").
pub(super) fn of_title(title: &str) -> Option<Goes> {
    let plain = title.split(['(', '[']).next().unwrap_or_default();
    let folded = fold(plain.trim_end_matches([':', ' ']));
    TITLES
        .iter()
        .find(|(_, titles)| titles.contains(&folded.as_str()))
        .map(|(goes, _)| *goes)
}

/// Parses a cell of a yes/no column; `None` if the cell is neither.
pub(super) fn says_yes(cell: &str) -> Option<bool> {
    match fold(cell).as_str() {
        "yes" | "y" | "x" | "true" | "1" | "✓" | "✔" | "*" | "?" => Some(true),
        "" | "no" | "n" | "false" | "0" | "-" | "–" => Some(false),
        _ => None,
    }
}
