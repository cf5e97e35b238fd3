//! D11 附属房与违建台账: by sort, with the first photo of each.

use std::collections::HashMap;

use jiugai_domain::fixed::format_grouped;
use jiugai_domain::kinds::choices::OUTBUILDING_KIND;
use jiugai_domain::{KindCode, RecordId};
use jiugai_report::documents::{
    Document, MASK_RULE, Roster, RosterColumn, RosterPart, RosterRow, Sheet, masked_name,
};
use jiugai_storage::attachments;

use super::{Shown, dash, foot, names_choice, whole_names};
use crate::report::Gathered;
use crate::text::key;
use crate::wire::ReportRequest;
use crate::{ApiError, Session};

impl Session {
    pub(in crate::report) fn gather_outbuildings(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let whole = whole_names(request);
        let records = Shown::all(conn, KindCode::Outbuilding, compound)?;
        let mut photos: HashMap<RecordId, Vec<u8>> = HashMap::new();
        for row in attachments::of_compound(conn, compound)? {
            let attached = row.attachment;
            if attached.holder == KindCode::Outbuilding.into() && !row.thumbnail.is_empty() {
                photos.entry(attached.record).or_insert(row.thumbnail);
            }
        }
        let mut rows = Vec::new();
        let mut number = 0;
        for sort in OUTBUILDING_KIND {
            let some: Vec<&Shown> = records
                .iter()
                .filter(|record| record.fields().text("kind") == sort.code)
                .collect();
            if some.is_empty() {
                continue;
            }
            rows.push(RosterRow::heading(format!(
                "{}（{} 处）",
                sort.label,
                some.len()
            )));
            for record in &some {
                number += 1;
                let row = RosterRow::plain(line(record, number, whole));
                rows.push(match photos.get(&record.row.id) {
                    Some(photo) => row.with_photo(photo.clone()),
                    None => row,
                });
            }
            rows.push(total(&format!("{}小计", sort.label), &some));
        }
        if !records.is_empty() {
            rows.push(total("合计", &records.iter().collect::<Vec<_>>()));
        }
        let mut warnings = Vec::new();
        let unmeasured = unmeasured(&records);
        if unmeasured > 0 {
            warnings.push(format!("有 {unmeasured} 处没有量面积，合计里没有它们。"));
        }
        if whole {
            warnings.push("纸上有全名，只留在办公室，不要张贴。".to_owned());
        }
        let mut notes = vec![match whole {
            true => "本表有全名，只在办公室使用，不张贴、不外传。".to_owned(),
            false => MASK_RULE.to_owned(),
        }];
        if unmeasured > 0 {
            notes.push(format!("有 {unmeasured} 处未量面积，未计入小计和合计。"));
        }
        notes.push("认定结论以有权机关的文书为准，本表不作认定。".to_owned());
        let roster = Roster {
            imprint: self.imprint(compound)?,
            sheet: Sheet::A3Lying,
            title: "附属房与违建台账".to_owned(),
            facts: vec![("共".to_owned(), format!("{} 处", records.len()))],
            columns: columns(),
            row_mm: 10,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            notes,
            blanks: foot(),
            seal: true,
            ..Roster::default()
        };
        Ok(Gathered {
            document: Document::Roster(Box::new(roster)),
            warnings,
            parameters: vec![names_choice(request)],
        })
    }
}

fn columns() -> Vec<RosterColumn> {
    vec![
        RosterColumn::center("序号", 11),
        RosterColumn::center("编号", 18),
        RosterColumn::left("位置", 34),
        RosterColumn::left("使用人房屋", 34),
        RosterColumn::left("现使用人", 24),
        RosterColumn::right("间数", 12),
        RosterColumn::right("面积（㎡）", 20),
        RosterColumn::center("材质", 16),
        RosterColumn::center("建成年份", 16),
        RosterColumn::center("现用途", 18),
        RosterColumn::center("有人居住", 13),
        RosterColumn::left("主张依据", 24),
        RosterColumn::left("认定结论", 26),
        RosterColumn::left("占压", 22),
        RosterColumn::left("处置方式", 24),
        RosterColumn::center("计划拆除日", 22),
        RosterColumn::center("实拆日", 22),
        RosterColumn::center("状态", 18),
        RosterColumn::center("照片", 24),
    ]
}

fn line(record: &Shown, number: usize, whole: bool) -> Vec<String> {
    let covers: Vec<&str> = [
        ("onFireLane", "消防通道"),
        ("onGreen", "绿地"),
        ("onPipes", "管线"),
    ]
    .into_iter()
    .filter_map(|(code, word)| record.is(code).then_some(word))
    .collect();
    let place = match (record.text("building"), record.text("place")) {
        (building, "") => building.to_owned(),
        ("", place) => place.to_owned(),
        (building, place) => format!("{building} {place}"),
    };
    let person = match whole {
        true => record.text("occupier").to_owned(),
        false => masked_name(record.text("occupier")),
    };
    let text = |code: &str| record.text(code).to_owned();
    vec![
        number.to_string(),
        text("number"),
        place,
        text("dwelling"),
        person,
        text("rooms"),
        dash(record.text("area")),
        text("material"),
        text("builtYear"),
        text("use"),
        text("livedIn"),
        text("claimBasis"),
        text("finding"),
        covers.join("、"),
        text("disposal"),
        text("plannedOn"),
        text("demolishedOn"),
        text("state"),
        String::new(),
    ]
}

fn unmeasured(records: &[Shown]) -> usize {
    records
        .iter()
        .filter(|record| record.fields().integer("area").is_none())
        .count()
}

fn total(label: &str, records: &[&Shown]) -> RosterRow {
    let sum = |code: &str| -> Option<i64> {
        let known = records
            .iter()
            .filter_map(|record| record.fields().integer(code));
        known.reduce(|sum, one| sum + one)
    };
    let mut cells = vec![String::new(); columns().len()];
    label.clone_into(&mut cells[2]);
    let told = |sum: Option<i64>, decimals| {
        sum.map_or_else(|| dash(""), |sum| format_grouped(sum, decimals))
    };
    cells[5] = told(sum("rooms"), 0);
    cells[6] = told(sum("area"), 2);
    RosterRow::total(cells)
}
