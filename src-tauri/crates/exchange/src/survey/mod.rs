//! The survey ledger (入户摸底台账) of a compound: one row per dwelling, under a header of one to
//! three levels, with merged building cells, subtotals and footnotes.
//!
//! Every visible sheet with a recognisable header is read, so that a workbook with one sheet per
//! building works. A bad cell or row becomes an [`Issue`]; nothing but an unreadable file aborts.

pub(crate) mod column;
mod header;
mod issue;
mod ledger;
mod rows;
pub(crate) mod title;
pub(crate) mod totals;

#[cfg(test)]
mod tests;

pub use column::Target;
pub use issue::{ColumnRef, Issue, IssueCode, Severity};
pub use ledger::{
    Dwelling, MappedColumn, OriginalRow, SubtotalCheck, SubtotalScope, SurveyLedger, SurveyRow,
    UnmappedColumn,
};

use crate::grid::{self, Grid};
use crate::{ExchangeError, NeededColumn};
use header::Table;

/// Reads a survey ledger from the bytes of an .xlsx, .xlsm or .xls.
/// `file_name` only helps to find the compound's name when no title tells it.
///
/// # Errors
/// [`ExchangeError`], when there is no table to read at all.
pub fn read_survey(bytes: &[u8], file_name: &str) -> Result<SurveyLedger, ExchangeError> {
    let grids = grid::read(bytes)?;
    let mut ledger = SurveyLedger::default();
    let mut missing = None;
    let mut reading = rows::Reading::default();
    for grid in &grids {
        let Some(table) = header::detect(grid) else {
            continue;
        };
        let building = title::building_of_sheet(grid, &table);
        if let Some(column) = needed(&table, building.is_some()) {
            missing.get_or_insert_with(|| missing_column(grid, &table, column));
            continue;
        }
        title::read(grid, &table, &mut ledger);
        rows::read(grid, &table, building, &mut reading, &mut ledger);
        ledger.sheets.push(grid.name.clone());
    }
    if ledger.sheets.is_empty() {
        return Err(missing.unwrap_or(ExchangeError::NoTable));
    }
    title::complete(file_name, &mut ledger);
    Ok(ledger)
}

fn needed(table: &Table, building_known: bool) -> Option<NeededColumn> {
    let has = |target| table.column_of(target).is_some();
    if has(Target::Address) {
        None
    } else if !has(Target::Room) {
        Some(NeededColumn::Room)
    } else if !has(Target::Building) && !building_known {
        Some(NeededColumn::Building)
    } else {
        None
    }
}

fn missing_column(grid: &Grid, table: &Table, column: NeededColumn) -> ExchangeError {
    let mut headers: Vec<(u32, String)> = table
        .mapped
        .iter()
        .map(|mapped| (mapped.index, mapped.column.label.clone()))
        .collect();
    headers.extend(
        table
            .unmapped
            .iter()
            .map(|unmapped| (unmapped.index, unmapped.column.label.clone())),
    );
    headers.sort();
    let found = headers
        .into_iter()
        .map(|(_, label)| label)
        .filter(|label| !label.is_empty())
        .collect();
    ExchangeError::MissingColumn {
        sheet: grid.name.clone(),
        row: table.last_row + 1,
        column,
        found,
    }
}
