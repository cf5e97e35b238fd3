//! Copying a ledger and comparing the copy with it.

use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use jiugai_domain::progress::Progress;
use rusqlite::backup::{Backup as Copying, StepResult};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::Reason;
use super::folder::free_name;
use crate::StorageError;
use crate::files::{path, patiently};
use crate::ledger::{Password, beside, heed, keyed};
use crate::migrate::APPLICATION_ID;
use crate::verify::integrity;

/// Pages that are copied at once: eight megabytes.
const PAGES: i32 = 2_000;

/// Copies `source` under a name of its own, compares, makes it durable and gives it its name.
pub(super) fn verified(
    source: &Connection,
    password: Option<&Password>,
    folder: &Path,
    (reason, at): (Reason, NaiveDateTime),
    progress: &Progress,
) -> Result<PathBuf, StorageError> {
    sweep(folder)?;
    let path = free_name(folder, reason, at);
    let part = beside(&path, ".part");
    let copied = write(source, password, &part, progress)
        .and_then(|()| Ok(patiently(|| std::fs::rename(&part, &path))?));
    if let Err(error) = copied {
        remove(&part);
        return Err(error);
    }
    sync_folder(folder)?;
    Ok(path)
}

/// Copies `source` to a new file of the same password, compares and makes it durable.
pub(super) fn write(
    source: &Connection,
    password: Option<&Password>,
    target: &Path,
    progress: &Progress,
) -> Result<(), StorageError> {
    let file = path::for_sqlite(target);
    if path::is_too_long(&file) {
        return Err(StorageError::PathTooLong);
    }
    let mut copy = keyed(&file, OpenFlags::default(), password)?;
    {
        // One view of the source for copying and counting. It begins with the first read: a copy
        // alone ends its own, and what is written meanwhile would be counted and not copied.
        let view = Transaction::new_unchecked(source, TransactionBehavior::Deferred)?;
        view.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        transfer_by_parts(&view, &mut copy, progress)?;
        // A plain file without companions.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        progress.step("核对备份", 0);
        heed(&copy, progress)?;
        compare(&view, &copy)?;
    }
    copy.close().map_err(|(_, error)| error)?;
    Ok(patiently(|| File::options().read(true).write(true).open(target))?.sync_all()?)
}

/// Refuses a copy that is damaged or does not hold as many rows of each table as its original.
pub(crate) fn compare(original: &Connection, copy: &Connection) -> Result<(), StorageError> {
    let differs = |detail: String| Err(StorageError::BackupDiffers { detail });
    if let Some(problem) = integrity(copy)?.first() {
        // The copy has the pages of the source: what is broken here is broken there.
        return Err(StorageError::Damaged {
            detail: format!("{problem:?}"),
            newest_backup: None,
        });
    }
    let id: i32 = copy.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if id != APPLICATION_ID {
        return differs(format!("application id {id}"));
    }
    let (expected, found) = (rows(original)?, rows(copy)?);
    if found != expected {
        return differs(format!("rows {found:?} instead of {expected:?}"));
    }
    Ok(())
}

/// All pages in one step: everything or nothing.
pub(super) fn transfer(from: &Connection, to: &mut Connection) -> Result<(), StorageError> {
    let copying = Copying::new(from, to)?;
    match copying.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(StorageError::busy()),
    }
}

/// Some pages after the other, for a copy that is not the ledger yet: it may be stopped.
fn transfer_by_parts(
    from: &Connection,
    to: &mut Connection,
    progress: &Progress,
) -> Result<(), StorageError> {
    let copying = Copying::new(from, to)?;
    let mut total = 0;
    progress.reach(0)?;
    loop {
        match copying.step(PAGES)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => return Err(StorageError::busy()),
        }
        let left = copying.progress();
        if total != left.pagecount {
            total = left.pagecount;
            progress.step("备份", usize::try_from(total).unwrap_or(0));
        }
        progress.reach(usize::try_from(total - left.remaining).unwrap_or(0))?;
    }
}

/// Every table and how many rows it has.
fn rows(conn: &Connection) -> Result<Vec<(String, i64)>, StorageError> {
    let mut statement =
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")?;
    let names: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    names
        .into_iter()
        .map(|name| {
            let count = conn.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| {
                row.get(0)
            })?;
            Ok((name, count))
        })
        .collect()
}

/// Half copies of a process that was killed.
fn sweep(folder: &Path) -> Result<(), StorageError> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "part")
        {
            remove(&path);
        }
    }
    Ok(())
}

pub(crate) fn remove(part: &Path) {
    for file in [
        part.to_owned(),
        beside(part, "-journal"),
        beside(part, "-wal"),
        beside(part, "-shm"),
    ] {
        // What cannot be removed is swept next time.
        drop(patiently(|| std::fs::remove_file(&file)));
    }
}

/// Makes a new name durable, where folders can be synchronised at all.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StorageError> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
