//! Reading changesets of the SQLite session extension.

use std::io::Read;

use jiugai_domain::{KindCode, RecordId, Value};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::hooks::Action as SqliteAction;
use rusqlite::session::{ChangesetItem, ChangesetIter, invert_strm};
use rusqlite::types::ValueRef;

use crate::StorageError;

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It came into being.
    Insert,
    /// It changed.
    Update,
    /// It went.
    Delete,
}

impl Action {
    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    pub(crate) fn from_sqlite(action: SqliteAction) -> Self {
        match action {
            SqliteAction::SQLITE_INSERT => Self::Insert,
            SqliteAction::SQLITE_DELETE => Self::Delete,
            _ => Self::Update,
        }
    }
}

/// One changed row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// Kind of the record.
    pub kind: KindCode,
    /// Key of the record.
    pub id: RecordId,
    /// What happened.
    pub action: Action,
    /// Position of a changed column, its old and its new value. All columns that were filled for
    /// insert and delete, only the changed ones for update.
    pub cells: Vec<(usize, Value, Value)>,
}

/// Walks over the rows of a changeset; `wanted` says for which rows the cells are read too.
pub(crate) fn decode(
    changeset: &[u8],
    mut wanted: impl FnMut(KindCode, RecordId, Action) -> bool,
    mut visit: impl FnMut(RowChange),
) -> Result<(), StorageError> {
    if changeset.is_empty() {
        return Ok(());
    }
    let mut input = changeset;
    let reader: &mut dyn Read = &mut input;
    let mut rows = ChangesetIter::start_strm(&reader)?;
    while let Some(item) = rows.next()? {
        let operation = item.op()?;
        let Some(kind) = KindCode::from_table(operation.table_name()) else {
            continue;
        };
        let action = Action::from_sqlite(operation.code());
        let columns = usize::try_from(operation.number_of_columns()).unwrap_or(0);
        let Some(id) = key(item, action)? else {
            continue;
        };
        let mut cells = Vec::new();
        if wanted(kind, id, action) {
            for column in 0..columns {
                let old = if action == Action::Insert {
                    None
                } else {
                    value(item.old_value(column))?
                };
                let new = if action == Action::Delete {
                    None
                } else {
                    value(item.new_value(column))?
                };
                match action {
                    Action::Update if new.is_none() => {}
                    _ if old.is_none() && new.is_none() => {}
                    _ => cells.push((column, old.unwrap_or_default(), new.unwrap_or_default())),
                }
            }
        }
        visit(RowChange {
            kind,
            id,
            action,
            cells,
        });
    }
    Ok(())
}

/// Key of the row that an iterator stands on; `None` when the table has no 16-byte key.
pub(crate) fn key(
    item: &ChangesetItem,
    action: Action,
) -> Result<Option<RecordId>, rusqlite::Error> {
    let keys = item.pk()?;
    let Some(column) = keys.iter().position(|flag| *flag != 0) else {
        return Ok(None);
    };
    let value = if action == Action::Insert {
        item.new_value(column)
    } else {
        item.old_value(column)
    }?;
    Ok(match value {
        ValueRef::Blob(bytes) => bytes.try_into().ok().map(RecordId),
        _ => None,
    })
}

/// A cell; `None` when the changeset says nothing about it.
fn value(cell: rusqlite::Result<ValueRef<'_>>) -> Result<Option<Value>, StorageError> {
    match cell {
        Ok(value) => Ok(Some(from_sqlite(value))),
        Err(rusqlite::Error::InvalidColumnIndex(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn from_sqlite(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => bytes
            .try_into()
            .map_or(Value::Null, |bytes| Value::Id(RecordId(bytes))),
    }
}

/// The changeset that takes this one back.
pub(crate) fn invert(changeset: &[u8]) -> Result<Vec<u8>, StorageError> {
    let mut inverted = Vec::with_capacity(changeset.len());
    invert_strm(&mut &*changeset, &mut inverted)?;
    Ok(inverted)
}
