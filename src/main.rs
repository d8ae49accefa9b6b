//! The program: its command line, and through it the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(feature = "gui")]
    let window: Option<touchline::cli::RunWindow> =
        Some(|files| touchline::app::run(files.to_vec()).map_err(|missing| missing.to_string()));
    #[cfg(not(feature = "gui"))]
    let window = None;
    touchline::cli::run(std::env::args_os(), window)
}
