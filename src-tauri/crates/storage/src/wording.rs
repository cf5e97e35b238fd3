//! Names of operations and how people read them. The only Chinese of this crate.

use jiugai_domain::KindCode;
use serde::{Deserialize, Serialize};

use crate::log::{Role, TransactionSummary};

/// What a transaction did, as stored in the log (camelCase).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OpCode {
    /// 新建 one record.
    Create,
    /// 修改 fields of one record.
    Update,
    /// 删除 records.
    Delete,
    /// 复制 records.
    Duplicate,
    /// 粘贴 cells.
    Paste,
    /// 清空 cells.
    Clear,
    /// 填充 cells.
    Fill,
    /// 批量新建 records (entrances, rooms by number).
    Generate,
    /// 导入 a survey ledger.
    Import,
    /// 恢复 from the recycle bin.
    Restore,
    /// 另存为新版 of a renovation plan.
    CopyPlan,
    /// 建立示例.
    Sample,
    /// Written by a part of the product that this list does not name.
    Other,
}

impl OpCode {
    /// Every code.
    pub const ALL: [Self; 13] = [
        Self::Create,
        Self::Update,
        Self::Delete,
        Self::Duplicate,
        Self::Paste,
        Self::Clear,
        Self::Fill,
        Self::Generate,
        Self::Import,
        Self::Restore,
        Self::CopyPlan,
        Self::Sample,
        Self::Other,
    ];

    /// The code as stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Duplicate => "duplicate",
            Self::Paste => "paste",
            Self::Clear => "clear",
            Self::Fill => "fill",
            Self::Generate => "generate",
            Self::Import => "import",
            Self::Restore => "restore",
            Self::CopyPlan => "copyPlan",
            Self::Sample => "sample",
            Self::Other => "other",
        }
    }

    /// Reads a stored code; an unknown one is [`OpCode::Other`], so that history always reads.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|op| op.code() == code).unwrap_or(Self::Other)
    }

    /// The verb.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Create => "新建",
            Self::Update => "修改",
            Self::Delete => "删除",
            Self::Duplicate => "复制",
            Self::Paste => "粘贴",
            Self::Clear => "清空",
            Self::Fill => "填充",
            Self::Generate => "批量新建",
            Self::Import => "导入",
            Self::Restore => "恢复",
            Self::CopyPlan => "另存方案",
            Self::Sample => "建立示例",
            Self::Other => "改动",
        }
    }
}

/// What a transaction did, without who and when, as the undo menu and the history list say it:
/// `导入 五交化家属院 摸底台账（307 套）`, `修改 3号楼2单元301`, `粘贴 24 格`, `删除 5号楼 等 41 条`.
///
/// `params.kind` (code of a kind) gives the measure word, `params.source` replaces 摸底台账.
#[must_use]
pub fn operation(summary: &TransactionSummary) -> String {
    let act = act(summary);
    match summary.role {
        Role::Do => act,
        Role::Undo => format!("撤销：{act}"),
        Role::Redo => format!("重做：{act}"),
    }
}

/// The same without 撤销/重做 in front: what the undo menu adds itself.
#[must_use]
pub fn act(summary: &TransactionSummary) -> String {
    let (verb, subject, count) = (summary.op.verb(), summary.subject.as_str(), summary.count);
    let kind = summary.params.get("kind").and_then(|kind| kind.as_str()).and_then(KindCode::from_code);
    match summary.op {
        OpCode::Paste | OpCode::Clear | OpCode::Fill => format!("{verb} {count} 格"),
        OpCode::Import => {
            let source = summary.params.get("source").and_then(|source| source.as_str()).unwrap_or("摸底台账");
            let counter = kind.map_or("条", |kind| kind.kind().counter);
            format!("{verb} {subject} {source}（{count} {counter}）")
        }
        _ if count > 1 => {
            let counter = kind.map_or("条", |kind| kind.kind().counter);
            if subject.is_empty() {
                format!("{verb} {count} {counter}")
            } else {
                format!("{verb} {subject} 等 {count} {counter}")
            }
        }
        _ if subject.is_empty() => verb.to_owned(),
        _ => format!("{verb} {subject}"),
    }
}
