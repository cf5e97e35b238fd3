//! A sheet as a grid that looks like the form.

use chrono::{Days, NaiveDate};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::damaged;
use super::look::{CellStyle, Look, NumberLook};
use super::place::{Area, Place};
use super::scan::{attribute, number, truth};
use super::shape::{Shape, append, rich_text};
use crate::ExchangeError;

/// Rows and columns that are shown at most; a form is a page, not a ledger.
const ROWS: u32 = 400;
const COLUMNS: u32 = 80;
/// Pixels of a column and row that say nothing about themselves.
const COLUMN_WIDTH: u32 = 64;
const ROW_HEIGHT: u32 = 20;

/// A cell of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCell {
    /// Where.
    pub place: Place,
    /// What it shows.
    pub text: String,
    /// A formula stands in it.
    pub formula: bool,
    /// A number or a date stands in it.
    pub number: bool,
    /// How it looks.
    pub look: Look,
}

/// A sheet of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormGrid {
    /// Name.
    pub name: String,
    /// Pixels of each column shown; 0 for a hidden one.
    pub widths: Vec<u32>,
    /// Pixels of each row shown; 0 for a hidden one.
    pub heights: Vec<u32>,
    /// Cells that hold or look like something, row by row.
    pub cells: Vec<FormCell>,
    /// Merged areas.
    pub merges: Vec<Area>,
    /// Not all of the sheet is shown.
    pub cut: bool,
    /// The sheet is protected (保护工作表).
    pub protected: bool,
}

impl FormGrid {
    /// The cell that a merged area is filled at: its top left.
    #[must_use]
    pub fn anchor(&self, place: Place) -> Place {
        let merge = self.merges.iter().find(|merge| merge.contains(place));
        merge.map_or(place, |merge| merge.first)
    }

    /// The cell, as far as it holds or looks like something.
    #[must_use]
    pub fn cell(&self, place: Place) -> Option<&FormCell> {
        let found = self.cells.binary_search_by_key(&place, |cell| cell.place);
        found.ok().map(|index| &self.cells[index])
    }

    /// What a cell shows.
    #[must_use]
    pub fn text(&self, place: Place) -> &str {
        self.cell(place).map_or("", |cell| cell.text.as_str())
    }

    /// The merged area around a cell, or the cell alone.
    #[must_use]
    pub fn area(&self, place: Place) -> Area {
        let merge = self.merges.iter().find(|merge| merge.contains(place));
        merge.copied().unwrap_or(Area {
            first: place,
            last: place,
        })
    }
}

pub(super) fn read(name: &str, xml: &str, shape: &Shape) -> Result<FormGrid, ExchangeError> {
    let mut sheet = Builder {
        shape,
        default_width: COLUMN_WIDTH,
        default_height: ROW_HEIGHT,
        widths: Vec::new(),
        heights: Vec::new(),
        used: Place::new(0, 0),
        grid: FormGrid {
            name: name.to_owned(),
            widths: Vec::new(),
            heights: Vec::new(),
            cells: Vec::new(),
            merges: Vec::new(),
            cut: false,
            protected: false,
        },
    };
    let mut reader = Reader::from_str(xml);
    let mut row = None;
    loop {
        let event = reader.read_event().map_err(|error| damaged(&error))?;
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => row = Some(sheet.row(&tag, row)?),
                "c" => sheet.cell(&mut reader, &tag, row.unwrap_or(0), empty)?,
                _ => sheet.frame(&tag)?,
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(sheet.finish())
}

struct Builder<'s> {
    shape: &'s Shape,
    default_width: u32,
    default_height: u32,
    /// First and last column from 0, pixels.
    widths: Vec<(u32, u32, u32)>,
    heights: Vec<(u32, u32)>,
    used: Place,
    grid: FormGrid,
}

impl Builder<'_> {
    /// What stands around the cells.
    fn frame(&mut self, tag: &BytesStart<'_>) -> Result<(), ExchangeError> {
        match tag.local_name().as_ref() {
            "sheetFormatPr" => {
                self.default_width =
                    width(attribute(tag, "defaultColWidth")?).unwrap_or(COLUMN_WIDTH);
                self.default_height =
                    height(attribute(tag, "defaultRowHeight")?).unwrap_or(ROW_HEIGHT);
            }
            "col" => {
                if let (Some(first), Some(last)) = (number(tag, "min")?, number(tag, "max")?) {
                    let shown = if truth(tag, "hidden")? {
                        0
                    } else {
                        width(attribute(tag, "width")?).unwrap_or(self.default_width)
                    };
                    self.widths.push((first.max(1) - 1, last.max(1) - 1, shown));
                }
            }
            "mergeCell" => {
                let area = attribute(tag, "ref")?.and_then(|text| text.parse::<Area>().ok());
                if let Some(area) = area {
                    self.reach(area.last);
                    self.grid.merges.push(area);
                }
            }
            "sheetProtection" => self.grid.protected = truth(tag, "sheet")?,
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, tag: &BytesStart<'_>, before: Option<u32>) -> Result<u32, ExchangeError> {
        let row = match number(tag, "r")? {
            Some(row) => row.max(1) - 1,
            None => before.map_or(0, |row| row + 1),
        };
        let shown = if truth(tag, "hidden")? {
            Some(0)
        } else {
            height(attribute(tag, "ht")?)
        };
        self.heights.extend(shown.map(|shown| (row, shown)));
        Ok(row)
    }

    fn cell(
        &mut self,
        reader: &mut Reader<&[u8]>,
        tag: &BytesStart<'_>,
        row: u32,
        empty: bool,
    ) -> Result<(), ExchangeError> {
        let named = attribute(tag, "r")?.and_then(|text| text.parse::<Place>().ok());
        let next = match self.grid.cells.last() {
            Some(cell) if cell.place.row == row => cell.place.column + 1,
            _ => 0,
        };
        let place = named.unwrap_or(Place::new(row, next));
        let style = number(tag, "s")?.unwrap_or(0) as usize;
        let style = self.shape.styles.get(style).cloned().unwrap_or_default();
        let kind = attribute(tag, "t")?.unwrap_or_default();
        let mut cell = FormCell {
            place,
            text: String::new(),
            formula: false,
            number: false,
            look: style.look.clone(),
        };
        if !empty {
            self.content(reader, &mut cell, &kind, &style)?;
        }
        if place.row >= ROWS || place.column >= COLUMNS {
            self.grid.cut |= !cell.text.is_empty() || cell.formula;
            return Ok(());
        }
        let drawn = !cell.look.lines.is_empty() || cell.look.fill.is_some();
        if !cell.text.is_empty() || cell.formula || drawn {
            self.reach(place);
        }
        self.grid.cells.push(cell);
        Ok(())
    }

    fn content(
        &self,
        reader: &mut Reader<&[u8]>,
        cell: &mut FormCell,
        kind: &str,
        style: &CellStyle,
    ) -> Result<(), ExchangeError> {
        let mut value = String::new();
        let mut inside = false;
        loop {
            let event = reader.read_event().map_err(|error| damaged(&error))?;
            match event {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "v" => inside = true,
                    "is" => value = rich_text(reader, "is")?,
                    "f" => cell.formula = true,
                    _ => {}
                },
                Event::Empty(tag) => cell.formula |= tag.local_name().as_ref() == "f",
                Event::End(tag) => match tag.local_name().as_ref() {
                    "v" => inside = false,
                    "c" => break,
                    _ => {}
                },
                Event::Eof => return Err(damaged(&"a cell without end")),
                event if inside => append(&mut value, &event)?,
                _ => {}
            }
        }
        cell.text = match kind {
            "s" => {
                let index: Option<usize> = value.trim().parse().ok();
                let text = index.and_then(|index| self.shape.texts.get(index));
                text.cloned().unwrap_or_default()
            }
            "inlineStr" | "str" | "e" | "d" => value,
            "b" => if value.trim() == "1" { "是" } else { "否" }.to_owned(),
            _ if value.trim().is_empty() => String::new(),
            _ => {
                cell.number = true;
                shown(value.trim(), style.number, self.shape.epoch_1904)
            }
        };
        Ok(())
    }

    fn reach(&mut self, place: Place) {
        self.used.row = self.used.row.max(place.row.min(ROWS - 1));
        self.used.column = self.used.column.max(place.column.min(COLUMNS - 1));
    }

    fn finish(self) -> FormGrid {
        let mut grid = self.grid;
        // One row and column of air, so that a value may stand beside the last label.
        let (rows, columns) = (self.used.row + 2, self.used.column + 2);
        grid.widths = (0..columns.min(COLUMNS))
            .map(|column| {
                let found = self
                    .widths
                    .iter()
                    .find(|(first, last, _)| (*first..=*last).contains(&column));
                found.map_or(self.default_width, |(.., shown)| *shown)
            })
            .collect();
        let mut heights = vec![self.default_height; rows.min(ROWS) as usize];
        for (row, shown) in self.heights {
            if let Some(height) = heights.get_mut(row as usize) {
                *height = shown;
            }
        }
        grid.heights = heights;
        grid.cells
            .retain(|cell| cell.place.row < rows && cell.place.column < columns);
        grid.cells.sort_by_key(|cell| cell.place);
        grid
    }
}

/// Width in letters as pixels at the usual font.
fn width(letters: Option<String>) -> Option<u32> {
    pixels(letters, 7.0, 5.0, 600.0)
}

/// Height in points as pixels.
fn height(points: Option<String>) -> Option<u32> {
    pixels(points, 4.0 / 3.0, 0.0, 550.0)
}

fn pixels(text: Option<String>, scale: f64, more: f64, most: f64) -> Option<u32> {
    let value: f64 = text?.parse().ok()?;
    let scaled = (value * scale + more).round().clamp(0.0, most);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped above"
    )]
    let pixels = scaled as u32;
    Some(pixels)
}

/// A number as its format shows it, roughly.
fn shown(raw: &str, look: NumberLook, epoch_1904: bool) -> String {
    let Ok(value) = raw.parse::<f64>() else {
        return raw.to_owned();
    };
    match look {
        NumberLook::General => general(value),
        NumberLook::Fixed(places, grouped) => fixed(value, places, grouped),
        NumberLook::Percent(places) => format!("{}%", fixed(value * 100.0, places, false)),
        NumberLook::Date => date(value, epoch_1904).unwrap_or_else(|| general(value)),
    }
}

fn general(value: f64) -> String {
    let text = format!("{value:.10}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn fixed(value: f64, places: u32, grouped: bool) -> String {
    let text = format!("{value:.*}", places as usize);
    let (sign, text) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    if !grouped {
        return format!("{sign}{text}");
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn date(value: f64, epoch_1904: bool) -> Option<String> {
    let (year, month, day) = if epoch_1904 {
        (1904, 1, 1)
    } else {
        (1899, 12, 30)
    };
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in range"
    )]
    let days = value as u64;
    let day = NaiveDate::from_ymd_opt(year, month, day)?.checked_add_days(Days::new(days))?;
    Some(day.format("%Y-%m-%d").to_string())
}
