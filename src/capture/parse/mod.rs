//! The parser of capture lines. Any text parses: every character belongs to a
//! token or is white space between tokens.

#[cfg(test)]
mod tests;

use super::sigils::{
    begins_text, closers, first_word, is_blank, quoted, score_of, sign_of, trim, unescape,
};
use super::tokens::{Kind, Line, Part};
use super::vocabulary::{Names, Which};
use crate::model::Level;
use std::ops::Range;

/// Tokenizes a line, resolving these names.
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

/// The token that words without a sigil extend.
#[derive(Clone, Copy)]
enum Open {
    /// A new piece of the name.
    Name,
    /// The emotion behind a score.
    Emotion,
    /// The last token, which extends to the next sigil.
    Last,
}

/// A token being read.
struct Raw {
    kind: Kind,
    span: Range<usize>,
    /// The range of its text, or the text if quotes were already resolved.
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
            // Only a closing quote may be followed directly by the next word.
            glued = sign.is_some();
            at = after.max(at + 1);
        }
    }

    /// Parses the token whose sigil is here, at the beginning of a word; returns its end.
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
            self.open = match self.has(Kind::Name) && !self.has(Kind::Emotion) {
                true => Open::Emotion,
                false => Open::Name,
            };
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
            '~' => return self.feeling(at, inside),
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

    /// Parses a pain or opportunity: one to three sigils, then text up to the next sigil.
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

    /// Parses an emotion without a score before it.
    fn feeling(&mut self, at: usize, inside: usize) -> Option<usize> {
        let next = self.line[inside..].chars().next()?;
        let text = begins_text(next) && !next.is_ascii_digit();
        (text && !self.has(Kind::Emotion)).then(|| self.run_on(Kind::Emotion, at, inside))
    }

    /// Parses a name: quoted, existing, or new.
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
        // A line that begins with sigils: the name follows this word.
        let word = first_word(rest);
        let word = word.strip_suffix([',', ';']).unwrap_or(word);
        let end = inside + word.len();
        self.push(kind, at..end, inside..end);
        self.open = Open::Name;
        Some(self.separator(end))
    }

    /// Parses a comma before white space.
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

    /// Pushes a token that includes all words up to the next sigil.
    fn run_on(&mut self, kind: Kind, at: usize, inside: usize) -> usize {
        let end = inside + first_word(&self.line[inside..]).len();
        self.push(kind, at..end, inside..end);
        self.open = Open::Last;
        end
    }

    /// Parses a word without a sigil.
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

/// Whether a token of this kind names a record.
pub(super) fn is_name(kind: Kind) -> bool {
    kind != Kind::Emotion && Which::of(kind).is_some()
}
