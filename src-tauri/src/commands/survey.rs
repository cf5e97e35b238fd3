//! Workbooks in and out.

use std::path::Path;

use jiugai_api::wire::{Changed, ImportOutcome, ImportPreview, SavedFile};
use jiugai_api::{ApiError, KindCode};
use tauri::State;

use crate::Host;
use crate::dialog::{NEW_WORKBOOK, WORKBOOK};

/// Asks which and reads a workbook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_choose(host: State<'_, Host>) -> Result<ImportPreview, ApiError> {
    let path = host.choose("选择摸底台账", &WORKBOOK)?;
    host.with(|session| session.import_preview(&path))
}

/// Reads a workbook that was dropped on the window.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_preview(
    host: State<'_, Host>,
    path: String,
) -> Result<ImportPreview, ApiError> {
    host.with(|session| session.import_preview(Path::new(&path)))
}

/// Imports a workbook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_commit(
    host: State<'_, Host>,
    path: String,
    compound_name: String,
) -> Result<Changed<ImportOutcome>, ApiError> {
    host.with(|session| session.import_commit(Path::new(&path), &compound_name))
}

/// Asks where and writes the rows with questions.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_save_issues(
    host: State<'_, Host>,
    path: String,
) -> Result<SavedFile, ApiError> {
    let target = host.place("保存问题清单", "导入问题清单.xlsx", &NEW_WORKBOOK)?;
    host.with(|session| session.import_save_issues(Path::new(&path), &target))
}

/// Asks where and writes a ledger as a workbook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_ledger(
    host: State<'_, Host>,
    kind: KindCode,
    compound: Option<String>,
) -> Result<SavedFile, ApiError> {
    let name = format!("{}台账.xlsx", kind.kind().label);
    let path = host.place("导出台账", &name, &NEW_WORKBOOK)?;
    host.with(|session| session.export_ledger(kind, compound.as_deref(), &path))
}
