//! D1 小区基本情况表 (一小区一档).

use jiugai_domain::KindCode;
use jiugai_domain::fixed::format_grouped;
use jiugai_report::documents::{Document, Dossier, DossierTable, Photo, RosterColumn};
use jiugai_storage::attachments;
use jiugai_storage::records;

use super::Shown;
use crate::report::Gathered;
use crate::text::key;
use crate::wire::ReportRequest;
use crate::{ApiError, Session};

/// Photos in the strip.
const PHOTOS: usize = 4;
/// Fields that stand in the head of the paper or in a place of their own.
const ELSEWHERE: [&str; 3] = ["name", "problems", "remark"];

impl Session {
    pub(in crate::report) fn gather_dossier(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let record =
            records::get(conn, KindCode::Compound, compound)?.ok_or_else(ApiError::not_found)?;
        let counts = crate::assets::counts_of(conn, compound)?;
        // A sum of nothing is not known: the line stays empty to be filled in by hand.
        let known = |count: i64| (count > 0).then_some(count);
        let fields = KindCode::Compound.kind().fields;
        let mut groups: Vec<(String, Vec<(String, String)>)> = vec![(
            "基本数字（按台账合计）".to_owned(),
            [
                ("楼栋", known(counts.buildings), "栋"),
                ("单元", known(counts.entrances), "个"),
                ("房屋", known(counts.dwellings), "套"),
                ("住户", known(counts.households), "户"),
                ("常住人口", known(counts.people), "人"),
                ("60岁以上", known(counts.seniors60), "人"),
                ("汽车", known(counts.cars), "辆"),
                ("电动车", known(counts.ebikes), "辆"),
                ("车位", counts.parking_spaces, "个"),
                ("大排房", known(counts.row_house_rooms), "间"),
                ("小配房", known(counts.annex_room_rooms), "间"),
                ("违章建筑", known(counts.unauthorized_rooms), "间"),
                ("车棚", known(counts.cycle_sheds), "个"),
            ]
            .into_iter()
            .map(|(label, value, unit)| {
                let value = value.map(|value| format!("{} {unit}", format_grouped(value, 0)));
                (label.to_owned(), value.unwrap_or_default())
            })
            .chain(
                [
                    ("建筑面积", counts.gross_floor_area_dm2),
                    ("绿地", counts.green_area_dm2),
                ]
                .map(|(label, area)| {
                    let area = area.map(|area| format!("{} ㎡", format_grouped(area, 2)));
                    (label.to_owned(), area.unwrap_or_default())
                }),
            )
            .collect(),
        )];
        for field in fields
            .iter()
            .filter(|field| !ELSEWHERE.contains(&field.code))
        {
            let text = field.format(record.value(field.code));
            let value = match (text.as_str(), field.unit) {
                ("", _) | (_, "") => text,
                (text, unit) => format!("{text} {unit}"),
            };
            let pair = (field.label.to_owned(), value);
            match groups.iter_mut().find(|(group, _)| group == field.group) {
                Some((_, pairs)) => pairs.push(pair),
                None => groups.push((field.group.to_owned(), vec![pair])),
            }
        }
        let text = |code: &str| record.value(code).as_text().unwrap_or("").to_owned();
        let units = Shown::all(conn, KindCode::WorkUnit, compound)?;
        let dwellings = Shown::all(conn, KindCode::Dwelling, compound)?;
        let buildings = Shown::all(conn, KindCode::Building, compound)?;
        let held = |records: &[Shown], unit: &Shown| {
            let id = Some(unit.row.id);
            let held = |record: &&Shown| record.fields().value("workUnit").as_id() == id;
            records.iter().filter(held).count()
        };
        let unit_rows = units
            .iter()
            .map(|unit| (unit, held(&buildings, unit), held(&dwellings, unit)))
            .filter(|(_, buildings, dwellings)| buildings + dwellings > 0)
            .map(|(unit, buildings, dwellings)| {
                vec![
                    unit.text("name").to_owned(),
                    unit.text("state").to_owned(),
                    unit.text("successor").to_owned(),
                    buildings.to_string(),
                    dwellings.to_string(),
                ]
            })
            .collect();
        let building_rows = buildings
            .iter()
            .map(|building| {
                [
                    "name",
                    "workUnit",
                    "builtYear",
                    "structure",
                    "storeys",
                    "declaredEntrances",
                    "declaredDwellings",
                    "grossFloorArea",
                    "roof",
                    "safety",
                ]
                .map(|code| match code {
                    "grossFloorArea" => area_of(building, &dwellings),
                    code => building.text(code).to_owned(),
                })
                .to_vec()
            })
            .collect();
        let mut photos = Vec::new();
        for row in attachments::of_compound(conn, compound)? {
            let attached = &row.attachment;
            if photos.len() == PHOTOS || attached.stage == "after" || row.thumbnail.is_empty() {
                continue;
            }
            let bytes = attachments::bytes(conn, &attached.hash)?
                .and_then(|bytes| crate::attachments::for_paper(&bytes, PAPER_SIDE));
            if let Some(bytes) = bytes {
                let words = [attached.viewpoint.as_str(), attached.caption.as_str()];
                photos.push(Photo {
                    bytes,
                    subject: String::new(),
                    words: words.join(" ").trim().to_owned(),
                });
            }
        }
        let mut warnings = Vec::new();
        let empty = fields
            .iter()
            .filter(|field| field.first_class && record.value(field.code).is_null())
            .map(|field| field.label)
            .collect::<Vec<_>>();
        if !empty.is_empty() {
            warnings.push(format!("上级常要而还没填的有：{}。", empty.join("、")));
        }
        if photos.is_empty() {
            warnings
                .push("小区还没有照片，照片栏是空的。可以在小区的“照片与附件”里添加。".to_owned());
        }
        let dossier = Dossier {
            imprint: self.imprint(compound)?,
            groups,
            problems: text("problems"),
            remark: text("remark"),
            photos,
            units: DossierTable {
                columns: vec![
                    RosterColumn::left("产权单位", 60),
                    RosterColumn::center("状态", 24),
                    RosterColumn::left("承继单位", 50),
                    RosterColumn::right("楼栋（栋）", 24),
                    RosterColumn::right("房屋（套）", 24),
                ],
                rows: unit_rows,
            },
            buildings: DossierTable {
                columns: vec![
                    RosterColumn::center("楼号", 18),
                    RosterColumn::left("产权单位", 30),
                    RosterColumn::center("建成年份", 17),
                    RosterColumn::center("结构", 20),
                    RosterColumn::right("层数", 13),
                    RosterColumn::right("单元", 13),
                    RosterColumn::right("套数", 13),
                    RosterColumn::right("建筑面积（㎡）", 26),
                    RosterColumn::center("屋面", 17),
                    RosterColumn::center("安全等级", 17),
                ],
                rows: building_rows,
            },
        };
        Ok(Gathered {
            document: Document::Dossier(Box::new(dossier)),
            warnings,
            parameters: Vec::new(),
        })
    }
}

/// Pixels of the longer side of a photo in the strip: 300 to the inch at 44 mm.
const PAPER_SIDE: u32 = 520;

/// 建筑面积 of a building: as registered, else the sum of its dwellings.
fn area_of(building: &Shown, dwellings: &[Shown]) -> String {
    let id = Some(building.row.id);
    let of_dwellings = || {
        dwellings
            .iter()
            .filter(|dwelling| dwelling.fields().value("building").as_id() == id)
            .filter_map(|dwelling| dwelling.fields().integer("grossFloorArea"))
            .reduce(|sum, area| sum + area)
    };
    let area = building
        .fields()
        .integer("grossFloorArea")
        .or_else(of_dwellings);
    area.map_or_else(String::new, |area| format_grouped(area, 2))
}
