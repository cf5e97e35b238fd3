//! A few quantities of one unit before and after (坡线图): a line for each, named at both ends.

use super::canvas::{AFTER, Align, BEFORE, INK, Letters, MUTED, RULE};
use super::frame::{Frame, MARGIN};
use super::lettering::{one_line, shorten, width};
use super::{Slope, SlopeLine, words};

const HEAD: Letters = Letters::new(14, MUTED);
const LABEL: Letters = Letters::new(14, INK);
const HEAD_HEIGHT: i32 = 28;
const LINE_HEIGHT: i32 = 22;
const LOWEST_HEIGHT: i32 = 200;
const GAP: i32 = 14;

/// Draws `chart` as SVG; a chart without lines says 暂无数据.
#[must_use]
pub fn slope(chart: &Slope) -> String {
    if chart.lines.is_empty() {
        return Frame::empty(&chart.caption, chart.width_px);
    }
    let count = i32::try_from(chart.lines.len()).unwrap_or(1);
    let plot = LOWEST_HEIGHT.max(count * LINE_HEIGHT * 3 / 2);
    let body = HEAD_HEIGHT + plot + LINE_HEIGHT;
    let widest = |text: &dyn Fn(&SlopeLine) -> String| {
        chart
            .lines
            .iter()
            .map(|line| width(&text(line), LABEL.size))
            .max()
            .unwrap_or(0)
    };
    let full = Frame::plan(&chart.caption, chart.width_px, Vec::new(), "", body).width;
    let room = full * 36 / 100;
    let note = cut_names(chart, room);
    Frame::plan(&chart.caption, chart.width_px, Vec::new(), &note, body).draw(|canvas, frame| {
        let left = MARGIN + widest(&|line| before(line, i32::MAX)).min(room) + 2 * GAP;
        let right =
            frame.width - MARGIN - widest(&|line| after(line, i32::MAX)).min(room) - 2 * GAP;
        let top = frame.body_top + HEAD_HEIGHT;
        let foot = top + plot;
        let greatest = chart
            .lines
            .iter()
            .flat_map(|line| [line.before.value, line.after.value])
            .max()
            .unwrap_or(0)
            .max(1);
        let at = |value: i64| {
            let share = i128::from(value.max(0)) * i128::from(plot) / i128::from(greatest);
            foot - i32::try_from(share).unwrap_or(0)
        };
        for (x, word) in [(left, words::BEFORE), (right, words::AFTER)] {
            canvas.text(word, x, frame.body_top + 10, Align::Middle, HEAD);
            canvas.line((x, top - 6), (x, foot), RULE, 1);
        }
        canvas.line((left, foot), (right, foot), BEFORE, 1);
        for line in &chart.lines {
            let (from, to) = (at(line.before.value), at(line.after.value));
            canvas.line((left, from), (right, to), AFTER, 2);
            canvas.ring(left, from, 5, BEFORE);
            canvas.disc(right, to, 5, AFTER);
        }
        let places = |value: &dyn Fn(&SlopeLine) -> i64| {
            let wanted: Vec<i32> = chart.lines.iter().map(|line| at(value(line))).collect();
            spread(&wanted, top, foot + LINE_HEIGHT / 2)
        };
        let (starts, ends) = (
            places(&|line| line.before.value),
            places(&|line| line.after.value),
        );
        for ((line, start), end) in chart.lines.iter().zip(starts).zip(ends) {
            let x = left - 2 * GAP;
            let text = before(line, x - MARGIN);
            canvas.text(&text, x, start, Align::Right, LABEL);
            let from = at(line.before.value);
            canvas.line((x + 4, start), (left - 7, from), BEFORE, 1);
            let x = right + 2 * GAP;
            let text = after(line, frame.width - MARGIN - x);
            canvas.text(&text, x, end, Align::Left, LABEL);
            canvas.line((right + 7, at(line.after.value)), (x - 4, end), BEFORE, 1);
        }
    })
}

/// The names that the lines have no room for, for the foot.
fn cut_names(chart: &Slope, room: i32) -> String {
    let whole = |line: &&SlopeLine| {
        before(line, room) == before(line, i32::MAX) && after(line, room) == after(line, i32::MAX)
    };
    let cut: Vec<String> = chart
        .lines
        .iter()
        .filter(|line| !whole(line))
        .map(|line| one_line(&line.label))
        .collect();
    if cut.is_empty() {
        String::new()
    } else {
        format!("缩短的名称：{}", cut.join("；"))
    }
}

fn before(line: &SlopeLine, room: i32) -> String {
    let value = one_line(&line.before.text);
    format!("{} {value}", name(line, &value, room))
}

fn after(line: &SlopeLine, room: i32) -> String {
    let value = one_line(&line.after.text);
    format!("{value} {}", name(line, &value, room))
}

/// The name in the room that its value leaves: a name may be cut, a value never.
fn name(line: &SlopeLine, value: &str, room: i32) -> String {
    let left = room - width(value, LABEL.size) - 4;
    shorten(&one_line(&line.label), LABEL.size, left)
}

/// Heights as near to the wanted ones as leaves every label a line of its own.
fn spread(wanted: &[i32], top: i32, foot: i32) -> Vec<i32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|at| (wanted[*at], *at));
    let mut places = wanted.to_vec();
    let mut free = top;
    for at in &order {
        places[*at] = places[*at].max(free);
        free = places[*at] + LINE_HEIGHT;
    }
    let mut free = foot;
    for at in order.iter().rev() {
        places[*at] = places[*at].min(free);
        free = places[*at] - LINE_HEIGHT;
    }
    places
}
