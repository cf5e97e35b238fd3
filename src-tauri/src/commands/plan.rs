//! Overview, plans, comparison and charts.

use jiugai_api::wire::{
    Changed, ChartCode, ChartFormat, ComparisonView, CompoundPage, CompoundRow, Contributions,
    DemolitionRequest, EditOutcome, GroundRequest, IndicatorRows, Measure, MoneyPage, NewItem,
    NewVersion, PlanDifference, PlanLink, PlanPage, Publication, SavedFile, Stage, StageLedger,
    WorkItemRow,
};
use jiugai_api::{ApiError, KindCode, Session};
use tauri::State;

use crate::Host;
use crate::dialog::{NEW_WORKBOOK, PNG, SVG};

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

/// One plan version.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_page(host: State<'_, Host>, plan: String) -> Result<PlanPage, ApiError> {
    host.with(|session| session.plan_page(&plan))
}

/// The measures to choose from.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_catalogue(
    host: State<'_, Host>,
    plan: String,
) -> Result<Vec<Measure>, ApiError> {
    host.with(|session| session.plan_catalogue(&plan))
}

/// Adds a work item.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_add(
    host: State<'_, Host>,
    request: NewItem,
) -> Result<Changed<EditOutcome>, ApiError> {
    host.with(|session| session.plan_add(&request))
}

/// Says what freed ground becomes.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_use_ground(
    host: State<'_, Host>,
    request: GroundRequest,
) -> Result<Changed<u32>, ApiError> {
    host.with(|session| session.plan_use_ground(&request))
}

/// Links wishes or problems with a work item.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_link(
    host: State<'_, Host>,
    request: PlanLink,
) -> Result<Changed<u32>, ApiError> {
    host.with(|session| session.plan_link(&request))
}

/// Puts the shipped prices into the library.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_example_prices(host: State<'_, Host>) -> Result<Changed<u32>, ApiError> {
    host.with(Session::plan_example_prices)
}

/// Publishes a version.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_publish(
    host: State<'_, Host>,
    request: Publication,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.plan_publish(&request))
}

/// Takes a publication back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_withdraw(host: State<'_, Host>, plan: String) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.plan_withdraw(&plan))
}

/// Makes a version from another.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_new_version(
    host: State<'_, Host>,
    request: NewVersion,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.plan_new_version(&request))
}

/// What sets two versions apart.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_difference(
    host: State<'_, Host>,
    before: String,
    after: String,
) -> Result<PlanDifference, ApiError> {
    host.with(|session| session.plan_difference(&before, &after))
}

/// The money of a version.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_money(host: State<'_, Host>, plan: String) -> Result<MoneyPage, ApiError> {
    host.with(|session| session.plan_money(&plan))
}

/// What each dwelling or household pays.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_contributions(
    host: State<'_, Host>,
    plan: String,
) -> Result<Contributions, ApiError> {
    host.with(|session| session.plan_contributions(&plan))
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

/// Asks where and writes the same as a workbook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn comparison_ledger_export(
    host: State<'_, Host>,
    compound: String,
    plan: String,
    kind: KindCode,
    stage: Stage,
) -> Result<SavedFile, ApiError> {
    let name = format!("{}前后对照.xlsx", kind.kind().label);
    let path = host.place("导出前后对照", &name, &NEW_WORKBOOK)?;
    host.with(|session| session.comparison_ledger_export(&compound, &plan, kind, stage, &path))
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
