//! The fixed words of the charts; everything else on a chart comes from the caller.

/// 改造前.
pub(super) const BEFORE: &str = "改造前";
/// 改造方案.
pub(super) const AFTER: &str = "方案";
/// 竣工.
pub(super) const AS_BUILT: &str = "竣工";
/// The value demanded by a standard.
pub(super) const STANDARD: &str = "标准";
/// Mark of invented data.
pub(super) const SAMPLE: &str = "示例";
/// Footer sentence of invented data.
pub(super) const SAMPLE_NOTE: &str = "示例数据，非实测";
/// A value nobody has recorded.
pub(super) const UNKNOWN: &str = "未填";
/// A chart without rows.
pub(super) const EMPTY: &str = "暂无数据";
/// Footer: where the numbers come from.
pub(super) const SOURCE: &str = "来源：";
/// Footer: when they were surveyed.
pub(super) const SURVEYED_ON: &str = "调查日期：";
/// Footer of a chart whose rows have scales of their own.
pub(super) const OWN_SCALES: &str = "各行各用刻度，均从 0 起";
/// The same when some row begins elsewhere and says so.
pub(super) const OWN_SCALES_MIXED: &str = "各行各用刻度，除注明者外均从 0 起";
/// Beginning of a scale that does not begin at zero.
pub(super) const SCALE_FROM: &str = "起点 ";
/// No difference can be stated.
pub(super) const NO_CHANGE_KNOWN: &str = "—";
/// What a plan takes away.
pub(super) const LESS: &str = "减少";
/// What a plan adds.
pub(super) const MORE: &str = "增加";
