//! Names that Windows, Linux and a USB stick all take. A ledger made on one machine is opened on
//! another, so the rules of all of them hold everywhere.

/// Bytes of a name that are taken at most: 80 Chinese characters. A name may have 255 on most
/// systems; what SQLite and this program lay beside a ledger (`.part-journal`) needs the rest.
pub const MOST_BYTES: usize = 240;

/// Bytes of the part that [`clean`] gives: 50 Chinese characters, as Office opens no path of more
/// than 218.
const CLEAN_BYTES: usize = 150;

/// Why a name that a person typed cannot be the name of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameFault {
    /// Nothing but spaces and dots.
    Empty,
    /// A character that Windows keeps for itself, such as `?`.
    Forbidden(char),
    /// A character that nobody sees, such as a line end or a mark that turns the writing round.
    Invisible,
    /// A name that Windows keeps for a device, such as `CON`.
    Reserved(String),
    /// A dot or a space at the end, which Windows drops.
    EndsInDotOrSpace,
    /// More than [`MOST_BYTES`].
    TooLong,
}

/// Characters that Windows keeps for itself, with those that look like them and may stand in a name.
const FORBIDDEN: [(char, char); 9] = [
    ('<', '＜'),
    ('>', '＞'),
    (':', '：'),
    ('"', '＂'),
    ('/', '／'),
    ('\\', '＼'),
    ('|', '｜'),
    ('?', '？'),
    ('*', '＊'),
];

/// Judges a name that a person typed, with or without extension.
#[must_use]
pub fn fault(name: &str) -> Option<NameFault> {
    if name.trim_matches([' ', '.', '\u{3000}']).is_empty() {
        return Some(NameFault::Empty);
    }
    if name.chars().any(is_invisible) {
        return Some(NameFault::Invisible);
    }
    if let Some(found) = name.chars().find(|found| is_forbidden(*found)) {
        return Some(NameFault::Forbidden(found));
    }
    if let Some(device) = device(name) {
        return Some(NameFault::Reserved(device));
    }
    if name.ends_with([' ', '.']) {
        return Some(NameFault::EndsInDotOrSpace);
    }
    (name.len() > MOST_BYTES).then_some(NameFault::TooLong)
}

/// A part of a file name made from other words (the name of a compound), so that nobody has to be
/// asked: forbidden characters become those that look like them, the rest is cut or left out.
#[must_use]
pub fn clean(words: &str) -> String {
    let mut name = String::with_capacity(words.len());
    for letter in words.chars() {
        let letter = FORBIDDEN
            .iter()
            .find(|(from, _)| *from == letter)
            .map_or(letter, |(_, to)| *to);
        if letter.is_whitespace() {
            if !name.ends_with(' ') {
                name.push(' ');
            }
        } else if !is_invisible(letter) {
            name.push(letter);
        }
    }
    let mut end = name.len().min(CLEAN_BYTES);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
    let mut name = name.trim_start().trim_end_matches([' ', '.']).to_owned();
    if device(&name).is_some() {
        name.insert(0, '_');
    }
    if name.is_empty() {
        name.push_str("未命名");
    }
    name
}

fn is_forbidden(letter: char) -> bool {
    FORBIDDEN.iter().any(|(from, _)| *from == letter)
}

/// Controls, marks of direction and spaces without width.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The device that Windows takes the name for: whatever stands behind the first dot, and in any
/// case of the letters.
fn device(name: &str) -> Option<String> {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let upper = stem.to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().any(|port| {
        upper.strip_prefix(port).is_some_and(|number| {
            let mut digits = number.chars();
            matches!(digits.next(), Some('0'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
        })
    });
    let named = matches!(
        upper.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
    );
    (named || numbered).then_some(upper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("五交化家属院.jgdb", None)]
    #[case("台账 2026.03（二）.jgdb", None)]
    #[case(".jgdb.bak", None)]
    #[case("", Some(NameFault::Empty))]
    #[case(" .. ", Some(NameFault::Empty))]
    #[case("　", Some(NameFault::Empty))]
    #[case("3号楼?.jgdb", Some(NameFault::Forbidden('?')))]
    #[case("a:b.jgdb", Some(NameFault::Forbidden(':')))]
    #[case("一/二", Some(NameFault::Forbidden('/')))]
    #[case(r"一\二", Some(NameFault::Forbidden('\\')))]
    #[case("一\n二", Some(NameFault::Invisible))]
    #[case("方案\u{202e}fdp.exe", Some(NameFault::Invisible))]
    #[case("con", Some(NameFault::Reserved("CON".into())))]
    #[case("CON.jgdb", Some(NameFault::Reserved("CON".into())))]
    #[case("Aux.2026.xlsx", Some(NameFault::Reserved("AUX".into())))]
    #[case("COM1.xlsx", Some(NameFault::Reserved("COM1".into())))]
    #[case("lpt³.pdf", Some(NameFault::Reserved("LPT³".into())))]
    #[case("NUL .pdf", Some(NameFault::Reserved("NUL".into())))]
    #[case("COM12.xlsx", None)]
    #[case("COMPOUND.xlsx", None)]
    #[case("CONTRACT.pdf", None)]
    #[case("台账.", Some(NameFault::EndsInDotOrSpace))]
    #[case("台账.jgdb ", Some(NameFault::EndsInDotOrSpace))]
    fn names_that_windows_does_not_take(#[case] name: &str, #[case] expected: Option<NameFault>) {
        assert_eq!(fault(name), expected);
    }

    #[test]
    fn eighty_chinese_characters_and_no_more() {
        assert_eq!(fault(&"院".repeat(80)), None);
        assert_eq!(fault(&"院".repeat(81)), Some(NameFault::TooLong));
    }

    #[rstest]
    #[case("五交化家属院", "五交化家属院")]
    #[case("1/2号院: \"东区\"", "1／2号院： ＂东区＂")]
    #[case(" 桥西\t\r\n街道 . ", "桥西 街道")]
    #[case("CON", "_CON")]
    #[case("nul.东院", "_nul.东院")]
    #[case("\u{202e}院\u{0}", "院")]
    #[case("...", "未命名")]
    #[case("", "未命名")]
    fn derived_names_are_cleaned(#[case] words: &str, #[case] expected: &str) {
        assert_eq!(clean(words), expected);
    }

    proptest! {
        #[test]
        fn a_cleaned_name_is_taken_and_stays(words in "\\PC{0,120}|.{0,120}|(con|COM1|nul)[. ]{0,2}.{0,3}") {
            let name = clean(&words);
            prop_assert_eq!(fault(&name), None);
            prop_assert_eq!(fault(&format!("{name} 一页纸改造方案.pdf")), None);
            prop_assert_eq!(clean(&name), name);
        }
    }
}
