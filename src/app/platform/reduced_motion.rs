//! Whether the system wants things to stand still: asked beside the window, so
//! that a desktop that does not answer holds nobody up.
//!
//! On Linux and the BSDs the desktop's settings portal is asked, and KDE's file
//! is read; elsewhere nobody is asked. Must not know: what shall move.

use egui::Context;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// The question to the system, and its last answer.
#[derive(Default)]
pub struct Asking {
    /// The window had the focus before: whoever comes back may have changed a setting.
    here: bool,
    answer: Option<Receiver<Option<bool>>>,
}

impl Asking {
    /// Asks when the window gets the focus, and takes the answer into `known`;
    /// `None` where the system does not say.
    pub fn keep_up(&mut self, ctx: &Context, known: &mut Option<bool>) {
        if let Some(answer) = &self.answer {
            match answer.try_recv() {
                Ok(said) => (self.answer, *known) = (None, said),
                Err(TryRecvError::Disconnected) => self.answer = None,
                Err(TryRecvError::Empty) => {}
            }
        }
        let here = ctx.input(|input| input.focused);
        let came = here && !std::mem::replace(&mut self.here, here);
        if came && self.answer.is_none() {
            self.answer = ask(ctx);
        }
    }
}

/// Asks on a thread of its own; it wakes the window when there is an answer.
fn ask(ctx: &Context) -> Option<Receiver<Option<bool>>> {
    let (say, answer) = channel();
    let ctx = ctx.clone();
    let work = move || {
        // Fails only where the window is gone.
        let _ = say.send(system::wants_stillness());
        ctx.request_repaint();
    };
    let thread = std::thread::Builder::new().name("motion".to_owned());
    thread.spawn(work).ok().map(|_| answer)
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

    /// How long the desktop has for an answer.
    const PATIENCE: Duration = Duration::from_secs(3);

    /// Settings that may say it, from the portal of any desktop, GNOME's and KDE's.
    const SETTINGS: [(&str, &str); 3] = [
        ("org.freedesktop.appearance", "reduced-motion"),
        ("org.gnome.desktop.interface", "enable-animations"),
        ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"),
    ];

    /// Still where any of the settings says so; `None` where none is there.
    pub fn wants_stillness() -> Option<bool> {
        let portal = async_io::block_on(asked()).unwrap_or_default();
        let file = crate::settings::kde_is_still();
        portal.into_iter().chain(file).reduce(|any, one| any || one)
    }

    async fn asked() -> zbus::Result<Vec<bool>> {
        let bus = Builder::session()?.method_timeout(PATIENCE).build().await?;
        let mut said = Vec::new();
        for (group, name) in SETTINGS {
            if let Ok(value) = read(&bus, group, name).await {
                said.extend(still(name, &value));
            }
        }
        Ok(said)
    }

    async fn read(bus: &Connection, group: &str, name: &str) -> zbus::Result<OwnedValue> {
        let portal = "org.freedesktop.portal.Desktop";
        let settings = "org.freedesktop.portal.Settings";
        let path = "/org/freedesktop/portal/desktop";
        let which = (group, name);
        let reply = bus.call_method(Some(portal), path, Some(settings), "Read", &which);
        reply.await?.body().deserialize()
    }

    /// What a setting of this name means.
    pub(crate) fn still(name: &str, value: &Value<'_>) -> Option<bool> {
        match (name, value) {
            // Portals put the value into one more box than needed.
            (_, Value::Value(inner)) => still(name, inner),
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
            assert_eq!(still("enable-animations", &boxed), Some(true));
            assert_eq!(still("enable-animations", &Value::Bool(true)), Some(false));
            assert_eq!(still("reduced-motion", &Value::U32(1)), Some(true));
            assert_eq!(still("reduced-motion", &Value::U32(0)), Some(false));
            let factor = |text: &'static str| still("AnimationDurationFactor", &Value::from(text));
            assert_eq!(factor("0"), Some(true));
            assert_eq!(factor("0.5"), Some(false));
            assert_eq!(factor("slow"), None);
            assert_eq!(still("enable-animations", &Value::U32(7)), None);
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
    /// Nobody is asked.
    pub fn wants_stillness() -> Option<bool> {
        None
    }
}
