//! The scale factor of the window: values with which no window can be used are left out.
//!
//! Must not know: the size of texts in the preferences.

use std::cell::Cell;
use std::ops::RangeInclusive;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;

/// Variable from which winit reads the scale factor on X11; it panics if that is no number.
const VARIABLE: &str = "WINIT_X11_SCALE_FACTOR";

/// Variable that tells a new start which value was left out.
const REFUSED: &str = "TOUCHLINE_REFUSED_SCALE_FACTOR";

/// Scale factors with which a window can be used.
const USABLE: RangeInclusive<f64> = 0.5..=6.0;

/// Value of [`REFUSED`] if the scale factor is one that the system states, such as `Xft.dpi`.
const OF_SYSTEM: &str = "Xft.dpi";

/// Returns a sentence if the scale factor in the environment or that of the system was left out.
/// The environment of a running program cannot be changed safely, so the program starts anew
/// without it.
pub(crate) fn check() -> Option<String> {
    if let Some(value) = std::env::var(VARIABLE).ok().filter(|v| !is_usable(v)) {
        start_anew(&value, None);
    }
    let value = std::env::var(REFUSED).ok()?;
    if value == OF_SYSTEM {
        let message = "The scale factor of the system (Xft.dpi) cannot be used, so the usual one is: set it to 96 for a scale of 1.";
        return Some(message.to_owned());
    }
    let value: String = value.escape_debug().take(40).collect();
    let (least, most) = (USABLE.start(), USABLE.end());
    Some(format!(
        "The scale factor “{value}” of {VARIABLE} cannot be used, so the usual one is: write a number from {least} to {most}."
    ))
}

/// Whether winit takes a value, and the window can be used with it.
fn is_usable(value: &str) -> bool {
    let number = value.parse().ok();
    value.is_empty()
        || value.eq_ignore_ascii_case("randr")
        || number.is_some_and(|number| USABLE.contains(&number))
}

/// Runs the window, which sets the flag once it is made. winit panics before that if the system
/// states a scale factor of which no window can be made; the program then starts anew with the
/// usual one.
pub(crate) fn run_window<T>(run: impl FnOnce(Rc<Cell<bool>>) -> T) -> T {
    let is_made = Rc::new(Cell::new(false));
    let flag = Rc::clone(&is_made);
    std::panic::catch_unwind(AssertUnwindSafe(|| run(flag))).unwrap_or_else(|cause| {
        if !is_made.get() && std::env::var_os(VARIABLE).is_none() {
            start_anew(OF_SYSTEM, Some("1"));
        }
        std::panic::resume_unwind(cause)
    })
}

/// Replaces this process by one with this value of the variable, or without it. Returns if that
/// fails.
#[cfg(unix)]
fn start_anew(value: &str, instead: Option<&str>) {
    use std::os::unix::process::CommandExt as _;
    if let Ok(program) = std::env::current_exe() {
        let mut command = std::process::Command::new(program);
        command.args(std::env::args_os().skip(1));
        match instead {
            Some(instead) => command.env(VARIABLE, instead),
            None => command.env_remove(VARIABLE),
        };
        // The window opens with the variable, or not at all, if this fails.
        let _ = command.env(REFUSED, value).exec();
    }
}

/// Only X11 reads the variable.
#[cfg(not(unix))]
fn start_anew(_: &str, _: Option<&str>) {}

/// Factor that makes the usual scale of one that the system gives and that cannot be used.
pub(super) fn correction(scale: f32) -> f32 {
    let scale = f64::from(scale);
    if USABLE.contains(&scale) || !scale.is_normal() {
        1.0
    } else {
        (1.0 / scale) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_factors_of_no_use_are_refused() {
        for value in ["1", "1.5", "0.5", "6", "2e0", "randr", "RANDR", ""] {
            assert!(is_usable(value), "{value}");
        }
        for value in [
            "0", "20", "99", "1000", "NaN", "inf", "-1", "1e-300", "1,5", "twice",
        ] {
            assert!(!is_usable(value), "{value}");
        }
        assert_eq!((correction(2.0), correction(20.0)), (1.0, 0.05));
        assert_eq!(correction(f32::NAN), 1.0);
    }
}
