//! How cells look: enough of the styles to recognise the form on the screen.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::damaged;
use super::scan::{attribute, number, truth};
use crate::ExchangeError;

/// A side of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// 左.
    Left,
    /// 右.
    Right,
    /// 上.
    Top,
    /// 下.
    Bottom,
}

/// How a cell looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// 加粗.
    pub bold: bool,
    /// 倾斜.
    pub italic: bool,
    /// Size of the letters in tenths of a point; 0 for the usual.
    pub size: u32,
    /// Colour of the letters, `#rrggbb`.
    pub color: Option<String>,
    /// Colour of the ground, `#rrggbb`.
    pub fill: Option<String>,
    /// `left`, `center`, `right`, or empty.
    pub horizontal: String,
    /// `top`, `center`, `bottom`, or empty.
    pub vertical: String,
    /// Long text runs over several lines.
    pub wrap: bool,
    /// Sides with a line.
    pub lines: Vec<Side>,
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum NumberLook {
    #[default]
    General,
    /// Decimal places, thousands grouped.
    Fixed(u32, bool),
    Percent(u32),
    Date,
}

/// Look and number format of a cell style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CellStyle {
    pub(super) look: Look,
    pub(super) number: NumberLook,
}

#[derive(Default)]
struct Parts {
    formats: HashMap<u32, String>,
    fonts: Vec<Look>,
    fills: Vec<Option<String>>,
    borders: Vec<Vec<Side>>,
    styles: Vec<CellStyle>,
}

/// Reads `styles.xml`.
pub(super) fn styles(xml: &str) -> Result<Vec<CellStyle>, ExchangeError> {
    let mut parts = Parts::default();
    let mut path: Vec<String> = Vec::new();
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(tag) => {
                parts.take(&path, &tag)?;
                path.push(tag.local_name().as_ref().to_owned());
            }
            Event::Empty(tag) => parts.take(&path, &tag)?,
            Event::End(_) => {
                path.pop();
            }
            Event::Eof => return Ok(parts.styles),
            _ => {}
        }
    }
}

impl Parts {
    fn take(&mut self, path: &[String], tag: &BytesStart<'_>) -> Result<(), ExchangeError> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let local = tag.local_name();
        match (path.get(1..).unwrap_or_default(), local.as_ref()) {
            (["numFmts"], "numFmt") => {
                if let (Some(id), Some(code)) =
                    (number(tag, "numFmtId")?, attribute(tag, "formatCode")?)
                {
                    self.formats.insert(id, code);
                }
            }
            (["fonts"], "font") => self.fonts.push(Look::default()),
            (["fonts", "font"], name) => {
                if let Some(font) = self.fonts.last_mut() {
                    take_font(font, name, tag)?;
                }
            }
            (["fills"], "fill") => self.fills.push(None),
            (["fills", "fill", "patternFill"], "fgColor") => {
                if let Some(fill) = self.fills.last_mut() {
                    *fill = color(tag)?;
                }
            }
            (["fills", "fill"], "patternFill") => {}
            (["borders"], "border") => self.borders.push(Vec::new()),
            (["borders", "border"], name) => {
                let side = match name {
                    "left" | "start" => Some(Side::Left),
                    "right" | "end" => Some(Side::Right),
                    "top" => Some(Side::Top),
                    "bottom" => Some(Side::Bottom),
                    _ => None,
                };
                let drawn = attribute(tag, "style")?.is_some_and(|style| style != "none");
                if let (Some(side), Some(border), true) = (side, self.borders.last_mut(), drawn) {
                    border.push(side);
                }
            }
            (["cellXfs"], "xf") => {
                let style = self.style(tag)?;
                self.styles.push(style);
            }
            (["cellXfs", "xf"], "alignment") => {
                if let Some(style) = self.styles.last_mut() {
                    let look = &mut style.look;
                    look.horizontal = match attribute(tag, "horizontal")?.as_deref() {
                        Some("center" | "centerContinuous" | "distributed") => "center",
                        Some("right") => "right",
                        Some("left" | "justify" | "fill") => "left",
                        _ => "",
                    }
                    .to_owned();
                    look.vertical = match attribute(tag, "vertical")?.as_deref() {
                        Some("center" | "distributed" | "justify") => "center",
                        Some("top") => "top",
                        Some("bottom") => "bottom",
                        _ => "",
                    }
                    .to_owned();
                    look.wrap = truth(tag, "wrapText")?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn style(&self, tag: &BytesStart<'_>) -> Result<CellStyle, ExchangeError> {
        let index = |name| Ok::<_, ExchangeError>(number(tag, name)?.unwrap_or(0) as usize);
        let mut look = self
            .fonts
            .get(index("fontId")?)
            .cloned()
            .unwrap_or_default();
        look.fill = self.fills.get(index("fillId")?).cloned().flatten();
        look.lines = self
            .borders
            .get(index("borderId")?)
            .cloned()
            .unwrap_or_default();
        let format = number(tag, "numFmtId")?.unwrap_or(0);
        let number = match self.formats.get(&format) {
            Some(code) => number_look(code),
            None => built_in(format),
        };
        Ok(CellStyle { look, number })
    }
}

fn take_font(font: &mut Look, name: &str, tag: &BytesStart<'_>) -> Result<(), ExchangeError> {
    let off = matches!(attribute(tag, "val")?.as_deref(), Some("0" | "false"));
    match name {
        "b" => font.bold = !off,
        "i" => font.italic = !off,
        "sz" => {
            let points = attribute(tag, "val")?.and_then(|text| text.parse::<f64>().ok());
            let tenths = points.unwrap_or(0.0).clamp(0.0, 400.0) * 10.0;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 4000"
            )]
            let tenths = tenths as u32;
            font.size = tenths;
        }
        "color" => font.color = color(tag)?.filter(|color| color != "#000000"),
        _ => {}
    }
    Ok(())
}

/// Colours of the usual theme, in the order of their numbers.
const THEME: [&str; 10] = [
    "FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5",
    "70AD47",
];
/// The first colours of the old palette.
const PALETTE: [&str; 8] = [
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF",
];

/// A colour as `#rrggbb`; `None` for the automatic one.
fn color(tag: &BytesStart<'_>) -> Result<Option<String>, ExchangeError> {
    let tint = attribute(tag, "tint")?
        .and_then(|text| text.parse::<f64>().ok())
        .unwrap_or(0.0);
    let base = if let Some(rgb) = attribute(tag, "rgb")? {
        rgb.get(rgb.len().saturating_sub(6)..).map(str::to_owned)
    } else if let Some(theme) = number(tag, "theme")? {
        THEME.get(theme as usize).map(|&color| color.to_owned())
    } else if let Some(index) = number(tag, "indexed")? {
        PALETTE
            .get(index as usize % 8)
            .filter(|_| index < 16)
            .map(|&color| color.to_owned())
    } else {
        None
    };
    Ok(base
        .filter(|base| base.len() == 6 && base.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .map(|base| tinted(&base, tint)))
}

/// Lighter towards white, darker towards black.
fn tinted(base: &str, tint: f64) -> String {
    let mut out = String::from("#");
    for part in [0, 2, 4] {
        let value = f64::from(u8::from_str_radix(&base[part..part + 2], 16).unwrap_or(0));
        let shifted = if tint < 0.0 {
            value * (1.0 + tint)
        } else {
            value + (255.0 - value) * tint
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to a byte"
        )]
        let byte = shifted.round().clamp(0.0, 255.0) as u8;
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

fn built_in(format: u32) -> NumberLook {
    match format {
        1 => NumberLook::Fixed(0, false),
        2 => NumberLook::Fixed(2, false),
        3 | 37 | 38 => NumberLook::Fixed(0, true),
        4 | 39 | 40 => NumberLook::Fixed(2, true),
        9 => NumberLook::Percent(0),
        10 => NumberLook::Percent(2),
        14..=17 | 22 | 27..=31 | 36 | 50..=58 => NumberLook::Date,
        _ => NumberLook::General,
    }
}

/// What a format code means, roughly: texts in quotes and brackets do not count.
fn number_look(code: &str) -> NumberLook {
    let mut bare = String::new();
    let mut until = None;
    for sign in code.split(';').next().unwrap_or_default().chars() {
        match (until, sign) {
            (Some(end), _) if sign == end => until = None,
            (Some(_), _) => {}
            (None, '"') => until = Some('"'),
            (None, '[') => until = Some(']'),
            (None, _) => bare.push(sign.to_ascii_lowercase()),
        }
    }
    if bare.contains('y') || (bare.contains('m') && bare.contains('d')) {
        return NumberLook::Date;
    }
    let places = bare.split_once('.').map_or(0, |(_, fraction)| {
        fraction
            .chars()
            .take_while(|sign| matches!(sign, '0' | '#'))
            .count()
    });
    let places = u32::try_from(places).unwrap_or(0);
    if bare.contains('%') {
        NumberLook::Percent(places)
    } else if bare.contains('0') {
        NumberLook::Fixed(places, bare.contains("#,##"))
    } else {
        NumberLook::General
    }
}
