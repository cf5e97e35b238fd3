//! What is hidden of people: on papers for the public (公示脱敏) and from who only reads a ledger (查看员).

use crate::field::{DataClass, Field, FieldType};
use crate::kind::Kind;

/// What stands where words about people are hidden.
pub const HIDDEN: &str = "（不显示）";

/// The rule, printed wherever names are masked.
pub const RULE: &str = "公示稿已隐去姓名（只保留姓氏），不公布电话和证件号码。";

/// Fewest answers that a public paper tells; smaller counts are hidden.
pub const SMALLEST_CELL: u32 = 5;

/// A name for the public (姓名脱敏): the surname and `*`. Names of organisations are public and stay. Several
/// names divided by 、 are masked one by one.
#[must_use]
pub fn masked_name(name: &str) -> String {
    name.split('、').map(one).collect::<Vec<_>>().join("、")
}

fn one(name: &str) -> String {
    let name = name.trim();
    let is_organisation = ORGANISATIONS.iter().any(|word| name.contains(word));
    if is_organisation {
        return name.to_owned();
    }
    person(name)
}

fn person(name: &str) -> String {
    let name = name.trim();
    if name.is_empty() {
        return String::new();
    }
    let kept = usize::from(name.chars().count() > 1)
        * if COMPOUND_SURNAMES
            .iter()
            .any(|surname| name.starts_with(surname) && name.chars().count() > 2)
        {
            2
        } else {
            1
        };
    name.chars().take(kept).chain(['*']).collect()
}

/// The name of a person: the surname and `*`, whatever else stands there.
#[must_use]
pub fn masked_person(name: &str) -> String {
    name.split('、').map(person).collect::<Vec<_>>().join("、")
}

/// A telephone number: the first three and the last four digits of a mobile one (138****5678), the last two of any
/// other. What is too short or no number is hidden whole.
#[must_use]
pub fn masked_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let plain = phone
        .chars()
        .all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | ' ' | '+'));
    let end = |count: usize| digits[digits.len() - count..].iter().collect::<String>();
    match digits.len() {
        _ if phone.is_empty() => String::new(),
        11 if plain && digits[0] == '1' => {
            format!("{}****{}", digits[..3].iter().collect::<String>(), end(4))
        }
        7.. if plain => format!("****{}", end(2)),
        _ => HIDDEN.to_owned(),
    }
}

/// How a field is shown to who only reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Masked {
    /// As [`masked_person`].
    Name,
    /// As [`masked_phone`].
    Phone,
    /// [`HIDDEN`] stands there.
    Words,
    /// Nothing stands there.
    Blank,
}

/// Fields in which a person is named.
const NAMES: [&str; 7] = [
    "name",
    "contact",
    "representative",
    "occupier",
    "claimant",
    "head",
    "who",
];

impl Kind {
    /// The fields that are hidden from who only reads, and how.
    pub fn masked(&self) -> impl Iterator<Item = (&'static Field, Masked)> {
        let about_people = crate::erasure::ABOUT_PEOPLE.contains(&self.code);
        self.fields.iter().filter_map(move |field| {
            let personal = matches!(field.class, DataClass::Personal | DataClass::Sensitive);
            let hidden = personal || (about_people && field.code == "remark");
            if !hidden {
                return None;
            }
            let masked = match field.kind {
                FieldType::Text if field.code == "phone" => Masked::Phone,
                FieldType::Text if NAMES.contains(&field.code) => Masked::Name,
                FieldType::Text | FieldType::LongText => Masked::Words,
                _ => Masked::Blank,
            };
            Some((field, masked))
        })
    }
}

/// Kinds of holders whose photos and scans show papers and words of people.
pub const SCANNED: [&str; 7] = [
    "owner",
    "ownership",
    "household",
    "visit",
    "wish",
    "opinion",
    "ballotPaper",
];

const ORGANISATIONS: &[&str] = &[
    "公司",
    "单位",
    "集团",
    "厂",
    "局",
    "委员会",
    "中心",
    "学校",
    "医院",
    "银行",
    "社区",
    "街道",
    "合作社",
    "供销社",
    "研究所",
    "管理处",
    "清算组",
];

const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "东方", "夏侯", "长孙",
    "司徒", "司空", "宇文", "南宫", "西门", "端木", "轩辕", "百里",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::KindCode;
    use rstest::rstest;

    #[rstest]
    #[case("张示例", "张*")]
    #[case("欧阳示例", "欧阳*")]
    #[case("欧阳", "欧*")]
    #[case("王", "*")]
    #[case("", "")]
    #[case("张甲、李乙", "张*、李*")]
    #[case("五交化公司", "五交化公司")]
    #[case("阿卜杜拉·示例", "阿*")]
    fn surname_stays(#[case] name: &str, #[case] shown: &str) {
        assert_eq!(masked_name(name), shown);
    }

    #[test]
    fn a_person_is_masked_whatever_stands_beside_and_twice_is_once() {
        assert_eq!(masked_person("张示例（示例厂）"), "张*");
        assert_eq!(masked_person("张示例、欧阳示例"), "张*、欧阳*");
        assert_eq!(masked_person("张*"), "张*");
        assert_eq!(masked_name(&masked_name("欧阳示例")), "欧阳*");
    }

    #[rstest]
    #[case("13812345678", "138****5678")]
    #[case("138 1234-5678", "138****5678")]
    #[case("0375-1234567", "****67")]
    #[case("13812345678（儿子）", HIDDEN)]
    #[case("4321", HIDDEN)]
    #[case("", "")]
    fn the_middle_of_a_number_goes(#[case] phone: &str, #[case] shown: &str) {
        assert_eq!(masked_phone(phone), shown);
    }

    #[test]
    fn every_personal_and_sensitive_field_is_masked_and_nothing_that_is_counted_by_people() {
        for kind in KindCode::ALL.map(KindCode::kind) {
            let masked: Vec<&str> = kind.masked().map(|(field, _)| field.code).collect();
            for field in kind.fields {
                let personal = matches!(field.class, DataClass::Personal | DataClass::Sensitive);
                assert!(!personal || masked.contains(&field.code), "{}", field.label);
                let figure = matches!(field.kind, FieldType::Area | FieldType::Money);
                assert!(!figure || !masked.contains(&field.code), "{}", field.label);
            }
            for (field, _) in kind.erased() {
                assert!(masked.contains(&field.code), "{}", field.label);
            }
        }
        let of = |kind: KindCode| -> Vec<(&str, Masked)> {
            let fields = kind.kind().masked();
            fields.map(|(field, masked)| (field.code, masked)).collect()
        };
        assert!(of(KindCode::Owner).contains(&("name", Masked::Name)));
        assert!(of(KindCode::Owner).contains(&("idTail", Masked::Words)));
        assert!(of(KindCode::WorkUnit).contains(&("phone", Masked::Phone)));
        assert!(of(KindCode::Household).contains(&("disabled", Masked::Blank)));
        assert!(of(KindCode::Building).contains(&("head", Masked::Name)));
    }
}
