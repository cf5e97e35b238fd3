//! The rows that need a hand, as they stand in the file, under its own header: people correct
//! them there and import that file.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};

use super::styles::Styles;
use super::{column_number, limited, page, tab_name, unwritable};
use crate::ExchangeError;
use crate::book::{Cell, Content, Sheet, Span};
use crate::table::{FoundTable, RowRole, Rows, Tables, Target};

/// Heading of the added first column; the reader passes over it.
pub const REASON_HEADING: &str = "需要修改的原因";

/// A row that needs a hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Place of its table in [`Tables::tables`].
    pub table: usize,
    /// Row of the sheet, counted from 1.
    pub row: u32,
    /// Sentences for people, one a line.
    pub reason: String,
    /// Places of the columns in question, to be marked.
    pub columns: Vec<usize>,
}

/// Writes one sheet per table that has such rows: an added first column with the reasons, the
/// header as found with its merged cells, the rows with all their columns. A building or entrance
/// that a row took from above is written into it. `extracted` are the rows of the same tables.
///
/// # Errors
/// [`ExchangeError::Unwritable`].
pub fn write_bad_rows(
    tables: &Tables,
    extracted: &[Rows],
    bad: &[BadRow],
    created: NaiveDateTime,
) -> Result<Vec<u8>, ExchangeError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let styles = Styles::default();
    let mut names = Vec::new();
    for (place, found) in tables.tables.iter().enumerate() {
        let mut rows: BTreeMap<u32, (String, Vec<usize>)> = BTreeMap::new();
        for row in bad.iter().filter(|row| row.table == place) {
            let (reason, columns) = rows.entry(row.row).or_default();
            if !reason.is_empty() {
                reason.push('\n');
            }
            reason.push_str(&row.reason);
            columns.extend(&row.columns);
        }
        if rows.is_empty() {
            continue;
        }
        let name = tab_name(&found.table.sheet, &names);
        let worksheet = workbook.add_worksheet();
        let sheet = &tables.book.sheets[found.sheet];
        let mut page = Page {
            worksheet,
            sheet,
            found,
            styles: &styles,
            next: 0,
        };
        page.worksheet
            .set_name(&name)
            .map_err(|error| unwritable(&error))?;
        page.write(extracted.get(place), &rows)
            .map_err(|error| unwritable(&error))?;
        names.push(name);
    }
    if names.is_empty() {
        workbook.add_worksheet();
    }
    workbook
        .save_to_buffer()
        .map_err(|error| unwritable(&error))
}

struct Page<'p> {
    worksheet: &'p mut Worksheet,
    sheet: &'p Sheet,
    found: &'p FoundTable,
    styles: &'p Styles,
    /// Row that is written next.
    next: u32,
}

impl Page<'_> {
    fn write(
        &mut self,
        extracted: Option<&Rows>,
        rows: &BTreeMap<u32, (String, Vec<usize>)>,
    ) -> Result<(), XlsxError> {
        let table = &self.found.table;
        for (row, _) in &table.title_rows {
            self.line(*row, &self.styles.note, &[])?;
        }
        let header = self.header()?;
        self.worksheet.set_column_width_pixels(0, 260)?;
        let mut sections = table
            .roles
            .iter()
            .filter(|(_, role)| *role == RowRole::Section)
            .peekable();
        let mut records = extracted.map_or([].iter(), |rows| rows.rows.iter());
        let body = self.styles.body(jiugai_domain::FieldType::LongText);
        for (row, (reason, columns)) in rows {
            let mut section = None;
            while let Some((at, _)) = sections.next_if(|(at, _)| at + 1 < *row) {
                section = Some(*at);
            }
            if let Some(section) = section {
                self.line(section, body, &[])?;
            }
            let record = records.find(|record| record.row >= *row);
            self.worksheet
                .write_string_with_format(self.next, 0, limited(reason), body)?;
            let line = self.next;
            self.line(row - 1, body, columns)?;
            let key = record
                .filter(|record| record.row == *row)
                .map(|found| &found.key);
            for (target, name) in [
                (Target::Compound, key.and_then(|key| key.compound.as_ref())),
                (Target::Building, key.and_then(|key| key.building.as_ref())),
                (Target::Entrance, key.and_then(|key| key.entrance.as_ref())),
            ] {
                let place = self.found.mapping.place_of(target);
                if let (Some(place), Some(name)) = (place, name) {
                    let index = table.columns[place].index;
                    if self.sheet.cell(row - 1, index).is_none() {
                        let column = shifted(index);
                        self.worksheet
                            .write_string_with_format(line, column, name, body)?;
                    }
                }
            }
        }
        let width = 260 + 80 * u32::try_from(table.columns.len()).unwrap_or(0);
        page(self.worksheet, header, width)
    }

    /// The header as found, the heading of the reasons beside it; gives its last row.
    fn header(&mut self) -> Result<u32, XlsxError> {
        let Some((first, last)) = self.found.table.header else {
            return Ok(0);
        };
        let style = &self.styles.header;
        let start = self.next;
        let end = start + (last - first);
        if end > start {
            self.worksheet.merge_range(start, 0, end, 0, "", style)?;
        }
        self.worksheet
            .write_string_with_format(start, 0, REASON_HEADING, style)?;
        let spans: Vec<Span> = self
            .sheet
            .spans
            .iter()
            .filter(|span| span.first_row >= first && span.last_row <= last)
            .copied()
            .collect();
        for span in &spans {
            self.worksheet.merge_range(
                start + span.first_row - first,
                shifted(span.first_column),
                start + span.last_row - first,
                shifted(span.last_column),
                "",
                style,
            )?;
        }
        for row in first..=last {
            self.line(row, style, &[])?;
        }
        Ok(end)
    }

    /// One row of the sheet, one column further right.
    fn line(&mut self, row: u32, style: &Format, marked: &[usize]) -> Result<(), XlsxError> {
        for cell in self.sheet.row(row) {
            let place = self.found.table.place_of(cell.column());
            let is_marked = place.is_some_and(|place| marked.contains(&place));
            let style = if is_marked {
                &self.styles.marked
            } else {
                style
            };
            self.cell(cell, style)?;
        }
        for place in marked {
            let index = self
                .found
                .table
                .columns
                .get(*place)
                .map(|column| column.index);
            if let Some(index) = index.filter(|index| self.sheet.cell(row, *index).is_none()) {
                self.worksheet
                    .write_blank(self.next, shifted(index), &self.styles.marked)?;
            }
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, cell: &Cell, style: &Format) -> Result<(), XlsxError> {
        let (row, column) = (self.next, shifted(cell.column()));
        match self.sheet.content(cell) {
            Content::Number(number) => {
                self.worksheet
                    .write_number_with_format(row, column, number, style)?;
            }
            Content::Date(day) => {
                let style = self.styles.day();
                self.worksheet
                    .write_datetime_with_format(row, column, day, style)?;
            }
            Content::Text(text) => {
                let style = self.styles.text(text, style);
                self.worksheet
                    .write_string_with_format(row, column, limited(text), style)?;
            }
            Content::Bool(_) | Content::Error(_) => {
                let text = self.sheet.text(cell);
                self.worksheet
                    .write_string_with_format(row, column, limited(&text), style)?;
            }
        }
        Ok(())
    }
}

fn shifted(column: u32) -> u16 {
    column_number(column as usize + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{SourceRow, read_tables};
    use chrono::NaiveDate;
    use rstest::rstest;

    fn noon() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 3, 5)
            .and_then(|day| day.and_hms_opt(12, 0, 0))
            .expect("a day")
    }

    fn bad(extracted: &[Rows]) -> Vec<BadRow> {
        let all = extracted.iter().enumerate().flat_map(|(table, rows)| {
            rows.rows
                .iter()
                .filter(|row| row.weight().is_some())
                .map(move |row: &SourceRow| BadRow {
                    table,
                    row: row.row,
                    reason: "与合计不符：请核对".to_owned(),
                    columns: row
                        .cells
                        .iter()
                        .filter(|cell| cell.problem.is_some())
                        .map(|cell| usize::from(cell.column))
                        .collect(),
                })
        });
        all.collect()
    }

    const FLAT: &str = "示例小区摸底表\n楼号,单元,房号,面积,入住日期\n1号楼,1,101,61.2,\n,,102,约60,2021-03-05\n2号楼,1,101,,\n,2,,50,\n";
    const SECTIONS: &str =
        "单元,房号,面积,人口\n1号楼,,,\n1,101,约60,3\n1,102,50,2\n2号楼（1户）,,,\n1,101,约50,1\n";

    #[rstest]
    #[case(FLAT, 2)]
    #[case(SECTIONS, 2)]
    fn the_file_of_bad_rows_maps_and_places_the_same(#[case] text: &str, #[case] expected: usize) {
        let tables = read_tables(text.as_bytes(), "示例.csv").expect("tables");
        let extracted = tables.extract();
        let bad = bad(&extracted);
        assert_eq!(bad.len(), expected);
        let bytes = write_bad_rows(&tables, &extracted, &bad, noon()).expect("written");
        let again = read_tables(&bytes, "需要修改.xlsx").expect("tables");
        let (before, after) = (&tables.tables[0].mapping, &again.tables[0].mapping);
        assert_eq!(before.kind, after.kind);
        let targets: Vec<Target> = after.columns.iter().map(|column| column.target).collect();
        assert_eq!(targets[0], Target::Ignore);
        let wanted: Vec<Target> = before.columns.iter().map(|column| column.target).collect();
        assert_eq!(targets[1..], wanted[..]);
        let read = again.extract();
        let keys = |rows: &Rows, only: &[BadRow]| -> Vec<_> {
            rows.rows
                .iter()
                .filter(|row| only.is_empty() || only.iter().any(|bad| bad.row == row.row))
                .map(|row| (row.key.clone(), row.cells.len()))
                .collect()
        };
        let (was, is) = (keys(&extracted[0], &bad), keys(&read[0], &[]));
        assert_eq!(was, is);
    }

    #[test]
    fn a_header_of_two_levels_comes_back() {
        const BYTES: &[u8] =
            include_bytes!("../../../api/data/sample/摸底台账_五交化家属院_示例.xlsx");
        let tables = read_tables(BYTES, "示例.xlsx").expect("tables");
        let extracted = tables.extract();
        let bad: Vec<BadRow> = [5, 60, 200]
            .map(|row| BadRow {
                table: 0,
                row,
                reason: "请核对".to_owned(),
                columns: vec![8],
            })
            .into();
        let bytes = write_bad_rows(&tables, &extracted, &bad, noon()).expect("written");
        let again = read_tables(&bytes, "").expect("tables");
        let (before, after) = (&tables.tables[0], &again.tables[0]);
        assert_eq!(after.mapping.columns[1..], before.mapping.columns[..]);
        let paths = |found: &FoundTable, skip: usize| -> Vec<Vec<String>> {
            let columns = found.table.columns.iter().skip(skip);
            columns.map(|column| column.path.clone()).collect()
        };
        assert_eq!(paths(after, 1), paths(before, 0));
        let rows = again.extract().remove(0);
        assert_eq!(rows.rows.len(), 3);
        for row in &rows.rows {
            let same = extracted[0]
                .rows
                .iter()
                .find(|old| old.key == row.key)
                .expect("a row");
            let values = |row: &SourceRow| -> Vec<_> {
                row.cells.iter().map(|cell| cell.value.clone()).collect()
            };
            assert_eq!(values(same), values(row));
        }
    }
}
