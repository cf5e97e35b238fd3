use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::press::{Composed, Paper, compose};
use crate::{Fonts, ReportError};

const TEMPLATE: &str = include_str!("../../templates/contact-sheet.typ");

/// Input of the sheet of photos of a compound (照片对照表): the stages of each viewpoint side by
/// side, then the photos that stand alone. All strings are formatted for display.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactSheet {
    /// Compound (小区/家属院), such as 五交化家属院.
    pub compound: String,
    /// Subdistrict (街道).
    pub subdistrict: String,
    /// Community (社区).
    pub community: String,
    /// Marks the paper 示例 because its data is invented.
    pub sample: bool,
    /// Photos with a viewpoint (机位), in the order in which they are printed.
    pub viewpoints: Vec<Viewpoint>,
    /// Photos without viewpoint or stage.
    pub others: Vec<Photo>,
    /// How many photos are not on the sheet, because there are too many.
    pub left_out: usize,
    /// Date of the latest photo (数据截至), formatted.
    pub data_as_of: String,
    /// Version of the ledger (台账版本), such as the number of its last transaction.
    pub ledger_version: String,
    /// When the paper is made (生成时间), in local time.
    pub generated_at: DateTime<FixedOffset>,
}

/// What was photographed from one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewpoint {
    /// 机位, such as `东门口朝西`.
    pub name: String,
    /// 改造前.
    pub before: Vec<Photo>,
    /// 施工中; the column appears when some viewpoint has one.
    pub during: Vec<Photo>,
    /// 改造后.
    pub after: Vec<Photo>,
}

/// One photo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Photo {
    /// The file, JPEG or PNG.
    pub bytes: Vec<u8>,
    /// What the photo shows, such as `3号楼`; printed above the words where photos stand alone.
    pub subject: String,
    /// Date and caption in one line; may be empty.
    pub words: String,
}

impl ContactSheet {
    /// Sets the sheet of photos on as many A4 pages as it takes.
    ///
    /// # Errors
    /// As [`compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let mut laid = |photos: &[Photo]| -> Vec<Laid> {
            photos
                .iter()
                .map(|photo| {
                    let file = format!("photo-{}", files.len() + 1);
                    files.push((file.clone(), photo.bytes.clone()));
                    Laid {
                        file,
                        subject: photo.subject.clone(),
                        words: photo.words.clone(),
                    }
                })
                .collect()
        };
        let during = self.viewpoints.iter().any(|row| !row.during.is_empty());
        let rows = self
            .viewpoints
            .iter()
            .map(|row| Row {
                name: row.name.clone(),
                columns: if during {
                    vec![laid(&row.before), laid(&row.during), laid(&row.after)]
                } else {
                    vec![laid(&row.before), laid(&row.after)]
                },
            })
            .collect();
        let view = View {
            compound: &self.compound,
            subdistrict: &self.subdistrict,
            community: &self.community,
            sample: self.sample,
            stages: if during {
                &["改造前", "施工中", "改造后"]
            } else {
                &["改造前", "改造后"]
            },
            rows,
            others: laid(&self.others),
            left_out: self.left_out,
            data_as_of: &self.data_as_of,
            ledger_version: &self.ledger_version,
        };
        compose(
            &[Paper {
                name: "contact-sheet",
                template: TEMPLATE,
                data: &view,
                files: files
                    .iter()
                    .map(|(name, bytes)| (name.as_str(), bytes.clone()))
                    .collect(),
                generated_at: self.generated_at,
            }],
            fonts,
        )
    }
}

#[derive(Serialize)]
struct View<'a> {
    compound: &'a str,
    subdistrict: &'a str,
    community: &'a str,
    sample: bool,
    stages: &'a [&'a str],
    rows: Vec<Row>,
    others: Vec<Laid>,
    left_out: usize,
    data_as_of: &'a str,
    ledger_version: &'a str,
}

#[derive(Serialize)]
struct Row {
    name: String,
    columns: Vec<Vec<Laid>>,
}

/// A photo under the name of its file.
#[derive(Serialize)]
struct Laid {
    file: String,
    subject: String,
    words: String,
}

#[cfg(test)]
mod tests;
