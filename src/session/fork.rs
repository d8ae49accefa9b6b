//! Forks of a map: a future state made from the current one, which remembers it as it was then.
//!
//! The fork point is the canonical text of the other map in gzip, without the data of pictures and
//! without a fork point of its own.
//! Must not know: sessions, files, merging.

use crate::format;
use crate::model::{Date, EmbeddedData, Fork, Header, Image, Map, MapKind, Table};
use crate::storage::disk;
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use std::io::{Read as _, Write as _};

/// Returns a future state with the same records: a fork of a map in the file `file`, seen from the
/// fork, named `name` among its forks.
pub fn fork(map: &Map, file: &str, name: &str, today: Date) -> Map {
    let mut future = map.clone();
    let name = name.trim();
    let header = Header {
        title: match name {
            "" => format!("{} – future", map.header().title),
            name => format!("{} – {name}", map.header().title),
        },
        kind: MapKind::Future,
        forked_from: Some(Fork {
            file: file.to_owned(),
            name: name.to_owned(),
            date: Some(today),
        }),
        fork_point: fork_point(map),
        ..map.header().clone()
    };
    *future.header_mut() = header;
    future
}

/// Returns a map as the fork point of its forks.
pub(super) fn fork_point(map: &Map) -> EmbeddedData {
    let mut map = map.clone();
    let mut header = map.header().clone();
    header.fork_point = EmbeddedData::default();
    *map.header_mut() = header;
    replace_image_data(&mut map, |_| EmbeddedData::default());
    // Without a time, so that the same map gives the same bytes.
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    let written = encoder.write_all(format::write(&map).as_bytes());
    let bytes = written.and_then(|()| encoder.finish());
    EmbeddedData::Bytes(bytes.unwrap_or_default().into())
}

/// Returns the map that a fork was made from, with the pictures of `current` and, where that has
/// none of the id, of the fork; `None` if the fork does not know it.
pub(super) fn read_fork_point(future: &Map, current: &Map) -> Option<Map> {
    let EmbeddedData::Bytes(bytes) = &future.header().fork_point else {
        return None;
    };
    let mut text = Vec::new();
    let decoder = GzDecoder::new(bytes.as_ref());
    decoder.take(disk::MAX_BYTES).read_to_end(&mut text).ok()?;
    let mut map = format::read(&text).ok()?.map;
    replace_image_data(&mut map, |image| {
        let known = current.images().get(&image.id);
        let known = known.or_else(|| future.images().get(&image.id));
        known.map_or_else(EmbeddedData::default, |known| known.data.clone())
    });
    Some(map)
}

fn replace_image_data(map: &mut Map, data: impl Fn(&Image) -> EmbeddedData) {
    let images: Vec<Image> = map.images().iter().cloned().collect();
    for mut image in images {
        image.data = data(&image);
        Table::<Image>::replace(map, image);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::diff;
    use crate::model::arbitrary;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_fork_knows_the_map_that_it_was_made_from(map in arbitrary::map()) {
            let today = Date::constant(2026, 5, 18);
            let future = fork(&map, "now.journey.ron", "Target", today);
            prop_assert_eq!(future.header().kind, MapKind::Future);
            let mut expected = map.clone();
            expected.header_mut().fork_point = EmbeddedData::default();
            let read = read_fork_point(&future, &map).unwrap();
            prop_assert!(diff(&read, &expected).is_empty(), "{:?}", diff(&read, &expected));
            // Saved and read, it still does, and pictures come from the fork when the map has none.
            let saved = format::read(format::write(&future).as_bytes()).unwrap().map;
            let read = read_fork_point(&saved, &Map::default()).unwrap();
            prop_assert!(diff(&read, &expected).is_empty());
            prop_assert_eq!(fork_point(&map), future.header().fork_point.clone());
        }
    }

    #[test]
    fn a_fork_point_that_cannot_be_read_is_none() {
        let map = Map::with_title("T");
        let mut future = fork(&map, "now.journey.ron", "", Date::constant(2026, 5, 18));
        assert_eq!(future.header().title, "T – future");
        for bytes in [&b""[..], b"no gzip"] {
            future.header_mut().fork_point = EmbeddedData::Bytes(bytes.into());
            assert!(read_fork_point(&future, &map).is_none());
        }
        future.header_mut().fork_point = EmbeddedData::Unreadable("!".to_owned());
        assert!(read_fork_point(&future, &map).is_none());
    }
}
