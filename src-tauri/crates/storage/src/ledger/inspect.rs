//! Looking at a file before SQLite touches it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::StorageError;
use crate::files::patiently;
use crate::migrate::APPLICATION_ID;

/// Bytes of a page.
const PAGE: usize = 4096;

/// What a file that is no ledger looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// Nothing in it.
    Empty,
    /// A SQLite database of another program.
    OtherDatabase {
        /// Its application id, 0 for none.
        application_id: i32,
    },
    /// An Excel or WPS workbook (.xlsx).
    Workbook,
    /// An old (.xls) or encrypted Office file.
    OldOffice,
    /// A zip archive or a newer Office file that is no workbook.
    Archive,
    /// A PDF.
    Pdf,
    /// A folder.
    Folder,
    /// Something else.
    Unknown,
}

/// What the first page of a ledger says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Size that the file should have; `None` when the header does not know.
    pub expected_bytes: Option<u64>,
    /// Size that the file has.
    pub actual_bytes: u64,
    /// Nothing in it can be read without the password.
    pub encrypted: bool,
}

impl Header {
    /// True when the end of the file is missing.
    #[must_use]
    pub fn is_truncated(self) -> bool {
        self.expected_bytes
            .is_some_and(|expected| self.actual_bytes < expected)
    }
}

/// Reads the header of a ledger.
///
/// # Errors
/// [`StorageError::FileMissing`]; [`StorageError::NotALedger`] with what it looks like;
/// [`StorageError::Damaged`] when it begins like a ledger and ends within the first page.
pub fn inspect(path: &Path) -> Result<Header, StorageError> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StorageError::FileMissing {
                path: path.to_owned(),
            });
        }
        Err(error) => return Err(error.into()),
    };
    if metadata.is_dir() {
        return Err(StorageError::NotALedger {
            looks: Looks::Folder,
        });
    }
    let mut start = Vec::with_capacity(PAGE);
    patiently(|| File::open(path))?
        .take(PAGE as u64)
        .read_to_end(&mut start)?;
    let refuse = |looks| Err(StorageError::NotALedger { looks });
    let Some(body) = start.strip_prefix(b"SQLite format 3\0") else {
        let looks = foreign(&start);
        if looks == Looks::Unknown && is_encrypted(path, &start) {
            return whole_pages(metadata.len());
        }
        return refuse(looks);
    };
    if body.len() < 84 {
        let detail = format!("{} bytes, less than a header", start.len());
        return Err(StorageError::Damaged {
            detail,
            newest_backup: None,
        });
    }
    let number = |offset: usize| {
        u32::from_be_bytes([
            start[offset],
            start[offset + 1],
            start[offset + 2],
            start[offset + 3],
        ])
    };
    let application_id = number(68).cast_signed();
    if application_id != APPLICATION_ID {
        return refuse(Looks::OtherDatabase { application_id });
    }
    let page = match u16::from_be_bytes([start[16], start[17]]) {
        1 => 65_536,
        bytes => u64::from(bytes),
    };
    // The page count holds only when it was written together with the last change.
    let known = number(28) != 0 && number(24) == number(92);
    let expected_bytes = known.then(|| u64::from(number(28)) * page);
    Ok(Header {
        expected_bytes,
        actual_bytes: metadata.len(),
        encrypted: false,
    })
}

/// An encrypted ledger tells nothing about itself: its first page looks like noise.
fn is_encrypted(path: &Path, start: &[u8]) -> bool {
    let named = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("jgdb"));
    let mut met = [false; 256];
    for byte in start {
        met[usize::from(*byte)] = true;
    }
    // Each of 256 values is missing in 4096 bytes of noise once in nine million times.
    named && start.len() == PAGE && met.iter().filter(|met| **met).count() > 240
}

fn whole_pages(bytes: u64) -> Result<Header, StorageError> {
    if bytes.is_multiple_of(PAGE as u64) {
        return Ok(Header {
            expected_bytes: None,
            actual_bytes: bytes,
            encrypted: true,
        });
    }
    Err(StorageError::Damaged {
        detail: format!("{bytes} bytes are no whole pages"),
        newest_backup: None,
    })
}

fn foreign(start: &[u8]) -> Looks {
    let contains = |needle: &[u8]| start.windows(needle.len()).any(|window| window == needle);
    if start.is_empty() {
        Looks::Empty
    } else if start.starts_with(b"PK\x03\x04") {
        if contains(b"xl/") || contains(b"[Content_Types].xml") {
            Looks::Workbook
        } else {
            Looks::Archive
        }
    } else if start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        Looks::OldOffice
    } else if start.starts_with(b"%PDF") {
        Looks::Pdf
    } else {
        Looks::Unknown
    }
}
