//! Formatting of touchpoints as capture lines that parse back.

use super::case_folding::fold_text;
use super::parse::parse;
use super::sigils::{closing_quotes, is_blank, is_escapable, trim};
use super::tokens::{LineFeeling, ParsedLine, TokenKind};
use super::vocabulary::{NameKind, Vocabulary};
use crate::model::{IndexedList, Level, Map, Record, Score, Touchpoint};

/// Formats a parsed line as text that [`parse`] interprets the same way, with quotes and
/// backslashes only where they are needed.
///
/// Leading and trailing white space is not kept. Fields that cannot be
/// represented, such as supporters without an owner, are left out.
pub fn format_line(said: &ParsedLine, names: &Vocabulary) -> String {
    let [short, full] = [false, true].map(|is_full| write_line(said, names, is_full));
    let means = |line: &str| parse(line, names).interpret();
    if means(&short) == means(&full) {
        short
    } else {
        full
    }
}

/// Formats a line; in full with all quotes and backslashes that may ever be needed.
fn write_line(said: &ParsedLine, names: &Vocabulary, is_full: bool) -> String {
    let mut line = LineWriter {
        line: String::new(),
        names,
        is_full,
    };
    let named = !trim(&said.name).is_empty();
    line.push_text("", &said.name, TokenKind::Name);
    line.push_name("@", said.channel.as_deref());
    line.push_name("%", said.environment.as_deref());
    line.push_name("#", said.owner.as_deref());
    if said.owner.as_ref().is_some_and(|o| !trim(o).is_empty()) {
        for supporter in &said.supporters {
            line.push_name("#", Some(supporter));
        }
    }
    line.push_feeling(&said.feeling, named);
    for (level, text) in &said.pains {
        let signs = "!".repeat(level.number().into());
        line.push_text(&signs, text, TokenKind::Pain(*level));
    }
    for (level, text) in &said.opportunities {
        let signs = "+".repeat(level.number().into());
        line.push_text(&signs, text, TokenKind::Opportunity(*level));
    }
    for (mark, there) in [("*", said.moment), ("?", said.assumption)] {
        if there {
            line.push(mark);
        }
    }
    line.push_name(">", said.stage.as_deref());
    // All that follows a persona is its own.
    for (persona, feeling) in &said.others {
        line.push_name("&", Some(persona));
        line.push_feeling(feeling, named);
    }
    line.line
}

/// A line under construction.
struct LineWriter<'a> {
    line: String,
    names: &'a Vocabulary,
    is_full: bool,
}

impl LineWriter<'_> {
    /// Appends a piece behind a space.
    fn push(&mut self, piece: &str) {
        if !self.line.is_empty() {
            self.line.push(' ');
        }
        self.line.push_str(piece);
    }

    fn push_name(&mut self, sign: &str, name: Option<&str>) {
        let name = trim(name.unwrap_or_default());
        if !name.is_empty() {
            self.push("");
            // All that can follow a name begins with a sign.
            let name = if self.is_full {
                format!("{sign}{}", quoted(name))
            } else {
                name_text([&self.line, " ?"], sign, name, self.names)
            };
            self.line.push_str(&name);
        }
    }

    fn push_feeling(&mut self, feeling: &LineFeeling, named: bool) {
        if let Some(score) = feeling.score {
            self.push(&score_text(score, named));
        }
        // Words behind a score are the emotion, unless the line has no name before it.
        let sign = if feeling.score.is_some() && named {
            ""
        } else {
            "~"
        };
        self.push_text(sign, &feeling.emotion, TokenKind::Emotion);
        if !trim(&feeling.quote).is_empty() {
            self.push(&quoted(trim(&feeling.quote)));
        }
    }

    /// Appends running text behind its signs.
    fn push_text(&mut self, signs: &str, text: &str, kind: TokenKind) {
        let text = trim(text);
        if text.is_empty() {
            return;
        }
        self.push("");
        let start = self.line.len();
        self.line.push_str(signs);
        let mut begins = true;
        for (at, c) in text.char_indices() {
            if begins && is_escapable(c) {
                let rest = &text[at..];
                let here = if at == 0 { start } else { self.line.len() };
                let tokens = parse(&format!("{}{rest}", self.line), self.names).tokens;
                let found = tokens.iter().find(|token| token.span.start == here);
                let is_text = match found {
                    Some(token) => at == 0 && token.kind == kind && token.text.starts_with(c),
                    None => at > 0,
                };
                // A quote without an end takes what comes later, too.
                let hides = c == '\\' && rest[1..].starts_with(is_escapable)
                    || here == self.line.len() && closing_quotes(c).is_some();
                if self.is_full || hides || !is_text {
                    self.line.push('\\');
                }
            }
            self.line.push(c);
            begins = is_blank(c);
        }
    }
}

/// Formats a name behind its sign: bare if that means the same between the given texts, otherwise
/// in quotes.
fn name_text([before, after]: [&str; 2], sign: &str, name: &str, names: &Vocabulary) -> String {
    let quoted = format!("{sign}{}", quoted(name));
    let bare = format!("{sign}{name}");
    let means = |text: &str| parse(&format!("{before}{text}{after}"), names).interpret();
    if means(&bare) == means(&quoted) {
        bare
    } else {
        quoted
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let hides = c == '\\' && matches!(chars.peek(), None | Some('\\' | '"'));
        if c == '"' || hides {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// Formats a score as it is typed; at the beginning of a line zero needs a sign.
fn score_text(score: Score, named: bool) -> String {
    let tenths = score.tenths();
    let sign = match tenths {
        0 if named => "",
        0.. => "+",
        _ => "-",
    };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    match tenth {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{tenth}"),
    }
}

/// Converts a touchpoint to a parsed line without its stage. The other content of a
/// touchpoint has no notation.
pub fn to_line(map: &Map, touchpoint: &Touchpoint) -> ParsedLine {
    let (feeling, others) = line_feelings(map, touchpoint);
    let pains = touchpoint.pains.iter();
    let pains = pains.map(|pain| (pain.severity, one_line(&pain.text)));
    let opportunities = touchpoint.opportunities.iter();
    let opportunities = opportunities.map(|o| (o.value, one_line(&o.text)));
    let is_said = |(_, text): &(Level, String)| !text.is_empty();
    let owner = name_of(map.departments(), touchpoint.owner.as_ref());
    // Supporters follow the owner; without one the first of them would become it.
    let supporters = touchpoint.supporters.iter().filter(|_| owner.is_some());
    ParsedLine {
        name: one_line(&touchpoint.name),
        stage: None,
        channel: name_of(map.channels(), touchpoint.channel.as_ref()),
        environment: name_of(map.environments(), touchpoint.environment.as_ref()),
        supporters: supporters
            .filter_map(|id| name_of(map.departments(), Some(id)))
            .collect(),
        owner,
        feeling,
        others,
        pains: pains.filter(is_said).collect(),
        opportunities: opportunities.filter(is_said).collect(),
        moment: touchpoint.moment_of_truth,
        assumption: touchpoint.is_assumption(),
    }
}

/// Returns the first feeling of the first persona and those of the other personas. A
/// line tells personas apart by their names, so only the first of a name is in it.
fn line_feelings(map: &Map, touchpoint: &Touchpoint) -> (LineFeeling, Vec<(String, LineFeeling)>) {
    let first = map.personas().as_slice().first();
    let first_name = first.map_or(String::new(), |persona| fold_text(persona.name()));
    let mut own = None;
    let mut others: Vec<(String, LineFeeling)> = Vec::new();
    for feeling in &touchpoint.feelings {
        let said = LineFeeling {
            score: feeling.score,
            emotion: one_line(&feeling.emotion),
            quote: one_line(&feeling.quote),
        };
        let id = feeling.persona.as_ref();
        if id.is_none_or(|id| first.is_some_and(|first| first.id == *id)) {
            own.get_or_insert(said);
            continue;
        }
        let Some(name) = name_of(map.personas(), id).filter(|_| !said.is_empty()) else {
            continue;
        };
        let folded = fold_text(&name);
        let is_taken = folded.is_empty()
            || folded == first_name
            || others.iter().any(|(known, _)| fold_text(known) == folded);
        if !is_taken {
            others.push((name, said));
        }
    }
    (own.unwrap_or_default(), others)
}

/// Replaces line breaks by spaces and trims.
fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_control() && c != '\t' || matches!(c, '\u{2028}' | '\u{2029}');
    trim(&trim(text).replace(breaks, " ")).to_owned()
}

fn name_of<R: Record>(list: &IndexedList<R>, id: Option<&R::Id>) -> Option<String> {
    let name = one_line(list.get(id?)?.name());
    (!name.is_empty()).then_some(name)
}

/// Formats a name with its sigil, for any place in a line.
pub(super) fn name_in_line(kind: TokenKind, name: &str, names: &Vocabulary) -> Option<String> {
    let sign = match NameKind::of(kind)? {
        NameKind::Channels => "@",
        NameKind::Environments => "%",
        NameKind::Departments => "#",
        NameKind::Stages => ">",
        NameKind::Personas => "&",
        NameKind::Emotions => return Some(name.to_owned()),
    };
    Some(name_text(["x ", " y"], sign, name, names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Basis, Channel, Department, Environment, Evidence, Feeling, Opportunity, Pain, Persona,
        Table as _,
    };

    /// A field added to the model does not compile until it is put into the line or left out
    /// on purpose.
    #[expect(dead_code, reason = "only compiled")]
    fn every_field_is_in_the_line_or_not(
        touchpoint: Touchpoint,
        feeling: Feeling,
        pain: Pain,
        opportunity: Opportunity,
    ) {
        let Touchpoint {
            name: _,
            channel: _,
            environment: _,
            owner: _,
            supporters: _,
            moment_of_truth: _,
            feelings: _,
            pains: _,
            opportunities: _,
            evidence: Evidence {
                basis: _,
                source: _,
            },
            // Not in the line:
            id: _,
            description: _,
            time: _,
            duration: _,
            backstage: _,
            measurements: _,
            paths: _,
            ends: _,
            tags: _,
            pictures: _,
            texts: _,
            votes: _,
            notes: _,
        } = touchpoint;
        let Feeling {
            score: _,
            emotion: _,
            quote: _,
            persona: _,
            // Not in the line:
            before: _,
            after: _,
            thought: _,
            motivation: _,
            evidence: _,
        } = feeling;
        let Pain {
            text: _,
            severity: _,
            // Not in the line:
            id: _,
            votes: _,
            actions: _,
            evidence: _,
        } = pain;
        let Opportunity {
            text: _,
            value: _,
            // Not in the line:
            id: _,
            delight: _,
            votes: _,
            actions: _,
            evidence: _,
        } = opportunity;
    }

    #[test]
    fn a_touchpoint_is_written_with_everything_that_has_a_notation() {
        let mut map = Map::with_title("T");
        map.insert(&0, Channel::new("c".into(), "phone"));
        map.insert(&0, Environment::new("e".into(), "at home"));
        map.insert(&0, Department::new("d".into(), "Sales"));
        map.insert(&1, Department::new("f".into(), "Legal"));
        let mut touchpoint = Touchpoint::new("t".into(), "Pays\nthe deposit");
        touchpoint.channel = Some("c".into());
        touchpoint.environment = Some("e".into());
        touchpoint.owner = Some("d".into());
        touchpoint.supporters = vec!["f".into(), "gone".into()];
        touchpoint.moment_of_truth = true;
        touchpoint.evidence.basis = Some(Basis::Assumption);
        touchpoint.feelings.push(Feeling {
            score: Score::from_tenths(-15),
            emotion: "tense".to_owned(),
            quote: "Never again".to_owned(),
            ..Feeling::default()
        });
        touchpoint.pains.push(Pain {
            text: "Long queue".to_owned(),
            severity: Level::Medium,
            ..Pain::default()
        });
        touchpoint.opportunities.push(Opportunity {
            text: "Book online".to_owned(),
            value: Level::Low,
            ..Opportunity::default()
        });
        let line = format_line(&to_line(&map, &touchpoint), &Vocabulary::of(&map));
        assert_eq!(
            line,
            "Pays the deposit @phone %at home #Sales #Legal -1.5 tense \"Never again\" !!Long queue +Book online * ?"
        );
        map.insert(&0, Persona::new("p".into(), "Jana"));
        map.insert(&1, Persona::new("q".into(), "Tom"));
        touchpoint.feelings.push(Feeling {
            persona: Some("q".into()),
            score: Score::from_tenths(10),
            emotion: "calm".to_owned(),
            ..Feeling::default()
        });
        let line = format_line(&to_line(&map, &touchpoint), &Vocabulary::of(&map));
        assert!(line.ends_with(" * ? &Tom +1 calm"), "{line}");
        touchpoint.owner = None;
        assert!(to_line(&map, &touchpoint).supporters.is_empty());
    }
}
