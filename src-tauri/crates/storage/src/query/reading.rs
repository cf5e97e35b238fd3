//! Hanzi by the letters that people type for them while the input method is off.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use jiugai_domain::text::normalize;
use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};

use super::collation::surname_reading;

/// Readings looked at for one text.
const MOST_READINGS: usize = 32;
/// Readings looked at for one hanzi, the usual one first: 重 is zhong and chong.
const EACH: usize = 2;
/// Letters beyond these help nobody to find a line of a list.
const LONGEST: usize = 12;

/// What may be typed for a text, in small letters: its initials and its whole syllables, for every
/// usual reading. 住宅 gives `zz` and `zhuzhai`; digits and Latin letters stand for themselves.
#[must_use]
pub fn typed_keys(text: &str) -> Vec<String> {
    let readings: Vec<Readings> = normalize(text)
        .chars()
        .take(LONGEST)
        .map(readings_of)
        .collect();
    spelled(&readings)
}

/// The same of characters of which the readings are known already.
pub(crate) fn spelled(characters: &[Readings]) -> Vec<String> {
    let mut readings = vec![(String::new(), String::new())];
    for character in characters.iter().take(LONGEST) {
        match &**character {
            // A sign that nobody types (brackets, blanks) changes nothing.
            [] => {}
            [only] => {
                for (initials, whole) in &mut readings {
                    initials.extend(only.chars().next());
                    whole.push_str(only);
                }
            }
            several => readings = branched(&readings, several),
        }
    }
    let mut keys: Vec<String> = Vec::with_capacity(2 * readings.len());
    for (initials, whole) in readings {
        for key in [initials, whole] {
            if !key.is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

fn branched(readings: &[(String, String)], several: &[String]) -> Vec<(String, String)> {
    let mut next = Vec::new();
    for (initials, whole) in readings {
        for reading in several {
            let mut initials = initials.clone();
            initials.extend(reading.chars().next());
            let pair = (initials, format!("{whole}{reading}"));
            if next.len() < MOST_READINGS && !next.contains(&pair) {
                next.push(pair);
            }
        }
    }
    next
}

/// True when a text is typed with letters and digits alone, so that it may stand for hanzi.
pub(crate) fn is_spelled(typed: &str) -> bool {
    typed
        .chars()
        .all(|character| character.is_ascii_alphanumeric())
        && typed
            .chars()
            .any(|character| character.is_ascii_alphabetic())
}

/// How well typed letters stand for a text: 0 when a reading begins with them, 1 when they stand
/// inside of one; none when they do not.
pub(crate) fn spelled_rank(text: &str, typed: &str) -> Option<u8> {
    let typed = typed.to_ascii_lowercase();
    let keys = typed_keys(text);
    if keys.iter().any(|key| key.starts_with(&typed)) {
        Some(0)
    } else if typed.len() > 1 && keys.iter().any(|key| key.contains(&typed)) {
        Some(1)
    } else {
        None
    }
}

/// What may be typed for a character, the usual reading first; nothing for a sign that nobody types.
pub(crate) type Readings = Rc<[String]>;

thread_local! {
    /// Names share their characters: each is looked up once.
    static KNOWN: RefCell<HashMap<char, Readings>> = RefCell::default();
}

pub(crate) fn readings_of(character: char) -> Readings {
    KNOWN.with_borrow_mut(|known| {
        let readings = known
            .entry(character)
            .or_insert_with(|| look_up(character).into());
        Rc::clone(readings)
    })
}

fn look_up(character: char) -> Vec<String> {
    if character.is_ascii_alphanumeric() {
        return vec![character.to_ascii_lowercase().to_string()];
    }
    let usual = character.to_pinyin().map(Pinyin::plain);
    let mut found: Vec<String> = Vec::new();
    let others = character
        .to_pinyin_multi()
        .into_iter()
        .flatten()
        .map(Pinyin::plain);
    for reading in usual.into_iter().chain(others) {
        let reading = reading.replace('ü', "v");
        if found.len() < EACH && !found.contains(&reading) {
            found.push(reading);
        }
    }
    // As a surname, 单 is shan, which is not among its first readings elsewhere.
    if let Some(reading) = surname_reading(character) {
        let reading = reading.trim_end_matches(|sign: char| sign.is_ascii_digit());
        if found.iter().all(|known| known != reading) {
            found.push(reading.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn initials_and_syllables() {
        assert_eq!(typed_keys("住宅")[..2], ["zz", "zhuzhai"]);
        assert!(typed_keys("3号楼1单元").contains(&"3hl1dy".to_owned()));
        assert!(typed_keys("绿地").contains(&"lvdi".to_owned()));
        assert!(typed_keys("（）").is_empty());
    }

    #[rstest]
    #[case("重建", "cj", Some(0))]
    #[case("重建", "zj", Some(0))]
    #[case("住宅", "ZhuZ", Some(0))]
    #[case("砖混结构", "jg", Some(1))]
    #[case("砖混结构", "g", None)]
    #[case("住宅", "sy", None)]
    fn letters_for_hanzi(#[case] text: &str, #[case] typed: &str, #[case] rank: Option<u8>) {
        assert_eq!(spelled_rank(text, typed), rank);
    }

    #[test]
    fn letters_alone() {
        assert!(is_spelled("zs") && is_spelled("3hl"));
        assert!(!is_spelled("301") && !is_spelled("张s") && !is_spelled("3-2-301"));
    }
}
