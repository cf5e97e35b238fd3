//! The session behind the commands, guarded against panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiugai_api::{ApiError, Environment, Session};

use crate::dialog::{Dialogs, Filter};

/// One session, shared by the commands of the window.
pub struct Host {
    session: Mutex<Session>,
    dialogs: Box<dyn Dialogs>,
}

impl Host {
    /// A host without a ledger.
    #[must_use]
    pub fn new(environment: Environment, dialogs: Box<dyn Dialogs>) -> Self {
        Self {
            session: Mutex::new(Session::new(environment)),
            dialogs,
        }
    }

    /// Opens what the person will want to see first: the ledger asked for, else the last one that
    /// is still there, else the sample. When nothing opens, the start screen tells how to go on.
    pub fn begin(&self, asked: Option<&Path>) {
        let opened = self.with(|session| match asked {
            Some(path) => session.ledger_open(path),
            None => match session
                .ledger_recent()
                .into_iter()
                .find(|recent| recent.exists)
            {
                Some(recent) => session.ledger_open(Path::new(&recent.path)),
                None => session.ledger_open_sample(),
            },
        });
        // The start screen shows no ledger and the ways to open one; opening again tells why.
        drop(opened);
    }

    /// Runs a use case. A panic inside becomes a coded error; the session stays usable.
    ///
    /// # Errors
    /// Those of the use case; `internal` after a panic.
    pub fn with<T>(
        &self,
        work: impl FnOnce(&mut Session) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        catch_unwind(AssertUnwindSafe(|| work(&mut session)))
            .unwrap_or_else(|_| Err(ApiError::internal()))
    }

    /// Asks the person for a file to open.
    ///
    /// # Errors
    /// `cancelled`.
    pub fn choose(&self, title: &str, filter: &Filter) -> Result<PathBuf, ApiError> {
        self.dialogs
            .open(title, filter)
            .ok_or_else(ApiError::cancelled)
    }

    /// Asks the person where to write a file.
    ///
    /// # Errors
    /// `cancelled`.
    pub fn place(&self, title: &str, name: &str, filter: &Filter) -> Result<PathBuf, ApiError> {
        self.dialogs
            .save(title, name, filter)
            .ok_or_else(ApiError::cancelled)
    }

    /// Hands a file to the system's printing.
    ///
    /// # Errors
    /// `report` when the system has no program for it.
    pub fn print(&self, path: &Path) -> Result<(), ApiError> {
        self.dialogs.print(path)
    }
}
