//! The typed cells of a row, and whether they fit together.

use jiugai_domain::KindCode::Household;
use jiugai_domain::text::normalize;
use jiugai_domain::{FieldType, KindCode, Value};

use crate::grid::{Cell, find};
use crate::survey::column::answer;
use crate::survey::header::Table;
use crate::survey::totals::{bad_cell, summed};
use crate::survey::{Issue, IssueCode, MappedColumn, Severity, SurveyRow, Target};

/// Fills a row from its cells; gives the amounts that subtotals sum, by column.
pub(super) fn read(
    sheet: &str,
    table: &Table,
    cells: &[Cell],
    row: &mut SurveyRow,
    issues: &mut Vec<Issue>,
) -> Vec<(u32, i64)> {
    let mut amounts = Vec::new();
    for column in &table.mapped {
        let Some(cell) = find(cells, column.index) else {
            continue;
        };
        let Some(field) = column.target.field() else {
            continue;
        };
        let mut report = |severity, code| {
            issues.push(Issue {
                severity,
                sheet: sheet.to_owned(),
                row: Some(row.row),
                column: Some(column.column.clone()),
                code,
                text: cell.text.clone(),
            });
        };
        if cell.error {
            report(Severity::Warning, IssueCode::FormulaError);
            continue;
        }
        let text = normalize(&cell.text);
        if matches!(text.as_str(), "-" | "--" | "/" | "\\" | "、") {
            continue;
        }
        let value =
            if field.kind == FieldType::Count && matches!(text.as_str(), "无" | "没有" | "零") {
                report(Severity::Note, IssueCode::ReadAsZero);
                Value::Integer(0)
            } else if let Some(code) = answer(column.target, &text) {
                Value::Text(code.to_owned())
            } else {
                match field.parse(&cell.text) {
                    Ok(value) => value,
                    Err(error) => {
                        report(Severity::Warning, bad_cell(column.target, error));
                        continue;
                    }
                }
            };
        if let (Some(amount), Some(_)) = (value.as_integer(), summed(column)) {
            amounts.push((column.index, amount));
        }
        store(column, value, row);
    }
    fit(sheet, table, row, issues);
    amounts
}

fn store(column: &MappedColumn, value: Value, row: &mut SurveyRow) {
    let name = || value.as_text().map(str::to_owned);
    match column.target {
        _ if value.is_null() => {}
        Target::OwnerName => row.owner_name = name(),
        Target::WorkUnit => row.work_unit = name().filter(|name| name != "无"),
        Target::Storey => row.storey = value.as_integer().or(row.storey),
        Target::Phone => {
            row.cells.push((KindCode::Owner, "phone", value.clone()));
            row.cells.push((Household, "phone", value));
        }
        Target::Outbuilding { kind } => row.outbuildings.extend(
            value
                .as_integer()
                .filter(|rooms| *rooms > 0)
                .map(|rooms| (kind, rooms)),
        ),
        Target::Field { kind, field } => row.cells.push((kind, field, value)),
        Target::Serial | Target::Building | Target::Entrance | Target::Room | Target::Address => {}
    }
}

/// 空置 with people, lived in without a number, more 老人 than people.
fn fit(sheet: &str, table: &Table, row: &SurveyRow, issues: &mut Vec<Issue>) {
    let target = |field| Target::Field {
        kind: Household,
        field,
    };
    let Some(people_column) = table.column_of(target("people")) else {
        return;
    };
    let mut warn = |column: &MappedColumn, code| {
        let text = row
            .texts
            .iter()
            .find(|(index, _)| *index == column.index)
            .map(|(_, text)| text.clone())
            .unwrap_or_default();
        issues.push(Issue {
            severity: Severity::Warning,
            sheet: sheet.to_owned(),
            row: Some(row.row),
            column: Some(column.column.clone()),
            code,
            text,
        });
    };
    let people = row.value(Household, "people").as_integer();
    let occupancy = row.value(Household, "occupancy").as_text();
    match (occupancy, people) {
        (Some("vacant"), Some(people)) if people > 0 => {
            warn(people_column, IssueCode::PeopleInVacant { people });
        }
        (Some(lived_in), None)
            if lived_in != "vacant"
                && !row
                    .texts
                    .iter()
                    .any(|(index, _)| *index == people_column.index) =>
        {
            warn(people_column, IssueCode::PeopleMissing);
        }
        _ => {}
    }
    for field in ["seniors60", "seniors80", "children", "disabled"] {
        let part = row.value(Household, field).as_integer();
        if let (Some(part), Some(people), Some(column)) =
            (part, people, table.column_of(target(field)))
            && part > people
        {
            warn(
                column,
                IssueCode::PartExceedsPeople {
                    field,
                    part,
                    people,
                },
            );
        }
    }
}
