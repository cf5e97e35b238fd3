use super::mask::SMALLEST_CELL;
use super::{Imprint, Roster, RosterColumn, RosterPart, RosterPicture, RosterRow, Sheet};
use crate::charts::{BarPart, Caption, GroupedBars, Mark, grouped_bars};

/// Pictures that the paper has room for.
const PICTURES: usize = 4;
const PICTURE_PX: u32 = 620;

/// Input of the map of conflicting wishes (诉求矛盾图): who wants a thing and who does not, by storey
/// and by place. For the office it tells the rooms; for the public it counts storeys alone and hides
/// counts under five.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConflictMap {
    /// 版记.
    pub imprint: Imprint,
    /// It is shown to residents.
    pub public: bool,
    /// What divides people, the most divided first.
    pub conflicts: Vec<ConflictPart>,
}

/// One thing that divides people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConflictPart {
    /// Such as `停车位 × 一层住户`.
    pub title: String,
    /// What the figures show.
    pub finding: String,
    /// By storey.
    pub storeys: Vec<ConflictStorey>,
    /// Where both live.
    pub places: Vec<ConflictRooms>,
}

/// Counts of a storey.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConflictStorey {
    /// Such as `一层`.
    pub storey: String,
    /// 要.
    pub want: u32,
    /// 不要.
    pub against: u32,
}

/// Rooms of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConflictRooms {
    /// Such as `3号楼2单元`.
    pub place: String,
    /// Rooms that want it.
    pub want: Vec<String>,
    /// Rooms that do not.
    pub against: Vec<String>,
}

impl ConflictMap {
    /// The table.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let mut columns = vec![
            RosterColumn::left("楼层、地方", 40),
            RosterColumn::right("不要（户）", 24),
            RosterColumn::right("要（户）", 24),
        ];
        if !self.public {
            columns.push(RosterColumn::left("不要的住户", 80));
            columns.push(RosterColumn::left("要的住户", 80));
        }
        let mut rows = Vec::new();
        for part in &self.conflicts {
            rows.push(RosterRow::heading(if self.public {
                part.title.clone()
            } else {
                format!("{}：{}", part.title, part.finding)
            }));
            rows.extend(part.storeys.iter().map(|line| {
                let mut cells = vec![
                    line.storey.clone(),
                    self.shown(line.against),
                    self.shown(line.want),
                ];
                cells.resize(columns.len(), String::new());
                RosterRow::plain(cells)
            }));
            if !self.public {
                rows.extend(part.places.iter().map(|place| {
                    RosterRow::plain(vec![
                        place.place.clone(),
                        place.against.len().to_string(),
                        place.want.len().to_string(),
                        place.against.join("、"),
                        place.want.join("、"),
                    ])
                }));
            }
        }
        if rows.is_empty() {
            rows.push(RosterRow::heading("没有一件事是有人要、有人不要的。"));
        }
        let mut notes = vec![
            "这里是走访听来的诉求，不是业主表决。同一户对同一件事说过几次的，按最近一次算。"
                .to_owned(),
        ];
        if self.public {
            notes.push(format!(
                "少于 {SMALLEST_CELL} 户的不单列，写作“少于 {SMALLEST_CELL}”。"
            ));
        } else {
            notes.push("纸上有房号，供内部商量用，不要张贴。".to_owned());
        }
        Roster {
            imprint: self.imprint.clone(),
            sheet: if self.public {
                Sheet::A4
            } else {
                Sheet::A4Lying
            },
            title: format!("{}诉求矛盾图", self.imprint.compound),
            facts: Vec::new(),
            columns,
            row_mm: 7,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            pictures: self.pictures(),
            notes,
            blanks: Vec::new(),
            seal: false,
        }
    }

    fn shown(&self, count: u32) -> String {
        if self.public && (1..SMALLEST_CELL).contains(&count) {
            format!("少于 {SMALLEST_CELL}")
        } else {
            count.to_string()
        }
    }

    fn pictures(&self) -> Vec<RosterPicture> {
        if self.public {
            return Vec::new();
        }
        let mark = |count: u32| Some(Mark::new(i64::from(count), format!("{count} 户")));
        let drawn = self.conflicts.iter().take(PICTURES).map(|part| {
            let svg = grouped_bars(&GroupedBars {
                caption: Caption {
                    title: part.title.clone(),
                    subtitle: "按楼层，户数".to_owned(),
                    source: "走访记录".to_owned(),
                    surveyed_on: self.imprint.data_as_of.clone(),
                    sample: self.imprint.sample,
                },
                width_px: PICTURE_PX,
                parts: part
                    .storeys
                    .iter()
                    .map(|line| BarPart {
                        label: line.storey.clone(),
                        before: mark(line.against),
                        after: mark(line.want),
                        as_built: None,
                    })
                    .collect(),
                series: Some(["不要", "要", ""]),
            });
            RosterPicture {
                note: String::new(),
                svg,
            }
        });
        drawn.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(public: bool) -> ConflictMap {
        ConflictMap {
            public,
            conflicts: vec![ConflictPart {
                title: "停车位 × 一层住户".to_owned(),
                finding: "说不要的 9 户里，一层占 7 户；这一层说要的有 3 户。".to_owned(),
                storeys: vec![ConflictStorey {
                    storey: "一层".to_owned(),
                    want: 3,
                    against: 7,
                }],
                places: vec![ConflictRooms {
                    place: "1号楼".to_owned(),
                    want: vec!["1单元301".to_owned()],
                    against: vec!["1单元101".to_owned()],
                }],
            }],
            ..ConflictMap::default()
        }
    }

    fn said(roster: &Roster) -> String {
        let rows = roster.parts.iter().flat_map(|part| &part.rows);
        rows.map(|row| row.cells.join("|"))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn the_office_reads_rooms() {
        let roster = map(false).roster();
        assert_eq!(
            said(&roster),
            "停车位 × 一层住户：说不要的 9 户里，一层占 7 户；这一层说要的有 3 户。\n\
             一层|7|3||\n1号楼|1|1|1单元101|1单元301"
        );
        assert_eq!(roster.pictures.len(), 1);
    }

    #[test]
    fn the_public_reads_neither_rooms_nor_small_counts() {
        let roster = map(true).roster();
        assert_eq!(said(&roster), "停车位 × 一层住户\n一层|7|少于 5");
        assert!(roster.pictures.is_empty());
    }

    #[test]
    fn nothing_in_conflict_is_said() {
        assert!(said(&ConflictMap::default().roster()).contains("没有一件事"));
    }
}
