//! Reading finished pages: their text, the fonts they are set in and the characters that no font
//! could draw.

use std::collections::BTreeSet;

use typst::foundations::Value;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

/// What was found on the pages.
#[derive(Debug, Default)]
pub(super) struct Proof {
    /// Text of each page, line by line from top to bottom.
    pub(super) texts: Vec<String>,
    /// Family names, each once, in order.
    pub(super) fonts: BTreeSet<String>,
    /// Characters printed as a box.
    pub(super) missing: BTreeSet<char>,
    /// Whole texts of what was cut, as the templates note them.
    pub(super) cut: BTreeSet<String>,
    /// For each page the rows that begin on it, as the template counts them.
    pub(super) rows: Vec<Vec<usize>>,
}

/// A run of text and where it stands, in points.
struct Run {
    x: Abs,
    y: Abs,
    end: Abs,
    text: String,
}

/// Reads all pages of `document`.
pub(super) fn read(document: &PagedDocument) -> Proof {
    let mut proof = Proof::default();
    for page in document.pages() {
        let mut runs = Vec::new();
        proof.rows.push(Vec::new());
        walk(&page.frame, Transform::identity(), &mut proof, &mut runs);
        proof.texts.push(lines(runs));
    }
    proof
}

fn walk(frame: &Frame, to_page: Transform, proof: &mut Proof, runs: &mut Vec<Run>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let inner = to_page
                    .pre_concat(Transform::translate(at.x, at.y))
                    .pre_concat(group.transform);
                walk(&group.frame, inner, proof, runs);
            }
            FrameItem::Text(text) => {
                proof.fonts.insert(text.font.font().info().family.clone());
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let drawn = text.text.get(glyph.range()).unwrap_or_default();
                    proof
                        .missing
                        .extend(drawn.chars().filter(|c| !c.is_control()));
                }
                let start = Point::new(at.x, at.y).transform(to_page);
                runs.push(Run {
                    x: start.x,
                    y: start.y,
                    end: start.x + text.width(),
                    text: text.text.to_string(),
                });
            }
            FrameItem::Tag(Tag::Start(noted, _)) => {
                if let Some(noted) = noted.to_packed::<MetadataElem>() {
                    note(&noted.value, proof);
                }
            }
            _ => {}
        }
    }
}

/// What a template says about its page: the number of a row, or a text that it had to cut.
fn note(value: &Value, proof: &mut Proof) {
    match value {
        Value::Int(row) => {
            let page = proof.rows.last_mut();
            if let (Some(rows), Ok(row)) = (page, usize::try_from(*row)) {
                rows.push(row);
            }
        }
        Value::Str(text) => {
            proof.cut.insert(text.to_string());
        }
        _ => {}
    }
}

/// Runs whose baselines agree within a point form a line; a gap wider than 3 pt becomes two spaces.
fn lines(mut runs: Vec<Run>) -> String {
    let by = |a: Abs, b: Abs| a.partial_cmp(&b).unwrap_or(std::cmp::Ordering::Equal);
    runs.sort_by(|a, b| by(a.y, b.y));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            Some(row) if run.y - row[0].y < Abs::pt(1.0) => row.push(run),
            _ => rows.push(vec![run]),
        }
    }
    let mut text = String::new();
    for mut row in rows {
        row.sort_by(|a, b| by(a.x, b.x));
        let mut end = row[0].x;
        for run in &row {
            if run.x - end > Abs::pt(3.0) && !text.ends_with('\n') && !text.is_empty() {
                text.push_str("  ");
            }
            text.push_str(&run.text);
            end = run.end;
        }
        text.push('\n');
    }
    text.replace('\u{200b}', "")
}
