//! Records of every kind.

use jiugai_api::wire::{
    Changed, EditOutcome, KindCount, KindInfo, RecordDetail, RecordEdits, RecordLink, RecordTotals,
    RecordWindow, SearchHits, WindowQuery,
};
use jiugai_api::{ApiError, KindCode};
use tauri::State;

use crate::Host;

/// Every kind with its fields.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn kind_list(host: State<'_, Host>) -> Result<Vec<KindInfo>, ApiError> {
    host.with(|_| Ok(jiugai_api::kind_list()))
}

/// Rows of a grid.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_window(
    host: State<'_, Host>,
    query: WindowQuery,
    offset: u32,
    limit: u32,
) -> Result<RecordWindow, ApiError> {
    host.with(|session| session.record_window(&query, offset, limit))
}

/// Totals of a grid.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_totals(
    host: State<'_, Host>,
    query: WindowQuery,
) -> Result<RecordTotals, ApiError> {
    host.with(|session| session.record_totals(&query))
}

/// One record.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_get(
    host: State<'_, Host>,
    kind: KindCode,
    id: String,
) -> Result<RecordDetail, ApiError> {
    host.with(|session| session.record_get(kind, &id))
}

/// Stores one gesture.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_edit(
    host: State<'_, Host>,
    edits: RecordEdits,
) -> Result<Changed<EditOutcome>, ApiError> {
    host.with(|session| session.record_edit(&edits))
}

/// Copies records.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_duplicate(
    host: State<'_, Host>,
    kind: KindCode,
    ids: Vec<String>,
) -> Result<Changed<Vec<String>>, ApiError> {
    host.with(|session| session.record_duplicate(kind, &ids))
}

/// What would go with records.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_removal_preview(
    host: State<'_, Host>,
    kind: KindCode,
    ids: Vec<String>,
) -> Result<Vec<KindCount>, ApiError> {
    host.with(|session| session.record_removal_preview(kind, &ids))
}

/// Deletes records.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_remove(
    host: State<'_, Host>,
    kind: KindCode,
    ids: Vec<String>,
) -> Result<Changed<u32>, ApiError> {
    host.with(|session| session.record_remove(kind, &ids))
}

/// Records to choose from.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_options(
    host: State<'_, Host>,
    kind: KindCode,
    compound: Option<String>,
    text: String,
) -> Result<Vec<RecordLink>, ApiError> {
    host.with(|session| session.record_options(kind, compound.as_deref(), &text))
}

/// Looks through everything.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_search(
    host: State<'_, Host>,
    text: String,
    compound: Option<String>,
) -> Result<SearchHits, ApiError> {
    host.with(|session| session.record_search(&text, compound.as_deref()))
}
