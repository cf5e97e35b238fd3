//! The papers of visits: the round with blank lines, and the board for the wall.

use jiugai_domain::{FieldType, KindCode};
use jiugai_report::documents::{
    self, BoardEntrance, BoardShade, BoardState, Document, Imprint, Sheet, VisitGroup, VisitLine,
};

use crate::text::{key, long_date};
use crate::wire::{BoardTone, PaperSize, RoomBoard};
use crate::{ApiError, Session};

/// Empty lines at the end of a round.
const BLANKS: u16 = 3;
/// Results that a person writes as a number.
const OUTCOMES: usize = 4;

impl Session {
    /// 版记 of a paper of what is known today.
    fn imprint_today(&self, compound: &str) -> Result<Imprint, ApiError> {
        Ok(Imprint {
            data_as_of: jiugai_domain::date::format_long(self.now().date_naive()),
            ..self.imprint(key(compound)?)?
        })
    }

    pub(crate) fn round_paper(&self, compound: &str, number: &str) -> Result<Document, ApiError> {
        let round = self.visit_round_get(compound, number)?;
        let mut groups: Vec<VisitGroup> = Vec::new();
        for stop in round.stops.iter().filter(|stop| stop.stop.is_some()) {
            let title = format!("{}{}", stop.building, stop.entrance);
            if groups.last().is_none_or(|group| group.title != title) {
                groups.push(VisitGroup {
                    title: title.clone(),
                    lines: Vec::new(),
                });
            }
            if let Some(group) = groups.last_mut() {
                group.lines.push(VisitLine {
                    code: String::new(),
                    room: stop
                        .place
                        .strip_prefix(&title)
                        .unwrap_or(&stop.place)
                        .to_owned(),
                    person: super::joined(&[stop.who.clone(), stop.phone.clone()], "\n"),
                    reason: stop.why.clone(),
                    last: stop.last.clone(),
                });
            }
        }
        let outcomes = match KindCode::Visit
            .kind()
            .field("outcome")
            .map(|field| field.kind)
        {
            Some(FieldType::Code(choices)) => choices
                .iter()
                .take(OUTCOMES)
                .enumerate()
                .map(|(at, choice)| format!("{} {}", at + 1, choice.label))
                .collect(),
            _ => Vec::new(),
        };
        Ok(Document::VisitRound(Box::new(documents::VisitRound {
            imprint: self.imprint_today(compound)?,
            day: format!("{}　清单 {}", long_date(Some(&round.day)), round.row.number),
            visitors: round.row.visitors.clone(),
            outcomes,
            groups,
            blank_lines: BLANKS,
        })))
    }

    pub(crate) fn board_paper(
        &self,
        compound: &str,
        building: Option<&str>,
        theme: &str,
        size: PaperSize,
    ) -> Result<Document, ApiError> {
        let marked = self.marked(compound, theme)?;
        let wanted = match building {
            Some(building) => vec![key(building)?],
            None => marked.buildings().into_iter().map(|(id, _)| id).collect(),
        };
        let boards = wanted
            .into_iter()
            .map(|id| marked.board(Some(id), Vec::new()))
            .collect::<Result<Vec<_>, _>>()?;
        let mut states: Vec<(String, BoardState)> = Vec::new();
        for legend in boards.iter().flat_map(|board| &board.legend) {
            if states.iter().all(|(code, _)| *code != legend.code) {
                states.push((
                    legend.code.clone(),
                    BoardState {
                        mark: legend.sign.clone(),
                        label: legend.label.clone(),
                        shade: shade(legend.tone),
                    },
                ));
            }
        }
        let codes: Vec<String> = states.iter().map(|(code, _)| code.clone()).collect();
        let label = boards
            .first()
            .map_or("", |board| board.theme.label.as_str());
        Ok(Document::RoomBoards(Box::new(documents::RoomBoards {
            imprint: self.imprint_today(compound)?,
            sheet: match size {
                PaperSize::A4 => Sheet::A4,
                PaperSize::A4Lying => Sheet::A4Lying,
                PaperSize::A3Lying => Sheet::A3Lying,
            },
            theme: label.to_owned(),
            boards: boards.iter().map(|board| on_paper(board, &codes)).collect(),
            states: states.into_iter().map(|(_, state)| state).collect(),
        })))
    }
}

fn shade(tone: BoardTone) -> BoardShade {
    match tone {
        BoardTone::Good => BoardShade::Good,
        BoardTone::Warn => BoardShade::Partly,
        BoardTone::Bad => BoardShade::Bad,
        BoardTone::Note => BoardShade::Waiting,
        BoardTone::Blank => BoardShade::Blank,
        BoardTone::Off => BoardShade::Apart,
    }
}

fn on_paper(board: &RoomBoard, codes: &[String]) -> documents::RoomBoard {
    let state = |code: &str| {
        let at = codes.iter().position(|other| other == code).unwrap_or(0);
        u16::try_from(at).unwrap_or(0)
    };
    let blank = state("none");
    documents::RoomBoard {
        building: board
            .building
            .as_ref()
            .map_or_else(String::new, |building| building.label.clone()),
        entrances: board
            .entrances
            .iter()
            .enumerate()
            .map(|(at, entrance)| BoardEntrance {
                name: entrance.label.clone(),
                coverage: format!("{}/{}", entrance.covered, entrance.total),
                rooms: board
                    .storeys
                    .iter()
                    .filter_map(|storey| storey.cells.get(at))
                    .map(|cells| u16::try_from(cells.len()).unwrap_or(u16::MAX))
                    .max()
                    .unwrap_or(1),
            })
            .collect(),
        storeys: board
            .storeys
            .iter()
            .map(|storey| documents::BoardStorey {
                label: storey.label.clone(),
                entrances: storey
                    .cells
                    .iter()
                    .map(|cells| {
                        cells
                            .iter()
                            .map(|cell| match cell {
                                Some(cell) => documents::BoardCell {
                                    room: cell.room.clone(),
                                    state: state(&cell.state),
                                    note: initial(&cell.who),
                                },
                                None => documents::BoardCell {
                                    room: String::new(),
                                    state: blank,
                                    note: String::new(),
                                },
                            })
                            .collect()
                    })
                    .collect(),
            })
            .collect(),
        counts: codes
            .iter()
            .map(|code| {
                let found = board.legend.iter().find(|legend| legend.code == *code);
                format!("{} 套", found.map_or(0, |legend| legend.count))
            })
            .collect(),
        coverage: format!("{} {}", board.coverage_label, board.coverage.text),
    }
}

/// A board hangs on the wall: the surname alone, nothing of those who are not named.
fn initial(who: &str) -> String {
    if matches!(who, "空置" | "无住户") || who.ends_with('户') {
        return who.to_owned();
    }
    match who.chars().next() {
        Some(first) if who != "未记姓名" => format!("{first}*"),
        _ => String::new(),
    }
}
