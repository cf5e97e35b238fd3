//! Charts: the same picture on screen, in files and on paper.

use std::path::Path;

use jiugai_domain::comparison::{self, Figure};
use jiugai_domain::indicator::Indicator;
use jiugai_domain::{FieldType, KindCode, RecordId};
use jiugai_report::charts::{
    BarPart, Caption, DotRow, GroupedBars, Mark, PairedDots, Scale, ShareBars, ShareLine, Slope,
    SlopeLine, Waterfall, WaterfallStep, grouped_bars, paired_dots, share_bars, slope, waterfall,
};
use jiugai_report::svg_to_png;
use jiugai_storage::{Connection, StorageError};

use crate::assets::{self, Fields};
use crate::comparison::{Compared, compare, signed};
use crate::export::Made;
use crate::plan::wan_yuan;
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
        let conn = self.connection()?;
        let compared = compare(conn, key(compound)?, plan)?;
        if chart == ChartCode::Money {
            return Ok(money(conn, &compared, self.is_sample())?);
        }
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
        let made = Made {
            title: "前后对比图",
            compound: Some(key(compound)?),
            records: 1,
            personal: false,
        };
        self.save_noted(path, &bytes, &made)
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

pub(crate) fn title(chart: ChartCode) -> &'static str {
    match chart {
        ChartCode::Indicators => "主要指标前后对比",
        ChartCode::Demolition => "附属房与违建前后对比",
        ChartCode::Pipes => "管线前后对比",
        ChartCode::Parking => "停车与充电前后对比",
        ChartCode::Places => "车位与停放位变化",
        ChartCode::Drains => "雨污分流前后对比",
        ChartCode::ParkingSteps => "机动车位从改造前到方案",
        ChartCode::GreenSteps => "绿地从改造前到方案",
        ChartCode::Money => "资金来源",
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
        ChartCode::Places => return places(compared, caption),
        ChartCode::Drains => return drains(compared, caption),
        ChartCode::ParkingSteps => return steps(compared, caption, "parkingSpaces"),
        ChartCode::GreenSteps => return steps(compared, caption, "greenArea"),
        // Read apart: funds are no figures of a comparison.
        ChartCode::Money => &[],
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
        series: None,
    })
}

/// Planned, arrived and paid money of each source.
fn money(conn: &Connection, compared: &Compared, sample: bool) -> Result<String, StorageError> {
    let plan = compared.plan.as_ref().map(|plan| plan.id);
    let funds = assets::rows(conn, KindCode::Fund, compared.compound)?;
    let sources = match KindCode::Fund
        .kind()
        .field("source")
        .map(|field| field.kind)
    {
        Some(FieldType::Code(choices)) => choices,
        _ => &[],
    };
    let parts = sources
        .iter()
        .filter_map(|source| {
            let of_source: Vec<Fields<'_>> = funds
                .iter()
                .map(|row| Fields::of(KindCode::Fund, &row.values))
                .filter(|fields| {
                    fields.text("source") == source.code && fields.value("plan").as_id() == plan
                })
                .collect();
            let sum = |code: &str| {
                let known = of_source.iter().filter_map(|fields| fields.integer(code));
                let sum = known.reduce(|sum, fen| sum + fen)?;
                Some(Mark::new(sum, format!("{} 万元", wan_yuan(sum))))
            };
            (!of_source.is_empty()).then(|| BarPart {
                label: source.label.to_owned(),
                before: sum("planned"),
                after: sum("arrived"),
                as_built: sum("paid"),
            })
        })
        .collect();
    Ok(grouped_bars(&GroupedBars {
        caption: Caption {
            source: "资金台账".to_owned(),
            surveyed_on: String::new(),
            ..caption(compared, ChartCode::Money, sample)
        },
        width_px: WIDTH_PX,
        parts,
        series: Some(["计划", "到位", "支付"]),
    }))
}

/// Places of all sorts as slopes; those that are nothing before and after are left out.
fn places(compared: &Compared, caption: Caption) -> String {
    const CODES: [&str; 4] = [
        "parkingSpaces",
        "cyclePlaces",
        "cycleChargingPlaces",
        "accessibleSpaces",
    ];
    let line = |code: &str| {
        let (before, after, _) = stages(compared, code)?;
        let (before, after, label) = (mark(before)?, mark(after?)?, before.indicator.label);
        (before.value != 0 || after.value != 0).then(|| SlopeLine {
            label: label.to_owned(),
            before,
            after,
        })
    };
    slope(&Slope {
        caption,
        width_px: WIDTH_PX,
        lines: CODES.into_iter().filter_map(line).collect(),
    })
}

/// How much of the drains is separated, at each stage.
fn drains(compared: &Compared, caption: Caption) -> String {
    const PARTS: [&str; 3] = ["sewagePipe", "stormPipe", "combinedPipe"];
    let stages = [
        (Stage::Baseline, "改造前"),
        (Stage::Proposed, "方案"),
        (Stage::AsBuilt, "竣工"),
    ];
    let lines = stages
        .into_iter()
        .filter_map(|(stage, label)| {
            let figure = |code: &&str| compared.figure(stage, code);
            let values: Vec<i64> = PARTS
                .iter()
                .map(|code| figure(code).and_then(|figure| figure.value).unwrap_or(0))
                .collect();
            let pipe = figure(&PARTS[0])?.indicator;
            Some(ShareLine {
                label: label.to_owned(),
                base: with_unit(pipe, values.iter().sum()),
                values,
            })
        })
        .collect();
    share_bars(&ShareBars {
        caption,
        width_px: WIDTH_PX,
        parts: ["污水管", "雨水管", "雨污合流管"].map(str::to_owned).into(),
        lines,
        note: "按管长算".to_owned(),
    })
}

/// From before to after: what each work item takes and adds. Unknown figures give an empty chart.
fn steps(compared: &Compared, caption: Caption, code: &str) -> String {
    let marks = stages(compared, code).and_then(|(before, after, _)| {
        let after = after?;
        Some((before, after, mark(before)?, mark(after)?))
    });
    let Some((before, after, from, to)) = marks else {
        return waterfall(&Waterfall {
            caption,
            width_px: WIDTH_PX,
            ..Waterfall::default()
        });
    };
    let indicator = before.indicator;
    let changes = comparison::changes(before, after, &compared.proposed_state);
    let step = |cause: Option<RecordId>, value: i64| WaterfallStep {
        label: cause.map_or_else(|| "其他".to_owned(), |cause| compared.item_name(cause)),
        change: Mark::new(
            value,
            format!("{}{}", signed(indicator, value), indicator.unit),
        ),
    };
    let less = changes.iter().map(|change| (change.cause, change.less));
    let more = changes.iter().map(|change| (change.cause, change.more));
    let steps: Vec<WaterfallStep> = less
        .chain(more)
        .filter(|(_, value)| *value != 0)
        .map(|(cause, value)| step(cause, value))
        .collect();
    let unfilled = before.unfilled.max(after.unfilled);
    waterfall(&Waterfall {
        caption,
        width_px: WIDTH_PX,
        before: from,
        steps,
        after: to,
        standard: None,
        note: if unfilled > 0 {
            format!("有 {unfilled} 处没有填写，没有算进来")
        } else {
            String::new()
        },
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
