//! Wire types: what hosts and screens exchange. Plain data with public fields; texts are ready to
//! be shown. Entities stay below; these are made for the screens.

mod attachment;
mod ballot;
mod ballot_count;
mod board;
mod check;
mod erasure;
mod form;
mod grid;
mod import;
mod ledger;
mod parameter;
mod plan;
mod record;
mod renovation;
mod report;
mod scenario;
mod standard;
mod survey;
mod survey_analysis;
mod visit;
mod wish;

pub use attachment::*;
pub use ballot::*;
pub use ballot_count::*;
pub use board::*;
pub use check::*;
pub use erasure::*;
pub use form::*;
pub use grid::*;
pub use import::*;
pub use ledger::*;
pub use parameter::*;
pub use plan::*;
pub use record::*;
pub use renovation::*;
pub use report::*;
pub use scenario::*;
pub use standard::*;
pub use survey::*;
pub use survey_analysis::*;
pub use visit::*;
pub use wish::*;

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::KindCode;

/// Reply of every writing command: the value, what to refetch, and the sentence of what was done.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Changed<T> {
    /// Result of the command.
    pub value: T,
    /// Kinds whose records changed; empty when nothing changed.
    pub scopes: Vec<KindCode>,
    /// The transaction, to be undone by number; none when nothing changed.
    pub transaction: Option<i32>,
    /// What was done, in people's words.
    pub sentence: String,
}
