//! Units that headers name: 万元 where 元 are kept, mm where metres are.

use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldError, FieldType, Value, fixed};

/// The unit that a header names, when the field is typed in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderUnit {
    /// What is written times ten to this power is in the field's unit: 万元 is 4 above 元.
    Shifted {
        /// The unit as the header names it.
        word: &'static str,
        /// The power of ten.
        power: i32,
    },
    /// A unit without a round factor: people must convert it.
    Foreign {
        /// The unit as the header names it.
        word: &'static str,
    },
}

const fn shifted(word: &'static str, power: i32) -> HeaderUnit {
    HeaderUnit::Shifted { word, power }
}

const MONEY: &[HeaderUnit] = &[shifted("亿元", 8), shifted("万元", 4), shifted("千元", 3)];
const AREA: &[HeaderUnit] = &[
    shifted("平方公里", 6),
    shifted("万平方米", 4),
    shifted("万㎡", 4),
    shifted("万m²", 4),
    shifted("万m2", 4),
    shifted("公顷", 4),
    HeaderUnit::Foreign { word: "亩" },
];
const LENGTH: &[HeaderUnit] = &[
    shifted("公里", 3),
    shifted("千米", 3),
    shifted("km", 3),
    shifted("毫米", -3),
    shifted("mm", -3),
    shifted("厘米", -2),
    shifted("cm", -2),
];

impl HeaderUnit {
    /// The unit as the header names it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Shifted { word, .. } | Self::Foreign { word } => word,
        }
    }

    /// The unit of a header for a field, when it is not the field's own.
    pub(super) fn of(path: &[String], field: &Field) -> Option<Self> {
        let units = match field.kind {
            FieldType::Money => MONEY,
            FieldType::Area => AREA,
            FieldType::Length => LENGTH,
            _ => return None,
        };
        path.iter().rev().find_map(|text| {
            let text = normalize(text).to_lowercase();
            units
                .iter()
                .find(|unit| text.contains(unit.word()))
                .copied()
        })
    }

    /// Reads a quantity in this unit for a field.
    pub(super) fn parse(self, field: &Field, written: &str) -> Result<Value, FieldError> {
        let text = normalize(written);
        if text.is_empty() || matches!(text.as_str(), "-" | "/" | "—") {
            return Ok(Value::Null);
        }
        let (Self::Shifted { word, power }, Some(decimals)) = (self, field.decimals()) else {
            return Err(FieldError::NotANumber);
        };
        let places = decimals.checked_add_signed(power).unwrap_or(0);
        match fixed::parse(&text, places, &[word]) {
            Ok(quantity) => field.parse(&fixed::format(quantity, decimals)),
            Err(fixed::NotANumber::TooManyDecimals) => Err(FieldError::TooManyDecimals { places }),
            Err(_) => Err(FieldError::NotANumber),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiugai_domain::KindCode;
    use rstest::rstest;

    #[rstest]
    #[case(
        KindCode::WorkItem,
        "estimate",
        "估算（万元）",
        "12.5",
        Ok(Value::Integer(12_500_000))
    )]
    #[case(KindCode::WorkItem, "estimate", "估算（万元）", "0.0000001", Err(FieldError::TooManyDecimals { places: 6 }))]
    #[case(
        KindCode::PipeSegment,
        "diameter",
        "管径（mm）",
        "300",
        Ok(Value::Integer(300))
    )]
    #[case(
        KindCode::PipeSegment,
        "diameter",
        "管径（ｍｍ）",
        "300mm",
        Ok(Value::Integer(300))
    )]
    #[case(
        KindCode::PipeSegment,
        "length",
        "长度/公里",
        "1.2",
        Ok(Value::Integer(1_200_000))
    )]
    #[case(
        KindCode::Compound,
        "siteArea",
        "占地面积（公顷）",
        "0.35",
        Ok(Value::Integer(350_000))
    )]
    #[case(
        KindCode::Compound,
        "siteArea",
        "占地面积（亩）",
        "5",
        Err(FieldError::NotANumber)
    )]
    fn units(
        #[case] kind: KindCode,
        #[case] field: &str,
        #[case] header: &str,
        #[case] written: &str,
        #[case] expected: Result<Value, FieldError>,
    ) {
        let field = kind.kind().field(field).expect("declared");
        let unit = HeaderUnit::of(&[header.to_owned()], field).expect("a unit");
        assert_eq!(unit.parse(field, written), expected);
    }

    #[test]
    fn the_field_s_own_unit_is_none() {
        let field = KindCode::PipeSegment
            .kind()
            .field("length")
            .expect("declared");
        assert_eq!(HeaderUnit::of(&["长度（米）".to_owned()], field), None);
    }
}
