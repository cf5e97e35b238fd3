//! Visits.

use std::path::PathBuf;

use clap::Subcommand;
use jiugai_api::{ApiError, Session, VisitListing};

/// What is to be done about visits.
#[derive(Debug, Subcommand)]
pub(crate) enum Visit {
    /// 列出走访记录
    List {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 小区名称；不写就是所有小区
        #[arg(long, value_name = "小区")]
        compound: Option<String>,
        /// 只要这一天以后的，如 2021-3-1
        #[arg(long, value_name = "日期")]
        since: Option<String>,
        /// 按 JSON 输出
        #[arg(long)]
        json: bool,
    },
}

/// Does it and gives what is printed.
pub(crate) fn run(session: &mut Session, command: &Visit) -> Result<String, ApiError> {
    let Visit::List {
        ledger,
        compound,
        since,
        json,
    } = command;
    session.ledger_open_as(ledger, false)?;
    if let Some(name) = compound {
        let compound = session.compound_named(name)?.to_string();
        let listing = session.visit_list(&compound, since.as_deref())?;
        return if *json {
            serde_json::to_string_pretty(&listing).map_err(|_| ApiError::internal())
        } else {
            Ok(text(&listing))
        };
    }
    let compounds = session.overview_get()?;
    let listings = compounds
        .iter()
        .map(|row| session.visit_list(&row.id, since.as_deref()))
        .collect::<Result<Vec<_>, _>>()?;
    if *json {
        return serde_json::to_string_pretty(&listings).map_err(|_| ApiError::internal());
    }
    Ok(listings.iter().map(text).collect::<Vec<_>>().join("\n"))
}

fn text(listing: &VisitListing) -> String {
    let mut lines = vec![format!(
        "{}：{} 套房，走访完成 {} 套；列出走访 {} 次。",
        listing.compound,
        listing.dwellings,
        listing.done,
        listing.visits.len()
    )];
    lines.extend(listing.visits.iter().map(|visit| {
        format!(
            "{}\t{}{}{}\t{}\t{}\t{}",
            visit.visited_on,
            visit.building,
            visit.entrance,
            visit.room,
            visit.visitors.join("、"),
            visit.outcome_label,
            visit.words.as_deref().unwrap_or("").replace('\n', " ")
        )
    }));
    lines.join("\n")
}
