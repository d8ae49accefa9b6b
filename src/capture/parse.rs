//! A line of text as parts. Any text parses to something: every character
//! belongs to a part or is a blank between parts.

use super::names::{Names, Which};
use super::said::Said;
use super::signs::{
    begins_text, closers, first_word, is_blank, quoted, score_of, sign_of, trim, unescape,
};
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

/// Takes a line apart, knowing these names.
pub fn parse(line: &str, names: &Names) -> Line {
    let mut parser = Parser {
        line,
        names,
        parts: Vec::new(),
        open: Open::Name,
    };
    parser.run();
    parser.finish()
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

/// Where words without a sign go.
#[derive(Clone, Copy)]
enum Open {
    /// Into a new piece of the name.
    Name,
    /// Into the feeling by name, behind a score.
    Emotion,
    /// Into the last part, which runs on.
    Last,
}

/// A part that is being read.
struct Raw {
    kind: Kind,
    span: Range<usize>,
    /// Where its text is, or the text where it had to be read already.
    text: Result<Range<usize>, String>,
}

struct Parser<'a> {
    line: &'a str,
    names: &'a Names,
    parts: Vec<Raw>,
    open: Open,
}

impl Parser<'_> {
    fn run(&mut self) {
        let mut at = 0;
        let mut glued = false;
        loop {
            let rest = &self.line[at..];
            let blanks = rest.find(|c| !is_blank(c));
            let Some(blanks) = blanks else {
                return;
            };
            at += blanks;
            let sign = if glued && blanks == 0 {
                None
            } else {
                self.sign(at)
            };
            let after = match sign {
                Some(after) => after,
                None => self.word(at),
            };
            debug_assert!(after > at, "the parser stands still");
            // Only a closing quote lets the next word stand directly behind it.
            glued = sign.is_some();
            at = after.max(at + 1);
        }
    }

    /// Reads the part whose sign stands here, at the beginning of a word; where it ends.
    fn sign(&mut self, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        let first = rest.chars().next()?;
        let word = first_word(rest);
        let end = at + word.len();
        if let Some((_, signed)) = score_of(word)
            && (signed || !self.parts.is_empty())
            && !self.has(Kind::Score)
        {
            self.push(Kind::Score, at..end, at..end);
            if self.has(Kind::Name) {
                self.open = Open::Emotion;
            }
            return Some(end);
        }
        if let Some(closers) = closers(first) {
            let inside = at + first.len_utf8();
            let (text, length) = quoted(&self.line[inside..], closers);
            if text.is_empty() || self.has(Kind::Quote) {
                return None;
            }
            return Some(self.push_text(Kind::Quote, at..inside + length, text));
        }
        let sign = sign_of(first)?;
        let inside = at + first.len_utf8();
        let kind = match sign {
            '*' | '?' => {
                let kind = if sign == '*' {
                    Kind::Moment
                } else {
                    Kind::Assumption
                };
                if word.len() != first.len_utf8() || self.has(kind) {
                    return None;
                }
                self.push(kind, at..end, inside..inside);
                self.open = Open::Name;
                return Some(end);
            }
            '!' | '+' => return self.levelled(sign, at),
            '@' => Kind::Channel,
            '%' => Kind::Environment,
            '#' if self.has(Kind::Owner) => Kind::Supporter,
            '#' => Kind::Owner,
            _ => Kind::Stage,
        };
        if kind != Kind::Supporter && self.has(kind) {
            return None;
        }
        self.named(kind, at, inside)
    }

    /// A pain or opportunity: one to three signs, then its text up to the next sign.
    fn levelled(&mut self, sign: char, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        let signs: Vec<char> = rest
            .chars()
            .take_while(|c| sign_of(*c) == Some(sign))
            .take(3)
            .collect();
        let inside = at + signs.iter().map(|c| c.len_utf8()).sum::<usize>();
        let next = self.line[inside..].chars().next()?;
        if !begins_text(next) || (sign == '+' && next.is_ascii_digit()) {
            return None;
        }
        let level = Level::from_number(signs.len() as i64)?;
        let kind = if sign == '!' {
            Kind::Pain(level)
        } else {
            Kind::Opportunity(level)
        };
        Some(self.run_on(kind, at, inside))
    }

    /// A part that is a name: in quotes, one that exists, or a new one.
    fn named(&mut self, kind: Kind, at: usize, inside: usize) -> Option<usize> {
        let rest = &self.line[inside..];
        let next = rest.chars().next()?;
        if let Some(closers) = closers(next) {
            let text_at = inside + next.len_utf8();
            let (text, length) = quoted(&self.line[text_at..], closers);
            if text.is_empty() {
                return None;
            }
            let end = self.push_text(kind, at..text_at + length, text);
            return Some(self.separator(end));
        }
        if next.is_whitespace() {
            return None;
        }
        let which = Which::of(kind)?;
        if let Some(length) = self.names.longest(which, rest) {
            let end = self.push_text(kind, at..inside + length, rest[..length].to_owned());
            return Some(self.separator(end));
        }
        if !begins_text(next) || next.is_ascii_digit() {
            return None;
        }
        if kind == Kind::Stage || self.has(Kind::Name) {
            return Some(self.run_on(kind, at, inside));
        }
        // The line begins with signs: what follows this word is the name.
        let word = first_word(rest);
        let word = word.strip_suffix([',', ';']).unwrap_or(word);
        let end = inside + word.len();
        self.push(kind, at..end, inside..end);
        self.open = Open::Name;
        Some(self.separator(end))
    }

    /// A comma that stands here before a blank.
    fn separator(&mut self, at: usize) -> usize {
        match first_word(&self.line[at..]) {
            "," | ";" => {
                self.push(Kind::Separator, at..at + 1, at..at);
                self.open = Open::Name;
                at + 1
            }
            _ => at,
        }
    }

    /// A part that begins here and takes all words up to the next sign.
    fn run_on(&mut self, kind: Kind, at: usize, inside: usize) -> usize {
        let end = inside + first_word(&self.line[inside..]).len();
        self.push(kind, at..end, inside..end);
        self.open = Open::Last;
        end
    }

    /// A word without a sign.
    fn word(&mut self, at: usize) -> usize {
        let end = at + first_word(&self.line[at..]).len();
        match (self.open, self.parts.last_mut()) {
            (Open::Last, Some(last)) => {
                last.span.end = end;
                if let Ok(text) = &mut last.text {
                    text.end = end;
                }
            }
            (Open::Emotion, _) => {
                self.run_on(Kind::Emotion, at, at);
            }
            _ => {
                self.run_on(Kind::Name, at, at);
            }
        }
        end
    }

    fn has(&self, kind: Kind) -> bool {
        self.parts.iter().any(|part| part.kind == kind)
    }

    fn push(&mut self, kind: Kind, span: Range<usize>, text: Range<usize>) {
        self.parts.push(Raw {
            kind,
            span,
            text: Ok(text),
        });
    }

    fn push_text(&mut self, kind: Kind, span: Range<usize>, text: String) -> usize {
        let end = span.end;
        self.parts.push(Raw {
            kind,
            span,
            text: Err(text),
        });
        self.open = Open::Name;
        end
    }

    fn finish(self) -> Line {
        let mut parts = Vec::with_capacity(self.parts.len());
        for raw in self.parts {
            let mut span = raw.span;
            let mut comma = None;
            let text = match raw.text {
                Err(text) => text,
                Ok(range) => {
                    let mut text = self.line.get(range).unwrap_or_default();
                    if is_name(raw.kind)
                        && let Some(shorter) = text.strip_suffix([',', ';'])
                    {
                        text = shorter;
                        comma = Some(span.end - 1..span.end);
                        span.end -= 1;
                    }
                    unescape(trim(text))
                }
            };
            parts.push(Part {
                kind: raw.kind,
                span,
                text,
            });
            if let Some(span) = comma {
                parts.push(Part {
                    kind: Kind::Separator,
                    span,
                    text: String::new(),
                });
            }
        }
        Line { parts }
    }
}

/// Whether a part of this kind names a thing of the map.
pub(super) fn is_name(kind: Kind) -> bool {
    kind != Kind::Emotion && Which::of(kind).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Score;

    fn names() -> Names {
        let mut names = Names::default();
        names.add(Which::Channels, "Phone");
        names.add(Which::Channels, "Phone call");
        names.add(Which::Channels, "Café");
        names.add(Which::Departments, "Sales");
        names.add(Which::Departments, "2nd line");
        names.add(Which::Stages, "After sales");
        names
    }

    fn said(line: &str) -> Said {
        parse(line, &names()).said()
    }

    fn only_name(line: &str) {
        let said = said(line);
        let name = said.name.clone();
        assert_eq!(
            said,
            Said {
                name,
                ..Said::default()
            },
            "{line}"
        );
        assert_eq!(said.name, line);
    }

    #[test]
    fn the_line_of_the_handbook() {
        let said = said("Pays the deposit @phone #Sales -2 frustrated !Long queue ?");
        assert_eq!(said.name, "Pays the deposit");
        assert_eq!(said.channel.as_deref(), Some("phone"));
        assert_eq!(said.owner.as_deref(), Some("Sales"));
        assert_eq!(said.score, Score::from_tenths(-20));
        assert_eq!(said.emotion, "frustrated");
        assert_eq!(said.pains, [(Level::Low, "Long queue".to_owned())]);
        assert!(said.assumption && !said.moment);
    }

    #[test]
    fn every_sign_is_read() {
        let said = said(
            "Signs %At home −1,5 very tense !!No pen +++Sign online “Where do I sign?” * >After sales #Sales #Legal team",
        );
        assert_eq!(said.environment.as_deref(), Some("At home"));
        assert_eq!(said.score, Score::from_tenths(-15));
        assert_eq!(said.emotion, "very tense");
        assert_eq!(said.pains, [(Level::Medium, "No pen".to_owned())]);
        assert_eq!(
            said.opportunities,
            [(Level::High, "Sign online".to_owned())]
        );
        assert_eq!(said.quote, "Where do I sign?");
        assert_eq!(said.stage.as_deref(), Some("After sales"));
        assert_eq!(said.owner.as_deref(), Some("Sales"));
        assert_eq!(said.supporters, ["Legal team"]);
        assert!(said.moment && !said.assumption);
    }

    #[test]
    fn ordinary_text_stays_text() {
        for line in [
            "Writes to jana@bank.example",
            "Learns C++",
            "Open 24/7",
            "Chooses option #1",
            "Really? Stop!",
            "Pays 2 deposits of -5 %",
            "Meets @2pm, waits >5 minutes",
            "Calls +49 170 123456",
            "Buys a 27\" screen",
            "Pourquoi\u{a0}?",
            "C:\\Users\\2024",
            "0 results",
            "a -> b >> c :) => d",
            "5 ++ @ # ! % >",
            "What ?! !? ...",
            "-1.25 is no score",
            "@@home ##",
        ] {
            only_name(line);
        }
    }

    #[test]
    fn names_of_several_words() {
        // The longest that exists, then the name goes on.
        let it = said("Rings @PHONE CALL the bank");
        assert_eq!(
            (it.channel.as_deref(), it.name.as_str()),
            (Some("PHONE CALL"), "Rings the bank")
        );
        let it = said("Meets @cafe, #2nd line");
        assert_eq!(
            (it.channel.as_deref(), it.owner.as_deref()),
            (Some("cafe"), Some("2nd line"))
        );
        assert_eq!(it.name, "Meets");
        // A new one runs to the next sign.
        let it = said("Pays @Branch office, #Customer service -1");
        assert_eq!(it.channel.as_deref(), Some("Branch office"));
        assert_eq!(it.owner.as_deref(), Some("Customer service"));
        // Where the line begins with it, one word, unless it stands in quotes.
        let it = said("@branch Pays");
        assert_eq!(
            (it.channel.as_deref(), it.name.as_str()),
            (Some("branch"), "Pays")
        );
        let it = said("@\"Branch #2\" Pays");
        assert_eq!(
            (it.channel.as_deref(), it.name.as_str()),
            (Some("Branch #2"), "Pays")
        );
        assert_eq!(
            said(">After the sale").stage.as_deref(),
            Some("After the sale")
        );
        assert_eq!(said(">After sales Calls").name, "Calls");
    }

    #[test]
    fn a_backslash_hides_a_sign() {
        let it = said("Plan \\-2 at \\@home \\\"x\\\" +\\3 days off");
        assert_eq!(it.name, "Plan -2 at @home \"x\\\"");
        assert_eq!(it.opportunities, [(Level::Low, "3 days off".to_owned())]);
    }

    #[test]
    fn wide_signs_count_too() {
        let it = said("支払い ＠電話 ！長い列 ？");
        assert_eq!(it.channel.as_deref(), Some("電話"));
        assert_eq!(it.pains, [(Level::Low, "長い列".to_owned())]);
        assert!(it.assumption);
    }

    #[test]
    fn a_second_one_of_what_there_is_once_is_text() {
        let it = said("A @phone @mail -1 -2 \"b\" \"c\"");
        assert_eq!(it.channel.as_deref(), Some("phone"));
        assert_eq!(it.score, Score::from_tenths(-10));
        assert_eq!(it.quote, "b");
        assert_eq!(it.name, "A @mail \"c\"");
        assert_eq!(it.emotion, "-2");
    }
}
