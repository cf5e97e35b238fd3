//! Records of every kind: declarations, grids, one record, edits, search.

use std::cell::Cell;

use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use jiugai_storage::records::{self, CellError, Record};
use jiugai_storage::{Connection, Op, OpCode, StorageError, query};

use crate::session::wire;
use crate::text::{counted, key, keys, kind_count, positive, small};
use crate::wire::{
    CellProblem, Changed, EditGesture, EditOutcome, FilterTest, KindCount, RecordDetail,
    RecordEdit, RecordEdits, RecordLink, RecordRow, RecordTotals, RecordWindow, RelatedRecords,
    SearchHit, SearchHits, WindowQuery,
};
use crate::{ApiError, Session, wording};

/// Rows sent at most in one window.
const WINDOW_LIMIT: u32 = 1_000;
/// Related records listed in a panel.
const RELATED_LIMIT: usize = 50;

impl Session {
    /// Rows of a grid.
    ///
    /// # Errors
    /// `noLedger`; `internal` for an unknown field.
    pub fn record_window(
        &mut self,
        query: &WindowQuery,
        offset: u32,
        limit: u32,
    ) -> Result<RecordWindow, ApiError> {
        let asked = stored_query(query)?;
        let conn = self
            .ledger
            .as_ref()
            .ok_or_else(ApiError::no_ledger)?
            .connection();
        let window = query::window(
            conn,
            &asked,
            &mut self.order,
            offset as usize,
            limit.min(WINDOW_LIMIT) as usize,
        )?;
        let fields = query.kind.kind().fields;
        let rows = window
            .rows
            .into_iter()
            .map(|row| RecordRow {
                id: row.id.to_string(),
                label: row.label,
                cells: texts(fields, &row.values, &row.references),
            })
            .collect();
        Ok(RecordWindow {
            total: small(window.total),
            offset: small(window.offset),
            rows,
        })
    }

    /// Count and sums of a grid.
    ///
    /// # Errors
    /// As [`Session::record_window`].
    pub fn record_totals(&self, query: &WindowQuery) -> Result<RecordTotals, ApiError> {
        let totals = query::totals(self.connection()?, &stored_query(query)?)?;
        let kind = query.kind.kind();
        let sum = |field: &Field| {
            let found = totals
                .sums
                .iter()
                .find(|(summed, _)| summed.code == field.code);
            found
                .and_then(|(_, sum)| *sum)
                .map_or_else(String::new, |sum| grouped(field, sum))
        };
        Ok(RecordTotals {
            count_text: format!(
                "共 {}",
                counted(query.kind, usize::try_from(totals.count).unwrap_or(0))
            ),
            count: positive(totals.count),
            sums: kind.fields.iter().map(sum).collect(),
        })
    }

    /// One record with what hangs on it.
    ///
    /// # Errors
    /// `notFound`.
    pub fn record_get(&mut self, kind: KindCode, id: &str) -> Result<RecordDetail, ApiError> {
        let id = key(id)?;
        let conn = self.connection()?;
        let record = records::get(conn, kind, id)?.ok_or_else(ApiError::not_found)?;
        let label = records::label(conn, kind, id)?.unwrap_or_default();
        let references = records::reference_labels(conn, kind, id)?;
        let related = related(conn, kind, id)?;
        Ok(RecordDetail {
            kind,
            id: id.to_string(),
            compound: record.compound.map(|compound| compound.to_string()),
            label,
            cells: texts(kind.kind().fields, &record.values, &references),
            related,
        })
    }

    /// Stores one gesture: typed cells, a filled form, a pasted block. Everything or nothing; bad
    /// cells are told with the way out.
    ///
    /// # Errors
    /// `readOnly`, `notFound`, those of the disk.
    pub fn record_edit(&mut self, edits: &RecordEdits) -> Result<Changed<EditOutcome>, ApiError> {
        // Before anything is read: what was away may be back.
        self.ledger_to_write()?;
        let prepared = self.prepare(edits)?;
        let (rows, problems) = match prepared {
            Ok(rows) => (rows, Vec::new()),
            Err(problems) => (Vec::new(), problems),
        };
        let refused = |problems| Changed {
            value: EditOutcome {
                ids: Vec::new(),
                problems,
            },
            scopes: Vec::new(),
            transaction: None,
            sentence: String::new(),
        };
        if !problems.is_empty() {
            return Ok(refused(problems));
        }
        let op = self.edit_op(edits, &rows)?;
        let stamp = self.stamp();
        let current = Cell::new(0usize);
        let kind = edits.kind;
        let result = self.ledger_to_write()?.transact(&op, &stamp, |conn| {
            for (index, row) in rows.iter().enumerate() {
                current.set(index);
                if row.is_new {
                    records::insert(conn, kind, row.compound, row.id, &row.values)?;
                } else {
                    records::update(conn, kind, row.id, &row.values)?;
                }
            }
            Ok(EditOutcome {
                ids: rows.iter().map(|row| row.id.to_string()).collect(),
                problems: Vec::new(),
            })
        });
        match result {
            Ok(changed) => {
                if rows.iter().any(|row| row.is_new) {
                    self.order.invalidate(&changed.scopes);
                } else {
                    let fields: Vec<&str> = rows
                        .iter()
                        .flat_map(|row| row.values.iter().map(|(field, _)| field.code))
                        .collect();
                    self.order.edited(kind, &fields);
                }
                self.backup_when_due();
                let sentence = jiugai_storage::wording::act_of(&op);
                Ok(wire(changed, sentence))
            }
            Err(
                error @ (StorageError::KeyTaken { .. }
                | StorageError::Unfit { .. }
                | StorageError::Reference { .. }),
            ) => Ok(refused(vec![rule_problem(edits, current.get(), &error)])),
            Err(error) => Err(error.into()),
        }
    }

    /// Copies records; a unique name gets the next free one.
    ///
    /// # Errors
    /// `notFound`, `readOnly`.
    pub fn record_duplicate(
        &mut self,
        kind: KindCode,
        ids: &[String],
    ) -> Result<Changed<Vec<String>>, ApiError> {
        let originals = keys(ids)?;
        let copies: Vec<RecordId> = originals
            .iter()
            .map(|_| self.fresh())
            .collect::<Result<_, _>>()?;
        let op = Op::many(
            OpCode::Duplicate,
            self.first_label(kind, &originals)?,
            originals.len(),
        )
        .of_kind(kind);
        self.write(&op, |conn| {
            for (original, copy) in originals.iter().zip(&copies) {
                records::duplicate(conn, kind, *original, *copy)?;
            }
            Ok(copies.iter().map(ToString::to_string).collect())
        })
    }

    /// What would go with these records.
    ///
    /// # Errors
    /// `blockedByPlan` when a plan demolishes or alters one of them.
    pub fn record_removal_preview(
        &self,
        kind: KindCode,
        ids: &[String],
    ) -> Result<Vec<KindCount>, ApiError> {
        let counts = records::removal_preview(self.connection()?, kind, &keys(ids)?)?;
        Ok(counts
            .into_iter()
            .map(|(kind, count)| kind_count(kind, count))
            .collect())
    }

    /// Deletes records with what hangs on them; the recycle bin keeps them.
    ///
    /// # Errors
    /// `blockedByPlan`, `readOnly`.
    pub fn record_remove(
        &mut self,
        kind: KindCode,
        ids: &[String],
    ) -> Result<Changed<u32>, ApiError> {
        let ids = keys(ids)?;
        let op = Op::many(OpCode::Delete, self.first_label(kind, &ids)?, ids.len()).of_kind(kind);
        self.write(&op, |conn| {
            for id in &ids {
                records::remove(conn, kind, *id)?;
            }
            Ok(small(ids.len()))
        })
    }

    /// Records to choose from for a reference.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn record_options(
        &self,
        kind: KindCode,
        compound: Option<&str>,
        text: &str,
    ) -> Result<Vec<RecordLink>, ApiError> {
        let compound = compound.map(key).transpose()?;
        let found = records::options(self.connection()?, kind, compound, text, RELATED_LIMIT)?;
        Ok(found
            .into_iter()
            .map(|(id, label)| RecordLink {
                kind,
                id: id.to_string(),
                label,
            })
            .collect())
    }

    /// Looks through everything; what lies in the compound at hand comes first.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn record_search(
        &self,
        text: &str,
        compound: Option<&str>,
    ) -> Result<SearchHits, ApiError> {
        let here = compound.map(key).transpose()?;
        let found = query::search(self.connection()?, text, here, RELATED_LIMIT)?;
        let hits = found
            .hits
            .into_iter()
            .map(|hit| SearchHit {
                record: RecordLink {
                    kind: hit.kind,
                    id: hit.id.to_string(),
                    label: hit.label,
                },
                kind_label: hit.kind.kind().label.to_owned(),
                compound: hit.compound.map(|compound| compound.to_string()),
                path: hit.path,
                matched: format!("{} {}", hit.field.label, hit.snippet),
            })
            .collect();
        Ok(SearchHits {
            hits,
            more: found.more,
        })
    }

    /// What people call the first of these records.
    fn first_label(&self, kind: KindCode, ids: &[RecordId]) -> Result<String, ApiError> {
        let Some(first) = ids.first() else {
            return Ok(String::new());
        };
        records::label(self.connection()?, kind, *first)?.ok_or_else(ApiError::not_found)
    }

    fn prepare(
        &self,
        edits: &RecordEdits,
    ) -> Result<Result<Vec<PreparedRow>, Vec<CellProblem>>, ApiError> {
        let conn = self.connection()?;
        let kind = edits.kind;
        let compound = edits.compound.as_deref().map(key).transpose()?;
        let mut rows = Vec::with_capacity(edits.edits.len());
        let mut problems = Vec::new();
        for (index, edit) in edits.edits.iter().enumerate() {
            let existing = match &edit.id {
                Some(id) => {
                    Some(records::get(conn, kind, key(id)?)?.ok_or_else(ApiError::not_found)?)
                }
                None => None,
            };
            let cells: Vec<(&str, &str)> = edit
                .cells
                .iter()
                .map(|cell| (cell.field.as_str(), cell.text.as_str()))
                .collect();
            match records::read_cells(conn, kind, compound, existing.as_ref(), &cells)? {
                Ok(values) if existing.as_ref().is_some_and(|old| moves(old, &values)) => {
                    problems.push(stage_problem(index, edit));
                }
                Ok(values) => rows.push(PreparedRow {
                    is_new: existing.is_none(),
                    id: match &existing {
                        Some(record) => record.id,
                        None => self.fresh()?,
                    },
                    compound: existing.as_ref().map_or(compound, |record| record.compound),
                    values,
                }),
                Err(errors) => {
                    problems.extend(errors.into_iter().map(|error| cell_problem(index, error)));
                }
            }
        }
        Ok(if problems.is_empty() {
            Ok(rows)
        } else {
            Err(problems)
        })
    }

    fn edit_op(&self, edits: &RecordEdits, rows: &[PreparedRow]) -> Result<Op, ApiError> {
        let kind = edits.kind;
        let cells: usize = edits.edits.iter().map(|edit| edit.cells.len()).sum();
        Ok(match (edits.gesture, rows) {
            (EditGesture::Paste, _) => Op::many(OpCode::Paste, "", cells).of_kind(kind),
            (EditGesture::Fill, _) => Op::many(OpCode::Fill, "", cells).of_kind(kind),
            (EditGesture::Clear, _) => Op::many(OpCode::Clear, "", cells).of_kind(kind),
            (EditGesture::Replace, _) => Op::many(OpCode::Replace, "", cells).of_kind(kind),
            (EditGesture::Edit, [row]) if row.is_new => {
                Op::one(OpCode::Create, draft_label(edits, 0)).of_kind(kind)
            }
            (EditGesture::Edit, [row]) => {
                let label = records::label(self.connection()?, kind, row.id)?.unwrap_or_default();
                Op::one(OpCode::Update, label).of_kind(kind)
            }
            (EditGesture::Edit, rows) if rows.iter().all(|row| row.is_new) => {
                Op::many(OpCode::Generate, kind.kind().label, rows.len()).of_kind(kind)
            }
            (EditGesture::Edit, rows) => {
                Op::many(OpCode::Update, kind.kind().label, rows.len()).of_kind(kind)
            }
        })
    }
}

struct PreparedRow {
    is_new: bool,
    id: RecordId,
    compound: Option<RecordId>,
    values: Vec<(&'static Field, Value)>,
}

/// What a new record will be called, from what was typed.
fn draft_label(edits: &RecordEdits, index: usize) -> String {
    let typed = |field: &str| {
        let cells = edits
            .edits
            .get(index)
            .map_or(&[][..], |edit| &edit.cells[..]);
        cells
            .iter()
            .find(|cell| cell.field == field)
            .map_or("", |cell| cell.text.trim())
    };
    match edits.kind {
        KindCode::Dwelling => format!(
            "{}{}{}",
            typed("building"),
            typed("entrance"),
            typed("room")
        ),
        KindCode::Entrance => format!("{}{}", typed("building"), typed("name")),
        KindCode::Household => format!("{} {}户", typed("dwelling"), typed("contact")),
        KindCode::Ownership => format!("{} {}", typed("dwelling"), typed("owner")),
        KindCode::Visit => format!("{} {}走访", typed("dwelling"), typed("visitedOn")),
        KindCode::Wish => format!(
            "{} {}{}",
            typed("dwelling"),
            typed("attitude"),
            typed("measure")
        ),
        kind => format!("{} {}", kind.kind().label, typed(kind.kind().name_field)),
    }
}

/// The stage of a compound is moved at its gates, not typed over them.
fn moves(old: &Record, values: &[(&'static Field, Value)]) -> bool {
    old.kind == KindCode::Compound
        && values
            .iter()
            .any(|(field, value)| field.code == "stage" && old.value("stage") != value)
}

fn stage_problem(index: usize, edit: &RecordEdit) -> CellProblem {
    let typed = edit.cells.iter().find(|cell| cell.field == "stage");
    CellProblem {
        edit: small(index),
        field: "stage".to_owned(),
        label: "推进阶段".to_owned(),
        text: typed.map_or_else(String::new, |cell| cell.text.clone()),
        message: "推进阶段不在这里改：请到“阶段与关口”，那里写明还差什么、谁定的。".to_owned(),
    }
}

fn cell_problem(index: usize, error: CellError) -> CellProblem {
    CellProblem {
        edit: small(index),
        field: error.field.code.to_owned(),
        label: error.field.label.to_owned(),
        message: wording::field_error(error.field, &error.error),
        text: error.text,
    }
}

/// A row that breaks a rule of its table, told at the field that names the record.
fn rule_problem(edits: &RecordEdits, index: usize, error: &StorageError) -> CellProblem {
    let kind = edits.kind.kind();
    let cells = edits
        .edits
        .get(index)
        .map_or(&[][..], |edit| &edit.cells[..]);
    let code = cells
        .iter()
        .find(|cell| cell.field == kind.name_field)
        .or(cells.first());
    let field = code
        .and_then(|cell| kind.field(&cell.field))
        .or_else(|| kind.field(kind.name_field));
    let told = wording::storage(error);
    CellProblem {
        edit: small(index),
        field: field.map_or("", |field| field.code).to_owned(),
        label: field.map_or("", |field| field.label).to_owned(),
        text: code.map_or_else(String::new, |cell| cell.text.clone()),
        message: format!("{}{}", told.message, told.next_step),
    }
}

pub(crate) fn stored_query(query: &WindowQuery) -> Result<query::WindowQuery, ApiError> {
    Ok(query::WindowQuery {
        kind: query.kind,
        compound: query.compound.as_deref().map(key).transpose()?,
        search: Some(query.search.trim().to_owned()).filter(|text| !text.is_empty()),
        filters: query
            .filters
            .iter()
            .map(|filter| query::Filter {
                field: filter.field.clone(),
                op: match filter.test {
                    FilterTest::Contains => query::FilterOp::Contains,
                    FilterTest::Equals => query::FilterOp::Equals,
                    FilterTest::OneOf => query::FilterOp::OneOf,
                    FilterTest::Empty => query::FilterOp::Empty,
                    FilterTest::Filled => query::FilterOp::NotEmpty,
                    FilterTest::AtLeast => query::FilterOp::AtLeast,
                    FilterTest::AtMost => query::FilterOp::AtMost,
                },
                text: filter.text.clone(),
            })
            .collect(),
        sort: query
            .sort
            .iter()
            .map(|sort| query::Sort {
                field: sort.field.clone(),
                descending: sort.descending,
            })
            .collect(),
    })
}

/// Values as people read them; references by their labels.
pub(crate) fn texts(
    fields: &[Field],
    values: &[Value],
    references: &[Option<String>],
) -> Vec<String> {
    fields
        .iter()
        .zip(values)
        .enumerate()
        .map(|(index, (field, value))| text(field, value, references.get(index).cloned()))
        .collect()
}

/// A value as people read it, one that refers to a record by the label of that.
pub(crate) fn text(field: &Field, value: &Value, reference: Option<Option<String>>) -> String {
    match (field.kind, reference) {
        (FieldType::Reference(_), Some(label)) => label.unwrap_or_default(),
        _ => field.format(value),
    }
}

/// A sum as people read it.
pub(crate) fn grouped(field: &Field, sum: i64) -> String {
    match field.kind {
        FieldType::Length => jiugai_domain::fixed::format_grouped(sum / 10, 2),
        _ => jiugai_domain::fixed::format_grouped(sum, field.decimals().unwrap_or(0)),
    }
}

/// Records whose fields point at this one.
fn related(
    conn: &Connection,
    kind: KindCode,
    id: RecordId,
) -> Result<Vec<RelatedRecords>, ApiError> {
    let mut related = Vec::new();
    for child in KindCode::ALL {
        let (count, ids) = records::referring(conn, child, kind, id, RELATED_LIMIT)?;
        if count == 0 {
            continue;
        }
        let labels = records::labels(conn, child, &ids)?;
        let records = ids
            .iter()
            .map(|id| RecordLink {
                kind: child,
                id: id.to_string(),
                label: labels.get(id).cloned().unwrap_or_default(),
            })
            .collect();
        related.push(RelatedRecords {
            kind: child,
            label: child.kind().label.to_owned(),
            count: small(count),
            records,
        });
    }
    Ok(related)
}
