//! A capture line as tokens, and its content, independent of the notation.

use super::case_folding::fold_text;
use super::sigils::parse_score;
use crate::model::{Level, Score};
use std::ops::Range;

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Text of the touchpoint's name.
    Name,
    /// The channel.
    Channel,
    /// The environment.
    Environment,
    /// The department that owns the touchpoint.
    Owner,
    /// A supporting department.
    Supporter,
    /// The score of the feeling.
    Score,
    /// The emotion.
    Emotion,
    /// A pain point.
    Pain(Level),
    /// An opportunity.
    Opportunity(Level),
    /// A customer quote.
    Quote,
    /// The moment-of-truth mark.
    Moment,
    /// The assumption mark.
    Assumption,
    /// The persona that feels what follows.
    Persona,
    /// The stage.
    Stage,
    /// A comma between two tokens.
    Separator,
}

/// A token of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineToken {
    /// The kind of token.
    pub kind: TokenKind,
    /// The byte range in the line, including sigil and quotes.
    pub span: Range<usize>,
    /// The text without sigil, quotes and backslashes.
    pub text: String,
}

/// A tokenized line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenizedLine {
    /// The tokens from left to right; only white space separates them.
    pub tokens: Vec<LineToken>,
}

impl TokenizedLine {
    /// Interprets the tokens. Pieces of the name are joined by a space.
    pub fn interpret(&self) -> ParsedLine {
        let mut said = ParsedLine::default();
        let mut persona: Option<usize> = None;
        for part in &self.tokens {
            let text = || part.text.clone();
            let felt = match persona {
                Some(at) => &mut said.others[at].1,
                None => &mut said.feeling,
            };
            match part.kind {
                TokenKind::Name => {
                    if !said.name.is_empty() {
                        said.name.push(' ');
                    }
                    said.name.push_str(&part.text);
                }
                TokenKind::Channel => said.channel = Some(text()),
                TokenKind::Environment => said.environment = Some(text()),
                TokenKind::Owner => said.owner = Some(text()),
                TokenKind::Supporter => said.supporters.push(text()),
                TokenKind::Score => felt.score = parse_score(&part.text).map(|(score, _)| score),
                TokenKind::Emotion => felt.emotion = text(),
                TokenKind::Pain(level) => said.pains.push((level, text())),
                TokenKind::Opportunity(level) => said.opportunities.push((level, text())),
                TokenKind::Quote => felt.quote = text(),
                TokenKind::Moment => said.moment = true,
                TokenKind::Assumption => said.assumption = true,
                TokenKind::Persona => {
                    let folded = fold_text(&part.text);
                    let mut known = said.others.iter();
                    let known = known.position(|(name, _)| fold_text(name) == folded);
                    persona = Some(known.unwrap_or(said.others.len()));
                    if known.is_none() {
                        said.others.push((text(), LineFeeling::default()));
                    }
                }
                TokenKind::Stage => said.stage = Some(text()),
                TokenKind::Separator => {}
            }
        }
        said
    }
}

/// A feeling as a line states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineFeeling {
    /// The score.
    pub score: Option<Score>,
    /// The emotion; may be empty.
    pub emotion: String,
    /// The customer's quote; may be empty.
    pub quote: String,
}

impl LineFeeling {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == LineFeeling::default()
    }
}

/// The content of one line. Names are as typed; [`super::Vocabulary`] resolves them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedLine {
    /// The name of the touchpoint; may be empty.
    pub name: String,
    /// The stage, if the line names one.
    pub stage: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// The environment.
    pub environment: Option<String>,
    /// The owning department.
    pub owner: Option<String>,
    /// The supporting departments.
    pub supporters: Vec<String>,
    /// The feeling of the chosen persona.
    pub feeling: LineFeeling,
    /// The feelings of personas that the line names, in their order. One that says
    /// nothing is neutral.
    pub others: Vec<(String, LineFeeling)>,
    /// Pain points with their severity.
    pub pains: Vec<(Level, String)>,
    /// Opportunities with their value.
    pub opportunities: Vec<(Level, String)>,
    /// Whether the touchpoint is a moment of truth.
    pub moment: bool,
    /// Whether the touchpoint is marked as an assumption.
    pub assumption: bool,
}

impl ParsedLine {
    /// Whether the line describes no touchpoint: empty, or only a stage.
    pub fn lacks_touchpoint(&self) -> bool {
        *self
            == ParsedLine {
                stage: self.stage.clone(),
                ..ParsedLine::default()
            }
    }
}
