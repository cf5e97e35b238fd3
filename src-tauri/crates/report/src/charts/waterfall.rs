//! From before to after, step by step (瀑布图): what a plan takes and what it adds, each bar where
//! the one before it ended, on a scale from zero.

use super::canvas::{AFTER, Align, BEFORE, Canvas, INK, Letters, MUTED, RULE};
use super::frame::{Frame, MARGIN, Sign};
use super::lettering::{fit, one_line, shorten, width, wrap};
use super::{Mark, Waterfall, words};

const LABEL: Letters = Letters::new(16, INK);
const SMALL: Letters = Letters::new(12, INK);
const VALUE_SIZES: [u32; 4] = [14, 12, 11, 10];
const LINE_HEIGHT: i32 = 20;
const BAR: i32 = 20;
const AROUND: i32 = 7;
/// Height of the lane of the standard's text.
const STANDARD: i32 = 20;

/// Draws `chart` as SVG. Without any value it says 暂无数据.
#[must_use]
pub fn waterfall(chart: &Waterfall) -> String {
    let bars = Bar::all(chart);
    if bars.iter().all(|bar| bar.from == 0 && bar.to == 0) {
        return Frame::empty(&chart.caption, chart.width_px);
    }
    let rough = Frame::plan(&chart.caption, chart.width_px, key(chart), &chart.note, 0);
    let columns = Columns::plan(chart, &bars, rough.width);
    let labels: Vec<Vec<String>> = bars
        .iter()
        .map(|bar| {
            let room = columns.label_right - MARGIN;
            wrap(&one_line(bar.label), LABEL.size, room, 2)
        })
        .collect();
    let height = |label: &Vec<String>| lines(label).max(1) * LINE_HEIGHT.max(BAR) + 2 * AROUND;
    let lane = if chart.standard.is_some() {
        STANDARD
    } else {
        0
    };
    let body = lane + labels.iter().map(height).sum::<i32>();
    Frame::plan(
        &chart.caption,
        chart.width_px,
        key(chart),
        &chart.note,
        body,
    )
    .draw(|canvas, frame| {
        let top = frame.body_top + lane;
        let mut y = top;
        for (bar, label) in bars.iter().zip(&labels) {
            let height = height(label);
            canvas.line((MARGIN, y), (frame.width - MARGIN, y), RULE, 1);
            for (text, at) in label.iter().zip(0..) {
                let line = y + height / 2 - (lines(label) - 1) * LINE_HEIGHT / 2 + at * LINE_HEIGHT;
                canvas.text(text, columns.label_right, line, Align::Right, LABEL);
            }
            bar.draw(canvas, &columns, y + height / 2);
            if !bar.is_last {
                // Leads to the bar below, which begins where this one ends.
                let x = columns.at(bar.to);
                canvas.line((x, y + height / 2 + BAR / 2), (x, y + height), BEFORE, 1);
            }
            if !bar.is_first {
                let x = columns.at(bar.from);
                let start = if bar.is_last { columns.at(bar.to) } else { x };
                canvas.line((start, y), (start, y + height / 2 - BAR / 2), BEFORE, 1);
            }
            y += height;
        }
        canvas.line((MARGIN, y), (frame.width - MARGIN, y), RULE, 1);
        canvas.line((columns.zero, top), (columns.zero, y), INK, 1);
        if let Some(standard) = &chart.standard {
            columns.draw_standard(canvas, standard, frame.body_top, y);
        }
    })
}

fn lines(label: &[String]) -> i32 {
    i32::try_from(label.len()).unwrap_or(1)
}

fn key(chart: &Waterfall) -> Vec<(Sign, &'static str)> {
    let mut key: Vec<(Sign, &str)> = vec![
        (
            |canvas, x, y| Look::Before.draw(canvas, [x - 10, y - 7, x + 12, y + 7]),
            words::BEFORE,
        ),
        (
            |canvas, x, y| Look::Less.draw(canvas, [x - 10, y - 7, x + 12, y + 7]),
            words::LESS,
        ),
        (
            |canvas, x, y| Look::More.draw(canvas, [x - 10, y - 7, x + 12, y + 7]),
            words::MORE,
        ),
        (
            |canvas, x, y| Look::After.draw(canvas, [x - 10, y - 7, x + 12, y + 7]),
            words::AFTER,
        ),
    ];
    if chart.standard.is_some() {
        key.push((
            |canvas, x, y| canvas.dashes(x, y - 9, y + 9, INK),
            words::STANDARD,
        ));
    }
    key
}

/// How a bar is filled: told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Before,
    Less,
    More,
    After,
}

impl Look {
    fn draw(self, canvas: &mut Canvas<'_>, [left, top, right, bottom]: [i32; 4]) {
        match self {
            Self::Before => canvas.fill_rect(left, top, right, bottom, BEFORE),
            Self::Less => canvas.hatch(left, top, right, bottom, INK),
            Self::More => {
                canvas.fill_rect(left, top, right, bottom, RULE);
                canvas.outline(left, top, right, bottom, INK);
            }
            Self::After => canvas.fill_rect(left, top, right, bottom, AFTER),
        }
    }
}

struct Bar<'a> {
    label: &'a str,
    from: i64,
    to: i64,
    text: &'a str,
    look: Look,
    is_first: bool,
    is_last: bool,
}

impl<'a> Bar<'a> {
    fn all(chart: &'a Waterfall) -> Vec<Bar<'a>> {
        let total = |label: &'a str, mark: &'a Mark, look| Bar {
            label,
            from: 0,
            to: mark.value,
            text: &mark.text,
            look,
            is_first: look == Look::Before,
            is_last: look == Look::After,
        };
        let mut bars = vec![total(words::BEFORE, &chart.before, Look::Before)];
        let mut at = chart.before.value;
        for step in &chart.steps {
            let from = at;
            at = at.saturating_add(step.change.value);
            bars.push(Bar {
                label: &step.label,
                from,
                to: at,
                text: &step.change.text,
                look: if at < from { Look::Less } else { Look::More },
                is_first: false,
                is_last: false,
            });
        }
        bars.push(total(words::AFTER, &chart.after, Look::After));
        bars
    }

    fn draw(&self, canvas: &mut Canvas<'_>, columns: &Columns, middle: i32) {
        let (one, other) = (columns.at(self.from), columns.at(self.to));
        let (left, mut right) = (one.min(other), one.max(other));
        if self.from != self.to {
            right = right.max(left + 2);
            let look = [left, middle - BAR / 2, right, middle + BAR / 2];
            self.look.draw(canvas, look);
        } else {
            canvas.line(
                (left, middle - BAR / 2),
                (left, middle + BAR / 2),
                BEFORE,
                1,
            );
        }
        let x = right + 7;
        let (text, size) = fit(&one_line(self.text), &VALUE_SIZES, columns.right - x);
        let color = if self.from == self.to { MUTED } else { INK };
        canvas.text(&text, x, middle, Align::Left, Letters::new(size, color));
    }
}

struct Columns {
    label_right: i32,
    zero: i32,
    full: i32,
    right: i32,
    low: i64,
    high: i64,
}

impl Columns {
    fn plan(chart: &Waterfall, bars: &[Bar<'_>], width_px: i32) -> Columns {
        let label = bars
            .iter()
            .map(|bar| width(&one_line(bar.label), LABEL.size))
            .max()
            .unwrap_or(0);
        let value = bars
            .iter()
            .map(|bar| width(&one_line(bar.text), VALUE_SIZES[0]))
            .max()
            .unwrap_or(0);
        let ends = || {
            bars.iter()
                .flat_map(|bar| [bar.from, bar.to])
                .chain(chart.standard.iter().map(|mark| mark.value))
        };
        let (low, high) = (ends().min().unwrap_or(0).min(0), ends().max().unwrap_or(0));
        let label_right = MARGIN + label.clamp(60, width_px * 34 / 100);
        let right = width_px - MARGIN;
        let left = label_right + 14;
        let full = right - value.clamp(40, width_px * 22 / 100) - 8;
        let mut columns = Columns {
            label_right,
            zero: left,
            full,
            right,
            low,
            high: high.max(low + 1),
        };
        columns.zero = columns.at_from(left, 0);
        columns
    }

    fn at(&self, value: i64) -> i32 {
        self.at_from(self.label_right + 14, value)
    }

    fn at_from(&self, left: i32, value: i64) -> i32 {
        let share = (i128::from(value) - i128::from(self.low)) * i128::from(self.full - left)
            / (i128::from(self.high) - i128::from(self.low)).max(1);
        left + i32::try_from(share).unwrap_or(0)
    }

    fn draw_standard(&self, canvas: &mut Canvas<'_>, standard: &Mark, top: i32, bottom: i32) {
        let x = self.at(standard.value);
        canvas.dashes(x, top + STANDARD - 2, bottom, INK);
        let text = shorten(
            &one_line(&standard.text),
            SMALL.size,
            self.right - self.label_right,
        );
        let half = width(&text, SMALL.size) / 2 + 1;
        let centre = x.min(self.right - half).max(self.label_right + half);
        canvas.text(&text, centre, top + STANDARD / 2 - 2, Align::Middle, SMALL);
    }
}
