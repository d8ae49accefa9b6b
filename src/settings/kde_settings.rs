//! Desktop settings that are stored in a file of the desktop environment.
//!
//! Must not know: how the program uses the settings.

use etcetera::base_strategy::{BaseStrategy as _, Xdg};

/// Reads the KDE setting that disables animations; `None` if it is not set or KDE is
/// not the current desktop. Reads a file: not to be called while a frame is drawn.
pub fn kde_animations_disabled() -> Option<bool> {
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    if !desktop.split(':').any(|name| name == "KDE") {
        return None;
    }
    let folder = Xdg::new().ok()?.config_dir();
    let text = std::fs::read_to_string(folder.join("kdeglobals")).ok()?;
    animation_factor(&text).map(|factor| factor <= 0.0)
}

/// Returns KDE's factor for the duration of animations; 1 is the default.
fn animation_factor(kdeglobals: &str) -> Option<f64> {
    let mut lines = kdeglobals.lines().map(str::trim);
    lines.find(|line| *line == "[KDE]")?;
    lines
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == "AnimationDurationFactor")
        .and_then(|(_, value)| value.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn animation_factor_is_read_from_its_group_only() {
        let text = "[General]\nAnimationDurationFactor=3\n\n[KDE]\nSingleClick=false\n\
                    AnimationDurationFactor = 0\n[Icons]\nTheme=breeze\n";
        assert_eq!(animation_factor(text), Some(0.0));
        assert_eq!(
            animation_factor("[KDE]\r\nAnimationDurationFactor=0.5\r\n"),
            Some(0.5)
        );
        assert_eq!(
            animation_factor("[KDE]\n[Icons]\nAnimationDurationFactor=0\n"),
            None
        );
        assert_eq!(
            animation_factor("[KDE]\nAnimationDurationFactor=fast\n"),
            None
        );
        assert_eq!(animation_factor("AnimationDurationFactor=0\n"), None);
        assert_eq!(animation_factor(""), None);
    }
}
