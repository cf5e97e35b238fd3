//! D21 公示脱敏名册: the households building by building, names hidden.

use std::collections::HashMap;

use jiugai_domain::{KindCode, RecordId};
use jiugai_report::documents::{
    Document, MASK_RULE, Roster, RosterColumn, RosterPart, RosterRow, Sheet, masked_name,
};

use super::{Shown, foot, names_choice, whole_names};
use crate::report::{Gathered, option, parameter};
use crate::text::key;
use crate::wire::{ReportParameterCode, ReportRequest};
use crate::{ApiError, Session};

impl Session {
    pub(in crate::report) fn gather_names(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let whole = whole_names(request);
        let buildings = Shown::all(conn, KindCode::Building, compound)?;
        let dwellings = Shown::all(conn, KindCode::Dwelling, compound)?;
        let mut contacts: HashMap<RecordId, Vec<String>> = HashMap::new();
        for household in Shown::all(conn, KindCode::Household, compound)? {
            if let Some(dwelling) = household.fields().value("dwelling").as_id() {
                let name = household.text("contact").to_owned();
                contacts.entry(dwelling).or_default().push(name);
            }
        }
        let chosen = request.building.as_deref().unwrap_or("");
        let wanted = |building: &Shown| chosen.is_empty() || building.row.id.to_string() == chosen;
        let mut parts = Vec::new();
        let mut empty = 0;
        for building in buildings.iter().filter(|building| wanted(building)) {
            let mut rows = Vec::new();
            for dwelling in &dwellings {
                if dwelling.fields().value("building").as_id() != Some(building.row.id) {
                    continue;
                }
                let none = vec![String::new()];
                let living = contacts.get(&dwelling.row.id);
                empty += usize::from(living.is_none());
                for name in living.unwrap_or(&none) {
                    rows.push(RosterRow::plain(vec![
                        (rows.len() + 1).to_string(),
                        dwelling.text("entrance").to_owned(),
                        dwelling.text("room").to_owned(),
                        match whole {
                            true => name.clone(),
                            false => masked_name(name),
                        },
                        dwelling.text("grossFloorArea").to_owned(),
                        String::new(),
                    ]));
                }
            }
            parts.push(RosterPart {
                title: building.text("name").to_owned(),
                rows,
            });
        }
        let listed: usize = parts.iter().map(|part| part.rows.len()).sum();
        let total = match empty {
            0 => format!("{listed} 户"),
            empty => format!("{} 户，另有 {empty} 套没有登记住户", listed - empty),
        };
        let roster = Roster {
            imprint: self.imprint(compound)?,
            sheet: Sheet::A4,
            title: match whole {
                true => "住户名册（核对稿）".to_owned(),
                false => "住户名册公示".to_owned(),
            },
            facts: vec![("合计".to_owned(), total)],
            columns: vec![
                RosterColumn::center("序号", 14),
                RosterColumn::center("单元", 24),
                RosterColumn::center("房号", 24),
                RosterColumn::left("户主或联系人", 44),
                RosterColumn::right("建筑面积（㎡）", 30),
                RosterColumn::left("备注", 46),
            ],
            row_mm: 7,
            parts,
            notes: vec![
                match whole {
                    true => "核对稿，有全名，只留在办公室，不张贴。".to_owned(),
                    false => MASK_RULE.to_owned(),
                },
                "有错漏的，请住户本人到社区更正。".to_owned(),
            ],
            blanks: foot(),
            seal: true,
            ..Roster::default()
        };
        let mut options = vec![option("", "全部楼栋")];
        options.extend(
            buildings
                .iter()
                .map(|building| option(&building.row.id.to_string(), building.text("name"))),
        );
        Ok(Gathered {
            document: Document::Roster(Box::new(roster)),
            warnings: match whole {
                true => vec!["纸上有全名，只在办公室核对，不要张贴。".to_owned()],
                false => Vec::new(),
            },
            parameters: vec![
                parameter(ReportParameterCode::Building, "楼栋", chosen, options),
                names_choice(request),
            ],
        })
    }
}
