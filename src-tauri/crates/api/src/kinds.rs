//! Declarations of the kinds, as the screens read them.

use jiugai_domain::kinds::choices;
use jiugai_domain::{Field, FieldType, KindCode, Task, Total};

use crate::text::small;
use crate::wire::{FieldInfo, FieldInput, KindInfo};

/// Every kind with its fields.
#[must_use]
pub fn kind_list() -> Vec<KindInfo> {
    KindCode::ALL.into_iter().map(kind_info).collect()
}

fn kind_info(code: KindCode) -> KindInfo {
    let kind = code.kind();
    KindInfo {
        kind: code,
        label: kind.label.to_owned(),
        counter: kind.counter.to_owned(),
        in_compound: kind.scope == jiugai_domain::kind::Scope::Compound,
        name_field: kind.name_field.to_owned(),
        task: Task::of_kind(code),
        empty_hint: kind.empty_hint.to_owned(),
        fields: kind.fields.iter().map(field_info).collect(),
    }
}

fn field_info(field: &Field) -> FieldInfo {
    let (input, list, target) = match field.kind {
        FieldType::Text => (FieldInput::Text, Vec::new(), None),
        FieldType::LongText => (FieldInput::LongText, Vec::new(), None),
        FieldType::Date => (FieldInput::Date, Vec::new(), None),
        FieldType::Flag => (
            FieldInput::Flag,
            vec!["是".to_owned(), "否".to_owned()],
            None,
        ),
        FieldType::Code(choices) => (
            FieldInput::Choice,
            choices
                .iter()
                .map(|choice| choice.label.to_owned())
                .collect(),
            None,
        ),
        FieldType::Reference(target) => (FieldInput::Reference, Vec::new(), Some(target)),
        _ => (FieldInput::Number, Vec::new(), None),
    };
    FieldInfo {
        code: field.code.to_owned(),
        label: field.label.to_owned(),
        unit: field.unit.to_owned(),
        group: field.group.to_owned(),
        input,
        choice_keys: list
            .iter()
            .map(|choice| jiugai_storage::query::typed_keys(choice))
            .collect(),
        choices: list,
        target,
        required: field.required,
        first_class: field.first_class,
        class: field.class,
        summed: field.total == Total::Sum,
        width: field.width,
        help: field.help.to_owned(),
    }
}

/// The label of a stage code and its place in the workflow.
pub(crate) fn stage(code: Option<&str>) -> (String, Option<u32>) {
    let found = code.and_then(|code| choices::STAGE.iter().position(|choice| choice.code == code));
    found.map_or_else(Default::default, |index| {
        (choices::STAGE[index].label.to_owned(), Some(small(index)))
    })
}
