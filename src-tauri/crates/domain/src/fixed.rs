//! Fixed-point numbers: what people type against what is stored.

/// Why a text is not the number that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotANumber {
    /// Something other than digits stands in it.
    #[error("not a number")]
    Malformed,
    /// It has more decimal places than the unit can hold; rounding is the person's decision.
    #[error("too many decimals")]
    TooManyDecimals,
    /// It does not fit.
    #[error("too large")]
    TooLarge,
}

/// Reads a decimal number into an integer of `decimals` places: `61.2` with 2 places is 6120.
/// Takes 全角 digits, thousands separators, a sign and any of `suffixes` (units) behind it.
///
/// # Errors
/// [`NotANumber`], when it is not a number, has significant digits past `decimals`, or overflows.
pub fn parse(input: &str, decimals: u32, suffixes: &[&str]) -> Result<i64, NotANumber> {
    let text = crate::text::normalize(input)
        .replace([' ', '，', ','], "")
        .replace('。', ".");
    let bare = suffixes
        .iter()
        .filter(|suffix| !suffix.is_empty())
        .find_map(|suffix| text.strip_suffix(suffix))
        .unwrap_or(&text);
    let (negative, digits) = match bare.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, bare.strip_prefix('+').unwrap_or(bare)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(NotANumber::Malformed);
    }
    let places = decimals as usize;
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places {
        return Err(NotANumber::TooManyDecimals);
    }
    let joined = format!("{whole}{fraction:0<places$}");
    let significant = joined.trim_start_matches('0');
    if significant.len() > 15 {
        return Err(NotANumber::TooLarge);
    }
    let value: i64 = if significant.is_empty() {
        0
    } else {
        significant.parse().map_err(|_| NotANumber::TooLarge)?
    };
    Ok(if negative { -value } else { value })
}

/// Writes an integer of `decimals` places: 6120 with 2 places is `61.20`.
#[must_use]
pub fn format(value: i64, decimals: u32) -> String {
    if decimals == 0 {
        return value.to_string();
    }
    let scale = 10u64.pow(decimals);
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let places = decimals as usize;
    format!("{sign}{}.{:0places$}", magnitude / scale, magnitude % scale)
}

/// Writes with thousands separators, for totals and papers: `20,238.53`.
#[must_use]
pub fn format_grouped(value: i64, decimals: u32) -> String {
    let plain = format(value, decimals);
    let (number, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(n, f)| (n, Some(f)));
    let (sign, digits) = number
        .strip_prefix('-')
        .map_or(("", number), |rest| ("-", rest));
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

/// `numerator / denominator` as an integer scaled by `scale`, rounded half up; `None` when the
/// denominator is zero or either is unknown.
#[must_use]
pub fn ratio(numerator: Option<i64>, denominator: Option<i64>, scale: i64) -> Option<i64> {
    let (numerator, denominator) = (i128::from(numerator?), i128::from(denominator?));
    if denominator <= 0 {
        return None;
    }
    let doubled = 2 * numerator * i128::from(scale) + denominator;
    i64::try_from(doubled.div_euclid(2 * denominator)).ok()
}

/// Shares `total` out in proportion to `weights` by the largest remainder, so that the parts make
/// the whole; the first of equals gets the odd one. None when there is no weight.
#[must_use]
pub fn share_out(weights: &[i128], total: i64) -> Option<Vec<i64>> {
    let sum: i128 = weights.iter().sum();
    if sum <= 0 || total < 0 {
        return None;
    }
    let total = i128::from(total);
    let mut parts: Vec<i128> = weights.iter().map(|weight| weight * total / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(weights[*at] * total % sum), *at));
    let left = usize::try_from(total - parts.iter().sum::<i128>()).ok()?;
    for at in order.into_iter().take(left) {
        parts[at] += 1;
    }
    parts
        .into_iter()
        .map(|part| i64::try_from(part).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("61.20㎡", 6120)]
    #[case("６１．２", 6120)]
    #[case(" 1,234.5 平方米", 123_450)]
    #[case("74.3㎡", 7430)]
    #[case("-0.05", -5)]
    #[case(".5", 50)]
    #[case("61.200", 6120)]
    fn areas(#[case] input: &str, #[case] expected: i64) {
        assert_eq!(parse(input, 2, &["㎡", "平方米", "m2"]), Ok(expected));
    }

    #[rstest]
    #[case("约60", NotANumber::Malformed)]
    #[case("", NotANumber::Malformed)]
    #[case("1.2.3", NotANumber::Malformed)]
    #[case("61.205", NotANumber::TooManyDecimals)]
    #[case("99999999999999999", NotANumber::TooLarge)]
    fn refused(#[case] input: &str, #[case] expected: NotANumber) {
        assert_eq!(parse(input, 2, &["㎡"]), Err(expected));
    }

    #[test]
    fn grouped() {
        assert_eq!(format_grouped(2_023_853, 2), "20,238.53");
        assert_eq!(format_grouped(-1_000, 0), "-1,000");
        assert_eq!(format_grouped(999, 0), "999");
    }

    #[test]
    fn ratios_round_half_up() {
        assert_eq!(ratio(Some(1), Some(3), 10_000), Some(3333));
        assert_eq!(ratio(Some(1), Some(8), 100), Some(13));
        assert_eq!(ratio(Some(1), Some(0), 100), None);
        assert_eq!(ratio(None, Some(2), 100), None);
    }

    proptest! {
        #[test]
        fn format_then_parse(value in -1_000_000_000_000i64..1_000_000_000_000, decimals in 0u32..4) {
            prop_assert_eq!(parse(&format(value, decimals), decimals, &[]), Ok(value));
            prop_assert_eq!(parse(&format_grouped(value, decimals), decimals, &[]), Ok(value));
        }
    }
}
