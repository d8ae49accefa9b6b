//! A line, taken apart: its parts, and what they say together.

use super::parsed_line::Said;
use super::sigils::score_of;
use crate::model::Level;
use std::ops::Range;

/// What a part of a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text of the name.
    Name,
    /// The channel.
    Channel,
    /// The environment.
    Environment,
    /// The department that owns it.
    Owner,
    /// A department that helps.
    Supporter,
    /// The score of the feeling.
    Score,
    /// The feeling by name.
    Emotion,
    /// A pain point.
    Pain(Level),
    /// An opportunity.
    Opportunity(Level),
    /// What the customer says.
    Quote,
    /// The mark of a moment of truth.
    Moment,
    /// The mark of an assumption.
    Assumption,
    /// The stage.
    Stage,
    /// A comma between two parts.
    Separator,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is about.
    pub kind: Kind,
    /// Where it stands in the line, in bytes, its sign and quotes included.
    pub span: Range<usize>,
    /// What it says, without sign, quotes and backslashes.
    pub text: String,
}

/// A line, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The parts from left to right; only blanks stand between them.
    pub parts: Vec<Part>,
}

impl Line {
    /// What the line says. Pieces of the name are joined by a blank.
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
