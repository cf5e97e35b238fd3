//! Finding the header (one to three levels) by the density of known words, and its columns.

use super::column::{COLUMNS, HeaderPath, Match, header_key, is_header_word};
use super::{ColumnRef, MappedColumn, Target, UnmappedColumn};
use crate::grid::{Grid, letters};

/// Rows from the top among which the header is looked for.
const SEARCHED_ROWS: usize = 60;
/// Columns that are looked at.
const SEARCHED_COLUMNS: u32 = 400;
const LEVELS: u32 = 3;

/// A table of a sheet; rows and columns counted from 0.
pub(crate) struct Table {
    pub(crate) first_row: u32,
    pub(crate) last_row: u32,
    pub(crate) mapped: Vec<MappedColumn>,
    pub(crate) unmapped: Vec<UnmappedColumn>,
}

impl Table {
    pub(crate) fn column_of(&self, target: Target) -> Option<&MappedColumn> {
        self.mapped.iter().find(|column| column.target == target)
    }
}

/// Finds the table of a sheet.
pub(crate) fn detect(grid: &Grid) -> Option<Table> {
    let mut best: Option<(usize, u32)> = None;
    for (row, cells) in grid.rows.iter().take(SEARCHED_ROWS) {
        let texts = cells
            .iter()
            .filter(|cell| cell.column < SEARCHED_COLUMNS && !header_key(&cell.text).is_empty());
        let (mut filled, mut hits) = (0, 0);
        for cell in texts {
            filled += 1;
            hits += usize::from(is_header_word(&cell.text));
        }
        if hits >= 2 && hits * 2 >= filled && best.is_none_or(|(most, _)| hits > most) {
            best = Some((hits, *row));
        }
    }
    let (_, main) = best?;
    let (first_row, last_row) = levels(grid, main);
    let mut table = Table {
        first_row,
        last_row,
        mapped: Vec::new(),
        unmapped: Vec::new(),
    };
    map(grid, &mut table);
    (table.mapped.len() >= 2).then_some(table)
}

/// Grows the header from its densest row, upwards over group headings, downwards over details.
fn levels(grid: &Grid, main: u32) -> (u32, u32) {
    let mut first = main;
    while first > 0 && main - (first - 1) < LEVELS && is_group_row(grid, first - 1) {
        first -= 1;
    }
    let reaching = grid
        .spans
        .iter()
        .filter(|span| {
            (first..=main).contains(&span.first_row)
                && span.last_row > span.first_row
                && span.last_row - first < LEVELS
        })
        .filter(|span| is_header_word(grid.text(span.first_row, span.first_column)))
        .map(|span| span.last_row)
        .max();
    let mut last = reaching.unwrap_or(main).max(main);
    while last + 1 - first < LEVELS
        && (is_detail_row(grid, last + 1) || is_under_groups(grid, last))
    {
        last += 1;
    }
    (first, last)
}

fn is_group_row(grid: &Grid, row: u32) -> bool {
    let cells = grid.row(row);
    if cells.len() < 2
        || cells
            .iter()
            .any(|cell| cell.text.contains(['：', ':']) || cell.text.chars().count() > 14)
    {
        return false;
    }
    let reaches_down = grid
        .spans
        .iter()
        .any(|span| span.first_row == row && span.last_row > row);
    let hits = cells
        .iter()
        .filter(|cell| is_header_word(&cell.text))
        .count();
    let merged = cells
        .iter()
        .filter(|cell| grid.span(row, cell.column).is_some())
        .count();
    reaches_down || hits * 2 >= cells.len() || merged >= 2
}

fn is_detail_row(grid: &Grid, row: u32) -> bool {
    let cells = grid.row(row);
    let hits = cells
        .iter()
        .filter(|cell| is_header_word(&cell.text))
        .count();
    hits >= 1 && hits * 2 >= cells.len()
}

/// A row that has cells under merged group headings only: answers to tick, such as 自住, 出租.
fn is_under_groups(grid: &Grid, row: u32) -> bool {
    let below = grid.row(row + 1);
    let groups: Vec<_> = grid
        .spans
        .iter()
        .filter(|span| {
            span.first_row == row && span.last_row == row && span.first_column < span.last_column
        })
        .collect();
    !below.is_empty()
        && below
            .iter()
            .all(|cell| groups.iter().any(|span| span.contains(row, cell.column)))
}

fn map(grid: &Grid, table: &mut Table) {
    let width = grid
        .rows
        .iter()
        .flat_map(|(_, cells)| cells.last())
        .map(|cell| cell.column + 1)
        .max()
        .unwrap_or(0);
    let paths: Vec<Vec<String>> = (0..width.min(SEARCHED_COLUMNS))
        .map(|column| path(grid, table, column))
        .collect();
    let mut candidates: Vec<(Match, usize, usize)> = Vec::new();
    for (column, path) in paths.iter().enumerate() {
        if let Some(path) = HeaderPath::new(path) {
            candidates.extend(
                (0..COLUMNS.len()).filter_map(|index| Some((path.compare(index)?, column, index))),
            );
        }
    }
    candidates
        .sort_by_key(|(found, column, index)| (std::cmp::Reverse(found.score), *index, *column));
    let mut taken: Vec<Option<Match>> = vec![None; paths.len()];
    let mut targets: Vec<Option<usize>> = vec![None; COLUMNS.len()];
    let mut doubles: Vec<Option<usize>> = vec![None; paths.len()];
    for (found, column, index) in candidates {
        if taken[column].is_some() {
            continue;
        }
        match targets[index] {
            None => {
                taken[column] = Some(found);
                targets[index] = Some(column);
                doubles[column] = None;
            }
            Some(first) if doubles[column].is_none() => doubles[column] = Some(first),
            Some(_) => {}
        }
    }
    for (column, path) in paths.into_iter().enumerate() {
        let index = u32::try_from(column).unwrap_or(u32::MAX);
        let letter = letters(index);
        let range = if table.first_row == table.last_row {
            format!("{letter}{}", table.first_row + 1)
        } else {
            format!(
                "{letter}{}:{letter}{}",
                table.first_row + 1,
                table.last_row + 1
            )
        };
        let reference = ColumnRef {
            letter,
            label: path.last().cloned().unwrap_or_default(),
        };
        let sheet = grid.name.clone();
        let declared = targets.iter().position(|taken| *taken == Some(column));
        match (taken[column], declared) {
            (Some(found), Some(declared)) => table.mapped.push(MappedColumn {
                sheet,
                index,
                column: reference,
                path,
                range,
                target: COLUMNS[declared].target,
                word: found.word.to_owned(),
                exact: found.exact,
            }),
            _ => table.unmapped.push(UnmappedColumn {
                sheet,
                index,
                column: reference,
                path,
                range,
                samples: Vec::new(),
                filled: 0,
                double_of: doubles[column]
                    .and_then(|first| u32::try_from(first).ok())
                    .map(letters),
            }),
        }
    }
}

/// Header texts over a column from the top level down, each once.
fn path(grid: &Grid, table: &Table, column: u32) -> Vec<String> {
    let mut path: Vec<String> = Vec::new();
    for row in table.first_row..=table.last_row {
        let text = match grid.span(row, column) {
            Some(span) => grid.text(span.first_row.max(table.first_row), span.first_column),
            None => match grid.text(row, column) {
                "" if row < table.last_row => group_on_the_left(grid, table, row, column),
                own => own,
            },
        };
        let text = text.trim();
        if !text.is_empty() && path.last().is_none_or(|above| above != text) {
            path.push(text.to_owned());
        }
    }
    path
}

/// Without merging, a group heading stands over its first column only and the next ones are blank.
fn group_on_the_left<'g>(grid: &'g Grid, table: &Table, row: u32, column: u32) -> &'g str {
    let below =
        |column: u32| (row + 1..=table.last_row).any(|row| !grid.text(row, column).is_empty());
    if !below(column) {
        return "";
    }
    let mut left = column;
    while left > 0 {
        left -= 1;
        if grid.span(row, left).is_some() || !below(left) {
            return "";
        }
        let text = grid.text(row, left);
        if !text.is_empty() {
            return text;
        }
    }
    ""
}
