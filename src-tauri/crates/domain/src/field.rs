//! Fields of a record, declared once: screens, import, export, history and checks read the same line.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::fixed::{self, NotANumber};
use crate::text::{normalize, normalize_long};
use crate::{KindCode, Value};

/// One allowed value of a code field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Stored code, camelCase, the same in SQL, JSON and the workbook mapping.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Other words that mean the same in people's workbooks.
    pub synonyms: &'static [&'static str],
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// One line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// A count (0 or more).
    Count,
    /// Area in 0.01 ㎡, typed and shown in ㎡ with two decimals.
    Area,
    /// Length in mm, typed and shown in m with two decimals (finer ones with three).
    Length,
    /// Money in 分, typed and shown in 元 with two decimals.
    Money,
    /// Share in basis points, typed and shown in % with two decimals.
    Ratio,
    /// A plain decimal amount in hundredths of its unit.
    Amount,
    /// A year, 1900 to 2100.
    Year,
    /// A calendar day, stored as ISO text.
    Date,
    /// One of a list.
    Code(&'static [Choice]),
    /// Yes or no (是/否), stored as 1/0.
    Flag,
    /// A record of another kind.
    Reference(KindCode),
}

/// How careful a field must be handled (个人信息保护法 28, 51).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DataClass {
    /// May stand on a public notice.
    Public,
    /// For the office.
    Internal,
    /// Personal information: masked in public prints.
    Personal,
    /// Sensitive personal information: off by default.
    Sensitive,
}

/// What the totals row shows under a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Nothing.
    None,
    /// The sum.
    Sum,
}

/// One field of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Identifier, camelCase, unique within the kind.
    pub code: &'static str,
    /// SQL column, with the unit in its name.
    pub column: &'static str,
    /// What people read above the column.
    pub label: &'static str,
    /// What it holds.
    pub kind: FieldType,
    /// Unit shown in the column head, empty for none.
    pub unit: &'static str,
    /// Heading under which a form shows it.
    pub group: &'static str,
    /// Must be filled before a record is stored.
    pub required: bool,
    /// Usually demanded by a superior's form (marked * there); shown in the grid from the start.
    pub first_class: bool,
    /// Data class.
    pub class: DataClass,
    /// Totals row.
    pub total: Total,
    /// Column width in the grid, in px at 100%.
    pub width: u32,
    /// Other header words in people's workbooks.
    pub synonyms: &'static [&'static str],
    /// One sentence of help, empty for none.
    pub help: &'static str,
}

impl Field {
    /// A field with the defaults: optional, internal, not in the first grid view.
    #[must_use]
    pub const fn new(
        code: &'static str,
        column: &'static str,
        label: &'static str,
        kind: FieldType,
    ) -> Self {
        let (unit, width) = match kind {
            FieldType::Area => ("㎡", 96),
            FieldType::Length => ("m", 88),
            FieldType::Money => ("元", 110),
            FieldType::Ratio => ("%", 80),
            FieldType::LongText => ("", 220),
            FieldType::Date => ("", 104),
            FieldType::Year | FieldType::Flag | FieldType::Count | FieldType::Amount => ("", 80),
            FieldType::Code(_) => ("", 104),
            FieldType::Text | FieldType::Reference(_) => ("", 120),
        };
        Self {
            code,
            column,
            label,
            kind,
            unit,
            group: "",
            required: false,
            first_class: false,
            class: DataClass::Internal,
            total: Total::None,
            width,
            synonyms: &[],
            help: "",
        }
    }

    /// Sets the unit shown in the column head.
    #[must_use]
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Sets the form heading.
    #[must_use]
    pub const fn group(mut self, group: &'static str) -> Self {
        self.group = group;
        self
    }

    /// Marks the field as required and first-class.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self.first_class = true;
        self
    }

    /// Marks the field as first-class (*).
    #[must_use]
    pub const fn star(mut self) -> Self {
        self.first_class = true;
        self
    }

    /// Marks the field as personal information.
    #[must_use]
    pub const fn personal(mut self) -> Self {
        self.class = DataClass::Personal;
        self
    }

    /// Marks the field as sensitive personal information.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.class = DataClass::Sensitive;
        self
    }

    /// Puts the sum under the column.
    #[must_use]
    pub const fn sum(mut self) -> Self {
        self.total = Total::Sum;
        self
    }

    /// Sets the grid width in px.
    #[must_use]
    pub const fn width(mut self, width: u32) -> Self {
        self.width = width;
        self
    }

    /// Sets further header words.
    #[must_use]
    pub const fn also(mut self, synonyms: &'static [&'static str]) -> Self {
        self.synonyms = synonyms;
        self
    }

    /// Sets the sentence of help.
    #[must_use]
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// Decimal places of a number field.
    #[must_use]
    pub const fn decimals(&self) -> Option<u32> {
        match self.kind {
            FieldType::Count | FieldType::Year => Some(0),
            FieldType::Area | FieldType::Money | FieldType::Ratio | FieldType::Amount => Some(2),
            FieldType::Length => Some(3),
            _ => None,
        }
    }

    /// Reads what a person typed or pasted. Empty text is [`Value::Null`]. References are not
    /// resolved here: they stay text for the caller, who knows the records.
    ///
    /// # Errors
    /// [`FieldError`] tells what is wrong; the typed text is the caller's to keep.
    pub fn parse(&self, input: &str) -> Result<Value, FieldError> {
        let text = match self.kind {
            FieldType::LongText => normalize_long(input),
            FieldType::Text => normalize_long(input).replace('\n', " "),
            _ => normalize(input),
        };
        if text.is_empty()
            || (self.decimals().is_some() && matches!(text.as_str(), "-" | "/" | "—"))
        {
            return if self.required {
                Err(FieldError::Required)
            } else {
                Ok(Value::Null)
            };
        }
        match self.kind {
            FieldType::Text | FieldType::LongText | FieldType::Reference(_) => {
                let limit = if matches!(self.kind, FieldType::LongText) {
                    20_000
                } else {
                    200
                };
                if text.chars().count() > limit {
                    Err(FieldError::TooLong { limit })
                } else {
                    Ok(Value::Text(text))
                }
            }
            FieldType::Count => self.number(&text, 0, 0, 10_000_000),
            FieldType::Year => self.number(&text, 0, 1900, 2100),
            FieldType::Area => self.number(&text, 2, 0, 10_000_000_000),
            FieldType::Length => self.number(&text, 3, 0, 10_000_000_000),
            FieldType::Money => self.number(&text, 2, 0, 100_000_000_000_000),
            FieldType::Ratio => self.number(&text, 2, 0, 10_000),
            FieldType::Amount => self.number(&text, 2, 0, 1_000_000_000_000),
            FieldType::Date => match crate::date::parse(&text) {
                Some(date) => Ok(Value::Text(date.format("%Y-%m-%d").to_string())),
                None => Err(FieldError::NotADate),
            },
            FieldType::Flag => match text.as_str() {
                "是" | "有" | "1" | "√" | "✓" | "对" | "Y" | "y" => Ok(Value::Integer(1)),
                "否" | "无" | "0" | "×" | "✗" | "不" | "N" | "n" => Ok(Value::Integer(0)),
                _ => Err(FieldError::NotAFlag),
            },
            FieldType::Code(choices) => choices
                .iter()
                .find(|choice| {
                    choice.label == text
                        || choice.code == text
                        || choice.synonyms.contains(&text.as_str())
                })
                .map(|choice| Value::Text(choice.code.to_owned()))
                .ok_or(FieldError::NotAChoice),
        }
    }

    fn number(
        &self,
        text: &str,
        decimals: u32,
        minimum: i64,
        maximum: i64,
    ) -> Result<Value, FieldError> {
        let suffixes: &[&str] = match self.kind {
            FieldType::Area => &["平方米", "㎡", "m²", "m2", "平米", "平"],
            FieldType::Length => &["公尺", "米", "m"],
            FieldType::Money => &["元", "¥"],
            FieldType::Ratio => &["%"],
            FieldType::Year => &["年代", "年"],
            _ => &[
                "户", "人", "间", "个", "辆", "位", "件", "层", "套", "栋", "盏", "台", "部", "座",
                "处", "块",
            ],
        };
        let value = fixed::parse(text, decimals, suffixes).map_err(|reason| match reason {
            NotANumber::Malformed => FieldError::NotANumber,
            NotANumber::TooManyDecimals => FieldError::TooManyDecimals { places: decimals },
            NotANumber::TooLarge => FieldError::OutOfRange {
                minimum,
                maximum,
                decimals,
            },
        })?;
        if (minimum..=maximum).contains(&value) {
            Ok(Value::Integer(value))
        } else {
            Err(FieldError::OutOfRange {
                minimum,
                maximum,
                decimals,
            })
        }
    }

    /// Writes a stored value as people read it, without unit; typing the result back gives the
    /// same value. References give their key, which callers replace by the record's label.
    #[must_use]
    pub fn format(&self, value: &Value) -> String {
        match (value, self.kind) {
            (Value::Null, _) => String::new(),
            (Value::Integer(flag), FieldType::Flag) => {
                if *flag == 0 { "否" } else { "是" }.to_owned()
            }
            (Value::Integer(length), FieldType::Length) if length % 10 == 0 => {
                fixed::format(length / 10, 2)
            }
            (Value::Integer(number), _) => fixed::format(*number, self.decimals().unwrap_or(0)),
            (Value::Text(code), FieldType::Code(choices)) => choices
                .iter()
                .find(|choice| choice.code == code)
                .map_or_else(|| code.clone(), |choice| choice.label.to_owned()),
            (Value::Text(text), _) => text.clone(),
            (Value::Id(id), _) => id.to_string(),
        }
    }
}

/// Why a typed text cannot be stored in a field. Chinese wording: `jiugai-api`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Nothing typed where something is needed.
    #[error("required")]
    Required,
    /// Not a number.
    #[error("not a number")]
    NotANumber,
    /// More decimals than can be kept.
    #[error("more than {places} decimals")]
    TooManyDecimals {
        /// Decimal places that can be kept.
        places: u32,
    },
    /// Outside of what can be.
    #[error("outside {minimum}..={maximum}")]
    OutOfRange {
        /// Smallest stored value.
        minimum: i64,
        /// Largest stored value.
        maximum: i64,
        /// Decimal places of both.
        decimals: u32,
    },
    /// Not a calendar day.
    #[error("not a date")]
    NotADate,
    /// Not in the list of the code field.
    #[error("not in the list")]
    NotAChoice,
    /// Neither yes nor no.
    #[error("neither yes nor no")]
    NotAFlag,
    /// Too long.
    #[error("longer than {limit} characters")]
    TooLong {
        /// Longest allowed text, in characters.
        limit: usize,
    },
    /// No record of that name.
    #[error("no such record")]
    NoSuchRecord,
    /// Several records of that name.
    #[error("several records of that name")]
    Ambiguous,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const TENURE: Field = Field::new(
        "tenure",
        "tenure",
        "性质",
        FieldType::Code(&[Choice {
            code: "reformed",
            label: "房改房",
            synonyms: &["房改"],
        }]),
    );
    const AREA: Field = Field::new("area", "area_dm2", "面积", FieldType::Area);
    const LENGTH: Field = Field::new("length", "length_mm", "长度", FieldType::Length);

    #[rstest]
    #[case(AREA, "61.20㎡", Ok(Value::Integer(6120)))]
    #[case(AREA, "", Ok(Value::Null))]
    #[case(AREA, "六十", Err(FieldError::NotANumber))]
    #[case(AREA, "61.205", Err(FieldError::TooManyDecimals { places: 2 }))]
    #[case(AREA.required(), " ", Err(FieldError::Required))]
    #[case(TENURE, "房改", Ok(Value::Text("reformed".into())))]
    #[case(TENURE, "别墅", Err(FieldError::NotAChoice))]
    #[case(
        Field::new("y", "y", "年份", FieldType::Year),
        "1979年",
        Ok(Value::Integer(1979))
    )]
    #[case(Field::new("y", "y", "年份", FieldType::Year), "79", Err(FieldError::OutOfRange { minimum: 1900, maximum: 2100, decimals: 0 }))]
    #[case(Field::new("d", "d", "日期", FieldType::Date), "2021年3月5日", Ok(Value::Text("2021-03-05".into())))]
    #[case(
        Field::new("f", "f", "通", FieldType::Flag),
        "有",
        Ok(Value::Integer(1))
    )]
    #[case(Field::new("t", "t", "名", FieldType::Text), " 甲\n乙 ", Ok(Value::Text("甲 乙".into())))]
    fn parsing(
        #[case] field: Field,
        #[case] input: &str,
        #[case] expected: Result<Value, FieldError>,
    ) {
        assert_eq!(field.parse(input), expected);
    }

    #[rstest]
    #[case(AREA, Value::Integer(6120), "61.20")]
    #[case(LENGTH, Value::Integer(3500), "3.50")]
    #[case(LENGTH, Value::Integer(3505), "3.505")]
    #[case(TENURE, Value::Text("reformed".into()), "房改房")]
    fn formatting_and_back(#[case] field: Field, #[case] value: Value, #[case] shown: &str) {
        assert_eq!(field.format(&value), shown);
        assert_eq!(field.parse(shown), Ok(value));
    }
}
