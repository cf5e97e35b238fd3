//! One sheet: rows of filled cells, each text kept once, merged ranges, hidden rows and columns.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use chrono::NaiveDate;

use super::{CELL_LIMIT, COLUMN_LIMIT, ROW_LIMIT};
use crate::ExchangeError;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Content<'a> {
    /// Text.
    Text(&'a str),
    /// A number; [`Sheet::text`] writes it as Excel shows it.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// TRUE or FALSE.
    Bool(bool),
    /// The error of a formula (#REF!).
    Error(&'a str),
}

#[derive(Debug, Clone, Copy)]
enum Stored {
    Text(u32),
    Number(f64),
    Date(NaiveDate),
    Bool(bool),
    Error(u32),
}

/// One filled cell of a [`Sheet`], which keeps its text.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    stored: Stored,
    column: u16,
    formula: bool,
}

impl Cell {
    /// Column, counted from 0.
    #[must_use]
    pub fn column(&self) -> u32 {
        u32::from(self.column)
    }

    /// A formula computed what stands in it.
    #[must_use]
    pub fn is_formula(&self) -> bool {
        self.formula
    }

    /// It shows the error of a formula.
    #[must_use]
    pub fn is_error(&self) -> bool {
        matches!(self.stored, Stored::Error(_))
    }

    /// A number or a day, not text.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.stored, Stored::Number(_) | Stored::Date(_))
    }

    /// Number of the text within the sheet's texts; equal texts have equal numbers.
    pub(crate) fn text_id(&self) -> Option<u32> {
        match self.stored {
            Stored::Text(id) | Stored::Error(id) => Some(id),
            _ => None,
        }
    }
}

/// A merged range, rows and columns counted from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First row.
    pub first_row: u32,
    /// First column.
    pub first_column: u32,
    /// Last row.
    pub last_row: u32,
    /// Last column.
    pub last_column: u32,
}

impl Span {
    /// The cell lies in the range.
    #[must_use]
    pub fn contains(&self, row: u32, column: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row)
            && (self.first_column..=self.last_column).contains(&column)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.first_row <= other.last_row
            && other.first_row <= self.last_row
            && self.first_column <= other.last_column
            && other.first_column <= self.last_column
    }
}

/// Every different text once, end to end.
#[derive(Debug, Default)]
struct Texts {
    joined: String,
    ends: Vec<u32>,
}

impl Texts {
    fn get(&self, id: u32) -> &str {
        let at = id as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.joined[start as usize..self.ends[at] as usize]
    }
}

#[derive(Debug, Clone, Copy)]
struct Row {
    index: u32,
    start: u32,
}

/// One sheet of a book.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    /// The tab is hidden.
    pub hidden: bool,
    /// Merged ranges in order of rows; none lies over another.
    pub spans: Vec<Span>,
    /// Hidden rows, counted from 0, in order.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, counted from 0, in order.
    pub hidden_columns: Vec<u32>,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    texts: Texts,
}

impl Sheet {
    /// No filled cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Number of filled rows.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Number of filled cells.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// The filled row at a place in the order of filled rows: its number (from 0) and its cells.
    #[must_use]
    pub fn filled_row(&self, place: usize) -> (u32, &[Cell]) {
        let start = self.rows[place].start as usize;
        let end = self
            .rows
            .get(place + 1)
            .map_or(self.cells.len(), |next| next.start as usize);
        (self.rows[place].index, &self.cells[start..end])
    }

    /// Filled rows in order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = (u32, &[Cell])> + ExactSizeIterator {
        (0..self.rows.len()).map(|place| self.filled_row(place))
    }

    /// Place of the first filled row at or after a row number.
    #[must_use]
    pub fn place_of(&self, row: u32) -> usize {
        self.rows.partition_point(|filled| filled.index < row)
    }

    /// Cells of a row (counted from 0), in order of columns; none for a blank row.
    #[must_use]
    pub fn row(&self, row: u32) -> &[Cell] {
        let place = self.place_of(row);
        match self.rows.get(place) {
            Some(filled) if filled.index == row => self.filled_row(place).1,
            _ => &[],
        }
    }

    /// The filled cell at a place.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        find(self.row(row), column)
    }

    /// What stands in a cell.
    #[must_use]
    pub fn content(&self, cell: &Cell) -> Content<'_> {
        match cell.stored {
            Stored::Text(id) => Content::Text(self.texts.get(id)),
            Stored::Number(number) => Content::Number(number),
            Stored::Date(day) => Content::Date(day),
            Stored::Bool(truth) => Content::Bool(truth),
            Stored::Error(id) => Content::Error(self.texts.get(id)),
        }
    }

    /// What stands in a cell, as Excel shows it: numbers with 15 significant digits, days in ISO
    /// form.
    #[must_use]
    pub fn text(&self, cell: &Cell) -> Cow<'_, str> {
        match self.content(cell) {
            Content::Text(text) | Content::Error(text) => Cow::Borrowed(text),
            Content::Number(number) => Cow::Owned(shown(number)),
            Content::Date(day) => Cow::Owned(day.format("%Y-%m-%d").to_string()),
            Content::Bool(truth) => Cow::Borrowed(if truth { "TRUE" } else { "FALSE" }),
        }
    }

    /// The text at a place, empty for a blank cell.
    #[must_use]
    pub fn text_at(&self, row: u32, column: u32) -> Cow<'_, str> {
        self.cell(row, column)
            .map_or(Cow::Borrowed(""), |cell| self.text(cell))
    }

    /// Number of different texts.
    pub(crate) fn text_count(&self) -> usize {
        self.texts.ends.len()
    }

    /// Drops ranges that lie over an earlier one, or turn around; gives how many.
    pub(super) fn drop_overlaps(&mut self) -> u32 {
        let before = self.spans.len();
        self.spans.retain(|span| {
            span.first_row <= span.last_row
                && span.first_column <= span.last_column
                && (span.first_row, span.first_column) != (span.last_row, span.last_column)
        });
        self.spans
            .sort_by_key(|span| (span.first_row, span.first_column));
        let mut open: Vec<Span> = Vec::new();
        self.spans.retain(|span| {
            open.retain(|other| other.last_row >= span.first_row);
            let free = !open.iter().any(|other| other.overlaps(span));
            if free {
                open.push(*span);
            }
            free
        });
        u32::try_from(before - self.spans.len()).unwrap_or(u32::MAX)
    }
}

/// The cell of a column among the cells of a row.
#[must_use]
pub(crate) fn find(cells: &[Cell], column: u32) -> Option<&Cell> {
    cells
        .binary_search_by_key(&column, Cell::column)
        .ok()
        .map(|place| &cells[place])
}

/// Fills a sheet cell by cell.
pub(crate) struct SheetBuilder<'c> {
    sheet: Sheet,
    ids: HashMap<u64, u32>,
    hasher: RandomState,
    /// Filled cells of the whole book so far.
    count: &'c mut u64,
    disordered: bool,
}

impl<'c> SheetBuilder<'c> {
    pub(crate) fn new(name: &str, hidden: bool, count: &'c mut u64) -> Self {
        Self {
            sheet: Sheet {
                name: name.to_owned(),
                hidden,
                ..Sheet::default()
            },
            ids: HashMap::new(),
            hasher: RandomState::new(),
            count,
            disordered: false,
        }
    }

    /// The sheet so far, for what is not cells.
    pub(crate) fn sheet(&mut self) -> &mut Sheet {
        &mut self.sheet
    }

    /// Number of a text; a text of blanks has none.
    pub(crate) fn id(&mut self, text: &str) -> Result<Option<u32>, ExchangeError> {
        let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
        if text.chars().all(blank) {
            return Ok(None);
        }
        let hash = self.hasher.hash_one(text);
        if let Some(id) = self.ids.get(&hash)
            && self.sheet.texts.get(*id) == text
        {
            return Ok(Some(*id));
        }
        let limit = u64::from(u32::MAX);
        self.sheet.texts.joined.push_str(text);
        let Ok(end) = u32::try_from(self.sheet.texts.joined.len()) else {
            return Err(ExchangeError::TooLarge {
                bytes: self.sheet.texts.joined.len() as u64,
                limit,
            });
        };
        let id = u32::try_from(self.sheet.texts.ends.len())
            .map_err(|_| ExchangeError::TooManyCells { limit: CELL_LIMIT })?;
        self.sheet.texts.ends.push(end);
        self.ids.insert(hash, id);
        Ok(Some(id))
    }

    /// Adds a cell whose text has a number already.
    pub(crate) fn push_id(
        &mut self,
        row: u32,
        column: u32,
        id: u32,
        formula: bool,
    ) -> Result<(), ExchangeError> {
        self.store(row, column, Stored::Text(id), formula)
    }

    /// Adds a cell; blanks are left out. Cells past the edge of every real sheet are damage.
    pub(crate) fn push(
        &mut self,
        row: u32,
        column: u32,
        content: Content<'_>,
        formula: bool,
    ) -> Result<(), ExchangeError> {
        let stored = match content {
            Content::Text(text) => match self.id(text)? {
                Some(id) => Stored::Text(id),
                None => return Ok(()),
            },
            Content::Error(text) => match self.id(text)? {
                Some(id) => Stored::Error(id),
                None => return Ok(()),
            },
            Content::Number(number) if number.is_finite() => Stored::Number(number),
            Content::Number(_) => match self.id("#NUM!")? {
                Some(id) => Stored::Error(id),
                None => return Ok(()),
            },
            Content::Date(day) => Stored::Date(day),
            Content::Bool(truth) => Stored::Bool(truth),
        };
        self.store(row, column, stored, formula)
    }

    fn store(
        &mut self,
        row: u32,
        column: u32,
        stored: Stored,
        formula: bool,
    ) -> Result<(), ExchangeError> {
        let narrow = u16::try_from(column).ok().filter(|_| column < COLUMN_LIMIT);
        let (Some(narrow), true) = (narrow, row < ROW_LIMIT) else {
            return Err(ExchangeError::Damaged {
                detail: format!("a cell at row {row}, column {column}"),
            });
        };
        *self.count += 1;
        if *self.count > CELL_LIMIT {
            return Err(ExchangeError::TooManyCells { limit: CELL_LIMIT });
        }
        let start = u32::try_from(self.sheet.cells.len())
            .map_err(|_| ExchangeError::TooManyCells { limit: CELL_LIMIT })?;
        match self.sheet.rows.last() {
            Some(last) if last.index == row => {
                let before = self.sheet.cells.last();
                self.disordered |= before.is_some_and(|before| before.column >= narrow);
            }
            last => {
                self.disordered |= last.is_some_and(|last| last.index > row);
                self.sheet.rows.push(Row { index: row, start });
            }
        }
        self.sheet.cells.push(Cell {
            stored,
            column: narrow,
            formula,
        });
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Sheet {
        if self.disordered {
            let mut cells: Vec<(u32, Cell)> = self
                .sheet
                .rows()
                .flat_map(|(row, cells)| cells.iter().map(move |cell| (row, *cell)))
                .collect();
            cells.sort_by_key(|(row, cell)| (*row, cell.column));
            cells.dedup_by_key(|(row, cell)| (*row, cell.column));
            self.sheet.rows.clear();
            self.sheet.cells.clear();
            for (start, (row, cell)) in (0u32..).zip(cells) {
                if self.sheet.rows.last().is_none_or(|last| last.index != row) {
                    self.sheet.rows.push(Row { index: row, start });
                }
                self.sheet.cells.push(cell);
            }
        }
        self.sheet.hidden_rows.sort_unstable();
        self.sheet.hidden_rows.dedup();
        self.sheet.hidden_columns.sort_unstable();
        self.sheet.hidden_columns.dedup();
        self.sheet.rows.shrink_to_fit();
        self.sheet.cells.shrink_to_fit();
        self.sheet
    }
}

/// A number as Excel shows it: 15 significant digits, so that 20238.530000000002 is 20238.53.
pub(crate) fn shown(number: f64) -> String {
    if !number.is_finite() {
        return "#NUM!".to_owned();
    }
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{:.0}", number + 0.0);
    }
    format!("{number:.14e}")
        .parse::<f64>()
        .map_or_else(|_| number.to_string(), |rounded| rounded.to_string())
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
    #[case(-0.0, "0")]
    #[case(1e15, "1000000000000000")]
    #[case(f64::NAN, "#NUM!")]
    fn numbers(#[case] number: f64, #[case] expected: &str) {
        assert_eq!(shown(number), expected);
    }

    #[test]
    fn cells_in_any_order_are_put_in_order() {
        let mut count = 0;
        let mut builder = SheetBuilder::new("表", false, &mut count);
        for (row, column, text) in [(2, 1, "丁"), (0, 1, "乙"), (0, 0, "甲"), (2, 1, "戊")] {
            let pushed = builder.push(row, column, Content::Text(text), false);
            assert_eq!(pushed, Ok(()));
        }
        let sheet = builder.finish();
        let told: Vec<_> = sheet
            .rows()
            .flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell)))
            .map(|(row, cell)| (row, cell.column(), sheet.text(cell).into_owned()))
            .collect();
        assert_eq!(
            told,
            [
                (0, 0, "甲".into()),
                (0, 1, "乙".into()),
                (2, 1, "丁".into())
            ]
        );
        assert_eq!(sheet.text_at(1, 0), "");
    }

    #[test]
    fn cells_are_counted_up_to_a_limit() {
        let mut count = CELL_LIMIT - 1;
        let mut builder = SheetBuilder::new("表", false, &mut count);
        assert_eq!(builder.push(0, 0, Content::Text("甲"), false), Ok(()));
        let refused = ExchangeError::TooManyCells { limit: CELL_LIMIT };
        assert_eq!(builder.push(1, 0, Content::Text("乙"), false), Err(refused));
    }

    #[test]
    fn ranges_over_one_another_keep_the_earlier() {
        let span = |first_row, first_column, last_row, last_column| Span {
            first_row,
            first_column,
            last_row,
            last_column,
        };
        let mut sheet = Sheet {
            spans: vec![
                span(0, 0, 1, 1),
                span(1, 1, 2, 2),
                span(3, 3, 3, 3),
                span(5, 5, 4, 4),
                span(2, 2, 2, 3),
            ],
            ..Sheet::default()
        };
        assert_eq!(sheet.drop_overlaps(), 3);
        assert_eq!(sheet.spans, [span(0, 0, 1, 1), span(2, 2, 2, 3)]);
    }
}
