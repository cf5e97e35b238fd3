//! D2 入户调查表, D3 征求意见汇总表, and the result for the wall.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiugai_domain::KindCode;
use jiugai_domain::survey::{Question, QuestionKind, Questionnaire, Stance, Topic, sheet_code};
use jiugai_report::documents::{
    Document, Imprint, ResultChoice, ResultQuestion, RosterPicture, SheetAnswer, SheetChoice,
    SheetQuestion, StatisticsLine, SurveyResult, SurveySheet, SurveySheets, SurveyStatistics,
};
use jiugai_storage::files::name::clean;
use jiugai_storage::records;
use jiugai_storage::survey::{self as store, Round, Standing, Tally};

use super::rounds::{leading, progress, stance};
use super::{analysis, count, doors, percent, round_of, version_of};
use crate::text::{key, long_date};
use crate::wire::{PaperFormat, ReportPreview, SavedFile, SurveyPaper, SurveyPaperRequest};
use crate::{ApiError, Session};

/// Pages shown before printing.
const SHOWN: usize = 6;
/// Sheets that are set for the preview.
const PREVIEWED: usize = 3;
const WISHES: usize = 5;

impl Session {
    /// A paper as it will come out of the printer, its first pages.
    ///
    /// # Errors
    /// `notFound`, `report`.
    pub fn survey_paper_preview(
        &mut self,
        request: &SurveyPaperRequest,
    ) -> Result<ReportPreview, ApiError> {
        let (document, title, sheets) = self.survey_document(request, PREVIEWED)?;
        let composed = document.compose(self.fonts()?)?;
        let mut warnings = Vec::new();
        if !composed.missing_glyphs.is_empty() {
            let missing: String = composed.missing_glyphs.iter().collect();
            warnings.push(format!(
                "这几个字没有字体可印，纸上印作〓，请手写补上：{missing}"
            ));
        }
        if sheets > PREVIEWED {
            warnings.push(format!("一共 {sheets} 份，这里先看前 {PREVIEWED} 份。"));
        }
        if sheets == 0 && request.paper == SurveyPaper::MissingSheets {
            warnings.push("每一户都答过了，没有要再印的问卷，下面是一份空白的。".to_owned());
        }
        Ok(ReportPreview {
            file_name: self
                .survey_paper_name(request)?
                .trim_end_matches(".pdf")
                .to_owned(),
            title,
            pages: composed.pages(SHOWN),
            widths: composed.page_widths_px(SHOWN),
            page_count: crate::text::small(composed.page_count()),
            checksum: composed.checksum.clone(),
            warnings,
            fonts: composed.fonts_used,
            formats: vec![PaperFormat::Pdf],
            parameters: Vec::new(),
        })
    }

    /// Writes a paper as PDF.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn survey_paper_save(
        &mut self,
        request: &SurveyPaperRequest,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let (document, ..) = self.survey_document(request, usize::MAX)?;
        let pdf = document.compose(self.fonts()?)?.pdf()?;
        crate::export::save(path, &pdf)
    }

    /// Name proposed for a paper's file.
    ///
    /// # Errors
    /// `notFound`.
    pub fn survey_paper_name(&self, request: &SurveyPaperRequest) -> Result<String, ApiError> {
        let conn = self.connection()?;
        let round = round_of(conn, &request.round)?;
        let compound = records::label(conn, KindCode::Compound, round.compound)?;
        let what = match request.paper {
            SurveyPaper::Sheets => "入户调查表",
            SurveyPaper::MissingSheets => "入户调查表（未答户）",
            SurveyPaper::Blank => "入户调查表（空白）",
            SurveyPaper::Statistics => "征求意见汇总表",
            SurveyPaper::Result => "问卷结果公示",
        };
        let name = format!("{} {} {what}", compound.unwrap_or_default(), round.name);
        Ok(format!("{}.pdf", clean(&name)))
    }

    /// Writes a paper into the data folder, to be handed to the system's printing.
    ///
    /// # Errors
    /// `notFound`, `report`, those of the disk.
    pub fn survey_paper_spool(
        &mut self,
        request: &SurveyPaperRequest,
    ) -> Result<SavedFile, ApiError> {
        let folder: PathBuf = self.environment.data_dir.join("printing");
        std::fs::create_dir_all(&folder)
            .map_err(|error| crate::wording::file_error(&error, &folder))?;
        let path = folder.join(self.survey_paper_name(request)?);
        self.survey_paper_save(request, &path)
    }

    fn survey_document(
        &self,
        request: &SurveyPaperRequest,
        most: usize,
    ) -> Result<(Document, String, usize), ApiError> {
        let round = round_of(self.connection()?, &request.round)?;
        let sheet = version_of(self.connection()?, round.questionnaire)?.sheet;
        let imprint = self.survey_imprint(&round)?;
        Ok(match request.paper {
            SurveyPaper::Statistics => (
                Document::SurveyStatistics(Box::new(self.statistics(&round, &sheet, imprint)?)),
                "征求意见汇总表".to_owned(),
                1,
            ),
            SurveyPaper::Result => (
                Document::SurveyResult(Box::new(self.result(&round, &sheet, imprint)?)),
                "问卷结果公示".to_owned(),
                1,
            ),
            _ => {
                let (sheets, all) = self.sheets(&round, &sheet, imprint, request, most)?;
                let title = sheet.title.clone();
                (Document::SurveySheets(Box::new(sheets)), title, all)
            }
        })
    }

    fn survey_imprint(&self, round: &Round) -> Result<Imprint, ApiError> {
        let conn = self.connection()?;
        let record = records::get(conn, KindCode::Compound, round.compound)?
            .ok_or_else(ApiError::not_found)?;
        let text = |code: &str| record.value(code).as_text().unwrap_or("").to_owned();
        Ok(Imprint {
            subdistrict: match text("subdistrict") {
                street if street.is_empty() => self.kept.settings.office.clone(),
                street => street,
            },
            community: text("community"),
            compound: text("name"),
            sample: self.is_sample(),
            data_as_of: jiugai_domain::date::format_long(self.now().date_naive()),
            ledger_version: self.ledger()?.revision()?.to_string(),
            generated_at: self.now(),
        })
    }

    fn sheets(
        &self,
        round: &Round,
        sheet: &Questionnaire,
        imprint: Imprint,
        request: &SurveyPaperRequest,
        most: usize,
    ) -> Result<(SurveySheets, usize), ApiError> {
        let conn = self.connection()?;
        let building = request.building.as_deref().map(key).transpose()?;
        let dwelling = request.dwelling.as_deref().map(key).transpose()?;
        let mut wanted: Vec<Standing> = Vec::new();
        if request.paper != SurveyPaper::Blank {
            wanted = store::standing(conn, round.id, None, building)?;
            wanted.retain(|one| {
                (request.paper == SurveyPaper::Sheets || one.response.is_none())
                    && dwelling.is_none_or(|id| one.door.dwelling == id)
            });
        }
        let occupancy = KindCode::Household.kind().field("occupancy");
        let plan = match round.plan {
            Some(plan) => records::label(conn, KindCode::Plan, plan)?.unwrap_or_default(),
            None => String::new(),
        };
        let paper = SurveySheets {
            imprint,
            title: sheet.title.clone(),
            round: round.name.clone(),
            plan,
            opening: sheet.intro.clone(),
            questions: printed(sheet),
            privacy: sheet.notice.clone(),
            contact: String::new(),
            sheets: wanted
                .iter()
                .take(most)
                .map(|one| SurveySheet {
                    code: sheet_code(round.id, one.door.dwelling),
                    dwelling: doors::place(&one.door),
                    name: one.door.contact.clone(),
                    phone: String::new(),
                    occupancy: occupancy.map_or_else(String::new, |field| {
                        field.format(&jiugai_domain::Value::Text(one.door.occupancy.clone()))
                    }),
                })
                .collect(),
        };
        Ok((paper, wanted.len()))
    }

    fn statistics(
        &self,
        round: &Round,
        sheet: &Questionnaire,
        imprint: Imprint,
    ) -> Result<SurveyStatistics, ApiError> {
        let conn = self.connection()?;
        let progress = progress(conn, round, sheet)?;
        let (tallies, responses) = store::tally(conn, &[round.id])?;
        let wants = sheet.about(Topic::Wants);
        let mut wishes: Vec<(u32, String, i64)> = Vec::new();
        let mut by_building = BTreeMap::new();
        if let Some(question) = wants {
            let tally = tallies.get(&question.key).cloned().unwrap_or_default();
            wishes = question
                .choices
                .iter()
                .map(|choice| {
                    let given = tally.values.get(&i64::from(choice.number));
                    (
                        choice.number,
                        choice.text.clone(),
                        given.copied().unwrap_or(0),
                    )
                })
                .filter(|(_, _, given)| *given > 0)
                .collect();
            wishes.sort_by_key(|(_, _, given)| std::cmp::Reverse(*given));
            wishes.truncate(WISHES);
            let table = store::cross(
                conn,
                &[round.id],
                store::CrossField::Attribute(store::Attribute::Building),
                store::CrossField::Question(question.key),
            )?;
            for ((row, value), given) in table.cells {
                let name = usize::try_from(row)
                    .ok()
                    .and_then(|at| table.row_texts.get(at));
                if let Some(name) = name {
                    by_building.insert((name.clone(), value), given);
                }
            }
        }
        let line = |name: &str, group: &[Standing]| {
            let of = |wanted: Stance| {
                let stands = |one: &&Standing| {
                    leading(sheet).and_then(|question| stance(question, one.choice)) == Some(wanted)
                };
                count(group.iter().filter(stands).count())
            };
            let answered = count(group.iter().filter(|one| one.response.is_some()).count());
            let asked = count(group.len());
            let leads = leading(sheet).is_some();
            let shown = |number: i64| {
                if leads {
                    number.to_string()
                } else {
                    "—".to_owned()
                }
            };
            StatisticsLine {
                building: name.to_owned(),
                asked: asked.to_string(),
                answered: answered.to_string(),
                rate: percent(answered, asked),
                agree: shown(of(Stance::Willing)),
                disagree: shown(of(Stance::Against)),
                undecided: shown(of(Stance::Undecided)),
                unreached: (asked - answered).to_string(),
                agree_rate: if leads {
                    percent(of(Stance::Willing), asked)
                } else {
                    "—".to_owned()
                },
                wishes: wishes
                    .iter()
                    .map(|(number, _, all)| {
                        if name.is_empty() {
                            return all.to_string();
                        }
                        let value = i64::from(*number);
                        by_building
                            .get(&(name.to_owned(), value))
                            .copied()
                            .unwrap_or(0)
                            .to_string()
                    })
                    .collect(),
            }
        };
        let buildings = progress
            .doors
            .chunk_by(|a, b| a.door.building == b.door.building)
            .map(|group| line(&group[0].door.building_name, group))
            .collect();
        let pictures = [leading(sheet), wants]
            .into_iter()
            .flatten()
            .filter_map(|question| {
                let tally: &Tally = tallies.get(&question.key)?;
                Some(RosterPicture {
                    note: String::new(),
                    svg: self.picture(round, question, tally, 620),
                })
            })
            .collect();
        let waiting =
            store::responses(conn, round.id, Some(store::State::Pending), usize::MAX)?.len();
        let mut notes = vec![format!(
            "共 {responses} 份答卷计入；同意率按应征户数计算；未联系上包括没有交回问卷的住户。"
        )];
        if waiting > 0 {
            notes.push(format!("另有 {waiting} 份答卷待处理，没有计入。"));
        }
        let stale = store::stale(conn, round.id)?;
        if stale > 0 {
            notes.push(format!("其中 {stale} 份是对旧版方案答的，方案已换版。"));
        }
        Ok(SurveyStatistics {
            imprint,
            round: round.name.clone(),
            period: period(round),
            wishes: wishes.iter().map(|(_, text, _)| text.clone()).collect(),
            buildings,
            total: line("", &progress.doors),
            pictures,
            notes,
        })
    }

    fn result(
        &self,
        round: &Round,
        sheet: &Questionnaire,
        imprint: Imprint,
    ) -> Result<SurveyResult, ApiError> {
        let conn = self.connection()?;
        let progress = progress(conn, round, sheet)?;
        let (tallies, responses) = store::tally(conn, &[round.id])?;
        let questions = analysis::questions(sheet, &tallies, responses)
            .into_iter()
            .filter(|question| question.kind.chooses() && !question.removed)
            .map(|question| ResultQuestion {
                number: question.number.to_string(),
                text: question.title,
                multiple: matches!(question.kind, QuestionKind::Multiple | QuestionKind::Rank),
                answered: question.answered,
                choices: question
                    .choices
                    .into_iter()
                    .map(|choice| ResultChoice {
                        label: choice.text,
                        count: choice.count,
                    })
                    .collect(),
            })
            .collect();
        Ok(SurveyResult {
            title: format!("{}结果", round.kind.label()),
            period: period(round),
            asked: crate::text::positive(progress.households),
            answered: crate::text::positive(progress.answered),
            rate: percent(progress.answered, progress.households),
            questions,
            contact: String::new(),
            signer: if imprint.community.is_empty() {
                imprint.subdistrict.clone()
            } else {
                format!(
                    "{}居民委员会",
                    imprint.community.trim_end_matches("居民委员会")
                )
            },
            date: String::new(),
            imprint,
        })
    }
}

fn period(round: &Round) -> String {
    match (&round.opens_on, &round.closes_on) {
        (None, None) => String::new(),
        (from, None) => format!("{}起", long_date(from.as_deref())),
        (from, to) => format!(
            "{}至{}",
            long_date(from.as_deref()),
            long_date(to.as_deref())
        ),
    }
}

fn printed(sheet: &Questionnaire) -> Vec<SheetQuestion> {
    let number = |key: u32| {
        sheet
            .questions
            .iter()
            .position(|question| question.key == key)
            .map_or(0, |at| at + 1)
    };
    sheet
        .questions
        .iter()
        .zip(1..)
        .map(|(question, at)| SheetQuestion {
            section: question.group.clone(),
            number: at.to_string(),
            text: question.title.clone(),
            hint: hint(question),
            condition: question
                .show_if
                .as_ref()
                .map_or_else(String::new, |condition| {
                    let choices: Vec<String> =
                        condition.choices.iter().map(u32::to_string).collect();
                    format!(
                        "第 {} 题选 {} 的填",
                        number(condition.question),
                        choices.join("、")
                    )
                }),
            answer: match question.kind {
                QuestionKind::Single => SheetAnswer::Single,
                QuestionKind::Multiple => SheetAnswer::Multiple,
                QuestionKind::Rank => SheetAnswer::Rank,
                QuestionKind::Scale => SheetAnswer::Scale,
                QuestionKind::Number => SheetAnswer::Number,
                QuestionKind::Date => SheetAnswer::Date,
                QuestionKind::Text => SheetAnswer::Text,
            },
            required: question.required,
            choices: question
                .choices
                .iter()
                .map(|choice| SheetChoice {
                    number: choice.number.to_string(),
                    label: choice.text.clone(),
                    with_text: choice.other,
                })
                .collect(),
            unit: question.unit.clone(),
            lines: 0,
        })
        .collect()
}

fn hint(question: &Question) -> String {
    match question.kind {
        QuestionKind::Multiple if question.most > 0 && !question.title.contains("最多") => {
            format!("最多选 {} 项", question.most)
        }
        QuestionKind::Multiple if !question.title.contains("多选") && question.most == 0 => {
            "可多选".to_owned()
        }
        QuestionKind::Rank => "按先后写 1、2、3".to_owned(),
        _ => String::new(),
    }
}
