//! `--self-test`: the main job without a window, told line by line.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use jiugai_api::Environment;

/// Runs it, the lines to the standard output and to `out`. A program of Windows without console
/// has no standard output: there the file is what is left.
pub(crate) fn run(environment: &Environment, out: Option<&Path>) -> ExitCode {
    let mut file = match out.map(File::create).transpose() {
        Ok(file) => file,
        Err(error) => {
            let told = writeln!(std::io::stderr(), "失败 写结果文件：{error}");
            // The exit code says the same.
            drop(told);
            return ExitCode::FAILURE;
        }
    };
    let mut written = true;
    let passed = jiugai_api::self_test(environment, &mut |line| {
        // Nobody may be listening.
        drop(writeln!(std::io::stdout(), "{line}"));
        if let Some(file) = &mut file {
            written &= writeln!(file, "{line}").is_ok();
        }
    });
    if passed && written {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
