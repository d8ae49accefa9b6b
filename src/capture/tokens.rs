//! A capture line as tokens, and their interpretation.

use super::parsed_line::Said;
use super::sigils::score_of;
use crate::model::Level;
use std::ops::Range;

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
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
    /// The stage.
    Stage,
    /// A comma between two tokens.
    Separator,
}

/// A token of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The kind of token.
    pub kind: Kind,
    /// The byte range in the line, including sigil and quotes.
    pub span: Range<usize>,
    /// The text without sigil, quotes and backslashes.
    pub text: String,
}

/// A tokenized line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The tokens from left to right; only white space separates them.
    pub parts: Vec<Part>,
}

impl Line {
    /// Interprets the tokens. Pieces of the name are joined by a space.
    pub fn said(&self) -> Said {
        let mut said = Said::default();
        for part in &self.parts {
            let text = || part.text.clone();
            match part.kind {
                Kind::Name => {
                    if !said.name.is_empty() {
                        said.name.push(' ');
                    }
                    said.name.push_str(&part.text);
                }
                Kind::Channel => said.channel = Some(text()),
                Kind::Environment => said.environment = Some(text()),
                Kind::Owner => said.owner = Some(text()),
                Kind::Supporter => said.supporters.push(text()),
                Kind::Score => said.score = score_of(&part.text).map(|(score, _)| score),
                Kind::Emotion => said.emotion = text(),
                Kind::Pain(level) => said.pains.push((level, text())),
                Kind::Opportunity(level) => said.opportunities.push((level, text())),
                Kind::Quote => said.quote = text(),
                Kind::Moment => said.moment = true,
                Kind::Assumption => said.assumption = true,
                Kind::Stage => said.stage = Some(text()),
                Kind::Separator => {}
            }
        }
        said
    }
}
