//! Building, entrance and room out of one cell.

use jiugai_domain::address::arabic;
use jiugai_domain::text::normalize;

/// Parts of an address as they were written, before they get their canonical names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// What stands before the building: 五交化家属院.
    pub(crate) compound: Option<String>,
    pub(crate) building: Option<String>,
    pub(crate) entrance: Option<String>,
    pub(crate) room: Option<String>,
}

const BUILDING_ENDS: [&str; 5] = ["号楼", "#楼", "栋", "幢", "#"];
const ENTRANCE_MARKS: [&str; 3] = ["单元", "门洞", "门"];
const SEPARATORS: [char; 8] = ['-', '/', '、', ',', '，', '_', '.', '~'];

/// Takes `3号楼2单元501`, `第3幢门洞2`, `3-2-501`, `3#501`, `2单元501`, `2-501`, `501`. Two figures
/// with a dash are entrance and room where the building is known otherwise, else building and
/// room; `101-1`, a room split in two, stays whole.
pub(crate) fn split(text: &str, building_known: bool) -> Parts {
    let text = arabic(&normalize(text)).replace(' ', "");
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
    let (place, rest) = text.split_at(building_end.unwrap_or(0));
    let (compound, building) = compound_before(place);
    let (compound, building) = (filled(compound), filled(building));
    if let Some((entrance, room)) = by_mark(rest) {
        return Parts {
            compound,
            building,
            entrance: filled(entrance),
            room: filled(without_storey(room)),
        };
    }
    if building.is_some() {
        let (entrance, room) = rest
            .trim_start_matches(SEPARATORS)
            .split_once('-')
            .map_or((None, rest), |(entrance, room)| (filled(entrance), room));
        return Parts {
            compound,
            building,
            entrance,
            room: filled(without_storey(room)),
        };
    }
    Parts {
        compound,
        ..by_figures(rest, building_known)
    }
}

/// Building and entrance of a text that is nothing but a place, apart from what stands in brackets
/// or behind a comma: `3号楼`, `3号楼2单元（24户）`, `2单元`, `第3幢 共24户`.
pub(crate) fn place_line(text: &str) -> Option<Parts> {
    let text = normalize(text);
    let end = text
        .find(['（', '(', '，', ',', '：', ':', '、', '共'])
        .unwrap_or(text.len());
    let parts = split(&text[..end], false);
    let numbered = |part: &Option<String>| {
        part.as_ref()
            .is_some_and(|name| name.contains(|c: char| c.is_ascii_digit()))
    };
    let named = numbered(&parts.building) || numbered(&parts.entrance);
    let other = parts.building.is_some() && !numbered(&parts.building);
    (named && !other && parts.room.is_none() && parts.compound.is_none()).then_some(parts)
}

fn filled(part: &str) -> Option<String> {
    let part = part.trim_matches(SEPARATORS);
    (!part.is_empty()).then(|| part.to_owned())
}

/// Parts `五交化家属院3号楼` before the number; a short prefix such as 东 belongs to the building.
fn compound_before(place: &str) -> (&str, &str) {
    let core = BUILDING_ENDS
        .iter()
        .find_map(|end| place.strip_suffix(end))
        .unwrap_or(place);
    let figures = core
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_alphanumeric())
        .last()
        .map_or(core.len(), |(at, _)| at);
    let before = core[..figures]
        .strip_suffix('第')
        .unwrap_or(&core[..figures]);
    if figures < core.len() && before.chars().count() >= 3 {
        (before, &place[figures..])
    } else {
        ("", place)
    }
}

/// Entrance and room by the word for an entrance, before or behind its number.
fn by_mark(rest: &str) -> Option<(&str, &str)> {
    let (at, mark) = ENTRANCE_MARKS
        .iter()
        .find_map(|mark| Some((rest.find(mark)?, mark)))?;
    let end = at + mark.len();
    if !rest[..at].trim_matches(SEPARATORS).is_empty() {
        return Some(rest.split_at(end));
    }
    let number = rest[end..]
        .find(|c: char| !c.is_ascii_digit())
        .map_or(rest.len(), |length| end + length);
    Some(rest.split_at(number))
}

/// `3层301` is 301: the storey is told by the room.
fn without_storey(room: &str) -> &str {
    let rest = room
        .split_once('层')
        .filter(|(storey, rest)| storey.len() <= 3 && !rest.is_empty());
    rest.map_or(room, |(_, rest)| rest)
}

fn by_figures(rest: &str, building_known: bool) -> Parts {
    let figures: Vec<&str> = rest.split(['-', '/', '_']).collect();
    let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    let numbered = match figures.as_slice() {
        [building, entrance, room] => {
            digits(building) > 0 && (1..3).contains(&digits(entrance)) && digits(room) > 0
        }
        [first, room] => (1..3).contains(&digits(first)) && digits(room) > 2,
        _ => false,
    };
    let (building, entrance, room) = match (figures.as_slice(), numbered) {
        ([building, entrance, room], true) => (filled(building), filled(entrance), filled(room)),
        ([first, room], true) if building_known => (None, filled(first), filled(room)),
        ([first, room], true) => (filled(first), None, filled(room)),
        _ => (None, None, filled(rest)),
    };
    Parts {
        compound: None,
        building,
        entrance,
        room,
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
    #[case("3号楼2单元301室", false, "3号楼|2单元|301室")]
    #[case("3#2单元301", false, "3#|2单元|301")]
    #[case("第3幢 门洞2", false, "第3幢|门洞2|")]
    #[case("第３幢门洞２－３０１", false, "第3幢|门洞2|301")]
    #[case("3栋2门301", false, "3栋|2门|301")]
    #[case("3号楼-2-301", false, "3号楼|2|301")]
    #[case("3号楼2单元3层301室", false, "3号楼|2单元|301室")]
    #[case("东3号楼1单元101", false, "东3号楼|1单元|101")]
    #[case("3_2_301", false, "3|2|301")]
    fn addresses(#[case] text: &str, #[case] building_known: bool, #[case] expected: &str) {
        let parts = split(text, building_known);
        let shown = [parts.building, parts.entrance, parts.room]
            .map(Option::unwrap_or_default)
            .join("|");
        assert_eq!(shown, expected);
        assert_eq!(parts.compound, None);
    }

    #[rstest]
    #[case("3号楼", Some("3号楼|"))]
    #[case("３号楼２单元（24户）", Some("3号楼|2单元"))]
    #[case("2单元", Some("|2单元"))]
    #[case("第3幢：五交化公司，24户", Some("第3幢|"))]
    #[case("3号楼住户登记表", None)]
    #[case("101", None)]
    #[case("3-2-301", None)]
    #[case("注：3号楼未入户", None)]
    fn lines_that_are_places(#[case] text: &str, #[case] expected: Option<&str>) {
        let shown = place_line(text).map(|parts| {
            [parts.building, parts.entrance]
                .map(Option::unwrap_or_default)
                .join("|")
        });
        assert_eq!(shown.as_deref(), expected);
    }

    #[test]
    fn a_compound_before_the_building() {
        let parts = split("五交化家属院3号楼2单元301", false);
        assert_eq!(parts.compound.as_deref(), Some("五交化家属院"));
        assert_eq!(parts.building.as_deref(), Some("3号楼"));
        assert_eq!(parts.room.as_deref(), Some("301"));
    }
}
