//! Formatting of touchpoints as capture lines that parse back.

use super::parse::parse;
use super::parsed_line::ParsedLine;
use super::sigils::{
    can_start_text, closing_quotes, is_blank, is_escapable, parse_score, sigil_of, trim,
};
use super::tokens::TokenKind;
use super::vocabulary::{NameKind, Vocabulary};
use crate::model::{Basis, Feeling, IndexedList, Map, Record, Score, Touchpoint};

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
/// represented, such as supporters without an owner, are left out; see [`to_line`].
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

/// Converts a touchpoint to a parsed line without its stage, and names the
/// content that a line cannot represent.
pub fn to_line(map: &Map, touchpoint: &Touchpoint) -> (ParsedLine, Vec<&'static str>) {
    let mut lost = Vec::new();
    let mut said = ParsedLine {
        name: one_line(&touchpoint.name, &mut lost),
        channel: name_of(map.channels(), touchpoint.channel.as_ref(), &mut lost),
        environment: name_of(
            map.environments(),
            touchpoint.environment.as_ref(),
            &mut lost,
        ),
        owner: name_of(map.departments(), touchpoint.owner.as_ref(), &mut lost),
        moment: touchpoint.moment_of_truth,
        assumption: touchpoint.evidence.basis == Some(Basis::Assumption),
        ..ParsedLine::default()
    };
    for supporter in &touchpoint.supporters {
        let name = name_of(map.departments(), Some(supporter), &mut lost);
        said.supporters.extend(name);
    }
    if said.owner.is_none() && !said.supporters.is_empty() {
        said.supporters.clear();
        lost.push("departments that help where nobody owns");
    }
    let feeling = touchpoint
        .feelings
        .iter()
        .find(|f| is_first_persona(map, f));
    if let Some(feeling) = feeling {
        said.score = feeling.score;
        said.emotion = one_line(&feeling.emotion, &mut lost);
        said.quote = one_line(&feeling.quote, &mut lost);
    }
    for pain in &touchpoint.pains {
        let text = one_line(&pain.text, &mut lost);
        if text.is_empty() {
            lost.push("a pain point without text");
        } else {
            said.pains.push((pain.severity, text));
        }
    }
    for opportunity in &touchpoint.opportunities {
        let text = one_line(&opportunity.text, &mut lost);
        if text.is_empty() {
            lost.push("an opportunity without text");
        } else {
            said.opportunities.push((opportunity.value, text));
        }
    }
    lost.extend(unrepresentable_fields(map, touchpoint, feeling));
    lost.sort_unstable();
    lost.dedup();
    (said, lost)
}

/// Names the non-empty fields that a line cannot represent.
fn unrepresentable_fields(
    map: &Map,
    it: &Touchpoint,
    feeling: Option<&Feeling>,
) -> Vec<&'static str> {
    let more = |feeling: &Feeling| {
        feeling.before.is_some()
            || feeling.after.is_some()
            || !feeling.thought.is_empty()
            || !feeling.motivation.is_empty()
            || feeling.evidence != Default::default()
    };
    let facts = [
        (!it.description.is_empty(), "the description"),
        (
            !it.time.is_empty() || it.duration.is_some(),
            "time and duration",
        ),
        (feeling.is_some_and(more), "more about the feeling"),
        (
            it.feelings.iter().any(|f| !is_first_persona(map, f)),
            "other personas' feelings",
        ),
        (
            it.pains
                .iter()
                .any(|p| p.votes > 0 || !p.actions.is_empty() || p.evidence != Default::default()),
            "more about pain points",
        ),
        (
            it.opportunities.iter().any(|o| {
                o.delight
                    || o.votes > 0
                    || !o.actions.is_empty()
                    || o.evidence != Default::default()
            }),
            "more about opportunities",
        ),
        (!it.backstage.is_empty(), "backstage"),
        (!it.measurements.is_empty(), "measurements"),
        (!it.paths.is_empty() || it.ends, "paths"),
        (
            matches!(it.evidence.basis, Some(basis) if basis != Basis::Assumption)
                || !it.evidence.source.is_empty(),
            "evidence",
        ),
        (!it.tags.is_empty(), "tags"),
        (!it.texts.is_empty(), "texts in own lanes"),
        (it.votes > 0, "votes"),
        (!it.notes.is_empty(), "notes"),
    ];
    facts
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, word)| word)
        .collect()
}

fn is_first_persona(map: &Map, feeling: &Feeling) -> bool {
    match &feeling.persona {
        None => true,
        Some(id) => map.personas().iter().next().is_some_and(|p| p.id == *id),
    }
}

/// Replaces line breaks by spaces and trims.
fn one_line(text: &str, lost: &mut Vec<&'static str>) -> String {
    let text = trim(text);
    let breaks = |c: char| c.is_control() && c != '\t' || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(breaks) {
        return text.to_owned();
    }
    lost.push("line breaks");
    let plain: String = text
        .chars()
        .map(|c| if breaks(c) { ' ' } else { c })
        .collect();
    trim(&plain).to_owned()
}

fn name_of<R: Record>(
    list: &IndexedList<R>,
    id: Option<&R::Id>,
    lost: &mut Vec<&'static str>,
) -> Option<String> {
    let id = id?;
    let name = list.get(id).map(|record| one_line(record.name(), lost));
    match name {
        Some(name) if !name.is_empty() => Some(name),
        _ => {
            lost.push("references to what has no name");
            None
        }
    }
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
