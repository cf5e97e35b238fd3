//! What the lines of a body are: records, subtotals, remarks, the header once more.

use std::ops::Range;

use jiugai_domain::text::normalize;

use super::columns::spans_of;
use super::headings::HeaderPath;
use super::vocabulary::Vocabulary;
use super::{Column, RowRole, Target, title};
use crate::address::place_line;
use crate::book::{Cell, Content, Sheet};
use crate::workbook::REASON_HEADING;

const TOTAL_WORDS: [&str; 6] = ["小计", "合计", "总计", "共计", "累计", "总合计"];
/// A total word stands among the first columns, or in those that place a dwelling.
const FIRST_COLUMNS: u32 = 3;

pub(super) struct Roles<'s> {
    sheet: &'s Sheet,
    columns: &'s [Column],
    last_placing: u32,
    /// The column of reasons that our own file of bad rows has.
    reasons: Option<u32>,
    /// Columns that name a record: room, address or the first with words.
    naming: Vec<u32>,
}

/// Words at which a line of remarks begins.
const REMARKS: [&str; 14] = [
    "注",
    "说明",
    "填表",
    "审核",
    "制表",
    "填报",
    "统计人",
    "调查人",
    "经办",
    "复核",
    "负责人",
    "联系人：",
    "备注：",
    "单位（盖章）",
];

/// The text opens a line of remarks with one of their words.
fn opens_remark(text: &str) -> bool {
    let text = normalize(text).replace(' ', "");
    let opens = REMARKS.iter().any(|word| text.starts_with(word));
    opens && (text.chars().count() >= 12 || text.contains(['：', ':', '、']))
}

/// The text is one of remarks: it opens as such, or is long and punctuated.
pub(super) fn is_remark(text: &str) -> bool {
    let long = text.chars().count() >= 12;
    opens_remark(text) || (long && text.contains(['：', ':', '。']))
}

/// The same signs, however they are spaced.
fn says_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.chars(), other.chars());
    one.filter(|c| !c.is_whitespace())
        .eq(other.filter(|c| !c.is_whitespace()))
}

impl<'s> Roles<'s> {
    pub(super) fn new(sheet: &'s Sheet, vocabulary: &Vocabulary, columns: &'s [Column]) -> Self {
        let paths: Vec<Option<HeaderPath>> = columns
            .iter()
            .map(|column| HeaderPath::new(&column.path))
            .collect();
        let placing = |column: usize, targets: &[Target]| {
            let words = vocabulary.of(jiugai_domain::KindCode::Dwelling)?;
            let path = paths[column].as_ref()?;
            words
                .entries
                .iter()
                .filter(|entry| targets.contains(&entry.target))
                .filter_map(|entry| path.find(&entry.words, entry.never))
                .find(|found| found.exact)
        };
        let naming: Vec<u32> = (0..columns.len())
            .filter(|place| placing(*place, &[Target::Room, Target::Address]).is_some())
            .map(|place| columns[place].index)
            .collect();
        let last_placing = naming.iter().copied().max().unwrap_or(0).max(FIRST_COLUMNS);
        let reasons = columns
            .iter()
            .find(|column| column.path.iter().any(|text| text == REASON_HEADING))
            .map(|column| column.index);
        Self {
            sheet,
            columns,
            reasons,
            last_placing,
            naming,
        }
    }

    pub(super) fn of_body(&self, body: Range<usize>) -> Vec<(u32, RowRole)> {
        body.clone()
            .filter_map(|place| {
                let (row, cells) = self.sheet.filled_row(place);
                let first = place == body.start;
                Some((row, self.role(row, cells, first)?))
            })
            .collect()
    }

    fn role(&self, row: u32, cells: &[Cell], first: bool) -> Option<RowRole> {
        let cells = match cells.first() {
            Some(cell) if self.reasons == Some(cell.column()) => &cells[1..],
            _ => cells,
        };
        if cells.is_empty() {
            return Some(RowRole::Footnote);
        }
        let word = cells
            .iter()
            .take_while(|cell| cell.column() <= self.last_placing)
            .filter_map(|cell| self.own_text(cell))
            .filter(|text| text.contains('计'))
            .find_map(total_word);
        if let Some(word) = word {
            return Some(RowRole::Total { word });
        }
        if first && self.is_numbering(cells) {
            return Some(RowRole::Numbering);
        }
        if self.is_header_again(cells) {
            return Some(RowRole::RepeatedHeader);
        }
        if cells.len() <= 4 {
            if self.is_section(row, cells) {
                return Some(RowRole::Section);
            }
            if self.is_footnote(cells) {
                return Some(RowRole::Footnote);
            }
        }
        None
    }

    fn own_text(&self, cell: &Cell) -> Option<&'s str> {
        match self.sheet.content(cell) {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    fn is_numbering(&self, cells: &[Cell]) -> bool {
        let figure = |cell: &Cell| {
            normalize(&self.sheet.text(cell))
                .trim_matches(|c: char| !c.is_ascii_digit())
                .parse::<usize>()
                .ok()
        };
        cells.len() >= 3
            && cells.len() * 2 > self.columns.len()
            && cells
                .iter()
                .enumerate()
                .all(|(index, cell)| figure(cell) == Some(index + 1))
    }

    fn is_header_again(&self, cells: &[Cell]) -> bool {
        let same = |cell: &&Cell| {
            let Some(text) = self.own_text(cell) else {
                return false;
            };
            let place = self
                .columns
                .binary_search_by_key(&cell.column(), |column| column.index);
            place.is_ok_and(|place| {
                let path = &self.columns[place].path;
                path.iter().any(|own| says_the_same(own, text))
            })
        };
        // Records hardly ever repeat two header words; most rows are known by their first cells.
        let hits = cells.iter().take(4).filter(same).count();
        if hits < cells.len().min(4).div_ceil(2) {
            return false;
        }
        let hits = cells.iter().filter(same).count();
        hits >= 2 && hits * 2 > cells.len()
    }

    /// A line whose only text is a place, or a title that names a building.
    fn is_section(&self, row: u32, cells: &[Cell]) -> bool {
        let [cell] = cells else { return false };
        let Some(text) = self.own_text(cell) else {
            return false;
        };
        let wide = spans_of(self.sheet, row, row).iter().any(|span| {
            span.contains(row, cell.column()) && span.last_column > span.first_column + 1
        });
        let beside = cell.column() <= FIRST_COLUMNS && !self.naming.contains(&cell.column());
        if !wide && !beside {
            return false;
        }
        place_line(text).is_some() || (!is_remark(text) && title::numbered(text).is_some())
    }

    /// A line with few words and no place: 填表人, 注, or the title once more on the next page.
    fn is_footnote(&self, cells: &[Cell]) -> bool {
        let text = |cell: &Cell| self.own_text(cell).map(normalize).unwrap_or_default();
        let is_figure = |text: &str| text.parse::<u32>().is_ok();
        if cells
            .iter()
            .any(|cell| cell.is_number() || is_figure(&text(cell)))
        {
            return false;
        }
        let opening = text(&cells[0]);
        let placed = cells
            .iter()
            .any(|cell| self.naming.contains(&cell.column()));
        if opens_remark(&opening) && cells[0].column() <= FIRST_COLUMNS {
            return !placed || cells.len() == 1;
        }
        if placed {
            return false;
        }
        match cells {
            [_] => {
                let wide = cells[0].column() == 0 && self.columns.len() > 3;
                is_remark(&opening) || (wide && opening.chars().count() >= 7)
            }
            _ => cells.iter().all(|cell| text(cell).contains(['：', ':'])),
        }
    }
}

/// The word that makes a row a subtotal or a total.
pub(super) fn total_word(text: &str) -> Option<&'static str> {
    let text = normalize(text).replace(' ', "");
    if text.chars().count() > 14 {
        return None;
    }
    TOTAL_WORDS
        .into_iter()
        .rev()
        .find(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("小 计", Some("小计"))]
    #[case("1号楼小计：", Some("小计"))]
    #[case("总　计", Some("总计"))]
    #[case("共计307户", Some("共计"))]
    #[case("合同", None)]
    #[case("注：合计数以现场核实为准，电话自愿填写", None)]
    fn words(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(total_word(text), expected);
    }
}
