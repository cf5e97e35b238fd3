//! Tables of paper as sheets: heads, columns, heights and page as on the paper, figures as numbers.

#[cfg(test)]
mod tests;

use chrono::NaiveDateTime;
use jiugai_domain::{FieldType, Total};
use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, Image, ObjectMovement, Worksheet, XlsxError,
};

use super::styles::Styles;
use super::{ColumnSpec, SheetCell, book, column_number, write_cell};
use crate::ExchangeError;

/// Margins of the page in mm: sides, top, bottom.
const MARGINS_MM: (u32, u32, u32) = (14, 13, 17);
const PX_PER_MM: f64 = 96.0 / 25.4;
const PT_PER_MM: f64 = 72.0 / 25.4;
/// Excel takes rows up to 409 pt; a record that needs more goes over several rows, merged.
const TALLEST: f64 = 400.0;
/// Size of running text in pt.
const BODY: f64 = 10.0;

/// A table of paper to write as a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PaperSheet {
    /// Name on the tab, as in [`super::SheetData`].
    pub name: String,
    /// 题名.
    pub title: String,
    /// Line above the title: whose paper it is.
    pub origin: String,
    /// Line under the title.
    pub facts: String,
    /// Columns from left to right; they fill the width of the page.
    pub columns: Vec<PaperColumn>,
    /// Least height of a row in mm.
    pub row_mm: u32,
    /// Rows in order.
    pub rows: Vec<PaperRow>,
    /// Paragraphs under the table.
    pub notes: Vec<String>,
    /// Words before room to sign (填表人、审核人).
    pub blanks: Vec<String>,
    /// Leaves a place for the seal.
    pub seal: bool,
    /// Last line and foot of each page: generated when, of what, checksum.
    pub imprint: String,
    /// The checksum as a QR code, a PNG.
    pub code: Option<Vec<u8>>,
    /// Width and height of the page in mm: A4 or A3.
    pub page_mm: (u32, u32),
}

/// A column of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperColumn {
    /// Head over several columns; equal neighbours share one.
    pub group: String,
    /// Head.
    pub head: String,
    /// Width relative to the others.
    pub share: u32,
    /// Side on which the cells stand.
    pub side: PaperSide,
    /// Words, whole numbers or hundredths.
    pub kind: FieldType,
}

/// Side on which cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperSide {
    /// Words.
    Left,
    /// Short words.
    Center,
    /// Figures.
    Right,
}

/// A row of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRow {
    /// One cell for each column; a heading has one in all.
    pub cells: Vec<SheetCell>,
    /// What it is.
    pub sort: PaperRowSort,
    /// A small photo (JPEG) for the last column.
    pub photo: Option<Vec<u8>>,
}

/// What a row of a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperRowSort {
    /// A record.
    Record,
    /// A heading over all columns.
    Heading,
    /// 小计、合计.
    Total,
}

/// Writes a workbook with a sheet for each part of a paper. Equal data and `created` give equal bytes.
///
/// # Errors
/// [`ExchangeError::Unwritable`], when there are more rows or columns than a sheet can hold.
pub fn write_paper(
    sheets: &[PaperSheet],
    created: NaiveDateTime,
) -> Result<Vec<u8>, ExchangeError> {
    book(
        sheets,
        created,
        |sheet| &sheet.name,
        |worksheet, sheet, styles| Pen::new(worksheet, sheet, styles).write(),
    )
}

/// A sheet being written from the top.
struct Pen<'w> {
    worksheet: &'w mut Worksheet,
    sheet: &'w PaperSheet,
    styles: &'w Styles,
    widths: Vec<f64>,
    last: u16,
    row: u32,
}

impl<'w> Pen<'w> {
    fn new(worksheet: &'w mut Worksheet, sheet: &'w PaperSheet, styles: &'w Styles) -> Self {
        let whole: u32 = sheet.columns.iter().map(|column| column.share).sum();
        let room = f64::from(sheet.page_mm.0.saturating_sub(2 * MARGINS_MM.0)) * PX_PER_MM;
        let widths = sheet
            .columns
            .iter()
            .map(|column| (room * f64::from(column.share) / f64::from(whole.max(1))).floor())
            .collect();
        Self {
            worksheet,
            sheet,
            styles,
            widths,
            last: column_number(sheet.columns.len().saturating_sub(1)),
            row: 0,
        }
    }

    fn write(mut self) -> Result<(), XlsxError> {
        for (at, width) in self.widths.iter().enumerate() {
            // Whole pixels of at most a page of A3.
            let px = format!("{width:.0}").parse().unwrap_or(64);
            self.worksheet
                .set_column_width_pixels(column_number(at), px)?;
        }
        let line = Format::new().set_font_name("宋体").set_text_wrap();
        let line = line.set_align(FormatAlign::VerticalCenter);
        let small = line.clone().set_font_size(BODY - 1.0);
        let title = line
            .clone()
            .set_bold()
            .set_font_size(16)
            .set_align(FormatAlign::Center);
        self.over(&self.sheet.origin, &small, BODY - 1.0)?;
        self.over(&self.sheet.title, &title, 16.0)?;
        self.over(&self.sheet.facts, &small, BODY - 1.0)?;
        let (from, to) = self.heads()?;
        self.rows()?;
        for (at, note) in self.sheet.notes.iter().enumerate() {
            let label = if at == 0 { "说明：" } else { "　　　" };
            self.over(&format!("{label}{note}"), &small, BODY - 1.0)?;
        }
        self.foot(&line)?;
        self.over(
            &self.sheet.imprint,
            &line.clone().set_font_size(8).set_font_color(Color::Gray),
            8.0,
        )?;
        self.page(from, to)
    }

    /// A line over all columns, as high as its words need; nothing for no words.
    fn over(&mut self, words: &str, format: &Format, size: f64) -> Result<(), XlsxError> {
        if words.is_empty() {
            return Ok(());
        }
        if self.last > 0 {
            self.worksheet
                .merge_range(self.row, 0, self.row, self.last, "", format)?;
        }
        let height = height_of(words, self.widths.iter().sum(), size);
        self.worksheet
            .write_string_with_format(self.row, 0, words, format)?
            .set_row_height(self.row, height.min(TALLEST))?;
        self.row += 1;
        Ok(())
    }

    /// Heads in one row, or in two where columns share one; gives first and last row.
    fn heads(&mut self) -> Result<(u32, u32), XlsxError> {
        let columns = &self.sheet.columns;
        let style = &self.styles.header;
        let grouped = columns.iter().any(|column| !column.group.is_empty());
        let (upper, lower) = (self.row, self.row + u32::from(grouped));
        let mut highest: f64 = 0.0;
        let mut at = 0;
        while let Some(column) = columns.get(at) {
            let here = column_number(at);
            let height = height_of(&column.head, self.widths[at], BODY);
            if column.group.is_empty() {
                if grouped {
                    self.worksheet
                        .merge_range(upper, here, lower, here, "", style)?;
                }
                self.worksheet
                    .write_string_with_format(upper, here, &column.head, style)?;
                highest = highest.max(if grouped { height / 2.0 } else { height });
                at += 1;
                continue;
            }
            let alike = columns[at..]
                .iter()
                .take_while(|other| other.group == column.group)
                .count();
            if alike > 1 {
                let end = column_number(at + alike - 1);
                self.worksheet
                    .merge_range(upper, here, upper, end, "", style)?;
            }
            self.worksheet
                .write_string_with_format(upper, here, &column.group, style)?;
            for (offset, one) in columns[at..at + alike].iter().enumerate() {
                let place = column_number(at + offset);
                self.worksheet
                    .write_string_with_format(lower, place, &one.head, style)?;
                highest = highest.max(height_of(&one.head, self.widths[at + offset], BODY));
            }
            let room: f64 = self.widths[at..at + alike].iter().sum();
            highest = highest.max(height_of(&column.group, room, BODY));
            at += alike;
        }
        for row in upper..=lower {
            self.worksheet
                .set_row_height(row, highest.clamp(22.0, TALLEST))?;
        }
        self.row = lower + 1;
        Ok((upper, lower))
    }

    fn rows(&mut self) -> Result<(), XlsxError> {
        let looks: Vec<[Format; 2]> = self.sheet.columns.iter().map(looks).collect();
        let specs: Vec<ColumnSpec> = self
            .sheet
            .columns
            .iter()
            .map(|column| ColumnSpec {
                heading: String::new(),
                width: 0,
                kind: column.kind,
                total: Total::None,
            })
            .collect();
        let heading = shaded(&framed()).set_align(FormatAlign::Left);
        if self.sheet.rows.is_empty() {
            self.over("没有记录", &framed().set_align(FormatAlign::Center), BODY)?;
        }
        for row in &self.sheet.rows {
            if row.sort == PaperRowSort::Heading {
                let words = row.cells.first().map_or("", words_of);
                self.over(words, &heading, BODY)?;
                continue;
            }
            let photo = row.photo.as_ref().map_or(0.0, |_| 17.0 * PT_PER_MM);
            let height = (0..specs.len())
                .map(|at| {
                    height_of(
                        row.cells.get(at).map_or("", words_of),
                        self.widths[at],
                        BODY,
                    )
                })
                .fold(f64::from(self.sheet.row_mm) * PT_PER_MM, f64::max)
                .max(photo);
            let mut below = self.row;
            let mut rest = height;
            while rest > TALLEST {
                self.worksheet.set_row_height(below, TALLEST)?;
                rest -= TALLEST;
                below += 1;
            }
            self.worksheet.set_row_height(
                below,
                if below > self.row {
                    rest.max(12.0)
                } else {
                    rest
                },
            )?;
            for (at, spec) in specs.iter().enumerate() {
                let format = &looks[at][usize::from(row.sort == PaperRowSort::Total)];
                let place = column_number(at);
                if below > self.row {
                    self.worksheet
                        .merge_range(self.row, place, below, place, "", format)?;
                }
                let blank = SheetCell::Label(String::new());
                let cell = row.cells.get(at).unwrap_or(&blank);
                write_cell(
                    self.worksheet,
                    (self.row, place),
                    spec.kind,
                    cell,
                    (self.styles, Some(format)),
                )?;
            }
            if let Some(photo) = &row.photo {
                let image = Image::new_from_buffer(photo)?;
                self.worksheet
                    .insert_image_fit_to_cell(self.row, self.last, &image, true)?;
            }
            self.row = below + 1;
        }
        Ok(())
    }

    /// Room to sign and for the seal, and the code of the checksum.
    fn foot(&mut self, line: &Format) -> Result<(), XlsxError> {
        let sheet = self.sheet;
        let signing: Vec<String> = sheet
            .blanks
            .iter()
            .map(|word| format!("{word}：______________"))
            .chain(sheet.seal.then(|| "（盖章处）".to_owned()))
            .collect();
        if !signing.is_empty() {
            let row = self.row;
            self.over(&signing.join("　　　"), line, BODY)?;
            self.worksheet
                .set_row_height(row, if sheet.seal { 110.0 } else { 36.0 })?;
        }
        let Some(code) = &sheet.code else {
            return Ok(());
        };
        let image = Image::new_from_buffer(code)?
            .set_scale_to_size(30, 30, true)
            .set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
        self.worksheet
            .insert_image_with_offset(self.row, 0, &image, 2, 2)?
            .set_row_height(self.row, 26)?;
        self.row += 1;
        Ok(())
    }

    /// The page as on paper; the heads stay on the screen and are repeated on every page.
    fn page(&mut self, from: u32, to: u32) -> Result<(), XlsxError> {
        let (width, height) = self.sheet.page_mm;
        let inches = |mm: u32| f64::from(mm) / 25.4;
        let (side, top, bottom) = MARGINS_MM;
        self.worksheet
            .set_freeze_panes(to + 1, 0)?
            .set_repeat_rows(from, to)?
            .set_print_area(0, 0, self.row.saturating_sub(1), self.last)?
            .set_paper_size(if width.max(height) > 300 { 8 } else { 9 })
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true)
            .set_margins(
                inches(side),
                inches(side),
                inches(top),
                inches(bottom),
                0.3,
                0.35,
            )
            .set_footer("&R&8第 &P 页　共 &N 页");
        if width > height {
            self.worksheet.set_landscape();
        } else {
            self.worksheet.set_portrait();
        }
        Ok(())
    }
}

fn framed() -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(BODY)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
}

fn shaded(format: &Format) -> Format {
    format
        .clone()
        .set_bold()
        .set_background_color(Color::RGB(0x00f2_f2f2))
}

/// The looks of a column's cells, in a record and in a total.
fn looks(column: &PaperColumn) -> [Format; 2] {
    let format = framed().set_align(match column.side {
        PaperSide::Left => FormatAlign::Left,
        PaperSide::Center => FormatAlign::Center,
        PaperSide::Right => FormatAlign::Right,
    });
    let format = match column.kind {
        FieldType::Count => format.set_num_format("0"),
        FieldType::Amount => format.set_num_format("#,##0.00"),
        _ => format,
    };
    let total = shaded(&format);
    [format, total]
}

fn words_of(cell: &SheetCell) -> &str {
    match cell {
        SheetCell::Label(words) => words,
        SheetCell::Value(_) => "",
    }
}

/// Height in pt that words need in a width in px, a little more rather than less.
fn height_of(words: &str, width: f64, size: f64) -> f64 {
    let room = (width - 8.0).max(10.0) * 0.75 * 0.95;
    let lines: f64 = words
        .split('\n')
        .map(|line| {
            let long: f64 = line
                .chars()
                .map(|letter| if letter < '\u{2000}' { 0.56 } else { 1.0 })
                .sum();
            (long * size / room).ceil().max(1.0)
        })
        .sum();
    (lines * size * 1.35 + 5.0).ceil()
}
