//! The open ledger, its history, recycle bin, backups and settings.

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::progress::Told;
use jiugai_domain::{Duty, KindCode, Task};

use crate::text::small;

/// The open ledger.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LedgerStatus {
    /// Full path of the file.
    pub path: String,
    /// File name without extension.
    pub name: String,
    /// The sample ledger (示例), never mixed with the user's own.
    pub is_sample: bool,
    /// The file is encrypted and has a password.
    pub has_password: bool,
    /// Nothing can be written; the reason is among the warnings.
    pub read_only: bool,
    /// Sentences to show above the screen (read-only, network share, synchronised folder …).
    pub warnings: Vec<String>,
    /// Number of the last transaction; changes with every write.
    pub revision: i32,
    /// What Ctrl+Z would undo, in people's words; none when there is nothing.
    pub undo: Option<String>,
    /// What Ctrl+Y would redo.
    pub redo: Option<String>,
    /// Time of the newest backup, `2026-03-05 14:30`.
    pub last_backup: Option<String>,
    /// An automatic backup is being made beside the work; ask again for its end.
    pub backup_running: bool,
    /// Name under which changes are recorded.
    pub actor: String,
    /// What the person does here; none where the work is not divided.
    pub duty: Option<Duty>,
    /// What the person may do.
    pub tasks: Vec<Task>,
}

/// 分工与口令 of the open ledger.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DutyView {
    /// Duties that have a PIN; none when the work is not divided.
    pub duties: Vec<Duty>,
    /// What was done about PINs, newest first.
    pub notes: Vec<DutyNote>,
}

/// That a PIN was set, changed, removed or forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DutyNote {
    /// When, `2026-03-05 14:30`.
    pub at: String,
    /// Who.
    pub actor: String,
    /// What, and why where it was asked for.
    pub what: String,
}

/// A ledger opened before.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecentLedger {
    /// Full path.
    pub path: String,
    /// File name without extension.
    pub name: String,
    /// When it was last opened, `2026-03-05 14:30`.
    pub opened_at: String,
    /// The file is still there.
    pub exists: bool,
}

/// What a file that was dropped or handed over is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum IncomingKind {
    /// A ledger, to be opened.
    Ledger,
    /// A workbook, to be imported.
    Workbook,
}

/// A file that was dropped onto the window or handed over by a second start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IncomingFile {
    /// What it is.
    pub kind: IncomingKind,
    /// Full path.
    pub path: String,
}

/// What the screen tells about program and machine for those who help.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SupportFacts {
    /// Version of the program.
    pub version: String,
    /// Operating system.
    pub system: String,
    /// Version of the system's web view; empty when there is none.
    pub web_view: String,
    /// Folder of settings, sample and backups.
    pub data_folder: String,
    /// Why the data is there: `便携使用 …`; empty for the usual place.
    pub data_note: String,
    /// What the collected file holds, line by line.
    pub contents: Vec<String>,
    /// What it never holds.
    pub never: String,
}

/// Settings of this computer (not of the ledger).
#[derive(Debug, Clone, Serialize, Deserialize, Type, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Name under which changes are recorded (录入员).
    pub actor: String,
    /// Office printed at the head of papers, e.g. 七一路街道办事处.
    pub office: String,
    /// Larger letters on screen.
    pub large_text: bool,
    /// Folder of the automatic backups; empty for the usual one.
    pub backup_folder: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            actor: "录入员".to_owned(),
            office: String::new(),
            large_text: false,
            backup_folder: String::new(),
        }
    }
}

/// One entry of the history of the whole ledger.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Number of the transaction.
    pub transaction: i32,
    /// `2026-03-05 14:30`.
    pub at: String,
    /// Who did it.
    pub actor: String,
    /// What was done, in people's words.
    pub sentence: String,
    /// It was undone later.
    pub undone: bool,
    /// It is itself an undo or redo.
    pub is_undo: bool,
    /// How many records it touched.
    pub records: u32,
}

/// One change of one record.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordHistoryEntry {
    /// Number of the transaction.
    pub transaction: i32,
    /// `2026-03-05 14:30`.
    pub at: String,
    /// Who.
    pub actor: String,
    /// `录入员甲 3月5日 把 3号楼2单元301 的建筑面积 从 61.20 改为 63.75 ㎡`.
    pub sentence: String,
    /// Field by field.
    pub changes: Vec<FieldChange>,
}

/// Old and new text of one field.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// Field label.
    pub label: String,
    /// Text before, empty when it was not filled.
    pub old: String,
    /// Text after.
    pub new: String,
}

/// A deletion that can be taken back.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecycleEntry {
    /// Number of the deleting transaction.
    pub transaction: i32,
    /// When.
    pub at: String,
    /// By whom.
    pub actor: String,
    /// What was deleted, e.g. `5号楼`.
    pub subject: String,
    /// What went with it.
    pub counts: Vec<KindCount>,
}

/// A count of one kind.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KindCount {
    /// Kind.
    pub kind: KindCode,
    /// Its name.
    pub label: String,
    /// `40套`.
    pub text: String,
    /// The number.
    pub count: u32,
}

/// A backup.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupEntry {
    /// Full path of the backup file.
    pub path: String,
    /// When.
    pub at: String,
    /// Why it was made, in people's words.
    pub reason: String,
    /// `1.2 MB`.
    pub size: String,
    /// `1个小区 307套 1100人`.
    pub content: String,
    /// It was checked after writing.
    pub verified: bool,
    /// How it is protected: 没有密码, 有密码, 别的密码.
    pub cover: String,
}

/// Backups that were removed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Cleared {
    /// How many.
    pub count: u32,
}

/// What a restore would undo.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RestorePreview {
    /// The backup.
    pub backup: BackupEntry,
    /// Sentences of the changes made since, newest first (the first hundred).
    pub lost: Vec<String>,
    /// How many changes were made since.
    pub lost_count: u32,
    /// Counts now and then.
    pub counts: Vec<RestoreCount>,
}

/// One line of a restore's comparison.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RestoreCount {
    /// Name of the kind.
    pub label: String,
    /// Records now.
    pub now: u32,
    /// Records in the backup.
    pub then: u32,
}

/// How far work is that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WorkProgress {
    /// What is done, `导入表格`.
    pub title: String,
    /// The step that it is at, `写入`; empty before the first.
    pub step: String,
    /// How much of the step is done.
    pub done: u32,
    /// How much there is to do; 0 when nobody knows.
    pub total: u32,
    /// Whether it can be stopped now, with nothing changed.
    pub may_stop: bool,
}

impl From<Told> for WorkProgress {
    fn from(told: Told) -> Self {
        Self {
            title: told.title.to_owned(),
            step: told.step.to_owned(),
            done: small(told.done),
            total: small(told.total),
            may_stop: told.may_stop,
        }
    }
}
