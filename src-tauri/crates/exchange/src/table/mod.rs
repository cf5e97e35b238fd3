//! Tables in sheets, whoever made them: where the header is, what its columns mean, what the rows
//! say. Everything is proposed with its reason; a person may correct it before anything is stored.
//!
//! [`read_tables`] does the first two steps for a whole file, [`extract`] the third.

mod checks;
mod columns;
mod facts;
mod fingerprint;
mod header;
mod headings;
mod mapping;
mod roles;
mod rows;
mod target;
mod title;
mod unit;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use checks::{Check, CheckScope};
pub use header::find_tables;
pub use mapping::{ColumnMatch, Mapping, Reason, propose_mapping, propose_mapping_as};
pub use rows::{
    Key, Problem, RowProblem, Rows, SourceCell, SourceRow, Weight, duplicates, extract,
};
pub use target::Target;
pub use unit::HeaderUnit;
pub use vocabulary::Vocabulary;

use std::ops::Range;

use chrono::NaiveDate;

use crate::ExchangeError;
use crate::book::{Book, read_book, read_pasted};

/// A column as its header names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Column, counted from 0.
    pub index: u32,
    /// Letter of the sheet: `I`.
    pub letter: String,
    /// Header texts from the top level down; none when cells stand under no header.
    pub path: Vec<String>,
    /// Cells of the header: `I3:I4`; empty without a header.
    pub range: String,
    /// The first different texts in it, three at most.
    pub samples: Vec<String>,
    /// Filled cells under the header, subtotals too.
    pub filled: u32,
    /// The column is hidden in the sheet.
    pub hidden: bool,
}

/// What a line of the body is, apart from a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    /// 小计, 合计: compared, never imported.
    Total {
        /// The word that tells it.
        word: &'static str,
    },
    /// The header once more, as on every printed page.
    RepeatedHeader,
    /// 填表人, 注, 说明, or a title once more.
    Footnote,
    /// The line 1, 2, 3 … that some forms print under the header.
    Numbering,
    /// A line that only names the building of the rows below it.
    Section,
}

/// Where the building of a whole table is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildingSource {
    /// By the name on the tab.
    SheetName,
    /// By a line above the table.
    Title,
}

/// What the lines above a table tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title.
    pub title: Option<String>,
    /// 小区/家属院.
    pub compound: Option<String>,
    /// 街道.
    pub subdistrict: Option<String>,
    /// 社区.
    pub community: Option<String>,
    /// 填报日期.
    pub filled_on: Option<NaiveDate>,
    /// Somewhere it says 示例: invented data.
    pub is_sample: bool,
    /// Canonical name of the building that every row belongs to, and where that is told.
    pub building: Option<(String, BuildingSource)>,
    /// Another building that the title names where the tab was believed, or the other way round:
    /// people should look.
    pub other_building: Option<String>,
    /// Canonical name of the entrance that the tab tells beside it.
    pub entrance: Option<String>,
}

/// One table of a sheet; rows and columns counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet.
    pub sheet: String,
    /// Lines above the header: row and text.
    pub title_rows: Vec<(u32, String)>,
    /// Rows of the header, first and last; `None` for cells without one.
    pub header: Option<(u32, u32)>,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// Places of the body among the sheet's filled rows.
    pub body: Range<usize>,
    /// Rows of the body that are no records, in order.
    pub roles: Vec<(u32, RowRole)>,
    /// What the lines above tell.
    pub facts: Facts,
}

impl Table {
    /// What a row of the body is; `None` for a record.
    #[must_use]
    pub fn role(&self, row: u32) -> Option<RowRole> {
        self.roles
            .binary_search_by_key(&row, |(row, _)| *row)
            .ok()
            .map(|place| self.roles[place].1)
    }

    /// Number of records.
    #[must_use]
    pub fn record_count(&self) -> usize {
        self.body.len() - self.roles.len()
    }

    /// The unit of a column's header, when its target is typed in another: cells are converted.
    #[must_use]
    pub fn unit(&self, place: usize, target: Target) -> Option<HeaderUnit> {
        let field = target.field()?;
        HeaderUnit::of(&self.columns.get(place)?.path, field)
    }

    /// Place among [`Table::columns`] of a sheet's column.
    #[must_use]
    pub fn place_of(&self, column: u32) -> Option<usize> {
        self.columns
            .binary_search_by_key(&column, |found| found.index)
            .ok()
    }
}

/// A table, and what it is proposed to mean.
#[derive(Debug)]
pub struct FoundTable {
    /// Place of its sheet in [`Book::sheets`].
    pub sheet: usize,
    /// The table.
    pub table: Table,
    /// The proposal.
    pub mapping: Mapping,
}

/// A file with its tables.
#[derive(Debug)]
pub struct Tables {
    /// The file.
    pub book: Book,
    /// Tables of the visible sheets, in order.
    pub tables: Vec<FoundTable>,
}

impl Tables {
    /// Takes apart the rows of every table by its mapping as it stands, in the order of
    /// [`Tables::tables`]; what stands twice in the file is told at the later place.
    #[must_use]
    pub fn extract(&self) -> Vec<Rows> {
        let mut rows: Vec<Rows> = self
            .tables
            .iter()
            .map(|found| extract(&self.book, found.sheet, &found.table, &found.mapping))
            .collect();
        duplicates(&mut rows);
        rows
    }
}

/// Reads a file, finds its tables and proposes what they mean.
///
/// # Errors
/// Those of [`read_book`]; `NoTable` when no visible sheet has a table.
pub fn read_tables(bytes: &[u8], name: &str) -> Result<Tables, ExchangeError> {
    tables_of(read_book(bytes, name)?, name)
}

/// The same for a block that was copied from a grid.
///
/// # Errors
/// Those of [`read_pasted`]; `NoTable`.
pub fn read_pasted_tables(text: &str) -> Result<Tables, ExchangeError> {
    tables_of(read_pasted(text)?, "")
}

fn tables_of(book: Book, name: &str) -> Result<Tables, ExchangeError> {
    let vocabulary = Vocabulary::standard();
    let mut tables = Vec::new();
    for (place, sheet) in book.sheets.iter().enumerate() {
        if sheet.hidden {
            continue;
        }
        for mut table in find_tables(sheet, vocabulary) {
            facts::complete(name, &mut table.facts);
            let mapping = propose_mapping(&table, vocabulary);
            tables.push(FoundTable {
                sheet: place,
                table,
                mapping,
            });
        }
    }
    if tables.is_empty() {
        return Err(ExchangeError::NoTable);
    }
    Ok(Tables { book, tables })
}
