//! Overview, plans, comparison and charts.

use jiugai_api::wire::{
    Changed, ChartCode, ChartFormat, ComparisonView, CompoundPage, CompoundRow, DemolitionRequest,
    IndicatorRows, SavedFile, Stage, StageLedger, WorkItemRow,
};
use jiugai_api::{ApiError, KindCode, Session};
use tauri::State;

use crate::Host;
use crate::dialog::{PNG, SVG};

/// Every compound.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn overview_get(host: State<'_, Host>) -> Result<Vec<CompoundRow>, ApiError> {
    host.with(|session| session.overview_get())
}

/// One compound.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn compound_get(host: State<'_, Host>, id: String) -> Result<CompoundPage, ApiError> {
    host.with(|session| session.compound_get(&id))
}

/// Work items of a plan.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_items(
    host: State<'_, Host>,
    plan: String,
) -> Result<Vec<WorkItemRow>, ApiError> {
    host.with(|session| session.plan_items(&plan))
}

/// Lists assets for demolition.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_demolish(
    host: State<'_, Host>,
    request: DemolitionRequest,
) -> Result<Changed<u32>, ApiError> {
    host.with(|session| session.plan_demolish(&request))
}

/// Before and after.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn comparison_get(
    host: State<'_, Host>,
    compound: String,
    plan: Option<String>,
) -> Result<ComparisonView, ApiError> {
    host.with(|session| session.comparison_get(&compound, plan.as_deref()))
}

/// The rows behind a figure.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn comparison_rows(
    host: State<'_, Host>,
    compound: String,
    plan: Option<String>,
    indicator: String,
    stage: Stage,
) -> Result<IndicatorRows, ApiError> {
    host.with(|session| session.comparison_rows(&compound, plan.as_deref(), &indicator, stage))
}

/// The rows of a ledger before and after.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn comparison_ledger(
    host: State<'_, Host>,
    compound: String,
    plan: String,
    kind: KindCode,
    stage: Stage,
) -> Result<StageLedger, ApiError> {
    host.with(|session| session.comparison_ledger(&compound, &plan, kind, stage))
}

/// A chart as SVG.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn chart_get(
    host: State<'_, Host>,
    compound: String,
    plan: Option<String>,
    chart: ChartCode,
) -> Result<String, ApiError> {
    host.with(|session| session.chart_get(&compound, plan.as_deref(), chart))
}

/// Asks where and writes a chart.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn chart_save(
    host: State<'_, Host>,
    compound: String,
    plan: Option<String>,
    chart: ChartCode,
    format: ChartFormat,
) -> Result<SavedFile, ApiError> {
    let filter = if format == ChartFormat::Svg { SVG } else { PNG };
    let path = host.place("保存图", &Session::chart_file_name(chart, format), &filter)?;
    host.with(|session| session.chart_save(&compound, plan.as_deref(), chart, format, &path))
}
