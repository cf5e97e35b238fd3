//! Removing records together with what hangs on them.

use std::collections::BTreeSet;

use jiugai_domain::{Field, KindCode, RecordId};
use rusqlite::Connection;

use super::columns::{IN_LIST, id_at, id_list, in_compound, table};
use super::label::{asset_references, label_sql};
use crate::error::StorageError;

type Doomed = Vec<(KindCode, Vec<RecordId>)>;

/// Removes a record and, from the bottom up, everything that hangs on it: a compound with all it
/// has; a building with its entrances and dwellings, those with their households and ownerships; a
/// plan with its work items and their effects. Optional mentions elsewhere become empty.
///
/// # Errors
/// [`StorageError::NotFound`]; [`StorageError::Planned`] when the effect of a plan demolishes or
/// alters one of the removed records; [`StorageError::PlanReleased`] when a published plan or a part
/// of one would go.
pub fn remove(conn: &Connection, kind: KindCode, id: RecordId) -> Result<(), StorageError> {
    if !super::exists(conn, kind, id)? {
        return Err(StorageError::NotFound { kind, id });
    }
    let doomed = doomed(conn, kind, &[id])?;
    refuse_planned(conn, kind, &doomed)?;
    for (target, ids) in doomed.iter().rev() {
        let list = id_list(ids);
        for referring in KindCode::ALL {
            for (field, _) in referring
                .kind()
                .references()
                .filter(|(field, to)| to == target && !hangs(referring, field, *to))
            {
                let column = field.column;
                let sql = format!(
                    "UPDATE {} SET \"{column}\" = NULL WHERE \"{column}\" {IN_LIST}",
                    table(referring)
                );
                if referring != KindCode::Effect {
                    conn.prepare_cached(&sql)?.execute([&list])?;
                }
            }
        }
        conn.prepare_cached(&format!(
            "DELETE FROM {} WHERE \"id\" {IN_LIST}",
            table(*target)
        ))?
        .execute([&list])?;
    }
    Ok(())
}

/// How many records of each kind would go with these, themselves included, parents first.
///
/// # Errors
/// [`StorageError::Planned`] as in [`remove`].
pub fn removal_preview(
    conn: &Connection,
    kind: KindCode,
    ids: &[RecordId],
) -> Result<Vec<(KindCode, usize)>, StorageError> {
    let doomed = doomed(conn, kind, ids)?;
    refuse_planned(conn, kind, &doomed)?;
    Ok(doomed
        .into_iter()
        .map(|(kind, ids)| (kind, ids.len()))
        .collect())
}

/// True when a record cannot stand without what its field refers to.
fn hangs(kind: KindCode, field: &Field, target: KindCode) -> bool {
    field.required || (kind == KindCode::Dwelling && target == KindCode::Entrance)
}

/// Everything that would go, kinds in the order parents before children.
fn doomed(conn: &Connection, kind: KindCode, ids: &[RecordId]) -> Result<Doomed, StorageError> {
    let mut doomed: Doomed = Vec::new();
    for candidate in KindCode::ALL {
        let mut found: BTreeSet<RecordId> = BTreeSet::new();
        if candidate == kind {
            found.extend(select(conn, candidate, "id", ids)?);
        }
        if kind == KindCode::Compound && in_compound(candidate) {
            found.extend(select(conn, candidate, "compound_id", ids)?);
        } else {
            for (field, target) in candidate
                .kind()
                .references()
                .filter(|(field, target)| hangs(candidate, field, *target))
            {
                if let Some((_, parents)) = doomed.iter().find(|(kind, _)| *kind == target) {
                    found.extend(select(conn, candidate, field.column, parents)?);
                }
            }
        }
        if !found.is_empty() {
            doomed.push((candidate, found.into_iter().collect()));
        }
    }
    Ok(doomed)
}

fn select(
    conn: &Connection,
    kind: KindCode,
    column: &str,
    keys: &[RecordId],
) -> Result<Vec<RecordId>, StorageError> {
    let sql = format!(
        "SELECT \"id\" FROM {} WHERE \"{column}\" {IN_LIST}",
        table(kind)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([id_list(keys)], |row| id_at(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn refuse_planned(conn: &Connection, kind: KindCode, doomed: &Doomed) -> Result<(), StorageError> {
    let going = |kind: KindCode| {
        doomed
            .iter()
            .find(|(doomed, _)| *doomed == kind)
            .map_or(&[][..], |(_, ids)| ids)
    };
    let effects = id_list(going(KindCode::Effect));
    let mut plans = BTreeSet::new();
    for (field, target) in asset_references() {
        let assets = going(target);
        if assets.is_empty() {
            continue;
        }
        let sql = format!(
            "SELECT DISTINCT {} FROM \"effect\" AS f JOIN \"work_item\" AS w ON w.\"id\" = f.\"work_item_id\" \
             JOIN \"plan\" AS p ON p.\"id\" = w.\"plan_id\" \
             WHERE f.\"{}\" {IN_LIST} AND f.\"id\" NOT IN (SELECT unhex(\"value\") FROM json_each(?2))",
            label_sql(KindCode::Plan, "p"),
            field.column
        );
        let mut statement = conn.prepare_cached(&sql)?;
        for plan in
            statement.query_map([&id_list(assets), &effects], |row| row.get::<_, String>(0))?
        {
            plans.insert(plan?);
        }
    }
    if plans.is_empty() {
        Ok(())
    } else {
        Err(StorageError::Planned {
            kind,
            plans: plans.into_iter().collect(),
        })
    }
}
