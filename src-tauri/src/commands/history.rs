//! What was done, undo and redo, the recycle bin.

use jiugai_api::wire::{Changed, HistoryEntry, RecordHistoryEntry, RecycleEntry};
use jiugai_api::{ApiError, KindCode};
use tauri::State;

use crate::Host;

/// The life of one record.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_history(
    host: State<'_, Host>,
    kind: KindCode,
    id: String,
) -> Result<Vec<RecordHistoryEntry>, ApiError> {
    host.with(|session| session.record_history(kind, &id))
}

/// The log.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn history_list(
    host: State<'_, Host>,
    before: Option<i32>,
    limit: u32,
) -> Result<Vec<HistoryEntry>, ApiError> {
    host.with(|session| session.history_list(before, limit))
}

/// Takes back the last step.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn history_undo(host: State<'_, Host>) -> Result<Changed<()>, ApiError> {
    host.long("撤销", jiugai_api::Session::history_undo)
}

/// Brings back what was undone last.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn history_redo(host: State<'_, Host>) -> Result<Changed<()>, ApiError> {
    host.long("重做", jiugai_api::Session::history_redo)
}

/// Takes back one step in the middle.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn history_undo_transaction(
    host: State<'_, Host>,
    transaction: i32,
) -> Result<Changed<()>, ApiError> {
    host.long("撤销", |session| {
        session.history_undo_transaction(transaction)
    })
}

/// Deletions that can be taken back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn recycle_list(host: State<'_, Host>) -> Result<Vec<RecycleEntry>, ApiError> {
    host.with(|session| session.recycle_list())
}

/// Brings deleted records back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn recycle_restore(
    host: State<'_, Host>,
    transaction: i32,
) -> Result<Changed<()>, ApiError> {
    host.long("从回收站恢复", |session| {
        session.recycle_restore(transaction)
    })
}
