//! Scenarios side by side, and the best combination for the money.

use jiugai_api::ApiError;
use jiugai_api::wire::{Changed, OptimizeAdoption, OptimizeRequest, OptimizeView, ScenarioView};
use tauri::State;

use crate::Host;

/// Scenarios side by side.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn scenario_compare(
    host: State<'_, Host>,
    compound: String,
    plans: Vec<String>,
) -> Result<ScenarioView, ApiError> {
    host.with(|session| session.scenario_compare(&compound, &plans))
}

/// The best combination for the money.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn scenario_optimize(
    host: State<'_, Host>,
    request: OptimizeRequest,
) -> Result<OptimizeView, ApiError> {
    host.with(|session| session.scenario_optimize(&request))
}

/// Makes a scenario of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn scenario_adopt(
    host: State<'_, Host>,
    adoption: OptimizeAdoption,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.scenario_adopt(&adoption))
}
