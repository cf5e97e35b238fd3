//! The thin host of the window: commands in one line each, native dialogs, no logic.

pub mod bindings;
mod commands;
pub mod dialog;
mod host;

use std::sync::Arc;

use jiugai_api::{Environment, SystemClock};
use tauri::Manager;

pub use host::Host;

/// Where settings, backups and fonts are on this machine.
#[must_use]
pub fn environment() -> Environment {
    Environment {
        data_dir: jiugai_api::data_dir(),
        font_dir: jiugai_api::font_dir(),
        device: jiugai_api::device(),
        clock: Arc::new(SystemClock),
    }
}

/// Opens the window. A ledger named on the command line is opened, otherwise the last one,
/// otherwise the sample.
pub fn run() {
    let builder = bindings::builder();
    let asked = std::env::args_os().nth(1).map(std::path::PathBuf::from);
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(builder.invoke_handler())
        .setup(move |app| {
            let dialogs = dialog::Native::new(app.handle().clone());
            let host = Host::new(environment(), Box::new(dialogs));
            host.begin(asked.as_deref());
            app.manage(host);
            Ok(())
        })
        .run(tauri::generate_context!());
    if app.is_err() {
        // Without a window there is nobody to tell: the exit code is all that is left.
        std::process::exit(1);
    }
}
