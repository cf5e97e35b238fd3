//! The only place that writes to the terminal.
use std::io::Write;
use std::process::ExitCode;

use clap::error::ErrorKind;
use jiugai_api::ApiError;

/// Prints what a command gave, or the failure in one line.
pub(crate) fn finish(result: Result<String, ApiError>) -> ExitCode {
    match result {
        Ok(text) => {
            if text.is_empty() {
                ExitCode::SUCCESS
            } else {
                print(&text)
            }
        }
        Err(error) => {
            complain(&error.one_line());
            ExitCode::FAILURE
        }
    }
}

/// Prints help and version as asked for; a wrong call in one Chinese line.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            print(error.to_string().trim_end())
        }
        kind => {
            complain(&format!(
                "命令写法不对：{}。写“jiugai --help”看用法。",
                reason(kind)
            ));
            ExitCode::from(2)
        }
    }
}

fn reason(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidSubcommand => "没有这个命令",
        ErrorKind::UnknownArgument => "有认不出的参数",
        ErrorKind::MissingRequiredArgument => "少写了必需的参数",
        ErrorKind::InvalidValue => "有一个参数的值不对",
        ErrorKind::MissingSubcommand => "没有写要做什么",
        ErrorKind::ArgumentConflict => "有两个参数不能一起用",
        _ => "参数不对",
    }
}

/// A reader that has gone away (`jiugai history | head`) is no reason to fall over.
fn print(text: &str) -> ExitCode {
    match writeln!(std::io::stdout(), "{text}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn complain(text: &str) {
    // Where nobody can be told, the exit code tells.
    drop(writeln!(std::io::stderr(), "{text}"));
}
