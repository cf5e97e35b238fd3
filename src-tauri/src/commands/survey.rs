//! Surveys.

use jiugai_api::ApiError;
use jiugai_api::wire::{
    AnswerLine, Changed, CrossDrill, CrossTable, DoorOption, EntryChoice, EntryDifference,
    EntryDoor, EntryOutcome, EntrySheet, MissingDoor, OpenAnswers, PendingDecision, PendingRow,
    QuestionnairePage, QuestionnaireRow, ResponseRow, RoundKind, SurveyAnalysis, SurveyDraft,
    SurveyImported, SurveyRoundDraft, SurveyRoundPage, SurveyRoundRow, SurveyScope, SurveySheet,
};
use tauri::State;

use crate::Host;
use crate::dialog::WORKBOOK;

/// The questionnaires of the ledger and the bank.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn questionnaire_list(host: State<'_, Host>) -> Result<Vec<QuestionnaireRow>, ApiError> {
    host.with(|session| session.questionnaire_list())
}

/// A questionnaire.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn questionnaire_get(
    host: State<'_, Host>,
    family: String,
) -> Result<QuestionnairePage, ApiError> {
    host.with(|session| session.questionnaire_get(&family))
}

/// Stores a questionnaire.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn questionnaire_save(
    host: State<'_, Host>,
    family: Option<String>,
    sheet: SurveySheet,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.questionnaire_save(family.as_deref(), &sheet))
}

/// Removes the newest version of a questionnaire.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn questionnaire_remove(
    host: State<'_, Host>,
    family: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.questionnaire_remove(&family))
}

/// The rounds of a compound.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_list(
    host: State<'_, Host>,
    compound: Option<String>,
) -> Result<Vec<SurveyRoundRow>, ApiError> {
    host.with(|session| session.survey_list(compound.as_deref()))
}

/// What a new round usually is.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_draft(
    host: State<'_, Host>,
    compound: String,
    kind: RoundKind,
) -> Result<SurveyRoundDraft, ApiError> {
    host.with(|session| session.survey_draft(&compound, kind))
}

/// Begins a round.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_create(
    host: State<'_, Host>,
    compound: String,
    draft: SurveyRoundDraft,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.survey_create(&compound, &draft))
}

/// Changes a round.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_update(
    host: State<'_, Host>,
    id: String,
    draft: SurveyRoundDraft,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.survey_update(&id, &draft))
}

/// Asks the newest version of the questionnaire about the newest version of the plan.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_renew(host: State<'_, Host>, id: String) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.survey_renew(&id))
}

/// Removes a round.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_remove(host: State<'_, Host>, id: String) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.survey_remove(&id))
}

/// Everything about a round.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_get(host: State<'_, Host>, id: String) -> Result<SurveyRoundPage, ApiError> {
    host.with(|session| session.survey_get(&id))
}

/// Who did not answer yet.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_missing(
    host: State<'_, Host>,
    id: String,
    building: Option<String>,
) -> Result<Vec<MissingDoor>, ApiError> {
    host.with(|session| session.survey_missing(&id, building.as_deref()))
}

/// The household that a code means.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_entry_find(
    host: State<'_, Host>,
    round: String,
    typed: String,
) -> Result<Vec<EntryDoor>, ApiError> {
    host.with(|session| session.survey_entry_find(&round, &typed))
}

/// Stores a sheet.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_entry_save(
    host: State<'_, Host>,
    entry: EntrySheet,
) -> Result<Changed<EntryOutcome>, ApiError> {
    host.with(|session| session.survey_entry_save(&entry))
}

/// The sheets entered last.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_recent(
    host: State<'_, Host>,
    round: String,
) -> Result<Vec<ResponseRow>, ApiError> {
    host.with(|session| session.survey_recent(&round))
}

/// The answers of a sheet.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_response(
    host: State<'_, Host>,
    id: String,
) -> Result<Vec<AnswerLine>, ApiError> {
    host.with(|session| session.survey_response(&id))
}

/// Removes a sheet.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_response_remove(
    host: State<'_, Host>,
    id: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.survey_response_remove(&id))
}

/// Where two entries differ.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_differences(
    host: State<'_, Host>,
    round: String,
) -> Result<Vec<EntryDifference>, ApiError> {
    host.with(|session| session.survey_differences(&round))
}

/// Says which of two entries is right.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_settle(
    host: State<'_, Host>,
    response: String,
    question: u32,
    choice: EntryChoice,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.survey_settle(&response, question, choice))
}

/// What waits for a decision.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_pending(
    host: State<'_, Host>,
    round: String,
) -> Result<Vec<PendingRow>, ApiError> {
    host.with(|session| session.survey_pending(&round))
}

/// Households that a text can mean.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_doors(
    host: State<'_, Host>,
    round: String,
    text: String,
) -> Result<Vec<DoorOption>, ApiError> {
    host.with(|session| session.survey_doors(&round, &text))
}

/// Carries out a decision.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_decide(
    host: State<'_, Host>,
    decision: PendingDecision,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.survey_decide(&decision))
}

/// Sets where a column goes.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_import_map(
    host: State<'_, Host>,
    column: u32,
    target: String,
) -> Result<SurveyDraft, ApiError> {
    host.with(|session| session.survey_import_map(column, &target))
}

/// What importing would do.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_import_check(host: State<'_, Host>) -> Result<SurveyImported, ApiError> {
    host.with(|session| session.survey_import_check())
}

/// Imports the file that was read.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_import_run(
    host: State<'_, Host>,
) -> Result<Changed<SurveyImported>, ApiError> {
    host.long("导入问卷", jiugai_api::Session::survey_import_run)
}

/// Every question counted.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_analysis(
    host: State<'_, Host>,
    scope: SurveyScope,
) -> Result<SurveyAnalysis, ApiError> {
    host.with(|session| session.survey_analysis(&scope))
}

/// A question as a picture.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_chart(
    host: State<'_, Host>,
    scope: SurveyScope,
    question: u32,
) -> Result<String, ApiError> {
    host.with(|session| session.survey_chart(&scope, question))
}

/// Two fields against each other.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_cross(
    host: State<'_, Host>,
    scope: SurveyScope,
    row: String,
    column: String,
) -> Result<CrossTable, ApiError> {
    host.with(|session| session.survey_cross(&scope, &row, &column))
}

/// The households behind a cell.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_drill(
    host: State<'_, Host>,
    drill: CrossDrill,
) -> Result<Vec<ResponseRow>, ApiError> {
    host.with(|session| session.survey_drill(&drill))
}

/// Open answers.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_open(
    host: State<'_, Host>,
    round: String,
    question: u32,
    text: String,
    tag: String,
) -> Result<OpenAnswers, ApiError> {
    host.with(|session| session.survey_open(&round, question, &text, &tag))
}

/// Tags open answers.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_tag(
    host: State<'_, Host>,
    responses: Vec<String>,
    question: u32,
    tag: String,
    on: bool,
) -> Result<Changed<u32>, ApiError> {
    host.with(|session| session.survey_tag(&responses, question, &tag, on))
}

/// Asks which and reads a questionnaire file.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn survey_import_choose(
    host: State<'_, Host>,
    round: String,
) -> Result<SurveyDraft, ApiError> {
    let path = host.choose("选择问卷文件", &WORKBOOK)?;
    host.with(|session| session.survey_import_read(&round, &path))
}
