use super::body::{Body, Cell, Face, Line, Look, side};
use super::package::{Frame, pack};
use super::{shares, twips};
use crate::ReportError;
use crate::documents::{Notice, NoticeBlock, RosterColumn, RosterRow, Sheet};

/// Width of the type area (版心) in mm.
const WIDTH_MM: u32 = 156;
/// Pitch of 22 lines on 225 mm, in twips.
const PITCH: u32 = 579;

const TITLE: Look = Look {
    pitch: 700,
    keep: true,
    ..Look::new(Face::Title, 44, "center")
};
const PLAIN: Look = Look {
    pitch: PITCH,
    // 28 characters of 16 pt on 156 mm: each a quarter of a point nearer to the next.
    pull: -5,
    ..Look::new(Face::Running, 32, "both")
};
const PARAGRAPH: Look = Look {
    indent: 200,
    ..PLAIN
};
const HEADING: Look = Look {
    face: Face::Black,
    keep: true,
    level: 1,
    ..PARAGRAPH
};
const SUBHEADING: Look = Look {
    face: Face::Kai,
    keep: true,
    level: 2,
    ..PARAGRAPH
};
const NOTE: Look = Look {
    before: 120,
    ..Look::new(Face::Running, 21, "both")
};

/// Notices, each beginning on a new page.
pub(crate) fn notices(notices: &[Notice], checksum: &str) -> Result<Vec<u8>, ReportError> {
    let blank = Notice::default();
    let first = notices.first().unwrap_or(&blank);
    let mut body = Body::default();
    for (at, notice) in notices.iter().enumerate() {
        if at > 0 {
            body.page_break();
        }
        write(&mut body, notice);
    }
    let frame = Frame {
        imprint: &first.imprint,
        title: &first.title,
        checksum,
        sheet: Sheet::A4,
        margins: (37, 26, 35, 28),
        grid: true,
    };
    pack(&frame, body)
}

fn write(body: &mut Body, notice: &Notice) {
    body.paragraph(&broken(&notice.title), TITLE);
    body.paragraph("", PLAIN);
    if !notice.addressee.is_empty() {
        body.paragraph(&notice.addressee, PLAIN);
    }
    // From the last paragraph on everything stays with the signature.
    let is_paragraph = |block: &NoticeBlock| matches!(block, NoticeBlock::Paragraph { .. });
    let tail = match notice.signers.is_empty() {
        true => None,
        false => notice.blocks.iter().rposition(is_paragraph),
    };
    for (at, block) in notice.blocks.iter().enumerate() {
        let hold = |look: Look| Look {
            keep: look.keep || tail.is_some_and(|tail| at >= tail),
            ..look
        };
        match block {
            NoticeBlock::Heading { text } => body.paragraph(text, HEADING),
            NoticeBlock::Subheading { text } => body.paragraph(text, SUBHEADING),
            NoticeBlock::Paragraph { text } => body.paragraph(text, hold(PARAGRAPH)),
            NoticeBlock::Note { text } => body.paragraph(text, hold(NOTE)),
            NoticeBlock::Table { columns, rows } => table(body, columns, rows),
            NoticeBlock::Room { text, height_mm } => {
                let words = Cell::new(text, Look::new(Face::Black, 21, "center"));
                let line = Line {
                    cells: vec![words],
                    height: twips(u32::from(*height_mm)),
                    head: false,
                };
                body.table(&[twips(WIDTH_MM)], &[line], true);
            }
            NoticeBlock::Blanks { fields } => {
                body.blanks(fields, hold(PLAIN), twips(WIDTH_MM));
            }
        }
    }
    if !notice.signers.is_empty() {
        let signed = Look {
            align: "center",
            sides: (twips(72), 640),
            keep: true,
            ..PLAIN
        };
        body.paragraph("", signed);
        for signer in &notice.signers {
            body.paragraph(signer, signed);
        }
        let date = match notice.date.as_str() {
            "" => "　　　年　　月　　日",
            date => date,
        };
        body.paragraph(
            date,
            Look {
                keep: false,
                ..signed
            },
        );
    }
}

fn table(body: &mut Body, columns: &[RosterColumn], rows: &[RosterRow]) {
    let weights: Vec<u16> = columns.iter().map(|column| column.width).collect();
    let look = |face, align| Look::new(face, 24, align);
    let mut lines = vec![Line {
        cells: columns
            .iter()
            .map(|column| Cell::new(&column.head, look(Face::Black, "center")))
            .collect(),
        height: twips(10),
        head: true,
    }];
    lines.extend(rows.iter().map(|row| {
        Line {
            cells: columns
                .iter()
                .enumerate()
                .map(|(at, column)| {
                    let text = row.cells.get(at).map_or("", String::as_str);
                    Cell::new(text, look(Face::Running, side(column.align)))
                })
                .collect(),
            height: twips(10),
            head: false,
        }
    }));
    body.table(&shares(&weights, twips(WIDTH_MM)), &lines, true);
}

/// A title in lines as even as can be, for Word breaks it wherever the line is full.
fn broken(title: &str) -> String {
    /// Characters of 22 pt on 156 mm.
    const MOST: usize = 20;
    let letters: Vec<char> = title.chars().collect();
    if title.contains('\n') || letters.len() <= MOST {
        return title.to_owned();
    }
    let lines = letters.len().div_ceil(MOST);
    letters
        .chunks(letters.len().div_ceil(lines))
        .map(|line| line.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("\n")
}
