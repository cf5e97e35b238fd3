//! From what a table from elsewhere names to the record that is meant (导入时对上台账).
//!
//! Unlike [`super::resolve`] nothing is parsed here: names come in their canonical form.

use jiugai_domain::text::natural_key;
use jiugai_domain::{Field, KindCode, RecordId};
use rusqlite::Connection;

use super::columns::{id_at, in_compound, table};
use crate::error::StorageError;

/// Records of a kind whose name is exactly this, in the order of entry, `limit` at most; those of
/// one compound where the kind belongs to one.
///
/// # Errors
/// When the ledger cannot be read.
pub fn named(
    conn: &Connection,
    kind: KindCode,
    compound: Option<RecordId>,
    name: &str,
    limit: usize,
) -> Result<Vec<RecordId>, StorageError> {
    let Some(field) = kind.kind().field(kind.kind().name_field) else {
        return Ok(Vec::new());
    };
    let scope = if in_compound(kind) {
        "t.\"compound_id\" = ?1"
    } else {
        "?1 IS NULL"
    };
    let sql = format!(
        "SELECT t.\"id\" FROM {} AS t WHERE {scope} AND t.\"sort_key\" = ?2 AND t.\"{}\" = ?3 \
         ORDER BY t.\"id\" LIMIT ?4",
        table(kind),
        field.column
    );
    let key = compound.filter(|_| in_compound(kind)).map(|id| id.0);
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map((key, natural_key(name), name, most), |row| id_at(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entrance of a building by its name.
///
/// # Errors
/// When the ledger cannot be read.
pub fn entrance_at(
    conn: &Connection,
    building: RecordId,
    name: &str,
) -> Result<Option<RecordId>, StorageError> {
    let sql = "SELECT \"id\" FROM \"entrance\" WHERE \"building_id\" = ?1 AND \"name\" = ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query_map((building.0, name), |row| id_at(row, 0))?;
    Ok(rows.next().transpose()?)
}

/// Dwellings of a building with this room number, two at most; those of one entrance when it is
/// told.
///
/// # Errors
/// When the ledger cannot be read.
pub fn dwellings_at(
    conn: &Connection,
    building: RecordId,
    entrance: Option<RecordId>,
    room: &str,
) -> Result<Vec<RecordId>, StorageError> {
    let within = if entrance.is_some() {
        "ifnull(\"entrance_id\", x'') = ?3"
    } else {
        "?3 IS NULL"
    };
    let sql = format!(
        "SELECT \"id\" FROM \"dwelling\" WHERE \"building_id\" = ?1 AND \"room\" = ?2 AND {within} LIMIT 2"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map((building.0, room, entrance.map(|id| id.0)), |row| {
        id_at(row, 0)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Records of a kind that lie at a dwelling, in the order of entry: its households, its
/// outbuildings.
///
/// # Errors
/// When the ledger cannot be read.
pub fn at_dwelling(
    conn: &Connection,
    kind: KindCode,
    dwelling: RecordId,
) -> Result<Vec<RecordId>, StorageError> {
    let sql = format!(
        "SELECT \"id\" FROM {} WHERE \"dwelling_id\" = ?1 ORDER BY \"id\"",
        table(kind)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([dwelling.0], |row| id_at(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Records of a kind whose field refers to this record, in the order of entry.
///
/// # Errors
/// When the ledger cannot be read.
pub fn referring(
    conn: &Connection,
    kind: KindCode,
    field: &Field,
    target: RecordId,
) -> Result<Vec<RecordId>, StorageError> {
    let sql = format!(
        "SELECT \"id\" FROM {} WHERE \"{}\" = ?1 ORDER BY \"id\"",
        table(kind),
        field.column
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([target.0], |row| id_at(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether an owner holds a dwelling.
///
/// # Errors
/// When the ledger cannot be read.
pub fn holds_any(conn: &Connection, owner: RecordId) -> Result<bool, StorageError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM \"ownership\" WHERE \"owner_id\" = ?1)";
    Ok(conn
        .prepare_cached(sql)?
        .query_row([owner.0], |row| row.get(0))?)
}

/// Who holds a dwelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The ownership.
    pub ownership: RecordId,
    /// The owner.
    pub owner: RecordId,
    /// The owner's name.
    pub name: String,
    /// Dwellings that the owner holds in all.
    pub dwellings: i64,
}

/// The owners of a dwelling, in the order of entry.
///
/// # Errors
/// When the ledger cannot be read.
pub fn holdings(conn: &Connection, dwelling: RecordId) -> Result<Vec<Holding>, StorageError> {
    let sql = "SELECT s.\"id\", o.\"id\", o.\"name\", \
               (SELECT count(*) FROM \"ownership\" AS a WHERE a.\"owner_id\" = o.\"id\") \
               FROM \"ownership\" AS s JOIN \"owner\" AS o ON o.\"id\" = s.\"owner_id\" \
               WHERE s.\"dwelling_id\" = ?1 ORDER BY s.\"id\"";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([dwelling.0], |row| {
        Ok(Holding {
            ownership: id_at(row, 0)?,
            owner: id_at(row, 1)?,
            name: row.get(2)?,
            dwellings: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Numbers of the outbuildings of a compound.
///
/// # Errors
/// When the ledger cannot be read.
pub fn outbuilding_numbers(
    conn: &Connection,
    compound: RecordId,
) -> Result<Vec<String>, StorageError> {
    let sql = "SELECT \"number\" FROM \"outbuilding\" WHERE \"compound_id\" = ?1";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([compound.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
