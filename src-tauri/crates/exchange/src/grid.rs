//! Sheets as sparse grids of text, with their merged cells. Numbers become the text that Excel
//! shows with 15 significant digits, so no float leaves this module.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Xls,
    XlsError, Xlsx,
};
use jiugai_domain::text::normalize;

use crate::file::FILE_LIMIT;
use crate::sniff::{Container, container};
use crate::{ExchangeError, package};

/// Filled cells of all sheets that are read at most.
pub(crate) const CELL_LIMIT: u64 = 3_000_000;

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

/// A merged range, rows and columns counted from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first_row: u32,
    pub(crate) first_column: u32,
    pub(crate) last_row: u32,
    pub(crate) last_column: u32,
}

impl Span {
    pub(crate) fn contains(&self, row: u32, column: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row)
            && (self.first_column..=self.last_column).contains(&column)
    }
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
    fn new(name: &str, cells: BTreeMap<u32, Vec<Cell>>, merges: &[Dimensions]) -> Self {
        let mut rows: Vec<(u32, Vec<Cell>)> = cells.into_iter().collect();
        for (_, cells) in &mut rows {
            cells.sort_by_key(|cell| cell.column);
            cells.dedup_by_key(|cell| cell.column);
        }
        let spans = merges
            .iter()
            .filter(|area| {
                area.start.0 <= area.end.0 && area.start.1 <= area.end.1 && area.start != area.end
            })
            .map(|area| Span {
                first_row: area.start.0,
                first_column: area.start.1,
                last_row: area.end.0,
                last_column: area.end.1,
            })
            .collect();
        Self {
            name: name.to_owned(),
            rows,
            spans,
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

/// Reads every visible sheet of an .xlsx or .xls.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Grid>, ExchangeError> {
    let length = bytes.len() as u64;
    if length > FILE_LIMIT {
        return Err(ExchangeError::TooLarge {
            bytes: length,
            limit: FILE_LIMIT,
        });
    }
    let grids = match container(bytes)? {
        Container::Package => {
            package::check(bytes)?;
            guarded(|| read_xlsx(bytes))?
        }
        Container::Compound => guarded(|| read_xls(bytes))?,
    };
    if grids.iter().all(|grid| grid.rows.is_empty()) {
        return Err(ExchangeError::Empty);
    }
    Ok(grids)
}

/// A reader that stumbles over broken bytes must not take the program with it.
fn guarded<T>(read: impl FnOnce() -> Result<T, ExchangeError>) -> Result<T, ExchangeError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(ExchangeError::Damaged {
            detail: "the reader stumbled".to_owned(),
        })
    })
}

fn damaged(error: &impl ToString) -> ExchangeError {
    ExchangeError::Damaged {
        detail: error.to_string(),
    }
}

fn visible(sheets: &[Sheet]) -> Vec<String> {
    let shown = sheets.iter().filter(|sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    });
    shown.map(|sheet| sheet.name.clone()).collect()
}

fn read_xlsx(bytes: &[u8]) -> Result<Vec<Grid>, ExchangeError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut grids = Vec::new();
    let mut count = 0u64;
    for name in visible(workbook.sheets_metadata()) {
        let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
        let mut reader = workbook
            .worksheet_cells_reader(&name)
            .map_err(|error| damaged(&error))?;
        while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
            let (row, column) = cell.get_position();
            let (text, error) = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::Int(number) => (number.to_string(), false),
                DataRef::Float(number) => (shown(*number), false),
                DataRef::String(text) => (text.clone(), false),
                DataRef::SharedString(text) => ((*text).to_owned(), false),
                DataRef::Bool(truth) => (truth.to_string().to_uppercase(), false),
                DataRef::DateTime(moment) => (day(moment), false),
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), false),
                DataRef::Error(error) => (error.to_string(), true),
            };
            push(
                &mut rows,
                &mut count,
                row,
                Cell {
                    column,
                    text,
                    error,
                },
            )?;
        }
        drop(reader);
        let merges = workbook
            .merge_cells_by_sheet_name(&name)
            .map_err(|error| damaged(&error))?;
        grids.push(Grid::new(&name, rows, &merges));
    }
    Ok(grids)
}

fn read_xls(bytes: &[u8]) -> Result<Vec<Grid>, ExchangeError> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ExchangeError::Encrypted,
        other => damaged(&other),
    })?;
    let mut grids = Vec::new();
    let mut count = 0u64;
    for name in visible(workbook.sheets_metadata()) {
        let range = workbook
            .worksheet_range(&name)
            .map_err(|error| damaged(&error))?;
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
        for (row, column, data) in range.used_cells() {
            let (text, error) = match data {
                Data::Empty => continue,
                Data::Int(number) => (number.to_string(), false),
                Data::Float(number) => (shown(*number), false),
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                    (text.clone(), false)
                }
                Data::Bool(truth) => (truth.to_string().to_uppercase(), false),
                Data::DateTime(moment) => (day(moment), false),
                Data::Error(error) => (error.to_string(), true),
            };
            let position = |offset: usize, start: u32| {
                u32::try_from(offset)
                    .unwrap_or(u32::MAX)
                    .saturating_add(start)
            };
            push(
                &mut rows,
                &mut count,
                position(row, first_row),
                Cell {
                    column: position(column, first_column),
                    text,
                    error,
                },
            )?;
        }
        let merges = workbook
            .merge_cells_by_sheet_name(&name)
            .map_err(|error| damaged(&error))?;
        grids.push(Grid::new(&name, rows, &merges));
    }
    Ok(grids)
}

fn push(
    rows: &mut BTreeMap<u32, Vec<Cell>>,
    count: &mut u64,
    row: u32,
    cell: Cell,
) -> Result<(), ExchangeError> {
    if normalize(&cell.text).is_empty() {
        return Ok(());
    }
    *count += 1;
    if *count > CELL_LIMIT {
        return Err(ExchangeError::TooManyCells { limit: CELL_LIMIT });
    }
    rows.entry(row).or_default().push(cell);
    Ok(())
}

/// A number as Excel shows it: 15 significant digits, so that 20238.530000000002 is 20238.53.
fn shown(number: f64) -> String {
    if !number.is_finite() {
        return "#NUM!".to_owned();
    }
    format!("{number:.14e}")
        .parse::<f64>()
        .map_or_else(|_| number.to_string(), |rounded| rounded.to_string())
}

fn day(moment: &ExcelDateTime) -> String {
    match moment.as_datetime() {
        Some(at) if !moment.is_duration() => at.format("%Y-%m-%d").to_string(),
        _ => shown(moment.as_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(20_238.530_000_000_002, "20238.53")]
    #[case(61.2, "61.2")]
    #[case(0.1 + 0.2, "0.3")]
    #[case(307.0, "307")]
    #[case(f64::NAN, "#NUM!")]
    fn numbers(#[case] number: f64, #[case] expected: &str) {
        assert_eq!(shown(number), expected);
    }

    #[rstest]
    #[case(0, "A")]
    #[case(25, "Z")]
    #[case(26, "AA")]
    #[case(701, "ZZ")]
    #[case(702, "AAA")]
    fn column_letters(#[case] column: u32, #[case] expected: &str) {
        assert_eq!(letters(column), expected);
    }

    #[test]
    fn a_stumbling_reader_is_a_damaged_file() {
        let result: Result<(), _> = guarded(|| panic!("broken record"));
        assert!(matches!(result, Err(ExchangeError::Damaged { .. })));
    }

    #[test]
    fn cells_are_counted_up_to_a_limit() {
        let mut rows = BTreeMap::new();
        let mut count = CELL_LIMIT - 1;
        let cell = || Cell {
            column: 0,
            text: "甲".to_owned(),
            error: false,
        };
        assert_eq!(push(&mut rows, &mut count, 0, cell()), Ok(()));
        let refused = ExchangeError::TooManyCells { limit: CELL_LIMIT };
        assert_eq!(push(&mut rows, &mut count, 1, cell()), Err(refused));
    }
}
