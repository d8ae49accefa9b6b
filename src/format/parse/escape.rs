//! Escapes in texts.

/// A text with its escapes resolved, or the byte of the backslash that makes no sense.
pub(super) fn unescape(text: &str) -> Result<String, usize> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let wrong = text.len() - rest.len() + at;
        let mut chars = rest[at + 1..].chars();
        let c = chars.next().ok_or(wrong)?;
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            '0' => out.push('\0'),
            '"' | '\'' | '\\' => out.push(c),
            // A line that goes on in the next.
            '\n' => {
                rest = chars.as_str().trim_start();
                continue;
            }
            'x' | 'u' => {
                let tail = chars.as_str();
                let (digits, after) = if c == 'x' {
                    (tail.get(..2), tail.get(2..))
                } else {
                    let inner = tail.strip_prefix('{').and_then(|t| t.split_once('}'));
                    (inner.map(|i| i.0), inner.map(|i| i.1))
                };
                let digits = digits
                    .filter(|d| {
                        (1..=6).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_hexdigit())
                    })
                    .ok_or(wrong)?;
                let code = u32::from_str_radix(digits, 16).map_err(|_| wrong)?;
                let ascii_only = c == 'u' || code < 0x80;
                let c = char::from_u32(code).filter(|_| ascii_only).ok_or(wrong)?;
                out.push(c);
                rest = after.ok_or(wrong)?;
                continue;
            }
            _ => return Err(wrong),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Ok(out)
}
