//! Before → after of several indicators, each on its own scale.

mod row;

use super::canvas::{AFTER, Align, BEFORE, INK, Letters, MUTED, RULE};
use super::frame::{Frame, MARGIN, Sign};
use super::lettering::{one_line, width};
use super::{DotRow, Mark, PairedDots, Scale, words};
use row::Row;

const LABEL: Letters = Letters::new(16, INK);
const VALUE_AFTER: Letters = Letters::new(14, AFTER);
const CHANGE: Letters = Letters::new(16, INK);
const DOT: i32 = 6;
const GAP: i32 = 11;

/// Draws `chart` as SVG. Rows without any value say 未填; a chart without rows says 暂无数据.
#[must_use]
pub fn paired_dots(chart: &PairedDots) -> String {
    if chart.rows.is_empty() {
        return Frame::empty(&chart.caption, chart.width_px);
    }
    let rough = Frame::plan(&chart.caption, chart.width_px, key(chart), note(chart), 0);
    let columns = Columns::plan(chart, rough.width);
    let rows: Vec<Row<'_>> = chart
        .rows
        .iter()
        .map(|row| Row::plan(row, &columns))
        .collect();
    let body: i32 = rows.iter().map(|row| row.height).sum::<i32>() + AXIS_HEAD;
    Frame::plan(
        &chart.caption,
        chart.width_px,
        key(chart),
        note(chart),
        body,
    )
    .draw(|canvas, frame| {
        let top = frame.body_top + AXIS_HEAD;
        canvas.line(
            (columns.zero, top),
            (columns.zero, frame.body_top + body),
            BEFORE,
            1,
        );
        canvas.text(
            "0",
            columns.zero,
            frame.body_top + AXIS_HEAD / 2,
            Align::Middle,
            Letters::new(12, MUTED),
        );
        let mut y = top;
        for row in &rows {
            canvas.line((MARGIN, y), (frame.width - MARGIN, y), RULE, 1);
            row.draw(canvas, &columns, y);
            y += row.height;
        }
        canvas.line((MARGIN, y), (frame.width - MARGIN, y), RULE, 1);
    })
}

const AXIS_HEAD: i32 = 18;

fn key(chart: &PairedDots) -> Vec<(Sign, &'static str)> {
    let mut key: Vec<(Sign, &str)> = vec![
        (|canvas, x, y| canvas.ring(x, y, 6, BEFORE), words::BEFORE),
        (|canvas, x, y| canvas.disc(x, y, 6, AFTER), words::AFTER),
    ];
    if chart.rows.iter().any(|row| row.as_built.is_some()) {
        key.push((|canvas, x, y| canvas.diamond(x, y, 6, INK), words::AS_BUILT));
    }
    if chart.rows.iter().any(|row| row.standard.is_some()) {
        key.push((
            |canvas, x, y| canvas.dashes(x, y - 9, y + 9, INK),
            words::STANDARD,
        ));
    }
    key
}

fn note(chart: &PairedDots) -> &'static str {
    let plain = |row: &DotRow| row.scale == Scale::FromZero && !is_below_zero(row);
    if chart.rows.iter().all(plain) {
        words::OWN_SCALES
    } else {
        words::OWN_SCALES_MIXED
    }
}

/// Whether a row that should begin at zero has to begin below it.
fn is_below_zero(row: &DotRow) -> bool {
    let marks = [&row.before, &row.after, &row.as_built, &row.standard];
    row.scale == Scale::FromZero && marks.into_iter().flatten().any(|mark| mark.value < 0)
}

/// Where the columns of the chart begin and end.
struct Columns {
    label_right: i32,
    plot_left: i32,
    zero: i32,
    full: i32,
    plot_right: i32,
    right: i32,
}

impl Columns {
    fn plan(chart: &PairedDots, width_px: i32) -> Columns {
        let widest = |texts: &mut dyn Iterator<Item = i32>, low: i32, high: i32| {
            texts.max().unwrap_or(0).clamp(low, high)
        };
        let label = widest(
            &mut chart
                .rows
                .iter()
                .map(|row| width(&one_line(&row.label), LABEL.size)),
            60,
            width_px * 24 / 100,
        );
        let change = widest(
            &mut chart
                .rows
                .iter()
                .map(|row| width(&one_line(&row.change), CHANGE.size) + 18),
            50,
            width_px * 18 / 100,
        );
        let label_right = MARGIN + label;
        let right = width_px - MARGIN;
        let plot_left = label_right + 14;
        let plot_right = right - change - 12;
        let most = (plot_right - plot_left) * 36 / 100;
        let mut columns = Columns {
            label_right,
            plot_left,
            zero: plot_left,
            full: plot_right,
            plot_right,
            right,
        };
        // Room for the value texts beside the outermost dots; more room moves the dots, so repeat.
        for _ in 0..6 {
            let (mut left_need, mut right_need) = (0, 0);
            for row in &chart.rows {
                let dots = Dots::place(row, &columns);
                let gap = dots.gap() + 2;
                if let Some(Dot { x, mark, .. }) = dots.left {
                    left_need = left_need.max(columns.plot_left - (x - gap - text_width(mark)));
                }
                if let Some(Dot { x, mark, .. }) = dots.right {
                    right_need = right_need.max(x + gap + text_width(mark) - columns.plot_right);
                }
            }
            columns.zero = (columns.zero + left_need.max(0)).min(plot_left + most);
            columns.full = (columns.full - right_need.max(0)).max(plot_right - most);
        }
        columns.zero = columns.zero.max(plot_left + DOT + 2);
        columns.full = columns.full.min(plot_right - DOT - 2);
        columns
    }
}

fn text_width(mark: &Mark) -> i32 {
    width(&one_line(&mark.text), VALUE_AFTER.size)
}

/// A dot, and its mark whose text stands on the side away from the other dot.
#[derive(Clone, Copy)]
struct Dot<'a> {
    x: i32,
    mark: &'a Mark,
    /// 方案 rather than 现状.
    planned: bool,
}

/// The dots of a row by side; a lone dot is the right one.
struct Dots<'a> {
    left: Option<Dot<'a>>,
    right: Option<Dot<'a>>,
}

impl<'a> Dots<'a> {
    fn place(row: &'a DotRow, columns: &Columns) -> Dots<'a> {
        let dot = |mark: &'a Option<Mark>, planned| {
            mark.as_ref().map(|mark| Dot {
                x: position(row, mark.value, columns),
                mark,
                planned,
            })
        };
        match (dot(&row.before, false), dot(&row.after, true)) {
            (Some(before), Some(after)) if before.mark.value <= after.mark.value => Dots {
                left: Some(before),
                right: Some(after),
            },
            (Some(before), Some(after)) => Dots {
                left: Some(after),
                right: Some(before),
            },
            (one, other) => Dots {
                left: None,
                right: one.or(other),
            },
        }
    }

    fn coincide(&self) -> bool {
        matches!((self.left, self.right), (Some(left), Some(right)) if left.x == right.x)
    }

    /// From a dot's middle to the beginning of its text.
    fn gap(&self) -> i32 {
        if self.coincide() { GAP + 4 } else { GAP }
    }
}

/// The x of `value` on the row's own scale.
fn position(row: &DotRow, value: i64, columns: &Columns) -> i32 {
    let values = [&row.before, &row.after, &row.as_built, &row.standard];
    let values = values.into_iter().flatten().map(|mark| mark.value);
    let (low, high) = match row.scale {
        Scale::FromZero => (0, 0),
        Scale::Between { low, high, .. } => (low, high),
    };
    let low = i128::from(values.clone().fold(low, i64::min));
    let high = i128::from(values.fold(high, i64::max));
    let span = i128::from(columns.full - columns.zero);
    let share = if high > low {
        (i128::from(value) - low) * span / (high - low)
    } else {
        0
    };
    columns.zero + i32::try_from(share).unwrap_or(0)
}
