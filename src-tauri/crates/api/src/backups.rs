//! Backups without asking, and restoring them.

use std::path::Path;

use jiugai_domain::Task;
use jiugai_storage::backup::{Backup, Cover, Job, Reason};
use jiugai_storage::wording;

use crate::text::{local_minute, positive, size, small};
use crate::wire::{BackupEntry, LedgerStatus, RestoreCount, RestorePreview};
use crate::{ApiError, BackupJob, Session};

/// Sentences of lost changes sent to the screen.
const LOST_LIMIT: usize = 100;

impl Session {
    /// The backups of the open ledger, newest first.
    ///
    /// # Errors
    /// `noLedger`, those of the backup folder.
    pub fn backup_list(&self) -> Result<Vec<BackupEntry>, ApiError> {
        Ok(self.ledger()?.list_backups()?.iter().map(entry).collect())
    }

    /// Makes a backup now. When nothing changed since the last one, that one is told.
    ///
    /// # Errors
    /// `backup`, `diskFull`.
    pub fn backup_create(&mut self) -> Result<BackupEntry, ApiError> {
        self.backup(Reason::Manual)
    }

    /// What restoring a backup would lose.
    ///
    /// # Errors
    /// `backup` when it cannot be used.
    pub fn backup_preview(&self, path: &Path) -> Result<RestorePreview, ApiError> {
        let ledger = self.ledger()?;
        let preview = ledger.restore_preview(path)?;
        let backup = ledger
            .list_backups()?
            .into_iter()
            .find(|backup| backup.path == path);
        let today = self.now().date_naive();
        Ok(RestorePreview {
            backup: backup.as_ref().map(entry).ok_or_else(ApiError::not_found)?,
            lost: preview
                .lost
                .iter()
                .take(LOST_LIMIT)
                .map(|summary| wording::transaction_sentence(summary, today))
                .collect(),
            lost_count: small(preview.lost.len()),
            counts: preview
                .counts
                .into_iter()
                .map(|(kind, then, now)| RestoreCount {
                    label: kind.kind().label.to_owned(),
                    now: positive(now),
                    then: positive(then),
                })
                .collect(),
        })
    }

    /// Puts a backup in the place of the ledger's content; the present is backed up first.
    ///
    /// # Errors
    /// `backup`, `readOnly`, `diskFull`; the ledger is as it was then.
    pub fn backup_restore(&mut self, path: &Path) -> Result<LedgerStatus, ApiError> {
        self.ledger()?.allow(Task::Keep)?;
        let stamp = self.stamp();
        let watch = self.background.watch();
        let ledger = self.ledger_to_write()?;
        {
            let _turn = watch.turn();
            ledger.restore(path, &stamp)?;
        }
        self.order.clear();
        self.ledger_status()
    }

    pub(crate) fn backup(&self, reason: Reason) -> Result<BackupEntry, ApiError> {
        let watch = self.background.watch();
        let outcome = {
            let _turn = watch.turn();
            self.ledger()?.backup(reason, &self.stamp())?
        };
        watch.settle(None);
        Ok(entry(outcome.backup()))
    }

    /// A backup that nobody asked for must not keep anybody from working: it is made on the
    /// host's own thread where there is one, and a full or missing backup folder is told above
    /// the screen.
    pub(crate) fn backup_quietly(&mut self, reason: Reason) {
        if !self.background.is_used() {
            let failed = self.backup(reason).err();
            self.background.watch().settle(failed);
            return;
        }
        match self.backup_job(reason) {
            Ok(job) => self.background.put(job),
            Err(error) => self.background.watch().settle(Some(error)),
        }
    }

    /// A backup by hand, to be made beside the work.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn backup_by_hand(&self) -> Result<BackupJob, ApiError> {
        Ok(self.background.job(self.backup_job(Reason::Manual)?))
    }

    fn backup_job(&self, reason: Reason) -> Result<Job, ApiError> {
        Ok(self.ledger()?.backup_job(reason, &self.stamp())?)
    }

    pub(crate) fn backup_when_due(&mut self) {
        // Until the running one has its name, every change would ask for another.
        if self.background.watch().is_busy() {
            return;
        }
        let due = self
            .ledger()
            .ok()
            .and_then(|ledger| ledger.backup_due(&self.stamp()).ok());
        if due == Some(true) {
            self.backup_quietly(Reason::Interval);
        }
    }
}

pub(crate) fn entry(backup: &Backup) -> BackupEntry {
    let counts = backup.counts;
    BackupEntry {
        path: backup.path.to_string_lossy().into_owned(),
        at: local_minute(backup.at),
        reason: reason(backup.reason).to_owned(),
        size: size(backup.bytes),
        content: format!(
            "{} 个小区　{} 套　{} 户",
            counts.compounds, counts.dwellings, counts.households
        ),
        verified: backup.verified,
        cover: cover(backup.cover).to_owned(),
    }
}

fn cover(cover: Cover) -> &'static str {
    match cover {
        Cover::Plain => "没有密码",
        Cover::Ours => "有密码",
        Cover::Other => "别的密码",
    }
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Opening => "打开时自动备份",
        Reason::BeforeImport => "导入前自动备份",
        Reason::BeforeMigration => "升级前自动备份",
        Reason::BeforeRestore => "恢复前自动备份",
        Reason::Interval => "定时自动备份",
        Reason::Manual => "手动备份",
        Reason::BeforePassword => "改密码前自动备份",
    }
}
