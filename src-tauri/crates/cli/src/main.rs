//! `jiugai`: the ledger without a window, for batch printing, scripts and checks.

mod ballot;
mod command;
mod form;
mod import;
mod output;

use std::process::ExitCode;

fn main() -> ExitCode {
    match command::Cli::read() {
        Ok(cli) => output::finish(cli.run()),
        Err(error) => output::usage(&error),
    }
}
