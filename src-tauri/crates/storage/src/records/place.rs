//! Where a dwelling is, in the many ways people write it.

use jiugai_domain::address::{arabic, building_name, entrance_name, room_number};
use jiugai_domain::text::normalize;

/// A place as typed, taken apart and brought to canonical names: `3-2-301`, `3#2单元301`,
/// `３号楼２单元301室` are all 3号楼, 2单元, 301.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceName {
    /// 楼号.
    pub building: Option<String>,
    /// 单元号.
    pub entrance: Option<String>,
    /// 房号.
    pub room: Option<String>,
}

const BUILDING_ENDINGS: [&str; 8] = ["号楼", "#楼", "栋楼", "号栋", "幢", "栋", "#", "楼"];
const ENTRANCE_ENDINGS: [&str; 2] = ["单元", "门洞"];

impl PlaceName {
    /// Takes a typed place apart. What cannot be told apart counts as the room.
    #[must_use]
    pub fn parse(input: &str) -> Self {
        let text = arabic(&normalize(input)).replace(' ', "");
        let parts: Vec<&str> = text
            .split(['-', '/'])
            .filter(|part| !part.is_empty())
            .collect();
        let is_entrance = |part: &str| ENTRANCE_ENDINGS.iter().any(|ending| part.ends_with(ending));
        match parts.as_slice() {
            [building, entrance, room] => Self {
                building: building_name(building),
                entrance: entrance_name(entrance),
                room: room_number(room),
            },
            [entrance, room] if is_entrance(entrance) => {
                let before = Self::joined(entrance);
                Self {
                    room: room_number(room),
                    ..before
                }
            }
            [building, entrance] if is_entrance(entrance) => Self {
                building: building_name(building),
                entrance: entrance_name(entrance),
                room: None,
            },
            [building, room] => {
                // 3#2-301: what follows the building is its entrance.
                let (building, entrance) = match cut(building, &BUILDING_ENDINGS) {
                    Some((building, rest)) if !rest.is_empty() => (building, entrance_name(rest)),
                    _ => (*building, None),
                };
                Self {
                    building: building_name(building),
                    entrance,
                    room: room_number(room),
                }
            }
            _ => Self::joined(&text),
        }
    }

    fn joined(text: &str) -> Self {
        let (building, rest) = match cut(text, &BUILDING_ENDINGS) {
            Some((building, rest)) => (building_name(building), rest),
            None => match text.split_once('号') {
                Some((number, rest)) if cut(rest, &ENTRANCE_ENDINGS).is_some() => {
                    (building_name(number), rest)
                }
                _ => (None, text),
            },
        };
        let (entrance, rest) = match cut(rest, &ENTRANCE_ENDINGS) {
            Some((entrance, rest)) => (entrance_name(entrance), rest),
            None => (None, rest),
        };
        Self {
            building,
            entrance,
            room: room_number(rest),
        }
    }

    /// How many of the three are named.
    #[must_use]
    pub fn parts(&self) -> usize {
        [&self.building, &self.entrance, &self.room]
            .into_iter()
            .flatten()
            .count()
    }
}

/// Splits behind the ending that comes first; of several at one spot, the longest.
fn cut<'a>(text: &'a str, endings: &[&str]) -> Option<(&'a str, &'a str)> {
    let found = endings.iter().filter_map(|ending| {
        text.find(ending)
            .filter(|at| *at > 0)
            .map(|at| (at, ending.len()))
    });
    let (at, length) = found.min_by_key(|(at, length)| (*at, usize::MAX - length))?;
    Some(text.split_at(at + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("3-2-301", Some("3号楼"), Some("2单元"), Some("301"))]
    #[case("３号楼２单元３０１室", Some("3号楼"), Some("2单元"), Some("301"))]
    #[case("3#2单元301", Some("3号楼"), Some("2单元"), Some("301"))]
    #[case("3#-2-301", Some("3号楼"), Some("2单元"), Some("301"))]
    #[case("三号楼二单元301", Some("3号楼"), Some("2单元"), Some("301"))]
    #[case("3号2单元301", Some("3号楼"), Some("2单元"), Some("301"))]
    #[case("3号楼2单元-301", Some("3号楼"), Some("2单元"), Some("301"))]
    #[case("北楼东单元101", Some("北楼"), Some("东单元"), Some("101"))]
    #[case("3号楼301", Some("3号楼"), None, Some("301"))]
    #[case("3-301", Some("3号楼"), None, Some("301"))]
    #[case("3号楼", Some("3号楼"), None, None)]
    #[case("3号楼2单元", Some("3号楼"), Some("2单元"), None)]
    #[case("3#2-301", Some("3号楼"), Some("2单元"), Some("301"))]
    #[case("３栋２-３０１", Some("3号楼"), Some("2单元"), Some("301"))]
    #[case("3#-301", Some("3号楼"), None, Some("301"))]
    #[case("2单元301", None, Some("2单元"), Some("301"))]
    #[case("301", None, None, Some("301"))]
    fn places(
        #[case] input: &str,
        #[case] building: Option<&str>,
        #[case] entrance: Option<&str>,
        #[case] room: Option<&str>,
    ) {
        let place = PlaceName::parse(input);
        assert_eq!(
            (
                place.building.as_deref(),
                place.entrance.as_deref(),
                place.room.as_deref()
            ),
            (building, entrance, room)
        );
    }
}
