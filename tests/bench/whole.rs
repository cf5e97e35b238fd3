//! What is done over the list of a whole ledger, without a compound chosen: sort, filter, group, find.

use std::path::Path;
use std::time::Instant;

use jiugai_api::wire::{ColumnFilter, FilterTest, FindQuery, SortColumn, WindowQuery};
use jiugai_api::{ApiError, KindCode, Session};

use crate::{dwellings, ms, timed};

/// One line for a ledger of so many compounds. Each sort and filter is asked for the first time.
pub(crate) fn line(session: &mut Session, path: &Path, compounds: usize) -> Result<(), ApiError> {
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
    cells.push(ms(timed(|| session.record_find(&find))?.1));
    cells.push(ms(timed(|| session.check_summary(None))?.1));
    cells.push(ms(timed(|| session.summary(None))?.1));
    println!("| {compounds} | {} |", cells.join(" | "));
    session.ledger_close()
}
