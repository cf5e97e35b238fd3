//! What can go wrong, told apart as far as people must act differently. Chinese sentences: `jiugai-api`.

use std::path::PathBuf;

use jiugai_domain::progress::Stopped;
use jiugai_domain::{Duty, FieldError, KindCode, RecordId, Task};
use rusqlite::ErrorCode;

use crate::backup::Backup;
use crate::files::NameFault;
use crate::files::patience::HELD;
use crate::ledger::ReadOnlyReason;
use crate::ledger::inspect::Looks;
use crate::undo::Obstacle;

/// Why a storage operation did not happen. The ledger is unchanged after every one of them.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// There is no such file.
    #[error("no file at {}", path.display())]
    FileMissing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A new ledger was asked for where a file already is.
    #[error("a file is already at {}", path.display())]
    FileExists {
        /// Where it is.
        path: PathBuf,
    },
    /// The folder for a new ledger is not there, or a file is in its place.
    #[error("no folder {}", folder.display())]
    FolderMissing {
        /// The folder.
        folder: PathBuf,
    },
    /// The name that a person typed cannot be that of a file.
    #[error("no name for a file: {fault:?}")]
    BadName {
        /// What was typed.
        name: String,
        /// Why not.
        fault: NameFault,
    },
    /// Name and folders together are longer than the system or SQLite takes.
    #[error("the path is too long")]
    PathTooLong,
    /// The open ledger is not where it was: stick pulled out, network gone, file moved or removed.
    #[error("the open ledger is gone from {}", path.display())]
    Gone {
        /// Where it was.
        path: PathBuf,
    },
    /// Where the open ledger was lies another one, or an older state of it.
    #[error("something else lies at {}", path.display())]
    Replaced {
        /// Where it was.
        path: PathBuf,
    },
    /// It is not the work of who sits at the ledger.
    #[error("{duty:?} may not do {task:?}")]
    NotOfDuty {
        /// What the person does here.
        duty: Duty,
        /// What it would have been part of.
        task: Task,
    },
    /// The file belongs to something else.
    #[error("not a ledger: {looks:?}")]
    NotALedger {
        /// What it looks like.
        looks: Looks,
    },
    /// The ledger is encrypted and no password was given.
    #[error("a password is needed")]
    PasswordNeeded,
    /// The password is not that of the file, or the first page is damaged.
    #[error("the password does not open the file")]
    WrongPassword,
    /// The ledger was written by a newer version of the product.
    #[error("schema version {found}, this product knows up to {supported}")]
    NewerVersion {
        /// Version of the file.
        found: i64,
        /// Newest version that can be read.
        supported: i64,
    },
    /// The ledger must be converted first, which a read-only opening cannot do.
    #[error("schema version {found} must be migrated to {supported}, but the file opens read-only")]
    MigrationNeedsWriting {
        /// Version of the file.
        found: i64,
        /// Version it would get.
        supported: i64,
    },
    /// The file is cut off or damaged.
    #[error("damaged: {detail}")]
    Damaged {
        /// What is wrong, for the log.
        detail: String,
        /// The newest backup that can be read.
        newest_backup: Option<Box<Backup>>,
    },
    /// Another window or another person has the ledger open for writing.
    #[error("in use by {}", holder.as_deref().unwrap_or("unknown"))]
    InUse {
        /// Who, as far as known.
        holder: Option<String>,
    },
    /// The ledger is open for reading only.
    #[error("read-only: {reason:?}")]
    ReadOnly {
        /// Why.
        reason: ReadOnlyReason,
    },
    /// Another program keeps the file locked for longer than can be waited.
    #[error("locked by another program")]
    Locked(#[source] rusqlite::Error),
    /// Another program (virus scanner, synchronising program) holds the file for itself.
    #[error("held by another program")]
    Held(#[source] std::io::Error),
    /// No space is left.
    #[error("disk full")]
    DiskFull(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The medium failed: stick pulled out, network gone, bad sector.
    #[error("input or output failed")]
    Io(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Nothing is there to undo.
    #[error("nothing to undo")]
    NothingToUndo,
    /// Nothing is there to redo.
    #[error("nothing to redo")]
    NothingToRedo,
    /// No such transaction, or it was undone already.
    #[error("no transaction {seq} that could be undone or restored")]
    NoSuchTransaction {
        /// Its number.
        seq: i64,
    },
    /// A later change stands in the way of undoing, redoing or restoring.
    #[error("a later change stands in the way: {0:?}")]
    LaterChange(Box<Obstacle>),
    /// The record does not exist (any more).
    #[error("no {kind:?} {id}")]
    NotFound {
        /// Its kind.
        kind: KindCode,
        /// Its key.
        id: RecordId,
    },
    /// A value that must be unique is taken.
    #[error("taken: {columns:?}")]
    KeyTaken {
        /// The kind whose uniqueness is at stake.
        kind: Option<KindCode>,
        /// SQL columns of the unique key.
        columns: Vec<String>,
    },
    /// The record is referred to by others, or refers to one that is gone.
    #[error("{child:?} refers to {parent:?}")]
    Reference {
        /// The record that refers.
        child: (KindCode, Option<RecordId>),
        /// The record that is referred to.
        parent: (KindCode, Option<RecordId>),
        /// Code of the field that refers; none for the compound a record belongs to.
        field: Option<&'static str>,
    },
    /// The kind has no such field.
    #[error("{kind:?} has no field {code}")]
    NoSuchField {
        /// The kind.
        kind: KindCode,
        /// What was asked for.
        code: String,
    },
    /// A plan demolishes or alters a record that was to be removed.
    #[error("planned for: {plans:?}")]
    Planned {
        /// Kind of the record that was to be removed.
        kind: KindCode,
        /// Labels of the plans.
        plans: Vec<String>,
    },
    /// The values together break a rule of the table: an effect without its target, a building
    /// of another compound.
    #[error("{kind:?} breaks a rule: {rule}")]
    Unfit {
        /// Kind of the record.
        kind: KindCode,
        /// What SQLite says, with the name of the rule, for the log.
        rule: String,
    },
    /// A value that the field does not take.
    #[error("{kind:?}.{field}: {reason}")]
    Invalid {
        /// Kind of the record.
        kind: KindCode,
        /// Code of the field.
        field: &'static str,
        /// What is wrong.
        #[source]
        reason: FieldError,
    },
    /// No such backup, or it cannot be read.
    #[error("backup unusable: {detail}")]
    BackupUnusable {
        /// What is wrong, for the log.
        detail: String,
    },
    /// The copy was not equal to the ledger; it was thrown away.
    #[error("backup differs from the ledger: {detail}")]
    BackupDiffers {
        /// What differs, for the log.
        detail: String,
    },
    /// No folder for backups was set, or the ledger is not a file.
    #[error("no folder for backups")]
    NoBackupFolder,
    /// The conversion of an older ledger failed; it is as it was.
    #[error("migration failed")]
    Migration(#[source] Box<rusqlite_migration::Error>),
    /// The ballot is closed: nothing about it can be changed any more.
    #[error("the ballot is closed")]
    BallotClosed,
    /// The ballot was opened: its roll, its motions and what they rest on are frozen.
    #[error("the roll is frozen")]
    RollFrozen,
    /// The plan was published: its contents are frozen.
    #[error("the plan is published")]
    PlanReleased,
    /// What an undo would change in a ballot or a form was changed later.
    #[error("overtaken by later work")]
    Overtaken,
    /// The operation was called off inside the transaction, without fault.
    #[error("called off")]
    CalledOff,
    /// Anything else that SQLite says: a defect of the product.
    #[error("database")]
    Sqlite(#[source] rusqlite::Error),
}

impl StorageError {
    /// Somebody else has the file in use.
    pub(crate) fn busy() -> Self {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        Self::Locked(rusqlite::Error::SqliteFailure(code, None))
    }
}

impl From<Stopped> for StorageError {
    fn from(_: Stopped) -> Self {
        Self::CalledOff
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return Self::Sqlite(error);
        };
        match failure.code {
            ErrorCode::DiskFull => Self::DiskFull(Box::new(error)),
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => Self::Io(Box::new(error)),
            // SQLite noticed that its file was moved away under it.
            ErrorCode::ReadOnly
                if failure.extended_code == rusqlite::ffi::SQLITE_READONLY_DBMOVED =>
            {
                Self::Io(Box::new(error))
            }
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly {
                reason: ReadOnlyReason::Medium,
            },
            // Whoever waited stopped it.
            ErrorCode::OperationInterrupted => Self::CalledOff,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked(error),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged {
                detail: error.to_string(),
                newest_backup: None,
            },
            ErrorCode::ConstraintViolation
                if matches!(
                    failure.extended_code,
                    rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
                        | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                ) =>
            {
                let (kind, columns) = unique_key(message.as_deref().unwrap_or_default());
                Self::KeyTaken { kind, columns }
            }
            // Only the triggers of plans and ballots refuse; SQLite does not always hand their word on.
            ErrorCode::ConstraintViolation
                if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_TRIGGER =>
            {
                match message.as_deref() {
                    Some("planReleased") => Self::PlanReleased,
                    Some("ballotRollFrozen") => Self::RollFrozen,
                    _ => Self::BallotClosed,
                }
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl From<std::io::Error> for StorageError {
    fn from(error: std::io::Error) -> Self {
        from_system(error, cfg!(windows))
    }
}

fn from_system(error: std::io::Error, windows: bool) -> StorageError {
    use std::io::ErrorKind as K;
    if windows
        && error
            .raw_os_error()
            .is_some_and(|code| HELD.contains(&code))
    {
        return StorageError::Held(error);
    }
    match error.kind() {
        K::StorageFull | K::QuotaExceeded => StorageError::DiskFull(Box::new(error)),
        K::ReadOnlyFilesystem | K::PermissionDenied => StorageError::ReadOnly {
            reason: ReadOnlyReason::Medium,
        },
        K::InvalidFilename => StorageError::PathTooLong,
        _ => StorageError::Io(Box::new(error)),
    }
}

impl From<rusqlite_migration::Error> for StorageError {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { query, err } => match Self::from(err) {
                Self::Sqlite(err) => {
                    Self::Migration(Box::new(rusqlite_migration::Error::RusqliteError {
                        query,
                        err,
                    }))
                }
                plain => plain,
            },
            other => Self::Migration(Box::new(other)),
        }
    }
}

/// Reads `UNIQUE constraint failed: building.compound_id, building.name` and, for an index over
/// expressions, `UNIQUE constraint failed: index 'dwelling_address'`.
fn unique_key(message: &str) -> (Option<KindCode>, Vec<String>) {
    let Some((_, list)) = message.split_once("failed: ") else {
        return (None, Vec::new());
    };
    if let Some(index) = list.strip_prefix("index '") {
        let kind = KindCode::ALL
            .into_iter()
            .filter(|kind| {
                index
                    .strip_prefix(kind.kind().table)
                    .is_some_and(|rest| rest.starts_with('_'))
            })
            .max_by_key(|kind| kind.kind().table.len());
        return (kind, Vec::new());
    }
    let mut kind = None;
    let mut columns = Vec::new();
    for part in list.split(", ") {
        if let Some((table, column)) = part.split_once('.') {
            kind = kind.or_else(|| KindCode::from_table(table));
            columns.push(column.to_owned());
        }
    }
    (kind, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unique_message_names_kind_and_columns() {
        let (kind, columns) =
            unique_key("UNIQUE constraint failed: building.compound_id, building.name");
        assert_eq!(kind, Some(KindCode::Building));
        assert_eq!(columns, ["compound_id", "name"]);
        let by_index = unique_key("UNIQUE constraint failed: index 'dwelling_address'");
        assert_eq!(by_index, (Some(KindCode::Dwelling), Vec::new()));
        assert_eq!(unique_key("something else"), (None, Vec::new()));
    }

    #[test]
    fn failures_of_the_disk_are_told_apart() {
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert!(matches!(
            StorageError::from(full),
            StorageError::DiskFull(_)
        ));
        let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        assert!(matches!(
            StorageError::from(denied),
            StorageError::ReadOnly {
                reason: ReadOnlyReason::Medium
            }
        ));
        let sharing = || std::io::Error::from_raw_os_error(32);
        assert!(matches!(
            from_system(sharing(), true),
            StorageError::Held(_)
        ));
        assert!(matches!(from_system(sharing(), false), StorageError::Io(_)));
        let long = std::io::Error::from(std::io::ErrorKind::InvalidFilename);
        assert!(matches!(
            StorageError::from(long),
            StorageError::PathTooLong
        ));
        let sqlite = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        assert!(matches!(
            StorageError::from(sqlite(rusqlite::ffi::SQLITE_FULL)),
            StorageError::DiskFull(_)
        ));
        assert!(matches!(
            StorageError::from(sqlite(rusqlite::ffi::SQLITE_BUSY)),
            StorageError::Locked(_)
        ));
        assert!(matches!(
            StorageError::from(sqlite(rusqlite::ffi::SQLITE_IOERR_READ)),
            StorageError::Io(_)
        ));
        assert!(matches!(
            StorageError::from(sqlite(rusqlite::ffi::SQLITE_READONLY_DBMOVED)),
            StorageError::Io(_)
        ));
        assert!(matches!(
            StorageError::from(sqlite(rusqlite::ffi::SQLITE_NOTADB)),
            StorageError::Damaged { .. }
        ));
        assert!(matches!(
            StorageError::from(sqlite(rusqlite::ffi::SQLITE_MISUSE)),
            StorageError::Sqlite(_)
        ));
    }
}
