//! Walking over a sheet's XML and telling where each row and cell stands in the bytes.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::damaged;
use super::place::{Area, Place};
use crate::ExchangeError;

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowSpan {
    /// Counted from 0.
    pub(super) row: u32,
    /// The start tag, brackets included; the whole element when it is empty.
    pub(super) tag: Range<usize>,
    /// Where the end tag begins; `None` for an empty element.
    pub(super) end: Option<usize>,
    /// Where the element ends.
    pub(super) after: usize,
    /// Style that its cells have by default.
    pub(super) style: Option<String>,
    /// Its cells.
    pub(super) cells: Vec<CellSpan>,
}

/// Where a cell stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellSpan {
    pub(super) column: u32,
    /// The start tag, brackets included.
    pub(super) tag: Range<usize>,
    /// The whole element.
    pub(super) whole: Range<usize>,
    pub(super) style: Option<String>,
    /// A formula stands in it.
    pub(super) formula: bool,
}

/// What a sheet's XML holds, by position.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SheetSpans {
    /// Prefix of its elements, colon included.
    pub(super) prefix: String,
    /// Value of `dimension`'s `ref`.
    pub(super) dimension: Option<(Range<usize>, Area)>,
    /// Default styles of columns: first, last, style.
    pub(super) columns: Vec<(u32, u32, String)>,
    /// The `sheetData` element: its start tag (whole when empty).
    pub(super) data: Range<usize>,
    /// Where the end tag of `sheetData` begins; `None` when it is empty.
    pub(super) data_end: Option<usize>,
    pub(super) rows: Vec<RowSpan>,
    /// Areas that array formulas and data tables fill.
    pub(super) arrays: Vec<Area>,
}

/// Value of an attribute by its name without prefix, entities resolved.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, ExchangeError> {
    for found in tag.attributes() {
        let found = found.map_err(|error| damaged(&error))?;
        if found.key.local_name().as_ref() == name {
            let value = found
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| damaged(&error))?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Result<Option<u32>, ExchangeError> {
    Ok(attribute(tag, name)?.and_then(|text| text.parse().ok()))
}

pub(super) fn truth(tag: &BytesStart<'_>, name: &str) -> Result<bool, ExchangeError> {
    Ok(matches!(
        attribute(tag, name)?.as_deref(),
        Some("1" | "true" | "on")
    ))
}

/// Position in the text, as an index.
pub(super) fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Reads the positions of a sheet.
pub(super) fn sheet(xml: &str) -> Result<SheetSpans, ExchangeError> {
    let mut reader = Reader::from_str(xml);
    let mut spans = SheetSpans::default();
    let mut inside = false;
    let mut found = false;
    loop {
        let before = position(&reader);
        let event = reader.read_event().map_err(|error| damaged(&error))?;
        let here = before..position(&reader);
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "dimension" if !inside => {
                    let area = attribute(&tag, "ref")?.and_then(|text| text.parse().ok());
                    if let (Some(area), Some(value)) = (area, value_span(xml, &here, "ref")) {
                        spans.dimension = Some((value, area));
                    }
                }
                "col" if !inside => {
                    let (first, last) = (number(&tag, "min")?, number(&tag, "max")?);
                    if let (Some(first), Some(last), Some(style)) =
                        (first, last, attribute(&tag, "style")?)
                    {
                        spans.columns.push((
                            first.saturating_sub(1),
                            last.saturating_sub(1),
                            style,
                        ));
                    }
                }
                "sheetData" if !found => {
                    let name = tag.name();
                    let name = name.as_ref();
                    spans.prefix = name[..name.len() - "sheetData".len()].to_owned();
                    spans.data = here;
                    (inside, found) = (!empty, true);
                }
                "row" if inside => {
                    let row = match number(&tag, "r")? {
                        Some(row) => row.saturating_sub(1),
                        None => spans.rows.last().map_or(0, |row| row.row + 1),
                    };
                    let style = match truth(&tag, "customFormat")? {
                        true => attribute(&tag, "s")?,
                        false => None,
                    };
                    let mut span = RowSpan {
                        row,
                        tag: here.clone(),
                        end: None,
                        after: here.end,
                        style,
                        cells: Vec::new(),
                    };
                    if !empty {
                        cells(&mut reader, &mut span, &mut spans.arrays)?;
                    }
                    spans.rows.push(span);
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "sheetData" => {
                spans.data_end = Some(here.start);
                inside = false;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !found || inside {
        return Err(damaged(&"no sheetData"));
    }
    Ok(spans)
}

/// Reads the cells of a row up to its end tag.
fn cells(
    reader: &mut Reader<&[u8]>,
    row: &mut RowSpan,
    arrays: &mut Vec<Area>,
) -> Result<(), ExchangeError> {
    let mut open: Option<CellSpan> = None;
    loop {
        let before = position(reader);
        let event = reader.read_event().map_err(|error| damaged(&error))?;
        let here = before..position(reader);
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "c" if open.is_none() => {
                    let next = row.cells.last().map_or(0, |cell| cell.column + 1);
                    let place = attribute(&tag, "r")?.and_then(|text| text.parse::<Place>().ok());
                    let cell = CellSpan {
                        column: place.map_or(next, |place| place.column),
                        tag: here.clone(),
                        whole: here.clone(),
                        style: attribute(&tag, "s")?,
                        formula: false,
                    };
                    if empty {
                        row.cells.push(cell);
                    } else {
                        open = Some(cell);
                    }
                }
                "f" => {
                    if let Some(cell) = &mut open {
                        cell.formula = true;
                    }
                    let kind = attribute(&tag, "t")?;
                    if matches!(kind.as_deref(), Some("array" | "dataTable")) {
                        let area =
                            attribute(&tag, "ref")?.and_then(|text| text.parse::<Area>().ok());
                        arrays.extend(area);
                    }
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "c" => {
                    if let Some(mut cell) = open.take() {
                        cell.whole.end = here.end;
                        row.cells.push(cell);
                    }
                }
                "row" => {
                    row.end = Some(here.start);
                    row.after = here.end;
                    return Ok(());
                }
                _ => {}
            },
            Event::Eof => return Err(damaged(&"a row without end")),
            _ => {}
        }
    }
}

/// Where the value of an attribute stands inside a tag.
pub(super) fn value_span(xml: &str, tag: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let text = xml.get(tag.clone())?;
    let mut from = 0;
    while let Some(at) = text[from..].find(name) {
        let start = from + at;
        let rest = &text[start + name.len()..];
        let free = text[..start].ends_with([' ', '\t', '\r', '\n']);
        let after = rest.trim_start();
        if let Some(value) = after.strip_prefix('=').filter(|_| free) {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let begin = text.len() - value.len() + 1;
            let end = begin + value[1..].find(quote)?;
            return Some(tag.start + begin..tag.start + end);
        }
        from = start + name.len();
    }
    None
}
