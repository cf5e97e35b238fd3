//! Names of buildings, entrances and rooms as people write them (楼号、单元、房号).

use crate::text::normalize;

const NUMERALS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const COUNTERS: [&str; 7] = ["号楼", "单元", "栋", "幢", "号院", "层", "楼"];

/// Replaces Chinese numerals (一 to 九十九) that stand before a counter (号楼, 单元, 栋, 幢, 层) by digits.
#[must_use]
pub fn arabic(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut output = String::with_capacity(text.len());
    let mut index = 0;
    while index < characters.len() {
        let run = characters[index..]
            .iter()
            .take_while(|c| **c == '十' || NUMERALS.contains(c))
            .count();
        let rest: String = characters[index + run..].iter().take(2).collect();
        let counted = COUNTERS.iter().any(|counter| rest.starts_with(counter));
        match (run > 0 && counted)
            .then(|| number(&characters[index..index + run]))
            .flatten()
        {
            Some(value) => {
                output.push_str(&value.to_string());
                index += run;
            }
            None => {
                let step = run.max(1);
                output.extend(&characters[index..index + step]);
                index += step;
            }
        }
    }
    output
}

fn number(characters: &[char]) -> Option<u32> {
    let digit = |c: &char| {
        NUMERALS
            .iter()
            .position(|n| n == c)
            .and_then(|p| u32::try_from(p).ok())
    };
    match characters {
        [one] if *one == '十' => Some(10),
        [one] => digit(one),
        ['十', ones] => Some(10 + digit(ones)?),
        [tens, '十'] => Some(digit(tens)? * 10),
        [tens, '十', ones] => Some(digit(tens)? * 10 + digit(ones)?),
        _ => None,
    }
}

/// The canonical name of a building (楼栋): `1`, `1#`, `第1幢`, `１号楼`, `一号楼` all become `1号楼`;
/// a name that is not a number (北楼, 家属楼A) is kept. Empty input gives `None`.
#[must_use]
pub fn building_name(input: &str) -> Option<String> {
    let text = arabic(&normalize(input)).replace(' ', "");
    if text.is_empty() {
        return None;
    }
    let core = text.strip_prefix('第').unwrap_or(&text);
    let core = ["号楼", "#楼", "栋楼", "号栋", "幢", "栋", "#", "号", "楼"]
        .iter()
        .find_map(|suffix| core.strip_suffix(suffix))
        .unwrap_or(core);
    Some(if is_number(core) {
        format!("{}号楼", trim_zeros(core))
    } else {
        text
    })
}

/// The canonical name of an entrance (单元): `1`, `１单元`, `一单元`, `门洞1`, `1门` become `1单元`.
#[must_use]
pub fn entrance_name(input: &str) -> Option<String> {
    let text = arabic(&normalize(input)).replace(' ', "");
    if text.is_empty() {
        return None;
    }
    let core = ["第", "门洞", "单元"]
        .iter()
        .fold(text.as_str(), |core, prefix| {
            core.strip_prefix(prefix).unwrap_or(core)
        });
    let core = ["单元", "门洞", "门", "#", "号"]
        .iter()
        .find_map(|suffix| core.strip_suffix(suffix))
        .unwrap_or(core);
    Some(if is_number(core) {
        format!("{}单元", trim_zeros(core))
    } else {
        text
    })
}

/// The canonical room number (房号): `３０２`, `302室`, `302.0` become `302`.
#[must_use]
pub fn room_number(input: &str) -> Option<String> {
    let text = normalize(input).replace(' ', "");
    let core = ["室", "房", "号", "户"]
        .iter()
        .find_map(|suffix| text.strip_suffix(suffix))
        .unwrap_or(&text);
    let core = match core.strip_suffix(".0") {
        Some(whole) if is_number(whole) => whole,
        _ => core,
    };
    (!core.is_empty()).then(|| core.to_owned())
}

/// The storey (楼层) that a room number tells: 302 → 3, 1204 → 12. `None` when it tells nothing.
#[must_use]
pub fn storey_of_room(room: &str) -> Option<i64> {
    if !is_number(room) || !(3..=4).contains(&room.len()) {
        return None;
    }
    room[..room.len() - 2]
        .parse()
        .ok()
        .filter(|storey| (1..=60).contains(storey))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn trim_zeros(digits: &str) -> &str {
    let trimmed = digits.trim_start_matches('0');
    if trimmed.is_empty() { "0" } else { trimmed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("1", "1号楼")]
    #[case("１号楼", "1号楼")]
    #[case("十二号楼", "12号楼")]
    #[case("3#", "3号楼")]
    #[case("第3幢", "3号楼")]
    #[case(" 03栋 ", "3号楼")]
    #[case("北楼", "北楼")]
    #[case("五交化楼", "五交化楼")]
    fn buildings(#[case] input: &str, #[case] expected: &str) {
        assert_eq!(building_name(input).as_deref(), Some(expected));
    }

    #[rstest]
    #[case("1", "1单元")]
    #[case("１单元", "1单元")]
    #[case("门洞2", "2单元")]
    #[case("二单元", "2单元")]
    #[case("东单元", "东单元")]
    fn entrances(#[case] input: &str, #[case] expected: &str) {
        assert_eq!(entrance_name(input).as_deref(), Some(expected));
    }

    #[rstest]
    #[case("３０２", "302", Some(3))]
    #[case("302室", "302", Some(3))]
    #[case("101.0", "101", Some(1))]
    #[case("1204", "1204", Some(12))]
    #[case("东1", "东1", None)]
    #[case("7", "7", None)]
    fn rooms(#[case] input: &str, #[case] expected: &str, #[case] storey: Option<i64>) {
        let room = room_number(input).expect("not empty");
        assert_eq!(room, expected);
        assert_eq!(storey_of_room(&room), storey);
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(building_name("　"), None);
        assert_eq!(entrance_name(""), None);
        assert_eq!(room_number(" "), None);
    }
}
