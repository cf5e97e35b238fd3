//! 入户走访, 房态图, 居民诉求.

use jiugai_api::ApiError;
use jiugai_api::wire::{
    Changed, ConflictMap, RoomBoard, RoundChoice, RoundRequest, RoundRow, Timeline, VisitEntered,
    VisitEntry, VisitRound, VisitWeeks, WishAnswer, WishGrouping, WishList, WishQuery, WishTally,
};
use tauri::State;

use crate::Host;

/// The board of a building.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn board_get(
    host: State<'_, Host>,
    compound: String,
    building: Option<String>,
    theme: String,
) -> Result<RoomBoard, ApiError> {
    host.with(|session| session.board_get(&compound, building.as_deref(), &theme))
}

/// Who is to be visited on a day.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit_candidates(
    host: State<'_, Host>,
    compound: String,
    day: String,
) -> Result<RoundChoice, ApiError> {
    host.with(|session| session.visit_candidates(&compound, &day))
}

/// Makes a round.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit_round_make(
    host: State<'_, Host>,
    request: RoundRequest,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.visit_round_make(&request))
}

/// The rounds of a compound.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit_rounds(
    host: State<'_, Host>,
    compound: String,
) -> Result<Vec<RoundRow>, ApiError> {
    host.with(|session| session.visit_rounds(&compound))
}

/// A round with its stops.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit_round_get(
    host: State<'_, Host>,
    compound: String,
    number: String,
) -> Result<VisitRound, ApiError> {
    host.with(|session| session.visit_round_get(&compound, &number))
}

/// Takes what nobody went to off a round.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit_round_close(
    host: State<'_, Host>,
    compound: String,
    number: String,
) -> Result<Changed<u32>, ApiError> {
    host.with(|session| session.visit_round_close(&compound, &number))
}

/// Stores one visit as typed from the sheet.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit_enter(
    host: State<'_, Host>,
    entry: VisitEntry,
) -> Result<Changed<VisitEntered>, ApiError> {
    host.with(|session| session.visit_enter(&entry))
}

/// What happened at a dwelling.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit_timeline(
    host: State<'_, Host>,
    dwelling: String,
) -> Result<Timeline, ApiError> {
    host.with(|session| session.visit_timeline(&dwelling))
}

/// The same by a household.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit_timeline_of_household(
    host: State<'_, Host>,
    household: String,
) -> Result<Timeline, ApiError> {
    host.with(|session| session.visit_timeline_of_household(&household))
}

/// Visits by staff and week.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn visit_weeks(host: State<'_, Host>, compound: String) -> Result<VisitWeeks, ApiError> {
    host.with(|session| session.visit_weeks(&compound))
}

/// Wishes counted.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn wish_tally(
    host: State<'_, Host>,
    compound: String,
    by: WishGrouping,
) -> Result<WishTally, ApiError> {
    host.with(|session| session.wish_tally(&compound, by))
}

/// The wishes behind a figure.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn wish_list(host: State<'_, Host>, query: WishQuery) -> Result<WishList, ApiError> {
    host.with(|session| session.wish_list(&query))
}

/// Answers wishes.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn wish_answer(
    host: State<'_, Host>,
    request: WishAnswer,
) -> Result<Changed<u32>, ApiError> {
    host.with(|session| session.wish_answer(&request))
}

/// Who wants a thing and who does not, side by side.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn wish_conflicts(
    host: State<'_, Host>,
    compound: String,
) -> Result<ConflictMap, ApiError> {
    host.with(|session| session.wish_conflicts(&compound))
}
