//! 前后对比图: the charts of the screen on paper.

use jiugai_report::documents::{Document, Roster, RosterPicture, Sheet};

use crate::charts::title;
use crate::comparison::chosen_plan;
use crate::report::{Gathered, option, parameter};
use crate::text::key;
use crate::wire::{ChartCode, ReportParameterCode, ReportRequest};
use crate::{ApiError, Session};

/// Charts and the words that choose them, in the order of the paper.
const CHARTS: [(ChartCode, &str); 9] = [
    (ChartCode::Indicators, "indicators"),
    (ChartCode::Demolition, "demolition"),
    (ChartCode::Parking, "parking"),
    (ChartCode::Places, "places"),
    (ChartCode::ParkingSteps, "parkingSteps"),
    (ChartCode::GreenSteps, "greenSteps"),
    (ChartCode::Pipes, "pipes"),
    (ChartCode::Drains, "drains"),
    (ChartCode::Money, "money"),
];

impl Session {
    pub(in crate::report) fn gather_charts(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let compound = key(&request.compound)?;
        let plan = chosen_plan(self.connection()?, compound, request.plan.as_deref())?;
        let chosen = request.theme.as_deref().unwrap_or("");
        let plan_key = plan.map(|plan| plan.to_string());
        let pictures = CHARTS
            .iter()
            .filter(|(_, name)| chosen.is_empty() || *name == chosen)
            .map(|(chart, _)| {
                let svg = self.chart_get(&request.compound, plan_key.as_deref(), *chart)?;
                Ok(RosterPicture {
                    note: String::new(),
                    svg,
                })
            })
            .collect::<Result<Vec<_>, ApiError>>()?;
        let (sheet, code) = match request.sheet.as_deref() {
            Some("a3Lying") => (Sheet::A3Lying, "a3Lying"),
            _ => (Sheet::A4, ""),
        };
        let mut warnings = Vec::new();
        if plan.is_none() {
            warnings.push("这个小区还没有改造方案，图上只有现状。".to_owned());
        }
        let mut options = vec![option("", "全部")];
        options.extend(
            CHARTS
                .iter()
                .map(|(chart, name)| option(name, title(*chart))),
        );
        let roster = Roster {
            imprint: self.imprint(compound)?,
            sheet,
            title: "改造前后对比图".to_owned(),
            pictures,
            ..Roster::default()
        };
        Ok(Gathered {
            document: Document::Roster(Box::new(roster)),
            warnings,
            parameters: vec![
                self.plan_parameter(compound, plan)?,
                parameter(ReportParameterCode::Theme, "图", chosen, options),
                parameter(
                    ReportParameterCode::Sheet,
                    "纸张",
                    code,
                    vec![option("", "A4"), option("a3Lying", "A3 横")],
                ),
            ],
        })
    }
}
