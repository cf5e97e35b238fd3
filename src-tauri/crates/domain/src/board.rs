//! 房态图: the dwellings of a building in the order in which they stand, storeys top first.

use std::collections::BTreeMap;

use crate::text::natural_key;

/// Where a dwelling is in its building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot<'a> {
    /// 单元, empty when the building is not divided.
    pub entrance: &'a str,
    /// 楼层.
    pub storey: Option<i64>,
    /// 房号.
    pub room: &'a str,
}

/// A building as a grid. Cells hold the index of the dwelling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Entrances in order, each with its columns.
    pub entrances: Vec<(String, usize)>,
    /// Storeys, top first; the last without number holds dwellings whose storey nobody filled in.
    pub storeys: Vec<Storey>,
}

/// One storey over all entrances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storey {
    /// Its number.
    pub number: Option<i64>,
    /// By entrance, then column.
    pub cells: Vec<Vec<Option<usize>>>,
}

/// Puts the dwellings of a building where they stand. In an entrance whose rooms are numbered by
/// storey (301, 302 above 201, 202) the same ending stands in the same column.
#[must_use]
pub fn layout(spots: &[Spot<'_>]) -> Layout {
    let mut doors: BTreeMap<(String, &str), Vec<usize>> = BTreeMap::new();
    for (index, spot) in spots.iter().enumerate() {
        let key = (natural_key(spot.entrance), spot.entrance);
        doors.entry(key).or_default().push(index);
    }
    let mut numbers: Vec<Option<i64>> = spots.iter().map(|spot| spot.storey).collect();
    numbers.sort_by_key(|number| std::cmp::Reverse(number.unwrap_or(i64::MIN)));
    numbers.dedup();
    let mut entrances = Vec::new();
    let mut storeys: Vec<Storey> = numbers
        .into_iter()
        .map(|number| Storey {
            number,
            cells: Vec::new(),
        })
        .collect();
    for ((_, name), inside) in doors {
        let columns = columns(spots, &inside);
        let width = columns.iter().map(|(_, column)| column + 1).max();
        let width = width.unwrap_or(0);
        entrances.push((name.to_owned(), width));
        for storey in &mut storeys {
            let mut cells = vec![None; width];
            for (index, column) in &columns {
                if spots[*index].storey == storey.number {
                    cells[*column] = Some(*index);
                }
            }
            storey.cells.push(cells);
        }
    }
    Layout { entrances, storeys }
}

/// The column of each dwelling of an entrance.
fn columns(spots: &[Spot<'_>], inside: &[usize]) -> Vec<(usize, usize)> {
    let ending = |index: &usize| {
        let spot = &spots[*index];
        let storey = spot.storey?.to_string();
        let rest = spot.room.strip_prefix(storey.as_str())?;
        (rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_digit())).then(|| rest.to_owned())
    };
    let endings: Option<Vec<String>> = inside.iter().map(ending).collect();
    if let Some(endings) = endings {
        let mut taken: Vec<(Option<i64>, &String)> = inside
            .iter()
            .zip(&endings)
            .map(|(index, ending)| (spots[*index].storey, ending))
            .collect();
        taken.sort();
        let before = taken.len();
        taken.dedup();
        if taken.len() == before {
            let mut distinct = endings.clone();
            distinct.sort();
            distinct.dedup();
            return inside
                .iter()
                .zip(&endings)
                .map(|(index, ending)| {
                    (
                        *index,
                        distinct
                            .iter()
                            .position(|other| other == ending)
                            .unwrap_or(0),
                    )
                })
                .collect();
        }
    }
    let mut ordered = inside.to_vec();
    ordered.sort_by_key(|index| natural_key(spots[*index].room));
    let mut next: BTreeMap<Option<i64>, usize> = BTreeMap::new();
    ordered
        .into_iter()
        .map(|index| {
            let column = next.entry(spots[index].storey).or_default();
            *column += 1;
            (index, *column - 1)
        })
        .collect()
}

/// How a cell looks: a colour that says how things stand and a mark that says the same on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Done, willing.
    Good,
    /// On the way, with conditions.
    Warn,
    /// Against, refused.
    Bad,
    /// Tried in vain.
    Note,
    /// Nothing known yet.
    Blank,
    /// Does not apply.
    Off,
}

/// One state that a theme knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Code.
    pub code: &'static str,
    /// What people read in the legend.
    pub label: &'static str,
    /// One sign that a black and white print shows.
    pub sign: &'static str,
    /// Colour.
    pub tone: Tone,
    /// Counts as covered.
    pub covered: bool,
}

const fn mark(
    code: &'static str,
    label: &'static str,
    sign: &'static str,
    tone: Tone,
    covered: bool,
) -> Mark {
    Mark {
        code,
        label,
        sign,
        tone,
        covered,
    }
}

const VISIT: &[Mark] = &[
    mark("done", "已完成", "√", Tone::Good, true),
    mark("contacted", "已联系", "约", Tone::Warn, false),
    mark("unreachable", "无法联系", "○", Tone::Note, false),
    mark("refused", "拒绝", "×", Tone::Bad, false),
    mark("none", "未走访", "", Tone::Blank, false),
];

const WILLINGNESS: &[Mark] = &[
    mark("agree", "同意", "√", Tone::Good, true),
    mark("dependsOnPlan", "看方案", "△", Tone::Warn, true),
    mark("oppose", "不同意", "×", Tone::Bad, true),
    mark("mixed", "几户不一致", "◇", Tone::Warn, true),
    mark("none", "未联系", "", Tone::Blank, false),
];

const LIFT: &[Mark] = &[
    mark("want", "要", "√", Tone::Good, true),
    mark("indifferent", "无所谓", "△", Tone::Warn, true),
    mark("against", "不要", "×", Tone::Bad, true),
    mark("mixed", "几户不一致", "◇", Tone::Warn, true),
    mark("none", "没有表态", "", Tone::Blank, false),
];

const OUTBUILDING: &[Mark] = &[
    mark("willing", "愿意", "√", Tone::Good, true),
    mark("conditional", "有条件", "△", Tone::Warn, true),
    mark("unwilling", "不愿意", "×", Tone::Bad, true),
    mark("mixed", "几户不一致", "◇", Tone::Warn, true),
    mark("none", "没有表态", "", Tone::Blank, false),
];

const ARREARS: &[Mark] = &[
    mark("full", "资料齐全", "√", Tone::Good, true),
    mark("few", "缺一两项", "△", Tone::Warn, false),
    mark("many", "缺三项以上", "×", Tone::Bad, false),
    mark("none", "没有登记住户", "○", Tone::Note, false),
];

const ANSWERED: &[Mark] = &[
    mark("answered", "已答卷", "√", Tone::Good, true),
    mark("part", "几户里有的没答", "△", Tone::Warn, false),
    mark("none", "没有答卷", "", Tone::Blank, false),
];

const STANCE: &[Mark] = &[
    mark("willing", "同意", "√", Tone::Good, true),
    mark("undecided", "未定", "△", Tone::Warn, true),
    mark("against", "不同意", "×", Tone::Bad, true),
    mark("mixed", "几户不一致", "◇", Tone::Warn, true),
    mark("silent", "答了卷，没答这题", "○", Tone::Note, false),
    mark("none", "没有答卷", "", Tone::Blank, false),
];

/// What a board tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Theme {
    /// 走访状态.
    Visit,
    /// 改造意愿, as in the household ledger.
    Willingness,
    /// 加装电梯.
    Lift,
    /// 配合拆除附属房.
    Outbuilding,
    /// 资料缺项.
    Arrears,
    /// Whether a round of a survey was answered.
    Answered,
    /// What was chosen at a question whose choices have a stance.
    Stance,
}

impl Theme {
    /// Those that need no survey, in the order of the list.
    pub const ALL: [Self; 5] = [
        Self::Visit,
        Self::Willingness,
        Self::Lift,
        Self::Outbuilding,
        Self::Arrears,
    ];

    /// The code on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Willingness => "willingness",
            Self::Lift => "lift",
            Self::Outbuilding => "outbuilding",
            Self::Arrears => "arrears",
            Self::Answered => "answered",
            Self::Stance => "stance",
        }
    }

    /// From the code on the wire; those of a survey need its round too.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Visit => "走访状态",
            Self::Willingness => "改造意愿（摸底）",
            Self::Lift => "加装电梯",
            Self::Outbuilding => "配合拆除附属房",
            Self::Arrears => "资料缺项",
            Self::Answered => "答卷",
            Self::Stance => "表态",
        }
    }

    /// What its coverage is called.
    #[must_use]
    pub fn coverage(self) -> &'static str {
        match self {
            Self::Visit => "走访完成",
            Self::Willingness | Self::Lift | Self::Outbuilding | Self::Stance => "已表态",
            Self::Answered => "已答卷",
            Self::Arrears => "资料齐全",
        }
    }

    /// Its states, in the order of the legend; the last is for dwellings that none of the others fits.
    #[must_use]
    pub fn marks(self) -> &'static [Mark] {
        match self {
            Self::Visit => VISIT,
            Self::Willingness => WILLINGNESS,
            Self::Lift => LIFT,
            Self::Outbuilding => OUTBUILDING,
            Self::Arrears => ARREARS,
            Self::Answered => ANSWERED,
            Self::Stance => STANCE,
        }
    }

    /// The state of that code; the last one for an unknown code.
    #[must_use]
    pub fn mark(self, code: &str) -> &'static Mark {
        let marks = self.marks();
        marks
            .iter()
            .find(|mark| mark.code == code)
            .unwrap_or(&marks[marks.len() - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot<'a>(entrance: &'a str, storey: Option<i64>, room: &'a str) -> Spot<'a> {
        Spot {
            entrance,
            storey,
            room,
        }
    }

    #[test]
    fn storeys_stand_top_first_and_endings_above_each_other() {
        let spots = [
            spot("2单元", Some(1), "101"),
            spot("1单元", Some(1), "101"),
            spot("1单元", Some(2), "202"),
            spot("1单元", Some(10), "1001"),
            spot("10单元", Some(1), "101"),
        ];
        let layout = layout(&spots);
        assert_eq!(
            layout.entrances,
            [
                ("1单元".to_owned(), 2),
                ("2单元".to_owned(), 1),
                ("10单元".to_owned(), 1)
            ]
        );
        let numbers: Vec<_> = layout.storeys.iter().map(|storey| storey.number).collect();
        assert_eq!(numbers, [Some(10), Some(2), Some(1)]);
        assert_eq!(layout.storeys[0].cells[0], [Some(3), None]);
        assert_eq!(layout.storeys[1].cells[0], [None, Some(2)]);
        assert_eq!(
            layout.storeys[2].cells,
            [vec![Some(1), None], vec![Some(0)], vec![Some(4)]]
        );
    }

    #[test]
    fn names_that_are_no_numbers_and_unknown_storeys_find_a_place() {
        let spots = [
            spot("", None, "东2"),
            spot("", None, "东10"),
            spot("", Some(1), "门面"),
        ];
        let layout = layout(&spots);
        assert_eq!(layout.storeys.len(), 2);
        assert_eq!(layout.storeys[0].cells[0], [Some(2), None]);
        assert_eq!(layout.storeys[1].number, None);
        assert_eq!(layout.storeys[1].cells[0], [Some(0), Some(1)]);
    }

    #[test]
    fn every_dwelling_stands_once_even_when_rooms_are_double() {
        let spots = [
            spot("1单元", Some(1), "101"),
            spot("1单元", Some(1), "101"),
            spot("1单元", Some(1), "102"),
        ];
        let layout = layout(&spots);
        let mut seen: Vec<usize> = layout.storeys[0].cells[0]
            .iter()
            .flatten()
            .copied()
            .collect();
        seen.sort_unstable();
        assert_eq!(seen, [0, 1, 2]);
    }

    #[test]
    fn signs_of_a_theme_differ() {
        for theme in Theme::ALL
            .into_iter()
            .chain([Theme::Answered, Theme::Stance])
        {
            let mut signs: Vec<_> = theme.marks().iter().map(|mark| mark.sign).collect();
            signs.sort_unstable();
            signs.dedup();
            assert_eq!(signs.len(), theme.marks().len(), "{}", theme.code());
            assert_eq!(theme.mark("?").code, "none");
            let asked = matches!(theme, Theme::Answered | Theme::Stance);
            assert_eq!(Theme::from_code(theme.code()).is_none(), asked);
        }
    }
}
