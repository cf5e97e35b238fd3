//! One whole divided into shares (100% 条): a bar of full width for each line, the parts told apart
//! by pattern and labelled where they stand.

use super::canvas::{AFTER, Align, BEFORE, Canvas, INK, Letters, MUTED, PAPER, RULE};
use super::frame::{Frame, MARGIN, Sign};
use super::lettering::{one_line, width, wrap};
use super::{ShareBars, ShareLine, words};

const LABEL: Letters = Letters::new(16, INK);
const SMALL: Letters = Letters::new(12, MUTED);
const VALUE: u32 = 14;
const LINE_HEIGHT: i32 = 20;
const BAR: i32 = 26;
const AROUND: i32 = 9;
/// Patterns in the order of the parts; the last one is for what is missing.
const PATTERNS: usize = 5;

/// Draws `chart` as SVG. A line without numbers says 暂无数据; a chart without lines too.
#[must_use]
pub fn share_bars(chart: &ShareBars) -> String {
    if chart.lines.is_empty() {
        return Frame::empty(&chart.caption, chart.width_px);
    }
    let key = || -> Vec<(Sign, &str)> {
        let signs: [Sign; PATTERNS] = [
            |canvas, x, y| pattern(canvas, 0, [x - 10, y - 7, x + 12, y + 7]),
            |canvas, x, y| pattern(canvas, 1, [x - 10, y - 7, x + 12, y + 7]),
            |canvas, x, y| pattern(canvas, 2, [x - 10, y - 7, x + 12, y + 7]),
            |canvas, x, y| pattern(canvas, 3, [x - 10, y - 7, x + 12, y + 7]),
            |canvas, x, y| pattern(canvas, 4, [x - 10, y - 7, x + 12, y + 7]),
        ];
        chart
            .parts
            .iter()
            .enumerate()
            .map(|(at, part)| (signs[at.min(PATTERNS - 1)], part.as_str()))
            .collect()
    };
    let rough = Frame::plan(&chart.caption, chart.width_px, key(), &chart.note, 0);
    let labels = chart
        .lines
        .iter()
        .map(|line| width(&one_line(&line.label), LABEL.size))
        .max()
        .unwrap_or(0);
    let label_right = MARGIN + labels.clamp(40, rough.width * 28 / 100);
    let counts = chart
        .lines
        .iter()
        .map(|line| width(&one_line(&line.base), SMALL.size))
        .max()
        .unwrap_or(0);
    let columns = Columns {
        label_right,
        left: label_right + 14,
        right: rough.width - MARGIN - counts - 10,
    };
    let rows: Vec<(Vec<String>, i32)> = chart
        .lines
        .iter()
        .map(|line| {
            let label = wrap(&one_line(&line.label), LABEL.size, label_right - MARGIN, 2);
            let text = i32::try_from(label.len()).unwrap_or(1) * LINE_HEIGHT;
            (label, text.max(BAR) + 2 * AROUND)
        })
        .collect();
    let body = rows.iter().map(|(_, height)| height).sum();
    Frame::plan(&chart.caption, chart.width_px, key(), &chart.note, body).draw(|canvas, frame| {
        let mut y = frame.body_top;
        for (line, (label, height)) in chart.lines.iter().zip(&rows) {
            canvas.line((MARGIN, y), (frame.width - MARGIN, y), RULE, 1);
            columns.draw(canvas, line, label, y + height / 2, frame.width);
            y += height;
        }
        canvas.line((MARGIN, y), (frame.width - MARGIN, y), RULE, 1);
    })
}

struct Columns {
    label_right: i32,
    left: i32,
    right: i32,
}

impl Columns {
    fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        line: &ShareLine,
        label: &[String],
        middle: i32,
        full: i32,
    ) {
        let lines = i32::try_from(label.len()).unwrap_or(1);
        for (text, at) in label.iter().zip(0..) {
            let y = middle - (lines - 1) * LINE_HEIGHT / 2 + at * LINE_HEIGHT;
            canvas.text(text, self.label_right, y, Align::Right, LABEL);
        }
        canvas.text(
            &one_line(&line.base),
            full - MARGIN,
            middle,
            Align::Right,
            SMALL,
        );
        let (top, bottom) = (middle - BAR / 2, middle + BAR / 2);
        let total: i64 = line.values.iter().sum();
        if total <= 0 {
            canvas.text(words::EMPTY, self.left, middle, Align::Left, SMALL);
            return;
        }
        let mut sum = 0;
        for (at, value) in line.values.iter().enumerate() {
            let start = self.at(sum, total);
            sum += value.max(&0);
            let end = self.at(sum, total);
            if end <= start {
                continue;
            }
            pattern(canvas, at, [start, top, end, bottom]);
            let text = percent(*value, total);
            let room = end - start - 6;
            if width(&text, VALUE) <= room {
                let wide = width(&text, VALUE) + 6;
                let centre = i32::midpoint(start, end);
                // Numbers on a pattern stand on a patch of paper.
                if at > 0 {
                    canvas.fill_rect(
                        centre - wide / 2,
                        middle - 9,
                        centre + wide / 2,
                        middle + 9,
                        PAPER,
                    );
                }
                let color = if at == 0 { PAPER } else { INK };
                canvas.text(
                    &text,
                    centre,
                    middle,
                    Align::Middle,
                    Letters::new(VALUE, color),
                );
            }
        }
        canvas.outline(self.left, top, self.right, bottom, INK);
    }

    fn at(&self, sum: i64, total: i64) -> i32 {
        let wide = i128::from(self.right - self.left);
        let offset = i128::from(sum) * wide / i128::from(total);
        self.left + i32::try_from(offset).unwrap_or(0)
    }
}

/// `66.4%`.
fn percent(value: i64, total: i64) -> String {
    let thousandths = (value * 2_000 + total) / (2 * total);
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// Solid, hatched, light, dotted and empty: told apart without colour.
fn pattern(canvas: &mut Canvas<'_>, at: usize, [left, top, right, bottom]: [i32; 4]) {
    match at {
        0 => canvas.fill_rect(left, top, right, bottom, AFTER),
        1 => canvas.hatch(left, top, right, bottom, INK),
        2 => {
            canvas.fill_rect(left, top, right, bottom, RULE);
            canvas.outline(left, top, right, bottom, INK);
        }
        3 => {
            let mut x = left + 4;
            while x < right - 1 {
                let mut y = top + 5;
                while y < bottom - 1 {
                    canvas.disc(x, y, 1, BEFORE);
                    y += 6;
                }
                x += 6;
            }
            canvas.outline(left, top, right, bottom, INK);
        }
        _ => canvas.outline(left, top, right, bottom, INK),
    }
}
