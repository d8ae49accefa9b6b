//! The screen that shows the map, chosen by name, and screens that come and go.
//!
//! Must not know: the map, routes, keys.

use super::speaker_window::SpeakerWindow;
use crate::app::platform::monitors::Monitor;
use crate::english::quoted;
use egui::{Context, ViewportCommand, ViewportId};

/// The screens, and the one that shows the map.
#[derive(Default)]
pub(super) struct Wall {
    /// The screens, as last seen.
    pub monitors: Vec<Monitor>,
    /// Name of the screen that shows the map.
    pub name: Option<String>,
}

impl Wall {
    /// Takes note of the screens. When they are first known, change, or another one is preferred,
    /// the map goes to the preferred screen, else to one without the window. Returns a message if
    /// the screen with the map is gone.
    pub fn update(
        &mut self,
        ctx: &Context,
        monitors: Vec<Monitor>,
        preferred: &Option<String>,
        speaker: &mut SpeakerWindow,
    ) -> Option<String> {
        let is_same = |a: &Monitor, b: &Monitor| a.name == b.name && a.rect == b.rect;
        let is_unchanged = self.monitors.len() == monitors.len()
            && self
                .monitors
                .iter()
                .zip(&monitors)
                .all(|(a, b)| is_same(a, b));
        if is_unchanged && (preferred.is_none() || self.name == *preferred) {
            return None;
        }
        let is_first = self.monitors.is_empty();
        let was_several = self.monitors.len() > 1;
        self.monitors = monitors;
        let former = self.name.take();
        let chosen = choose(&self.monitors, preferred.as_deref(), former.as_deref())?;
        let monitor = &self.monitors[chosen];
        self.name = Some(monitor.name.clone());
        ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::SetMonitor(chosen));
        let several = self.monitors.len() > 1;
        if several != was_several || is_first {
            speaker.is_open = several;
        }
        let others = self.monitors.iter().enumerate();
        let mut others = others.filter(|(at, _)| *at != chosen);
        speaker.place = others.next().map(|(_, monitor)| monitor.rect);
        let gone = former.filter(|name| self.monitors.iter().all(|m| m.name != *name))?;
        Some(format!(
            "The screen {} is gone. The map goes on here.",
            quoted(&gone)
        ))
    }
}

/// Index of the screen for the map: the preferred one, else the one that shows it already, else
/// the first on which the window is not, else the first.
fn choose(monitors: &[Monitor], preferred: Option<&str>, former: Option<&str>) -> Option<usize> {
    let named = |name: Option<&str>| monitors.iter().position(|m| Some(m.name.as_str()) == name);
    let found = named(preferred).or_else(|| named(former));
    let found = found.or_else(|| monitors.iter().position(|monitor| !monitor.has_window));
    found.or((!monitors.is_empty()).then_some(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Pos2, Rect, vec2};

    fn monitor(name: &str, has_window: bool) -> Monitor {
        Monitor {
            name: name.to_owned(),
            rect: Rect::from_min_size(Pos2::ZERO, vec2(100.0, 100.0)),
            has_window,
        }
    }

    #[test]
    fn the_map_goes_to_the_named_screen_or_to_one_without_the_window() {
        let two = [monitor("laptop", true), monitor("wall", false)];
        assert_eq!(choose(&two, None, None), Some(1));
        assert_eq!(choose(&two, Some("laptop"), Some("wall")), Some(0));
        assert_eq!(choose(&two, Some("gone"), Some("wall")), Some(1));
        assert_eq!(choose(&two[..1], Some("wall"), Some("wall")), Some(0));
        assert_eq!(choose(&[], Some("wall"), None), None);
    }

    #[test]
    fn an_unplugged_screen_is_reported_and_ends_the_speaker_window() {
        let ctx = Context::default();
        let mut speaker = SpeakerWindow::new(&ctx);
        let mut wall = Wall::default();
        let two = || vec![monitor("laptop", true), monitor("wall", false)];
        assert_eq!(wall.update(&ctx, two(), &None, &mut speaker), None);
        assert_eq!(wall.name.as_deref(), Some("wall"));
        assert!(speaker.is_open);
        let one = vec![monitor("laptop", false)];
        let said = wall.update(&ctx, one, &None, &mut speaker).unwrap();
        assert!(said.contains("“wall” is gone"), "{said}");
        assert_eq!(wall.name.as_deref(), Some("laptop"));
        assert!(!speaker.is_open);
        // Plugged in again, the map stays where it is unless the screen was chosen by name.
        wall.update(&ctx, two(), &Some("wall".to_owned()), &mut speaker);
        assert_eq!(wall.name.as_deref(), Some("wall"));
        assert!(speaker.is_open);
    }
}
