//! The papers of visits: the round with blank lines, and the board for the wall.

use std::path::{Path, PathBuf};

use jiugai_domain::{FieldType, KindCode};
use jiugai_report::documents::{
    self, BoardEntrance, BoardShade, BoardState, Document, Imprint, Sheet, VisitGroup, VisitLine,
};
use jiugai_report::press::Composed;
use jiugai_storage::files::name::clean;
use jiugai_storage::records;

use crate::text::{key, long_date};
use crate::wire::{
    BoardTone, PaperFormat, PaperSize, ReportPreview, RoomBoard, SavedFile, VoicePaper,
};
use crate::{ApiError, Session};

/// Pages shown before printing; the file has all of them.
const SHOWN: usize = 12;
/// Empty lines at the end of a round.
const BLANKS: u16 = 6;
/// Results that a person writes as a number.
const OUTCOMES: usize = 4;

impl Session {
    /// A paper as it will come out of the printer.
    ///
    /// # Errors
    /// `notFound`, `report`.
    pub fn voice_paper_preview(&mut self, paper: &VoicePaper) -> Result<ReportPreview, ApiError> {
        let composed = self.voice_paper(paper)?;
        let mut warnings = Vec::new();
        if !composed.missing_glyphs.is_empty() {
            let missing: String = composed.missing_glyphs.iter().collect();
            warnings.push(format!(
                "这几个字没有字体可印，纸上印作〓，请手写补上：{missing}"
            ));
        }
        if composed.page_count() > SHOWN {
            warnings.push(format!(
                "共 {} 页，这里只显示前 {SHOWN} 页；打印和保存的是全部。",
                composed.page_count()
            ));
        }
        if matches!(paper, VoicePaper::Round { .. }) {
            warnings.push("纸上有姓名和电话，走访后交回社区收存，不要外传。".to_owned());
        }
        Ok(ReportPreview {
            title: title(paper).to_owned(),
            file_name: self.voice_paper_name(paper)?,
            pages: composed.pages(SHOWN),
            widths: composed.page_widths_px(SHOWN),
            page_count: u32::try_from(composed.page_count()).unwrap_or(u32::MAX),
            formats: vec![PaperFormat::Pdf],
            parameters: Vec::new(),
            checksum: composed.checksum.clone(),
            warnings,
            fonts: composed.fonts_used.clone(),
        })
    }

    /// Writes a paper as PDF.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn voice_paper_save(
        &mut self,
        paper: &VoicePaper,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let composed = self.voice_paper(paper)?;
        crate::export::save(path, &composed.pdf()?)
    }

    /// Writes a paper into the data folder, to be handed to the system's printing.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn voice_paper_spool(&mut self, paper: &VoicePaper) -> Result<SavedFile, ApiError> {
        let folder: PathBuf = self.environment.data_dir.join("printing");
        std::fs::create_dir_all(&folder)
            .map_err(|error| crate::wording::file_error(&error, &folder))?;
        let path = folder.join(format!("{}.pdf", self.voice_paper_name(paper)?));
        self.voice_paper_save(paper, &path)
    }

    /// Name proposed for the file, without extension.
    ///
    /// # Errors
    /// `notFound`.
    pub fn voice_paper_name(&self, paper: &VoicePaper) -> Result<String, ApiError> {
        let (VoicePaper::Round { compound, .. } | VoicePaper::Board { compound, .. }) = paper;
        let name = records::label(self.connection()?, KindCode::Compound, key(compound)?)?;
        let name = clean(&name.ok_or_else(ApiError::not_found)?);
        Ok(match paper {
            VoicePaper::Round { number, .. } => format!("{name} 走访清单 {}", clean(number)),
            VoicePaper::Board { .. } => format!("{name} 房态图"),
        })
    }

    fn voice_paper(&mut self, paper: &VoicePaper) -> Result<Composed, ApiError> {
        let document = match paper {
            VoicePaper::Round { compound, number } => self.round_paper(compound, number)?,
            VoicePaper::Board {
                compound,
                building,
                theme,
                size,
            } => self.board_paper(compound, building.as_deref(), theme, *size)?,
        };
        Ok(document.compose(self.fonts()?)?)
    }

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

fn title(paper: &VoicePaper) -> &'static str {
    match paper {
        VoicePaper::Round { .. } => "走访清单",
        VoicePaper::Board { .. } => "房态图",
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
