//! Building, entrance and room out of one cell.

use jiugai_domain::address::arabic;
use jiugai_domain::text::normalize;

/// Parts of an address as they were written, before they get their canonical names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) building: Option<String>,
    pub(crate) entrance: Option<String>,
    pub(crate) room: Option<String>,
}

const BUILDING_ENDS: [&str; 5] = ["号楼", "#楼", "栋", "幢", "#"];

/// Takes `3号楼2单元501`, `3-2-501`, `3#501`, `2单元501`, `2-501`, `501`. Two figures with a dash
/// are entrance and room where the building is known otherwise, else building and room; `101-1`,
/// a room split in two, stays whole.
pub(crate) fn split(text: &str, building_known: bool) -> Parts {
    let text = arabic(&normalize(text)).replace(' ', "");
    let filled = |part: &str| {
        let part = part.trim_matches(|c: char| matches!(c, '-' | '/' | '、' | ',' | '，'));
        (!part.is_empty()).then(|| part.to_owned())
    };
    let building_end = BUILDING_ENDS
        .iter()
        .filter_map(|end| {
            text.find(end)
                .map(|at| (at, std::cmp::Reverse(at + end.len())))
        })
        .min()
        .map(|(_, end)| end.0)
        .or_else(|| {
            let entrance = text.find("单元")?;
            text[..entrance].rfind('楼').map(|at| at + '楼'.len_utf8())
        });
    let (building, rest) = text.split_at(building_end.unwrap_or(0));
    if let Some(at) = rest.find("单元") {
        let (entrance, room) = rest.split_at(at + "单元".len());
        return Parts {
            building: filled(building),
            entrance: filled(entrance),
            room: filled(room),
        };
    }
    if !building.is_empty() {
        let (entrance, room) = rest
            .split_once('-')
            .map_or((None, rest), |(entrance, room)| (filled(entrance), room));
        return Parts {
            building: filled(building),
            entrance,
            room: filled(room),
        };
    }
    let figures: Vec<&str> = rest.split(['-', '/']).collect();
    let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    let numbered = match figures.as_slice() {
        [building, entrance, room] => {
            digits(building) > 0 && (1..3).contains(&digits(entrance)) && digits(room) > 0
        }
        [first, room] => (1..3).contains(&digits(first)) && digits(room) > 2,
        _ => false,
    };
    match (figures.as_slice(), numbered) {
        ([building, entrance, room], true) => Parts {
            building: filled(building),
            entrance: filled(entrance),
            room: filled(room),
        },
        ([first, room], true) if building_known => Parts {
            building: None,
            entrance: filled(first),
            room: filled(room),
        },
        ([first, room], true) => Parts {
            building: filled(first),
            entrance: None,
            room: filled(room),
        },
        _ => Parts {
            building: None,
            entrance: None,
            room: filled(rest),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("3号楼2单元501", false, "3号楼|2单元|501")]
    #[case("三号楼二单元501室", false, "3号楼|2单元|501室")]
    #[case("３－２－５０１", false, "3|2|501")]
    #[case("3#501", false, "3#||501")]
    #[case("3#楼501", false, "3#楼||501")]
    #[case("101-1", true, "||101-1")]
    #[case("3#2-501", false, "3#|2|501")]
    #[case("北楼1单元301", false, "北楼|1单元|301")]
    #[case("2单元501", true, "|2单元|501")]
    #[case("2-501", true, "|2|501")]
    #[case("2-501", false, "2||501")]
    #[case("501", true, "||501")]
    #[case("1号楼1单元", true, "1号楼|1单元|")]
    #[case("东-甲", true, "||东-甲")]
    #[case("　", true, "||")]
    fn addresses(#[case] text: &str, #[case] building_known: bool, #[case] expected: &str) {
        let parts = split(text, building_known);
        let shown = [parts.building, parts.entrance, parts.room]
            .map(Option::unwrap_or_default)
            .join("|");
        assert_eq!(shown, expected);
    }
}
