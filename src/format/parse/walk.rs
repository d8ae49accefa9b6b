//! From token to token: brackets, colons and commas, words, numbers and texts, and
//! what is passed over.
//!
//! Must not know: serde's visitors.

use super::Parser;
use super::escape::unescape;
use super::failure::{About, Failure};
use crate::format::limit;
use crate::format::tokens::{Kind, Token};
use serde::de::DeserializeSeed;
use std::borrow::Cow;

impl<'a> Parser<'a> {
    pub(super) fn peek(&mut self) -> Result<Token, Failure> {
        if let Some(token) = self.peeked {
            return Ok(token);
        }
        let token = match self.tokens.next() {
            Ok(Some(token)) => token,
            Ok(None) => Token {
                kind: Kind::End,
                start: self.text.len(),
                end: self.text.len(),
            },
            Err(fault) => {
                let sentence = fault.problem.to_string();
                return Err(Failure::new(About::Place, Some(fault.at), sentence));
            }
        };
        self.peeked = Some(token);
        Ok(token)
    }

    pub(super) fn take(&mut self) -> Result<Token, Failure> {
        let token = self.peek()?;
        self.peeked = None;
        if matches!(token.kind, Kind::Open | Kind::Comma) {
            self.values += 1;
            if self.values > limit::VALUES {
                return Err(Failure::new(
                    About::Place,
                    Some(token.start),
                    "too many values",
                ));
            }
        }
        Ok(token)
    }

    pub(super) fn slice(&self, token: Token) -> &'a str {
        &self.text[token.start..token.end]
    }

    pub(super) fn is(&self, token: Token, kind: Kind, text: u8) -> bool {
        token.kind == kind && self.text.as_bytes()[token.start] == text
    }

    /// A value of another kind than the one that stands here was expected.
    pub(super) fn expected<T>(&self, token: Token, what: &str) -> Result<T, Failure> {
        let sentence = format!("expected {what}");
        Err(Failure::new(About::Value, Some(token.start), sentence))
    }

    pub(super) fn open(&mut self, bracket: u8, what: &str) -> Result<usize, Failure> {
        let token = self.peek()?;
        if !self.is(token, Kind::Open, bracket) {
            return self.expected(token, what);
        }
        if self.depth >= limit::DEPTH {
            return self.expected(token, "fewer brackets");
        }
        self.depth += 1;
        self.take().map(|token| token.start)
    }

    pub(super) fn close(&mut self, bracket: u8) -> Result<(), Failure> {
        let token = self.take()?;
        self.depth = self.depth.saturating_sub(1);
        if self.is(token, Kind::Close, bracket) {
            return Ok(());
        }
        let sentence = "expected a comma or a closing bracket";
        Err(Failure::new(About::Place, Some(token.start), sentence))
    }

    /// Whether another entry follows before the closing bracket.
    pub(super) fn goes_on(&mut self, first: &mut bool) -> Result<bool, Failure> {
        if !std::mem::take(first) {
            if self.peek()?.kind != Kind::Comma {
                return Ok(false);
            }
            self.take()?;
        }
        let token = self.peek()?;
        match token.kind {
            Kind::Close | Kind::End => Ok(false),
            Kind::Comma => {
                let sentence = "expected a value before this comma";
                Err(Failure::new(About::Place, Some(token.start), sentence))
            }
            _ => Ok(true),
        }
    }

    pub(super) fn colon(&mut self) -> Result<(), Failure> {
        let token = self.take()?;
        if token.kind == Kind::Colon {
            return Ok(());
        }
        Err(Failure::new(
            About::Place,
            Some(token.start),
            "expected a colon",
        ))
    }

    /// Reads a value; what is wrong with it without being known where, is wrong where it starts.
    pub(super) fn value<S: DeserializeSeed<'a>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let start = self.peek()?.start;
        seed.deserialize(self).map_err(|mut failure| {
            failure.at.get_or_insert(start);
            failure
        })
    }

    /// `#![enable(…)]` and the like at the top change nothing here.
    pub(super) fn attributes(&mut self) -> Result<(), Failure> {
        loop {
            let token = self.peek()?;
            if !self.is_other(token, "#") {
                return Ok(());
            }
            self.take()?;
            let token = self.take()?;
            let bracket = self.peek()?;
            if !self.is_other(token, "!") || !self.is(bracket, Kind::Open, b'[') {
                return self.expected(token, "an attribute such as #![enable(implicit_some)]");
            }
            self.pass_brackets()?;
        }
    }

    pub(super) fn is_other(&self, token: Token, text: &str) -> bool {
        token.kind == Kind::Other && self.slice(token) == text
    }

    pub(super) fn end(&mut self) -> Result<(), Failure> {
        let token = self.peek()?;
        if token.kind == Kind::End {
            return Ok(());
        }
        let sentence = "expected nothing after the closing bracket of the map";
        Err(Failure::new(About::Place, Some(token.start), sentence))
    }

    /// Passes over one bracket with all that is in it.
    pub(super) fn pass_brackets(&mut self) -> Result<(), Failure> {
        let outside = self.depth;
        loop {
            let token = self.take()?;
            match token.kind {
                Kind::Open => self.depth += 1,
                Kind::Close => self.depth = self.depth.saturating_sub(1),
                Kind::End => return self.expected(token, "a closing bracket"),
                // A character in quotes is a value; nothing else of the kind is.
                Kind::Other if !self.slice(token).starts_with('\'') => {
                    return self.expected(token, "a value");
                }
                _ => {}
            }
            if self.depth > limit::DEPTH {
                return self.expected(token, "fewer brackets");
            }
            if self.depth <= outside {
                return Ok(());
            }
        }
    }

    /// Passes over one value of any kind.
    pub(super) fn pass(&mut self) -> Result<(), Failure> {
        loop {
            let token = self.peek()?;
            match token.kind {
                Kind::Comma | Kind::Close | Kind::End => return Ok(()),
                Kind::Open => self.pass_brackets()?,
                Kind::Colon => return self.expected(token, "a comma or a closing bracket"),
                Kind::Other if !self.slice(token).starts_with('\'') => {
                    return self.expected(token, "a value");
                }
                Kind::Word | Kind::Text | Kind::Other => {
                    self.take()?;
                }
            }
        }
    }

    pub(super) fn word(&mut self, what: &str) -> Result<&'a str, Failure> {
        let token = self.peek()?;
        if token.kind != Kind::Word {
            return self.expected(token, what);
        }
        self.take().map(|token| self.slice(token))
    }

    pub(super) fn number<T: std::str::FromStr>(&mut self, what: &str) -> Result<T, Failure> {
        let token = self.peek()?;
        let word = self.word(what)?;
        let plain: Cow<'_, str> = if word.contains('_') {
            word.replace('_', "").into()
        } else {
            word.into()
        };
        match plain.parse() {
            Ok(number) => Ok(number),
            Err(_) => self.expected(token, what),
        }
    }

    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Failure> {
        const WHAT: &str = "a text in quotes";
        let token = self.peek()?;
        if token.kind != Kind::Text {
            return self.expected(token, WHAT);
        }
        self.take()?;
        let all = self.slice(token);
        if let Some(raw) = all.strip_prefix('r') {
            let hashes = raw.bytes().take_while(|b| *b == b'#').count() + 1;
            return Ok(raw[hashes..raw.len() - hashes].into());
        }
        let Some(inner) = all.strip_prefix('"').and_then(|t| t.strip_suffix('"')) else {
            return self.expected(token, WHAT);
        };
        if inner.contains('\\') {
            unescape(inner).map(Cow::Owned).map_err(|at| {
                let sentence = "expected \\n, \\t, \\\", \\\\ or \\u{…} after a backslash";
                Failure::new(About::Value, Some(token.start + 1 + at), sentence)
            })
        } else {
            Ok(inner.into())
        }
    }
}
