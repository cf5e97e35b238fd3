//! The sheet of photos of a compound (照片对照表): what was taken from one viewpoint, side by side.

use jiugai_domain::RecordId;
use jiugai_report::documents::{ContactSheet, Document, Photo, Viewpoint};
use jiugai_storage::Connection;
use jiugai_storage::attachments as store;

use super::{is_picture, picture};
use crate::report::Gathered;
use crate::text::{key, long_date};
use crate::wire::{AttachmentRow, AttachmentStage, ReportRequest};
use crate::{ApiError, Session};

/// Photos on one sheet at most; it is read on paper.
const MOST_PHOTOS: usize = 240;
/// Pixels of the longer side of a printed photo: 300 to the inch at half a page.
const PAPER_SIDE: u32 = 1_030;

impl Session {
    pub(crate) fn gather_contact_sheet(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let imprint = self.imprint(compound)?;
        let (stored, shown) = pictures(conn, compound)?;
        let mut warnings = Vec::new();
        let total = shown.len();
        if total == 0 {
            warnings.push(
                "这个小区还没有照片。请先在小区、楼栋等记录的“照片与附件”里添加。".to_owned(),
            );
        }
        if total > MOST_PHOTOS {
            warnings.push(format!(
                "照片有 {total} 张，一份最多印 {MOST_PHOTOS} 张，先印写了机位的。"
            ));
        }
        let (viewpoints, others, damaged) = arranged(conn, &shown, &stored, PAPER_SIDE)?;
        if damaged > 0 {
            warnings.push(format!(
                "有 {damaged} 张照片已损坏，没有印。请从手机或相机里重新添加。"
            ));
        }
        let alone = viewpoints
            .iter()
            .filter(|row| row.before.is_empty() || row.after.is_empty())
            .count();
        if alone > 0 {
            warnings.push(format!("有 {alone} 个机位还没有成对的照片，纸上留了空框。"));
        }
        let latest = shown.iter().map(|row| row.taken_on.as_str()).max();
        let sheet = ContactSheet {
            compound: imprint.compound,
            subdistrict: imprint.subdistrict,
            community: imprint.community,
            sample: imprint.sample,
            viewpoints,
            others,
            left_out: total.saturating_sub(MOST_PHOTOS),
            data_as_of: long_date(latest.filter(|day| !day.is_empty())),
            ledger_version: imprint.ledger_version,
            generated_at: imprint.generated_at,
        };
        Ok(Gathered {
            document: Document::ContactSheet(Box::new(sheet)),
            warnings,
            parameters: Vec::new(),
        })
    }
}

impl Session {
    /// The places with photos, no side longer than so many pixels.
    pub(crate) fn viewpoints(
        &self,
        compound: RecordId,
        longest_side: u32,
    ) -> Result<Vec<Viewpoint>, ApiError> {
        let conn = self.connection()?;
        let (stored, shown) = pictures(conn, compound)?;
        let (viewpoints, ..) = arranged(conn, &shown, &stored, longest_side)?;
        Ok(viewpoints)
    }
}

/// The pictures of a compound, as they are stored and as people see them.
fn pictures(
    conn: &Connection,
    compound: RecordId,
) -> Result<(Vec<store::AttachmentRow>, Vec<AttachmentRow>), ApiError> {
    let mut stored = store::of_compound(conn, compound)?;
    stored.retain(|row| is_picture(&row.media_type));
    let shown: Vec<AttachmentRow> = super::shown(conn, stored.clone())?;
    stored.retain(|row| {
        let id = row.attachment.id.to_string();
        shown.iter().any(|one| one.id == id)
    });
    Ok((stored, shown))
}

/// The photos as they lie on paper, and how many could not be read.
fn arranged(
    conn: &Connection,
    shown: &[AttachmentRow],
    stored: &[store::AttachmentRow],
    longest_side: u32,
) -> Result<(Vec<Viewpoint>, Vec<Photo>, usize), ApiError> {
    let mut damaged = 0;
    let mut viewpoints: Vec<Viewpoint> = Vec::new();
    let mut others = Vec::new();
    for (row, stored) in shown.iter().zip(stored).take(MOST_PHOTOS) {
        let bytes = store::bytes(conn, &stored.attachment.hash)?;
        let bytes = bytes.and_then(|bytes| picture::for_paper(&bytes, longest_side));
        let Some(bytes) = bytes else {
            damaged += 1;
            continue;
        };
        let mut photo = Photo {
            bytes,
            subject: String::new(),
            words: joined(&[&row.taken_on, &row.caption]),
        };
        if row.viewpoint.is_empty() || row.stage == AttachmentStage::Other {
            let stage = match row.stage {
                AttachmentStage::Other => "",
                _ => &row.stage_label,
            };
            photo.subject = joined(&[&row.record_label, &row.viewpoint, stage]);
            others.push(photo);
            continue;
        }
        if viewpoints
            .last()
            .is_none_or(|last| last.name != row.viewpoint)
        {
            viewpoints.push(Viewpoint {
                name: row.viewpoint.clone(),
                ..Viewpoint::default()
            });
        }
        if let Some(last) = viewpoints.last_mut() {
            match row.stage {
                AttachmentStage::Before => last.before.push(photo),
                AttachmentStage::During => last.during.push(photo),
                AttachmentStage::After | AttachmentStage::Other => last.after.push(photo),
            }
        }
    }
    Ok((viewpoints, others, damaged))
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|text| !text.is_empty())
        .collect();
    parts.join("　")
}
