//! A session on a fresh folder with a fixed clock.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::wire::{CellText, EditGesture, RecordEdit, RecordEdits};
use crate::{Clock, Environment, KindCode, Session};

/// Half past nine on the day after the survey.
pub(crate) struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2021-03-06T09:30:00+08:00").expect("a plain time")
    }
}

pub(crate) fn workbook() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/sample/摸底台账_五交化家属院_示例.xlsx")
}

/// A session without ledger; the folder lives as long as the guard.
pub(crate) fn bare() -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let environment = Environment {
        data_dir: folder.path().join("数据 data"),
        font_dir: crate::font_dir(),
        system_fonts: Vec::new(),
        device: "测试机".to_owned(),
        clock: Arc::new(Fixed),
    };
    let session = Session::new(environment);
    (folder, session)
}

/// A session on a new, empty ledger.
pub(crate) fn fresh() -> (tempfile::TempDir, Session) {
    let (folder, mut session) = bare();
    session
        .ledger_create(&folder.path().join("街道 台账.jgdb"))
        .expect("new ledger");
    (folder, session)
}

/// A session on the sample.
pub(crate) fn sample() -> (tempfile::TempDir, Session) {
    let (folder, mut session) = bare();
    session.ledger_open_sample().expect("sample");
    (folder, session)
}

/// One gesture on one record.
pub(crate) fn edit(
    kind: KindCode,
    compound: Option<&str>,
    id: Option<&str>,
    cells: &[(&str, &str)],
) -> RecordEdits {
    RecordEdits {
        kind,
        compound: compound.map(str::to_owned),
        gesture: EditGesture::Edit,
        edits: vec![RecordEdit {
            id: id.map(str::to_owned),
            cells: cells
                .iter()
                .map(|(field, text)| CellText {
                    field: (*field).to_owned(),
                    text: (*text).to_owned(),
                })
                .collect(),
        }],
    }
}

/// How many times as much the tests of faults and of random sequences shall do (`cargo xtask trust`).
pub(crate) fn times() -> u32 {
    let asked = std::env::var("JIUGAI_TIMES").ok();
    asked.and_then(|times| times.parse().ok()).unwrap_or(1)
}
