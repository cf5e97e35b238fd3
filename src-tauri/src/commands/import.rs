//! Tables in and out.

use std::path::Path;

use jiugai_api::wire::{
    Changed, ExportFormat, ImportChoices, ImportDraft, ImportOutcome, ImportPreview,
    ImportSettings, ImportState, ImportWindow, SavedFile, WindowQuery,
};
use jiugai_api::{ApiError, KindCode};
use tauri::State;

use crate::Host;
use crate::dialog::{NEW_TABLE, NEW_TEXT, NEW_WORKBOOK, WORKBOOK};

/// Asks which and reads a file.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_choose(host: State<'_, Host>) -> Result<ImportDraft, ApiError> {
    let path = host.choose("选择要导入的表格", &WORKBOOK)?;
    host.long("读表格", |session| session.import_read(&path))
}

/// Reads a file that was dropped on the window.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_read(host: State<'_, Host>, path: String) -> Result<ImportDraft, ApiError> {
    host.long("读表格", |session| session.import_read(Path::new(&path)))
}

/// Reads a block that was pasted.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_paste(host: State<'_, Host>, text: String) -> Result<ImportDraft, ApiError> {
    host.with(|session| session.import_paste(&text))
}

/// Sets what the rows of a table are.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_set_kind(
    host: State<'_, Host>,
    draft: u32,
    table: u32,
    kind: KindCode,
) -> Result<ImportDraft, ApiError> {
    host.with(|session| session.import_set_kind(draft, table, kind))
}

/// Sets where a column goes.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_set_column(
    host: State<'_, Host>,
    draft: u32,
    table: u32,
    column: u32,
    target: String,
) -> Result<ImportDraft, ApiError> {
    host.with(|session| session.import_set_column(draft, table, column, &target))
}

/// Takes a table in, or leaves it out.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_set_table(
    host: State<'_, Host>,
    draft: u32,
    table: u32,
    included: bool,
) -> Result<ImportDraft, ApiError> {
    host.with(|session| session.import_set_table(draft, table, included))
}

/// Compares the rows with the ledger.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_check(
    host: State<'_, Host>,
    draft: u32,
    settings: ImportSettings,
) -> Result<ImportPreview, ApiError> {
    host.long("和台账比对", |session| {
        session.import_check(draft, &settings)
    })
}

/// Rows of the comparison.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_rows(
    host: State<'_, Host>,
    draft: u32,
    table: u32,
    state: Option<ImportState>,
    flawed: bool,
    offset: u32,
    limit: u32,
) -> Result<ImportWindow, ApiError> {
    host.with(|session| session.import_rows(draft, table, state, flawed, offset, limit))
}

/// Imports what was chosen.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_run(
    host: State<'_, Host>,
    draft: u32,
    choices: ImportChoices,
) -> Result<Changed<ImportOutcome>, ApiError> {
    host.long("导入", |session| session.import_run(draft, &choices))
}

/// Asks where and writes the rows that need a hand.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_save_bad_rows(
    host: State<'_, Host>,
    draft: u32,
) -> Result<SavedFile, ApiError> {
    let target = host.place("保存要改的行", "要改的行.xlsx", &NEW_WORKBOOK)?;
    host.long("导出", |session| {
        session.import_save_bad_rows(draft, &target)
    })
}

/// Asks where and writes the rows of a grid as a workbook or as text, with all columns or with those
/// that are shown.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_view(
    host: State<'_, Host>,
    query: WindowQuery,
    shown: Option<Vec<String>>,
    format: ExportFormat,
) -> Result<SavedFile, ApiError> {
    let (ending, filter) = match format {
        ExportFormat::Workbook => ("xlsx", NEW_TABLE),
        ExportFormat::Utf8Text | ExportFormat::Gb18030Text => ("csv", NEW_TEXT),
    };
    let name = format!("{}台账.{ending}", query.kind.kind().label);
    let path = host.place("导出台账", &name, &filter)?;
    host.long("导出", |session| {
        session.export_view(&query, shown.as_deref(), format, &path)
    })
}

/// Asks where and writes every ledger of a compound, or of all, into one workbook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_all(
    host: State<'_, Host>,
    compound: Option<String>,
) -> Result<SavedFile, ApiError> {
    let name = host.with(|session| session.export_all_name(compound.as_deref()))?;
    let path = host.place("导出全部台账", &name, &NEW_WORKBOOK)?;
    host.long("导出", |session| {
        session.export_all(compound.as_deref(), &path)
    })
}
