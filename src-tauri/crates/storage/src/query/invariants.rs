//! What must hold in every ledger beyond the rules that the tables themselves enforce, each with
//! the statement that finds what breaks it. `verify` runs them.

use jiugai_domain::check::Limits;
use jiugai_domain::kind::Scope;
use jiugai_domain::{FieldType, KindCode, RecordId};
use rusqlite::Connection;

use crate::error::StorageError;
use crate::records::columns::{id_at, table};
use crate::records::{asset_references, label_sql, sort_key};

/// A record that breaks an invariant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Name of the invariant, camelCase.
    pub invariant: &'static str,
    /// Kind of the record.
    pub kind: KindCode,
    /// Its key.
    pub id: RecordId,
    /// What people call it, as far as that can be told.
    pub label: Option<String>,
}

/// Every violation in the ledger, at most `limit` of each invariant and kind.
///
/// # Errors
/// When the ledger cannot be read.
pub fn violations(conn: &Connection, limit: usize) -> Result<Vec<Violation>, StorageError> {
    let mut found = broken(conn, limit, invariants())?;
    stale_sort_keys(conn, limit, &mut found)?;
    Ok(found)
}

/// Records whose numbers contradict each other, such as more old people than people: no defect
/// of the file, but worth a look before printing.
///
/// # Errors
/// When the ledger cannot be read.
pub fn doubts(conn: &Connection, limit: usize) -> Result<Vec<Violation>, StorageError> {
    broken(conn, limit, plausibility())
}

/// Name, kind, and the condition under which a row `t` breaks the rule.
type Rule = (&'static str, KindCode, String);

fn broken(
    conn: &Connection,
    limit: usize,
    rules: Vec<Rule>,
) -> Result<Vec<Violation>, StorageError> {
    let mut found = Vec::new();
    for (invariant, kind, condition) in rules {
        let sql = format!(
            "SELECT t.\"id\", {} FROM {} AS t WHERE {condition} LIMIT ?1",
            label_sql(kind, "t"),
            table(kind)
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = conn.prepare(&sql)?;
        let rows = statement.query_map([limit], |row| {
            Ok(Violation {
                invariant,
                kind,
                id: id_at(row, 0)?,
                label: row.get(1)?,
            })
        })?;
        for row in rows {
            found.push(row?);
        }
    }
    Ok(found)
}

fn invariants() -> Vec<Rule> {
    let mut list = Vec::new();
    for kind in KindCode::ALL {
        list.push((
            "keyIsSixteenBytes",
            kind,
            "length(t.\"id\") <> 16".to_owned(),
        ));
        for field in kind.kind().fields {
            let column = format!("t.\"{}\"", field.column);
            match field.kind {
                FieldType::Code(choices) => {
                    let codes: Vec<String> = choices
                        .iter()
                        .map(|choice| format!("'{}'", choice.code))
                        .collect();
                    list.push((
                        "codeIsKnown",
                        kind,
                        format!("{column} NOT IN ({})", codes.join(", ")),
                    ));
                }
                FieldType::Flag => {
                    list.push(("flagIsYesOrNo", kind, format!("{column} NOT IN (0, 1)")));
                }
                FieldType::Date => list.push((
                    "dateIsADay",
                    kind,
                    format!("date({column}) IS NOT {column}"),
                )),
                FieldType::Text | FieldType::LongText => {
                    list.push(("textIsNotEmpty", kind, format!("trim({column}) = ''")));
                }
                FieldType::Reference(target) => {
                    let inner = table(target);
                    list.push((
                        "referenceExists",
                        kind,
                        format!("{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {inner} AS r WHERE r.\"id\" = {column})"),
                    ));
                    if target.kind().scope == Scope::Compound {
                        list.push((
                            "referenceIsOfTheSameCompound",
                            kind,
                            format!("EXISTS (SELECT 1 FROM {inner} AS r WHERE r.\"id\" = {column} AND r.\"compound_id\" <> t.\"compound_id\")"),
                        ));
                    }
                }
                _ => list.push(("numberIsNotNegative", kind, format!("{column} < 0"))),
            }
        }
    }
    list.push((
        "entranceIsOfTheBuilding",
        KindCode::Dwelling,
        "EXISTS (SELECT 1 FROM \"entrance\" AS e WHERE e.\"id\" = t.\"entrance_id\" AND e.\"building_id\" <> t.\"building_id\")".to_owned(),
    ));
    let targets: Vec<String> = asset_references()
        .map(|(field, _)| format!("(t.\"{}\" IS NOT NULL)", field.column))
        .collect();
    list.push((
        "effectNamesItsTarget",
        KindCode::Effect,
        format!(
            "{} <> (t.\"action\" IN ('demolish', 'alter'))",
            targets.join(" + ")
        ),
    ));
    list
}

/// Rules of the check that `verify` tells too.
const DOUBTS: [&str; 4] = [
    "groupIsNotLargerThanHousehold",
    "oldestAreAmongTheOld",
    "sharesAreNotMoreThanAll",
    "demolishedRoomsAreThere",
];

/// What people may have typed by mistake: those rules of the check that need no clock.
fn plausibility() -> Vec<Rule> {
    DOUBTS
        .iter()
        .filter_map(|code| {
            let given = super::check::Given {
                today: "",
                limits: &Limits::default(),
            };
            super::check::probe(code, given)
        })
        .map(|probe| (probe.rule.code, probe.kind, probe.condition))
        .collect()
}

/// The order among names is worked out outside SQL, so it is compared outside SQL.
fn stale_sort_keys(
    conn: &Connection,
    limit: usize,
    found: &mut Vec<Violation>,
) -> Result<(), StorageError> {
    for kind in KindCode::ALL {
        let Some(field) = kind.kind().field(kind.kind().name_field) else {
            continue;
        };
        let sql = format!(
            "SELECT \"id\", \"sort_key\", \"{}\" FROM {}",
            field.column,
            table(kind)
        );
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut stale = Vec::new();
        while let Some(row) = rows.next()? {
            let id = id_at(row, 0)?;
            let name = crate::records::columns::value_at(row, 2, field)?;
            if stale.len() < limit
                && row.get_ref(1)?.as_str().ok() != Some(sort_key(kind, id, Some(&name)).as_str())
            {
                stale.push(id);
            }
        }
        drop(rows);
        let labels = crate::records::labels(conn, kind, &stale)?;
        found.extend(stale.into_iter().map(|id| Violation {
            invariant: "orderFollowsTheName",
            kind,
            id,
            label: labels.get(&id).cloned(),
        }));
    }
    Ok(())
}
