//! What an import would do, as the screen shows it.

use std::path::Path;

use jiugai_domain::{KindCode, RecordId, Value, date, fixed};
use jiugai_exchange::survey::{self, SubtotalScope, SurveyLedger, SurveyRow, Target};

use crate::text::{kind_count, positive, small};
use crate::wire::{
    ImportCheck, ImportColumn, ImportIssue, ImportOutcome, ImportPreview, KindCount, Severity,
};
use crate::wording;

const PREVIEW_ROWS: usize = 50;

pub(super) fn people(survey: &SurveyLedger) -> i64 {
    survey
        .rows
        .iter()
        .filter_map(|row| row.value(KindCode::Household, "people").as_integer())
        .sum()
}

pub(super) fn counts(survey: &SurveyLedger) -> Vec<KindCount> {
    let mut buildings: Vec<&str> = survey
        .rows
        .iter()
        .map(|row| row.building.as_str())
        .collect();
    buildings.sort_unstable();
    buildings.dedup();
    let outbuildings = survey.rows.iter().map(|row| row.outbuildings.len()).sum();
    vec![
        kind_count(KindCode::Building, buildings.len()),
        kind_count(KindCode::Dwelling, survey.rows.len()),
        kind_count(KindCode::Household, survey.rows.len()),
        kind_count(KindCode::Outbuilding, outbuildings),
    ]
}

pub(super) fn outcome(survey: &SurveyLedger, compound: RecordId, name: &str) -> ImportOutcome {
    let rejected = survey
        .issues
        .iter()
        .filter(|issue| issue.severity == survey::Severity::Error);
    ImportOutcome {
        compound: compound.to_string(),
        compound_name: name.to_owned(),
        counts: counts(survey),
        people: positive(people(survey)),
        rejected_rows: small(rejected.filter(|issue| issue.row.is_some()).count()),
    }
}

pub(super) fn preview(path: &Path, survey: &SurveyLedger, compound_exists: bool) -> ImportPreview {
    let rooms = ["rowHouse", "annexRoom", "unauthorized"];
    let label = |code: &str| {
        let field = KindCode::Outbuilding.kind().field("kind");
        field.map_or_else(String::new, |field| {
            field.format(&Value::Text(code.to_owned()))
        })
    };
    let mut issues: Vec<ImportIssue> = survey
        .issues
        .iter()
        .map(|issue| ImportIssue {
            severity: match issue.severity {
                survey::Severity::Error => Severity::Error,
                survey::Severity::Warning => Severity::Warning,
                survey::Severity::Note => Severity::Note,
            },
            row: issue.row,
            column: issue.column.as_ref().map_or_else(String::new, |column| {
                format!("{} {}", column.letter, column.label)
            }),
            text: issue.text.clone(),
            message: wording::issue(survey, issue),
        })
        .collect();
    issues.sort_by_key(|issue| issue.severity);
    let head = survey
        .columns
        .iter()
        .filter(|column| column.target != Target::Serial);
    ImportPreview {
        path: path.to_string_lossy().into_owned(),
        file_name: path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        sheet: survey.sheets.join("、"),
        title: survey.title.clone().unwrap_or_default(),
        compound_name: survey.compound_name.clone().unwrap_or_default(),
        compound_exists,
        filled_on: survey.filled_on.map_or_else(String::new, date::format_long),
        counts: counts(survey),
        people: positive(people(survey)),
        outbuilding_rooms: rooms
            .iter()
            .map(|code| {
                let sum: i64 = survey.rows.iter().map(|row| row.rooms(code)).sum();
                format!("{} {sum} 间", label(code))
            })
            .collect(),
        columns: columns(survey),
        checks: survey.checks.iter().map(check).collect(),
        issues,
        sample_head: head
            .clone()
            .map(|column| column.column.label.clone())
            .collect(),
        sample_rows: survey
            .rows
            .iter()
            .take(PREVIEW_ROWS)
            .map(|row| {
                head.clone()
                    .map(|column| stored_text(row, column.index, column.target))
                    .collect()
            })
            .collect(),
        blocked: if survey.rows.is_empty() {
            "没有一行能导入：每一行都缺楼号或房号。".to_owned()
        } else {
            String::new()
        },
    }
}

/// A cell as it will be stored.
fn stored_text(row: &SurveyRow, index: u32, target: Target) -> String {
    let written = || {
        row.texts
            .iter()
            .find(|(column, _)| *column == index)
            .map_or_else(String::new, |(_, text)| text.clone())
    };
    match target {
        Target::Building => row.building.clone(),
        Target::Entrance => row.entrance.clone().unwrap_or_default(),
        Target::Room => row.room.clone(),
        Target::Field { kind, field } => kind
            .kind()
            .field(field)
            .map_or_else(String::new, |declared| {
                declared.format(row.value(kind, field))
            }),
        _ => written(),
    }
}

fn columns(survey: &SurveyLedger) -> Vec<ImportColumn> {
    let mapped = survey.columns.iter().map(|column| {
        (
            column.index,
            ImportColumn {
                column: column.column.letter.clone(),
                header: column.path.join(" / "),
                target: target_label(column.target),
            },
        )
    });
    let unmapped = survey.unmapped.iter().map(|column| {
        (
            column.index,
            ImportColumn {
                column: column.column.letter.clone(),
                header: column.path.join(" / "),
                target: String::new(),
            },
        )
    });
    let mut columns: Vec<_> = mapped.chain(unmapped).collect();
    columns.sort_by_key(|(index, _)| *index);
    columns.into_iter().map(|(_, column)| column).collect()
}

fn target_label(target: Target) -> String {
    let of = |kind: KindCode, label: &str| format!("{} · {label}", kind.kind().label);
    match target {
        Target::Serial => "序号（不导入）".to_owned(),
        Target::Building => of(KindCode::Dwelling, "楼号"),
        Target::Entrance => of(KindCode::Dwelling, "单元"),
        Target::Room => of(KindCode::Dwelling, "房号"),
        Target::Address => of(KindCode::Dwelling, "楼号、单元、房号"),
        Target::Storey => of(KindCode::Dwelling, "楼层"),
        Target::OwnerName => of(KindCode::Owner, "姓名或名称"),
        Target::Phone => of(KindCode::Owner, "联系电话"),
        Target::WorkUnit => of(KindCode::Dwelling, "产权单位"),
        Target::Field { kind, field } => of(
            kind,
            kind.kind().field(field).map_or("", |field| field.label),
        ),
        Target::Outbuilding { kind } => {
            let field = KindCode::Outbuilding.kind().field("kind");
            let label = field.map_or_else(String::new, |field| {
                field.format(&Value::Text(kind.to_owned()))
            });
            of(KindCode::Outbuilding, &format!("{label}间数"))
        }
    }
}

fn check(check: &survey::SubtotalCheck) -> ImportCheck {
    let text = |value| {
        format!(
            "{} {}",
            fixed::format_grouped(value, check.decimals),
            check.unit
        )
        .trim_end()
        .to_owned()
    };
    ImportCheck {
        row: check.row,
        scope: match &check.scope {
            SubtotalScope::Entrance { building, entrance } => format!("{building}{entrance}"),
            SubtotalScope::Building { building } => building.clone(),
            SubtotalScope::All => "全部".to_owned(),
        },
        column: match check.target {
            Target::Room => "户数".to_owned(),
            _ => check.column.label.clone(),
        },
        stated: text(check.stated),
        computed: text(check.computed),
        equal: check.equal,
    }
}
