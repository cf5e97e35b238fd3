//! The heading above a chart, the key to its marks and the provenance below it.

use super::canvas::{Align, BEFORE, Canvas, INK, Letters, MUTED, RULE};
use super::lettering::{one_line, width, wrap};
use super::{Caption, words};

pub(super) const MARGIN: i32 = 20;
const NARROWEST_PX: u32 = 480;
const WIDEST_PX: u32 = 8_000;
const TITLE: Letters = Letters::new(19, INK);
const SUBTITLE: Letters = Letters::new(14, MUTED);
const FOOT: Letters = Letters::new(12, MUTED);
const STAMP: Letters = Letters::new(14, INK);
const EMPTY: Letters = Letters::new(16, MUTED);
const KEY: Letters = Letters::new(14, INK);
const KEY_HEIGHT: i32 = 28;
const EMPTY_HEIGHT: i32 = 120;

/// How a key entry draws its sign, given the middle of the sign.
pub(super) type Sign = fn(&mut Canvas<'_>, i32, i32);

/// A planned picture: everything but the chart itself.
pub(super) struct Frame {
    pub(super) width: i32,
    pub(super) body_top: i32,
    height: i32,
    title: Vec<String>,
    subtitle: Vec<String>,
    foot: Vec<String>,
    sample: bool,
    key: Vec<(Sign, String)>,
}

impl Frame {
    /// Plans the picture around a body of `body_height`; `note` goes into the footer.
    pub(super) fn plan(
        caption: &Caption,
        width_px: u32,
        key: Vec<(Sign, &str)>,
        note: &str,
        body_height: i32,
    ) -> Frame {
        let full = i32::try_from(width_px.clamp(NARROWEST_PX, WIDEST_PX)).unwrap_or(480);
        let room = full - 2 * MARGIN;
        let stamp_room = if caption.sample {
            stamp_width() + 12
        } else {
            0
        };
        let title = wrap(&one_line(&caption.title), TITLE.size, room - stamp_room, 2);
        let subtitle = wrap(
            &one_line(&caption.subtitle),
            SUBTITLE.size,
            room - stamp_room,
            2,
        );
        let foot = wrap(&provenance(caption, note), FOOT.size, room, 3);
        let heading = lines_height(&title, 26) + lines_height(&subtitle, 20);
        let key_height = if key.is_empty() { 0 } else { KEY_HEIGHT };
        let body_top =
            MARGIN - 4 + heading.max(if caption.sample { 26 } else { 0 }) + 6 + key_height;
        let foot_height = if foot.is_empty() {
            0
        } else {
            10 + lines_height(&foot, 18)
        };
        Frame {
            width: full,
            body_top,
            height: body_top + body_height + foot_height + MARGIN - 6,
            title,
            subtitle,
            foot,
            sample: caption.sample,
            key: key
                .into_iter()
                .map(|(sign, word)| (sign, word.to_owned()))
                .collect(),
        }
    }

    /// A picture that says calmly that there is nothing to draw.
    pub(super) fn empty(caption: &Caption, width_px: u32) -> String {
        Frame::plan(caption, width_px, Vec::new(), "", EMPTY_HEIGHT).draw(|canvas, frame| {
            let (top, bottom) = (frame.body_top, frame.body_top + EMPTY_HEIGHT);
            canvas.outline(MARGIN, top, frame.width - MARGIN, bottom, RULE);
            canvas.text(
                words::EMPTY,
                frame.width / 2,
                i32::midpoint(top, bottom),
                Align::Middle,
                EMPTY,
            );
        })
    }

    /// Draws the frame and lets `body` draw the chart.
    pub(super) fn draw(&self, body: impl FnOnce(&mut Canvas<'_>, &Frame)) -> String {
        let mut svg = String::new();
        let mut canvas = Canvas::new(&mut svg, self.width, self.height);
        let mut y = MARGIN - 4;
        for line in &self.title {
            canvas.text(line, MARGIN, y + 13, Align::Left, TITLE);
            y += 26;
        }
        for line in &self.subtitle {
            canvas.text(line, MARGIN, y + 10, Align::Left, SUBTITLE);
            y += 20;
        }
        if self.sample {
            let (right, top) = (self.width - MARGIN, MARGIN - 4);
            canvas.outline(right - stamp_width(), top, right, top + 24, INK);
            canvas.text(
                words::SAMPLE,
                right - stamp_width() / 2,
                top + 12,
                Align::Middle,
                STAMP,
            );
        }
        self.draw_key(&mut canvas);
        body(&mut canvas, self);
        let mut y = self.height - MARGIN + 6 - lines_height(&self.foot, 18);
        for line in &self.foot {
            canvas.text(line, MARGIN, y + 9, Align::Left, FOOT);
            y += 18;
        }
        canvas.finish();
        svg
    }

    fn draw_key(&self, canvas: &mut Canvas<'_>) {
        let y = self.body_top - KEY_HEIGHT / 2 - 2;
        let mut x = MARGIN + 10;
        for (sign, word) in &self.key {
            sign(canvas, x, y);
            canvas.text(word, x + 18, y, Align::Left, KEY);
            x += 18 + width(word, KEY.size) + 34;
        }
    }
}

fn provenance(caption: &Caption, note: &str) -> String {
    let mut parts = Vec::new();
    let (source, day) = (one_line(&caption.source), one_line(&caption.surveyed_on));
    if !source.is_empty() {
        parts.push(format!("{}{source}", words::SOURCE));
    }
    if !day.is_empty() {
        parts.push(format!("{}{day}", words::SURVEYED_ON));
    }
    if caption.sample {
        parts.push(words::SAMPLE_NOTE.to_owned());
    }
    if !note.is_empty() {
        parts.push(note.to_owned());
    }
    parts.join("　｜　")
}

fn stamp_width() -> i32 {
    width(words::SAMPLE, STAMP.size) + 16
}

fn lines_height(lines: &[String], height: i32) -> i32 {
    i32::try_from(lines.len()).unwrap_or(0) * height
}

/// Text of a value nobody has recorded.
pub(super) const UNKNOWN: Letters = Letters::new(14, BEFORE);
