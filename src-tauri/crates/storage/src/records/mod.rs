//! Records of every kind, written and read by their declarations in `jiugai-domain`.
//!
//! Nothing here begins a transaction: callers pass the connection that they hold.

mod cells;
pub(crate) mod columns;
mod duplicate;
mod label;
pub mod matching;
mod place;
mod related;
mod removal;
mod resolve;
#[cfg(test)]
pub(crate) mod tests;

use jiugai_domain::text::natural_key;
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use rusqlite::{Connection, OptionalExtension, ToSql};

pub use cells::{CellError, ReadCells, read_cells};
pub use duplicate::duplicate;
pub(crate) use label::{
    asset_references, choice_sql, code_sql, label_sql, reference_sql, shown, shown_sql,
};
pub use label::{label, labels};
pub use place::PlaceName;
pub use related::{reference_labels, referring};
pub use removal::{removal_preview, remove};
pub use resolve::{RowContext, options, resolve};

use crate::error::StorageError;
use columns::{
    Bound, compound_column, in_compound, insertion, optional_id_at, select_list, table, values_at,
};

/// One stored record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its kind.
    pub kind: KindCode,
    /// Its key.
    pub id: RecordId,
    /// The compound that it belongs to; `None` for lists of the whole ledger.
    pub compound: Option<RecordId>,
    /// Its values, in the order of the declared fields.
    pub values: Vec<Value>,
}

impl Record {
    /// The value of a field, by its code; empty when the kind has no such field.
    #[must_use]
    pub fn value(&self, code: &str) -> &Value {
        const NOTHING: &Value = &Value::Null;
        let index = self
            .kind
            .kind()
            .fields
            .iter()
            .position(|field| field.code == code);
        index
            .and_then(|index| self.values.get(index))
            .unwrap_or(NOTHING)
    }
}

/// Reads one record; `None` when there is none of that key.
///
/// # Errors
/// When the ledger cannot be read.
pub fn get(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
) -> Result<Option<Record>, StorageError> {
    let sql = format!(
        "SELECT {}, {} FROM {} AS t WHERE t.\"id\" = ?1",
        compound_column(kind, "t"),
        select_list(kind, "t"),
        table(kind)
    );
    let record = conn.prepare_cached(&sql)?.query_row([id.0], |row| {
        Ok(Record {
            kind,
            id,
            compound: optional_id_at(row, 0)?,
            values: values_at(row, 1, kind)?,
        })
    });
    Ok(record.optional()?)
}

/// True when there is a record of that key.
///
/// # Errors
/// When the ledger cannot be read.
pub fn exists(conn: &Connection, kind: KindCode, id: RecordId) -> Result<bool, StorageError> {
    let sql = format!("SELECT 1 FROM {} WHERE \"id\" = ?1", table(kind));
    Ok(conn.prepare_cached(&sql)?.exists([id.0])?)
}

/// Adds a record. `compound` is needed for kinds that belong to one and left out for the others;
/// fields that are not given stay empty.
///
/// # Errors
/// [`StorageError::KeyTaken`] when a record of that name is there already, [`StorageError::Unfit`] when
/// the values contradict the rules of the table.
pub fn insert(
    conn: &Connection,
    kind: KindCode,
    compound: Option<RecordId>,
    id: RecordId,
    values: &[(&'static Field, Value)],
) -> Result<(), StorageError> {
    let key = sort_key(
        kind,
        id,
        values
            .iter()
            .find(|(field, _)| field.code == kind.kind().name_field)
            .map(|(_, value)| value),
    );
    let mut statement = conn.prepare_cached(insertion(kind))?;
    statement.raw_bind_parameter(1, id.0)?;
    statement.raw_bind_parameter(2, key)?;
    let mut last = 2;
    if in_compound(kind) {
        last += 1;
        statement.raw_bind_parameter(last, compound.map(|compound| compound.0))?;
    }
    for field in kind.kind().fields {
        last += 1;
        let given = values.iter().find(|(other, _)| other.code == field.code);
        statement.raw_bind_parameter(last, given.map(|(_, value)| Bound(value)))?;
    }
    statement
        .raw_execute()
        .map_err(|error| refusal(error, kind))?;
    Ok(())
}

/// Changes some fields of a record. An entrance that moves to another building takes its
/// dwellings along.
///
/// # Errors
/// [`StorageError::NotFound`], [`StorageError::KeyTaken`] or [`StorageError::Unfit`].
pub fn update(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
    values: &[(&'static Field, Value)],
) -> Result<(), StorageError> {
    if values.is_empty() {
        return if exists(conn, kind, id)? {
            Ok(())
        } else {
            Err(StorageError::NotFound { kind, id })
        };
    }
    let name = values
        .iter()
        .find(|(field, _)| field.code == kind.kind().name_field);
    let key = name.map(|(_, value)| sort_key(kind, id, Some(value)));
    let bound: Vec<Bound<'_>> = values.iter().map(|(_, value)| Bound(value)).collect();
    let mut parameters: Vec<&dyn ToSql> = vec![&id.0];
    let mut assignments = Vec::new();
    for ((field, _), value) in values.iter().zip(&bound) {
        parameters.push(value);
        assignments.push(format!("\"{}\" = ?{}", field.column, parameters.len()));
    }
    if let Some(key) = &key {
        parameters.push(key);
        assignments.push(format!("\"sort_key\" = ?{}", parameters.len()));
    }
    let sql = format!(
        "UPDATE {} SET {} WHERE \"id\" = ?1",
        table(kind),
        assignments.join(", ")
    );
    let refuse = |error| refusal(error, kind);
    let building = values
        .iter()
        .find(|(field, _)| kind == KindCode::Entrance && field.code == "building");
    let changed = match building {
        Some((_, building)) => move_entrance(conn, id, building, || {
            conn.execute(&sql, parameters.as_slice())
        }),
        None => conn.prepare_cached(&sql)?.execute(parameters.as_slice()),
    };
    if changed.map_err(refuse)? == 0 {
        Err(StorageError::NotFound { kind, id })
    } else {
        Ok(())
    }
}

/// The dwellings follow within one savepoint, so that the keys of both agree again at its end.
fn move_entrance(
    conn: &Connection,
    entrance: RecordId,
    building: &Value,
    change: impl FnOnce() -> rusqlite::Result<usize>,
) -> rusqlite::Result<usize> {
    conn.execute_batch("SAVEPOINT entrance_moves; PRAGMA defer_foreign_keys = ON")?;
    let done = change().and_then(|changed| {
        conn.execute(
            "UPDATE \"dwelling\" SET \"building_id\" = ?2 WHERE \"entrance_id\" = ?1 AND \"building_id\" IS NOT ?2",
            [&entrance.0 as &dyn ToSql, &Bound(building)],
        )?;
        conn.execute_batch("RELEASE entrance_moves")?;
        Ok(changed)
    });
    if done.is_err() {
        conn.execute_batch("ROLLBACK TO entrance_moves; RELEASE entrance_moves")?;
    }
    done
}

/// The key by which records of a kind stand in order among themselves: the natural order of
/// their names; without a name of their own, the order of entry.
pub(crate) fn sort_key(kind: KindCode, id: RecordId, name: Option<&Value>) -> String {
    let named = kind
        .kind()
        .field(kind.kind().name_field)
        .is_some_and(|field| matches!(field.kind, FieldType::Text));
    let key = name
        .filter(|_| named)
        .and_then(Value::as_text)
        .map(natural_key)
        .unwrap_or_default();
    if key.is_empty() { id.to_string() } else { key }
}

/// Turns SQLite's refusal of a row into what it means for the record.
fn refusal(error: rusqlite::Error, kind: KindCode) -> StorageError {
    match StorageError::from(error) {
        StorageError::Sqlite(rusqlite::Error::SqliteFailure(failure, message))
            if failure.code == rusqlite::ErrorCode::ConstraintViolation =>
        {
            StorageError::Unfit {
                kind,
                rule: message.unwrap_or_default(),
            }
        }
        other => other,
    }
}
