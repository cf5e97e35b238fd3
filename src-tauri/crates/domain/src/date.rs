//! Dates as people write them.

use chrono::{Datelike, NaiveDate};

/// Reads `2021-03-05`, `2021/3/5`, `2021.3.5`, `2021年3月5日`, `20210305` (全角 too).
/// A month alone (`2021年3月`) becomes its first day. `None` when it is not a date.
#[must_use]
pub fn parse(input: &str) -> Option<NaiveDate> {
    let text = crate::text::normalize(input).replace(' ', "");
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::from_ymd_opt(
            text[..4].parse().ok()?,
            text[4..6].parse().ok()?,
            text[6..].parse().ok()?,
        );
    }
    let parts: Vec<&str> = text
        .split(['-', '/', '.', '年', '月', '日', '号'])
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] => (year, month, day.parse().ok()?),
        [year, month] if text.contains('月') => (year, month, 1),
        _ => return None,
    };
    if year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day)
}

/// `2026年3月5日`, the form of papers.
#[must_use]
pub fn format_long(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("2021-03-05")]
    #[case("2021/3/5")]
    #[case("２０２１年３月５日")]
    #[case("2021.3.5")]
    #[case("20210305")]
    fn accepted(#[case] input: &str) {
        assert_eq!(parse(input), NaiveDate::from_ymd_opt(2021, 3, 5));
    }

    #[rstest]
    #[case("2021-02-30")]
    #[case("21-3-5")]
    #[case("三月五日")]
    #[case("")]
    fn refused(#[case] input: &str) {
        assert_eq!(parse(input), None);
    }

    #[test]
    fn month_alone() {
        assert_eq!(
            parse("2021年3月").map(format_long).as_deref(),
            Some("2021年3月1日")
        );
    }
}
