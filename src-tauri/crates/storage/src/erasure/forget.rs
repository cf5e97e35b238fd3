//! What the log says of a compound: the old names stand in the changesets, the titles and the
//! parameters of its steps. Who worked when stays; what was done is emptied.

use std::collections::HashSet;
use std::io::Read;

use jiugai_domain::{RecordId, Value};
use rusqlite::Connection;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::session::ChangesetIter;

use crate::StorageError;
use crate::log::{self, Action};

/// Empties the steps that touched anything of the compounds, and gives how many. A step that touched
/// several compounds is emptied as a whole.
pub(super) fn steps(conn: &Connection, compounds: &[RecordId]) -> Result<usize, StorageError> {
    let mut known: HashSet<RecordId> = compounds.iter().copied().collect();
    // A record is known by its compound, an answer by its round, a vote by its ballot; what was
    // deleted long ago only by the step that made it or took it away.
    let mut before = 0;
    while known.len() > before {
        before = known.len();
        each(conn, |_, rows| {
            for (key, cells) in rows {
                if cells.iter().any(|cell| known.contains(cell)) {
                    known.insert(*key);
                }
            }
        })?;
    }
    let mut doomed = Vec::new();
    each(conn, |seq, rows| {
        if rows.iter().any(|(key, _)| known.contains(key)) {
            doomed.push(seq);
        }
    })?;
    let mut rows = conn.prepare("DELETE FROM transaction_rows WHERE seq = ?1")?;
    let mut step = conn.prepare(
        "UPDATE transactions SET op = 'erased', subject = '', count = 1, params = '{}', changeset = x''
         WHERE seq = ?1",
    )?;
    for seq in &doomed {
        rows.execute([seq])?;
        step.execute([seq])?;
    }
    Ok(doomed.len())
}

/// Goes through the steps: the keys of what each touched, and the keys that stand in it.
fn each(
    conn: &Connection,
    mut visit: impl FnMut(i64, &[(RecordId, Vec<RecordId>)]),
) -> Result<(), StorageError> {
    let mut statement =
        conn.prepare("SELECT seq, changeset FROM transactions WHERE length(changeset) > 0")?;
    let mut steps = statement.query([])?;
    while let Some(row) = steps.next()? {
        let (seq, changeset): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        visit(seq, &touched(&changeset)?);
    }
    Ok(())
}

fn touched(changeset: &[u8]) -> Result<Vec<(RecordId, Vec<RecordId>)>, StorageError> {
    let mut input = changeset;
    let reader: &mut dyn Read = &mut input;
    let mut rows = ChangesetIter::start_strm(&reader)?;
    let mut touched = Vec::new();
    while let Some(item) = rows.next()? {
        let operation = item.op()?;
        let action = Action::from_sqlite(operation.code());
        let columns = usize::try_from(operation.number_of_columns()).unwrap_or(0);
        let Some(key) = log::key(item, action)? else {
            continue;
        };
        let mut cells = Vec::new();
        for column in 0..columns {
            let old = (action != Action::Insert).then(|| item.old_value(column));
            let new = (action != Action::Delete).then(|| item.new_value(column));
            for cell in [old, new].into_iter().flatten().flatten() {
                if let Value::Id(id) = log::from_sqlite(cell) {
                    cells.push(id);
                }
            }
        }
        touched.push((key, cells));
    }
    Ok(touched)
}
