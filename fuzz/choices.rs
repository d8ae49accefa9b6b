//! Random choices read from the bytes of an input: every input is valid, and a
//! change of a byte is a change of one choice.
//!
//! Must not know: maps.

/// Reads choices from bytes; zeros follow the last one.
pub struct Choices<'b> {
    bytes: std::slice::Iter<'b, u8>,
}

impl<'b> Choices<'b> {
    pub fn new(bytes: &'b [u8]) -> Choices<'b> {
        Choices {
            bytes: bytes.iter(),
        }
    }

    /// Whether all bytes are used up.
    pub fn is_done(&self) -> bool {
        self.bytes.as_slice().is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        self.bytes.next().copied().unwrap_or(0)
    }

    pub fn number(&mut self) -> u32 {
        u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    /// A number below `n`; 0 if there is none.
    pub fn below(&mut self, n: usize) -> usize {
        if n > 256 {
            return self.number() as usize % n;
        }
        usize::from(self.byte()) % n.max(1)
    }

    /// `true` once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    pub fn pick<'t, T>(&mut self, all: &'t [T]) -> Option<&'t T> {
        if all.is_empty() {
            return None;
        }
        all.get(self.below(all.len()))
    }

    pub fn copied<T: Copy + Default>(&mut self, all: &[T]) -> T {
        self.pick(all).copied().unwrap_or_default()
    }

    pub fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (!self.one_in(3)).then(|| value(self))
    }

    /// A list of few values.
    pub fn list<T>(&mut self, mut value: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = self.copied(&[0, 0, 1, 1, 2, 3]);
        (0..length).map(|_| value(self)).collect()
    }

    /// A text: usual, empty, or one that a writer or reader may trip over.
    pub fn text(&mut self) -> String {
        const TEXTS: [&str; 32] = [
            "",
            "",
            "a",
            "Pays the deposit",
            "Übergabe an die Sachbearbeitung",
            "Büro",
            "Bu\u{308}ro",
            " ",
            "\n",
            "\r\n",
            "two\nlines\n",
            "\t",
            "\"quoted\"",
            "back\\slash\\",
            "r#\"raw\"#",
            "// no comment",
            "/* open",
            "(name: \"x\")",
            "Some(\"x\")",
            "None",
            "\u{0}",
            "\u{7f}\u{85}\u{1b}[31m",
            "\u{200e}\u{200f}\u{202e}\u{2066}",
            "\u{2028}\u{2029}\u{feff}",
            "\u{1F469}\u{200d}\u{1F4BB}\u{0301}",
            "\u{fffd}\u{10ffff}\u{ffff}",
            "feelings",
            "Zm9vYmFy",
            "3.5 of 5",
            "https://a.example/b?c=1",
            "2026-05-01",
            "1",
        ];
        match self.byte() {
            0..=179 => self.copied(&TEXTS).to_owned(),
            180..=189 => self.copied(&TEXTS).repeat(40),
            190..=219 => self.copied(&TEXTS).to_owned() + self.copied(&TEXTS),
            220..=239 => char::from_u32(self.number() % 0x11_0000)
                .unwrap_or('\u{fffd}')
                .to_string(),
            _ => format!("text {}", self.byte()),
        }
    }
}
