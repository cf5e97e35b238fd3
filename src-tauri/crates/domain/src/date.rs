//! Dates as people write them.

use chrono::{Datelike, NaiveDate};

/// Reads `2021-03-05`, `2021/3/5`, `2021.3.5`, `2021年3月5日`, `20210305` (全角 too), `二〇二一年三月五日`.
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
    let parts: Vec<String> = text
        .split(['-', '/', '.', '年', '月', '日', '号'])
        .filter(|part| !part.is_empty())
        .map(|part| in_digits(part).unwrap_or_else(|| part.to_owned()))
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

/// Hanzi numbers in digits: 二〇二一 is 2021, 三 is 3, 二十五 is 25. `None` when it is none.
fn in_digits(text: &str) -> Option<String> {
    let digit = |character: char| {
        "〇一二三四五六七八九"
            .chars()
            .position(|other| other == character)
            .or_else(|| matches!(character, '零' | '○').then_some(0))
    };
    let Some((tens, ones)) = text.split_once('十') else {
        return text
            .chars()
            .map(|character| digit(character).map(|value| value.to_string()))
            .collect();
    };
    let one = |part: &str, empty: usize| {
        let mut characters = part.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Some(empty),
            (Some(only), None) => digit(only),
            _ => None,
        }
    };
    Some((one(tens, 1)? * 10 + one(ones, 0)?).to_string())
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
    #[case("二〇二一年三月五日")]
    #[case("二零二一年三月五号")]
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

    #[rstest]
    #[case("二〇二六年十二月二十五日", "2026年12月25日")]
    #[case("二〇二六年十月三十日", "2026年10月30日")]
    #[case("2026年十一月", "2026年11月1日")]
    fn hanzi(#[case] input: &str, #[case] expected: &str) {
        assert_eq!(parse(input).map(format_long).as_deref(), Some(expected));
    }

    #[test]
    fn month_alone() {
        assert_eq!(
            parse("2021年3月").map(format_long).as_deref(),
            Some("2021年3月1日")
        );
    }
}
