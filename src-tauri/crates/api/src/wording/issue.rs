//! Sentences about a workbook's rows and a plan's effects.

use jiugai_domain::comparison::Finding;
use jiugai_exchange::survey::{Issue, IssueCode, SubtotalScope, SurveyLedger};

use super::field_error;

/// What is wrong or noteworthy, and what happens with it.
pub(crate) fn issue(ledger: &SurveyLedger, issue: &Issue) -> String {
    match &issue.code {
        IssueCode::BadCell { kind, field, error } => {
            let sentence = kind
                .kind()
                .field(field)
                .map_or_else(String::new, |field| field_error(field, error));
            format!("{sentence}这一格先空着，其余照常导入。")
        }
        IssueCode::UnknownChoice { kind, field } => {
            let sentence = kind.kind().field(field).map_or_else(String::new, |field| {
                field_error(field, &jiugai_domain::FieldError::NotAChoice)
            });
            format!("{sentence}这一格先空着，其余照常导入。")
        }
        IssueCode::FormulaError => "这一格的公式有错，先空着，其余照常导入。".to_owned(),
        IssueCode::ReadAsZero => "写的是“无”，按 0 计。".to_owned(),
        IssueCode::MissingRoom => "没有房号，这一行不导入。请补上房号。".to_owned(),
        IssueCode::MissingBuilding => "没有楼号，这一行不导入。请补上楼号。".to_owned(),
        IssueCode::DuplicateDwelling { first_row, .. } => {
            format!("与第 {first_row} 行是同一套房，这一行不导入。请核对哪一行对。")
        }
        IssueCode::SubtotalDiffers { check } => {
            ledger.checks.get(*check).map_or_else(String::new, |check| {
                let scope = match &check.scope {
                    SubtotalScope::Entrance { building, entrance } => {
                        format!("{building}{entrance}小计")
                    }
                    SubtotalScope::Building { building } => format!("{building}小计"),
                    SubtotalScope::All => "合计".to_owned(),
                };
                let text = |value| jiugai_domain::fixed::format_grouped(value, check.decimals);
                format!(
                    "{scope}写的是 {} {unit}，各行加起来是 {} {unit}，以各行为准。",
                    text(check.stated),
                    text(check.computed),
                    unit = check.unit
                )
            })
        }
        IssueCode::UnmappedColumn { filled } => format!("没有认出这一栏，{filled} 格内容不导入。"),
        IssueCode::DoubleColumn { first } => {
            format!("与 {first} 栏是同一项内容，只导入 {first} 栏。")
        }
        IssueCode::PeopleInVacant { people } => {
            format!("写的是空置，却有 {people} 人常住。照原样导入，请核对。")
        }
        IssueCode::PeopleMissing => "有人居住，但没填常住人口。请补上。".to_owned(),
        IssueCode::PartExceedsPeople { part, people, .. } => {
            format!("这一类有 {part} 人，比常住人口 {people} 人还多。照原样导入，请核对。")
        }
        IssueCode::RepeatedHeader => "中间重复的表头，已跳过。".to_owned(),
        IssueCode::Footnote => "表尾说明，不是住户，已跳过。".to_owned(),
        IssueCode::BuildingFromSheet { building } => format!("楼号按工作表名称认作{building}。"),
    }
}

/// What does not add up in a plan.
pub(crate) fn finding(finding: &Finding) -> String {
    match finding {
        Finding::DemolishedTwice { label, work_item } => {
            format!("{label} 被拆了两次，“{work_item}”里的这一次没有计入。请去掉一次。")
        }
        Finding::AlteredAfterDemolition { label, work_item } => {
            format!("{label} 已经列入拆除，“{work_item}”又要改它，没有计入。请二选一。")
        }
        Finding::TooManyRooms {
            label,
            wanted,
            present,
        } => {
            format!(
                "{label} 只有 {present} 间，方案要拆 {wanted} 间，没有计入。请改成不超过 {present} 间。"
            )
        }
        Finding::TargetMissing { work_item } => {
            format!("“{work_item}”指的对象已不在台账里，没有计入。请重新选择对象。")
        }
    }
}
