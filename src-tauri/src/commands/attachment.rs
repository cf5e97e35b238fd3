//! Photos and scans of records.

use std::path::PathBuf;

use jiugai_api::wire::{
    AttachmentEdit, AttachmentPlace, AttachmentRow, AttachmentsAdded, AttachmentsPurged, Changed,
    IntakeProgress, PastedFile, SavedFile,
};
use jiugai_api::{ApiError, Holder, Session};
use tauri::State;

use crate::Host;
use crate::dialog::{JPEG, PDF, PHOTO};

/// Asks which and hangs photos and scans on a record.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_choose(
    host: State<'_, Host>,
    holder: Holder,
    record: String,
    place: Option<AttachmentPlace>,
) -> Result<Changed<AttachmentsAdded>, ApiError> {
    let paths = host.choose_many("选择照片或扫描件", &PHOTO)?;
    let taken = host.intake().files(&paths)?;
    host.with(|session| session.attachment_hang(holder, &record, taken, place.as_ref()))
}

/// Hangs files on a record that were dropped onto the window.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_drop(
    host: State<'_, Host>,
    holder: Holder,
    record: String,
    paths: Vec<PathBuf>,
) -> Result<Changed<AttachmentsAdded>, ApiError> {
    let taken = host.intake().files(&paths)?;
    host.with(|session| session.attachment_hang(holder, &record, taken, None))
}

/// Hangs files from the clipboard on a record.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_paste(
    host: State<'_, Host>,
    holder: Holder,
    record: String,
    files: Vec<PastedFile>,
) -> Result<Changed<AttachmentsAdded>, ApiError> {
    let taken = host.intake().pasted(&files)?;
    host.with(|session| session.attachment_hang(holder, &record, taken, None))
}

/// How far taking in files has come; none when nothing is taken in.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_progress(
    host: State<'_, Host>,
) -> Result<Option<IntakeProgress>, ApiError> {
    Ok(host.intake().progress())
}

/// Calls off taking in files: none of the batch is kept.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_call_off(host: State<'_, Host>) -> Result<(), ApiError> {
    host.intake().call_off();
    Ok(())
}

/// Removes the bytes of photos in the recycle bin for good.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_purge(host: State<'_, Host>) -> Result<AttachmentsPurged, ApiError> {
    host.with(Session::attachment_purge)
}

/// Photos and scans of a record.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_list(
    host: State<'_, Host>,
    holder: Holder,
    record: String,
) -> Result<Vec<AttachmentRow>, ApiError> {
    host.with(|session| session.attachment_list(holder, &record))
}

/// Photos and scans of a compound and its records.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_compound(
    host: State<'_, Host>,
    compound: String,
) -> Result<Vec<AttachmentRow>, ApiError> {
    host.with(|session| session.attachment_compound(&compound))
}

/// Stores what people say about a photo or scan.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_edit(
    host: State<'_, Host>,
    id: String,
    edit: AttachmentEdit,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.attachment_edit(&id, &edit))
}

/// Takes a photo or scan from its record.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_remove(
    host: State<'_, Host>,
    id: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.attachment_remove(&id))
}

/// Viewpoints in use where the record belongs.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_viewpoints(
    host: State<'_, Host>,
    holder: Holder,
    record: String,
) -> Result<Vec<String>, ApiError> {
    host.with(|session| session.attachment_viewpoints(holder, &record))
}

/// Photos and scans in the recycle bin.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_removed(host: State<'_, Host>) -> Result<Vec<AttachmentRow>, ApiError> {
    host.with(|session| session.attachment_removed())
}

/// Brings a photo or scan back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_restore(
    host: State<'_, Host>,
    id: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.attachment_restore(&id))
}

/// A photo in full.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_picture(host: State<'_, Host>, id: String) -> Result<String, ApiError> {
    host.with(|session| session.attachment_picture(&id))
}

/// Asks where and writes a copy of a photo or scan.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn attachment_save(host: State<'_, Host>, id: String) -> Result<SavedFile, ApiError> {
    let name = host.with(|session| session.attachment_file_name(&id))?;
    let filter = if name.ends_with(".pdf") { PDF } else { JPEG };
    let path = host.place("另存照片或扫描件", &name, &filter)?;
    host.with(|session| session.attachment_save(&id, &path))
}
