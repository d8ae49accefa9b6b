//! Summary of a parsed line as a sentence for users.

use super::to_intents::FIRST_STAGE;
use super::tokens::{LineFeeling, ParsedLine, TokenKind};
use super::vocabulary::{NameKind, Vocabulary};

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
    fn add(&mut self, kind: impl Into<Option<TokenKind>>, before: &'static str, text: &str) {
        self.phrases.push(Phrase {
            kind: kind.into(),
            before: if self.phrases.is_empty() { "" } else { before },
            text: text.to_owned(),
            new: false,
        });
    }

    /// Adds introductory words and the text of a token.
    fn add_clause(&mut self, words: &str, kind: TokenKind, text: &str) {
        self.add(None, ", ", words);
        self.add(kind, " ", text);
    }

    /// Adds an existing name, or one that will be created.
    fn add_name(&mut self, kind: TokenKind, name: &str, word: &str) {
        let known = NameKind::of(kind).and_then(|which| self.names.find(which, name));
        let text = match known {
            Some(known) => known.to_owned(),
            None => format!("{name} (new {word})"),
        };
        self.phrases.push(Phrase {
            kind: Some(kind),
            before: " ",
            text,
            new: known.is_none(),
        });
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
            sentence.add(None, "", "Go to stage");
            sentence.add_name(TokenKind::Stage, stage, "stage");
        }
        return sentence.phrases;
    }
    if said.name.is_empty() {
        sentence.add(TokenKind::Name, "", "A touchpoint without a name");
    } else {
        sentence.add(None, "", "Touchpoint");
        sentence.add(TokenKind::Name, " ", &format!("“{}”", said.name));
    }
    sentence.add(None, " ", "in stage");
    match (&said.stage, here) {
        (None, Some(here)) => sentence.add(TokenKind::Stage, " ", here),
        (stage, _) => {
            let stage = stage.as_deref().unwrap_or(FIRST_STAGE);
            sentence.add_name(TokenKind::Stage, stage, "stage");
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
    // Where there is one persona, nobody needs to be told whose feeling it is.
    let several_personas =
        !said.others.is_empty() || sentence.names.all(NameKind::Personas).nth(1).is_some();
    let mut add_reference = |kind, name: &str, words: &str, word| {
        sentence.add(None, ", ", words);
        sentence.add_name(kind, name, word);
    };
    if let Some(name) = &said.channel {
        add_reference(TokenKind::Channel, name, "by", "channel");
    }
    if let Some(name) = &said.environment {
        add_reference(TokenKind::Environment, name, "at", "environment");
    }
    if let Some(name) = &said.owner {
        add_reference(TokenKind::Owner, name, "owned by", "department");
    }
    for name in &said.supporters {
        add_reference(TokenKind::Supporter, name, "helped by", "department");
    }
    if !said.feeling.is_empty() {
        let persona = sentence.names.chosen_persona().filter(|_| several_personas);
        if let Some(name) = persona {
            sentence.add(TokenKind::Persona, ", ", name);
        }
        add_feeling(&said.feeling, persona.is_some(), sentence);
    }
    for (level, text) in &said.pains {
        let words = ["pain:", "severe pain:", "very severe pain:"];
        sentence.add_clause(words[*level as usize], TokenKind::Pain(*level), text);
    }
    for (level, text) in &said.opportunities {
        let words = ["opportunity:", "good opportunity:", "great opportunity:"];
        sentence.add_clause(words[*level as usize], TokenKind::Opportunity(*level), text);
    }
    for (persona, feeling) in &said.others {
        sentence.add(None, ", ", "persona");
        sentence.add_name(TokenKind::Persona, persona, "persona");
        if feeling.is_empty() {
            sentence.add(TokenKind::Score, " ", "feels neutral");
        }
        add_feeling(feeling, true, sentence);
    }
    for (kind, there, words) in [
        (TokenKind::Moment, said.moment, "moment of truth"),
        (TokenKind::Assumption, said.assumption, "assumption"),
    ] {
        if there {
            sentence.add(kind, ", ", words);
        }
    }
}

/// Adds the clauses of a feeling, `named` if its persona stands before them.
fn add_feeling(feeling: &LineFeeling, named: bool, sentence: &mut Sentence<'_>) {
    let mut before = if named { " " } else { ", " };
    if feeling.score.is_some() || !feeling.emotion.is_empty() {
        let score = feeling.score.map(|score| score.to_string());
        let both = format!("{} {}", score.unwrap_or_default(), feeling.emotion);
        sentence.add(None, before, "feels");
        sentence.add(TokenKind::Score, " ", both.trim());
        before = ", ";
    }
    if !feeling.quote.is_empty() {
        sentence.add(None, before, "says");
        sentence.add(TokenKind::Quote, " ", &format!("“{}”", feeling.quote));
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
