//! Finding tables: blocks of header rows (one to three) by the density of known words, with the
//! lines above and the rows below them.

use super::columns::{columns, count, spans_of};
use super::facts::facts;
use super::headings::is_header_word;
use super::roles::Roles;
use super::vocabulary::Vocabulary;
use super::{Column, Table, title};
use crate::address::split;
use crate::book::{Cell, Sheet, Span};

/// Rows from the top among which the first header is looked for.
const SEARCHED_ROWS: usize = 60;
/// Columns that are looked at.
pub(super) const SEARCHED_COLUMNS: u32 = 400;
pub(super) const LEVELS: u32 = 3;
/// Tables of one sheet at most.
const MOST_TABLES: usize = 200;

/// Knows header words, each different text of the sheet looked at once.
pub(super) struct Words<'s> {
    sheet: &'s Sheet,
    vocabulary: &'s Vocabulary,
    words: Vec<Option<bool>>,
    /// Texts that are words, not only contain one: what a header below another table needs.
    exact: Vec<Option<bool>>,
}

impl<'s> Words<'s> {
    fn new(sheet: &'s Sheet, vocabulary: &'s Vocabulary) -> Self {
        Self {
            sheet,
            vocabulary,
            words: vec![None; sheet.text_count()],
            exact: vec![None; sheet.text_count()],
        }
    }

    fn is_word(&mut self, cell: &Cell) -> bool {
        let Some(id) = cell.text_id().map(|id| id as usize) else {
            return false;
        };
        if let Some(known) = self.words[id] {
            return known;
        }
        let text = self.sheet.text(cell);
        let found = text.chars().count() <= 40
            && !text.contains(['：', ':'])
            && (self.vocabulary.is_word(&text) || is_header_word(&text));
        self.words[id] = Some(found);
        found
    }

    fn is_exact(&mut self, cell: &Cell) -> bool {
        let Some(id) = cell.text_id().map(|id| id as usize) else {
            return false;
        };
        if let Some(known) = self.exact[id] {
            return known;
        }
        let text = self.sheet.text(cell);
        let found = text.len() <= 60 && self.vocabulary.is_word(&text);
        self.exact[id] = Some(found);
        found
    }

    /// Header words of a row and its filled cells; none when it holds numbers as records do.
    fn density(&mut self, cells: &[Cell], first: bool) -> Option<(usize, usize)> {
        let cells = || cells.iter().filter(|cell| cell.column() < SEARCHED_COLUMNS);
        let filled = cells().count();
        let figures = cells().filter(|cell| self.is_figure(cell)).count();
        if filled < 2 || figures * 5 > filled {
            return None;
        }
        let hits = if first {
            cells().filter(|cell| self.is_word(cell)).count()
        } else {
            cells().filter(|cell| self.is_exact(cell)).count()
        };
        (hits >= 2 && hits * 2 >= filled).then_some((hits, filled))
    }

    fn is_figure(&self, cell: &Cell) -> bool {
        if cell.is_number() {
            return true;
        }
        let text = self.sheet.text(cell);
        let text = text.trim();
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '０'..='９'))
    }
}

/// Finds the tables of a sheet, from the top down.
#[must_use]
pub fn find_tables(sheet: &Sheet, vocabulary: &Vocabulary) -> Vec<Table> {
    let mut words = Words::new(sheet, vocabulary);
    let mut found: Vec<(Block, Vec<Column>)> = Vec::new();
    let mut place = 0;
    while place < sheet.row_count() && found.len() < MOST_TABLES {
        if found.is_empty() && place >= SEARCHED_ROWS {
            break;
        }
        let (row, cells) = sheet.filled_row(place);
        if let Some((hits, filled)) = words.density(cells, found.is_empty())
            && starts_table(sheet, place, row, hits, filled, found.last())
        {
            let block = block(sheet, &mut words, place);
            let columns = columns(sheet, &block);
            let end = sheet.place_of(block.last_row + 1);
            let same = |(_, before): &(Block, Vec<Column>)| {
                before
                    .iter()
                    .map(|column| &column.path)
                    .eq(columns.iter().map(|column| &column.path))
            };
            let again = found.last().is_some_and(same)
                && !names_other_building(sheet, &block, found.first().map(|(first, _)| first));
            if !again {
                // A header without rows below it was part of the lines above this one.
                if found
                    .last()
                    .is_some_and(|(before, _)| before.end >= sheet.place_of(block.first_row))
                {
                    found.pop();
                }
                found.push((Block { end, ..block }, columns));
            }
            place = end.max(place + 1);
        } else {
            place += 1;
        }
    }
    let starts: Vec<usize> = found
        .iter()
        .map(|(block, _)| sheet.place_of(block.first_row))
        .collect();
    let mut tables = Vec::new();
    for (number, (block, columns)) in found.into_iter().enumerate() {
        let next = starts.get(number + 1).copied();
        let above = tables.last().map_or(0, |table: &Table| table.body.end);
        let end = next.map_or(sheet.row_count(), |next| {
            title_start(sheet, next, block.end)
        });
        if let Some(table) = table(
            sheet,
            vocabulary,
            &block,
            columns,
            (above, end),
            starts.len() > 1,
        ) {
            tables.push(table);
        }
    }
    if tables.is_empty() {
        tables.extend(headless(sheet, vocabulary));
    }
    tables
}

/// Rows without a header, when one column holds whole addresses: a copied block.
fn headless(sheet: &Sheet, vocabulary: &Vocabulary) -> Option<Table> {
    let whole = |cell: &Cell| {
        let parts = split(&sheet.text(cell), false);
        parts.building.is_some() && parts.room.is_some() && parts.compound.is_none()
    };
    let looked_at = sheet.row_count().min(SEARCHED_ROWS);
    let addressed = (0..looked_at)
        .filter(|place| sheet.filled_row(*place).1.iter().any(whole))
        .count();
    if looked_at == 0 || addressed * 2 <= looked_at {
        return None;
    }
    let mut columns = Vec::new();
    let body = 0..sheet.row_count();
    count(sheet, &mut columns, body.clone());
    columns.retain(|column| column.filled > 0);
    let roles = Roles::new(sheet, vocabulary, &columns).of_body(body.clone());
    let table = Table {
        sheet: sheet.name.clone(),
        title_rows: Vec::new(),
        header: None,
        facts: facts(sheet, &[], &body, false),
        columns,
        body,
        roles,
    };
    (table.columns.len() >= 2 && table.record_count() > 0).then_some(table)
}

/// The line above a repeated header names a building, and not the one of the table before: each
/// building has its own table.
fn names_other_building(sheet: &Sheet, block: &Block, first: Option<&Block>) -> bool {
    let above = |block: &Block| {
        let place = sheet.place_of(block.first_row).checked_sub(1)?;
        let (_, cells) = sheet.filled_row(place);
        let [cell] = cells else { return None };
        title::numbered(&sheet.text(cell))
    };
    let told = above(block);
    told.is_some() && told != first.and_then(above)
}

/// Rows of a header and the place where its body begins.
pub(super) struct Block {
    pub(super) first_row: u32,
    pub(super) last_row: u32,
    end: usize,
}

/// The first header needs two words; one below another table needs more, and room or a title
/// above it.
fn starts_table(
    sheet: &Sheet,
    place: usize,
    row: u32,
    hits: usize,
    filled: usize,
    before: Option<&(Block, Vec<Column>)>,
) -> bool {
    let Some((_, columns)) = before else {
        return true;
    };
    let (above, cells) = sheet.filled_row(place.saturating_sub(1));
    let parted = row > above + 1 || cells.len() <= 2;
    let again = cells_match(sheet, place, columns);
    again || (parted && (hits >= 3 || hits == filled))
}

/// The row repeats the lowest level of a header.
fn cells_match(sheet: &Sheet, place: usize, columns: &[Column]) -> bool {
    let (_, cells) = sheet.filled_row(place);
    let same = cells.iter().filter(|cell| {
        columns
            .iter()
            .find(|column| column.index == cell.column())
            .and_then(|column| column.path.last())
            .is_some_and(|leaf| *leaf == sheet.text(cell).trim())
    });
    same.count() * 2 > cells.len()
}

/// Lines right above a header that are its title belong to it, not to the table before.
fn title_start(sheet: &Sheet, header: usize, floor: usize) -> usize {
    let mut start = header;
    while start > floor {
        let (row, cells) = sheet.filled_row(start - 1);
        let (next, _) = sheet.filled_row(start);
        if cells.len() > 2 || next > row + 1 && start < header || header - start >= 3 {
            break;
        }
        let text = cells
            .first()
            .map(|cell| sheet.text(cell))
            .unwrap_or_default();
        if super::roles::is_remark(&text) || super::roles::total_word(&text).is_some() {
            break;
        }
        start -= 1;
    }
    start
}

/// Grows a header from its densest row, upwards over group headings, downwards over details.
fn block(sheet: &Sheet, words: &mut Words<'_>, place: usize) -> Block {
    let mut main = place;
    let mut most = 0;
    for next in place..(place + LEVELS as usize).min(sheet.row_count()) {
        let (row, cells) = sheet.filled_row(next);
        let distance = row - sheet.filled_row(place).0;
        let Some((hits, _)) = words.density(cells, true).filter(|_| distance < LEVELS) else {
            break;
        };
        if hits > most {
            (main, most) = (next, hits);
        }
    }
    let (main, _) = sheet.filled_row(main);
    let mut first = main;
    while first > 0 && main - (first - 1) < LEVELS && is_group_row(sheet, words, first - 1) {
        first -= 1;
    }
    let around = spans_of(sheet, first, main);
    let reaching = around
        .iter()
        .filter(|span| span.last_row > span.first_row && span.last_row - first < LEVELS)
        .filter(|span| {
            sheet
                .cell(span.first_row, span.first_column)
                .is_some_and(|cell| words.is_word(cell))
        })
        .map(|span| span.last_row)
        .max();
    let mut last = reaching.unwrap_or(main).max(main);
    while last + 1 - first < LEVELS
        && (is_detail_row(sheet, words, last + 1) || is_under_groups(sheet, words, last))
    {
        last += 1;
    }
    Block {
        first_row: first,
        last_row: last,
        end: 0,
    }
}

fn is_group_row(sheet: &Sheet, words: &mut Words<'_>, row: u32) -> bool {
    let cells = sheet.row(row);
    let long = |cell: &Cell| {
        let text = sheet.text(cell);
        text.contains(['：', ':']) || text.chars().count() > 14
    };
    if cells.len() < 2 || cells.iter().any(long) {
        return false;
    }
    let spans = spans_of(sheet, row, row);
    let hits = cells.iter().filter(|cell| words.is_word(cell)).count();
    let merged = cells
        .iter()
        .filter(|cell| spans.iter().any(|span| span.contains(row, cell.column())))
        .count();
    spans.iter().any(|span| span.last_row > row) || hits * 2 >= cells.len() || merged >= 2
}

fn is_detail_row(sheet: &Sheet, words: &mut Words<'_>, row: u32) -> bool {
    let cells = sheet.row(row);
    if cells.iter().any(|cell| words.is_figure(cell)) {
        return false;
    }
    let hits = cells.iter().filter(|cell| words.is_word(cell)).count();
    let all = hits == cells.len();
    hits >= 1 && (all || hits * 2 >= cells.len() && parts_a_group(sheet, row, cells))
}

/// A cell of the row stands below a group heading, or below nothing. A record has a heading of its
/// own above each cell.
fn parts_a_group(sheet: &Sheet, row: u32, cells: &[Cell]) -> bool {
    let Some(above) = row.checked_sub(1) else {
        return false;
    };
    let spans = spans_of(sheet, above, above);
    cells.iter().any(|cell| {
        let column = cell.column();
        match spans.iter().find(|span| span.contains(above, column)) {
            Some(span) => span.first_column < span.last_column,
            None => sheet.cell(above, column).is_none(),
        }
    })
}

/// A row that has cells under merged group headings only: answers to tick, such as 自住, 出租.
fn is_under_groups(sheet: &Sheet, words: &Words<'_>, row: u32) -> bool {
    let below = sheet.row(row + 1);
    let groups: Vec<Span> = spans_of(sheet, row, row)
        .into_iter()
        .filter(|span| span.last_row == row && span.first_column < span.last_column)
        .collect();
    !below.is_empty()
        && below.iter().all(|cell| {
            !words.is_figure(cell)
                && groups
                    .iter()
                    .any(|span| (span.first_column..=span.last_column).contains(&cell.column()))
        })
}

fn table(
    sheet: &Sheet,
    vocabulary: &Vocabulary,
    block: &Block,
    mut columns: Vec<Column>,
    (above, end): (usize, usize),
    several: bool,
) -> Option<Table> {
    let header = sheet.place_of(block.first_row);
    let title_rows: Vec<(u32, String)> = (above..header)
        .map(|place| sheet.filled_row(place))
        .map(|(row, cells)| {
            let texts: Vec<_> = cells.iter().map(|cell| sheet.text(cell)).collect();
            (row, texts.join("　"))
        })
        .collect();
    let body = block.end..end;
    if body.is_empty() {
        return None;
    }
    count(sheet, &mut columns, body.clone());
    columns.retain(|column| !column.path.is_empty() || column.filled > 0);
    if columns.len() < 2 {
        return None;
    }
    let facts = facts(sheet, &title_rows, &body, several);
    let roles = Roles::new(sheet, vocabulary, &columns).of_body(body.clone());
    let table = Table {
        sheet: sheet.name.clone(),
        title_rows,
        header: Some((block.first_row, block.last_row)),
        columns,
        body,
        roles,
        facts,
    };
    (table.record_count() > 0).then_some(table)
}
