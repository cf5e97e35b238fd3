//! One window writes: an advisory lock of the operating system on a file beside the ledger.
//!
//! The lock belongs to the process, so a killed one gives it back and the file that stays behind
//! is no obstacle. The file is never removed: removing it while another window opens it would
//! let two windows lock two different files.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::StorageError;
use crate::log::Stamp;

/// The right to write to a ledger, given back on drop.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Said aloud: a program that was just being started may hold a copy of the handle, and
        // closing ours alone would leave the lock with it. An error means there is no lock.
        drop(self.file.unlock());
    }
}

/// Where the lock file of a ledger is.
#[must_use]
pub fn lock_path(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// Takes the right to write and notes in the lock file who has it.
///
/// # Errors
/// [`StorageError::InUse`] when another window has it, [`StorageError::ReadOnly`] when the folder
/// cannot be written to, [`StorageError::Io`] otherwise.
pub fn take(ledger: &Path, stamp: &Stamp) -> Result<Lock, StorageError> {
    let path = lock_path(ledger);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            // Windows does not let a locked file be read; then nobody is named.
            let mut holder = String::new();
            let read = file.read_to_string(&mut holder);
            let holder = (read.is_ok() && !holder.is_empty()).then_some(holder);
            return Err(StorageError::InUse { holder });
        }
        // Some network shares know no locks. SQLite's own lock still protects the file.
        Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    // Who has it is a courtesy: a full disk must not keep people out of their ledger.
    let note = format!(
        "{} {} {}",
        stamp.actor,
        stamp.device,
        stamp.at.format("%Y-%m-%d %H:%M")
    );
    let noted = file
        .set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| file.write_all(note.as_bytes()));
    drop(noted);
    Ok(Lock { file })
}
