//! Paths as file managers hand them over: `file:` URIs.
//!
//! Must not know: what a path is for.

use super::presence::host_name;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Returns the path of a `file:` URI on this machine (RFC 8089); any other text is a path already.
pub fn path_from_uri(text: &OsStr) -> PathBuf {
    let path = text.to_str().and_then(uri_path);
    path.map_or_else(|| text.into(), decoded)
}

/// Returns the `file:` URI of a path (RFC 8089), which programs on this machine open.
pub fn uri_from_path(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = "file://".to_owned();
    // A drive has no slash before it.
    if !path.as_os_str().as_encoded_bytes().starts_with(b"/") {
        uri.push('/');
    }
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b':' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

/// The part of a `file:` URI that is an absolute path, still encoded.
fn uri_path(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_at_checked("file:".len())?;
    if !scheme.eq_ignore_ascii_case("file:") || !rest.starts_with('/') {
        return None;
    }
    let Some(authority) = rest.strip_prefix("//") else {
        return Some(rest);
    };
    let (host, path) = authority.split_at(authority.find('/')?);
    let is_here = host.is_empty() || host == "localhost" || host == host_name();
    is_here.then_some(path)
}

/// The bytes of a text in which `%20` stands for a space; other percent signs stand for themselves.
fn percent_decoded(text: &str) -> Vec<u8> {
    let mut rest = text.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let [first, after @ ..] = rest {
        let digit = |at: usize| char::from(*after.get(at)?).to_digit(16);
        let code = digit(0).zip(digit(1)).filter(|_| *first == b'%');
        bytes.push(code.map_or(*first, |(high, low)| (high << 4 | low) as u8));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    bytes
}

#[cfg(unix)]
fn decoded(path: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    std::ffi::OsString::from_vec(percent_decoded(path)).into()
}

#[cfg(not(unix))]
fn decoded(path: &str) -> PathBuf {
    let path = percent_decoded(path);
    let path = String::from_utf8_lossy(&path);
    // `/C:/map` names a drive.
    let drive = path.strip_prefix('/').filter(|p| p[1..].starts_with(':'));
    PathBuf::from(drive.unwrap_or(&path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn path(text: &str) -> PathBuf {
        path_from_uri(OsStr::new(text))
    }

    #[test]
    fn uris_of_this_machine_are_paths_and_anything_else_stays() {
        let here = format!("file://{}/a", host_name());
        for (uri, expected) in [
            ("file:///a%20b/%C3%BC.journey.ron", "/a b/ü.journey.ron"),
            ("file://localhost/a", "/a"),
            ("FILE:/a%25%2", "/a%%2"),
            (&here, "/a"),
        ] {
            assert_eq!(path(uri), PathBuf::from(expected), "{uri}");
        }
        for other in [
            "file://elsewhere/a",
            "file:a",
            "file:",
            "file://",
            "/file:///a",
            "a%20b",
            "",
        ] {
            assert_eq!(path(other), PathBuf::from(other));
        }
    }

    proptest! {
        #[test]
        fn any_absolute_path_is_found_again(name in ".{0,20}") {
            let uri = format!("file:///{}", utf8_percent_encode(&name, NON_ALPHANUMERIC));
            prop_assert_eq!(path(&uri), PathBuf::from(format!("/{name}")));
            let absolute = PathBuf::from(format!("/{}", name.replace(['/', '\0'], "-")));
            prop_assert_eq!(path(&uri_from_path(&absolute)), absolute);
        }
    }
}
