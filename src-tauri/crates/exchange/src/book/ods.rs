//! .ods: content.xml, streamed. Repeated blanks cost nothing, merged ranges are kept.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Cursor, Read};

use chrono::NaiveDate;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::{
    Book, BookFormat, COLUMN_LIMIT, Content, ROW_LIMIT, Sheet, SheetBuilder, Span, VISIT_LIMIT,
    damaged,
};
use crate::ExchangeError;

pub(super) fn read(bytes: &[u8]) -> Result<Book, ExchangeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut manifest = String::new();
    if let Ok(part) = archive.by_name("META-INF/manifest.xml") {
        BufReader::new(part)
            .read_to_string(&mut manifest)
            .map_err(|error| damaged(&error))?;
    }
    if manifest.contains("manifest:encryption-data") || manifest.contains(":encrypted-key") {
        return Err(ExchangeError::Encrypted);
    }
    let part = archive
        .by_name("content.xml")
        .map_err(|error| damaged(&error))?;
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().expand_empty_elements = true;
    let mut content = Tables::default();
    let mut buffer = Vec::new();
    let mut style = String::new();
    let mut ended = false;
    loop {
        match next(&mut reader, &mut buffer)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "style" => style = attribute(&tag, "name")?.unwrap_or_default(),
                "table-properties" if attribute(&tag, "display")?.as_deref() == Some("false") => {
                    content.hidden_styles.insert(style.clone());
                }
                "table" => {
                    let sheet = content.table(&mut reader, &tag)?;
                    content.sheets.push(sheet);
                }
                _ => {}
            },
            Event::End(tag) => ended |= tag.local_name().as_ref() == "document-content",
            Event::Eof => break,
            _ => {}
        }
    }
    if !ended {
        return Err(ExchangeError::Damaged {
            detail: "content.xml ends too early".to_owned(),
        });
    }
    Ok(Book {
        sheets: content.sheets,
        format: BookFormat::Ods,
        epoch_1904: false,
        notes: Vec::new(),
    })
}

fn next<'b, R: BufRead>(
    reader: &mut Reader<R>,
    buffer: &'b mut Vec<u8>,
) -> Result<Event<'b>, ExchangeError> {
    buffer.clear();
    reader
        .read_event_into(buffer)
        .map_err(|error| damaged(&error))
}

/// Value of an attribute by its name without prefix, entities resolved.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, ExchangeError> {
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

#[derive(Default)]
struct Tables {
    hidden_styles: HashSet<String>,
    sheets: Vec<Sheet>,
    count: u64,
    visits: u64,
}

/// What the attributes of a cell say.
#[derive(Default)]
struct Attributes {
    repeated: u32,
    columns: u32,
    rows: u32,
    kind: String,
    value: Option<String>,
    formula: bool,
}

impl Attributes {
    fn of(tag: &BytesStart<'_>) -> Result<Self, ExchangeError> {
        let mut read = Self {
            repeated: 1,
            columns: 1,
            rows: 1,
            ..Self::default()
        };
        for found in tag.attributes() {
            let found = found.map_err(|error| damaged(&error))?;
            let value = found
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| damaged(&error))?;
            let number = || value.parse::<u32>().unwrap_or(1).max(1);
            match found.key.local_name().as_ref() {
                "number-columns-repeated" => read.repeated = number().min(COLUMN_LIMIT),
                "number-columns-spanned" => read.columns = number().min(COLUMN_LIMIT),
                "number-rows-spanned" => read.rows = number().min(ROW_LIMIT),
                "value-type" if read.kind != "error" => read.kind = value.into_owned(),
                "value" | "date-value" | "boolean-value" | "string-value" | "time-value" => {
                    read.value = Some(value.into_owned());
                }
                "formula" => read.formula = true,
                _ => {}
            }
        }
        Ok(read)
    }
}

impl Tables {
    fn table<R: BufRead>(
        &mut self,
        reader: &mut Reader<R>,
        tag: &BytesStart<'_>,
    ) -> Result<Sheet, ExchangeError> {
        let name = attribute(tag, "name")?.unwrap_or_default();
        let style = attribute(tag, "style-name")?.unwrap_or_default();
        let hidden = self.hidden_styles.contains(&style);
        let mut count = self.count;
        let mut builder = SheetBuilder::new(&name, hidden, &mut count);
        let mut buffer = Vec::new();
        let (mut row, mut column) = (0u32, 0u32);
        let mut depth = 1;
        loop {
            match next(reader, &mut buffer)? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "table" => depth += 1,
                    "table-column" if depth == 1 => {
                        let repeated = repeated(&tag, "number-columns-repeated")?;
                        let end = column.saturating_add(repeated).min(COLUMN_LIMIT);
                        if is_collapsed(&tag)? {
                            builder.sheet().hidden_columns.extend(column..end);
                        }
                        column = end;
                    }
                    "table-row" if depth == 1 => {
                        let repeated = repeated(&tag, "number-rows-repeated")?;
                        if row >= ROW_LIMIT {
                            return Err(damaged(&"too many rows"));
                        }
                        let end = row.saturating_add(repeated).min(ROW_LIMIT);
                        let filled = self.row(reader, row..end, &mut builder)?;
                        if is_collapsed(&tag)? && filled {
                            builder.sheet().hidden_rows.extend(row..end);
                        }
                        row = end;
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "table" => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                Event::Eof => return Err(damaged(&"content.xml ends too early")),
                _ => {}
            }
        }
        let sheet = builder.finish();
        self.count = count;
        Ok(sheet)
    }

    /// Reads a row into every place where it stands; true when it has a filled cell.
    fn row<R: BufRead>(
        &mut self,
        reader: &mut Reader<R>,
        rows: std::ops::Range<u32>,
        builder: &mut SheetBuilder<'_>,
    ) -> Result<bool, ExchangeError> {
        let mut buffer = Vec::new();
        let mut column = 0u32;
        let mut cells: HashMap<u32, (Attributes, String)> = HashMap::new();
        let mut order = Vec::new();
        loop {
            match next(reader, &mut buffer)? {
                Event::Start(tag)
                    if matches!(
                        tag.local_name().as_ref(),
                        "table-cell" | "covered-table-cell"
                    ) =>
                {
                    self.visits += 1;
                    if self.visits > VISIT_LIMIT {
                        return Err(ExchangeError::TooManyCells { limit: VISIT_LIMIT });
                    }
                    let attributes = Attributes::of(&tag)?;
                    let text = paragraphs(reader, tag.name().as_ref())?;
                    let step = attributes.repeated;
                    if attributes.columns > 1 || attributes.rows > 1 {
                        builder.sheet().spans.push(Span {
                            first_row: rows.start,
                            first_column: column,
                            last_row: (rows.start + attributes.rows - 1).min(ROW_LIMIT - 1),
                            last_column: column + attributes.columns - 1,
                        });
                    }
                    if attributes.value.is_some() || !text.is_empty() {
                        order.push(column);
                        cells.insert(column, (attributes, text));
                    }
                    column = column.saturating_add(step).min(COLUMN_LIMIT);
                }
                Event::End(tag) if tag.local_name().as_ref() == "table-row" => break,
                Event::Eof => return Err(damaged(&"content.xml ends too early")),
                _ => {}
            }
        }
        if order.is_empty() {
            return Ok(false);
        }
        for row in rows {
            for first in &order {
                let (attributes, text) = &cells[first];
                for column in *first..(first + attributes.repeated).min(COLUMN_LIMIT) {
                    let content = content(attributes, text);
                    builder.push(row, column, content, attributes.formula)?;
                }
            }
        }
        Ok(true)
    }
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> Result<u32, ExchangeError> {
    let text = attribute(tag, name)?;
    Ok(text
        .and_then(|text| text.parse::<u32>().ok())
        .unwrap_or(1)
        .clamp(1, ROW_LIMIT))
}

fn is_collapsed(tag: &BytesStart<'_>) -> Result<bool, ExchangeError> {
    let visibility = attribute(tag, "visibility")?;
    Ok(matches!(visibility.as_deref(), Some("collapse" | "filter")))
}

fn content<'c>(attributes: &'c Attributes, text: &'c str) -> Content<'c> {
    let value = attributes.value.as_deref().unwrap_or_default();
    match attributes.kind.as_str() {
        "float" | "currency" | "percentage" => match value.parse() {
            Ok(number) => Content::Number(number),
            Err(_) => Content::Text(text),
        },
        "date" => match value.get(..10).map(str::parse::<NaiveDate>) {
            Some(Ok(day)) => Content::Date(day),
            _ => Content::Text(text),
        },
        "boolean" => Content::Bool(value == "true"),
        _ if text.starts_with("#") && attributes.formula => Content::Error(text),
        _ if text.is_empty() => Content::Text(value),
        _ => Content::Text(text),
    }
}

/// Paragraphs of a cell, a line each; remarks on the cell are left out.
fn paragraphs<R: BufRead>(reader: &mut Reader<R>, cell: &str) -> Result<String, ExchangeError> {
    let mut text = String::new();
    let mut buffer = Vec::new();
    let (mut aside, mut inside, mut cells) = (0u32, 0u32, 1u32);
    loop {
        match next(reader, &mut buffer)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "annotation" => aside += 1,
                "p" if aside == 0 => {
                    inside += 1;
                    if !text.is_empty() {
                        text.push('\n');
                    }
                }
                "s" if aside == 0 => text.push(' '),
                "tab" if aside == 0 => text.push('\t'),
                "line-break" if aside == 0 => text.push('\n'),
                _ if tag.name().as_ref() == cell => cells += 1,
                _ => {}
            },
            Event::Text(part) if aside == 0 && inside > 0 => {
                text.push_str(&part.xml10_content());
            }
            Event::GeneralRef(entity) if aside == 0 && inside > 0 => {
                let name = entity.xml10_content();
                let sign = entity
                    .resolve_char_ref()
                    .map_err(|error| damaged(&error))?
                    .map(String::from);
                let known = sign.or_else(|| resolve_predefined_entity(&name).map(str::to_owned));
                text.push_str(&known.unwrap_or_default());
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "annotation" => aside = aside.saturating_sub(1),
                "p" if aside == 0 => inside = inside.saturating_sub(1),
                _ if tag.name().as_ref() == cell => {
                    cells -= 1;
                    if cells == 0 {
                        return Ok(text);
                    }
                }
                _ => {}
            },
            Event::Eof => return Err(damaged(&"content.xml ends too early")),
            _ => {}
        }
    }
}
