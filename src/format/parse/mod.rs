//! RON, read straight into the shape of the file, in one pass over the tokens.
//!
//! Takes the RON that a map needs: records with or without a name, `Some(…)`
//! or not, texts raw or escaped, attributes at the top. A field that nobody
//! asks for is passed over and remembered. Recursion goes as deep as the shape
//! does; what is passed over is not recursed into.
//!
//! Our own rather than the `ron` crate's, which takes longer and cannot tell
//! where a record begins; a test holds that both read the same.
//! Must not know: which fields there are.

mod escape;
mod failure;
mod shape;
mod walk;

use super::tokens::{Token, Tokens};
use failure::About;
pub(super) use failure::Failure;
use serde::de::Deserialize;

/// A shape read from a text, and where the values of fields start that it does not have.
pub(super) struct Parsed<T> {
    pub shape: T,
    pub unknown: Vec<usize>,
    pub more_unknown: usize,
}

impl<T> Parsed<T> {
    /// The same, with another shape.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Parsed<U> {
        Parsed {
            shape: change(self.shape),
            unknown: self.unknown,
            more_unknown: self.more_unknown,
        }
    }
}

/// Reads the whole text as one value.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<Parsed<T>, Failure> {
    let mut parser = Parser {
        text,
        tokens: Tokens::new(text),
        peeked: None,
        field: None,
        key_at: 0,
        depth: 0,
        values: 0,
        unknown: Vec::new(),
        more_unknown: 0,
    };
    let result = parser
        .attributes()
        .and_then(|()| T::deserialize(&mut parser))
        .and_then(|shape| parser.end().map(|()| shape));
    match result {
        Ok(shape) => Ok(Parsed {
            shape,
            unknown: parser.unknown,
            more_unknown: parser.more_unknown,
        }),
        Err(mut failure) => {
            if failure.about == About::Value {
                failure.field = parser.field.map(str::to_owned);
            }
            Err(failure)
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    peeked: Option<Token>,
    /// The field that was opened last, and where its name stands.
    field: Option<&'a str>,
    key_at: usize,
    depth: usize,
    values: usize,
    unknown: Vec<usize>,
    more_unknown: usize,
}
