//! Files from outside, and what those who help get to see.

use std::path::{Path, PathBuf};

use jiugai_api::ApiError;
use jiugai_api::wire::{IncomingFile, SavedFile, SupportFacts, WorkProgress};
use tauri::State;

use crate::dialog::ZIP;
use crate::{Host, web_view};

/// What is to be done with files that were dropped onto the window.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn incoming_judge(paths: Vec<PathBuf>) -> Result<IncomingFile, ApiError> {
    jiugai_api::judge(&paths)
}

/// The file that a second start handed over, once.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn incoming_take(host: State<'_, Host>) -> Result<Option<IncomingFile>, ApiError> {
    host.take_incoming()
}

/// Whether the screen wants to be asked before the window closes.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn window_hold(host: State<'_, Host>, hold: bool) -> Result<(), ApiError> {
    host.ask_before_closing(hold);
    Ok(())
}

/// How far long work is, without waiting for it; none when there is none. On the thread of the window: the threads of
/// the other commands may all be waiting.
#[tauri::command]
#[specta::specta]
pub(crate) fn work_progress(host: State<'_, Host>) -> Result<Option<WorkProgress>, ApiError> {
    Ok(host.progress().now().map(WorkProgress::from))
}

/// Asks long work to stop, and says whether it can. On the thread of the window too.
#[tauri::command]
#[specta::specta]
pub(crate) fn work_stop(host: State<'_, Host>) -> Result<bool, ApiError> {
    Ok(host.progress().stop())
}

/// What to tell about program and machine.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn support_get(host: State<'_, Host>) -> Result<SupportFacts, ApiError> {
    host.with(|session| Ok(session.support_get(&web_view().unwrap_or_default())))
}

/// Shows the data folder.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn support_show_folder(host: State<'_, Host>) -> Result<(), ApiError> {
    let facts = host.with(|session| Ok(session.support_get("")))?;
    host.show(Path::new(&facts.data_folder))
}

/// Asks where and collects what those who help need.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn support_save(host: State<'_, Host>) -> Result<SavedFile, ApiError> {
    let name = host.with(|session| Ok(session.support_file_name()))?;
    let path = host.place("保存给技术支持的文件", &name, &ZIP)?;
    host.with(|session| session.support_save(&web_view().unwrap_or_default(), &path))
}
