//! The columns of a table: what stands above each and what is in it.

use std::borrow::Cow;
use std::ops::Range;

use super::Column;
use super::header::{Block, LEVELS, SEARCHED_COLUMNS};
use crate::book::{Sheet, Span};
use crate::form::column_letters;

/// Merged ranges that begin in these rows.
pub(super) fn spans_of(sheet: &Sheet, first: u32, last: u32) -> Vec<Span> {
    let start = sheet.spans.partition_point(|span| span.first_row < first);
    sheet.spans[start..]
        .iter()
        .take_while(|span| span.first_row <= last)
        .copied()
        .collect()
}

pub(super) fn columns(sheet: &Sheet, block: &Block) -> Vec<Column> {
    let rows = block.first_row..=block.last_row;
    let in_header = rows
        .clone()
        .flat_map(|row| sheet.row(row))
        .map(|cell| cell.column() + 1);
    let spans: Vec<Span> = spans_of(
        sheet,
        block.first_row.saturating_sub(LEVELS),
        block.last_row,
    )
    .into_iter()
    .filter(|span| span.last_row >= block.first_row)
    .collect();
    let spanned = spans.iter().map(|span| span.last_column + 1);
    let width = in_header.chain(spanned).max().unwrap_or(0);
    (0..width.min(SEARCHED_COLUMNS))
        .map(|index| {
            let letter = column_letters(index);
            let (first, last) = (block.first_row + 1, block.last_row + 1);
            let range = if first == last {
                format!("{letter}{first}")
            } else {
                format!("{letter}{first}:{letter}{last}")
            };
            Column {
                index,
                path: path(sheet, &spans, block, index),
                range,
                samples: Vec::new(),
                filled: 0,
                hidden: sheet.hidden_columns.binary_search(&index).is_ok(),
                letter,
            }
        })
        .collect()
}

/// Header texts over a column from the top level down, each once.
fn path(sheet: &Sheet, spans: &[Span], block: &Block, column: u32) -> Vec<String> {
    let mut path: Vec<String> = Vec::new();
    for row in block.first_row..=block.last_row {
        let text = match spans.iter().find(|span| span.contains(row, column)) {
            Some(span) => sheet.text_at(span.first_row.max(block.first_row), span.first_column),
            None => match sheet.text_at(row, column) {
                own if own.is_empty() && row < block.last_row => {
                    group_on_the_left(sheet, spans, block, row, column)
                }
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
fn group_on_the_left<'s>(
    sheet: &'s Sheet,
    spans: &[Span],
    block: &Block,
    row: u32,
    column: u32,
) -> Cow<'s, str> {
    let below =
        |column: u32| (row + 1..=block.last_row).any(|row| !sheet.text_at(row, column).is_empty());
    if !below(column) {
        return "".into();
    }
    let mut left = column;
    while left > 0 {
        left -= 1;
        if spans.iter().any(|span| span.contains(row, left)) || !below(left) {
            return "".into();
        }
        let text = sheet.text_at(row, left);
        if !text.is_empty() {
            return text;
        }
    }
    "".into()
}

/// Filled cells and samples of each column; columns right of the header are added without a path.
pub(super) fn count(sheet: &Sheet, columns: &mut Vec<Column>, body: Range<usize>) {
    for place in body {
        let (_, cells) = sheet.filled_row(place);
        for cell in cells {
            let index = cell.column();
            if index >= SEARCHED_COLUMNS {
                continue;
            }
            while columns.len() <= index as usize {
                let next = u32::try_from(columns.len()).unwrap_or(u32::MAX);
                columns.push(Column {
                    index: next,
                    letter: column_letters(next),
                    path: Vec::new(),
                    range: String::new(),
                    samples: Vec::new(),
                    filled: 0,
                    hidden: sheet.hidden_columns.binary_search(&next).is_ok(),
                });
            }
            let column = &mut columns[index as usize];
            column.filled += 1;
            if column.samples.len() < 3 {
                let text = sheet.text(cell);
                if !column.samples.iter().any(|sample| **sample == *text) {
                    column.samples.push(text.chars().take(60).collect());
                }
            }
        }
    }
}
