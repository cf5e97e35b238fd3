//! Papers.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A document of the office (domain §13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum DocumentCode {
    /// 一页纸改造方案.
    D6,
    /// 照片对照表.
    #[serde(rename = "contactSheet")]
    ContactSheet,
}

/// What to print.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportRequest {
    /// Document.
    pub document: DocumentCode,
    /// Compound.
    pub compound: String,
    /// Plan, none for the newest.
    pub plan: Option<String>,
}

/// A paper as it will come out of the printer.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportPreview {
    /// Title.
    pub title: String,
    /// Name proposed for the file, without extension.
    pub file_name: String,
    /// The pages as SVG.
    pub pages: Vec<String>,
    /// Short checksum printed on the paper.
    pub checksum: String,
    /// Sentences: characters no font can print, data missing …
    pub warnings: Vec<String>,
    /// Fonts used.
    pub fonts: Vec<String>,
}

/// A file that was written.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedFile {
    /// Full path.
    pub path: String,
    /// Sentence for the person.
    pub message: String,
}
