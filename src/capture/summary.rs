//! Summary of a parsed line as a sentence for users.

use super::parsed_line::ParsedLine;
use super::tokens::TokenKind;
use super::vocabulary::{NameKind, Vocabulary};
use crate::model::Level;

/// Words of the summary and the token they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The token; `None` for connecting words.
    pub kind: Option<TokenKind>,
    /// The separator before the phrase: nothing, a space, or a comma and a space.
    pub before: &'static str,
    /// The words.
    pub text: String,
    /// Whether the phrase names a record that will be created.
    pub new: bool,
}

/// Collects phrases and their separators.
struct Sentence<'a> {
    names: &'a Vocabulary,
    phrases: Vec<Phrase>,
}

impl Sentence<'_> {
    fn add(
        &mut self,
        kind: Option<TokenKind>,
        before: &'static str,
        text: impl Into<String>,
        new: bool,
    ) {
        let before = if self.phrases.is_empty() { "" } else { before };
        self.phrases.push(Phrase {
            kind,
            before,
            text: text.into(),
            new,
        });
    }

    /// Adds introductory words and the text of a token.
    fn add_clause(&mut self, words: &str, kind: TokenKind, text: impl Into<String>) {
        self.add(None, ", ", words, false);
        self.add(Some(kind), " ", text, false);
    }

    /// Adds an existing name, or one that will be created.
    fn add_name(&mut self, kind: TokenKind, name: &str, word: &str) {
        let known = NameKind::of(kind).and_then(|which| self.names.find(which, name));
        match known.map(str::to_owned) {
            Some(known) => self.add(Some(kind), " ", known, false),
            None => self.add(Some(kind), " ", format!("{name} (new {word})"), true),
        }
    }
}

/// Summarizes a line as phrases. `here` is the stage that receives the touchpoint
/// if the line names none; `None` if the map has no stage yet.
pub fn phrases(said: &ParsedLine, names: &Vocabulary, here: Option<&str>) -> Vec<Phrase> {
    let mut sentence = Sentence {
        names,
        phrases: Vec::new(),
    };
    if said.lacks_touchpoint() {
        if let Some(stage) = &said.stage {
            sentence.add(None, "", "Go to stage", false);
            sentence.add_name(TokenKind::Stage, stage, "stage");
        }
        return sentence.phrases;
    }
    if said.name.is_empty() {
        sentence.add(
            Some(TokenKind::Name),
            "",
            "A touchpoint without a name",
            false,
        );
    } else {
        sentence.add(None, "", "Touchpoint", false);
        sentence.add(
            Some(TokenKind::Name),
            " ",
            format!("“{}”", said.name),
            false,
        );
    }
    sentence.add(None, " ", "in stage", false);
    match (&said.stage, here) {
        (Some(stage), _) => sentence.add_name(TokenKind::Stage, stage, "stage"),
        (None, Some(here)) => sentence.add(Some(TokenKind::Stage), " ", here, false),
        (None, None) => {
            sentence.add_name(TokenKind::Stage, super::to_intents::FIRST_STAGE, "stage")
        }
    }
    add_details(said, &mut sentence);
    sentence.phrases
}

/// Summarizes everything except name and stage.
pub fn details(said: &ParsedLine, names: &Vocabulary) -> Vec<Phrase> {
    let mut sentence = Sentence {
        names,
        phrases: Vec::new(),
    };
    add_details(said, &mut sentence);
    sentence.phrases
}

fn add_details(said: &ParsedLine, sentence: &mut Sentence<'_>) {
    let references = [
        (TokenKind::Channel, said.channel.as_ref(), "by", "channel"),
        (
            TokenKind::Environment,
            said.environment.as_ref(),
            "at",
            "environment",
        ),
        (
            TokenKind::Owner,
            said.owner.as_ref(),
            "owned by",
            "department",
        ),
    ];
    let helpers = said
        .supporters
        .iter()
        .map(|name| (TokenKind::Supporter, Some(name), "helped by", "department"));
    for (kind, name, words, word) in references.into_iter().chain(helpers) {
        if let Some(name) = name {
            sentence.add(None, ", ", words, false);
            sentence.add_name(kind, name, word);
        }
    }
    if said.score.is_some() || !said.emotion.is_empty() {
        let score = said
            .score
            .map(|score| score.to_string())
            .unwrap_or_default();
        let both = format!("{score} {}", said.emotion);
        sentence.add_clause("feels", TokenKind::Score, both.trim());
    }
    if !said.quote.is_empty() {
        sentence.add_clause("says", TokenKind::Quote, format!("“{}”", said.quote));
    }
    for (level, text) in &said.pains {
        let words = word_for_level(*level, ["pain:", "severe pain:", "very severe pain:"]);
        sentence.add_clause(words, TokenKind::Pain(*level), text);
    }
    for (level, text) in &said.opportunities {
        let words = ["opportunity:", "good opportunity:", "great opportunity:"];
        sentence.add_clause(
            word_for_level(*level, words),
            TokenKind::Opportunity(*level),
            text,
        );
    }
    for (kind, there, words) in [
        (TokenKind::Moment, said.moment, "moment of truth"),
        (TokenKind::Assumption, said.assumption, "assumption"),
    ] {
        if there {
            sentence.add(Some(kind), ", ", words, false);
        }
    }
}

fn word_for_level(level: Level, words: [&'static str; 3]) -> &'static str {
    let [low, medium, high] = words;
    match level {
        Level::Low => low,
        Level::Medium => medium,
        Level::High => high,
    }
}

/// Joins phrases: `Touchpoint “Pays” in stage Buy, by Phone (new channel), assumption`.
pub fn join_phrases(phrases: &[Phrase]) -> String {
    phrases.iter().fold(String::new(), |mut text, phrase| {
        text.push_str(phrase.before);
        text.push_str(&phrase.text);
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::parse;

    #[test]
    fn a_line_is_summarized() {
        let mut names = Vocabulary::default();
        names.add(NameKind::Departments, "Sales");
        let say = |line: &str, here: Option<&str>| {
            join_phrases(&phrases(&parse(line, &names).interpret(), &names, here))
        };
        assert_eq!(
            say(
                "Pays the deposit @phone #sales -2 frustrated !!Long queue ?",
                Some("Buy")
            ),
            "Touchpoint “Pays the deposit” in stage Buy, by phone (new channel), owned by Sales, \
             feels −2.0 frustrated, severe pain: Long queue, assumption"
        );
        assert_eq!(say(">Use", Some("Buy")), "Go to stage Use (new stage)");
        assert_eq!(
            say("@shop *", None),
            "A touchpoint without a name in stage First stage (new stage), by shop (new channel), moment of truth"
        );
        assert_eq!(say("  ", None), "");
    }
}
