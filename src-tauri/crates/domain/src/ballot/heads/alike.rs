//! Whether two names are one: namesakes, masked names, units written otherwise.

use std::collections::BTreeMap;

use super::{Doubt, Holder, Question, Title, pair};
use crate::RecordId;

/// What stands for the hidden part of a name.
const MASKS: [char; 4] = ['某', '*', '＊', '×'];

fn masked(name: &str) -> bool {
    name.contains(MASKS)
}

/// The name as it tells people apart: of a masked one only what stands before the mask, so that
/// 张* and 张某某 are one.
pub(super) fn shown_name(name: &str) -> String {
    match name.find(MASKS) {
        Some(at) => format!("{}*", &name[..at]),
        None => name.to_owned(),
    }
}

/// The question whether owners of one name are one person.
pub(super) fn about_name(name: &str, group: &[(&Holder, String)]) -> Question {
    let places: Vec<&str> = group.iter().map(|(_, places)| places.as_str()).collect();
    let (doubt, detail) = if masked(name) {
        (
            Doubt::MaskedName,
            format!(
                "姓名隐去的“{name}”登记了 {} 次（{}），看不出是不是同一个人。最好先补全姓名再编名册；补不全的，请核对权属证明后决定。",
                group.len(),
                places.join("；")
            ),
        )
    } else {
        (
            Doubt::SameName,
            format!(
                "“{name}”登记了 {} 次（{}），电话和证件尾号分不出是不是同一个人。同一个人有几套按一人计算。",
                group.len(),
                places.join("；")
            ),
        )
    };
    Question {
        key: format!("{}:{}", doubt.code(), group[0].0.owner),
        doubt,
        subject: name.to_owned(),
        detail,
        answers: vec![
            pair("separate", "不是同一人，各算一人"),
            pair("merge", "是同一人，合算一人"),
        ],
    }
}

/// The question whether an owner is one of others of this name who are not all one.
pub(super) fn about_one(
    name: &str,
    one: &(&Holder, String),
    like: &[&(&Holder, String)],
) -> Question {
    let doubt = if masked(name) {
        Doubt::MaskedName
    } else {
        Doubt::SameName
    };
    let places: Vec<&str> = like.iter().map(|(_, places)| places.as_str()).collect();
    Question {
        key: format!("{}:{}:{}", doubt.code(), one.0.owner, like[0].0.owner),
        doubt,
        subject: name.to_owned(),
        detail: format!(
            "{}的“{name}”和{}的“{name}”，电话和证件尾号分不出是不是同一个人。同一个人有几套按一人计算。",
            one.1,
            places.join("、")
        ),
        answers: std::iter::once(pair("separate", "不是同一人，各算一人"))
            .chain(like.iter().map(|(holder, places)| {
                (
                    holder.owner.to_string(),
                    format!("与{places}的是同一人，合算一人"),
                )
            }))
            .collect(),
    }
}

/// Certainly two people: other digits of the identity card, or, where those are not known of both,
/// other phones. Equal digits with another phone may be one person with two phones.
pub(super) fn told_apart(one: &Holder, other: &Holder) -> bool {
    let differ = |at: usize| {
        let (mark, rival) = (&one.marks[at], &other.marks[at]);
        (!mark.is_empty() && !rival.is_empty()).then_some(mark != rival)
    };
    let [phone, card] = [differ(0), differ(1)];
    card.or(phone).unwrap_or(false)
}

/// The name of a unit without what people write differently.
pub(super) fn unit_name(name: &str) -> String {
    crate::text::normalize(name)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// The work units behind the titles.
pub(super) fn employers(titles: &[Title]) -> BTreeMap<RecordId, String> {
    let behind = titles
        .iter()
        .filter_map(|title| title.employer.as_ref())
        .map(|employer| (employer.id, employer.name.clone()));
    let owning = titles
        .iter()
        .flat_map(|title| &title.holders)
        .filter_map(|holder| Some((holder.work_unit?, holder.name.clone())));
    owning.chain(behind).collect()
}
