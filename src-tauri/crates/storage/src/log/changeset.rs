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
    walk(changeset, |kind, action, item, columns| {
        let Some(id) = key(item, action)? else {
            return Ok(());
        };
        let mut cells = Vec::new();
        if wanted(kind, id, action) {
            for column in 0..columns {
                let old = old(item, action, column)?.map(from_sqlite);
                let new = new(item, action, column)?.map(from_sqlite);
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
        Ok(())
    })
}

/// Gives the texts that left and came to these columns, each with the number of its column among them.
pub(crate) fn texts(
    changeset: &[u8],
    fields: &[(KindCode, usize)],
    mut visit: impl FnMut(usize, Option<&str>, Option<&str>),
) -> Result<(), StorageError> {
    walk(changeset, |kind, action, item, _| {
        for (number, (_, column)) in fields.iter().enumerate().filter(|(_, of)| of.0 == kind) {
            let (old, new) = (old(item, action, *column)?, new(item, action, *column)?);
            visit(number, text(old), text(new));
        }
        Ok(())
    })
}

/// Visits the rows of records: kind, what happened, the row, its number of columns.
fn walk(
    changeset: &[u8],
    mut visit: impl FnMut(KindCode, Action, &ChangesetItem, usize) -> Result<(), StorageError>,
) -> Result<(), StorageError> {
    if changeset.is_empty() {
        return Ok(());
    }
    let mut input = changeset;
    let reader: &mut dyn Read = &mut input;
    let mut rows = ChangesetIter::start_strm(&reader)?;
    // The rows of a table come together.
    let mut table: (String, Option<KindCode>) = Default::default();
    while let Some(item) = rows.next()? {
        let operation = item.op()?;
        if table.0 != operation.table_name() {
            let name = operation.table_name();
            table = (name.to_owned(), KindCode::from_table(name));
        }
        let Some(kind) = table.1 else {
            continue;
        };
        let columns = usize::try_from(operation.number_of_columns()).unwrap_or(0);
        visit(kind, Action::from_sqlite(operation.code()), item, columns)?;
    }
    Ok(())
}

fn old(
    item: &ChangesetItem,
    action: Action,
    column: usize,
) -> Result<Option<ValueRef<'_>>, StorageError> {
    match action {
        Action::Insert => Ok(None),
        _ => told(item.old_value(column)),
    }
}

fn new(
    item: &ChangesetItem,
    action: Action,
    column: usize,
) -> Result<Option<ValueRef<'_>>, StorageError> {
    match action {
        Action::Delete => Ok(None),
        _ => told(item.new_value(column)),
    }
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

fn text(value: Option<ValueRef<'_>>) -> Option<&str> {
    value.and_then(|value| value.as_str().ok())
}

/// A cell; `None` when the changeset says nothing about it.
fn told(cell: rusqlite::Result<ValueRef<'_>>) -> Result<Option<ValueRef<'_>>, StorageError> {
    match cell {
        Ok(value) => Ok(Some(value)),
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
