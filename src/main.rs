//! The program: its command line, and through it the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    touchline::cli::run(std::env::args_os(), None)
}
