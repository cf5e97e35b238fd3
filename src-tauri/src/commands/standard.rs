//! Standards, little sums and stages.

use jiugai_api::ApiError;
use jiugai_api::wire::{
    Changed, StageMove, StageSays, StageView, StandardView, SumForm, SumInput, SumResult, SumTarget,
};
use tauri::State;

use crate::Host;

/// Every rule over the three stages of a compound.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn standard_check(
    host: State<'_, Host>,
    compound: String,
    plan: Option<String>,
) -> Result<StandardView, ApiError> {
    host.with(|session| session.standard_check(&compound, plan.as_deref()))
}

/// Switches a rule on or off.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn standard_switch(
    host: State<'_, Host>,
    code: String,
    enabled: bool,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.standard_switch(&code, enabled))
}

/// The little sums, filled from the ledger.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sum_forms(host: State<'_, Host>, plan: String) -> Result<Vec<SumForm>, ApiError> {
    host.with(|session| session.sum_forms(&plan))
}

/// What a sum comes to.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sum_get(host: State<'_, Host>, input: SumInput) -> Result<SumResult, ApiError> {
    host.with(|session| session.sum_get(&input))
}

/// Writes a sum into a work item.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sum_write(
    host: State<'_, Host>,
    input: SumInput,
    target: SumTarget,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.sum_write(&input, &target))
}

/// Where a compound stands, and what is missing to pass.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn stage_get(host: State<'_, Host>, compound: String) -> Result<StageView, ApiError> {
    host.with(|session| session.stage_get(&compound))
}

/// Takes a compound into a stage.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn stage_move(
    host: State<'_, Host>,
    request: StageMove,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.stage_move(&request))
}

/// Keeps what a person said about a condition.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn stage_say(
    host: State<'_, Host>,
    request: StageSays,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.stage_say(&request))
}

/// Takes a word about a condition back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn stage_unsay(
    host: State<'_, Host>,
    compound: String,
    condition: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.stage_unsay(&compound, &condition))
}
