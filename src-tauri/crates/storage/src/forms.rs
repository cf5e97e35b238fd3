//! Forms of the superiors (填表模板) and what was reported with them (上报记录). Their tables are
//! tracked like those of the kinds: writing goes through [`crate::Ledger::transact`], undo takes
//! it back.

use jiugai_domain::RecordId;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::StorageError;

/// The tables, for the session that records what changes.
pub(crate) const TABLES: [&str; 2] = ["form_template", "form_report"];

/// A form with what goes into which cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormTemplate {
    /// Key.
    pub id: RecordId,
    /// What people call it; no two have the same.
    pub name: String,
    /// Name of the file it was made from.
    pub file_name: String,
    /// What goes into which cell, JSON of the caller.
    pub bindings: String,
}

/// What was reported about a compound, or about all together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormReport {
    /// Key.
    pub id: RecordId,
    /// The form.
    pub template: RecordId,
    /// The compound; none for what was told about all together.
    pub compound: Option<RecordId>,
    /// When, RFC 3339.
    pub at: String,
    /// By whom.
    pub actor: String,
    /// The values, JSON of the caller.
    pub cells: String,
}

/// Every form, by name.
///
/// # Errors
/// When the ledger cannot be read.
pub fn templates(conn: &Connection) -> Result<Vec<FormTemplate>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name, file_name, bindings FROM form_template ORDER BY name, id",
    )?;
    let rows = statement.query_map([], template_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One form.
///
/// # Errors
/// When the ledger cannot be read.
pub fn template(conn: &Connection, id: RecordId) -> Result<Option<FormTemplate>, StorageError> {
    Ok(conn
        .prepare_cached("SELECT id, name, file_name, bindings FROM form_template WHERE id = ?1")?
        .query_row([id.0], template_at)
        .optional()?)
}

fn template_at(row: &Row<'_>) -> rusqlite::Result<FormTemplate> {
    Ok(FormTemplate {
        id: RecordId(row.get(0)?),
        name: row.get(1)?,
        file_name: row.get(2)?,
        bindings: row.get(3)?,
    })
}

/// The empty form.
///
/// # Errors
/// When the ledger cannot be read.
pub fn file(conn: &Connection, id: RecordId) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(conn
        .prepare_cached("SELECT file FROM form_template WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?)
}

/// Stores a new form.
///
/// # Errors
/// [`StorageError::KeyTaken`] when the name is taken; whatever SQLite says.
pub fn insert(conn: &Connection, template: &FormTemplate, file: &[u8]) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO form_template (id, name, file_name, file, bindings) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        template.id.0,
        template.name,
        template.file_name,
        file,
        template.bindings
    ])?;
    Ok(())
}

/// Stores another name and other bindings of a form.
///
/// # Errors
/// [`StorageError::KeyTaken`] when the name is taken; whatever SQLite says.
pub fn update(conn: &Connection, template: &FormTemplate) -> Result<(), StorageError> {
    conn.prepare_cached("UPDATE form_template SET name = ?2, bindings = ?3 WHERE id = ?1")?
        .execute(params![template.id.0, template.name, template.bindings])?;
    Ok(())
}

/// Removes a form. What was reported with it stays in the ledger.
///
/// # Errors
/// Whatever SQLite says.
pub fn remove(conn: &Connection, id: RecordId) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM form_template WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

/// What was reported with a form, the newest first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn reports(conn: &Connection, template: RecordId) -> Result<Vec<FormReport>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, template_id, compound_id, at, actor, cells FROM form_report
         WHERE template_id = ?1 ORDER BY id DESC",
    )?;
    let rows = statement.query_map([template.0], |row| {
        Ok(FormReport {
            id: RecordId(row.get(0)?),
            template: RecordId(row.get(1)?),
            compound: row.get::<_, Option<[u8; 16]>>(2)?.map(RecordId),
            at: row.get(3)?,
            actor: row.get(4)?,
            cells: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes what was reported.
///
/// # Errors
/// Whatever SQLite says.
pub fn report(conn: &Connection, report: &FormReport) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO form_report (id, template_id, compound_id, at, actor, cells) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        report.id.0,
        report.template.0,
        report.compound.map(|id| id.0),
        report.at,
        report.actor,
        report.cells
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{memory, stamp};
    use crate::{Op, OpCode};

    #[test]
    fn forms_and_reports_are_undone_and_done_again() {
        let ledger = memory();
        let conn = ledger.connection();
        let id = crate::log::fresh_id(conn, stamp(0).at).expect("a key");
        let template = FormTemplate {
            id,
            name: "月报".to_owned(),
            file_name: "月报.xlsx".to_owned(),
            bindings: "[]".to_owned(),
        };
        let op = Op::one(OpCode::Create, "填表模板“月报”");
        let changed = ledger
            .transact(&op, &stamp(0), |conn| insert(conn, &template, b"PK"))
            .expect("stored");
        assert!(changed.transaction.is_some());
        assert_eq!(file(conn, id).expect("read").as_deref(), Some(&b"PK"[..]));
        let told = FormReport {
            id: crate::log::fresh_id(conn, stamp(0).at).expect("a key"),
            template: id,
            compound: None,
            at: stamp(0).at.to_rfc3339(),
            actor: "录入员".to_owned(),
            cells: "[]".to_owned(),
        };
        ledger
            .transact(&Op::one(OpCode::Create, "上报记录"), &stamp(0), |conn| {
                report(conn, &told)
            })
            .expect("noted");
        assert_eq!(reports(conn, id).expect("read"), [told]);
        assert_eq!(ledger.verify(&[]).expect("verified"), []);
        ledger.undo(&stamp(0)).expect("undone");
        assert_eq!(reports(conn, id).expect("read"), []);
        ledger
            .transact(&Op::one(OpCode::Delete, "填表模板"), &stamp(0), |conn| {
                remove(conn, id)
            })
            .expect("removed");
        assert_eq!(templates(conn).expect("read"), []);
        ledger.undo(&stamp(0)).expect("undone");
        assert_eq!(templates(conn).expect("read"), [template]);
        assert_eq!(file(conn, id).expect("read").as_deref(), Some(&b"PK"[..]));
        assert_eq!(ledger.verify(&[]).expect("verified"), []);
    }
}
