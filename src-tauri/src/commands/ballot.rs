//! Ballots of the owners.

use jiugai_api::wire::{
    BallotDelivery, BallotEntry, BallotMotionDraft, BallotMotionTally, BallotObjection, BallotPage,
    BallotPapers, BallotPart, BallotRoll, BallotRow, BallotSettings, BallotTally, Changed,
    LiftDraft, LiftPage,
};
use jiugai_api::{ApiError, Vote};
use tauri::State;

use crate::Host;

/// The ballots of a compound.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_list(
    host: State<'_, Host>,
    compound: String,
) -> Result<Vec<BallotRow>, ApiError> {
    host.with(|session| session.ballot_list(&compound))
}

/// Begins a ballot.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_create(
    host: State<'_, Host>,
    compound: String,
    name: String,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.ballot_create(&compound, &name))
}

/// A ballot with its motions.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_get(host: State<'_, Host>, id: String) -> Result<BallotPage, ApiError> {
    host.with(|session| session.ballot_get(&id))
}

/// Changes the settings of a ballot.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_update(
    host: State<'_, Host>,
    id: String,
    settings: BallotSettings,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_update(&id, &settings))
}

/// Removes a ballot that was not opened.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_remove(host: State<'_, Host>, id: String) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_remove(&id))
}

/// Adds or changes a motion.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_set_motion(
    host: State<'_, Host>,
    id: String,
    draft: BallotMotionDraft,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.ballot_set_motion(&id, &draft))
}

/// Takes a motion off.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_remove_motion(
    host: State<'_, Host>,
    id: String,
    motion: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_remove_motion(&id, &motion))
}

/// Makes the roll from the ledger.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_make_roll(host: State<'_, Host>, id: String) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_make_roll(&id))
}

/// The roll with what a person has to decide.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_roll(host: State<'_, Host>, id: String) -> Result<BallotRoll, ApiError> {
    host.with(|session| session.ballot_roll(&id))
}

/// Decides questions about the roll.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_answer(
    host: State<'_, Host>,
    id: String,
    questions: Vec<String>,
    answer: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_answer(&id, &questions, &answer, &reason))
}

/// Writes an objection down, or answers one.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_object(
    host: State<'_, Host>,
    id: String,
    objection: BallotObjection,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_object(&id, &objection))
}

/// Opens a ballot.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_open(host: State<'_, Host>, id: String) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_open(&id))
}

/// Begins a new ballot that takes up a closed one.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_reopen(
    host: State<'_, Host>,
    id: String,
    reason: String,
) -> Result<Changed<String>, ApiError> {
    host.with(|session| session.ballot_reopen(&id, &reason))
}

/// The papers of a ballot.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_papers(host: State<'_, Host>, id: String) -> Result<BallotPapers, ApiError> {
    host.with(|session| session.ballot_papers(&id))
}

/// Notes that papers were delivered.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_deliver(
    host: State<'_, Host>,
    id: String,
    delivery: BallotDelivery,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_deliver(&id, &delivery))
}

/// Reads a returned paper.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_enter(
    host: State<'_, Host>,
    id: String,
    entry: BallotEntry,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_enter(&id, &entry))
}

/// Takes the entry of a paper back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_clear(
    host: State<'_, Host>,
    id: String,
    paper: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_clear(&id, &paper))
}

/// Settles where two readings differ.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_settle(
    host: State<'_, Host>,
    id: String,
    paper: String,
    motion: String,
    choice: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_settle(&id, &paper, &motion, &choice, &reason))
}

/// Settles whether a paper is valid.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_settle_paper(
    host: State<'_, Host>,
    id: String,
    paper: String,
    invalid: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_settle_paper(&id, &paper, &invalid, &reason))
}

/// The count of a ballot.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_tally(host: State<'_, Host>, id: String) -> Result<BallotTally, ApiError> {
    host.with(|session| session.ballot_tally(&id))
}

/// The papers behind a figure.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_parts(
    host: State<'_, Host>,
    id: String,
    motion: String,
    code: String,
) -> Result<Vec<BallotPart>, ApiError> {
    host.with(|session| session.ballot_parts(&id, &motion, &code))
}

/// What would come of it. Nothing is written.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_what_if(
    host: State<'_, Host>,
    id: String,
    motion: String,
    heads: Vec<String>,
    vote: Vote,
) -> Result<BallotMotionTally, ApiError> {
    host.with(|session| session.ballot_what_if(&id, &motion, &heads, vote))
}

/// Decides what an owner says whose papers disagree.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_rule(
    host: State<'_, Host>,
    id: String,
    motion: String,
    head: String,
    vote: Vote,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_rule(&id, &motion, &head, vote, &reason))
}

/// Decides that papers that did not come back join nobody.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_leave_out(
    host: State<'_, Host>,
    id: String,
    motion: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_leave_out(&id, &motion, &reason))
}

/// Notes what an owner is expected to say.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_straw(
    host: State<'_, Host>,
    id: String,
    head: String,
    leaning: String,
    note: String,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_straw(&id, &head, &leaning, &note))
}

/// Counts a last time and closes for good.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ballot_close(host: State<'_, Host>, id: String) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.ballot_close(&id))
}

/// How a lift would be shared.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lift_get(host: State<'_, Host>, id: String) -> Result<LiftPage, ApiError> {
    host.with(|session| session.lift_get(&id))
}

/// Sets cost and coefficients of a lift.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lift_set(
    host: State<'_, Host>,
    id: String,
    draft: LiftDraft,
) -> Result<Changed<()>, ApiError> {
    host.with(|session| session.lift_set(&id, &draft))
}
