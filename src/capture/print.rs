//! Formatting of touchpoints as capture lines that parse back.

use super::parse::parse;
use super::parsed_line::ParsedLine;
use super::sigils::{
    can_start_text, closing_quotes, is_blank, is_escapable, parse_score, sigil_of, trim,
};
use super::tokens::TokenKind;
use super::vocabulary::{NameKind, Vocabulary};
use crate::model::{
    Basis, Evidence, Feeling, IndexedList, Level, Map, Opportunity, Pain, Record, Score, Touchpoint,
};

/// Maximum number of attempts to shorten one line.
const MAX_TRIALS: usize = 48;

/// A piece of a line; escapes and quotes are optional if the line parses the same
/// without them.
enum Piece {
    Text(String),
    Backslash { needed: bool },
    Name { name: String, quoted: bool },
}

/// Formats a parsed line as the shortest text that [`parse`] interprets the same way.
///
/// Leading and trailing white space is not kept. Fields that cannot be
/// represented, such as supporters without an owner, are left out.
pub fn format_line(said: &ParsedLine, names: &Vocabulary) -> String {
    let mut bits = pieces(said);
    let wanted = parse(&render(&bits), names);
    let wanted = wanted.interpret();
    let mut trials = 0;
    for i in 0..bits.len() {
        if set_short(&mut bits, i, false) {
            trials += 1;
            if trials > MAX_TRIALS || parse(&render(&bits), names).interpret() != wanted {
                set_short(&mut bits, i, true);
            }
        }
    }
    render(&bits)
}

/// Makes a piece long or short. Returns whether the piece has a short form.
fn set_short(bits: &mut [Piece], i: usize, long: bool) -> bool {
    match bits.get_mut(i) {
        Some(Piece::Backslash { needed: way } | Piece::Name { quoted: way, .. }) => {
            *way = long;
            true
        }
        _ => false,
    }
}

fn render(bits: &[Piece]) -> String {
    let mut line = String::new();
    for bit in bits {
        match bit {
            Piece::Text(text) => line.push_str(text),
            Piece::Backslash { needed } => {
                if *needed {
                    line.push('\\');
                }
            }
            Piece::Name { name, quoted: true } => line.push_str(&quoted(name)),
            Piece::Name { name, .. } => line.push_str(name),
        }
    }
    line
}

fn pieces(said: &ParsedLine) -> Vec<Piece> {
    let mut bits = Vec::new();
    let named = !trim(&said.name).is_empty();
    push_text(&said.name, None, &mut bits);
    for (sign, name) in [
        ("@", &said.channel),
        ("%", &said.environment),
        ("#", &said.owner),
    ] {
        push_name(sign, name.as_deref(), &mut bits);
    }
    if said.owner.as_ref().is_some_and(|o| !trim(o).is_empty()) {
        for supporter in &said.supporters {
            push_name("#", Some(supporter), &mut bits);
        }
    }
    if let Some(score) = said.score {
        push_space(&mut bits);
        bits.push(Piece::Text(score_text(score, named)));
    }
    // Words behind a score are the emotion, unless the line has no name before it.
    let sign = (said.score.is_none() || !named).then_some("~");
    push_text(&said.emotion, sign, &mut bits);
    if !trim(&said.quote).is_empty() {
        push_space(&mut bits);
        bits.push(Piece::Text(quoted(trim(&said.quote))));
    }
    for (sign, items) in [('!', &said.pains), ('+', &said.opportunities)] {
        for (level, text) in items {
            let signs: String = (0..level.number()).map(|_| sign).collect();
            push_text(text, Some(&signs), &mut bits);
        }
    }
    for (mark, there) in [("*", said.moment), ("?", said.assumption)] {
        if there {
            push_space(&mut bits);
            bits.push(Piece::Text(mark.to_owned()));
        }
    }
    push_name(">", said.stage.as_deref(), &mut bits);
    bits
}

fn push_space(bits: &mut Vec<Piece>) {
    if !bits.is_empty() {
        bits.push(Piece::Text(" ".to_owned()));
    }
}

fn push_name(sign: &str, name: Option<&str>, bits: &mut Vec<Piece>) {
    let name = trim(name.unwrap_or_default());
    if name.is_empty() {
        return;
    }
    push_space(bits);
    bits.push(Piece::Text(sign.to_owned()));
    bits.push(Piece::Name {
        name: name.to_owned(),
        quoted: true,
    });
}

/// Pushes running text behind its sigils, with a backslash wherever one may be needed.
fn push_text(text: &str, signs: Option<&str>, bits: &mut Vec<Piece>) {
    let text = trim(text);
    if text.is_empty() {
        return;
    }
    push_space(bits);
    if let Some(signs) = signs {
        bits.push(Piece::Text(signs.to_owned()));
    }
    let mut plain = String::new();
    let mut begins = true;
    for (at, c) in text.char_indices() {
        if begins && is_escapable(c) && needs_escape(&text[at..], c) {
            bits.push(Piece::Text(std::mem::take(&mut plain)));
            bits.push(Piece::Backslash { needed: true });
        }
        plain.push(c);
        begins = is_blank(c);
    }
    bits.push(Piece::Text(plain));
}

/// Whether a word beginning with this character could parse as a token.
fn needs_escape(word: &str, first: char) -> bool {
    let word = super::sigils::first_word(word);
    first == '\\'
        || first.is_ascii_digit()
        || !can_start_text(first)
        || sigil_of(first).is_some()
        || closing_quotes(first).is_some()
        || parse_score(word).is_some()
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
    // Every field is named, so that a new one is put into the line or left out on purpose.
    let Touchpoint {
        name,
        channel,
        environment,
        owner,
        supporters,
        moment_of_truth,
        feelings,
        pains,
        opportunities,
        evidence: Evidence { basis, source: _ },
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
    let no_feeling = Feeling::default();
    let feeling = feelings.iter().find(|f| is_first_persona(map, f));
    let Feeling {
        score,
        emotion,
        quote,
        persona: _,
        before: _,
        after: _,
        thought: _,
        motivation: _,
        evidence: _,
    } = feeling.unwrap_or(&no_feeling);
    let pain = |pain: &Pain| {
        let Pain {
            text,
            severity,
            id: _,
            votes: _,
            actions: _,
            evidence: _,
        } = pain;
        (*severity, one_line(text))
    };
    let opportunity = |opportunity: &Opportunity| {
        let Opportunity {
            text,
            value,
            id: _,
            delight: _,
            votes: _,
            actions: _,
            evidence: _,
        } = opportunity;
        (*value, one_line(text))
    };
    let said = |(_, text): &(Level, String)| !text.is_empty();
    let owner = name_of(map.departments(), owner.as_ref());
    // Supporters follow the owner; without one the first of them would become it.
    let supporters = supporters.iter().filter(|_| owner.is_some());
    ParsedLine {
        name: one_line(name),
        stage: None,
        channel: name_of(map.channels(), channel.as_ref()),
        environment: name_of(map.environments(), environment.as_ref()),
        supporters: supporters
            .filter_map(|id| name_of(map.departments(), Some(id)))
            .collect(),
        owner,
        score: *score,
        emotion: one_line(emotion),
        quote: one_line(quote),
        pains: pains.iter().map(pain).filter(said).collect(),
        opportunities: opportunities.iter().map(opportunity).filter(said).collect(),
        moment: *moment_of_truth,
        assumption: *basis == Some(Basis::Assumption),
    }
}

fn is_first_persona(map: &Map, feeling: &Feeling) -> bool {
    match &feeling.persona {
        None => true,
        Some(id) => map.personas().iter().next().is_some_and(|p| p.id == *id),
    }
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

/// Formats a name with its sigil: bare if that parses to the name, otherwise quoted.
pub(super) fn name_in_line(kind: TokenKind, name: &str, names: &Vocabulary) -> Option<String> {
    let sign = match NameKind::of(kind)? {
        NameKind::Channels => "@",
        NameKind::Environments => "%",
        NameKind::Departments => "#",
        NameKind::Stages => ">",
        NameKind::Emotions => return Some(name.to_owned()),
    };
    let quoted = format!("{sign}{}", quoted(name));
    let bare = format!("{sign}{name}");
    let means = |text: &str| parse(&format!("x {text} y"), names).interpret();
    Some(if means(&bare) == means(&quoted) {
        bare
    } else {
        quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Channel, Department, Environment, Table as _};

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
        touchpoint.owner = None;
        assert!(to_line(&map, &touchpoint).supporters.is_empty());
    }
}
