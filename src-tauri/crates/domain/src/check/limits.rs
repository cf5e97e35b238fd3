//! Thresholds of the rules (界限). None of them stands in a standard: they are estimates from what
//! old compounds look like, meant to catch slips of the pen. The office may set others.

use crate::{Field, FieldType, Value};

/// A threshold of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Threshold {
    /// 楼栋层数.
    MostStoreys,
    /// 建成年份.
    EarliestYear,
    /// 一套住宅的建筑面积.
    LargestDwelling,
    /// 各套合计 against 楼栋建筑面积, share of the stated area.
    BuildingArea,
    /// 楼栋合计 against 上报总建筑面积, share of the stated area.
    CompoundArea,
    /// 占地面积 against 长 × 宽, share of the area.
    Rectangle,
    /// 一户人数.
    MostPeople,
    /// 人均建筑面积.
    LeastAreaPerPerson,
    /// 一户汽车.
    MostCars,
    /// 摸底日期 older than this many months is stale.
    StaleMonths,
}

/// How a threshold is called, written and bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Code among the parameters of a ledger.
    pub code: &'static str,
    /// What people call it, and the unit and form of its value.
    pub field: Field,
    /// The value that the product brings, as people write it.
    pub value: &'static str,
    /// Values that make sense, both ends included.
    pub within: (i64, i64),
    /// Why this value.
    pub basis: &'static str,
}

const fn limit(
    code: &'static str,
    (label, kind, unit): (&'static str, FieldType, &'static str),
    value: &'static str,
    within: (i64, i64),
    basis: &'static str,
) -> Limit {
    Limit {
        code,
        field: Field::new("value", "value", label, kind)
            .unit(unit)
            .required(),
        value,
        within,
        basis,
    }
}

const LIMITS: [Limit; 10] = [
    limit(
        "check.mostStoreys",
        ("楼栋层数最多", FieldType::Count, "层"),
        "33",
        (1, 200),
        "2000 年以前的住宅很少更高",
    ),
    limit(
        "check.earliestYear",
        ("建成年份最早", FieldType::Year, "年"),
        "1949",
        (1900, 2100),
        "更早的房子很少见，值得看一眼",
    ),
    limit(
        "check.largestDwelling",
        ("一套住宅的建筑面积最大", FieldType::Area, "㎡"),
        "500",
        (1_000, 10_000_000),
        "更大的多半漏了小数点",
    ),
    limit(
        "check.buildingArea",
        ("各套合计与楼栋面积相差最多", FieldType::Ratio, "%"),
        "5",
        (0, 10_000),
        "公摊和量法会差一点",
    ),
    limit(
        "check.compoundArea",
        ("楼栋合计与上报总面积相差最多", FieldType::Ratio, "%"),
        "5",
        (0, 10_000),
        "公摊和量法会差一点",
    ),
    limit(
        "check.rectangle",
        ("占地面积与长×宽相差最多", FieldType::Ratio, "%"),
        "10",
        (0, 10_000),
        "不全是长方形",
    ),
    limit(
        "check.mostPeople",
        ("一户人数最多", FieldType::Count, "人"),
        "12",
        (1, 1_000),
        "更多的多半是两户并成一户",
    ),
    limit(
        "check.leastAreaPerPerson",
        ("人均建筑面积最少", FieldType::Area, "㎡"),
        "5",
        (1, 100_000),
        "更少的，人数或面积必有一个可疑",
    ),
    limit(
        "check.mostCars",
        ("一户汽车最多", FieldType::Count, "辆"),
        "5",
        (0, 1_000),
        "更多的多半写错一位",
    ),
    limit(
        "check.staleMonths",
        ("摸底数据最旧", FieldType::Count, "个月"),
        "24",
        (1, 600),
        "住户、车辆、空置变化快",
    ),
];

impl Threshold {
    /// Every threshold, in the order of [`Threshold::limit`].
    pub const ALL: [Self; 10] = [
        Self::MostStoreys,
        Self::EarliestYear,
        Self::LargestDwelling,
        Self::BuildingArea,
        Self::CompoundArea,
        Self::Rectangle,
        Self::MostPeople,
        Self::LeastAreaPerPerson,
        Self::MostCars,
        Self::StaleMonths,
    ];

    /// How it is called, written and bounded.
    #[must_use]
    pub fn limit(self) -> &'static Limit {
        &LIMITS[self as usize]
    }

    /// Finds a threshold by the code of its parameter.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|threshold| threshold.limit().code == code)
    }
}

impl Limit {
    /// Reads a value as people write it; `None` when it is no number or makes no sense.
    #[must_use]
    pub fn parse(&self, text: &str) -> Option<i64> {
        let text = crate::text::normalize(text);
        let text = text.strip_suffix(self.field.unit).unwrap_or(&text);
        match self.field.parse(text) {
            Ok(Value::Integer(value)) if (self.within.0..=self.within.1).contains(&value) => {
                Some(value)
            }
            _ => None,
        }
    }

    /// A value as people read it, without its unit: `33`, `500`, `2.5`.
    #[must_use]
    pub fn format(&self, value: i64) -> String {
        let text = self.field.format(&Value::Integer(value));
        match text.split_once('.') {
            Some(_) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            None => text,
        }
    }

    /// What may be written: `1 至 200`.
    #[must_use]
    pub fn range(&self) -> String {
        let (least, most) = self.within;
        format!("{} 至 {}", self.format(least), self.format(most))
    }
}

/// The thresholds that hold in a ledger; `None` for one that is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits([Option<i64>; 10]);

impl Default for Limits {
    fn default() -> Self {
        Self(Threshold::ALL.map(|threshold| {
            let limit = threshold.limit();
            limit.parse(limit.value)
        }))
    }
}

impl Limits {
    /// Sets one, or switches it off.
    pub fn set(&mut self, threshold: Threshold, value: Option<i64>) {
        self.0[threshold as usize] = value;
    }

    /// The value of one.
    #[must_use]
    pub fn get(&self, threshold: Threshold) -> Option<i64> {
        self.0[threshold as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_threshold_has_its_own_limit() {
        for (place, threshold) in Threshold::ALL.into_iter().enumerate() {
            let limit = threshold.limit();
            assert_eq!(threshold as usize, place);
            assert_eq!(Threshold::from_code(limit.code), Some(threshold));
            let value = limit.parse(limit.value).expect(limit.code);
            assert_eq!(limit.format(value), limit.value);
        }
    }

    #[test]
    fn values_as_people_write_them() {
        let area = Threshold::LargestDwelling.limit();
        assert_eq!(area.parse("４５０ ㎡"), Some(45_000));
        assert_eq!(area.format(45_050), "450.5");
        assert_eq!(area.range(), "10 至 100000");
        assert_eq!(Threshold::Rectangle.limit().parse("7.5%"), Some(750));
        assert_eq!(Threshold::StaleMonths.limit().parse("18个月"), Some(18));
        for (threshold, text) in [
            (Threshold::MostStoreys, "0"),
            (Threshold::MostStoreys, "很多"),
            (Threshold::EarliestYear, "49"),
            (Threshold::MostCars, ""),
        ] {
            assert_eq!(threshold.limit().parse(text), None, "{text}");
        }
    }

    #[test]
    fn one_may_be_switched_off() {
        let mut limits = Limits::default();
        assert_eq!(limits.get(Threshold::MostCars), Some(5));
        limits.set(Threshold::MostCars, None);
        assert_eq!(limits.get(Threshold::MostCars), None);
        assert_eq!(limits.get(Threshold::MostPeople), Some(12));
    }
}
