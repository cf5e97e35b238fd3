//! Photos and scans of records.

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::Holder;

/// When a photo was taken, seen from the renovation (阶段).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AttachmentStage {
    /// 改造前.
    Before,
    /// 施工中.
    During,
    /// 改造后.
    After,
    /// 其他.
    Other,
}

/// A file that came from the clipboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PastedFile {
    /// Its name; pasted pictures often have none.
    pub name: String,
    /// Its bytes in base64.
    pub base64: String,
}

/// Where photos belong that are added to fill a gap in a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentPlace {
    /// 阶段.
    pub stage: AttachmentStage,
    /// 机位.
    pub viewpoint: String,
}

/// What became of files that were to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentsAdded {
    /// How many were added.
    pub added: u32,
    /// A sentence for each that was not: what it is and what to do.
    pub problems: Vec<String>,
}

/// A photo or scan of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentRow {
    /// Key.
    pub id: String,
    /// What its record is.
    pub kind: Holder,
    /// Its record.
    pub record: String,
    /// The record as people call it.
    pub record_label: String,
    /// Name of the file.
    pub name: String,
    /// 说明.
    pub caption: String,
    /// 阶段.
    pub stage: AttachmentStage,
    /// Its label.
    pub stage_label: String,
    /// 机位.
    pub viewpoint: String,
    /// 拍摄日期, `2026-03-05`; empty when unknown.
    pub taken_on: String,
    /// False for a scan (PDF).
    pub picture: bool,
    /// `1600×1200，312 KB`.
    pub note: String,
    /// A small picture as a data address; empty for a scan.
    pub thumbnail: String,
}

/// What people say about a photo or scan; what is not said stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentEdit {
    /// 说明.
    pub caption: Option<String>,
    /// 阶段.
    pub stage: Option<AttachmentStage>,
    /// 机位.
    pub viewpoint: Option<String>,
    /// 拍摄日期 as typed; empty for unknown.
    pub taken_on: Option<String>,
}

/// How far taking in photos and scans has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IntakeProgress {
    /// Files that are ready.
    pub done: u32,
    /// Files in all.
    pub total: u32,
}

/// What emptying the recycle bin of photos came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentsPurged {
    /// What was done, in words.
    pub message: String,
}
