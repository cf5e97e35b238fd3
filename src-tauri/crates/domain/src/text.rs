//! Text as people type it: 全角 and 半角, stray spaces, natural order.

/// Turns 全角 letters, digits and signs into 半角, folds every kind of space into one blank and
/// trims the ends. Chinese punctuation that carries meaning in prose is kept.
#[must_use]
pub fn normalize(input: &str) -> String {
    let mut output = String::with_capacity(input.len());
    let mut blank = false;
    for character in input.chars() {
        let narrow = narrow(character);
        if narrow.is_whitespace() || matches!(narrow, '\u{200b}' | '\u{feff}') {
            blank = !output.is_empty();
            continue;
        }
        if blank {
            output.push(' ');
            blank = false;
        }
        output.push(narrow);
    }
    output
}

/// Prose keeps its line breaks and its Chinese punctuation; only the ends are trimmed and
/// control characters dropped.
#[must_use]
pub fn normalize_long(input: &str) -> String {
    let unified = input.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .collect();
    kept.trim().to_owned()
}

fn narrow(character: char) -> char {
    match character {
        '０'..='９'
        | 'Ａ'..='Ｚ'
        | 'ａ'..='ｚ'
        | '＃'
        | '＋'
        | '－'
        | '．'
        | '／'
        | '％'
        | '＊'
        | '＝'
        | '＠' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        other => other,
    }
}

/// A key that sorts as people count: 2号楼 before 10号楼, 1单元 before 2单元. Digits are padded to
/// twelve places (longer ones stay as they are), Latin letters are lowered, Chinese numerals one
/// to ninety-nine count as digits when they stand before a counter (号楼, 单元, 层, 栋, 幢).
#[must_use]
pub fn natural_key(input: &str) -> String {
    let text = crate::address::arabic(&normalize(input));
    let mut key = String::with_capacity(text.len() + 16);
    let mut digits = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        flush(&mut digits, &mut key);
        key.extend(character.to_lowercase());
    }
    flush(&mut digits, &mut key);
    key
}

fn flush(digits: &mut String, key: &mut String) {
    if digits.is_empty() {
        return;
    }
    let significant = digits.trim_start_matches('0');
    for _ in significant.len()..12 {
        key.push('0');
    }
    key.push_str(significant);
    digits.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_and_spaces() {
        assert_eq!(normalize("　１号楼 \u{a0} ２单元　"), "1号楼 2单元");
        assert_eq!(normalize("６１．２０㎡"), "61.20㎡");
        assert_eq!(normalize_long(" 甲：\r\n乙 "), "甲：\n乙");
    }

    #[test]
    fn natural_order() {
        let mut names = vec![
            "10号楼",
            "2号楼",
            "１号楼",
            "三号楼",
            "北楼",
            "2号楼2单元",
            "2号楼10单元",
        ];
        names.sort_by_key(|name| natural_key(name));
        assert_eq!(
            names,
            [
                "１号楼",
                "2号楼",
                "2号楼2单元",
                "2号楼10单元",
                "三号楼",
                "10号楼",
                "北楼"
            ]
        );
    }
}
