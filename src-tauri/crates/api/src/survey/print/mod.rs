//! The papers of a round on the one path of all papers: D2 入户调查表, D3 征求意见汇总表, the
//! result for the wall, and cross-tables.

mod cross;
#[cfg(test)]
mod tests;

use jiugai_domain::KindCode;
use jiugai_domain::survey::{Questionnaire, RoundKind, sheet_code};
use jiugai_report::documents::{Document, Imprint, SurveySheet, SurveySheets, masked_name};
use jiugai_storage::records;
use jiugai_storage::survey::{self as store, Round, Standing};

use super::papers::printed;
use super::{counting, doors, round_of, version_of};
use crate::report::{Gathered, option, parameter};
use crate::text::{key, long_date};
use crate::wire::{DocumentCode, ReportParameter, ReportParameterCode, ReportRequest};
use crate::{ApiError, ErrorCode, Session};

/// A sheet for each household that did not answer yet.
const MISSING: &str = "missing";
/// A sheet for each household, the name hidden.
const MASKED: &str = "masked";
/// One sheet whose room is written by hand.
const BLANK: &str = "blank";
const WAYS: &[(&str, &str)] = &[
    ("", "每户一份"),
    (MISSING, "还没答的户"),
    (MASKED, "每户一份，姓名隐去"),
    (BLANK, "空白一份（房号手写）"),
];

impl Session {
    pub(crate) fn gather_survey_paper(
        &self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let rounds = store::rounds(conn, Some(key(&request.compound)?))?;
        let today = self.now().format("%Y-%m-%d").to_string();
        let round = match &request.round {
            Some(id) => round_of(conn, id)?,
            None => likeliest(&rounds, request.document, &today).ok_or_else(none)?,
        };
        let sheet = version_of(conn, round.questionnaire)?.sheet;
        let imprint = Imprint {
            data_as_of: long_date(Some(&today)),
            ..self.imprint(round.compound)?
        };
        let mut parameters = vec![parameter(
            ReportParameterCode::Round,
            "轮次",
            &round.id.to_string(),
            rounds
                .iter()
                .map(|one| option(&one.id.to_string(), &one.name))
                .collect(),
        )];
        let (document, warnings) = match request.document {
            DocumentCode::D3 => (
                Document::SurveyStatistics(Box::new(self.statistics(&round, &sheet, imprint)?)),
                vec!["按楼栋统计，供内部用；上墙请印“问卷结果公示”。".to_owned()],
            ),
            DocumentCode::SurveyResult => (
                Document::SurveyResult(Box::new(self.result(&round, &sheet, imprint)?)),
                self.unsettled(&round)?,
            ),
            DocumentCode::CrossTable => {
                let (document, choices, warnings) =
                    self.cross_paper(request, &round, &sheet, imprint)?;
                parameters.extend(choices);
                (document, warnings)
            }
            _ => {
                let all = store::standing(conn, round.id, None, None, &counting(conn, &round)?)?;
                let chosen = Chosen::of(request, &all);
                parameters.extend(chosen.parameters(&all));
                let wanted: Vec<&Standing> = all.iter().filter(|one| chosen.takes(one)).collect();
                let warnings = chosen.warnings(wanted.len());
                let sheets = self.sheets(&round, &sheet, imprint, &wanted, &chosen)?;
                (Document::SurveySheets(Box::new(sheets)), warnings)
            }
        };
        Ok(Gathered {
            document,
            warnings,
            parameters,
        })
    }

    /// Name of the round that was chosen for a paper.
    pub(crate) fn round_name(&self, id: &str) -> Result<String, ApiError> {
        Ok(round_of(self.connection()?, id)?.name)
    }

    fn unsettled(&self, round: &Round) -> Result<Vec<String>, ApiError> {
        let conn = self.connection()?;
        let waiting = store::responses(conn, round.id, Some(store::State::Pending), usize::MAX)?;
        Ok(if waiting.is_empty() {
            Vec::new()
        } else {
            vec![format!(
                "还有 {} 份答卷待处理，没有计入；处理完再张贴。",
                waiting.len()
            )]
        })
    }

    fn sheets(
        &self,
        round: &Round,
        sheet: &Questionnaire,
        imprint: Imprint,
        wanted: &[&Standing],
        chosen: &Chosen,
    ) -> Result<SurveySheets, ApiError> {
        let occupancy = KindCode::Household.kind().field("occupancy");
        let plan = match round.plan {
            Some(plan) => {
                records::label(self.connection()?, KindCode::Plan, plan)?.unwrap_or_default()
            }
            None => String::new(),
        };
        let name = |contact: &str| match chosen.way {
            MASKED => masked_name(contact),
            _ => contact.to_owned(),
        };
        Ok(SurveySheets {
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
                .map(|one| SurveySheet {
                    code: sheet_code(round.id, one.door.dwelling),
                    dwelling: doors::place(&one.door),
                    name: name(&one.door.contact),
                    phone: String::new(),
                    occupancy: occupancy.map_or_else(String::new, |field| {
                        field.format(&jiugai_domain::Value::Text(one.door.occupancy.clone()))
                    }),
                })
                .collect(),
        })
    }
}

/// Which households get a sheet.
struct Chosen {
    way: &'static str,
    /// Of one building.
    building: Option<String>,
    /// Of one dwelling.
    dwelling: Option<String>,
}

impl Chosen {
    /// What was asked for; a dwelling that is not in the chosen building is not chosen.
    fn of(request: &ReportRequest, all: &[Standing]) -> Self {
        let asked = request.variant.as_deref().unwrap_or("");
        let way = WAYS.iter().find(|(code, _)| *code == asked);
        let at = all.iter().find(|one| {
            let is = |id: jiugai_domain::RecordId, asked: Option<&String>| {
                asked.is_none_or(|asked| *asked == id.to_string())
            };
            request.dwelling.is_some()
                && is(one.door.dwelling, request.dwelling.as_ref())
                && is(one.door.building, request.building.as_ref())
        });
        Self {
            way: way.map_or("", |(code, _)| code),
            building: at
                .map(|one| one.door.building.to_string())
                .or_else(|| request.building.clone()),
            dwelling: at.map(|one| one.door.dwelling.to_string()),
        }
    }

    fn takes(&self, one: &Standing) -> bool {
        let is = |id: jiugai_domain::RecordId, chosen: Option<&String>| {
            chosen.is_none_or(|chosen| *chosen == id.to_string())
        };
        self.way != BLANK
            && (self.way != MISSING || one.response.is_none())
            && is(one.door.building, self.building.as_ref())
            && is(one.door.dwelling, self.dwelling.as_ref())
    }

    fn parameters(&self, all: &[Standing]) -> Vec<ReportParameter> {
        let mut parameters = vec![parameter(
            ReportParameterCode::Variant,
            "填写",
            self.way,
            WAYS.iter()
                .map(|(code, words)| option(code, words))
                .collect(),
        )];
        if self.way == BLANK {
            return parameters;
        }
        let mut buildings = vec![option("", "全部楼栋")];
        for group in all.chunk_by(|a, b| a.door.building == b.door.building) {
            let door = &group[0].door;
            buildings.push(option(&door.building.to_string(), &door.building_name));
        }
        parameters.push(parameter(
            ReportParameterCode::Building,
            "楼栋",
            self.building.as_deref().unwrap_or(""),
            buildings,
        ));
        if let Some(building) = &self.building {
            let mut rooms = vec![option("", "整栋")];
            let here = all
                .iter()
                .filter(|one| one.door.building.to_string() == *building);
            rooms.extend(here.map(|one| {
                let room = format!("{}{}", one.door.entrance_name, one.door.room);
                option(&one.door.dwelling.to_string(), &room)
            }));
            rooms.dedup_by(|a, b| a.value == b.value);
            parameters.push(parameter(
                ReportParameterCode::Dwelling,
                "房号",
                self.dwelling.as_deref().unwrap_or(""),
                rooms,
            ));
        }
        parameters
    }

    fn warnings(&self, sheets: usize) -> Vec<String> {
        match self.way {
            BLANK => Vec::new(),
            MISSING if sheets == 0 => {
                vec!["这里每一户都答过了，没有要再印的，下面是一份空白的。".to_owned()]
            }
            _ if sheets == 0 => {
                vec!["这里还没有登记房屋，下面是一份空白的。请先在台账里填房屋。".to_owned()]
            }
            MASKED => vec![format!("共 {sheets} 份。")],
            _ => vec![format!(
                "共 {sheets} 份，纸上有姓名，只交给本户，收回后由社区收存。"
            )],
        }
    }
}

/// The round that a paper is for when nobody chose one: sheets of the one that is going on, papers
/// about answers of the newest one that began.
fn likeliest(rounds: &[Round], document: DocumentCode, today: &str) -> Option<Round> {
    let began = |round: &&Round| round.opens_on.as_deref().is_none_or(|day| day <= today);
    let ends = |round: &&Round| round.closes_on.as_deref().is_none_or(|day| day >= today);
    let newest = || rounds.iter().find(began);
    match document {
        DocumentCode::D2 => rounds.iter().find(|round| began(round) && ends(round)),
        _ => rounds
            .iter()
            .find(|round| began(round) && round.kind == RoundKind::Willingness),
    }
    .or_else(newest)
    .or_else(|| rounds.first())
    .cloned()
}

fn none() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "还没有调查",
        "这个小区还没有做过问卷调查，没有问卷和统计可以打印。",
        "请先到“问卷调查”里新建一轮。",
    )
}
