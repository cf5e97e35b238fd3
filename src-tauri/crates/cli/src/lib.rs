//! `jiugai`: the ledger without a window, for batch printing, scripts and checks.

mod ballot;
mod command;
mod form;
mod import;
mod output;
mod password;
mod plan;
mod report;
mod survey;
mod tell;
mod visit;

use std::ffi::OsString;
use std::process::ExitCode;

/// Does what the arguments ask for (the program's own name is not among them) and says it on the standard streams.
/// Ends with 0 when it is done, 1 when it failed, 2 when the call was written wrong.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match command::Cli::read(arguments) {
        Ok(cli) => output::finish(cli.run()),
        Err(error) => output::usage(&error),
    }
}
