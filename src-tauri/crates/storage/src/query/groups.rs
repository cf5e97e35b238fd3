//! Subtotals of a grid by one of its columns.

use std::cmp::Ordering;
use std::collections::HashMap;

use jiugai_domain::{DataClass, Field, FieldType, RecordId, Total, Value};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};

use super::WindowQuery;
use super::collation::collation_key;
use super::condition::{Condition, field_of};
use crate::error::StorageError;
use crate::records::columns::{table, value_at};
use crate::records::labels;

/// The records of a query that have one value in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What people call the value; none where it is not filled in.
    pub label: Option<String>,
    /// Number of records.
    pub count: i64,
    /// Sums of the summed fields; `None` where no record is filled in.
    pub sums: Vec<(&'static Field, Option<i64>)>,
}

/// Count and sums for each value of a field over all rows of a query, in the order in which people
/// look the values up; records without a value come last.
///
/// # Errors
/// [`StorageError::NoSuchField`] for an unknown field; otherwise when the ledger cannot be read.
pub fn groups(
    conn: &Connection,
    query: &WindowQuery,
    by: &str,
) -> Result<Vec<Group>, StorageError> {
    let field = field_of(query.kind, by)?;
    let condition = Condition::of(query)?;
    let summed: Vec<&'static Field> = query
        .kind
        .kind()
        .fields
        .iter()
        .filter(|field| field.total == Total::Sum)
        .collect();
    let column = format!("t.\"{}\"", field.column);
    let mut columns = vec![column];
    columns.extend(summed.iter().map(|field| format!("t.\"{}\"", field.column)));
    let sql = format!(
        "SELECT {} FROM {} AS t WHERE {}",
        columns.join(", "),
        table(query.kind),
        condition.sql
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut found = statement.query(params_from_iter(condition.parameters))?;
    // Added up here: SQLite would sort all rows by the value first.
    let mut rows: Vec<(Value, i64, Sums)> = Vec::new();
    let mut known: HashMap<Box<[u8]>, usize> = HashMap::new();
    let mut numbers: HashMap<Option<i64>, usize> = HashMap::new();
    while let Some(row) = found.next()? {
        let cell = row.get_ref(0)?;
        let at = match cell {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => known.get(bytes),
            _ => numbers.get(&cell.as_i64().ok()),
        };
        let at = match at {
            Some(at) => *at,
            None => {
                match cell {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        known.insert(bytes.into(), rows.len());
                    }
                    _ => {
                        numbers.insert(cell.as_i64().ok(), rows.len());
                    }
                }
                let sums = summed.iter().map(|field| (*field, None)).collect();
                rows.push((value_at(row, 0, field)?, 0, sums));
                rows.len() - 1
            }
        };
        let (_, count, sums) = &mut rows[at];
        *count += 1;
        for (column, (_, sum)) in (1..).zip(sums) {
            add(sum, row.get(column)?);
        }
    }
    let names = match field.kind {
        FieldType::Reference(target) => {
            let ids: Vec<RecordId> = rows
                .iter()
                .filter_map(|(value, ..)| value.as_id())
                .collect();
            labels(conn, target, &ids)?
        }
        _ => HashMap::new(),
    };
    let mut groups: Vec<(Rank, Group)> = rows
        .into_iter()
        .map(|(value, count, sums)| {
            let label = match &value {
                Value::Null => None,
                Value::Id(id) => Some(names.get(id).cloned().unwrap_or_default()),
                other => Some(field.format(other)),
            };
            let rank = rank(field, &value, label.as_deref());
            (rank, Group { label, count, sums })
        })
        .collect();
    groups.sort_by(|(one, _), (other, _)| one.compare(other));
    let mut merged: Vec<Group> = Vec::new();
    for (_, group) in groups {
        match merged.last_mut() {
            // Every compound has a 1号楼: what is called the same is one group.
            Some(last) if last.label == group.label => last.add(&group),
            _ => merged.push(group),
        }
    }
    Ok(merged)
}

impl Group {
    fn add(&mut self, other: &Self) {
        self.count += other.count;
        for ((_, sum), (_, more)) in self.sums.iter_mut().zip(&other.sums) {
            add(sum, *more);
        }
    }
}

/// What is not filled in adds nothing.
fn add(sum: &mut Option<i64>, more: Option<i64>) {
    *sum = match (*sum, more) {
        (Some(one), Some(two)) => Some(one.saturating_add(two)),
        (one, two) => one.or(two),
    };
}

/// Sums of the summed fields.
type Sums = Vec<(&'static Field, Option<i64>)>;

enum Rank {
    Number(i64),
    Text(String),
    Last,
}

impl Rank {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Last, Self::Last) => Ordering::Equal,
            (Self::Last, _) => Ordering::Greater,
            (_, Self::Last) => Ordering::Less,
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        }
    }
}

fn rank(field: &Field, value: &Value, label: Option<&str>) -> Rank {
    match (field.kind, value, label) {
        (_, Value::Null, _) | (_, _, None) => Rank::Last,
        (FieldType::Code(choices), Value::Text(code), _) => {
            let place = choices.iter().position(|choice| choice.code == code);
            Rank::Number(
                place
                    .and_then(|place| i64::try_from(place).ok())
                    .unwrap_or(i64::MAX),
            )
        }
        (_, Value::Integer(number), _) => Rank::Number(*number),
        (_, _, Some(label)) => Rank::Text(collation_key(
            label,
            matches!(field.class, DataClass::Personal),
        )),
    }
}
