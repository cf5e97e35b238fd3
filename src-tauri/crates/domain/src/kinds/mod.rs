//! The declarations: one constant per kind, grouped by noun.

mod assets;
mod check;
mod money;
mod people;
mod place;
mod plan;
mod problem;
mod voice;

pub mod choices;

use crate::field::{Field, FieldType};
use crate::kind::{Kind, KindCode};

/// The declaration of a kind.
#[must_use]
pub fn kind(code: KindCode) -> &'static Kind {
    match code {
        KindCode::Compound => &place::COMPOUND,
        KindCode::WorkUnit => &place::WORK_UNIT,
        KindCode::Building => &place::BUILDING,
        KindCode::Entrance => &place::ENTRANCE,
        KindCode::Dwelling => &place::DWELLING,
        KindCode::Owner => &people::OWNER,
        KindCode::Ownership => &people::OWNERSHIP,
        KindCode::Household => &people::HOUSEHOLD,
        KindCode::Outbuilding => &assets::OUTBUILDING,
        KindCode::CycleShed => &assets::CYCLE_SHED,
        KindCode::ParkingArea => &assets::PARKING_AREA,
        KindCode::GreenSpace => &assets::GREEN_SPACE,
        KindCode::ActivityArea => &assets::ACTIVITY_AREA,
        KindCode::Facility => &assets::FACILITY,
        KindCode::Road => &assets::ROAD,
        KindCode::PipeSegment => &assets::PIPE_SEGMENT,
        KindCode::Plan => &plan::PLAN,
        KindCode::WorkItem => &plan::WORK_ITEM,
        KindCode::Effect => &plan::EFFECT,
        KindCode::Dependency => &plan::DEPENDENCY,
        KindCode::Problem => &problem::PROBLEM,
        KindCode::Opinion => &problem::OPINION,
        KindCode::Fund => &money::FUND,
        KindCode::Price => &money::PRICE,
        KindCode::Waiver => &check::WAIVER,
        KindCode::Visit => &voice::VISIT,
        KindCode::Wish => &voice::WISH,
    }
}

use FieldType::{
    Area, Code, Count, Date, Flag, Length, LongText, Money, Ratio, Reference, Text, Year,
};

const fn f(
    code: &'static str,
    column: &'static str,
    label: &'static str,
    kind: FieldType,
) -> Field {
    Field::new(code, column, label, kind)
}

const REMARK: Field = f("remark", "remark", "备注", LongText).group("其他");

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn declarations_are_consistent() {
        for code in KindCode::ALL {
            let kind = code.kind();
            assert_eq!(kind.code, code);
            assert!(
                kind.field(kind.name_field).is_some(),
                "{}: no name field",
                kind.code_text
            );
            let codes: HashSet<_> = kind.fields.iter().map(|field| field.code).collect();
            let columns: HashSet<_> = kind.fields.iter().map(|field| field.column).collect();
            let labels: HashSet<_> = kind.fields.iter().map(|field| field.label).collect();
            assert_eq!(
                codes.len(),
                kind.fields.len(),
                "{}: code twice",
                kind.code_text
            );
            assert_eq!(
                columns.len(),
                kind.fields.len(),
                "{}: column twice",
                kind.code_text
            );
            assert_eq!(
                labels.len(),
                kind.fields.len(),
                "{}: label twice",
                kind.code_text
            );
            assert_eq!(kind.fields.last().map(|field| field.code), Some("remark"));
            for field in kind.fields {
                let suffix = match field.kind {
                    Area => "_dm2",
                    Length => "_mm",
                    Money => "_fen",
                    Ratio => "_bp",
                    Reference(_) => "_id",
                    _ => "",
                };
                assert!(
                    field.column.ends_with(suffix),
                    "{}.{}: column without {suffix}",
                    kind.code_text,
                    field.code
                );
                assert!(
                    !field.group.is_empty(),
                    "{}.{}: no group",
                    kind.code_text,
                    field.code
                );
            }
        }
    }

    #[test]
    fn serde_code_is_the_declared_code() {
        for code in KindCode::ALL {
            assert_eq!(KindCode::from_code(code.code()), Some(code));
            let mut camel = format!("{code:?}");
            camel[..1].make_ascii_lowercase();
            assert_eq!(code.code(), camel);
        }
    }

    #[test]
    fn labels_are_choices_once() {
        for code in KindCode::ALL {
            for field in code.kind().fields {
                if let Code(choices) = field.kind {
                    let mut seen = HashSet::new();
                    for choice in choices {
                        for word in std::iter::once(&choice.label).chain(choice.synonyms) {
                            assert!(
                                seen.insert(*word),
                                "{}.{}: {word} means two things",
                                code.code(),
                                field.code
                            );
                        }
                    }
                }
            }
        }
    }
}
