//! Why a typed cell cannot be stored.

use jiugai_domain::{Field, FieldError, FieldType, fixed};

/// What is wrong with a typed text and what to type instead.
pub(crate) fn field_error(field: &Field, error: &FieldError) -> String {
    let label = field.label;
    match error {
        FieldError::Required => format!("“{label}”必须填写。"),
        FieldError::NotANumber => {
            let unit = if field.unit.is_empty() {
                String::new()
            } else {
                format!("（单位 {}）", field.unit)
            };
            format!("“{label}”要填数字{unit}，例如 {}。", example(field))
        }
        FieldError::TooManyDecimals { places: 0 } => format!("“{label}”要填整数，不能带小数。"),
        FieldError::TooManyDecimals { places } => {
            format!("“{label}”最多保留 {places} 位小数，请核对后四舍五入再填。")
        }
        FieldError::OutOfRange {
            minimum,
            maximum,
            decimals,
        } => format!(
            "“{label}”应在 {} 到 {} 之间，请核对单位和小数点。",
            fixed::format_grouped(*minimum, *decimals),
            fixed::format_grouped(*maximum, *decimals)
        ),
        FieldError::NotADate => format!("“{label}”要填日期，例如 2021-3-5 或 2021年3月5日。"),
        FieldError::NotAChoice => format!("“{label}”只能填：{}。", choices(field)),
        FieldError::NotAFlag => format!("“{label}”只能填“是”或“否”。"),
        FieldError::TooLong { limit } => format!("“{label}”太长，最多 {limit} 个字。"),
        FieldError::NoSuchRecord => match field.kind {
            FieldType::Reference(target) => {
                let name = target.kind().label;
                format!("台账里没有这个{name}。请核对写法，或者先到“{name}”台账里新建。")
            }
            _ => format!("“{label}”对应的记录不存在。"),
        },
        FieldError::Ambiguous => format!("“{label}”有几条同名的记录，请从下拉列表里选择。"),
    }
}

fn example(field: &Field) -> &'static str {
    match field.kind {
        FieldType::Area | FieldType::Length => "61.20",
        FieldType::Money => "12000.00",
        FieldType::Ratio => "35.00",
        FieldType::Year => "1986",
        _ => "12",
    }
}

fn choices(field: &Field) -> String {
    match field.kind {
        FieldType::Code(choices) => choices
            .iter()
            .map(|choice| choice.label)
            .collect::<Vec<_>>()
            .join("、"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiugai_domain::KindCode;

    #[test]
    fn every_refusal_names_the_field_and_the_way_out() {
        for kind in KindCode::ALL {
            for field in kind.kind().fields {
                for text in ["约六十", "1.2345678", "99999999999999999999"] {
                    if let Err(error) = field.parse(text) {
                        let sentence = field_error(field, &error);
                        assert!(sentence.contains(field.label), "{sentence}");
                        assert!(sentence.ends_with('。'), "{sentence}");
                    }
                }
            }
        }
    }
}
