//! 交叉表: any two fields against each other, with the households behind each cell.

use jiugai_domain::RecordId;
use jiugai_domain::survey::{QuestionKind, Questionnaire, number_text};
use jiugai_domain::{KindCode, Value};
use jiugai_storage::Connection;
use jiugai_storage::survey::{self as store, Attribute, CrossField, Round};

use super::{hidden, percent, round_of, version_of};
use crate::text::positive;
use crate::wire::{
    ChoiceCount, CrossCell, CrossDrill, CrossFieldRow, CrossRow, CrossTable, ResponseRow,
    SurveyScope,
};
use crate::{ApiError, ErrorCode, Session};

const ATTRIBUTES: [(Attribute, &str, &str); 11] = [
    (Attribute::Building, "building", "楼栋"),
    (Attribute::Storey, "storey", "楼层"),
    (Attribute::Level, "level", "底层、中间、顶层"),
    (Attribute::Tenure, "tenure", "产权性质"),
    (Attribute::Occupancy, "occupancy", "居住情况"),
    (Attribute::Seniors, "seniors", "家有60岁以上老人"),
    (Attribute::Cars, "cars", "家有汽车"),
    (Attribute::Outbuilding, "outbuilding", "有附属房"),
    (Attribute::Respondent, "respondent", "答卷人"),
    (Attribute::Channel, "channel", "渠道"),
    (Attribute::Compound, "compound", "小区"),
];

/// Fields to choose from.
pub(super) fn fields(sheet: &Questionnaire) -> Vec<CrossFieldRow> {
    let questions = sheet
        .questions
        .iter()
        .zip(1..)
        .filter(|(question, _)| !matches!(question.kind, QuestionKind::Text | QuestionKind::Date))
        .map(|(question, number)| CrossFieldRow {
            code: format!("q{}", question.key),
            label: format!("{number}. {}", question.title),
            group: "题目".to_owned(),
        });
    let attributes = ATTRIBUTES.iter().map(|(_, code, label)| CrossFieldRow {
        code: (*code).to_owned(),
        label: (*label).to_owned(),
        group: "房屋和住户".to_owned(),
    });
    questions.chain(attributes).collect()
}

fn field(code: &str, sheet: &Questionnaire) -> Result<(CrossField, String), ApiError> {
    if let Some((attribute, _, label)) = ATTRIBUTES.iter().find(|(_, known, _)| *known == code) {
        return Ok((CrossField::Attribute(*attribute), (*label).to_owned()));
    }
    let question = code
        .strip_prefix('q')
        .and_then(|key| key.parse().ok())
        .and_then(|key| sheet.question(key));
    question
        .map(|question| (CrossField::Question(question.key), question.title.clone()))
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotFound,
                "没有这一项",
                "要交叉的题或住户情况没有找到，可能问卷改过。",
                "请重新选行和列。",
            )
        })
}

/// Rounds of a scope: one, or all that ask the same questionnaire.
pub(super) fn rounds_of(
    conn: &Connection,
    scope: &SurveyScope,
) -> Result<(Round, Questionnaire, Vec<RecordId>), ApiError> {
    let round = round_of(conn, &scope.round)?;
    let version = version_of(conn, round.questionnaire)?;
    let rounds = if scope.street {
        let same: std::collections::HashSet<RecordId> = store::versions_of(conn, &version.family)?
            .into_iter()
            .collect();
        store::rounds(conn, None)?
            .into_iter()
            .filter(|other| same.contains(&other.questionnaire))
            .map(|other| other.id)
            .collect()
    } else {
        vec![round.id]
    };
    Ok((round, version.sheet, rounds))
}

/// Words of a value, and where it stands in the order.
fn words(
    field: CrossField,
    sheet: &Questionnaire,
    texts: &[String],
    value: i64,
) -> (String, String, (i64, String)) {
    match field {
        CrossField::Question(key) => {
            let question = sheet.question(key);
            let number = u32::try_from(value).ok();
            let text = match question {
                Some(question) if question.kind.chooses() => number
                    .and_then(|number| question.choice(number))
                    .map_or_else(
                        || format!("第{value}项（已删）"),
                        |choice| choice.text.clone(),
                    ),
                Some(question) => format!("{}{}", number_text(value), question.unit),
                None => value.to_string(),
            };
            (value.to_string(), text, (value, String::new()))
        }
        CrossField::Attribute(attribute) => {
            let stored = usize::try_from(value)
                .ok()
                .and_then(|at| texts.get(at))
                .cloned()
                .unwrap_or_default();
            let (text, order) = attribute_words(attribute, &stored);
            (stored, text, order)
        }
    }
}

fn attribute_words(attribute: Attribute, stored: &str) -> (String, (i64, String)) {
    let coded = |kind: KindCode, field: &str| {
        kind.kind().field(field).map_or_else(
            || stored.to_owned(),
            |field| field.format(&Value::Text(stored.to_owned())),
        )
    };
    let yes_no = |yes: &str, no: &str| {
        if stored == "yes" {
            yes.to_owned()
        } else {
            no.to_owned()
        }
    };
    let text = match attribute {
        Attribute::Compound | Attribute::Building => stored.to_owned(),
        Attribute::Storey => format!("{stored}层"),
        Attribute::Level => match stored {
            "ground" => "底层",
            "top" => "顶层",
            _ => "中间层",
        }
        .to_owned(),
        Attribute::Tenure => coded(KindCode::Dwelling, "tenure"),
        Attribute::Occupancy => coded(KindCode::Household, "occupancy"),
        Attribute::Seniors => yes_no("有老人", "没有老人"),
        Attribute::Cars => yes_no("有汽车", "没有汽车"),
        Attribute::Outbuilding => yes_no("有附属房", "没有附属房"),
        Attribute::Respondent => jiugai_domain::survey::Respondent::from_code(stored)
            .map_or_else(|| stored.to_owned(), |who| who.label().to_owned()),
        Attribute::Channel => jiugai_domain::survey::Channel::from_code(stored)
            .map_or_else(|| stored.to_owned(), |channel| channel.label().to_owned()),
    };
    let order = match stored {
        "ground" | "yes" => 0,
        "top" => 2,
        _ => 1,
    };
    (text, (order, jiugai_domain::text::natural_key(stored)))
}

impl Session {
    /// Two fields against each other.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_cross(
        &self,
        scope: &SurveyScope,
        row: &str,
        column: &str,
    ) -> Result<CrossTable, ApiError> {
        let conn = self.connection()?;
        let (_, sheet, rounds) = rounds_of(conn, scope)?;
        let (row_field, row_label) = field(row, &sheet)?;
        let (column_field, column_label) = field(column, &sheet)?;
        let found = store::cross(conn, &rounds, row_field, column_field)?;
        let mut rows: Vec<_> = found
            .rows
            .iter()
            .map(|(value, sum)| {
                (
                    *value,
                    *sum,
                    words(row_field, &sheet, &found.row_texts, *value),
                )
            })
            .collect();
        rows.sort_by(|a, b| a.2.2.cmp(&b.2.2));
        let mut columns: Vec<_> = found
            .columns
            .iter()
            .map(|(value, sum)| {
                (
                    *value,
                    *sum,
                    words(column_field, &sheet, &found.column_texts, *value),
                )
            })
            .collect();
        columns.sort_by(|a, b| a.2.2.cmp(&b.2.2));
        let head = |sum: i64, (value, text, _): &(String, String, (i64, String))| ChoiceCount {
            value: value.clone(),
            text: text.clone(),
            count: positive(sum),
            share: percent(sum, found.both),
        };
        let missing = found.responses - found.both;
        let several = [row_field, column_field].into_iter().any(|field| {
            matches!(field, CrossField::Question(key) if sheet
                .question(key)
                .is_some_and(|question| question.kind.chooses() && !question.kind.chooses_one()))
        });
        let mut note = format!(
            "样本 {} 份答卷，其中 {} 份两项都有，{missing} 份缺一项或两项，没有计入。",
            found.responses, found.both
        );
        if several {
            note.push_str("有一项可以多选，一份答卷会出现在几格里，各格相加大于份数。");
        }
        note.push_str("百分数是占该行的比例。");
        let counts: Vec<Vec<i64>> = rows
            .iter()
            .map(|(row, ..)| {
                let count = |(column, ..): &(i64, i64, _)| {
                    found.cells.get(&(*row, *column)).copied().unwrap_or(0)
                };
                columns.iter().map(count).collect()
            })
            .collect();
        let sums = |list: &[(i64, i64, _)]| list.iter().map(|(_, sum, _)| *sum).collect();
        let shade = hidden::cells(&counts, sums(&rows), sums(&columns));
        Ok(CrossTable {
            row_label,
            column_label,
            columns: columns
                .iter()
                .map(|(_, sum, words)| head(*sum, words))
                .collect(),
            hidden_sums: shade[rows.len()][..columns.len()].to_vec(),
            rows: rows
                .iter()
                .enumerate()
                .map(|(at, (_, sum, words))| CrossRow {
                    head: head(*sum, words),
                    cells: counts[at]
                        .iter()
                        .zip(&shade[at])
                        .map(|(count, hidden)| CrossCell {
                            count: positive(*count),
                            share: percent(*count, *sum),
                            hidden: *hidden,
                        })
                        .collect(),
                    hidden: shade[at][columns.len()],
                })
                .collect(),
            both: positive(found.both),
            missing: positive(missing),
            responses: positive(found.responses),
            note,
        })
    }

    /// The households behind a cell.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_drill(&self, drill: &CrossDrill) -> Result<Vec<ResponseRow>, ApiError> {
        let conn = self.connection()?;
        let (round, sheet, rounds) = rounds_of(conn, &drill.scope)?;
        let (row_field, _) = field(&drill.row, &sheet)?;
        let column = match (&drill.column, &drill.column_value) {
            (Some(code), Some(value)) => Some((field(code, &sheet)?.0, value.as_str())),
            _ => None,
        };
        let ids = store::respondents(conn, &rounds, (row_field, &drill.row_value), column)?;
        let mut found = Vec::new();
        for id in ids.into_iter().take(2_000) {
            found.extend(store::response(conn, id)?);
        }
        let mut rows = Vec::new();
        for group in found.chunk_by(|a, b| a.round == b.round) {
            let own = if group[0].round == round.id {
                round.clone()
            } else {
                round_of(conn, &group[0].round.to_string())?
            };
            rows.extend(self.response_rows(&own, group.to_vec())?);
        }
        Ok(rows)
    }
}
