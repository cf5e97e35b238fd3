use serde::Serialize;

use super::{Imprint, RosterColumn, RosterRow};
use crate::press::{Composed, Paper, checksum, compose};
use crate::{Fonts, ReportError};

const TEMPLATE: &str = include_str!("../../templates/notice.typ");

/// Any notice or letter of the office (公告、公示、通知、委托书) after GB/T 9704: 22 lines of 28
/// characters, margins 37, 35, 28 and 26 mm, title 二号, headings 一、（一）, page numbers — 1 —.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// 版记.
    pub imprint: Imprint,
    /// Title; long ones are broken into balanced lines. `\n` breaks a line by hand.
    pub title: String,
    /// To whom (主送), such as `各位业主：`; may be empty.
    pub addressee: String,
    /// What it says.
    pub blocks: Vec<NoticeBlock>,
    /// Who signs it (落款), one line each; printed with a place for the seal.
    pub signers: Vec<String>,
    /// Date (成文日期), such as `2026年3月5日`; empty leaves it to be written.
    pub date: String,
}

/// A part of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum NoticeBlock {
    /// First level, 黑体, with its number: `一、投票范围`.
    Heading {
        /// The words.
        text: String,
    },
    /// Second level, 楷体, with its number: `（一）填写要求`.
    Subheading {
        /// The words.
        text: String,
    },
    /// A paragraph, first line indented by two characters. `1.` and `（1）` are written in it.
    Paragraph {
        /// The words.
        text: String,
    },
    /// Not indented, in the small size of notes.
    Note {
        /// The words.
        text: String,
    },
    /// A table; its head is repeated on each page.
    Table {
        /// Columns.
        columns: Vec<RosterColumn>,
        /// Rows.
        rows: Vec<RosterRow>,
    },
    /// An empty box (平面示意、照片) to paste something in, of the whole width.
    Room {
        /// What belongs there.
        text: String,
        /// Its height.
        height_mm: u16,
    },
    /// Lines to write on, label before each: `投票人（签名）：______`. Ten millimetres high.
    Blanks {
        /// Labels; the value after it when it is known.
        fields: Vec<(String, String)>,
    },
}

impl NoticeBlock {
    /// First level.
    #[must_use]
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading { text: text.into() }
    }

    /// Second level.
    #[must_use]
    pub fn subheading(text: impl Into<String>) -> Self {
        Self::Subheading { text: text.into() }
    }

    /// A paragraph.
    #[must_use]
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into() }
    }

    /// A note.
    #[must_use]
    pub fn note(text: impl Into<String>) -> Self {
        Self::Note { text: text.into() }
    }

    /// Lines to write on.
    #[must_use]
    pub fn blanks(fields: &[(&str, &str)]) -> Self {
        Self::Blanks {
            fields: fields
                .iter()
                .map(|(label, value)| ((*label).to_owned(), (*value).to_owned()))
                .collect(),
        }
    }
}

impl Notice {
    /// Sets the notice.
    ///
    /// # Errors
    /// As [`compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        compose_notices(std::slice::from_ref(self), fonts)
    }
}

/// Sets several notices, one after the other, such as a proxy form for each owner.
pub(super) fn compose_notices(notices: &[Notice], fonts: &Fonts) -> Result<Composed, ReportError> {
    compose(&papers(notices), fonts)
}

/// Code of the same notices as a Word document: that of the paper.
pub(super) fn checksum_of(notices: &[Notice]) -> Result<String, ReportError> {
    checksum(&papers(notices))
}

fn papers(notices: &[Notice]) -> Vec<Paper<'_, Notice>> {
    notices
        .iter()
        .map(|notice| Paper {
            name: "notice",
            template: TEMPLATE,
            data: notice,
            files: Vec::new(),
            generated_at: notice.imprint.generated_at,
        })
        .collect()
}
