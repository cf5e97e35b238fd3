//! The records of a table, typed, each with what is wrong with it. A bad cell never costs its row,
//! a bad row never costs the table.

use std::collections::HashMap;

use jiugai_domain::address::storey_of_room;
use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldError, KindCode, Value};

use super::checks::{Check, Stated, Tally, counted, stated, summed};
use super::{Mapping, RowRole, Table, Target};
use crate::book::{Book, Cell, Sheet};
use cells::{Cells, Fit};
use place::Places;

mod cells;
mod place;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Worth knowing; nothing is lost.
    Note,
    /// The cell stays empty, or two figures disagree; the row can be imported.
    Warning,
    /// The row cannot be imported.
    Error,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The text cannot be stored in the field.
    Bad {
        /// Why; `NotAChoice` when it is none of a list.
        error: FieldError,
        /// What stands in the cell.
        text: Box<str>,
    },
    /// A formula shows an error (#REF!).
    FormulaError {
        /// The error.
        text: Box<str>,
    },
    /// 无 under a count was read as 0.
    ReadAsZero,
    /// A number was read as a day (日期序号).
    DaySerial {
        /// The number.
        text: Box<str>,
    },
}

impl Problem {
    /// How much it weighs.
    #[must_use]
    pub fn weight(&self) -> Weight {
        match self {
            Self::ReadAsZero | Self::DaySerial { .. } => Weight::Note,
            Self::Bad { .. } | Self::FormulaError { .. } => Weight::Warning,
        }
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowProblem {
    /// No room number.
    MissingRoom {
        /// What stands where it should be.
        text: Box<str>,
    },
    /// No building.
    MissingBuilding,
    /// No entrance where the record is one.
    MissingEntrance,
    /// A column that the kind demands is blank in this row.
    Required {
        /// Place of the column in the table.
        column: usize,
    },
    /// An address that the grid program turned into a day: 3-2 became 3月2日.
    DayInAddress {
        /// Place of the column in the table.
        column: usize,
    },
    /// The same place or name stands in an earlier row.
    Duplicate {
        /// Sheet of the earlier row.
        first_sheet: String,
        /// The earlier row, counted from 1.
        first_row: u32,
    },
    /// The row is hidden in the sheet.
    Hidden,
    /// People live in a dwelling that is said to be vacant (空置).
    PeopleInVacant {
        /// 常住人口.
        people: i64,
    },
    /// Lived in, but the number of people is blank.
    PeopleMissing,
    /// More people of one group than people at all.
    PartExceedsPeople {
        /// Field code of the group, such as `seniors60`.
        field: &'static str,
        /// People of the group.
        part: i64,
        /// 常住人口.
        people: i64,
    },
}

/// Where a record is or what it is called, in canonical names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Key {
    /// 小区, when a column or the address tells it.
    pub compound: Option<String>,
    /// 楼栋: `1号楼`.
    pub building: Option<String>,
    /// 单元: `2单元`.
    pub entrance: Option<String>,
    /// 房号: `301`.
    pub room: Option<String>,
    /// Name or number of a record that is no place.
    pub name: Option<String>,
}

/// One filled cell of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCell {
    /// Place of its column in the table and in the mapping.
    pub column: u16,
    /// What it says; `Null` when it cannot be stored. References are text.
    pub value: Value,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Row of the sheet, counted from 1.
    pub row: u32,
    /// Where it is.
    pub key: Key,
    /// Storey that the room number tells, when no column does.
    pub storey: Option<i64>,
    /// Filled cells that go to fields, in order of columns.
    pub cells: Vec<SourceCell>,
    /// What is wrong with the row as a whole, with its weight.
    pub problems: Vec<(Weight, RowProblem)>,
}

impl SourceRow {
    /// The heaviest problem of the row and its cells.
    #[must_use]
    pub fn weight(&self) -> Option<Weight> {
        let of_cells = self.cells.iter().filter_map(|cell| cell.problem.as_ref());
        let of_row = self.problems.iter().map(|(weight, _)| *weight);
        of_cells.map(Problem::weight).chain(of_row).max()
    }

    /// The row can be imported.
    #[must_use]
    pub fn is_importable(&self) -> bool {
        self.weight() < Some(Weight::Error)
    }

    /// The value that goes to a target; `Null` when there is none.
    #[must_use]
    pub fn value(&self, mapping: &Mapping, target: Target) -> &Value {
        const NOTHING: &Value = &Value::Null;
        self.cells
            .iter()
            .find(|cell| mapping.columns[usize::from(cell.column)].target == target)
            .map_or(NOTHING, |cell| &cell.value)
    }

    /// Filled values for the fields of a kind, in order of columns; the phone is the owner's and
    /// the household's.
    pub fn fields<'r>(
        &'r self,
        mapping: &'r Mapping,
        kind: KindCode,
    ) -> impl Iterator<Item = (&'static Field, &'r Value)> {
        self.cells.iter().filter_map(move |cell| {
            let target = mapping.columns[usize::from(cell.column)].target;
            let field = match target {
                Target::Field { kind: own, field } if own == kind => field,
                Target::Phone if matches!(kind, KindCode::Owner | KindCode::Household) => "phone",
                _ => return None,
            };
            let field = kind.kind().field(field)?;
            (!cell.value.is_null()).then_some((field, &cell.value))
        })
    }

    /// Rooms of outbuildings beside a dwelling, by kind code, above 0 only.
    pub fn rooms<'r>(
        &'r self,
        mapping: &'r Mapping,
    ) -> impl Iterator<Item = (&'static str, i64)> + 'r {
        self.cells.iter().filter_map(|cell| {
            match mapping.columns[usize::from(cell.column)].target {
                Target::OutbuildingRooms { kind } => {
                    let rooms = cell.value.as_integer().filter(|rooms| *rooms > 0)?;
                    Some((kind, rooms))
                }
                _ => None,
            }
        })
    }

    pub(super) fn problem(&mut self, weight: Weight, problem: RowProblem) {
        self.problems.push((weight, problem));
    }
}

/// The records of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Name of the sheet.
    pub sheet: String,
    /// Kind of the records.
    pub kind: KindCode,
    /// The records in order, bad ones too.
    pub rows: Vec<SourceRow>,
    /// Every stated total against the records.
    pub checks: Vec<Check>,
    /// Rows (counted from 1) that are no records, and why.
    pub skipped: Vec<(u32, RowRole)>,
}

/// Takes apart the rows of a table by a mapping.
#[must_use]
pub fn extract(book: &Book, sheet: usize, table: &Table, mapping: &Mapping) -> Rows {
    let sheet = &book.sheets[sheet];
    let units = (mapping.columns.iter().enumerate())
        .map(|(place, column)| table.unit(place, column.target))
        .collect();
    let mut reader = RowReader {
        table,
        mapping,
        cells: Cells::new(book.epoch_1904, units),
        fit: Fit::new(mapping),
        storey: mapping.place_of(Target::Field {
            kind: KindCode::Dwelling,
            field: "storey",
        }),
        places: Places::new(sheet, table, mapping),
        tally: Tally::new(table),
        demanded: demanded(mapping),
        amounts: Vec::new(),
        sheet,
    };
    let mut output = Rows {
        sheet: sheet.name.clone(),
        kind: mapping.kind,
        rows: Vec::with_capacity(table.record_count()),
        checks: Vec::new(),
        skipped: Vec::new(),
    };
    let mut roles = table.roles.iter().peekable();
    for place in table.body.clone() {
        let (row, cells) = sheet.filled_row(place);
        let role = roles.next_if(|(at, _)| *at == row).map(|(_, role)| *role);
        match role {
            Some(role) => {
                reader.other(row, cells, role);
                output.skipped.push((row + 1, role));
            }
            None => match reader.record(row, cells) {
                Some(record) => output.rows.push(record),
                None => output.skipped.push((row + 1, RowRole::Section)),
            },
        }
    }
    output.checks = reader.tally.finish();
    output
}

/// Columns that must be filled in every record.
fn demanded(mapping: &Mapping) -> Vec<(usize, Weight)> {
    let name = mapping.kind.kind().name_field;
    mapping
        .columns
        .iter()
        .enumerate()
        .filter_map(|(place, column)| match column.target {
            Target::Field { kind, field } if kind == mapping.kind => {
                let declared = kind.kind().field(field)?;
                let weight = if field == name && kind != KindCode::Outbuilding {
                    Weight::Error
                } else {
                    Weight::Warning
                };
                declared.required.then_some((place, weight))
            }
            _ => None,
        })
        .collect()
}

struct RowReader<'b> {
    sheet: &'b Sheet,
    table: &'b Table,
    mapping: &'b Mapping,
    cells: Cells,
    fit: Fit,
    /// Place of the column of storeys.
    storey: Option<usize>,
    places: Places<'b>,
    tally: Tally,
    demanded: Vec<(usize, Weight)>,
    amounts: Vec<(usize, i64)>,
}

impl RowReader<'_> {
    fn other(&mut self, row: u32, cells: &[Cell], role: RowRole) {
        match role {
            RowRole::Total { word } => {
                let opening = cells
                    .iter()
                    .map(|cell| self.sheet.text(cell))
                    .find(|text| super::roles::total_word(text).is_some())
                    .unwrap_or_default();
                let stated = self.stated(cells);
                if self.tally.total(row + 1, word, &opening, stated) {
                    self.places.close();
                }
            }
            RowRole::Section => self.places.section(row, cells),
            RowRole::RepeatedHeader | RowRole::Footnote | RowRole::Numbering => {}
        }
    }

    fn stated(&mut self, cells: &[Cell]) -> Vec<Stated> {
        let mut output: Vec<Stated> = Vec::new();
        let mut records_told = false;
        for cell in cells {
            let Some(place) = self.table.place_of(cell.column()) else {
                continue;
            };
            let target = self.mapping.columns[place].target;
            let text = self.sheet.text(cell);
            if let Some(field) = summed(target) {
                let column = u16::try_from(place).unwrap_or(u16::MAX);
                let (value, _) = self.cells.value(self.sheet, cell, column, target, field);
                output.extend(stated(place, target, field, &value));
            } else if !records_told
                && self.mapping.kind == KindCode::Dwelling
                && let Some(stated) = counted(place, target, &text)
            {
                records_told = true;
                output.push(stated);
            }
        }
        output
    }

    /// A record; `None` for a row that only places the rows below it.
    fn record(&mut self, row: u32, cells: &[Cell]) -> Option<SourceRow> {
        let mut record = SourceRow {
            row: row + 1,
            key: Key::default(),
            storey: None,
            cells: Vec::with_capacity(cells.len()),
            problems: Vec::new(),
        };
        if !self.places.place(row, cells, &mut record) {
            return None;
        }
        self.amounts.clear();
        for cell in cells {
            let Some(place) = self.table.place_of(cell.column()) else {
                continue;
            };
            let target = self.mapping.columns[place].target;
            let keeps_text = matches!(target, Target::Address | Target::Room)
                && self.mapping.kind != KindCode::Dwelling;
            let (value, problem) = if keeps_text {
                (Value::Text(normalize(&self.sheet.text(cell))), None)
            } else if let Some(field) = target.field() {
                let column = u16::try_from(place).unwrap_or(u16::MAX);
                self.cells.value(self.sheet, cell, column, target, field)
            } else {
                continue;
            };
            if value.is_null() && problem.is_none() {
                continue;
            }
            if let (Some(amount), Some(_)) = (value.as_integer(), summed(target)) {
                self.amounts.push((place, amount));
            }
            record.cells.push(SourceCell {
                column: u16::try_from(place).unwrap_or(u16::MAX),
                value,
                problem,
            });
        }
        for (place, weight) in &self.demanded {
            let column = u16::try_from(*place).unwrap_or(u16::MAX);
            if !record.cells.iter().any(|cell| cell.column == column) {
                record.problem(*weight, RowProblem::Required { column: *place });
            }
        }
        self.name(&mut record);
        if self.sheet.hidden_rows.binary_search(&row).is_ok() {
            record.problem(Weight::Note, RowProblem::Hidden);
        }
        self.fit.check(&mut record);
        let Key {
            building, entrance, ..
        } = &record.key;
        self.tally.add(
            record.row,
            building.as_ref(),
            entrance.as_ref(),
            &self.amounts,
        );
        Some(record)
    }

    /// The name of a record that is no place, and the place that its references tell.
    fn name(&self, record: &mut SourceRow) {
        let kind = self.mapping.kind;
        if matches!(
            kind,
            KindCode::Dwelling | KindCode::Building | KindCode::Entrance
        ) {
            let told = self.storey.is_some_and(|place| {
                let mut cells = record.cells.iter();
                cells.any(|cell| usize::from(cell.column) == place && !cell.value.is_null())
            });
            if kind == KindCode::Dwelling && !told {
                record.storey = record.key.room.as_deref().and_then(storey_of_room);
            }
            return;
        }
        let field = kind.kind().name_field;
        let name = record.value(self.mapping, Target::Field { kind, field });
        record.key.name = match name {
            Value::Text(name) => Some(name.clone()),
            Value::Integer(number) => Some(number.to_string()),
            _ => None,
        };
        for field in ["dwelling", "building"] {
            let text = record.value(self.mapping, Target::Field { kind, field });
            if let Some(text) = text.as_text().map(str::to_owned) {
                place::fill(&text, field == "building", &mut record.key);
            }
        }
    }
}

/// Marks later rows that repeat a place or number of an earlier one; gives the groups as places
/// of table and row.
pub fn duplicates(tables: &mut [Rows]) -> Vec<Vec<(usize, usize)>> {
    let mut groups: Vec<Vec<(usize, usize)>> = Vec::new();
    {
        let count = tables.iter().map(|table| table.rows.len()).sum();
        let mut seen: HashMap<(KindCode, &Key), usize> = HashMap::with_capacity(count);
        let mut firsts: Vec<(usize, usize)> = Vec::new();
        let mut grouped: HashMap<usize, usize> = HashMap::new();
        for (at, table) in tables.iter().enumerate() {
            for (place, row) in table.rows.iter().enumerate() {
                if !is_unique(table.kind, &row.key) {
                    continue;
                }
                let next = firsts.len();
                let first = *seen.entry((table.kind, &row.key)).or_insert(next);
                if first == next {
                    firsts.push((at, place));
                    continue;
                }
                let group = *grouped.entry(first).or_insert_with(|| {
                    groups.push(vec![firsts[first]]);
                    groups.len() - 1
                });
                groups[group].push((at, place));
            }
        }
    }
    for group in &groups {
        let (at, place) = group[0];
        let (first_sheet, first_row) = (tables[at].sheet.clone(), tables[at].rows[place].row);
        for (at, place) in &group[1..] {
            let problem = RowProblem::Duplicate {
                first_sheet: first_sheet.clone(),
                first_row,
            };
            tables[*at].rows[*place].problem(Weight::Error, problem);
        }
    }
    groups
}

/// Records of the kind are told apart by such a key.
fn is_unique(kind: KindCode, key: &Key) -> bool {
    match kind {
        KindCode::Dwelling => key.building.is_some() && key.room.is_some(),
        KindCode::Building => key.building.is_some(),
        KindCode::Entrance => key.building.is_some() && key.entrance.is_some(),
        KindCode::Outbuilding | KindCode::Compound | KindCode::WorkUnit => key.name.is_some(),
        _ => false,
    }
}
