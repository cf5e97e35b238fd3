//! From what people type to the record they mean.

use jiugai_domain::address::{building_name, entrance_name};
use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldError, FieldType, KindCode, RecordId, Value};
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params_from_iter};

use super::PlaceName;
use super::columns::{containing, id_at, in_compound, table};
use super::label::{code_sql, label_sql, option_sql};
use crate::error::StorageError;
use crate::query::{is_spelled, place_order, spelled_rank};

/// What the other cells of the same row tell about a reference.
#[derive(Debug, Clone, Copy, Default)]
pub struct RowContext {
    /// The building of the row: an entrance is looked for inside it.
    pub building: Option<RecordId>,
}

/// Finds the record that a typed text means, such as `3号楼`, `3#`, `3-2-301`, an owner's name.
/// A text that a list of [`options`] showed always finds its record again, unless two look alike.
/// Nothing is ever created here.
///
/// # Errors
/// Outer: the ledger cannot be read. Inner: [`FieldError::NoSuchRecord`],
/// [`FieldError::Ambiguous`], or [`FieldError::Required`] for an empty text.
pub fn resolve(
    conn: &Connection,
    field: &Field,
    compound: Option<RecordId>,
    text: &str,
    context: RowContext,
) -> Result<Result<Value, FieldError>, StorageError> {
    let FieldType::Reference(target) = field.kind else {
        return Ok(field.parse(text));
    };
    let typed = normalize(text);
    if typed.is_empty() {
        return Ok(if field.required {
            Err(FieldError::Required)
        } else {
            Ok(Value::Null)
        });
    }
    let mut found = match target {
        KindCode::Building => buildings(conn, compound, &typed)?,
        KindCode::Entrance => entrances(conn, compound, &typed, context)?,
        KindCode::Dwelling => dwellings(conn, compound, &typed)?,
        _ => Vec::new(),
    };
    // An entrance without its building is no name: every building has a 1单元.
    if found.is_empty() && target != KindCode::Entrance {
        let name = target
            .kind()
            .field(target.kind().name_field)
            .filter(|field| matches!(field.kind, FieldType::Text));
        if let Some(name) = name {
            found = matching(
                conn,
                target,
                compound,
                &format!("t.\"{}\" = ?2", name.column),
                &typed,
            )?;
        }
    }
    if found.is_empty() && !(target == KindCode::Entrance && context.building.is_some()) {
        found = matching(
            conn,
            target,
            compound,
            &format!("{} = ?2", label_sql(target, "t")),
            &typed,
        )?;
    }
    if found.is_empty() && target == KindCode::WorkItem {
        // 拆 大排房22间 without the version is clear as long as one version has it.
        let short = format!(
            "{} || ' ' || t.\"name\" = ?2",
            code_sql(target, "t", "verb")
        );
        found = matching(conn, target, compound, &short, &typed)?;
    }
    if found.len() != 1 && option_sql(target, "t") != label_sql(target, "t") {
        let shown = matching(
            conn,
            target,
            compound,
            &format!("{} = ?2", option_sql(target, "t")),
            &typed,
        )?;
        if !shown.is_empty() {
            found = shown;
        }
    }
    Ok(match found.as_slice() {
        [one] => Ok(Value::Id(*one)),
        [] => Err(FieldError::NoSuchRecord),
        _ => Err(FieldError::Ambiguous),
    })
}

/// Records to choose from for a reference, in order of place, those whose label contains what was
/// typed so far; for buildings and dwellings in any notation. Letters stand for hanzi too: `zs` finds 张三.
///
/// # Errors
/// When the ledger cannot be read.
pub fn options(
    conn: &Connection,
    target: KindCode,
    compound: Option<RecordId>,
    typed: &str,
    limit: usize,
) -> Result<Vec<(RecordId, String)>, StorageError> {
    let scoped = in_compound(target) && compound.is_some();
    let shown = option_sql(target, "t");
    let (joins, order) = place_order(target, compound.is_some());
    let text = normalize(typed);
    let place = PlaceName::parse(&text);
    let place = [place.building, place.entrance, place.room]
        .into_iter()
        .flatten()
        .map(|part| super::columns::escaped(&part));
    let pattern = format!("%{}%", place.collect::<Vec<_>>().join("%"));
    let sql = format!(
        "SELECT t.\"id\", {shown} FROM {} AS t {joins} \
         WHERE {} AND (?2 = '' OR {shown} LIKE ?3 ESCAPE '\\' OR {shown} LIKE ?4 ESCAPE '\\') \
         ORDER BY {order} LIMIT ?5",
        table(target),
        if scoped {
            "t.\"compound_id\" = ?1"
        } else {
            "?1 IS NULL"
        },
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let key = compound.filter(|_| scoped).map(|compound| compound.0);
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let line = |row: &rusqlite::Row<'_>| Ok((id_at(row, 0)?, row.get::<_, String>(1)?));
    let rows = statement.query_map((key, &text, containing(&text), pattern, most), line)?;
    let mut found: Vec<(RecordId, String)> = rows.collect::<Result<_, _>>()?;
    if is_spelled(&text) && found.len() < limit {
        let mut later = Vec::new();
        let rows = statement.query_map((key, "", "%", "%", -1), line)?;
        for row in rows {
            let (id, label) = row?;
            if found.len() >= limit {
                break;
            }
            match spelled_rank(&label, &text) {
                Some(_) if found.iter().any(|(other, _)| *other == id) => {}
                Some(0) => found.push((id, label)),
                Some(_) if later.len() < limit => later.push((id, label)),
                _ => {}
            }
        }
        found.extend(later);
        found.truncate(limit);
    }
    Ok(found)
}

fn buildings(
    conn: &Connection,
    compound: Option<RecordId>,
    typed: &str,
) -> Result<Vec<RecordId>, StorageError> {
    let name = building_name(typed).unwrap_or_default();
    matching(conn, KindCode::Building, compound, "t.\"name\" = ?2", &name)
}

fn entrances(
    conn: &Connection,
    compound: Option<RecordId>,
    typed: &str,
    context: RowContext,
) -> Result<Vec<RecordId>, StorageError> {
    let place = PlaceName::parse(typed);
    let name = match (&place.building, place.entrance) {
        (Some(_), Some(entrance)) => entrance,
        _ => entrance_name(typed).unwrap_or_default(),
    };
    let scope = if compound.is_some() {
        "e.\"compound_id\" = ?1"
    } else {
        "?1 IS NULL"
    };
    let sql = format!(
        "SELECT e.\"id\" FROM \"entrance\" AS e JOIN \"building\" AS b ON b.\"id\" = e.\"building_id\" \
         WHERE {scope} AND (?2 IS NULL OR e.\"building_id\" = ?2) \
         AND (?3 IS NULL OR b.\"name\" = ?3) AND e.\"name\" = ?4 LIMIT 2"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let keys = (
        compound.map(|id| id.0),
        context.building.map(|id| id.0),
        place.building,
        name,
    );
    let rows = statement.query_map(keys, |row| id_at(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn dwellings(
    conn: &Connection,
    compound: Option<RecordId>,
    typed: &str,
) -> Result<Vec<RecordId>, StorageError> {
    let place = PlaceName::parse(typed);
    let Some(room) = place.room else {
        return Ok(Vec::new());
    };
    // The plus keeps SQLite from beginning at the room number, of which every compound has one.
    let scope = if compound.is_some() {
        "d.\"compound_id\" = ?1 AND +d.\"room\""
    } else {
        "?1 IS NULL AND d.\"room\""
    };
    let sql = format!(
        "SELECT d.\"id\" FROM \"dwelling\" AS d JOIN \"building\" AS b ON b.\"id\" = d.\"building_id\" \
         LEFT JOIN \"entrance\" AS e ON e.\"id\" = d.\"entrance_id\" \
         WHERE {scope} = ?2 AND (?3 IS NULL OR b.\"name\" = ?3) AND (?4 IS NULL OR e.\"name\" = ?4) LIMIT 2"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(
        (
            compound.map(|id| id.0),
            room,
            place.building,
            place.entrance,
        ),
        |row| id_at(row, 0),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// At most two records of a compound that meet a condition on the text `?2`.
fn matching(
    conn: &Connection,
    target: KindCode,
    compound: Option<RecordId>,
    condition: &str,
    text: &str,
) -> Result<Vec<RecordId>, StorageError> {
    let mut parameters = vec![SqlValue::Null, SqlValue::Text(text.to_owned())];
    let mut scope = "?1 IS NULL";
    if let Some(compound) = compound.filter(|_| in_compound(target)) {
        parameters[0] = SqlValue::Blob(compound.0.to_vec());
        scope = "t.\"compound_id\" = ?1";
    }
    let sql = format!(
        "SELECT t.\"id\" FROM {} AS t WHERE {scope} AND {condition} LIMIT 2",
        table(target)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(parameters), |row| id_at(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
