//! Names of operations and how people read them. The only Chinese of this crate.

use chrono::{Datelike, NaiveDate};
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use serde::{Deserialize, Serialize};

use crate::history::{FieldChange, RecordChange};
use crate::log::{Action, Op, Role, TransactionSummary};

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
    /// 替换 text in cells.
    Replace,
    /// 批量新建 records (entrances, rooms by number).
    Generate,
    /// 导入 a survey ledger.
    Import,
    /// 恢复 from the recycle bin.
    Restore,
    /// 另存为新版 of a renovation plan.
    CopyPlan,
    /// 发布 of a plan version: frozen from then on.
    PublishPlan,
    /// 撤回发布.
    WithdrawPlan,
    /// 建立示例.
    Sample,
    /// 标为不算问题: a finding of the check.
    Waive,
    /// 添加 photos and scans.
    Attach,
    /// 恢复提醒 of findings that were waived.
    Remind,
    /// 开始表决: the roll is frozen and the papers are numbered.
    OpenBallot,
    /// 封存表决: counted and closed for good.
    CloseBallot,
    /// 录票.
    EnterPaper,
    /// 销毁个人信息 of a compound; never undone.
    Erase,
    /// What was done before that: who and when stay, what is gone.
    Erased,
    /// Written by a part of the product that this list does not name.
    Other,
}

impl OpCode {
    /// Every code.
    pub const ALL: [Self; 24] = [
        Self::Create,
        Self::Update,
        Self::Delete,
        Self::Duplicate,
        Self::Paste,
        Self::Clear,
        Self::Fill,
        Self::Replace,
        Self::Generate,
        Self::Import,
        Self::Restore,
        Self::CopyPlan,
        Self::PublishPlan,
        Self::WithdrawPlan,
        Self::Sample,
        Self::Waive,
        Self::Attach,
        Self::Remind,
        Self::OpenBallot,
        Self::CloseBallot,
        Self::EnterPaper,
        Self::Erase,
        Self::Erased,
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
            Self::Replace => "replace",
            Self::Generate => "generate",
            Self::Import => "import",
            Self::Restore => "restore",
            Self::CopyPlan => "copyPlan",
            Self::PublishPlan => "publishPlan",
            Self::WithdrawPlan => "withdrawPlan",
            Self::Sample => "sample",
            Self::Waive => "waive",
            Self::Attach => "attach",
            Self::Remind => "remind",
            Self::OpenBallot => "openBallot",
            Self::CloseBallot => "closeBallot",
            Self::EnterPaper => "enterPaper",
            Self::Erase => "erase",
            Self::Erased => "erased",
            Self::Other => "other",
        }
    }

    /// Reads a stored code; an unknown one is [`OpCode::Other`], so that history always reads.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|op| op.code() == code)
            .unwrap_or(Self::Other)
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
            Self::Replace => "替换",
            Self::Generate => "批量新建",
            Self::Import => "导入",
            Self::Restore => "恢复",
            Self::CopyPlan => "另做一版",
            Self::PublishPlan => "发布",
            Self::WithdrawPlan => "撤回发布",
            Self::Sample => "建立示例",
            Self::Waive => "标为不算问题",
            Self::Attach => "添加",
            Self::Remind => "恢复提醒",
            Self::OpenBallot => "开始表决",
            Self::CloseBallot => "计票并封存",
            Self::EnterPaper => "录票",
            Self::Erase => "销毁个人信息：",
            Self::Erased => "做过一步（内容已销毁）",
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
    phrase(summary.op, &summary.subject, summary.count, &summary.params)
}

/// What an operation is going to do, in the words in which the log will tell it.
#[must_use]
pub fn act_of(op: &Op) -> String {
    phrase(op.code, &op.subject, op.count, &op.params)
}

fn phrase(op: OpCode, subject: &str, count: usize, params: &serde_json::Value) -> String {
    let verb = op.verb();
    let kind = params
        .get("kind")
        .and_then(|kind| kind.as_str())
        .and_then(KindCode::from_code);
    match op {
        OpCode::Paste | OpCode::Clear | OpCode::Fill | OpCode::Replace => {
            format!("{verb} {count} 格")
        }
        OpCode::Import => {
            let source = params
                .get("source")
                .and_then(|source| source.as_str())
                .unwrap_or("摸底台账");
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

/// Gives the name of a record, as far as it is known.
pub type Resolver<'a> = dyn Fn(KindCode, RecordId) -> Option<String> + 'a;

/// `录入员甲 3月5日`, with the year when it is another one than that of `today`.
#[must_use]
pub fn who_and_when(summary: &TransactionSummary, today: NaiveDate) -> String {
    let at = summary.at;
    let year = if at.year() == today.year() {
        String::new()
    } else {
        format!("{}年", at.year())
    };
    format!("{} {year}{}月{}日", summary.actor, at.month(), at.day())
}

/// A line of the log: `录入员甲 3月5日 导入 五交化家属院 摸底台账（307 套）`.
#[must_use]
pub fn transaction_sentence(summary: &TransactionSummary, today: NaiveDate) -> String {
    format!("{} {}", who_and_when(summary, today), operation(summary))
}

/// A line in the history of a record called `name`:
/// `录入员甲 3月5日 把 3号楼2单元301 的建筑面积 从 61.20 改为 63.75 ㎡`.
#[must_use]
pub fn record_sentence(
    change: &RecordChange,
    name: &str,
    today: NaiveDate,
    resolve: &Resolver<'_>,
) -> String {
    let summary = &change.transaction;
    let role = match summary.role {
        Role::Do => "",
        Role::Undo => "撤销时",
        Role::Redo => "重做时",
    };
    let head = format!("{} {role}", who_and_when(summary, today));
    match change.action {
        Action::Insert => {
            let verb = match (summary.role, summary.op) {
                (Role::Do, OpCode::Import) => "导入了",
                (Role::Do, OpCode::Restore) | (Role::Undo, _) => "恢复了",
                _ => "新建了",
            };
            format!("{head}{verb} {name}")
        }
        Action::Delete => format!("{head}删除了 {name}"),
        Action::Update if change.fields.is_empty() => format!("{head}改动了 {name}"),
        Action::Update => {
            let fields: Vec<String> = change
                .fields
                .iter()
                .map(|field| field_phrase(field, resolve))
                .collect();
            format!("{head}把 {name} 的{}", fields.join("，"))
        }
    }
}

/// `建筑面积 从 61.20 改为 63.75 ㎡`.
#[must_use]
pub fn field_phrase(change: &FieldChange, resolve: &Resolver<'_>) -> String {
    let field = change.field;
    let unit = if field.unit.is_empty() {
        String::new()
    } else {
        format!(" {}", field.unit)
    };
    let (old, new) = (
        shown(field, &change.old, resolve),
        shown(field, &change.new, resolve),
    );
    match (change.old.is_null(), change.new.is_null()) {
        (true, _) => format!("{} 填为 {new}{unit}", field.label),
        (_, true) => format!("{} 清空（原为 {old}{unit}）", field.label),
        _ => format!("{} 从 {old} 改为 {new}{unit}", field.label),
    }
}

/// A value as people read it; long text is cut.
fn shown(field: &Field, value: &Value, resolve: &Resolver<'_>) -> String {
    let text = match (value, field.kind) {
        (Value::Id(id), FieldType::Reference(kind)) => {
            resolve(kind, *id).unwrap_or_else(|| format!("已删除的{}", kind.kind().label))
        }
        _ => field.format(value),
    };
    let text = text.replace('\n', " ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}

const LONGEST: usize = 40;

#[cfg(test)]
mod tests;
