//! 参数.

use jiugai_api::ApiError;
use jiugai_api::wire::{Changed, Parameter, ParameterList};
use tauri::State;

use crate::Host;

/// Every parameter of the ledger, by what it is for.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn parameter_list(host: State<'_, Host>) -> Result<Vec<ParameterList>, ApiError> {
    host.with(|session| session.parameter_list())
}

/// Changes a parameter, switches it, or adds one.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn parameter_set(
    host: State<'_, Host>,
    parameter: Parameter,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.parameter_set(&parameter))
}

/// Takes the value of the product again; one that was added is removed.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn parameter_reset(
    host: State<'_, Host>,
    code: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.parameter_reset(&code))
}
