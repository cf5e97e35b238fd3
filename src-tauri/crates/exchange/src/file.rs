//! Reading a file that others may have open.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::ExchangeError;

/// Bytes of a file that are read at most: 60 MB. A street's largest ledger is under 10 MB.
pub const FILE_LIMIT: u64 = 60 * 1024 * 1024;

/// Reads a whole file.
///
/// # Errors
/// [`ExchangeError::OwnerFile`], `Locked`, `NotFound`, `PermissionDenied`, `NotAFile`, `TooLarge`, `Unreadable`.
pub fn read_file(path: &Path) -> Result<Vec<u8>, ExchangeError> {
    if let Some(workbook) = path
        .file_name()
        .and_then(|name| name.to_str())
        .and_then(|name| name.strip_prefix("~$"))
    {
        return Err(ExchangeError::OwnerFile {
            workbook: workbook.to_owned(),
        });
    }
    let about = fs::metadata(path).map_err(|error| from_io(&error, cfg!(windows)))?;
    if !about.is_file() {
        return Err(ExchangeError::NotAFile);
    }
    if about.len() > FILE_LIMIT {
        return Err(ExchangeError::TooLarge {
            bytes: about.len(),
            limit: FILE_LIMIT,
        });
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(FILE_LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| from_io(&error, cfg!(windows)))?;
    Ok(bytes)
}

/// ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
const SHARING_VIOLATIONS: [i32; 2] = [32, 33];

fn from_io(error: &io::Error, windows: bool) -> ExchangeError {
    let held = error
        .raw_os_error()
        .is_some_and(|code| windows && SHARING_VIOLATIONS.contains(&code));
    match error.kind() {
        _ if held => ExchangeError::Locked,
        ErrorKind::ResourceBusy => ExchangeError::Locked,
        ErrorKind::NotFound | ErrorKind::NotADirectory => ExchangeError::NotFound,
        ErrorKind::PermissionDenied => ExchangeError::PermissionDenied,
        _ => ExchangeError::Unreadable {
            detail: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn whole_files_and_none() {
        let folder = tempfile::tempdir().expect("temp folder");
        let path = folder.path().join("台账.xlsx");
        fs::write(&path, b"PK").expect("written");
        assert_eq!(read_file(&path), Ok(b"PK".to_vec()));
        assert_eq!(
            read_file(&folder.path().join("~$台账.xlsx")),
            Err(ExchangeError::OwnerFile {
                workbook: "台账.xlsx".into()
            })
        );
        assert_eq!(
            read_file(&folder.path().join("没有.xlsx")),
            Err(ExchangeError::NotFound)
        );
        assert_eq!(read_file(folder.path()), Err(ExchangeError::NotAFile));
    }

    #[test]
    fn large_files_are_not_read() {
        let folder = tempfile::tempdir().expect("temp folder");
        let path = folder.path().join("大.xlsx");
        let file = fs::File::create(&path).expect("created");
        file.set_len(FILE_LIMIT + 1).expect("sparse file");
        assert_eq!(
            read_file(&path),
            Err(ExchangeError::TooLarge {
                bytes: FILE_LIMIT + 1,
                limit: FILE_LIMIT
            })
        );
    }

    #[rstest]
    #[case(io::Error::from_raw_os_error(32), true, ExchangeError::Locked)]
    #[case(io::Error::from_raw_os_error(33), true, ExchangeError::Locked)]
    #[case(io::Error::from(ErrorKind::ResourceBusy), false, ExchangeError::Locked)]
    #[case(
        io::Error::from(ErrorKind::PermissionDenied),
        true,
        ExchangeError::PermissionDenied
    )]
    #[case(io::Error::from(ErrorKind::NotFound), true, ExchangeError::NotFound)]
    #[case(io::Error::from(ErrorKind::TimedOut), false, ExchangeError::Unreadable { detail: "timed out".into() })]
    fn faults_of_the_system(
        #[case] error: io::Error,
        #[case] windows: bool,
        #[case] expected: ExchangeError,
    ) {
        assert_eq!(from_io(&error, windows), expected);
    }

    #[test]
    fn a_broken_pipe_is_no_lock() {
        assert!(matches!(
            from_io(&io::Error::from_raw_os_error(32), false),
            ExchangeError::Unreadable { .. }
        ));
    }
}
