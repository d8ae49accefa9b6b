//! The way back from a place in the content to a place in the text.
//!
//! Works with a stack of its own, so that no nesting can overflow the program's.

use super::error::{Position, characters};
use super::limit;
use super::tokens::{Kind, Tokens};

/// One step from a record or list to something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A field of a record.
    Field(String),
    /// An item of a list, or an entry of a `{…}`, from 0.
    Index(usize),
}

#[derive(Debug)]
struct Node {
    key: Option<(usize, usize)>,
    start: usize,
    end: usize,
    inside: Vec<Node>,
}

/// Where everything stands in a text. Costs a pass and memory for each value:
/// made only when there is something to report.
pub struct Places<'a> {
    text: &'a str,
    root: Option<Node>,
    line_starts: Vec<usize>,
    /// How many characters begin before each [`STRIDE`] bytes: no line is so long
    /// that its columns take long to count.
    characters: Vec<usize>,
}

const STRIDE: usize = 1024;

impl<'a> Places<'a> {
    /// Goes through the whole text, or as far as its brackets and quotes are whole.
    pub fn of(text: &'a str) -> Places<'a> {
        let mut line_starts = vec![0];
        line_starts.extend(
            text.bytes()
                .enumerate()
                .filter(|(_, b)| *b == b'\n')
                .map(|(at, _)| at + 1),
        );
        let mut count = 0;
        let mut marks = vec![0];
        marks.extend(text.as_bytes().chunks(STRIDE).map(|chunk| {
            count += characters(chunk);
            count
        }));
        Places {
            text,
            root: tree(text),
            line_starts,
            characters: marks,
        }
    }

    /// The line and column of a byte.
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

    /// Like [`locate`].
    pub fn locate(&self, path: &str) -> Option<Position> {
        self.find(&steps(path))
    }

    /// Where the value at the end of a path begins; where the path goes on
    /// beyond what the text holds, the innermost thing it holds.
    pub(super) fn find(&self, path: &[Step]) -> Option<Position> {
        let mut node = self.root.as_ref()?;
        for step in path {
            let next = match step {
                Step::Index(index) => node.inside.get(*index),
                Step::Field(name) => node.inside.iter().find(|n| {
                    n.key.is_some_and(|(start, end)| {
                        let key = &self.text[start..end];
                        let key = key.strip_prefix("r#").unwrap_or(key);
                        key.trim_matches('"') == name
                    })
                }),
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        let key_names_it = matches!(path.last(), Some(Step::Index(_)));
        let start = match node.key {
            Some((key, _)) if key_names_it => key,
            _ => node.start,
        };
        Some(self.position(start))
    }

    /// The path to the innermost value that covers a byte.
    pub(super) fn path_at(&self, offset: usize) -> Vec<Step> {
        let mut path = Vec::new();
        let mut node = self.root.as_ref();
        while let Some(outer) = node {
            let place = outer.inside.partition_point(|n| n.start <= offset);
            let inner = place.checked_sub(1).and_then(|at| {
                let inner = &outer.inside[at];
                (offset < inner.end).then_some((at, inner))
            });
            node = inner.map(|(at, inner)| {
                path.push(match inner.key {
                    Some((start, end)) => {
                        let key = &self.text[start..end];
                        Step::Field(key.strip_prefix("r#").unwrap_or(key).to_owned())
                    }
                    None => Step::Index(at),
                });
                inner
            });
            if inner.is_some_and(|(_, inner)| inner.start == offset) {
                break;
            }
        }
        path
    }
}

fn tree(text: &str) -> Option<Node> {
    struct Frame {
        node: Node,
        key: Option<(usize, usize)>,
        value: Option<Node>,
    }
    impl Frame {
        fn finish_value(&mut self) {
            let key = self.key.take();
            if let Some(mut value) = self.value.take() {
                value.key = key;
                self.node.inside.push(value);
            }
        }
    }
    let frame = |start| Frame {
        node: Node {
            key: None,
            start,
            end: start,
            inside: Vec::new(),
        },
        key: None,
        value: None,
    };
    let mut stack = vec![frame(0)];
    let mut tokens = Tokens::new(text);
    while let Ok(Some(token)) = tokens.next() {
        let depth = stack.len();
        let Some(top) = stack.last_mut() else { break };
        match token.kind {
            Kind::Open if depth > limit::DEPTH => break,
            Kind::Open => stack.push(frame(token.start)),
            Kind::Close if depth > 1 => {
                if let Some(mut done) = stack.pop() {
                    done.finish_value();
                    done.node.end = token.end;
                    if let Some(top) = stack.last_mut() {
                        top.value = Some(done.node);
                    }
                }
            }
            Kind::Close => break,
            Kind::Comma => top.finish_value(),
            Kind::Colon => top.key = top.value.take().map(|v| (v.start, v.end)),
            Kind::End => {}
            Kind::Word | Kind::Text | Kind::Other => match &mut top.value {
                Some(value) => value.end = token.end,
                None => {
                    top.value = Some(Node {
                        key: None,
                        start: token.start,
                        end: token.end,
                        inside: Vec::new(),
                    });
                }
            },
        }
    }
    // What is left open by a broken text ends with it.
    while let Some(mut done) = stack.pop() {
        done.finish_value();
        done.node.end = text.len();
        match stack.last_mut() {
            Some(top) => top.value = Some(done.node),
            None => return done.node.inside.into_iter().find(|n| !n.inside.is_empty()),
        }
    }
    None
}

/// A path as people write it: `stages[2].touchpoints[1].owner`.
fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split(['.', '[']).filter(|part| !part.is_empty()) {
        steps.push(match part.strip_suffix(']').map(str::parse) {
            Some(Ok(index)) => Step::Index(index),
            _ => Step::Field(part.to_owned()),
        });
    }
    steps
}

/// The line and column of the value at the end of a path such as
/// `stages[2].touchpoints[1].owner`, counted from 0; an entry of a `{…}` goes by
/// its key. Where the path leads beyond what the text
/// holds, of the innermost thing it holds. `None` for a text that holds nothing.
///
/// Goes through the whole text; for many paths use [`Places`].
pub fn locate(text: &str, path: &str) -> Option<Position> {
    Places::of(text).locate(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_that_counting_from_the_start_finds() {
        let text = format!("(title: \"{}\",\n\n é: [1],\n)\n", "ü€x".repeat(STRIDE));
        let places = Places::of(&text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(places.position(offset), Position::of(&text, offset));
        }
    }
}
