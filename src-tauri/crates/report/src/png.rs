use resvg::{tiny_skia, usvg};

use crate::fonts::SUBSTITUTE;
use crate::{Fonts, ReportError};

/// Longest side of a picture in pixels; beyond it the host has asked for nonsense.
const LONGEST_SIDE_PX: u32 = 16_384;

/// Rasterises `svg` on white at `scale` pixels per SVG unit with the given fonts. Characters that
/// no font holds become 〓, never an empty box; [`Fonts::missing_in`] names them.
///
/// # Errors
/// [`ReportError::Svg`] when the SVG is not well formed, [`ReportError::PictureSize`] when a side
/// would be empty or longer than 16,384 pixels.
pub fn svg_to_png(svg: &str, scale: u32, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let options = usvg::Options {
        fontdb: fonts.database(),
        font_family: crate::fonts::SANS.to_owned(),
        ..usvg::Options::default()
    };
    let missing = fonts.missing_in(svg);
    let svg = svg.replace(|c| missing.contains(&c), SUBSTITUTE);
    let tree = usvg::Tree::from_str(&svg, &options)?;
    let size = tree.size().to_int_size();
    let width = size.width().saturating_mul(scale);
    let height = size.height().saturating_mul(scale);
    let refused = ReportError::PictureSize { width, height };
    if width.max(height) > LONGEST_SIDE_PX {
        return Err(refused);
    }
    let Some(mut pixels) = tiny_skia::Pixmap::new(width, height) else {
        return Err(refused);
    };
    pixels.fill(tiny_skia::Color::WHITE);
    #[expect(
        clippy::cast_precision_loss,
        reason = "a scale of a few pixels per unit is exact in f32"
    )]
    let factor = scale as f32;
    resvg::render(
        &tree,
        tiny_skia::Transform::from_scale(factor, factor),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| ReportError::Png(error.to_string()))
}
