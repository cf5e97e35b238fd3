//! Before/after charts as SVG. Every element is placed here by hand on the plotters SVG backend,
//! every value is labelled where it stands, and shape or pattern tells the series apart, so that a
//! black-and-white print loses nothing.

mod canvas;
mod frame;
mod grouped_bars;
mod lettering;
mod paired_dots;
mod ranked_bars;
mod share_bars;
mod slope;
mod waterfall;
mod words;

pub use grouped_bars::grouped_bars;
pub use paired_dots::paired_dots;
pub use ranked_bars::ranked_bars;
pub use share_bars::share_bars;
pub use slope::slope;
pub use waterfall::waterfall;

/// What stands around a chart: heading above, provenance below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caption {
    /// Heading of the chart (标题).
    pub title: String,
    /// Second line (副标题), may be empty.
    pub subtitle: String,
    /// Where the numbers come from (来源), may be empty.
    pub source: String,
    /// When they were surveyed (调查日期), formatted; may be empty.
    pub surveyed_on: String,
    /// Marks the chart 示例 because its numbers are invented.
    pub sample: bool,
}

/// One value of an indicator: the number that places it and the text that people read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Position on the scale, in any integer unit that is the same within one row or chart
    /// (for instance 0.01 ㎡, or places).
    pub value: i64,
    /// Number and unit as printed, such as `385 ㎡`.
    pub text: String,
}

impl Mark {
    /// A mark at `value` labelled `text`.
    pub fn new(value: i64, text: impl Into<String>) -> Mark {
        Mark {
            value,
            text: text.into(),
        }
    }
}

/// Where the scale of a row begins and ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Scale {
    /// From zero to the greatest value of the row.
    #[default]
    FromZero,
    /// From `low` to at least `high`, for indicators whose zero means nothing (a year, a level).
    /// The chart prints `low_text` at the beginning of the row.
    Between {
        /// Beginning of the scale, in the unit of the row's marks.
        low: i64,
        /// End of the scale, in the same unit.
        high: i64,
        /// `low` as printed.
        low_text: String,
    },
}

/// One indicator (指标) of a paired-dots chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DotRow {
    /// Name of the indicator.
    pub label: String,
    /// 现状 (Baseline); `None` prints 未填.
    pub before: Option<Mark>,
    /// 方案 (Proposed); `None` prints 未填.
    pub after: Option<Mark>,
    /// 竣工 (AsBuilt), a small diamond under the row.
    pub as_built: Option<Mark>,
    /// Value that a standard demands; its text is printed whole, such as `标准 ≥385 ㎡`.
    pub standard: Option<Mark>,
    /// Difference as printed, with its sign and unit, such as `+12 个` or `−22 间`. The arrow
    /// beside it follows the values. Empty prints —.
    pub change: String,
    /// Scale of this row alone.
    pub scale: Scale,
}

/// Input of [`paired_dots`]: one row per indicator, in the caller's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairedDots {
    /// Heading and provenance.
    pub caption: Caption,
    /// Width of the picture in SVG units (px); at least 480 is used.
    pub width_px: u32,
    /// The indicators.
    pub rows: Vec<DotRow>,
}

/// One part of a grouped-bars chart, such as 大排房 or 污水管.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BarPart {
    /// Name of the part.
    pub label: String,
    /// 现状 (Baseline); `None` prints 未填.
    pub before: Option<Mark>,
    /// 方案 (Proposed); `None` prints 未填.
    pub after: Option<Mark>,
    /// 竣工 (AsBuilt). The series is left out when no part has one.
    pub as_built: Option<Mark>,
}

/// Input of [`grouped_bars`]: parts of one whole on one zero-based scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupedBars {
    /// Heading and provenance.
    pub caption: Caption,
    /// Width of the picture in SVG units (px); at least 480 is used.
    pub width_px: u32,
    /// The parts, in the caller's order.
    pub parts: Vec<BarPart>,
    /// Names of the three series where they are not 改造前, 方案 and 竣工 (计划, 到位, 支付).
    pub series: Option<[&'static str; 3]>,
}

/// One line of a share-bars chart: a building, a round, a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShareLine {
    /// Name of the line.
    pub label: String,
    /// Counts, one for each part, in the order of the parts.
    pub values: Vec<i64>,
    /// How many it is made of, as printed: `n=231`.
    pub base: String,
}

/// Input of [`share_bars`]: lines that each make 100%.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShareBars {
    /// Heading and provenance.
    pub caption: Caption,
    /// Width of the picture in SVG units (px); at least 480 is used.
    pub width_px: u32,
    /// Names of the parts, five at most keep patterns of their own.
    pub parts: Vec<String>,
    /// The lines, in the caller's order.
    pub lines: Vec<ShareLine>,
    /// Sentence of the footer: sample size, missing.
    pub note: String,
}

/// Input of [`ranked_bars`]: choices by how often they were given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RankedBars {
    /// Heading and provenance.
    pub caption: Caption,
    /// Width of the picture in SVG units (px); at least 480 is used.
    pub width_px: u32,
    /// Name and count of each choice, the text as printed: `154 户 66.4%`.
    pub bars: Vec<(String, Mark)>,
    /// The count that fills the width; 0 for the greatest one.
    pub whole: i64,
    /// Sentence of the footer: sample size, missing.
    pub note: String,
}

/// One line of a slope chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlopeLine {
    /// Name of the line.
    pub label: String,
    /// 现状 (Baseline).
    pub before: Mark,
    /// 方案 (Proposed).
    pub after: Mark,
}

/// Input of [`slope`]: a few quantities of one unit, before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slope {
    /// Heading and provenance.
    pub caption: Caption,
    /// Width of the picture in SVG units (px); at least 480 is used.
    pub width_px: u32,
    /// The lines; more than a dozen read badly.
    pub lines: Vec<SlopeLine>,
}

/// One step on the way from before to after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaterfallStep {
    /// What adds or takes.
    pub label: String,
    /// How much, with its sign; the text as printed: `+24 位`, `−8 位`.
    pub change: Mark,
}

/// Input of [`waterfall`]: 改造前, what is taken and added, 方案.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waterfall {
    /// Heading and provenance.
    pub caption: Caption,
    /// Width of the picture in SVG units (px); at least 480 is used.
    pub width_px: u32,
    /// 现状 (Baseline).
    pub before: Mark,
    /// The steps, in the caller's order; `before` and all of them make `after`.
    pub steps: Vec<WaterfallStep>,
    /// 方案 (Proposed).
    pub after: Mark,
    /// Value that a standard demands; its text is printed whole, such as `标准 ≥385 ㎡`.
    pub standard: Option<Mark>,
    /// Sentence of the footer: what is not counted.
    pub note: String,
}

#[cfg(test)]
mod tests;
