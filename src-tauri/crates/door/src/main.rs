//! The command `jiugai` of an installation.
//!
//! Windows wants one program for windows and another for the console. Both would hold the same code, twenty megabytes of
//! it compressed, so this one only starts the program of the window that lies beside it, with the command line's
//! arguments, and passes on what that says.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

/// The program that does the work.
const PROGRAM: &str = if cfg!(windows) {
    "jiugai-desktop.exe"
} else {
    "jiugai-desktop"
};

/// Tells that program to be the command line; what follows are the command line's own arguments.
const COMMAND_LINE: &str = "--command-line";

fn main() -> ExitCode {
    match pass_on() {
        Ok(code) => ExitCode::from(code),
        Err(sentence) => {
            // Where nobody can be told, the exit code tells.
            drop(writeln!(io::stderr(), "{sentence}"));
            ExitCode::FAILURE
        }
    }
}

fn pass_on() -> Result<u8, String> {
    let own =
        std::env::current_exe().map_err(|cause| format!("找不到程序所在的文件夹：{cause}"))?;
    let program = beside(&own);
    let mut child = Command::new(&program)
        .arg(COMMAND_LINE)
        .args(std::env::args_os().skip(1))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|cause| {
            format!(
                "无法启动 {}：{cause}。请重新安装，或把两个程序放在同一个文件夹里。",
                program.display()
            )
        })?;
    let said = child.stdout.take();
    let complained = child.stderr.take();
    // A pipe nobody empties would stop the program, so both are read at once.
    let other = thread::spawn(move || copy(complained, io::stderr()));
    copy(said, io::stdout());
    drop(other.join());
    let status = child
        .wait()
        .map_err(|cause| format!("等不到 {} 结束：{cause}", program.display()))?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(1))
}

/// The program in the folder of this one; a link to this one counts for what it points to.
fn beside(own: &Path) -> PathBuf {
    let own = own.canonicalize().unwrap_or_else(|_| own.to_owned());
    own.with_file_name(PROGRAM)
}

/// Copies what comes, as it comes. A reader that has gone away ends it, and the program at the other end with it.
fn copy(from: Option<impl Read>, mut to: impl Write) {
    let Some(mut from) = from else { return };
    let mut block = [0; 8192];
    while let Ok(length @ 1..) = from.read(&mut block) {
        if to
            .write_all(&block[..length])
            .and_then(|()| to.flush())
            .is_err()
        {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_lies_beside() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let own = folder.path().join("jiugai");
        std::fs::write(&own, "").expect("writes");
        let found = beside(&own);
        assert_eq!(found.file_name().expect("a name"), PROGRAM);
        assert_eq!(
            found
                .parent()
                .map(|parent| parent.canonicalize().expect("is there")),
            Some(folder.path().canonicalize().expect("is there"))
        );
    }

    #[test]
    fn everything_is_copied_and_a_reader_gone_is_no_harm() {
        let text = "户".repeat(10_000);
        let mut out = Vec::new();
        copy(Some(text.as_bytes()), &mut out);
        assert_eq!(out, text.as_bytes());
        let mut small = [0; 5];
        copy(Some(text.as_bytes()), &mut small[..]);
        assert_eq!(&small, &text.as_bytes()[..5]);
    }
}
