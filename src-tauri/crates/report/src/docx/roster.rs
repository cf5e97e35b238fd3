use super::body::{Body, Cell, Face, Line, Look, side};
use super::package::{Frame, pack};
use super::{shares, twips};
use crate::ReportError;
use crate::documents::{Roster, RosterColumn, RosterPart, RosterRow, RosterStyle};

/// Margin at the sides in mm.
const SIDE_MM: u32 = 14;

/// A table of the office, each part beginning on a new page.
pub(crate) fn roster(roster: &Roster, checksum: &str) -> Result<Vec<u8>, ReportError> {
    let width = twips(roster.sheet.size_mm().0 - 2 * SIDE_MM);
    let mut body = Body::default();
    let blank = [RosterPart::default()];
    let parts = if roster.parts.is_empty() {
        &blank[..]
    } else {
        &roster.parts[..]
    };
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            body.page_break();
        }
        write(&mut body, roster, part, width);
    }
    let frame = Frame {
        imprint: &roster.imprint,
        title: &roster.title,
        checksum,
        sheet: roster.sheet,
        margins: (13, SIDE_MM, 17, SIDE_MM),
        grid: false,
    };
    pack(&frame, body)
}

fn write(body: &mut Body, roster: &Roster, part: &RosterPart, width: u32) {
    let imprint = &roster.imprint;
    let place = [&imprint.subdistrict, &imprint.community, &imprint.compound]
        .into_iter()
        .filter(|place| !place.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("　");
    body.paragraph(&place, Look::new(Face::Black, 18, "left"));
    let title = match part.title.as_str() {
        "" => roster.title.clone(),
        name => format!("{}（{name}）", roster.title),
    };
    body.paragraph(
        &title,
        Look {
            before: 60,
            keep: true,
            ..Look::new(Face::Title, 44, "center")
        },
    );
    let facts: Vec<String> = roster
        .facts
        .iter()
        .map(|(label, value)| match value.as_str() {
            "" => format!("{label}：____________"),
            value => format!("{label}：{value}"),
        })
        .collect();
    if !facts.is_empty() {
        let look = Look {
            before: 80,
            ..Look::new(Face::Running, 20, "left")
        };
        body.paragraph(&facts.join("　　"), look);
    }
    let weights: Vec<u16> = roster.columns.iter().map(|column| column.width).collect();
    let mut lines = heads(&roster.columns);
    let height = twips(u32::from(roster.row_mm));
    lines.extend(part.rows.iter().map(|row| line(roster, row, height)));
    if part.rows.is_empty() {
        lines.push(line(roster, &RosterRow::heading("没有记录"), height));
    }
    body.table(&shares(&weights, width), &lines, true);
    for (at, note) in roster.notes.iter().enumerate() {
        let label = if at == 0 { "说明：" } else { "　　　" };
        let look = Look {
            before: 60,
            ..Look::new(Face::Running, 18, "left")
        };
        body.paragraph(&format!("{label}{note}"), look);
    }
    foot(body, roster, width);
}

/// Heads in one or two rows; those that neighbours share lie over them.
fn heads(columns: &[RosterColumn]) -> Vec<Line> {
    let head = |text: &str| Cell {
        shaded: true,
        ..Cell::new(text, Look::new(Face::Black, 18, "center"))
    };
    let row = |cells| Line {
        cells,
        height: twips(8),
        head: true,
    };
    if columns.iter().all(|column| column.group.is_empty()) {
        return vec![row(columns
            .iter()
            .map(|column| head(&column.head))
            .collect())];
    }
    let (mut upper, mut lower): (Vec<Cell>, Vec<Cell>) = (Vec::new(), Vec::new());
    let mut last = "";
    for column in columns {
        if column.group.is_empty() {
            let merged = |text, merge| Cell {
                merge: Some(merge),
                ..head(text)
            };
            upper.push(merged(&column.head, "restart"));
            lower.push(merged("", "continue"));
        } else {
            match upper.last_mut() {
                Some(cell) if column.group == last => cell.span += 1,
                _ => upper.push(head(&column.group)),
            }
            lower.push(head(&column.head));
        }
        last = &column.group;
    }
    vec![row(upper), row(lower)]
}

fn line(roster: &Roster, row: &RosterRow, height: u32) -> Line {
    let text = |at: usize| row.cells.get(at).map_or("", String::as_str);
    let cells = match row.style {
        RosterStyle::Heading => vec![Cell {
            span: roster.columns.len(),
            shaded: true,
            ..Cell::new(
                text(0),
                Look {
                    keep: true,
                    ..Look::new(Face::Black, 20, "left")
                },
            )
        }],
        RosterStyle::Plain | RosterStyle::Total => roster
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let face = match row.style {
                    RosterStyle::Total => Face::Black,
                    _ => Face::Running,
                };
                Cell::new(text(at), Look::new(face, 20, side(column.align)))
            })
            .collect(),
    };
    Line {
        cells,
        height: match row.style {
            RosterStyle::Heading => twips(7),
            RosterStyle::Plain | RosterStyle::Total => height,
        },
        head: false,
    }
}

/// 填表人、审核人、日期, three side by side.
fn foot(body: &mut Body, roster: &Roster, width: u32) {
    let look = Look::new(Face::Black, 18, "left");
    let mut blanks: Vec<String> = roster
        .blanks
        .iter()
        .map(|label| format!("{label}：________________"))
        .collect();
    if roster.seal {
        blanks.push("（盖章处）".to_owned());
    }
    let lines: Vec<Line> = blanks
        .chunks(3)
        .map(|chunk| Line {
            cells: (0..3)
                .map(|at| Cell::new(chunk.get(at).map_or("", String::as_str), look))
                .collect(),
            height: twips(12),
            head: false,
        })
        .collect();
    if lines.is_empty() {
        return;
    }
    body.paragraph("", Look::new(Face::Running, 10, "left"));
    body.table(&shares(&[1, 1, 1], width), &lines, false);
    body.paragraph("", Look::new(Face::Running, 2, "left"));
}
