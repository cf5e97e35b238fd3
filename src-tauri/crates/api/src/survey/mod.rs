//! 征求意愿: what households answer, on paper and online. Advisory; the owners' ballot is another thing.

mod analysis;
mod bank;
mod charts;
mod cross;
mod doors;
mod entry;
mod flaw;
mod hidden;
mod import;
mod map;
mod open;
mod papers;
mod pending;
mod print;
mod rounds;
mod sample;
mod second;
mod sheets;
mod targets;
#[cfg(test)]
mod tests;

pub(crate) use import::Incoming;
pub(crate) use sample::fill as fill_sample;
pub(crate) use targets::SHIPPED as TARGETS;

use jiugai_domain::RecordId;
use jiugai_domain::fixed;
use jiugai_storage::Connection;
use jiugai_storage::survey::{self as store, Response, Round, Version};

use crate::text::key;
use crate::{ApiError, ErrorCode};

fn round_of(conn: &Connection, id: &str) -> Result<Round, ApiError> {
    store::round(conn, key(id)?)?.ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "找不到这轮调查",
            "它可能已被删除，或者新建后撤销过。",
            "请回到“问卷调查”的列表；删错了可以撤销。",
        )
    })
}

fn version_of(conn: &Connection, id: RecordId) -> Result<Version, ApiError> {
    store::version(conn, id)?.ok_or_else(ApiError::not_found)
}

/// The versions of the plan, answers about which count in this round.
pub(crate) fn counting(conn: &Connection, round: &Round) -> Result<Vec<i64>, ApiError> {
    match round.plan_version {
        Some(_) => crate::plan::consent::counting(conn, round.compound),
        None => Ok(Vec::new()),
    }
}

fn response_of(conn: &Connection, id: &str) -> Result<Response, ApiError> {
    store::response(conn, key(id)?)?.ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "找不到这份答卷",
            "它可能已被删除，或者录入后撤销过。",
            "请刷新列表；删错了可以撤销。",
        )
    })
}

/// `75.2%`; a dash when nothing is the whole.
pub(crate) fn percent(part: i64, whole: i64) -> String {
    fixed::ratio(Some(part), Some(whole), 1_000).map_or_else(
        || "—".to_owned(),
        |share| format!("{}%", fixed::format(share, 1)),
    )
}

fn basis_points(part: i64, whole: i64) -> u32 {
    let share = fixed::ratio(Some(part), Some(whole), 10_000).unwrap_or(0);
    u32::try_from(share.clamp(0, 10_000)).unwrap_or(0)
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
