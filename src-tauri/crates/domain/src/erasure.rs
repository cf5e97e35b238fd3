//! 销毁个人信息: what becomes of the fields of a kind when the time of personal data is over
//! (个人信息保护法 19, 47). Counts, areas and votes stay, so that statistics and tallies keep their numbers.

use crate::field::{DataClass, Field, FieldType};
use crate::kind::{Kind, KindCode, Scope};

/// What stands where a person's words had to stand.
pub const ERASED: &str = "（已销毁）";

/// What becomes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// It is emptied.
    Blank,
    /// [`ERASED`] takes its place, because it may not be empty.
    Words,
    /// A pseudonym takes its place: this word and a number, 业主1.
    Pseudonym(&'static str),
}

/// Kinds about people, whose remarks go too: what stands there free is about somebody.
pub(crate) const ABOUT_PEOPLE: [KindCode; 8] = [
    KindCode::Dwelling,
    KindCode::Owner,
    KindCode::Ownership,
    KindCode::Household,
    KindCode::Outbuilding,
    KindCode::Visit,
    KindCode::Wish,
    KindCode::Opinion,
];

impl Kind {
    /// The fields that are erased with a compound, and what becomes of them.
    pub fn erased(&self) -> impl Iterator<Item = (&'static Field, Erased)> {
        let of_compound = self.scope == Scope::Compound;
        let about_people = ABOUT_PEOPLE.contains(&self.code);
        let people = matches!(self.code, KindCode::Owner | KindCode::Household);
        let (name, label) = (self.name_field, self.label);
        let fields = self.fields.iter().filter(move |_| of_compound);
        fields.filter_map(move |field| {
            let personal = matches!(field.class, DataClass::Personal | DataClass::Sensitive);
            match (personal, field.required, field.kind) {
                (false, ..) if about_people && field.code == "remark" => {
                    Some((field, Erased::Blank))
                }
                (false, ..) => None,
                (true, _, FieldType::Text) if people && field.code == name => {
                    Some((field, Erased::Pseudonym(label)))
                }
                (true, true, FieldType::Text) => Some((field, Erased::Pseudonym(field.label))),
                (true, true, _) => Some((field, Erased::Words)),
                (true, false, _) => Some((field, Erased::Blank)),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: KindCode) -> Vec<(&'static str, Erased)> {
        let fields = kind.kind().erased();
        fields.map(|(field, erased)| (field.code, erased)).collect()
    }

    #[test]
    fn every_personal_field_of_a_compound_is_erased_and_figures_stay() {
        for kind in KindCode::ALL.map(KindCode::kind) {
            let erased: Vec<_> = kind.erased().map(|(field, _)| field.code).collect();
            for field in kind.fields {
                let personal = matches!(field.class, DataClass::Personal | DataClass::Sensitive);
                if personal && kind.scope == Scope::Compound {
                    assert!(erased.contains(&field.code), "{}", field.label);
                }
                assert!(
                    !matches!(field.kind, FieldType::Area) || !erased.contains(&field.code),
                    "{}",
                    field.label
                );
            }
        }
        assert!(of(KindCode::WorkUnit).is_empty());
    }

    #[test]
    fn names_become_pseudonyms_and_what_must_be_said_becomes_a_mark() {
        assert!(of(KindCode::Owner).contains(&("name", Erased::Pseudonym("业主"))));
        assert!(of(KindCode::Owner).contains(&("phone", Erased::Blank)));
        assert!(of(KindCode::Owner).contains(&("remark", Erased::Blank)));
        assert!(of(KindCode::Household).contains(&("contact", Erased::Pseudonym("住户"))));
        assert!(
            !of(KindCode::Household)
                .iter()
                .any(|(code, _)| *code == "people")
        );
        assert!(of(KindCode::Opinion).contains(&("who", Erased::Pseudonym("提出人"))));
        assert!(of(KindCode::Opinion).contains(&("words", Erased::Words)));
    }
}
