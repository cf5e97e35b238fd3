//! A table of paper as a workbook: figures as numbers, so that people can go on reckoning.

use jiugai_domain::{FieldType, Total, Value, fixed};
use jiugai_exchange::workbook::{ColumnSpec, SheetCell, SheetData, write_workbook};
use jiugai_report::documents::{Roster, RosterAlign, RosterStyle};

use crate::ApiError;

/// Px of a millimetre of a column on paper.
const PX_PER_MM: u32 = 4;

pub(super) fn bytes(roster: &Roster) -> Result<Vec<u8>, ApiError> {
    let kinds: Vec<FieldType> = (0..roster.columns.len())
        .map(|at| kind(roster, at))
        .collect();
    let columns = roster
        .columns
        .iter()
        .zip(&kinds)
        .map(|(column, kind)| ColumnSpec {
            heading: match column.group.as_str() {
                "" => column.head.clone(),
                group => format!("{group}{}", column.head),
            },
            width: u32::from(column.width) * PX_PER_MM,
            kind: *kind,
            total: Total::None,
        });
    let columns: Vec<ColumnSpec> = columns.collect();
    let facts: Vec<String> = roster
        .facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| format!("{label}：{value}"))
        .collect();
    let imprint = &roster.imprint;
    let place = [&imprint.subdistrict, &imprint.community, &imprint.compound];
    let place: Vec<&str> = place.iter().map(|text| text.as_str()).collect();
    let given = |text: &str| match text {
        "" => "未填".to_owned(),
        text => text.to_owned(),
    };
    let origin = format!(
        "生成 {}　数据截至 {}　台账版本 {}　校验码 {}",
        crate::text::minute(imprint.generated_at),
        given(&imprint.data_as_of),
        given(&imprint.ledger_version),
        roster.checksum()?
    );
    let sample = if imprint.sample { "（示例）" } else { "" };
    let sheets: Vec<SheetData> = roster
        .parts
        .iter()
        .map(|part| SheetData {
            name: match part.title.as_str() {
                "" => roster.title.clone(),
                title => title.to_owned(),
            },
            title: Some(match part.title.as_str() {
                "" => format!("{}{sample}", roster.title),
                title => format!("{}（{title}）{sample}", roster.title),
            }),
            note: Some(
                [
                    place.concat(),
                    facts.join("　"),
                    roster.notes.concat(),
                    origin.clone(),
                ]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("　"),
            ),
            columns: columns.clone(),
            rows: part
                .rows
                .iter()
                .map(|row| {
                    let cells = row.cells.iter().zip(&kinds);
                    match row.style {
                        RosterStyle::Heading => row.cells.iter().map(|text| label(text)).collect(),
                        _ => cells.map(|(text, kind)| cell(text, *kind)).collect(),
                    }
                })
                .collect(),
            totals_label: None,
        })
        .collect();
    Ok(write_workbook(&sheets, imprint.generated_at.naive_local())?)
}

fn label(text: &str) -> SheetCell {
    match text {
        "" => SheetCell::Value(Value::Null),
        text => SheetCell::Label(text.replace('\n', " ")),
    }
}

fn cell(text: &str, kind: FieldType) -> SheetCell {
    let decimals = match kind {
        FieldType::Count => 0,
        FieldType::Amount => 2,
        _ => return label(text),
    };
    let number = fixed::parse(&text.replace(',', ""), decimals, &[]);
    number.map_or_else(
        |_| label(text),
        |number| SheetCell::Value(Value::Integer(number)),
    )
}

/// What a column of figures holds: whole numbers, hundredths, or words when a text is no number.
fn kind(roster: &Roster, at: usize) -> FieldType {
    if roster.columns[at].align != RosterAlign::Right {
        return FieldType::LongText;
    }
    let mut found = FieldType::Count;
    let rows = roster.parts.iter().flat_map(|part| &part.rows);
    for row in rows.filter(|row| row.style != RosterStyle::Heading) {
        let text = row
            .cells
            .get(at)
            .map_or("", String::as_str)
            .replace(',', "");
        if matches!(text.as_str(), "" | "—") {
            continue;
        }
        if fixed::parse(&text, 2, &[]).is_err() {
            return FieldType::LongText;
        }
        if text.contains('.') {
            found = FieldType::Amount;
        }
    }
    found
}
