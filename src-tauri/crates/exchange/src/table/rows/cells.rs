//! From what stands in a cell to a typed value, and whether the values of a row fit together.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};
use jiugai_domain::KindCode::Household;
use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldError, FieldType, Value};

use super::{Problem, RowProblem, SourceRow, Weight};
use crate::book::{Cell, Content, Sheet};
use crate::table::headings::answer;
use crate::table::{HeaderUnit, Mapping, Target};

/// How cells are read, with the values of texts that return in a column: choices, days, names of
/// work units.
pub(super) struct Cells {
    epoch_1904: bool,
    /// Units of headers by places of columns.
    units: Vec<Option<HeaderUnit>>,
    known: HashMap<(u16, u32), (Value, Option<Problem>)>,
}

/// Texts that are remembered at most.
const MOST_KNOWN: usize = 50_000;

/// Serial days between 1927 and 2119 are taken for days where a day is asked for.
const SERIALS: std::ops::RangeInclusive<f64> = 10_000.0..=80_000.0;

impl Cells {
    pub(super) fn new(epoch_1904: bool, units: Vec<Option<HeaderUnit>>) -> Self {
        Self {
            epoch_1904,
            units,
            known: HashMap::new(),
        }
    }

    /// The day of a serial number, in the book's epoch.
    fn day(&self, serial: f64) -> Option<NaiveDate> {
        if !SERIALS.contains(&serial) {
            return None;
        }
        // Whole days below 80,000 are exact.
        let days = format!("{:.0}", serial.floor()).parse().ok()?;
        let epoch = if self.epoch_1904 {
            NaiveDate::from_ymd_opt(1904, 1, 1)
        } else {
            NaiveDate::from_ymd_opt(1899, 12, 30)
        };
        epoch?.checked_add_days(Days::new(days))
    }
}

impl Cells {
    /// Reads a cell of a column for a field.
    pub(super) fn value(
        &mut self,
        sheet: &Sheet,
        cell: &Cell,
        column: u16,
        target: Target,
        field: &Field,
    ) -> (Value, Option<Problem>) {
        if let Some(unit) = self.units.get(usize::from(column)).copied().flatten()
            && !cell.is_error()
        {
            let text = sheet.text(cell);
            return match unit.parse(field, &text) {
                Ok(value) => (value, None),
                Err(error) => {
                    let text = text.trim().into();
                    (Value::Null, Some(Problem::Bad { error, text }))
                }
            };
        }
        let returns = matches!(
            field.kind,
            FieldType::Code(_) | FieldType::Flag | FieldType::Date | FieldType::Reference(_)
        );
        let Some(id) = cell.text_id().filter(|_| returns) else {
            return value_of(self, sheet, cell, target, field);
        };
        if let Some(known) = self.known.get(&(column, id)) {
            return known.clone();
        }
        let read = value_of(self, sheet, cell, target, field);
        if self.known.len() < MOST_KNOWN {
            self.known.insert((column, id), read.clone());
        }
        read
    }
}

/// Decimal places of a quantity that every field of its type can hold up to [`LARGE`].
const fn places(kind: FieldType) -> Option<i32> {
    match kind {
        FieldType::Area | FieldType::Money | FieldType::Amount => Some(2),
        FieldType::Length => Some(3),
        FieldType::Count => Some(0),
        _ => None,
    }
}

/// Stored quantities below this are in the range of every type.
const LARGE: f64 = 9_999_999.0;

/// A number with no more decimals than the field holds, scaled; `None` where people must look.
fn scaled(number: f64, kind: FieldType) -> Option<i64> {
    let scaled = number * 10f64.powi(places(kind)?);
    let whole = scaled.round();
    let is_whole = (scaled - whole).abs() <= 1e-11 * whole.max(1.0);
    (is_whole && (0.0..=LARGE).contains(&whole)).then_some(whole as i64)
}

/// A text that a field keeps as it is.
fn is_plain(text: &str) -> bool {
    text.len() <= 200
        && !text.chars().any(char::is_control)
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
}

fn value_of(
    cells: &Cells,
    sheet: &Sheet,
    cell: &Cell,
    target: Target,
    field: &Field,
) -> (Value, Option<Problem>) {
    let bad = |error, text: &str| {
        let text = text.into();
        (Value::Null, Some(Problem::Bad { error, text }))
    };
    match (sheet.content(cell), field.kind) {
        (Content::Error(text), _) => {
            let text = text.into();
            (Value::Null, Some(Problem::FormulaError { text }))
        }
        (Content::Date(day), FieldType::Date) => (Value::Text(iso(day)), None),
        (Content::Date(day), FieldType::Year) => (Value::Integer(day.year().into()), None),
        (Content::Date(day), kind) if field.decimals().is_some() || kind == FieldType::Flag => {
            bad(FieldError::NotANumber, &iso(day))
        }
        (Content::Bool(truth), FieldType::Flag) => (Value::Integer(truth.into()), None),
        (Content::Number(serial), FieldType::Date) => match cells.day(serial) {
            Some(day) => {
                let text = sheet.text(cell).into();
                (Value::Text(iso(day)), Some(Problem::DaySerial { text }))
            }
            None => parse(target, field, &sheet.text(cell)),
        },
        (Content::Number(number), FieldType::Year) if SERIALS.contains(&number) => {
            match cells.day(number) {
                Some(day) => (Value::Integer(day.year().into()), None),
                None => parse(target, field, &sheet.text(cell)),
            }
        }
        (Content::Number(number), kind) => match scaled(number, kind) {
            Some(quantity) => (Value::Integer(quantity), None),
            None => parse(target, field, &sheet.text(cell)),
        },
        (Content::Text(text), FieldType::Text | FieldType::LongText) if is_plain(text) => {
            (Value::Text(text.to_owned()), None)
        }
        _ => parse(target, field, &sheet.text(cell)),
    }
}

fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn parse(target: Target, field: &Field, written: &str) -> (Value, Option<Problem>) {
    let first = match field.parse(written) {
        Ok(value) => {
            let nothing = matches!(field.kind, FieldType::Reference(_))
                && matches!(value.as_text(), Some("无" | "-" | "/" | "—"));
            return (if nothing { Value::Null } else { value }, None);
        }
        Err(error) => error,
    };
    let text = normalize(written);
    if matches!(text.as_str(), "" | "-" | "--" | "/" | "\\" | "、") {
        return (Value::Null, None);
    }
    if field.kind == FieldType::Count && matches!(text.as_str(), "无" | "没有" | "零") {
        return (Value::Integer(0), Some(Problem::ReadAsZero));
    }
    if let Some(code) = answer(target, &text) {
        return (Value::Text(code.to_owned()), None);
    }
    let text = written.trim().into();
    (Value::Null, Some(Problem::Bad { error: first, text }))
}

/// Columns of a household whose figures must fit together, by their places.
pub(super) struct Fit {
    people: Option<u16>,
    occupancy: Option<u16>,
    parts: Vec<(&'static str, u16)>,
}

impl Fit {
    pub(super) fn new(mapping: &Mapping) -> Self {
        let at = |field| {
            let kind = Household;
            let place = mapping.place_of(Target::Field { kind, field })?;
            u16::try_from(place).ok()
        };
        Self {
            people: at("people"),
            occupancy: at("occupancy"),
            parts: ["seniors60", "seniors80", "children", "disabled"]
                .into_iter()
                .filter_map(|field| Some((field, at(field)?)))
                .collect(),
        }
    }

    /// 空置 with people, lived in without a number, more 老人 than people.
    pub(super) fn check(&self, row: &mut SourceRow) {
        let Some(people_column) = self.people else {
            return;
        };
        let cell = |column| row.cells.iter().find(|cell| cell.column == column);
        let amount = |column| cell(column).and_then(|cell| cell.value.as_integer());
        let people = amount(people_column);
        let lived_in = self.occupancy.and_then(cell);
        let mut found = Vec::new();
        match (lived_in.and_then(|cell| cell.value.as_text()), people) {
            (Some("vacant"), Some(people)) if people > 0 => {
                found.push(RowProblem::PeopleInVacant { people });
            }
            (Some(lived_in), None) if lived_in != "vacant" && cell(people_column).is_none() => {
                found.push(RowProblem::PeopleMissing);
            }
            _ => {}
        }
        for (field, column) in &self.parts {
            if let (Some(part), Some(people)) = (amount(*column), people)
                && part > people
            {
                found.push(RowProblem::PartExceedsPeople {
                    field,
                    part,
                    people,
                });
            }
        }
        for problem in found {
            row.problem(Weight::Warning, problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(false, 44_260.0, Some((2021, 3, 5)))]
    #[case(true, 42_798.0, Some((2021, 3, 5)))]
    #[case(false, 44_260.75, Some((2021, 3, 5)))]
    #[case(false, 5.0, None)]
    fn serial_days(
        #[case] epoch_1904: bool,
        #[case] serial: f64,
        #[case] expected: Option<(i32, u32, u32)>,
    ) {
        let expected = expected.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
        assert_eq!(Cells::new(epoch_1904, Vec::new()).day(serial), expected);
    }
}
