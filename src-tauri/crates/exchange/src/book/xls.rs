//! .xls and .et (BIFF in a compound file).

use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::biff::{self, Outline};
use super::xlsx::{day, whole_number};
use super::{Book, BookFormat, Content, SheetBuilder, Span, damaged};
use crate::ExchangeError;

/// Cells of the rectangles around the filled cells of every sheet: the reader fills them densely.
const DENSE_LIMIT: u64 = 24_000_000;

pub(super) fn read(bytes: &[u8]) -> Result<Book, ExchangeError> {
    let outlines = biff::outlines(bytes)?;
    let dense: u64 = outlines.iter().map(Outline::rectangle).sum();
    if dense > DENSE_LIMIT {
        return Err(ExchangeError::TooManyCells { limit: DENSE_LIMIT });
    }
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ExchangeError::Encrypted,
        other => damaged(&other),
    })?;
    let epoch_1904 = workbook.has_1904_epoch();
    let tabs: Vec<_> = workbook.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    let mut count = 0u64;
    for (place, tab) in tabs.iter().enumerate() {
        if tab.typ != SheetType::WorkSheet {
            continue;
        }
        let hidden = tab.visible != SheetVisible::Visible;
        let mut builder = SheetBuilder::new(&tab.name, hidden, &mut count);
        let outline = outlines.get(place);
        let range = workbook
            .worksheet_range(&tab.name)
            .map_err(|error| damaged(&error))?;
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        let at = |offset: usize, first: u32| {
            u32::try_from(offset)
                .unwrap_or(u32::MAX)
                .saturating_add(first)
        };
        for (row, column, data) in range.used_cells() {
            let (row, column) = (at(row, first_row), at(column, first_column));
            let formula = outline.is_some_and(|outline| outline.formulas.contains(&(row, column)));
            let error;
            let content = match data {
                Data::Empty => continue,
                Data::Int(whole) => whole_number(*whole),
                Data::Float(number) => Content::Number(*number),
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                    Content::Text(text)
                }
                Data::Bool(truth) => Content::Bool(*truth),
                Data::DateTime(moment) => day(moment),
                Data::Error(code) => {
                    error = code.to_string();
                    Content::Error(&error)
                }
            };
            builder.push(row, column, content, formula)?;
        }
        let merges = workbook
            .merge_cells_by_sheet_name(&tab.name)
            .map_err(|error| damaged(&error))?;
        let sheet = builder.sheet();
        sheet.spans = merges
            .iter()
            .map(|area| Span {
                first_row: area.start.0,
                first_column: area.start.1,
                last_row: area.end.0,
                last_column: area.end.1,
            })
            .collect();
        if let Some(outline) = outline {
            sheet.hidden_rows.extend(&outline.hidden_rows);
            sheet.hidden_columns.extend(&outline.hidden_columns);
        }
        sheets.push(builder.finish());
    }
    Ok(Book {
        sheets,
        format: BookFormat::Xls,
        epoch_1904,
        notes: Vec::new(),
    })
}
