//! From what stands in a cell to a typed value, and whether the values of a row fit together.

use chrono::{Datelike, Days, NaiveDate};
use jiugai_domain::KindCode::Household;
use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldError, FieldType, Value};

use super::{Problem, RowProblem, SourceRow, Weight};
use crate::book::{Cell, Content, Sheet};
use crate::survey::{self, column};
use crate::table::{Mapping, Target};

/// How cells are read.
pub(super) struct Cells {
    epoch_1904: bool,
}

/// Serial days between 1927 and 2119 are taken for days where a day is asked for.
const SERIALS: std::ops::RangeInclusive<f64> = 10_000.0..=80_000.0;

impl Cells {
    pub(super) fn new(epoch_1904: bool) -> Self {
        Self { epoch_1904 }
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

/// Reads a cell for a field.
pub(super) fn value_of(
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
        (Content::Number(number), FieldType::Count)
            if number.fract() == 0.0 && (0.0..=9_999_999.0).contains(&number) =>
        {
            let whole = format!("{number:.0}").parse().unwrap_or(0);
            (Value::Integer(whole), None)
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
    if let Target::Field { kind, field } = target
        && let Some(code) = column::answer(survey::Target::Field { kind, field }, &text)
    {
        return (Value::Text(code.to_owned()), None);
    }
    let text = written.trim().into();
    (Value::Null, Some(Problem::Bad { error: first, text }))
}

/// 空置 with people, lived in without a number, more 老人 than people.
pub(super) fn fit(mapping: &Mapping, row: &mut SourceRow) {
    let at = |field| {
        let kind = Household;
        mapping.place_of(Target::Field { kind, field })
    };
    let Some(people_column) = at("people") else {
        return;
    };
    let value = |field| {
        let kind = Household;
        row.value(mapping, Target::Field { kind, field })
    };
    let blank = !row
        .cells
        .iter()
        .any(|cell| usize::from(cell.column) == people_column);
    let people = value("people").as_integer();
    let mut found = Vec::new();
    match (value("occupancy").as_text(), people) {
        (Some("vacant"), Some(people)) if people > 0 => {
            found.push(RowProblem::PeopleInVacant { people });
        }
        (Some(lived_in), None) if lived_in != "vacant" && blank => {
            found.push(RowProblem::PeopleMissing);
        }
        _ => {}
    }
    for field in ["seniors60", "seniors80", "children", "disabled"] {
        if let (Some(part), Some(people)) = (value(field).as_integer(), people)
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
        assert_eq!(Cells::new(epoch_1904).day(serial), expected);
    }
}
