//! Text capture: one line of text describes one touchpoint.
//!
//! [`parse`] tokenizes any text, [`format_line()`] writes a line that parses
//! back, [`IntentBuilder`] turns parsed lines into intents, and [`list`] reads whole
//! lists and spreadsheet ranges. [`GRAMMAR`] documents the grammar for users.
//!
//! Must not know: windows, files, disk, clocks, randomness.

pub(crate) mod complete;
pub mod list;
pub(crate) mod parse;
mod print;
#[cfg(test)]
mod proptests;
mod sigils;
mod summary;
mod to_intents;
mod tokens;
mod vocabulary;

pub use complete::{Completion, CompletionItem, complete};
pub use parse::parse;
pub use print::{format_line, to_line};
pub use summary::{Phrase, details, join_phrases, phrases};
pub use to_intents::{FIRST_STAGE, InsertionPoint, IntentBuilder, LineOutcome};
pub use tokens::{LineFeeling, LineToken, ParsedLine, TokenKind, TokenizedLine};
pub use vocabulary::{NameKind, Vocabulary};

/// The notation of each token and its meaning; for help and `touchline schema`.
pub const GRAMMAR: &[(&str, &str)] = &[
    (
        "Pays the deposit",
        "The name: whatever stands before the first sign",
    ),
    ("@phone", "Channel"),
    ("%branch", "Environment: where it happens"),
    ("#Sales", "Owner; a further # is a department that helps"),
    ("-2   +1.5   0", "How it feels, from −2 to +2"),
    ("-2 frustrated", "The feeling by name, behind the score"),
    ("~frustrated", "The feeling by name, without a score"),
    (
        "&Tom -1 bored",
        "A further persona; the feeling and quote behind it are Tom's",
    ),
    ("!Long queue", "Pain point; !! and !!! are worse"),
    ("+Book online", "Opportunity; ++ and +++ bring more"),
    ("\"Never again\"", "What the customer says"),
    ("*", "Moment of truth, alone between blanks"),
    ("?", "Assumption, alone between blanks"),
    (
        ">Buy",
        "The stage; alone on its line it goes there or makes it",
    ),
    ("@\"Phone & chat\"", "A name in quotes may hold signs"),
    (
        "\\@home   \\-2",
        "A backslash makes a sign an ordinary letter",
    ),
];

/// Further rules of the grammar, a sentence each.
pub const GRAMMAR_NOTES: &[&str] = &[
    "A sign counts at the beginning of a word and directly before its text: a@b.example, C++, 24/7, #1 and Really? are ordinary text.",
    "Names of channels, environments, departments, personas and stages that exist are found whatever their case and accents, the longest first; anything else up to the next sign is a new name.",
    "Numbers without a sign are text, only 0 is a score.",
];
