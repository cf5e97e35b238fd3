//! Papers.

use std::path::Path;

use jiugai_api::ApiError;
use jiugai_api::wire::{PaperFormat, ReportDocument, ReportPreview, ReportRequest, SavedFile};
use tauri::State;

use crate::Host;
use crate::dialog::{DOCX, PDF, printing_note};

/// A paper as it will come out of the printer.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_preview(
    host: State<'_, Host>,
    request: ReportRequest,
) -> Result<ReportPreview, ApiError> {
    host.with(|session| session.report_preview(&request))
}

/// The documents that can be printed.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_documents(host: State<'_, Host>) -> Result<Vec<ReportDocument>, ApiError> {
    host.with(|session| Ok(session.report_documents()))
}

/// Asks where and writes a paper as PDF or Word document.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_save(
    host: State<'_, Host>,
    request: ReportRequest,
    format: PaperFormat,
) -> Result<SavedFile, ApiError> {
    let name = host.with(|session| session.report_file_name(&request, format))?;
    let (title, filter) = match format {
        PaperFormat::Pdf => ("保存 PDF", &PDF),
        PaperFormat::Docx => ("保存 Word 文档", &DOCX),
    };
    let path = host.place(title, &name, filter)?;
    host.with(|session| session.report_save(&request, &path))
}

/// Hands a paper to the system's printing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_print(
    host: State<'_, Host>,
    request: ReportRequest,
) -> Result<SavedFile, ApiError> {
    let mut saved = host.with(|session| session.report_spool(&request))?;
    saved.message = host.print(Path::new(&saved.path))?.sentence().to_owned();
    Ok(saved)
}

/// What printing does on this system, told beside the button.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_printing() -> Result<String, ApiError> {
    Ok(printing_note().to_owned())
}
