//! The only way to write.

use jiugai_domain::{KindCode, RecordId, Task};
use rusqlite::session::Session;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior};

use super::Ledger;
use crate::StorageError;
use crate::attachments;
use crate::ballots;
use crate::forms;
use crate::log::{self, Changed, Entry, Op, Role, Stamp};
use crate::migrate;
use crate::parameters;
use crate::plans;
use crate::query::search::keys;
use crate::stages;
use crate::survey;

impl Ledger {
    /// Runs `work` as one transaction with a name: everything or nothing, logged with exactly
    /// what changed in the tracked tables. References are checked at the end, so that parents and
    /// children may be written in any order. An error or a panic inside leaves the ledger as it was.
    ///
    /// # Errors
    /// Those of `work`; [`StorageError::ReadOnly`], [`StorageError::Locked`],
    /// [`StorageError::Gone`], [`StorageError::Replaced`],
    /// [`StorageError::DiskFull`], [`StorageError::Io`]; [`StorageError::Reference`] when a record
    /// would refer to one that is gone; [`StorageError::NotOfDuty`] when it changed what the person may not.
    pub fn transact<T>(
        &self,
        op: &Op,
        stamp: &Stamp,
        work: impl FnOnce(&Connection) -> Result<T, StorageError>,
    ) -> Result<Changed<T>, StorageError> {
        self.transact_as(op, stamp, Role::Do, None, work)
    }

    pub(crate) fn transact_as<T>(
        &self,
        op: &Op,
        stamp: &Stamp,
        role: Role,
        target: Option<i64>,
        work: impl FnOnce(&Connection) -> Result<T, StorageError>,
    ) -> Result<Changed<T>, StorageError> {
        if self.duty().is_masked() {
            self.allow(Task::Record)?;
        }
        self.ready()?;
        let end = self.note_end(self.run(op, stamp, role, target, work));
        if let Ok(changed) = &end
            && let Some(transaction) = &changed.transaction
        {
            self.acknowledged.set(transaction.seq);
        }
        end
    }

    fn run<T>(
        &self,
        op: &Op,
        stamp: &Stamp,
        role: Role,
        target: Option<i64>,
        work: impl FnOnce(&Connection) -> Result<T, StorageError>,
    ) -> Result<Changed<T>, StorageError> {
        let conn = self.connection();
        let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
        conn.pragma_update(None, "defer_foreign_keys", true)?;
        let (value, changeset) = {
            let mut session = Session::new(conn)?;
            let tables = tracked();
            for table in &tables {
                session.attach(Some(*table))?;
            }
            let closed = self.watch_closed(conn, &tables)?;
            let value = work(conn)?;
            self.refuse_closed(closed)?;
            self.progress().step("记入操作记录", 0);
            let mut changeset = Vec::new();
            session.changeset_strm(&mut changeset)?;
            (value, changeset)
        };
        let mut changed = Changed {
            value,
            scopes: Vec::new(),
            transaction: None,
        };
        if !changeset.is_empty() {
            let schema_version = migrate::version(conn)?;
            let entry = Entry {
                op,
                stamp,
                role,
                target,
                schema_version,
                changeset: &changeset,
            };
            let (id, scopes) = log::append(conn, &entry, self.progress())?;
            keys::follow(conn, &changeset, &scopes, self.progress())?;
            survey::answers::follow(conn, &changeset)?;
            if let Some(target) = target {
                let undone_by = (role == Role::Undo).then_some(id.seq);
                conn.prepare_cached("UPDATE transactions SET undone_by = ?2 WHERE seq = ?1")?
                    .execute((target, undone_by))?;
            }
            changed.scopes = scopes;
            changed.transaction = Some(id);
        }
        self.progress().finish("存盘")?;
        match conn.execute_batch("COMMIT") {
            Ok(()) => Ok(changed),
            Err(error) => {
                let reason = if is_reference(&error) {
                    dangling(conn)?
                } else {
                    None
                };
                drop(transaction);
                Err(reason.unwrap_or_else(|| error.into()))
            }
        }
    }
}

/// The tables that the log follows.
pub(super) fn tracked() -> Vec<&'static str> {
    let others = [
        &forms::TABLES[..],
        &survey::TABLES,
        &attachments::TABLES,
        &ballots::TABLES,
        &parameters::TABLES,
        &plans::TABLES,
        &stages::TABLES,
    ];
    let kinds = KindCode::ALL.into_iter().map(|kind| kind.kind().table);
    kinds.chain(others.concat()).collect()
}

fn is_reference(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(failure, _)
        if failure.code == ErrorCode::ConstraintViolation
            && failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
}

/// The first reference that points at nothing, as an error.
pub(crate) fn dangling(conn: &Connection) -> Result<Option<StorageError>, StorageError> {
    let found: Option<(String, Option<i64>, String, i64)> = conn
        .query_row("PRAGMA foreign_key_check", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((table, rowid, parent, ordinal)) = found else {
        return Ok(None);
    };
    let (Some(child), Some(parent)) = (KindCode::from_table(&table), KindCode::from_table(&parent))
    else {
        return Ok(None);
    };
    let column: Option<String> = conn
        .query_row(
            "SELECT \"from\" FROM pragma_foreign_key_list(?1) WHERE id = ?2 AND \"to\" = 'id'",
            (&table, ordinal),
            |row| row.get(0),
        )
        .optional()?;
    let field = column
        .as_deref()
        .and_then(|column| child.kind().field_of_column(column))
        .map(|field| field.code);
    let mut keys = (None, None);
    if let (Some(rowid), Some(column)) = (rowid, column) {
        let sql = format!("SELECT id, \"{column}\" FROM \"{table}\" WHERE rowid = ?1");
        keys = conn.query_row(&sql, [rowid], |row| {
            Ok((
                Some(RecordId(row.get(0)?)),
                row.get::<_, Option<[u8; 16]>>(1)?.map(RecordId),
            ))
        })?;
    }
    Ok(Some(StorageError::Reference {
        child: (child, keys.0),
        parent: (parent, keys.1),
        field,
    }))
}
