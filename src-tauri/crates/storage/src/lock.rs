//! One window writes: an advisory lock of the operating system on a file beside the ledger.
//!
//! The lock belongs to the process, so a killed one gives it back and the file that stays behind
//! is no obstacle. The file is never removed: removing it while another window opens it would
//! let two windows lock two different files.
//!
//! There is no heartbeat and no time in it that anybody judges by, and that is what makes sleep
//! and wrong clocks harmless. A heartbeat must guess from a time how long silence may last: a
//! laptop that sleeps over lunch would be taken for dead and lose its ledger to a second window,
//! and one that died a moment ago would be taken for living. The system knows better: a process
//! that sleeps or is stopped keeps its handles and with them the lock; one that ended, however,
//! has none. The time in the note is for people only.
//!
//! On a share the lock is the server's. When the connection breaks, the server may give it to
//! somebody else; our handles are dead then, every write fails, and [`Ledger::reconnect`] must take
//! the lock anew before it writes again.
//!
//! The lock lies beside the real file, so that links, short names and another case of the letters
//! lead to the same one.
//!
//! [`Ledger::reconnect`]: crate::Ledger::reconnect

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::StorageError;
use crate::files::path::real;
use crate::log::Stamp;

/// The right to write to a ledger, given back on drop.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// False when the handle is dead: the device or the server behind it went away, even if one of
    /// the same name is back.
    pub(crate) fn is_alive(&self) -> bool {
        self.file.metadata().is_ok()
    }
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
    let mut name = real(ledger).into_os_string();
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
