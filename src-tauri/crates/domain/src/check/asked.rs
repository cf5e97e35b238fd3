//! Which fields are asked for, and of which records.

use crate::{Field, KindCode};

/// Whether an empty field is worth telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Of every record.
    Always,
    /// Of records of which another field holds one of these codes (flags as `1`).
    Where(&'static str, &'static [&'static str]),
    /// Of all records but those of which another field holds one of these codes.
    Unless(&'static str, &'static [&'static str]),
    /// Of none: it may stay empty, the tables ask for it already, or another rule looks at it.
    Never,
}

/// Whether an empty field of a kind is worth telling.
#[must_use]
pub fn asked(kind: KindCode, field: &Field) -> Asked {
    use KindCode::{
        Building, Compound, CycleShed, Dependency, Dwelling, Effect, Fund, Household, Opinion,
        Outbuilding, Ownership, Plan, Price, Problem, Road, Visit, Waiver, Wish, WorkItem,
    };
    if !field.first_class || field.required {
        return Asked::Never;
    }
    match (kind, field.code) {
        // Shares and representatives have rules of their own; so has 认定结论. What was heard is
        // not asked for.
        (Ownership | Effect | Waiver | Visit | Wish, _)
        // The screen of the plan tells what is missing there.
        | (Dependency | Problem | Opinion | Fund | Price, _)
        | (Outbuilding, "finding")
        // Filled when the time has come.
        | (WorkItem, "completedOn")
        | (Plan, "endOn" | "startOn")
        // A house of one's own belongs to no work unit, a structure to no dwelling or building.
        | (Dwelling | Building, "workUnit")
        | (Outbuilding, "dwelling" | "building")
        // Quantity and price give the estimate; either is enough.
        | (WorkItem, "unitPrice" | "quantity" | "measure")
        | (Compound, "leader") => Asked::Never,
        (Household, "contact" | "phone" | "people" | "seniors60" | "cars" | "ebikes") => {
            Asked::Unless("occupancy", &["vacant"])
        }
        (Household, "cooperation") => Asked::Never,
        (Outbuilding, "demolishedOn") => Asked::Where("state", &["demolished"]),
        (Outbuilding, "occupier") => Asked::Unless("use", &["idle"]),
        (Road, "open" | "clearWidth" | "clearHeight") => Asked::Where("fireLane", &["1"]),
        (CycleShed, "collective") => Asked::Never,
        _ => Asked::Always,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_name_fields_and_codes_that_there_are() {
        for kind in KindCode::ALL {
            for field in kind.kind().fields {
                let (code, values) = match asked(kind, field) {
                    Asked::Where(code, values) | Asked::Unless(code, values) => (code, values),
                    Asked::Always | Asked::Never => continue,
                };
                let other = kind.kind().field(code).expect("a field of the kind");
                for value in values {
                    assert!(
                        *value == "1" || other.parse(value).is_ok(),
                        "{}.{code}: {value}",
                        kind.code()
                    );
                }
            }
        }
    }

    #[test]
    fn what_may_stay_empty_is_not_asked() {
        let of = |kind: KindCode, code: &str| asked(kind, kind.kind().field(code).expect("field"));
        assert_eq!(of(KindCode::Ownership, "share"), Asked::Never);
        assert_eq!(of(KindCode::Dwelling, "room"), Asked::Never);
        assert_eq!(of(KindCode::Dwelling, "grossFloorArea"), Asked::Always);
        assert_eq!(of(KindCode::Building, "insulated"), Asked::Never);
    }
}
