//! Grids as workbooks, and writing files.

use std::path::Path;

use jiugai_domain::FieldType;
use jiugai_domain::KindCode;
use jiugai_exchange::workbook::{self, ColumnSpec, SheetCell, SheetData};

use jiugai_storage::query::Row;

use crate::assets;
use crate::text::{counted, key};
use crate::wire::SavedFile;
use crate::{ApiError, Session, wording};

impl Session {
    /// Every record of a kind as a workbook.
    ///
    /// # Errors
    /// `notFound`, those of the disk.
    pub fn export_ledger(
        &self,
        kind: KindCode,
        compound: Option<&str>,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let conn = self.connection()?;
        let compound = compound.map(key).transpose()?;
        let rows = match compound {
            Some(compound) => assets::rows(conn, kind, compound)?,
            None => assets::all_rows(conn, kind)?,
        };
        let declared = kind.kind();
        let name = match compound {
            Some(compound) => jiugai_storage::records::label(conn, KindCode::Compound, compound)?
                .unwrap_or_default(),
            None => String::new(),
        };
        let count = rows.len();
        let sheet = SheetData {
            name: declared.label.to_owned(),
            title: Some(format!("{name}{}台账", declared.label)),
            note: Some(format!(
                "共 {}　导出时间：{}",
                counted(kind, count),
                crate::text::minute(self.now())
            )),
            columns: declared.fields.iter().map(ColumnSpec::of).collect(),
            rows: rows
                .into_iter()
                .map(|row| cells(declared.fields, &row))
                .collect(),
            totals_label: Some("合计".to_owned()),
        };
        let bytes = workbook::write_workbook(&[sheet], self.now().naive_local())?;
        let mut saved = save(path, &bytes)?;
        saved.message = format!("已导出 {} 到“{}”。", counted(kind, count), saved.path);
        Ok(saved)
    }
}

/// A row for the workbook: values by their type, references by their labels.
fn cells(fields: &[jiugai_domain::Field], row: &Row) -> Vec<SheetCell> {
    let references = row.references.iter();
    fields
        .iter()
        .zip(&row.values)
        .zip(references)
        .map(|((field, value), label)| match field.kind {
            FieldType::Reference(_) => SheetCell::Label(label.clone().unwrap_or_default()),
            _ => SheetCell::Value(value.clone()),
        })
        .collect()
}

/// Writes a file whole: under another name first, so that a full disk leaves no half of it.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<SavedFile, ApiError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let fresh = path.with_file_name(name);
    let written = std::fs::write(&fresh, bytes).and_then(|()| std::fs::rename(&fresh, path));
    if let Err(error) = written {
        // What is left of it is of no use to anybody.
        drop(std::fs::remove_file(&fresh));
        return Err(wording::file_error(&error, path));
    }
    let path = path.to_string_lossy().into_owned();
    Ok(SavedFile {
        message: format!("已保存到“{path}”。"),
        path,
    })
}
