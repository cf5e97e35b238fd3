//! Small pieces of wording shared by the use cases.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use jiugai_domain::{KindCode, RecordId};

use crate::ApiError;
use crate::wire::KindCount;

/// `2026-03-05 14:30`.
pub(crate) fn minute(at: DateTime<FixedOffset>) -> String {
    local_minute(at.naive_local())
}

/// The same for a local time.
pub(crate) fn local_minute(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// A stored ISO date in the form of papers, empty when there is none.
pub(crate) fn long_date(iso: Option<&str>) -> String {
    iso.and_then(|iso| NaiveDate::parse_from_str(iso, "%Y-%m-%d").ok())
        .map_or_else(String::new, jiugai_domain::date::format_long)
}

/// `307 套`.
pub(crate) fn counted(kind: KindCode, count: usize) -> String {
    format!("{count} {}", kind.kind().counter)
}

/// A count of one kind for the wire.
pub(crate) fn kind_count(kind: KindCode, count: usize) -> KindCount {
    KindCount {
        kind,
        label: kind.kind().label.to_owned(),
        text: counted(kind, count),
        count: small(count),
    }
}

/// A count as the wire carries it; beyond four thousand million it stays there.
pub(crate) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A stored count as the wire carries it.
pub(crate) fn positive(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

/// A key that came over the wire.
pub(crate) fn key(text: &str) -> Result<RecordId, ApiError> {
    text.parse().map_err(|_| ApiError::not_found())
}

/// Keys that came over the wire.
pub(crate) fn keys(texts: &[String]) -> Result<Vec<RecordId>, ApiError> {
    texts.iter().map(|text| key(text)).collect()
}

/// `1.2 MB`.
pub(crate) fn size(bytes: u64) -> String {
    if bytes < 1 << 20 {
        return format!("{} KB", bytes.div_ceil(1 << 10));
    }
    format!(
        "{}.{} MB",
        bytes >> 20,
        ((bytes & ((1 << 20) - 1)) * 10) >> 20
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_dates() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(1_310_720), "1.2 MB");
        assert_eq!(long_date(Some("2021-03-05")), "2021年3月5日");
        assert_eq!(long_date(None), "");
    }
}
