//! .xlsx and .xlsm, streamed.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};

use super::{Book, BookFormat, Content, ROW_LIMIT, SheetBuilder, VISIT_LIMIT, damaged};
use crate::ExchangeError;
use crate::package::Parts;

pub(super) fn read(bytes: &[u8], parts: &Parts) -> Result<Book, ExchangeError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let epoch_1904 = workbook.has_1904_epoch();
    let tabs: Vec<_> = workbook.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    let (mut count, mut visits) = (0u64, 0u64);
    for (place, tab) in tabs.iter().enumerate() {
        if tab.typ != SheetType::WorkSheet {
            continue;
        }
        let hidden = tab.visible != SheetVisible::Visible;
        let mut builder = SheetBuilder::new(&tab.name, hidden, &mut count);
        cells(&mut workbook, &tab.name, &mut builder, &mut visits)?;
        if let Some(outline) = parts.outlines.get(place) {
            let sheet = builder.sheet();
            let rows = outline.hidden_rows.iter().filter(|row| **row < ROW_LIMIT);
            sheet.hidden_rows.extend(rows);
            sheet.hidden_columns.extend(&outline.hidden_columns);
            sheet.spans.extend(&outline.spans);
        }
        sheets.push(builder.finish());
    }
    Ok(Book {
        sheets,
        format: BookFormat::Xlsx,
        epoch_1904,
        notes: Vec::new(),
    })
}

fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    builder: &mut SheetBuilder<'_>,
    visits: &mut u64,
) -> Result<(), ExchangeError> {
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(|error| damaged(&error))?;
    // Texts of the shared table lie still while the sheet is read: their address tells them.
    let mut shared: HashMap<(usize, usize), Option<u32>> = HashMap::new();
    while let Some(cell) = reader
        .next_cell_with_formula_metadata()
        .map_err(|error| damaged(&error))?
    {
        *visits += 1;
        if *visits > VISIT_LIMIT {
            return Err(ExchangeError::TooManyCells { limit: VISIT_LIMIT });
        }
        let (row, column) = cell.pos;
        let formula = cell.formula.is_some();
        match cell.value {
            DataRef::Empty => {}
            DataRef::SharedString(text) => {
                let address = (text.as_ptr() as usize, text.len());
                let id = match shared.get(&address) {
                    Some(id) => *id,
                    None => {
                        let id = builder.id(text)?;
                        shared.insert(address, id);
                        id
                    }
                };
                if let Some(id) = id {
                    builder.push_id(row, column, id, formula)?;
                }
            }
            DataRef::Int(number) => builder.push(row, column, whole_number(number), formula)?,
            DataRef::Float(number) => {
                builder.push(row, column, Content::Number(number), formula)?;
            }
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                builder.push(row, column, Content::Text(&text), formula)?;
            }
            DataRef::Bool(truth) => builder.push(row, column, Content::Bool(truth), formula)?,
            DataRef::DateTime(moment) => builder.push(row, column, day(&moment), formula)?,
            DataRef::Error(error) => {
                builder.push(row, column, Content::Error(&error.to_string()), formula)?;
            }
        }
    }
    Ok(())
}

/// A day, or the plain number when the format is one of hours.
pub(super) fn day(moment: &ExcelDateTime) -> Content<'static> {
    match moment.as_datetime() {
        Some(at) if !moment.is_duration() => Content::Date(at.date()),
        _ => Content::Number(moment.as_f64()),
    }
}

/// A whole number as every other number.
pub(super) fn whole_number(whole: i64) -> Content<'static> {
    Content::Number(whole.to_string().parse().unwrap_or(f64::NAN))
}
