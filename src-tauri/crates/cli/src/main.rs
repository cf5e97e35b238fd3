//! `jiugai` for development and tests. What is installed under that name opens the same command line inside the
//! program of the window.

fn main() -> std::process::ExitCode {
    jiugai_cli::run(std::env::args_os().skip(1))
}
