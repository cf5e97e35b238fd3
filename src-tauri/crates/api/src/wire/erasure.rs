//! 销毁个人信息.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What the wizard shows.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ErasureView {
    /// The compounds, those that are due first.
    pub compounds: Vec<ErasureCompound>,
    /// What was erased, latest first.
    pub done: Vec<ErasureRecord>,
    /// Backups from before the last erasure.
    pub older_backups: u32,
}

/// A compound and what of it is personal.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ErasureCompound {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its stage in words.
    pub stage: String,
    /// The day on which the works were accepted, ISO; none when nobody wrote it down.
    pub accepted_on: Option<String>,
    /// Accepted: its personal data may go.
    pub due: bool,
    /// What stands there.
    pub parts: Vec<ErasurePart>,
    /// All of it.
    pub count: u32,
}

/// How much of one sort.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ErasurePart {
    /// `业主·联系电话`.
    pub label: String,
    /// Sensitive personal information.
    pub sensitive: bool,
    /// How many are filled in.
    pub count: u32,
}

/// A line of the records.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ErasureRecord {
    /// When, in words.
    pub at: String,
    /// By whom.
    pub actor: String,
    /// Name of the compound.
    pub compound: String,
    /// What, in words.
    pub content: String,
    /// Why.
    pub reason: String,
    /// Where a copy was put before; empty for none.
    pub archive: String,
}

/// What is to be erased.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ErasureRequest {
    /// Keys of the compounds.
    pub compounds: Vec<String>,
    /// Why.
    pub reason: String,
    /// Where a copy was put before; empty for none.
    pub archive: String,
    /// What a person typed to say that it is meant.
    pub confirmation: String,
}

/// What was erased.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ErasureDone {
    /// In words.
    pub sentence: String,
    /// Backups from before.
    pub older_backups: u32,
}
