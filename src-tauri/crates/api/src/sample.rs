//! The sample ledger (示例): made from data files, never mixed into the user's own.

use std::collections::HashMap;
use std::path::Path;

use jiugai_domain::{Field, KindCode, RecordId, Value};
use jiugai_exchange::table::read_tables;
use jiugai_storage::plans::{self, Release};
use jiugai_storage::{Connection, Ledger, Mode, Op, OpCode, StorageError, log, query, records};
use serde::Deserialize;

use crate::import::write_new;
use crate::plan::load::Version;
use crate::plan::versions::copy;
use crate::{ApiError, Session};

pub(crate) const WORKBOOK: &[u8] = include_bytes!("../data/sample/摸底台账_五交化家属院_示例.xlsx");
pub(crate) const WORKBOOK_NAME: &str = "摸底台账_五交化家属院_示例.xlsx";
const RECORDS: &str = include_str!("../data/sample/sample.json");
/// Visits and wishes of the compound of the workbook.
const VOICE: &str = include_str!("../data/sample/voice.json");
/// Scenarios and versions of its plan, problems, opinions, funds.
const PLANS: &str = include_str!("../data/sample/plans.json");

/// The data file: texts as a person would type them into cells.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sample {
    compounds: Vec<SampleCompound>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SampleCompound {
    name: String,
    /// The shipped workbook is imported into it.
    workbook: bool,
    cells: Cells,
    /// Area of each room by kind of outbuilding, as typed.
    #[serde(default)]
    room_areas: HashMap<String, String>,
    records: Vec<SampleRecord>,
}

type Cells = Vec<(String, String)>;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SampleRecord {
    kind: KindCode,
    /// Label of an existing record that gets the cells; a new record without it.
    change: Option<String>,
    #[serde(default)]
    cells: Cells,
    /// For an effect: one for each asset of this kind whose field has this text.
    each: Option<(KindCode, String, String)>,
}

/// One step of the plan's life: a version made from another, or one published; then records.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SampleStep {
    /// Label of the version that a new one is made from.
    of: Option<String>,
    /// The scenario that it becomes; empty for the next version.
    #[serde(default)]
    scenario: String,
    /// Labels of items and effects that the new one leaves out.
    #[serde(default)]
    remove: Vec<String>,
    publish: Option<SamplePublication>,
    records: Vec<SampleRecord>,
}

#[derive(Debug, Deserialize)]
struct SamplePublication {
    plan: String,
    on: String,
    by: String,
    from: String,
    to: String,
}

/// Fact of a ledger that says that it is the sample.
const FACT: &str = "sample";

impl Session {
    /// The open ledger is the sample (示例).
    pub(crate) fn is_sample(&self) -> bool {
        let fact = self
            .ledger
            .as_ref()
            .and_then(|ledger| ledger.fact(FACT).ok().flatten());
        fact.is_some()
    }

    /// Makes the sample ledger in a file and opens it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn sample_create(&mut self, path: &Path) -> Result<(), ApiError> {
        let ledger = Ledger::create(path, &self.open_options(Mode::ReadWrite), &self.stamp())?;
        ledger.set_fact(FACT, "1")?;
        self.install(ledger, path);
        self.sample_fill()
    }

    fn sample_fill(&mut self) -> Result<(), ApiError> {
        let sample: Sample = serde_json::from_str(RECORDS).map_err(|_| ApiError::internal())?;
        let voice: Vec<SampleRecord> =
            serde_json::from_str(VOICE).map_err(|_| ApiError::internal())?;
        let steps: Vec<SampleStep> =
            serde_json::from_str(PLANS).map_err(|_| ApiError::internal())?;
        let survey = read_tables(WORKBOOK, WORKBOOK_NAME)?;
        let at = self.now();
        let op = Op::one(OpCode::Sample, "五交化家属院（示例）");
        self.write(&op, |conn| {
            for compound in &sample.compounds {
                let mut filler = Filler {
                    conn,
                    at,
                    compound: None,
                };
                if compound.workbook {
                    let made = write_new(conn, &survey, &compound.name, at)?;
                    let id = made.ok_or(StorageError::CalledOff)?;
                    filler.compound = made;
                    filler.change(KindCode::Compound, id, &compound.cells)?;
                } else {
                    filler.compound = Some(filler.create(KindCode::Compound, &compound.cells)?);
                }
                filler.room_areas(&compound.room_areas)?;
                let said = voice.iter().filter(|_| compound.workbook);
                for record in compound.records.iter().chain(said) {
                    filler.record(record)?;
                }
                if let Some(id) = filler.compound.filter(|_| compound.workbook) {
                    crate::plan::catalogue::fill_prices(conn, at)?;
                    for step in &steps {
                        filler.step(step)?;
                    }
                    crate::survey::fill_sample(conn, id, at, SAMPLE_ACTOR)?;
                    crate::ballot::sample::fill(conn, id, at)?;
                }
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// Under whose name the sample's sheets were entered.
const SAMPLE_ACTOR: &str = "示例录入员";

/// What the log names is lost on the way: a sample that does not fit is a defect of its data.
fn misfit(_: ApiError) -> StorageError {
    StorageError::CalledOff
}

struct Filler<'a> {
    conn: &'a Connection,
    at: chrono::DateTime<chrono::FixedOffset>,
    compound: Option<RecordId>,
}

impl Filler<'_> {
    fn step(&self, step: &SampleStep) -> Result<(), StorageError> {
        if let Some(published) = &step.publish {
            let cells = [
                ("state", "征求意见"),
                ("noticeFrom", &published.from),
                ("noticeTo", &published.to),
            ]
            .map(|(code, text)| (code.to_owned(), text.to_owned()));
            let plan = self.find(KindCode::Plan, &published.plan, None)?;
            self.change(KindCode::Plan, plan, &cells.to_vec())?;
            let release = Release {
                id: log::fresh_id(self.conn, self.at)?,
                compound: self.compound.ok_or(StorageError::CalledOff)?,
                plan,
                published_on: published.on.clone(),
                published_by: published.by.clone(),
            };
            plans::release(self.conn, &release)?;
        }
        let mut plan = None;
        if let Some(of) = &step.of {
            let from = self.find(KindCode::Plan, of, None)?;
            let from = Version::load(self.conn, from).map_err(misfit)?;
            plan = Some(copy(self.conn, &from, &step.scenario, self.at)?);
        }
        for label in &step.remove {
            let kind = if label.contains('（') {
                KindCode::WorkItem
            } else {
                KindCode::Effect
            };
            records::remove(self.conn, kind, self.find(kind, label, plan)?)?;
        }
        for record in &step.records {
            match &record.change {
                Some(label) => {
                    let id = self.find(record.kind, label, plan)?;
                    self.change(record.kind, id, &record.cells)?;
                }
                None => self.record(record)?,
            }
        }
        Ok(())
    }

    /// The record of a label, an effect or a fund inside of this plan version.
    fn find(
        &self,
        kind: KindCode,
        label: &str,
        plan: Option<RecordId>,
    ) -> Result<RecordId, StorageError> {
        let compound = self.compound.ok_or(StorageError::CalledOff)?;
        let rows = crate::assets::rows(self.conn, kind, compound)?;
        let items = match plan {
            Some(plan) => Version::load(self.conn, plan).map_err(misfit)?.items,
            None => Vec::new(),
        };
        let inside = |row: &query::Row| {
            let fields = crate::assets::Fields::of(kind, &row.values);
            match kind {
                KindCode::Effect => items
                    .iter()
                    .any(|item| fields.value("workItem").as_id() == Some(item.id)),
                KindCode::Fund => fields.value("plan").as_id() == plan,
                _ => true,
            }
        };
        rows.iter()
            .find(|row| row.label == label && inside(row))
            .map(|row| row.id)
            .ok_or(StorageError::CalledOff)
    }

    fn record(&self, record: &SampleRecord) -> Result<(), StorageError> {
        match (&record.change, &record.each) {
            (Some(label), _) => {
                let found = records::options(self.conn, record.kind, self.compound, label, 50)?;
                let id = found
                    .into_iter()
                    .find(|(_, shown)| shown == label)
                    .map(|(id, _)| id);
                self.change(
                    record.kind,
                    id.ok_or(StorageError::CalledOff)?,
                    &record.cells,
                )
            }
            (None, Some((kind, field, text))) => {
                let target = crate::assets::asset_fields()
                    .find(|(_, asset)| asset == kind)
                    .map(|(field, _)| field);
                let target = target.ok_or(StorageError::CalledOff)?;
                for asset in self.matching(*kind, field, text)? {
                    let mut values = self.read(record.kind, None, &record.cells)?;
                    values.push((target, Value::Id(asset)));
                    self.insert(record.kind, &values)?;
                }
                Ok(())
            }
            (None, None) if matches!(record.kind, KindCode::Visit | KindCode::Wish) => {
                let mut values = self.read(record.kind, None, &record.cells)?;
                self.said_by(record.kind, &mut values)?;
                self.insert(record.kind, &values).map(|_| ())
            }
            (None, None) => self.create(record.kind, &record.cells).map(|_| ()),
        }
    }

    /// The only household of the dwelling said it.
    fn said_by(
        &self,
        kind: KindCode,
        values: &mut Vec<(&'static Field, Value)>,
    ) -> Result<(), StorageError> {
        let dwelling = values
            .iter()
            .find(|(field, _)| field.code == "dwelling")
            .and_then(|(_, value)| value.as_id());
        let Some(dwelling) = dwelling else {
            return Ok(());
        };
        let living = records::matching::at_dwelling(self.conn, KindCode::Household, dwelling)?;
        if let ([one], Some(field)) = (living.as_slice(), kind.kind().field("household")) {
            values.push((field, Value::Id(*one)));
        }
        Ok(())
    }

    fn create(&self, kind: KindCode, cells: &Cells) -> Result<RecordId, StorageError> {
        let values = self.read(kind, None, cells)?;
        self.insert(kind, &values)
    }

    fn insert(
        &self,
        kind: KindCode,
        values: &[(&'static Field, Value)],
    ) -> Result<RecordId, StorageError> {
        let id = log::fresh_id(self.conn, self.at)?;
        records::insert(self.conn, kind, self.compound, id, values)?;
        Ok(id)
    }

    fn change(&self, kind: KindCode, id: RecordId, cells: &Cells) -> Result<(), StorageError> {
        let existing = records::get(self.conn, kind, id)?;
        let values = self.read(kind, existing.as_ref(), cells)?;
        records::update(self.conn, kind, id, &values)
    }

    fn read(
        &self,
        kind: KindCode,
        existing: Option<&records::Record>,
        cells: &Cells,
    ) -> Result<Vec<(&'static Field, Value)>, StorageError> {
        let typed: Vec<(&str, &str)> = cells
            .iter()
            .map(|(field, text)| (field.as_str(), text.as_str()))
            .collect();
        let read = records::read_cells(self.conn, kind, self.compound, existing, &typed)?;
        read.map_err(|errors| match errors.into_iter().next() {
            Some(error) => StorageError::Invalid {
                kind,
                field: error.field.code,
                reason: error.error,
            },
            None => StorageError::CalledOff,
        })
    }

    fn matching(
        &self,
        kind: KindCode,
        field: &str,
        text: &str,
    ) -> Result<Vec<RecordId>, StorageError> {
        let query = query::WindowQuery {
            filters: vec![query::Filter {
                field: field.to_owned(),
                op: query::FilterOp::Equals,
                text: text.to_owned(),
            }],
            ..query::WindowQuery::all(kind, self.compound)
        };
        let rows = query::window(
            self.conn,
            &query,
            &mut query::OrderCache::new(),
            0,
            usize::MAX,
        )?
        .rows;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// Gives every outbuilding its area: rooms × the area of one room of its kind.
    fn room_areas(&self, areas: &HashMap<String, String>) -> Result<(), StorageError> {
        let kind = KindCode::Outbuilding;
        let Some(area) = kind.kind().field("area") else {
            return Ok(());
        };
        let Some(compound) = self.compound else {
            return Ok(());
        };
        for row in crate::assets::rows(self.conn, kind, compound)? {
            let fields = crate::assets::Fields::of(kind, &row.values);
            let sort = kind
                .kind()
                .field("kind")
                .map_or_else(String::new, |field| field.format(fields.value("kind")));
            let each = areas
                .get(&sort)
                .and_then(|text| area.parse(text).ok())
                .and_then(|value| value.as_integer());
            if let (Some(each), Some(rooms)) = (each, fields.integer("rooms")) {
                records::update(
                    self.conn,
                    kind,
                    row.id,
                    &[(area, Value::Integer(each * rooms))],
                )?;
            }
        }
        Ok(())
    }
}
