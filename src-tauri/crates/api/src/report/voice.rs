//! D4 房态图, 走访清单 and 诉求矛盾图 on the screen 打印.

use jiugai_report::documents::{
    ConflictMap, ConflictPart, ConflictRooms, ConflictStorey, Document, VisitRound,
};

use super::{Gathered, option, parameter};
use crate::text::key;
use crate::wire::{PaperSize, ReportOption, ReportParameterCode, ReportRequest};
use crate::{ApiError, Session};

/// What a board shows when nothing is chosen.
const THEME: &str = "visit";
/// The map of conflicts for residents.
const PUBLIC: &str = "public";
/// The choice of a round that nobody planned.
const BLANK: &str = "blank";
/// Empty lines of a blank round: what fits on two sheets.
const BLANK_LINES: u16 = 22;
/// Sizes of a board by their codes.
const SIZES: &[(&str, &str, PaperSize)] = &[
    ("a4Lying", "A4 横", PaperSize::A4Lying),
    ("a4", "A4 竖", PaperSize::A4),
    ("a3Lying", "A3 横（上墙）", PaperSize::A3Lying),
];

impl Session {
    pub(super) fn gather_room_boards(&self, request: &ReportRequest) -> Result<Gathered, ApiError> {
        let compound = request.compound.as_str();
        let theme = request.theme.as_deref().unwrap_or(THEME);
        let (sheet, _, size) = SIZES
            .iter()
            .find(|(code, _, _)| request.sheet.as_deref() == Some(*code))
            .unwrap_or(&SIZES[0]);
        let building = request.building.as_deref();
        let document = self.board_paper(compound, building, theme, *size)?;
        let board = self.board_get(compound, building, theme)?;
        let mut buildings = vec![option("", "全部楼栋（一栋一页）")];
        buildings.extend(board.buildings.iter().filter_map(|one| {
            let id = one.building.as_deref()?;
            Some(option(id, &one.label))
        }));
        let themes = board.themes.iter().map(|one| option(&one.code, &one.label));
        let mut warnings = Vec::new();
        if buildings.len() == 1 {
            warnings.push("这个小区还没有楼栋，请先在台账里填楼栋和房屋。".to_owned());
        }
        Ok(Gathered {
            document,
            warnings,
            parameters: vec![
                parameter(ReportParameterCode::Theme, "主题", theme, themes.collect()),
                parameter(
                    ReportParameterCode::Building,
                    "楼栋",
                    building.unwrap_or(""),
                    buildings,
                ),
                parameter(
                    ReportParameterCode::Sheet,
                    "纸张",
                    sheet,
                    SIZES
                        .iter()
                        .map(|(code, label, _)| option(code, label))
                        .collect(),
                ),
            ],
        })
    }

    pub(super) fn gather_visit_round(&self, request: &ReportRequest) -> Result<Gathered, ApiError> {
        let rounds = self.visit_rounds(&request.compound)?;
        let mut options: Vec<ReportOption> = rounds
            .iter()
            .map(|round| {
                option(
                    &round.number,
                    format!("{}　{}（{} 户）", round.number, round.day, round.stops).as_str(),
                )
            })
            .collect();
        options.push(option(BLANK, "空白清单（没有排好的）"));
        let first = || {
            rounds
                .first()
                .map_or_else(|| BLANK.to_owned(), |round| round.number.clone())
        };
        let chosen = request.round.clone().unwrap_or_else(first);
        let document = if chosen == BLANK {
            Document::VisitRound(Box::new(VisitRound {
                imprint: self.imprint(key(&request.compound)?)?,
                blank_lines: BLANK_LINES,
                ..VisitRound::default()
            }))
        } else {
            self.round_paper(&request.compound, &chosen)?
        };
        let warnings = if chosen == BLANK {
            Vec::new()
        } else {
            vec!["纸上有姓名和电话，走访后交回社区收存，不要外传。".to_owned()]
        };
        Ok(Gathered {
            document,
            warnings,
            parameters: vec![parameter(
                ReportParameterCode::Round,
                "清单",
                &chosen,
                options,
            )],
        })
    }

    pub(super) fn gather_conflict_map(
        &self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let map = self.wish_conflicts(&request.compound)?;
        let public = request.variant.as_deref() == Some(PUBLIC);
        let conflicts = map
            .conflicts
            .into_iter()
            .map(|one| ConflictPart {
                title: one.title,
                finding: one.finding,
                storeys: map
                    .storeys
                    .iter()
                    .zip(one.storeys)
                    .map(|(storey, count)| ConflictStorey {
                        storey: storey.clone(),
                        want: count.want,
                        against: count.against,
                    })
                    .collect(),
                places: one
                    .places
                    .into_iter()
                    .map(|place| ConflictRooms {
                        place: place.place,
                        want: place.want,
                        against: place.against,
                    })
                    .collect(),
            })
            .collect();
        let options = vec![
            option("", "有房号（内部用）"),
            option(PUBLIC, "不印房号（给居民看）"),
        ];
        Ok(Gathered {
            document: Document::ConflictMap(Box::new(ConflictMap {
                imprint: self.imprint(key(&request.compound)?)?,
                public,
                conflicts,
            })),
            warnings: if public {
                Vec::new()
            } else {
                vec!["纸上有房号和各家的态度，供内部商量用，不要张贴。".to_owned()]
            },
            parameters: vec![parameter(
                ReportParameterCode::Variant,
                "给谁看",
                if public { PUBLIC } else { "" },
                options,
            )],
        })
    }
}
