//! Summary of a parsed line as a sentence for users.

use super::parsed_line::Said;
use super::tokens::Kind;
use super::vocabulary::{Names, Which};
use crate::model::Level;

/// Words of the summary and the token they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The token; `None` for connecting words.
    pub kind: Option<Kind>,
    /// The separator before the phrase: nothing, a space, or a comma and a space.
    pub before: &'static str,
    /// The words.
    pub text: String,
    /// Whether the phrase names a record that will be created.
    pub new: bool,
}

/// Collects phrases and their separators.
struct Sentence<'a> {
    names: &'a Names,
    phrases: Vec<Phrase>,
}

impl Sentence<'_> {
    fn add(
        &mut self,
        kind: Option<Kind>,
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
    fn clause(&mut self, words: &str, kind: Kind, text: impl Into<String>) {
        self.add(None, ", ", words, false);
        self.add(Some(kind), " ", text, false);
    }

    /// Adds an existing name, or one that will be created.
    fn name(&mut self, kind: Kind, name: &str, word: &str) {
        let known = Which::of(kind).and_then(|which| self.names.find(which, name));
        match known.map(str::to_owned) {
            Some(known) => self.add(Some(kind), " ", known, false),
            None => self.add(Some(kind), " ", format!("{name} (new {word})"), true),
        }
    }
}

/// Summarizes a line as phrases. `here` is the stage that receives the touchpoint
/// if the line names none; `None` if the map has no stage yet.
pub fn phrases(said: &Said, names: &Names, here: Option<&str>) -> Vec<Phrase> {
    let mut sentence = Sentence {
        names,
        phrases: Vec::new(),
    };
    if said.is_no_touchpoint() {
        if let Some(stage) = &said.stage {
            sentence.add(None, "", "Go to stage", false);
            sentence.name(Kind::Stage, stage, "stage");
        }
        return sentence.phrases;
    }
    if said.name.is_empty() {
        sentence.add(Some(Kind::Name), "", "A touchpoint without a name", false);
    } else {
        sentence.add(None, "", "Touchpoint", false);
        sentence.add(Some(Kind::Name), " ", format!("“{}”", said.name), false);
    }
    sentence.add(None, " ", "in stage", false);
    match (&said.stage, here) {
        (Some(stage), _) => sentence.name(Kind::Stage, stage, "stage"),
        (None, Some(here)) => sentence.add(Some(Kind::Stage), " ", here, false),
        (None, None) => sentence.name(Kind::Stage, super::to_intents::FIRST_STAGE, "stage"),
    }
    add_details(said, &mut sentence);
    sentence.phrases
}

/// Summarizes everything except name and stage.
pub fn details(said: &Said, names: &Names) -> Vec<Phrase> {
    let mut sentence = Sentence {
        names,
        phrases: Vec::new(),
    };
    add_details(said, &mut sentence);
    sentence.phrases
}

fn add_details(said: &Said, sentence: &mut Sentence<'_>) {
    let references = [
        (Kind::Channel, said.channel.as_ref(), "by", "channel"),
        (
            Kind::Environment,
            said.environment.as_ref(),
            "at",
            "environment",
        ),
        (Kind::Owner, said.owner.as_ref(), "owned by", "department"),
    ];
    let helpers = said
        .supporters
        .iter()
        .map(|name| (Kind::Supporter, Some(name), "helped by", "department"));
    for (kind, name, words, word) in references.into_iter().chain(helpers) {
        if let Some(name) = name {
            sentence.add(None, ", ", words, false);
            sentence.name(kind, name, word);
        }
    }
    if said.score.is_some() || !said.emotion.is_empty() {
        let score = said
            .score
            .map(|score| score.to_string())
            .unwrap_or_default();
        let both = format!("{score} {}", said.emotion);
        sentence.clause("feels", Kind::Score, both.trim());
    }
    if !said.quote.is_empty() {
        sentence.clause("says", Kind::Quote, format!("“{}”", said.quote));
    }
    for (level, text) in &said.pains {
        let words = levelled(*level, ["pain:", "severe pain:", "very severe pain:"]);
        sentence.clause(words, Kind::Pain(*level), text);
    }
    for (level, text) in &said.opportunities {
        let words = ["opportunity:", "good opportunity:", "great opportunity:"];
        sentence.clause(levelled(*level, words), Kind::Opportunity(*level), text);
    }
    for (kind, there, words) in [
        (Kind::Moment, said.moment, "moment of truth"),
        (Kind::Assumption, said.assumption, "assumption"),
    ] {
        if there {
            sentence.add(Some(kind), ", ", words, false);
        }
    }
}

fn levelled(level: Level, words: [&'static str; 3]) -> &'static str {
    let [low, medium, high] = words;
    match level {
        Level::Low => low,
        Level::Medium => medium,
        Level::High => high,
    }
}

/// Joins phrases: `Touchpoint “Pays” in stage Buy, by Phone (new channel), assumption`.
pub fn sentence(phrases: &[Phrase]) -> String {
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
        let mut names = Names::default();
        names.add(Which::Departments, "Sales");
        let say = |line: &str, here: Option<&str>| {
            sentence(&phrases(&parse(line, &names).said(), &names, here))
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
