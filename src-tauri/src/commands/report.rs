//! Papers.

use std::path::Path;

use jiugai_api::ApiError;
use jiugai_api::wire::{ReportPreview, ReportRequest, SavedFile};
use tauri::State;

use crate::Host;
use crate::dialog::PDF;

/// A paper as it will come out of the printer.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_preview(
    host: State<'_, Host>,
    request: ReportRequest,
) -> Result<ReportPreview, ApiError> {
    host.with(|session| session.report_preview(&request))
}

/// Asks where and writes a paper as PDF.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_save(
    host: State<'_, Host>,
    request: ReportRequest,
) -> Result<SavedFile, ApiError> {
    let name = host.with(|session| session.report_file_name(&request))?;
    let path = host.place("保存 PDF", &name, &PDF)?;
    host.with(|session| session.report_save(&request, &path))
}

/// Hands a paper to the system's printing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_print(
    host: State<'_, Host>,
    request: ReportRequest,
) -> Result<SavedFile, ApiError> {
    let saved = host.with(|session| session.report_spool(&request))?;
    host.print(Path::new(&saved.path))?;
    Ok(saved)
}
