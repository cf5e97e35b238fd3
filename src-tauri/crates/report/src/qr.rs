//! QR codes as vector drawings, one path each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};
use resvg::tiny_skia;

/// Name under which a template finds the drawings: an object from payload to SVG.
pub(crate) const FILE: &str = "qr.json";

/// Modules of white around the symbol; readers need them.
const QUIET: usize = 2;

/// The drawings of `payloads`, each once, as the file that `base.typ` reads. Empty payloads, and
/// those that are too long for a symbol, have none.
pub(crate) fn symbols<'a>(payloads: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let drawings: BTreeMap<&str, String> = payloads
        .filter(|payload| !payload.is_empty())
        .filter_map(|payload| Some((payload, symbol(payload)?)))
        .collect();
    serde_json::to_vec(&drawings).expect("texts are always JSON")
}

fn symbol(payload: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(payload, EcLevel::M).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let dark = row[x..].iter().take_while(|c| **c == Color::Dark).count();
            if dark > 0 {
                let (left, top) = (x + QUIET, y + QUIET);
                write!(path, "M{left} {top}h{dark}v1h-{dark}z").expect("writing to a text");
            }
            x += dark.max(1);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" \
         height=\"{side}\" shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>"
    ))
}

/// Pixels of a module in [`picture`]: sharp on paper at twice the size of a stamp.
const MODULE_PX: usize = 8;

/// The symbol as a PNG file, for programs that show no SVG; none for a payload without a symbol.
pub fn picture(payload: &str) -> Option<Vec<u8>> {
    if payload.is_empty() {
        return None;
    }
    let code = QrCode::with_error_correction_level(payload, EcLevel::M).ok()?;
    let width = code.width();
    let side = (width + 2 * QUIET) * MODULE_PX;
    let side_px = u32::try_from(side).ok()?;
    let mut pixels = tiny_skia::Pixmap::new(side_px, side_px)?;
    pixels.fill(tiny_skia::Color::WHITE);
    let dark = tiny_skia::ColorU8::from_rgba(0, 0, 0, 255).premultiply();
    let modules = code.to_colors();
    for (at, pixel) in pixels.pixels_mut().iter_mut().enumerate() {
        let module = |place: usize| {
            (place / MODULE_PX)
                .checked_sub(QUIET)
                .filter(|at| *at < width)
        };
        if let (Some(x), Some(y)) = (module(at % side), module(at / side))
            && modules[y * width + x] == Color::Dark
        {
            *pixel = dark;
        }
    }
    pixels.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_has_its_three_corners_and_a_quiet_margin() {
        let svg = symbol("0190-3F2A").expect("short enough");
        assert!(svg.contains("viewBox=\"0 0 25 25\""), "{svg}");
        assert!(svg.contains("M2 2h7v1h-7z"), "upper left: {svg}");
        assert!(svg.contains("M16 2h7v1h-7z"), "upper right: {svg}");
        assert!(svg.contains("M2 22h7v1h-7z"), "lower left: {svg}");
    }

    #[test]
    fn a_picture_has_the_modules_of_the_drawing() {
        let png = picture("0190-3F2A").expect("short enough");
        let pixels = tiny_skia::Pixmap::decode_png(&png).expect("a picture");
        assert_eq!((pixels.width(), pixels.height()), (200, 200));
        let dark = |x: usize, y: usize| {
            let at = u32::try_from(x * MODULE_PX + 1).expect("small");
            let down = u32::try_from(y * MODULE_PX + 1).expect("small");
            pixels.pixel(at, down).expect("inside").red() == 0
        };
        assert!(!dark(1, 1), "a quiet margin");
        assert!(dark(2, 2) && dark(8, 2) && !dark(9, 2), "upper left");
        assert!(dark(2, 22) && dark(8, 22), "lower left");
    }

    #[test]
    fn nothing_and_too_much_have_no_symbol() {
        let long = "长".repeat(3000);
        let file = symbols(["", long.as_str()].into_iter());
        assert_eq!(file, b"{}");
        assert!(picture("").is_none() && picture(&long).is_none());
    }
}
