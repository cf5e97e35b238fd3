use chrono::{DateTime, FixedOffset};
use serde::Serialize;

/// Where a paper comes from (版记): printed at its head and foot. Every paper has one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imprint {
    /// Subdistrict (街道).
    pub subdistrict: String,
    /// Community (社区).
    pub community: String,
    /// Compound (小区/家属院), such as 五交化家属院.
    pub compound: String,
    /// Marks the paper 示例 because its data is invented.
    pub sample: bool,
    /// Date of the data (数据截至), formatted.
    pub data_as_of: String,
    /// Version of the ledger (台账版本), such as the number of its last transaction.
    pub ledger_version: String,
    /// When the paper is made (生成时间), in local time.
    #[serde(skip)]
    pub generated_at: DateTime<FixedOffset>,
}

/// Size of the sheet (纸张).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Sheet {
    /// A4, upright.
    #[default]
    A4,
    /// A4, lying (A4 横).
    A4Lying,
    /// A3, lying (A3 横).
    A3Lying,
    /// A3, upright.
    A3,
}

impl Sheet {
    /// Width and height in millimetres.
    #[must_use]
    pub fn size_mm(self) -> (u32, u32) {
        match self {
            Self::A4 => (210, 297),
            Self::A4Lying => (297, 210),
            Self::A3Lying => (420, 297),
            Self::A3 => (297, 420),
        }
    }
}
