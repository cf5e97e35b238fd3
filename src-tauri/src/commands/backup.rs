//! Backups.

use std::path::Path;

use jiugai_api::ApiError;
use jiugai_api::wire::{BackupEntry, Cleared, LedgerStatus, RestorePreview};
use tauri::State;

use crate::Host;

/// The backups.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backup_list(host: State<'_, Host>) -> Result<Vec<BackupEntry>, ApiError> {
    host.with(|session| session.backup_list())
}

/// Makes a backup now.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backup_create(host: State<'_, Host>) -> Result<BackupEntry, ApiError> {
    host.backup()
}

/// Removes the backups that the present password does not protect.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backup_clear_foreign(host: State<'_, Host>) -> Result<Cleared, ApiError> {
    host.with(jiugai_api::Session::backup_clear_foreign)
}

/// What restoring would lose.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backup_preview(
    host: State<'_, Host>,
    path: String,
) -> Result<RestorePreview, ApiError> {
    host.with(|session| session.backup_preview(Path::new(&path)))
}

/// Restores a backup.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backup_restore(
    host: State<'_, Host>,
    path: String,
) -> Result<LedgerStatus, ApiError> {
    host.long("恢复备份", |session| {
        session.backup_restore(Path::new(&path))
    })
}

/// Removes the backups from before the last erasure.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backup_clear_older(host: State<'_, Host>) -> Result<Cleared, ApiError> {
    host.long("删除旧备份", jiugai_api::Session::backup_clear_older)
}
