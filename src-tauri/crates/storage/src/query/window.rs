//! The rows that a grid shows at one moment.

use std::collections::BTreeSet;

use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use rusqlite::Connection;

use super::{Filter, OrderCache};
use crate::error::StorageError;
use crate::records::columns::{
    compound_column, id_at, optional_id_at, select_list, table, value_at, values_at,
};
use crate::records::{label_sql, reference_sql, shown};

/// What a grid shows: which records, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WindowQuery {
    /// The kind.
    pub kind: KindCode,
    /// The compound; `None` for all of them.
    pub compound: Option<RecordId>,
    /// The search box: every word must stand somewhere in the row.
    pub search: Option<String>,
    /// Column filters, all of which must hold.
    pub filters: Vec<Filter>,
    /// Columns to sort by, the first one first; without any, by place and name.
    pub sort: Vec<Sort>,
}

impl WindowQuery {
    /// All records of a kind in their default order.
    #[must_use]
    pub fn all(kind: KindCode, compound: Option<RecordId>) -> Self {
        Self {
            kind,
            compound,
            search: None,
            filters: Vec::new(),
            sort: Vec::new(),
        }
    }
}

/// One column to sort by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sort {
    /// Code of the field.
    pub field: String,
    /// Largest first. Empty cells come last all the same.
    pub descending: bool,
}

/// Some rows of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// How many rows the query has in all.
    pub total: usize,
    /// Place of the first of `rows` among them.
    pub offset: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One row of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Key of the record.
    pub id: RecordId,
    /// The compound that it belongs to.
    pub compound: Option<RecordId>,
    /// What people call the record.
    pub label: String,
    /// Values in the order of the declared fields.
    pub values: Vec<Value>,
    /// Beside each value that refers to a record: what people call that one.
    pub references: Vec<Option<String>>,
}

/// Reads `limit` rows from `offset` on. Only the first call of a query works out its order.
///
/// # Errors
/// [`StorageError::NoSuchField`] for an unknown column; otherwise when the ledger cannot be read.
pub fn window(
    conn: &Connection,
    query: &WindowQuery,
    order: &mut OrderCache,
    offset: usize,
    limit: usize,
) -> Result<Window, StorageError> {
    let (total, numbers) = order.part(conn, query, offset, limit)?;
    Ok(Window {
        total,
        offset: offset.min(total),
        rows: rows(conn, query.kind, &numbers)?,
    })
}

/// A value and, when it refers to a record, what people call that one.
pub type Cell = (Value, Option<String>);

/// Reads some columns of `limit` rows from `offset` on.
///
/// # Errors
/// As for [`window`].
pub fn cells(
    conn: &Connection,
    query: &WindowQuery,
    order: &mut OrderCache,
    fields: &[&'static Field],
    (offset, limit): (usize, usize),
) -> Result<Vec<Vec<Cell>>, StorageError> {
    let (_, numbers) = order.part(conn, query, offset, limit)?;
    let mut columns = vec!["wanted.\"key\"".to_owned()];
    for field in fields {
        columns.push(format!("t.\"{}\"", field.column));
        columns.push(match field.kind {
            FieldType::Reference(target) => reference_sql(query.kind, field, target, "t"),
            _ => "NULL".to_owned(),
        });
    }
    let mut statement = conn.prepare_cached(&numbered(query.kind, &columns))?;
    let rows = statement.query_map([list(&numbers)], |row| {
        let cell = |(at, field): (usize, &&'static Field)| {
            Ok((value_at(row, 2 * at + 1, field)?, row.get(2 * at + 2)?))
        };
        fields.iter().enumerate().map(cell).collect()
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The statement that reads rows by their numbers, a JSON list, in the order of that.
fn numbered(kind: KindCode, columns: &[String]) -> String {
    format!(
        "SELECT {} FROM json_each(?1) AS wanted JOIN {} AS t ON t.\"rowid\" = wanted.\"value\" ORDER BY wanted.\"key\"",
        columns.join(", "),
        table(kind)
    )
}

fn list(numbers: &[i64]) -> String {
    let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("[{}]", list.join(","))
}

fn rows(conn: &Connection, kind: KindCode, numbers: &[i64]) -> Result<Vec<Row>, StorageError> {
    let fields = kind.kind().fields;
    let columns = [
        "t.\"id\"".to_owned(),
        compound_column(kind, "t"),
        label_sql(kind, "t"),
        select_list(kind, "t"),
    ];
    let mut statement = conn.prepare_cached(&numbered(kind, &columns))?;
    let rows = statement.query_map([list(numbers)], |row| {
        Ok(Row {
            id: id_at(row, 0)?,
            compound: optional_id_at(row, 1)?,
            label: row.get(2)?,
            values: values_at(row, 3, kind)?,
            references: vec![None; fields.len()],
        })
    })?;
    let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
    for (place, field) in fields.iter().enumerate() {
        let FieldType::Reference(target) = field.kind else {
            continue;
        };
        // Many rows refer to few records: each is asked for once.
        let asked: BTreeSet<RecordId> = rows
            .iter()
            .filter_map(|row| row.values[place].as_id())
            .collect();
        let asked: Vec<RecordId> = asked.into_iter().collect();
        let names = shown(conn, kind, target, &asked)?;
        for row in &mut rows {
            let id = row.values[place].as_id();
            row.references[place] = id.and_then(|id| names.get(&id).cloned());
        }
    }
    Ok(rows)
}
