//! 数据体检.

use jiugai_api::ApiError;
use jiugai_api::wire::{
    Changed, CheckFinding, CheckSummary, SavedFile, WaiveRequest, WaivedFinding,
};
use tauri::State;

use crate::Host;
use crate::dialog::NEW_WORKBOOK;

/// What the rules find, by weight and rule.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_summary(
    host: State<'_, Host>,
    compound: Option<String>,
) -> Result<CheckSummary, ApiError> {
    host.with(|session| session.check_summary(compound.as_deref()))
}

/// A page of the findings of a rule.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_findings(
    host: State<'_, Host>,
    compound: Option<String>,
    rule: String,
    offset: u32,
    limit: u32,
) -> Result<Vec<CheckFinding>, ApiError> {
    host.with(|session| session.check_findings(compound.as_deref(), &rule, offset, limit))
}

/// Findings that were judged to be no problem.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_waived(
    host: State<'_, Host>,
    compound: Option<String>,
) -> Result<Vec<WaivedFinding>, ApiError> {
    host.with(|session| session.check_waived(compound.as_deref()))
}

/// Judges a finding to be no problem.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_waive(
    host: State<'_, Host>,
    request: WaiveRequest,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.check_waive(&request))
}

/// Takes a judgement back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_remind(host: State<'_, Host>, id: String) -> Result<Changed<u32>, ApiError> {
    host.with(|session| session.check_remind(&id))
}

/// Asks where and writes the list for the staff.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_export(
    host: State<'_, Host>,
    compound: Option<String>,
) -> Result<SavedFile, ApiError> {
    let name = host.with(|session| session.check_file_name(compound.as_deref()))?;
    let path = host.place("导出数据体检清单", &name, &NEW_WORKBOOK)?;
    host.long("导出", |session| {
        session.check_export(compound.as_deref(), &path)
    })
}
