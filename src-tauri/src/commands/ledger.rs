//! The open ledger and the settings.

use std::path::Path;

use jiugai_api::wire::{DutyView, LedgerStatus, RecentLedger, Settings};
use jiugai_api::{ApiError, Duty};
use tauri::State;

use crate::Host;
use crate::dialog::LEDGER;

/// The open ledger.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_status(host: State<'_, Host>) -> Result<LedgerStatus, ApiError> {
    host.with(|session| session.ledger_status())
}

/// Asks where and makes a new ledger.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_create(host: State<'_, Host>) -> Result<LedgerStatus, ApiError> {
    let path = host.place("新建一本账", "我的台账.jgdb", &LEDGER)?;
    host.with(|session| session.ledger_create(&path))
}

/// Asks which and opens a ledger.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_choose(host: State<'_, Host>) -> Result<LedgerStatus, ApiError> {
    let path = host.choose("打开台账", &LEDGER)?;
    host.long("打开台账", |session| session.ledger_open(&path))
}

/// Opens a ledger of the list of recent ones.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_open(host: State<'_, Host>, path: String) -> Result<LedgerStatus, ApiError> {
    host.long("打开台账", |session| {
        session.ledger_open(Path::new(&path))
    })
}

/// Puts the newest good backup in the place of a damaged ledger.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_recover(host: State<'_, Host>) -> Result<LedgerStatus, ApiError> {
    host.long("恢复台账", jiugai_api::Session::ledger_recover)
}

/// Opens the encrypted ledger that was to be opened last.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_unlock(
    host: State<'_, Host>,
    password: String,
) -> Result<LedgerStatus, ApiError> {
    host.long("打开台账", |session| session.ledger_unlock(&password))
}

/// Sets or changes the password.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn password_set(
    host: State<'_, Host>,
    present: String,
    next: String,
) -> Result<LedgerStatus, ApiError> {
    host.long("设密码", |session| session.password_set(&present, &next))
}

/// Removes the password.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn password_remove(
    host: State<'_, Host>,
    present: String,
) -> Result<LedgerStatus, ApiError> {
    host.long("取消密码", |session| session.password_remove(&present))
}

/// Which duties have a PIN.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn duty_get(host: State<'_, Host>) -> Result<DutyView, ApiError> {
    host.with(|session| session.duty_get())
}

/// Opens the ledger that waits for a PIN.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn duty_enter(
    host: State<'_, Host>,
    duty: Duty,
    pin: String,
) -> Result<LedgerStatus, ApiError> {
    host.long("打开台账", |session| session.duty_enter(duty, &pin))
}

/// Goes on with another duty.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn duty_switch(
    host: State<'_, Host>,
    duty: Duty,
    pin: String,
) -> Result<LedgerStatus, ApiError> {
    host.with(|session| session.duty_switch(duty, &pin))
}

/// Sets or changes a PIN.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn duty_set(
    host: State<'_, Host>,
    duty: Duty,
    pin: String,
) -> Result<LedgerStatus, ApiError> {
    host.with(|session| session.duty_set(duty, &pin))
}

/// Removes a PIN.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn duty_remove(host: State<'_, Host>, duty: Duty) -> Result<LedgerStatus, ApiError> {
    host.with(|session| session.duty_remove(duty))
}

/// Opens the ledger that waits for a PIN that nobody knows any more.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn duty_forget(host: State<'_, Host>, why: String) -> Result<LedgerStatus, ApiError> {
    host.long("打开台账", |session| session.duty_forget(&why))
}

/// Removes the PINs of the open ledger.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn duty_forget_open(
    host: State<'_, Host>,
    password: String,
    why: String,
) -> Result<LedgerStatus, ApiError> {
    host.with(|session| session.duty_forget_open(&password, &why))
}

/// Opens the sample.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_open_sample(host: State<'_, Host>) -> Result<LedgerStatus, ApiError> {
    host.long("打开示例", jiugai_api::Session::ledger_open_sample)
}

/// Ledgers opened before.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_recent(host: State<'_, Host>) -> Result<Vec<RecentLedger>, ApiError> {
    host.with(|session| Ok(session.ledger_recent()))
}

/// Takes a ledger off the list of those opened before.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_forget(
    host: State<'_, Host>,
    path: String,
) -> Result<Vec<RecentLedger>, ApiError> {
    host.with(|session| session.ledger_forget(Path::new(&path)))
}

/// Why the ledger asked for at the start is not open.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ledger_problem(host: State<'_, Host>) -> Result<Option<ApiError>, ApiError> {
    Ok(host.problem())
}

/// Settings of this computer.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn settings_get(host: State<'_, Host>) -> Result<Settings, ApiError> {
    host.with(|session| Ok(session.settings_get()))
}

/// Stores the settings.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn settings_set(
    host: State<'_, Host>,
    settings: Settings,
) -> Result<Settings, ApiError> {
    host.with(|session| session.settings_set(settings))
}
