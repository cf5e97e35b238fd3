//! Automatic backups beside the work: the session prepares them, a host runs them on a thread of
//! its own, and the status tells when they are done.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiugai_storage::backup::Job;

use crate::backups::entry;
use crate::wire::BackupEntry;
use crate::{ApiError, Session};

/// An automatic backup that waits to be run. It needs neither the session nor its lock.
pub struct BackupJob {
    job: Job,
    watch: Arc<Watch>,
}

impl BackupJob {
    fn new(job: Job, watch: Arc<Watch>) -> Self {
        watch.state().open += 1;
        Self { job, watch }
    }

    /// Makes the backup. What went wrong stands among the warnings of the status.
    pub fn run(self) {
        let watch = Arc::clone(&self.watch);
        if let Err(error) = self.make() {
            watch.settle(Some(error));
        }
    }

    /// Makes the backup for somebody who waits for it.
    ///
    /// # Errors
    /// `backup`, `diskFull`.
    pub fn make(self) -> Result<BackupEntry, ApiError> {
        let outcome = {
            let _turn = self.watch.turn();
            self.job.run()?
        };
        self.watch.settle(None);
        Ok(entry(outcome.backup()))
    }
}

impl Drop for BackupJob {
    fn drop(&mut self) {
        self.watch.state().open -= 1;
    }
}

/// What session and jobs know of each other.
#[derive(Default)]
pub(crate) struct Watch {
    /// One backup at a time: a second one would sweep away the first one's half copy.
    turn: Mutex<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Jobs prepared and not yet ended.
    open: usize,
    /// Why the last automatic backup was not made.
    failed: Option<ApiError>,
}

impl Watch {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no other backup runs, and keeps others waiting.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_busy(&self) -> bool {
        self.state().open > 0
    }

    pub(crate) fn settle(&self, failed: Option<ApiError>) {
        self.state().failed = failed;
    }

    pub(crate) fn failed(&self) -> Option<ApiError> {
        self.state().failed.clone()
    }
}

/// The session's end of it.
#[derive(Default)]
pub(crate) struct Background {
    used: bool,
    waiting: Vec<BackupJob>,
    watch: Arc<Watch>,
}

impl Background {
    pub(crate) fn is_used(&self) -> bool {
        self.used
    }

    pub(crate) fn watch(&self) -> Arc<Watch> {
        Arc::clone(&self.watch)
    }

    pub(crate) fn put(&mut self, job: Job) {
        let job = self.job(job);
        self.waiting.push(job);
    }

    pub(crate) fn job(&self, job: Job) -> BackupJob {
        BackupJob::new(job, self.watch())
    }
}

impl Session {
    /// From now on automatic backups wait for [`Session::take_backups`] instead of being made at
    /// once.
    pub fn defer_backups(&mut self) {
        self.background.used = true;
    }

    /// The automatic backups to be run now, oldest first.
    #[must_use]
    pub fn take_backups(&mut self) -> Vec<BackupJob> {
        std::mem::take(&mut self.background.waiting)
    }
}

#[cfg(test)]
mod tests {
    use crate::KindCode;
    use crate::testing::{bare, edit};

    #[test]
    fn automatic_backups_wait_for_the_host() {
        let (folder, mut session) = bare();
        session.defer_backups();
        let path = folder.path().join("台账.jgdb");
        session.ledger_create(&path).expect("new ledger");
        session
            .record_edit(&edit(
                KindCode::Compound,
                None,
                None,
                &[("name", "示例家属院")],
            ))
            .expect("edit");
        drop(session.take_backups());
        session.ledger_close().expect("closed");

        let status = session.ledger_open(&path).expect("opens");
        assert!(status.backup_running && status.last_backup.is_none());
        let mut jobs = session.take_backups();
        assert_eq!(jobs.len(), 1);
        session
            .record_edit(&edit(
                KindCode::Compound,
                None,
                None,
                &[("name", "另一家属院")],
            ))
            .expect("the ledger works on while a backup waits");
        assert!(
            session.take_backups().is_empty(),
            "one on the way is enough"
        );
        jobs.remove(0).run();
        let status = session.ledger_status().expect("status");
        assert!(!status.backup_running);
        assert_eq!(status.last_backup.as_deref(), Some("2021-03-06 09:30"));
        let made = session.backup_list().expect("list");
        assert_eq!(made.len(), 1);
        assert!(made[0].verified && made[0].content.starts_with("2 个小区"));
    }

    #[test]
    fn a_backup_that_cannot_be_made_is_told_above_the_screen() {
        let (folder, mut session) = bare();
        session.defer_backups();
        let path = folder.path().join("台账.jgdb");
        session.ledger_create(&path).expect("new ledger");
        session
            .record_edit(&edit(
                KindCode::Compound,
                None,
                None,
                &[("name", "示例家属院")],
            ))
            .expect("edit");
        drop(session.take_backups());
        session.ledger_close().expect("closed");
        std::fs::create_dir_all(&session.environment.data_dir).expect("folder");
        std::fs::write(session.backup_dir(), "in the way").expect("written");

        session.ledger_open(&path).expect("opens all the same");
        for job in session.take_backups() {
            job.run();
        }
        let warnings = session.ledger_status().expect("status").warnings;
        assert!(
            warnings
                .iter()
                .any(|warning| warning.starts_with("自动备份没有做成")),
            "{warnings:?}"
        );
        std::fs::remove_file(session.backup_dir()).expect("removed");
        session.backup_create().expect("by hand");
        let warnings = session.ledger_status().expect("status").warnings;
        assert_eq!(warnings, Vec::<String>::new());
    }
}
