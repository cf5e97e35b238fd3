//! Parts of one whole before, planned and as built, as bars on one zero-based scale.

use super::canvas::{AFTER, Align, BEFORE, Canvas, INK, Letters, PAPER, RULE};
use super::frame::{Frame, MARGIN, Sign, UNKNOWN};
use super::lettering::{fit, one_line, width, wrap};
use super::{BarPart, GroupedBars, Mark, words};

const LABEL: Letters = Letters::new(16, INK);
const VALUE: Letters = Letters::new(14, INK);
/// Sizes that a value may shrink to before it is cut.
const VALUE_SIZES: [u32; 4] = [14, 12, 11, 10];
const LINE_HEIGHT: i32 = 20;
const BAR: i32 = 16;
const BETWEEN_BARS: i32 = 4;
const AROUND_PART: i32 = 9;

/// Draws `chart` as SVG. Missing values say 未填; a chart without parts says 暂无数据.
#[must_use]
pub fn grouped_bars(chart: &GroupedBars) -> String {
    if chart.parts.is_empty() {
        return Frame::empty(&chart.caption, chart.width_px);
    }
    let series = Series::of(chart);
    let key = || {
        series
            .iter()
            .map(|series| (series.sign(), series.word(chart.series)))
            .collect::<Vec<_>>()
    };
    let rough = Frame::plan(&chart.caption, chart.width_px, key(), "", 0);
    let columns = Columns::plan(chart, &series, rough.width);
    let parts: Vec<Part<'_>> = chart
        .parts
        .iter()
        .map(|part| Part::plan(part, chart.series, &series, &columns))
        .collect();
    let body: i32 = parts.iter().map(|part| part.height).sum();
    Frame::plan(&chart.caption, chart.width_px, key(), "", body).draw(|canvas, frame| {
        let mut y = frame.body_top;
        for part in &parts {
            canvas.line((MARGIN, y), (frame.width - MARGIN, y), RULE, 1);
            part.draw(canvas, &series, &columns, y);
            y += part.height;
        }
        canvas.line((MARGIN, y), (frame.width - MARGIN, y), RULE, 1);
        canvas.line((columns.zero, frame.body_top), (columns.zero, y), INK, 1);
    })
}

/// Which state of the compound a bar shows.
#[derive(Debug, Clone, Copy)]
enum Series {
    Before,
    After,
    AsBuilt,
}

impl Series {
    fn of(chart: &GroupedBars) -> Vec<Series> {
        let mut series = vec![Series::Before, Series::After];
        if chart.parts.iter().any(|part| part.as_built.is_some()) {
            series.push(Series::AsBuilt);
        }
        series
    }

    fn word(self, names: Option<[&'static str; 3]>) -> &'static str {
        if let Some(words) = names {
            return words[self as usize];
        }
        match self {
            Series::Before => words::BEFORE,
            Series::After => words::AFTER,
            Series::AsBuilt => words::AS_BUILT,
        }
    }

    fn mark(self, part: &BarPart) -> Option<&Mark> {
        match self {
            Series::Before => part.before.as_ref(),
            Series::After => part.after.as_ref(),
            Series::AsBuilt => part.as_built.as_ref(),
        }
    }

    /// Hatched grey, solid, and white with a thick frame: told apart without colour.
    fn bar(self, canvas: &mut Canvas<'_>, left: i32, top: i32, right: i32, bottom: i32) {
        match self {
            Series::Before => canvas.hatch(left, top, right, bottom, BEFORE),
            Series::After => canvas.fill_rect(left, top, right, bottom, AFTER),
            Series::AsBuilt => {
                canvas.fill_rect(left, top, right, bottom, INK);
                if right - left > 4 {
                    canvas.fill_rect(left + 2, top + 2, right - 2, bottom - 2, PAPER);
                }
            }
        }
    }

    fn sign(self) -> Sign {
        match self {
            Series::Before => {
                |canvas, x, y| Series::Before.bar(canvas, x - 10, y - 7, x + 12, y + 7)
            }
            Series::After => |canvas, x, y| Series::After.bar(canvas, x - 10, y - 7, x + 12, y + 7),
            Series::AsBuilt => {
                |canvas, x, y| Series::AsBuilt.bar(canvas, x - 10, y - 7, x + 12, y + 7)
            }
        }
    }
}

struct Columns {
    label_right: i32,
    zero: i32,
    full: i32,
    right: i32,
    greatest: i64,
}

impl Columns {
    fn plan(chart: &GroupedBars, series: &[Series], width_px: i32) -> Columns {
        let marks = || {
            chart
                .parts
                .iter()
                .flat_map(|part| series.iter().filter_map(|series| series.mark(part)))
        };
        let label = chart
            .parts
            .iter()
            .map(|part| width(&one_line(&part.label), LABEL.size))
            .max()
            .unwrap_or(0);
        let value = marks()
            .map(|mark| width(&one_line(&mark.text), VALUE.size))
            .max()
            .unwrap_or(0);
        let label_right = MARGIN + label.clamp(40, width_px * 30 / 100);
        let right = width_px - MARGIN;
        Columns {
            label_right,
            zero: label_right + 14,
            full: right - value.clamp(40, width_px * 25 / 100) - 8,
            right,
            greatest: marks().map(|mark| mark.value).max().unwrap_or(0).max(0),
        }
    }

    /// Length of the bar of `value`; what is not zero stays visible. Negative values have no bar.
    fn length(&self, value: i64) -> i32 {
        if value <= 0 || self.greatest <= 0 {
            return 0;
        }
        let length =
            i128::from(value) * i128::from(self.full - self.zero) / i128::from(self.greatest);
        i32::try_from(length).unwrap_or(0).max(2)
    }
}

struct Part<'a> {
    input: &'a BarPart,
    names: Option<[&'static str; 3]>,
    label: Vec<String>,
    bars: i32,
    height: i32,
}

impl<'a> Part<'a> {
    fn plan(
        input: &'a BarPart,
        names: Option<[&'static str; 3]>,
        series: &[Series],
        columns: &Columns,
    ) -> Part<'a> {
        let label = wrap(
            &one_line(&input.label),
            LABEL.size,
            columns.label_right - MARGIN,
            3,
        );
        let count = i32::try_from(series.len()).unwrap_or(1);
        let bars = count * BAR + (count - 1) * BETWEEN_BARS;
        let text = i32::try_from(label.len()).unwrap_or(1) * LINE_HEIGHT;
        Part {
            input,
            names,
            label,
            bars,
            height: bars.max(text) + 2 * AROUND_PART,
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, series: &[Series], columns: &Columns, top: i32) {
        let middle = top + self.height / 2;
        let lines = i32::try_from(self.label.len()).unwrap_or(1);
        for (line, at) in self.label.iter().zip(0..) {
            let y = middle - (lines - 1) * LINE_HEIGHT / 2 + at * LINE_HEIGHT;
            canvas.text(line, MARGIN, y, Align::Left, LABEL);
        }
        let mut y = top + (self.height - self.bars) / 2;
        for series in series {
            let centre = y + BAR / 2;
            let length = series
                .mark(self.input)
                .map_or(0, |mark| columns.length(mark.value));
            let mut x = columns.zero + length + 7;
            if length > 0 {
                series.bar(canvas, columns.zero, y, columns.zero + length, y + BAR);
            } else {
                // Without a bar to tell the series, its name does.
                canvas.text(series.word(self.names), x, centre, Align::Left, UNKNOWN);
                x += width(series.word(self.names), UNKNOWN.size) + 6;
            }
            match series.mark(self.input) {
                Some(mark) => {
                    let (text, size) = fit(&one_line(&mark.text), &VALUE_SIZES, columns.right - x);
                    canvas.text(
                        &text,
                        x,
                        centre,
                        Align::Left,
                        Letters::new(size, VALUE.color),
                    );
                }
                None => canvas.text(words::UNKNOWN, x, centre, Align::Left, UNKNOWN),
            }
            y += BAR + BETWEEN_BARS;
        }
    }
}
