//! Charts: the same picture on screen, in files and on paper.

use std::path::Path;

use jiugai_domain::comparison::Figure;
use jiugai_domain::indicator::Indicator;
use jiugai_report::charts::{
    BarPart, Caption, DotRow, GroupedBars, Mark, PairedDots, Scale, grouped_bars, paired_dots,
};
use jiugai_report::svg_to_png;

use crate::comparison::{Compared, compare, signed};
use crate::text::key;
use crate::wire::{ChartCode, ChartFormat, SavedFile, Stage};
use crate::{ApiError, Session};

const WIDTH_PX: u32 = 960;

/// Indicators of the paired dots, in order of interest.
pub(crate) const HEADLINE: &[&str] = &[
    "rowHouseRooms",
    "annexRooms",
    "unauthorizedRooms",
    "parkingSpaces",
    "cyclePlaces",
    "cycleChargingPlaces",
    "concentratedGreen",
    "concentratedGreenPerPerson",
    "fitnessEquipment",
    "noticeBoards",
    "damagedRoadArea",
    "faultyPipe",
];

impl Session {
    /// A chart as SVG.
    ///
    /// # Errors
    /// `notFound`.
    pub fn chart_get(
        &self,
        compound: &str,
        plan: Option<&str>,
        chart: ChartCode,
    ) -> Result<String, ApiError> {
        let plan = plan.map(key).transpose()?;
        let compared = compare(self.connection()?, key(compound)?, plan)?;
        Ok(draw(&compared, chart, self.is_sample()))
    }

    /// Writes a chart into a file.
    ///
    /// # Errors
    /// `notFound`, those of the disk.
    pub fn chart_save(
        &mut self,
        compound: &str,
        plan: Option<&str>,
        chart: ChartCode,
        format: ChartFormat,
        path: &Path,
    ) -> Result<SavedFile, ApiError> {
        let svg = self.chart_get(compound, plan, chart)?;
        let bytes = match format {
            ChartFormat::Svg => svg.into_bytes(),
            ChartFormat::Png => svg_to_png(&svg, 2, self.fonts()?)?,
        };
        crate::export::save(path, &bytes)
    }

    /// Name proposed for a chart's file.
    #[must_use]
    pub fn chart_file_name(chart: ChartCode, format: ChartFormat) -> String {
        let extension = match format {
            ChartFormat::Svg => "svg",
            ChartFormat::Png => "png",
        };
        format!("{}.{extension}", title(chart))
    }
}

fn title(chart: ChartCode) -> &'static str {
    match chart {
        ChartCode::Indicators => "主要指标前后对比",
        ChartCode::Demolition => "附属房与违建前后对比",
        ChartCode::Pipes => "管线前后对比",
        ChartCode::Parking => "停车与充电前后对比",
    }
}

fn caption(compared: &Compared, chart: ChartCode, sample: bool) -> Caption {
    let plan = compared.plan.as_ref().map_or_else(
        || "尚无方案，只有现状".to_owned(),
        |plan| plan.label.clone(),
    );
    Caption {
        title: format!("{} {}", compared.name, title(chart)),
        subtitle: plan,
        source: "小区台账与改造方案，由改造效果推算".to_owned(),
        surveyed_on: compared.surveyed_on.clone(),
        sample,
    }
}

fn draw(compared: &Compared, chart: ChartCode, sample: bool) -> String {
    let caption = caption(compared, chart, sample);
    let codes: &[&str] = match chart {
        ChartCode::Indicators => return paired_dots(&dots(compared, caption, HEADLINE, WIDTH_PX)),
        ChartCode::Demolition => &[
            "rowHouseRooms",
            "annexRooms",
            "unauthorizedRooms",
            "otherOutbuildingRooms",
        ],
        ChartCode::Pipes => &[
            "stormPipe",
            "sewagePipe",
            "combinedPipe",
            "waterPipe",
            "gasPipe",
            "heatPipe",
            "faultyPipe",
            "overheadLine",
        ],
        ChartCode::Parking => &[
            "parkingSpaces",
            "carChargers",
            "cyclePlaces",
            "cycleChargingPlaces",
        ],
    };
    let parts = codes
        .iter()
        .filter_map(|code| {
            let (before, after, built) = stages(compared, code)?;
            Some(BarPart {
                label: before.indicator.label.to_owned(),
                before: mark(before),
                after: after.and_then(mark),
                as_built: built.and_then(mark),
            })
        })
        .filter(|part| {
            [&part.before, &part.after]
                .into_iter()
                .flatten()
                .any(|mark| mark.value != 0)
        })
        .collect();
    grouped_bars(&GroupedBars {
        caption,
        width_px: WIDTH_PX,
        parts,
    })
}

/// The paired dots of these indicators; those that are nothing before and after are left out.
pub(crate) fn dots(
    compared: &Compared,
    caption: Caption,
    codes: &[&str],
    width_px: u32,
) -> PairedDots {
    let rows = codes
        .iter()
        .filter_map(|code| {
            let (before, after, built) = stages(compared, code)?;
            let indicator = before.indicator;
            let change =
                after.and_then(|after| Some(signed(indicator, after.value? - before.value?)));
            let row = DotRow {
                label: indicator.label.to_owned(),
                before: mark(before),
                after: after.and_then(mark),
                as_built: built.and_then(mark),
                standard: None,
                change: change.unwrap_or_default(),
                scale: Scale::default(),
            };
            let seen = [&row.before, &row.after]
                .into_iter()
                .flatten()
                .any(|mark| mark.value != 0);
            seen.then_some(row)
        })
        .collect();
    PairedDots {
        caption,
        width_px,
        rows,
    }
}

type Stages<'a> = (&'a Figure, Option<&'a Figure>, Option<&'a Figure>);

fn stages<'a>(compared: &'a Compared, code: &str) -> Option<Stages<'a>> {
    let before = compared.figure(Stage::Baseline, code)?;
    Some((
        before,
        compared.figure(Stage::Proposed, code),
        compared.figure(Stage::AsBuilt, code),
    ))
}

fn mark(figure: &Figure) -> Option<Mark> {
    figure
        .value
        .map(|value| Mark::new(value, with_unit(figure.indicator, value)))
}

fn with_unit(indicator: &Indicator, value: i64) -> String {
    format!("{}{}", indicator.format(value), indicator.unit)
}
