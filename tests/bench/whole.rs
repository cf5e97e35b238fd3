//! What is done over the list of a whole ledger, without a compound chosen: sort, filter, group, find.

use std::path::Path;
use std::time::Instant;

use jiugai_api::wire::{ColumnFilter, FilterTest, FindQuery, SortColumn, Stretch, WindowQuery};
use jiugai_api::{ApiError, KindCode, Session};

use crate::{dwellings, ms, timed};

/// Rows that the window looks through in one go.
const STRETCH: u32 = 8_000;

/// The line of a ledger that is kept between runs, and made where it is not there yet.
pub(crate) fn alone(folder: &Path, path: &Path, compounds: usize) -> Result<(), ApiError> {
    if !path.exists() {
        crate::generate::ledger(path, compounds)?;
    }
    let mut session = crate::session(folder);
    session.ledger_open_as(path, true)?;
    let start = Instant::now();
    session.record_window(&dwellings(), 0, 200)?;
    println!("表格第一屏 {}", ms(start.elapsed()));
    session.ledger_close()?;
    line(folder, path, compounds)
}

/// One line for a ledger of so many compounds. Each sort and filter is asked for the first time.
pub(crate) fn line(folder: &Path, path: &Path, compounds: usize) -> Result<(), ApiError> {
    let mut session = crate::session(folder);
    session.ledger_open_as(path, true)?;
    let sorted = |kind: KindCode, field: &str| WindowQuery {
        kind,
        sort: vec![SortColumn {
            field: field.to_owned(),
            descending: false,
        }],
        ..dwellings()
    };
    let filtered = |field: &str, test: FilterTest, text: &str| WindowQuery {
        filters: vec![ColumnFilter {
            field: field.to_owned(),
            test,
            text: text.to_owned(),
        }],
        ..dwellings()
    };
    let mut cells = Vec::new();
    for query in [
        sorted(KindCode::Household, "contact"),
        sorted(KindCode::Dwelling, "grossFloorArea"),
        filtered("room", FilterTest::Contains, "30"),
        filtered("tenure", FilterTest::Filled, ""),
    ] {
        let start = Instant::now();
        session.record_window(&query, 0, 200)?;
        cells.push(ms(start.elapsed()));
    }
    for field in ["tenure", "building"] {
        cells.push(ms(timed(|| session.record_groups(&dwellings(), field))?.1));
    }
    let find = FindQuery {
        query: dwellings(),
        fields: ["room", "building", "remark"].map(str::to_owned).to_vec(),
        text: "301".to_owned(),
        whole: false,
    };
    let stretch = |from| Stretch {
        from,
        count: STRETCH,
    };
    cells.push(ms(timed(|| session.record_find(&find, stretch(0)))?.1));
    let rows = session.record_window(&find.query, 0, 0)?.total;
    let start = Instant::now();
    for from in (0..rows).step_by(STRETCH as usize) {
        session.record_find(&find, stretch(from))?;
    }
    cells.push(ms(start.elapsed()));
    let (first, later) = timed(|| session.check_summary(None))?;
    cells.push(format!("{} / {}", ms(first), ms(later)));
    let (first, later) = timed(|| session.summary(None))?;
    cells.push(format!("{} / {}", ms(first), ms(later)));
    // What was counted is kept in the file.
    session.ledger_close()?;
    let mut session = crate::session(folder);
    session.ledger_open_as(path, true)?;
    for read in [
        |session: &Session| session.check_summary(None).map(drop),
        |session: &Session| session.summary(None).map(drop),
    ] {
        let start = Instant::now();
        read(&session)?;
        cells.push(ms(start.elapsed()));
    }
    println!("| {compounds} | {} |", cells.join(" | "));
    session.ledger_close()
}
