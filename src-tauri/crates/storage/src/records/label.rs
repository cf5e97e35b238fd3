//! What people call a record: one SQL expression per kind, used by windows, references and search.

use std::collections::HashMap;

use jiugai_domain::{Choice, Field, FieldType, KindCode, RecordId};
use rusqlite::{Connection, OptionalExtension};

use super::columns::{IN_LIST, id_at, id_list, table};
use crate::error::StorageError;

/// The label of one record (1号楼1单元101, 大排房 F-012（3号楼旁）); `None` when there is no such record.
///
/// # Errors
/// When the ledger cannot be read.
pub fn label(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
) -> Result<Option<String>, StorageError> {
    let sql = format!(
        "SELECT {} FROM {} AS t WHERE t.\"id\" = ?1",
        label_sql(kind, "t"),
        table(kind)
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id.0], |row| row.get(0))
        .optional()?)
}

/// The labels of many records of one kind, in one statement. Missing records are left out.
///
/// # Errors
/// When the ledger cannot be read.
pub fn labels(
    conn: &Connection,
    kind: KindCode,
    ids: &[RecordId],
) -> Result<HashMap<RecordId, String>, StorageError> {
    called(conn, kind, &label_sql(kind, "t"), ids)
}

/// What cells of a kind show of the records of `target` that they refer to.
pub(crate) fn shown(
    conn: &Connection,
    kind: KindCode,
    target: KindCode,
    ids: &[RecordId],
) -> Result<HashMap<RecordId, String>, StorageError> {
    called(conn, target, &shown_sql(kind, target, "t"), ids)
}

fn called(
    conn: &Connection,
    kind: KindCode,
    name: &str,
    ids: &[RecordId],
) -> Result<HashMap<RecordId, String>, StorageError> {
    let sql = format!(
        "SELECT t.\"id\", {name} FROM {} AS t WHERE t.\"id\" {IN_LIST}",
        table(kind)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([id_list(ids)])?;
    let mut names = HashMap::with_capacity(ids.len());
    while let Some(row) = rows.next()? {
        if let Some(name) = row.get(1)? {
            names.insert(id_at(row, 0)?, name);
        }
    }
    Ok(names)
}

/// The label of a record as an SQL expression over the row `alias`.
pub(crate) fn label_sql(kind: KindCode, alias: &str) -> String {
    match kind {
        KindCode::Entrance => format!(
            "{} || {alias}.\"name\"",
            name_of("building", alias, "building_id")
        ),
        KindCode::Dwelling => format!(
            "{} || ifnull({}, '') || {alias}.\"room\"",
            name_of("building", alias, "building_id"),
            name_of("entrance", alias, "entrance_id"),
        ),
        KindCode::Household => format!(
            "{} || ifnull(' ' || {alias}.\"contact\" || '户', ' 住户')",
            target_sql(KindCode::Dwelling, alias, "dwelling_id")
        ),
        KindCode::Ownership => format!(
            "{} || ' ' || {}",
            target_sql(KindCode::Dwelling, alias, "dwelling_id"),
            name_of("owner", alias, "owner_id")
        ),
        KindCode::Outbuilding => format!(
            "{} || ' ' || {alias}.\"number\" || ifnull('（' || {} || '旁）', '')",
            code_sql(kind, alias, "kind"),
            name_of("building", alias, "building_id"),
        ),
        KindCode::Plan => format!("{alias}.\"name\" || {}", version_sql(alias)),
        // The same work stands in every version of a plan.
        KindCode::WorkItem => format!(
            "{} || ' ' || {alias}.\"name\" || (SELECT {} FROM \"plan\" AS \"plan_of\" WHERE \"plan_of\".\"id\" = {alias}.\"plan_id\")",
            code_sql(kind, alias, "verb"),
            version_sql("\"plan_of\""),
        ),
        KindCode::Effect => {
            let mut names = vec![format!("{alias}.\"name\"")];
            names.extend(
                asset_references().map(|(field, target)| target_sql(target, alias, field.column)),
            );
            names.push(code_sql(kind, alias, "statistic"));
            format!(
                "{} || ' ' || coalesce({}, '')",
                code_sql(kind, alias, "action"),
                names.join(", ")
            )
        }
        KindCode::Waiver => format!("{alias}.\"label\""),
        KindCode::Dependency => format!(
            "{} || ' ' || {} || ' ' || {}",
            name_of("work_item", alias, "work_item_id"),
            code_sql(kind, alias, "relation"),
            name_of("work_item", alias, "other_item_id"),
        ),
        KindCode::Opinion => format!("{alias}.\"who\" || '：' || substr({alias}.\"words\", 1, 20)"),
        KindCode::Fund => format!(
            "{} || ifnull(' ' || {}, '')",
            code_sql(kind, alias, "source"),
            name_of("work_item", alias, "work_item_id"),
        ),
        KindCode::Price => format!("{alias}.\"name\" || '（' || {alias}.\"measure\" || '）'"),
        KindCode::Visit => format!(
            "{} || ' ' || {alias}.\"visited_on\" || '走访'",
            target_sql(KindCode::Dwelling, alias, "dwelling_id")
        ),
        KindCode::Wish => format!(
            "{} || ' ' || {} || {}",
            target_sql(KindCode::Dwelling, alias, "dwelling_id"),
            code_sql(kind, alias, "attitude"),
            code_sql(kind, alias, "measure")
        ),
        KindCode::Compound
        | KindCode::WorkUnit
        | KindCode::Building
        | KindCode::Owner
        | KindCode::CycleShed
        | KindCode::ParkingArea
        | KindCode::GreenSpace
        | KindCode::ActivityArea
        | KindCode::Facility
        | KindCode::Road
        | KindCode::PipeSegment
        | KindCode::Problem => format!("{alias}.\"name\""),
    }
}

/// What a list to choose from shows: the label, and where it alone does not tell records apart
/// (业主 of the same name), the place too.
pub(crate) fn option_sql(kind: KindCode, alias: &str) -> String {
    let label = label_sql(kind, alias);
    if kind != KindCode::Owner {
        return label;
    }
    let place = target_sql(KindCode::Dwelling, "held", "dwelling_id");
    format!(
        "{label} || ifnull('（' || (SELECT {place} FROM \"ownership\" AS held WHERE held.\"owner_id\" = {alias}.\"id\" ORDER BY held.\"id\" LIMIT 1) || '）', '')"
    )
}

/// What stands in a cell that refers to another record. A dwelling's entrance shows without its
/// building, which has its own column.
pub(crate) fn reference_sql(
    kind: KindCode,
    field: &Field,
    target: KindCode,
    alias: &str,
) -> String {
    let inner = format!("{alias}_{}", field.column);
    format!(
        "(SELECT {} FROM {} AS {inner} WHERE {inner}.\"id\" = {alias}.\"{}\")",
        shown_sql(kind, target, &inner),
        table(target),
        field.column
    )
}

/// What a cell of a kind shows of the record `alias` that it refers to.
pub(crate) fn shown_sql(kind: KindCode, target: KindCode, alias: &str) -> String {
    if kind == KindCode::Dwelling && target == KindCode::Entrance {
        format!("{alias}.\"name\"")
    } else {
        label_sql(target, alias)
    }
}

/// The fields of an effect that name the asset it demolishes or alters.
pub(crate) fn asset_references() -> impl Iterator<Item = (&'static Field, KindCode)> {
    KindCode::Effect
        .kind()
        .references()
        .filter(|(_, target)| *target != KindCode::WorkItem)
}

/// （第2版） of a plan, （第1版·方案A） of one of several scenarios.
fn version_sql(alias: &str) -> String {
    format!(
        "'（第' || {alias}.\"version\" || '版' || ifnull('·' || {alias}.\"scenario\", '') || '）'"
    )
}

fn target_sql(target: KindCode, alias: &str, column: &str) -> String {
    let inner = format!("{alias}_{column}");
    format!(
        "(SELECT {} FROM {} AS {inner} WHERE {inner}.\"id\" = {alias}.\"{column}\")",
        label_sql(target, &inner),
        table(target)
    )
}

fn name_of(table: &str, alias: &str, column: &str) -> String {
    format!(
        "(SELECT \"{table}_named\".\"name\" FROM \"{table}\" AS \"{table}_named\" WHERE \"{table}_named\".\"id\" = {alias}.\"{column}\")"
    )
}

/// The label of a code, as people read it.
pub(crate) fn code_sql(kind: KindCode, alias: &str, code: &str) -> String {
    match kind.kind().field(code) {
        Some(Field {
            column,
            kind: FieldType::Code(choices),
            ..
        }) => choice_sql(choices, &format!("{alias}.\"{column}\""), |_, choice| {
            format!("'{}'", choice.label)
        }),
        _ => "NULL".to_owned(),
    }
}

/// A CASE over the codes of a list.
pub(crate) fn choice_sql(
    choices: &[Choice],
    column: &str,
    then: impl Fn(usize, &Choice) -> String,
) -> String {
    let cases: Vec<String> = choices
        .iter()
        .enumerate()
        .map(|(index, choice)| format!("WHEN '{}' THEN {}", choice.code, then(index, choice)))
        .collect();
    format!("CASE {column} {} END", cases.join(" "))
}
