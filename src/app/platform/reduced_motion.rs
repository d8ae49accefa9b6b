//! Query of the system's reduced-motion setting, on a thread, so that a desktop that
//! does not answer delays nothing.
//!
//! On Linux and the BSDs the settings portal of the desktop and KDE's file are read; on
//! other systems the setting is unknown.
//!
//! Must not know: what is animated.

use crate::task::Task;
use egui::Context;

/// State of the query.
#[derive(Default)]
pub struct MotionQuery {
    /// Whether the window had the focus in the last frame; a setting may have changed
    /// while it had not.
    had_focus: bool,
    response: Option<Task<Option<bool>>>,
}

impl MotionQuery {
    /// Starts a query when the window gets the focus and stores the answer in `known`;
    /// `None` if the system has no such setting.
    pub fn poll(&mut self, ctx: &Context, known: &mut Option<bool>) {
        if let Some(Ok(answer)) = Task::poll_slot(&mut self.response) {
            *known = answer;
        }
        let here = ctx.input(|input| input.focused);
        let came = here && !std::mem::replace(&mut self.had_focus, here);
        if came && self.response.is_none() {
            let ctx = ctx.clone();
            let wake = move || ctx.request_repaint();
            let query = |_: &_| system::prefers_reduced_motion();
            self.response = Some(Task::spawn("motion", wake, query));
        }
    }
}

#[cfg(any(
    target_os = "linux",
    target_os = "dragonfly",
    target_os = "freebsd",
    target_os = "openbsd",
    target_os = "netbsd"
))]
mod system {
    use std::time::Duration;
    use zbus::Connection;
    use zbus::connection::Builder;
    use zbus::zvariant::{OwnedValue, Value};

    /// Time limit for an answer of the desktop.
    const PORTAL_TIMEOUT: Duration = Duration::from_secs(3);

    /// Settings about motion in the portals of all desktops, GNOME and KDE.
    const SETTINGS: [(&str, &str); 3] = [
        ("org.freedesktop.appearance", "reduced-motion"),
        ("org.gnome.desktop.interface", "enable-animations"),
        ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"),
    ];

    /// Returns `Some(true)` if any setting asks for reduced motion; `None` if there is
    /// no setting.
    pub fn prefers_reduced_motion() -> Option<bool> {
        let portal = async_io::block_on(portal_settings()).unwrap_or_default();
        let file = crate::settings::kde_animations_disabled();
        portal.into_iter().chain(file).reduce(|any, one| any || one)
    }

    async fn portal_settings() -> zbus::Result<Vec<bool>> {
        let bus = Builder::session()?
            .method_timeout(PORTAL_TIMEOUT)
            .build()
            .await?;
        let mut said = Vec::new();
        for (group, name) in SETTINGS {
            if let Ok(value) = read_setting(&bus, group, name).await {
                said.extend(means_reduced_motion(name, &value));
            }
        }
        Ok(said)
    }

    async fn read_setting(bus: &Connection, group: &str, name: &str) -> zbus::Result<OwnedValue> {
        let portal = "org.freedesktop.portal.Desktop";
        let settings = "org.freedesktop.portal.Settings";
        let path = "/org/freedesktop/portal/desktop";
        let which = (group, name);
        let reply = bus.call_method(Some(portal), path, Some(settings), "Read", &which);
        reply.await?.body().deserialize()
    }

    /// Interprets a setting; `None` if its value is not understood.
    pub(crate) fn means_reduced_motion(name: &str, value: &Value<'_>) -> Option<bool> {
        match (name, value) {
            // Portals wrap the value once more than needed.
            (_, Value::Value(inner)) => means_reduced_motion(name, inner),
            ("reduced-motion", Value::U32(wish)) => Some(*wish == 1),
            ("enable-animations", Value::Bool(on)) => Some(!on),
            ("AnimationDurationFactor", Value::F64(factor)) => Some(*factor <= 0.0),
            ("AnimationDurationFactor", Value::Str(factor)) => {
                let factor: f64 = factor.trim().parse().ok()?;
                Some(factor <= 0.0)
            }
            _ => None,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn settings_of_all_desktops_are_understood() {
            let boxed = Value::Value(Box::new(Value::Value(Box::new(Value::Bool(false)))));
            assert_eq!(
                means_reduced_motion("enable-animations", &boxed),
                Some(true)
            );
            assert_eq!(
                means_reduced_motion("enable-animations", &Value::Bool(true)),
                Some(false)
            );
            assert_eq!(
                means_reduced_motion("reduced-motion", &Value::U32(1)),
                Some(true)
            );
            assert_eq!(
                means_reduced_motion("reduced-motion", &Value::U32(0)),
                Some(false)
            );
            let factor = |text: &'static str| {
                means_reduced_motion("AnimationDurationFactor", &Value::from(text))
            };
            assert_eq!(factor("0"), Some(true));
            assert_eq!(factor("0.5"), Some(false));
            assert_eq!(factor("slow"), None);
            assert_eq!(
                means_reduced_motion("enable-animations", &Value::U32(7)),
                None
            );
        }
    }
}

#[cfg(not(any(
    target_os = "linux",
    target_os = "dragonfly",
    target_os = "freebsd",
    target_os = "openbsd",
    target_os = "netbsd"
)))]
mod system {
    /// Returns `None`: there is no query on this system.
    pub fn prefers_reduced_motion() -> Option<bool> {
        None
    }
}
