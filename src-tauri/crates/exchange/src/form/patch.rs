//! Putting values into the XML of a sheet: everything else stays byte for byte.

use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::place::Place;
use super::scan::{self, CellSpan, RowSpan, SheetSpans, attribute, position, value_span};
use super::{Fill, FormError, Patch, damaged};
use crate::ExchangeError;

/// A stretch of bytes and what takes its place.
type Edit = (Range<usize>, String);

/// The sheet with its cells filled.
pub(super) fn apply(xml: &str, patches: &[&Patch]) -> Result<String, FormError> {
    let spans = scan::sheet(xml)?;
    let mut patches = patches.to_vec();
    patches.sort_by_key(|patch| patch.place);
    for patch in &patches {
        refuse_formula(&spans, patch)?;
    }
    let mut edits: Vec<Edit> = Vec::new();
    let mut added: Vec<(u32, String)> = Vec::new();
    let mut rest = patches.as_slice();
    while let Some(first) = rest.first() {
        let row = first.place.row;
        let count = rest
            .iter()
            .take_while(|patch| patch.place.row == row)
            .count();
        let (here, later) = rest.split_at(count);
        rest = later;
        match spans.rows.iter().find(|span| span.row == row) {
            Some(span) => fill_row(xml, &spans, span, here, &mut edits),
            None => {
                let cells = fresh_cells(&spans, None, here);
                if !cells.is_empty() {
                    added.push((row, cells));
                }
            }
        }
    }
    add_rows(xml, &spans, &added, &mut edits);
    let filled: Vec<Place> = patches
        .iter()
        .filter(|patch| patch.fill != Fill::Blank)
        .map(|patch| patch.place)
        .collect();
    widen_dimension(&spans, &filled, &mut edits);
    Ok(splice(xml, edits))
}

fn refuse_formula(spans: &SheetSpans, patch: &Patch) -> Result<(), FormError> {
    let place = patch.place;
    let cell = find(spans, place);
    if cell.is_some_and(|cell| cell.formula)
        || spans.arrays.iter().any(|array| array.contains(place))
    {
        return Err(FormError::Formula {
            sheet: patch.sheet.clone(),
            place,
        });
    }
    Ok(())
}

fn find(spans: &SheetSpans, place: Place) -> Option<&CellSpan> {
    let row = spans.rows.iter().find(|row| row.row == place.row)?;
    row.cells.iter().find(|cell| cell.column == place.column)
}

/// Fills cells of a row that is there.
fn fill_row(
    xml: &str,
    spans: &SheetSpans,
    row: &RowSpan,
    patches: &[&Patch],
    edits: &mut Vec<Edit>,
) {
    let mut fresh: Vec<&Patch> = Vec::new();
    for patch in patches {
        match row
            .cells
            .iter()
            .find(|cell| cell.column == patch.place.column)
        {
            Some(cell) => edits.push((
                cell.whole.clone(),
                refilled(&xml[cell.tag.clone()], &spans.prefix, patch),
            )),
            None if patch.fill != Fill::Blank => fresh.push(patch),
            None => {}
        }
    }
    if fresh.is_empty() {
        return;
    }
    if let Some(end) = row.end {
        for patch in &fresh {
            let next = row
                .cells
                .iter()
                .find(|cell| cell.column > patch.place.column);
            let at = next.map_or(end, |cell| cell.whole.start);
            let cell = fresh_cells(spans, Some(row), &[*patch]);
            match edits.last_mut() {
                Some((range, text)) if *range == (at..at) => text.push_str(&cell),
                _ => edits.push((at..at, cell)),
            }
        }
        edits.extend(wider_spans(xml, row, &fresh));
    } else {
        let tag = &xml[row.tag.clone()];
        let mut opened = tag.to_owned();
        if let Some((range, text)) = wider_spans(xml, row, &fresh) {
            opened.replace_range(
                range.start - row.tag.start..range.end - row.tag.start,
                &text,
            );
        }
        let opened = opened
            .trim_end_matches('>')
            .trim_end_matches('/')
            .trim_end();
        let cells = fresh_cells(spans, Some(row), &fresh);
        edits.push((
            row.tag.clone(),
            format!("{opened}>{cells}</{}row>", spans.prefix),
        ));
    }
}

/// `spans` of a row tells readers which columns to expect.
fn wider_spans(xml: &str, row: &RowSpan, fresh: &[&Patch]) -> Option<Edit> {
    let value = value_span(xml, &row.tag, "spans")?;
    let (first, last) = xml[value.clone()].split_once(':')?;
    let (first, last): (u32, u32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    let columns = fresh.iter().map(|patch| patch.place.column + 1);
    let wider = (columns.clone().min()?.min(first), columns.max()?.max(last));
    (wider != (first, last)).then(|| (value, format!("{}:{}", wider.0, wider.1)))
}

/// A cell that is there, with its attributes and a new content.
fn refilled(tag: &str, prefix: &str, patch: &Patch) -> String {
    let inner = tag.trim_end_matches('>').trim_end_matches('/').trim_end();
    let kept = without(inner, &["t", "cm", "vm"]);
    cell(&kept, prefix, &patch.fill)
}

/// The start of a tag without some of its attributes.
fn without(tag: &str, names: &[&str]) -> String {
    let mut kept = tag.to_owned();
    for name in names {
        let whole = 0..kept.len();
        if let Some(value) = value_span(&kept, &whole, name) {
            let start = kept[..value.start].rfind(name).unwrap_or(value.start);
            let start = kept[..start].trim_end().len();
            kept.replace_range(start..value.end + 1, "");
        }
    }
    kept
}

/// Closes the start of a cell with a content.
fn cell(start: &str, prefix: &str, fill: &Fill) -> String {
    let mut out = start.to_owned();
    let written = match fill {
        Fill::Blank => write!(out, "/>"),
        Fill::Number(number) => write!(
            out,
            "><{prefix}v>{}</{prefix}v></{prefix}c>",
            escape(number.as_str())
        ),
        Fill::Text(text) => write!(
            out,
            " t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is></{prefix}c>",
            escaped(text)
        ),
    };
    written.expect("a string takes everything");
    out
}

/// Text of a cell: XML's own signs escaped, signs that XML 1.0 cannot hold left out.
fn escaped(text: &str) -> String {
    let lawful: String = text
        .chars()
        .filter(|c| {
            matches!(c, '\t' | '\n') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        })
        .collect();
    escape(lawful.as_str()).into_owned()
}

/// Cells that are not there yet, in the order of their columns; blanks need none.
fn fresh_cells(spans: &SheetSpans, row: Option<&RowSpan>, patches: &[&Patch]) -> String {
    let prefix = &spans.prefix;
    let mut out = String::new();
    for patch in patches.iter().filter(|patch| patch.fill != Fill::Blank) {
        let column = patch.place.column;
        let of_model = patch.like.and_then(|like| find(spans, like)?.style.clone());
        let of_row = row.and_then(|row| row.style.clone());
        let of_column = spans
            .columns
            .iter()
            .find(|(first, last, _)| (*first..=*last).contains(&column))
            .map(|(_, _, style)| style.clone());
        let style = of_model.or(of_row).or(of_column);
        let mut start = format!("<{prefix}c r=\"{}\"", patch.place);
        if let Some(style) = style {
            write!(start, " s=\"{}\"", escape(style.as_str())).expect("a string takes everything");
        }
        out.push_str(&cell(&start, prefix, &patch.fill));
    }
    out
}

/// Rows that are not there yet, each before the next greater one.
fn add_rows(xml: &str, spans: &SheetSpans, added: &[(u32, String)], edits: &mut Vec<Edit>) {
    let prefix = &spans.prefix;
    let element =
        |row: u32, cells: &str| format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", row + 1);
    let Some(end) = spans.data_end else {
        if !added.is_empty() {
            let tag = &xml[spans.data.clone()];
            let opened = tag.trim_end_matches('>').trim_end_matches('/').trim_end();
            let rows: String = added
                .iter()
                .map(|(row, cells)| element(*row, cells))
                .collect();
            edits.push((
                spans.data.clone(),
                format!("{opened}>{rows}</{prefix}sheetData>"),
            ));
        }
        return;
    };
    for (row, cells) in added {
        let next = spans.rows.iter().find(|span| span.row > *row);
        let at = next.map_or(end, |span| span.tag.start);
        let text = element(*row, cells);
        match edits.iter_mut().find(|(range, _)| *range == (at..at)) {
            Some((_, before)) => before.push_str(&text),
            None => edits.push((at..at, text)),
        }
    }
}

/// `dimension` tells readers how far the sheet reaches.
fn widen_dimension(spans: &SheetSpans, filled: &[Place], edits: &mut Vec<Edit>) {
    let Some((value, area)) = &spans.dimension else {
        return;
    };
    let mut wider = *area;
    for place in filled {
        wider.first.row = wider.first.row.min(place.row);
        wider.first.column = wider.first.column.min(place.column);
        wider.last.row = wider.last.row.max(place.row);
        wider.last.column = wider.last.column.max(place.column);
    }
    if wider != *area {
        edits.push((value.clone(), wider.to_string()));
    }
}

/// The text with its edits; they do not overlap.
fn splice(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len() + 64 * edits.len());
    let mut at = 0;
    for (range, replacement) in edits {
        out.push_str(&text[at..range.start]);
        out.push_str(&replacement);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Parts of `workbook.xml` that stand before `calcPr`.
const BEFORE_CALCULATION: [&str; 4] = [
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
];

/// `workbook.xml` that asks for everything to be calculated at opening; `None` when it does already.
pub(super) fn calculate_at_opening(xml: &str) -> Result<Option<String>, ExchangeError> {
    let mut reader = Reader::from_str(xml);
    let mut after = None;
    let mut depth = 0u32;
    loop {
        let before = position(&reader);
        let event = reader.read_event().map_err(|error| damaged(&error))?;
        let here = before..position(&reader);
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let local = tag.local_name();
                let local = local.as_ref();
                if local == "calcPr" {
                    if matches!(
                        attribute(&tag, "fullCalcOnLoad")?.as_deref(),
                        Some("1" | "true")
                    ) {
                        return Ok(None);
                    }
                    let edit = match value_span(xml, &here, "fullCalcOnLoad") {
                        Some(value) => (value, "1".to_owned()),
                        None => {
                            let name = tag.name();
                            let at = here.start + 1 + name.as_ref().len();
                            (at..at, " fullCalcOnLoad=\"1\"".to_owned())
                        }
                    };
                    return Ok(Some(splice(xml, vec![edit])));
                }
                if empty && depth == 1 && BEFORE_CALCULATION.contains(&local) {
                    after = Some((here.end, prefix(tag.name().as_ref())));
                }
                depth += u32::from(!empty);
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if depth == 1 && BEFORE_CALCULATION.contains(&tag.local_name().as_ref()) {
                    after = Some((here.end, prefix(tag.name().as_ref())));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let Some((at, prefix)) = after else {
        return Ok(None);
    };
    let element = format!("<{prefix}calcPr fullCalcOnLoad=\"1\"/>");
    Ok(Some(splice(xml, vec![(at..at, element)])))
}

fn prefix(name: &str) -> String {
    name.rfind(':')
        .map_or_else(String::new, |at| name[..=at].to_owned())
}
