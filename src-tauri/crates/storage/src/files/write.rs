//! Writing a file that a person asked for: whole or not at all.
//!
//! The bytes go to a file beside the target, are made durable, and take the target's name in one
//! step. Whatever goes wrong, what lay there before is still there and nothing half is left.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::name::{self, NameFault};
use super::patience::{DENIED, HELD, patiently};
use crate::ledger::inspect::inspect;

/// Why a file was not written. What lay there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The name cannot be that of a file.
    #[error("no name for a file: {0:?}")]
    Name(NameFault),
    /// Name or folder are longer than the system takes.
    #[error("the path is too long")]
    TooLong,
    /// The folder is not there, or a file is in its place.
    #[error("no folder {}", folder.display())]
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// A folder has the name.
    #[error("a folder has this name")]
    IsAFolder,
    /// A ledger has the name: it is never written over by anything else.
    #[error("a ledger has this name")]
    IsALedger,
    /// The file that lies there carries the read-only mark.
    #[error("the file carries the read-only mark")]
    ReadOnlyFile,
    /// The folder or the medium does not let anything be written.
    #[error("the folder cannot be written to")]
    ReadOnlyFolder,
    /// Another program, mostly Excel or WPS, holds the file.
    #[error("held by another program")]
    Held,
    /// No space is left.
    #[error("no space left")]
    Full(#[source] io::Error),
    /// The medium failed.
    #[error("the medium failed")]
    Medium(#[source] io::Error),
}

/// The calls of the system, an argument so that tests can let each of them fail.
struct Calls<C, R> {
    create: C,
    replace: R,
    windows: bool,
}

/// Writes a file, in the place of the one that may lie there.
///
/// # Errors
/// [`WriteError`]; what lay there before is as it was then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let calls = Calls {
        create: |path: &Path| OpenOptions::new().write(true).create_new(true).open(path),
        replace: |from: &Path, to: &Path| patiently(|| std::fs::rename(from, to)),
        windows: cfg!(windows),
    };
    write_with(path, bytes, calls)
}

fn write_with<C, R>(path: &Path, bytes: &[u8], mut calls: Calls<C, R>) -> Result<(), WriteError>
where
    C: FnMut(&Path) -> io::Result<File>,
    R: FnMut(&Path, &Path) -> io::Result<()>,
{
    let folder = place(path)?;
    let fresh = folder.join(fresh_name());
    let windows = calls.windows;
    let written = (calls.create)(&fresh)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            // A stick that is pulled out after “saved” must have it.
            file.sync_all()
        })
        .map_err(|error| judge(error, windows, false, &folder))
        .and_then(|()| {
            (calls.replace)(&fresh, path)
                .map_err(|error| judge(error, windows, path.exists(), &folder))
        });
    if written.is_err() {
        // What is left of it is of no use to anybody.
        drop(patiently(|| std::fs::remove_file(&fresh)));
    }
    written
}

/// The folder to write into, if nothing that can be seen beforehand stands against it.
fn place(path: &Path) -> Result<PathBuf, WriteError> {
    let typed = path.file_name().unwrap_or_default().to_string_lossy();
    if let Some(fault) = name::fault(&typed) {
        return Err(match fault {
            NameFault::TooLong => WriteError::TooLong,
            fault => WriteError::Name(fault),
        });
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    match std::fs::metadata(&folder) {
        Ok(there) if there.is_dir() => {}
        Ok(_) => return Err(WriteError::NoFolder { folder }),
        Err(error) => return Err(judge(error, cfg!(windows), false, &folder)),
    }
    if let Ok(there) = std::fs::metadata(path) {
        if there.is_dir() {
            return Err(WriteError::IsAFolder);
        }
        if inspect(path).is_ok() {
            return Err(WriteError::IsALedger);
        }
        if there.permissions().readonly() {
            return Err(WriteError::ReadOnlyFile);
        }
    }
    Ok(folder)
}

/// A short name that nobody else uses: a long one could be too long with something behind it.
fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!(
        ".jiugai-{}-{}.tmp",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}

/// What an error of the system means; `replacing` when a file lies where the new one goes.
fn judge(error: io::Error, windows: bool, replacing: bool, folder: &Path) -> WriteError {
    if windows && let Some(code) = error.raw_os_error() {
        // Replacing a file that is open is refused as “denied”, not as “shared”.
        if HELD.contains(&code) || (code == DENIED && replacing) {
            return WriteError::Held;
        }
    }
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            WriteError::Full(error)
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => WriteError::Held,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => WriteError::ReadOnlyFolder,
        ErrorKind::NotFound | ErrorKind::NotADirectory => WriteError::NoFolder {
            folder: folder.to_owned(),
        },
        ErrorKind::InvalidFilename => WriteError::TooLong,
        ErrorKind::IsADirectory => WriteError::IsAFolder,
        _ => WriteError::Medium(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Place;
    use rstest::rstest;

    /// Names in a folder.
    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_made_and_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("五交化家属院 改造方案.pdf");
        for content in ["旧", "新的"] {
            write_whole(&path, content.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
        }
        assert_eq!(names(folder.path()), ["五交化家属院 改造方案.pdf"]);
    }

    #[rstest]
    #[case(5)]
    #[case(32)]
    #[case(33)]
    fn a_file_held_by_excel_stays_and_nothing_half_is_left(#[case] code: i32) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("台账.xlsx");
        std::fs::write(&path, "旧").unwrap();
        let calls = Calls {
            create: |path: &Path| File::create_new(path),
            replace: |from: &Path, _: &Path| {
                assert_eq!(std::fs::read_to_string(from).unwrap(), "新");
                Err(io::Error::from_raw_os_error(code))
            },
            windows: true,
        };
        let refused = write_with(&path, "新".as_bytes(), calls);
        assert!(matches!(refused, Err(WriteError::Held)), "{refused:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "旧");
        assert_eq!(names(folder.path()), ["台账.xlsx"]);
    }

    #[rstest]
    #[case(ErrorKind::StorageFull, "Full")]
    #[case(ErrorKind::PermissionDenied, "ReadOnlyFolder")]
    #[case(ErrorKind::ReadOnlyFilesystem, "ReadOnlyFolder")]
    #[case(ErrorKind::NotFound, "NoFolder")]
    #[case(ErrorKind::InvalidFilename, "TooLong")]
    #[case(ErrorKind::TimedOut, "Medium")]
    fn a_full_removed_or_protected_medium_leaves_what_was_there(
        #[case] kind: ErrorKind,
        #[case] expected: &str,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("台账.xlsx");
        std::fs::write(&path, "旧").unwrap();
        let calls = Calls {
            create: |_: &Path| Err(io::Error::from(kind)),
            replace: |_: &Path, _: &Path| panic!("nothing to replace with"),
            windows: false,
        };
        let refused = write_with(&path, b"x", calls).unwrap_err();
        assert!(format!("{refused:?}").starts_with(expected), "{refused:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "旧");
        assert_eq!(names(folder.path()), ["台账.xlsx"]);
    }

    #[test]
    fn denied_means_held_only_where_something_lies() {
        let denied = || io::Error::from_raw_os_error(DENIED);
        let folder = Path::new("D:");
        assert!(matches!(
            judge(denied(), true, true, folder),
            WriteError::Held
        ));
        assert!(!matches!(
            judge(denied(), true, false, folder),
            WriteError::Held
        ));
        // Number 32 of Linux is a broken pipe.
        let pipe = io::Error::from_raw_os_error(32);
        assert!(matches!(
            judge(pipe, false, true, folder),
            WriteError::Medium(_)
        ));
    }

    #[test]
    fn places_where_nothing_can_be_written_are_told_apart() {
        let place = Place::new();
        let folder = place.folder.path();
        let refused = |path: &Path| write_whole(path, b"x").unwrap_err();
        assert!(matches!(
            refused(&folder.join("没有/台账.xlsx")),
            WriteError::NoFolder { folder: missing } if missing.ends_with("没有")
        ));
        std::fs::create_dir(folder.join("台账.xlsx")).unwrap();
        assert!(matches!(
            refused(&folder.join("台账.xlsx")),
            WriteError::IsAFolder
        ));
        let file = folder.join("文件");
        std::fs::write(&file, "x").unwrap();
        assert!(matches!(
            refused(&file.join("台账.xlsx")),
            WriteError::NoFolder { .. }
        ));
        let mut marked = std::fs::metadata(&file).unwrap().permissions();
        marked.set_readonly(true);
        std::fs::set_permissions(&file, marked).unwrap();
        assert!(matches!(refused(&file), WriteError::ReadOnlyFile));
        assert!(matches!(
            refused(&folder.join("NUL.pdf")),
            WriteError::Name(NameFault::Reserved(_))
        ));
        assert!(matches!(
            refused(&folder.join("院".repeat(100))),
            WriteError::TooLong
        ));
        place.create().close().unwrap();
        let before = std::fs::read(&place.ledger).unwrap();
        assert!(matches!(refused(&place.ledger), WriteError::IsALedger));
        assert_eq!(std::fs::read(&place.ledger).unwrap(), before);
    }
}
