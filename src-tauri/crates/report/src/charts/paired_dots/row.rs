//! One row of the chart: label, dots, standard, as-built mark and difference.

use super::super::canvas::{AFTER, Align, BEFORE, Canvas, INK, Letters, MUTED, PAPER, RULE};
use super::super::frame::{MARGIN, UNKNOWN};
use super::super::lettering::{fit, one_line, shorten, width, wrap};
use super::super::{DotRow, Scale, words};
use super::{CHANGE, Columns, DOT, Dot, Dots, LABEL, VALUE_AFTER, is_below_zero, position};

const VALUE_BEFORE: Letters = Letters::new(14, MUTED);
const SMALL: Letters = Letters::new(12, INK);
const START: Letters = Letters::new(12, MUTED);
/// Sizes that a value may shrink to before it is cut.
const VALUE_SIZES: [u32; 4] = [14, 12, 11, 10];
const CHANGE_SIZES: [u32; 4] = [16, 14, 12, 10];
const LINE_HEIGHT: i32 = 20;
/// Height of a row's middle lane, where the dots are.
const LANE: i32 = 38;
/// Height of the lane above (standard) or below (as built) the dots, where there is one.
const SIDE_LANE: i32 = 17;

/// A row with its label broken and its height known.
pub(super) struct Row<'a> {
    input: &'a DotRow,
    label: Vec<String>,
    above: i32,
    pub(super) height: i32,
}

impl<'a> Row<'a> {
    pub(super) fn plan(input: &'a DotRow, columns: &Columns) -> Row<'a> {
        let label = wrap(
            &one_line(&input.label),
            LABEL.size,
            columns.label_right - MARGIN,
            3,
        );
        let lane = |wanted: bool| if wanted { SIDE_LANE } else { 0 };
        let own_start = input.scale != Scale::FromZero || is_below_zero(input);
        let above = lane(input.standard.is_some() || own_start);
        let below = lane(input.as_built.is_some());
        let text = lines(&label) * LINE_HEIGHT + 10;
        Row {
            input,
            label,
            above,
            height: (LANE + above + below).max(text),
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, columns: &Columns, top: i32) {
        let below = if self.input.as_built.is_some() {
            SIDE_LANE
        } else {
            0
        };
        let spare = self.height - LANE - self.above - below;
        let y = top + spare / 2 + self.above + LANE / 2;
        // The label stands at the height of the dots as far as its lines stay within the row.
        let half = lines(&self.label) * LINE_HEIGHT / 2 + 4;
        let middle = y.min(top + self.height - half).max(top + half);
        for (line, at) in self.label.iter().zip(0..) {
            let line_y = middle - (lines(&self.label) - 1) * LINE_HEIGHT / 2 + at * LINE_HEIGHT;
            canvas.text(line, MARGIN, line_y, Align::Left, LABEL);
        }
        canvas.line((columns.zero, y), (columns.full, y), RULE, 1);
        self.draw_standard(canvas, columns, y);
        self.draw_dots(canvas, columns, y);
        self.draw_as_built(canvas, columns, y);
        self.draw_change(canvas, columns, y);
    }

    fn draw_standard(&self, canvas: &mut Canvas<'_>, columns: &Columns, y: i32) {
        let lane = y - LANE / 2 - 3;
        let mut free_from = columns.plot_left;
        if let Scale::Between { low_text, .. } = &self.input.scale {
            let text = format!("{}{}", words::SCALE_FROM, one_line(low_text));
            let share = if self.input.standard.is_some() { 2 } else { 1 };
            let room = (columns.plot_right - columns.zero - 5) / share;
            let text = shorten(&text, START.size, room);
            canvas.text(&text, columns.zero + 5, lane, Align::Left, START);
            free_from = columns.zero + 5 + width(&text, START.size) + 8;
        }
        if is_below_zero(self.input) {
            let zero = position(self.input, 0, columns);
            canvas.line((zero, lane + 8), (zero, y + 8), INK, 1);
            canvas.text("0", zero, lane, Align::Middle, START);
            free_from = zero + 10;
        }
        let Some(standard) = &self.input.standard else {
            return;
        };
        let x = position(self.input, standard.value, columns);
        canvas.dashes(x, lane + 9, y + 11, INK);
        let room = columns.plot_right - free_from;
        let text = shorten(&one_line(&standard.text), SMALL.size, room);
        let half = width(&text, SMALL.size) / 2 + 1;
        let centre = x.min(columns.plot_right - half).max(free_from + half);
        patch(canvas, centre - half, centre + half, lane);
        canvas.text(&text, centre, lane, Align::Middle, SMALL);
    }

    fn draw_dots(&self, canvas: &mut Canvas<'_>, columns: &Columns, y: i32) {
        let dots = Dots::place(self.input, columns);
        let mut free_from = columns.zero + 8;
        if let (Some(left), Some(right)) = (dots.left, dots.right) {
            let (from, to) = if left.planned {
                (right, left)
            } else {
                (left, right)
            };
            arrow(canvas, from.x, to.x, y);
        }
        if let Some(dot) = dots.left {
            let right = dot.x - dots.gap();
            let (text, letters) = value(dot, right - columns.plot_left);
            patch(canvas, right - width(&text, letters.size), right, y);
            canvas.text(&text, right, y, Align::Right, letters);
        }
        if let Some(dot) = dots.right {
            let left = dot.x + dots.gap();
            let (text, letters) = value(dot, columns.plot_right - left);
            free_from = left + width(&text, letters.size) + 14;
            patch(canvas, left, free_from - 14, y);
            canvas.text(&text, left, y, Align::Left, letters);
        }
        for dot in [dots.left, dots.right].into_iter().flatten() {
            match (dots.coincide(), dot.planned) {
                (false, false) => canvas.ring(dot.x, y, 6, BEFORE),
                (false, true) => canvas.disc(dot.x, y, 6, AFTER),
                (true, false) => canvas.ring(dot.x, y, 9, BEFORE),
                (true, true) => canvas.disc(dot.x, y, 5, AFTER),
            }
        }
        self.draw_unknown(canvas, columns, y, dots.right, free_from);
    }

    /// Says which of the two values nobody has recorded.
    fn draw_unknown(
        &self,
        canvas: &mut Canvas<'_>,
        columns: &Columns,
        y: i32,
        lone: Option<Dot<'_>>,
        free_from: i32,
    ) {
        let text = match (&self.input.before, &self.input.after) {
            (Some(_), Some(_)) => return,
            (Some(_), None) => format!("{}{}", words::AFTER, words::UNKNOWN),
            (None, Some(_)) => format!("{}{}", words::BEFORE, words::UNKNOWN),
            (None, None) => words::UNKNOWN.to_owned(),
        };
        let wide = width(&text, UNKNOWN.size);
        let left = match lone {
            Some(dot) if free_from + wide > columns.plot_right => dot.x - 16 - wide,
            _ => free_from,
        };
        patch(canvas, left, left + wide, y);
        canvas.text(&text, left, y, Align::Left, UNKNOWN);
    }

    fn draw_as_built(&self, canvas: &mut Canvas<'_>, columns: &Columns, y: i32) {
        let Some(mark) = &self.input.as_built else {
            return;
        };
        let x = position(self.input, mark.value, columns);
        let lane = y + LANE / 2;
        canvas.diamond(x, lane, 5, INK);
        let whole = format!("{} {}", words::AS_BUILT, one_line(&mark.text));
        let (left_room, right_room) = (x - 10 - columns.plot_left, columns.plot_right - x - 10);
        let right = width(&whole, SMALL.size) <= right_room || right_room >= left_room;
        let (text, size) = fit(
            &whole,
            &[12, 11, 10],
            if right { right_room } else { left_room },
        );
        let letters = Letters::new(size, INK);
        let wide = width(&text, size);
        if right {
            canvas.text(&text, x + 10, lane, Align::Left, letters);
        } else {
            patch(canvas, x - 10 - wide, x - 10, lane);
            canvas.text(&text, x - 10, lane, Align::Right, letters);
        }
    }

    fn draw_change(&self, canvas: &mut Canvas<'_>, columns: &Columns, y: i32) {
        let whole = one_line(&self.input.change);
        if whole.is_empty() {
            let dash = words::NO_CHANGE_KNOWN;
            canvas.text(dash, columns.right, y, Align::Right, UNKNOWN);
            return;
        }
        let room = columns.right - columns.plot_right - 12 - 16;
        let (text, size) = fit(&whole, &CHANGE_SIZES, room);
        let letters = Letters::new(size, CHANGE.color);
        canvas.text(&text, columns.right, y, Align::Right, letters);
        let (Some(before), Some(after)) = (&self.input.before, &self.input.after) else {
            return;
        };
        let x = columns.right - width(&text, size) - 11;
        let point = match after.value.cmp(&before.value) {
            std::cmp::Ordering::Greater => -5,
            std::cmp::Ordering::Less => 5,
            std::cmp::Ordering::Equal => return,
        };
        canvas.polygon(
            &[(x - 5, y - point), (x + 5, y - point), (x, y + point)],
            INK,
        );
    }
}

/// The text of a dot and its lettering within `room`.
fn value(dot: Dot<'_>, room: i32) -> (String, Letters) {
    let (text, size) = fit(&one_line(&dot.mark.text), &VALUE_SIZES, room);
    let color = if dot.planned {
        VALUE_AFTER.color
    } else {
        VALUE_BEFORE.color
    };
    (text, Letters::new(size, color))
}

fn lines(label: &[String]) -> i32 {
    i32::try_from(label.len()).unwrap_or(1)
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
        let back = tip - ahead * 10;
        canvas.polygon(&[(tip, y), (back, y - 5), (back, y + 5)], AFTER);
    }
}

/// Clears the paper under a text, so that no line runs through it.
fn patch(canvas: &mut Canvas<'_>, left: i32, right: i32, y: i32) {
    canvas.fill_rect(left - 2, y - 8, right + 2, y + 8, PAPER);
}
