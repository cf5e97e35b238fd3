//! What all sheets of a workbook share: texts and styles.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::damaged;
use super::look::CellStyle;
use crate::ExchangeError;

/// What is needed to show any sheet.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) texts: Vec<String>,
    pub(super) styles: Vec<CellStyle>,
    /// Name of the workbook's own part.
    pub(super) workbook: String,
    /// Some sheet holds formulas.
    pub(super) formulas: bool,
    pub(super) epoch_1904: bool,
}

/// The shared texts; phonetic marks (`rPh`) are not part of them.
pub(super) fn shared_texts(xml: &str) -> Result<Vec<String>, ExchangeError> {
    let mut texts: Vec<String> = Vec::new();
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(tag) if tag.local_name().as_ref() == "si" => {
                texts.push(rich_text(&mut reader, "si")?);
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => texts.push(String::new()),
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

/// The text of an element up to its end tag: what stands in its `t`, without phonetic marks.
pub(super) fn rich_text(
    reader: &mut Reader<&[u8]>,
    element: &str,
) -> Result<String, ExchangeError> {
    let mut text = String::new();
    let (mut inside, mut aside) = (false, 0u32);
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "rPh" => aside += 1,
                "t" => inside = true,
                _ => {}
            },
            Event::End(tag) => {
                let local = tag.local_name();
                match local.as_ref() {
                    "rPh" => aside = aside.saturating_sub(1),
                    "t" => inside = false,
                    name if name == element => return Ok(text),
                    _ => {}
                }
            }
            event if inside && aside == 0 => append(&mut text, &event)?,
            Event::Eof => return Err(damaged(&"a text without end")),
            _ => {}
        }
    }
}

/// Adds the text of an event: plain, CDATA or an entity.
pub(super) fn append(text: &mut String, event: &Event<'_>) -> Result<(), ExchangeError> {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(entity) => {
            match entity.resolve_char_ref().map_err(|error| damaged(&error))? {
                Some(sign) => text.push(sign),
                None => {
                    text.push_str(resolve_predefined_entity(&entity.xml10_content()).unwrap_or(""));
                }
            }
        }
        Event::Eof => return Err(damaged(&"a text without end")),
        _ => {}
    }
    Ok(())
}
