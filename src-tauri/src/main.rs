//! 旧改一本账: the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    jiugai_desktop::run()
}
