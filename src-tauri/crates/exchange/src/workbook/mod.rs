//! Writing workbooks (.xlsx) that Excel and WPS open and people can edit and print.

mod bad_rows;
mod csv;
mod paper;
mod styles;

#[cfg(test)]
mod tests;

use chrono::{NaiveDate, NaiveDateTime};
use jiugai_domain::{Field, FieldType, Total, Value, fixed};
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DocProperties, Format, FormatBorder, Workbook,
    Worksheet, XlsxError,
};

pub use bad_rows::{BadRow, REASON_HEADING, write_bad_rows};
pub use csv::{CsvEncoding, write_csv};
pub use paper::{PaperColumn, PaperRow, PaperRowSort, PaperSheet, PaperSide, write_paper};
use styles::Styles;

use crate::ExchangeError;

/// One cell to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetCell {
    /// A stored value, written by the type of its column.
    Value(Value),
    /// Text as it is: the label of a reference, a name.
    Label(String),
}

/// One column to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Heading, with its unit: `建筑面积（㎡）`.
    pub heading: String,
    /// Width in px.
    pub width: u32,
    /// What the cells hold; decides number format and drop-down list.
    pub kind: FieldType,
    /// Whether the totals row sums it.
    pub total: Total,
}

impl ColumnSpec {
    /// The column of a declared field.
    #[must_use]
    pub fn of(field: &Field) -> Self {
        let heading = if field.unit.is_empty() {
            field.label.to_owned()
        } else {
            format!("{}（{}）", field.label, field.unit)
        };
        Self {
            heading,
            width: field.width,
            kind: field.kind,
            total: field.total,
        }
    }

    /// A column of plain text.
    #[must_use]
    pub fn text(heading: &str, width: u32) -> Self {
        Self {
            heading: heading.to_owned(),
            width,
            kind: FieldType::LongText,
            total: Total::None,
        }
    }

    fn decimals(&self) -> Option<u32> {
        Field::new("", "", "", self.kind).decimals()
    }
}

/// One sheet to write.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetData {
    /// Name on the tab; signs that Excel forbids are replaced, long names cut.
    pub name: String,
    /// Large line above the table.
    pub title: Option<String>,
    /// Small line under the title: unit, date, source.
    pub note: Option<String>,
    /// Columns in order.
    pub columns: Vec<ColumnSpec>,
    /// Rows in order; a short row leaves the rest blank.
    pub rows: Vec<Vec<SheetCell>>,
    /// Word that opens the totals row (合计); no totals row without it.
    pub totals_label: Option<String>,
}

/// Px of columns that stay readable on A4 landscape.
const WIDEST_ON_A4: u32 = 1_500;
/// Rows below the last one that have drop-down lists, where people add rows of their own.
const SPARE_ROWS: u32 = 500;

/// From so many rows on the look is written once for a column and one rule frames all cells, blank ones too.
const MANY_ROWS: usize = 20_000;

/// Excel's own limit of a cell is 32,767 characters.
const LONGEST_TEXT: usize = 32_000;

/// Writes a workbook. `created` is kept in its properties, so that equal data gives equal bytes.
///
/// # Errors
/// [`ExchangeError::Unwritable`], when there are more rows or columns than a sheet can hold.
pub fn write_workbook(
    sheets: &[SheetData],
    created: NaiveDateTime,
) -> Result<Vec<u8>, ExchangeError> {
    book(sheets, created, |sheet| &sheet.name, write_sheet)
}

/// A workbook with a tab for each sheet, each written by `write`.
fn book<S>(
    sheets: &[S],
    created: NaiveDateTime,
    name: impl Fn(&S) -> &str,
    write: impl Fn(&mut Worksheet, &S, &Styles) -> Result<(), XlsxError>,
) -> Result<Vec<u8>, ExchangeError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let styles = Styles::default();
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = tab_name(name(sheet), &names);
        let worksheet = workbook.add_worksheet();
        worksheet
            .set_name(&name)
            .and_then(|worksheet| write(worksheet, sheet, &styles))
            .map_err(|error| unwritable(&error))?;
        names.push(name);
    }
    workbook
        .save_to_buffer()
        .map_err(|error| unwritable(&error))
}

fn unwritable(error: &XlsxError) -> ExchangeError {
    ExchangeError::Unwritable {
        detail: error.to_string(),
    }
}

/// A name that Excel takes: no `[]:*?/\`, no apostrophe at the ends, 31 UTF-16 units, once.
fn tab_name(wanted: &str, taken: &[String]) -> String {
    let clean: String = wanted
        .chars()
        .filter(|c| !c.is_control())
        .map(|c| if "[]:*?/\\：？".contains(c) { '_' } else { c })
        .collect();
    let clean = clean.trim_matches('\'').trim();
    let clean = if clean.is_empty() { "表" } else { clean };
    let cut = |room: usize| {
        let mut output = String::new();
        for character in clean.chars() {
            if output.encode_utf16().count() + character.len_utf16() > room {
                break;
            }
            output.push(character);
        }
        output
    };
    let is_taken = |name: &str| {
        taken
            .iter()
            .any(|other| other.to_lowercase() == name.to_lowercase())
    };
    let mut name = cut(31);
    let mut number = 2;
    while is_taken(&name) {
        name = format!("{}_{number}", cut(26));
        number += 1;
    }
    name
}

fn column_number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn write_sheet(
    worksheet: &mut Worksheet,
    sheet: &SheetData,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let last_column = column_number(sheet.columns.len().saturating_sub(1));
    let mut row = 0u32;
    for (line, style, height) in [
        (&sheet.title, &styles.title, 30),
        (&sheet.note, &styles.note, 20),
    ] {
        let Some(line) = line else { continue };
        if last_column > 0 {
            worksheet.merge_range(row, 0, row, last_column, "", style)?;
        }
        worksheet
            .write_string_with_format(row, 0, line, style)?
            .set_row_height(row, height)?;
        row += 1;
    }
    let header = row;
    for (index, column) in sheet.columns.iter().enumerate() {
        worksheet.write_string_with_format(
            header,
            column_number(index),
            &column.heading,
            &styles.header,
        )?;
        worksheet.set_column_width_pixels(column_number(index), column.width)?;
    }
    let many = sheet.rows.len() >= MANY_ROWS;
    let mut formats: Vec<Option<&Format>> = Vec::new();
    for (index, column) in sheet.columns.iter().enumerate() {
        let body = styles.body(column.kind);
        if many {
            let unframed = body.clone().set_border(FormatBorder::None);
            worksheet.set_column_format(column_number(index), &unframed)?;
        }
        formats.push((!many).then_some(body));
    }
    for cells in &sheet.rows {
        row += 1;
        for (index, column) in sheet.columns.iter().enumerate() {
            let cell = cells.get(index).unwrap_or(&SheetCell::Value(Value::Null));
            let place = (row, column_number(index));
            write_cell(
                worksheet,
                place,
                column.kind,
                cell,
                (styles, formats[index]),
            )?;
        }
    }
    if many {
        let framed = ConditionalFormatFormula::new()
            .set_rule("TRUE")
            .set_format(Format::new().set_border(FormatBorder::Thin));
        worksheet.add_conditional_format(header + 1, 0, row, last_column, &framed)?;
    }
    if let (Some(label), true) = (&sheet.totals_label, !sheet.rows.is_empty()) {
        write_totals(worksheet, row + 1, sheet, label, styles)?;
    }
    // Rows that people add below have the lists as well.
    let last_choice = row + SPARE_ROWS;
    for (index, column) in sheet.columns.iter().enumerate() {
        if let Some(list) = choices(column.kind)? {
            worksheet.add_data_validation(
                header + 1,
                column_number(index),
                last_choice,
                column_number(index),
                &list,
            )?;
        }
    }
    let width: u32 = sheet.columns.iter().map(|column| column.width).sum();
    page(worksheet, header, width)
}

/// Writes a cell; without a format it looks as its column does, and is not there when it is blank.
fn write_cell(
    worksheet: &mut Worksheet,
    (row, index): (u32, u16),
    kind: FieldType,
    cell: &SheetCell,
    (styles, format): (&Styles, Option<&Format>),
) -> Result<(), XlsxError> {
    match (cell, kind) {
        (SheetCell::Value(Value::Null), _) => {
            if let Some(format) = format {
                worksheet.write_blank(row, index, format)?;
            }
        }
        (SheetCell::Value(Value::Integer(number)), kind) if kind != FieldType::Flag => {
            let decimals = Field::new("", "", "", kind).decimals();
            let number = exact(*number, decimals.unwrap_or(0));
            match format {
                Some(format) => worksheet.write_number_with_format(row, index, number, format)?,
                None => worksheet.write_number(row, index, number)?,
            };
        }
        (SheetCell::Value(Value::Text(text)), FieldType::Date) => {
            match (text.parse::<NaiveDate>(), format) {
                (Ok(day), Some(format)) => {
                    worksheet.write_datetime_with_format(row, index, day, format)?;
                }
                (Ok(day), None) => {
                    worksheet.write_datetime(row, index, day)?;
                }
                (Err(_), _) => write_text(worksheet, (row, index), text, (styles, format))?,
            }
        }
        (SheetCell::Value(value), kind) => {
            let text = Field::new("", "", "", kind).format(value);
            write_text(worksheet, (row, index), &text, (styles, format))?;
        }
        (SheetCell::Label(text), _) => {
            write_text(worksheet, (row, index), text, (styles, format))?;
        }
    }
    Ok(())
}

/// Text is always written as a string, so that `=1+1` or `@name` in a remark stays a remark.
fn write_text(
    worksheet: &mut Worksheet,
    (row, index): (u32, u16),
    text: &str,
    (styles, format): (&Styles, Option<&Format>),
) -> Result<(), XlsxError> {
    match styles.guard(text).or(format) {
        Some(format) => worksheet.write_string_with_format(row, index, limited(text), format)?,
        None => worksheet.write_string(row, index, limited(text))?,
    };
    Ok(())
}

fn limited(text: &str) -> &str {
    if text.len() <= LONGEST_TEXT {
        return text;
    }
    let end = text.char_indices().nth(LONGEST_TEXT);
    end.map_or(text, |(end, _)| &text[..end])
}

/// Workbooks keep numbers as floats: the one nearest to the fixed-point number. That is the quotient of the two whole
/// numbers as long as floats hold them exactly; beyond, its text is read.
fn exact(number: i64, decimals: u32) -> f64 {
    const HELD: u64 = 1 << 53;
    match 10i64.checked_pow(decimals) {
        Some(parts) if number.unsigned_abs() <= HELD && parts.unsigned_abs() <= HELD => {
            number as f64 / parts as f64
        }
        _ => fixed::format(number, decimals).parse().unwrap_or(0.0),
    }
}

/// Sums as numbers, not formulas: they stay right in every viewer and after sorting.
fn write_totals(
    worksheet: &mut Worksheet,
    row: u32,
    sheet: &SheetData,
    label: &str,
    styles: &Styles,
) -> Result<(), XlsxError> {
    for (index, column) in sheet.columns.iter().enumerate() {
        let position = column_number(index);
        let format = styles.total(column.kind);
        if index == 0 {
            worksheet.write_string_with_format(row, position, label, format)?;
        } else if column.total == Total::Sum {
            let sum: i64 = sheet
                .rows
                .iter()
                .filter_map(|cells| match cells.get(index) {
                    Some(SheetCell::Value(value)) => value.as_integer(),
                    _ => None,
                })
                .sum();
            worksheet.write_number_with_format(
                row,
                position,
                exact(sum, column.decimals().unwrap_or(0)),
                format,
            )?;
        } else {
            worksheet.write_blank(row, position, format)?;
        }
    }
    Ok(())
}

/// The drop-down list of a column; none when it is longer than Excel takes (255 characters).
fn choices(kind: FieldType) -> Result<Option<DataValidation>, XlsxError> {
    let labels: Vec<&str> = match kind {
        FieldType::Flag => vec!["是", "否"],
        FieldType::Code(choices) => choices.iter().map(|choice| choice.label).collect(),
        _ => return Ok(None),
    };
    let length: usize = labels
        .iter()
        .map(|label| label.encode_utf16().count() + 1)
        .sum();
    if length > 255 || labels.iter().any(|label| label.contains(',')) {
        return Ok(None);
    }
    DataValidation::new().allow_list_strings(&labels).map(Some)
}

/// Landscape, one page wide, the header frozen on the screen and repeated on every page; A4, or A3
/// for a table that would become too small on it.
fn page(worksheet: &mut Worksheet, header: u32, width: u32) -> Result<(), XlsxError> {
    worksheet
        .set_freeze_panes(header + 1, 0)?
        .set_repeat_rows(0, header)?;
    worksheet
        .set_paper_size(if width > WIDEST_ON_A4 { 8 } else { 9 })
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true);
    worksheet
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&C第 &P 页，共 &N 页");
    Ok(())
}
