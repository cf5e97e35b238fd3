//! A ledger whose medium comes and goes: a stick that is pulled out, a share that breaks off.
//!
//! Nothing acknowledged is lost then: a commit returns after SQLite has made the log durable. What
//! is in memory can still be read. Once the file is back, its handles are dead all the same, so the
//! ledger must be opened anew before it is written to.

use std::fs::Metadata;
use std::io;
use std::path::Path;

use super::{Ledger, Mode, OpenOptions};
use crate::StorageError;
use crate::lock::Lock;
use crate::log::Stamp;

/// Which file lies at a path. Outside Unix only that one does: Windows does not let an open file
/// be moved or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    number: u64,
}

impl Mark {
    pub(super) fn of(file: &Path) -> io::Result<Self> {
        Ok(Self::read(&std::fs::metadata(file)?))
    }

    #[cfg(unix)]
    fn read(about: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            device: about.dev(),
            number: about.ino(),
        }
    }

    #[cfg(not(unix))]
    fn read(_: &Metadata) -> Self {
        Self {}
    }
}

impl Ledger {
    /// Makes sure that the file that was opened is still where it was.
    ///
    /// # Errors
    /// [`StorageError::Gone`]; [`StorageError::Replaced`] when another file lies there.
    pub fn present(&self) -> Result<(), StorageError> {
        let Some(place) = &self.place else {
            return Ok(());
        };
        let path = place.shown.clone();
        let alive = self.lock.as_ref().is_none_or(Lock::is_alive);
        match Mark::of(&place.file) {
            Ok(mark) if mark == place.mark && alive => Ok(()),
            Ok(_) => Err(StorageError::Replaced { path }),
            Err(_) => Err(StorageError::Gone { path }),
        }
    }

    /// True when the file is there, no write has failed on its medium, and it can be read from the
    /// medium, not only from memory.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let read = || {
            self.conn.execute_batch("PRAGMA shrink_memory")?;
            self.conn
                .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        };
        !self.shaken.get() && self.present().is_ok() && read().is_ok()
    }

    /// Gives the right to write back, so that the file can be opened anew while what is in memory
    /// can still be read. Nothing can be written any more.
    pub fn let_go(&mut self) {
        self.shaken.set(true);
        self.lock = None;
    }

    /// Opens the file anew when the medium had failed or was away, so that work goes on. True when
    /// that was needed: every screen must be read again. To be called before writing.
    ///
    /// # Errors
    /// [`StorageError::Gone`] while it is away; [`StorageError::Replaced`] when what came back is
    /// not this ledger or lacks a change that was acknowledged; those of [`Ledger::open`]. What is
    /// in memory can still be read.
    pub fn reconnect(&mut self, stamp: &Stamp) -> Result<bool, StorageError> {
        let Some(place) = self.place.clone() else {
            return Ok(false);
        };
        if self.read_only.is_some() || (!self.shaken.get() && self.present().is_ok()) {
            return Ok(false);
        }
        if let Err(gone @ StorageError::Gone { .. }) = self.present() {
            self.shaken.set(true);
            return Err(gone);
        }
        self.let_go();
        let options = OpenOptions {
            mode: Mode::ReadWrite,
            backup_dir: self.backup_dir.clone(),
            password: self.password.clone(),
            progress: self.progress.clone(),
        };
        let fresh = Self::open(&place.shown, &options, stamp)?;
        if fresh.known_id != self.known_id || fresh.acknowledged.get() < self.acknowledged.get() {
            return Err(StorageError::Replaced { path: place.shown });
        }
        // What lies in the log only goes into the file itself, should the medium leave again.
        let checkpoint = fresh
            .conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        drop(checkpoint);
        fresh.backup_asked.set(self.backup_asked.get());
        fresh.set_duty(self.duty.get())?;
        *self = fresh;
        Ok(true)
    }

    /// Notes what must be there again when the medium comes back.
    pub(crate) fn note_state(&mut self) -> Result<(), StorageError> {
        self.known_id = self.id()?;
        self.acknowledged.set(self.revision()?);
        Ok(())
    }

    /// Refuses to write without the right to, or past a file that is not there.
    pub(crate) fn ready(&self) -> Result<(), StorageError> {
        self.writable()?;
        let ready = match &self.place {
            Some(place) if self.lock.is_none() => Err(StorageError::Gone {
                path: place.shown.clone(),
            }),
            _ => self.present(),
        };
        self.shaken.set(self.shaken.get() || ready.is_err());
        ready
    }

    /// Notes how a write ended, and tells a medium that is away from one that fails.
    pub(super) fn note_end<T>(&self, end: Result<T, StorageError>) -> Result<T, StorageError> {
        if !matches!(end, Err(StorageError::Io(_))) {
            return end;
        }
        self.shaken.set(true);
        self.present().and(end)
    }
}
