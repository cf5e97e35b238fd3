//! Erasing personal data after their time.

use jiugai_api::ApiError;
use jiugai_api::wire::{ErasureDone, ErasureRequest, ErasureView, SavedFile};
use tauri::State;

use crate::Host;
use crate::dialog::LEDGER;

/// The compounds, what of them is personal, and what was erased.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn erasure_get(host: State<'_, Host>) -> Result<ErasureView, ApiError> {
    host.with(|session| session.erasure_get())
}

/// Asks where and writes an encrypted copy of the ledger.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn erasure_archive(
    host: State<'_, Host>,
    password: String,
) -> Result<SavedFile, ApiError> {
    let path = host.place("加密归档整本台账", "归档台账.jgdb", &LEDGER)?;
    host.long("加密归档", |session| {
        session.erasure_archive(&password, &path)
    })
}

/// Erases.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn erasure_run(
    host: State<'_, Host>,
    request: ErasureRequest,
) -> Result<ErasureDone, ApiError> {
    host.long("销毁个人信息", |session| {
        session.erasure_run(&request)
    })
}
