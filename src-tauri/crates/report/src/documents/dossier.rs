use serde::Serialize;

use super::{Imprint, Photo, RosterColumn};
use crate::press::{Composed, Paper, compose};
use crate::{Fonts, ReportError};

const TEMPLATE: &str = include_str!("../../templates/dossier.typ");

/// D1 小区基本情况表 (一小区一档): labels and values group by group, a strip of photos, problems,
/// the work units and the buildings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dossier {
    /// 版记.
    pub imprint: Imprint,
    /// Groups with their labels and values; an empty value leaves room to write.
    pub groups: Vec<(String, Vec<(String, String)>)>,
    /// 主要问题, one a line.
    pub problems: String,
    /// 备注.
    pub remark: String,
    /// Strip of photos.
    pub photos: Vec<Photo>,
    /// 产权单位表.
    pub units: DossierTable,
    /// 楼栋表.
    pub buildings: DossierTable,
}

/// A small table of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DossierTable {
    /// Columns.
    pub columns: Vec<RosterColumn>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct View<'a> {
    imprint: &'a Imprint,
    groups: &'a [(String, Vec<(String, String)>)],
    problems: Vec<&'a str>,
    remark: &'a str,
    photos: Vec<Laid<'a>>,
    units: &'a DossierTable,
    buildings: &'a DossierTable,
}

/// A photo under the name of its file.
#[derive(Serialize)]
struct Laid<'a> {
    file: String,
    words: &'a str,
}

impl Dossier {
    /// Sets the paper.
    ///
    /// # Errors
    /// As [`compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        let names: Vec<String> = (0..self.photos.len())
            .map(|at| format!("photo-{at}"))
            .collect();
        let photos = self.photos.iter().zip(&names);
        let view = View {
            imprint: &self.imprint,
            groups: &self.groups,
            problems: self
                .problems
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect(),
            remark: &self.remark,
            photos: photos
                .clone()
                .map(|(photo, file)| Laid {
                    file: file.clone(),
                    words: &photo.words,
                })
                .collect(),
            units: &self.units,
            buildings: &self.buildings,
        };
        compose(
            &[Paper {
                name: "dossier",
                template: TEMPLATE,
                data: &view,
                files: photos
                    .map(|(photo, file)| (file.as_str(), photo.bytes.clone()))
                    .collect(),
                generated_at: self.imprint.generated_at,
            }],
            fonts,
        )
    }
}
