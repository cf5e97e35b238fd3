//! Gestures over many rows of a grid, group totals, saved views.

use jiugai_api::wire::{
    Changed, FindQuery, FoundCell, GridView, RecordGroups, ReplaceQuery, RowsEdit, RowsOutcome,
    Stretch, WindowQuery,
};
use jiugai_api::{ApiError, KindCode};
use tauri::State;

use crate::Host;

/// Cells of a stretch that hold a text.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_find(
    host: State<'_, Host>,
    find: FindQuery,
    stretch: Stretch,
) -> Result<Vec<FoundCell>, ApiError> {
    host.with(|session| session.record_find(&find, stretch))
}

/// Replaces a text.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_replace(
    host: State<'_, Host>,
    replace: ReplaceQuery,
) -> Result<Changed<RowsOutcome>, ApiError> {
    host.long("替换", |session| session.record_replace(&replace))
}

/// Gives many rows the same cells.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_set(
    host: State<'_, Host>,
    edit: RowsEdit,
) -> Result<Changed<RowsOutcome>, ApiError> {
    host.long("批量修改", |session| session.record_set(&edit))
}

/// Subtotals by a column.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_groups(
    host: State<'_, Host>,
    query: WindowQuery,
    field: String,
) -> Result<RecordGroups, ApiError> {
    host.with(|session| session.record_groups(&query, &field))
}

/// Saved views of a kind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn view_list(host: State<'_, Host>, kind: KindCode) -> Result<Vec<GridView>, ApiError> {
    host.with(|session| session.view_list(kind))
}

/// Saves a view.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn view_save(
    host: State<'_, Host>,
    kind: KindCode,
    view: GridView,
) -> Result<Vec<GridView>, ApiError> {
    host.with(|session| session.view_save(kind, view))
}

/// Forgets a view.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn view_remove(
    host: State<'_, Host>,
    kind: KindCode,
    name: String,
) -> Result<Vec<GridView>, ApiError> {
    host.with(|session| session.view_remove(kind, &name))
}
