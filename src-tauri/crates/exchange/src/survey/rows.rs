//! The rows under a header: what each is, and where its dwelling lies.

use std::collections::{HashMap, HashSet};

use jiugai_domain::address::{building_name, entrance_name, room_number, storey_of_room};
use jiugai_domain::text::normalize;

use super::column::header_key;
use super::header::Table;
use super::totals::{Tally, total_word};
use super::{
    ColumnRef, Dwelling, Issue, IssueCode, OriginalRow, Severity, SurveyLedger, SurveyRow, Target,
    UnmappedColumn,
};
use crate::address::split;
use crate::grid::{Cell, Grid, Span, find};

mod cells;

/// What is known across the sheets of a workbook.
#[derive(Default)]
pub(crate) struct Reading {
    seen: HashMap<Dwelling, (String, u32)>,
}

struct SheetReader<'a> {
    grid: &'a Grid,
    table: &'a Table,
    unmapped: Vec<UnmappedColumn>,
    sheet_building: Option<String>,
    building_spans: Vec<Span>,
    entrance_spans: Vec<Span>,
    last_building: Option<String>,
    tally: Tally,
}

/// Reads every row under the header of a sheet.
pub(crate) fn read(
    grid: &Grid,
    table: &Table,
    sheet_building: Option<String>,
    reading: &mut Reading,
    ledger: &mut SurveyLedger,
) {
    let spans = |target| {
        table
            .column_of(target)
            .map(|column| grid.spans_down(column.index, table.last_row + 1))
            .unwrap_or_default()
    };
    let has_building_column =
        table.column_of(Target::Building).is_some() || table.column_of(Target::Address).is_some();
    let sheet_building = sheet_building.filter(|_| !has_building_column);
    let first_issue = ledger.issues.len();
    if let Some(building) = &sheet_building {
        let code = IssueCode::BuildingFromSheet {
            building: building.clone(),
        };
        ledger.issues.push(Issue {
            severity: Severity::Note,
            sheet: grid.name.clone(),
            row: None,
            column: None,
            code,
            text: grid.name.clone(),
        });
    }
    let mut reader = SheetReader {
        grid,
        table,
        unmapped: table.unmapped.clone(),
        sheet_building,
        building_spans: spans(Target::Building),
        entrance_spans: spans(Target::Entrance),
        last_building: None,
        tally: Tally::default(),
    };
    let body = grid.rows.partition_point(|(row, _)| *row <= table.last_row);
    for (index, (row, cells)) in grid.rows[body..].iter().enumerate() {
        if index == 0 && is_numbering(cells) {
            continue;
        }
        reader.line(*row, cells, reading, ledger);
    }
    let SheetReader {
        tally, unmapped, ..
    } = reader;
    tally.finish(&grid.name, ledger);
    close(grid, table, unmapped, first_issue, ledger);
}

/// Adds what is known only after the last row: columns left out, rows to show again.
fn close(
    grid: &Grid,
    table: &Table,
    unmapped: Vec<UnmappedColumn>,
    first_issue: usize,
    ledger: &mut SurveyLedger,
) {
    for column in unmapped {
        if column.filled == 0 && column.path.is_empty() {
            continue;
        }
        if column.filled > 0 {
            let code = match &column.double_of {
                Some(first) => IssueCode::DoubleColumn {
                    first: first.clone(),
                },
                None => IssueCode::UnmappedColumn {
                    filled: column.filled,
                },
            };
            let text = column.path.join("/");
            ledger.issues.push(Issue {
                severity: Severity::Note,
                sheet: grid.name.clone(),
                row: None,
                column: Some(column.column.clone()),
                code,
                text,
            });
        }
        ledger.unmapped.push(column);
    }
    ledger.columns.extend(table.mapped.iter().cloned());
    let heavy = ledger.issues[first_issue..]
        .iter()
        .filter(|issue| issue.severity >= Severity::Warning);
    let rows: HashSet<u32> = heavy.filter_map(|issue| issue.row).collect();
    for (row, cells) in grid
        .rows
        .iter()
        .filter(|(row, _)| rows.contains(&(row + 1)))
    {
        ledger.originals.push(OriginalRow {
            sheet: grid.name.clone(),
            row: row + 1,
            texts: texts(cells),
        });
    }
}

fn texts(cells: &[Cell]) -> Vec<(u32, String)> {
    cells
        .iter()
        .map(|cell| (cell.column, cell.text.clone()))
        .collect()
}

/// The line 1, 2, 3, … that some forms print under the header.
fn is_numbering(cells: &[Cell]) -> bool {
    let figure = |cell: &Cell| {
        normalize(&cell.text)
            .trim_matches(|c: char| !c.is_ascii_digit())
            .parse::<usize>()
            .ok()
    };
    cells.len() >= 3
        && cells
            .iter()
            .enumerate()
            .all(|(index, cell)| figure(cell) == Some(index + 1))
}

impl SheetReader<'_> {
    fn text<'c>(&self, cells: &'c [Cell], target: Target) -> &'c str {
        let column = self
            .table
            .column_of(target)
            .and_then(|column| find(cells, column.index));
        column
            .filter(|cell| !cell.error)
            .map_or("", |cell| cell.text.as_str())
    }

    fn issue(
        &self,
        row: u32,
        severity: Severity,
        column: Option<ColumnRef>,
        code: IssueCode,
        text: &str,
    ) -> Issue {
        Issue {
            severity,
            sheet: self.grid.name.clone(),
            row: Some(row + 1),
            column,
            code,
            text: text.to_owned(),
        }
    }

    fn line(&mut self, row: u32, cells: &[Cell], reading: &mut Reading, ledger: &mut SurveyLedger) {
        let last_address = self
            .table
            .column_of(Target::Room)
            .or_else(|| self.table.column_of(Target::Address))
            .map_or(3, |column| column.index.max(3));
        let word = cells
            .iter()
            .filter(|cell| cell.column <= last_address)
            .find_map(|cell| total_word(&cell.text));
        if let Some(word) = word {
            if self.tally.total(
                &self.grid.name,
                row,
                word,
                cells,
                self.table,
                &mut ledger.issues,
            ) {
                self.last_building = None;
            }
        } else if self.is_header_again(cells) {
            ledger.issues.push(self.issue(
                row,
                Severity::Note,
                None,
                IssueCode::RepeatedHeader,
                &cells[0].text,
            ));
        } else if self.is_footnote(cells) {
            ledger.issues.push(self.issue(
                row,
                Severity::Note,
                None,
                IssueCode::Footnote,
                &cells[0].text,
            ));
        } else {
            self.dwelling(row, cells, reading, ledger);
        }
    }

    fn is_header_again(&self, cells: &[Cell]) -> bool {
        let same = |cell: &&Cell| {
            let mapped = self
                .table
                .mapped
                .iter()
                .find(|column| column.index == cell.column)
                .map(|column| &column.path);
            let path = mapped.or_else(|| {
                self.table
                    .unmapped
                    .iter()
                    .find(|column| column.index == cell.column)
                    .map(|column| &column.path)
            });
            let key = header_key(&cell.text);
            path.is_some_and(|path| path.iter().any(|text| header_key(text) == key))
        };
        let hits = cells.iter().filter(same).count();
        hits >= 2 && hits * 2 > cells.len()
    }

    /// A line with few words and no place: 填表人, 注, or the title once more on the next page.
    fn is_footnote(&self, cells: &[Cell]) -> bool {
        let placed = [Target::Room, Target::Address]
            .iter()
            .any(|target| !self.text(cells, *target).is_empty());
        let is_figure = |text: &str| normalize(text).parse::<u32>().is_ok();
        if placed || cells.len() > 4 || is_figure(&cells[0].text) {
            return false;
        }
        let said = |text: &str| {
            let text = normalize(text);
            text.contains(['：', ':'])
                || text.chars().count() >= 12
                || ["注", "说明", "填表", "审核", "制表"]
                    .iter()
                    .any(|word| text.starts_with(word))
        };
        let alone = cells.len() == 1 && cells[0].column == 0;
        (alone || cells.iter().any(|cell| said(&cell.text)))
            && cells.iter().all(|cell| !is_figure(&cell.text))
    }

    /// Text of the merged range over a cell, when the cell itself is blank.
    fn merged<'g>(grid: &'g Grid, spans: &[Span], row: u32) -> &'g str {
        let index = spans.partition_point(|span| span.first_row <= row);
        let over = index
            .checked_sub(1)
            .map(|index| spans[index])
            .filter(|span| span.last_row >= row);
        over.map_or("", |span| grid.text(span.first_row, span.first_column))
    }

    fn dwelling(
        &mut self,
        row: u32,
        cells: &[Cell],
        reading: &mut Reading,
        ledger: &mut SurveyLedger,
    ) {
        let grid = self.grid;
        let own = self.text(cells, Target::Building).to_owned();
        let merged = Self::merged(grid, &self.building_spans, row);
        let beside = if own.is_empty() { merged } else { &own };
        if !beside.is_empty() {
            self.last_building = Some(beside.to_owned());
        }
        let placing = [Target::Serial, Target::Building, Target::Entrance]
            .map(|target| self.table.column_of(target).map(|column| column.index));
        if cells
            .iter()
            .all(|cell| placing.contains(&Some(cell.column)))
        {
            return;
        }
        for column in &mut self.unmapped {
            if let Some(cell) = find(cells, column.index) {
                column.filled += 1;
                if column.samples.len() < 3 && !column.samples.contains(&cell.text) {
                    column.samples.push(cell.text.clone());
                }
            }
        }
        let written = match self.text(cells, Target::Room) {
            "" => self.text(cells, Target::Address),
            room => room,
        };
        let parts = split(
            written,
            self.last_building.is_some() || self.sheet_building.is_some(),
        );
        let of_building = self
            .last_building
            .as_deref()
            .map(|text| {
                if text.contains("单元") {
                    split(text, true)
                } else {
                    crate::address::Parts {
                        building: Some(text.to_owned()),
                        ..Default::default()
                    }
                }
            })
            .unwrap_or_default();
        let entrance_text = match self.text(cells, Target::Entrance) {
            "" => Self::merged(grid, &self.entrance_spans, row),
            own => own,
        };
        let of_entrance = if entrance_text.contains("单元") {
            split(entrance_text, true).entrance
        } else {
            (!entrance_text.is_empty()).then(|| entrance_text.to_owned())
        };
        let by_room = if beside.is_empty() {
            parts.building.clone()
        } else {
            None
        };
        let building = by_room
            .or(of_building.building)
            .or(parts.building)
            .as_deref()
            .and_then(building_name)
            .or_else(|| self.sheet_building.clone());
        let entrance = of_entrance
            .or(parts.entrance)
            .or(of_building.entrance)
            .as_deref()
            .and_then(entrance_name);
        let room = parts.room.as_deref().and_then(room_number);
        let place = |target| {
            self.table
                .column_of(target)
                .map(|column| column.column.clone())
        };
        let Some(room) = room else {
            let column = place(Target::Room).or_else(|| place(Target::Address));
            ledger.issues.push(self.issue(
                row,
                Severity::Error,
                column,
                IssueCode::MissingRoom,
                written,
            ));
            return;
        };
        let Some(building) = building else {
            let column = place(Target::Building).or_else(|| place(Target::Address));
            ledger.issues.push(self.issue(
                row,
                Severity::Error,
                column,
                IssueCode::MissingBuilding,
                "",
            ));
            return;
        };
        let dwelling = Dwelling {
            building,
            entrance,
            room,
        };
        if let Some((first_sheet, first_row)) = reading.seen.get(&dwelling) {
            let code = IssueCode::DuplicateDwelling {
                first_sheet: first_sheet.clone(),
                first_row: *first_row,
            };
            ledger.issues.push(self.issue(
                row,
                Severity::Error,
                place(Target::Room),
                code,
                written,
            ));
            return;
        }
        reading
            .seen
            .insert(dwelling.clone(), (grid.name.clone(), row + 1));
        let Dwelling {
            building,
            entrance,
            room,
        } = dwelling;
        let mut drafted = SurveyRow {
            sheet: grid.name.clone(),
            row: row + 1,
            storey: storey_of_room(&room),
            building,
            entrance,
            room,
            cells: Vec::new(),
            work_unit: None,
            owner_name: None,
            outbuildings: Vec::new(),
            texts: texts(cells),
        };
        let amounts = cells::read(
            &grid.name,
            self.table,
            cells,
            &mut drafted,
            &mut ledger.issues,
        );
        self.tally.add(&drafted, &amounts);
        ledger.rows.push(drafted);
    }
}
