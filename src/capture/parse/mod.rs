//! The parser of capture lines. Any text parses: every character belongs to a
//! token or is white space between tokens.

#[cfg(test)]
mod tests;

use super::case_folding::fold_text;
use super::sigils::{
    can_start_text, closing_quotes, first_word, is_blank, parse_quoted, parse_score, sigil_of,
    trim, unescape,
};
use super::tokens::{LineToken, TokenKind, TokenizedLine};
use super::vocabulary::{NameKind, Vocabulary};
use crate::model::Level;
use std::ops::Range;

/// Tokenizes a line, resolving these names.
pub fn parse(line: &str, names: &Vocabulary) -> TokenizedLine {
    let mut parser = LineParser {
        line,
        names,
        tokens: Vec::new(),
        continuation: Continuation::Name,
    };
    parser.run();
    parser.finish()
}

/// The token that words without a sigil extend.
#[derive(Clone, Copy)]
enum Continuation {
    /// A new piece of the name.
    Name,
    /// The emotion behind a score.
    Emotion,
    /// The last token, which extends to the next sigil.
    LastToken,
}

/// A token being read.
struct RawToken {
    kind: TokenKind,
    span: Range<usize>,
    /// The text of a token in quotes, of a known name or of a mark.
    text: Option<String>,
    /// The start of any other text, which ends with the token.
    inside: usize,
}

struct LineParser<'a> {
    line: &'a str,
    names: &'a Vocabulary,
    tokens: Vec<RawToken>,
    continuation: Continuation,
}

impl LineParser<'_> {
    fn run(&mut self) {
        let mut at = 0;
        let mut glued = false;
        while let Some(blanks) = self.line[at..].find(|c| !is_blank(c)) {
            at += blanks;
            // Only a closing quote may be followed directly by the next word.
            let is_glued = glued && blanks == 0;
            let sign = if is_glued { None } else { self.parse_sigil(at) };
            glued = sign.is_some();
            let after = sign.unwrap_or_else(|| self.parse_word(at));
            debug_assert!(after > at, "the parser stands still");
            at = after.max(at + 1);
        }
    }

    /// Parses the token whose sigil is here, at the beginning of a word; returns its end.
    fn parse_sigil(&mut self, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        let first = rest.chars().next()?;
        let word = first_word(rest);
        let end = at + word.len();
        if let Some((_, signed)) = parse_score(word)
            && (signed || !self.tokens.is_empty())
            && !self.feels(TokenKind::Score)
        {
            self.push(TokenKind::Score, at..end, at);
            self.continuation = if self.has(TokenKind::Name) && !self.feels(TokenKind::Emotion) {
                Continuation::Emotion
            } else {
                Continuation::Name
            };
            return Some(end);
        }
        if let Some(closers) = closing_quotes(first) {
            let inside = at + first.len_utf8();
            let (text, length) = parse_quoted(&self.line[inside..], closers);
            if text.is_empty() || self.feels(TokenKind::Quote) {
                return None;
            }
            return Some(self.push_text(TokenKind::Quote, at..inside + length, text));
        }
        let sign = sigil_of(first)?;
        let inside = at + first.len_utf8();
        let kind = match sign {
            '*' | '?' => {
                let kind = if sign == '*' {
                    TokenKind::Moment
                } else {
                    TokenKind::Assumption
                };
                if word.len() != first.len_utf8() || self.has(kind) {
                    return None;
                }
                return Some(self.push_text(kind, at..end, String::new()));
            }
            '!' | '+' => return self.parse_leveled(sign, at),
            '~' => return self.parse_emotion(at, inside),
            '@' => TokenKind::Channel,
            '%' => TokenKind::Environment,
            '#' if self.has(TokenKind::Owner) => TokenKind::Supporter,
            '#' => TokenKind::Owner,
            '&' => TokenKind::Persona,
            _ => TokenKind::Stage,
        };
        let many = matches!(kind, TokenKind::Supporter | TokenKind::Persona);
        if !many && self.has(kind) {
            return None;
        }
        self.parse_name(kind, at, inside)
    }

    /// Parses a pain or opportunity: one to three sigils, then text up to the next sigil.
    fn parse_leveled(&mut self, sign: char, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        let signs = rest.chars().take_while(|c| sigil_of(*c) == Some(sign));
        let signs: String = signs.take(3).collect();
        let inside = at + signs.len();
        let next = self.line[inside..].chars().next()?;
        if !can_start_text(next) || (sign == '+' && next.is_ascii_digit()) {
            return None;
        }
        let level = Level::from_number(signs.chars().count() as i64)?;
        let kind = if sign == '!' {
            TokenKind::Pain(level)
        } else {
            TokenKind::Opportunity(level)
        };
        Some(self.push_running(kind, at, inside))
    }

    /// Parses an emotion without a score before it.
    fn parse_emotion(&mut self, at: usize, inside: usize) -> Option<usize> {
        let next = self.line[inside..].chars().next()?;
        let is_text = can_start_text(next) && !next.is_ascii_digit();
        let fits = is_text && !self.feels(TokenKind::Emotion);
        fits.then(|| self.push_running(TokenKind::Emotion, at, inside))
    }

    /// Parses a name: quoted, existing, or new.
    fn parse_name(&mut self, kind: TokenKind, at: usize, inside: usize) -> Option<usize> {
        let rest = &self.line[inside..];
        let next = rest.chars().next()?;
        if let Some(closers) = closing_quotes(next) {
            let text_at = inside + next.len_utf8();
            let (text, length) = parse_quoted(&self.line[text_at..], closers);
            if text.is_empty() {
                return None;
            }
            let end = self.push_text(kind, at..text_at + length, text);
            return Some(self.parse_separator(end));
        }
        if next.is_whitespace() {
            return None;
        }
        let which = NameKind::of(kind)?;
        if let Some(length) = self.names.longest_prefix(which, rest) {
            let end = self.push_text(kind, at..inside + length, rest[..length].to_owned());
            return Some(self.parse_separator(end));
        }
        if !can_start_text(next) || next.is_ascii_digit() {
            return None;
        }
        if kind == TokenKind::Stage || self.has(TokenKind::Name) {
            return Some(self.push_running(kind, at, inside));
        }
        // A line that begins with sigils: the name follows this word.
        let word = first_word(rest);
        let word = word.strip_suffix([',', ';']).unwrap_or(word);
        let end = inside + word.len();
        self.push(kind, at..end, inside);
        self.continuation = Continuation::Name;
        Some(self.parse_separator(end))
    }

    /// Parses a comma before white space.
    fn parse_separator(&mut self, at: usize) -> usize {
        match first_word(&self.line[at..]) {
            "," | ";" => self.push_text(TokenKind::Separator, at..at + 1, String::new()),
            _ => at,
        }
    }

    /// Pushes a token that includes all words up to the next sigil.
    fn push_running(&mut self, kind: TokenKind, at: usize, inside: usize) -> usize {
        let end = inside + first_word(&self.line[inside..]).len();
        self.push(kind, at..end, inside);
        self.continuation = Continuation::LastToken;
        end
    }

    /// Parses a word without a sigil.
    fn parse_word(&mut self, at: usize) -> usize {
        let end = at + first_word(&self.line[at..]).len();
        match (self.continuation, self.tokens.last_mut()) {
            (Continuation::LastToken, Some(last)) => {
                last.span.end = end;
                end
            }
            (Continuation::Emotion, _) => self.push_running(TokenKind::Emotion, at, at),
            _ => self.push_running(TokenKind::Name, at, at),
        }
    }

    fn has(&self, kind: TokenKind) -> bool {
        self.tokens.iter().any(|part| part.kind == kind)
    }

    /// Whether this part of the feeling of the present persona is stated.
    fn feels(&self, kind: TokenKind) -> bool {
        let mut persona = fold_text(self.names.chosen_persona().unwrap_or_default());
        let mut stated = Vec::new();
        for token in &self.tokens {
            if token.kind == TokenKind::Persona {
                persona = fold_text(&self.text_of(token).0);
            } else if token.kind == kind {
                stated.push(persona.clone());
            }
        }
        stated.contains(&persona)
    }

    /// Returns the text of a token and its end; a comma behind a name is not part of it.
    fn text_of(&self, token: &RawToken) -> (String, usize) {
        if let Some(text) = &token.text {
            return (text.clone(), token.span.end);
        }
        let text = &self.line[token.inside..token.span.end];
        let shorter = text.strip_suffix([',', ';']);
        let text = shorter.filter(|_| is_name_kind(token.kind)).unwrap_or(text);
        (unescape(trim(text)), token.inside + text.len())
    }

    fn push(&mut self, kind: TokenKind, span: Range<usize>, inside: usize) {
        self.tokens.push(RawToken {
            kind,
            span,
            text: None,
            inside,
        });
    }

    fn push_text(&mut self, kind: TokenKind, span: Range<usize>, text: String) -> usize {
        let end = span.end;
        self.push(kind, span, end);
        if let Some(token) = self.tokens.last_mut() {
            token.text = Some(text);
        }
        self.continuation = Continuation::Name;
        end
    }

    fn finish(self) -> TokenizedLine {
        let mut tokens = Vec::with_capacity(self.tokens.len());
        for raw in &self.tokens {
            let kind = raw.kind;
            let (text, end) = self.text_of(raw);
            let (span, comma) = (raw.span.start..end, end..raw.span.end);
            tokens.push(LineToken { kind, span, text });
            if !comma.is_empty() {
                tokens.push(LineToken {
                    kind: TokenKind::Separator,
                    span: comma,
                    text: String::new(),
                });
            }
        }
        TokenizedLine { tokens }
    }
}

/// Whether a token of this kind names a record.
pub(super) fn is_name_kind(kind: TokenKind) -> bool {
    kind != TokenKind::Emotion && NameKind::of(kind).is_some()
}
