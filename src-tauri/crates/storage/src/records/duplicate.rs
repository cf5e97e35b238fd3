//! Copies of records, under the next free name.

use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use rusqlite::Connection;

use super::columns::{Bound, compound_column, table};
use super::{Record, get, insert};
use crate::error::StorageError;

/// Copies a record under a new key. What must be unique gets the next free name: 5号楼 → 5号楼 (2),
/// 1单元 → 2单元, 301 → 302, F-012 → F-013, version 1 → 2. What hangs on the record is not copied.
///
/// # Errors
/// [`StorageError::NotFound`]; [`StorageError::KeyTaken`] for an ownership, which cannot be twice.
pub fn duplicate(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
    new_id: RecordId,
) -> Result<(), StorageError> {
    let record = get(conn, kind, id)?.ok_or(StorageError::NotFound { kind, id })?;
    let mut values: Vec<(&'static Field, Value)> = Vec::new();
    for (field, value) in kind.kind().fields.iter().zip(&record.values) {
        let value = match (kind, field.code) {
            (KindCode::Plan, "version") => next_version(conn, &record)?,
            (KindCode::Owner | KindCode::Household | KindCode::Effect | KindCode::Plan, _) => {
                value.clone()
            }
            (_, code)
                if code == kind.kind().name_field && matches!(field.kind, FieldType::Text) =>
            {
                free_name(conn, &record, field, value)?
            }
            _ => value.clone(),
        };
        if !value.is_null() {
            values.push((field, value));
        }
    }
    insert(conn, kind, record.compound, new_id, &values)
}

fn next_version(conn: &Connection, record: &Record) -> Result<Value, StorageError> {
    let sql = "SELECT coalesce(max(\"version\"), 0) + 1 FROM \"plan\" WHERE \"compound_id\" = ?1";
    Ok(Value::Integer(conn.query_row(
        sql,
        [record.compound.map(|id| id.0)],
        |row| row.get(0),
    )?))
}

fn free_name(
    conn: &Connection,
    record: &Record,
    field: &Field,
    value: &Value,
) -> Result<Value, StorageError> {
    let Some(name) = value.as_text() else {
        return Ok(value.clone());
    };
    let (within, parent) = match record.kind {
        KindCode::Entrance | KindCode::Dwelling => (
            "t.\"building_id\"".to_owned(),
            record.value("building").clone(),
        ),
        kind => (
            compound_column(kind, "t"),
            record.compound.map_or(Value::Null, Value::Id),
        ),
    };
    let entrance = if record.kind == KindCode::Dwelling {
        "t.\"entrance_id\" IS ?3"
    } else {
        "?3 IS NULL"
    };
    let sql = format!(
        "SELECT 1 FROM {} AS t WHERE {within} IS ?1 AND t.\"{}\" = ?2 AND {entrance}",
        table(record.kind),
        field.column
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let counted = matches!(
        record.kind,
        KindCode::Entrance | KindCode::Dwelling | KindCode::Outbuilding
    );
    let mut candidate = name.to_owned();
    for copy in 2.. {
        candidate = match counted.then(|| counted_up(&candidate)).flatten() {
            Some(next) => next,
            None => format!("{name} ({copy})"),
        };
        if !statement.exists((Bound(&parent), &candidate, Bound(record.value("entrance"))))? {
            break;
        }
    }
    Ok(Value::Text(candidate))
}

/// The same name with its last number one higher, as wide as before: F-009 → F-010, 1单元 → 2单元.
fn counted_up(name: &str) -> Option<String> {
    let end = name.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = name[..end]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| {
            at + name[at..].chars().next().map_or(1, char::len_utf8)
        });
    let digits = &name[start..end];
    let next = digits.parse::<u64>().ok()?.checked_add(1)?;
    Some(format!(
        "{}{next:0width$}{}",
        &name[..start],
        &name[end..],
        width = digits.len()
    ))
}

#[cfg(test)]
mod tests {
    use super::counted_up;
    use rstest::rstest;

    #[rstest]
    #[case("F-009", Some("F-010"))]
    #[case("1单元", Some("2单元"))]
    #[case("301", Some("302"))]
    #[case("东9", Some("东10"))]
    #[case("东户", None)]
    fn counting_up(#[case] name: &str, #[case] next: Option<&str>) {
        assert_eq!(counted_up(name).as_deref(), next);
    }
}
