//! Sheets as sparse grids of text, with their merged cells. Numbers become the text that Excel
//! shows with 15 significant digits, so no float leaves this module.

use crate::ExchangeError;
pub(crate) use crate::book::Span;
use crate::book::{Sheet, read_book};
use crate::file::FILE_LIMIT;
use crate::sniff::container;

/// One filled cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Column, counted from 0.
    pub(crate) column: u32,
    /// What stands in it.
    pub(crate) text: String,
    /// It shows an error of a formula (#REF!).
    pub(crate) error: bool,
}

/// One visible sheet.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    pub(crate) name: String,
    /// Filled rows in order (counted from 0), cells of each in order.
    pub(crate) rows: Vec<(u32, Vec<Cell>)>,
    pub(crate) spans: Vec<Span>,
}

impl Grid {
    fn of(sheet: &Sheet) -> Self {
        let rows = sheet.rows().map(|(row, cells)| {
            let cells = cells.iter().map(|cell| Cell {
                column: cell.column(),
                text: sheet.text(cell).into_owned(),
                error: cell.is_error(),
            });
            (row, cells.collect())
        });
        Self {
            name: sheet.name.clone(),
            rows: rows.collect(),
            spans: sheet.spans.clone(),
        }
    }

    pub(crate) fn row(&self, row: u32) -> &[Cell] {
        self.rows
            .binary_search_by_key(&row, |(row, _)| *row)
            .map_or(&[], |index| self.rows[index].1.as_slice())
    }

    pub(crate) fn text(&self, row: u32, column: u32) -> &str {
        find(self.row(row), column).map_or("", |cell| cell.text.as_str())
    }

    /// Merged range over a cell. Linear: for headers, not for every row.
    pub(crate) fn span(&self, row: u32, column: u32) -> Option<&Span> {
        self.spans.iter().find(|span| span.contains(row, column))
    }

    /// Merged ranges that reach down one column from `from_row` on, in order.
    pub(crate) fn spans_down(&self, column: u32, from_row: u32) -> Vec<Span> {
        let mut spans: Vec<Span> = self
            .spans
            .iter()
            .filter(|span| {
                span.first_column <= column
                    && column <= span.last_column
                    && span.first_row >= from_row
                    && span.first_row < span.last_row
            })
            .copied()
            .collect();
        spans.sort_by_key(|span| span.first_row);
        spans
    }
}

pub(crate) fn find(cells: &[Cell], column: u32) -> Option<&Cell> {
    cells
        .binary_search_by_key(&column, |cell| cell.column)
        .ok()
        .map(|index| &cells[index])
}

/// Column letters: 0 is A, 26 is AA.
pub(crate) fn letters(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut output = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).expect("below 26");
        output.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    output.iter().rev().collect()
}

/// Reads every visible sheet of an .xlsx, .xls or .ods.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Grid>, ExchangeError> {
    if bytes.len() as u64 <= FILE_LIMIT {
        container(bytes)?;
    }
    let book = read_book(bytes, "")?;
    let grids: Vec<Grid> = book
        .sheets
        .iter()
        .filter(|sheet| !sheet.hidden)
        .map(Grid::of)
        .collect();
    if grids.iter().all(|grid| grid.rows.is_empty()) {
        return Err(ExchangeError::Empty);
    }
    Ok(grids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "A")]
    #[case(25, "Z")]
    #[case(26, "AA")]
    #[case(701, "ZZ")]
    #[case(702, "AAA")]
    fn column_letters(#[case] column: u32, #[case] expected: &str) {
        assert_eq!(letters(column), expected);
    }
}
