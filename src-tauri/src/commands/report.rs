//! Papers.

use std::path::Path;

use jiugai_api::ApiError;
use jiugai_api::wire::{
    PaperFormat, ReportBatchItem, ReportDocument, ReportOver, ReportPreview, ReportRequest,
    SavedFile,
};
use tauri::State;

use crate::Host;
use crate::dialog::{DOCX, Filter, NEW_WORKBOOK, PDF, printing_note};

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

/// Asks where and writes a paper as PDF, Word document or workbook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_save(
    host: State<'_, Host>,
    request: ReportRequest,
    format: PaperFormat,
) -> Result<SavedFile, ApiError> {
    let name = host.with(|session| session.report_file_name(&request, format))?;
    let (title, filter, _) = kind_of_file(format);
    let path = host.place(title, &name, filter)?;
    host.long("保存", |session| session.report_save(&request, &path))
}

/// Title of the dialog, filter and extension of a kind of file.
fn kind_of_file(format: PaperFormat) -> (&'static str, &'static Filter, &'static str) {
    match format {
        PaperFormat::Pdf => ("保存 PDF", &PDF, "pdf"),
        PaperFormat::Docx => ("保存 Word 文档", &DOCX, "docx"),
        PaperFormat::Xlsx => ("保存 Excel 表格", &NEW_WORKBOOK, "xlsx"),
    }
}

/// Hands a paper to the system's printing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_print(
    host: State<'_, Host>,
    request: ReportRequest,
) -> Result<SavedFile, ApiError> {
    let mut saved = host.long("打印", |session| session.report_spool(&request))?;
    saved.message = host.print(Path::new(&saved.path))?.sentence().to_owned();
    Ok(saved)
}

/// The papers of a batch.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_batch(
    host: State<'_, Host>,
    request: ReportRequest,
    over: ReportOver,
) -> Result<Vec<ReportBatchItem>, ApiError> {
    host.with(|session| session.report_batch(&request, over))
}

/// Asks where the first paper of a batch is to be written; gives the folder for all.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_batch_place(
    host: State<'_, Host>,
    name: String,
    format: PaperFormat,
) -> Result<String, ApiError> {
    let (_, filter, end) = kind_of_file(format);
    let path = host.place("成批保存到哪个文件夹", &format!("{name}.{end}"), filter)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(folder.to_string_lossy().into_owned())
}

/// Writes one paper of a batch into its folder.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_batch_save(
    host: State<'_, Host>,
    item: ReportBatchItem,
    format: PaperFormat,
    folder: String,
) -> Result<SavedFile, ApiError> {
    host.long("保存", |session| {
        session.report_batch_save(&item, format, Path::new(&folder))
    })
}

/// What printing does on this system, told beside the button.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_printing() -> Result<String, ApiError> {
    Ok(printing_note().to_owned())
}
