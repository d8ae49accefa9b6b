//! Recognition of table columns by their title.

use crate::capture::case_folding::fold_text;

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnMeaning {
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
    Unrecognized,
}

impl ColumnMeaning {
    /// The label shown on screen.
    pub(super) fn label(self) -> &'static str {
        match self {
            ColumnMeaning::Line => "line of capture",
            ColumnMeaning::Name => "name",
            ColumnMeaning::Stage => "stage",
            ColumnMeaning::Channel => "channel",
            ColumnMeaning::Environment => "environment",
            ColumnMeaning::Owner => "owner",
            ColumnMeaning::Supporters => "helpers",
            ColumnMeaning::Feeling | ColumnMeaning::Score => "score",
            ColumnMeaning::Emotion => "feeling",
            ColumnMeaning::Pain => "pain points",
            ColumnMeaning::Opportunity => "opportunities",
            ColumnMeaning::Quote => "quote",
            ColumnMeaning::Thought => "thought",
            ColumnMeaning::Description => "description",
            ColumnMeaning::Time => "time",
            ColumnMeaning::Moment => "moment of truth",
            ColumnMeaning::Assumption => "assumption",
            ColumnMeaning::Notes | ColumnMeaning::Unrecognized => "notes",
        }
    }
}

/// Recognized column titles, folded.
const TITLES: &[(ColumnMeaning, &[&str])] = &[
    (
        ColumnMeaning::Name,
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
        ColumnMeaning::Stage,
        &[
            "stage",
            "stages",
            "phase",
            "phases",
            "journey stage",
            "journey phase",
        ],
    ),
    (
        ColumnMeaning::Channel,
        &["channel", "channels", "medium", "via"],
    ),
    (
        ColumnMeaning::Environment,
        &["environment", "where", "place", "location", "setting"],
    ),
    (
        ColumnMeaning::Owner,
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
        ColumnMeaning::Supporters,
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
        ColumnMeaning::Feeling,
        &["feeling", "feelings", "sentiment", "mood", "experience"],
    ),
    (
        ColumnMeaning::Score,
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
        ColumnMeaning::Emotion,
        &["emotion", "emotions", "feels", "emotional state"],
    ),
    (
        ColumnMeaning::Pain,
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
        ColumnMeaning::Opportunity,
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
        ColumnMeaning::Quote,
        &["quote", "quotes", "customer quote", "verbatim", "says"],
    ),
    (
        ColumnMeaning::Thought,
        &["thought", "thoughts", "thinks", "thinking"],
    ),
    (
        ColumnMeaning::Description,
        &["description", "detail", "details"],
    ),
    (ColumnMeaning::Time, &["time", "when"]),
    (
        ColumnMeaning::Moment,
        &["moment of truth", "moments of truth", "mot", "key moment"],
    ),
    (ColumnMeaning::Assumption, &["assumption", "assumed"]),
    (
        ColumnMeaning::Notes,
        &["note", "notes", "comment", "comments", "remark", "remarks"],
    ),
];

/// Returns the meaning of a title, ignoring text in brackets ("Score (1–5)").
pub(super) fn meaning_of_title(title: &str) -> Option<ColumnMeaning> {
    let plain = title.split(['(', '[']).next().unwrap_or_default();
    let folded = fold_text(plain.trim_end_matches([':', ' ']));
    TITLES
        .iter()
        .find(|(_, titles)| titles.contains(&folded.as_str()))
        .map(|(goes, _)| *goes)
}

/// Parses a cell of a yes/no column; `None` if the cell is neither.
pub(super) fn parse_flag(cell: &str) -> Option<bool> {
    match fold_text(cell).as_str() {
        "yes" | "y" | "x" | "true" | "1" | "✓" | "✔" | "*" | "?" => Some(true),
        "" | "no" | "n" | "false" | "0" | "-" | "–" => Some(false),
        _ => None,
    }
}
