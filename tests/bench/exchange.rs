//! `jiugai-bench exchange STEP FILE`: what it takes to bring a large workbook in and out, one step in a
//! process of its own, so that the memory is that step's.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use jiugai_api::wire::{
    CellText, EditGesture, ImportChoices, ImportSettings, RecordEdit, RecordEdits,
};
use jiugai_api::{ApiError, KindCode, Progress, Session};

use super::FOLDER;

/// How often the step of the work is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Runs a step; the workbook is what `import_speed` of the exchange crate makes.
pub(crate) fn run(folder: &Path, step: &str, file: &Path) -> Result<(), ApiError> {
    let mut session = super::session(folder);
    let ledger = folder.join("示例.jgdb");
    if step == "export" {
        imported_elsewhere(folder, file)?;
        session.ledger_open(&ledger)?;
    } else {
        session.ledger_create(&ledger)?;
    }
    match step {
        "preview" => preview(&mut session, file).map(drop),
        "import" => import(&mut session, file),
        "export" => export(&mut session, file),
        "paste" => paste(&mut session),
        "bare" => {
            drop(session);
            super::bare::write(&ledger).map_err(|_| ApiError::internal())
        }
        _ => Err(ApiError::not_found()),
    }?;
    println!("{step} memory at most: {}", peak());
    Ok(())
}

fn preview(session: &mut Session, file: &Path) -> Result<u32, ApiError> {
    let start = Instant::now();
    let draft = session.import_read(file)?;
    let read = start.elapsed();
    let settings = ImportSettings {
        compound: draft.compound_name,
        overwrite_blanks: false,
    };
    let preview = session.import_check(draft.draft, &settings)?;
    println!(
        "read: {read:.2?}, compared: {:.2?}, together: {:.2?}, {:?}",
        start.elapsed() - read,
        start.elapsed(),
        preview.states
    );
    Ok(preview.draft)
}

fn import(session: &mut Session, file: &Path) -> Result<(), ApiError> {
    let start = Instant::now();
    let draft = preview(session, file)?;
    let compared = start.elapsed();
    let (outcome, steps) = stepped(&session.progress(), || {
        session.import_run(draft, &ImportChoices::default())
    });
    let outcome = outcome?;
    println!("steps: {steps}");
    println!(
        "written: {:.2?}, whole: {:.2?}, {:?}",
        start.elapsed() - compared,
        start.elapsed(),
        outcome.value.counts
    );
    Ok(())
}

/// Does the work and tells how long it was at each of its steps.
fn stepped<T>(progress: &Progress, work: impl FnOnce() -> T) -> (T, String) {
    let going = progress.begin("导入");
    let mut steps: Vec<(&str, Duration)> = Vec::new();
    let done = std::thread::scope(|scope| {
        let looking = scope.spawn(|| {
            while let Some(told) = progress.now() {
                match steps.last_mut() {
                    Some((step, spent)) if *step == told.step => *spent += LOOK,
                    _ => steps.push((told.step, LOOK)),
                }
                std::thread::park_timeout(LOOK);
            }
        });
        let done = work();
        drop(going);
        looking.thread().unpark();
        done
    });
    let told = steps
        .iter()
        .map(|(step, spent)| format!("{step} {spent:.1?}"));
    (done, told.collect::<Vec<_>>().join("、"))
}

/// A process of its own imports: what it used and left scattered is not this one's.
fn imported_elsewhere(folder: &Path, file: &Path) -> Result<(), ApiError> {
    let done = std::env::current_exe().and_then(|bench| {
        Command::new(bench)
            .args([Path::new("exchange"), Path::new("import"), file])
            .env(FOLDER, folder)
            .status()
    });
    match done.is_ok_and(|status| status.success()) {
        true => Ok(()),
        false => Err(ApiError::internal()),
    }
}

fn export(session: &mut Session, file: &Path) -> Result<(), ApiError> {
    let start = Instant::now();
    session.export_ledger(
        KindCode::Dwelling,
        None,
        &file.with_file_name("jiugai-export-speed.xlsx"),
    )?;
    println!("exported: {:.2?}", start.elapsed());
    Ok(())
}

fn paste(session: &mut Session) -> Result<(), ApiError> {
    let one = |kind, compound: Option<&str>, cells: &[(&str, &str)]| RecordEdits {
        kind,
        compound: compound.map(str::to_owned),
        gesture: EditGesture::Edit,
        edits: vec![edit(cells)],
    };
    let compound = session
        .record_edit(&one(KindCode::Compound, None, &[("name", "示例小区")]))?
        .value;
    let compound = compound.ids.first().cloned();
    session.record_edit(&one(
        KindCode::Building,
        compound.as_deref(),
        &[("name", "1号楼")],
    ))?;
    for round in 0..3 {
        let edits = (0..2_000)
            .map(|number| {
                let number = round * 2_000 + number;
                let room = (number + 100).to_string();
                edit(&[
                    ("building", "1号楼"),
                    ("room", &room),
                    ("storey", "3"),
                    ("use", "住宅"),
                    ("grossFloorArea", "61.20㎡"),
                    ("exclusiveArea", "５８.５０"),
                    ("tenure", "商品房"),
                    ("titleNumber", &room),
                    ("titleState", "已办证"),
                    ("remark", "示例"),
                ])
            })
            .collect();
        let block = RecordEdits {
            kind: KindCode::Dwelling,
            compound: compound.clone(),
            gesture: EditGesture::Paste,
            edits,
        };
        let start = Instant::now();
        let changed = session.record_edit(&block)?;
        println!(
            "pasted 2,000 rows of 10 columns: {:.2?}, {} problems",
            start.elapsed(),
            changed.value.problems.len()
        );
    }
    Ok(())
}

fn edit(cells: &[(&str, &str)]) -> RecordEdit {
    RecordEdit {
        id: None,
        cells: cells
            .iter()
            .map(|(field, text)| CellText {
                field: (*field).to_owned(),
                text: (*text).to_owned(),
            })
            .collect(),
    }
}

pub(crate) fn peak() -> String {
    std::fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap_or("unknown")
        .trim()
        .to_owned()
}
