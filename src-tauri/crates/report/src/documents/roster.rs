mod setting;

use serde::Serialize;

use super::{Imprint, Sheet};

/// Any table of the office on paper (台账、登记表、汇总表): title, facts, a table whose head is
/// repeated on each page, notes, and the foot 填表人、审核人、日期. Each part begins on a page of
/// its own and counts its pages, so that long rosters stay quick.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Roster {
    /// 版记.
    pub imprint: Imprint,
    /// Size.
    pub sheet: Sheet,
    /// Title.
    pub title: String,
    /// Facts under the title: label and value; an empty value leaves a line to write on.
    pub facts: Vec<(String, String)>,
    /// Columns from left to right.
    pub columns: Vec<RosterColumn>,
    /// Least height of a row in mm; 10 and more for rows that are signed.
    pub row_mm: u16,
    /// Parts (分册).
    pub parts: Vec<RosterPart>,
    /// Pictures after everything else (图), two side by side where the sheet lies.
    pub pictures: Vec<RosterPicture>,
    /// Notes under the table, one paragraph each.
    pub notes: Vec<String>,
    /// Words before lines to write on at the foot, such as 填表人; 日期 is written by hand.
    pub blanks: Vec<String>,
    /// Leaves a place for the seal (盖章处).
    pub seal: bool,
}

/// A picture with its words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RosterPicture {
    /// Words under it, such as the number of answers; may be empty.
    pub note: String,
    /// The drawing, as the functions of [`crate::charts`] give it.
    #[serde(skip)]
    pub svg: String,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RosterColumn {
    /// Head over several columns; equal neighbours share one.
    pub group: String,
    /// Head.
    pub head: String,
    /// Width relative to the others, best its millimetres.
    pub width: u16,
    /// Side.
    pub align: RosterAlign,
}

/// Side on which the cells of a column stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RosterAlign {
    /// Words.
    #[default]
    Left,
    /// Short words, numbers of papers.
    Center,
    /// Figures.
    Right,
}

/// A part (分册), such as a building.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RosterPart {
    /// Title of the part, such as `3号楼`; empty prints none.
    pub title: String,
    /// Rows.
    pub rows: Vec<RosterRow>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RosterRow {
    /// One text for each column; a heading has one in all.
    pub cells: Vec<String>,
    /// What it is.
    pub style: RosterStyle,
    /// A small photo (JPEG) that stands in the last column.
    #[serde(skip)]
    pub photo: Option<Vec<u8>>,
    /// Name of its file; given when the paper is set.
    #[serde(skip_serializing_if = "String::is_empty")]
    photo_file: String,
    /// So many words that the row may run on to the next page; given when the paper is set.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    tall: bool,
}

/// What a row is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RosterStyle {
    /// A record.
    #[default]
    Plain,
    /// A heading over all columns; it stays with the row after it.
    Heading,
    /// A subtotal or total (小计、合计).
    Total,
}

impl RosterColumn {
    /// A column of words.
    #[must_use]
    pub fn left(head: &str, width: u16) -> Self {
        Self::new(head, width, RosterAlign::Left)
    }

    /// A column of short words.
    #[must_use]
    pub fn center(head: &str, width: u16) -> Self {
        Self::new(head, width, RosterAlign::Center)
    }

    /// A column of figures.
    #[must_use]
    pub fn right(head: &str, width: u16) -> Self {
        Self::new(head, width, RosterAlign::Right)
    }

    /// The same column under a head that it shares with its neighbours.
    #[must_use]
    pub fn under(mut self, group: &str) -> Self {
        group.clone_into(&mut self.group);
        self
    }

    fn new(head: &str, width: u16, align: RosterAlign) -> Self {
        Self {
            group: String::new(),
            head: head.to_owned(),
            width,
            align,
        }
    }
}

impl RosterRow {
    /// A record.
    #[must_use]
    pub fn plain(cells: Vec<String>) -> Self {
        Self {
            cells,
            style: RosterStyle::Plain,
            ..Self::default()
        }
    }

    /// A subtotal or total.
    #[must_use]
    pub fn total(cells: Vec<String>) -> Self {
        Self {
            cells,
            style: RosterStyle::Total,
            ..Self::default()
        }
    }

    /// A heading over all columns.
    #[must_use]
    pub fn heading(text: impl Into<String>) -> Self {
        Self {
            cells: vec![text.into()],
            style: RosterStyle::Heading,
            ..Self::default()
        }
    }

    /// The same with a photo in its last column.
    #[must_use]
    pub fn with_photo(mut self, photo: Vec<u8>) -> Self {
        self.photo = Some(photo);
        self
    }

    /// A row to be written in.
    #[must_use]
    pub fn blank(columns: usize) -> Self {
        Self::plain(vec![String::new(); columns])
    }
}

impl Roster {
    /// It holds pictures, which a Word document would lose.
    pub(super) fn drawn(&self) -> bool {
        let photos = self.parts.iter().flat_map(|part| &part.rows);
        !self.pictures.is_empty() || photos.into_iter().any(|row| row.photo.is_some())
    }
}
