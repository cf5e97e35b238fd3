//! What the lines above a table, its tab and the file's name tell.

use std::ops::Range;

use jiugai_domain::address::entrance_name;

use super::{BuildingSource, Facts, title};
use crate::address::place_line;
use crate::book::Sheet;

pub(super) fn facts(
    sheet: &Sheet,
    title_rows: &[(u32, String)],
    body: &Range<usize>,
    several: bool,
) -> Facts {
    let mut facts = Facts::default();
    let lines: Vec<String> = title_rows
        .iter()
        .flat_map(|(row, _)| sheet.row(*row))
        .map(|cell| sheet.text(cell).into_owned())
        .collect();
    let foot: Vec<String> = body
        .clone()
        .rev()
        .take(5)
        .flat_map(|place| sheet.filled_row(place).1)
        .map(|cell| sheet.text(cell).into_owned())
        .collect();
    let told = title::told_by(&lines, &foot);
    facts.title = told.title;
    facts.compound = told.compound_name;
    facts.subdistrict = told.subdistrict;
    facts.community = told.community;
    facts.filled_on = told.filled_on;
    facts.is_sample = told.is_sample || sheet.name.contains(title::SAMPLE);
    let above = || {
        let found = lines.iter().find_map(|line| title::numbered(line))?;
        Some((found, BuildingSource::Title))
    };
    facts.building = title::numbered_tab(&sheet.name)
        .map(|building| (building, BuildingSource::SheetName))
        .or_else(above);
    // One tab may hold several buildings, each under a title of its own; otherwise a title that
    // differs from its tab was mostly left behind when the tab was copied.
    if let Some((told, source)) = above()
        && let Some((tab, _)) = facts.building.clone().filter(|(tab, _)| *tab != told)
    {
        if several {
            facts.building = Some((told, source));
            facts.other_building = Some(tab);
        } else {
            facts.other_building = Some(told);
        }
    }
    facts.entrance = place_line(&sheet.name)
        .and_then(|parts| parts.entrance)
        .as_deref()
        .and_then(entrance_name);
    facts
}

/// Takes from the file's name what no title told.
pub(super) fn complete(file_name: &str, facts: &mut Facts) {
    let (compound, is_sample) = title::of_file_name(file_name);
    facts.is_sample |= is_sample;
    if facts.compound.is_none() {
        facts.compound = compound;
    }
}
