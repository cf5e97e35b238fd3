//! Opening, making and describing ledgers.

use std::path::{Path, PathBuf};

use jiugai_storage::backup::{self, Reason};
use jiugai_storage::files::{name, same_file};
use jiugai_storage::place;
use jiugai_storage::{Ledger, Mode, OpenOptions, StorageError};

use crate::duty;
use crate::text::local_minute;
use crate::wire::LedgerStatus;
use crate::{ApiError, ErrorCode, Session, wording};

/// Extension of ledger files.
pub(crate) const EXTENSION: &str = "jgdb";

impl Session {
    /// The open ledger.
    ///
    /// # Errors
    /// `noLedger` when none is open.
    pub fn ledger_status(&self) -> Result<LedgerStatus, ApiError> {
        let ledger = self.ledger()?;
        let path = ledger.path().unwrap_or(Path::new("")).to_owned();
        let mut warnings = Vec::new();
        if let Some(reason) = ledger.read_only() {
            warnings.push(format!(
                "{}，现在只能查看，不能修改。",
                wording::read_only(reason)
            ));
        }
        warnings.extend(place::judge(&path).map(|warning| wording::place_warning(&warning)));
        if let Some(failed) = self.background.watch().failed() {
            warnings.push(format!(
                "自动备份没有做成：{}{}",
                failed.message, failed.next_step
            ));
        }
        let is_sample = self.is_sample();
        if is_sample {
            warnings.push("这是示例台账：除五交化家属院公开报道的数字外都是虚构的，可以随便试。正式工作请新建一本账。".to_owned());
        }
        let summary = |summary: Option<jiugai_storage::TransactionSummary>| {
            summary.map(|summary| jiugai_storage::wording::act(&summary))
        };
        let changes = !ledger.duty().is_masked();
        let last_backup = ledger.last_backup_at().ok().flatten().map(local_minute);
        Ok(LedgerStatus {
            name: path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            path: path.to_string_lossy().into_owned(),
            is_sample,
            has_password: ledger.has_password(),
            read_only: ledger.read_only().is_some(),
            warnings,
            revision: i32::try_from(ledger.revision()?).unwrap_or(i32::MAX),
            undo: summary(ledger.next_undo()?.filter(|_| changes)),
            redo: summary(ledger.next_redo()?.filter(|_| changes)),
            last_backup,
            backup_running: self.background.watch().is_busy(),
            actor: self.kept.settings.actor.clone(),
            duty: duty::is_divided(ledger)?.then(|| ledger.duty()),
            tasks: ledger.duty().tasks(),
        })
    }

    /// Makes a new, empty ledger and opens it. The extension .jgdb is added where it is missing.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub fn ledger_create(&mut self, path: &Path) -> Result<LedgerStatus, ApiError> {
        // As it was typed: with the extension behind it, a dot at the end would not show.
        let typed = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(fault) = name::fault(&typed) {
            let name = typed.into_owned();
            return Err(StorageError::BadName { name, fault }.into());
        }
        let path = with_extension(path);
        let options = OpenOptions {
            password: None,
            ..self.open_options(Mode::ReadWrite)
        };
        let ledger = Ledger::create(&path, &options, &self.stamp())?;
        self.install(ledger, &path);
        self.ledger_status()
    }

    /// Opens a ledger for work, or for reading when nothing else is possible; makes the backup of
    /// the opening.
    ///
    /// # Errors
    /// When the file is missing, foreign, newer, damaged or unreadable. The ledger that was open
    /// before stays open then.
    pub fn ledger_open(&mut self, path: &Path) -> Result<LedgerStatus, ApiError> {
        if let Some(open) = &mut self.ledger
            && open.path().is_some_and(|open| same_file(open, path))
        {
            if open.is_sound() {
                return self.ledger_status();
            }
            // Its stick or share was away: the right to write must be free to be taken anew.
            open.let_go();
        }
        self.progress.finish("检查文件")?;
        let opened = Ledger::open(
            path,
            &self.open_options(Mode::ReadWriteOrRead),
            &self.stamp(),
        );
        let ledger = opened.inspect_err(|error| self.note_refusal(path, error))?;
        self.admit(&ledger, path)?;
        self.install(ledger, path);
        self.backup_quietly(Reason::Opening);
        self.ledger_status()
    }

    /// Puts the newest good backup in the place of the damaged ledger that was to be opened last,
    /// and opens it. The damaged file stays beside it under another name.
    ///
    /// # Errors
    /// `backup` when there is no good backup; those of the disk.
    pub fn ledger_recover(&mut self) -> Result<LedgerStatus, ApiError> {
        let Some((path, backup)) = self.damaged.clone() else {
            return Err(ApiError::new(
                ErrorCode::Backup,
                "没有可用的备份",
                "没有找到这本账完好的备份。",
                "请到别的磁盘或 U 盘上找一份备份，用“打开”直接打开它。",
            ));
        };
        self.recover(&path, &backup)?;
        self.ledger_open(&path)
    }

    /// Puts a backup in the place of a ledger that does not open any more.
    ///
    /// # Errors
    /// `backup`, `inUse`, those of the disk.
    pub fn recover(&mut self, path: &Path, backup: &Path) -> Result<(), ApiError> {
        let watch = self.background.watch();
        let _turn = watch.turn();
        backup::replace_damaged(
            path,
            backup,
            self.offered.as_ref(),
            &self.progress,
            &self.stamp(),
        )?;
        self.damaged = None;
        Ok(())
    }

    fn note_refusal(&mut self, path: &Path, error: &StorageError) {
        self.locked = match error {
            StorageError::PasswordNeeded | StorageError::WrongPassword => Some(path.to_owned()),
            _ => None,
        };
        self.damaged = match error {
            StorageError::Damaged {
                newest_backup: Some(backup),
                ..
            } => Some((path.to_owned(), backup.path.clone())),
            _ => None,
        };
    }

    /// Opens a ledger for the command line to take something out of it, which is noted where the
    /// ledger can be written.
    ///
    /// # Errors
    /// As [`Session::ledger_open`].
    pub fn ledger_open_noting(&mut self, path: &Path) -> Result<(), ApiError> {
        self.open_in(path, Mode::ReadWriteOrRead)
    }

    /// Opens a ledger for the command line: for work only, or for reading only.
    ///
    /// # Errors
    /// As [`Session::ledger_open`], and when another window works in it.
    pub fn ledger_open_as(&mut self, path: &Path, writing: bool) -> Result<(), ApiError> {
        let mode = if writing {
            Mode::ReadWrite
        } else {
            Mode::ReadOnly
        };
        self.open_in(path, mode)
    }

    fn open_in(&mut self, path: &Path, mode: Mode) -> Result<(), ApiError> {
        let ledger = Ledger::open(path, &self.open_options(mode), &self.stamp())?;
        self.admit(&ledger, path)?;
        self.order.clear();
        self.ledger = Some(ledger);
        Ok(())
    }

    /// Opens the sample ledger (示例), making it first where it is missing.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn ledger_open_sample(&mut self) -> Result<LedgerStatus, ApiError> {
        let path = self.sample_path();
        if path.exists() {
            match self.ledger_open(&path) {
                Err(error) if error.code == ErrorCode::Damaged => self.set_aside(&path)?,
                opened => return opened,
            }
        }
        std::fs::create_dir_all(&self.environment.data_dir)
            .map_err(|error| wording::file_error(&error, &path))?;
        self.sample_create(&path)?;
        self.ledger_status()
    }

    /// Closes the open ledger.
    ///
    /// # Errors
    /// Whatever the disk says; the ledger is closed all the same.
    pub fn ledger_close(&mut self) -> Result<(), ApiError> {
        self.order.clear();
        match self.ledger.take() {
            Some(ledger) => Ok(ledger.close()?),
            None => Ok(()),
        }
    }

    /// Where the sample ledger is.
    #[must_use]
    pub fn sample_path(&self) -> PathBuf {
        self.environment
            .data_dir
            .join(format!("示例 五交化家属院.{EXTENSION}"))
    }

    pub(crate) fn open_options(&self, mode: Mode) -> OpenOptions {
        OpenOptions {
            mode,
            backup_dir: Some(self.backup_dir()),
            password: self.offered.clone(),
            progress: self.progress.clone(),
        }
    }

    pub(crate) fn install(&mut self, ledger: Ledger, path: &Path) {
        self.order.clear();
        self.ledger = Some(ledger);
        self.locked = None;
        self.waiting = None;
        self.background.watch().settle(None);
        self.remember(path);
    }

    fn set_aside(&self, path: &Path) -> Result<(), ApiError> {
        let aside = path.with_extension(format!(
            "损坏-{}.{EXTENSION}",
            self.now().format("%Y%m%d-%H%M%S")
        ));
        std::fs::rename(path, &aside).map_err(|error| wording::file_error(&error, path))
    }
}

/// Adds the extension .jgdb where it is missing.
fn with_extension(path: &Path) -> PathBuf {
    if path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
    {
        return path.to_owned();
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(EXTENSION);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extension_is_added_once() {
        assert_eq!(
            with_extension(Path::new("/a/五交化 2.0")),
            Path::new("/a/五交化 2.0.jgdb")
        );
        assert_eq!(
            with_extension(Path::new("/a/五交化.JGDB")),
            Path::new("/a/五交化.JGDB")
        );
    }
}
