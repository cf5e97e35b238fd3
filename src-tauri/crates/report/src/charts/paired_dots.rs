//! Before → after of several indicators, each on its own scale.

use super::canvas::{AFTER, Align, BEFORE, Canvas, INK, Letters, MUTED, PAPER, RULE};
use super::frame::{Frame, MARGIN, Sign, UNKNOWN};
use super::lettering::{one_line, shorten, width, wrap};
use super::{DotRow, Mark, PairedDots, Scale, words};

const LABEL: Letters = Letters::new(15, INK);
const VALUE_BEFORE: Letters = Letters::new(14, MUTED);
const VALUE_AFTER: Letters = Letters::new(14, AFTER);
const SMALL: Letters = Letters::new(12, INK);
const CHANGE: Letters = Letters::new(15, INK);
const LINE_HEIGHT: i32 = 19;
/// Height of a row's middle lane, where the dots are.
const LANE: i32 = 38;
/// Height of the lane above (standard) or below (as built) the dots, where there is one.
const SIDE_LANE: i32 = 17;
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
    if chart.rows.iter().all(|row| row.scale == Scale::FromZero) {
        words::OWN_SCALES
    } else {
        words::OWN_SCALES_MIXED
    }
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
        let most = (plot_right - plot_left) * 30 / 100;
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
                if let Some((x, mark)) = dots.left {
                    left_need = left_need.max(columns.plot_left - (x - GAP - text_width(mark)));
                }
                if let Some((x, mark)) = dots.right {
                    right_need = right_need.max(x + GAP + text_width(mark) - columns.plot_right);
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

/// The two dots of a row by side: their x and the mark whose text stands outside of it.
struct Dots<'a> {
    left: Option<(i32, &'a Mark)>,
    right: Option<(i32, &'a Mark)>,
    before: Option<i32>,
    after: Option<i32>,
}

impl<'a> Dots<'a> {
    fn place(row: &'a DotRow, columns: &Columns) -> Dots<'a> {
        let before = row
            .before
            .as_ref()
            .map(|mark| (position(row, mark.value, columns), mark));
        let after = row
            .after
            .as_ref()
            .map(|mark| (position(row, mark.value, columns), mark));
        let (left, right) = match (before, after) {
            (Some(b), Some(a)) if b.1.value <= a.1.value => (Some(b), Some(a)),
            (Some(b), Some(a)) => (Some(a), Some(b)),
            (one, other) => (None, one.or(other)),
        };
        Dots {
            left,
            right,
            before: before.map(|b| b.0),
            after: after.map(|a| a.0),
        }
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

/// A row with its texts broken and its height known.
struct Row<'a> {
    input: &'a DotRow,
    label: Vec<String>,
    height: i32,
}

impl<'a> Row<'a> {
    fn plan(input: &'a DotRow, columns: &Columns) -> Row<'a> {
        let label = wrap(
            &one_line(&input.label),
            LABEL.size,
            columns.label_right - MARGIN,
            3,
        );
        let above = if input.standard.is_some() || matches!(input.scale, Scale::Between { .. }) {
            SIDE_LANE
        } else {
            0
        };
        let below = if input.as_built.is_some() {
            SIDE_LANE
        } else {
            0
        };
        let text = i32::try_from(label.len()).unwrap_or(1) * LINE_HEIGHT + 10;
        Row {
            input,
            label,
            height: (LANE + above + below).max(text),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, columns: &Columns, top: i32) {
        let row = self.input;
        let lane_above = if row.standard.is_some() || matches!(row.scale, Scale::Between { .. }) {
            SIDE_LANE
        } else {
            0
        };
        let lane_below = if row.as_built.is_some() { SIDE_LANE } else { 0 };
        let spare = self.height - LANE - lane_above - lane_below;
        let y = top + spare / 2 + lane_above + LANE / 2;
        let middle = top + self.height / 2;
        let lines = i32::try_from(self.label.len()).unwrap_or(1);
        for (line, at) in self.label.iter().zip(0..) {
            let line_y = middle - (lines - 1) * LINE_HEIGHT / 2 + at * LINE_HEIGHT;
            canvas.text(line, MARGIN, line_y, Align::Left, LABEL);
        }
        canvas.line((columns.zero, y), (columns.full, y), RULE, 1);
        self.draw_standard(canvas, columns, y);
        self.draw_dots(canvas, columns, y);
        self.draw_as_built(canvas, columns, y);
        self.draw_change(canvas, columns, middle);
    }

    fn draw_standard(&self, canvas: &mut Canvas<'_>, columns: &Columns, y: i32) {
        let lane = y - LANE / 2 - 3;
        let mut free_from = columns.plot_left;
        if let Scale::Between { low_text, .. } = &self.input.scale {
            let text = format!("{}{}", words::SCALE_FROM, one_line(low_text));
            let text = shorten(
                &text,
                SMALL.size,
                (columns.plot_right - columns.plot_left) / 2 - 8,
            );
            canvas.text(
                &text,
                columns.zero + 4,
                lane,
                Align::Left,
                Letters::new(12, MUTED),
            );
            free_from = columns.zero + 4 + width(&text, SMALL.size) + 8;
        }
        let Some(standard) = &self.input.standard else {
            return;
        };
        let x = position(self.input, standard.value, columns);
        canvas.dashes(x, lane + 9, y + 11, INK);
        let text = shorten(
            &one_line(&standard.text),
            SMALL.size,
            columns.plot_right - free_from,
        );
        let half = width(&text, SMALL.size) / 2 + 1;
        let centre = x.min(columns.plot_right - half).max(free_from + half);
        canvas.text(&text, centre, lane, Align::Middle, SMALL);
    }

    fn draw_dots(&self, canvas: &mut Canvas<'_>, columns: &Columns, y: i32) {
        let dots = Dots::place(self.input, columns);
        if let (Some(from), Some(to)) = (dots.before, dots.after) {
            arrow(canvas, from, to, y);
        }
        let after_is_left = matches!((dots.left, dots.after, &self.input.after), (Some((_, mark)), Some(_), Some(after)) if std::ptr::eq(mark, after));
        let after_is_right = matches!((dots.right, &self.input.after), (Some((_, mark)), Some(after)) if std::ptr::eq(mark, after));
        let letters = |is_after: bool| if is_after { VALUE_AFTER } else { VALUE_BEFORE };
        if let Some((x, mark)) = dots.left {
            let text = shorten(
                &one_line(&mark.text),
                VALUE_AFTER.size,
                x - GAP - columns.plot_left,
            );
            patch(canvas, x - GAP - width(&text, 14), x - GAP, y);
            canvas.text(&text, x - GAP, y, Align::Right, letters(after_is_left));
        }
        let mut taken_to = columns.zero;
        if let Some((x, mark)) = dots.right {
            let text = shorten(
                &one_line(&mark.text),
                VALUE_AFTER.size,
                columns.plot_right - x - GAP,
            );
            taken_to = x + GAP + width(&text, 14);
            patch(canvas, x + GAP, taken_to, y);
            canvas.text(&text, x + GAP, y, Align::Left, letters(after_is_right));
        }
        match (dots.before, dots.after) {
            (Some(x), Some(same)) if x == same => {
                canvas.ring(x, y, 9, BEFORE);
                canvas.disc(x, y, 5, AFTER);
            }
            (before, after) => {
                if let Some(x) = before {
                    canvas.ring(x, y, 6, BEFORE);
                }
                if let Some(x) = after {
                    canvas.disc(x, y, 6, AFTER);
                }
            }
        }
        let unknown = match (dots.before, dots.after) {
            (Some(_), Some(_)) => return,
            (Some(_), None) => format!("{}{}", words::AFTER, words::UNKNOWN),
            (None, Some(_)) => format!("{}{}", words::BEFORE, words::UNKNOWN),
            (None, None) => words::UNKNOWN.to_owned(),
        };
        let x = taken_to + 14;
        let room = columns.plot_right - x;
        if width(&unknown, UNKNOWN.size) <= room {
            patch(canvas, x, x + width(&unknown, UNKNOWN.size), y);
            canvas.text(&unknown, x, y, Align::Left, UNKNOWN);
        } else if let Some((dot, _)) = dots.right {
            canvas.text(&unknown, dot - 16, y, Align::Right, UNKNOWN);
        }
    }

    fn draw_as_built(&self, canvas: &mut Canvas<'_>, columns: &Columns, y: i32) {
        let Some(mark) = &self.input.as_built else {
            return;
        };
        let x = position(self.input, mark.value, columns);
        let lane = y + LANE / 2;
        canvas.diamond(x, lane, 5, INK);
        let whole = format!("{} {}", words::AS_BUILT, one_line(&mark.text));
        if x + 10 + width(&whole, SMALL.size) <= columns.plot_right {
            canvas.text(&whole, x + 10, lane, Align::Left, SMALL);
        } else {
            let text = shorten(&whole, SMALL.size, x - 10 - columns.plot_left);
            canvas.text(&text, x - 10, lane, Align::Right, SMALL);
        }
    }

    fn draw_change(&self, canvas: &mut Canvas<'_>, columns: &Columns, y: i32) {
        let text = one_line(&self.input.change);
        if text.is_empty() {
            canvas.text(
                words::NO_CHANGE_KNOWN,
                columns.right,
                y,
                Align::Right,
                UNKNOWN,
            );
            return;
        }
        let text = shorten(
            &text,
            CHANGE.size,
            columns.right - columns.plot_right - 12 - 16,
        );
        canvas.text(&text, columns.right, y, Align::Right, CHANGE);
        let x = columns.right - width(&text, CHANGE.size) - 10;
        match (&self.input.before, &self.input.after) {
            (Some(before), Some(after)) if after.value > before.value => {
                canvas.polygon(&[(x - 5, y + 5), (x + 5, y + 5), (x, y - 5)], INK);
            }
            (Some(before), Some(after)) if after.value < before.value => {
                canvas.polygon(&[(x - 5, y - 5), (x + 5, y - 5), (x, y + 5)], INK);
            }
            _ => {}
        }
    }
}

/// The way from the dot before to the dot after, with a head where there is room for one.
fn arrow(canvas: &mut Canvas<'_>, from: i32, to: i32, y: i32) {
    if from == to {
        return;
    }
    let ahead = (to - from).signum();
    canvas.line((from + ahead * DOT, y), (to - ahead * DOT, y), AFTER, 2);
    if (to - from).abs() >= 2 * DOT + 16 {
        let tip = to - ahead * (DOT + 2);
        canvas.polygon(
            &[
                (tip, y),
                (tip - ahead * 10, y - 5),
                (tip - ahead * 10, y + 5),
            ],
            AFTER,
        );
    }
}

/// Clears the paper under a text, so that no line runs through it.
fn patch(canvas: &mut Canvas<'_>, left: i32, right: i32, y: i32) {
    canvas.fill_rect(left - 2, y - 9, right + 2, y + 9, PAPER);
}
