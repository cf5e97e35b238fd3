//! The thin host of the window: commands in one line each, native dialogs, no logic.

pub mod arguments;
pub mod bindings;
mod commands;
mod crash;
pub mod dialog;
#[cfg(test)]
mod duties;
mod host;
mod instance;
mod placement;
mod self_test;
pub mod start;
mod window;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use jiugai_api::{Environment, Log, SystemClock};

use arguments::Asked;
use instance::Start;

pub use host::Host;

/// Where settings, backups and fonts are on this machine.
#[must_use]
pub fn environment() -> Environment {
    Environment {
        data_dir: jiugai_api::data_dir(),
        font_dir: jiugai_api::font_dir(),
        system_fonts: jiugai_api::system_font_dirs(),
        device: jiugai_api::device(),
        clock: Arc::new(SystemClock),
    }
}

/// Version of the system's web view; none when it is missing.
#[must_use]
pub fn web_view() -> Option<String> {
    tauri::webview_version().ok()
}

/// Runs the program: the command line, the self-test, or the window. A ledger named on the command line is opened,
/// otherwise the last one, otherwise the sample. A program that runs already on the same data
/// folder gets the file and comes to the front.
#[must_use]
pub fn run() -> ExitCode {
    let folder = std::env::current_dir().unwrap_or_default();
    match arguments::read(std::env::args_os().skip(1), &folder) {
        Asked::CommandLine(arguments) => jiugai_cli::run(arguments),
        Asked::SelfTest(out) => self_test::run(&environment(), out.as_deref()),
        Asked::Window(file) => open(file),
    }
}

fn open(file: Option<PathBuf>) -> ExitCode {
    let environment = environment();
    let log = Log::new(&environment.data_dir);
    crash::install(log.clone());
    let web_view = web_view();
    if let Some(obstacle) = start::obstacle(jiugai_api::windows_build(), web_view.is_some()) {
        start::show(&obstacle);
        return ExitCode::FAILURE;
    }
    // The name of the place is that of the folder, which must be there for all to name it alike.
    drop(std::fs::create_dir_all(&environment.data_dir));
    let first = match instance::claim(&environment.data_dir, file.as_deref()) {
        Start::Handed => return ExitCode::SUCCESS,
        Start::First(first) => Some(first),
        Start::Alone => None,
    };
    let logs = environment.data_dir.join("logs");
    // The parts that draw windows panic where there is no screen.
    let opened = catch_unwind(AssertUnwindSafe(move || {
        window::run(environment, file, first)
    }));
    match opened {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            crash::no_window(&log, &error);
            start::show(&start::failure(&logs));
            ExitCode::FAILURE
        }
        Err(_) => {
            start::show(&start::failure(&logs));
            ExitCode::FAILURE
        }
    }
}
