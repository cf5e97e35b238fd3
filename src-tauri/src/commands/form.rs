//! The superiors' forms.

use std::path::Path;

use jiugai_api::ApiError;
use jiugai_api::wire::{
    Changed, FormBinding, FormPage, FormReview, FormRow, FormSourceGroup, FormTarget, SavedFile,
};
use tauri::State;

use crate::Host;
use crate::dialog::{NEW_WORKBOOK, WORKBOOK, ZIP};

/// The forms of the ledger, and the examples.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_list(host: State<'_, Host>) -> Result<Vec<FormRow>, ApiError> {
    host.with(|session| session.form_list())
}

/// Everything that a cell can be filled with.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_sources(host: State<'_, Host>) -> Result<Vec<FormSourceGroup>, ApiError> {
    host.with(|session| Ok(session.form_sources()))
}

/// A form as a grid, with what is bound.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_get(
    host: State<'_, Host>,
    id: String,
    compound: Option<String>,
) -> Result<FormPage, ApiError> {
    host.with(|session| session.form_get(&id, compound.as_deref()))
}

/// Asks which and keeps a form.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_choose(host: State<'_, Host>) -> Result<Changed<String>, ApiError> {
    let path = host.choose("选择上级发来的表", &WORKBOOK)?;
    host.with(|session| session.form_create(&path))
}

/// Keeps a form that was dropped on the window.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_create(
    host: State<'_, Host>,
    path: String,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.form_create(Path::new(&path)))
}

/// Takes an example over.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_adopt(
    host: State<'_, Host>,
    example: String,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.form_adopt(&example))
}

/// Gives a form another name.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_rename(
    host: State<'_, Host>,
    id: String,
    name: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.form_rename(&id, &name))
}

/// Removes a form.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_remove(host: State<'_, Host>, id: String) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.form_remove(&id))
}

/// Says what goes into the cells.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_bind(
    host: State<'_, Host>,
    id: String,
    bindings: Vec<FormBinding>,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.form_bind(&id, bindings))
}

/// What would be written, and what changed since the last report.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_review(
    host: State<'_, Host>,
    id: String,
    target: FormTarget,
) -> Result<FormReview, ApiError> {
    host.with(|session| session.form_review(&id, &target))
}

/// Asks where and writes the filled form.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_fill(
    host: State<'_, Host>,
    id: String,
    target: FormTarget,
) -> Result<SavedFile, ApiError> {
    let name = host
        .with(|session| session.form_review(&id, &target))?
        .file_name;
    let filter = if target == FormTarget::Each {
        ZIP
    } else {
        NEW_WORKBOOK
    };
    let path = host.place("保存填好的表", &name, &filter)?;
    host.long("填表", |session| session.form_fill(&id, &target, &path))
}

/// Notes the numbers as reported.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn form_report(
    host: State<'_, Host>,
    id: String,
    target: FormTarget,
) -> Result<Changed<u32>, ApiError> {
    host.with(|session| session.form_report(&id, &target))
}
