//! What was chosen most (排序条): one bar for each choice, the longest first, on a scale from zero.

use super::canvas::{AFTER, Align, INK, Letters, MUTED, RULE};
use super::frame::{Frame, MARGIN};
use super::lettering::{fit, one_line, width, wrap};
use super::{Mark, RankedBars};

const LABEL: Letters = Letters::new(16, INK);
const VALUE_SIZES: [u32; 4] = [14, 12, 11, 10];
const LINE_HEIGHT: i32 = 20;
const BAR: i32 = 18;
const AROUND: i32 = 6;

/// Draws `chart` as SVG in the order of its values; a chart without bars says 暂无数据.
#[must_use]
pub fn ranked_bars(chart: &RankedBars) -> String {
    if chart.bars.is_empty() {
        return Frame::empty(&chart.caption, chart.width_px);
    }
    let mut bars: Vec<&(String, Mark)> = chart.bars.iter().collect();
    bars.sort_by_key(|(_, mark)| std::cmp::Reverse(mark.value));
    let rough = Frame::plan(&chart.caption, chart.width_px, Vec::new(), &chart.note, 0);
    let labels = bars
        .iter()
        .map(|(label, _)| width(&one_line(label), LABEL.size))
        .max()
        .unwrap_or(0);
    let values = bars
        .iter()
        .map(|(_, mark)| width(&one_line(&mark.text), VALUE_SIZES[0]))
        .max()
        .unwrap_or(0);
    let label_right = MARGIN + labels.clamp(40, rough.width * 42 / 100);
    let zero = label_right + 14;
    let right = rough.width - MARGIN;
    let full = right - values.clamp(40, rough.width * 25 / 100) - 8;
    let greatest = if chart.whole > 0 {
        chart.whole
    } else {
        bars[0].1.value.max(1)
    };
    let rows: Vec<(Vec<String>, i32)> = bars
        .iter()
        .map(|(label, _)| {
            let lines = wrap(&one_line(label), LABEL.size, label_right - MARGIN, 2);
            let text = i32::try_from(lines.len()).unwrap_or(1) * LINE_HEIGHT;
            (lines, text.max(BAR) + 2 * AROUND)
        })
        .collect();
    let body = rows.iter().map(|(_, height)| height).sum();
    Frame::plan(
        &chart.caption,
        chart.width_px,
        Vec::new(),
        &chart.note,
        body,
    )
    .draw(|canvas, frame| {
        let mut y = frame.body_top;
        let top = y;
        for ((_, mark), (label, height)) in bars.iter().zip(&rows) {
            let middle = y + height / 2;
            let lines = i32::try_from(label.len()).unwrap_or(1);
            for (text, at) in label.iter().zip(0..) {
                let line = middle - (lines - 1) * LINE_HEIGHT / 2 + at * LINE_HEIGHT;
                canvas.text(text, label_right, line, Align::Right, LABEL);
            }
            let long = i128::from(mark.value.clamp(0, greatest)) * i128::from(full - zero)
                / i128::from(greatest);
            let long = i32::try_from(long).unwrap_or(0);
            let long = if mark.value > 0 { long.max(2) } else { 0 };
            if long > 0 {
                canvas.fill_rect(zero, middle - BAR / 2, zero + long, middle + BAR / 2, AFTER);
            }
            let x = zero + long + 7;
            let (text, size) = fit(&one_line(&mark.text), &VALUE_SIZES, right - x);
            let color = if mark.value > 0 { INK } else { MUTED };
            canvas.text(&text, x, middle, Align::Left, Letters::new(size, color));
            y += height;
        }
        canvas.line((zero, top), (zero, y), INK, 1);
        canvas.line((MARGIN, y), (frame.width - MARGIN, y), RULE, 1);
    })
}
