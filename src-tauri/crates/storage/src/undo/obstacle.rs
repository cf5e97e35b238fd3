//! Finding out what stands in the way, so that people can be told which record, by whom and when.

use std::collections::HashSet;

use jiugai_domain::{KindCode, RecordId, Value};
use rusqlite::session::{ConflictAction, ConflictType, Session};
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};

use crate::StorageError;
use crate::ledger::dangling;
use crate::log::{self, Action, RowChange, SUMMARY_COLUMNS, TransactionSummary};

/// Why a transaction cannot be taken back or brought again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObstacleReason {
    /// The record was changed later.
    ChangedLater,
    /// The record was deleted later.
    DeletedLater,
    /// The record is there already.
    Exists,
    /// `other` has the name or number that must be unique.
    KeyTaken,
    /// `other` refers to the record, which would go.
    StillReferenced,
    /// `other`, to which the record refers, is gone.
    ParentGone,
    /// `other`, to which the record refers, belongs to another compound or building by now.
    ParentMoved,
}

/// What stands in the way of an undo, redo or restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Why.
    pub reason: ObstacleReason,
    /// The record of the transaction that is stopped.
    pub record: (KindCode, RecordId),
    /// The other record in play, see [`ObstacleReason`].
    pub other: Option<(KindCode, RecordId)>,
    /// The later transaction that brought this about.
    pub by: Option<TransactionSummary>,
}

type Key = (KindCode, RecordId);

/// What SQLite stumbled over.
pub(super) enum Clash {
    Changed(Option<Key>),
    Gone(Option<Key>),
    Exists(Option<Key>),
    Constraint(Option<Key>),
    Reference,
    /// A row of a table that is no kind: ballots, forms.
    Own {
        /// The file itself refused it.
        refused: bool,
    },
}

/// Explains a clash while the transaction is still open (it is rolled back afterwards).
pub(super) fn explain(
    conn: &Connection,
    changeset: &[u8],
    clash: &Clash,
    since: i64,
) -> Result<Option<Obstacle>, StorageError> {
    let (reason, record) = match *clash {
        Clash::Changed(Some(record)) => (ObstacleReason::ChangedLater, record),
        Clash::Gone(Some(record)) => (ObstacleReason::DeletedLater, record),
        Clash::Exists(Some(record)) => (ObstacleReason::Exists, record),
        Clash::Constraint(record) => return taken_key(conn, changeset, record, since),
        Clash::Reference => return broken_reference(conn, changeset, since),
        _ => return Ok(None),
    };
    let mut columns = None;
    log::decode(
        changeset,
        |kind, id, _| (kind, id) == record,
        |row| {
            if (row.kind, row.id) == record && row.action == Action::Update {
                columns = Some(row.cells.iter().map(|(column, ..)| *column).collect());
            }
        },
    )?;
    let by = latest(conn, record, since, columns.as_ref())?;
    Ok(Some(Obstacle {
        reason,
        record,
        other: None,
        by,
    }))
}

/// The last transaction after `since` that touched a record, in any of `columns` if given.
pub(crate) fn latest(
    conn: &Connection,
    (kind, id): Key,
    since: i64,
    columns: Option<&HashSet<usize>>,
) -> Result<Option<TransactionSummary>, StorageError> {
    let sql = format!(
        "SELECT {SUMMARY_COLUMNS} FROM transactions WHERE seq IN
           (SELECT seq FROM transaction_rows WHERE table_name = ?1 AND row_id = ?2 AND seq > ?3) ORDER BY seq DESC"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_map((kind.kind().table, id.0, since), log::summary)?;
    for summary in found {
        let summary = summary?;
        let Some(columns) = columns else {
            return Ok(Some(summary));
        };
        let mut touches = false;
        let changeset = log::changeset(conn, summary.seq)?.unwrap_or_default();
        log::decode(
            &changeset,
            |k, i, _| (k, i) == (kind, id),
            |row| {
                touches |= (row.kind, row.id) == (kind, id)
                    && (row.action != Action::Update
                        || row
                            .cells
                            .iter()
                            .any(|(column, ..)| columns.contains(column)));
            },
        )?;
        if touches {
            return Ok(Some(summary));
        }
    }
    Ok(None)
}

/// Looks which record outside of the changeset has a unique key that the changeset needs.
fn taken_key(
    conn: &Connection,
    changeset: &[u8],
    named: Option<Key>,
    since: i64,
) -> Result<Option<Obstacle>, StorageError> {
    let mut rows = Vec::new();
    log::decode(
        changeset,
        |_, _, action| action != Action::Delete,
        |row| rows.push(row),
    )?;
    let own: HashSet<Key> = rows.iter().map(|row| (row.kind, row.id)).collect();
    rows.sort_by_key(|row| Some((row.kind, row.id)) != named);
    let reason = ObstacleReason::KeyTaken;
    for row in &rows {
        if let Some(other) = holder(conn, row)?.filter(|other| !own.contains(other)) {
            let by = latest(conn, other, since, None)?;
            return Ok(Some(Obstacle {
                reason,
                record: (row.kind, row.id),
                other: Some(other),
                by,
            }));
        }
    }
    Ok(rows.first().map(|row| Obstacle {
        reason,
        record: (row.kind, row.id),
        other: None,
        by: None,
    }))
}

/// The record that has the unique key which a changed row needs: lets SQLite replace it, looks
/// what went, and takes that back.
fn holder(conn: &Connection, row: &RowChange) -> Result<Option<Key>, StorageError> {
    conn.execute_batch("SAVEPOINT holder")?;
    let found = replaced(conn, row);
    conn.execute_batch("ROLLBACK TO holder; RELEASE holder")?;
    found
}

fn replaced(conn: &Connection, row: &RowChange) -> Result<Option<Key>, StorageError> {
    let (kind, id) = (row.kind, row.id);
    let names = log::columns(conn, kind)?;
    let cells: Vec<(&str, Bound<'_>)> = row
        .cells
        .iter()
        .filter_map(|(column, _, new)| Some((names.get(*column)?.as_str(), Bound(new))))
        .collect();
    let sql = match row.action {
        Action::Insert => {
            let columns: Vec<String> = cells
                .iter()
                .map(|(name, _)| format!("\"{name}\""))
                .collect();
            let marks = vec!["?"; cells.len()].join(", ");
            format!(
                "INSERT OR REPLACE INTO \"{}\" ({}) VALUES ({marks})",
                kind.kind().table,
                columns.join(", ")
            )
        }
        Action::Update => {
            let sets: Vec<String> = cells
                .iter()
                .map(|(name, _)| format!("\"{name}\" = ?"))
                .collect();
            format!(
                "UPDATE OR REPLACE \"{}\" SET {} WHERE id = x'{}'",
                kind.kind().table,
                sets.join(", "),
                hex(id)
            )
        }
        Action::Delete => return Ok(None),
    };
    let mut session = Session::new(conn)?;
    session.attach(Some(kind.kind().table))?;
    if conn
        .execute(
            &sql,
            params_from_iter(cells.into_iter().map(|(_, value)| value)),
        )
        .is_err()
    {
        return Ok(None);
    }
    let mut went = Vec::new();
    session.changeset_strm(&mut went)?;
    let mut other = None;
    log::decode(
        &went,
        |_, _, _| false,
        |row| {
            if row.action == Action::Delete && row.id != id {
                other = Some((row.kind, row.id));
            }
        },
    )?;
    Ok(other)
}

/// Applies the changeset against the rules of references, to see which record they are about. The
/// open transaction is rolled back by the caller.
fn broken_reference(
    conn: &Connection,
    changeset: &[u8],
    since: i64,
) -> Result<Option<Obstacle>, StorageError> {
    conn.apply_strm(
        &mut &*changeset,
        None::<fn(&str) -> bool>,
        |conflict, _| match conflict {
            ConflictType::SQLITE_CHANGESET_FOREIGN_KEY => ConflictAction::SQLITE_CHANGESET_OMIT,
            _ => ConflictAction::SQLITE_CHANGESET_ABORT,
        },
    )?;
    let Some(StorageError::Reference {
        child: (child, Some(child_id)),
        parent: (parent, Some(parent_id)),
        ..
    }) = dangling(conn)?
    else {
        return Ok(None);
    };
    let (child, parent) = ((child, child_id), (parent, parent_id));
    let mut written = false;
    let mut deleted = false;
    log::decode(
        changeset,
        |_, _, _| false,
        |row| {
            written |= (row.kind, row.id) == child;
            deleted |= (row.kind, row.id) == parent && row.action == Action::Delete;
        },
    )?;
    let obstacle = if deleted && !written {
        let by = latest(conn, child, since, None)?;
        Obstacle {
            reason: ObstacleReason::StillReferenced,
            record: parent,
            other: Some(child),
            by,
        }
    } else {
        unfit_parent(conn, child, parent, since)?
    };
    Ok(Some(obstacle))
}

/// A record cannot come back because of the record that it refers to.
pub(crate) fn unfit_parent(
    conn: &Connection,
    child: Key,
    parent: Key,
    since: i64,
) -> Result<Obstacle, StorageError> {
    let reason = if exists(conn, parent)? {
        ObstacleReason::ParentMoved
    } else {
        ObstacleReason::ParentGone
    };
    Ok(Obstacle {
        reason,
        record: child,
        other: Some(parent),
        by: latest(conn, parent, since, None)?,
    })
}

pub(crate) fn exists(conn: &Connection, (kind, id): Key) -> Result<bool, StorageError> {
    let sql = format!("SELECT 1 FROM \"{}\" WHERE id = ?1", kind.kind().table);
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id.0], |_| Ok(()))
        .optional()?
        .is_some())
}

fn hex(id: RecordId) -> String {
    id.to_string().replace('-', "")
}

/// A value as SQLite takes it.
pub(crate) struct Bound<'a>(pub(crate) &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::from(rusqlite::types::Null),
            Value::Text(text) => ToSqlOutput::from(text.as_str()),
            Value::Integer(number) => ToSqlOutput::from(*number),
            Value::Id(id) => ToSqlOutput::from(id.0.as_slice()),
        })
    }
}
