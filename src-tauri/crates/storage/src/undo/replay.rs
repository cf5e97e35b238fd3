//! Applying a changeset, all of it or nothing.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiugai_domain::{KindCode, RecordId};
use rusqlite::Connection;
use rusqlite::session::{ChangesetItem, ConflictAction, ConflictType};

use super::obstacle::{self, Clash};
use super::swap;
use crate::StorageError;
use crate::log::{Action, key};

/// Applies `changeset`. Any conflict calls the whole off: leaving one row out would commit
/// orphans. `since` is the transaction after which a later change may stand in the way.
pub(super) fn apply(conn: &Connection, changeset: &[u8], since: i64) -> Result<(), StorageError> {
    let Err((error, clash)) = attempt(conn, changeset, HashSet::new()) else {
        return Ok(());
    };
    if matches!(clash, Some(Clash::Constraint(_))) && exchanged(conn, changeset)? {
        return Ok(());
    }
    // Records that swap a unique key are deleted and inserted again; when that fails, no row is named.
    let clash = clash.or_else(|| {
        matches!(error, StorageError::KeyTaken { .. }).then_some(Clash::Constraint(None))
    });
    let Some(clash) = clash else {
        return Err(error);
    };
    if let Some(told) = of_own_tables(&clash) {
        return Err(told);
    }
    let of_plan = matches!(
        clash,
        Clash::Constraint(Some((
            KindCode::Plan | KindCode::WorkItem | KindCode::Effect | KindCode::Dependency,
            _
        )))
    );
    Err(match obstacle::explain(conn, changeset, &clash, since)? {
        // No key is taken: what the rows of a plan run into is its being published.
        Some(obstacle) if of_plan && obstacle.other.is_none() => StorageError::PlanReleased,
        Some(obstacle) => StorageError::LaterChange(Box::new(obstacle)),
        None if matches!(clash, Clash::Reference) => StorageError::Overtaken,
        None => error,
    })
}

/// Applies `changeset`, in which the rows of `done` have their new state already.
fn attempt(
    conn: &Connection,
    changeset: &[u8],
    done: HashSet<(KindCode, RecordId)>,
) -> Result<(), (StorageError, Option<Clash>)> {
    let clash: Arc<Mutex<Option<Clash>>> = Arc::default();
    let seen = Arc::clone(&clash);
    let applied = conn.apply_strm(
        &mut &*changeset,
        None::<fn(&str) -> bool>,
        move |conflict, item| {
            let met = look(&conflict, &item);
            if matches!(met, Clash::Changed(Some(row)) | Clash::Gone(Some(row)) if done.contains(&row)) {
                return ConflictAction::SQLITE_CHANGESET_OMIT;
            }
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(met);
            ConflictAction::SQLITE_CHANGESET_ABORT
        },
    );
    applied.map_err(|error| {
        let met = clash.lock().unwrap_or_else(PoisonError::into_inner).take();
        (error.into(), met)
    })
}

/// Applies `changeset` with the rows exchanged that wait for each other's unique key. False when that
/// does not help; nothing is changed then, and what stands in the way is what showed first.
fn exchanged(conn: &Connection, changeset: &[u8]) -> Result<bool, StorageError> {
    conn.execute_batch("SAVEPOINT exchange")?;
    let done = swap::exchange(conn, changeset)
        .is_ok_and(|rows| !rows.is_empty() && attempt(conn, changeset, rows).is_ok());
    if !done {
        conn.execute_batch("ROLLBACK TO exchange")?;
    }
    conn.execute_batch("RELEASE exchange")?;
    Ok(done)
}

/// Ballots and forms are no kinds: what stands in the way there is told by the table.
fn of_own_tables(clash: &Clash) -> Option<StorageError> {
    match clash {
        Clash::Own { refused: true } => Some(StorageError::BallotClosed),
        Clash::Own { refused: false } => Some(StorageError::Overtaken),
        _ => None,
    }
}

fn look(conflict: &ConflictType, item: &ChangesetItem) -> Clash {
    let row = || -> Option<(KindCode, RecordId)> {
        let operation = item.op().ok()?;
        let kind = KindCode::from_table(operation.table_name())?;
        let id = key(item, Action::from_sqlite(operation.code())).ok()??;
        Some((kind, id))
    };
    // Without a row to look at: asking the item would read where nothing is.
    if matches!(conflict, ConflictType::SQLITE_CHANGESET_FOREIGN_KEY) {
        return Clash::Reference;
    }
    let own = item
        .op()
        .is_ok_and(|operation| KindCode::from_table(operation.table_name()).is_none());
    if own {
        // Their triggers are what refuses a row.
        let refused = matches!(conflict, ConflictType::SQLITE_CHANGESET_CONSTRAINT);
        return Clash::Own { refused };
    }
    match conflict {
        ConflictType::SQLITE_CHANGESET_DATA => Clash::Changed(row()),
        ConflictType::SQLITE_CHANGESET_NOTFOUND => Clash::Gone(row()),
        ConflictType::SQLITE_CHANGESET_CONFLICT => Clash::Exists(row()),
        ConflictType::SQLITE_CHANGESET_CONSTRAINT => Clash::Constraint(row()),
        _ => Clash::Reference,
    }
}
