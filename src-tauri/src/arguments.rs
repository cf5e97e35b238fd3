//! What the program was started for.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What the command line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// The window, with this file.
    Window(Option<PathBuf>),
    /// The command line without a window, with these arguments.
    CommandLine(Vec<OsString>),
    /// The self-test, its lines also into this file.
    SelfTest(Option<PathBuf>),
}

/// Reads the arguments behind the program's name; relative paths are those of `folder`.
#[must_use]
pub fn read(arguments: impl IntoIterator<Item = OsString>, folder: &Path) -> Asked {
    let whole = |path: OsString| folder.join(path);
    let mut rest = arguments.into_iter().peekable();
    if rest.next_if(|first| first == "--command-line").is_some() {
        return Asked::CommandLine(rest.collect());
    }
    let mut test = false;
    let mut out = None;
    let mut file = None;
    while let Some(argument) = rest.next() {
        match argument.to_str() {
            Some("--self-test") => test = true,
            Some("--out") => out = rest.next().map(whole),
            // Switches of the desktop, such as those of a session manager, name no file.
            Some(switch) if switch.starts_with("--") => {}
            _ if argument.is_empty() => {}
            _ => file = file.or_else(|| Some(whole(argument))),
        }
    }
    if test {
        Asked::SelfTest(out)
    } else {
        Asked::Window(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(arguments: &[&str]) -> Asked {
        read(
            arguments.iter().map(OsString::from),
            Path::new("/工作 目录"),
        )
    }

    #[test]
    fn a_file_is_found_wherever_the_program_was_started() {
        assert_eq!(asked(&[]), Asked::Window(None));
        assert_eq!(asked(&[""]), Asked::Window(None));
        for (typed, whole) in [
            ("甲 & 乙.jgdb", "/工作 目录/甲 & 乙.jgdb"),
            ("/别处/甲.jgdb", "/别处/甲.jgdb"),
        ] {
            let found = Asked::Window(Some(PathBuf::from(whole)));
            assert_eq!(asked(&[typed]), found);
            assert_eq!(asked(&["--sm-client-id", typed, "第二个.jgdb"]), found);
        }
    }

    #[test]
    fn the_command_line_gets_its_arguments_as_they_are() {
        assert_eq!(
            asked(&["--command-line", "verify", "甲.jgdb", "--out"]),
            Asked::CommandLine(["verify", "甲.jgdb", "--out"].map(OsString::from).to_vec())
        );
        assert_eq!(
            asked(&["甲.jgdb", "--command-line"]),
            Asked::Window(Some(PathBuf::from("/工作 目录/甲.jgdb")))
        );
    }

    #[test]
    fn the_self_test_may_write_its_lines_into_a_file() {
        assert_eq!(asked(&["--self-test"]), Asked::SelfTest(None));
        assert_eq!(
            asked(&["--self-test", "--out", "结果.txt"]),
            Asked::SelfTest(Some(PathBuf::from("/工作 目录/结果.txt")))
        );
    }
}
