//! A room in which a map is shown, and the smallest letters that can be read in it.
//!
//! Must not know: maps, drawing, windows.

use serde::{Deserialize, Serialize};

/// Height of a picture divided by the height of its smallest readable element, times the number of
/// picture heights to the farthest viewer: DISCAS for basic decision making, AVIXA V202.01:2016
/// (element height in per cent of the picture height = distance of the farthest viewer ÷ (picture
/// height × 200) × 100, so 4 % at eight picture heights). The element is taken as the height of a
/// capital.
const ACUITY: f64 = 200.0;

/// A room: the height of the picture in it and the distance of the farthest seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Height of the picture, in centimetres.
    height: u16,
    /// Distance of the farthest seat, in centimetres.
    distance: u16,
}

impl Default for Room {
    /// A meeting room: a picture of 1.5 m, and the last row at 6 m.
    fn default() -> Room {
        Room {
            height: 150,
            distance: 600,
        }
    }
}

impl Room {
    /// Lengths that a room may have, in metres.
    pub const LENGTHS: std::ops::RangeInclusive<f64> = 0.1..=100.0;

    /// A room with a picture of this height and the farthest seat at this distance, in metres.
    /// `None` if a length is outside of [`Room::LENGTHS`].
    pub fn new(picture_height: f64, farthest: f64) -> Option<Room> {
        let is_valid = |length: f64| Room::LENGTHS.contains(&length);
        let centimeters = |length: f64| (length * 100.0).round() as u16;
        (is_valid(picture_height) && is_valid(farthest)).then_some(Room {
            height: centimeters(picture_height),
            distance: centimeters(farthest),
        })
    }

    /// The room with lengths within [`Room::LENGTHS`].
    #[must_use]
    pub fn sanitized(self) -> Room {
        Room::new(self.picture_height(), self.farthest()).unwrap_or_default()
    }

    /// Height of the picture, in metres.
    pub fn picture_height(self) -> f64 {
        f64::from(self.height) / 100.0
    }

    /// Distance of the farthest seat, in metres.
    pub fn farthest(self) -> f64 {
        f64::from(self.distance) / 100.0
    }

    /// The smallest capital that is readable from the farthest seat, as a share of the height of
    /// the picture.
    pub fn smallest_capital(self) -> f64 {
        self.farthest() / (self.picture_height() * ACUITY)
    }

    /// Parses a room such as `2m,10m`: the height of the picture and the distance of the farthest
    /// seat, in m, cm or ft; without a unit in metres.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse(text: &str) -> Result<Room, String> {
        let expected = || {
            "expected the height of the picture and the distance of the farthest seat, each from \
             0.1 to 100 metres, such as 2m,10m"
                .to_owned()
        };
        let (height, farthest) = text.split_once(',').ok_or_else(expected)?;
        let lengths = length(height).zip(length(farthest));
        lengths
            .and_then(|(height, farthest)| Room::new(height, farthest))
            .ok_or_else(expected)
    }
}

impl std::fmt::Display for Room {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (height, farthest) = (self.picture_height(), self.farthest());
        write!(f, "a picture {height} m high seen from {farthest} m")
    }
}

/// Parses a length to metres.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(char::is_alphabetic).unwrap_or(text.len()));
    let meters = match unit.to_ascii_lowercase().as_str() {
        "" | "m" => 1.0,
        "cm" => 0.01,
        "ft" => 0.3048,
        _ => return None,
    };
    Some(number.trim().parse::<f64>().ok()? * meters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_four_per_cent_at_eight_picture_heights() {
        for (height, farthest, share) in [(1.0, 8.0, 0.04), (2.0, 10.0, 0.025), (1.5, 6.0, 0.02)] {
            let room = Room::new(height, farthest).unwrap();
            assert!((room.smallest_capital() - share).abs() < 1e-12);
        }
        assert_eq!(Room::default(), Room::new(1.5, 6.0).unwrap());
    }

    #[test]
    fn rooms_are_parsed_with_units() {
        let room = Room::new(2.0, 10.0);
        for text in ["2m,10m", "2,10", " 2 m , 10 m", "200cm,1000CM"] {
            assert_eq!(Room::parse(text).ok(), room, "{text}");
        }
        let feet = Room::parse("6ft,30ft").unwrap();
        assert!((feet.farthest() - 9.14).abs() < 1e-9);
        for text in [
            "", "2m", "2m,10km", "0,10", "2,NaN", "-2,10", "2,10,3", "2,1e9",
        ] {
            let said = Room::parse(text).unwrap_err();
            assert!(said.contains("such as 2m,10m"), "{text}");
        }
    }
}
