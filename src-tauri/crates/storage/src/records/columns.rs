//! Between declared fields and SQL columns.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use rusqlite::types::{Null, ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};

use jiugai_domain::kind::Scope;

/// The table of a kind, quoted: several are words of SQL.
pub(crate) fn table(kind: KindCode) -> String {
    format!("\"{}\"", kind.kind().table)
}

/// True when the records of a kind belong to a compound.
pub(crate) fn in_compound(kind: KindCode) -> bool {
    kind.kind().scope == Scope::Compound
}

/// Every declared column of a kind, in field order, behind `alias`.
pub(crate) fn select_list(kind: KindCode, alias: &str) -> String {
    let columns: Vec<String> = kind
        .kind()
        .fields
        .iter()
        .map(|field| format!("{alias}.\"{}\"", field.column))
        .collect();
    columns.join(", ")
}

/// The column of the compound that a record belongs to; NULL for lists of the whole ledger.
pub(crate) fn compound_column(kind: KindCode, alias: &str) -> String {
    if in_compound(kind) {
        format!("{alias}.\"compound_id\"")
    } else {
        "NULL".to_owned()
    }
}

/// The statement that puts a record into its table: key, order, compound where it belongs to one, every field as declared.
pub(crate) fn insertion(kind: KindCode) -> &'static str {
    static ALL: LazyLock<HashMap<KindCode, String>> = LazyLock::new(|| {
        let kinds = KindCode::ALL.into_iter();
        kinds.map(|kind| (kind, build_insertion(kind))).collect()
    });
    ALL.get(&kind).map_or("", String::as_str)
}

fn build_insertion(kind: KindCode) -> String {
    let compound = in_compound(kind).then_some("compound_id");
    let fields = kind.kind().fields.iter().map(|field| field.column);
    let columns: Vec<&str> = ["id", "sort_key"]
        .into_iter()
        .chain(compound)
        .chain(fields)
        .collect();
    format!(
        "INSERT INTO {} (\"{}\") VALUES (?{})",
        table(kind),
        columns.join("\", \""),
        ", ?".repeat(columns.len() - 1)
    )
}

/// Reads the key in a column.
pub(crate) fn id_at(row: &Row<'_>, index: usize) -> rusqlite::Result<RecordId> {
    row.get(index).map(RecordId)
}

/// Reads the key in a column that may be empty.
pub(crate) fn optional_id_at(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<RecordId>> {
    Ok(row.get::<_, Option<[u8; 16]>>(index)?.map(RecordId))
}

/// Reads the value of a field.
pub(crate) fn value_at(row: &Row<'_>, index: usize, field: &Field) -> rusqlite::Result<Value> {
    if row.get_ref(index)? == ValueRef::Null {
        return Ok(Value::Null);
    }
    match field.kind {
        FieldType::Text | FieldType::LongText | FieldType::Date | FieldType::Code(_) => {
            row.get(index).map(Value::Text)
        }
        FieldType::Reference(_) => id_at(row, index).map(Value::Id),
        FieldType::Count
        | FieldType::Area
        | FieldType::Length
        | FieldType::Money
        | FieldType::Ratio
        | FieldType::Amount
        | FieldType::Year
        | FieldType::Flag => row.get(index).map(Value::Integer),
    }
}

/// Reads the values of all fields, beginning at `first`.
pub(crate) fn values_at(
    row: &Row<'_>,
    first: usize,
    kind: KindCode,
) -> rusqlite::Result<Vec<Value>> {
    kind.kind()
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| value_at(row, first + index, field))
        .collect()
}

/// A value on its way into a statement.
pub(crate) struct Bound<'a>(pub(crate) &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self.0 {
            Value::Null => Null.to_sql(),
            Value::Text(text) => text.to_sql(),
            Value::Integer(number) => number.to_sql(),
            Value::Id(id) => id.0.to_sql(),
        }
    }
}

/// Keys as a JSON list, for `json_each` with [`IN_LIST`].
pub(crate) fn id_list(ids: &[RecordId]) -> String {
    let keys: Vec<String> = ids
        .iter()
        .map(|id| format!("\"{}\"", id.to_string().replace('-', "")))
        .collect();
    format!("[{}]", keys.join(","))
}

/// The condition behind a column that its key is in the JSON list `?1`.
pub(crate) const IN_LIST: &str = "IN (SELECT unhex(\"value\") FROM json_each(?1))";

/// A text for LIKE with `%` on both sides, its own wildcards taken literally (`ESCAPE '\'`).
pub(crate) fn containing(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// A text for LIKE, its wildcards taken literally.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
