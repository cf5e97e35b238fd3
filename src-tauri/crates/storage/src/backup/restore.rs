//! Going back to a backup, with a look at what would be lost.

use std::path::{Path, PathBuf};

use jiugai_domain::progress::Progress;
use jiugai_domain::{KindCode, RecordId};
use rusqlite::{Connection, OptionalExtension};

use super::copy::{remove, sync_folder, transfer, write};
use super::{Cover, Outcome, Reason, reading};
use crate::files::{name, path, patiently};
use crate::ledger::inspect::inspect;
use crate::ledger::{Password, READ_WRITE, beside, keyed, read_fact, recode};
use crate::log::{self, SUMMARY_COLUMNS, Stamp, TransactionSummary};
use crate::verify::integrity;
use crate::{Ledger, StorageError, lock, migrate};

/// What restoring a backup would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Transactions that the backup does not have, newest first: they would be lost.
    pub lost: Vec<TransactionSummary>,
    /// Transactions that only the backup has, newest first: they would come back.
    pub regained: Vec<TransactionSummary>,
    /// For each kind: records in the backup, records now. Kinds without any are left out.
    pub counts: Vec<(KindCode, i64, i64)>,
}

impl Ledger {
    /// Shows what restoring a backup would do.
    ///
    /// # Errors
    /// [`StorageError::BackupUnusable`], [`StorageError::NewerVersion`].
    pub fn restore_preview(&self, backup: &Path) -> Result<Preview, StorageError> {
        let (source, _) = self.source(backup)?;
        let conn = self.connection();
        let common = common(conn, &source)?;
        let mut counts = Vec::new();
        for kind in KindCode::ALL {
            let (then, now) = (count(&source, kind)?, count(conn, kind)?);
            if then != 0 || now != 0 {
                counts.push((kind, then, now));
            }
        }
        Ok(Preview {
            lost: after(conn, common)?,
            regained: after(&source, common)?,
            counts,
        })
    }

    /// Backs the present up, then puts the backup in its place: all of it or nothing, even when
    /// the power goes. The file stays open and locked. [`Ledger::revision`] goes back to that of the
    /// backup, so every screen must be read again.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`], [`StorageError::NoBackupFolder`],
    /// [`StorageError::BackupUnusable`], [`StorageError::NewerVersion`],
    /// [`StorageError::DiskFull`], [`StorageError::Locked`], [`StorageError::Io`]. The ledger is
    /// unchanged after each of them.
    pub fn restore(&mut self, backup: &Path, stamp: &Stamp) -> Result<Outcome, StorageError> {
        self.ready()?;
        let (source, cover) = self.source(backup)?;
        let before = self.backup(Reason::BeforeRestore, stamp)?;
        self.progress().finish("放回备份")?;
        if cover == Cover::of(self.password()) && migrate::version(&source)? == migrate::latest() {
            transfer(&source, self.connection_mut())?;
        } else {
            drop(source);
            self.convert_and_take(backup, cover)?;
        }
        // Only keeps the companion file small; what was restored is durable already.
        let checkpoint = self
            .connection()
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        drop(checkpoint);
        self.note_state()?;
        Ok(before)
    }

    /// Takes in a backup of an older version or without the ledger's password: converted before it
    /// takes the place, so that no half-converted ledger can stay.
    fn convert_and_take(&mut self, backup: &Path, cover: Cover) -> Result<(), StorageError> {
        let file = self.file().ok_or(StorageError::NoBackupFolder)?;
        let part = beside(file, ".part");
        remove(&part);
        let key = self.password().cloned();
        let password = key.as_ref();
        let old = password.filter(|_| cover == Cover::Ours);
        let converted = recode(backup, old, &part, password).and_then(|()| {
            let mut source = keyed(&path::for_sqlite(&part), READ_WRITE, password)?;
            migrate::migrate(&mut source)?;
            transfer(&source, self.connection_mut())
        });
        remove(&part);
        converted
    }

    /// Opens a backup and makes sure that it is whole, readable and of this ledger.
    fn source(&self, backup: &Path) -> Result<(Connection, Cover), StorageError> {
        let (source, cover) = usable(backup, self.password())?;
        if read_fact(&source, "id")? != self.fact("id")? {
            return unusable("of another ledger");
        }
        Ok((source, cover))
    }
}

/// Puts a backup in the place of a ledger that does not open any more. The damaged file stays
/// beside it; its new name is returned.
///
/// # Errors
/// [`StorageError::InUse`], [`StorageError::BackupUnusable`], [`StorageError::NewerVersion`], those of the disk.
pub fn replace_damaged(
    ledger: &Path,
    backup: &Path,
    password: Option<&Password>,
    progress: &Progress,
    stamp: &Stamp,
) -> Result<PathBuf, StorageError> {
    // Behind a link it is the file that is damaged, not the link.
    let ledger = &path::real(ledger);
    let _lock = lock::take(ledger, stamp)?;
    let (source, cover) = usable(backup, password)?;
    let part = beside(ledger, ".part");
    remove(&part);
    if let Err(error) = write(
        &source,
        password.filter(|_| cover == Cover::Ours),
        &part,
        progress,
    ) {
        remove(&part);
        return Err(error);
    }
    // A long name could be too long with something behind it.
    let stem = name::clean(&ledger.file_stem().unwrap_or_default().to_string_lossy());
    let aside = ledger.with_file_name(format!(
        "{stem}.{}.damaged",
        stamp.at.format("%Y%m%d-%H%M%S")
    ));
    patiently(|| std::fs::rename(ledger, &aside))?;
    if let Err(error) = take_place(&part, ledger, &aside) {
        // As it was: a ledger that is damaged is still better than none at its place.
        for suffix in ["", "-wal", "-shm"] {
            drop(std::fs::rename(
                beside(&aside, suffix),
                beside(ledger, suffix),
            ));
        }
        remove(&part);
        return Err(error.into());
    }
    sync_folder(
        ledger
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new(".")),
    )?;
    Ok(aside)
}

/// Moves the companions of the damaged file out of the way, then the new one into its place.
fn take_place(part: &Path, ledger: &Path, aside: &Path) -> std::io::Result<()> {
    for suffix in ["-wal", "-shm"] {
        let (from, to) = (beside(ledger, suffix), beside(aside, suffix));
        match patiently(|| std::fs::rename(&from, &to)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    patiently(|| std::fs::rename(part, ledger))
}

/// Opens a backup, if it is whole and not newer than this product.
fn usable(backup: &Path, password: Option<&Password>) -> Result<(Connection, Cover), StorageError> {
    let opened = inspect(backup).and_then(|header| {
        if header.is_truncated() {
            return unusable("cut off");
        }
        let (conn, cover) = reading(backup, password)?;
        match integrity(&conn)?.first() {
            Some(problem) => unusable(&format!("{problem:?}")),
            None => Ok((conn, cover)),
        }
    });
    let (conn, cover) = opened.map_err(|error| match error {
        error @ (StorageError::BackupUnusable { .. }
        | StorageError::PasswordNeeded
        | StorageError::WrongPassword) => error,
        other => StorageError::BackupUnusable {
            detail: other.to_string(),
        },
    })?;
    let (found, supported) = (migrate::version(&conn)?, migrate::latest());
    if found > supported {
        return Err(StorageError::NewerVersion { found, supported });
    }
    Ok((conn, cover))
}

fn unusable<T>(detail: &str) -> Result<T, StorageError> {
    Err(StorageError::BackupUnusable {
        detail: detail.to_owned(),
    })
}

/// The last transaction that both have.
fn common(ours: &Connection, theirs: &Connection) -> Result<i64, StorageError> {
    let mut statement = theirs.prepare("SELECT seq, id FROM transactions ORDER BY seq DESC")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, id): (i64, [u8; 16]) = (row.get(0)?, row.get(1)?);
        let found: Option<[u8; 16]> = ours
            .prepare_cached("SELECT id FROM transactions WHERE seq = ?1")?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        if found.map(RecordId) == Some(RecordId(id)) {
            return Ok(seq);
        }
    }
    Ok(0)
}

fn after(conn: &Connection, seq: i64) -> Result<Vec<TransactionSummary>, StorageError> {
    let sql =
        format!("SELECT {SUMMARY_COLUMNS} FROM transactions WHERE seq > ?1 ORDER BY seq DESC");
    let mut statement = conn.prepare(&sql)?;
    let found = statement.query_map([seq], log::summary)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Records of a kind; 0 in a backup from before the kind was known.
fn count(conn: &Connection, kind: KindCode) -> Result<i64, StorageError> {
    let table = kind.kind().table;
    let there: bool = conn.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1",
        [table],
        |row| row.get(0),
    )?;
    if !there {
        return Ok(0);
    }
    Ok(
        conn.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| {
            row.get(0)
        })?,
    )
}
