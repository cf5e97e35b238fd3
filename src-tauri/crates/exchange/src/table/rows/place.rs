//! Where a row lies: its own cells, merged cells above it, the line that names its building, the
//! sheet's name.

use jiugai_domain::KindCode;
use jiugai_domain::address::{building_name, entrance_name, room_number};
use jiugai_domain::text::normalize;

use super::{Key, RowProblem, SourceRow, Weight};
use crate::address::{Parts, place_line, split};
use crate::book::{Cell, Sheet, Span, find};
use crate::table::{Mapping, Table, Target, title};

/// A name as it was last written, and what it became: rows below one another mostly repeat it.
#[derive(Default)]
struct Last {
    written: String,
    parts: Parts,
}

pub(super) struct Places<'b> {
    sheet: &'b Sheet,
    kind: KindCode,
    compound: Option<u32>,
    building: Option<u32>,
    entrance: Option<u32>,
    room: Option<u32>,
    address: Option<u32>,
    /// Places in the table of room and address, to point at.
    written_in: Option<usize>,
    serial: Option<u32>,
    building_spans: Vec<Span>,
    entrance_spans: Vec<Span>,
    compound_spans: Vec<Span>,
    fixed: Option<String>,
    fixed_entrance: Option<String>,
    last_building: Last,
    last_entrance: Option<String>,
    /// An entrance as written, and its canonical name.
    known_entrance: (String, Option<String>),
    last_compound: Option<String>,
}

impl<'b> Places<'b> {
    pub(super) fn new(sheet: &'b Sheet, table: &Table, mapping: &Mapping) -> Self {
        let at = |target| mapping.place_of(target);
        let column = |target| at(target).map(|place| table.columns[place].index);
        let first = table.body.start.min(sheet.row_count().saturating_sub(1));
        let first_row = sheet.filled_row(first).0;
        let spans = |target| {
            column(target)
                .map(|column| spans_down(sheet, column, first_row))
                .unwrap_or_default()
        };
        Self {
            sheet,
            kind: mapping.kind,
            compound: column(Target::Compound),
            building: column(Target::Building),
            entrance: column(Target::Entrance),
            room: column(Target::Room),
            address: column(Target::Address),
            written_in: at(Target::Room).or_else(|| at(Target::Address)),
            serial: column(Target::Serial),
            building_spans: spans(Target::Building),
            entrance_spans: spans(Target::Entrance),
            compound_spans: spans(Target::Compound),
            fixed: mapping.building.as_ref().map(|(name, _)| name.clone()),
            fixed_entrance: table.facts.entrance.clone(),
            last_building: Last::default(),
            last_entrance: None,
            known_entrance: (String::new(), None),
            last_compound: None,
        }
    }

    /// A total row closes its building: a blank cell below does not belong to it.
    pub(super) fn close(&mut self) {
        if self.fixed.is_none() {
            self.last_building = Last::default();
        }
        self.last_entrance = None;
    }

    /// A line that names the building of the rows below it.
    pub(super) fn section(&mut self, _row: u32, cells: &[Cell]) {
        let Some(text) = cells.first().map(|cell| self.sheet.text(cell)) else {
            return;
        };
        let parts = place_line(&text).unwrap_or_else(|| Parts {
            building: title::numbered(&text),
            ..Parts::default()
        });
        if let Some(building) = &parts.building {
            self.set_building(building);
        }
        self.last_building.parts.entrance = parts.entrance;
        self.last_entrance = None;
    }

    fn set_building(&mut self, written: &str) {
        if self.last_building.written == written {
            return;
        }
        let parts = if written.contains("单元") || written.contains("门洞") {
            split(written, true)
        } else {
            Parts {
                building: Some(written.to_owned()),
                ..Parts::default()
            }
        };
        self.last_building = Last {
            written: written.to_owned(),
            parts: Parts {
                building: parts.building.as_deref().and_then(building_name),
                ..parts
            },
        };
        self.last_entrance = None;
    }

    fn written(&self, cells: &[Cell], column: Option<u32>) -> String {
        column
            .and_then(|column| find(cells, column))
            .filter(|cell| !cell.is_error())
            .map(|cell| self.sheet.text(cell).trim().to_owned())
            .unwrap_or_default()
    }

    /// Text of the merged range over a blank cell.
    fn merged(&self, spans: &[Span], row: u32) -> String {
        let place = spans.partition_point(|span| span.first_row <= row);
        let over = place
            .checked_sub(1)
            .map(|place| spans[place])
            .filter(|span| span.last_row >= row && span.first_row < row);
        over.map_or_else(String::new, |span| {
            let text = self.sheet.text_at(span.first_row, span.first_column);
            text.trim().to_owned()
        })
    }

    /// Fills the key of a record; false for a row that only places the rows below it.
    pub(super) fn place(&mut self, row: u32, cells: &[Cell], record: &mut SourceRow) -> bool {
        self.compound_of(row, cells);
        let own = self.written(cells, self.building);
        let beside = if own.is_empty() {
            self.merged(&self.building_spans, row)
        } else {
            own.clone()
        };
        if !beside.is_empty() {
            self.set_building(&beside);
        }
        let placing = [self.serial, self.compound, self.building, self.entrance];
        let of_place = matches!(self.kind, KindCode::Building | KindCode::Entrance);
        if !of_place
            && cells
                .iter()
                .all(|cell| placing.contains(&Some(cell.column())))
        {
            return false;
        }
        let room = self.written(cells, self.room);
        let address = self.written(cells, self.address);
        let known = !self.last_building.written.is_empty() || self.fixed.is_some();
        let entrance = self.entrance_of(row, cells, own.is_empty());
        let of_room = parts_of(&room, known);
        let of_address = parts_of(&address, known);
        let parts = if room.is_empty() {
            &of_address
        } else {
            &of_room
        };
        let own_building = parts.building.as_deref().or(of_address.building.as_deref());
        let written_building = own_building.and_then(building_name);
        let of_building = &self.last_building.parts;
        let building = if beside.is_empty() {
            written_building.or_else(|| of_building.building.clone())
        } else {
            of_building.building.clone().or(written_building)
        };
        let building = building.or_else(|| self.fixed.clone());
        let entrance = entrance
            .or_else(|| parts.entrance.clone())
            .or_else(|| of_address.entrance.clone())
            .or_else(|| of_building.entrance.clone())
            .or_else(|| self.fixed_entrance.clone());
        let compound = self.last_compound.clone();
        record.key = Key {
            compound: compound.or_else(|| parts.compound.clone()),
            building,
            entrance: entrance.and_then(|written| self.canonical_entrance(written)),
            room: parts
                .room
                .as_deref()
                .or(of_address.room.as_deref())
                .and_then(room_number),
            name: None,
        };
        self.judge(cells, &room, &address, record);
        true
    }

    fn canonical_entrance(&mut self, written: String) -> Option<String> {
        if self.known_entrance.0 != written {
            let name = entrance_name(&written);
            self.known_entrance = (written, name);
        }
        self.known_entrance.1.clone()
    }

    fn compound_of(&mut self, row: u32, cells: &[Cell]) {
        if self.compound.is_none() {
            return;
        }
        let own = self.written(cells, self.compound);
        let told = if own.is_empty() {
            self.merged(&self.compound_spans, row)
        } else {
            own
        };
        if !told.is_empty() {
            let told = normalize(&told);
            if self.last_compound.as_ref() != Some(&told) {
                self.last_compound = Some(told);
                self.last_building = Last::default();
            }
        }
    }

    /// The entrance's own cell, a merged one, or the one above where buildings are left blank too.
    fn entrance_of(&mut self, row: u32, cells: &[Cell], building_blank: bool) -> Option<String> {
        self.entrance?;
        let own = self.written(cells, self.entrance);
        let merged = self.merged(&self.entrance_spans, row);
        let written = if own.is_empty() { merged } else { own };
        if written.is_empty() {
            return self.last_entrance.clone().filter(|_| building_blank);
        }
        let entrance = if written.contains("楼") || written.contains("栋") {
            split(&written, true).entrance
        } else {
            Some(written)
        };
        self.last_entrance.clone_from(&entrance);
        entrance
    }

    fn judge(&self, cells: &[Cell], room: &str, address: &str, record: &mut SourceRow) {
        let weight = match self.kind {
            KindCode::Dwelling | KindCode::Building | KindCode::Entrance => Weight::Error,
            _ => Weight::Warning,
        };
        let needs_room = matches!(
            self.kind,
            KindCode::Dwelling
                | KindCode::Household
                | KindCode::Ownership
                | KindCode::Visit
                | KindCode::Wish
        );
        let needs_building =
            needs_room || matches!(self.kind, KindCode::Building | KindCode::Entrance);
        if needs_room && record.key.room.is_none() {
            let text = if room.is_empty() { address } else { room };
            record.problem(weight, RowProblem::MissingRoom { text: text.into() });
        } else if needs_building && record.key.building.is_none() {
            record.problem(weight, RowProblem::MissingBuilding);
        } else if self.kind == KindCode::Entrance && record.key.entrance.is_none() {
            record.problem(weight, RowProblem::MissingEntrance);
        }
        let day = |column: Option<u32>| {
            let cell = column.and_then(|column| find(cells, column))?;
            matches!(self.sheet.content(cell), crate::book::Content::Date(_)).then_some(())
        };
        if let (Some(column), Some(())) = (self.written_in, day(self.room.or(self.address))) {
            record.problem(Weight::Error, RowProblem::DayInAddress { column });
        }
    }
}

/// Parts of what stands under room or address; mostly it is the bare number.
fn parts_of(text: &str, building_known: bool) -> Parts {
    if text.is_empty() {
        return Parts::default();
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Parts {
            room: Some(text.to_owned()),
            ..Parts::default()
        };
    }
    split(text, building_known)
}

/// Merged ranges that reach down one column from a row on, in order.
fn spans_down(sheet: &Sheet, column: u32, from_row: u32) -> Vec<Span> {
    sheet
        .spans
        .iter()
        .filter(|span| {
            (span.first_column..=span.last_column).contains(&column)
                && span.first_row >= from_row
                && span.first_row < span.last_row
        })
        .copied()
        .collect()
}

/// Fills what a key does not know yet from the label of a record: 1号楼1单元101.
pub(super) fn fill(label: &str, is_building: bool, key: &mut Key) {
    let parts = if is_building {
        Parts {
            building: Some(label.to_owned()),
            ..Parts::default()
        }
    } else {
        split(label, false)
    };
    let empty = |known: &Option<String>| known.is_none();
    if empty(&key.building) {
        key.building = parts.building.as_deref().and_then(building_name);
    }
    if empty(&key.entrance) {
        key.entrance = parts.entrance.as_deref().and_then(entrance_name);
    }
    if empty(&key.room) && !is_building {
        key.room = parts.room.as_deref().and_then(room_number);
    }
}
