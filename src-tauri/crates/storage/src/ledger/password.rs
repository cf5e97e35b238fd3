//! The password of a ledger (密码): the whole file is encrypted by SQLCipher, which also derives the
//! key. A changed password means a new file, checked before it takes the place of the old one.

use std::fmt;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags, params};
use zeroize::Zeroizing;

use super::open::{READ_WRITE, configure, heed, keyed};
use super::presence::Mark;
use super::{Ledger, beside};
use crate::StorageError;
use crate::backup::Reason;
use crate::backup::copy::{compare, remove, sync_folder};
use crate::files::{path, patiently};
use crate::log::Stamp;

/// A password, wiped from memory when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// None for nothing, or with characters that no keyboard gives.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let usable = !text.is_empty() && !text.chars().any(char::is_control);
        usable.then(|| Self(Zeroizing::new(text.to_owned())))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Password")
    }
}

/// Gives a connection its password, if any, and makes sure that the file can be read with it.
pub(super) fn unlock(conn: &Connection, password: Option<&Password>) -> Result<(), StorageError> {
    match password {
        Some(Password(text)) => {
            // A wrong password is told by us; SQLCipher would write to the terminal.
            conn.pragma_update(None, "cipher_log_level", "NONE")?;
            conn.pragma_update(None, "key", text.as_str())?;
            // Temporary tables and sorters would lie on the disk unencrypted.
            conn.pragma_update(None, "temp_store", "MEMORY")?;
        }
        None => conn.pragma_update(None, "temp_store", "FILE")?,
    }
    let read = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match read {
        Err(rusqlite::Error::SqliteFailure(failure, _))
            if password.is_some() && failure.code == ErrorCode::NotADatabase =>
        {
            Err(StorageError::WrongPassword)
        }
        read => Ok(read?),
    }
}

/// Writes all of one file into a new one with another password, compares and makes it durable.
pub(crate) fn recode(
    source: &Path,
    old: Option<&Password>,
    target: &Path,
    new: Option<&Password>,
) -> Result<(), StorageError> {
    let file = path::for_sqlite(target);
    if path::is_too_long(&file) {
        return Err(StorageError::PathTooLong);
    }
    let copy = keyed(&file, READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE, new)?;
    // Made durable at its end, as a whole.
    copy.pragma_update(None, "synchronous", "OFF")?;
    copy.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
    let from = path::for_sqlite(source);
    let from = from.to_str().ok_or(StorageError::PathTooLong)?;
    let key = old.map_or("", |Password(text)| text.as_str());
    copy.execute("ATTACH DATABASE ?1 AS old KEY ?2", params![from, key])?;
    copy.query_row("SELECT sqlcipher_export('main', 'old')", [], |_| Ok(()))?;
    for name in ["application_id", "user_version"] {
        let value: i64 = copy.query_row(&format!("PRAGMA old.{name}"), [], |row| row.get(0))?;
        copy.pragma_update(Some("main"), name, value)?;
    }
    copy.execute("DETACH DATABASE old", [])?;
    let original = super::read_only_connection(Path::new(from), old)?;
    compare(&original, &copy)?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(patiently(|| std::fs::File::options().read(true).write(true).open(target))?.sync_all()?)
}

impl Ledger {
    /// True when the file is encrypted.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// True when this is the password of the file, or there is none and none is said.
    #[must_use]
    pub fn is_password(&self, said: Option<&Password>) -> bool {
        self.password.as_ref() == said
    }

    pub(crate) fn password(&self) -> Option<&Password> {
        self.password.as_ref()
    }

    /// Sets, changes or removes (`None`) the password. The present state is backed up first with the
    /// old one. A killed process leaves the file with the old or with the new password, whole.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`]; [`StorageError::Locked`] while another program reads the file;
    /// those of a backup and of the disk. The ledger is as it was after each of them.
    pub fn set_password(
        &mut self,
        new: Option<Password>,
        stamp: &Stamp,
    ) -> Result<(), StorageError> {
        self.ready()?;
        let Some(place) = self.place.clone() else {
            return Err(StorageError::NoBackupFolder);
        };
        if self.backup_dir.is_some() {
            self.backup(Reason::BeforePassword, stamp)?;
        }
        self.progress.finish("重写整本台账")?;
        let part = beside(&place.file, ".part");
        remove(&part);
        let made = recode(&place.file, self.password(), &part, new.as_ref())
            .and_then(|()| self.leave_alone());
        if let Err(error) = made {
            remove(&part);
            // The mode of every day again, should it have been left.
            configure(&self.conn, true)?;
            return Err(error);
        }
        self.take_place(&part, &place.file, new)
    }

    /// Writes an encrypted copy of the whole ledger (归档) with a password of its own. A file of that
    /// name is replaced, whole.
    ///
    /// # Errors
    /// [`StorageError::NoBackupFolder`] without a file; whatever the disk says.
    pub fn archive(&self, target: &Path, password: &Password) -> Result<(), StorageError> {
        let file = self.file().ok_or(StorageError::NoBackupFolder)?;
        self.progress.finish("写加密副本")?;
        let part = beside(target, ".part");
        remove(&part);
        let made = recode(file, self.password(), &part, Some(password))
            .and_then(|()| Ok(patiently(|| std::fs::rename(&part, target))?));
        if made.is_err() {
            remove(&part);
        }
        made?;
        sync_folder(target.parent().unwrap_or(Path::new(".")))
    }

    /// Brings everything into the file itself: what lies in a companion would meet the new file.
    /// Refused while somebody else has it open.
    fn leave_alone(&self) -> Result<(), StorageError> {
        self.conn.flush_prepared_statement_cache();
        Ok(self
            .conn
            .query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?)
    }

    fn take_place(
        &mut self,
        part: &Path,
        file: &Path,
        new: Option<Password>,
    ) -> Result<(), StorageError> {
        // Until it is open again nothing can be written: the file that was opened is not there.
        self.shaken.set(true);
        let old = std::mem::replace(&mut self.conn, Connection::open_in_memory()?);
        // What it says at closing changes nothing: all of it is in the file.
        drop(old.close());
        let moved = patiently(|| std::fs::rename(part, file));
        if moved.is_ok() {
            self.password = new;
        } else {
            remove(part);
        }
        self.conn = keyed(file, READ_WRITE, self.password())?;
        configure(&self.conn, true)?;
        heed(&self.conn, &self.progress)?;
        if let Some(place) = &mut self.place {
            place.mark = Mark::of(file)?;
        }
        self.shaken.set(false);
        moved?;
        sync_folder(file.parent().unwrap_or(Path::new(".")))
    }
}
