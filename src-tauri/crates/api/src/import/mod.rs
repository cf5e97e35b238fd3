//! Import of a survey ledger (摸底台账): preview, then one transaction, one undo, a backup before.

mod preview;
mod writer;

use std::path::Path;

use jiugai_domain::{KindCode, RecordId};
use jiugai_exchange::survey::{self, SurveyLedger};
use jiugai_exchange::{read_file, workbook};
use jiugai_storage::backup::Reason;
use jiugai_storage::{Connection, Op, OpCode, query};

use crate::wire::{Changed, ImportOutcome, ImportPreview, SavedFile};
use crate::{ApiError, ErrorCode, Session, wording};
pub(crate) use writer::Writer;

impl Session {
    /// Reads a workbook and tells what an import would do. Nothing is written.
    ///
    /// # Errors
    /// `notAWorkbook`, `noTable`, `fileLocked`, `fileMissing`, `noLedger`.
    pub fn import_preview(&self, path: &Path) -> Result<ImportPreview, ApiError> {
        let survey = read(path)?;
        let name = survey.compound_name.clone().unwrap_or_default();
        let exists = find_compound(self.connection()?, &name)?.is_some();
        Ok(preview::preview(path, &survey, exists))
    }

    /// Imports a workbook as a compound of this name: one transaction, one undo, a backup before.
    ///
    /// # Errors
    /// Those of the preview; `nameTaken` when a compound of that name has dwellings already.
    pub fn import_commit(
        &mut self,
        path: &Path,
        compound: &str,
    ) -> Result<Changed<ImportOutcome>, ApiError> {
        let survey = read(path)?;
        let name = jiugai_domain::text::normalize(compound);
        if name.is_empty() {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "还不知道是哪个小区",
                "表题里没有认出小区名称。",
                "请填写小区名称后再导入。",
            ));
        }
        let existing = find_compound(self.connection()?, &name)?;
        if let Some(id) = existing {
            let counts = query::counts(self.connection()?, Some(id))?;
            if counts.first().is_some_and(|counts| counts.dwellings > 0) {
                return Err(ApiError::new(
                    ErrorCode::NameTaken,
                    "这个小区已经有房屋了",
                    format!(
                        "“{name}”的台账里已有 {} 套房屋，为免重复，没有导入。",
                        counts[0].dwellings
                    ),
                    "请换一个小区名称；如果是重新导入，请先删除这个小区（可从回收站恢复）。",
                ));
            }
        }
        if self.ledger()?.path().is_some() {
            self.backup(Reason::BeforeImport)?;
        }
        let op = Op::many(OpCode::Import, &name, survey.rows.len()).of_kind(KindCode::Dwelling);
        let at = self.now();
        self.write(&op, |conn| {
            let mut writer = Writer::new(conn, at);
            let compound = match existing {
                Some(id) => id,
                None => writer.compound(&survey, &name)?,
            };
            writer.rows(compound, &survey.rows)?;
            Ok(preview::outcome(&survey, compound, &name))
        })
    }

    /// Writes the rows with questions into a workbook, the reason beside each.
    ///
    /// # Errors
    /// Those of the preview and of the disk.
    pub fn import_save_issues(&self, source: &Path, path: &Path) -> Result<SavedFile, ApiError> {
        let survey = read(source)?;
        let reasons: Vec<String> = survey
            .issues
            .iter()
            .map(|issue| wording::issue(&survey, issue))
            .collect();
        let bytes = workbook::write_issues(&survey, &reasons, self.now().naive_local())?;
        crate::export::save(path, &bytes)
    }
}

fn read(path: &Path) -> Result<SurveyLedger, ApiError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(survey::read_survey(&read_file(path)?, &name)?)
}

/// A compound by its name.
pub(crate) fn find_compound(conn: &Connection, name: &str) -> Result<Option<RecordId>, ApiError> {
    let name = jiugai_domain::text::normalize(name);
    Ok(crate::assets::all_rows(conn, KindCode::Compound)?
        .into_iter()
        .find(|row| row.label == name)
        .map(|row| row.id))
}

/// Reads the workbook that is shipped with the sample.
pub(crate) fn read_bytes(bytes: &[u8], name: &str) -> Result<SurveyLedger, ApiError> {
    Ok(survey::read_survey(bytes, name)?)
}
