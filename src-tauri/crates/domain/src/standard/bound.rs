//! Limits: whole numbers over whole numbers, never floats.

use crate::fixed;

/// In what a limit is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// No number.
    None,
    /// m, kept in mm.
    Length,
    /// ㎡, kept in 0.01 ㎡.
    Area,
    /// A share: `25%`, `2/3`, `1:12`.
    Share,
    /// Pieces, days, months, degrees.
    Count(&'static str),
    /// Hundredths: hours, places per household.
    Hundredths(&'static str),
}

impl Unit {
    /// What people write behind the number.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None | Self::Share => "",
            Self::Length => "m",
            Self::Area => "㎡",
            Self::Count(label) | Self::Hundredths(label) => label,
        }
    }

    /// A value as people read it, with its unit.
    #[must_use]
    pub fn show(self, value: i64) -> String {
        let number = match self {
            Self::Length if value % 10 != 0 => fixed::format(value, 3),
            Self::Length => fixed::format(value / 10, 2),
            Self::Area => fixed::format_grouped(value, 2),
            Self::Share => return format!("{}%", fixed::format(value, 2)),
            Self::Hundredths(_) => fixed::format(value, 2),
            Self::None | Self::Count(_) => fixed::format_grouped(value, 0),
        };
        format!("{number} {}", self.label()).trim_end().to_owned()
    }
}

/// A limit: `numerator / denominator` in the kept unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Above the line.
    pub numerator: i64,
    /// Below the line, more than nothing.
    pub denominator: i64,
}

impl Bound {
    /// A whole number.
    #[must_use]
    pub const fn of(value: i64) -> Self {
        Self {
            numerator: value,
            denominator: 1,
        }
    }

    /// Reads a limit as people write it; `None` when there is no number in it.
    #[must_use]
    pub fn parse(text: &str, unit: Unit) -> Option<Self> {
        let text = crate::text::normalize(text);
        if let Some((above, below)) = text.split_once(['/', ':', '：']) {
            let bound = Self {
                numerator: fixed::parse(above, 0, &[]).ok()?,
                denominator: fixed::parse(below, 0, &[]).ok()?,
            };
            return (bound.denominator > 0 && bound.numerator >= 0).then_some(bound);
        }
        let decimals = match unit {
            Unit::None => return None,
            Unit::Length => 3,
            Unit::Area | Unit::Share | Unit::Hundredths(_) => 2,
            Unit::Count(_) => 0,
        };
        let value = fixed::parse(&text, decimals, &["%", unit.label()]).ok()?;
        Some(Self {
            numerator: value,
            denominator: if unit == Unit::Share { 10_000 } else { 1 },
        })
        .filter(|bound| bound.numerator >= 0)
    }

    /// `value / base` is at least the limit. A base of one compares the value itself.
    #[must_use]
    pub fn reached(self, value: i64, base: i64) -> bool {
        i128::from(value) * i128::from(self.denominator)
            >= i128::from(self.numerator) * i128::from(base)
    }

    /// `value / base` is at most the limit.
    #[must_use]
    pub fn kept(self, value: i64, base: i64) -> bool {
        i128::from(value) * i128::from(self.denominator)
            <= i128::from(self.numerator) * i128::from(base)
    }

    /// The least whole value that reaches the limit over `base`.
    #[must_use]
    pub fn needed(self, base: i64) -> i64 {
        let (above, below) = (
            i128::from(self.numerator) * i128::from(base),
            i128::from(self.denominator),
        );
        i64::try_from((above + below - 1).div_euclid(below)).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_as_people_write_them() {
        assert_eq!(Bound::parse("4.0", Unit::Length), Some(Bound::of(4_000)));
        assert_eq!(Bound::parse("０．３５ ㎡", Unit::Area), Some(Bound::of(35)));
        let quarter = Bound::parse("25%", Unit::Share).expect("share");
        assert!(quarter.reached(25, 100) && !quarter.reached(24, 100));
        let thirds = Bound::parse("2/3", Unit::Share).expect("fraction");
        assert!(thirds.reached(2, 3) && !thirds.reached(204, 307) && thirds.reached(205, 307));
        let ramp = Bound::parse("1:12", Unit::Share).expect("slope");
        assert!(ramp.kept(100, 1_200) && !ramp.kept(101, 1_200));
        assert_eq!(Bound::parse("按当地要求", Unit::Length), None);
        assert_eq!(Bound::parse("1/0", Unit::Share), None);
        assert_eq!(Bound::of(35).needed(1_100), 38_500);
        assert_eq!(thirds.needed(307), 205);
    }

    #[test]
    fn values_with_their_unit() {
        assert_eq!(Unit::Length.show(4_000), "4.00 m");
        assert_eq!(Unit::Length.show(13), "0.013 m");
        assert_eq!(Unit::Area.show(38_500), "385.00 ㎡");
        assert_eq!(Unit::Share.show(1_000), "10.00%");
        assert_eq!(Unit::Count("个").show(1_200), "1,200 个");
    }
}
