//! Names of the records that the tables of one import bring themselves, so that rows may refer to
//! what is not in the ledger yet.

use std::collections::{HashMap, HashSet};

use jiugai_domain::text::normalize;
use jiugai_domain::{FieldType, KindCode, Value};
use jiugai_exchange::table::{FoundTable, Rows, SourceRow, Target};
use jiugai_storage::records::PlaceName;

/// What an import is going to make, by kind, compound and what people call it.
#[derive(Debug, Default)]
pub(super) struct Promised(HashMap<KindCode, HashSet<(String, String)>>);

impl Promised {
    /// Of tables of one kind nothing is promised: a row that refers to its like, as a plan does to
    /// the one that it was made from, stands behind it.
    pub(super) fn of(tables: &[FoundTable], rows: &[Rows], compound: &str) -> Self {
        let mut promised = Self::default();
        let mut filled = rows.iter().filter(|table| !table.rows.is_empty());
        let first = filled.next().map(|table| table.kind);
        if filled.all(|table| Some(table.kind) == first) {
            return promised;
        }
        for (found, table) in tables.iter().zip(rows) {
            for row in &table.rows {
                let within = match table.kind {
                    KindCode::WorkUnit | KindCode::Compound => "",
                    _ => row.key.compound.as_deref().unwrap_or(compound),
                };
                promised.row(found, row, within);
            }
        }
        promised
    }

    fn row(&mut self, found: &FoundTable, row: &SourceRow, within: &str) {
        let kind = found.mapping.kind;
        let value = |field: &'static str| row.value(&found.mapping, Target::Field { kind, field });
        let told = |field: &'static str| value(field).as_text().map(str::to_owned);
        // The label of a code, as a reference shows it.
        let chosen = |field: &'static str| {
            let declared = kind.kind().field(field)?;
            match (declared.kind, value(field)) {
                (FieldType::Code(_), code @ Value::Text(_)) => Some(declared.format(code)),
                _ => None,
            }
        };
        let key = &row.key;
        let at = place_of(row);
        let named = key.name.clone();
        let labels = match kind {
            KindCode::Building => vec![key.building.clone()],
            KindCode::Entrance => vec![place(
                key.building.as_deref(),
                key.entrance.as_deref(),
                None,
            )],
            KindCode::Dwelling => {
                self.add(KindCode::Building, within, key.building.clone());
                if key.entrance.is_some() {
                    let entrance = place(key.building.as_deref(), key.entrance.as_deref(), None);
                    self.add(KindCode::Entrance, within, entrance);
                }
                vec![at]
            }
            KindCode::Household => {
                let called = told("contact").map(|name| format!(" {name}户"));
                let called = called.unwrap_or_else(|| " 住户".to_owned());
                vec![at.map(|at| at + &called)]
            }
            KindCode::Outbuilding => {
                let beside = told("building").map_or_else(String::new, |at| format!("（{at}旁）"));
                let sort = chosen("kind").unwrap_or_default();
                let full = named
                    .as_ref()
                    .map(|number| format!("{sort} {number}{beside}"));
                vec![named, full]
            }
            KindCode::Plan => {
                let version = value("version").as_integer();
                let scenario = told("scenario").map_or_else(String::new, |one| format!("·{one}"));
                let full = named
                    .as_ref()
                    .zip(version)
                    .map(|(name, version)| format!("{name}（第{version}版{scenario}）"));
                vec![named, full]
            }
            KindCode::WorkItem => {
                let plan = told("plan").unwrap_or_default();
                let version = plan.rfind("（第").map_or("", |at| &plan[at..]);
                let full = named
                    .as_ref()
                    .zip(chosen("verb"))
                    .map(|(name, verb)| format!("{verb} {name}{version}"));
                vec![named, full]
            }
            _ => vec![named],
        };
        for label in labels {
            self.add(kind, within, label);
        }
    }

    fn add(&mut self, kind: KindCode, within: &str, label: Option<String>) {
        if let Some(label) = label {
            let names = self.0.entry(kind).or_default();
            names.insert((within.to_owned(), label));
        }
    }

    /// Whether the import makes a record that is called so.
    pub(super) fn has(&self, kind: KindCode, within: &str, text: &str) -> bool {
        let Some(names) = self.0.get(&kind) else {
            return false;
        };
        let within = match kind {
            KindCode::WorkUnit | KindCode::Compound => "",
            _ => within,
        };
        let known = |label: String| names.contains(&(within.to_owned(), label));
        if known(normalize(text)) {
            return true;
        }
        let parts = PlaceName::parse(text);
        match kind {
            KindCode::Building => parts.building.is_some_and(known),
            KindCode::Entrance | KindCode::Dwelling => place(
                parts.building.as_deref(),
                parts.entrance.as_deref(),
                parts.room.as_deref(),
            )
            .is_some_and(known),
            _ => false,
        }
    }

    /// The dwelling of a row, when the import makes it: what people call it.
    pub(super) fn dwelling(&self, within: &str, row: &SourceRow) -> Option<String> {
        row.key.room.as_ref()?;
        let label = place_of(row)?;
        let known = self.0.get(&KindCode::Dwelling)?;
        known
            .contains(&(within.to_owned(), label.clone()))
            .then_some(label)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `3号楼2单元301`; nothing without a building.
fn place(building: Option<&str>, entrance: Option<&str>, room: Option<&str>) -> Option<String> {
    Some(
        [Some(building?), entrance, room]
            .into_iter()
            .flatten()
            .collect(),
    )
}

fn place_of(row: &SourceRow) -> Option<String> {
    place(
        row.key.building.as_deref(),
        row.key.entrance.as_deref(),
        row.key.room.as_deref(),
    )
}
