//! 交叉表 on paper: any two fields of a round against each other.

use jiugai_domain::survey::Questionnaire;
use jiugai_report::documents::{
    Document, Imprint, Roster, RosterColumn, RosterPart, RosterRow, Sheet,
};
use jiugai_storage::survey::Round;

use super::super::cross::fields;
use crate::report::{option, parameter};
use crate::wire::{
    ChoiceCount, CrossFieldRow, CrossTable, ReportParameter, ReportParameterCode, ReportRequest,
    SurveyScope,
};
use crate::{ApiError, Session};

/// Every cell with its number: for the office.
const WHOLE: &str = "office";
/// What stands for a cell that is left out.
const LEFT_OUT: &str = "＊";
/// From so many columns on the sheet lies.
const MANY: usize = 6;

impl Session {
    pub(super) fn cross_paper(
        &self,
        request: &ReportRequest,
        round: &Round,
        sheet: &Questionnaire,
        imprint: Imprint,
    ) -> Result<(Document, Vec<ReportParameter>, Vec<String>), ApiError> {
        let known = fields(sheet);
        let chosen = |asked: Option<&String>, usual: usize| {
            let of = |code: &String| known.iter().find(|one| one.code == *code);
            asked
                .and_then(of)
                .or_else(|| known.get(usual))
                .map_or("", |one| &one.code)
        };
        let level = known.iter().position(|one| one.code == "level");
        let row = chosen(request.row.as_ref(), 0).to_owned();
        let column = chosen(request.column.as_ref(), level.unwrap_or(0)).to_owned();
        let public = request.variant.as_deref() != Some(WHOLE);
        let scope = SurveyScope {
            round: round.id.to_string(),
            street: false,
        };
        let table = self.survey_cross(&scope, &row, &column)?;
        let parameters = vec![
            choice(ReportParameterCode::Row, "行", &row, &known),
            choice(ReportParameterCode::Column, "列", &column, &known),
            parameter(
                ReportParameterCode::Variant,
                "用处",
                if public { "" } else { WHOLE },
                vec![
                    option("", "公示（少于 5 户的隐去）"),
                    option(WHOLE, "办公室（全部数字）"),
                ],
            ),
        ];
        let warnings = match table.rows.is_empty() {
            true => vec!["这两项还没有人都答过，表是空的。".to_owned()],
            false => Vec::new(),
        };
        let roster = roster(&round.name, &table, public, imprint);
        Ok((Document::Roster(Box::new(roster)), parameters, warnings))
    }
}

fn choice(
    code: ReportParameterCode,
    label: &str,
    value: &str,
    known: &[CrossFieldRow],
) -> ReportParameter {
    let options = known.iter().map(|one| option(&one.code, &one.label));
    parameter(code, label, value, options.collect())
}

fn roster(round: &str, table: &CrossTable, public: bool, imprint: Imprint) -> Roster {
    let told = |hidden: bool, count: u32, share: &str| match (public && hidden, share) {
        (true, _) => LEFT_OUT.to_owned(),
        (false, "") => count.to_string(),
        (false, share) => format!("{count}\n{share}"),
    };
    let heads = |head: &ChoiceCount| RosterColumn::right(&head.text, 26);
    let mut columns = vec![RosterColumn::left(&table.row_label, 44)];
    columns.extend(
        table
            .columns
            .iter()
            .map(heads)
            .map(|one| one.under(&table.column_label)),
    );
    columns.push(RosterColumn::right("合计", 20));
    let mut rows: Vec<RosterRow> = table
        .rows
        .iter()
        .map(|row| {
            let cells = row
                .cells
                .iter()
                .map(|cell| told(cell.hidden, cell.count, &cell.share));
            RosterRow::plain(
                [row.head.text.clone()]
                    .into_iter()
                    .chain(cells)
                    .chain([told(row.hidden, row.head.count, "")])
                    .collect(),
            )
        })
        .collect();
    let sums = table
        .columns
        .iter()
        .zip(&table.hidden_sums)
        .map(|(head, hidden)| told(*hidden, head.count, &head.share));
    rows.push(RosterRow::total(
        ["合计".to_owned()]
            .into_iter()
            .chain(sums)
            .chain([table.both.to_string()])
            .collect(),
    ));
    let mut notes = vec![table.note.clone()];
    if public {
        notes.push(format!(
            "标{LEFT_OUT}的格子少于 5 户，或者由它能推算出少于 5 户的格子，公示时都不显示。"
        ));
    }
    Roster {
        imprint,
        sheet: if table.columns.len() >= MANY {
            Sheet::A4Lying
        } else {
            Sheet::A4
        },
        title: format!("{} × {}", table.row_label, table.column_label),
        facts: vec![("调查".to_owned(), round.to_owned())],
        columns,
        row_mm: 10,
        parts: vec![RosterPart {
            title: String::new(),
            rows,
        }],
        notes,
        ..Roster::default()
    }
}
