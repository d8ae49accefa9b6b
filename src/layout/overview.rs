//! Names for overview zoom: those of one kind have one size, the largest at which all of them fit,
//! so that either all of them can be read or none.
//!
//! Must not know: colours, the scene.

use super::text_block::{TextBlock, TextContext, TextRole};
use crate::theme::size;

/// A name with its role, and the width and height of its room.
type NameInRoom<'a> = ((&'a str, TextRole), (f32, f32));

impl TextContext<'_> {
    /// The size of overview names in a level: 0 is the largest.
    pub fn overview_size(&self, level: usize) -> f32 {
        let sizes = &self.sizes.overview_names;
        sizes[level.min(sizes.len() - 1)]
    }

    /// The first level from `level` on at which a name fits into a width and height with no word
    /// hyphenated; else the last.
    pub fn overview_level(&mut self, mut level: usize, name: &str, room: (f32, f32)) -> usize {
        let last = self.sizes.overview_names.len() - 1;
        while level < last && !self.fits(level, name, room) {
            level += 1;
        }
        level
    }

    fn fits(&mut self, level: usize, name: &str, (width, height): (f32, f32)) -> bool {
        let block = self.overview_block(level, name, TextRole::Normal, width);
        fits(&block, height)
    }

    /// Names, each with its role and the width and height of its room, in the first level at which
    /// all of them fit; else in the last.
    pub fn overview_blocks(&mut self, names: &[NameInRoom<'_>]) -> Vec<TextBlock> {
        let last = self.sizes.overview_names.len() - 1;
        let mut level = 0;
        let mut blocks: Vec<(usize, TextBlock)> = Vec::with_capacity(names.len());
        for &((name, role), (width, height)) in names {
            let mut block = self.overview_block(level, name, role, width);
            while level < last && !fits(&block, height) {
                level += 1;
                block = self.overview_block(level, name, role, width);
            }
            blocks.push((level, block));
        }
        // Few were broken into lines before the one that needs the smallest size.
        let all = blocks.into_iter().zip(names);
        all.map(
            |((at, block), ((name, role), (width, _)))| match at == level {
                true => block,
                false => self.overview_block(level, name, *role, *width),
            },
        )
        .collect()
    }

    /// A name in the size of a level.
    pub fn overview_block(
        &mut self,
        level: usize,
        name: &str,
        role: TextRole,
        width: f32,
    ) -> TextBlock {
        let style = size::bold(self.overview_size(level));
        TextBlock::new(name, style, role, width, self.measure)
    }
}

/// Whether a name is at most so high, with no word hyphenated.
fn fits(block: &TextBlock, height: f32) -> bool {
    block.height() <= height && !block.is_hyphenated()
}
