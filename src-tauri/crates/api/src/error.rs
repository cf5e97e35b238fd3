//! What a host shows when something did not work: always three Chinese sentences.

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::progress::Stopped;
use jiugai_exchange::ExchangeError;
use jiugai_report::ReportError;
use jiugai_storage::StorageError;

use crate::wording;

/// Kinds of failure that a host treats differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// No ledger is open.
    NoLedger,
    /// The person closed a dialog: nothing to show.
    Cancelled,
    /// The ledger is open for reading only.
    ReadOnly,
    /// Another window has the ledger.
    InUse,
    /// A file is missing.
    FileMissing,
    /// A file is already there.
    FileExists,
    /// The file is not a ledger of this product.
    NotALedger,
    /// The ledger is encrypted and no password was given.
    PasswordNeeded,
    /// The password does not open the file.
    WrongPassword,
    /// The work in the ledger is divided: who one is and a PIN are asked for.
    DutyNeeded,
    /// The PIN is not that of the duty.
    WrongPin,
    /// Somebody else's duty.
    NotOfDuty,
    /// The ledger was written by a newer version.
    NewerVersion,
    /// The ledger is damaged.
    Damaged,
    /// No space left.
    DiskFull,
    /// The medium failed.
    Io,
    /// The record is gone.
    NotFound,
    /// Nothing to undo or redo.
    NothingToUndo,
    /// A later change stands in the way.
    LaterChange,
    /// The record is still referred to.
    Referenced,
    /// A plan stands in the way.
    BlockedByPlan,
    /// A name is taken.
    NameTaken,
    /// What was typed cannot be stored.
    Invalid,
    /// The file is not a workbook that can be read.
    NotAWorkbook,
    /// The file is locked by another program.
    FileLocked,
    /// The workbook has no usable table.
    NoTable,
    /// A ballot is closed, or its roll frozen.
    Sealed,
    /// A backup cannot be made or used.
    Backup,
    /// A paper cannot be made.
    Report,
    /// A defect of the product.
    Internal,
}

/// A failure, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[error("{title}：{message}{next_step}")]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// What a host may treat differently.
    pub code: ErrorCode,
    /// Short title.
    pub title: String,
    /// What happened and where.
    pub message: String,
    /// What to do next.
    pub next_step: String,
}

impl ApiError {
    /// An error of three sentences.
    #[must_use]
    pub fn new(
        code: ErrorCode,
        title: impl Into<String>,
        message: impl Into<String>,
        next_step: impl Into<String>,
    ) -> Self {
        Self {
            code,
            title: title.into(),
            message: message.into(),
            next_step: next_step.into(),
        }
    }

    /// No ledger is open.
    #[must_use]
    pub fn no_ledger() -> Self {
        Self::new(
            ErrorCode::NoLedger,
            "还没有打开台账",
            "现在没有打开任何一本账。",
            "请先新建或打开一本账。",
        )
    }

    /// The person closed a dialog.
    #[must_use]
    pub fn cancelled() -> Self {
        Self::new(ErrorCode::Cancelled, "已取消", "没有选择文件。", "")
    }

    /// A defect: what it was stands in the log, not on the screen.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(
            ErrorCode::Internal,
            "程序出了意外",
            "这一步没有做成，台账没有改动。",
            "请再试一次；仍然不行，请关闭后重新打开。",
        )
    }

    /// The record is gone.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            ErrorCode::NotFound,
            "找不到这条记录",
            "它可能已被删除，或者删除后撤销过。",
            "请刷新列表；删除的记录可以在“回收站”里恢复。",
        )
    }

    /// The failure as one line for the command line.
    #[must_use]
    pub fn one_line(&self) -> String {
        format!("{}：{}{}", self.title, self.message, self.next_step)
    }
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        wording::storage(&error)
    }
}

impl From<Stopped> for ApiError {
    fn from(_: Stopped) -> Self {
        Self::cancelled()
    }
}

impl From<ExchangeError> for ApiError {
    fn from(error: ExchangeError) -> Self {
        wording::exchange(&error)
    }
}

impl From<ReportError> for ApiError {
    fn from(error: ReportError) -> Self {
        wording::report(&error)
    }
}
