//! Positions of the values of a text, found by their path.
//!
//! Works with a stack of its own, so that no nesting can overflow the program's.
//! Must not know: which fields there are.

use super::error::{Position, characters};
use super::lexer::{Lexer, TokenKind};
use super::limit;
use std::iter::once;

/// Step of a path, from a record or list to a value in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum PathSegment {
    /// A field of a record, or an entry of a `{…}` by its key.
    Field(String),
    /// An item of a list, or an entry of a `{…}`, from 0.
    Index(usize),
}

impl PathSegment {
    /// The name, if it is the field of a record.
    pub(super) fn field(&self) -> Option<&str> {
        match self {
            PathSegment::Field(name) if is_field(name) => Some(name),
            PathSegment::Field(_) | PathSegment::Index(_) => None,
        }
    }
}

/// Whether a key is the name of a field: keys of maps are texts, and several words before a colon
/// are no field.
fn is_field(key: &str) -> bool {
    key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// A value, with its key and the values in it.
#[derive(Debug)]
struct ValueNode {
    key: Option<(usize, usize)>,
    start: usize,
    end: usize,
    inside: Vec<ValueNode>,
}

/// Positions of all values of a text. Costs a pass and memory for each value:
/// made only when there is something to report.
pub struct SourceMap<'a> {
    text: &'a str,
    root: Option<ValueNode>,
    line_starts: Vec<usize>,
    /// Number of characters that begin before each [`STRIDE`] bytes: no line is so
    /// long that its columns take long to count.
    characters: Vec<usize>,
}

const STRIDE: usize = 1024;

/// A value found by its path.
pub(super) struct MappedValue<'m> {
    node: &'m ValueNode,
    /// Whether the path ends at this value rather than beyond it.
    pub is_exact: bool,
    /// The innermost field of a record on the path.
    pub field: Option<&'m str>,
}

impl MappedValue<'_> {
    /// The byte at which the value begins.
    pub fn start(&self) -> usize {
        self.node.start
    }
}

impl<'a> SourceMap<'a> {
    /// Maps the whole text, or as much of it as has whole brackets and quotes.
    pub fn of(text: &'a str) -> SourceMap<'a> {
        let line_ends = memchr::memchr_iter(b'\n', text.as_bytes());
        let mut count = 0;
        let marks = text.as_bytes().chunks(STRIDE).map(|chunk| {
            count += characters(chunk);
            count
        });
        SourceMap {
            text,
            root: tree(text),
            line_starts: once(0).chain(line_ends.map(|at| at + 1)).collect(),
            characters: once(0).chain(marks).collect(),
        }
    }

    /// Returns the line and column of a byte.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        Position {
            line,
            column: self.characters_before(offset) - self.characters_before(start) + 1,
        }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let mark = offset / STRIDE;
        self.characters[mark] + characters(&self.text.as_bytes()[mark * STRIDE..offset])
    }

    /// Position of the value at the end of a path, as [`locate`] gives it.
    pub fn locate(&self, path: &str) -> Option<Position> {
        self.find(&segments(path))
    }

    /// Position of the value at the end of a path; where the path goes on beyond
    /// the text, of the innermost value on it.
    pub(super) fn find(&self, path: &[PathSegment]) -> Option<Position> {
        self.find_nth(path, 0)
    }

    /// Like [`SourceMap::find`], for the record's `nth` field of that name, from 0.
    pub(super) fn find_nth(&self, path: &[PathSegment], nth: usize) -> Option<Position> {
        let node = self.descend(path, nth)?.node;
        let start = match (node.key, path.last()) {
            (Some((key, _)), Some(PathSegment::Index(_))) => key,
            _ => node.start,
        };
        Some(self.position(start))
    }

    /// The byte at which the second field of a name begins in the record at a path.
    pub(super) fn second_field(&self, record: &[PathSegment], name: &str) -> Option<usize> {
        let node = self.descend(record, 0)?.node;
        let mut fields = node.inside.iter().filter(|n| self.has_key(n, name));
        fields.nth(1).and_then(|n| n.key).map(|(start, _)| start)
    }

    /// The value at the end of a path, or the innermost one on it.
    pub(super) fn descend(&self, path: &[PathSegment], nth: usize) -> Option<MappedValue<'_>> {
        let mut found = MappedValue {
            node: self.root.as_ref()?,
            is_exact: true,
            field: None,
        };
        for (at, segment) in path.iter().enumerate() {
            let nth = if at + 1 == path.len() { nth } else { 0 };
            let inside = &found.node.inside;
            let next = match segment {
                PathSegment::Index(index) => inside.get(*index),
                PathSegment::Field(name) => {
                    let mut fields = inside.iter().filter(|node| self.has_key(node, name));
                    fields.nth(nth)
                }
            };
            let Some(next) = next else {
                found.is_exact = false;
                break;
            };
            found.node = next;
            let field = self.key(next).filter(|key| is_field(key));
            found.field = field.or(found.field);
        }
        Some(found)
    }

    fn key(&self, node: &ValueNode) -> Option<&'a str> {
        let (start, end) = node.key?;
        let key = &self.text[start..end];
        Some(key.strip_prefix("r#").unwrap_or(key))
    }

    fn has_key(&self, node: &ValueNode, name: &str) -> bool {
        let key = self.key(node);
        key.is_some_and(|key| key.trim_matches('"') == name)
    }
}

fn tree(text: &str) -> Option<ValueNode> {
    struct OpenNode {
        node: ValueNode,
        key: Option<(usize, usize)>,
        value: Option<ValueNode>,
    }
    impl OpenNode {
        fn at(start: usize) -> OpenNode {
            OpenNode {
                node: ValueNode::at(start, start),
                key: None,
                value: None,
            }
        }

        fn finish_value(&mut self) {
            let key = self.key.take();
            if let Some(mut value) = self.value.take() {
                value.key = key;
                self.node.inside.push(value);
            }
        }

        /// Sets a value in brackets, which a name or an attribute may stand before.
        fn set_value(&mut self, mut node: ValueNode, text: &str) {
            match self.value.take() {
                // `Some(value)` has the path and position of its value.
                Some(name) if &text[name.start..name.end] == "Some" => {
                    node = node.inside.pop().unwrap_or(node);
                }
                Some(name) if name.inside.is_empty() => node.start = name.start,
                // Only the text of an attribute may come before another value.
                Some(first) if !text[first.start..].starts_with('#') => node = first,
                _ => {}
            }
            self.value = Some(node);
        }
    }
    let mut stack = vec![OpenNode::at(0)];
    let mut lexer = Lexer::new(text);
    while let Ok(Some(token)) = lexer.next() {
        let depth = stack.len();
        let Some(top) = stack.last_mut() else { break };
        match token.kind {
            TokenKind::Open if depth > limit::DEPTH => break,
            TokenKind::Open => stack.push(OpenNode::at(token.start)),
            TokenKind::Close if depth > 1 => {
                if let Some(mut done) = stack.pop() {
                    done.finish_value();
                    done.node.end = token.end;
                    if let Some(top) = stack.last_mut() {
                        top.set_value(done.node, text);
                    }
                }
            }
            TokenKind::Close => break,
            TokenKind::Comma => top.finish_value(),
            TokenKind::Colon => top.key = top.value.take().map(|v| (v.start, v.end)),
            TokenKind::Word | TokenKind::Text | TokenKind::Other => match &mut top.value {
                Some(value) => value.end = token.end,
                None => top.value = Some(ValueNode::at(token.start, token.end)),
            },
        }
    }
    // What is left open by a broken text ends with it.
    loop {
        let mut done = stack.pop()?;
        done.finish_value();
        done.node.end = text.len();
        match stack.last_mut() {
            Some(top) => top.set_value(done.node, text),
            None => {
                break done
                    .node
                    .inside
                    .into_iter()
                    .max_by_key(|n| !n.inside.is_empty());
            }
        }
    }
}

impl ValueNode {
    fn at(start: usize, end: usize) -> ValueNode {
        ValueNode {
            key: None,
            start,
            end,
            inside: Vec::new(),
        }
    }
}

/// Parses a path such as `stages[2].touchpoints[1].owner`.
fn segments(path: &str) -> Vec<PathSegment> {
    let parts = path.split(['.', '[']).filter(|part| !part.is_empty());
    let segment = |part: &str| match part.strip_suffix(']').map(str::parse) {
        Some(Ok(index)) => PathSegment::Index(index),
        _ => PathSegment::Field(part.to_owned()),
    };
    parts.map(segment).collect()
}

/// Position of the value at the end of a path such as
/// `stages[2].touchpoints[1].owner`, counted from 0; an entry of a `{…}` goes by
/// its key. Where the path leads beyond the text, of the innermost value on it.
/// `None` for a text without values.
///
/// Goes through the whole text; for many paths use [`SourceMap`].
pub fn locate(text: &str, path: &str) -> Option<Position> {
    SourceMap::of(text).locate(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_equal_those_counted_from_the_start() {
        let text = format!("(title: \"{}\",\n\n é: [1],\n)\n", "ü€x".repeat(STRIDE));
        let map = SourceMap::of(&text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(map.position(offset), Position::of(&text, offset));
        }
    }
}
