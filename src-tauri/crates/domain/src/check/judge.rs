//! What can be told from one text alone.

use crate::address::{building_name, room_number};
use crate::text::normalize;

/// True for texts by which somebody can be called: mobile (11 digits), landline with or without
/// area code, 400 numbers; several of them with a sign between. Masked digits (130****0404) count.
#[must_use]
pub fn phone_fits(text: &str) -> bool {
    let text = normalize(text);
    let parts: Vec<&str> = text
        .split(|c: char| "、,;/，；".contains(c) || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    !parts.is_empty() && (parts.iter().all(|part| one_phone_fits(part)) || one_phone_fits(&text))
}

fn one_phone_fits(text: &str) -> bool {
    let text = text.strip_prefix("+86").unwrap_or(text);
    let signs: Vec<char> = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '(' | ')' | '（' | '）'))
        .collect();
    if !signs.iter().all(|c| c.is_ascii_digit() || *c == '*') {
        return false;
    }
    let at = |index: usize| signs.get(index).copied().unwrap_or(' ');
    match (at(0), signs.len()) {
        ('1', 11) => ('3'..='9').contains(&at(1)),
        ('0', 10..=12) | ('2'..='9', 7..=8) | ('4' | '8', 10) => true,
        _ => false,
    }
}

/// True for the last four signs of an identity number (证件尾号): digits, the last may be X.
#[must_use]
pub fn id_tail_fits(text: &str) -> bool {
    let signs: Vec<char> = normalize(text).to_ascii_uppercase().chars().collect();
    signs.len() == 4
        && signs
            .iter()
            .enumerate()
            .all(|(index, c)| c.is_ascii_digit() || *c == '*' || (index == 3 && *c == 'X'))
}

/// What two writings of one room have in common: `301室`, `0301` and `301` are one room.
#[must_use]
pub fn room_key(text: &str) -> String {
    let room = room_number(text).unwrap_or_default().to_ascii_uppercase();
    let short = room.trim_start_matches('0');
    if short.is_empty() {
        room
    } else {
        short.to_owned()
    }
}

/// What two writings of one building have in common: `3#`, `三号楼` and `3号楼` are one building.
#[must_use]
pub fn building_key(text: &str) -> String {
    building_name(text).unwrap_or_default().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones() {
        for good in [
            "13800000000",
            "138 0000 0000",
            "１３８００００００００",
            "130****0404",
            "0394-8200000",
            "(010) 62000000",
            "8200000",
            "400-800-0000",
            "13800000000、0394-8200000",
            "+8613800000000",
        ] {
            assert!(phone_fits(good), "{good}");
        }
        for bad in [
            "1380000000",
            "138000000000",
            "12800000000",
            "不详",
            "1380000000O",
            "",
            "100",
        ] {
            assert!(!phone_fits(bad), "{bad}");
        }
    }

    #[test]
    fn tails_of_identity_numbers() {
        for good in ["1234", "123X", "１２３ｘ", "**34"] {
            assert!(id_tail_fits(good), "{good}");
        }
        for bad in ["412702198001011234", "12", "X123", "尾号1"] {
            assert!(!id_tail_fits(bad), "{bad}");
        }
    }

    #[test]
    fn one_room_in_several_writings() {
        for text in ["301", "301室", "３０１", "0301", "301.0"] {
            assert_eq!(room_key(text), "301", "{text}");
        }
        assert_ne!(room_key("301"), room_key("302"));
        assert_eq!(building_key("3#"), building_key("三号楼"));
        assert_ne!(building_key("3号楼"), building_key("13号楼"));
    }
}
