//! The order in which people look things up: digits by their value, hanzi by their pinyin.

use jiugai_domain::text::natural_key;
use pinyin::{Pinyin, ToPinyin};

/// Surnames that are read otherwise than the same character elsewhere.
const SURNAMES: [(char, &str); 14] = [
    ('单', "shan4"),
    ('曾', "zeng1"),
    ('解', "xie4"),
    ('仇', "qiu2"),
    ('区', "ou1"),
    ('查', "zha1"),
    ('朴', "piao2"),
    ('盖', "ge3"),
    ('华', "hua4"),
    ('任', "ren2"),
    ('尉', "yu4"),
    ('翟', "zhai2"),
    ('乐', "yue4"),
    ('缪', "miao4"),
];

/// How a surname is read, where otherwise than the same character elsewhere; with its tone.
pub(super) fn surname_reading(character: char) -> Option<&'static str> {
    let found = SURNAMES.iter().find(|(name, _)| *name == character);
    found.map(|(_, reading)| *reading)
}

/// A key that sorts texts as an office does: 2号楼 before 10号楼, 李 before 王. Characters of one
/// reading stay together.
pub(crate) fn collation_key(text: &str, person: bool) -> String {
    let natural = natural_key(text);
    let mut key = String::with_capacity(natural.len() * 3);
    for (index, character) in natural.chars().enumerate() {
        let surname = (person && index == 0).then(|| surname_reading(character));
        let reading = surname
            .flatten()
            .or_else(|| character.to_pinyin().map(Pinyin::with_tone_num_end));
        if let Some(reading) = reading {
            key.push_str(reading);
            key.push(' ');
        }
        key.push(character);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::collation_key;

    #[test]
    fn names_by_pinyin() {
        let mut names = vec!["王某", "单某", "李某", "曾某", "阿某", "李乙", "申某"];
        names.sort_by_key(|name| collation_key(name, true));
        assert_eq!(
            names,
            ["阿某", "李某", "李乙", "单某", "申某", "王某", "曾某"]
        );
    }

    #[test]
    fn numbers_by_value() {
        let mut names = vec!["10号楼", "北楼", "2号楼"];
        names.sort_by_key(|name| collation_key(name, false));
        assert_eq!(names, ["2号楼", "10号楼", "北楼"]);
    }
}
