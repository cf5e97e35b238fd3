//! Shapes and letters on the plotters SVG backend. Coordinates are whole px from the upper left.

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

/// Families in the order of preference; the shipped face first, so that papers and pictures are
/// the same everywhere.
const FAMILIES: &str = "'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif";
/// The backend divides the size of a font by this; it is put in again.
const BACKEND_SHRINKS_BY: f64 = 1.24;

/// Text and axes.
pub(super) const INK: RGBColor = RGBColor(0x1b, 0x22, 0x29);
/// Secondary text.
pub(super) const MUTED: RGBColor = RGBColor(0x5a, 0x64, 0x6e);
/// Hairlines.
pub(super) const RULE: RGBColor = RGBColor(0xd3, 0xd8, 0xdd);
/// 现状.
pub(super) const BEFORE: RGBColor = RGBColor(0x80, 0x86, 0x8c);
/// 方案 and 竣工.
pub(super) const AFTER: RGBColor = RGBColor(0x0a, 0x52, 0x63);
/// Paper.
pub(super) const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);

/// Which point of a text its position names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

/// Lettering: size in px and colour. No bold: the shipped sans face has one weight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    pub(super) size: u32,
    pub(super) color: RGBColor,
}

impl Letters {
    pub(super) const fn new(size: u32, color: RGBColor) -> Letters {
        Letters { size, color }
    }
}

/// A white sheet that becomes an SVG.
pub(super) struct Canvas<'a> {
    backend: SVGBackend<'a>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(svg: &'a mut String, width: i32, height: i32) -> Canvas<'a> {
        let px = |length: i32| u32::try_from(length).unwrap_or(1).max(1);
        let mut canvas = Canvas {
            backend: SVGBackend::with_string(svg, (px(width), px(height))),
        };
        canvas.fill_rect(0, 0, width, height, PAPER);
        canvas
    }

    pub(super) fn finish(mut self) {
        written(self.backend.present());
    }

    /// Text whose vertical middle (of a hanzi) is at `y`.
    pub(super) fn text(&mut self, text: &str, x: i32, y: i32, align: Align, letters: Letters) {
        let h = match align {
            Align::Left => HPos::Left,
            Align::Middle => HPos::Center,
            Align::Right => HPos::Right,
        };
        let size = i32::try_from(letters.size).unwrap_or(1);
        // The backend puts the baseline 0.76 em under the position; the middle of a hanzi lies
        // 0.37 em above its baseline.
        let top = y - (size * 39 + 50) / 100;
        let font = plotters::style::FontDesc::new(
            FontFamily::Name(FAMILIES),
            backend_size(letters.size),
            FontStyle::Normal,
        );
        let style = TextStyle::from(font)
            .color(&letters.color)
            .pos(Pos::new(h, VPos::Top));
        written(self.backend.draw_text(text, &style, (x, top)));
    }

    pub(super) fn line(&mut self, from: (i32, i32), to: (i32, i32), color: RGBColor, width: u32) {
        written(self.backend.draw_line(from, to, &stroke(color, width)));
    }

    /// A vertical dashed line.
    pub(super) fn dashes(&mut self, x: i32, top: i32, bottom: i32, color: RGBColor) {
        let mut y = top;
        while y < bottom {
            self.line((x, y), (x, (y + 4).min(bottom)), color, 2);
            y += 7;
        }
    }

    pub(super) fn fill_rect(
        &mut self,
        left: i32,
        top: i32,
        right: i32,
        bottom: i32,
        color: RGBColor,
    ) {
        written(
            self.backend
                .draw_rect((left, top), (right, bottom), &stroke(color, 1), true),
        );
    }

    pub(super) fn outline(
        &mut self,
        left: i32,
        top: i32,
        right: i32,
        bottom: i32,
        color: RGBColor,
    ) {
        written(
            self.backend
                .draw_rect((left, top), (right, bottom), &stroke(color, 1), false),
        );
    }

    /// Diagonal hatching inside a rectangle, with an outline.
    pub(super) fn hatch(&mut self, left: i32, top: i32, right: i32, bottom: i32, color: RGBColor) {
        let height = bottom - top;
        let mut foot = left - height + 3;
        while foot < right {
            let (mut x1, mut y1) = (foot, bottom);
            let (mut x2, mut y2) = (foot + height, top);
            if x1 < left {
                y1 -= left - x1;
                x1 = left;
            }
            if x2 > right {
                y2 += x2 - right;
                x2 = right;
            }
            if x1 < x2 {
                self.line((x1, y1), (x2, y2), color, 1);
            }
            foot += 6;
        }
        self.outline(left, top, right, bottom, color);
    }

    pub(super) fn disc(&mut self, x: i32, y: i32, radius: u32, color: RGBColor) {
        written(
            self.backend
                .draw_circle((x, y), radius, &stroke(color, 1), true),
        );
    }

    /// A circle filled with paper.
    pub(super) fn ring(&mut self, x: i32, y: i32, radius: u32, color: RGBColor) {
        self.disc(x, y, radius, PAPER);
        written(
            self.backend
                .draw_circle((x, y), radius, &stroke(color, 2), false),
        );
    }

    pub(super) fn polygon(&mut self, points: &[(i32, i32)], color: RGBColor) {
        written(
            self.backend
                .fill_polygon(points.iter().copied(), &stroke(color, 1)),
        );
    }

    pub(super) fn diamond(&mut self, x: i32, y: i32, radius: i32, color: RGBColor) {
        self.polygon(
            &[
                (x, y - radius),
                (x + radius, y),
                (x, y + radius),
                (x - radius, y),
            ],
            color,
        );
    }
}

fn stroke(color: RGBColor, width: u32) -> ShapeStyle {
    ShapeStyle {
        color: color.into(),
        filled: false,
        stroke_width: width,
    }
}

/// The size to ask for so that the backend writes exactly `px`. Some sizes, 13 and 15 among them,
/// have no such number and are not used.
fn backend_size(px: u32) -> f64 {
    let grown = f64::from(px) * BACKEND_SHRINKS_BY;
    // Rounding may miss by one step, which would print as 13.000000000000002.
    [grown, grown.next_down(), grown.next_up()]
        .into_iter()
        .find(|size| (size / BACKEND_SHRINKS_BY).to_string() == px.to_string())
        .unwrap_or(grown)
}

/// The backend writes into a string.
fn written<E: std::fmt::Debug>(result: Result<(), E>) {
    result.expect("writing into a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_come_out_whole() {
        for px in [10, 11, 12, 14, 16, 19] {
            let written = backend_size(px) / BACKEND_SHRINKS_BY;
            assert_eq!(written.to_string(), px.to_string());
        }
    }
}
