//! Recognition of table columns by their title.

use crate::folding::fold_text;

/// Declares the meanings of columns with the label on screen and the titles that are
/// recognized, folded.
macro_rules! columns {
    ($($(#[$doc:meta])* $meaning:ident $label:literal: $titles:literal;)*) => {
        /// The meaning of a column.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum ColumnMeaning {
            $($(#[$doc])* $meaning,)*
        }

        impl ColumnMeaning {
            /// The label shown on screen.
            pub(super) fn label(self) -> &'static str {
                match self {
                    $(ColumnMeaning::$meaning => $label,)*
                }
            }

            fn of_folded_title(folded: &str) -> Option<ColumnMeaning> {
                [$((ColumnMeaning::$meaning, $titles)),*]
                    .into_iter()
                    .find(|(_, titles)| titles.split(", ").any(|title| title == folded))
                    .map(|(meaning, _)| meaning)
            }
        }
    };
}

columns! {
    /// A capture line in each cell.
    Line "line of capture": "";
    Name "name": "name, touchpoint, touchpoints, step, steps, activity, customer action, \
        customer activity, customer step, event, interaction, task, title, what";
    Stage "stage": "stage, stages, phase, phases, journey stage, journey phase";
    Channel "channel": "channel, channels, medium, via";
    Environment "environment": "environment, where, place, location, setting";
    Owner "owner": "owner, owned by, department, departments, team, responsible, who owns it";
    Supporters "helpers":
        "supporter, supporters, supported by, support, helpers, helped by";
    /// A number if all cells are numbers, otherwise an emotion.
    Feeling "score": "feeling, feelings, sentiment, mood, experience";
    Score "score":
        "score, rating, satisfaction, feeling score, emotion score, sentiment score";
    Emotion "feeling": "emotion, emotions, feels, emotional state";
    Pain "pain points": "pain, pains, pain point, pain points, problem, problems, issue, issues, \
        frustration, frustrations";
    Opportunity "opportunities":
        "opportunity, opportunities, idea, ideas, improvement, improvements";
    Quote "quote": "quote, quotes, customer quote, verbatim, says";
    Thought "thought": "thought, thoughts, thinks, thinking";
    Description "description": "description, detail, details";
    Time "time": "time, when";
    Moment "moment of truth": "moment of truth, moments of truth, mot, key moment";
    Assumption "assumption": "assumption, assumed";
    Notes "notes": "note, notes, comment, comments, remark, remarks";
    /// Unrecognized: appended to the notes under its title.
    Unrecognized "notes": "";
}

/// Returns the meaning of a title, ignoring text in brackets ("Score (1–5)").
pub(super) fn meaning_of_title(title: &str) -> Option<ColumnMeaning> {
    let plain = title.split(['(', '[']).next().unwrap_or_default();
    let folded = fold_text(plain.trim_end_matches([':', ' ']));
    ColumnMeaning::of_folded_title(&folded).filter(|_| !folded.is_empty())
}

/// Words of a title that name no persona: what was felt when, or on which scale.
const NO_PERSONAS: [&str; 16] = [
    "before", "after", "during", "then", "now", "start", "end", "min", "max", "mean", "average",
    "low", "high", "scale", "total", "overall",
];

/// Splits a title into the meaning of a feeling's column and the name of a persona: `Feeling
/// Jana`, `Jana’s score`, `Emotion (Jana)`, `Score – Jana`.
pub(super) fn persona_title(title: &str) -> Option<(ColumnMeaning, &str)> {
    let is_edge = |c: char| c.is_whitespace() || "()[]:–—-/|,".contains(c);
    let words = title.split(is_edge).filter(|word| !word.is_empty());
    let cuts = words.flat_map(|word| {
        let start = word.as_ptr() as usize - title.as_ptr() as usize;
        [start, start + word.len()]
    });
    for cut in cuts.filter(|cut| *cut > 0 && *cut < title.len()) {
        let (head, tail) = title.split_at(cut);
        let (head, tail) = (head.trim_matches(is_edge), tail.trim_matches(is_edge));
        for (meaning, name) in [(head, tail), (tail, head)] {
            let meaning = meaning_of_title(meaning).filter(|meaning| {
                matches!(
                    meaning,
                    ColumnMeaning::Feeling
                        | ColumnMeaning::Score
                        | ColumnMeaning::Emotion
                        | ColumnMeaning::Quote
                )
            });
            let name = name
                .strip_prefix("of ")
                .or(name.strip_prefix("for "))
                .unwrap_or(name);
            let name = name
                .strip_suffix("’s")
                .or(name.strip_suffix("'s"))
                .unwrap_or(name);
            let name = name.trim();
            let is_name = name
                .chars()
                .next()
                .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
                && !NO_PERSONAS.contains(&fold_text(name).as_str());
            if let Some(meaning) = meaning.filter(|_| is_name) {
                return Some((meaning, name));
            }
        }
    }
    None
}

/// Parses a cell of a yes/no column; `None` if the cell is neither.
pub(super) fn parse_flag(cell: &str) -> Option<bool> {
    match fold_text(cell).as_str() {
        "yes" | "y" | "x" | "true" | "1" | "✓" | "✔" | "*" | "?" => Some(true),
        "" | "no" | "n" | "false" | "0" | "-" | "–" => Some(false),
        _ => None,
    }
}
