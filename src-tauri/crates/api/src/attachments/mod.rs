//! Photos and scans (照片与附件) of records: taken in, listed, said more about, given out.

mod intake;
mod picture;
mod sheet;
#[cfg(test)]
mod tests;

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiugai_domain::{BallotHolder, Holder, KindCode, RecordId, Task};
use jiugai_storage::attachments::{self as store, Attachment};
use jiugai_storage::files::name::clean;
use jiugai_storage::{Connection, Op, OpCode, StorageError, ballots, history, log, records};

use crate::export::Made;
use crate::text::{key, size, small};
use crate::wire::{
    AttachmentEdit, AttachmentPlace, AttachmentRow, AttachmentStage, AttachmentsAdded,
    AttachmentsPurged, Changed, SavedFile,
};
use crate::{ApiError, ErrorCode, Session};
pub use intake::{Intake, TakenFiles};
use picture::Taken;
pub(crate) use picture::for_paper;

/// Letters of a caption at most.
const LONGEST_CAPTION: usize = 200;
/// Letters of a viewpoint at most.
const LONGEST_VIEWPOINT: usize = 40;

const STAGES: [(AttachmentStage, &str, &str); 4] = [
    (AttachmentStage::Before, "before", "改造前"),
    (AttachmentStage::During, "during", "施工中"),
    (AttachmentStage::After, "after", "改造后"),
    (AttachmentStage::Other, "other", "其他"),
];

impl Session {
    /// Hangs files on a record. What could not be taken in is told in words; the others are added.
    ///
    /// # Errors
    /// `notFound`, `readOnly`, those of the disk.
    pub fn attachment_hang(
        &mut self,
        holder: impl Into<Holder>,
        record: &str,
        read: TakenFiles,
        place: Option<&AttachmentPlace>,
    ) -> Result<Changed<AttachmentsAdded>, ApiError> {
        self.ledger_to_write()?;
        let holder = holder.into();
        let (stage, viewpoint) = match place {
            Some(place) => (
                stage_code(place.stage),
                short(&place.viewpoint, "机位", LONGEST_VIEWPOINT)?,
            ),
            None => (stage_code(AttachmentStage::Other), String::new()),
        };
        let conn = self.connection()?;
        let record = key(record)?;
        let compound = compound_of(conn, holder, record)?;
        let label = label_of(conn, holder, record)?.unwrap_or_default();
        let there = store::of_record(conn, holder, record)?;
        let mut known: Vec<store::Hash> = there.iter().map(|row| row.attachment.hash).collect();
        let mut problems = Vec::new();
        let mut wanted: Vec<(String, Taken)> = Vec::new();
        for (name, taken) in read.0 {
            match taken {
                Err(problem) => problems.push(problem),
                Ok(taken) if known.contains(&taken.hash) => {
                    problems.push(format!("“{name}”在这条记录里已经有了，没有重复添加。"));
                }
                Ok(taken) => {
                    known.push(taken.hash);
                    wanted.push((name, taken));
                }
            }
        }
        let stamp = self.stamp();
        let op = about(
            OpCode::Attach,
            format!("{label}的 {} 张照片或附件", wanted.len()),
            (holder, record),
        );
        let changed = self.write(&op, |conn| {
            for (name, taken) in &wanted {
                let attachment = Attachment {
                    id: log::fresh_id(conn, stamp.at)?,
                    holder,
                    record,
                    compound,
                    hash: store::keep(conn, &taken.file)?,
                    name: name.clone(),
                    caption: String::new(),
                    stage: stage.to_owned(),
                    viewpoint: viewpoint.clone(),
                    taken_on: taken.taken_on.clone(),
                };
                store::insert(conn, &attachment)?;
            }
            Ok(())
        })?;
        Ok(Changed {
            value: AttachmentsAdded {
                added: small(wanted.len()),
                problems,
            },
            scopes: changed.scopes,
            transaction: changed.transaction,
            sentence: changed.sentence,
        })
    }

    /// Photos and scans of a record, in the order in which they were added.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn attachment_list(
        &self,
        holder: impl Into<Holder>,
        record: &str,
    ) -> Result<Vec<AttachmentRow>, ApiError> {
        let conn = self.connection()?;
        shown(conn, store::of_record(conn, holder.into(), key(record)?)?)
    }

    /// Photos and scans of a compound and its records, by viewpoint, stage and date.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn attachment_compound(&self, compound: &str) -> Result<Vec<AttachmentRow>, ApiError> {
        let conn = self.connection()?;
        shown(conn, store::of_compound(conn, key(compound)?)?)
    }

    /// Stores what people say about a photo or scan.
    ///
    /// # Errors
    /// `invalid` for a text that is too long or a date that cannot be read; `notFound`.
    pub fn attachment_edit(
        &mut self,
        id: &str,
        edit: &AttachmentEdit,
    ) -> Result<Changed<()>, ApiError> {
        self.ledger_to_write()?;
        let mut row = self.attachment(id)?.attachment;
        not_sealed(self.connection()?, &row)?;
        if let Some(caption) = &edit.caption {
            row.caption = short(caption, "说明", LONGEST_CAPTION)?;
        }
        if let Some(viewpoint) = &edit.viewpoint {
            row.viewpoint = short(viewpoint, "机位", LONGEST_VIEWPOINT)?;
        }
        if let Some(taken_on) = &edit.taken_on {
            row.taken_on = day(taken_on)?;
        }
        if let Some(stage) = edit.stage {
            stage_code(stage).clone_into(&mut row.stage);
        }
        let op = about(
            OpCode::Update,
            format!("照片与附件“{}”", row.name),
            (row.holder, row.record),
        );
        self.write(&op, |conn| store::update(conn, &row))
    }

    /// Viewpoints in use where the record belongs, to be chosen again: equal words make a pair.
    ///
    /// # Errors
    /// `notFound`.
    pub fn attachment_viewpoints(
        &self,
        holder: impl Into<Holder>,
        record: &str,
    ) -> Result<Vec<String>, ApiError> {
        let conn = self.connection()?;
        let compound = compound_of(conn, holder.into(), key(record)?)?;
        Ok(store::viewpoints(conn, compound)?)
    }

    /// Takes a photo or scan from its record into the recycle bin.
    ///
    /// # Errors
    /// `notFound`, `readOnly`.
    pub fn attachment_remove(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        self.ledger_to_write()?;
        let row = self.attachment(id)?.attachment;
        not_sealed(self.connection()?, &row)?;
        let op = about(
            OpCode::Delete,
            format!("照片与附件“{}”", row.name),
            (row.holder, row.record),
        );
        self.write(&op, |conn| store::set_removed(conn, row.id, true))
    }

    /// Photos and scans in the recycle bin, of records that are there.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn attachment_removed(&self) -> Result<Vec<AttachmentRow>, ApiError> {
        let conn = self.connection()?;
        shown(conn, store::removed(conn)?)
    }

    /// Brings a photo or scan back from the recycle bin.
    ///
    /// # Errors
    /// `notFound`, `readOnly`.
    pub fn attachment_restore(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        self.ledger_to_write()?;
        let row = self.attachment(id)?.attachment;
        let op = about(
            OpCode::Restore,
            format!("照片与附件“{}”", row.name),
            (row.holder, row.record),
        );
        self.write(&op, |conn| store::set_removed(conn, row.id, false))
    }

    /// A photo in full, as a data address.
    ///
    /// # Errors
    /// `notFound`.
    pub fn attachment_picture(&self, id: &str) -> Result<String, ApiError> {
        let row = self.attachment(id)?;
        Ok(address(
            &row.media_type,
            &self.attached_bytes(&row.attachment)?,
        ))
    }

    /// Name for a copy of a photo or scan.
    ///
    /// # Errors
    /// `notFound`.
    pub fn attachment_file_name(&self, id: &str) -> Result<String, ApiError> {
        let row = self.attachment(id)?;
        let stem = row.attachment.name.rsplit_once('.');
        let stem = stem.map_or(row.attachment.name.as_str(), |(stem, _)| stem);
        let ending = if is_picture(&row.media_type) {
            "jpg"
        } else {
            "pdf"
        };
        Ok(format!("{}.{ending}", clean(stem)))
    }

    /// Writes a copy of a photo or scan.
    ///
    /// # Errors
    /// `notFound`, those of the disk.
    pub fn attachment_save(&self, id: &str, path: &Path) -> Result<SavedFile, ApiError> {
        let row = self.attachment(id)?;
        let made = Made {
            title: "照片与附件",
            compound: row.attachment.compound,
            records: 1,
            personal: true,
        };
        self.save_noted(path, &self.attached_bytes(&row.attachment)?, &made)
    }

    /// Removes the bytes of what lies in the recycle bin for good. What still hangs on a record
    /// keeps its bytes. This cannot be undone.
    ///
    /// # Errors
    /// `readOnly`, those of the disk.
    pub fn attachment_purge(&mut self) -> Result<AttachmentsPurged, ApiError> {
        self.ledger()?.allow(Task::Keep)?;
        let ledger = self.ledger_to_write()?;
        let (count, freed) = store::purge(ledger)?;
        Ok(AttachmentsPurged {
            message: match count {
                0 => "回收站里没有可以清除的照片。".to_owned(),
                _ => format!("已彻底删除 {count} 张，腾出 {}。", size(freed)),
            },
        })
    }

    fn attachment(&self, id: &str) -> Result<store::AttachmentRow, ApiError> {
        store::get(self.connection()?, key(id)?)?.ok_or_else(ApiError::not_found)
    }

    fn attached_bytes(&self, attachment: &Attachment) -> Result<Vec<u8>, ApiError> {
        let bytes = store::bytes(self.connection()?, &attachment.hash)?;
        let bytes = bytes.ok_or_else(ApiError::not_found)?;
        if bytes.is_empty() && self.ledger()?.duty().is_masked() {
            return Err(ApiError::new(
                ErrorCode::NotOfDuty,
                "这张不给查看员看",
                "它附在业主、住户、走访、诉求、意见或表决票下面，上面可能有姓名和签名。",
                "要看，请点屏幕上方的身份，换成记录员或规划员。",
            ));
        }
        Ok(bytes)
    }
}

/// Rows for the wire; what hangs on a record that was removed waits for it unseen.
fn shown(
    conn: &Connection,
    rows: Vec<store::AttachmentRow>,
) -> Result<Vec<AttachmentRow>, ApiError> {
    let mut shown = Vec::with_capacity(rows.len());
    let mut labels: std::collections::HashMap<RecordId, Option<String>> =
        std::collections::HashMap::new();
    for row in rows {
        let one = row.attachment;
        let label = match labels.entry(one.record) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(label_of(conn, one.holder, one.record)?)
            }
        };
        let Some(record_label) = label.clone() else {
            continue;
        };
        let (stage, _, stage_label) = STAGES
            .into_iter()
            .find(|(_, code, _)| *code == one.stage)
            .unwrap_or(STAGES[3]);
        let picture = is_picture(&row.media_type);
        let bytes = size(row.size);
        shown.push(AttachmentRow {
            id: one.id.to_string(),
            kind: one.holder,
            record: one.record.to_string(),
            record_label,
            name: one.name,
            caption: one.caption,
            stage,
            stage_label: stage_label.to_owned(),
            viewpoint: one.viewpoint,
            taken_on: one.taken_on.unwrap_or_default(),
            picture,
            note: if picture {
                format!("{}×{}，{bytes}", row.width, row.height)
            } else {
                format!("扫描件，{bytes}")
            },
            thumbnail: if picture {
                address(&row.media_type, &row.thumbnail)
            } else {
                String::new()
            },
        });
    }
    Ok(shown)
}

/// A step that stands in the history of the record on which the files hang.
fn about(code: OpCode, subject: String, (holder, record): (Holder, RecordId)) -> Op {
    let mut op = Op::one(code, subject);
    op.params["record"] = history::about(holder, record).into();
    op
}

fn is_picture(media_type: &str) -> bool {
    media_type.starts_with("image/")
}

fn address(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", STANDARD.encode(bytes))
}

fn compound_of(
    conn: &Connection,
    holder: Holder,
    record: RecordId,
) -> Result<Option<RecordId>, ApiError> {
    let kind = match holder {
        Holder::Record(kind) => kind,
        // Scans of a ballot bear names: they stay out of the photos of the compound.
        Holder::Ballot(_) => {
            label_of(conn, holder, record)?.ok_or_else(ApiError::not_found)?;
            return Ok(None);
        }
    };
    let found = records::get(conn, kind, record)?.ok_or_else(ApiError::not_found)?;
    Ok(match kind {
        KindCode::Compound => Some(record),
        _ => found.compound,
    })
}

/// What people call the record.
fn label_of(
    conn: &Connection,
    holder: Holder,
    record: RecordId,
) -> Result<Option<String>, ApiError> {
    let ballot = |id| {
        let found = ballots::find(conn, id)?;
        Ok::<_, ApiError>(found.map(|ballot| format!("表决“{}”", ballot.name)))
    };
    match holder {
        Holder::Record(kind) => Ok(records::label(conn, kind, record)?),
        Holder::Ballot(BallotHolder::Ballot) => ballot(record),
        Holder::Ballot(BallotHolder::BallotPaper) => {
            let Some((id, number, place)) = ballots::paper_place(conn, record)? else {
                return Ok(None);
            };
            Ok(ballot(id)?.map(|label| format!("{label}的 {number:04} 号票（{place}）")))
        }
    }
}

/// What hangs on a closed ballot stays as it was; more may be added.
fn not_sealed(conn: &Connection, attachment: &Attachment) -> Result<(), ApiError> {
    let ballot = match attachment.holder {
        Holder::Record(_) => return Ok(()),
        Holder::Ballot(BallotHolder::Ballot) => Some(attachment.record),
        Holder::Ballot(BallotHolder::BallotPaper) => {
            ballots::paper_place(conn, attachment.record)?.map(|(ballot, ..)| ballot)
        }
    };
    let Some(id) = ballot else { return Ok(()) };
    match ballots::find(conn, id)? {
        Some(ballot) if !ballot.closed_at.is_empty() => Err(StorageError::BallotClosed.into()),
        _ => Ok(()),
    }
}

fn stage_code(stage: AttachmentStage) -> &'static str {
    let known = STAGES.iter().find(|(one, ..)| *one == stage);
    known.map_or("other", |(_, code, _)| code)
}

fn short(text: &str, what: &str, longest: usize) -> Result<String, ApiError> {
    let text = text.trim();
    if text.chars().count() > longest {
        return Err(ApiError::new(
            ErrorCode::Invalid,
            format!("{what}太长"),
            format!("{what}最多 {longest} 个字，这次没有保存。"),
            "请写短一些。",
        ));
    }
    Ok(text.to_owned())
}

fn day(text: &str) -> Result<Option<String>, ApiError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = jiugai_domain::date::parse(text).ok_or_else(|| {
        ApiError::new(
            ErrorCode::Invalid,
            "日期看不懂",
            format!("“{text}”不是日历上的一天，这次没有保存。"),
            "请写成 2026-03-05 这样。",
        )
    })?;
    Ok(Some(read.format("%Y-%m-%d").to_string()))
}
