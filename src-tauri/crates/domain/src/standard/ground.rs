//! Where work lies, as people write it: whether two places may be the same ground.

use std::collections::BTreeSet;

use crate::text::normalize;

/// What a place names.
#[derive(Debug, PartialEq, Eq)]
enum Spot {
    /// The whole compound, nothing, or what cannot be told apart.
    Anywhere,
    /// Numbers of buildings.
    Buildings(BTreeSet<u32>),
    /// Names: 中心路, 南门.
    Named(Vec<String>),
}

/// Words for all of it.
const WHOLE: [&str; 7] = ["全院", "全小区", "小区内", "院内", "各楼", "全部", "整个"];

/// The most buildings that a range of numbers spans.
const MOST: u32 = 200;

/// The numbers that a part of a place names: `1至3号楼`, `1-3`, `2号楼南侧`.
fn buildings(part: &str) -> Option<BTreeSet<u32>> {
    let numbers: &str = part.split(['号', '栋', '幢', '#']).next().unwrap_or(part);
    if numbers.len() == part.len()
        && !part
            .chars()
            .all(|c| c.is_ascii_digit() || "-~至到".contains(c))
    {
        return None;
    }
    let mut ends = numbers.split(['-', '~', '至', '到']);
    let first: u32 = ends.next()?.trim().parse().ok()?;
    let last: u32 = match ends.next() {
        Some(last) => last.trim().parse().ok()?,
        None => first,
    };
    (ends.next().is_none() && first <= last && last - first < MOST)
        .then(|| (first..=last).collect())
}

fn spot(place: &str) -> Spot {
    let place = normalize(place);
    if place.is_empty() || WHOLE.iter().any(|word| place.contains(word)) {
        return Spot::Anywhere;
    }
    let parts: Vec<&str> = place
        .split(['、', '，', ',', '；', ';', '和', '及', '与', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let numbers: Vec<Option<BTreeSet<u32>>> = parts.iter().map(|part| buildings(part)).collect();
    if numbers.iter().all(Option::is_some) {
        Spot::Buildings(numbers.into_iter().flatten().flatten().collect())
    } else if numbers.iter().all(Option::is_none) {
        Spot::Named(parts.into_iter().map(str::to_owned).collect())
    } else {
        Spot::Anywhere
    }
}

/// Whether two places may be the same ground: always, unless both name buildings and none in common, or
/// both name other places and none is part of another's name.
pub(super) fn may_meet(one: &str, other: &str) -> bool {
    match (spot(one), spot(other)) {
        (Spot::Buildings(one), Spot::Buildings(other)) => !one.is_disjoint(&other),
        (Spot::Named(one), Spot::Named(other)) => one.iter().any(|name| {
            let same =
                |other: &String| name.contains(other.as_str()) || other.contains(name.as_str());
            other.iter().any(same)
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("全院", "1至3号楼", true)]
    #[case("", "中心路", true)]
    #[case("1至3号楼", "3号楼南侧", true)]
    #[case("1至3号楼", "4号楼", false)]
    #[case("1、2号楼", "2-5号楼", true)]
    #[case("1、2号楼", "3-5号楼", false)]
    #[case("中心路", "中心路北段", true)]
    #[case("中心路、南门", "北院", false)]
    #[case("中心路、南门", "南门内", true)]
    #[case("中心路", "1至3号楼", true)]
    #[case("1至3号楼、北院", "5号楼", true)]
    fn only_what_is_clearly_elsewhere_is_apart(
        #[case] one: &str,
        #[case] other: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(may_meet(one, other), expected);
        assert_eq!(may_meet(other, one), expected);
    }
}
