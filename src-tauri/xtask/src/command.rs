//! Starting other programs so that their own output stays as it is, and saying plainly what went wrong.

use std::process::{Command, Stdio};

/// Why a recipe stopped, and what the person can do about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) what: String,
    pub(crate) advice: String,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            advice: advice.into(),
        }
    }
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let name = program
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(&program)
        .to_owned();
    std::iter::once(name)
        .chain(
            command
                .get_args()
                .map(|argument| argument.to_string_lossy().into_owned()),
        )
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs a command to its end with the terminal as its own output.
pub(crate) fn run(command: &mut Command, advice: &str) -> Result<(), Failure> {
    let line = shown(command);
    println!("$ {line}");
    let status = command.status().map_err(|cause| {
        Failure::new(
            format!("无法启动“{line}”：{cause}"),
            "请确认该程序已安装并在 PATH 中。",
        )
    })?;
    if status.success() {
        return Ok(());
    }
    let ended = status
        .code()
        .map_or_else(|| "被中断".to_owned(), |code| format!("退出码 {code}"));
    Err(Failure::new(
        format!("“{line}”没有成功（{ended}）。"),
        advice,
    ))
}

/// The standard output of a command, or nothing when it cannot be started or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_without_its_folder() {
        let mut command = Command::new("/usr/lib/rust/cargo");
        command.args(["fmt", "--check"]);
        assert_eq!(shown(&command), "cargo fmt --check");
    }

    #[test]
    fn a_program_that_is_not_there_gives_advice() {
        let failure = run(&mut Command::new("jiugai-no-such-program"), "").unwrap_err();
        assert!(failure.what.contains("无法启动"));
        assert!(!failure.advice.is_empty());
    }
}
