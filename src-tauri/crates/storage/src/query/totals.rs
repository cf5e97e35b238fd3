//! The totals row under a grid.

use jiugai_domain::{Field, Total};
use rusqlite::{Connection, params_from_iter};

use super::WindowQuery;
use super::condition::Condition;
use crate::error::StorageError;
use crate::records::columns::table;

/// What stands under the columns of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Number of records.
    pub count: i64,
    /// Sums of the summed fields in the field's stored unit; `None` where no record is filled in.
    pub sums: Vec<(&'static Field, Option<i64>)>,
}

/// Count and sums over all rows of a query, not only those of a window.
///
/// # Errors
/// As for [`super::window`].
pub fn totals(conn: &Connection, query: &WindowQuery) -> Result<Totals, StorageError> {
    let condition = Condition::of(query)?;
    let summed: Vec<&'static Field> = query
        .kind
        .kind()
        .fields
        .iter()
        .filter(|field| field.total == Total::Sum)
        .collect();
    let mut columns = vec!["count(*)".to_owned()];
    columns.extend(
        summed
            .iter()
            .map(|field| format!("sum(t.\"{}\")", field.column)),
    );
    let sql = format!(
        "SELECT {} FROM {} AS t WHERE {}",
        columns.join(", "),
        table(query.kind),
        condition.sql
    );
    let totals =
        conn.prepare_cached(&sql)?
            .query_row(params_from_iter(condition.parameters), |row| {
                let sums = summed
                    .iter()
                    .enumerate()
                    .map(|(index, field)| Ok((*field, row.get(index + 1)?)));
                Ok(Totals {
                    count: row.get(0)?,
                    sums: sums.collect::<rusqlite::Result<_>>()?,
                })
            })?;
    Ok(totals)
}
