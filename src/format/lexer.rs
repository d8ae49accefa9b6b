//! Lexer for RON: brackets, words and texts with their positions.
//!
//! Must not know: the meaning of a token.

use super::error::Problem;

/// Kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    Comma,
    Colon,
    /// A word or a number.
    Word,
    /// A text in quotes, raw or not.
    Text,
    Other,
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
}

/// A problem and the byte at which it begins.
pub(super) struct SyntaxError {
    pub at: usize,
    pub problem: Problem,
}

/// Lexer over a text.
pub(super) struct Lexer<'a> {
    text: &'a str,
    pub bytes: &'a [u8],
    at: usize,
    /// Number of comments skipped, and start of the first one.
    pub comments: usize,
    pub first_comment: usize,
}

/// Whether RON takes a character beyond ASCII for white space.
fn is_wide_space(c: char) -> bool {
    matches!(
        c,
        '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}

fn unclosed<T>(at: usize, problem: Problem) -> Result<T, SyntaxError> {
    Err(SyntaxError { at, problem })
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Lexer<'a> {
        Lexer {
            text,
            bytes: text.as_bytes(),
            at: 0,
            comments: 0,
            first_comment: 0,
        }
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    pub fn next(&mut self) -> Result<Option<Token>, SyntaxError> {
        while let Some(&byte) = self.bytes.get(self.at) {
            let start = self.at;
            self.at += 1;
            let kind = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => continue,
                b'/' if matches!(self.peek(), b'/' | b'*') => {
                    match self.peek() {
                        b'/' => self.skip_line(),
                        _ => self.skip_block(start)?,
                    }
                    if self.comments == 0 {
                        self.first_comment = start;
                    }
                    self.comments += 1;
                    continue;
                }
                b'"' => {
                    self.skip_text(start)?;
                    TokenKind::Text
                }
                b'\'' => {
                    self.skip_character();
                    TokenKind::Other
                }
                b'(' | b'[' | b'{' => TokenKind::Open,
                b')' | b']' | b'}' => TokenKind::Close,
                b',' => TokenKind::Comma,
                b':' => TokenKind::Colon,
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'+' | b'-' | b'.' | 0x80.. => {
                    self.at = start;
                    self.skip_word();
                    if self.at == start {
                        // Wide white space.
                        self.at += self.text[start..].chars().next().map_or(1, char::len_utf8);
                        continue;
                    }
                    self.after_word(start)?
                }
                _ => TokenKind::Other,
            };
            let end = self.at;
            return Ok(Some(Token { kind, start, end }));
        }
        Ok(None)
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn skip_block(&mut self, start: usize) -> Result<(), SyntaxError> {
        self.at += 1;
        let mut level = 1_usize;
        while level > 0 {
            let (nesting, length) = match self.bytes[self.at..] {
                [b'/', b'*', ..] => (level + 1, 2),
                [b'*', b'/', ..] => (level - 1, 2),
                [_, ..] => (level, 1),
                [] => return unclosed(start, Problem::UnclosedComment),
            };
            level = nesting;
            self.at += length;
        }
        Ok(())
    }

    fn skip_text(&mut self, start: usize) -> Result<(), SyntaxError> {
        loop {
            match memchr::memchr2(b'"', b'\\', &self.bytes[self.at..]) {
                Some(found) if self.bytes[self.at + found] == b'"' => {
                    self.at += found + 1;
                    return Ok(());
                }
                Some(found) => self.at = (self.at + found + 2).min(self.bytes.len()),
                None => return unclosed(start, Problem::UnclosedText),
            }
        }
    }

    fn skip_raw_text(&mut self, start: usize, hashes: usize) -> Result<(), SyntaxError> {
        let end = format!("\"{}", "#".repeat(hashes));
        match self.text[self.at..].find(&end) {
            Some(found) => self.at += found + end.len(),
            None => return unclosed(start, Problem::UnclosedText),
        }
        Ok(())
    }

    /// Skips a character in single quotes, or the lone quote where it is none.
    fn skip_character(&mut self) {
        let rest = &self.text[self.at..];
        let inner = match rest.strip_prefix('\\') {
            Some(escape) => {
                let mut bytes = escape.bytes().take(13).skip(1);
                bytes.position(|b| b == b'\'').map(|length| length + 2)
            }
            None => {
                let length = rest.chars().next().map(char::len_utf8);
                length.filter(|length| rest[*length..].starts_with('\''))
            }
        };
        self.at += inner.map_or(0, |length| length + 1);
    }

    fn skip_word(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'+' | b'-' | b'.' => {
                    self.at += 1;
                }
                0x80.. => match self.text[self.at..].chars().next() {
                    Some(c) if !is_wide_space(c) => self.at += c.len_utf8(),
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// Goes on behind a word: `r"…"`, `r#"…"#`, `b"…"` and `br"…"` are texts, `r#word` is a word.
    fn after_word(&mut self, start: usize) -> Result<TokenKind, SyntaxError> {
        let word = &self.bytes[start..self.at];
        match (word, self.peek()) {
            (b"b", b'"') => {
                self.at += 1;
                self.skip_text(start)?;
                Ok(TokenKind::Text)
            }
            (b"r" | b"br", b'"' | b'#') => {
                let hashes = self.bytes[self.at..]
                    .iter()
                    .take_while(|b| **b == b'#')
                    .count();
                if self.bytes.get(self.at + hashes) == Some(&b'"') {
                    self.at += hashes + 1;
                    self.skip_raw_text(start, hashes)?;
                    Ok(TokenKind::Text)
                } else {
                    if hashes == 1 {
                        self.at += 1;
                        self.skip_word();
                    }
                    Ok(TokenKind::Word)
                }
            }
            _ => Ok(TokenKind::Word),
        }
    }
}
