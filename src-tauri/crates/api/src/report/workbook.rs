//! A table of paper as a workbook: figures as numbers, so that people can go on reckoning.

use jiugai_domain::{FieldType, Value, fixed};
use jiugai_exchange::workbook::{
    PaperColumn, PaperRow, PaperRowSort, PaperSheet, PaperSide, SheetCell, write_paper,
};
use jiugai_report::documents::{Roster, RosterAlign, RosterPart, RosterRow, RosterStyle};

use crate::ApiError;

pub(super) fn bytes(roster: &Roster) -> Result<Vec<u8>, ApiError> {
    let kinds: Vec<FieldType> = (0..roster.columns.len())
        .map(|at| kind(roster, at))
        .collect();
    let checksum = roster.checksum()?;
    let imprint = &roster.imprint;
    let place = [&imprint.subdistrict, &imprint.community, &imprint.compound];
    let place = place.map(String::as_str).join(" ").trim().to_owned();
    let facts = roster
        .facts
        .iter()
        .map(|(label, value)| match value.as_str() {
            "" => format!("{label}：____________"),
            value => format!("{label}：{value}"),
        });
    let frame = PaperSheet {
        origin: place,
        facts: facts.collect::<Vec<_>>().join("　　"),
        columns: roster
            .columns
            .iter()
            .zip(&kinds)
            .map(|(column, kind)| PaperColumn {
                group: column.group.clone(),
                head: column.head.clone(),
                share: u32::from(column.width),
                side: match column.align {
                    RosterAlign::Left => PaperSide::Left,
                    RosterAlign::Center => PaperSide::Center,
                    RosterAlign::Right => PaperSide::Right,
                },
                kind: *kind,
            })
            .collect(),
        row_mm: u32::from(roster.row_mm),
        notes: roster.notes.clone(),
        blanks: roster.blanks.clone(),
        seal: roster.seal,
        imprint: origin(roster, &checksum),
        code: jiugai_report::qr_picture(&checksum),
        page_mm: roster.sheet.size_mm(),
        ..PaperSheet::default()
    };
    let blank = [RosterPart::default()];
    let parts = if roster.parts.is_empty() {
        &blank[..]
    } else {
        &roster.parts[..]
    };
    let sample = if imprint.sample { "（示例）" } else { "" };
    let sheets: Vec<PaperSheet> = parts
        .iter()
        .map(|part| {
            let (name, title) = match part.title.as_str() {
                "" => (&roster.title, roster.title.clone()),
                of => (&part.title, format!("{}（{of}）", roster.title)),
            };
            PaperSheet {
                name: name.clone(),
                title: format!("{title}{sample}"),
                rows: part.rows.iter().map(|one| row(one, &kinds)).collect(),
                ..frame.clone()
            }
        })
        .collect();
    Ok(write_paper(&sheets, imprint.generated_at.naive_local())?)
}

/// When and of what the table was made.
fn origin(roster: &Roster, checksum: &str) -> String {
    let given = |text: &str| match text {
        "" => "未填".to_owned(),
        text => text.to_owned(),
    };
    let imprint = &roster.imprint;
    format!(
        "生成 {}　数据截至 {}　台账版本 {}　校验码 {checksum}",
        crate::text::minute(imprint.generated_at),
        given(&imprint.data_as_of),
        given(&imprint.ledger_version),
    )
}

fn row(row: &RosterRow, kinds: &[FieldType]) -> PaperRow {
    PaperRow {
        cells: match row.style {
            RosterStyle::Heading => row.cells.iter().map(|text| label(text)).collect(),
            _ => row
                .cells
                .iter()
                .zip(kinds)
                .map(|(text, kind)| cell(text, *kind))
                .collect(),
        },
        sort: match row.style {
            RosterStyle::Plain => PaperRowSort::Record,
            RosterStyle::Heading => PaperRowSort::Heading,
            RosterStyle::Total => PaperRowSort::Total,
        },
        photo: row.photo.clone(),
    }
}

fn label(text: &str) -> SheetCell {
    match text {
        "" => SheetCell::Value(Value::Null),
        text => SheetCell::Label(text.to_owned()),
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
